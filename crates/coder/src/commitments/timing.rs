//! When a stage was reached, and when the undertaking is due.

use chancery_model::{DateInterval, Stage};
use jiff::civil::Date;

use crate::dates::{Bound, DateKind, DateMention};
use crate::tree::Tree;

pub(crate) struct Timing<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) dates: &'a [DateMention],
    pub(crate) published: Option<Date>,
}

impl Timing<'_> {
    /// Stage, due date and date of an undertaking in `words` whose stage the predicates of `path` tell. What is dated after
    /// publication has not been done, whatever the tense.
    pub(crate) fn of(
        &self,
        stage: Stage,
        words: &[u32],
        path: &[u32],
    ) -> (Stage, Option<DateInterval>, Option<DateInterval>) {
        let Some(mention) = self.mention(words, path) else { return (stage, None, None) };
        let Some(interval) = mention.interval else { return (stage, None, None) };
        let open = matches!(stage, Stage::Proposed | Stage::Announced | Stage::Negotiating | Stage::Agreed);
        let bound = matches!(mention.bound, Bound::By | Bound::Until | Bound::Before);
        let to_come = self.published.is_some_and(|day| interval.start > day);
        if bound && (open || stage == Stage::UnderWay || stage == Stage::Signed) || to_come {
            let stage = if to_come && matches!(stage, Stage::Completed | Stage::UnderWay) && !bound {
                Stage::Announced
            } else {
                stage
            };
            return (stage, Some(interval), None);
        }
        (stage, None, Some(interval))
    }

    /// The date that stands nearest to the words of the undertaking, in its own clause.
    fn mention(&self, words: &[u32], path: &[u32]) -> Option<&DateMention> {
        let anchors: Vec<u32> = path.iter().chain(words).copied().collect();
        let dated = || self.dates.iter().filter(|date| date.kind == DateKind::Date && date.interval.is_some());
        let inside = dated().find(|date| date.tokens.clone().any(|token| words.contains(&token)));
        let clause = dated()
            .filter(|date| {
                let mut at = date.tokens.start;
                let hangs = |token: u32| anchors.contains(&token);
                (0..4).any(|_| match self.tree.head(at) {
                    Some(head) if hangs(head) || date.tokens.clone().any(hangs) => true,
                    Some(head) => {
                        at = head;
                        false
                    }
                    None => false,
                })
            })
            .min_by_key(|date| anchors.iter().map(|&anchor| anchor.abs_diff(date.tokens.start)).min());
        inside.or(clause)
    }
}
