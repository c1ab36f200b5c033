//! Turns what words mean into days, given the day of publication.

use chancery_model::{DateInterval, Grain};
use jiff::civil::{Date, Weekday};

use super::calendar::{self, Part};
use super::{DateKind, Direction, Length, Unit};

/// What is known besides the words.
pub(super) struct Known {
    pub published: Option<Date>,
    /// The date told before.
    pub anchor: Option<DateInterval>,
    pub direction: Direction,
}

/// Which one of several: "last", "this", "next".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
}

impl Which {
    fn offset(self) -> f64 {
        match self {
            Which::Last => -1.0,
            Which::This => 0.0,
            Which::Next => 1.0,
        }
    }
}

/// A year as words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Number(i16),
    Relative(Which),
    /// Not said: the nearest that fits.
    Unsaid,
}

/// What the words of a mention mean, before anything else is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Fixed(DateInterval),
    /// Days `first..=last` of a month.
    Days {
        year: Year,
        month: i8,
        first: i8,
        last: i8,
    },
    Month {
        year: Year,
        month: i8,
    },
    Weekday {
        day: Weekday,
        which: Option<Which>,
        part_of_day: bool,
    },
    /// `None`: the one that the direction tells.
    Weekend(Option<Which>),
    Calendar {
        unit: Unit,
        which: Which,
    },
    Quarter {
        year: Year,
        number: i8,
    },
    Season {
        year: Year,
        name: &'static str,
    },
    /// Days from publication: yesterday is -1.
    DaysAway {
        days: i8,
        part_of_day: bool,
    },
    /// Units from publication: "two years ago".
    Away {
        unit: Unit,
        amount: f64,
    },
    /// The stretch of so many units before or after publication.
    Stretch {
        unit: Unit,
        amount: Option<f64>,
        past: bool,
    },
    /// Units from the date told before: "the following year".
    FromAnchor {
        unit: Unit,
        amount: f64,
    },
    /// "the end of last year", "early 2010s".
    PartOf(Part, Box<Meaning>),
    /// "earlier this month": up to publication; `later`: from publication on.
    Rest {
        unit: Unit,
        later: bool,
    },
    Duration(Length),
    Set(Length),
    Hour,
    /// Named, but on days that this module does not know: "Ramadan".
    Unknown,
    Vague(DateKind),
}

/// What resolving gives.
pub(super) struct Resolved {
    pub interval: Option<DateInterval>,
    pub kind: DateKind,
    pub length: Option<Length>,
}

impl Meaning {
    /// Places the meaning on the calendar as far as it can be.
    pub(super) fn resolve(&self, known: &Known) -> Resolved {
        let kind = match self {
            Meaning::Duration(_) | Meaning::Stretch { .. } => DateKind::Duration,
            Meaning::Set(_) => DateKind::Set,
            Meaning::Hour => DateKind::TimeOfDay,
            Meaning::Weekday { part_of_day: true, .. } | Meaning::DaysAway { part_of_day: true, .. } => {
                DateKind::TimeOfDay
            }
            Meaning::Vague(kind) => *kind,
            _ => DateKind::Date,
        };
        let length = match self {
            Meaning::Duration(length) | Meaning::Set(length) => Some(*length),
            Meaning::Stretch { unit, amount, .. } => Some(Length { amount: *amount, unit: *unit }),
            _ => None,
        };
        Resolved { interval: self.interval(known), kind, length }
    }

    fn interval(&self, known: &Known) -> Option<DateInterval> {
        let published = || known.published;
        match self {
            Meaning::Fixed(interval) => Some(*interval),
            Meaning::Days { year, month, first, last } => days(*year, *month, *first, *last, known),
            Meaning::Month { year, month } => {
                nearest(*year, known, |year| calendar::months(year, *month, *month, Grain::Month))
            }
            Meaning::Quarter { year, number } => nearest(*year, known, |year| calendar::quarter(year, *number)),
            Meaning::Season { year, name } => nearest(*year, known, |year| calendar::season(year, name)),
            Meaning::Weekday { day, which, .. } => weekday(published()?, *day, *which, known.direction),
            Meaning::Weekend(which) => weekend(published()?, *which, known.direction),
            Meaning::Calendar { unit, which } => {
                calendar::around(calendar::shift(published()?, *unit, which.offset())?, *unit)
            }
            Meaning::DaysAway { days, .. } => {
                Some(DateInterval::day(calendar::shift(published()?, Unit::Day, f64::from(*days))?))
            }
            Meaning::Away { unit, amount } => {
                calendar::around(calendar::shift(published()?, *unit, *amount)?, away_grain(*unit))
            }
            Meaning::Stretch { unit, amount, past } => stretch(published()?, *unit, (*amount)?, *past),
            Meaning::FromAnchor { unit, amount } => {
                // A day is reckoned from a day; a year or month told before does not give one.
                let anchor = known.anchor.filter(|anchor| *unit > Unit::Day || anchor.grain == Grain::Day)?;
                calendar::around(calendar::shift(anchor.start, *unit, *amount)?, *unit)
            }
            Meaning::PartOf(part, whole) => Some(calendar::narrow(whole.interval(known)?, *part)),
            Meaning::Rest { unit, later } => {
                let (day, whole) = (published()?, calendar::around(published()?, *unit)?);
                let (start, end) = if *later { (day, whole.end) } else { (whole.start, day) };
                Some(DateInterval { start, end, grain: whole.grain })
            }
            Meaning::Duration(_) | Meaning::Set(_) | Meaning::Hour | Meaning::Unknown | Meaning::Vague(_) => None,
        }
    }
}

