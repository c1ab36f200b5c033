//! What users decide by hand: that reports are one undertaking, or apart. Later decisions outweigh earlier ones, all of
//! them outweigh likeness, and all can be undone.
//!
//! A report is known by its document, the place and the words of its evidence, and its title, not by a row or number; so a
//! decision holds when the document is coded or added again, also if the new coder words or places it a little otherwise.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Commitment, Extent};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::cluster::Verdicts;
use crate::{Ledger, LedgerError};

/// What was decided about reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are one undertaking.
    Same,
    /// Those of different sides are not.
    Apart,
}

/// A decision of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its number in this ledger, by which it is undone.
    pub number: i64,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided, as given.
    pub by: Option<String>,
    /// On which day, as given.
    pub on: String,
    /// It was taken back and has no effect.
    pub undone: bool,
    /// What it is about.
    pub reports: Vec<DecidedReport>,
}

/// A report as a decision names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecidedReport {
    /// Reports of the same side are not told apart.
    pub side: i64,
    /// Id of the document.
    pub document: String,
    /// Place of the evidence when it was decided.
    pub evidence: Extent,
    /// SHA-256 of the evidence's words, in hexadecimal.
    pub words_sha256: String,
    /// Title of the report.
    pub title: String,
}

impl DecidedReport {
    fn pin(&self) -> String {
        format!("{} {}-{} {}", self.document, self.evidence.0, self.evidence.1, self.title)
    }
}

/// Which reports of one document users have decided on.
#[derive(Default)]
pub(crate) struct Pins {
    by_row: BTreeMap<i64, DecidedReport>,
}

impl Pins {
    pub(crate) fn pin_of(&self, row: i64) -> Option<String> {
        self.by_row.get(&row).map(DecidedReport::pin)
    }

    /// Finds for each report that was decided on the one that it is now.
    pub(crate) fn of(
        transaction: &Transaction,
        document: &str,
        text: &str,
        reports: &[(i64, &Commitment)],
    ) -> Result<Pins, LedgerError> {
        let mut statement = transaction.prepare_cached(
            "SELECT DISTINCT 0, r.document, r.span_start, r.span_end, r.words_sha256, r.title
             FROM link_decision_reports AS r JOIN link_decisions AS d ON d.n = r.decision
             WHERE r.document = ?1 AND NOT d.undone ORDER BY 3, 4, 6",
        )?;
        let decided: Vec<DecidedReport> =
            statement.query_map([document], read_report)?.collect::<Result<_, _>>()?;
        let mut pins = Pins::default();
        if decided.is_empty() {
            return Ok(pins);
        }
        let hashes: Vec<String> = reports.iter().map(|(_, report)| hash(text, report.evidence)).collect();
        for wanted in decided {
            let free = (0..reports.len()).filter(|at| !pins.by_row.contains_key(&reports[*at].0));
            let best = free
                .map(|at| (likeness(&wanted, reports[at].1, &hashes[at]), at))
                .filter(|(likeness, _)| *likeness > (0, 0, 0))
                .max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at)));
            if let Some((_, at)) = best {
                pins.by_row.insert(reports[at].0, wanted);
            }
        }
        Ok(pins)
    }
}

/// Same words, same title, shared characters: the more the better; all 0 for another report.
fn likeness(wanted: &DecidedReport, report: &Commitment, hash: &str) -> (u32, u32, u32) {
    let words = u32::from(wanted.words_sha256 == hash);
    let start = wanted.evidence.0.max(report.evidence.0);
    let shared = wanted.evidence.1.min(report.evidence.1).saturating_sub(start);
    if words == 0 && shared == 0 {
        return (0, 0, 0);
    }
    (words, u32::from(wanted.title == report.title), 1 + shared)
}

fn hash(text: &str, evidence: Extent) -> String {
    crate::add::hexadecimal(&Sha256::digest(crate::query::cut(text, evidence)))
}

