//! The ledger's tables and how an older ledger is brought up to date.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::LedgerError;
use crate::add::Across;

/// The version of the tables that this program reads and writes.
pub const SCHEMA_VERSION: i64 = 5;

/// "CHAN" in ASCII, in SQLite's `application_id`: tells our files from other programs' databases.
const APPLICATION_ID: i64 = 0x4348_414e;

/// `MIGRATIONS[i]` leads from version `i` to `i + 1`; each is run once and never changed after a release.
const MIGRATIONS: [&[&str]; SCHEMA_VERSION as usize] = [
    &[include_str!("schema/1.sql")],
    &[include_str!("schema/2.sql"), include_str!("schema/pairs.sql")],
    &[include_str!("schema/3.sql")],
    &[include_str!("schema/4.sql")],
    &[include_str!("schema/5.sql")],
];

/// Since this version the ledger knows copies and happenings, which only the program can find in the stored documents.
const KNOWS_STORIES: i64 = 5;

/// What a file is, by its header alone.
enum Header {
    Empty,
    Ledger(i64),
}

/// Checks that the file is a ledger of this version, making or migrating it where needed.
pub(crate) fn prepare(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    match read_header(connection, path)? {
        Header::Ledger(SCHEMA_VERSION) => Ok(()),
        Header::Empty | Header::Ledger(_) => migrate(connection, path),
    }
}

/// Checks that the file is a ledger of this version.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<(), LedgerError> {
    match read_header(connection, path)? {
        Header::Ledger(SCHEMA_VERSION) => Ok(()),
        Header::Ledger(found) => Err(LedgerError::Older { path: path.to_owned(), found }),
        Header::Empty => Err(LedgerError::NotALedger(path.to_owned())),
    }
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let from = match read_header(&transaction, path)? {
        Header::Empty => 0,
        Header::Ledger(version) => version,
    };
    for script in MIGRATIONS.iter().skip(from as usize).copied().flatten() {
        transaction.execute_batch(script)?;
    }
    if (1..4).contains(&from) {
        crate::disputes::reread(&transaction)?;
        crate::links::relink(&transaction)?;
    }
    if from < KNOWS_STORIES {
        Across::find_all(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(transaction.commit()?)
}

fn read_header(connection: &Connection, path: &Path) -> Result<Header, LedgerError> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let application = match number("SELECT application_id FROM pragma_application_id") {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(LedgerError::NotALedger(path.to_owned()));
        }
        result => result?,
    };
    let version = number("SELECT user_version FROM pragma_user_version")?;
    if application == APPLICATION_ID && version > SCHEMA_VERSION {
        return Err(LedgerError::Newer { path: path.to_owned(), found: version });
    }
    if application == APPLICATION_ID && version > 0 {
        return Ok(Header::Ledger(version));
    }
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    if application == 0 && version == 0 && tables == 0 {
        return Ok(Header::Empty);
    }
    Err(LedgerError::NotALedger(path.to_owned()))
}
