//! `chancery commitments`: what became of each promise, with the words of every report.

use std::io::Write;

use anyhow::Result;
use chancery_ledger::{CommitmentFilter, Ledger, links};
use jiff::civil::Date;
use serde::Serialize;

use crate::Ending;
use crate::arguments::Commitments;
use crate::display::{date, harmless, place, write_cited};
use crate::listing::List;

/// A report with its words.
struct Cited<'e> {
    stage: &'e links::StageReport,
    words: String,
}

/// An entry as `--json` gives it: as exported, with the words of each stage in a list of the same order.
#[derive(Serialize)]
struct Row<'e> {
    #[serde(flatten)]
    entry: &'e links::CommitmentEntry,
    words: Vec<&'e str>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Commitments) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let as_of = match arguments.as_of {
        Some(day) => Some(day),
        None => links::latest_day(&ledger)?,
    };
    let filter = CommitmentFilter {
        parties: arguments.parties.iter().map(|code| code.to_uppercase()).collect(),
        stage: arguments.stage,
        overdue: arguments.overdue,
        kind: arguments.kind,
        sector: arguments.sector.as_ref().map(|sector| sector.to_lowercase()),
        silent: arguments.silent,
        words: arguments.search.clone(),
        since: arguments.days.since,
        until: arguments.days.until,
    };
    let document = arguments.listed.document.as_ref();
    let mut entries = links::commitments(&ledger, as_of)?;
    entries.retain(|entry| {
        filter.admits(entry) && document.is_none_or(|id| entry.stages.iter().any(|stage| stage.document == *id))
    });
    entries.sort_by(|one, other| order(other).cmp(&order(one)).then_with(|| one.id.cmp(&other.id)));
    let mut list = List::new(&arguments.listed);
    for entry in &entries {
        let cited: Vec<Cited> = entry
            .stages
            .iter()
            .map(|stage| Ok(Cited { stage, words: ledger.words(&stage.document, stage.evidence)? }))
            .collect::<Result<_>>()?;
        let row = Row { entry, words: cited.iter().map(|cited| cited.words.as_str()).collect() };
        list.write(row, |out, width| write_entry(out, entry, shown(&cited, arguments.history), width))?;
    }
    list.finish("commitments")
}

/// Latest report first.
fn order(entry: &links::CommitmentEntry) -> Option<Date> {
    entry.last_report
}

/// All reports, or the last one.
fn shown<'c, 'e>(cited: &'c [Cited<'e>], history: bool) -> &'c [Cited<'e>] {
    if history { cited } else { &cited[cited.len().saturating_sub(1)..] }
}

fn write_entry(
    out: &mut impl Write,
    entry: &links::CommitmentEntry,
    cited: &[Cited],
    width: usize,
) -> std::io::Result<()> {
    let due = entry.due.as_ref().map(|due| format!(", due {}", date(due))).unwrap_or_default();
    let overdue = if entry.overdue { ", OVERDUE" } else { "" };
    let silent = entry.silent_since.map(|day| format!(", silent since {day}")).unwrap_or_default();
    writeln!(
        out,
        "{}  {}  ({})  {}  {}{due}{overdue}{silent}",
        entry.id,
        harmless(&entry.title),
        entry.parties.join(", "),
        entry.kind,
        entry.current
    )?;
    for Cited { stage, words } in cited {
        let when = stage.date.as_ref().map(date).unwrap_or_else(|| "no date".to_owned());
        writeln!(out, "  {} ({when})  {}", stage.stage, place(&stage.document, stage.evidence))?;
        write_cited(out, words, width)?;
    }
    Ok(())
}
