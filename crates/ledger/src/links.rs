//! What follows across documents: commitments followed through their reports, disputes.
//!
//! In: the ledger's documents and coded records. Out: entries that name their documents. Reports are linked to
//! undertakings when documents are added ([`keeping`]): what identifies an undertaking ([`undertaking`]) is compared with
//! what shares a key ([`likeness`]), and pairs become clusters ([`cluster`]); users may decide otherwise
//! ([`decisions`]). A commitment's life is read from its reports ([`entry`]).
//!
//! Nothing here reads the clock: what is overdue is judged on the day that the caller names.

mod cluster;
mod decisions;
mod entry;
mod keeping;
mod likeness;
mod undertaking;
pub(crate) mod words;

use std::collections::BTreeMap;

use chancery_model::Commitment;
use jiff::civil::Date;
use rusqlite::Transaction;

pub use crate::disputes::{Dispute, Evidence, Position, disputes};
use crate::{Ledger, LedgerError};
pub(crate) use decisions::Pins;
pub use decisions::{DecidedReport, Decision, Verdict};
pub use entry::{CommitmentEntry, StageReport};
use entry::{Report, entry};
pub(crate) use keeping::{Memory, Touched};

/// The latest publication date in the ledger: the day to judge on where the user names none.
///
/// # Errors
/// If the ledger cannot be read.
pub fn latest_day(ledger: &Ledger) -> Result<Option<Date>, LedgerError> {
    let day: Option<String> =
        ledger.connection.query_row("SELECT max(date) FROM documents", [], |row| row.get(0))?;
    Ok(day.and_then(|day| day.parse().ok()))
}

/// All commitments, sorted by id; `as_of` is the day on which to judge what is overdue (`None`: nothing is).
///
/// # Errors
/// If the ledger cannot be read.
pub fn commitments(ledger: &Ledger, as_of: Option<Date>) -> Result<Vec<CommitmentEntry>, LedgerError> {
    let last = last_documents(ledger)?;
    let mut entries: Vec<CommitmentEntry> =
        reports(ledger)?.into_values().map(|reports| entry(reports, as_of, &last)).collect();
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(entries)
}

/// The id of every commitment with the rows of its reports.
pub(crate) fn entries_with_rows(ledger: &Ledger) -> Result<Vec<(String, Vec<i64>)>, LedgerError> {
    let named = |mut reports: Vec<Report>| {
        let rows = reports.iter().map(|report| report.row).collect();
        (entry::id_of(&mut reports), rows)
    };
    Ok(reports(ledger)?.into_values().map(named).collect())
}

/// The reports of each undertaking.
fn reports(ledger: &Ledger) -> Result<BTreeMap<i64, Vec<Report>>, LedgerError> {
    let mut parties: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut statement = ledger
        .connection
        .prepare("SELECT commitment, code FROM commitment_parties ORDER BY commitment, position")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        parties.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut groups: BTreeMap<i64, Vec<Report>> = BTreeMap::new();
    let mut statement = ledger.connection.prepare(
        "SELECT c.*, d.id AS document_id, d.date AS published, u.entry AS entry
         FROM commitments_coded AS c JOIN documents AS d ON d.n = c.document JOIN undertakings AS u ON u.n = c.undertaking",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get("n")?;
        let commitment = crate::read::commitment(row, parties.remove(&number).unwrap_or_default())?;
        let published: Option<String> = row.get("published")?;
        groups.entry(row.get("entry")?).or_default().push(Report {
            row: number,
            published: published.and_then(|day| day.parse().ok()),
            document: row.get("document_id")?,
            commitment,
        });
    }
    Ok(groups)
}

/// The last day of publication of a document with an event between two parties, by their codes in order.
fn last_documents(ledger: &Ledger) -> Result<BTreeMap<(String, String), Date>, LedgerError> {
    let mut statement = ledger.connection.prepare(
        "SELECT p.a, p.b, max(d.date) FROM event_pairs AS p JOIN events AS e ON e.n = p.event
         JOIN documents AS d ON d.n = e.document WHERE d.date IS NOT NULL GROUP BY p.a, p.b",
    )?;
    let mut rows = statement.query([])?;
    let mut last = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let day: String = row.get(2)?;
        if let Ok(day) = day.parse() {
            last.insert((row.get(0)?, row.get(1)?), day);
        }
    }
    Ok(last)
}

/// Links the reports of these documents anew, as after a decision or a migration.
pub(crate) fn replace(transaction: &Transaction, documents: &[String]) -> Result<(), LedgerError> {
    let (mut touched, mut memory) = (Touched::default(), Memory::new());
    for id in documents {
        let found = transaction
            .prepare_cached(
                "SELECT d.n, d.date, t.text FROM documents AS d JOIN texts AS t ON t.document = d.n WHERE d.id = ?1",
            )?
            .query_map([id], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
            })?
            .next()
            .transpose()?;
        let Some((n, published, text)) = found else { continue };
        touched.note_document(transaction, n)?;
        let coded = crate::read::commitments_of(transaction, n)?;
        let reports: Vec<(i64, &Commitment)> = coded.iter().map(|(row, report)| (*row, report)).collect();
        let pins = Pins::of(transaction, id, &text, &reports)?;
        let published = published.and_then(|day| day.parse().ok());
        touched.place_document(transaction, &mut memory, published, &reports, &pins)?;
    }
    touched.settle(transaction, &mut memory)
}

/// Forgets all links and finds them again: what is left of users' decisions holds.
pub(crate) fn relink(transaction: &Transaction) -> Result<(), LedgerError> {
    transaction.execute_batch("UPDATE commitments_coded SET undertaking = NULL; DELETE FROM undertakings;")?;
    let mut statement = transaction.prepare("SELECT id FROM documents ORDER BY id")?;
    let documents: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    replace(transaction, &documents)
}

impl Ledger {
    /// Finds all links anew from the stored reports and decisions: changes nothing, or this program is wrong.
    ///
    /// # Errors
    /// If the ledger cannot be written.
    pub fn relink(&mut self) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        relink(&transaction)?;
        self.memory.clear();
        Ok(transaction.commit()?)
    }
}
