//! The stream of documents.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use chancery_model::{Document, Original};

use crate::archive::{self, Archive, Member, Next};
use crate::decode::{decode, replace_nul};
use crate::files::{self, Opened};
use crate::format::Format;
use crate::identity::{SeenIds, default_id, digest};
use crate::lines::{Line, read_line};
use crate::page::{self, Page, mark_language};
use crate::table::Table;
use crate::{InputError, Options, Origin, Sourced, charset, html, jsonl, markdown, pdf};

/// Every document of the inputs, in the order given; folders in the order of their sorted names.
pub struct Documents {
    /// Still to be read; the next one is last.
    waiting: Vec<Waiting>,
    /// What is being read; a member of an archive lies above the archive.
    open: Vec<Level>,
    options: Options,
    seen: SeenIds,
    skipped: BTreeMap<String, u64>,
    bytes: u64,
}

/// Something that gives one document after the other.
enum Level {
    Lines(LinesOf),
    Table(Box<Table>),
    Archive { archive: Archive, file: String },
}

/// Archives within archives: deeper ones are left alone, since they may go on for ever.
const MAX_LEVELS: usize = 3;

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
        Documents {
            waiting,
            open: Vec::new(),
            options,
            seen: SeenIds::default(),
            skipped: BTreeMap::new(),
            bytes: 0,
        }
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
            Waiting::Input(input) if input == "-" => self.begin(files::open_stdin(self.options.format), input),
            Waiting::Input(input) => match files::expand(&input) {
                Ok(paths) => {
                    self.waiting.extend(paths.into_iter().rev().map(Waiting::Path));
                    None
                }
                Err(error) => Some(Err(error)),
            },
            Waiting::Path(path) if path.is_dir() => self.descend(&path),
            Waiting::Path(path) => {
                self.begin(files::open(&path, self.options.format), path.to_string_lossy().into_owned())
            }
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
            Ok(opened) => self.begin_format(opened, origin),
        }
    }

    fn begin_format(&mut self, opened: Opened, origin: Origin) -> Option<Result<Sourced, InputError>> {
        let Opened { reader, format, file } = opened;
        let level = match format {
            Format::Text | Format::Html | Format::Markdown | Format::Pdf => {
                return Some(self.read_whole(reader, format, origin));
            }
            Format::JsonLines => Ok(Level::Lines(LinesOf {
                reader,
                file: origin.file.clone(),
                line: 0,
                offset: 0,
                buffer: Vec::new(),
            })),
            Format::Table => {
                Table::new(reader, origin.file.clone(), &self.options).map(|table| Level::Table(Box::new(table)))
            }
            Format::Zip | Format::Tar if self.open.len() >= MAX_LEVELS => {
                Err(InputError::new(&origin, "an archive within archives, too deep to be read", "unpack it"))
            }
            Format::Zip => {
                let archive = file.map_or_else(|| Archive::zip_stream(reader), Archive::zip_file);
                let level = archive.map(|archive| Level::Archive { archive, file: origin.file.clone() });
                level.map_err(|error| cannot_read(&origin, &error))
            }
            Format::Tar => Ok(Level::Archive { archive: Archive::tar(reader), file: origin.file.clone() }),
        };
        match level {
            Ok(level) => {
                self.open.push(level);
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// The next document of what is open; `None` if it has to be asked again.
    fn read_on(&mut self) -> Option<Result<Sourced, InputError>> {
        let (options, skipped) = (&self.options, &mut self.skipped);
        let result = match self.open.last_mut()? {
            Level::Lines(lines) => {
                let before = lines.offset;
                let result = lines.next(options);
                self.bytes += lines.offset - before;
                result
            }
            Level::Table(table) => {
                let before = table.position();
                let result = table.next(options);
                self.bytes += table.position() - before;
                result
            }
            Level::Archive { archive, file } => {
                let wanted = |name: &str| options.format.is_some() || files::is_wanted(name, skipped);
                match archive.next(wanted) {
                    Next::Member(member) => {
                        // A name may hold anything; what a terminal would obey is no part of it.
                        let shown: String =
                            member.name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
                        let name = format!("{file}!/{shown}");
                        return self.begin_member(member, name);
                    }
                    Next::Broken(reason) => {
                        let origin = Origin { file: file.clone(), line: None };
                        self.open.pop();
                        let remedy = "get it once more; what came before is read";
                        return Some(Err(InputError::new(
                            &origin,
                            format!("the archive breaks off: {reason}"),
                            remedy,
                        )));
                    }
                    Next::End => None,
                }
            }
        };
        if result.is_none() {
            self.open.pop();
        }
        result
    }

    fn begin_member(&mut self, member: Member, name: String) -> Option<Result<Sourced, InputError>> {
        let origin = Origin { file: name.clone(), line: None };
        match member.content {
            Err(reason) => Some(Err(InputError::new(
                &origin,
                format!("cannot be read: {reason}"),
                "unpack the archive to see why",
            ))),
            Ok(bytes) => {
                // Within an archive the user's format means the members, not archives among them.
                let forced = self.options.format.filter(|format| !matches!(format, Format::Zip | Format::Tar));
                let reader = Box::new(std::io::Cursor::new(bytes));
                self.begin(files::open_stream(reader, Some(Path::new(&member.name)), forced), name)
            }
        }
    }

    /// The whole of `reader` as one document.
    fn read_whole(
        &mut self,
        reader: Box<dyn BufRead>,
        format: Format,
        origin: Origin,
    ) -> Result<Sourced, InputError> {
        // A PDF's pictures and fonts are no text.
        let cap = if format == Format::Pdf { archive::MAX_MEMBER } else { self.options.max_document as u64 };
        let mut bytes = Vec::new();
        let mut limited = reader.take(cap + 1);
        limited.read_to_end(&mut bytes).map_err(|error| cannot_read(&origin, &error))?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > cap {
            return Err(self.too_large(&origin));
        }
        let original = original_of(&bytes, 0, &origin);
        let mut sourced = self.read_bytes(bytes, format, origin)?;
        sourced.document.original = original;
        Ok(sourced)
    }

    fn read_bytes(&self, bytes: Vec<u8>, format: Format, origin: Origin) -> Result<Sourced, InputError> {
        let mut notices = Vec::new();
        let empty = || InputError::new(&origin, "the file is empty", "give a file with text in it");
        let document = match format {
            Format::Html => {
                let page = Page { bytes, content_type: None, url: None };
                return Ok(Sourced { document: page::read(page, &self.options, &origin)?, origin, notices });
            }
            Format::Pdf => {
                let text = pdf::read(bytes)
                    .map_err(|reason| InputError::new(&origin, reason, "give its text as a file"))?;
                Document { text, ..Document::default() }
            }
            Format::Markdown => markdown_document(&decode_whole(bytes, &origin, &mut notices)?),
            _ => Document { text: decode_whole(bytes, &origin, &mut notices)?, ..Document::default() },
        };
        if document.text.trim().is_empty() {
            return Err(empty());
        }
        jsonl::check_size(document.text.len() as u64, &self.options, &origin)?;
        let text = replace_nul(document.text, &origin, &mut notices)?;
        let document = Document { id: default_id(None, &text), text, ..document };
        Ok(Sourced { document: mark_language(document), origin, notices })
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
            let result = if self.open.is_empty() {
                let waiting = self.waiting.pop()?;
                self.start(waiting)
            } else {
                self.read_on()
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
            let original = original_of(&bytes, start, &origin);
            let line = match decode(bytes, start, &origin, &mut notices) {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            let mut result = jsonl::read(&line, origin, options, notices);
            if let Ok(sourced) = &mut result {
                sourced.document.original = original;
            }
            self.buffer = line.into_bytes();
            return Some(result);
        }
    }
}

/// Where bytes lie that begin at `offset` of a file or member; standard input cannot be read again.
fn original_of(bytes: &[u8], offset: u64, origin: &Origin) -> Option<Original> {
    if origin.file == "-" || origin.file.starts_with("-!/") {
        return None;
    }
    let (file, member) = match origin.file.split_once("!/") {
        Some((file, member)) => (file.to_owned(), Some(member.to_owned())),
        None => (origin.file.clone(), None),
    };
    Some(Original { file, member, offset, length: bytes.len() as u64, digest: digest(bytes) })
}

/// Text in whatever encoding, with a notice where it had to be guessed or mended.
fn decode_whole(bytes: Vec<u8>, origin: &Origin, notices: &mut Vec<InputError>) -> Result<String, InputError> {
    let decoded = charset::decode(&bytes, None, false);
    if decoded.encoding == "UTF-8" {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).map(<[u8]>::to_vec).unwrap_or(bytes);
        return decode(bytes, 0, origin, notices);
    }
    let controls = decoded.text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 50 > decoded.text.chars().count() {
        return Err(InputError::new(
            origin,
            "this is no text",
            "name its format with --input-format, or leave it out",
        ));
    }
    let reason = format!("no UTF-8; read as {}", decoded.encoding);
    notices.push(InputError::new(origin, reason, "convert it to UTF-8 if letters look wrong"));
    Ok(decoded.text)
}

fn markdown_document(source: &str) -> Document {
    let read = markdown::read(source);
    let mut document = Document { text: read.text, ..Document::default() };
    if let Some((title, place)) = read.title {
        (document.title, document.found.title) = (Some(title), Some(place.to_owned()));
    }
    let front = |key: &str| read.front.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    document.date = front("date").and_then(|date| html::date_in(&date));
    document.found.date = document.date.map(|_| "front matter date".to_owned());
    document.author = front("author");
    document.found.author = document.author.as_ref().map(|_| "front matter author".to_owned());
    document
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
