//! Rules that recognise dates named by the calendar: days, months, years, decades, quarters, feasts.
//!
//! [`read`] tries the rules at one token and takes the longest reading; rules relative to the day of publication are
//! in [`super::relative`].

use chancery_model::DateInterval;
use jiff::civil::Date;

use super::DateKind;
use super::calendar::{self, Part};
use super::periods::{
    century, decade, decade_number, feast, fiscal, half_year, quarter, season, year, year_number, year_range,
};
use super::relative;
use super::resolve::{Meaning, Which, Year};
use super::words::Words;

/// A reading: what the next tokens mean.
pub(super) struct Found {
    pub tokens: usize,
    pub meaning: Meaning,
}

/// `tokens` words mean this.
pub(super) fn found(tokens: usize, meaning: Meaning) -> Option<Found> {
    Some(Found { tokens, meaning })
}

type Rule = fn(&Words, usize) -> Option<Found>;

/// The longest reading at token `at`.
pub(super) fn read(words: &Words, at: usize) -> Option<Found> {
    const RULES: &[Rule] = &[
        part_of,
        numeric,
        weekday_and_date,
        month_first,
        day_first,
        decade,
        century,
        quarter,
        half_year,
        season,
        feast,
        fiscal,
        year_range,
        year,
        relative::calendar_unit,
        relative::weekday,
        relative::near_day,
        relative::away,
        relative::stretch,
        relative::anchored,
        relative::duration,
        relative::frequency,
        relative::hour,
        relative::vague,
    ];
    RULES.iter().filter_map(|rule| rule(words, at)).max_by_key(|found| found.tokens)
}

/// "early 2010s", "the end of last year", "mid-2024", "the first half of 2026".
fn part_of(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let first = words.lower(at + the);
    if let Some(rest) = first.strip_prefix("mid-") {
        return inside(rest).and_then(|meaning| found(the + 1, Meaning::PartOf(Part::Middle, Box::new(meaning))));
    }
    let (part, mut length) = match first {
        "early" => (Part::Early, 1),
        "mid" => (Part::Middle, 1),
        "late" => (Part::Late, 1),
        "beginning" | "start" if words.lower(at + the + 1) == "of" => (Part::Early, 2),
        "middle" if words.lower(at + the + 1) == "of" => (Part::Middle, 2),
        "end" | "close" if words.lower(at + the + 1) == "of" => (Part::Late, 2),
        _ => return None,
    };
    if matches!(words.lower(at + the + length), "in" | "-") {
        length += 1;
    }
    let start = at + the + length;
    // "the end of the year", "the end of March"
    let whole = read_whole(words, start).or_else(|| the_unit(words, start))?;
    found(the + length + whole.tokens, Meaning::PartOf(part, Box::new(whole.meaning)))
}

/// What may stand behind "early" or "the end of".
pub(super) fn read_whole(words: &Words, at: usize) -> Option<Found> {
    let rules: [Rule; 7] =
        [month_first, decade, century, season, quarter, relative::calendar_unit, weekday_and_date];
    let best = rules.iter().filter_map(|rule| rule(words, at)).max_by_key(|found| found.tokens);
    best.or_else(|| bare_month(words, at)).or_else(|| {
        let year = year_number(words, at)?;
        found(1, Meaning::Fixed(DateInterval::year(year)?))
    })
}

/// "the year", "the month" as the current one.
pub(super) fn the_unit(words: &Words, at: usize) -> Option<Found> {
    let unit = calendar::unit(words.lower(at + 1)).filter(|unit| *unit >= super::Unit::Week)?;
    (words.lower(at) == "the").then(|| found(2, Meaning::Calendar { unit, which: Which::This }))?
}

/// A month's name alone.
fn bare_month(words: &Words, at: usize) -> Option<Found> {
    let month = calendar::month(words.lower(at)).filter(|_| words.is_capital(at))?;
    found(1, Meaning::Month { year: Year::Unsaid, month })
}

/// The rest of "mid-2024", "mid-January", "mid-1990s".
fn inside(rest: &str) -> Option<Meaning> {
    if let Some(month) = calendar::month(rest) {
        return Some(Meaning::Month { year: Year::Unsaid, month });
    }
    if let Some(decade) = decade_number(rest) {
        return Some(Meaning::Fixed(calendar::decade(decade)?));
    }
    let year = rest.parse::<i16>().ok().filter(|year| (1000..2200).contains(year))?;
    Some(Meaning::Fixed(DateInterval::year(year)?))
}

