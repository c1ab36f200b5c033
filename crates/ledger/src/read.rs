//! Reading stored documents and records back as the model's structs; [`crate::store`] is its inverse.

use chancery_model::{
    Coded, Commitment, CommitmentKind, Context, DateInterval, Document, Event, EventType, Extent, Figure, FoundIn,
    Grain, Mode, Mood, Original, Party, Place, Quad, Qualifier, Role, Sector, Stage, Statement, Status,
};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};

use crate::{Ledger, LedgerError};

/// A document as the ledger keeps it, apart from its text and records.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct DocumentHead {
    /// Row number; changes when the document is replaced.
    #[serde(skip)]
    pub n: i64,
    /// The document's id.
    pub id: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Outlet or issuing body.
    pub source: Option<String>,
    /// Writer.
    pub author: Option<String>,
    /// ISO 639-1 code, as coded.
    pub language: String,
    /// Number of words of the text, counted at white space.
    pub words: i64,
    /// File and line that it was read from.
    pub origin: Option<String>,
    /// SHA-256 of the text in UTF-8, in hexadecimal.
    pub text_sha256: String,
    /// Program and lexicon that coded it; `None` after migration from version 1.
    pub coder: Option<String>,
    /// Where the bytes lie that it was read from.
    pub original: Option<Original>,
    /// Where each of its fields was found.
    pub found: FoundIn,
}

pub(crate) const HEAD: &str = "documents.n, documents.id, documents.date, documents.title, documents.url, \
    documents.source, documents.author, documents.language, documents.words, documents.origin, documents.text_sha256, \
    documents.coder, documents.original_file, documents.original_member, documents.original_offset, \
    documents.original_length, documents.original_digest, documents.found";

impl Ledger {
    /// The document with this id, without its text.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn head(&self, id: &str) -> Result<Option<DocumentHead>, LedgerError> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {HEAD} FROM documents WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(|row| head(row, 0)).transpose()
    }

    /// Calls `each` with every document, sorted by id.
    ///
    /// # Errors
    /// If the ledger cannot be read, or from `each`.
    pub fn for_each_document(
        &self,
        mut each: impl FnMut(DocumentHead) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let mut statement = self.connection.prepare(&format!("SELECT {HEAD} FROM documents ORDER BY id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(head(row, 0)?)?;
        }
        Ok(())
    }

    /// The text of a document.
    ///
    /// # Errors
    /// If the ledger cannot be read or has no such document.
    pub fn text(&self, document: &DocumentHead) -> Result<String, LedgerError> {
        let mut statement = self.connection.prepare_cached("SELECT text FROM texts WHERE document = ?1")?;
        Ok(statement.query_row([document.n], |row| row.get(0))?)
    }

    /// The document as it was added.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<Document>, LedgerError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let text = self.text(&head)?;
        let mut statement = self.connection.prepare_cached("SELECT given_language FROM documents WHERE n = ?1")?;
        let language = statement.query_row([head.n], |row| row.get(0)).optional()?.flatten();
        let DocumentHead { id, date, title, url, source, author, found, original, .. } = head;
        Ok(Some(Document { id, date, title, text, url, source, author, language, found, original }))
    }

    /// All records of a document, just as they were coded.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn coded(&self, document: &DocumentHead) -> Result<Coded, LedgerError> {
        let n = document.n;
        Ok(Coded {
            id: document.id.clone(),
            date: document.date,
            language: document.language.clone(),
            events: self
                .rows_of("SELECT * FROM events WHERE document = ?1 ORDER BY position", n, |row| self.event(row))?,
            statements: self.rows_of(
                "SELECT * FROM statements WHERE document = ?1 ORDER BY position",
                n,
                statement,
            )?,
            commitments: self.rows_of(
                "SELECT * FROM commitments_coded WHERE document = ?1 ORDER BY position",
                n,
                |row| self.commitment(row),
            )?,
            figures: self.rows_of("SELECT * FROM figures WHERE document = ?1 ORDER BY position", n, figure)?,
            roles: self.rows_of("SELECT * FROM roles WHERE document = ?1 ORDER BY position", n, role)?,
        })
    }

    /// The rows that `sql` gives for a parent row.
    fn rows_of<T>(
        &self,
        sql: &str,
        parent: i64,
        read: impl Fn(&Row) -> Result<T, LedgerError>,
    ) -> Result<Vec<T>, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([parent])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// An event from a row with the columns of `events`, with its parties and contexts.
    pub(crate) fn event(&self, row: &Row) -> Result<Event, LedgerError> {
        let n: i64 = row.get("n")?;
        let parties = |sql: &str| self.rows_of(sql, n, |row| party(row, ""));
        let place: Option<String> = row.get("place_name")?;
        Ok(Event {
            id: row.get("id")?,
            kind: label(row, "type", "an event type", EventType::from_label)?,
            mode: maybe_label(row, "mode", "a mode", Mode::from_label)?,
            contexts: self.rows_of(
                "SELECT context FROM event_contexts WHERE event = ?1 ORDER BY position",
                n,
                |row| label(row, 0, "a context", Context::from_label),
            )?,
            actors: parties("SELECT * FROM event_parties WHERE event = ?1 AND side = 'actor' ORDER BY position")?,
            recipients: parties(
                "SELECT * FROM event_parties WHERE event = ?1 AND side = 'recipient' ORDER BY position",
            )?,
            date: interval(row, "date")?,
            place: match place {
                Some(name) => Some(Place {
                    name,
                    country: row.get("place_country")?,
                    lat: row.get("place_lat")?,
                    lon: row.get("place_lon")?,
                }),
                None => None,
            },
            status: label(row, "status", "a status", Status::from_label)?,
            statement: row.get("statement")?,
            intensity: row.get("intensity")?,
            quad: label(row, "quad", "a quad class", Quad::from_label)?,
            cameo: row.get("cameo")?,
            confidence: row.get("confidence")?,
            sentence: Extent(row.get("sentence_start")?, row.get("sentence_end")?),
            trigger: Extent(row.get("trigger_start")?, row.get("trigger_end")?),
            entry: row.get("entry")?,
        })
    }

    /// A commitment from a row with the columns of `commitments_coded`, with its parties.
    pub(crate) fn commitment(&self, row: &Row) -> Result<Commitment, LedgerError> {
        commitment(row, parties_of(&self.connection, row.get("n")?)?)
    }
}

