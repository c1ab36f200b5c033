//! What a report on a relation needs beside happenings and commitments: who speaks of it, and in which documents.

use chancery_model::Statement;
use jiff::civil::Date;
use serde::Serialize;

use crate::read::{HEAD, head, statement};
use crate::{DocumentHead, Ledger, LedgerError, query};

/// Somebody whose words stand in documents about a relation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speaker {
    /// The person, else the body.
    pub name: String,
    /// Code of the side.
    pub code: String,
    /// Office, as last named.
    pub role: Option<String>,
    /// Number of statements.
    pub statements: u64,
    /// The latest statement.
    pub latest: Statement,
    /// Its document.
    pub document: DocumentHead,
    /// Its words.
    pub words: String,
}

/// Documents that report something between `?1` and `?2`, from `?3` to `?4`.
const ABOUT: &str = "SELECT events.document FROM event_pairs JOIN events ON events.n = event_pairs.event
    JOIN documents AS about ON about.n = events.document WHERE event_pairs.a = ?1 AND event_pairs.b = ?2
    AND (?3 IS NULL OR ifnull(about.date, events.day) >= ?3) AND (?4 IS NULL OR ifnull(about.date, events.day) <= ?4)";

impl Ledger {
    /// Who speaks for either side in documents that report something between the two, those with most statements first.
    /// Reprints are left out, so that nobody is counted for being copied.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn speakers(
        &self,
        between: (&str, &str),
        days: (Option<Date>, Option<Date>),
        limit: usize,
    ) -> Result<Vec<Speaker>, LedgerError> {
        let mut query = self.connection.prepare(&format!(
            "WITH spoken AS (
                SELECT statements.n, ifnull(speaker_person, speaker_name) AS name, speaker_code AS code,
                    row_number() OVER (PARTITION BY ifnull(speaker_person, speaker_name), speaker_code
                        ORDER BY documents.date DESC, documents.id, position) AS nth,
                    count(*) OVER (PARTITION BY ifnull(speaker_person, speaker_name), speaker_code) AS said
                FROM statements JOIN documents ON documents.n = statements.document
                WHERE statements.document IN ({ABOUT}) AND speaker_code IN (?1, ?2)
                AND ifnull(speaker_person, speaker_name) IS NOT NULL
                AND statements.document NOT IN (SELECT document FROM copies))
             SELECT statements.*, spoken.name, spoken.code, spoken.said, 0 AS head_follows, {HEAD}
             FROM spoken JOIN statements ON statements.n = spoken.n JOIN documents ON documents.n = statements.document
             WHERE nth = 1 ORDER BY said DESC, spoken.name LIMIT ?5"
        ))?;
        let at = query.column_index("head_follows")?;
        let (a, b) = (between.0.min(between.1), between.0.max(between.1));
        let (since, until) = (days.0.map(|day| day.to_string()), days.1.map(|day| day.to_string()));
        let mut rows = query.query(rusqlite::params![a, b, since, until, limit as i64])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (latest, document) = (statement(row)?, head(row, at + 1)?);
            found.push(Speaker {
                name: row.get(at - 3)?,
                code: row.get(at - 2)?,
                role: latest.speaker.as_ref().and_then(|speaker| speaker.role.clone()),
                statements: row.get::<_, i64>(at - 1)?.unsigned_abs(),
                words: query::cut(&self.text(&document)?, latest.content).to_owned(),
                latest,
                document,
            });
        }
        Ok(found)
    }
}
