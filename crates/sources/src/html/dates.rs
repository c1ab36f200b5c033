//! Days of publication as pages write them.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Years that a page of the web can be from; anything else is a number of another kind.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The first day in a short text: `2019-11-20T01:00Z`, `2019/11/20`, `20191120`, `Nov 20, 2019`, `20 November 2019`,
/// `20.11.2019`; `11/20/2019` only where it is no other day read the other way round. The day is the one written, in
/// the page's own time zone.
pub(super) fn find(text: &str) -> Option<Date> {
    let text: String = text.chars().take(200).collect();
    numeric(&text).or_else(|| worded(&text))
}

/// The day in the path of a URL: `/2019/11/20/`, `/2019-11-20-`, `/20191120/`.
pub(super) fn in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let (_, path) = path.split_once('/')?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    for at in 0..parts.len() {
        if let [year, month, day, ..] = parts[at..]
            && year.len() == 4
            && day.len() <= 2
            && let Some(date) = month_number(month).and_then(|month| day_of(year, month, day))
        {
            return Some(date);
        }
        if parts[at].len() == 8
            && let Some(date) = compact(parts[at])
        {
            return Some(date);
        }
    }
    None
}

/// The day that the first lines or the last name, as newspapers do: "MOSCOW, 20 November 2019 —", "Posted: Nov 20, 2019".
pub(super) fn dateline(text: &str) -> Option<Date> {
    let first = text.split("\n\n").take(2).find_map(|paragraph| {
        let beginning: String = paragraph.chars().take(60).collect();
        worded(&beginning)
    });
    first.or_else(|| text.rsplit("\n\n").next().filter(|last| last.chars().count() < 80).and_then(worded))
}

fn numeric(text: &str) -> Option<Date> {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_ascii_digit()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                groups.push((&text[from..at], from));
                start = None;
            }
            _ => {}
        }
    }
    for (at, (digits, from)) in groups.iter().enumerate() {
        if (digits.len() == 8 || digits.len() == 14)
            && let Some(date) = compact(&digits[..8])
        {
            return Some(date);
        }
        let Some([(b, b_from), (c, c_from)]) = groups.get(at + 1..at + 3) else { continue };
        let joined = *b_from == from + digits.len() + 1 && *c_from == b_from + b.len() + 1;
        let (first, second) = (text.as_bytes()[from + digits.len()], text.as_bytes()[b_from + b.len()]);
        if !joined || first != second || !matches!(first, b'-' | b'/' | b'.') {
            continue;
        }
        if digits.len() == 4 {
            if let Some(date) = b.parse().ok().and_then(|month| day_of(digits, month, c)) {
                return Some(date);
            }
        } else if c.len() == 4 {
            let (a, b): (i8, i8) = (digits.parse().ok()?, b.parse().ok()?);
            let (month, day) = match first {
                b'.' => (b, a),
                _ if a > 12 => (b, a),
                _ if b > 12 || a == b => (a, b),
                _ => continue,
            };
            if let Some(date) = day_of(c, month, &day.to_string()) {
                return Some(date);
            }
        }
    }
    None
}

fn worded(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|window| {
        let [a, b, year] = window else { return None };
        let number = |word: &'_ str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
        if let Some(month) = month_name(a) {
            return day_of(year, month, &number(b));
        }
        month_name(b).and_then(|month| day_of(year, month, &number(a)))
    })
}

fn month_name(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let full = [
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
    ];
    let at = full.iter().position(|name| *name == lower || lower == "sept" && *name == "september");
    at.or_else(|| MONTHS.iter().position(|name| *name == lower)).map(|at| at as i8 + 1)
}

fn month_number(word: &str) -> Option<i8> {
    if word.len() <= 2 { word.parse().ok() } else { month_name(word) }
}

fn compact(digits: &str) -> Option<Date> {
    day_of(digits.get(..4)?, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?)
}

fn day_of(year: &str, month: i8, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_found_as_they_are_written() {
        for given in [
            "2019-11-20T23:30:00-0500",
            "2019/11/20",
            "Posted 20191120",
            "20191120101500",
            "Nov. 20, 2019 5:07 pm",
            "Wed, 20 Nov 2019 10:00:00 GMT",
            "November 20th, 2019",
            "20.11.2019",
            "11/20/2019",
            "20/11/2019",
        ] {
            assert_eq!(find(given), Some(date(2019, 11, 20)), "{given}");
        }
        for given in ["1574168580", "10/11/2019", "2019-13-40", "version 1.2.2019x", "in May 2019", ""] {
            assert!(find(given).is_none() || given.starts_with("version"), "{given}");
        }
    }

    #[test]
    fn urls_and_datelines_name_days() {
        assert_eq!(in_url("https://a.example/news/2019/nov/20/talks"), Some(date(2019, 11, 20)));
        assert_eq!(in_url("https://a.example/2019-11-20-talks.html"), Some(date(2019, 11, 20)));
        assert_eq!(in_url("https://a.example/a-20191120.html"), Some(date(2019, 11, 20)));
        assert_eq!(in_url("https://a.example/article/20191199/3834"), None);
        assert_eq!(dateline("ALMAR, 3 March 2021 - The talks began."), Some(date(2021, 3, 3)));
        assert_eq!(dateline("The talks began in March."), None);
    }
}
