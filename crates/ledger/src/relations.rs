//! Relations: how many happenings of which type, quad and status each pair of parties had in each month.
//!
//! A pair is two different codes, states and bodies alike, in alphabetical order, whoever acts: each actor with each
//! recipient, or the actors among themselves where an event has no recipient at all. A happening is counted once,
//! however many documents report it ([`crate::happenings`]); day and intensity are those of its first report. The month
//! is that of the event's first day, else of publication. `relations` is kept current by adding and subtracting;
//! [`Ledger::recomputed_relations`] counts it anew.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Event, EventType, Quad, Status};
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::read::label;
use crate::{Ledger, LedgerError, happenings};

/// One cell of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The party that comes first in the alphabet.
    pub a: String,
    /// The other.
    pub b: String,
    /// `YYYY-MM`; `None` where neither the event nor its document is dated.
    pub month: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Quad class.
    pub quad: Quad,
    /// Whether it happened.
    pub status: Status,
    /// Number of happenings.
    pub count: i64,
    /// Sum of their intensities.
    pub intensity_sum: f64,
}

/// The pairs of one event, in alphabetical order.
pub(crate) fn pairs(event: &Event) -> BTreeSet<(&str, &str)> {
    let others = if event.recipients.is_empty() { &event.actors } else { &event.recipients };
    let mut found = BTreeSet::new();
    for one in event.actors.iter().filter_map(|party| party.code.as_deref()) {
        for other in others.iter().filter_map(|party| party.code.as_deref()) {
            if one != other {
                found.insert((one.min(other), one.max(other)));
            }
        }
    }
    found
}

/// Intensity in thousandths, so that sums are exact.
fn thousandths(intensity: f64) -> i64 {
    (intensity * 1000.0).round() as i64
}

type Key = (String, String, Option<String>, String, String, String);

/// Where one happening of one pair is counted.
pub(crate) struct Cell {
    pub(crate) a: String,
    /// Empty where there is no second party: then it is counted nowhere.
    pub(crate) b: String,
    /// As stored with the event.
    pub(crate) day: Option<String>,
    pub(crate) kind: String,
    pub(crate) quad: String,
    pub(crate) status: String,
    pub(crate) intensity: f64,
}

/// What a transaction does to the relations, gathered so that each cell is written once.
#[derive(Default)]
pub(crate) struct Changes {
    cells: BTreeMap<Key, (i64, i64)>,
}

impl Changes {
    /// Counts a happening, or takes it away with a `times` of -1.
    pub(crate) fn add(&mut self, cell: &Cell, times: i64) {
        if cell.b.is_empty() {
            return;
        }
        let key = (
            cell.a.clone(),
            cell.b.clone(),
            cell.day.as_deref().map(month_of),
            cell.kind.clone(),
            cell.quad.clone(),
            cell.status.clone(),
        );
        let counted = self.cells.entry(key).or_default();
        counted.0 += times;
        counted.1 += times * thousandths(cell.intensity);
    }

    /// Writes the changes. A cell that comes to nothing goes.
    pub(crate) fn apply(&self, transaction: &Transaction) -> Result<(), LedgerError> {
        // Subtraction first finds its row, since it was counted before; only additions may have to make one.
        let mut update = transaction.prepare_cached(
            "UPDATE relations SET count = count + ?7, intensity_thousandths = intensity_thousandths + ?8
             WHERE a = ?1 AND b = ?2 AND ifnull(month, '') = ifnull(?3, '') AND type = ?4 AND quad = ?5 AND status = ?6
             AND count + ?7 > 0",
        )?;
        let mut insert = transaction.prepare_cached(
            "INSERT INTO relations (a, b, month, type, quad, status, count, intensity_thousandths)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut delete = transaction.prepare_cached(
            "DELETE FROM relations WHERE a = ?1 AND b = ?2 AND ifnull(month, '') = ifnull(?3, '')
             AND type = ?4 AND quad = ?5 AND status = ?6",
        )?;
        for ((a, b, month, kind, quad, status), (count, intensity)) in &self.cells {
            if (*count, *intensity) == (0, 0) {
                continue;
            }
            if update.execute(params![a, b, month, kind, quad, status, count, intensity])? > 0 {
                continue;
            }
            if *count > 0 {
                insert.execute(params![a, b, month, kind, quad, status, count, intensity])?;
            } else {
                delete.execute(params![a, b, month, kind, quad, status])?;
            }
        }
        Ok(())
    }
}

fn month_of(day: &str) -> String {
    // `YYYY-MM-DD`, or with a sign and six digits for years before 0: all but the day.
    day[..day.len() - 3].to_owned()
}

impl Ledger {
    /// All relations as kept, sorted.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn relations(&self) -> Result<Vec<Relation>, LedgerError> {
        collect(
            &self.connection,
            "SELECT a, b, month, type, quad, status, count, intensity_sum FROM relations
             ORDER BY a, b, month, type, quad, status",
        )
    }

    /// True if a party with this code is in any pair.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn knows_party(&self, code: &str) -> Result<bool, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT 1 FROM event_parties WHERE code = ?1 LIMIT 1")?;
        Ok(statement.exists([code])?)
    }

    /// All relations counted anew from the stored reports, sorted: equal to [`Ledger::relations`], or this program is
    /// wrong.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn recomputed_relations(&self) -> Result<Vec<Relation>, LedgerError> {
        let mut changes = Changes::default();
        happenings::recomputed(&self.connection)?.iter().for_each(|cell| changes.add(cell, 1));
        let known = |what, value: &str| LedgerError::Corrupt { what, value: value.to_owned() };
        let relation = |((a, b, month, kind, quad, status), (count, thousandths)): (Key, (i64, i64))| {
            Ok(Relation {
                kind: EventType::from_label(&kind).ok_or_else(|| known("an event type", &kind))?,
                quad: Quad::from_label(&quad).ok_or_else(|| known("a quad class", &quad))?,
                status: Status::from_label(&status).ok_or_else(|| known("a status", &status))?,
                intensity_sum: thousandths as f64 / 1000.0,
                a,
                b,
                month,
                count,
            })
        };
        changes.cells.into_iter().map(relation).collect()
    }
}

fn collect(connection: &Connection, sql: &str) -> Result<Vec<Relation>, LedgerError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut relations = Vec::new();
    while let Some(row) = rows.next()? {
        relations.push(relation(row)?);
    }
    Ok(relations)
}

fn relation(row: &Row) -> Result<Relation, LedgerError> {
    Ok(Relation {
        a: row.get(0)?,
        b: row.get(1)?,
        month: row.get(2)?,
        kind: label(row, 3, "an event type", EventType::from_label)?,
        quad: label(row, 4, "a quad class", Quad::from_label)?,
        status: label(row, 5, "a status", Status::from_label)?,
        count: row.get(6)?,
        intensity_sum: row.get(7)?,
    })
}
