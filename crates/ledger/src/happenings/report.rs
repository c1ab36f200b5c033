//! One document's report of something that happened between two parties, and how like two reports are.
//!
//! In: reports of one type, status, pair and direction. Out: whether they tell of the same happening. What decides is the
//! sentence's rare words (stems, figures, names), with date, place and mode for and against. Words that name
//! the parties say nothing, since all reports compared share the parties.

use std::collections::BTreeMap;

use super::rarity::{Term, term};

/// Days between reports of one happening at most, if they read almost alike.
pub(crate) const WINDOW: i64 = 7;
/// Days between them if they do not: one for the time zones, one for news that comes late.
const DATED_WINDOW: i64 = 1;
const UNDATED_WINDOW: i64 = 2;
/// Likeness from which reports read almost alike.
const ALIKE: f64 = 0.8;

/// Likeness from which two reports tell of the same happening where nothing else is going on between the parties, and
/// how much more is asked for each doubling of the happenings under way. Chosen by eye on small invented examples, not yet measured.
const BASE: f64 = 0.22;
const STEP: f64 = 0.06;
/// A document that goes on about its happening repeats few words.
const SAME_DOCUMENT: f64 = 0.10;
const SAME_PLACE: f64 = 0.08;
const OTHER_PLACE: f64 = 0.15;
const OTHER_NAMES: f64 = 0.18;
const SAME_MODE: f64 = 0.04;
const OTHER_MODE: f64 = 0.12;

/// How precisely the day of a report is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// The text dates the event to the day or week.
    Dated,
    /// The text does not date it: the day is that of publication.
    Published,
    /// The text gives a month or more; the reports must give the same.
    Coarse(char),
}

/// What is compared.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// Row of the event.
    pub(crate) event: i64,
    /// Row of the document.
    pub(crate) document: i64,
    /// First day, in days since 1970.
    pub(crate) day: i64,
    pub(crate) precision: Precision,
    pub(crate) mode: Option<String>,
    /// Town where it happened.
    pub(crate) town: Option<String>,
    /// Country where it happened.
    pub(crate) country: Option<String>,
    pub(crate) terms: Vec<Term>,
}

/// The terms of a sentence, by stem. `parties` are the canonical names of its parties, `persons` those who act in it,
/// who may be called "he" there.
pub(crate) fn terms(sentence: &str, parties: &[&str], persons: &[&str]) -> Vec<Term> {
    let parties: Vec<String> =
        parties.iter().flat_map(|name| words(name)).map(|word| word.to_lowercase()).collect();
    let surnames = persons.iter().filter_map(|name| words(name).last()).map(|word| (word, true));
    // The first word has a capital in any case.
    let stated =
        words(sentence).enumerate().map(|(at, word)| (word, at > 0 && word.starts_with(char::is_uppercase)));
    let mut found: BTreeMap<u32, Term> = BTreeMap::new();
    for (word, is_name) in stated.chain(surnames) {
        let word = word.to_lowercase().replace(['\'', '’'], "");
        let term = Term { is_name, ..term(&word) };
        if term.weight < LEAST_WEIGHT || is_date(&word) || parties.iter().any(|party| is_akin(&word, party)) {
            continue;
        }
        found.entry(term.stem).and_modify(|known| known.is_name |= is_name).or_insert(term);
    }
    found.into_values().collect()
}

/// Words that stand in more than one sentence of twelve ("the", "said") tell nothing.
const LEAST_WEIGHT: u8 = 25;

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    parts
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s").trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
}

/// "Pakistan" and "Pakistani", "Russia" and "Russian".
fn is_akin(word: &str, party: &str) -> bool {
    let same = word.bytes().zip(party.bytes()).take_while(|(one, other)| one == other).count();
    word == party || same >= 4 && same + 2 >= party.len()
}

/// Dates are compared as dates.
fn is_date(word: &str) -> bool {
    const DATES: [&str; 22] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
    ];
    DATES.contains(&word)
}

/// What the words of two reports have in common.
struct Overlap {
    /// Share of what the two say that both say, 0 to 1.
    share: f64,
    /// Both name something, and nothing the same.
    other_names: bool,
}

fn overlap(one: &[Term], other: &[Term]) -> Overlap {
    // A name tells more than its rarity: it is what sentences on like happenings differ in.
    let weigh = |term: &Term, is_name: bool| u32::from(term.weight) * if is_name { 3 } else { 2 };
    let weight = |terms: &[Term]| terms.iter().map(|term| weigh(term, term.is_name)).sum::<u32>();
    let names = |terms: &[Term]| terms.iter().any(|term| term.is_name);
    let (mut shared, mut same_name) = (0u32, false);
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.stem.cmp(&b.stem) {
            std::cmp::Ordering::Less => left.next(),
            std::cmp::Ordering::Greater => right.next(),
            std::cmp::Ordering::Equal => {
                shared += weigh(a, a.is_name) + weigh(b, b.is_name);
                same_name |= a.is_name || b.is_name;
                left.next();
                right.next()
            }
        };
    }
    let all = weight(one) + weight(other);
    Overlap {
        share: if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) },
        other_names: names(one) && names(other) && !same_name,
    }
}

