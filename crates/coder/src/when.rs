//! Which of a sentence's dates an act belongs to.

use chancery_model::{DateInterval, Tag};

use crate::dates::{Bound, DateKind, DateMention};
use crate::tree::Tree;

/// The date of the act that `predicate` names: one that hangs on it, else one that hangs on a clause around it, else
/// the only one of the sentence.
pub fn date_of(tree: &Tree, dates: &[DateMention], predicate: u32) -> Option<DateInterval> {
    let usable: Vec<&DateMention> = dates
        .iter()
        .filter(|date| {
            matches!(date.kind, DateKind::Date | DateKind::TimeOfDay)
                && date.interval.is_some()
                && matches!(date.bound, Bound::None | Bound::By)
        })
        .collect();
    let mut clause = Some(clause_of(tree, predicate));
    for _ in 0..4 {
        let Some(head) = clause else { break };
        let own = usable.iter().filter(|date| date.tokens.clone().any(|token| clause_of(tree, token) == head));
        if let Some(date) = own.min_by_key(|date| date.tokens.start.abs_diff(predicate)) {
            return date.interval;
        }
        clause = tree.head(head).map(|above| clause_of(tree, above));
    }
    match usable.as_slice() {
        [only] => only.interval,
        _ => None,
    }
}

/// The verb, or root, that heads the clause of a token.
fn clause_of(tree: &Tree, token: u32) -> u32 {
    let mut at = token;
    while tree.token(at).tag != Tag::Verb {
        match tree.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}
