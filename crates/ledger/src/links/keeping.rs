//! Links kept current in the transaction that changes documents.
//!
//! A change of reports changes undertakings; those are compared with the ones that share a key, and only the clusters
//! that a changed undertaking can reach are joined anew. Since scores depend on two undertakings alone and clusters on
//! what is connected, the result equals that of linking everything from scratch.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chancery_model::Commitment;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};

use super::cluster::clusters;
use super::decisions::Pins;
use super::likeness::{ALIKE, score};
use super::undertaking::Undertaking;
use crate::LedgerError;

/// Undertakings by number, kept between batches: a number never changes its meaning.
pub(crate) type Memory = HashMap<i64, Arc<Undertaking>>;

/// Undertakings whose reports a transaction changes.
#[derive(Default)]
pub(crate) struct Touched {
    numbers: BTreeSet<i64>,
    created: BTreeSet<i64>,
}

impl Touched {
    /// Notes all undertakings that a stored document reports: before its removal.
    pub(crate) fn note_document(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        let mut statement = transaction.prepare_cached(
            "SELECT undertaking FROM commitments_coded WHERE document = ?1 AND undertaking IS NOT NULL",
        )?;
        let numbers = statement.query_map([document], |row| row.get(0))?;
        for number in numbers {
            self.numbers.insert(number?);
        }
        Ok(())
    }

    /// Gives every report of a stored document its undertaking. `reports` are numbers of rows and what they hold.
    pub(crate) fn place_document(
        &mut self,
        transaction: &Transaction,
        memory: &mut Memory,
        published: Option<Date>,
        reports: &[(i64, &Commitment)],
        pins: &Pins,
    ) -> Result<(), LedgerError> {
        for (row, report) in reports {
            let undertaking = Undertaking::of(report, published, pins.pin_of(*row));
            let number = self.number_of(transaction, memory, undertaking)?;
            transaction
                .prepare_cached("UPDATE commitments_coded SET undertaking = ?2 WHERE n = ?1")?
                .execute(params![row, number])?;
        }
        Ok(())
    }

    fn number_of(
        &mut self,
        transaction: &Transaction,
        memory: &mut Memory,
        undertaking: Undertaking,
    ) -> Result<i64, LedgerError> {
        let signature = undertaking.signature();
        let known = transaction
            .prepare_cached("SELECT n FROM undertakings WHERE signature = ?1")?
            .query_row([&signature], |row| row.get(0))
            .optional()?;
        if let Some(number) = known {
            return Ok(number);
        }
        let number =
            transaction.prepare_cached("INSERT INTO undertakings (signature) VALUES (?1)")?.insert([&signature])?;
        let mut insert =
            transaction.prepare_cached("INSERT INTO undertaking_keys (key, undertaking) VALUES (?1, ?2)")?;
        for key in undertaking.keys() {
            insert.execute(params![key, number])?;
        }
        memory.insert(number, Arc::new(undertaking));
        self.numbers.insert(number);
        self.created.insert(number);
        Ok(number)
    }

    /// Compares what is new, forgets what nobody reports any more, and joins anew what either can reach.
    pub(crate) fn settle(self, transaction: &Transaction, memory: &mut Memory) -> Result<(), LedgerError> {
        for &number in &self.created {
            compare(transaction, memory, number)?;
        }
        let (mut reach, mut gone) = (BTreeSet::new(), BTreeSet::new());
        let (_, decided) = super::decisions::bound(transaction)?;
        for &number in &self.numbers {
            let reported: bool = transaction
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM commitments_coded WHERE undertaking = ?1)")?
                .query_row([number], |row| row.get(0))?;
            if reported {
                reach.insert(number);
                continue;
            }
            reach.extend(neighbours(transaction, number)?.into_iter().map(|(other, _)| other));
            reach.extend(decided.get(&number).into_iter().flatten());
            transaction.prepare_cached("DELETE FROM undertakings WHERE n = ?1")?.execute([number])?;
            memory.remove(&number);
            gone.insert(number);
        }
        reach.retain(|number| !gone.contains(number));
        rejoin(transaction, memory, reach)
    }
}

