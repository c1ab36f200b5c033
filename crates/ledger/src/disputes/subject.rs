//! What a figure is about: the words that it counts, what befell them, the sentence around it, and whether the sentence
//! tells of a change or of a part, which is no contradiction.

use chancery_model::{Coded, Extent, Figure};
use serde::{Deserialize, Serialize};

use crate::links::words::{fold, singular};

/// What a figure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subject {
    /// Content words of what is counted, folded, sorted.
    pub(crate) counted: Vec<String>,
    /// What befell or did what is counted: "dead", "hurt", "held" …
    pub(crate) act: Option<String>,
    /// Content words of the sentence, folded, sorted.
    pub(crate) around: Vec<String>,
    /// Those of them that are proper names.
    pub(crate) names: Vec<String>,
    /// Codes of the parties to what the sentence records.
    pub(crate) codes: Vec<String>,
    /// Code of who says so.
    pub(crate) speaker: Option<String>,
    /// The sentence's number in its document.
    pub(crate) sentence: usize,
    /// It names a source: "said", "according to", "put at".
    pub(crate) sourced: bool,
    /// No amount of a thing that two sources can disagree on: an ordinal, a part, a change, a rate, a correction.
    pub(crate) excluded: bool,
}

/// Acts and the words that tell them.
const ACTS: &[(&str, &[&str])] = &[
    (
        "dead",
        &[
            "kill",
            "killed",
            "die",
            "died",
            "dead",
            "death",
            "deaths",
            "fatalities",
            "lost",
            "lives",
            "killing",
            "kills",
            "dies",
            "martyred",
            "slain",
        ],
    ),
    ("hurt", &["injured", "wounded", "hurt", "injuries", "injuring", "wounding", "injures", "wounds"]),
    (
        "held",
        &[
            "arrested",
            "detained",
            "captured",
            "arrests",
            "arrest",
            "detains",
            "abducted",
            "kidnapped",
            "imprisoned",
            "held",
        ],
    ),
    ("freed", &["freed", "released", "releases", "exchanged", "handed"]),
    ("missing", &["missing", "trapped"]),
    ("fled", &["fled", "displaced", "evacuated", "homeless", "flee", "displacing"]),
    ("expelled", &["expelled", "deported", "repatriated", "returned"]),
    ("destroyed", &["destroyed", "damaged", "burned", "collapsed"]),
    ("launched", &["launched", "fired", "launches", "fires"]),
    ("stopped", &["intercepted", "downed", "shot"]),
];

/// Words that tell of a change, a part, a rate or a repetition.
const CHANGES: &[&str] = &[
    "rose",
    "rise",
    "rises",
    "risen",
    "rising",
    "increase",
    "increased",
    "increases",
    "increasing",
    "fell",
    "falls",
    "fallen",
    "grew",
    "grown",
    "dropped",
    "drop",
    "reduced",
    "reduce",
    "cut",
    "cuts",
    "raised",
    "raise",
    "raises",
    "raising",
    "lowered",
    "compared",
    "previously",
    "earlier",
    "revised",
    "correction",
    "corrected",
    "correct",
    "initially",
    "former",
    "formerly",
    "originally",
    "updated",
    "climbed",
    "expanded",
    "expand",
    "doubled",
    "tripled",
    "instead",
    "annually",
    "year-on-year",
    "total",
    "totals",
    "totaling",
    "totalling",
    "including",
    "includes",
    "among",
    "another",
    "additional",
    "further",
    "respectively",
    "remaining",
    "average",
    "since",
    "cumulative",
    "so-far",
    "each",
    "per",
    "every",
    "extra",
    "brings",
    "bringing",
    "now",
];

/// Words that name a source.
const SOURCES: &[&str] = &[
    "said",
    "says",
    "according",
    "put",
    "claimed",
    "claims",
    "reported",
    "reports",
    "counted",
    "estimated",
    "estimates",
    "stated",
    "announced",
    "spoke",
    "told",
    "gave",
    "confirmed",
    "insisted",
    "denied",
    "admitted",
    "lost",
    "added",
    "spokesman",
    "ministry",
];

/// Words without content of their own.
const EMPTY: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "on",
    "in",
    "for",
    "and",
    "to",
    "with",
    "between",
    "its",
    "their",
    "his",
    "her",
    "by",
    "from",
    "at",
    "that",
    "this",
    "which",
    "who",
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "has",
    "have",
    "had",
    "will",
    "would",
    "it",
    "they",
    "he",
    "she",
    "we",
    "our",
    "more",
    "than",
    "about",
    "least",
    "up",
    "as",
    "or",
    "but",
    "not",
    "said",
    "says",
    "after",
    "before",
    "during",
    "over",
    "under",
    "into",
    "people",
    "person",
    "s",
    "also",
    "near",
    "least",
    "least",
    "some",
    "around",
    "nearly",
    "almost",
    "when",
    "where",
    "while",
    "out",
    "one",
    "two",
    "there",
    "against",
    "own",
    "same",
    "million",
    "billion",
    "thousand",
    "hundred",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "gave",
    "figure",
    "spoke",
    "counted",
    "put",
    "if",
    "all",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A word as it stands, with its place in code points.
struct Word<'t> {
    text: &'t str,
    start: u32,
}

/// The subjects of a document's figures, in their order.
pub(crate) fn subjects(text: &str, coded: &Coded) -> Vec<Subject> {
    if coded.figures.is_empty() {
        return Vec::new();
    }
    let sentences = sentences(text);
    coded.figures.iter().map(|figure| subject(text, &sentences, coded, figure)).collect()
}

