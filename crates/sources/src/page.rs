//! One web page to one document.

use chancery_model::Document;

use crate::identity::default_id;
use crate::{InputError, Options, Origin, charset, html, language};

/// A page as it was fetched or saved.
pub(crate) struct Page {
    /// Without chunks and compression.
    pub(crate) bytes: Vec<u8>,
    /// `Content-Type` in lower case.
    pub(crate) content_type: Option<String>,
    /// What was asked for.
    pub(crate) url: Option<String>,
}

/// Reads the article of a page.
///
/// # Errors
/// If there is no text in it, or too much.
pub(crate) fn read(page: Page, options: &Options, origin: &Origin) -> Result<Document, InputError> {
    let Page { bytes, content_type, url } = page;
    let cap = options.max_document as u64;
    if bytes.len() as u64 > cap {
        let reason = format!("the page has {} bytes, more than the {cap} allowed", bytes.len());
        return Err(InputError::new(origin, reason, format!("allow it with --max-document {}", bytes.len())));
    }
    let is_html = !content_type.as_deref().is_some_and(|kind| kind.starts_with("text/plain"));
    let decoded = charset::decode(&bytes, content_type.as_deref(), is_html);
    let text = decoded.text.replace('\0', "\u{fffd}");
    if !is_html {
        let remedy = "leave it out";
        if text.trim().is_empty() {
            return Err(InputError::new(origin, "the page is empty", remedy));
        }
        let id = default_id(url.as_deref(), &text);
        return Ok(mark_language(Document { id, text, url, ..Document::default() }));
    }
    let page = html::read(&text, url.as_deref()).map_err(|reason| {
        InputError::new(origin, reason, "leave it out, or give the text of the article itself")
    })?;
    let html::Page { text, title, date, author, source, url, language, found } = page;
    let id = default_id(url.as_deref(), &text);
    let document = Document { id, date, title, text, url, source, author, language, found, original: None };
    Ok(mark_language(document))
}

/// Notes the language of the words, which is surer than what a page's template declares.
pub(crate) fn mark_language(mut document: Document) -> Document {
    if let Some(code) = language::recognise(&document.text)
        && document.language.as_deref() != Some(code)
    {
        document.language = Some(code.to_owned());
        document.found.language = Some("recognised".to_owned());
    }
    document
}
