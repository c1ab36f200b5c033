//! Stories: documents that report the same happening, reprints and near-copies marked, the earliest source first.
//!
//! In: the ledger. Out: every document in one story. Two documents are of one story if one is for the better part a copy
//! of the other, or if what they are mainly about is one happening. Stories are put together when they are asked for;
//! copies and happenings are kept current by every transaction.

mod alignment;
mod copies;
mod fingerprints;
mod words;

use std::collections::BTreeMap;

use chancery_model::Extent;
use jiff::civil::Date;
use serde::Serialize;

pub(crate) use copies::{Changes, day_number};
pub(crate) use words::hash;

use crate::{Ledger, LedgerError};

/// Documents that report the same happening.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Id of the first document.
    pub id: String,
    /// Earliest publication date.
    pub first_date: Option<Date>,
    /// Earliest source first.
    pub documents: Vec<StoryDocument>,
}

/// A document's part in a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryDocument {
    /// Id of the document.
    pub id: String,
    /// The document that it reprints, wholly or in part; it may belong to another story if only a passage was taken.
    pub reprint_of: Option<String>,
    /// Passages of its text taken from there.
    pub copied: Vec<Extent>,
}

/// Share of a text that a copy must have taken from its source to tell the same story.
const MOST: f64 = 0.5;
/// How many of a document's most salient events say what it is about.
const MAIN_EVENTS: i64 = 3;
/// Days between publication and an event that the document is about; older ones are its background.
const NEWS: i64 = 10;

/// Calls `each` with every story, sorted by first date and id of the first document; undated ones last.
///
/// # Errors
/// If the ledger cannot be read, or from `each`.
pub fn for_each_story(
    ledger: &Ledger,
    mut each: impl FnMut(Story) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let documents = documents(ledger)?;
    let mut groups = Groups::new(documents.len());
    let place: BTreeMap<i64, usize> = documents.iter().enumerate().map(|(at, document)| (document.n, at)).collect();
    for (at, document) in documents.iter().enumerate() {
        if let Some(source) = document.told_from.and_then(|source| place.get(&source)) {
            groups.join(at, *source);
        }
    }
    let mut first_with: BTreeMap<i64, usize> = BTreeMap::new();
    let mut statement = ledger.connection.prepare(MAIN_HAPPENINGS)?;
    let mut rows = statement.query([MAIN_EVENTS, NEWS])?;
    while let Some(row) = rows.next()? {
        let (document, happening): (i64, i64) = (row.get(0)?, row.get(1)?);
        let Some(at) = place.get(&document) else { continue };
        let first = *first_with.entry(happening).or_insert(*at);
        groups.join(*at, first);
    }
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..documents.len() {
        stories.entry(groups.of(at)).or_default().push(at);
    }
    // `documents` is in order, and a group is named by its first.
    stories.into_values().try_for_each(|members| each(story(ledger, &documents, &members)?))
}

/// Happenings of which a document tells as news.
const MAIN_HAPPENINGS: &str = "SELECT events.document, reports.happening
    FROM events JOIN documents ON documents.n = events.document JOIN reports ON reports.event = events.n
    WHERE events.position < ?1 AND status IN ('actual', 'future')
    AND (events.date_start IS NULL OR documents.date IS NULL
        OR julianday(documents.date) - julianday(events.date_start) BETWEEN -?2 AND ?2)";

/// A document with what it copied, without its text.
struct Document {
    n: i64,
    id: String,
    date: Option<String>,
    source: Option<i64>,
    /// Its source, if the better part of it comes from there.
    told_from: Option<i64>,
}

/// All documents: by day, undated ones last, then by id.
fn documents(ledger: &Ledger) -> Result<Vec<Document>, LedgerError> {
    let mut statement = ledger.connection.prepare(
        "SELECT n, id, date, copies.source, copies.words >= ?1 * documents.words FROM documents
         LEFT JOIN copies ON copies.document = n ORDER BY date IS NULL, date, id",
    )?;
    let mut rows = statement.query([MOST])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let source: Option<i64> = row.get(3)?;
        let most: Option<bool> = row.get(4)?;
        found.push(Document {
            n: row.get(0)?,
            id: row.get(1)?,
            date: row.get(2)?,
            source,
            told_from: source.filter(|_| most == Some(true)),
        });
    }
    Ok(found)
}

fn story(ledger: &Ledger, documents: &[Document], members: &[usize]) -> Result<Story, LedgerError> {
    let first = &documents[members[0]];
    let mut told = Vec::with_capacity(members.len());
    for document in members.iter().map(|at| &documents[*at]) {
        let (reprint_of, copied) = match document.source {
            Some(source) => (Some(id_of(ledger, source)?), copied(ledger, document.n)?),
            None => (None, Vec::new()),
        };
        told.push(StoryDocument { id: document.id.clone(), reprint_of, copied });
    }
    Ok(Story {
        id: first.id.clone(),
        first_date: first.date.as_deref().and_then(|date| date.parse().ok()),
        documents: told,
    })
}

fn id_of(ledger: &Ledger, document: i64) -> Result<String, LedgerError> {
    let mut statement = ledger.connection.prepare_cached("SELECT id FROM documents WHERE n = ?1")?;
    Ok(statement.query_row([document], |row| row.get(0))?)
}

fn copied(ledger: &Ledger, document: i64) -> Result<Vec<Extent>, LedgerError> {
    let mut statement = ledger
        .connection
        .prepare_cached("SELECT copy_start, copy_end FROM passages WHERE document = ?1 ORDER BY position")?;
    let extents = statement.query_map([document], |row| Ok(Extent(row.get(0)?, row.get(1)?)))?;
    Ok(extents.collect::<Result<_, _>>()?)
}

/// Disjoint sets, each named by its smallest member.
struct Groups(Vec<usize>);

impl Groups {
    fn new(size: usize) -> Groups {
        Groups((0..size).collect())
    }

    fn of(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}
