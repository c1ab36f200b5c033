//! The same undertaking at the same stage is given once in a document.

use chancery_model::{CommitmentKind, Stage};

use super::CommitmentDraft;
use super::similarity::{is_same_title, title_words};

/// Evidence below this is replaced by any later one that is better: a headline, or a sentence that names no party.
const LEAST: u32 = 2;

/// Leaves out repetitions, and bare mentions ("the treaty") that have no antecedent or tell nothing new; the first good evidence stays, under the fullest title. Order is kept.
pub fn without_repetitions(drafts: Vec<CommitmentDraft>) -> Vec<CommitmentDraft> {
    let mut kept: Vec<CommitmentDraft> = Vec::new();
    let mut named: Vec<CommitmentDraft> = Vec::new();
    for mut draft in drafts {
        if draft.anaphor {
            let bare = draft.stage == Stage::Proposed || draft.stage == Stage::Announced && draft.due.is_none();
            let Some(known) = antecedent(&draft, &named).filter(|_| !bare) else { continue };
            draft.title.clone_from(&known.title);
            draft.parties.clone_from(&known.parties);
            draft.sectors.clone_from(&known.sectors);
            draft.kind = known.kind;
        } else {
            named.push(draft.clone());
        }
        let known = kept.iter().position(|known| {
            known.stage == draft.stage
                && known.kind == draft.kind
                && share_parties(known, &draft)
                && titles_agree(known, &draft)
                && dates_agree(known, &draft)
        });
        match known {
            Some(at) if kept[at].quality < LEAST && draft.quality >= LEAST => kept[at] = draft,
            Some(at) => {
                let known = &mut kept[at];
                if title_words(&draft.title).len() > title_words(&known.title).len() {
                    known.title = draft.title;
                }
                known.due = known.due.or(draft.due);
                known.date = known.date.or(draft.date);
            }
            None => kept.push(draft),
        }
    }
    kept.sort_by_key(|draft| (draft.evidence.start, draft.evidence.end));
    kept
}

/// The latest commitment that "the treaty" can mean: one whose title ends in the same word, else one of the same family.
fn antecedent<'d>(draft: &CommitmentDraft, named: &'d [CommitmentDraft]) -> Option<&'d CommitmentDraft> {
    let word = draft.title.to_lowercase();
    let in_title = |known: &&CommitmentDraft| known.title.to_lowercase().split(' ').any(|other| other == word);
    named.iter().rev().find(in_title).or_else(|| named.iter().rev().find(|known| known.entry == draft.entry))
}

/// Visits of the same parties are told apart by their days alone: each is a "visit to" another name of the capital.
fn titles_agree(a: &CommitmentDraft, b: &CommitmentDraft) -> bool {
    if matches!(a.kind, CommitmentKind::Visit | CommitmentKind::Meeting) {
        return true;
    }
    is_same_title(&title_words(&a.title), &title_words(&b.title))
}

/// False if both are dated and the days do not meet.
fn dates_agree(a: &CommitmentDraft, b: &CommitmentDraft) -> bool {
    let (one, other) = (a.due.or(a.date), b.due.or(b.date));
    match (one, other) {
        (Some(one), Some(other)) => one.start <= other.end && other.start <= one.end,
        _ => true,
    }
}

/// True if one's parties are among the other's.
fn share_parties(a: &CommitmentDraft, b: &CommitmentDraft) -> bool {
    a.parties.iter().all(|code| b.parties.contains(code)) || b.parties.iter().all(|code| a.parties.contains(code))
}