/// Extents of the sentences with their words in the text.
pub(crate) fn sentences(text: &str) -> Vec<(Extent, &str)> {
    let (mut at, mut byte) = (0u32, 0usize);
    let mut found = Vec::new();
    for sentence in chancery_language::segment(text) {
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        at += text[byte..start].chars().count() as u32;
        let length = text[start..end].chars().count() as u32;
        found.push((Extent(at, at + length), &text[start..end]));
        (at, byte) = (at + length, end);
    }
    found
}

fn words(sentence: &str, from: u32) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut begun, mut at) = (None, from);
    for (byte, c) in sentence.char_indices() {
        match (begun, c.is_alphanumeric() || c == '-') {
            (None, true) => begun = Some((byte, at)),
            (Some((start, place)), false) => {
                words.push(Word { text: &sentence[start..byte], start: place });
                begun = None;
            }
            _ => {}
        }
        at += 1;
    }
    if let Some((start, place)) = begun {
        words.push(Word { text: &sentence[start..], start: place });
    }
    words
}

fn subject(text: &str, sentences: &[(Extent, &str)], coded: &Coded, figure: &Figure) -> Subject {
    let holds = |extent: Extent| extent.0 <= figure.span.0 && figure.span.0 < extent.1;
    let Some((number, (extent, sentence))) = sentences.iter().enumerate().find(|(_, (extent, _))| holds(*extent))
    else {
        return Subject { excluded: true, ..Subject::default() };
    };
    let words = words(sentence, extent.0);
    let is = |list: &[&str], word: &Word| list.contains(&word.text.to_lowercase().as_str());
    let statement = figure.statement.as_ref();
    let speaker = coded.statements.iter().find(|known| Some(&known.id) == statement);
    let touches = |other: Extent| other.0 < extent.1 && extent.0 < other.1;
    let mut codes: Vec<String> = Vec::new();
    for event in coded.events.iter().filter(|event| touches(event.trigger)) {
        codes.extend(event.actors.iter().chain(&event.recipients).filter_map(|party| party.code.clone()));
    }
    for commitment in coded.commitments.iter().filter(|commitment| touches(commitment.evidence)) {
        codes.extend(commitment.parties.iter().cloned());
    }
    codes.sort_unstable();
    codes.dedup();
    let own = crate::query::cut(text, figure.span);
    let change = words.iter().any(|word| is(CHANGES, word));
    Subject {
        counted: content(figure.counts.split(|c: char| !c.is_alphanumeric() && c != '-')),
        act: act(&words, figure),
        around: content(words.iter().map(|word| word.text)),
        names: names(&words),
        codes,
        speaker: speaker.and_then(|statement| statement.speaker.as_ref()).and_then(|party| party.code.clone()),
        sentence: number,
        sourced: statement.is_some() || words.iter().any(|word| is(SOURCES, word)),
        excluded: change || is_ordinal(own) || is_measure_of_time(&figure.unit) || is_part(&words, figure),
    }
}

/// Content words, folded, without numbers.
fn content<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut found: Vec<String> = words
        .map(str::to_lowercase)
        .filter(|word| {
            word.len() > 2 && !EMPTY.contains(&word.as_str()) && !word.starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|word| fold(&word))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Capitalised words other than the sentence's first.
fn names(words: &[Word]) -> Vec<String> {
    let capital = words.iter().skip(1).filter(|word| word.text.starts_with(char::is_uppercase));
    content(capital.map(|word| word.text))
}

/// The act told nearest to the figure, what follows it being nearer than what goes before.
fn act(words: &[Word], figure: &Figure) -> Option<String> {
    const REACH: usize = 8;
    let at = words.iter().position(|word| word.start >= figure.span.0)?;
    let named = |word: &Word| {
        let lower = word.text.to_lowercase();
        ACTS.iter().find(|(_, forms)| forms.contains(&lower.as_str())).map(|(act, _)| (*act).to_owned())
    };
    let after = words[at..].iter().take(REACH).find_map(named);
    after.or_else(|| words[..at].iter().rev().take(REACH).find_map(named))
}

fn is_ordinal(own: &str) -> bool {
    own.split(' ').any(|word| {
        let word = word.to_lowercase();
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        digits.is_some_and(|digits| digits.parse::<u32>().is_ok())
            || matches!(
                word.as_str(),
                "first"
                    | "second"
                    | "third"
                    | "fourth"
                    | "fifth"
                    | "sixth"
                    | "seventh"
                    | "eighth"
                    | "ninth"
                    | "tenth"
            )
    })
}

fn is_measure_of_time(unit: &str) -> bool {
    matches!(
        unit,
        "year"
            | "month"
            | "week"
            | "day"
            | "hour"
            | "minute"
            | "second"
            | "time"
            | "percent"
            | "%"
            | "percentage point"
            | "degree"
            | "point"
            | "round"
            | "part"
            | "side"
            | "country"
            | "decade"
            | "century"
            | "km"
            | "m"
            | "mile"
    )
}

/// "two of them", "three others", "the other five".
fn is_part(words: &[Word], figure: &Figure) -> bool {
    let near = |word: &&Word| word.start + 12 >= figure.span.0 && word.start <= figure.span.1 + 12;
    words.iter().filter(near).any(|word| matches!(singular(&word.text.to_lowercase()).as_str(), "other" | "more" if word.start > figure.span.0 || singular(&word.text.to_lowercase()) == "other"))
}
