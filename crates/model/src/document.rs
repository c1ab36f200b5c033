//! What comes in: one text with what is known about its publication and where it lies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One article, press release or report, as a source delivered it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// Names the document in every record made of it; by default a hash of URL and text.
    pub id: String,
    /// Day of publication, against which "on Tuesday" and "last month" are read; without it they stay unknown.
    pub date: Option<Date>,
    /// Headline, where the source keeps it apart from the text.
    pub title: Option<String>,
    /// The text that every citation points into.
    pub text: String,
    /// Where the document was published; the canonical URL where a page names one.
    pub url: Option<String>,
    /// Outlet or issuing body.
    pub source: Option<String>,
    /// Writer as named by the source.
    pub author: Option<String>,
    /// ISO 639-1 code (639-3 where there is none) as given by the source or recognised; `None` is read as English.
    pub language: Option<String>,
    /// Where each of the fields above was found.
    pub found: FoundIn,
    /// Where the bytes lie that the document was read from; `None` where they cannot be read again (standard input).
    pub original: Option<Original>,
}

/// Where each field of a [`Document`] was found, in a few words: "JSON-LD datePublished", "meta og:title", "dateline",
/// "URL", "field `date`". `None` where the field is unknown or the caller gave it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FoundIn {
    /// Of [`Document::title`].
    pub title: Option<String>,
    /// Of [`Document::date`].
    pub date: Option<String>,
    /// Of [`Document::author`].
    pub author: Option<String>,
    /// Of [`Document::source`].
    pub source: Option<String>,
    /// Of [`Document::url`].
    pub url: Option<String>,
    /// Of [`Document::language`]: "recognised" where nothing but the words told it.
    pub language: Option<String>,
}

/// The bytes that a document was read from, so that any citation can be checked against them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Path of the file as it was read, or the URL that it was fetched from.
    pub file: String,
    /// Name of the member of an archive (ZIP, tar); in an archive within an archive `outer!/inner`.
    pub member: Option<String>,
    /// First byte, counted in the file or member after decompression of the whole; of a WARC record in the file as it
    /// lies, since each record is compressed on its own.
    pub offset: u64,
    /// Number of bytes, counted likewise.
    pub length: u64,
    /// `sha256:` and the hexadecimal SHA-256 of those bytes.
    pub digest: String,
}
