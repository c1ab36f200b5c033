//! Who copied from whom, kept current while documents are added and replaced.
//!
//! In: the texts of a transaction's documents. Out: rows of `copies` and `passages`. The source of a fingerprint is the
//! earliest document that holds it: by day of publication, undated ones last, then by id. A document is held against
//! the few sources that most of its fingerprints name, and what it copied is aligned there. All of this depends on the
//! texts in the ledger alone, not on the order of adding: where a document changes the source of a fingerprint, every
//! document that holds the fingerprint is looked at again.
//!
//! A passage that an outlet prints day after day belongs to no one; it is *standing*, and its words make no copy.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::alignment::{Copied, align};
use super::fingerprints::{Fingerprint, SHINGLE, fingerprints};
use super::words::{Word, hash, words};
use crate::LedgerError;

/// A passage that one outlet printed on more days than this is standing.
const OUTLET_DAYS: usize = 3;
/// And one that appeared on more days than this anywhere: a press release is reprinted within a week or two.
const ANY_DAYS: usize = 14;
/// Sources that a document is held against. One that copies from more gives what it has most from.
const SOURCES: usize = 4;
/// Of sources that hold nearly as much of the text, the earliest is the source: this share of the most.
const NEARLY: f64 = 0.8;
/// Texts kept as words while a transaction is settled.
const TEXTS: usize = 512;

/// Stands for the day of an undated document: after all others.
const UNDATED: i64 = 1 << 40;

/// One document's hold on a fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hold {
    hash: i64,
    /// Day of publication, in days since 1970.
    born: i64,
    document: i64,
    outlet: i64,
}

/// What a transaction does to the fingerprints, gathered so that it is settled once.
#[derive(Default)]
pub(crate) struct Changes {
    added: BTreeMap<i64, Vec<Hold>>,
    removed: Vec<Hold>,
}

impl Changes {
    /// Notes a document that was written.
    pub(crate) fn insert(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        self.added.insert(document, holds(transaction, document)?);
        Ok(())
    }

    /// Notes a document that is about to be deleted.
    pub(crate) fn remove(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        if self.added.remove(&document).is_none() {
            self.removed.extend(holds(transaction, document)?);
        }
        Ok(())
    }

    /// Brings `copies` and `passages` up to date.
    pub(crate) fn settle(self, transaction: &Transaction) -> Result<(), LedgerError> {
        let mut unsettled: BTreeSet<i64> = self.added.keys().copied().collect();
        let mut touched: BTreeMap<i64, (Vec<Hold>, Vec<Hold>)> = BTreeMap::new();
        for hold in self.removed {
            touched.entry(hold.hash).or_default().0.push(hold);
        }
        for hold in self.added.into_values().flatten() {
            touched.entry(hold.hash).or_default().1.push(hold);
        }
        let mut settling = Settling { transaction, sources: HashMap::new(), texts: HashMap::new() };
        // In the order of the table's key: neighbours share pages.
        for (hash, (removed, added)) in &touched {
            settling.change(*hash, removed, added, &mut unsettled)?;
        }
        let mut exists = transaction.prepare_cached("SELECT 1 FROM documents WHERE n = ?1")?;
        for document in unsettled {
            if exists.exists([document])? {
                settling.settle(document)?;
            }
        }
        Ok(())
    }
}

/// The holds of a stored document.
fn holds(transaction: &Transaction, document: i64) -> Result<Vec<Hold>, LedgerError> {
    let mut statement = transaction.prepare_cached(
        "SELECT date, source, url, text FROM documents JOIN texts ON texts.document = n WHERE n = ?1",
    )?;
    let (date, source, url, text): (Option<String>, Option<String>, Option<String>, String) =
        statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let born = date.as_deref().and_then(day_number).unwrap_or(UNDATED);
    let outlet = hash(source.as_deref().or(host(url.as_deref())).unwrap_or("").as_bytes()).cast_signed() >> 32;
    let mut found: Vec<Hold> = fingerprints(&words(&text))
        .into_iter()
        .map(|fingerprint| Hold { hash: fingerprint.hash, born, document, outlet })
        .collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Days since 1970 of a stored date.
pub(crate) fn day_number(date: &str) -> Option<i64> {
    let date: jiff::civil::Date = date.parse().ok()?;
    Some(i64::from(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days()))
}

/// The host of an address: it stands for the outlet where no outlet is named.
fn host(url: Option<&str>) -> Option<&str> {
    let rest = url?.split_once("://")?.1;
    rest.split(['/', '?', '#']).next()
}

/// The earliest holder of a fingerprint; `None` for one that belongs to no one.
type Source = Option<i64>;

struct Settling<'t> {
    transaction: &'t Transaction<'t>,
    /// Sources of fingerprints as they are after all changes.
    sources: HashMap<i64, Source>,
    texts: HashMap<i64, Rc<Vec<Word>>>,
}