/// "Two years ago" means a year, "two decades ago" is no more exact than a year either.
fn away_grain(unit: Unit) -> Unit {
    if unit >= Unit::Year { Unit::Year } else { unit }
}

fn stretch(published: Date, unit: Unit, amount: f64, past: bool) -> Option<DateInterval> {
    let other = calendar::shift(published, unit, if past { -amount } else { amount })?;
    let grain = calendar::around(published, unit)?.grain;
    Some(DateInterval { start: other.min(published), end: other.max(published), grain })
}

/// The interval in the year said, or in the nearest year on the side that the direction tells.
fn nearest(year: Year, known: &Known, of: impl Fn(i16) -> Option<DateInterval>) -> Option<DateInterval> {
    let this = || known.published.map(Date::year);
    match year {
        Year::Number(year) => return of(year),
        Year::Relative(which) => return of(this()?.checked_add(which.offset() as i16)?),
        Year::Unsaid => {}
    }
    let published = known.published?;
    let around = [-1, 0, 1].map(|offset| of(published.year() + offset));
    let past = around.iter().flatten().rev().find(|interval| interval.start <= published)?;
    let future = around.iter().flatten().find(|interval| interval.end >= published).unwrap_or(past);
    // Nine months: a date that is said without its year is seldom farther away.
    let days = |other: Date| (published.until(other).map_or(0, |span| span.get_days())).abs();
    let far = |other: Date| days(other) > 275;
    Some(match known.direction {
        Direction::Unknown if days(past.end) > 180 && days(future.start) < 180 => *future,
        Direction::Unknown => *past,
        Direction::Past if far(past.end) && !far(future.start) => *future,
        Direction::Past => *past,
        Direction::Future if far(future.start) && !far(past.end) => *past,
        Direction::Future => *future,
    })
}

fn days(year: Year, month: i8, first: i8, last: i8, known: &Known) -> Option<DateInterval> {
    nearest(year, known, |year| {
        let (start, end) = (Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?);
        (start <= end).then_some(DateInterval { start, end, grain: Grain::Day })
    })
}

fn weekday(published: Date, day: Weekday, which: Option<Which>, direction: Direction) -> Option<DateInterval> {
    let today = published.weekday();
    let back = f64::from(day.until(today)); // days since the last such day, 0 for today
    let ahead = f64::from(today.until(day));
    let offset = match (which, direction) {
        (Some(Which::Last), _) => {
            if back == 0.0 {
                -7.0
            } else {
                -back
            }
        }
        (Some(Which::Next), _) => {
            if ahead == 0.0 {
                7.0
            } else {
                ahead
            }
        }
        (Some(Which::This), Direction::Past | Direction::Unknown) if back <= 2.0 => -back,
        (Some(Which::This), _) | (None, Direction::Future) => ahead,
        (None, Direction::Past | Direction::Unknown) => -back,
    };
    Some(DateInterval::day(calendar::shift(published, Unit::Day, offset)?))
}

/// Saturday and Sunday of this week or of the one before or after.
fn weekend(published: Date, which: Option<Which>, direction: Direction) -> Option<DateInterval> {
    let is_weekend = published.weekday().to_monday_zero_offset() >= 5;
    let which =
        which.unwrap_or(if direction != Direction::Future && !is_weekend { Which::Last } else { Which::This });
    let week = calendar::around(calendar::shift(published, Unit::Week, which.offset())?, Unit::Week)?;
    Some(DateInterval { start: calendar::shift(week.end, Unit::Day, -1.0)?, ..week })
}

/// Moves `from` into the year of `to`, or the year before if it would lie behind it.
pub(super) fn same_year_before(from: DateInterval, to: DateInterval) -> DateInterval {
    let moved = |year: i16| {
        let years = jiff::Span::new().try_years(i64::from(year) - i64::from(from.start.year())).ok()?;
        Some(DateInterval {
            start: from.start.checked_add(years).ok()?,
            end: from.end.checked_add(years).ok()?,
            grain: from.grain,
        })
    };
    let year = to.end.year();
    moved(year).filter(|moved| moved.start <= to.end).or_else(|| moved(year.saturating_sub(1))).unwrap_or(from)
}
