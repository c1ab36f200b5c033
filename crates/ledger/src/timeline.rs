//! The happenings of a relation, each with every report of it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Event, EventType, Extent, Status};
use jiff::civil::Date;
use rusqlite::types::Value;
use serde::Serialize;

use crate::read::{HEAD, head};
use crate::{Ledger, LedgerError, query};

/// Which happenings; what is `None` does not restrict.
#[derive(Clone, Debug)]
pub struct TimelineFilter {
    /// Two codes, in any order.
    pub between: (String, String),
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Whether it happened.
    pub status: Option<Status>,
    /// First day, by the first report; a happening without a date has its first document's.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// Something that happened between two parties, however many documents report it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// Its first day; else the day on which it was first reported; `None` where neither is known.
    pub day: Option<Date>,
    /// As the first document reports it; its id is the happening's.
    #[serde(flatten)]
    pub event: Event,
    /// Number of documents that report it.
    pub documents: usize,
    /// Of them, how many did not copy from another document.
    pub originals: usize,
    /// Number of different outlets among them; documents without a source count as one.
    pub sources: usize,
    /// All reports, the first first.
    pub reports: Vec<Report>,
}

/// One document's words on a happening.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Id of the document.
    pub document: String,
    /// When it was published.
    pub published: Option<Date>,
    /// Outlet or issuing body.
    pub source: Option<String>,
    /// The document from which it copied, if it did.
    pub reprint_of: Option<String>,
    /// The sentence, in code points.
    pub sentence: Extent,
    /// Its words.
    pub words: String,
}

/// What comes before the columns of the document's head.
const SELECT: &str =
    "SELECT events.*, reports.happening, events.day AS day_known, original.id AS original, 0 AS head_follows";

const FROM: &str =
    "FROM reports JOIN events ON events.n = reports.event JOIN documents ON documents.n = events.document
    LEFT JOIN copies ON copies.document = documents.n LEFT JOIN documents AS original ON original.n = copies.source
    JOIN events AS first ON first.n = reports.happening";

impl Ledger {
    /// The happenings between two parties, earliest first; undated ones come first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn timeline(&self, filter: &TimelineFilter) -> Result<Vec<Happening>, LedgerError> {
        let (one, other) = &filter.between;
        let mut conditions = vec![
            "reports.event IN (SELECT event FROM event_pairs WHERE a = ?1 AND b = ?2)",
            "reports.a = ?1",
            "reports.b = ?2",
        ];
        let mut values: Vec<Value> = vec![one.min(other).clone().into(), one.max(other).clone().into()];
        let restrictions = [
            ("first.type = ?", filter.kind.map(|kind| kind.label().to_owned())),
            ("first.status = ?", filter.status.map(|status| status.label().to_owned())),
            ("first.day >= ?", filter.since.map(|day| day.to_string())),
            ("first.day <= ?", filter.until.map(|day| day.to_string())),
        ];
        for (condition, value) in restrictions {
            if let Some(value) = value {
                conditions.push(condition);
                values.push(value.into());
            }
        }
        let sql = format!(
            "{SELECT}, {HEAD} {FROM} WHERE {} ORDER BY reports.day, reports.born, reports.id",
            conditions.join(" AND ")
        );
        let mut statement = self.connection.prepare(&sql)?;
        let at = statement.column_index("head_follows")?;
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        let mut found: Vec<Happening> = Vec::new();
        let mut place: BTreeMap<i64, usize> = BTreeMap::new();
        let mut texts: BTreeMap<i64, String> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let document = head(row, at + 1)?;
            let text = match texts.entry(document.n) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.text(&document)?),
            };
            let sentence = Extent(row.get("sentence_start")?, row.get("sentence_end")?);
            let report = Report {
                words: query::cut(text, sentence).to_owned(),
                document: document.id,
                published: document.date,
                source: document.source,
                reprint_of: row.get("original")?,
                sentence,
            };
            match place.get(&row.get("happening")?) {
                Some(at) => found[*at].reports.push(report),
                None => {
                    let day: Option<String> = row.get("day_known")?;
                    place.insert(row.get("happening")?, found.len());
                    found.push(Happening {
                        day: day.and_then(|day| day.parse().ok()),
                        event: self.event(row)?,
                        documents: 0,
                        originals: 0,
                        sources: 0,
                        reports: vec![report],
                    });
                }
            }
        }
        found.iter_mut().for_each(Happening::count);
        Ok(found)
    }
}

impl Happening {
    fn count(&mut self) {
        let distinct =
            |of: &dyn Fn(&Report) -> Option<String>| self.reports.iter().map(of).collect::<BTreeSet<_>>().len();
        self.documents = distinct(&|report| Some(report.document.clone()));
        self.sources = distinct(&|report| report.source.clone());
        let originals = self.reports.iter().filter(|report| report.reprint_of.is_none());
        self.originals = originals.map(|report| &report.document).collect::<BTreeSet<_>>().len();
    }
}
