//! Rules for named stretches of time: years, decades, centuries, quarters, halves, seasons, feasts, fiscal years.

use chancery_model::{DateInterval, Grain};

use super::calendar::{self, Part};
use super::resolve::{Meaning, Which, Year};
use super::rules::{Found, found, plain_year, read_whole, the_unit, two_digit_year, year_behind};
use super::words::Words;
use crate::figures::numbers;

/// "1970s", "the '90s", "the nineties"; the century of two digits is the last one.
pub(super) fn decade(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let word = words.lower(at + the);
    let first = decade_number(word).or_else(|| {
        const NAMES: [&str; 8] =
            ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let at = NAMES.iter().position(|name| *name == word).filter(|_| the == 1)?;
        Some(1920 + 10 * at as i16)
    })?;
    // "in his 60s" is an age.
    let age = word.len() == 3
        && matches!(words.before(at, 1), "his" | "her" | "their" | "early" | "late" | "mid")
        && the == 0;
    (!age).then(|| found(the + 1, Meaning::Fixed(calendar::decade(first)?)))?
}

/// First year of "1970s" or "'90s".
pub(super) fn decade_number(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(['\'', '’']).strip_suffix('s')?;
    let number = digits.parse::<i16>().ok().filter(|number| number % 10 == 0)?;
    match digits.len() {
        4 if (1000..2200).contains(&number) => Some(number),
        2 if number >= 20 => Some(1900 + number),
        _ => None,
    }
}

/// "the 19th century", "twentieth century", "21st-century".
pub(super) fn century(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let number = numbers::read(words, at + the).filter(|number| number.is_ordinal)?;
    let mut next = at + the + number.tokens;
    next += usize::from(words.is_dash(next));
    let known = words.lower(next) == "century" && (1.0..=30.0).contains(&number.value);
    known.then(|| found(next + 1 - at, Meaning::Fixed(calendar::century(number.value as i16)?)))?
}

/// "the first quarter of 2026", "Q3", "third quarter", "the final quarter of last year".
pub(super) fn quarter(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let word = words.lower(at + the);
    let (number, mut next) = match word {
        "q1" | "1q" => (1, at + the + 1),
        "q2" | "2q" => (2, at + the + 1),
        "q3" | "3q" => (3, at + the + 1),
        "q4" | "4q" => (4, at + the + 1),
        _ if words.lower(at + the + 1 + usize::from(words.is_dash(at + the + 1))) == "quarter" => {
            let number = match word {
                "first" | "1st" => 1,
                "second" | "2nd" => 2,
                "third" | "3rd" => 3,
                "fourth" | "4th" | "final" => 4,
                _ => return None,
            };
            (number, at + the + 2 + usize::from(words.is_dash(at + the + 1)))
        }
        _ => return None,
    };
    let (mut year, mut tokens) = year_behind(words, next);
    if tokens == 0 && words.are(next, &["of", "the", "year"]) {
        (year, tokens) = (Year::Relative(Which::This), 3);
    }
    next += tokens;
    found(next - at, Meaning::Quarter { year, number })
}

/// "the first half of 2026", "the second half of this year".
pub(super) fn half_year(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let part = match words.lower(at + the) {
        "first" => Part::FirstHalf,
        "second" => Part::SecondHalf,
        _ => return None,
    };
    if words.lower(at + the + 1) != "half" || words.lower(at + the + 2) != "of" {
        return None;
    }
    let whole = read_whole(words, at + the + 3).or_else(|| the_unit(words, at + the + 3))?;
    found(the + 3 + whole.tokens, Meaning::PartOf(part, Box::new(whole.meaning)))
}

/// "spring 2025", "the summer of 2024", "last winter", "this fall".
pub(super) fn season(words: &Words, at: usize) -> Option<Found> {
    let (which, next) = match words.lower(at) {
        "last" => (Some(Which::Last), at + 1),
        "next" => (Some(Which::Next), at + 1),
        "this" => (Some(Which::This), at + 1),
        "the" => (None, at + 1),
        _ => (None, at),
    };
    let name =
        ["spring", "summer", "autumn", "winter", "fall"].into_iter().find(|name| *name == words.lower(next))?;
    // "Prague Spring", "summer camp"
    if words.is_capital(next) && next > 0 && words.is_capital(next - 1) {
        return None;
    }
    let (year, tokens) = year_behind(words, next + 1);
    if tokens > 0 {
        return found(next + 1 + tokens - at, Meaning::Season { year, name });
    }
    let year = match which {
        Some(Which::This) => Year::Relative(Which::This),
        Some(_) => Year::Unsaid,
        // "fall" alone is mostly what governments and prices do.
        None if name != "fall" && matches!(words.before(at, 1), "in" | "during" | "by" | "since" | "until") => {
            Year::Unsaid
        }
        None => return None,
    };
    found(next + 1 - at, Meaning::Season { year, name })
}

/// Feasts: those on a fixed day, and those whose day this module does not know.
pub(super) fn feast(words: &Words, at: usize) -> Option<Found> {
    if !words.is_capital(at) {
        return None;
    }
    let days = |tokens: usize, month: i8, day: i8| {
        let (year, more) = year_behind(words, at + tokens);
        found(tokens + more, Meaning::Days { year, month, first: day, last: day })
    };
    let day = words.lower(at + 1);
    match words.lower(at) {
        "christmas" if day == "eve" => days(2, 12, 24),
        "christmas" => days(if day == "day" { 2 } else { 1 }, 12, 25),
        "new" if day == "year" && words.lower(at + 2).ends_with('s') && words.lower(at + 3) == "day" => {
            days(4, 1, 1)
        }
        "new" if day == "year" && words.lower(at + 2).ends_with('s') && words.lower(at + 3) == "eve" => {
            days(4, 12, 31)
        }
        "ramadan" | "easter" | "eid" | "nowruz" | "diwali" | "hanukkah" | "passover" | "muharram" | "ashura" => {
            // Movable: even with the year the day is not known here.
            let (_, more) = year_behind(words, at + 1);
            found(1 + more, Meaning::Unknown)
        }
        _ => None,
    }
}

