//! The stream of documents.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use chancery_model::Document;

use crate::decode::{decode, replace_nul};
use crate::files::{self, Format, Opened};
use crate::identity::{SeenIds, default_id};
use crate::lines::{Line, read_line};
use crate::{InputError, Options, Origin, Sourced, jsonl};

/// Every document of the inputs, in the order given; folders in the order of their sorted names.
pub struct Documents {
    /// Still to be read; the next one is last.
    waiting: Vec<Waiting>,
    current: Option<LinesOf>,
    options: Options,
    seen: SeenIds,
    skipped: BTreeMap<String, u64>,
    bytes: u64,
}

enum Waiting {
    /// As the user wrote it.
    Input(String),
    /// A file or folder that exists.
    Path(PathBuf),
}

/// A file of JSON lines that is being read.
struct LinesOf {
    reader: Box<dyn BufRead>,
    file: String,
    line: u64,
    offset: u64,
    buffer: Vec<u8>,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Documents {
    /// Reads `inputs`, each a file, a folder, a glob, or `-` for standard input.
    pub fn new<S: Into<String>>(inputs: impl IntoIterator<Item = S>, options: Options) -> Documents {
        let mut waiting: Vec<Waiting> = inputs.into_iter().map(|input| Waiting::Input(input.into())).collect();
        waiting.reverse();
        Documents { waiting, current: None, options, seen: SeenIds::default(), skipped: BTreeMap::new(), bytes: 0 }
    }

    /// Files in folders that were passed over since their kind is not known, counted by extension.
    pub fn skipped(&self) -> &BTreeMap<String, u64> {
        &self.skipped
    }

    /// Bytes read so far, after decompression.
    pub fn bytes_read(&self) -> u64 {
        self.bytes
    }

    /// Starts on an input or a path; `Some` if that is already one result.
    fn start(&mut self, waiting: Waiting) -> Option<Result<Sourced, InputError>> {
        match waiting {
            Waiting::Input(input) if input == "-" => self.begin(files::open_stdin(), input),
            Waiting::Input(input) => match files::expand(&input) {
                Ok(paths) => {
                    self.waiting.extend(paths.into_iter().rev().map(Waiting::Path));
                    None
                }
                Err(error) => Some(Err(error)),
            },
            Waiting::Path(path) if path.is_dir() => self.descend(&path),
            Waiting::Path(path) => self.begin(files::open(&path), path.to_string_lossy().into_owned()),
        }
    }

    fn descend(&mut self, folder: &Path) -> Option<Result<Sourced, InputError>> {
        match files::list(folder, &mut self.skipped) {
            Ok(paths) => {
                self.waiting.extend(paths.into_iter().rev().map(Waiting::Path));
                None
            }
            Err(error) => {
                let origin = Origin { file: folder.to_string_lossy().into_owned(), line: None };
                Some(Err(cannot_read(&origin, &error)))
            }
        }
    }

    fn begin(&mut self, opened: std::io::Result<Opened>, file: String) -> Option<Result<Sourced, InputError>> {
        let origin = Origin { file, line: None };
        match opened {
            Err(error) => Some(Err(cannot_read(&origin, &error))),
            Ok(Opened { reader, format: Format::Text }) => Some(self.read_text(reader, origin)),
            Ok(Opened { reader, format: Format::JsonLines }) => {
                self.current = Some(LinesOf { reader, file: origin.file, line: 0, offset: 0, buffer: Vec::new() });
                None
            }
        }
    }

    /// The whole of `reader` as one document.
    fn read_text(&mut self, reader: Box<dyn BufRead>, origin: Origin) -> Result<Sourced, InputError> {
        let cap = self.options.max_document as u64;
        let mut bytes = Vec::new();
        let mut limited = reader.take(cap + 1);
        limited.read_to_end(&mut bytes).map_err(|error| cannot_read(&origin, &error))?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > cap {
            return Err(self.too_large(&origin));
        }
        if bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        let mut notices = Vec::new();
        let text = decode(bytes, 0, &origin, &mut notices)?;
        let text = replace_nul(text, &origin, &mut notices)?;
        if text.trim().is_empty() {
            return Err(InputError::new(&origin, "the file is empty", "give a file with text in it"));
        }
        let document = Document { id: default_id(None, &text), text, ..Document::default() };
        Ok(Sourced { document, origin, notices })
    }

    fn too_large(&self, origin: &Origin) -> InputError {
        // The size of what is compressed or piped is not known without reading all of it.
        let size = std::fs::metadata(&origin.file).map(|file| file.len()).unwrap_or(0);
        jsonl::check_size(size, &self.options, origin).err().unwrap_or_else(|| {
            let reason = format!("the text has more than the {} bytes allowed", self.options.max_document);
            InputError::new(origin, reason, "split it, or allow it with --max-document BYTES")
        })
    }

    fn note_clash(&mut self, sourced: &mut Sourced) {
        if self.seen.clashes(&sourced.document) {
            let reason = format!(
                "the id `{}` was given before to another text; in a ledger the later one replaces the earlier",
                sourced.document.id
            );
            sourced.notices.push(InputError::new(&sourced.origin, reason, "give each document its own id"));
        }
    }
}

impl Iterator for Documents {
    type Item = Result<Sourced, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let result = match &mut self.current {
                Some(lines) => {
                    let before = lines.offset;
                    let result = lines.next(&self.options);
                    self.bytes += lines.offset - before;
                    if result.is_none() {
                        self.current = None;
                    }
                    result
                }
                None => {
                    let waiting = self.waiting.pop()?;
                    self.start(waiting)
                }
            };
            if let Some(mut result) = result {
                if let Ok(sourced) = &mut result {
                    self.note_clash(sourced);
                }
                return Some(result);
            }
        }
    }
}