impl Settling<'_> {
    /// Writes the changed holds of one fingerprint and notes the documents for which its source is another now.
    fn change(
        &mut self,
        hash: i64,
        removed: &[Hold],
        added: &[Hold],
        unsettled: &mut BTreeSet<i64>,
    ) -> Result<(), LedgerError> {
        let was_standing = self.is_standing(hash)?;
        let before = if was_standing { None } else { self.earliest(hash)? };
        let mut delete = self
            .transaction
            .prepare_cached("DELETE FROM fingerprints WHERE hash = ?1 AND born = ?2 AND document = ?3")?;
        for hold in removed {
            delete.execute(params![hash, hold.born, hold.document])?;
        }
        let mut insert = self
            .transaction
            .prepare_cached("INSERT INTO fingerprints (hash, born, document, outlet) VALUES (?1, ?2, ?3, ?4)")?;
        for hold in added {
            insert.execute(params![hash, hold.born, hold.document, hold.outlet])?;
        }
        // More documents cannot make a standing passage anybody's.
        let is_standing = if was_standing && removed.is_empty() {
            true
        } else if before.is_none() && !was_standing && added.len() <= OUTLET_DAYS {
            false
        } else {
            self.judge(hash)?
        };
        if is_standing != was_standing {
            let sql = if is_standing {
                "INSERT INTO standing (hash) VALUES (?1)"
            } else {
                "DELETE FROM standing WHERE hash = ?1"
            };
            self.transaction.prepare_cached(sql)?.execute([hash])?;
        }
        let after = if is_standing { None } else { self.earliest(hash)? };
        self.sources.insert(hash, after);
        let was_held = before.is_some() || was_standing;
        // Who came first among documents of one day cannot be asked once one of them is gone.
        if was_held && (before != after || !removed.is_empty()) || is_standing != was_standing {
            unsettled.extend(self.holders(hash)?);
        }
        Ok(())
    }

    fn is_standing(&self, hash: i64) -> Result<bool, LedgerError> {
        let mut statement = self.transaction.prepare_cached("SELECT 1 FROM standing WHERE hash = ?1")?;
        Ok(statement.exists([hash])?)
    }

    /// Whether an outlet printed it on too many days, or all outlets together did.
    fn judge(&self, hash: i64) -> Result<bool, LedgerError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT born, document, outlet FROM fingerprints WHERE hash = ?1 ORDER BY born")?;
        let mut rows = statement.query([hash])?;
        let mut days: BTreeSet<i64> = BTreeSet::new();
        let mut outlets: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (born, document, outlet): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            // Nothing says that two undated documents appeared on one day.
            let day = if born == UNDATED { UNDATED + document } else { born };
            days.insert(day);
            let printed = outlets.entry(outlet).or_default();
            printed.insert(day);
            if printed.len() > OUTLET_DAYS || days.len() > ANY_DAYS {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The earliest document that holds it.
    fn earliest(&self, hash: i64) -> Result<Option<i64>, LedgerError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT born, document FROM fingerprints WHERE hash = ?1 ORDER BY born LIMIT 2")?;
        let mut rows = statement.query([hash])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (born, document): (i64, i64) = (row.get(0)?, row.get(1)?);
        let is_only = rows.next()?.is_none_or(|row| row.get(0) != Ok(born));
        if is_only {
            return Ok(Some(document));
        }
        let mut statement = self.transaction.prepare_cached(
            "SELECT document FROM fingerprints JOIN documents ON documents.n = document
             WHERE hash = ?1 AND born = ?2 ORDER BY documents.id LIMIT 1",
        )?;
        Ok(statement.query_row([hash, born], |row| row.get(0)).optional()?)
    }

    fn holders(&self, hash: i64) -> Result<Vec<i64>, LedgerError> {
        let mut statement = self.transaction.prepare_cached("SELECT document FROM fingerprints WHERE hash = ?1")?;
        Ok(statement.query_map([hash], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn source(&mut self, hash: i64) -> Result<Source, LedgerError> {
        if let Some(source) = self.sources.get(&hash) {
            return Ok(*source);
        }
        let source = if self.is_standing(hash)? { None } else { self.earliest(hash)? };
        self.sources.insert(hash, source);
        Ok(source)
    }

    fn words(&mut self, document: i64) -> Result<Rc<Vec<Word>>, LedgerError> {
        if let Some(words) = self.texts.get(&document) {
            return Ok(Rc::clone(words));
        }
        let mut statement = self.transaction.prepare_cached("SELECT text FROM texts WHERE document = ?1")?;
        let text: String = statement.query_row([document], |row| row.get(0))?;
        if self.texts.len() >= TEXTS {
            self.texts.clear();
        }
        let words = Rc::new(words(&text));
        self.texts.insert(document, Rc::clone(&words));
        Ok(words)
    }

    /// Writes what one document copied and from where.
    fn settle(&mut self, document: i64) -> Result<(), LedgerError> {
        self.transaction.prepare_cached("DELETE FROM copies WHERE document = ?1")?.execute([document])?;
        let text = self.words(document)?;
        let prints = fingerprints(&text);
        let mut standing = vec![false; text.len()];
        let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
        let mut standing_since: Option<usize> = None;
        for Fingerprint { hash, at } in &prints {
            match self.source(*hash)? {
                // What lies between two standing shingles is standing too: only a sample of shingles is kept.
                None => standing[standing_since.unwrap_or(*at)..*at + SHINGLE].fill(true),
                Some(source) if source == document => {}
                Some(source) => *votes.entry(source).or_default() += 1,
            }
            standing_since = self.source(*hash)?.is_none().then_some(*at);
        }
        if let Some(since) = standing_since {
            standing[since..].fill(true);
        }
        let mut best: Vec<(i64, Copied)> = Vec::new();
        for source in self.ranked(votes)? {
            let words = self.words(source)?;
            best.push((source, align(&text, &words, &standing)));
        }
        let most = best.iter().map(|(_, copied)| copied.words).max().unwrap_or(0);
        // `ranked` and the sort are by merit; among those that hold nearly as much, the earliest is the source.
        let mut holding: Vec<&(i64, Copied)> = best
            .iter()
            .filter(|(_, copied)| most > 0 && f64::from(copied.words) >= NEARLY * f64::from(most))
            .collect();
        let order = self.order(holding.iter().map(|(source, _)| *source))?;
        holding.sort_by_key(|(source, _)| order.get(source));
        match holding.first() {
            Some((source, copied)) => self.write(document, *source, copied),
            None => Ok(()),
        }
    }

    /// The sources that most fingerprints name, most first, of equals the earliest.
    fn ranked(&self, votes: BTreeMap<i64, usize>) -> Result<Vec<i64>, LedgerError> {
        let order = self.order(votes.keys().copied())?;
        let mut ranked: Vec<(i64, usize)> = votes.into_iter().collect();
        ranked.sort_by_key(|(source, votes)| (std::cmp::Reverse(*votes), order.get(source)));
        Ok(ranked.into_iter().take(SOURCES).map(|(source, _)| source).collect())
    }

    /// By what documents are ordered: day of publication, then id.
    fn order(&self, documents: impl Iterator<Item = i64>) -> Result<BTreeMap<i64, (i64, String)>, LedgerError> {
        let mut statement = self.transaction.prepare_cached("SELECT date, id FROM documents WHERE n = ?1")?;
        let mut order = BTreeMap::new();
        for document in documents {
            let (date, id): (Option<String>, String) =
                statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
            order.insert(document, (date.as_deref().and_then(day_number).unwrap_or(UNDATED), id));
        }
        Ok(order)
    }

    fn write(&self, document: i64, source: i64, copied: &Copied) -> Result<(), LedgerError> {
        self.transaction
            .prepare_cached("INSERT INTO copies (document, source, words) VALUES (?1, ?2, ?3)")?
            .execute(params![document, source, copied.words])?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO passages (document, position, copy_start, copy_end, source_start, source_end, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (position, passage) in copied.passages.iter().enumerate() {
            insert.execute(params![
                document,
                position as i64,
                passage.copy.0,
                passage.copy.1,
                passage.source.0,
                passage.source.1,
                passage.words,
            ])?;
        }
        Ok(())
    }
}
