//! Which files an input stands for, and how each is read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::bounded::unpack;
use crate::format::{Format, by_content, by_name, unnamed};
use crate::{InputError, Origin};

/// An opened input.
pub(crate) struct Opened {
    /// Decompressed.
    pub(crate) reader: Box<dyn BufRead>,
    pub(crate) format: Format,
    /// The file itself, for a ZIP archive that is not compressed once more.
    pub(crate) file: Option<File>,
}

/// Opens a file that was named by the user or found in a folder; one that tells nothing is read as text.
pub(crate) fn open(path: &Path, forced: Option<Format>) -> io::Result<Opened> {
    let mut file = File::open(path)?;
    let mut magic = [0; 2];
    let is_zip = file.read(&mut magic)? == 2 && &magic == b"PK";
    file.seek(SeekFrom::Start(0))?;
    let again = is_zip.then(|| file.try_clone()).transpose()?;
    let opened = open_stream(Box::new(BufReader::with_capacity(1 << 16, file)), Some(path), forced)?;
    Ok(Opened { file: again, ..opened })
}

/// Standard input.
pub(crate) fn open_stdin(forced: Option<Format>) -> io::Result<Opened> {
    open_stream(Box::new(BufReader::with_capacity(1 << 16, io::stdin())), None, forced)
}

/// Decompresses a stream and finds out how it is to be read.
pub(crate) fn open_stream(
    reader: Box<dyn BufRead>,
    name: Option<&Path>,
    forced: Option<Format>,
) -> io::Result<Opened> {
    let mut reader = unpack(reader)?;
    let beginning = reader.fill_buf()?;
    let named = name.and_then(by_name);
    let format = forced
        .or_else(|| by_content(beginning))
        .or(named)
        .unwrap_or_else(|| if name.is_none() { unnamed(beginning) } else { Format::Text });
    Ok(Opened { reader, format, file: None })
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

/// True if a member of an archive is of a known kind and not hidden; others are counted in `skipped` by extension.
pub(crate) fn is_wanted(name: &str, skipped: &mut BTreeMap<String, u64>) -> bool {
    if name.split('/').any(|part| part.starts_with('.') && part.len() > 2 || part == "__MACOSX") {
        return false;
    }
    let path = Path::new(name);
    if by_name(path).is_some() {
        return true;
    }
    count_skipped(path, skipped);
    false
}

fn count_skipped(path: &Path, skipped: &mut BTreeMap<String, u64>) {
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy()));
    *skipped.entry(extension.unwrap_or_else(|| "no extension".into())).or_default() += 1;
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
        if is_folder || (by_name(&path).is_some() && path.is_file()) {
            entries.push(path);
        } else {
            count_skipped(&path, skipped);
        }
    }
    entries.sort();
    Ok(entries)
}
