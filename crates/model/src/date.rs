//! Dates as intervals with a grain.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of days as precise as the text is: "the 1970s" is ten years with grain decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateInterval {
    /// First day.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// How precise the text is.
    pub grain: Grain,
}

/// The unit in which a text gives a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // plain words
pub enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl DateInterval {
    /// One day.
    pub fn day(date: Date) -> Self {
        DateInterval { start: date, end: date, grain: Grain::Day }
    }

    /// A calendar month; `None` outside the years -9999 to 9999 or the months 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(DateInterval { start, end: start.last_of_month(), grain: Grain::Month })
    }

    /// A calendar year; `None` outside the years -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        Self::years(year, year, Grain::Year)
    }

    /// From 1 January of `first` to 31 December of `last`.
    pub fn years(first: i16, last: i16, grain: Grain) -> Option<Self> {
        Some(DateInterval { start: Date::new(first, 1, 1).ok()?, end: Date::new(last, 12, 31).ok()?, grain })
    }
}

/// Why a text is no publication date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDateError {
    /// The text as given, at most 40 characters of it.
    pub given: String,
}

impl fmt::Display for ParseDateError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "`{}` is no date; write YYYY-MM-DD, as in 2026-02-13", self.given)
    }
}

impl std::error::Error for ParseDateError {}

/// Reads a publication date: `YYYY-MM-DD`, alone or followed by a time (`T…` or a space and digits).
pub fn publication_date(given: &str) -> Result<Date, ParseDateError> {
    let trimmed = given.trim();
    let error = || ParseDateError { given: trimmed.chars().take(40).collect() };
    let (day, rest) = trimmed.split_at_checked(10).ok_or_else(error)?;
    if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
        return Err(error());
    }
    day.parse().map_err(|_| error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publication_dates_may_carry_a_time() {
        let day = jiff::civil::date(2026, 2, 13);
        assert_eq!(publication_date("2026-02-13"), Ok(day));
        assert_eq!(publication_date(" 2026-02-13T10:00:00Z"), Ok(day));
    }

    #[test]
    fn impossible_dates_are_refused_with_their_words() {
        for given in ["2026-13-40", "", "13 Feb 2026", "2026-02-1٣", "2026-02-133"] {
            let error = publication_date(given).unwrap_err();
            assert!(error.to_string().contains(given.trim()), "{error}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let february = DateInterval::month(2024, 2).unwrap();
        assert_eq!(february.end, jiff::civil::date(2024, 2, 29));
    }
}