fn parties_of(connection: &rusqlite::Connection, commitment: i64) -> Result<Vec<String>, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT code FROM commitment_parties WHERE commitment = ?1 ORDER BY position")?;
    let codes = statement.query_map([commitment], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

/// A commitment from a row with the columns of `commitments_coded`.
pub(crate) fn commitment(row: &Row, parties: Vec<String>) -> Result<Commitment, LedgerError> {
    Ok(Commitment {
        id: row.get("id")?,
        title: row.get("title")?,
        kind: label(row, "kind", "a kind of commitment", CommitmentKind::from_label)?,
        parties,
        beneficiary: row.get("beneficiary")?,
        sectors: strings(row, "sectors")?,
        stage: label(row, "stage", "a stage", Stage::from_label)?,
        due: interval(row, "due")?,
        date: interval(row, "date")?,
        figures: strings(row, "figures")?,
        statement: row.get("statement")?,
        evidence: Extent(row.get("evidence_start")?, row.get("evidence_end")?),
    })
}

/// The commitments of a stored document with the numbers of their rows.
pub(crate) fn commitments_of(
    connection: &rusqlite::Connection,
    document: i64,
) -> Result<Vec<(i64, Commitment)>, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM commitments_coded WHERE document = ?1 ORDER BY position")?;
    let mut rows = statement.query([document])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let n = row.get("n")?;
        found.push((n, commitment(row, parties_of(connection, n)?)?));
    }
    Ok(found)
}

/// Figures, statements and commitments of a stored document; no events and roles.
pub(crate) fn coded_for_subjects(connection: &rusqlite::Connection, document: i64) -> Result<Coded, LedgerError> {
    let rows = |sql: &str, each: &mut dyn FnMut(&Row) -> Result<(), LedgerError>| {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([document])?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok::<(), LedgerError>(())
    };
    let mut coded = Coded::empty(&Document::default(), "en");
    rows("SELECT * FROM figures WHERE document = ?1 ORDER BY position", &mut |row| {
        coded.figures.push(figure(row)?);
        Ok(())
    })?;
    rows("SELECT * FROM statements WHERE document = ?1 ORDER BY position", &mut |row| {
        coded.statements.push(statement(row)?);
        Ok(())
    })?;
    coded.commitments =
        commitments_of(connection, document)?.into_iter().map(|(_, commitment)| commitment).collect();
    Ok(coded)
}

/// A head from the columns [`HEAD`], the first of which is column `at`.
pub(crate) fn head(row: &Row, at: usize) -> Result<DocumentHead, LedgerError> {
    Ok(DocumentHead {
        n: row.get(at)?,
        id: row.get(at + 1)?,
        date: day(row, at + 2)?,
        title: row.get(at + 3)?,
        url: row.get(at + 4)?,
        source: row.get(at + 5)?,
        author: row.get(at + 6)?,
        language: row.get(at + 7)?,
        words: row.get(at + 8)?,
        origin: row.get(at + 9)?,
        text_sha256: row.get(at + 10)?,
        coder: row.get(at + 11)?,
        original: original(row, at + 12)?,
        found: found(row, at + 17)?,
    })
}

