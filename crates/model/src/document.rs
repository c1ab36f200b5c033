//! What comes in: one text with what is known about its publication.

use jiff::civil::Date;

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
    /// Where the document was published.
    pub url: Option<String>,
    /// Outlet or issuing body.
    pub source: Option<String>,
    /// Writer as named by the source.
    pub author: Option<String>,
    /// ISO 639-1 code where the source gives one; `None` is read as English.
    pub language: Option<String>,
}