/// Finds the pairs of a new undertaking.
fn compare(transaction: &Transaction, memory: &mut Memory, number: i64) -> Result<(), LedgerError> {
    let mut statement = transaction.prepare_cached(
        "SELECT DISTINCT other.undertaking FROM undertaking_keys AS own
         JOIN undertaking_keys AS other ON other.key = own.key AND other.undertaking <> own.undertaking
         WHERE own.undertaking = ?1",
    )?;
    let others: Vec<i64> = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let own = recall(transaction, memory, number)?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO undertaking_links (a, b, score) VALUES (?1, ?2, ?3)")?;
    for other in others {
        let score = score(&own, &*recall(transaction, memory, other)?);
        if score >= ALIKE {
            insert.execute(params![number.min(other), number.max(other), score])?;
        }
    }
    Ok(())
}

fn recall(transaction: &Transaction, memory: &mut Memory, number: i64) -> Result<Arc<Undertaking>, LedgerError> {
    if let Some(known) = memory.get(&number) {
        return Ok(Arc::clone(known));
    }
    let signature: String = transaction
        .prepare_cached("SELECT signature FROM undertakings WHERE n = ?1")?
        .query_row([number], |row| row.get(0))?;
    let read: Undertaking = serde_json::from_str(&signature)
        .map_err(|_| LedgerError::Corrupt { what: "an undertaking", value: signature })?;
    let read = Arc::new(read);
    memory.insert(number, Arc::clone(&read));
    Ok(read)
}

/// What is linked with an undertaking, with the score.
fn neighbours(transaction: &Transaction, number: i64) -> Result<Vec<(i64, i64)>, LedgerError> {
    let mut statement = transaction.prepare_cached(
        "SELECT b, score FROM undertaking_links WHERE a = ?1 UNION ALL SELECT a, score FROM undertaking_links WHERE b = ?1",
    )?;
    let pairs = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Joins anew all that the numbers can reach over links and users' decisions.
fn rejoin(transaction: &Transaction, memory: &mut Memory, from: BTreeSet<i64>) -> Result<(), LedgerError> {
    let (verdicts, decided) = super::decisions::bound(transaction)?;
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    for start in from {
        if seen.contains(&start) {
            continue;
        }
        let (reached, pairs) = component(transaction, start, &decided)?;
        seen.extend(&reached);
        let recalled: BTreeMap<i64, Arc<Undertaking>> = reached
            .iter()
            .map(|&n| Ok((n, recall(transaction, memory, n)?)))
            .collect::<Result<_, LedgerError>>()?;
        let undertakings = recalled.iter().map(|(n, undertaking)| (*n, undertaking.as_ref())).collect();
        write(transaction, &clusters(&undertakings, &pairs, &verdicts))?;
    }
    Ok(())
}

type Component = (BTreeSet<i64>, Vec<(i64, i64, i64)>);

fn component(
    transaction: &Transaction,
    start: i64,
    decided: &BTreeMap<i64, Vec<i64>>,
) -> Result<Component, LedgerError> {
    let (mut reached, mut pairs, mut next) = (BTreeSet::from([start]), Vec::new(), vec![start]);
    while let Some(number) = next.pop() {
        let linked = neighbours(transaction, number)?;
        pairs.extend(
            linked.iter().filter(|(other, _)| number < *other).map(|&(other, score)| (number, other, score)),
        );
        let others = linked.iter().map(|(other, _)| other).chain(decided.get(&number).into_iter().flatten());
        next.extend(others.copied().filter(|other| reached.insert(*other)));
    }
    Ok((reached, pairs))
}

fn write(transaction: &Transaction, clusters: &BTreeMap<i64, i64>) -> Result<(), LedgerError> {
    let mut update =
        transaction.prepare_cached("UPDATE undertakings SET entry = ?2 WHERE n = ?1 AND entry <> ?2")?;
    for (number, entry) in clusters {
        update.execute(params![number, entry])?;
    }
    Ok(())
}
