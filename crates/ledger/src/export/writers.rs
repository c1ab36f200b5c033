//! One file of rows in one of the formats.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::Serialize;
use serde_json::Value;

use super::columns::Column;
use super::{ExportFormat, arrow};
use crate::LedgerError;

/// A file being written under a provisional name.
pub(crate) struct TableFile {
    path: PathBuf,
    part: PathBuf,
    columns: &'static [Column],
    sink: Sink,
    rows: u64,
}

enum Sink {
    JsonLines(BufWriter<File>),
    Csv(csv::Writer<File>),
    Parquet { writer: ArrowWriter<File>, waiting: Vec<Value>, bytes: usize },
}

/// Rows go to the Parquet writer in batches of at most so many,
const BATCH_ROWS: usize = 4096;
/// or so many bytes of JSON, documents being of very different size,
const BATCH_BYTES: usize = 8 << 20;
/// and the writer ends a row group when it holds so much: memory stays flat.
const ROW_GROUP_BYTES: usize = 64 << 20;

impl TableFile {
    /// Begins `<folder>/<kind>.<extension>`.
    pub(crate) fn create(
        folder: &Path,
        kind: &str,
        format: ExportFormat,
        columns: &'static [Column],
    ) -> Result<TableFile, LedgerError> {
        TableFile::create_at(&folder.join(format!("{kind}.{}", format.extension())), format, columns)
    }

    /// Begins the file at `path`.
    pub(crate) fn create_at(
        path: &Path,
        format: ExportFormat,
        columns: &'static [Column],
    ) -> Result<TableFile, LedgerError> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|source| LedgerError::Io { path: part.clone(), source })?;
        let sink = match format {
            ExportFormat::JsonLines => Sink::JsonLines(BufWriter::with_capacity(1 << 16, file)),
            ExportFormat::Csv => {
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(columns.iter().map(|column| column.name))?;
                Sink::Csv(writer)
            }
            ExportFormat::Parquet => {
                let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
                let writer = ArrowWriter::try_new(file, Arc::new(arrow::schema(columns)), Some(properties))?;
                Sink::Parquet { writer, waiting: Vec::new(), bytes: 0 }
            }
        };
        Ok(TableFile { path: path.to_owned(), part, columns, sink, rows: 0 })
    }

    /// Adds a row.
    pub(crate) fn write(&mut self, row: &impl Serialize) -> Result<(), LedgerError> {
        self.rows += 1;
        match &mut self.sink {
            Sink::JsonLines(writer) => {
                serde_json::to_writer(&mut *writer, row)?;
                Ok(writer.write_all(b"\n")?)
            }
            Sink::Csv(writer) => {
                let row = serde_json::to_value(row)?;
                Ok(writer.write_record(self.columns.iter().map(|column| cell(&row[column.name])))?)
            }
            Sink::Parquet { writer, waiting, bytes } => {
                let row = serde_json::to_value(row)?;
                *bytes += size(&row);
                waiting.push(row);
                if waiting.len() >= BATCH_ROWS || *bytes >= BATCH_BYTES {
                    *bytes = 0;
                    write_batch(writer, self.columns, waiting)?;
                }
                Ok(())
            }
        }
    }

    /// Completes the file, gives it its name and says how many rows it has.
    pub(crate) fn finish(self) -> Result<u64, LedgerError> {
        let TableFile { path, part, columns, sink, rows } = self;
        match sink {
            Sink::JsonLines(mut writer) => writer.flush()?,
            Sink::Csv(mut writer) => writer.flush()?,
            Sink::Parquet { mut writer, mut waiting, .. } => {
                write_batch(&mut writer, columns, &mut waiting)?;
                writer.close()?;
            }
        }
        fs::rename(&part, &path).map_err(|source| LedgerError::Io { path, source })?;
        Ok(rows)
    }
}

fn write_batch(
    writer: &mut ArrowWriter<File>,
    columns: &[Column],
    waiting: &mut Vec<Value>,
) -> Result<(), LedgerError> {
    if waiting.is_empty() {
        return Ok(());
    }
    let batch = arrow::batch(columns, waiting).map_err(parquet::errors::ParquetError::from)?;
    waiting.clear();
    writer.write(&batch)?;
    if writer.in_progress_size() > ROW_GROUP_BYTES {
        writer.flush()?;
    }
    Ok(())
}

/// A cell of CSV: text as it is, nothing for null, JSON for the rest.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Roughly the bytes that a value holds.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 8,
    }
}
