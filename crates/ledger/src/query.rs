//! Finding records by pair, party, type, status, date and document, each with the words that it rests on.

use chancery_model::{Event, EventType, Extent, Mood, Role, Statement, Status};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::read::{HEAD, head, role, statement};
use crate::{DocumentHead, Ledger, LedgerError};

/// A record with its document and the words that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<R> {
    /// The document.
    pub document: DocumentHead,
    /// The record.
    pub record: R,
    /// The cited words: an event's sentence, a statement's content, a role's span.
    pub words: String,
}

/// Which events; what is `None` does not restrict.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Two codes, in any order, that the event is a pair of.
    pub between: Option<(String, String)>,
    /// Code ("RUS", "IGO:UNO") or canonical name of an actor.
    pub actor: Option<String>,
    /// Code or canonical name of a recipient.
    pub recipient: Option<String>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Whether it happened.
    pub status: Option<Status>,
    /// First day; an event without a date has its document's.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Id of the document.
    pub document: Option<String>,
    /// How many at most.
    pub limit: Option<u64>,
}

/// Which statements; what is `None` does not restrict.
#[derive(Clone, Debug, Default)]
pub struct StatementFilter {
    /// Code, canonical name or person.
    pub speaker: Option<String>,
    /// How it is said.
    pub mood: Option<Mood>,
    /// First day of publication.
    pub since: Option<Date>,
    /// Last day of publication.
    pub until: Option<Date>,
    /// Id of the document.
    pub document: Option<String>,
    /// How many at most.
    pub limit: Option<u64>,
}

/// Which roles; what is `None` does not restrict.
#[derive(Clone, Debug, Default)]
pub struct RoleFilter {
    /// Part of the person's name, in any case.
    pub person: Option<String>,
    /// The role noun: "ambassador".
    pub role: Option<String>,
    /// Code of the country or body that the office belongs to.
    pub of: Option<String>,
    /// Id of the document.
    pub document: Option<String>,
    /// How many at most.
    pub limit: Option<u64>,
}

/// Which commitments of [`crate::links::commitments`]; what is `None` does not restrict.
#[derive(Clone, Debug, Default)]
pub struct CommitmentFilter {
    /// Codes that must all be among the parties.
    pub parties: Vec<String>,
    /// The current stage.
    pub stage: Option<chancery_model::Stage>,
    /// Only what is overdue.
    pub overdue: bool,
    /// The kind.
    pub kind: Option<chancery_model::CommitmentKind>,
    /// One of the sectors.
    pub sector: Option<String>,
    /// Only what later documents about its parties no longer mention.
    pub silent: bool,
    /// What the title must contain, whatever its case.
    pub words: Option<String>,
    /// Last reported on this day or later.
    pub since: Option<Date>,
    /// Last reported on this day or earlier.
    pub until: Option<Date>,
}

impl CommitmentFilter {
    /// True if the entry is one of those looked for.
    pub fn admits(&self, entry: &crate::links::CommitmentEntry) -> bool {
        self.parties.iter().all(|code| entry.parties.contains(code))
            && self.stage.is_none_or(|stage| stage == entry.current)
            && (!self.overdue || entry.overdue)
            && self.kind.is_none_or(|kind| kind == entry.kind)
            && self.sector.as_ref().is_none_or(|sector| entry.sectors.contains(sector))
            && (!self.silent || entry.silent_since.is_some())
            && self.words.as_ref().is_none_or(|words| entry.title.to_lowercase().contains(&words.to_lowercase()))
            && self.since.is_none_or(|day| entry.last_report.is_some_and(|last| last >= day))
            && self.until.is_none_or(|day| entry.last_report.is_some_and(|last| last <= day))
    }
}

