//! CSV and TSV: one document a row, its fields found by the names of the columns.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::Value;

use crate::jsonl::{self, Fields};
use crate::{InputError, Options, Origin, Sourced, charset, html};

/// Fields of a document and the names that columns with them have, the likeliest first.
const NAMES: [(&str, &[&str]); 8] = [
    ("text", &["text", "body", "content", "article", "article_text", "full_text", "fulltext", "story", "maintext"]),
    (
        "date",
        &[
            "date",
            "published",
            "publication_date",
            "pub_date",
            "pubdate",
            "published_at",
            "publish_date",
            "datetime",
            "day",
        ],
    ),
    ("title", &["title", "headline", "heading"]),
    ("url", &["url", "link", "uri"]),
    ("source", &["source", "outlet", "publisher", "publication", "source_name", "newspaper"]),
    ("author", &["author", "authors", "byline", "writer"]),
    ("language", &["language", "lang"]),
    ("id", &["id", "doc_id", "document_id", "article_id"]),
];

/// Lets a record have so many bytes and no more: a quote that is never closed would otherwise be read to the end.
struct Budget<R> {
    reader: R,
    left: Arc<AtomicU64>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Relaxed);
        if left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a record without end (a quote that is never closed?)",
            ));
        }
        let most = buffer.len().min(left as usize);
        let read = self.reader.read(&mut buffer[..most])?;
        self.left.fetch_sub(read as u64, Relaxed);
        Ok(read)
    }
}

/// A table that is being read.
pub(crate) struct Table {
    reader: Reader<Budget<Box<dyn BufRead>>>,
    left: Arc<AtomicU64>,
    budget: u64,
    /// For each field of a document, its column.
    columns: Vec<(&'static str, usize)>,
    pub(crate) file: String,
    pub(crate) ended: bool,
}

impl Table {
    /// Reads the header.
    ///
    /// # Errors
    /// If no column holds the text, or a column that the user named is not there.
    pub(crate) fn new(mut reader: Box<dyn BufRead>, file: String, options: &Options) -> Result<Table, InputError> {
        let origin = Origin { file, line: None };
        let delimiter = {
            let beginning = reader.fill_buf().map_err(|error| broken(&origin, &error.to_string()))?;
            delimiter_in(beginning)
        };
        let budget = (options.max_document as u64).saturating_mul(2).saturating_add(1 << 20);
        let left = Arc::new(AtomicU64::new(budget));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Budget { reader, left: left.clone() });
        let header = reader.byte_headers().map_err(|error| broken(&origin, &error.to_string()))?;
        let header: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_lowercase())
            .collect();
        let columns = find_columns(&header, options, &origin)?;
        Ok(Table { reader, left, budget, columns, file: origin.file, ended: false })
    }

    /// Bytes read so far.
    pub(crate) fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    pub(crate) fn next(&mut self, options: &Options) -> Option<Result<Sourced, InputError>> {
        let mut record = ByteRecord::new();
        loop {
            if self.ended {
                return None;
            }
            self.left.store(self.budget, Relaxed);
            let result = self.reader.read_byte_record(&mut record);
            let line = record.position().map(|position| position.line());
            let origin = Origin { file: self.file.clone(), line };
            match result {
                Ok(false) => return None,
                Ok(true) if record.iter().all(<[u8]>::is_empty) => {}
                Ok(true) => return Some(self.document(&record, origin, options)),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(broken(&origin, &error.to_string())));
                }
            }
        }
    }

    fn document(&self, record: &ByteRecord, origin: Origin, options: &Options) -> Result<Sourced, InputError> {
        let mut fields = Fields::default();
        for (name, column) in &self.columns {
            let Some(bytes) = record.get(*column).filter(|bytes| !bytes.is_empty()) else { continue };
            let mut text = charset::decode(bytes, None, false).text;
            if *name == "date"
                && chancery_model::publication_date(&text).is_err()
                && let Some(date) = html::date_in(&text)
            {
                text = date.to_string();
            }
            fields.set(name, Value::String(text));
        }
        jsonl::document_of(fields, origin, options, Vec::new())
    }
}

fn broken(origin: &Origin, reason: &str) -> InputError {
    InputError::new(origin, format!("the table cannot be read: {reason}"), "check its quotes and separators")
}

/// The separator that the first line has most of.
fn delimiter_in(beginning: &[u8]) -> u8 {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',')
}

fn find_columns(
    header: &[String],
    options: &Options,
    origin: &Origin,
) -> Result<Vec<(&'static str, usize)>, InputError> {
    let mut columns = Vec::new();
    for (field, names) in NAMES {
        let named = options.columns.iter().find(|(given, _)| given == field);
        let at = match named {
            Some((_, column)) => {
                let wanted = column.to_lowercase();
                Some(header.iter().position(|name| *name == wanted).ok_or_else(|| {
                    let reason = format!("there is no column `{column}`; the columns are {}", header.join(", "));
                    InputError::new(origin, reason, "name one of these with --columns")
                })?)
            }
            None => names.iter().find_map(|name| header.iter().position(|column| column == name)),
        };
        columns.extend(at.map(|at| (field, at)));
    }
    if columns.iter().all(|(field, _)| *field != "text") {
        let shown: Vec<&str> = header.iter().take(20).map(String::as_str).collect();
        let reason = format!("no column holds the text; the columns are {}", shown.join(", "));
        return Err(InputError::new(origin, reason, "name it, as in --columns text=body,date=published"));
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(table: &str, options: &Options) -> Result<Vec<Result<Sourced, InputError>>, InputError> {
        let mut table = Table::new(Box::new(Cursor::new(table.as_bytes().to_vec())), "a.csv".into(), options)?;
        Ok(std::iter::from_fn(|| table.next(options)).collect())
    }

    #[test]
    fn columns_are_found_by_name_or_as_the_user_says() {
        let table = "\u{feff}Headline;Published;Body\n\"Talks; again\";13 Feb 2026;\"They met.\nThey left.\"\n;;\nB;;Text\n";
        let rows = read(table, &Options::default()).unwrap();
        let first = &rows[0].as_ref().unwrap().document;
        assert_eq!(first.title.as_deref(), Some("Talks; again"));
        assert_eq!(first.date, Some(jiff::civil::date(2026, 2, 13)));
        assert_eq!(first.text, "They met.\nThey left.");
        assert_eq!(rows.len(), 2);
        let options = Options { columns: vec![("text".into(), "Story2".into())], ..Options::default() };
        assert!(read(table, &options).unwrap_err().to_string().contains("headline, published, body"));
        assert_eq!(read("id\tstory2\n1\tThey met.\n", &options).unwrap().len(), 1);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_and_costs_bounded_memory() {
        let table = format!("text\ngood\n\"{}", "x".repeat(4 << 20));
        let rows = read(&table, &Options { max_document: 1000, ..Options::default() }).unwrap();
        assert!(rows[0].is_ok());
        assert!(rows[1].as_ref().unwrap_err().to_string().contains("never closed"));
    }
}
