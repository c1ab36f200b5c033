//! The register of offices: who held which office of which state or body, as all documents together tell it.
//!
//! In: every role that the coder found, with its document's date. Out: one [`RegisterEntry`] for each person, office and
//! state, spellings of one name merged, with first and last day seen and every citation; where two entries cannot both
//! be right, each names the other. Nothing is decided between them. The register is computed from the set of roles
//! alone, so that the order of adding makes no difference.

mod conflicts;
mod merge;
mod names;
mod offices;

use chancery_model::{Extent, Role};
use jiff::civil::Date;
use serde::Serialize;

use crate::query::{Found, RoleFilter};
use crate::{Ledger, LedgerError};

/// A person in an office of a state or body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterEntry {
    /// A hash of person, office and state: the same whatever the order of adding.
    pub id: String,
    /// The fullest of the names most often given.
    pub person: String,
    /// Every other spelling, sorted.
    pub variants: Vec<String>,
    /// The office, in lower case, in one form: "spokesperson" for "spokeswoman" too.
    pub role: String,
    /// Code of the state or body that the office belongs to.
    pub of: Option<String>,
    /// Code of the state or body that the holder is accredited to.
    pub to: Option<String>,
    /// Ministries, parliaments, companies that documents name with the office, sorted.
    pub bodies: Vec<String>,
    /// First day in office, as most documents that tell it say; the earliest of equals.
    pub since: Option<Date>,
    /// Publication date of the first dated document.
    pub first_seen: Option<Date>,
    /// Publication date of the last one.
    pub last_seen: Option<Date>,
    /// Entries that cannot hold beside this one, sorted by id.
    pub conflicts: Vec<Conflict>,
    /// Every mention, by date, document and place.
    pub citations: Vec<Citation>,
}

/// Where a document says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// Publication date.
    pub published: Option<Date>,
    /// Id of the document.
    pub document: String,
    /// The words it rests on.
    pub span: Extent,
    /// Those words.
    pub words: String,
    /// The name as it stands there.
    pub person: String,
}

/// Why two entries are at odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConflictKind {
    /// Two people in one office in overlapping times.
    Holders,
    /// One person in two offices, each of which is a whole one, in overlapping times.
    Offices,
    /// One person in the same office of two states.
    States,
}

/// Another entry that this one is at odds with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Why.
    pub kind: ConflictKind,
    /// Id of the other entry.
    pub with: String,
    /// The other's person, office and state, for reading.
    pub says: String,
}

/// Which entries; what is `None` does not restrict.
#[derive(Clone, Debug, Default)]
pub struct RegisterFilter {
    /// Part of the person's name in any spelling, in any case.
    pub person: Option<String>,
    /// The office: "ambassador".
    pub role: Option<String>,
    /// Code of the state or body that the office belongs to.
    pub of: Option<String>,
    /// Part of the name of a ministry, parliament or company, in any case.
    pub body: Option<String>,
    /// Only who was in office on that day: from `since` or the day first seen to the day last seen.
    pub at: Option<Date>,
    /// Only entries with conflicts.
    pub conflicts: bool,
    /// Id of a document that must be among the citations.
    pub document: Option<String>,
}

impl RegisterEntry {
    /// First and last day for which the documents vouch.
    pub fn days(&self) -> Option<(Date, Date)> {
        let start = self.since.or(self.first_seen)?;
        let first = self.first_seen.map_or(start, |seen| start.min(seen));
        Some((first, self.last_seen.unwrap_or(start).max(start)))
    }
}

impl RegisterFilter {
    /// True if the entry is one of those looked for.
    pub fn admits(&self, entry: &RegisterEntry) -> bool {
        let has = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
        let names = || std::iter::once(&entry.person).chain(&entry.variants);
        self.person.as_ref().is_none_or(|part| names().any(|name| has(name, part)))
            && self.role.as_ref().is_none_or(|role| offices::office(role) == entry.role)
            && self.of.as_ref().is_none_or(|code| entry.of.as_ref() == Some(code))
            && self.body.as_ref().is_none_or(|part| entry.bodies.iter().any(|body| has(body, part)))
            && self.at.is_none_or(|day| entry.days().is_some_and(|(first, last)| first <= day && day <= last))
            && (!self.conflicts || !entry.conflicts.is_empty())
            && self.document.as_ref().is_none_or(|id| entry.citations.iter().any(|it| it.document == *id))
    }
}

impl Ledger {
    /// The register of offices over all documents, sorted by state, office, first day seen and person.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn register(&self) -> Result<Vec<RegisterEntry>, LedgerError> {
        let mut mentions = Vec::new();
        self.for_each_role(&RoleFilter::default(), |found| {
            mentions.push(found);
            Ok::<(), LedgerError>(())
        })?;
        Ok(register(mentions))
    }
}

/// The register that these roles make up, in whatever order they come.
fn register(mentions: Vec<Found<Role>>) -> Vec<RegisterEntry> {
    let mut entries = merge::entries(mentions);
    conflicts::mark(&mut entries);
    let key = |entry: &RegisterEntry| {
        (entry.of.is_none(), entry.of.clone(), entry.role.clone(), entry.first_seen, entry.id.clone())
    };
    entries.sort_by_cached_key(key);
    entries
}
