//! What follows across documents: commitments followed through their reports, disputes.
//!
//! In: the ledger's documents and coded records. Out: entries that name their documents. This is the plain beginning:
//! reports are one commitment where title and parties are the same, and no dispute is
//! found. Everything that asks for links asks here, so that a better linking replaces this module alone.
//!
//! Nothing here reads the clock: what is overdue is judged on the day that the caller names.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Commitment, CommitmentKind, DateInterval, Extent, Stage};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Ledger, LedgerError};

/// One undertaking in the world with every stage that it is reported to have reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentEntry {
    /// A hash of what the reports have in common: the same whatever the order of adding.
    pub id: String,
    /// As the latest report words it.
    pub title: String,
    /// As the latest report has it.
    pub kind: CommitmentKind,
    /// Codes of those who undertake it, sorted.
    pub parties: Vec<String>,
    /// All sectors that reports name, sorted.
    pub sectors: Vec<String>,
    /// The stage of the latest report.
    pub current: Stage,
    /// When it is to be done, as last stated.
    pub due: Option<DateInterval>,
    /// The due date is past and no report says that it is completed or cancelled.
    pub overdue: bool,
    /// Publication date of the latest report.
    pub silent_since: Option<Date>,
    /// All reports, earliest first.
    pub stages: Vec<StageReport>,
}

/// One document's word on how far a commitment has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageReport {
    /// The stage.
    pub stage: Stage,
    /// When it was reached.
    pub date: Option<DateInterval>,
    /// Id of the document.
    pub document: String,
    /// The words it rests on.
    pub evidence: Extent,
    /// The statement on whose word it rests.
    pub statement: Option<String>,
}

/// Words that cannot all be right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// Same whatever the order of adding.
    pub id: String,
    /// What it is about.
    pub about: String,
    /// At least two.
    pub positions: Vec<Position>,
}

/// One side of a dispute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Position {
    /// The figure given.
    pub value: Option<f64>,
    /// The assertion made.
    pub assertion: Option<String>,
    /// Unit of the figure.
    pub unit: Option<String>,
    /// Ids of the documents that say so.
    pub documents: Vec<String>,
    /// Where they say so.
    pub evidence: Vec<Evidence>,
    /// Ids of the statements on whose word it rests.
    pub statements: Vec<String>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Id of the document.
    pub document: String,
    /// The words.
    pub span: Extent,
}

/// A commitment as coded in one document.
struct Report {
    published: Option<Date>,
    document: String,
    position: i64,
    commitment: Commitment,
}

impl Report {
    /// Earliest first; what has no date at all comes first, since it may not decide what is current.
    fn order(&self) -> (Option<Date>, Option<Date>, &str, i64) {
        let reached = self.commitment.date.map(|date| date.start);
        (self.published.or(reached), reached, &self.document, self.position)
    }
}

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
    let mut groups: BTreeMap<(String, Vec<String>), Vec<Report>> = BTreeMap::new();
    let mut statement = ledger.connection.prepare(
        "SELECT commitments_coded.*, documents.id AS document_id, documents.date AS published
         FROM commitments_coded JOIN documents ON documents.n = commitments_coded.document",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let commitment = ledger.commitment(row)?;
        let published: Option<String> = row.get("published")?;
        let mut parties = commitment.parties.clone();
        parties.sort();
        parties.dedup();
        groups.entry((normal_title(&commitment.title), parties)).or_default().push(Report {
            published: published.and_then(|day| day.parse().ok()),
            document: row.get("document_id")?,
            position: row.get("position")?,
            commitment,
        });
    }
    let mut entries: Vec<CommitmentEntry> =
        groups.into_iter().map(|((title, parties), reports)| entry(&title, parties, reports, as_of)).collect();
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(entries)
}

/// All disputes, sorted by id: none until figures and assertions are compared.
///
/// # Errors
/// If the ledger cannot be read.
pub fn disputes(_ledger: &Ledger) -> Result<Vec<Dispute>, LedgerError> {
    Ok(Vec::new())
}

/// The entry of reports that are one commitment; never called without a report.
fn entry(title: &str, parties: Vec<String>, mut reports: Vec<Report>, as_of: Option<Date>) -> CommitmentEntry {
    reports.sort_by(|one, other| one.order().cmp(&other.order()));
    let latest = &reports[reports.len() - 1];
    let due = reports.iter().rev().find_map(|report| report.commitment.due);
    let ended = matches!(latest.commitment.stage, Stage::Completed | Stage::Cancelled);
    let sectors: BTreeSet<&String> = reports.iter().flat_map(|report| &report.commitment.sectors).collect();
    let hash = Sha256::digest(format!("{title}\n{}", parties.join("\n")).as_bytes());
    CommitmentEntry {
        id: hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect(),
        title: latest.commitment.title.clone(),
        kind: latest.commitment.kind,
        parties,
        sectors: sectors.into_iter().cloned().collect(),
        current: latest.commitment.stage,
        due,
        overdue: !ended && due.zip(as_of).is_some_and(|(due, today)| due.end < today),
        silent_since: reports.iter().filter_map(|report| report.published).max(),
        stages: reports
            .iter()
            .map(|report| StageReport {
                stage: report.commitment.stage,
                date: report.commitment.date,
                document: report.document.clone(),
                evidence: report.commitment.evidence,
                statement: report.commitment.statement.clone(),
            })
            .collect(),
    }
}

/// Lower case, single spaces, no article before it.
fn normal_title(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        ["a" | "an" | "the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_case_make_no_other_title() {
        assert_eq!(normal_title("The  Readmission Agreement"), "readmission agreement");
        assert_eq!(normal_title("A"), "a");
    }
}
