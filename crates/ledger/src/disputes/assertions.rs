//! One says that it happened, another that it did not: an event reported as done and the same event denied.
//!
//! Only events that either are or are not are compared (attacks, signings, arrests …), of the same type and mode between
//! the same parties, reported within days of each other in sentences that share their telling words.

use std::collections::BTreeSet;

use chancery_model::Extent;
use rusqlite::Row;

use crate::links::words::{fold, is_common};
use crate::{Ledger, LedgerError};

/// An event as one sentence tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) document: String,
    pub(crate) sentence: Extent,
    pub(crate) statement: Option<String>,
    pub(crate) words: String,
}

/// A denial and what it denies.
pub(crate) struct Contradiction {
    pub(crate) about: String,
    pub(crate) asserted: Vec<Told>,
    pub(crate) denied: Told,
}

/// What may be denied and asserted; whether somebody praised or accused is a matter of words.
const TYPES: &str = "'ASSAULT', 'COERCE', 'AGREE', 'CONSULT', 'AID', 'MOBILIZE', 'RETREAT', 'SANCTION'";

/// All denials for which somebody asserts the same event.
pub(crate) fn contradictions(ledger: &Ledger) -> Result<Vec<Contradiction>, LedgerError> {
    let sql = format!(
        "SELECT DISTINCT d.id, n.sentence_start, n.sentence_end, n.statement, n.type, od.id, o.sentence_start,
            o.sentence_end, o.statement, np.a, np.b
         FROM events AS n JOIN documents AS d ON d.n = n.document JOIN event_pairs AS np ON np.event = n.n
         JOIN event_pairs AS op ON op.a = np.a AND op.b = np.b
            AND op.day BETWEEN date(np.day, '-3 days') AND date(np.day, '+3 days')
         JOIN events AS o ON o.n = op.event AND o.type = n.type AND o.mode IS n.mode AND o.status = 'actual'
         JOIN documents AS od ON od.n = o.document
         WHERE n.status = 'negated' AND n.type IN ({TYPES}) ORDER BY 1, 2, 3, 5, 6, 7"
    );
    let mut statement = ledger.connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut found: Vec<Contradiction> = Vec::new();
    while let Some(row) = rows.next()? {
        let denied = told(ledger, row, 0)?;
        let asserted = told(ledger, row, 5)?;
        if denied.document == asserted.document && denied.sentence == asserted.sentence
            || !is_same(&denied.words, &asserted.words)
        {
            continue;
        }
        let (kind, a, b): (String, String, String) = (row.get(4)?, row.get(9)?, row.get(10)?);
        match found.last_mut().filter(|last| last.denied == denied) {
            Some(last) if !last.asserted.contains(&asserted) => last.asserted.push(asserted),
            Some(_) => {}
            None => {
                found.push(Contradiction { about: format!("{kind} {a} {b}"), asserted: vec![asserted], denied })
            }
        }
    }
    Ok(found)
}

fn told(ledger: &Ledger, row: &Row, at: usize) -> Result<Told, LedgerError> {
    let document: String = row.get(at)?;
    let sentence = Extent(row.get(at + 1)?, row.get(at + 2)?);
    let statement = row.get(if at == 0 { 3 } else { 8 })?;
    let words = ledger.words(&document, sentence)?;
    Ok(Told { document, sentence, statement, words })
}

/// True if the sentences share half of the shorter one's telling words, and at least three.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (telling(one), telling(other));
    let shared = one.intersection(&other).count();
    shared >= 3 && shared * 2 >= one.len().min(other.len())
}

fn telling(sentence: &str) -> BTreeSet<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.len() > 3).map(|word| fold(&word)).filter(|word| !is_common(word)).collect()
}
