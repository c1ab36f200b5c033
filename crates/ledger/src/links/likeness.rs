//! How alike two undertakings are, and what keeps them apart whatever else they share.

use jiff::civil::Date;

use super::undertaking::Undertaking;
use super::words::is_common;

/// From this score on, of 1000, two reports are one undertaking. Chosen on the developed half of `samples/follow-ups`
/// and the sample corpus, not on the half that is kept for measuring.
pub(crate) const ALIKE: i64 = 700;

/// Days by which reports of one happening may differ on its date.
const SLACK: i64 = 3;
/// Days from the announcement to what is announced without a date, and between reports that name no day at all.
const AHEAD: i64 = 75;
const AROUND: i64 = 21;
/// Months between reports after which common words alone no longer tell that they mean the same.
const STALE: i64 = 200;

/// Score in thousandths; 0 where something keeps them apart.
pub(crate) fn score(a: &Undertaking, b: &Undertaking) -> i64 {
    if keeps_apart(a, b) {
        return 0;
    }
    if let (Some(one), Some(other)) = (&a.known, &b.known) {
        return if one == other { 1000 } else { 0 };
    }
    let words = word_likeness(a, b);
    let parties = overlap(&a.parties, &b.parties);
    let sectors = if a.sectors.is_empty() || b.sectors.is_empty() { 0.5 } else { overlap(&a.sectors, &b.sectors) };
    let mut score = 0.6 * words + 0.3 * parties + 0.1 * sectors;
    if a.sort.is_dated() {
        score = dated(score, parties, a, b);
    }
    let telling = a.words.iter().any(|word| !is_common(word) && b.words.contains(word));
    let meet =
        a.names.iter().any(|name| b.words.contains(name)) || b.names.iter().any(|name| a.words.contains(name));
    if !a.names.is_empty() && !b.names.is_empty() && !meet {
        score *= 0.8; // "the Lagos port" and "the Calabar port"
    }
    if !telling && !a.sort.is_dated() && days_between(a.seen, b.seen).is_some_and(|days| days > STALE) {
        score *= 0.8;
    }
    if a.known.is_some() != b.known.is_some() && words < 0.99 {
        score *= 0.85; // a well-known one is not every pipeline of the same countries
    }
    (score * 1000.0).round() as i64
}

/// What no likeness outweighs: other kinds, no common party, other numbers, other days.
pub(crate) fn keeps_apart(a: &Undertaking, b: &Undertaking) -> bool {
    let known = a.known.is_some() && a.known == b.known;
    if !known && (a.sort != b.sort || a.kind != b.kind) {
        return true;
    }
    if !a.parties.iter().any(|code| b.parties.contains(code)) && !known {
        return true;
    }
    if let (Some(one), Some(other)) = (&a.known, &b.known)
        && one != other
    {
        return true;
    }
    let numbers = !a.numbers.is_empty() && !b.numbers.is_empty();
    if numbers && !a.numbers.iter().any(|number| b.numbers.contains(number)) {
        return true;
    }
    if let (Some(one), Some(other)) = (a.signed, b.signed)
        && gap(one, other) > 31
    {
        return true;
    }
    a.sort.is_dated() && b.sort.is_dated() && are_other_days(a, b)
}

/// Happenings on days that cannot be the same.
fn are_other_days(a: &Undertaking, b: &Undertaking) -> bool {
    match (a.when, b.when) {
        (Some(one), Some(other)) => gap(one, other) > SLACK,
        (Some(when), None) => is_far(when, b.seen),
        (None, Some(when)) => is_far(when, a.seen),
        (None, None) => days_between(a.seen, b.seen).is_some_and(|days| days > AROUND),
    }
}

/// True if a report of that day, which names no day itself, means something else.
fn is_far(when: (Date, Date), seen: Option<Date>) -> bool {
    let Some(seen) = seen else { return false };
    let ahead = gap((seen, seen), when);
    if seen < when.0 { ahead > AHEAD } else { ahead > AROUND }
}

/// Days tell happenings apart, so that titles may differ more: "visit" and "summit" of the same two on the same days.
fn dated(score: f64, parties: f64, a: &Undertaking, b: &Undertaking) -> f64 {
    let same_days =
        a.when.zip(b.when).is_some_and(|(one, other)| gap(one, other) == 0 && is_narrow(one) && is_narrow(other));
    let floor = if same_days && parties > 0.99 { 0.72 } else { 0.0 };
    score.max(floor)
}

fn is_narrow(days: (Date, Date)) -> bool {
    between(days.0, days.1) <= 7
}

/// Shared words by the shorter title, less what the longer one has of its own; common words count a third.
fn word_likeness(a: &Undertaking, b: &Undertaking) -> f64 {
    let weight = |word: &String| if is_common(word) { 1.0 } else { 3.0 };
    let total = |words: &[String]| words.iter().map(weight).sum::<f64>();
    let shared: f64 = a.words.iter().filter(|word| b.words.contains(word)).map(weight).sum();
    let (one, other) = (total(&a.words), total(&b.words));
    if one == 0.0 || other == 0.0 {
        return if one == other { 1.0 } else { 0.5 };
    }
    0.6 * shared / one.min(other) + 0.4 * shared / (one + other - shared)
}

/// Share of the smaller set that the larger one holds, less a little for what it holds besides.
fn overlap(a: &[String], b: &[String]) -> f64 {
    let shared = a.iter().filter(|item| b.contains(item)).count() as f64;
    let shorter = a.len().min(b.len()).max(1) as f64;
    let longer = a.len().max(b.len()).max(1) as f64;
    0.7 * shared / shorter + 0.3 * shared / longer
}

fn days_between(a: Option<Date>, b: Option<Date>) -> Option<i64> {
    a.zip(b).map(|(one, other)| between(one, other))
}

/// Days between two intervals; 0 if they meet.
fn gap(a: (Date, Date), b: (Date, Date)) -> i64 {
    if a.1 < b.0 {
        between(a.1, b.0)
    } else if b.1 < a.0 {
        between(b.1, a.0)
    } else {
        0
    }
}

fn between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days()).abs()
}
