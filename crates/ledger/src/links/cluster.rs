//! From pairs to undertakings: the likest pairs are joined first, unless something keeps any two members apart.
//!
//! The result depends on the undertakings and pairs alone, not on the order in which they are given.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::keeps_apart;
use super::undertaking::Undertaking;

/// What users decided about two undertakings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdicts {
    /// One.
    pub(crate) same: BTreeSet<(i64, i64)>,
    /// Two.
    pub(crate) apart: BTreeSet<(i64, i64)>,
}

/// For each undertaking the one by whose number its cluster goes. `pairs` are numbers and score.
pub(crate) fn clusters(
    undertakings: &BTreeMap<i64, &Undertaking>,
    pairs: &[(i64, i64, i64)],
    verdicts: &Verdicts,
) -> BTreeMap<i64, i64> {
    let mut joined = Joined::new(undertakings);
    let mut same: Vec<&(i64, i64)> = verdicts.same.iter().collect();
    same.sort_by_key(|(a, b)| order(undertakings, *a, *b));
    for &(a, b) in same {
        joined.join(a, b);
    }
    let mut pairs: Vec<&(i64, i64, i64)> = pairs.iter().collect();
    pairs.sort_by_cached_key(|(a, b, score)| (-score, order(undertakings, *a, *b)));
    for &&(a, b, _) in &pairs {
        let (one, other) = (joined.of[&a], joined.of[&b]);
        if one != other && !joined.are_apart(one, other, verdicts) {
            joined.join(a, b);
        }
    }
    joined.of
}

/// A key of a pair that does not depend on the numbers, which tell only when a row was made.
fn order<'u>(
    undertakings: &BTreeMap<i64, &'u Undertaking>,
    a: i64,
    b: i64,
) -> Option<(&'u Undertaking, &'u Undertaking)> {
    let (a, b) = (undertakings.get(&a)?, undertakings.get(&b)?);
    Some((a.min(b), a.max(b)))
}

struct Joined<'u> {
    undertakings: &'u BTreeMap<i64, &'u Undertaking>,
    of: BTreeMap<i64, i64>,
    members: BTreeMap<i64, Vec<i64>>,
}

impl<'u> Joined<'u> {
    fn new(undertakings: &'u BTreeMap<i64, &'u Undertaking>) -> Joined<'u> {
        Joined {
            undertakings,
            of: undertakings.keys().map(|n| (*n, *n)).collect(),
            members: undertakings.keys().map(|n| (*n, vec![*n])).collect(),
        }
    }

    fn join(&mut self, a: i64, b: i64) {
        let (Some(&one), Some(&other)) = (self.of.get(&a), self.of.get(&b)) else { return };
        if one == other {
            return;
        }
        let (into, from) = (one.min(other), one.max(other));
        for member in self.members.remove(&from).unwrap_or_default() {
            self.of.insert(member, into);
            self.members.entry(into).or_default().push(member);
        }
    }

    fn are_apart(&self, one: i64, other: i64, verdicts: &Verdicts) -> bool {
        let (left, right) = (&self.members[&one], &self.members[&other]);
        left.iter().any(|a| {
            right.iter().any(|b| {
                verdicts.apart.contains(&((*a).min(*b), (*a).max(*b)))
                    || keeps_apart(self.undertakings[a], self.undertakings[b])
            })
        })
    }
}
