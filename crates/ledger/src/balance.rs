//! A state among the powers: how much of its cooperation, and of its conflict, each of them has.
//!
//! In: the kept relations and happenings. Out: for each period and power counts and summed intensity by quad, the
//! power's share, and for each two powers the tilt between them, with intervals.
//!
//! Definitions. Only happenings with status `actual` count, each once. A power's *cooperation* C is the sum of the
//! positive intensities (PLOVER's scale) of its happenings with the state, its *conflict* the sum of the negative ones.
//! The *share* of a power is its C over the sum of C of all powers compared. The *tilt* between A and B is
//! (C_A - C_B) / (C_A + C_B): 1 is all A, -1 all B, 0 even. Both are proportions of weighted counts, so their 95 %
//! interval is Wilson's (1927) at Kish's (1965) effective number (sum w)^2 / sum w^2, where w are the intensities: few
//! happenings give a wide interval.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::Quad;
use jiff::civil::Date;
use serde::Serialize;

use crate::{Ledger, LedgerError};

/// A stretch of time by which happenings are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `2026-02`
    Month,
    /// `2026`
    Year,
}

/// What is compared.
#[derive(Clone, Debug)]
pub struct BalanceFilter {
    /// Code of the state.
    pub state: String,
    /// Codes of the powers, at least one.
    pub powers: Vec<String>,
    /// How time is divided.
    pub by: Period,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// One line of a balance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Balance {
    /// `2026-02` or `2026`; `None` for all periods together.
    pub period: Option<String>,
    /// In the order asked for.
    pub powers: Vec<Power>,
    /// Of each two powers, in that order.
    pub tilts: Vec<Tilt>,
}

/// A power's relation with the state in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Power {
    /// Its code.
    pub code: String,
    /// Number of happenings.
    pub count: u64,
    /// Sum of their intensities.
    pub intensity_sum: f64,
    /// Sum of the positive intensities.
    pub cooperation: f64,
    /// Sum of the negative intensities; 0 or less.
    pub conflict: f64,
    /// Number of happenings of each quad class.
    pub quads: BTreeMap<Quad, u64>,
    /// Its part of the cooperation with all powers compared; `None` where there is none.
    pub share: Option<Proportion>,
}

/// Which of two powers the state cooperates with more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tilt {
    /// Code.
    pub a: String,
    /// Code.
    pub b: String,
    /// From -1 (all with b) to 1 (all with a); `None` where there is no cooperation with either.
    pub tilt: Option<Proportion>,
}

/// A value with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Proportion {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Happenings of one power and period.
#[derive(Clone, Debug, Default)]
struct Sum {
    count: u64,
    /// In thousandths, so that the order of summing does not matter.
    cooperation: i64,
    conflict: i64,
    /// Sum of the squares of the positive intensities, in millionths.
    squares: i64,
    quads: BTreeMap<Quad, u64>,
}

impl Sum {
    fn add(&mut self, quad: Quad, intensity: f64) {
        let thousandths = (intensity * 1000.0).round() as i64;
        self.count += 1;
        *self.quads.entry(quad).or_default() += 1;
        if thousandths > 0 {
            self.cooperation += thousandths;
            self.squares += thousandths * thousandths;
        } else {
            self.conflict += thousandths;
        }
    }
}

/// Periods in order, then the codes of the powers.
type Sums = BTreeMap<Option<String>, BTreeMap<String, Sum>>;

