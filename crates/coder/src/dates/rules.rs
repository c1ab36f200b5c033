//! Rules that recognise dates named by the calendar: days, months, years, decades, quarters, feasts.
//!
//! [`read`] tries the rules at one token and takes the longest reading; rules relative to the day of publication are
//! in [`super::relative`].

use chancery_model::{DateInterval, Grain};
use jiff::civil::Date;

use super::DateKind;
use super::calendar::{self, Part};
use super::relative;
use super::resolve::{Meaning, Which, Year};
use super::words::Words;
use crate::figures::numbers;

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
        part_of, numeric, weekday_and_date, month_first, day_first, decade, century, quarter, half_year, season, feast, fiscal,
        year_range, year, relative::calendar_unit, relative::weekday, relative::near_day, relative::away, relative::stretch,
        relative::anchored, relative::duration, relative::frequency, relative::hour, relative::vague,
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
fn read_whole(words: &Words, at: usize) -> Option<Found> {
    let rules: [Rule; 7] = [month_first, decade, century, season, quarter, relative::calendar_unit, weekday_and_date];
    let best = rules.iter().filter_map(|rule| rule(words, at)).max_by_key(|found| found.tokens);
    best.or_else(|| bare_month(words, at)).or_else(|| {
        let year = year_number(words, at)?;
        found(1, Meaning::Fixed(DateInterval::year(year)?))
    })
}

/// "the year", "the month" as the current one.
fn the_unit(words: &Words, at: usize) -> Option<Found> {
    let unit = calendar::unit(words.lower(at + 1)).filter(|unit| *unit >= super::Unit::Week)?;
    (words.lower(at) == "the").then(|| found(2, Meaning::Calendar { unit, which: Which::This }))?
}

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

