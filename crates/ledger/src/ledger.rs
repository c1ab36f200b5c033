//! Opening a ledger.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::{LedgerError, schema};

/// A ledger that is open. Each thread opens its own; processes share the file.
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) memory: crate::links::Memory,
}

/// How long to wait for another process's transaction. A batch takes well under a second; a first migration of a
/// large ledger may take minutes.
const PATIENCE: Duration = Duration::from_secs(120);

impl Ledger {
    /// Opens the ledger for reading and writing, makes it if the file is absent or empty, migrates an older one.
    ///
    /// # Errors
    /// If the file is no ledger, or was made by a newer program; it is then left as it was.
    pub fn open(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut ledger = Ledger::connect(path, flags)?;
        patiently(path, || {
            schema::prepare(&mut ledger.connection, path)?;
            // WAL: readers go on while a writer writes, and a killed writer leaves the last commit intact.
            // FULL: a commit survives loss of power, which is what makes an acknowledgement worth something.
            ledger.connection.pragma_update(None, "journal_mode", "WAL")?;
            Ok(ledger.connection.pragma_update(None, "synchronous", "FULL")?)
        })?;
        // Full-text insertion touches many pages; 32 MiB keeps them in memory within a batch.
        ledger.connection.pragma_update(None, "cache_size", -32_768)?;
        Ok(ledger)
    }

    /// Opens an existing ledger for reading only.
    ///
    /// # Errors
    /// As [`Ledger::open`], and if the ledger is older than this program.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(LedgerError::Missing(path.to_owned()));
        }
        let ledger = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        patiently(path, || schema::check(&ledger.connection, path))?;
        ledger.connection.pragma_update(None, "query_only", true)?;
        Ok(ledger)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks for damage in the file; an empty answer means there is none.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn damage(&self) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut found: Vec<String> = lines.collect::<Result<_, _>>()?;
        found.retain(|line| line != "ok");
        let mut statement =
            self.connection.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            found.push(format!("a row of {table} lacks its row in {parent}"));
        }
        Ok(found)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Ledger, LedgerError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| LedgerError::Io {
            path: path.to_owned(),
            source: std::io::Error::other(format!("cannot be opened ({error}); check path and permissions")),
        })?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Ledger { connection, path: path.to_owned(), memory: crate::links::Memory::new() })
    }
}

/// Runs `attempt` until it succeeds, fails for another reason than a lock, or [`PATIENCE`] is at its end. SQLite's own
/// busy timeout is not enough: it does not apply where waiting could deadlock.
pub(crate) fn patiently<T>(
    path: &Path,
    mut attempt: impl FnMut() -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match attempt() {
            Err(error) if error.is_busy() && begun.elapsed() < PATIENCE => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(250));
            }
            Err(error) if error.is_busy() => return Err(LedgerError::Busy(path.to_owned())),
            result => return result,
        }
    }
}
