//! Happenings: what the world did, however many documents report it.
//!
//! In: the events of a transaction's documents. Out: for each event and pair of its parties, the happening that it
//! reports; one happening is counted once in `relations`. Reports can only be of one happening if they have the pair,
//! the type, the status and (where the type has one) the direction in common: such reports are a *block*. Within a block
//! they are taken by day, then by publication, then by id; each joins the happening under way that it is most like
//! ([`report`]), or begins one. A happening bears the name of its first report.
//!
//! The outcome depends on the reports alone, not on the order of adding: where a document comes or goes, its blocks are
//! gone through again from its day on, until a window of days has passed since a happening began otherwise than it did. An event with one known party only has a block too (it groups stories), but no relation.

mod rarity;
mod report;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chancery_model::{EventType, Status};
use rusqlite::{Connection, Row, Transaction, params};

use crate::relations::{Cell, Changes as RelationChanges};
use crate::stories::{day_number, hash};
use crate::{LedgerError, read};
use rarity::Term;
use report::{Precision, Report, WINDOW, same_happening, terms};

/// Happenings that a report is held against at most, the latest ones: a block of thousands a week stays affordable.
const UNDER_WAY: usize = 256;

/// Stands for the day of an event that nothing dates: before all others, and near none of them.
const UNDATED: i64 = -(1 << 40);

/// Days on which reports of a block came or went, each with the last day on which that alone makes a difference.
type Days = BTreeMap<i64, i64>;

/// What a transaction does to the reports, by block.
#[derive(Default)]
pub(crate) struct Changes {
    touched: BTreeMap<i64, Days>,
}

impl Changes {
    /// Notes a document that was written.
    pub(crate) fn insert(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO reports (block, day, born, id, event, a, b, terms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for new in new_reports(transaction, document)? {
            for (a, b) in &new.pairs {
                let block = block(a, b, &new);
                let terms = encode(&new.terms);
                insert.execute(params![block, new.day, new.born, new.id, new.event, a, b, terms])?;
                self.touch(block, new.day, new.day);
            }
        }
        Ok(())
    }

    /// Takes away the reports of a document that is about to be deleted.
    pub(crate) fn remove(
        &mut self,
        transaction: &Transaction,
        document: i64,
        relations: &mut RelationChanges,
    ) -> Result<(), LedgerError> {
        let mut gone = transaction.prepare_cached(&format!("{STORED} WHERE events.document = ?1"))?;
        let mut rows = gone.query([document])?;
        while let Some(row) = rows.next()? {
            let stored = Stored::read(row)?;
            if stored.leads() {
                relations.add(&stored.cell, -1);
                self.touch(stored.block, stored.report.day, stored.report.day + WINDOW);
            }
        }
        transaction
            .prepare_cached(
                "DELETE FROM reports WHERE (block, day, born, id) IN (SELECT block, reports.day, born, reports.id
                 FROM events JOIN reports ON reports.event = events.n WHERE events.document = ?1)",
            )?
            .execute([document])?;
        Ok(())
    }

    fn touch(&mut self, block: i64, day: i64, until: i64) {
        let known = self.touched.entry(block).or_default().entry(day).or_insert(until);
        *known = until.max(*known);
    }

    /// Brings happenings up to date, and the relations with them.
    pub(crate) fn settle(
        self,
        transaction: &Transaction,
        relations: &mut RelationChanges,
    ) -> Result<(), LedgerError> {
        self.touched.iter().try_for_each(|(block, days)| settle(transaction, *block, days, relations))
    }
}

/// An event that was just written, with all that its reports consist of.
struct NewReport {
    event: i64,
    id: String,
    kind: EventType,
    status: Status,
    day: i64,
    born: i64,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    pairs: Vec<(String, String)>,
    terms: Vec<Term>,
}

fn new_reports(transaction: &Transaction, document: i64) -> Result<Vec<NewReport>, LedgerError> {
    let mut statement = transaction.prepare_cached(
        "SELECT events.n, events.id, type, status, day, documents.date, sentence_start, sentence_end
         FROM events JOIN documents ON documents.n = events.document WHERE events.document = ?1",
    )?;
    let mut text = transaction.prepare_cached("SELECT text FROM texts WHERE document = ?1")?;
    let text: String = text.query_row([document], |row| row.get(0))?;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut rows = statement.query([document])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (day, born): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        let number = |day: Option<String>| day.as_deref().and_then(day_number);
        let (start, end): (u32, u32) = (row.get(6)?, row.get(7)?);
        let byte = |at: u32| starts.get(at as usize).copied().unwrap_or(text.len());
        let mut report = NewReport {
            event: row.get(0)?,
            id: row.get(1)?,
            kind: read::label(row, 2, "an event type", EventType::from_label)?,
            status: read::label(row, 3, "a status", Status::from_label)?,
            day: number(day).unwrap_or(UNDATED),
            born: number(born).unwrap_or(-UNDATED),
            actors: BTreeSet::new(),
            recipients: BTreeSet::new(),
            pairs: Vec::new(),
            terms: Vec::new(),
        };
        report.read_parties(transaction, text.get(byte(start)..byte(end)).unwrap_or_default())?;
        found.push(report);
    }
    Ok(found)
}

