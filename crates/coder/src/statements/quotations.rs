//! Quotations of a document: where the speakers' own words begin and end, over sentences and paragraphs.
//!
//! In: the sentences' tokens. Out: spans with their marks, and which sentences are nothing but quotation. Marks are
//! paired by the white space around them, then by turn; a mark without partner ends with its paragraph.

use chancery_model::{Sentence, Span, Tag};

/// The quotations of one document in text order.
#[derive(Clone, Debug, Default)]
pub struct Quotations {
    all: Vec<Span>,
    /// For each sentence, true if every word of it stands in a quotation.
    pure: Vec<bool>,
    paragraphs: Vec<u32>,
    spans: Vec<Span>,
}

/// A single quotation mark is paired within this many tokens: longer ones are mostly apostrophes gone astray.
const SINGLE_REACH: usize = 60;

impl Quotations {
    /// Reads the marks of a document.
    pub fn find(text: &str, sentences: &[Sentence]) -> Quotations {
        let mut all = doubles(text, sentences);
        for sentence in sentences {
            singles(text, sentence, &mut all);
        }
        all.sort_unstable();
        let mut found = Quotations { all, ..Quotations::default() };
        for sentence in sentences {
            let pure = found.is_pure(sentence);
            found.pure.push(pure);
            found.paragraphs.push(sentence.paragraph);
            found.spans.push(sentence.span);
        }
        found
    }

    /// The quotations that share a word with the span, outer ones only.
    pub fn within(&self, span: Span) -> Vec<Span> {
        let from = self.all.partition_point(|quotation| quotation.start < span.start.saturating_sub(20_000));
        let mut found: Vec<Span> = Vec::new();
        for &quotation in self.all[from..].iter().take_while(|quotation| quotation.start < span.end) {
            if quotation.overlaps(span) && !found.iter().any(|outer| outer.contains(quotation)) {
                found.push(quotation);
            }
        }
        found
    }

    /// The quotation that covers the span.
    pub fn around(&self, span: Span) -> Option<Span> {
        self.within(span).into_iter().find(|quotation| quotation.contains(span))
    }

    /// True if the sentence is nothing but quotation.
    pub fn is_quoted(&self, order: u32) -> bool {
        self.pure.get(order as usize).copied().unwrap_or(false)
    }

    /// The end of the run of wholly quoted sentences that follows sentence `order` in its paragraph, or that goes on
    /// with a quotation it leaves open.
    pub fn run_after(&self, order: u32) -> Option<u32> {
        let at = order as usize;
        let mut end = None;
        for next in at + 1..self.pure.len() {
            let seam = Span { start: self.spans[next - 1].end, end: self.spans[next].start + 1 };
            let goes_on = self.paragraphs[next] == self.paragraphs[at]
                || self.within(seam).iter().any(|quotation| quotation.start < seam.start);
            if !(self.pure[next] && goes_on) {
                break;
            }
            end = Some(self.spans[next].end);
        }
        end
    }

    /// The run of wholly quoted sentences that opens the paragraph after sentence `order`, or follows it directly.
    pub fn run_below(&self, order: u32) -> Option<Span> {
        let next = order as usize + 1;
        if !self.pure.get(next).copied().unwrap_or(false) {
            return None;
        }
        let end = self.run_after(next as u32).unwrap_or(self.spans[next].end);
        Some(Span { start: self.spans[next].start, end })
    }

    fn is_pure(&self, sentence: &Sentence) -> bool {
        let quotations = self.within(sentence.span);
        !quotations.is_empty()
            && sentence.tokens.iter().all(|token| {
                quotations.iter().any(|quotation| quotation.contains(token.span))
                    || is_mark_or_stop(token.tag, token.span)
            })
    }
}

fn is_mark_or_stop(tag: Tag, span: Span) -> bool {
    tag == Tag::Punct || tag == Tag::X && span.len() == 1
}

/// Whether white space, or nothing, stands before and after the token.
fn spacing(text: &str, span: Span) -> (bool, bool) {
    let before = text[..span.start as usize].chars().next_back();
    let after = text[span.end as usize..].chars().next();
    let opens = before.is_none_or(|c| c.is_whitespace() || "([—–-:".contains(c));
    let closes = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]—–-".contains(c));
    (opens, closes)
}

fn doubles(text: &str, sentences: &[Sentence]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<u32> = None;
    let mut paragraph = 0;
    let mut last_end = 0;
    for sentence in sentences {
        for (index, token) in sentence.tokens.iter().enumerate() {
            let word = token.span.of(text);
            let is_mark = matches!(word, "\"" | "“" | "”" | "''" | "``" | "«" | "»" | "„");
            if sentence.paragraph != paragraph && index == 0 {
                paragraph = sentence.paragraph;
                // A new paragraph within a quotation begins with a mark of its own.
                let goes_on = is_mark && matches!(word, "\"" | "“" | "''" | "``");
                match open {
                    Some(_) if goes_on => continue,
                    Some(start) => {
                        found.push(Span { start, end: last_end });
                        open = None;
                    }
                    None => {}
                }
            }
            if is_mark {
                let (space_before, space_after) = spacing(text, token.span);
                match open {
                    None if word != "”" && word != "»" && (space_before || !space_after) => {
                        open = Some(token.span.start)
                    }
                    Some(start) if !(matches!(word, "“" | "„" | "``") && space_before && !space_after) => {
                        found.push(Span { start, end: token.span.end });
                        open = None;
                    }
                    _ => {}
                }
            }
            last_end = token.span.end;
        }
    }
    if let Some(start) = open {
        found.push(Span { start, end: last_end });
    }
    found
}

fn singles(text: &str, sentence: &Sentence, found: &mut Vec<Span>) {
    let mut open: Option<(usize, u32)> = None;
    for (index, token) in sentence.tokens.iter().enumerate() {
        let word = token.span.of(text);
        if !matches!(word, "‘" | "’" | "'" | "`") {
            continue;
        }
        let (space_before, space_after) = spacing(text, token.span);
        match open {
            None if word != "’" && space_before && !space_after => open = Some((index, token.span.start)),
            Some((from, start)) if word != "‘" && space_after && index - from <= SINGLE_REACH => {
                found.push(Span { start, end: token.span.end });
                open = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_language::segment;

    fn quoted(text: &str) -> Vec<&str> {
        let sentences = segment(text);
        let quotations = Quotations::find(text, &sentences);
        quotations.within(Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_are_paired_whatever_their_style() {
        assert_eq!(quoted("“We agree,” he said. \"So do we,\" she said."), ["“We agree,”", "\"So do we,\""]);
        assert_eq!(quoted("He called it ‘illegal’ and ''wrong.''"), ["‘illegal’", "''wrong.''"]);
        assert_eq!(quoted("Russia's and the ministers' plans"), Vec::<&str>::new());
    }

    #[test]
    fn a_quotation_goes_on_over_sentences_and_paragraphs() {
        let text = "She said: “We came. We saw.\n\n“We left.” Nobody replied.";
        assert_eq!(quoted(text), ["“We came. We saw.\n\n“We left.”"]);
        let quotations = Quotations::find(text, &segment(text));
        assert!(!quotations.is_quoted(0));
        assert_eq!(
            quotations.run_after(0).map(|end| &text[..end as usize]),
            Some("She said: “We came. We saw.\n\n“We left.”")
        );
    }

    #[test]
    fn a_mark_without_partner_ends_with_its_paragraph() {
        assert_eq!(quoted("He said: “No.\n\nThey left."), ["“No."]);
    }
}
