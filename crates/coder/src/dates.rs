//! Finds dates, durations and frequencies in one sentence and says which days they mean.
//!
//! Comes in: a segmented sentence and the day of publication. Goes out: [`DateMention`]s in text order, never
//! overlapping. Only words are looked at, no tags. What cannot be placed on the calendar (no day of publication,
//! "recently", "Ramadan") has no interval: nothing is guessed.
//!
//! Example: published on 2026-02-28, "met on Tuesday" is 2026-02-24, "by 2026" is the year with [`Bound::By`], "over the
//! past 75 years" is a duration of 75 years with the interval up to the day of publication.
//!
//! Day and month without a year, and weekdays, are taken as the nearest not after publication, or not before it where
//! the words around speak of what is to come ("will", "scheduled", "next"); see [`Direction`].

mod calendar;
mod direction;
mod periods;
mod relative;
mod resolve;
mod rules;
pub(crate) mod words;

use std::ops::Range;

use chancery_model::{DateInterval, Sentence, Span};
use jiff::civil::Date;

pub use direction::Direction;
use words::Words;

/// A stretch of words that tells a time.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// The words, without a preposition before them.
    pub span: Span,
    /// Tokens of the sentence that they take.
    pub tokens: Range<u32>,
    /// The days meant; `None` if the words or what is known do not tell.
    pub interval: Option<DateInterval>,
    /// What sort of time the words tell.
    pub kind: DateKind,
    /// What a preposition before them says.
    pub bound: Bound,
    /// How long, for durations and frequencies.
    pub length: Option<Length>,
}

/// What sort of time a mention tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// A day, month, year and so on, named or reckoned: "Feb. 29", "last week", "two days ago".
    Date,
    /// A length of time: "six months", "the past 75 years".
    Duration,
    /// How often: "daily", "every week".
    Set,
    /// An hour, perhaps of a known day: "10:30 GMT", "Friday morning".
    TimeOfDay,
    /// Some time ago: "recently", "in recent years".
    Past,
    /// About the time of writing: "now", "currently".
    Present,
    /// Some time to come: "soon", "in the coming years".
    Future,
}

/// What the preposition before a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Bound {
    /// At that time.
    #[default]
    None,
    /// From that time on: "since 1948".
    Since,
    /// Up to that time: "until 2030".
    Until,
    /// Not later than that time: "by 2026".
    By,
    /// Earlier than that time.
    Before,
    /// Later than that time.
    After,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// How many units; `None` for "several years".
    pub amount: Option<f64>,
    /// Of what.
    pub unit: Unit,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // plain words
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// True if `word` (lower case) names a unit of time: "years".
pub(crate) fn calendar_unit(word: &str) -> bool {
    calendar::unit(word).is_some()
}

/// The times that a sentence tells, in text order.
pub fn find_dates(text: &str, sentence: &Sentence, published: Option<Date>) -> Vec<DateMention> {
    find_dates_after(text, sentence, published, None)
}

/// As [`find_dates`]; `anchor` is the last date told before the sentence, to which "the same day" refers.
pub fn find_dates_after(
    text: &str,
    sentence: &Sentence,
    published: Option<Date>,
    anchor: Option<DateInterval>,
) -> Vec<DateMention> {
    let words = Words::read(text, sentence);
    let mut mentions: Vec<DateMention> = Vec::new();
    let mut anchor = anchor;
    let mut at = 0;
    while at < words.len() {
        let Some(found) = rules::read(&words, at) else {
            at += 1;
            continue;
        };
        let end = at + found.tokens;
        let known = resolve::Known { published, anchor, direction: Direction::around(&words, at, end) };
        let mention = found.meaning.resolve(&known);
        let bound = if mention.kind == DateKind::Date { bound_before(&words, at) } else { Bound::None };
        if mention.kind == DateKind::Date && mention.interval.is_some() {
            anchor = mention.interval;
        }
        mentions.push(DateMention {
            span: words.span(at, end),
            tokens: at as u32..end as u32,
            interval: mention.interval,
            kind: mention.kind,
            bound,
            length: mention.length,
        });
        at = end;
    }
    join_ranges(&words, &mut mentions);
    mentions
}

/// What the word before token `at` says of the date there.
fn bound_before(words: &Words, at: usize) -> Bound {
    match words.before(at, 1) {
        "since" | "from" => Bound::Since,
        "until" | "till" | "through" => Bound::Until,
        "by" => Bound::By,
        "before" => Bound::Before,
        "to" if words.before(at, 2) == "prior" => Bound::Before,
        "of" if words.before(at, 2) == "ahead" => Bound::Before,
        "after" | "following" => Bound::After,
        _ => Bound::None,
    }
}

/// Makes one mention of "from 2014 to 2016", "between May and July 2025".
fn join_ranges(words: &Words, mentions: &mut Vec<DateMention>) {
    let mut at = 0;
    while at + 1 < mentions.len() {
        let (first, second) = (&mentions[at], &mentions[at + 1]);
        let (start, end) = (first.tokens.start as usize, first.tokens.end as usize);
        let opening = words.before(start, 1);
        let link = words.lower(end);
        let linked = second.tokens.start as usize == end + 1
            && (opening == "from" && matches!(link, "to" | "until" | "till" | "through")
                || opening == "between" && link == "and");
        let dates = first.kind == DateKind::Date && second.kind == DateKind::Date;
        if linked
            && dates
            && let (Some(from), Some(to)) = (first.interval, second.interval)
        {
            // "between May and July 2025": the year is said once, at the end.
            let from = if from.start > to.end || !has_year(words, &first.tokens) && has_year(words, &second.tokens)
            {
                resolve::same_year_before(from, to)
            } else {
                from
            };
            let joined = DateMention {
                span: first.span.join(second.span),
                tokens: first.tokens.start..second.tokens.end,
                interval: Some(DateInterval { start: from.start, end: to.end, grain: from.grain.min(to.grain) }),
                bound: Bound::None,
                ..first.clone()
            };
            mentions.splice(at..at + 2, [joined]);
        }
        at += 1;
    }
}

fn has_year(words: &Words, tokens: &Range<u32>) -> bool {
    tokens
        .clone()
        .any(|at| words.text(at as usize).len() == 4 && words.text(at as usize).bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