fn two_digit_year(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// "Tuesday, February 13, 2026", "Tues., 13 February".
fn weekday_and_date(words: &Words, at: usize) -> Option<Found> {
    let short = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];
    if calendar::weekday(words.lower(at)).is_none() && !short.contains(&words.lower(at)) || !words.is_capital(at) {
        return None;
    }
    let next = at + 1 + usize::from(words.text(at + 1) == ",");
    let date = month_first(words, next).or_else(|| day_first(words, next)).filter(|found| {
        matches!(found.meaning, Meaning::Days { .. })
    })?;
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
        "in" | "of" | "since" | "by" | "until" | "till" | "early" | "late" | "mid" | "last" | "next" | "this" | "during" | "from"
            | "between" | "and" | "to" | "before" | "after" | "through" | "for" | "on" | "st" | "nd" | "rd" | "th" | "or" | "-" | "–"
            | "," | "past" | "previous" | "coming"
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
        if words.is_dash(next) || words.lower(next) == "to" {
            if let Some(day) = day_number(words, next + 1).filter(|day| *day > first) {
                last = day;
                next += 2;
            }
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
fn year_behind(words: &Words, at: usize) -> (Year, usize) {
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

fn plain_year(text: &str) -> Option<i16> {
    let year = text.parse::<i16>().ok().filter(|_| text.len() == 4)?;
    (1000..2200).contains(&year).then_some(year)
}

/// "1970s", "the '90s", "the nineties"; the century of two digits is the last one.
fn decade(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let word = words.lower(at + the);
    let first = decade_number(word).or_else(|| {
        const NAMES: [&str; 8] = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let at = NAMES.iter().position(|name| *name == word).filter(|_| the == 1)?;
        Some(1920 + 10 * at as i16)
    })?;
    // "in his 60s" is an age.
    let age = word.len() == 3 && matches!(words.before(at, 1), "his" | "her" | "their" | "early" | "late" | "mid") && the == 0;
    (!age).then(|| found(the + 1, Meaning::Fixed(calendar::decade(first)?)))?
}

fn decade_number(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(['\'', '’']).strip_suffix('s')?;
    let number = digits.parse::<i16>().ok().filter(|number| number % 10 == 0)?;
    match digits.len() {
        4 if (1000..2200).contains(&number) => Some(number),
        2 if number >= 20 => Some(1900 + number),
        _ => None,
    }
}

/// "the 19th century", "twentieth century", "21st-century".
fn century(words: &Words, at: usize) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let number = numbers::read(words, at + the).filter(|number| number.is_ordinal)?;
    let mut next = at + the + number.tokens;
    next += usize::from(words.is_dash(next));
    let known = words.lower(next) == "century" && (1.0..=30.0).contains(&number.value);
    known.then(|| found(next + 1 - at, Meaning::Fixed(calendar::century(number.value as i16)?)))?
}

/// "the first quarter of 2026", "Q3", "third quarter", "the final quarter of last year".
fn quarter(words: &Words, at: usize) -> Option<Found> {
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
fn half_year(words: &Words, at: usize) -> Option<Found> {
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
fn season(words: &Words, at: usize) -> Option<Found> {
    let (which, next) = match words.lower(at) {
        "last" => (Some(Which::Last), at + 1),
        "next" => (Some(Which::Next), at + 1),
        "this" => (Some(Which::This), at + 1),
        "the" => (None, at + 1),
        _ => (None, at),
    };
    let name = ["spring", "summer", "autumn", "winter", "fall"].into_iter().find(|name| *name == words.lower(next))?;
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
        None if name != "fall" && matches!(words.before(at, 1), "in" | "during" | "by" | "since" | "until") => Year::Unsaid,
        None => return None,
    };
    found(next + 1 - at, Meaning::Season { year, name })
}

/// Feasts: those on a fixed day, and those whose day this module does not know.
fn feast(words: &Words, at: usize) -> Option<Found> {
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
        "new" if day == "year" && words.lower(at + 2).ends_with('s') && words.lower(at + 3) == "day" => days(4, 1, 1),
        "new" if day == "year" && words.lower(at + 2).ends_with('s') && words.lower(at + 3) == "eve" => days(4, 12, 31),
        "ramadan" | "easter" | "eid" | "nowruz" | "diwali" | "hanukkah" | "passover" | "muharram" | "ashura" => {
            let (year, more) = year_behind(words, at + 1);
            let _ = year; // movable feasts: the year alone does not give the day
            found(1 + more, Meaning::Unknown)
        }
        _ => None,
    }
}

/// "fiscal 2025", "fiscal year 2025", "FY2025", "FY 2025".
fn fiscal(words: &Words, at: usize) -> Option<Found> {
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
fn year_range(words: &Words, at: usize) -> Option<Found> {
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
fn year(words: &Words, at: usize) -> Option<Found> {
    let year = year_number(words, at)?;
    found(1, Meaning::Fixed(DateInterval::year(year)?))
}

/// The year at token `at`, judged by its neighbours.
fn year_number(words: &Words, at: usize) -> Option<i16> {
    let text = words.text(at);
    if let Some(short) = text.strip_prefix(['\'', '’']).filter(|short| short.len() == 2) {
        let timely = matches!(words.before(at, 1), "in" | "of" | "since" | "until" | "by");
        return short.parse::<i16>().ok().filter(|_| timely).map(two_digit_year);
    }
    let year = plain_year(text)?;
    let (before, after) = (words.before(at, 1), words.lower(at + 1));
    let timely = matches!(before, "in" | "since" | "by" | "until" | "till" | "during" | "early" | "late" | "mid" | "before" | "after");
    if matches!(before, "$" | "€" | "£" | "us$" | "no" | "resolution" | "article" | "flight" | "room" | "highway" | "than" | "nearly"
        | "least" | "most" | "some" | "about" | "approximately" | "#" | "chapter" | "order" | "us" | "rs" | "boeing")
        || words.before(at, 1).is_empty() && words.is_dash(at + 1)
    {
        return None;
    }
    if matches!(after, "%" | "percent" | "pct" | "km" | "kilometers" | "kilometres" | "miles" | "dollars" | "euros" | "tons" | "tonnes"
        | "barrels" | "million" | "billion" | "hours" | "hrs" | "gmt" | "utc" | "mw" | "people" | "m" | "metres" | "meters")
    {
        return None;
    }
    // "the Russell 2000", "Windows 2000"
    if year == 2000 && at > 1 && words.is_capital(at - 1) && calendar::month(before).is_none() {
        return None;
    }
    // A name and a number is a thing ("Boeing 2020"), unless the thing has its year ("Olympics").
    if words.is_dash(at.wrapping_sub(1)) && words.adjoin(at.wrapping_sub(1)) && at >= 2 && words.adjoin(at - 2) && !timely {
        let first = plain_year(words.text(at - 2));
        first?;
    }
    let plural = after.len() > 3 && after.ends_with('s') && !after.ends_with("ss") && !words.is_capital(at + 1)
        && !matches!(after, "was" | "has" | "says" | "this" | "whereas" | "is" | "sees");
    let determined = matches!(before, "the" | "'s" | "’s" | "its" | "his" | "their" | "a" | "this" | "our" | "her" | "and" | "of");
    let modern = (1900..2100).contains(&year);
    let round_count = plural && !(determined && before != "of" && before != "and") && (!timely || year == 2000);
    (modern || timely || matches!(before, "from" | "of" | "and" | "to" | "(")).then_some(year).filter(|_| !round_count)
}

/// A vague time of the given kind.
pub(super) fn vague(tokens: usize, kind: DateKind) -> Option<Found> {
    found(tokens, Meaning::Vague(kind))
}