impl NewReport {
    fn read_parties(&mut self, transaction: &Transaction, sentence: &str) -> Result<(), LedgerError> {
        let mut statement =
            transaction.prepare_cached("SELECT side, code, name, person FROM event_parties WHERE event = ?1")?;
        let mut rows = statement.query([self.event])?;
        let (mut names, mut persons): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let (side, code): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let side = if side == "actor" { &mut self.actors } else { &mut self.recipients };
            let is_coded = code.is_some();
            side.extend(code);
            let (name, person): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            names.extend(name.filter(|name| is_coded && person.as_ref() != Some(name)));
            persons.extend(person);
        }
        let mut pairs = transaction.prepare_cached("SELECT a, b FROM event_pairs WHERE event = ?1")?;
        self.pairs =
            pairs.query_map([self.event], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        if self.pairs.is_empty() {
            // Alone: the party that acts, or else that is acted upon.
            let alone = self.actors.iter().chain(&self.recipients).next();
            self.pairs.extend(alone.map(|code| (code.clone(), String::new())));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let persons: Vec<&str> = persons.iter().map(String::as_str).collect();
        self.terms = terms(sentence, &names, &persons);
        Ok(())
    }
}

/// The block of a report, by a hash of what its reports have in common.
fn block(a: &str, b: &str, report: &NewReport) -> i64 {
    use EventType::{Agree, Consult, Cooperate, Support};
    // What two do together has no direction, or reports disagree on it: "A signed with B", "B and A signed".
    let direction = match (report.kind, report.actors.contains(a), report.actors.contains(b)) {
        (Agree | Consult | Cooperate | Support, _, _) | (_, true, true) | (_, false, false) => "=",
        (_, true, false) => ">",
        (_, false, true) => "<",
    };
    hash(format!("{a}\n{b}\n{}\n{}\n{direction}", report.kind, report.status).as_bytes()).cast_signed()
}

/// The columns that [`Stored`] is read from.
const STORED: &str = "SELECT block, reports.day, born, reports.id, event, a, b, terms, happening, document,
    mode, place_name, place_country, place_lat, date_start, date_grain, type, quad, status, intensity, events.day
    FROM events JOIN reports ON reports.event = events.n";

/// A report as kept.
struct Stored {
    block: i64,
    born: i64,
    id: String,
    happening: Option<i64>,
    report: Report,
    cell: Cell,
}

impl Stored {
    fn read(row: &Row) -> Result<Stored, LedgerError> {
        let (town, lat): (Option<String>, Option<f64>) = (row.get(11)?, row.get(13)?);
        let (start, grain): (Option<String>, Option<String>) = (row.get(14)?, row.get(15)?);
        let precision = match (start, grain.as_deref()) {
            (None, _) | (_, None) => Precision::Published,
            (Some(_), Some("day" | "week")) => Precision::Dated,
            // Month, quarter, season, year, decade, century: no two begin alike.
            (Some(_), Some(grain)) => Precision::Coarse(grain.chars().next().unwrap_or('?')),
        };
        Ok(Stored {
            block: row.get(0)?,
            born: row.get(2)?,
            id: row.get(3)?,
            happening: row.get(8)?,
            report: Report {
                event: row.get(4)?,
                document: row.get(9)?,
                day: row.get(1)?,
                precision,
                mode: row.get(10)?,
                // A country as a place has no coordinates.
                town: town.filter(|_| lat.is_some()),
                country: row.get(12)?,
                terms: decode(&row.get::<_, Vec<u8>>(7)?),
            },
            cell: Cell {
                a: row.get(5)?,
                b: row.get(6)?,
                day: row.get(20)?,
                kind: row.get(16)?,
                quad: row.get(17)?,
                status: row.get(18)?,
                intensity: row.get(19)?,
            },
        })
    }

