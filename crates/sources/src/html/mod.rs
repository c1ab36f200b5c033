//! A web page to its article: paragraphs without what stands around them, and what the page says of its publication.
//!
//! In: the decoded page and the URL it came from, if known. Out: a [`Page`] whose fields each say where they were found,
//! or the reason why there is no article. Nothing is fetched and no script is run. Markup that is nested or sized beyond
//! what any article has is cut away before it is parsed ([`tame`]), so that memory and time stay in proportion.

mod article;
mod dates;
mod metadata;
mod tame;

use chancery_model::FoundIn;
use dom_query::Document as Dom;
use jiff::civil::Date;

/// The article of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Paragraphs, with an empty line between them.
    pub text: String,
    /// Headline, without the outlet's name.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Writers, separated by commas.
    pub author: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Canonical URL, else the one given.
    pub url: Option<String>,
    /// As the page declares it: the primary subtag, in lower case.
    pub language: Option<String>,
    /// Where each of these was found.
    pub found: FoundIn,
}

/// Most elements of a page: the largest news pages have some 20,000. Chosen by eye.
const MAX_ELEMENTS: usize = 200_000;

/// Fewest words of an article: below it a page is an index, an error, or a video's caption.
const MIN_WORDS: usize = 25;

/// Reads a page.
///
/// # Errors
/// With the reason, if the page has no article.
pub fn read(html: &str, url: Option<&str>) -> Result<Page, String> {
    let tamed = tame::tame(html);
    if tamed.elements > MAX_ELEMENTS {
        return Err(format!("the page has {} elements, more than the {MAX_ELEMENTS} allowed", tamed.elements));
    }
    let dom = Dom::from(tamed.html.as_str());
    let meta = metadata::read(&dom, url);
    let visible_title = meta.title.as_ref().map(|title| title.value.clone());
    let text = article::text(dom, meta.body.as_deref(), visible_title.as_deref())?;
    let words = text.split_whitespace().count();
    // Scripts without spaces have few "words" however long they are.
    if words < MIN_WORDS && text.chars().count() < MIN_WORDS * 6 {
        return Err(format!("no article was found on the page (its longest text has {words} words)"));
    }
    let date = meta.date.or_else(|| dates::dateline(&text).map(|date| metadata::Finding::new(date, "dateline")));
    let mut page = Page { text, language: meta.language, ..Page::default() };
    page.found.language = page.language.as_ref().map(|_| "html lang".to_owned());
    (page.title, page.found.title) = split(meta.title);
    (page.author, page.found.author) = split(meta.author);
    (page.source, page.found.source) = split(meta.source);
    (page.url, page.found.url) = split(meta.url);
    (page.date, page.found.date) = split(date);
    Ok(page)
}

fn split<T>(finding: Option<metadata::Finding<T>>) -> (Option<T>, Option<String>) {
    finding.map_or((None, None), |finding| (Some(finding.value), Some(finding.place)))
}

/// The day that a short text names, however it is written; `None` where day and month could be confused.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    dates::find(text)
}