impl LinesOf {
    fn next(&mut self, options: &Options) -> Option<Result<Sourced, InputError>> {
        loop {
            let start = self.offset;
            self.line += 1;
            let origin = Origin { file: self.file.clone(), line: Some(self.line) };
            match read_line(&mut self.reader, &mut self.buffer, line_cap(options), &mut self.offset) {
                Ok(Line::End) => return None,
                Ok(Line::TooLong(bytes)) => return Some(Err(line_too_long(&origin, bytes, options))),
                Ok(Line::Whole) => {}
                Err(error) => {
                    // A broken stream gives nothing more: do not read it again.
                    self.reader = Box::new(std::io::empty());
                    return Some(Err(cannot_read(&origin, &error)));
                }
            }
            let mut bytes = std::mem::take(&mut self.buffer);
            if start == 0 && bytes.starts_with(BYTE_ORDER_MARK) {
                bytes.drain(..BYTE_ORDER_MARK.len());
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                self.buffer = bytes;
                continue;
            }
            let mut notices = Vec::new();
            let line = match decode(bytes, start, &origin, &mut notices) {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            let result = jsonl::read(&line, origin, options, notices);
            self.buffer = line.into_bytes();
            return Some(result);
        }
    }
}

/// JSON may take three times the bytes of its text (`\u0448` for a Cyrillic letter), and has other fields beside it.
fn line_cap(options: &Options) -> usize {
    options.max_document.saturating_mul(3).saturating_add(1 << 20)
}

fn line_too_long(origin: &Origin, bytes: u64, options: &Options) -> InputError {
    let reason = format!("the line has {bytes} bytes, more than the {} allowed", line_cap(options));
    InputError::new(origin, reason, format!("split the text, or allow it with --max-document {bytes}"))
}

fn cannot_read(origin: &Origin, error: &std::io::Error) -> InputError {
    InputError::new(origin, format!("cannot be read: {error}"), "check that it is whole and that you may read it")
}
