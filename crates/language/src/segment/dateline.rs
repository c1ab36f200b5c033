//! Recognises datelines ("MOSCOW, Feb 26 (Reuters) - "), lines that only give a date, and speakers' labels.

use super::abbreviations::opens_sentences;

/// Longest dateline in bytes.
const LONGEST: usize = 110;

const MONTHS: &[&str] = &[
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Words in capitals with a dash or colon behind them that are no places.
const NO_PLACES: &[&str] = &[
    "UPDATE",
    "EXCLUSIVE",
    "BREAKING",
    "ANALYSIS",
    "WATCH",
    "FACTBOX",
    "OPINION",
    "EXPLAINER",
    "LIVE",
    "VIDEO",
    "NATO",
    "NOTE",
    "NEWS",
    "PRESS",
    "STATEMENT",
    "QUESTION",
    "ANSWER",
    "MODERATOR",
    "OPERATOR",
    "SECRETARY",
    "PRESIDENT",
    "MINISTER",
    "FOREIGN",
    "PRIME",
    "AMBASSADOR",
    "SENATOR",
    "SEN.",
    "MR",
    "MR.",
    "MS",
    "MS.",
    "MRS",
    "MRS.",
    "DR",
    "DR.",
    "GEN.",
    "GENERAL",
    "CHANCELLOR",
    "PREMIER",
    "SPEAKER",
    "HOST",
    "Q",
    "A",
    "BACKGROUND",
    "WARNING",
    "CORRECTION",
    "URGENT",
    "CHAIRMAN",
    "CHAIR",
    "DIRECTOR",
    "UNDER",
    "ASSISTANT",
    "DEPUTY",
    "VICE",
    "HIS",
    "HER",
    "THE",
    "FACT",
    "TIMELINE",
];

/// Small words inside names of places, and before ships.
const SMALL: &[&str] = &["and", "of", "the", "de", "la", "al", "in", "near", "aboard", ""];

/// What separates a dateline from the text behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Dash,
    Colon,
    /// The agency's own closing mark, as in "/TASS/."
    Agency,
    /// Nothing but the bracket around the agency: "KHARTOUM (Reuters) Qatar's emir", "(CNN) Italian police".
    Bracket,
}

/// Offset of the text behind the dateline that `block` begins with.
///
/// Capitals without date or agency count only at the head of a text (`first`) and not where speakers are labelled.
pub(super) fn end(block: &str, first: bool, has_speakers: bool) -> Option<usize> {
    let start = block.chars().next()?;
    if !(start.is_uppercase() || start == '(') {
        return None;
    }
    let head = &block[..super::lines::floor(block, LONGEST)];
    let (before, separator, after) = separate(head)?;
    let rest = block[after..].trim_start();
    if rest.is_empty() {
        return None;
    }
    let accepted = Parts::read(before).is_some_and(|parts| parts.accepts(separator, first, has_speakers, rest));
    accepted.then(|| block.len() - rest.len())
}

/// The first separator in `head`: what is before it, its sort, and the offset behind it.
fn separate(head: &str) -> Option<(&str, Separator, usize)> {
    for (at, c) in head.char_indices() {
        let rest = &head[at..];
        let spaced = head[..at].ends_with(char::is_whitespace);
        match c {
            '—' | '–' if spaced || head[..at].ends_with(')') || c == '—' => {
                return Some((&head[..at], Separator::Dash, at + c.len_utf8()));
            }
            '-' if rest.starts_with("--") => return Some((&head[..at], Separator::Dash, at + 2)),
            '-' if spaced && rest[1..].starts_with(char::is_whitespace) || head[..at].ends_with(')') => {
                return Some((&head[..at], Separator::Dash, at + 1));
            }
            ')' if at < 60 && rest[1..].starts_with(' ') && starts_capital(rest[1..].trim_start()) => {
                return Some((&head[..=at], Separator::Bracket, at + 1));
            }
            ':' if rest[1..].starts_with(char::is_whitespace) => {
                return Some((&head[..at], Separator::Colon, at + 1));
            }
            '/' if spaced => {
                let close = rest[1..].find("/.")?;
                let agency = rest[1..1 + close].bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
                return agency.then_some((&head[..at], Separator::Agency, at + close + 3));
            }
            '"' | '“' | '”' | '!' | '?' | ';' | '$' => return None,
            _ => {}
        }
    }
    None
}

/// What the words before the separator are.
#[derive(Default)]
struct Parts {
    agency: bool,
    month: bool,
    number: bool,
    /// Words that are neither date nor agency.
    places: usize,
    /// All letters of the first place are capitals, and it is more than an abbreviation.
    capitals: bool,
    /// All letters of all places are capitals.
    all_capitals: bool,
    known_no_place: bool,
    opener: bool,
}

