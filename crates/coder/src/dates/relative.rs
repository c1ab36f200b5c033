//! Rules for times told from the day of publication or from the date before, durations, frequencies and hours.

use super::calendar;
use super::resolve::{Meaning, Which};
use super::rules::{Found, found, vague as vague_time};
use super::words::Words;
use super::{DateKind, Length, Unit};
use crate::figures::numbers;

fn which(word: &str) -> Option<Which> {
    Some(match word {
        "last" | "past" => Which::Last,
        "this" | "current" => Which::This,
        "next" | "coming" => Which::Next,
        _ => return None,
    })
}

/// "last week", "the current year", "earlier this month", "later today", "this weekend", "last night".
pub(super) fn calendar_unit(words: &Words, at: usize) -> Option<Found> {
    let (later, skip) = match words.lower(at) {
        "earlier" => (Some(false), 1),
        "later" => (Some(true), 1),
        _ => (None, 0),
    };
    if skip == 1 && words.lower(at + 1) == "today" {
        return found(2, Meaning::DaysAway { days: 0, part_of_day: false });
    }
    let the = usize::from(words.lower(at + skip) == "the");
    if the == 1
        && skip == 0
        && words.lower(at + 1) == "weekend"
        && matches!(words.before(at, 1), "at" | "over" | "during" | "on")
    {
        return found(2, Meaning::Weekend(None));
    }
    let which = which(words.lower(at + skip + the))?;
    let word = words.lower(at + skip + the + 1);
    let tokens = skip + the + 2;
    match word {
        "weekend" => return found(tokens, Meaning::Weekend(Some(which))),
        "night" | "evening" if which == Which::Last => {
            return found(tokens, Meaning::DaysAway { days: -1, part_of_day: true });
        }
        "morning" | "afternoon" | "evening" | "night" if which == Which::This => {
            return found(tokens, Meaning::DaysAway { days: 0, part_of_day: true });
        }
        _ => {}
    }
    let unit = calendar::unit(word).filter(|unit| *unit >= Unit::Week && !word.ends_with('s'))?;
    // "the past year" is the twelve months before, "last year" the calendar year.
    if words.lower(at + skip + the) == "past" {
        return found(tokens, Meaning::Stretch { unit, amount: Some(1.0), past: true });
    }
    match later {
        Some(later) if which == Which::This => found(tokens, Meaning::Rest { unit, later }),
        _ => found(tokens, Meaning::Calendar { unit, which }),
    }
}

/// Names of papers and days that a weekday belongs to.
const NAMES_BEFORE: &[&str] =
    &["black", "bloody", "good", "easter", "super", "palm", "ash", "holy", "cyber", "fat", "giving"];
const NAMES_AFTER: &[&str] =
    &["times", "telegraph", "mirror", "post", "express", "mail", "independent", "herald", "mass", "school"];

/// "Monday", "last Friday", "next Tuesday", "Friday morning".
pub(super) fn weekday(words: &Words, at: usize) -> Option<Found> {
    let which = which(words.lower(at));
    let name = at + usize::from(which.is_some());
    let day = calendar::weekday(words.lower(name)).filter(|_| words.is_capital(name))?;
    if NAMES_BEFORE.contains(&words.before(at, 1))
        || words.is_capital(name + 1) && NAMES_AFTER.contains(&words.lower(name + 1))
    {
        return None;
    }
    let part_of_day = matches!(words.lower(name + 1), "morning" | "afternoon" | "evening" | "night");
    let tokens = name + 1 - at + usize::from(part_of_day);
    found(tokens, Meaning::Weekday { day, which, part_of_day })
}

/// "yesterday", "today", "tomorrow morning", "tonight", "the day before yesterday".
pub(super) fn near_day(words: &Words, at: usize) -> Option<Found> {
    if words.are(at, &["the", "day", "before", "yesterday"]) {
        return found(4, Meaning::DaysAway { days: -2, part_of_day: false });
    }
    if words.are(at, &["the", "day", "after", "tomorrow"]) {
        return found(4, Meaning::DaysAway { days: 2, part_of_day: false });
    }
    let days = match words.lower(at) {
        "yesterday" => -1,
        "today" => 0,
        "tomorrow" => 1,
        "tonight" => return found(1, Meaning::DaysAway { days: 0, part_of_day: true }),
        _ => return None,
    };
    // "today's world", "Russia Today"
    if words.is_capital(at) && at > 0 && words.is_capital(at - 1) {
        return None;
    }
    if days == 0
        && matches!(words.lower(at + 1), "'s" | "’s")
        && matches!(words.lower(at + 2), "world" | "global" | "era")
    {
        return vague_time(1, DateKind::Present);
    }
    let part_of_day = matches!(words.lower(at + 1), "morning" | "afternoon" | "evening" | "night");
    found(1 + usize::from(part_of_day), Meaning::DaysAway { days, part_of_day })
}

