//! Relations: how many events of which type, quad and status each pair of parties had in each month.
//!
//! A pair is two different codes, states and bodies alike, in alphabetical order: each actor with each recipient, or
//! the actors among themselves where an event has no recipient at all. The month is that of the event's first day,
//! else of publication. `relations` is kept current by adding and subtracting; [`Ledger::recomputed_relations`] counts it
//! anew from the stored parties.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Event, EventType, Quad, Status};
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::read::label;
use crate::{Ledger, LedgerError};

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
    /// Number of events.
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

/// What a transaction does to the relations, gathered so that each cell is written once.
#[derive(Default)]
pub(crate) struct Changes {
    cells: BTreeMap<Key, (i64, i64)>,
}

impl Changes {
    /// Counts one event of one pair; `day` as stored with the event.
    pub(crate) fn add(&mut self, (a, b): (&str, &str), day: Option<&str>, event: &Event) {
        let key = (
            a.to_owned(),
            b.to_owned(),
            day.map(month_of),
            event.kind.label().to_owned(),
            event.quad.label().to_owned(),
            event.status.label().to_owned(),
        );
        let cell = self.cells.entry(key).or_default();
        cell.0 += 1;
        cell.1 += thousandths(event.intensity);
    }

    /// Takes away everything that a stored document contributes.
    pub(crate) fn subtract_document(
        &mut self,
        transaction: &Transaction,
        document: i64,
    ) -> Result<(), LedgerError> {
        let mut statement = transaction.prepare_cached(
            "SELECT p.a, p.b, p.day, e.type, e.quad, e.status, e.intensity
             FROM events AS e JOIN event_pairs AS p ON p.event = e.n WHERE e.document = ?1",
        )?;
        let mut rows = statement.query([document])?;
        while let Some(row) = rows.next()? {
            let day: Option<String> = row.get(2)?;
            let key =
                (row.get(0)?, row.get(1)?, day.as_deref().map(month_of), row.get(3)?, row.get(4)?, row.get(5)?);
            let cell = self.cells.entry(key).or_default();
            cell.0 -= 1;
            cell.1 -= thousandths(row.get(6)?);
        }
        Ok(())
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

    /// All relations counted anew from the stored events and parties, sorted: equal to [`Ledger::relations`], or this
    /// program is wrong.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn recomputed_relations(&self) -> Result<Vec<Relation>, LedgerError> {
        collect(
            &self.connection,
            "WITH pairs AS (
                SELECT DISTINCT e.n, min(one.code, other.code) AS a, max(one.code, other.code) AS b
                FROM events AS e
                JOIN event_parties AS one ON one.event = e.n AND one.side = 'actor'
                JOIN event_parties AS other ON other.event = e.n AND (other.side = 'recipient' OR NOT EXISTS (
                    SELECT 1 FROM event_parties AS r WHERE r.event = e.n AND r.side = 'recipient'))
                WHERE one.code <> other.code)
             SELECT a, b, substr(ifnull(e.date_start, d.date), 1, length(ifnull(e.date_start, d.date)) - 3) AS month,
                type, quad, status, count(*), sum(CAST(round(intensity * 1000) AS INTEGER)) / 1000.0
             FROM pairs JOIN events AS e ON e.n = pairs.n JOIN documents AS d ON d.n = e.document
             GROUP BY a, b, month, type, quad, status ORDER BY a, b, month, type, quad, status",
        )
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
