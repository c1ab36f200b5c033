//! Adding documents: all of a batch or nothing, in one transaction.

use std::path::Path;

use chancery_model::{Coded, Commitment, Document};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::ledger::patiently;
use crate::links::{Memory, Pins, Touched};
use crate::{Ledger, LedgerError, happenings, relations, store, stories};

/// One document with what was coded from it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The document.
    pub document: &'e Document,
    /// What was coded from it.
    pub coded: &'e Coded,
    /// Where it was read: file, and line where there is one.
    pub origin: Option<&'e str>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Added {
    /// Documents that the ledger did not have.
    pub new: u64,
    /// Documents that it had, coded by the same coder: left as they were.
    pub unchanged: u64,
    /// Documents whose id it had with other content, or coded by another coder: replaced with all their records.
    pub replaced: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.unchanged += other.unchanged;
        self.replaced += other.replaced;
    }
}

impl Ledger {
    /// Adds a batch. When this returns `Ok`, the batch survives a kill of the process and loss of power; on an error
    /// nothing of it is in the ledger. `coder` names the program and lexicon that coded it.
    ///
    /// # Errors
    /// If the ledger cannot be written, or is locked by another process for minutes.
    pub fn add(&mut self, entries: &[Entry], coder: &str) -> Result<Added, LedgerError> {
        let path = self.path.clone();
        patiently(&path, || {
            // what a transaction that comes to nothing has put there would mislead the next
            let mut memory = std::mem::take(&mut self.memory);
            let added = self.add_once(entries, coder, &path, &mut memory)?;
            self.memory = memory;
            Ok(added)
        })
    }

    /// True if the ledger holds just this document, coded by this coder: coding it again would change nothing.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn is_unchanged(&self, document: &Document, coder: &str) -> Result<bool, LedgerError> {
        patiently(&self.path, || {
            let mut statement =
                self.connection.prepare_cached("SELECT fingerprint, coder FROM documents WHERE id = ?1")?;
            let known = statement
                .query_row([&document.id], |row| Ok(Known { n: 0, hash: row.get(0)?, coder: row.get(1)? }));
            Ok(known.optional()?.is_some_and(|known| known.is(&Hashes::of(document), coder)))
        })
    }

    fn add_once(
        &mut self,
        entries: &[Entry],
        coder: &str,
        path: &Path,
        memory: &mut Memory,
    ) -> Result<Added, LedgerError> {
        debug_assert_eq!(path, self.path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        let mut across = Across::default();
        let mut touched = Touched::default();
        for entry in entries {
            let hashes = Hashes::of(entry.document);
            match find(&transaction, &entry.document.id)? {
                Some(known) if known.is(&hashes, coder) => {
                    added.unchanged += 1;
                    continue;
                }
                Some(known) => {
                    across.remove(&transaction, known.n)?;
                    touched.note_document(&transaction, known.n)?;
                    store::remove_document(&transaction, known.n)?;
                    added.replaced += 1;
                }
                None => added.new += 1,
            }
            let (n, reports) = store::insert_document(&transaction, entry, &hashes, coder)?;
            across.insert(&transaction, n)?;
            let reports: Vec<(i64, &Commitment)> = reports.into_iter().zip(&entry.coded.commitments).collect();
            let pins = Pins::of(&transaction, &entry.document.id, &entry.document.text, &reports)?;
            touched.place_document(&transaction, memory, entry.document.date, &reports, &pins)?;
        }
        across.settle(&transaction)?;
        touched.settle(&transaction, memory)?;
        transaction.commit()?;
        Ok(added)
    }
}

/// Documents of an older ledger that are looked through at once: bounds the memory.
const FOUND_AT_ONCE: usize = 512;

/// What a transaction changes in that which is known across documents.
#[derive(Default)]
pub(crate) struct Across {
    copies: stories::Changes,
    happenings: happenings::Changes,
    relations: relations::Changes,
}

impl Across {
    /// Notes a document that was written.
    pub(crate) fn insert(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        self.copies.insert(transaction, document)?;
        self.happenings.insert(transaction, document)
    }

    /// Notes a document that is about to be deleted.
    pub(crate) fn remove(&mut self, transaction: &Transaction, document: i64) -> Result<(), LedgerError> {
        self.copies.remove(transaction, document)?;
        self.happenings.remove(transaction, document, &mut self.relations)
    }

    /// Finds everything for the documents of a ledger that has nothing yet, a part at a time.
    pub(crate) fn find_all(transaction: &Transaction) -> Result<(), LedgerError> {
        let mut statement = transaction.prepare("SELECT n FROM documents ORDER BY date, id")?;
        let documents: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for part in documents.chunks(FOUND_AT_ONCE) {
            let mut across = Across::default();
            part.iter().try_for_each(|document| across.insert(transaction, *document))?;
            across.settle(transaction)?;
        }
        Ok(())
    }

    /// Brings reprints, happenings and relations up to date.
    pub(crate) fn settle(mut self, transaction: &Transaction) -> Result<(), LedgerError> {
        self.copies.settle(transaction)?;
        self.happenings.settle(transaction, &mut self.relations)?;
        self.relations.apply(transaction)
    }
}

/// What the ledger has under an id.
struct Known {
    n: i64,
    hash: Vec<u8>,
    coder: Option<String>,
}

impl Known {
    fn is(&self, hashes: &Hashes, coder: &str) -> bool {
        self.hash == hashes.fingerprint && self.coder.as_deref() == Some(coder)
    }
}

fn find(transaction: &Transaction, id: &str) -> Result<Option<Known>, LedgerError> {
    let mut statement = transaction.prepare_cached("SELECT n, fingerprint, coder FROM documents WHERE id = ?1")?;
    let known =
        statement.query_row(params![id], |row| Ok(Known { n: row.get(0)?, hash: row.get(1)?, coder: row.get(2)? }));
    Ok(known.optional()?)
}

/// The bytes of a hash, two digits each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// By which a document is recognised.
pub(crate) struct Hashes {
    /// SHA-256 of the text, in hexadecimal: what a citation is checked against.
    pub(crate) text: String,
    /// SHA-256 over the text's and every other field.
    pub(crate) fingerprint: [u8; 32],
}

impl Hashes {
    pub(crate) fn of(document: &Document) -> Hashes {
        let text = Sha256::digest(document.text.as_bytes());
        let mut all = Sha256::new();
        all.update(text);
        let date = document.date.map(|date| date.to_string());
        let Document { id, title, url, source, author, language, .. } = document;
        let id = Some(id);
        for field in
            [id, date.as_ref(), title.as_ref(), url.as_ref(), source.as_ref(), author.as_ref(), language.as_ref()]
        {
            // The length, and one that no text has for absence, keep neighbouring fields apart.
            all.update(field.map_or(u64::MAX, |text| text.len() as u64).to_le_bytes());
            all.update(field.map_or("", String::as_str).as_bytes());
        }
        Hashes { text: hexadecimal(&text), fingerprint: all.finalize().into() }
    }
}
