//! `chancery events`, `statements`: records with the words that they rest on.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Result;
use chancery_ledger::{EventFilter, Found, Ledger, StatementFilter};
use chancery_model::{Event, Extent, Statement};
use jiff::civil::Date;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Listed};
use crate::display::{date, harmless, parties, party, place, width, write_cited};
use crate::progress::say;

/// A record as `--json` gives it.
#[derive(Serialize)]
struct Row<'r, R> {
    document: &'r str,
    published: Option<Date>,
    source: Option<&'r str>,
    url: Option<&'r str>,
    #[serde(flatten)]
    record: &'r R,
    words: &'r str,
}

/// Listed without `--limit` for people.
const DEFAULT_LIMIT: u64 = 50;

/// Writes records until the limit, and says if there are more.
pub(crate) struct List {
    out: BufWriter<StdoutLock<'static>>,
    json: bool,
    limit: Option<u64>,
    written: u64,
    pub(crate) width: usize,
}

impl List {
    pub(crate) fn new(listed: &Listed) -> List {
        let limit = match (listed.limit, listed.json) {
            (Some(0), _) | (None, true) => None,
            (None, false) => Some(DEFAULT_LIMIT),
            (given, _) => given,
        };
        List { out: BufWriter::new(io::stdout().lock()), json: listed.json, limit, written: 0, width: width() }
    }

    /// One more than is listed, to know whether there are more.
    fn asked(&self) -> Option<u64> {
        self.limit.map(|limit| limit.saturating_add(1))
    }

    /// Writes one record in the form asked for; beyond the limit it only counts.
    pub(crate) fn write<J: Serialize>(
        &mut self,
        json: J,
        people: impl FnOnce(&mut BufWriter<StdoutLock<'static>>, usize) -> io::Result<()>,
    ) -> Result<()> {
        self.written += 1;
        if self.limit.is_some_and(|limit| self.written > limit) {
            return Ok(());
        }
        if self.json {
            serde_json::to_writer(&mut self.out, &json)?;
            return Ok(self.out.write_all(b"\n")?);
        }
        if self.written > 1 {
            self.out.write_all(b"\n")?;
        }
        Ok(people(&mut self.out, self.width)?)
    }

    pub(crate) fn finish(mut self, what: &str) -> Result<Ending> {
        self.out.flush()?;
        match self.limit {
            _ if self.written == 0 => say(&format!("no {what} found")),
            Some(limit) if self.written > limit => say(&format!("first {limit} {what}; --limit 0 lists all")),
            _ => {}
        }
        Ok(Ending::Done)
    }
}

fn row<R>(found: &Found<R>) -> Row<'_, R> {
    let Found { document, record, words } = found;
    let (source, url) = (document.source.as_deref(), document.url.as_deref());
    Row { document: &document.id, published: document.date, source, url, record, words }
}

/// `chancery events`.
pub(crate) fn events(arguments: &arguments::Events) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let mut list = List::new(&arguments.listed);
    let between = arguments.pair.as_ref().map(|pair| (pair[0].to_uppercase(), pair[1].to_uppercase()));
    let filter = EventFilter {
        between,
        actor: arguments.actor.clone(),
        recipient: arguments.recipient.clone(),
        kind: arguments.kind,
        status: arguments.status,
        since: arguments.days.since,
        until: arguments.days.until,
        document: arguments.listed.document.clone(),
        limit: list.asked(),
    };
    ledger
        .for_each_event(&filter, |found| list.write(row(&found), |out, width| write_event(out, &found, width)))?;
    list.finish("events")
}

fn write_event(out: &mut impl Write, found: &Found<Event>, width: usize) -> io::Result<()> {
    let event = &found.record;
    let when = event.date.as_ref().map(date).or_else(|| found.document.date.map(|day| day.to_string()));
    let mode = event.mode.map(|mode| format!(" ({mode})")).unwrap_or_default();
    writeln!(
        out,
        "{:<10}  {}{mode}  {} → {}  {}  {:.2}",
        when.as_deref().unwrap_or("no date"),
        event.kind,
        parties(&event.actors),
        if event.recipients.is_empty() { "–".to_owned() } else { parties(&event.recipients) },
        event.status,
        event.confidence,
    )?;
    cite(out, found, event.sentence, width)
}

/// The cited words, and below them where they stand.
fn cite<R>(out: &mut impl Write, found: &Found<R>, extent: Extent, width: usize) -> io::Result<()> {
    write_cited(out, &found.words, width)?;
    let document = &found.document;
    let outlet = document.source.as_deref().map(|source| format!("  {}", harmless(source))).unwrap_or_default();
    let published = document.date.map(|day| format!("  {day}")).unwrap_or_default();
    writeln!(out, "    — {}{outlet}{published}", place(&document.id, extent))
}

/// `chancery statements`.
pub(crate) fn statements(arguments: &arguments::Statements) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let mut list = List::new(&arguments.listed);
    let filter = StatementFilter {
        speaker: arguments.speaker.clone(),
        mood: arguments.mood,
        since: arguments.days.since,
        until: arguments.days.until,
        document: arguments.listed.document.clone(),
        limit: list.asked(),
    };
    ledger.for_each_statement(&filter, |found| {
        list.write(row(&found), |out, width| write_statement(out, &found, width))
    })?;
    list.finish("statements")
}

fn write_statement(out: &mut impl Write, found: &Found<Statement>, width: usize) -> io::Result<()> {
    let statement = &found.record;
    let speaker = statement.speaker.as_ref().map_or_else(|| "speaker unknown".to_owned(), party);
    let quoted = if statement.quoted { ", quoted" } else { "" };
    writeln!(out, "{speaker}  {}{quoted}", statement.mood)?;
    cite(out, found, statement.content, width)
}