fn original(row: &Row, at: usize) -> Result<Option<Original>, LedgerError> {
    let Some(file) = row.get(at)? else { return Ok(None) };
    Ok(Some(Original {
        file,
        member: row.get(at + 1)?,
        offset: row.get::<_, i64>(at + 2)? as u64,
        length: row.get::<_, i64>(at + 3)? as u64,
        digest: row.get(at + 4)?,
    }))
}

fn found(row: &Row, at: usize) -> Result<FoundIn, LedgerError> {
    let Some(json) = row.get::<_, Option<String>>(at)? else { return Ok(FoundIn::default()) };
    serde_json::from_str(&json).map_err(|_| corrupt("where fields were found", &json))
}

/// A statement from a row with the columns of `statements`.
pub(crate) fn statement(row: &Row) -> Result<Statement, LedgerError> {
    let cue: Option<u32> = row.get("cue_start")?;
    let speaks: Option<String> = row.get("speaker_text")?;
    Ok(Statement {
        id: row.get("id")?,
        speaker: speaks.map(|_| party(row, "speaker_")).transpose()?,
        cue: match cue {
            Some(start) => Some(Extent(start, row.get("cue_end")?)),
            None => None,
        },
        content: Extent(row.get("content_start")?, row.get("content_end")?),
        quoted: row.get("quoted")?,
        mood: label(row, "mood", "a mood", Mood::from_label)?,
    })
}

/// A figure from a row with the columns of `figures`.
pub(crate) fn figure(row: &Row) -> Result<Figure, LedgerError> {
    Ok(Figure {
        id: row.get("id")?,
        value: row.get("value")?,
        high: row.get("high")?,
        unit: row.get("unit")?,
        qualifier: label(row, "qualifier", "a qualifier", Qualifier::from_label)?,
        counts: row.get("counts")?,
        span: Extent(row.get("span_start")?, row.get("span_end")?),
        statement: row.get("statement")?,
    })
}

/// A role from a row with the columns of `roles`.
pub(crate) fn role(row: &Row) -> Result<Role, LedgerError> {
    Ok(Role {
        person: row.get("person")?,
        role: row.get("role")?,
        of: row.get("of_code")?,
        to: row.get("to_code")?,
        body: row.get("body")?,
        since: day(row, "since")?,
        span: Extent(row.get("span_start")?, row.get("span_end")?),
    })
}

/// A party from the columns of `event_parties`, or those of a speaker with their prefix.
fn party(row: &Row, prefix: &str) -> Result<Party, LedgerError> {
    let (start, end) =
        if prefix.is_empty() { ("span_start", "span_end") } else { ("speaker_start", "speaker_end") };
    let column = |name: &str| format!("{prefix}{name}");
    Ok(Party {
        text: row.get(column("text").as_str())?,
        span: Extent(row.get(start)?, row.get(end)?),
        name: row.get(column("name").as_str())?,
        code: row.get(column("code").as_str())?,
        sector: maybe_label(row, column("sector").as_str(), "a sector", Sector::from_label)?,
        person: row.get(column("person").as_str())?,
        role: row.get(column("role").as_str())?,
    })
}

fn corrupt(what: &'static str, value: &str) -> LedgerError {
    LedgerError::Corrupt { what, value: value.to_owned() }
}

/// A term of one of the model's vocabularies.
pub(crate) fn label<T>(
    row: &Row,
    column: impl rusqlite::RowIndex,
    what: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, LedgerError> {
    maybe_label(row, column, what, read)?.ok_or_else(|| corrupt(what, "NULL"))
}

fn maybe_label<T>(
    row: &Row,
    column: impl rusqlite::RowIndex,
    what: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, LedgerError> {
    let Some(value) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    read(&value).map(Some).ok_or_else(|| corrupt(what, &value))
}

fn day(row: &Row, column: impl rusqlite::RowIndex) -> Result<Option<Date>, LedgerError> {
    let Some(value) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    value.parse().map(Some).map_err(|_| corrupt("a day", &value))
}

fn interval(row: &Row, prefix: &str) -> Result<Option<DateInterval>, LedgerError> {
    let column = |name: &str| format!("{prefix}_{name}");
    let (start, end) = (day(row, column("start").as_str())?, day(row, column("end").as_str())?);
    let (Some(start), Some(end)) = (start, end) else { return Ok(None) };
    let grain: String = row.get(column("grain").as_str())?;
    let grain: Grain =
        serde_json::from_value(grain.clone().into()).map_err(|_| corrupt("the grain of a date", &grain))?;
    Ok(Some(DateInterval { start, end, grain }))
}

fn strings(row: &Row, column: &str) -> Result<Vec<String>, LedgerError> {
    let json: String = row.get(column)?;
    serde_json::from_str(&json).map_err(|_| corrupt("a list of strings", &json))
}
