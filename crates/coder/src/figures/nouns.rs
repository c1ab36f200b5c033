//! A shallow look around a number for what it counts: head noun, its singular, and the phrase.
//!
//! Uses the tags and lemmas of the tokens where they are filled in; otherwise endings and lists of small words.

use chancery_model::{Penn, Sentence, Tag};

use crate::dates::words::Words;

/// Words that no counted noun phrase goes beyond.
const STOPS: &[&str] = &[
    "of",
    "in",
    "from",
    "to",
    "and",
    "or",
    "on",
    "at",
    "with",
    "for",
    "by",
    "who",
    "which",
    "that",
    "were",
    "was",
    "are",
    "is",
    "have",
    "has",
    "had",
    "will",
    "would",
    "could",
    "can",
    "may",
    "as",
    "than",
    "the",
    "a",
    "an",
    "its",
    "their",
    "his",
    "her",
    "this",
    "these",
    "those",
    "after",
    "before",
    "since",
    "during",
    "while",
    "when",
    "where",
    "but",
    "if",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "into",
    "over",
    "under",
    "between",
    "per",
    "each",
    "ago",
    "later",
    "earlier",
    "because",
    "amid",
    "against",
    "about",
    "through",
    "across",
    "near",
    "not",
    "be",
    "been",
    "being",
    "do",
    "did",
    "does",
    "so",
    "said",
    "more",
    "out",
    "up",
    "down",
    "off",
    "via",
    "within",
    "without",
    "until",
    "also",
    "already",
    "still",
    "then",
    "there",
    "now",
    "including",
    "inside",
    "outside",
    "along",
    "around",
    "toward",
    "towards",
    "despite",
    "according",
    "what",
    "how",
    "why",
];

/// Plurals that do not end in "s", with their singular.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("persons", "person"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("others", "person"),
    ("servicemen", "serviceman"),
    ("policemen", "policeman"),
    ("lawmen", "lawman"),
    ("fishermen", "fisherman"),
    ("businessmen", "businessman"),
    ("gunmen", "gunman"),
    ("crewmen", "crewman"),
    ("aircraft", "aircraft"),
    ("personnel", "personnel"),
    ("police", "police"),
    ("cattle", "cattle"),
    ("sheep", "sheep"),
    ("feet", "foot"),
    ("lives", "life"),
    ("wives", "wife"),
    ("halves", "half"),
    ("shelves", "shelf"),
    ("leaves", "leaf"),
    ("thieves", "thief"),
    ("troops", "troop"),
    ("crises", "crisis"),
    ("series", "series"),
    ("species", "species"),
    ("spacecraft", "spacecraft"),
    ("headquarters", "headquarters"),
    ("crew", "crew"),
    ("staff", "staff"),
    ("dead", "person"),
    ("buses", "bus"),
    ("gases", "gas"),
    ("viruses", "virus"),
    ("movies", "movie"),
    ("ties", "tie"),
    ("cookies", "cookie"),
    ("kilometres", "kilometre"),
];

/// Participles that stand for people: "26 killed".
const FATES: &[&str] = &[
    "killed",
    "injured",
    "wounded",
    "dead",
    "missing",
    "arrested",
    "detained",
    "displaced",
    "hospitalized",
    "homeless",
    "rescued",
];

/// What a number counts.
pub(super) struct Counted {
    /// Singular noun.
    pub unit: String,
    /// Tokens of the phrase: from its first word to the head noun.
    pub start: usize,
    pub head: usize,
}

/// True if the word cannot belong to the noun phrase before it.
pub(super) fn stops(words: &Words, at: usize) -> bool {
    let text = words.text(at);
    let joins = words.is_dash(at) && words.adjoin(at) && at > 0 && words.adjoin(at - 1);
    text.is_empty() || !joins && !text.starts_with(char::is_alphabetic) || STOPS.contains(&words.lower(at))
}

/// The noun that a number before token `at` counts.
pub(super) fn counted(words: &Words, sentence: &Sentence, at: usize, is_one: bool) -> Option<Counted> {
    let limit = (at + 7).min(words.len());
    if FATES.contains(&words.lower(at)) {
        return Some(Counted { unit: "person".into(), start: at, head: at });
    }
    if sentence.tokens.get(at).is_some_and(|token| token.tag != Tag::X) {
        return by_tags(words, sentence, at, limit);
    }
    for index in at..limit {
        if stops(words, index) {
            break;
        }
        if is_plural(words, index) {
            // "90 sales offices": the last of several plurals is the head.
            let next_plural = index + 1 < limit && !stops(words, index + 1) && is_plural(words, index + 1);
            if !next_plural {
                return Some(found(words, sentence, at, index));
            }
        }
    }
    // Without a plural only one thing can be counted.
    is_one.then(|| single(words, sentence, at))?
}

/// The one thing behind an ordinal or "one": the last word before a verb or small word ("Media Forum", "People's Assembly").
pub(super) fn single(words: &Words, sentence: &Sentence, at: usize) -> Option<Counted> {
    if sentence.tokens.get(at).is_some_and(|token| token.tag != Tag::X) {
        return by_tags(words, sentence, at, (at + 7).min(words.len()));
    }
    let inside = |index: &usize| {
        let possessive = matches!(words.text(*index), "'s" | "’s");
        possessive || !(stops(words, *index) || *index > at && looks_like_verb(words, *index))
    };
    let head = (at..words.len().min(at + 7)).take_while(inside).last()?;
    Some(found(words, sentence, at, head))
}

