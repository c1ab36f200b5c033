//! The ledger: documents and their coded records in one SQLite file, relations kept current beside them.
//!
//! In: documents with what was coded from them. Out: the same again, found by pair, type, date; relations by month;
//! what follows across documents ([`links`]); exports as JSON lines, CSV and Parquet. The ledger codes nothing and
//! reads no clock. A batch is added in one transaction and acknowledged after its commit; any number of processes may
//! add and read at once.
//!
//! ```
//! use chancery_ledger::{Entry, Ledger};
//! use chancery_model::{Coded, Document};
//! let folder = tempfile::tempdir().unwrap();
//! let mut ledger = Ledger::open(folder.path().join("news.ledger")).unwrap();
//! let document = Document { id: "a".into(), text: "Moscow agreed.".into(), ..Document::default() };
//! let coded = Coded::empty(&document, "en");
//! let entry = Entry { document: &document, coded: &coded, origin: None };
//! assert_eq!(ledger.add(&[entry], "example").unwrap().new, 1);
//! assert_eq!(ledger.add(&[entry], "example").unwrap().unchanged, 1);
//! ```
#![deny(missing_docs)]

mod add;
mod balance;
mod brief;
mod disputes;
mod error;
mod export;
mod happenings;
mod ledger;
pub mod links;
mod query;
mod read;
mod relations;
mod roles;
mod schema;
mod sql;
mod store;
pub mod stories;
mod timeline;

pub use add::{Added, Entry};
pub use balance::{Balance, BalanceFilter, Period, Power, Proportion, Tilt};
pub use brief::Speaker;
pub use error::LedgerError;
pub use export::{CodedFile, ExportFormat, KINDS};
pub use ledger::Ledger;
pub use query::{CommitmentFilter, EventFilter, Found, RoleFilter, StatementFilter};
pub use read::DocumentHead;
pub use relations::Relation;
pub use roles::{Citation, Conflict, ConflictKind, RegisterEntry, RegisterFilter};
pub use schema::SCHEMA_VERSION;
pub use sql::Cell;
pub use timeline::{Happening, Report, TimelineFilter};