/// All decisions that hold, as pairs of undertakings; of two on one pair the later.
pub(crate) fn verdicts(transaction: &Transaction) -> Result<Verdicts, LedgerError> {
    let mut verdicts = Verdicts::default();
    let mut find = transaction.prepare_cached(
        "SELECT n FROM undertakings WHERE json_extract(signature, '$.pinned') = ?1
         AND json_extract(signature, '$.pinned') IS NOT NULL",
    )?;
    for decision in decisions(transaction)?.into_iter().filter(|decision| !decision.undone) {
        let mut numbers: Vec<(i64, i64)> = Vec::new();
        for report in &decision.reports {
            if let Some(number) = find.query_row([report.pin()], |row| row.get(0)).optional()? {
                numbers.push((report.side, number));
            }
        }
        for (at, (side, a)) in numbers.iter().enumerate() {
            for (other, b) in &numbers[at + 1..] {
                let pair = (*a.min(b), *a.max(b));
                match decision.verdict {
                    Verdict::Same => {
                        verdicts.apart.remove(&pair);
                        verdicts.same.insert(pair);
                    }
                    Verdict::Apart if side != other => {
                        verdicts.same.remove(&pair);
                        verdicts.apart.insert(pair);
                    }
                    Verdict::Apart => {}
                }
            }
        }
    }
    Ok(verdicts)
}

fn read_report(row: &rusqlite::Row) -> rusqlite::Result<DecidedReport> {
    Ok(DecidedReport {
        side: row.get(0)?,
        document: row.get(1)?,
        evidence: Extent(row.get(2)?, row.get(3)?),
        words_sha256: row.get(4)?,
        title: row.get(5)?,
    })
}

fn decisions(connection: &rusqlite::Connection) -> Result<Vec<Decision>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT n, verdict = 'same', decided_by, decided_on, undone FROM link_decisions ORDER BY n",
    )?;
    let mut reports = connection.prepare_cached(
        "SELECT side, document, span_start, span_end, words_sha256, title FROM link_decision_reports
         WHERE decision = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let number = row.get(0)?;
        found.push(Decision {
            number,
            verdict: if row.get(1)? { Verdict::Same } else { Verdict::Apart },
            by: row.get(2)?,
            on: row.get(3)?,
            undone: row.get(4)?,
            reports: reports.query_map([number], read_report)?.collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

impl Ledger {
    /// All decisions, also those undone, in the order in which they were made.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, LedgerError> {
        decisions(&self.connection)
    }

    /// Decides that all named are one undertaking. `ids` are those of commitments as listed, or of single reports
    /// (`<document>#c<number>`). `by` is who decides, `on` the day.
    ///
    /// # Errors
    /// [`LedgerError::NoCommitment`] for an id that is neither, and if the ledger cannot be written.
    pub fn link(&mut self, ids: &[String], by: Option<&str>, on: Date) -> Result<i64, LedgerError> {
        let mut sides = Vec::new();
        for id in ids {
            sides.extend(self.reports_of(id)?.into_iter().map(|row| (0, row)));
        }
        self.decide(Verdict::Same, sides, by, on)
    }

    /// Decides that the reports named do not belong with the rest of their entries; a commitment named as a whole is taken
    /// apart into its single reports.
    ///
    /// # Errors
    /// As [`Ledger::link`].
    pub fn unlink(&mut self, ids: &[String], by: Option<&str>, on: Date) -> Result<i64, LedgerError> {
        let mut sides: Vec<(i64, i64)> = Vec::new();
        let (mut named, mut entries) = (BTreeSet::new(), BTreeSet::new());
        for id in ids {
            let rows = self.reports_of(id)?;
            if rows.len() > 1 {
                let next = 2 + sides.len() as i64;
                sides.extend(rows.iter().enumerate().map(|(at, row)| (next + at as i64, *row)));
                continue;
            }
            for row in rows {
                named.insert(row);
                entries.insert(self.connection.query_row(
                    "SELECT u.entry FROM commitments_coded AS c JOIN undertakings AS u ON u.n = c.undertaking WHERE c.n = ?1",
                    [row],
                    |row| row.get::<_, i64>(0),
                )?);
            }
        }
        for entry in entries {
            let mut statement = self.connection.prepare_cached(
                "SELECT c.n FROM commitments_coded AS c JOIN undertakings AS u ON u.n = c.undertaking WHERE u.entry = ?1",
            )?;
            for row in statement.query_map([entry], |row| row.get::<_, i64>(0))? {
                let row = row?;
                sides.push((i64::from(!named.contains(&row)), row));
            }
        }
        self.decide(Verdict::Apart, sides, by, on)
    }

    /// Takes a decision back, as if it had never been made.
    ///
    /// # Errors
    /// [`LedgerError::NoDecision`] if there is none of this number, and if the ledger cannot be written.
    pub fn undo_decision(&mut self, number: i64) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed =
            transaction.execute("UPDATE link_decisions SET undone = 1 WHERE n = ?1 AND NOT undone", [number])?;
        if changed == 0 {
            return Err(LedgerError::NoDecision(number));
        }
        let mut statement = transaction
            .prepare_cached("SELECT DISTINCT document FROM link_decision_reports WHERE decision = ?1")?;
        let documents: Vec<String> = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(statement);
        super::replace(&transaction, &documents)?;
        Ok(transaction.commit()?)
    }

    /// Rows of the reports that an id names.
    fn reports_of(&self, id: &str) -> Result<Vec<i64>, LedgerError> {
        let mut statement = self.connection.prepare_cached("SELECT n FROM commitments_coded WHERE id = ?1")?;
        let rows: Vec<i64> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if !rows.is_empty() {
            return Ok(rows);
        }
        let entries = super::entries_with_rows(self)?;
        let found = entries.into_iter().find(|(entry, _)| entry == id).map(|(_, rows)| rows);
        found.ok_or_else(|| LedgerError::NoCommitment(id.to_owned()))
    }

    fn decide(
        &mut self,
        verdict: Verdict,
        sides: Vec<(i64, i64)>,
        by: Option<&str>,
        on: Date,
    ) -> Result<i64, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let label = if verdict == Verdict::Same { "same" } else { "apart" };
        let number = transaction
            .prepare_cached("INSERT INTO link_decisions (verdict, decided_by, decided_on) VALUES (?1, ?2, ?3)")?
            .insert(params![label, by, on.to_string()])?;
        let mut documents = BTreeSet::new();
        for (position, (side, row)) in sides.into_iter().enumerate() {
            let report = decided_report(&transaction, side, row)?;
            documents.insert(report.document.clone());
            transaction.execute(
                "INSERT INTO link_decision_reports (decision, position, side, document, span_start, span_end,
                    words_sha256, title) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    number,
                    position as i64,
                    report.side,
                    report.document,
                    report.evidence.0,
                    report.evidence.1,
                    report.words_sha256,
                    report.title
                ],
            )?;
        }
        super::replace(&transaction, &documents.into_iter().collect::<Vec<_>>())?;
        transaction.commit()?;
        Ok(number)
    }
}

