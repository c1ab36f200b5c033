//! Reads documents from web pages, text, Markdown, PDF, tables, JSON lines and archives of these; from files, folders,
//! globs and standard input; in bounded memory.
//!
//! In: the inputs as the user wrote them. Out: an iterator of [`Sourced`] documents and, in their place in the
//! order, an [`InputError`] for each record that cannot be read; a bad record never stops the rest. This crate
//! codes nothing and keeps nothing. What is decided here for the user:
//!
//! - Invalid UTF-8 becomes U+FFFD, and so does NUL (SQL and C programs would end the text there); both with a
//!   notice. Other characters, right-to-left marks and line ends among them, are kept so that offsets stay exact.
//! - A text above [`Options::max_document`] is refused, not cut: a cut text would silently lack records.
//! - A date that is no date leaves the document undated, with a notice; a guess would misplace every event in it.
//!
//! ```
//! use chancery_sources::{Documents, Options};
//! let missing = Documents::new(["no-such-file.jsonl"], Options::default()).next().unwrap();
//! assert!(missing.unwrap_err().to_string().starts_with("no-such-file.jsonl: "));
//! ```
#![deny(missing_docs)]

mod archive;
mod bounded;
mod charset;
mod decode;
mod documents;
mod files;
mod format;
pub mod html;
mod identity;
mod jsonl;
mod language;
mod lines;
mod markdown;
mod page;
mod pdf;
mod table;

use std::fmt;

pub use documents::Documents;
pub use format::Format;
pub use pdf::THREAD_NAME as PDF_THREAD_NAME;

use chancery_model::Document;

/// How inputs are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Largest text in bytes of UTF-8; a longer one is refused.
    pub max_document: usize,
    /// Read every input as this, whatever its name and first bytes say.
    pub format: Option<Format>,
    /// Columns of tables: field of the document (`text`, `date` …) and name of the column, as the user gave them.
    pub columns: Vec<(String, String)>,
}

/// 8 MiB, some 1.3 million words: a long book passes, a file of the wrong kind does not. Chosen by eye.
pub const DEFAULT_MAX_DOCUMENT: usize = 8 << 20;

impl Default for Options {
    fn default() -> Self {
        Options { max_document: DEFAULT_MAX_DOCUMENT, format: None, columns: Vec::new() }
    }
}

/// A document with where it came from and what had to be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced {
    /// The document.
    pub document: Document,
    /// Where it was read.
    pub origin: Origin,
    /// What the reader had to change or leave out, for the user to know; the document is good.
    pub notices: Vec<InputError>,
}

/// Where a document was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Path as given or found below a folder; `-` is standard input.
    pub file: String,
    /// Counts from 1; `None` where the whole file is the document.
    pub line: Option<u64>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// One record that could not be read, or read only with changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// Path, or the input as the user wrote it where it names no file.
    pub file: String,
    /// Counts from 1; `None` where it concerns the whole file.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: String,
    /// What the user can do about it.
    pub remedy: String,
}

impl InputError {
    fn new(origin: &Origin, reason: impl Into<String>, remedy: impl Into<String>) -> InputError {
        InputError { file: origin.file.clone(), line: origin.line, reason: reason.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.reason, self.remedy)
    }
}

impl std::error::Error for InputError {}
