//! Markdown to its text: paragraphs, headings and list items; code, HTML and pictures are left out.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What a Markdown file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Markdown {
    pub(crate) text: String,
    /// `title` of the front matter, else the heading of the first level that begins the file.
    pub(crate) title: Option<(String, &'static str)>,
    /// The lines of the front matter that name a `key: value`, keys in lower case.
    pub(crate) front: Vec<(String, String)>,
}

pub(crate) fn read(source: &str) -> Markdown {
    let options =
        Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = Markdown::default();
    let (mut block, mut silent, mut front) = (String::new(), 0u32, String::new());
    let mut in_front = false;
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(text) if in_front => front.push_str(&text),
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => silent += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => silent = silent.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if silent == 0 => block.push_str(&text),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if out.text.is_empty() && out.title.is_none() => {
                let heading = block.split_whitespace().collect::<Vec<_>>().join(" ");
                out.title = Some((heading, "first heading")).filter(|(heading, _)| !heading.is_empty());
                block.clear();
            }
            Event::Start(
                Tag::Paragraph | Tag::Item | Tag::Heading { .. } | Tag::TableCell | Tag::BlockQuote(_),
            )
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell) => {
                end_block(&mut block, &mut out.text);
            }
            _ => {}
        }
    }
    end_block(&mut block, &mut out.text);
    for line in front.lines() {
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            if !value.is_empty() {
                out.front.push((key.trim().to_ascii_lowercase(), value));
            }
        }
    }
    if let Some((_, title)) = out.front.iter().find(|(key, _)| key == "title") {
        out.title = Some((title.clone(), "front matter title"));
    }
    out
}

fn end_block(block: &mut String, text: &mut String) {
    let words: Vec<&str> = block.split_whitespace().collect();
    if !words.is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&words.join(" "));
    }
    block.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_only_is_left() {
        let source = "---\ntitle: \"Talks: the first day\"\ndate: 2026-02-13\n---\n# Heading\n\nThe *ministers* of [both](x)\n\
            sides met.\n\n```\ncode\n```\n\n- one\n- two ![picture](p.png)\n\n<div>html</div>\n";
        let read = read(source);
        assert_eq!(
            read.text,
            "Heading\n\nThe ministers of both sides met.\n\none\n\ntwo".replacen("Heading\n\n", "", 1)
        );
        assert_eq!(read.title, Some(("Talks: the first day".to_owned(), "front matter title")));
        assert!(read.front.contains(&("date".to_owned(), "2026-02-13".to_owned())));
    }
}