/// A report as a decision names it; one that an earlier decision named keeps that name.
fn decided_report(transaction: &Transaction, side: i64, row: i64) -> Result<DecidedReport, LedgerError> {
    let (document, text, evidence, title, pinned) = transaction.query_row(
        "SELECT d.id, t.text, c.evidence_start, c.evidence_end, c.title, json_extract(u.signature, '$.pinned')
         FROM commitments_coded AS c JOIN documents AS d ON d.n = c.document JOIN texts AS t ON t.document = d.n
         JOIN undertakings AS u ON u.n = c.undertaking WHERE c.n = ?1",
        [row],
        |row| {
            let evidence = Extent(row.get(2)?, row.get(3)?);
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                evidence,
                row.get(4)?,
                row.get::<_, Option<String>>(5)?,
            ))
        },
    )?;
    let fresh = DecidedReport { side, words_sha256: hash(&text, evidence), document, evidence, title };
    let Some(pinned) = pinned else { return Ok(fresh) };
    let known = decisions(transaction)?.into_iter().flat_map(|decision| decision.reports);
    let named = known.into_iter().find(|report| report.pin() == pinned);
    Ok(named.map_or(fresh, |named| DecidedReport { side, ..named }))
}

/// The verdicts, and for each undertaking those on which a decision was made together with it.
pub(crate) fn bound(transaction: &Transaction) -> Result<(Verdicts, BTreeMap<i64, Vec<i64>>), LedgerError> {
    let verdicts = verdicts(transaction)?;
    let mut bound: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for &(a, b) in verdicts.same.iter().chain(&verdicts.apart) {
        bound.entry(a).or_default().push(b);
        bound.entry(b).or_default().push(a);
    }
    Ok((verdicts, bound))
}