impl Parts {
    /// Reads the words; `None` if one of them has no place in a dateline.
    fn read(before: &str) -> Option<Parts> {
        let mut parts = Parts { all_capitals: true, ..Parts::default() };
        let mut rest = before.trim();
        if let Some(open) = rest.rfind('(')
            && rest.ends_with(')')
        {
            let agency = &rest[open + 1..rest.len() - 1];
            if agency.len() > 40 || !agency.starts_with(char::is_uppercase) {
                return None;
            }
            parts.agency = true;
            rest = rest[..open].trim_end();
        }
        for (index, raw) in rest.split([' ', '/', ',']).filter(|word| !word.is_empty()).enumerate() {
            let word = raw.trim_end_matches(['.', ',']);
            if is_one_of(word, MONTHS) {
                parts.month = true;
            } else if word.starts_with(|c: char| c.is_ascii_digit()) {
                parts.number = true;
            } else if word.starts_with(char::is_uppercase) {
                if !is_one_of(word, WEEKDAYS) {
                    parts.place(raw, word, index);
                }
            } else if !is_one_of(word, SMALL) {
                return None;
            }
        }
        (parts.places <= 6).then_some(parts)
    }

    fn place(&mut self, raw: &str, word: &str, index: usize) {
        let capitals = !word.chars().any(char::is_lowercase);
        if index == 0 {
            self.opener = opens_sentences(word);
            self.known_no_place = NO_PLACES.contains(&raw) || NO_PLACES.contains(&word);
        }
        if self.places == 0 {
            self.capitals = capitals && word.chars().count() > 3;
        }
        self.all_capitals &= capitals;
        self.places += 1;
    }

    fn accepts(&self, separator: Separator, first: bool, has_speakers: bool, rest: &str) -> bool {
        let dated = self.month && self.number;
        if self.opener || self.known_no_place && !self.agency {
            return false;
        }
        // A headline in capitals throughout has no dateline to tell by capitals.
        let capitals = self.capitals || self.all_capitals && self.places > 1;
        let stands_out = capitals && rest.chars().take(60).any(char::is_lowercase);
        match separator {
            Separator::Agency => self.places > 0,
            Separator::Bracket => {
                self.agency && (self.places == 0 && first || self.places > 0 && self.all_capitals)
            }
            Separator::Dash if self.agency => true,
            Separator::Dash if dated => self.places > 0 || self.month,
            Separator::Dash => stands_out && self.places <= 4 && !has_speakers,
            Separator::Colon if self.agency || dated => self.places > 0,
            Separator::Colon => {
                first
                    && !has_speakers
                    && stands_out
                    && self.all_capitals
                    && self.places <= 3
                    && starts_capital(rest)
            }
        }
    }
}

fn is_one_of(word: &str, lower: &[&str]) -> bool {
    lower.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

fn starts_capital(rest: &str) -> bool {
    rest.trim_start_matches(['"', '“', '‘', '\'', '(']).starts_with(char::is_uppercase)
}

/// True if the line holds a date and nothing else: "Friday, July 21, 2017", "Published: 13 February 2026".
pub(super) fn is_date(line: &str) -> bool {
    if line.len() > 60 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let lower = line.to_lowercase();
    let labels =
        ["published:", "published on", "published", "updated:", "last updated:", "updated", "posted on", "posted"];
    let bare = labels.iter().find_map(|label| lower.strip_prefix(label)).unwrap_or(&lower);
    let mut months = 0;
    let mut iso = false;
    for word in bare.split([' ', ',', '.', '|', '\t', '(', ')']).filter(|word| !word.is_empty()) {
        let figure = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 10;
        iso |= figure && word.matches(['-', '/']).count() == 2;
        if MONTHS.contains(&word) {
            months += 1;
        } else if !(figure
            || WEEKDAYS.contains(&word)
            || ["gmt", "utc", "est", "am", "pm", "at", "et"].contains(&word))
        {
            return false;
        }
    }
    months == 1 || iso
}

/// Offset of the colon if the line begins with a speaker's label in capitals: "SECRETARY BLINKEN: Thank you."
pub(super) fn speaker_label(line: &str) -> Option<usize> {
    let head = &line.as_bytes()[..line.len().min(64)];
    let colon = head.iter().position(|b| *b == b':')?;
    let label = &line.get(..colon)?;
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let fits = label.starts_with(char::is_uppercase)
        && letters >= 1
        && !label.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
        && label.split_whitespace().count() <= 5;
    fits.then_some(colon)
}
