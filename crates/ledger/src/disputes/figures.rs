//! Figures about the same thing that cannot both be right.
//!
//! A pair is disputed if the unit is the same, the intervals that the qualifiers leave open do not meet, and both count the
//! same thing of the same happening; for what is told by different documents, within days of each other. What grows with
//! time is an update, unless two sides say so against each other.

use std::collections::BTreeMap;

use chancery_model::{Extent, Figure, Qualifier};
use jiff::civil::Date;

use super::subject::Subject;
use crate::links::words::is_common;

/// A figure with its subject and document.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) figure: Figure,
    pub(crate) subject: Subject,
    pub(crate) document: String,
    pub(crate) published: Option<Date>,
}

/// Days between two documents that may dispute one happening's figures.
const DAYS: i64 = 4;

/// Groups of figures, by index, of which some dispute each other.
pub(crate) fn disputed(told: &[Told]) -> Vec<Vec<usize>> {
    let mut groups = Groups { of: (0..told.len()).collect() };
    let mut any = vec![false; told.len()];
    for (a, b) in pairs(told) {
        if is_disputed(&told[a], &told[b]) {
            groups.join(a, b);
            any[a] = true;
            any[b] = true;
        }
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in (0..told.len()).filter(|at| any[*at]) {
        found.entry(groups.root(at)).or_default().push(at);
    }
    found.into_values().collect()
}

/// Pairs worth a look: of one document, or of one unit, a common name and neighbouring days.
fn pairs(told: &[Told]) -> Vec<(usize, usize)> {
    let mut within: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut across: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, one) in told.iter().enumerate().filter(|(_, one)| !one.subject.excluded) {
        within.entry(&one.document).or_default().push(at);
        if one.published.is_some() {
            for name in &one.subject.names {
                across.entry((class(&one.figure.unit), name)).or_default().push(at);
            }
        }
    }
    let mut pairs = Vec::new();
    for list in within.values() {
        for (place, a) in list.iter().enumerate() {
            pairs.extend(list[place + 1..].iter().map(|b| (*a, *b)));
        }
    }
    for list in across.values_mut() {
        list.sort_by_key(|at| (told[*at].published, *at));
        for (place, a) in list.iter().enumerate() {
            let near = |b: &&usize| days(&told[*a], &told[**b]).is_some_and(|days| days <= DAYS);
            pairs.extend(list[place + 1..].iter().take_while(near).map(|b| (*a.min(b), *a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// People are counted as persons, men or by what they are.
fn class(unit: &str) -> &str {
    let person = matches!(
        unit,
        "person"
            | "man"
            | "woman"
            | "child"
            | "soldier"
            | "troop"
            | "civilian"
            | "sailor"
            | "worker"
            | "serviceman"
            | "victim"
            | "casualty"
            | "personnel"
            | "passenger"
            | "protester"
            | "migrant"
            | "refugee"
            | "prisoner"
            | "fighter"
            | "militant"
            | "police"
            | "policeman"
            | "officer"
            | "fatality"
            | "death"
            | "resident"
            | "life"
    );
    if person { "person" } else { unit }
}

/// The numbers that a figure leaves possible. "About" leaves a tenth on either side.
fn possible(figure: &Figure) -> (f64, f64) {
    let (low, high) = (figure.value, figure.high.unwrap_or(figure.value));
    match figure.qualifier {
        Qualifier::Exactly => (low, high),
        Qualifier::About => (low - 0.1 * low.abs(), high + 0.1 * high.abs()),
        Qualifier::MoreThan | Qualifier::AtLeast => (low, f64::INFINITY),
        Qualifier::LessThan | Qualifier::UpTo => (0.0, high),
    }
}

fn days(a: &Told, b: &Told) -> Option<i64> {
    Some(i64::from((b.published? - a.published?).get_days()).abs())
}

fn is_disputed(a: &Told, b: &Told) -> bool {
    let (one, other) = (possible(&a.figure), possible(&b.figure));
    let apart = one.1 < other.0 || other.1 < one.0;
    if !apart || a.subject.excluded || b.subject.excluded || !counts_the_same(a, b) {
        return false;
    }
    if a.document == b.document { within(a, b) } else { across(a, b) }
}

/// Same unit, same act, no modifier that the other contradicts.
fn counts_the_same(a: &Told, b: &Told) -> bool {
    let (one, other) = (a.figure.unit.as_str(), b.figure.unit.as_str());
    let general = |unit: &str| matches!(unit, "person" | "man" | "casualty" | "victim" | "life");
    let units = one == other || class(one) == class(other) && (general(one) || general(other));
    units
        && a.subject.act == b.subject.act
        && modifiers_agree(&a.subject, &b.subject)
        && modifiers_agree(&b.subject, &a.subject)
}

/// What is said of the counted in one place stands in the other's sentence too, if that says anything of its own.
fn modifiers_agree(a: &Subject, b: &Subject) -> bool {
    let own = |subject: &Subject, other: &Subject| {
        subject.counted.iter().filter(|word| !other.counted.contains(word) && !other.around.contains(word)).count()
    };
    own(a, b) == 0 || own(b, a) == 0
}

fn shared<'s>(a: &'s Subject, b: &'s Subject) -> impl Iterator<Item = &'s String> {
    a.around.iter().filter(|word| b.around.contains(word))
}

/// Two places of one document: about the same by their words, or one beside the other from two sources.
fn within(a: &Told, b: &Told) -> bool {
    let (one, other) = (&a.subject, &b.subject);
    if one.sentence == other.sentence {
        return false; // "400 of 500", "12 killed and 30 in another town": a list, not a contradiction
    }
    let units = [singular_of(&a.figure.unit), singular_of(&b.figure.unit)];
    let telling = shared(one, other).filter(|word| !is_common(word) && !units.contains(word)).count();
    let beside = one.sentence.abs_diff(other.sentence) <= 3;
    let two_sources = one.sourced && other.sourced && (one.speaker.is_none() || one.speaker != other.speaker);
    let same_sort = one.act.is_some() || a.figure.unit.chars().any(char::is_lowercase);
    let all = shared(one, other).filter(|word| !units.contains(word)).count();
    beside && two_sources && (same_sort || all >= 1) || telling >= 2 && one.names_meet(other) || telling >= 3
}

fn singular_of(unit: &str) -> String {
    crate::links::words::fold(&unit.to_lowercase())
}

/// Two documents: the same happening by place, parties and words, and no update.
fn across(a: &Told, b: &Told) -> bool {
    let (one, other) = (&a.subject, &b.subject);
    if days(a, b).is_none_or(|days| days > DAYS) {
        return false;
    }
    let parties =
        one.codes.is_empty() || other.codes.is_empty() || one.codes.iter().any(|code| other.codes.contains(code));
    let telling = shared(one, other).filter(|word| !is_common(word)).count();
    let smaller = one.around.len().min(other.around.len()).max(1);
    let alike = telling >= 4 && telling * 5 >= smaller * 2;
    if !parties || !alike || !one.names_meet(other) {
        return false;
    }
    let (early, late) = if a.published <= b.published { (a, b) } else { (b, a) };
    let against = one.speaker.is_some() && other.speaker.is_some() && one.speaker != other.speaker;
    let update = early.published != late.published && one.act.is_some() && late.figure.value > early.figure.value;
    against || !update && early.published == late.published
}

impl Subject {
    fn names_meet(&self, other: &Subject) -> bool {
        self.names.iter().any(|name| other.names.contains(name))
    }
}

/// Union of groups; the smallest index leads.
struct Groups {
    of: Vec<usize>,
}

impl Groups {
    fn root(&self, mut at: usize) -> usize {
        while self.of[at] != at {
            at = self.of[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.of[a.max(b)] = a.min(b);
    }
}

/// Where a figure stands, for sorting.
pub(crate) fn place(told: &Told) -> (Option<Date>, &str, Extent) {
    (told.published, &told.document, told.figure.span)
}
