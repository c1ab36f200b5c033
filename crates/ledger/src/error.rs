//! What can go wrong with a ledger.

use std::path::PathBuf;

use crate::schema::SCHEMA_VERSION;

/// Why a ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no such file, and reading needs one.
    #[error("{}: there is no such ledger; make one with `chancery add INPUT -l {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The file is no SQLite database, or another program's.
    #[error("{}: this file is no Chancery ledger; name another file with -l (it was not changed)", .0.display())]
    NotALedger(PathBuf),
    /// A later program wrote it.
    #[error(
        "{}: this ledger has schema version {found}, this program knows versions up to {SCHEMA_VERSION}; \
         open it with a newer Chancery (it was not changed)",
        path.display()
    )]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// An earlier program wrote it and reading alone may not change it.
    #[error(
        "{}: this ledger has schema version {found}, reading needs {SCHEMA_VERSION}; \
         migrate it by opening it for writing, for instance with `chancery add -l {}`",
        path.display(), path.display()
    )]
    Older {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// Another process held the ledger for too long.
    #[error("{}: another process keeps the ledger locked; wait for it to end, then run this again", .0.display())]
    Busy(PathBuf),
    /// A stored value is none that this program writes.
    #[error("the ledger holds `{value}` as {what}; it was changed by other means, restore it from a copy")]
    Corrupt {
        /// What the value should be.
        what: &'static str,
        /// What it is.
        value: String,
    },
    /// No commitment or report has this id.
    #[error("no commitment and no report has the id `{0}`; `chancery commitments --json` lists the ids")]
    NoCommitment(String),
    /// No decision has this number, or it was undone before.
    #[error("no decision that holds has the number {0}; `chancery link --list` lists them")]
    NoDecision(i64),
    /// A query that would write, or reach outside the ledger.
    #[error("only reading is allowed here: {0}; use SELECT, or copy the ledger and change the copy with sqlite3")]
    NotReadOnly(String),
    /// The database said no.
    #[error("ledger: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// An export or import file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Writing records as JSON failed.
    #[error("writing JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Writing CSV failed.
    #[error("writing CSV: {0}")]
    Csv(#[from] csv::Error),
    /// Writing Parquet failed.
    #[error("writing Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A plain write failed.
    #[error("writing: {0}")]
    Write(#[from] std::io::Error),
}

impl LedgerError {
    /// True where waiting and trying again may help.
    pub(crate) fn is_busy(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        matches!(self, LedgerError::Sqlite(error)
            if matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked)))
    }
}
