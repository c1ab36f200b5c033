//! What is known of a stage on the way from an undertaking up to the root: how cues combine.

use chancery_model::Stage;

use super::stage::Reading;

/// Stage and governance on the way up; `None` for the stage: no word has told one yet.
#[derive(Clone, Debug)]
pub(super) struct Climb {
    pub(super) stage: Option<Stage>,
    pub(super) path: Vec<u32>,
    pub(super) governed: bool,
    /// True for an end or a halt that is only wished or talked of: neither the undertaking nor its end is reported.
    pub(super) void: bool,
}

/// Where a step up the tree leads.
pub(super) enum Step {
    Up(u32, Climb),
    Stop(Climb),
    Denied,
}

impl Climb {
    pub(super) fn reading(self) -> Option<Reading> {
        Some(Reading { stage: self.stage?, path: self.path, governed: self.governed }).filter(|_| !self.void)
    }

    /// A cue over what is already told: what ends or stalls holds, what binds less takes back.
    pub(super) fn take(&mut self, stage: Stage, token: u32) {
        self.path.push(token);
        if ends(stage) || self.stage.is_none() {
            self.stage = Some(stage);
        } else {
            self.limit(stage);
        }
    }

    /// The stage is at most this.
    pub(super) fn limit(&mut self, most: Stage) {
        self.governed |= binds(most);
        if self.stage.is_some_and(ends) && binds(most) {
            self.void |= matches!(most, Stage::Proposed | Stage::Negotiating);
            return;
        }
        self.stage = Some(match self.stage {
            Some(stage) if strength(stage) <= strength(most) => stage,
            _ => most,
        });
    }
}

/// True for the stages that words of binding and wishing tell.
pub(super) fn binds(stage: Stage) -> bool {
    matches!(stage, Stage::Proposed | Stage::Announced | Stage::Negotiating | Stage::Agreed)
}

pub(super) fn ends(stage: Stage) -> bool {
    matches!(stage, Stage::Stalled | Stage::Cancelled)
}

/// How much a stage binds; all that has been done counts alike.
fn strength(stage: Stage) -> u8 {
    match stage {
        Stage::Proposed => 0,
        Stage::Announced => 1,
        Stage::Negotiating => 2,
        Stage::Agreed => 3,
        Stage::UnderWay => 5,
        _ => 6,
    }
}