/// An amount of units: "two days", "a decade", "several years", "decades"; tokens, amount, unit.
fn amount(words: &Words, at: usize) -> Option<(usize, Option<f64>, Unit)> {
    let vague = matches!(words.lower(at), "several" | "few" | "many" | "some");
    let a_few = words.lower(at) == "a" && matches!(words.lower(at + 1), "few" | "couple");
    let (tokens, amount) = if let Some(number) = numbers::read(words, at).filter(|number| !number.is_ordinal) {
        (number.tokens, Some(number.value))
    } else if a_few {
        (2, None)
    } else if vague {
        (1, None)
    } else if matches!(words.lower(at), "a" | "an") {
        (1, Some(1.0))
    } else {
        (0, None)
    };
    let unit_at = at
        + tokens
        + usize::from(matches!(
            words.lower(at + tokens),
            "consecutive" | "straight" | "full" | "more" | "trading" | "working" | "business"
        ));
    let word = words.lower(unit_at);
    let unit = calendar::unit(word)?;
    // Without a number only a plural can be an amount: "decades".
    let counted = tokens > 0 || word.ends_with('s') && unit >= Unit::Day && word != "seconds";
    counted.then_some((unit_at + 1 - at, amount, unit))
}

/// "two days ago", "a year earlier", "three weeks later", "two months from now".
pub(super) fn away(words: &Words, at: usize) -> Option<Found> {
    let (tokens, amount, unit) = amount(words, at)?;
    let next = at + tokens;
    let reading = |tokens: usize, sign: f64, from_anchor: bool| match amount {
        Some(amount) if from_anchor => found(tokens, Meaning::FromAnchor { unit, amount: sign * amount }),
        Some(amount) => found(tokens, Meaning::Away { unit, amount: sign * amount }),
        None if sign < 0.0 => vague_time(tokens, DateKind::Past),
        // "A few weeks later" in a story is as past as the story.
        None => found(tokens, Meaning::Unknown),
    };
    match words.lower(next) {
        "ago" => reading(tokens + 1, -1.0, false),
        "earlier" | "before" | "previously" if words.lower(next) != "before" || !words.is_capital(next + 1) => {
            reading(tokens + 1, -1.0, true)
        }
        "later" | "afterwards" if words.lower(next + 1) != "than" => reading(tokens + 1, 1.0, true),
        "from" if words.lower(next + 1) == "now" => reading(tokens + 2, 1.0, false),
        _ => None,
    }
}

/// "the past 75 years", "the next three months", "recent years", "the coming weeks".
pub(super) fn stretch(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(matches!(words.lower(at), "the" | "these"));
    let past = match words.lower(at + the) {
        "past" | "last" | "previous" | "recent" | "preceding" => true,
        "next" | "coming" | "upcoming" => false,
        _ => return None,
    };
    let (tokens, amount, unit) = amount(words, at + the + 1)?;
    if words.lower(at + the + 1) == "a" {
        return None;
    }
    if amount.is_none() {
        return vague_time(the + 1 + tokens, if past { DateKind::Past } else { DateKind::Future });
    }
    found(the + 1 + tokens, Meaning::Stretch { unit, amount, past })
}

/// "the same day", "that year", "the following month", "the previous year", "the next day".
pub(super) fn anchored(words: &Words, at: usize) -> Option<Found> {
    let (skip, offset) = match (words.lower(at), words.lower(at + 1)) {
        ("the", "same") => (2, 0.0),
        ("that", "same") => (2, 0.0),
        ("that", _) => (1, 0.0),
        // "ended the day lower"
        ("the", "day")
            if matches!(
                words.before(at, 1),
                "end" | "ended" | "ending" | "ends" | "finish" | "finished" | "in" | "for"
            ) && words.lower(at + 2) != "when" =>
        {
            (1, 0.0)
        }
        ("the", "following" | "next" | "subsequent") => (2, 1.0),
        ("the", "previous" | "preceding") => (2, -1.0),
        _ => return None,
    };
    let word = words.lower(at + skip);
    let unit = calendar::unit(word).filter(|unit| *unit >= Unit::Day && !word.ends_with('s'))?;
    // "the next year" without a date before it is the year ahead; the day is always reckoned from the story.
    found(skip + 1, Meaning::FromAnchor { unit, amount: offset })
}

/// "six months", "18-month", "a decade", "several years", "half a century".
pub(super) fn duration(words: &Words, at: usize) -> Option<Found> {
    // "a five-year", "90-day": number, hyphen, unit.
    if let Some(number) = numbers::read(words, at).filter(|number| !number.is_ordinal && words.lower(at) != "a") {
        let dash = at + number.tokens;
        if words.is_dash(dash)
            && words.adjoin(dash - 1)
            && let Some(unit) = calendar::unit(words.lower(dash + 1))
        {
            let age = words.is_dash(dash + 2) || words.lower(dash + 2) == "old";
            let length = Length { amount: Some(number.value), unit };
            return (!age).then(|| found(number.tokens + 2, Meaning::Duration(length)))?;
        }
    }
    let (tokens, amount, unit) = amount(words, at)?;
    // "60 years old" is an age.
    if words.lower(at + tokens) == "old" {
        return None;
    }
    if words.lower(at) == "a" && matches!(unit, Unit::Second | Unit::Quarter) {
        return None;
    }
    let frequency = matches!(words.lower(at), "a" | "an") && follows_count(words, at);
    let length = Length { amount, unit };
    found(tokens, if frequency { Meaning::Set(length) } else { Meaning::Duration(length) })
}

