//! `chancery timeline A B`: the happenings of a relation by date, each with the words of its reports.

use std::io::{self, Write};

use anyhow::Result;
use chancery_ledger::{Happening, Ledger, Report, TimelineFilter};
use serde::Serialize;

use crate::Ending;
use crate::arguments::Timeline;
use crate::display::{date, harmless, parties, place, write_cited};
use crate::listing::List;
use crate::parties::resolve;

/// Reports of a happening that people are shown; `--json` gives all.
const SHOWN_REPORTS: usize = 3;

/// A happening as `--json` gives it.
#[derive(Serialize)]
struct Row<'h> {
    a: &'h str,
    b: &'h str,
    #[serde(flatten)]
    happening: &'h Happening,
}

/// Runs the command.
pub(crate) fn run(arguments: &Timeline) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let (one, other) = (resolve(&arguments.one, &ledger)?, resolve(&arguments.other, &ledger)?);
    anyhow::ensure!(one.code != other.code, "{} and {} are both {}", arguments.one, arguments.other, one.code);
    let filter = TimelineFilter {
        between: (one.code.clone(), other.code.clone()),
        kind: arguments.kind,
        status: arguments.status,
        since: arguments.days.since,
        until: arguments.days.until,
    };
    let (a, b) = (one.code.as_str().min(&other.code), one.code.as_str().max(&other.code));
    let mut happenings = ledger.timeline(&filter)?;
    let document = arguments.listed.document.as_ref();
    happenings.retain(|happening| {
        document.is_none_or(|id| happening.reports.iter().any(|report| report.document == *id))
    });
    let mut list = List::new(&arguments.listed);
    for happening in &happenings {
        list.write(Row { a, b, happening }, |out, width| write_happening(out, happening, width))?;
    }
    list.finish(&format!("happenings between {} and {}", one.name, other.name))
}

fn write_happening(out: &mut impl Write, happening: &Happening, width: usize) -> io::Result<()> {
    let event = &happening.event;
    let when = event.date.as_ref().map(date).or_else(|| happening.day.map(|day| day.to_string()));
    let mode = event.mode.map(|mode| format!(" ({mode})")).unwrap_or_default();
    let to =
        if event.recipients.is_empty() { String::new() } else { format!(" → {}", parties(&event.recipients)) };
    let line = format!(
        "{:<10}  {}{mode}  {}{to}  {}  {:+}",
        when.as_deref().unwrap_or("no date"),
        event.kind,
        parties(&event.actors),
        event.status,
        event.intensity,
    );
    writeln!(out, "{line}")?;
    writeln!(out, "    {}", reported(happening))?;
    for report in happening.reports.iter().take(SHOWN_REPORTS) {
        write_report(out, report, width)?;
    }
    let more = happening.reports.len().saturating_sub(SHOWN_REPORTS);
    if more > 0 { writeln!(out, "    and {more} more; --json gives all") } else { Ok(()) }
}

/// "reported by 3 documents of 2 sources, 1 of them a reprint"
pub(crate) fn reported(happening: &Happening) -> String {
    let Happening { documents, originals, sources, .. } = happening;
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let reprints = match documents - originals {
        0 => String::new(),
        1 => ", 1 of them a reprint".to_owned(),
        n => format!(", {n} of them reprints"),
    };
    format!("reported by {} of {}{reprints}", count(*documents, "document"), count(*sources, "source"))
}

fn write_report(out: &mut impl Write, report: &Report, width: usize) -> io::Result<()> {
    write_cited(out, &report.words, width)?;
    let part = |value: &Option<String>, before: &str| {
        value.as_ref().map(|value| format!("  {before}{}", harmless(value))).unwrap_or_default()
    };
    let published = report.published.map(|day| format!("  {day}")).unwrap_or_default();
    writeln!(
        out,
        "    — {}{}{published}{}",
        place(&report.document, report.sentence),
        part(&report.source, ""),
        part(&report.reprint_of, "reprint of ")
    )
}