/// "fiscal 2025", "fiscal year 2025", "FY2025", "FY 2025".
pub(super) fn fiscal(words: &Words, at: usize) -> Option<Found> {
    let word = words.lower(at);
    let year = |tokens: usize, year: i16| found(tokens, Meaning::Fixed(DateInterval::year(year)?));
    if let Some(rest) = word.strip_prefix("fy").filter(|rest| !rest.is_empty()) {
        let number = rest.parse::<i16>().ok()?;
        return year(1, if rest.len() == 2 { two_digit_year(number) } else { number });
    }
    let tokens = match word {
        "fiscal" | "financial" if words.lower(at + 1) == "year" => 2,
        "fiscal" | "fy" => 1,
        _ => return None,
    };
    if let Some(range) = year_range(words, at + tokens) {
        return found(tokens + range.tokens, range.meaning);
    }
    year(tokens + 1, plain_year(words.text(at + tokens))?)
}

/// "2014-2016", "2022-23", "2022/23".
pub(super) fn year_range(words: &Words, at: usize) -> Option<Found> {
    let years = |tokens: usize, first: i16, last: &str| {
        let number = last.parse::<i16>().ok()?;
        let last = if last.len() == 2 { first - first % 100 + number } else { number };
        (first < last && last - first < 100)
            .then(|| found(tokens, Meaning::Fixed(DateInterval::years(first, last, Grain::Year)?)))?
    };
    if let Some((first, last)) = words.text(at).split_once('/') {
        return years(1, plain_year(first)?, last).filter(|_| last.len() == 2 || last.len() == 4);
    }
    let first = year_number(words, at)?;
    let last = words.text(at + 2);
    // "2022-23" but not "2022-5"; four digits may stand apart from the dash.
    let fits = last.len() == 4 || last.len() == 2 && words.adjoin(at) && words.adjoin(at + 1);
    (words.is_dash(at + 1) && fits).then(|| years(3, first, last))?
}

/// "2026" where it is a year and no count.
pub(super) fn year(words: &Words, at: usize) -> Option<Found> {
    let year = year_number(words, at)?;
    found(1, Meaning::Fixed(DateInterval::year(year)?))
}

/// Words before a number of four digits that make it a label or a count.
const NO_YEAR_BEFORE: &[&str] = &[
    "$",
    "€",
    "£",
    "us$",
    "no",
    "resolution",
    "article",
    "flight",
    "room",
    "highway",
    "than",
    "nearly",
    "least",
    "most",
    "some",
    "about",
    "approximately",
    "#",
    "chapter",
    "order",
    "us",
    "rs",
    "boeing",
];

/// Units behind a number of four digits that make it a quantity or an hour.
const NO_YEAR_AFTER: &[&str] = &[
    "%",
    "percent",
    "pct",
    "km",
    "kilometers",
    "kilometres",
    "miles",
    "dollars",
    "euros",
    "tons",
    "tonnes",
    "barrels",
    "million",
    "billion",
    "hours",
    "hrs",
    "gmt",
    "utc",
    "mw",
    "people",
    "m",
    "metres",
    "meters",
];

/// Prepositions behind which a number of four digits is a year.
const TIMELY: &[&str] =
    &["in", "since", "by", "until", "till", "during", "early", "late", "mid", "before", "after"];

/// Determiners that make "2022 floods" floods of a year.
const DETERMINED: &[&str] = &["the", "'s", "’s", "its", "his", "their", "a", "this", "our", "her"];

/// The year at token `at`, judged by its neighbours.
pub(super) fn year_number(words: &Words, at: usize) -> Option<i16> {
    let text = words.text(at);
    let before = words.before(at, 1);
    if let Some(short) = text.strip_prefix(['\'', '’']).filter(|short| short.len() == 2) {
        let timely = matches!(before, "in" | "of" | "since" | "until" | "by");
        return short.parse::<i16>().ok().filter(|_| timely).map(two_digit_year);
    }
    let year = plain_year(text)?;
    let timely = TIMELY.contains(&before);
    if NO_YEAR_BEFORE.contains(&before) || NO_YEAR_AFTER.contains(&words.lower(at + 1)) {
        return None;
    }
    // "the Russell 2000", "Windows 2000"
    if year == 2000 && at > 1 && words.is_capital(at - 1) && calendar::month(before).is_none() {
        return None;
    }
    // A name and a number is a thing ("Su-2035"), unless a year stands before the dash.
    if at >= 2 && words.is_dash(at - 1) && words.adjoin(at - 1) && words.adjoin(at - 2) && !timely {
        plain_year(words.text(at - 2))?;
    }
    let linked = matches!(before, "from" | "of" | "and" | "to" | "(");
    let counts = counts_plural(words, at) && !DETERMINED.contains(&before) && (!timely || year == 2000);
    ((1900..2100).contains(&year) || timely || linked).then_some(year).filter(|_| !counts)
}

/// True if the word behind `at` looks like a plural noun: "2000 soldiers".
fn counts_plural(words: &Words, at: usize) -> bool {
    let after = words.lower(at + 1);
    after.len() > 3
        && after.ends_with('s')
        && !after.ends_with("ss")
        && !words.is_capital(at + 1)
        && !matches!(after, "this" | "whereas" | "says" | "sees")
}