/// How like two reports are, about 0 to 1; `None` if their dates cannot be one.
pub(crate) fn likeness(one: &Report, other: &Report) -> Option<f64> {
    let Overlap { share, other_names } = overlap(&one.terms, &other.terms);
    let apart = (one.day - other.day).abs();
    let near = match (one.precision, other.precision) {
        (Precision::Coarse(a), Precision::Coarse(b)) => a == b && apart == 0,
        (Precision::Coarse(_), _) | (_, Precision::Coarse(_)) => false,
        (Precision::Dated, Precision::Dated) => apart <= DATED_WINDOW,
        _ => apart <= UNDATED_WINDOW,
    };
    let same_text = share >= ALIKE && apart <= WINDOW;
    if !(near || same_text) {
        return None;
    }
    let mut likeness = if other_names { share - OTHER_NAMES } else { share };
    // A country as the place holds all its towns.
    match (compare(&one.town, &other.town), compare(&one.country, &other.country)) {
        (Some(true), _) => likeness += SAME_PLACE,
        (Some(false), _) | (_, Some(false)) => likeness -= OTHER_PLACE,
        _ => {}
    }
    match compare(&one.mode, &other.mode) {
        Some(true) => likeness += SAME_MODE,
        Some(false) => likeness -= OTHER_MODE,
        None => {}
    }
    if one.document == other.document {
        likeness += SAME_DOCUMENT;
    }
    Some(likeness)
}

/// Whether two known values are the same.
fn compare(one: &Option<String>, other: &Option<String>) -> Option<bool> {
    one.as_ref().zip(other.as_ref()).map(|(one, other)| one == other)
}

/// The first of the happenings under way that the report tells of most clearly; `None` if it is the first report of one.
/// `leaders` are the first reports of those happenings, in order.
pub(crate) fn same_happening<'r>(report: &Report, leaders: impl Iterator<Item = &'r Report>) -> Option<&'r Report> {
    let mut under_way = 0u32;
    let mut best: Option<(f64, &Report)> = None;
    for leader in leaders {
        let near = (report.day - leader.day).abs() <= UNDATED_WINDOW;
        under_way += u32::from(near);
        let Some(likeness) = likeness(leader, report) else { continue };
        if best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, leader));
        }
    }
    let asked = BASE + STEP * f64::from(under_way.max(1)).log2();
    best.filter(|(likeness, _)| *likeness >= asked.min(ALIKE)).map(|(_, leader)| leader)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(event: i64, day: i64, sentence: &str) -> Report {
        Report {
            event,
            document: event,
            day,
            precision: Precision::Dated,
            mode: None,
            town: None,
            country: None,
            terms: terms(sentence, &["Pakistan", "Russia"], &[]),
        }
    }

    fn leader_of(sentence: &str, day: i64, leaders: &[Report]) -> Option<i64> {
        same_happening(&report(99, day, sentence), leaders.iter()).map(|leader| leader.event)
    }

    #[test]
    fn one_happening_in_other_words_is_known_by_its_rare_words() {
        let leaders = [
            report(1, 10, "Pakistan and Russia signed a memorandum on the Karachi steel mill on Tuesday."),
            report(2, 10, "Russia and Pakistan initialled an accord on extradition of convicts in Islamabad."),
        ];
        let mill = "Moscow and Islamabad put their names to a paper that would revive the steel works of Karachi.";
        assert_eq!(leader_of(mill, 11, &leaders), Some(1));
        assert_eq!(leader_of("A treaty on extradition was initialled by the two.", 10, &leaders), Some(2));
        assert_eq!(leader_of("The two signed an understanding on tourism and film.", 10, &leaders), None);
    }

    #[test]
    fn dates_keep_happenings_apart() {
        let sentence = "Pakistan and Russia signed a memorandum on the Karachi steel mill.";
        let leaders = [report(1, 10, sentence)];
        assert_eq!(leader_of("Officials signed a paper on the Karachi mill at last.", 13, &leaders), None);
        assert_eq!(leader_of(sentence, 13, &leaders), Some(1));
        assert_eq!(leader_of(sentence, 18, &leaders), None);
    }

    #[test]
    fn the_more_goes_on_the_more_is_asked() {
        let shelling =
            |event, town: &str| report(event, 10, &format!("Shells fell on the village of {town} at night."));
        let towns = ["Arla", "Borin", "Cesta", "Dremo", "Elkov", "Forna", "Gribo", "Hesta"];
        let leaders: Vec<Report> = towns.iter().zip(1..).map(|(town, event)| shelling(event, town)).collect();
        let other = "Rockets fell on the village of Igorno at night.";
        let likeness = likeness(&leaders[0], &report(99, 10, other));
        assert_eq!(leader_of(other, 10, &leaders), None, "{likeness:?}");
    }

    #[test]
    fn places_and_modes_speak_against() {
        let mut one = report(1, 10, "Jets bombed a depot.");
        let mut other = report(2, 10, "Jets bombed a depot.");
        let alike = likeness(&one, &other).unwrap();
        (one.town, one.country) = (Some("Odesa".into()), Some("UKR".into()));
        (other.town, other.country) = (Some("Lviv".into()), Some("UKR".into()));
        assert!(likeness(&one, &other).unwrap() < alike);
        other.town.clone_from(&one.town);
        assert!(likeness(&one, &other).unwrap() > alike);
    }
}
