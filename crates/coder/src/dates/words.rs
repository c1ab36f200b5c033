//! The words of one sentence as the date and figure rules look at them: as written and in lower case.

use chancery_model::{Sentence, Span};
use compact_str::CompactString;

/// One token.
#[derive(Debug)]
pub(crate) struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// In lower case, without the stop of an abbreviation ("feb").
    pub lower: CompactString,
    /// Where it stands.
    pub span: Span,
}

/// All tokens of a sentence; positions outside give empty words, so that rules may look around freely.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    list: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    /// Reads the tokens' words.
    pub fn read(text: &'t str, sentence: &Sentence) -> Self {
        let word = |token: &chancery_model::Token| {
            let written = token.span.of(text);
            let mut lower = CompactString::from(written);
            lower.make_ascii_lowercase();
            if lower.len() > 2 && lower.ends_with('.') {
                lower.pop();
            }
            Word { text: written, lower, span: token.span }
        };
        Words { list: sentence.tokens.iter().map(word).collect() }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The word in lower case, without an abbreviation's stop; empty outside the sentence.
    pub fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| word.lower.as_str())
    }

    /// The word `back` places before `at`, in lower case.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.lower(at))
    }

    /// The word as written; empty outside the sentence.
    pub fn text(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |word| word.text)
    }

    /// The stretch of text from token `from` to before token `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.list[from].span.join(self.list[to - 1].span)
    }

    /// True if the word begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    /// True if tokens `at` and `at + 1` touch, as in "5-year".
    pub fn adjoin(&self, at: usize) -> bool {
        match (self.list.get(at), self.list.get(at + 1)) {
            (Some(left), Some(right)) => left.span.end == right.span.start,
            _ => false,
        }
    }

    /// True if the words from `at` on are exactly these.
    pub fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.lower(at + i) == *word)
    }

    /// True if the word at `at` is a hyphen or dash.
    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.text(at), "-" | "–" | "—" | "‐" | "‑" | "−")
    }
}
