//! Everything that the ledger knows, as files: one file a kind, in JSON lines, CSV or Parquet.
//!
//! The rows are those of the records' documentation, sorted by document id and by place in the document, or by their
//! own id, so that the same records give the same bytes whatever the order of adding. Each record also names its
//! `document`, and a document carries its text. Nested parts are nested objects in JSON lines, lists and structs in
//! Parquet, and JSON in a cell of CSV. What is unknown is null, in CSV an empty cell.

mod arrow;
mod columns;
mod writers;

use std::fs;
use std::path::Path;

use chancery_model::Coded;
use jiff::civil::Date;
use serde::Serialize;

use crate::read::DocumentHead;
use crate::{Ledger, LedgerError, links, stories};

use columns::{Column, columns_of};
use writers::TableFile;

/// What an export consists of, one file each.
pub const KINDS: [&str; 10] = [
    "documents",
    "events",
    "statements",
    "figures",
    "roles",
    "commitments",
    "disputes",
    "stories",
    "relations",
    "register",
];

/// How files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line.
    JsonLines,
    /// A header and one record a line; nested parts as JSON.
    Csv,
    /// Apache Parquet, compressed with Snappy; nested parts as lists and structs.
    Parquet,
}

impl ExportFormat {
    /// The file name extension.
    pub fn extension(self) -> &'static str {
        match self {
            ExportFormat::JsonLines => "jsonl",
            ExportFormat::Csv => "csv",
            ExportFormat::Parquet => "parquet",
        }
    }
}

/// A document's row.
#[derive(Serialize)]
struct DocumentRow<'d> {
    #[serde(flatten)]
    head: &'d DocumentHead,
    text: &'d str,
}

/// A record's row: the record and its document.
#[derive(Serialize)]
struct Row<'d, R> {
    document: &'d str,
    #[serde(flatten)]
    record: &'d R,
}

impl Ledger {
    /// Writes one file for each of [`KINDS`] into `folder`, which is made if absent, and says how many rows each has.
    /// A file takes its name only when it is complete. `as_of` is the day on which to judge what is overdue; without
    /// it, the latest publication date.
    ///
    /// # Errors
    /// If the ledger cannot be read or a file not be written.
    pub fn export(
        &self,
        folder: &Path,
        format: ExportFormat,
        as_of: Option<Date>,
    ) -> Result<Vec<(&'static str, u64)>, LedgerError> {
        fs::create_dir_all(folder).map_err(|source| LedgerError::Io { path: folder.to_owned(), source })?;
        // One transaction, so that the files agree with each other while another process adds.
        let transaction = self.connection.unchecked_transaction()?;
        let open = |kind: &str| TableFile::create(folder, kind, format, columns_of(kind));
        let mut written = self.export_documents(&open)?;
        let mut commitments = open("commitments")?;
        let as_of = as_of.map_or_else(|| links::latest_day(self), |day| Ok(Some(day)))?;
        for entry in links::commitments(self, as_of)? {
            commitments.write(&entry)?;
        }
        let mut disputes = open("disputes")?;
        for dispute in links::disputes(self)? {
            disputes.write(&dispute)?;
        }
        let mut stories = open("stories")?;
        stories::for_each_story(self, |story| stories.write(&story))?;
        let mut relations = open("relations")?;
        for relation in self.relations()? {
            relations.write(&relation)?;
        }
        let mut register = open("register")?;
        for entry in self.register()? {
            register.write(&entry)?;
        }
        written.extend([commitments, disputes, stories, relations, register]);
        drop(transaction);
        KINDS.into_iter().zip(written).map(|(kind, file)| Ok((kind, file.finish()?))).collect()
    }

    /// The kinds that stand in one document, all in one walk.
    fn export_documents(
        &self,
        open: &impl Fn(&str) -> Result<TableFile, LedgerError>,
    ) -> Result<Vec<TableFile>, LedgerError> {
        let mut documents = open("documents")?;
        let mut events = open("events")?;
        let mut statements = open("statements")?;
        let mut figures = open("figures")?;
        let mut roles = open("roles")?;
        self.for_each_document(|head| {
            let coded = self.coded(&head)?;
            documents.write(&DocumentRow { head: &head, text: &self.text(&head)? })?;
            write_rows(&mut events, &head.id, &coded.events)?;
            write_rows(&mut statements, &head.id, &coded.statements)?;
            write_rows(&mut figures, &head.id, &coded.figures)?;
            write_rows(&mut roles, &head.id, &coded.roles)
        })?;
        Ok(vec![documents, events, statements, figures, roles])
    }
}

fn write_rows<R: Serialize>(file: &mut TableFile, document: &str, records: &[R]) -> Result<(), LedgerError> {
    records.iter().try_for_each(|record| file.write(&Row { document, record }))
}

/// A Parquet file of coded documents, one row each, with its records as lists of structs.
pub struct CodedFile(TableFile);

impl CodedFile {
    /// Begins the file at `path`, which takes its name only when it is complete.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn create(path: &Path) -> Result<CodedFile, LedgerError> {
        let columns: &'static [Column] = columns_of("coded");
        Ok(CodedFile(TableFile::create_at(path, ExportFormat::Parquet, columns)?))
    }

    /// Adds a document's records.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&mut self, coded: &Coded) -> Result<(), LedgerError> {
        self.0.write(coded)
    }

    /// Completes the file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(self) -> Result<u64, LedgerError> {
        self.0.finish()
    }
}
