//! Makes any markup safe to parse, in one pass and without a tree.
//!
//! Scripts (but JSON-LD), styles and comments are left out, elements nested deeper than [`MAX_DEPTH`] lose their tags and
//! keep their text, and attributes longer than [`MAX_TAG`] are dropped with their tag's others.

/// Deepest nesting: browsers flatten what is nested deeper than 512; real articles stay below 60.
const MAX_DEPTH: usize = 256;

/// Longest tag in bytes that keeps its attributes. Chosen by eye: pictures within the page are far longer.
const MAX_TAG: usize = 16 << 10;

/// The tamed page.
pub(super) struct Tamed {
    pub(super) html: String,
    /// Start tags.
    pub(super) elements: usize,
}

/// Elements without content or whose end may be left out: they do not count as nested.
const NOT_NESTED: [&str; 27] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "html", "body",
];

pub(super) fn tame(html: &str) -> Tamed {
    let mut out = String::with_capacity(html.len() / 2);
    let (mut at, mut depth, mut elements) = (0, 0usize, 0);
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        out.push_str(&html[at..open]);
        let rest = &html[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(html.len(), |end| open + 4 + end + 3);
            continue;
        }
        let name = tag_name(rest);
        if name.is_empty() {
            out.push('<');
            at = open + 1;
            continue;
        }
        let Some(length) = tag_length(rest) else {
            // A tag without end: the rest of the page is its attributes, as a browser too reads it.
            at = html.len();
            break;
        };
        let tag = &rest[..length];
        at = open + length;
        let lower = name.to_ascii_lowercase();
        let closes = tag.starts_with("</");
        if !closes && matches!(lower.as_str(), "script" | "style" | "noframes" | "svg" | "template") {
            let end = end_of(&html[at..], &lower).map_or(html.len(), |end| at + end);
            if lower == "script" && tag.to_ascii_lowercase().contains("ld+json") {
                out.push_str(tag);
                out.push_str(&html[at..end]);
                out.push_str("</script>");
            }
            at = html[end..].find('>').map_or(html.len(), |close| end + close + 1);
            continue;
        }
        elements += usize::from(!closes);
        if !NOT_NESTED.contains(&lower.as_str()) && !tag.ends_with("/>") {
            if closes {
                depth = depth.saturating_sub(1);
            } else {
                depth += 1;
            }
        }
        if depth + usize::from(closes) > MAX_DEPTH {
            out.push(' ');
        } else if tag.len() > MAX_TAG {
            out.extend(["<", &lower, ">"]);
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(&html[at..]);
    Tamed { html: out, elements }
}

/// The name after `<` or `</`; empty if no tag begins here.
fn tag_name(tag: &str) -> &str {
    let after = tag[1..].strip_prefix('/').unwrap_or(&tag[1..]);
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = after.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(after.len());
    // No element has a name so long; a giant one would be copied for nothing.
    if end > 64 { &after[..after.char_indices().nth(20).map_or(end, |(at, _)| at)] } else { &after[..end] }
}

/// Bytes up to and with the `>` that is not within quotes.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    None
}

/// Where the end tag of `name` begins.
fn end_of(html: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        let rest = &html.as_bytes()[start + 2..];
        if rest.len() >= name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && rest.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric())
        {
            return Some(start);
        }
        at = start + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_go_and_json_ld_stays() {
        let page = "<p>a</p><script>if (1 < 2) '</p>'</script><!-- <p> --><STYLE>x</STYLE>\
            <script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>b < c";
        assert_eq!(tame(page).html, "<p>a</p><script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>b < c");
    }

    #[test]
    fn deep_markup_is_flattened_and_its_text_kept() {
        let page = format!("{}deep{}<p>after</p>", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let tamed = tame(&page);
        assert_eq!(tamed.html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(tamed.html.matches("</div>").count(), MAX_DEPTH);
        assert!(tamed.html.contains("deep") && tamed.html.ends_with("<p>after</p>"));
    }

    #[test]
    fn a_giant_attribute_is_dropped_and_a_tag_without_end_hides_the_rest() {
        let page = format!("<img src=\"{}\">x<a href=\"", "y".repeat(1 << 20));
        assert_eq!(tame(&page).html, "<img>x");
    }
}
