//! How the bytes of a file are to be read: told by its first bytes where these are sure, else by its name.

use std::path::Path;

/// The formats read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// The whole is one document.
    Text,
    /// One JSON object a line.
    JsonLines,
    /// A web page.
    Html,
    /// Markdown: one document.
    Markdown,
    /// PDF with a text layer: one document.
    Pdf,
    /// A table with named columns, separated by commas, semicolons or tabs: one document a row.
    Table,
    /// An archive whose members are read one by one.
    Zip,
    /// The same.
    Tar,
}

impl Format {
    /// Every format with the name that users give it.
    pub const NAMES: [(&'static str, Format); 8] = [
        ("text", Format::Text),
        ("jsonl", Format::JsonLines),
        ("html", Format::Html),
        ("markdown", Format::Markdown),
        ("pdf", Format::Pdf),
        ("csv", Format::Table),
        ("zip", Format::Zip),
        ("tar", Format::Tar),
    ];

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// What the name tells, without the endings of compression.
pub(crate) fn by_name(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let inner = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    match inner.rsplit_once('.')?.1 {
        "txt" | "text" => Some(Format::Text),
        "jsonl" | "ndjson" | "json" => Some(Format::JsonLines),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        "pdf" => Some(Format::Pdf),
        "csv" | "tsv" | "tab" => Some(Format::Table),
        "zip" => Some(Format::Zip),
        "tar" | "tgz" | "tzst" => Some(Format::Tar),
        _ => None,
    }
}

/// What the first bytes tell for sure.
pub(crate) fn by_content(beginning: &[u8]) -> Option<Format> {
    if beginning.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
        return Some(Format::Zip);
    }
    if beginning.get(257..262) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let start = beginning.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let head = beginning[start..].get(..14).unwrap_or(&beginning[start..]).to_ascii_lowercase();
    (head.starts_with(b"<!doctype html") || head.starts_with(b"<html")).then_some(Format::Html)
}

/// What input without a name is: JSON lines if its first character that is no white space is `{`, otherwise one text.
pub(crate) fn unnamed(beginning: &[u8]) -> Format {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'{') { Format::JsonLines } else { Format::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_formats() {
        let format = |name: &str| by_name(Path::new(name));
        assert_eq!(format("a/b.TXT"), Some(Format::Text));
        assert_eq!(format("b.jsonl.gz"), Some(Format::JsonLines));
        assert_eq!(format("b.tar.zst"), Some(Format::Tar));
        assert_eq!(format("b.png"), None);
        assert_eq!(format("txt"), None);
        assert_eq!(by_content(b"\xef\xbb\xbf\n <!DOCTYPE html><p>"), Some(Format::Html));
        assert_eq!(by_content(b"<p>no"), None);
        assert_eq!(by_content(b"%PDF-1.7"), Some(Format::Pdf));
    }
}
