//! `chancery balance STATE`: a state's relations with the powers side by side.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use chancery_ledger::{Balance, BalanceFilter, Ledger, Period, Power, Proportion};
use chancery_model::Quad;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, BalanceBy};
use crate::display::width;
use crate::parties::{Named, resolve};
use crate::progress::say;

/// What the figures mean, printed under each table.
const DEFINITION: &str = "Happenings with status actual, each counted once however often it is reported. Cooperation and conflict: sums of their \
positive and negative intensities (PLOVER, -10 to 10). Share: the power's part of the cooperation with the powers named. Tilt A-B: (A - B) / (A + B) of \
cooperation, from -1 (all B) to 1 (all A). In brackets 95 % intervals (Wilson, at the effective number of happenings).";

/// A line as `--json` gives it.
#[derive(Serialize)]
struct Row<'b> {
    state: &'b str,
    #[serde(flatten)]
    balance: &'b Balance,
}

/// Runs the command.
pub(crate) fn run(arguments: &arguments::Balance) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let state = resolve(&arguments.state, &ledger)?;
    let mut powers: Vec<Named> = Vec::new();
    for given in &arguments.powers {
        let power = resolve(given, &ledger)?;
        if power.code != state.code && !powers.contains(&power) {
            powers.push(power);
        }
    }
    anyhow::ensure!(!powers.is_empty(), "name at least one power other than {} with --with", state.name);
    let filter = BalanceFilter {
        state: state.code.clone(),
        powers: powers.iter().map(|power| power.code.clone()).collect(),
        by: match arguments.by {
            BalanceBy::Month => Period::Month,
            BalanceBy::Year => Period::Year,
        },
        since: arguments.days.since,
        until: arguments.days.until,
    };
    let lines = ledger.balance(&filter)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        for balance in &lines {
            serde_json::to_writer(&mut out, &Row { state: &state.code, balance })?;
            out.write_all(b"\n")?;
        }
    } else if !lines.is_empty() {
        write_table(&mut out, &state, &powers, &lines)?;
    }
    out.flush()?;
    if lines.is_empty() {
        let names: Vec<&str> = powers.iter().map(|power| power.name.as_str()).collect();
        say(&format!("no happenings found between {} and {}", state.name, names.join(", ")));
    }
    Ok(Ending::Done)
}

/// One line for each period and power; a table that is wider than the terminal would be no table.
fn write_table(out: &mut impl Write, state: &Named, powers: &[Named], lines: &[Balance]) -> io::Result<()> {
    let names: Vec<String> = powers.iter().map(|power| format!("{} ({})", power.name, power.code)).collect();
    writeln!(out, "{} ({}) and {}\n", state.name, state.code, names.join(", "))?;
    writeln!(
        out,
        "{:<8} {:<8} {:>6} {:>5} {:>5} {:>5} {:>5} {:>9} {:>9}  share",
        "period", "power", "events", "v+", "m+", "v-", "m-", "cooper.", "conflict"
    )?;
    for line in lines {
        for (at, power) in line.powers.iter().enumerate() {
            let period = if at == 0 { line.period.as_deref().unwrap_or("all") } else { "" };
            write_power(out, period, power)?;
        }
        for tilt in &line.tilts {
            let value = tilt.tilt.map_or_else(|| "–".to_owned(), |tilt| signed(&tilt));
            writeln!(out, "{:<8} tilt {}-{}  {value}", "", tilt.a, tilt.b)?;
        }
    }
    writeln!(out, "\nv+ verbal, m+ material cooperation; v- verbal, m- material conflict.")?;
    let columns = width();
    crate::display::wrap(DEFINITION, columns).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn write_power(out: &mut impl Write, period: &str, power: &Power) -> io::Result<()> {
    let of = |quad| power.quads.get(&quad).copied().unwrap_or(0);
    let share = power.share.map_or_else(|| "–".to_owned(), |share| percent(&share));
    writeln!(
        out,
        "{period:<8} {:<8} {:>6} {:>5} {:>5} {:>5} {:>5} {:>9.1} {:>9.1}  {share}",
        power.code,
        power.count,
        of(Quad::VerbalCooperation),
        of(Quad::MaterialCooperation),
        of(Quad::VerbalConflict),
        of(Quad::MaterialConflict),
        power.cooperation,
        power.conflict,
    )
}

/// "42 % [20, 67]"
fn percent(share: &Proportion) -> String {
    format!("{:.0} % [{:.0}, {:.0}]", 100.0 * share.value, 100.0 * share.low, 100.0 * share.high)
}

/// "+0.16 [-0.20, 0.48]"
fn signed(tilt: &Proportion) -> String {
    format!("{:+.2} [{:+.2}, {:+.2}]", tilt.value, tilt.low, tilt.high)
}