    /// True for the first report of a happening, which stands for it.
    fn leads(&self) -> bool {
        self.happening == Some(self.report.event)
    }
}

/// Goes through a block again from each of `days` until nothing differs any more.
fn settle(
    transaction: &Transaction,
    block: i64,
    days: &Days,
    relations: &mut RelationChanges,
) -> Result<(), LedgerError> {
    let mut days = days.iter().peekable();
    let mut assign = transaction.prepare_cached(
        "UPDATE reports SET happening = ?1 WHERE block = ?2 AND day = ?3 AND born = ?4 AND id = ?5",
    )?;
    while let Some((first, until)) = days.next() {
        let mut leaders = leaders_before(transaction, block, *first)?;
        let mut unsettled_until = *until;
        let mut assigned: Vec<(Stored, i64)> = Vec::new();
        let mut statement = transaction.prepare_cached(&format!(
            "{STORED} WHERE block = ?1 AND reports.day >= ?2 ORDER BY reports.day, born, reports.id"
        ))?;
        let mut rows = statement.query([block, *first])?;
        while let Some(row) = rows.next()? {
            let stored = Stored::read(row)?;
            let day = stored.report.day;
            while let Some((_, until)) = days.next_if(|(touched, _)| **touched <= unsettled_until.max(day)) {
                unsettled_until = unsettled_until.max(*until);
            }
            if day > unsettled_until {
                break;
            }
            let happening = join(&mut leaders, &stored.report);
            if happening != stored.happening.unwrap_or(i64::MIN) {
                let leads = happening == stored.report.event;
                if leads != stored.leads() {
                    relations.add(&stored.cell, if leads { 1 } else { -1 });
                    unsettled_until = unsettled_until.max(day + WINDOW);
                }
                assigned.push((stored, happening));
            }
        }
        for (Stored { report, born, id, .. }, happening) in &assigned {
            assign.execute(params![happening, block, report.day, born, id])?;
        }
    }
    Ok(())
}

/// The happening of the next report of a block; it is under way from then on.
fn join(leaders: &mut VecDeque<Report>, report: &Report) -> i64 {
    while leaders.front().is_some_and(|leader| leader.day < report.day - WINDOW) {
        leaders.pop_front();
    }
    if let Some(leader) = same_happening(report, leaders.iter()) {
        return leader.event;
    }
    if leaders.len() == UNDER_WAY {
        leaders.pop_front();
    }
    leaders.push_back(report.clone());
    report.event
}

/// The happenings under way when `day` begins.
fn leaders_before(transaction: &Transaction, block: i64, day: i64) -> Result<VecDeque<Report>, LedgerError> {
    let mut statement = transaction.prepare_cached(&format!(
        "{STORED} WHERE block = ?1 AND reports.day >= ?2 AND reports.day < ?3 AND happening = event
         ORDER BY reports.day DESC, born DESC, reports.id DESC LIMIT {UNDER_WAY}"
    ))?;
    let mut rows = statement.query([block, day - WINDOW, day])?;
    let mut leaders = VecDeque::new();
    while let Some(row) = rows.next()? {
        leaders.push_front(Stored::read(row)?.report);
    }
    Ok(leaders)
}

/// Every happening of every pair, found anew from all reports, block by block; for the check that what is kept is right.
pub(crate) fn recomputed(connection: &Connection) -> Result<Vec<Cell>, LedgerError> {
    let mut statement = connection.prepare(&format!("{STORED} ORDER BY block, reports.day, born, reports.id"))?;
    let mut rows = statement.query([])?;
    let mut leaders = VecDeque::new();
    let mut block = None;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let stored = Stored::read(row)?;
        if block != Some(stored.block) {
            leaders.clear();
            block = Some(stored.block);
        }
        if join(&mut leaders, &stored.report) == stored.report.event && !stored.cell.b.is_empty() {
            found.push(stored.cell);
        }
    }
    Ok(found)
}

/// Five bytes a term; the highest bit of the weight tells names.
fn encode(terms: &[Term]) -> Vec<u8> {
    let weight = |term: &Term| term.weight | if term.is_name { NAME } else { 0 };
    terms.iter().flat_map(|term| term.stem.to_le_bytes().into_iter().chain([weight(term)])).collect()
}

fn decode(bytes: &[u8]) -> Vec<Term> {
    let term = |chunk: &[u8; 5]| Term {
        stem: u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]),
        weight: chunk[4] & !NAME,
        is_name: chunk[4] & NAME != 0,
    };
    bytes.as_chunks().0.iter().map(term).collect()
}

const NAME: u8 = 0x80;