impl Ledger {
    /// Calls `each` with the events that pass the filter, latest first.
    ///
    /// # Errors
    /// If the ledger cannot be read, or from `each`.
    pub fn for_each_event<E: From<LedgerError>>(
        &self,
        filter: &EventFilter,
        each: impl FnMut(Found<Event>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut search = Search::new("events", "events.day");
        if let Some((one, other)) = &filter.between {
            search.tables.push_str(" JOIN event_pairs ON event_pairs.event = events.n");
            search.require("event_pairs.a = ?", one.min(other));
            search.require("event_pairs.b = ?", one.max(other));
        }
        for (side, party) in [("actor", &filter.actor), ("recipient", &filter.recipient)] {
            let Some(party) = party else { continue };
            let column = if is_code(party) { "code" } else { "name COLLATE NOCASE" };
            search.require(
                &format!("events.n IN (SELECT event FROM event_parties WHERE {column} = ? AND side = '{side}')"),
                party,
            );
        }
        search.maybe("events.type = ?", filter.kind.map(EventType::label));
        search.maybe("events.status = ?", filter.status.map(Status::label));
        search.days("events.day", filter.since, filter.until);
        search.maybe("documents.id = ?", filter.document.as_deref());
        search.limit(filter.limit);
        self.run(search, |row| self.event(row), |event| event.sentence, each)
    }

    /// Calls `each` with the statements that pass the filter, latest document first, in text order.
    ///
    /// # Errors
    /// If the ledger cannot be read, or from `each`.
    pub fn for_each_statement<E: From<LedgerError>>(
        &self,
        filter: &StatementFilter,
        each: impl FnMut(Found<Statement>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut search = Search::new("statements", "documents.date");
        if let Some(speaker) = &filter.speaker {
            search.require("? IN (speaker_code, speaker_name, speaker_person)", speaker);
        }
        search.maybe("statements.mood = ?", filter.mood.map(Mood::label));
        search.days("documents.date", filter.since, filter.until);
        search.maybe("documents.id = ?", filter.document.as_deref());
        search.limit(filter.limit);
        self.run(search, statement, |statement| statement.content, each)
    }

    /// Calls `each` with the roles that pass the filter, latest document first, in text order.
    ///
    /// # Errors
    /// If the ledger cannot be read, or from `each`.
    pub fn for_each_role<E: From<LedgerError>>(
        &self,
        filter: &RoleFilter,
        each: impl FnMut(Found<Role>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut search = Search::new("roles", "documents.date");
        search.maybe("instr(lower(roles.person), lower(?)) > 0", filter.person.as_deref());
        search.maybe("roles.role = ? COLLATE NOCASE", filter.role.as_deref());
        search.maybe("roles.of_code = ?", filter.of.as_deref());
        search.maybe("documents.id = ?", filter.document.as_deref());
        search.limit(filter.limit);
        self.run(search, role, |role| role.span, each)
    }

    /// The words at `extent` of a document's text.
    ///
    /// # Errors
    /// If the ledger cannot be read or has no such document.
    pub fn words(&self, document: &str, extent: Extent) -> Result<String, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT text FROM texts JOIN documents ON documents.n = texts.document WHERE documents.id = ?1",
        )?;
        let text: String = statement.query_row([document], |row| row.get(0))?;
        Ok(cut(&text, extent).to_owned())
    }

    fn run<R, E: From<LedgerError>>(
        &self,
        search: Search,
        read: impl Fn(&Row) -> Result<R, LedgerError>,
        extent: impl Fn(&R) -> Extent,
        mut each: impl FnMut(Found<R>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(LedgerError::from(error));
        let mut statement = self.connection.prepare(&search.sql()).map_err(failed)?;
        let first = statement.column_index(FIRST_HEAD_COLUMN).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(search.values)).map_err(failed)?;
        // Records of one document mostly follow each other: its text is read once.
        let mut last: Option<(i64, String)> = None;
        while let Some(row) = rows.next().map_err(failed)? {
            let (document, record) = (head(row, first + 1)?, read(row)?);
            if last.as_ref().is_none_or(|(n, _)| *n != document.n) {
                last = Some((document.n, self.text(&document)?));
            }
            let text = last.as_ref().map_or("", |(_, text)| text);
            let words = cut(text, extent(&record)).to_owned();
            each(Found { document, record, words })?;
        }
        Ok(())
    }
}

/// Marks where a row's document begins, since records have columns of their own before it.
const FIRST_HEAD_COLUMN: &str = "head_follows";

/// A query under construction: one table of records joined with its documents.
struct Search {
    table: &'static str,
    tables: String,
    conditions: Vec<String>,
    values: Vec<Value>,
    day: &'static str,
    limit: String,
}

impl Search {
    fn new(table: &'static str, day: &'static str) -> Search {
        let tables = format!("{table} JOIN documents ON documents.n = {table}.document");
        Search { table, tables, conditions: Vec::new(), values: Vec::new(), day, limit: String::new() }
    }

    fn require(&mut self, condition: &str, value: impl Into<String>) {
        self.conditions.push(condition.to_owned());
        self.values.push(Value::Text(value.into()));
    }

    fn maybe(&mut self, condition: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.require(condition, value);
        }
    }

    fn days(&mut self, column: &str, since: Option<Date>, until: Option<Date>) {
        if let Some(day) = since {
            self.require(&format!("{column} >= ?"), day.to_string());
        }
        if let Some(day) = until {
            self.require(&format!("{column} <= ?"), day.to_string());
        }
    }

    fn limit(&mut self, limit: Option<u64>) {
        self.limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
    }

    fn sql(&self) -> String {
        let Search { table, tables, conditions, day, limit, .. } = self;
        let conditions =
            if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
        format!(
            "SELECT {table}.*, 0 AS {FIRST_HEAD_COLUMN}, {HEAD} FROM {tables}{conditions} \
             ORDER BY {day} DESC, documents.id, {table}.position{limit}"
        )
    }
}

/// Three capitals, alone or before a colon, are a code; everything else is a name.
fn is_code(party: &str) -> bool {
    let first = party.split(':').next().unwrap_or_default();
    first.len() == 3 && first.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The words at an extent, as far as the text reaches.
pub(crate) fn cut(text: &str, Extent(start, end): Extent) -> &str {
    let byte = |n: u32| text.char_indices().nth(n as usize).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(start), byte(end));
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_by_code_point() {
        assert_eq!(cut("Łódź–Kraków", Extent(5, 11)), "Kraków");
        assert_eq!(cut("short", Extent(3, 99)), "rt");
        assert_eq!(cut("short", Extent(9, 3)), "");
    }

    #[test]
    fn codes_are_told_from_names() {
        assert!(is_code("RUS") && is_code("IGO:UNO"));
        assert!(!is_code("Russia") && !is_code("EU"));
    }
}