impl Ledger {
    /// The balance of a state among powers: for each period in order, and last for all together.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn balance(&self, filter: &BalanceFilter) -> Result<Vec<Balance>, LedgerError> {
        let mut sums: Sums = BTreeMap::new();
        let mut statement = self.connection.prepare(
            "SELECT events.day, events.quad, events.intensity FROM event_pairs
             JOIN events ON events.n = event_pairs.event
             JOIN reports ON reports.event = events.n AND reports.a = event_pairs.a AND reports.b = event_pairs.b
             WHERE event_pairs.a = ?1 AND event_pairs.b = ?2 AND reports.happening = events.n AND status = 'actual'
             AND (?3 IS NULL OR events.day >= ?3) AND (?4 IS NULL OR events.day <= ?4)",
        )?;
        let (since, until) = (filter.since.map(|day| day.to_string()), filter.until.map(|day| day.to_string()));
        let powers: BTreeSet<&String> = filter.powers.iter().filter(|power| **power != filter.state).collect();
        for power in powers {
            let (a, b) = (power.min(&filter.state), power.max(&filter.state));
            let mut rows = statement.query(rusqlite::params![a, b, since, until])?;
            while let Some(row) = rows.next()? {
                let day: Option<String> = row.get(0)?;
                let quad = crate::read::label(row, 1, "a quad class", Quad::from_label)?;
                let intensity = row.get(2)?;
                // What nothing dates belongs to no period, but to the whole.
                let period = day.map(|day| filter.by.of(&day));
                for period in period.map(Some).into_iter().chain([None]) {
                    sums.entry(period).or_default().entry(power.clone()).or_default().add(quad, intensity);
                }
            }
        }
        // `None`, which is the whole, sorts first.
        let whole = sums.remove(&None);
        let lines = sums.into_iter().chain(whole.map(|whole| (None, whole)));
        Ok(lines.map(|(period, sums)| line(period, &sums, &filter.powers)).collect())
    }
}

impl Period {
    fn of(self, day: &str) -> String {
        // Both ends are cut from behind: years before 0 have a sign and six digits.
        let cut = match self {
            Period::Month => 3,
            Period::Year => 6,
        };
        day[..day.len().saturating_sub(cut)].to_owned()
    }
}

fn line(period: Option<String>, sums: &BTreeMap<String, Sum>, powers: &[String]) -> Balance {
    let none = Sum::default();
    let of = |code: &String| sums.get(code).unwrap_or(&none);
    let all: i64 = sums.values().map(|sum| sum.cooperation).sum();
    let squares: i64 = sums.values().map(|sum| sum.squares).sum();
    let power = |code: &String| {
        let sum = of(code);
        Power {
            code: code.clone(),
            count: sum.count,
            intensity_sum: (sum.cooperation + sum.conflict) as f64 / 1000.0,
            cooperation: sum.cooperation as f64 / 1000.0,
            conflict: sum.conflict as f64 / 1000.0,
            quads: sum.quads.clone(),
            share: wilson(sum.cooperation, all, squares),
        }
    };
    let mut tilts = Vec::new();
    for (at, a) in powers.iter().enumerate() {
        for b in &powers[at + 1..] {
            let (one, other) = (of(a), of(b));
            let share = wilson(one.cooperation, one.cooperation + other.cooperation, one.squares + other.squares);
            let tilt = share.map(|Proportion { value, low, high }| Proportion {
                value: 2.0 * value - 1.0,
                low: 2.0 * low - 1.0,
                high: 2.0 * high - 1.0,
            });
            tilts.push(Tilt { a: a.clone(), b: b.clone(), tilt });
        }
    }
    Balance { period, powers: powers.iter().map(power).collect(), tilts }
}

/// 97.5 % of a normal distribution lie below it.
const Z: f64 = 1.959_964;

/// The part of a sum of weights with its interval; `squares` is the sum of the squares of all weights.
fn wilson(part: i64, whole: i64, squares: i64) -> Option<Proportion> {
    if whole <= 0 || squares <= 0 {
        return None;
    }
    let (p, n) = (part as f64 / whole as f64, (whole as f64).powi(2) / squares as f64);
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(Proportion { value: p, low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons_for_equal_weights() {
        // Newcombe 1998, Statistics in Medicine 17: 81 of 263 gives 0.2553 to 0.3662.
        let found = wilson(81_000, 263_000, 263_000_000).unwrap();
        assert!((found.low - 0.2553).abs() < 5e-5 && (found.high - 0.3662).abs() < 5e-5, "{found:?}");
        assert_eq!(wilson(0, 0, 0), None);
    }

    #[test]
    fn one_happening_says_little() {
        let found = wilson(5_000, 5_000, 25_000_000).unwrap();
        assert!((found.value, found.high) == (1.0, 1.0) && found.low < 0.21, "{found:?}");
    }

    #[test]
    fn periods_are_cut_from_the_day() {
        assert_eq!(Period::Month.of("2026-02-13"), "2026-02");
        assert_eq!(Period::Year.of("2026-02-13"), "2026");
    }
}