/// "2026-02-13", "2026-02", "13/02/2026", "7/8/07", "13.02.2026", "9/11".
fn numeric(words: &Words, at: usize) -> Option<Found> {
    let text = words.text(at);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Days that are known by their figures in American and Indian order.
    match text {
        "9/11" => return found(1, Meaning::Fixed(DateInterval::day(Date::new(2001, 9, 11).ok()?))),
        "26/11" => return found(1, Meaning::Fixed(DateInterval::day(Date::new(2008, 11, 26).ok()?))),
        _ => {}
    }
    let parts: Vec<i16> = text.split(['-', '/', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = if text.find(['-', '/', '.']) == Some(4) {
        (first, second, third)
    } else if first > 12 || text.contains('.') {
        (third, second, first)
    } else if second > 12 || text.contains('/') {
        (third, first, second) // American order where both are possible
    } else {
        return None;
    };
    let year = if (0..100).contains(&year) && text.contains('/') { two_digit_year(year) } else { year };
    if !(1000..2200).contains(&year) {
        return None;
    }
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    found(1, Meaning::Fixed(DateInterval::day(date)))
}

/// "07" is 2007, "82" is 1982.
pub(super) fn two_digit_year(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// "Tuesday, February 13, 2026", "Tues., 13 February".
fn weekday_and_date(words: &Words, at: usize) -> Option<Found> {
    let short = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];
    if calendar::weekday(words.lower(at)).is_none() && !short.contains(&words.lower(at)) || !words.is_capital(at) {
        return None;
    }
    let next = at + 1 + usize::from(words.text(at + 1) == ",");
    let date = month_first(words, next)
        .or_else(|| day_first(words, next))
        .filter(|found| matches!(found.meaning, Meaning::Days { .. }))?;
    found(next - at + date.tokens, date.meaning)
}

/// The month named at `at`, if the word is one here: "May 5", "in March", "last June", but not "Theresa May".
fn month_at(words: &Words, at: usize) -> Option<i8> {
    let month = calendar::month(words.lower(at)).filter(|_| words.is_capital(at))?;
    let dated = words.text(at + 1).starts_with(|c: char| c.is_ascii_digit());
    if dated {
        return Some(month);
    }
    if !matches!(words.lower(at), "may" | "march" | "mar" | "april" | "june" | "jan" | "august") {
        return Some(month);
    }
    let preceding = words.before(at, 1);
    let preposition = matches!(
        preceding,
        "in" | "of"
            | "since"
            | "by"
            | "until"
            | "till"
            | "early"
            | "late"
            | "mid"
            | "last"
            | "next"
            | "this"
            | "during"
            | "from"
            | "between"
            | "and"
            | "to"
            | "before"
            | "after"
            | "through"
            | "for"
            | "on"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "or"
            | "-"
            | "–"
            | ","
            | "past"
            | "previous"
            | "coming"
    );
    let name_follows = words.is_capital(at + 1) && words.lower(at + 1).len() > 1;
    (preposition || preceding.starts_with(|c: char| c.is_ascii_digit())).then_some(month).filter(|_| !name_follows)
}

/// "Feb. 29", "February 29th, 2026", "June 1-2", "February 2026", "February".
fn month_first(words: &Words, at: usize) -> Option<Found> {
    let which = match words.lower(at) {
        "last" | "past" => Some(Which::Last),
        "next" | "coming" => Some(Which::Next),
        "this" => Some(Which::This),
        _ => None,
    };
    if let Some(which) = which {
        let month = month_at(words, at + 1)?;
        let year = if which == Which::This { Year::Relative(which) } else { Year::Unsaid };
        return found(2, Meaning::Month { year, month });
    }
    let month = month_at(words, at)?;
    if let Some(first) = day_number(words, at + 1) {
        let mut next = at + 2;
        let mut last = first;
        if (words.is_dash(next) || words.lower(next) == "to")
            && let Some(day) = day_number(words, next + 1).filter(|day| *day > first)
        {
            last = day;
            next += 2;
        }
        let (year, tokens) = year_behind(words, next);
        return found(next + tokens - at, Meaning::Days { year, month, first, last });
    }
    let (year, tokens) = year_behind(words, at + 1);
    found(1 + tokens, Meaning::Month { year, month })
}

/// "29 February 2026", "the 29th of February", "3-5 February".
fn day_first(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let first = day_number(words, at + the)?;
    let mut next = at + the + 1;
    let mut last = first;
    if words.is_dash(next) || matches!(words.lower(next), "to" | "and") {
        last = day_number(words, next + 1).filter(|day| *day > first)?;
        next += 2;
    }
    if words.lower(next) == "of" {
        next += 1;
    }
    let month = calendar::month(words.lower(next)).filter(|_| words.is_capital(next))?;
    let (year, tokens) = year_behind(words, next + 1);
    found(next + 1 + tokens - at, Meaning::Days { year, month, first, last })
}

/// A day of the month at `at`: "5", "29th", "first".
fn day_number(words: &Words, at: usize) -> Option<i8> {
    let text = words.lower(at);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|suffix| text.strip_suffix(suffix)).unwrap_or(text);
    bare.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && bare.len() <= 2)
}

/// A year behind a month: "2026", ", 2026", "of last year", "last year", "this year".
pub(super) fn year_behind(words: &Words, at: usize) -> (Year, usize) {
    let comma = usize::from(matches!(words.lower(at), "," | "of"));
    if let Some(year) = plain_year(words.text(at + comma)) {
        return (Year::Number(year), comma + 1);
    }
    let which = match (words.lower(at + comma), words.lower(at + comma + 1)) {
        ("last", "year") => Which::Last,
        ("this", "year") => Which::This,
        ("next", "year") => Which::Next,
        _ => return (Year::Unsaid, 0),
    };
    (Year::Relative(which), comma + 2)
}

/// A year of four digits.
pub(super) fn plain_year(text: &str) -> Option<i16> {
    let year = text.parse::<i16>().ok().filter(|_| text.len() == 4)?;
    (1000..2200).contains(&year).then_some(year)
}

/// A vague time of the given kind.
pub(super) fn vague(tokens: usize, kind: DateKind) -> Option<Found> {
    found(tokens, Meaning::Vague(kind))
}
