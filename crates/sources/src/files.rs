//! Which files an input stands for, and how each is read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use crate::{InputError, Origin};

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The whole file is one document.
    Text,
    /// One JSON object a line.
    JsonLines,
}

/// An opened input.
pub(crate) struct Opened {
    pub(crate) reader: Box<dyn BufRead>,
    pub(crate) format: Format,
}

/// The format that a file's name tells, and whether it is compressed.
fn format_of(path: &Path) -> Option<(Format, bool)> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let (name, gzip) = match name.strip_suffix(".gz") {
        Some(inner) => (inner, true),
        None => (name.as_str(), false),
    };
    match name.rsplit_once('.')?.1 {
        "txt" | "text" => Some((Format::Text, gzip)),
        "jsonl" | "ndjson" | "json" => Some((Format::JsonLines, gzip)),
        _ => None,
    }
}

/// Opens a file that was named by the user or found in a folder; a name that tells nothing is read as text.
pub(crate) fn open(path: &Path) -> io::Result<Opened> {
    let (format, gzip) = format_of(path).unwrap_or((Format::Text, false));
    let file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let reader: Box<dyn BufRead> =
        if gzip { Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(file))) } else { Box::new(file) };
    Ok(Opened { reader, format })
}

/// Standard input: JSON lines if its first character that is no white space is `{`, otherwise one text.
pub(crate) fn open_stdin() -> io::Result<Opened> {
    let mut reader = BufReader::with_capacity(1 << 16, io::stdin());
    let beginning = reader.fill_buf()?;
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    let format = if first == Some(&b'{') { Format::JsonLines } else { Format::Text };
    Ok(Opened { reader: Box::new(reader), format })
}

const LIKE_A_SHELL: glob::MatchOptions =
    glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// The paths that an input stands for: itself, or what its glob matches, sorted.
pub(crate) fn expand(input: &str) -> Result<Vec<PathBuf>, InputError> {
    let origin = Origin { file: input.to_owned(), line: None };
    if fs::symlink_metadata(input).is_ok() {
        return Ok(vec![PathBuf::from(input)]);
    }
    if !input.contains(['*', '?', '[']) {
        let remedy = "check the path; quote a glob so that Chancery expands it";
        return Err(InputError::new(&origin, "there is no such file or folder", remedy));
    }
    let matches = glob::glob_with(input, LIKE_A_SHELL)
        .map_err(|error| InputError::new(&origin, format!("no valid glob: {}", error.msg), "mend the pattern"))?;
    let mut paths: Vec<PathBuf> = matches.filter_map(Result::ok).collect();
    paths.sort();
    if paths.is_empty() {
        return Err(InputError::new(&origin, "no file matches", "check the pattern"));
    }
    Ok(paths)
}

/// What lies in a folder, sorted by name: folders, and files of a known kind. Hidden entries are left out; files of
/// other kinds are counted in `skipped` by extension. Links to folders are not followed, since they may lead back.
pub(crate) fn list(folder: &Path, skipped: &mut BTreeMap<String, u64>) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let is_folder = entry.file_type()?.is_dir();
        if is_folder || (format_of(&path).is_some() && path.is_file()) {
            entries.push(path);
        } else {
            let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy()));
            *skipped.entry(extension.unwrap_or_else(|| "no extension".into())).or_default() += 1;
        }
    }
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_formats() {
        let format = |name: &str| format_of(Path::new(name));
        assert_eq!(format("a/b.TXT"), Some((Format::Text, false)));
        assert_eq!(format("b.jsonl.gz"), Some((Format::JsonLines, true)));
        assert_eq!(format("b.png"), None);
        assert_eq!(format("txt"), None);
    }
}