/// The last noun of the run of nouns and adjectives.
fn by_tags(words: &Words, sentence: &Sentence, at: usize, limit: usize) -> Option<Counted> {
    let tag = |index: usize| sentence.tokens[index].tag;
    let mut head = None;
    for index in at..limit {
        match tag(index) {
            Tag::Noun => head = Some(index),
            // "132 Palestinians", "first Media Forum": a name is the head if no noun follows.
            Tag::Propn if head.is_none_or(|head| tag(head) == Tag::Propn) => head = Some(index),
            Tag::Propn | Tag::Adj | Tag::Num | Tag::Adv => {}
            Tag::Verb if sentence.tokens[index].penn == Penn::Vbn || sentence.tokens[index].penn == Penn::Vbg => {}
            Tag::Punct if words.is_dash(index) => {}
            Tag::Part if matches!(words.text(index), "'s" | "’s") => {}
            _ => break,
        }
        // A plural ends the phrase unless a noun follows.
        if head == Some(index) && is_plural(words, index) && tag((index + 1).min(limit - 1)) != Tag::Noun {
            break;
        }
    }
    head.map(|head| found(words, sentence, at, head))
}

fn found(words: &Words, sentence: &Sentence, start: usize, head: usize) -> Counted {
    let token = &sentence.tokens[head];
    let lemma = token.lemma.as_str();
    let known = token.tag == Tag::Noun && !lemma.is_empty() && lemma != "other";
    let unit = match words.lower(head) {
        word if IRREGULAR.iter().any(|(plural, _)| *plural == word) => singular(word),
        _ if known => lemma.to_owned(),
        // "Palestinians" are still named after a people.
        word if words.is_capital(head) && word.ends_with('s') => singular(words.text(head)),
        word => singular(word),
    };
    Counted { unit, start, head }
}

/// True if the word looks like a plural noun in lower case, or like a plural demonym ("Palestinians").
fn is_plural(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    if IRREGULAR.iter().any(|(plural, _)| *plural == word) {
        return true;
    }
    let ending = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is", "'s", "ous"].iter().any(|end| word.ends_with(end));
    let name = words.is_capital(at)
        && !["ans", "eans", "is", "ians", "ns", "ds", "ks", "ts", "rs"].iter().any(|end| word.ends_with(end));
    ending && !name
}

/// The singular of a plural noun, by its ending.
pub(super) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let Some(bare) = word.strip_suffix('s') else { return word.to_owned() };
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") || word.len() < 4 {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let hissing = ["ches", "shes", "sses", "xes", "zzes", "oes"].iter().any(|end| word.ends_with(end));
    if hissing { word[..word.len() - 2].to_owned() } else { bare.to_owned() }
}

/// Token after the phrase that begins at `start`: head noun and a short phrase behind it ("companies from Pakistan").
pub(super) fn continuation(words: &Words, head: usize) -> usize {
    const LINKS: &[&str] = &["of", "from", "in", "at", "for", "on", "to", "with", "by", "against"];
    let mut end = head + 1;
    for _ in 0..2 {
        if !LINKS.contains(&words.lower(end)) {
            break;
        }
        let mut next = end + 1;
        next +=
            usize::from(matches!(words.lower(next), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "this"));
        let first = next;
        while next < words.len() && next < first + 5 && !stops(words, next) && !looks_like_verb(words, next) {
            next += 1;
        }
        if next == first {
            break;
        }
        end = next;
    }
    end
}

/// The noun phrase before a verb or preposition left of `at`: "bilateral trade" in "bilateral trade had reached".
pub(super) fn before(words: &Words, sentence: &Sentence, at: usize) -> Option<(usize, usize)> {
    let mut end = at;
    let mut passed = 0;
    while end > 0 && passed < 5 && (stops_leftward(words, end - 1) || looks_like_verb(words, end - 1)) {
        end -= 1;
        passed += 1;
    }
    let last = end.checked_sub(1)?;
    let tag = sentence.tokens[last].tag;
    if !matches!(tag, Tag::X | Tag::Noun | Tag::Propn)
        || words.lower(last).ends_with("ly")
        || words.lower(last) == "first"
    {
        return None;
    }
    let mut start = end;
    while start > 0 && end - start < 5 && !stops(words, start - 1) && !looks_like_verb(words, start - 1) {
        start -= 1;
    }
    (start < end).then_some((start, end))
}

fn stops_leftward(words: &Words, at: usize) -> bool {
    words.text(at).starts_with(char::is_alphabetic) && STOPS.contains(&words.lower(at))
}

fn looks_like_verb(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    let known = matches!(
        word,
        "reach"
            | "reaches"
            | "hit"
            | "rose"
            | "fell"
            | "grew"
            | "stood"
            | "stands"
            | "rise"
            | "rises"
            | "fall"
            | "increase"
            | "decrease"
            | "cut"
            | "cost"
            | "costs"
            | "worth"
            | "total"
            | "totals"
            | "made"
            | "took"
            | "take"
            | "gave"
            | "give"
            | "paid"
            | "pay"
            | "sent"
            | "participate"
            | "met"
            | "meet"
            | "came"
            | "left"
            | "went"
            | "become"
            | "remain"
            | "amount"
            | "amounts"
            | "exceed"
            | "exceeds"
    );
    known
        || word.len() > 4 && word.ends_with("ed") && !words.is_capital(at)
        || word.len() > 5 && word.ends_with("ing")
}
