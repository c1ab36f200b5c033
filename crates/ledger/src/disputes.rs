//! What cannot all be right: figures that exclude each other, and events that one asserts and another denies.
//!
//! Comes in: figures with what each is about ([`subject`]), noted when a document is added, and events. Goes out: disputes
//! with all sides' words. Sides are never weighed against each other.

mod assertions;
mod figures;
mod subject;

use chancery_model::{Coded, Extent};
use rusqlite::{Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Ledger, LedgerError};
use figures::{Told, disputed, place};
use subject::{Subject, subjects};

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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Position {
    /// The figure given.
    pub value: Option<f64>,
    /// The assertion made; for a figure its words where a qualifier makes it no plain number.
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

/// Notes what the figures of a document that was just added are about.
pub(crate) fn note_subjects(
    transaction: &Transaction,
    document: i64,
    text: &str,
    coded: &Coded,
) -> Result<(), LedgerError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO figure_subjects (figure, subject) SELECT n, ?3 FROM figures WHERE document = ?1 AND position = ?2",
    )?;
    for (position, subject) in subjects(text, coded).iter().enumerate() {
        insert.execute(params![document, position as i64, serde_json::to_string(subject)?])?;
    }
    Ok(())
}

/// Notes the subjects of all figures of a ledger that has none.
pub(crate) fn reread(transaction: &Transaction) -> Result<(), LedgerError> {
    let mut statement =
        transaction.prepare("SELECT d.n, t.text FROM documents AS d JOIN texts AS t ON t.document = d.n")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (n, text): (i64, String) = (row.get(0)?, row.get(1)?);
        note_subjects(transaction, n, &text, &crate::read::coded_for_subjects(transaction, n)?)?;
    }
    Ok(())
}

/// All disputes, sorted by id.
///
/// # Errors
/// If the ledger cannot be read.
pub fn disputes(ledger: &Ledger) -> Result<Vec<Dispute>, LedgerError> {
    let mut told = figures_told(ledger)?;
    told.sort_by(|one, other| place(one).cmp(&place(other)));
    let mut found: Vec<Dispute> = disputed(&told)
        .into_iter()
        .map(|group| of_figures(group.into_iter().map(|at| &told[at]).collect()))
        .collect();
    found.extend(assertions::contradictions(ledger)?.into_iter().map(of_assertions));
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found.dedup_by(|one, other| one.id == other.id);
    Ok(found)
}

impl Ledger {
    /// The words of the sentences that a place in a document touches.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn sentence(&self, document: &str, place: Extent) -> Result<String, LedgerError> {
        let Some(head) = self.head(document)? else { return Ok(String::new()) };
        let text = self.text(&head)?;
        let touched =
            subject::sentences(&text).into_iter().filter(|(extent, _)| extent.0 < place.1 && place.0 < extent.1);
        Ok(touched.map(|(_, words)| words).collect::<Vec<_>>().join(" "))
    }
}

fn figures_told(ledger: &Ledger) -> Result<Vec<Told>, LedgerError> {
    let mut statement = ledger.connection.prepare(
        "SELECT f.*, d.id AS document_id, d.date AS published, s.subject AS subject FROM figures AS f
         JOIN documents AS d ON d.n = f.document JOIN figure_subjects AS s ON s.figure = f.n",
    )?;
    let mut rows = statement.query([])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        let (subject, published): (String, Option<String>) = (row.get("subject")?, row.get("published")?);
        let subject: Subject = serde_json::from_str(&subject)
            .map_err(|_| LedgerError::Corrupt { what: "the subject of a figure", value: subject })?;
        if !subject.excluded {
            told.push(Told {
                figure: crate::read::figure(row)?,
                subject,
                document: row.get("document_id")?,
                published: published.and_then(|day| day.parse().ok()),
            });
        }
    }
    Ok(told)
}

/// One position for each value with its qualifier, in the order in which they were first told.
fn of_figures(group: Vec<&Told>) -> Dispute {
    let mut positions: Vec<(String, Position)> = Vec::new();
    for told in &group {
        let figure = &told.figure;
        let key = format!("{} {:?} {}", figure.value, figure.high, figure.qualifier);
        let at = positions.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let assertion = (figure.qualifier != chancery_model::Qualifier::Exactly)
                .then(|| format!("{} {} {}", figure.qualifier, figure.value, figure.unit));
            let position = Position {
                value: Some(figure.value),
                assertion,
                unit: Some(figure.unit.clone()),
                ..Position::default()
            };
            positions.push((key, position));
            positions.len() - 1
        });
        positions[at].1.add(&told.document, figure.span, figure.statement.as_ref());
    }
    let about = group.iter().map(|told| told.figure.counts.as_str()).max_by_key(|counts| (counts.len(), *counts));
    dispute(about.unwrap_or_default().to_owned(), positions.into_iter().map(|(_, position)| position).collect())
}

fn of_assertions(found: assertions::Contradiction) -> Dispute {
    let side = |told: &[assertions::Told]| {
        let mut position =
            Position { assertion: told.first().map(|told| told.words.clone()), ..Position::default() };
        for told in told {
            position.add(&told.document, told.sentence, told.statement.as_ref());
        }
        position
    };
    let positions = vec![side(&found.asserted), side(std::slice::from_ref(&found.denied))];
    dispute(found.about, positions)
}

fn dispute(about: String, positions: Vec<Position>) -> Dispute {
    let mut hash = Sha256::new();
    for evidence in positions.iter().flat_map(|position| &position.evidence) {
        hash.update(format!("{} {}-{}\n", evidence.document, evidence.span.0, evidence.span.1));
    }
    let id = crate::add::hexadecimal(&hash.finalize()[..6]);
    Dispute { id, about, positions }
}

impl Position {
    fn add(&mut self, document: &str, span: Extent, statement: Option<&String>) {
        if !self.documents.iter().any(|known| known == document) {
            self.documents.push(document.to_owned());
        }
        self.evidence.push(Evidence { document: document.to_owned(), span });
        self.statements.extend(statement.cloned());
    }
}
