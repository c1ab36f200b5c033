//! Splits a document's text into sentences of tokens.
//!
//! Comes in: any text. Goes out: [`Sentence`]s in text order, each with its kind, paragraph and token spans; tags,
//! lemmas, heads and names stay at their defaults. Nothing is corrected and nothing is dropped: marks of list items
//! aside, every visible byte lies in exactly one token.
//!
//! The steps, in order: lines are joined or parted into blocks ([`lines`]), a block's kind is read off its first and
//! last words ([`kinds`], [`dateline`]), it is cut into tokens ([`crate::tokens`]), and the tokens into sentences
//! ([`boundaries`]).
//!
//! Example: `MOSCOW, Feb 26 (Reuters) - Gen. Bajwa arrived. He left.` gives a dateline and two sentences.

pub(crate) mod abbreviations;
mod boundaries;
mod dateline;
mod kinds;
mod lines;

use std::ops::Range;

use chancery_model::{Sentence, SentenceKind, Span, Token};

use crate::tokens::{Piece, scan};
use boundaries::{Quotation, Splitter};

/// Splits `text` (at most 4 GiB) into sentences.
///
/// Linear in the length of the text, whatever it holds. A sentence has at most 2,000 tokens. Between two tokens of a
/// sentence stands white space or what shows as nothing: controls, zero-width spaces, marks of direction.
/// A speaker's label ("SECRETARY BLINKEN:") stays at the head of the first sentence that it introduces.
pub fn segment(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(text.len() / 120 + 1);
    let mut quotation = Quotation::default();
    let mut pieces = Vec::new();
    let page = lines::Page::read(text);
    for (number, block) in page.blocks().enumerate() {
        let whole = block.range.clone();
        let mut build = Build {
            text,
            paragraph: number as u32,
            pieces: &mut pieces,
            quotation: &mut quotation,
            out: &mut sentences,
        };
        // A title and a byline may stand above the dateline.
        if let Some(end) = dateline::end(&text[whole.clone()], number < 4, page.has_speakers) {
            build.line(whole.start..whole.start + end, SentenceKind::Dateline);
            build.sentences(whole.start + end..whole.end, SentenceKind::Prose);
            continue;
        }
        let (kind, skip) = kinds::of_block(&text[whole.clone()], number == 0);
        match kind {
            SentenceKind::Byline | SentenceKind::Dateline => build.line(whole, kind),
            _ => build.sentences(whole.start + skip..whole.end, kind),
        }
    }
    sentences
}

/// What is needed to turn one block into sentences.
struct Build<'t, 'b> {
    text: &'t str,
    paragraph: u32,
    /// Scratch, kept between blocks to spare its allocation.
    pieces: &'b mut Vec<Piece>,
    quotation: &'b mut Quotation,
    out: &'b mut Vec<Sentence>,
}

impl Build<'_, '_> {
    /// Makes one sentence of the whole range.
    fn line(&mut self, range: Range<usize>, kind: SentenceKind) {
        self.pieces.clear();
        scan(self.text, range, self.pieces);
        for part in self.pieces.chunks(boundaries::LONGEST) {
            self.out.push(sentence(part, kind, self.paragraph, false));
        }
    }

    /// Cuts the range into sentences of one kind; bylines and boilerplate among them are marked as such.
    fn sentences(&mut self, range: Range<usize>, kind: SentenceKind) {
        self.pieces.clear();
        scan(self.text, range, self.pieces);
        self.quotation.begin_paragraph(self.text, self.pieces);
        let mut splitter = Splitter::new(self.text, self.pieces, self.quotation);
        while let Some((part, quoted)) = splitter.next_sentence() {
            let words = &self.pieces[part];
            let (start, end) = (words[0].start as usize, words[words.len() - 1].end as usize);
            let kind = kinds::of_sentence(&self.text[start..end]).unwrap_or(kind);
            self.out.push(sentence(words, kind, self.paragraph, quoted));
        }
    }
}

fn sentence(pieces: &[Piece], kind: SentenceKind, paragraph: u32, begins_quoted: bool) -> Sentence {
    let tokens: Vec<Token> = pieces
        .iter()
        .map(|piece| Token { span: Span { start: piece.start, end: piece.end }, ..Token::default() })
        .collect();
    let span = tokens[0].span.join(tokens[tokens.len() - 1].span);
    Sentence { span, kind, paragraph, begins_quoted, tokens, names: Vec::new() }
}

#[cfg(test)]
mod tests;