/// True behind a count, as in "3,000 barrels a day", "twice a week".
fn follows_count(words: &Words, at: usize) -> bool {
    matches!(words.before(at, 1), "once" | "twice" | "times")
        || (1..=3).any(|back| at >= back && words.text(at - back).starts_with(|c: char| c.is_ascii_digit()))
}

/// "daily", "annual", "every week", "each year", "per day".
pub(super) fn frequency(words: &Words, at: usize) -> Option<Found> {
    let set = |tokens: usize, unit: Unit| found(tokens, Meaning::Set(Length { amount: Some(1.0), unit }));
    match words.lower(at) {
        "hourly" => set(1, Unit::Hour),
        "daily" if !(words.is_capital(at) && at > 0) => set(1, Unit::Day),
        "weekly" if !(words.is_capital(at) && at > 0) => set(1, Unit::Week),
        "monthly" => set(1, Unit::Month),
        "quarterly" => set(1, Unit::Quarter),
        "annual" | "annually" | "yearly" => set(1, Unit::Year),
        "every" | "each" | "per" => {
            let unit = calendar::unit(words.lower(at + 1)).filter(|_| !words.lower(at + 1).ends_with('s'));
            if let Some(unit) = unit {
                return set(2, unit);
            }
            calendar::weekday(words.lower(at + 1)).and_then(|_| set(2, Unit::Week))
        }
        _ => None,
    }
}

/// "10:30", "10:30 a.m. GMT", "5 p.m.", "0800 UTC", "noon".
pub(super) fn hour(words: &Words, at: usize) -> Option<Found> {
    let text = words.text(at);
    let zone = |at: usize| {
        matches!(
            words.text(at),
            "GMT" | "UTC" | "EST" | "EDT" | "ET" | "CET" | "BST" | "IST" | "PST" | "PDT" | "MSK" | "PKT"
        ) || words.lower(at + 1) == "time" && matches!(words.lower(at), "local" | "moscow" | "beijing" | "eastern")
    };
    if matches!(words.lower(at), "noon" | "midnight") {
        return found(1, Meaning::Hour);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let half = matches!(words.lower(at + 1), "am" | "pm" | "a.m" | "p.m" | "a.m." | "p.m.");
    let colon = text.len() <= 8 && text.contains(':') && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let tokens = 1 + usize::from(half);
    let zoned = zone(at + tokens);
    let clock = colon || half || zoned && text.len() == 4 && numbers::digits(text).is_some();
    let zone_tokens = if zoned { 1 + usize::from(words.lower(at + tokens + 1) == "time") } else { 0 };
    if !clock {
        return None;
    }
    // "12:00 UTC Monday", "5 p.m. on Tuesday" tell the day too.
    let end = at + tokens + zone_tokens;
    let next = end + usize::from(words.lower(end) == "on");
    let day = weekday(words, next).or_else(|| near_day(words, next));
    match day.map(|day| (day.tokens, day.meaning)) {
        Some((more, Meaning::Weekday { day, which, .. })) => {
            found(next + more - at, Meaning::Weekday { day, which, part_of_day: true })
        }
        Some((more, Meaning::DaysAway { days, .. })) => {
            found(next + more - at, Meaning::DaysAway { days, part_of_day: true })
        }
        _ => found(end - at, Meaning::Hour),
    }
}

/// "now", "recently", "soon", "at present", "in the past", "the near future".
pub(super) fn vague(words: &Words, at: usize) -> Option<Found> {
    use DateKind::{Future, Past, Present};
    // "the now bankrupt company" tells the company, not the time.
    if matches!(words.before(at, 1), "the" | "a")
        && matches!(words.lower(at), "now" | "currently" | "formerly" | "previously" | "soon")
    {
        return None;
    }
    match words.lower(at) {
        "now" if words.lower(at + 1) != "that" => vague_time(1, Present),
        "currently" | "nowadays" | "presently" => vague_time(1, Present),
        "recently" | "formerly" | "previously" | "lately" => vague_time(1, Past),
        "earlier" if !matches!(words.lower(at + 1), "than" | "this") => vague_time(1, Past),
        "soon" | "shortly" if !matches!(words.lower(at + 1), "after" | "before" | "as") => vague_time(1, Future),
        "current" | "ongoing" if words.lower(at + 1) != "account" => vague_time(1, Present),
        "recent" => vague_time(1, Past),
        "at" if words.lower(at + 1) == "present" => vague_time(2, Present),
        "the" if words.are(at + 1, &["time", "being"]) => vague_time(3, Present),
        "the" if words.lower(at + 1) == "past" && words.before(at, 1) == "in" => vague_time(2, Past),
        "the" if words.are(at + 1, &["near", "future"]) => vague_time(3, Future),
        "the" if words.lower(at + 1) == "future" && matches!(words.before(at, 1), "in" | "for") => {
            vague_time(2, Future)
        }
        _ => None,
    }
}
