//! Members of ZIP and tar archives, one by one, each held in memory and bounded.
//!
//! Nothing is ever written to disk, so a member's name is a name and no path.

use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek};

use zip::ZipArchive;

use crate::bounded::Bounded;

/// Largest member in bytes: it is held in memory.
pub(crate) const MAX_MEMBER: u64 = 64 << 20;

/// Most members of an archive that are looked at.
const MAX_MEMBERS: usize = 1 << 20;

/// A file of an archive.
pub(crate) struct Member {
    pub(crate) name: String,
    /// What it holds, or why it cannot be read.
    pub(crate) content: Result<Vec<u8>, String>,
}

/// What is between an archive and its next member.
pub(crate) enum Next {
    Member(Member),
    /// Nothing after this can be found.
    Broken(String),
    End,
}

/// What a ZIP archive is read from.
pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// An archive that is being read.
pub(crate) enum Archive {
    Zip { archive: Box<ZipArchive<Box<dyn ReadSeek>>>, at: usize },
    Tar { reader: Box<dyn BufRead>, members: usize },
}

impl Archive {
    /// A ZIP archive that is a file.
    pub(crate) fn zip_file(file: File) -> io::Result<Archive> {
        Archive::zip(Box::new(io::BufReader::new(file)))
    }

    /// A ZIP archive from a stream: it is held in memory, since its directory stands at the end.
    pub(crate) fn zip_stream(reader: impl Read) -> io::Result<Archive> {
        let mut bytes = Vec::new();
        reader.take(MAX_MEMBER + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_MEMBER {
            return Err(io::Error::other(format!(
                "a ZIP archive in a stream may have {MAX_MEMBER} bytes; save it as a file"
            )));
        }
        Archive::zip(Box::new(Cursor::new(bytes)))
    }

    fn zip(reader: Box<dyn ReadSeek>) -> io::Result<Archive> {
        let archive = ZipArchive::new(reader)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        Ok(Archive::Zip { archive: Box::new(archive), at: 0 })
    }

    pub(crate) fn tar(reader: Box<dyn BufRead>) -> Archive {
        Archive::Tar { reader, members: 0 }
    }

    /// The next file; `wanted` says by its name whether its content is.
    pub(crate) fn next(&mut self, wanted: impl FnMut(&str) -> bool) -> Next {
        match self {
            Archive::Zip { archive, at } => next_of_zip(archive, at, wanted),
            Archive::Tar { reader, members } => next_of_tar(reader, members, wanted),
        }
    }
}

fn next_of_zip(
    archive: &mut ZipArchive<Box<dyn ReadSeek>>,
    at: &mut usize,
    mut wanted: impl FnMut(&str) -> bool,
) -> Next {
    while *at < archive.len().min(MAX_MEMBERS) {
        let number = *at;
        *at += 1;
        let entry = match archive.by_index(number) {
            Ok(entry) => entry,
            Err(error) => {
                let name = format!("member {}", number + 1);
                return Next::Member(Member { name, content: Err(error.to_string()) });
            }
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if name.ends_with('/') || !wanted(&name) {
            continue;
        }
        let compressed = entry.compressed_size();
        let content = take(Bounded::of_size(entry, compressed));
        return Next::Member(Member { name, content });
    }
    Next::End
}

fn take(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    reader.take(MAX_MEMBER + 1).read_to_end(&mut content).map_err(|error| error.to_string())?;
    if content.len() as u64 > MAX_MEMBER {
        return Err(format!("it has more than {MAX_MEMBER} bytes"));
    }
    Ok(content)
}

fn next_of_tar(reader: &mut Box<dyn BufRead>, members: &mut usize, mut wanted: impl FnMut(&str) -> bool) -> Next {
    while *members < MAX_MEMBERS {
        *members += 1;
        // The crate's iterator borrows its archive; a new one on the same stream finds the next header as well.
        let mut archive = tar::Archive::new(&mut *reader);
        let entry = match archive.entries().map(|mut entries| entries.next()) {
            Ok(None) => return Next::End,
            Ok(Some(Ok(entry))) => entry,
            Ok(Some(Err(error))) | Err(error) => return Next::Broken(error.to_string()),
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        let is_wanted = entry.header().entry_type().is_file() && wanted(&name);
        let mut content = Vec::new();
        let result = if is_wanted { entry.take(MAX_MEMBER).read_to_end(&mut content) } else { Ok(0) };
        if let Err(error) = result {
            return Next::Broken(format!("`{name}`: {error}"));
        }
        let rest = size.div_ceil(512).saturating_mul(512).saturating_sub(content.len() as u64);
        let skipped = io::copy(&mut reader.by_ref().take(rest), &mut io::sink());
        if skipped.as_ref().map_or(0, |skipped| skipped + content.len() as u64) < size {
            return Next::Broken(format!("`{name}` is cut off: {size} bytes were announced"));
        }
        if is_wanted {
            let content = if size > MAX_MEMBER {
                Err(format!("it has {size} bytes, more than {MAX_MEMBER}"))
            } else {
                Ok(content)
            };
            return Next::Member(Member { name, content });
        }
    }
    Next::End
}
