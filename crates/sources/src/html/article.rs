//! The paragraphs of the article: what stands around it is taken out of the tree, Readability's method (dom_smoothie)
//! finds the article in what is left, and lines that only lead elsewhere are dropped from its text.

use dom_query::{Document as Dom, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

/// Share of the page's text above which an element is never taken out, whatever its class says: themes name the
/// whole page "has-sidebar" or "comments-open".
const TOO_MUCH: f64 = 0.3;

/// The same of the text in its long paragraphs, for all but comments: what holds those is the article.
const TOO_MUCH_PROSE: f64 = 0.4;

/// Bytes of a paragraph that is prose and no label.
const PROSE: usize = 80;

/// Elements that never belong to an article's text.
const NEVER: [&str; 14] = [
    "aside",
    "nav",
    "form",
    "button",
    "select",
    "textarea",
    "iframe",
    "figcaption",
    "dialog",
    "object",
    "noscript",
    "canvas",
    "menu",
    "label",
];

/// Parts of a class or id, between hyphens and the like, that name what stands around an article.
const AROUND: [&str; 50] = [
    "comments",
    "comment",
    "disqus",
    "respond",
    "related",
    "recommended",
    "recommendations",
    "recirc",
    "trending",
    "popular",
    "share",
    "sharing",
    "social",
    "sharedaddy",
    "addthis",
    "newsletter",
    "subscribe",
    "signup",
    "promo",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "breadcrumbs",
    "caption",
    "credit",
    "sidebar",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "sponsored",
    "outbrain",
    "taboola",
    "tags",
    "taglist",
    "byline",
    "authorbio",
    "bio",
    "footer",
    "toolbar",
    "readmore",
    "copyright",
    "disclaimer",
    "login",
    "popup",
    "skip",
    "dateline",
    "timestamp",
];

/// The same, where the words stand joined.
const AROUND_JOINED: [&str; 16] = [
    "wp-caption-text",
    "read-more",
    "read-next",
    "also-like",
    "more-from",
    "more-stories",
    "most-read",
    "most-popular",
    "author-bio",
    "about-author",
    "author-info",
    "inline-newsletter",
    "image-caption",
    "photo-credit",
    "see-also",
    "screen-reader",
];

pub(super) fn text(dom: Dom, body: Option<&str>, title: Option<&str>) -> Result<String, String> {
    prune(&dom);
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(dom, None, Some(config)).and_then(|mut reader| reader.parse());
    let text = article.map(|article| paragraphs(&article.text_content, title)).unwrap_or_default();
    // Some pages carry the article for machines only and show it by script.
    if let Some(body) = body
        && words(body) > 3 * words(&text)
        && words(body) >= 60
        && !body.contains("</")
    {
        return Ok(paragraphs(&body.replace('\n', "\n\n"), title));
    }
    if text.is_empty() { Err("no article was found on the page".to_owned()) } else { Ok(text) }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Takes what stands around the article out of the tree.
fn prune(dom: &Dom) {
    let Some(body) = dom.body() else { return };
    let (whole, prose) = (body.text().len(), prose_in(&body));
    let mut waiting: Vec<NodeRef> = body.children();
    while let Some(node) = waiting.pop() {
        if !node.is_element() {
            continue;
        }
        let share = |part: usize, of: usize, most: f64| (part as f64) < most * of.max(1) as f64;
        if is_around(&node)
            && share(node.text().len(), whole, TOO_MUCH)
            && (is_comments(&node) || prose == 0 || share(prose_in(&node), prose, TOO_MUCH_PROSE))
        {
            node.remove_from_parent();
        } else {
            waiting.extend(node.children_it(false));
        }
    }
}

/// Bytes in the long paragraphs below a node.
fn prose_in(node: &NodeRef) -> usize {
    let paragraphs = node.descendants_it().filter(|below| below.has_name("p"));
    paragraphs.map(|paragraph| paragraph.text().len()).filter(|length| *length >= PROSE).sum()
}

fn is_comments(node: &NodeRef) -> bool {
    ["class", "id"].iter().filter_map(|key| node.attr(key)).any(|value| {
        let lower = value.to_ascii_lowercase();
        value.len() < 200 && (lower.contains("comment") || lower.contains("disqus"))
    })
}

fn is_around(node: &NodeRef) -> bool {
    let name = node.node_name().unwrap_or_default();
    if NEVER.contains(&&*name) {
        return true;
    }
    if matches!(&*name, "p" | "a" | "em" | "strong" | "b" | "i" | "h1" | "article" | "main" | "body" | "blockquote")
    {
        // Their own text is judged later, line by line.
        return node.attr("class").is_some_and(|class| names_around(&class) && &*name == "p");
    }
    if node.attr("role").is_some_and(|role| {
        matches!(&*role, "navigation" | "complementary" | "dialog" | "alert" | "search" | "contentinfo" | "banner")
    }) {
        return true;
    }
    ["class", "id"].iter().filter_map(|key| node.attr(key)).any(|value| names_around(&value))
}

fn names_around(value: &str) -> bool {
    if value.len() > 2000 {
        return false;
    }
    let lower = split_camel(value);
    AROUND_JOINED.iter().any(|part| lower.contains(part))
        || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| AROUND.contains(&part))
}

/// `relatedStories` as `related-stories`.
fn split_camel(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut before_lower = false;
    for c in value.chars() {
        if c.is_ascii_uppercase() && before_lower {
            out.push('-');
        }
        before_lower = c.is_ascii_lowercase();
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Beginnings, in lower case, of lines that only lead elsewhere.
const LEADS_AWAY: [&str; 34] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "see also",
    "related:",
    "related stories",
    "related articles",
    "more:",
    "more from",
    "more on this",
    "watch:",
    "watch live",
    "video:",
    "listen:",
    "advertisement",
    "story continues below",
    "article continues below",
    "continue reading",
    "sign up",
    "subscribe",
    "follow us",
    "follow me on",
    "share this",
    "click here",
    "image:",
    "photo:",
    "photo by",
    "image credit",
    "image source",
    "get the latest",
    "download our app",
    "you may also like",
    "recommended:",
];

/// Lines that are no text of the article when they stand alone.
const ALONE: [&str; 15] = [
    "share",
    "tweet",
    "email",
    "print",
    "comments",
    "comment",
    "like this:",
    "loading...",
    "ad",
    "advertising",
    "related",
    "sponsored",
    "facebook",
    "twitter",
    "share on facebook",
];

/// Longest line that may be dropped for how it begins, in words: longer ones say something.
const LEADS_AWAY_WORDS: usize = 25;

/// The lines of `text` as paragraphs, with white space normalised, without those that lead elsewhere and without the
/// title where it stands first.
fn paragraphs(text: &str, title: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = line.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != ':' && c != '.');
        let leads = LEADS_AWAY.iter().any(|start| bare.starts_with(start)) && words(&line) <= LEADS_AWAY_WORDS;
        let headline = at < 2 && title.is_some_and(|title| title.to_lowercase() == lower);
        if leads || headline || ALONE.contains(&bare) || !line.contains(char::is_alphanumeric) {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_elsewhere_are_dropped() {
        let text = "Talks resume in Almar\n\nThe  ministers\tmet.\n\nRead more: Ten photos of the day\n\nShare\n\nThey left.";
        assert_eq!(paragraphs(text, Some("Talks resume in Almar")), "The ministers met.\n\nThey left.");
    }

    #[test]
    fn classes_name_what_stands_around() {
        for class in ["relatedStories", "post-share", "article__caption", "wp-caption-text", "ad"] {
            assert!(names_around(class), "{class}");
        }
        for class in ["article-body", "adapted", "unrelated", "story"] {
            assert!(!names_around(class), "{class}");
        }
    }
}
