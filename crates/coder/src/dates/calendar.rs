//! Names and arithmetic of the calendar: months, weekdays, units, and intervals around a day.

use chancery_model::{DateInterval, Grain};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::Unit;

/// Number of the month that `word` (lower case, without a stop) names.
pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [(&str, &str); 12] = [
        ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may", "may"), ("june", "jun"),
        ("july", "jul"), ("august", "aug"), ("september", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
    ];
    let at = NAMES.iter().position(|(name, short)| word == *name || word == *short || *short == "sep" && word == "sept");
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
    let span: Span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 0.days(),
        Unit::Day => (amount.round() as i64).days(),
        Unit::Week => ((amount * 7.0).round() as i64).days(),
        Unit::Month => (amount.round() as i64).months(),
        Unit::Quarter => ((amount * 3.0).round() as i64).months(),
        Unit::Year => ((amount * 12.0).round() as i64).months(),
        Unit::Decade => ((amount * 10.0).round() as i64).years(),
        Unit::Century => ((amount * 100.0).round() as i64).years(),
    };
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
pub(super) fn narrow(whole: DateInterval, part: Part) -> DateInterval {
    let days = whole.start.until(whole.end).map_or(0, |span| span.get_days());
    let at = |share: f64| shift(whole.start, Unit::Day, f64::from(days + 1) * share);
    let before = |share: f64| at(share).and_then(|date| shift(date, Unit::Day, -1.0));
    let (start, end) = match part {
        Part::Early => (None, before(1.0 / 3.0)),
        Part::Middle => (at(1.0 / 3.0), before(2.0 / 3.0)),
        Part::Late => (at(2.0 / 3.0), None),
        Part::FirstHalf => (None, before(0.5)),
        Part::SecondHalf => (at(0.5), None),
    };
    DateInterval { start: start.unwrap_or(whole.start), end: end.unwrap_or(whole.end), grain: whole.grain }
}
