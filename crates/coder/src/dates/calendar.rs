//! Names and arithmetic of the calendar: months, weekdays, units, and intervals around a day.

use chancery_model::{DateInterval, Grain};
use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::Unit;

/// Number of the month that `word` (lower case, without a stop) names.
pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let at =
        NAMES.iter().position(|(name, short)| word == *name || word == *short || *short == "sep" && word == "sept");
    at.map(|at| at as i8 + 1)
}

/// The weekday that `word` (lower case) names in full.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::*;
    Some(match word {
        "monday" => Monday,
        "tuesday" => Tuesday,
        "wednesday" => Wednesday,
        "thursday" => Thursday,
        "friday" => Friday,
        "saturday" => Saturday,
        "sunday" => Sunday,
        _ => return None,
    })
}

/// The unit of time that `word` (lower case) names, singular or plural.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "second" | "seconds" => Unit::Second,
        "minute" | "minutes" | "min" | "mins" => Unit::Minute,
        "hour" | "hours" | "hrs" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" | "mths" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" | "yrs" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

/// `date` moved by whole units; hours and shorter move nothing. `None` beyond the calendar.
pub(super) fn shift(date: Date, unit: Unit, amount: f64) -> Option<Date> {
    if !amount.is_finite() || amount.abs() > 20_000.0 {
        return None;
    }
    let (unit, factor) = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day => (Unit::Day, 1.0),
        Unit::Week => (Unit::Day, 7.0),
        Unit::Month => (Unit::Month, 1.0),
        Unit::Quarter => (Unit::Month, 3.0),
        Unit::Year => (Unit::Month, 12.0),
        Unit::Decade => (Unit::Month, 120.0),
        Unit::Century => (Unit::Month, 1200.0),
    };
    let whole = (amount * factor).round() as i64;
    let span = if unit == Unit::Day { Span::new().try_days(whole) } else { Span::new().try_months(whole) }.ok()?;
    date.checked_add(span).ok()
}

/// The calendar week, month and so on that holds `date`.
pub(super) fn around(date: Date, unit: Unit) -> Option<DateInterval> {
    let year = date.year();
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => DateInterval::day(date),
        Unit::Week => {
            let start = shift(date, Unit::Day, -f64::from(date.weekday().to_monday_zero_offset()))?;
            DateInterval { start, end: shift(start, Unit::Day, 6.0)?, grain: Grain::Week }
        }
        Unit::Month => DateInterval::month(year, date.month())?,
        Unit::Quarter => quarter(year, (date.month() - 1) / 3 + 1)?,
        Unit::Year => DateInterval::year(year)?,
        Unit::Decade => decade(year - year.rem_euclid(10))?,
        Unit::Century => century((year - 1).div_euclid(100) + 1)?,
    })
}

/// Months `first` to `last` of one year, or into the next year where `last` is smaller.
pub(super) fn months(year: i16, first: i8, last: i8, grain: Grain) -> Option<DateInterval> {
    let end_year = if last < first { year.checked_add(1)? } else { year };
    let (from, to) = (DateInterval::month(year, first)?, DateInterval::month(end_year, last)?);
    Some(DateInterval { start: from.start, end: to.end, grain })
}

/// Quarter 1 to 4.
pub(super) fn quarter(year: i16, number: i8) -> Option<DateInterval> {
    months(year, number * 3 - 2, number * 3, Grain::Quarter)
}

/// Seasons of the northern hemisphere by whole months: spring is March to May; winter begins in December.
pub(super) fn season(year: i16, name: &str) -> Option<DateInterval> {
    let first = match name {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    };
    months(year, first, if first == 12 { 2 } else { first + 2 }, Grain::Season)
}

/// The ten years from `first`.
pub(super) fn decade(first: i16) -> Option<DateInterval> {
    DateInterval::years(first, first.checked_add(9)?, Grain::Decade)
}

/// Century `number`: the 20th is 1901 to 2000.
pub(super) fn century(number: i16) -> Option<DateInterval> {
    let last = number.checked_mul(100)?;
    DateInterval::years(last - 99, last, Grain::Century)
}

/// Which third of an interval a word such as "early" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    FirstHalf,
    SecondHalf,
}

/// Narrows an interval: "early 2009" is its first four months. The grain stays that of the words.
///
/// Years are cut at months, decades and centuries at years, anything shorter at days.
pub(super) fn narrow(whole: DateInterval, part: Part) -> DateInterval {
    let first = whole.start.year();
    let cut = match whole.grain {
        Grain::Year if whole.end.year() == first => {
            let (from, to) = portion(part, 12);
            months(first, from as i8 + 1, to as i8, Grain::Year)
        }
        Grain::Decade | Grain::Century => {
            let (from, to) = portion(part, whole.end.year() - first + 1);
            DateInterval::years(first + from, first + to - 1, whole.grain)
        }
        _ => {
            let days = whole.start.until(whole.end).map_or(0, |span| span.get_days()) + 1;
            let (from, to) = portion(part, i16::try_from(days).unwrap_or(i16::MAX));
            let at = |offset: i16| shift(whole.start, Unit::Day, f64::from(offset));
            at(from).zip(at(to - 1)).map(|(start, end)| DateInterval { start, end, grain: whole.grain })
        }
    };
    cut.filter(|cut| cut.start <= cut.end).unwrap_or(whole)
}

/// First unit and the one after the last of a part of `length` units, counted from 0.
fn portion(part: Part, length: i16) -> (i16, i16) {
    let (third, half) = (length / 3, length / 2);
    match part {
        Part::Early => (0, third.max(1)),
        Part::Middle => (third, (length - third).max(third + 1)),
        Part::Late => (length - third.max(1), length),
        Part::FirstHalf => (0, half.max(1)),
        Part::SecondHalf => (length - half.max(1), length),
    }
}
