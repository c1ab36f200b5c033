//! A text as words that can be compared: without case, marks and hyphens, each with its place and whether it is quoted.
//!
//! In: a text. Out: its words. "The minister said: “We agree.”" gives `the minister said we agree`, of which the last two
//! are quoted. Two articles that report one speech share the speaker's words without copying from each other, so what
//! stands in quotation marks is told apart here.

use chancery_model::Extent;
use twox_hash::XxHash64;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of the word in lower case.
    pub(crate) hash: u64,
    /// Where it stands, in code points.
    pub(crate) extent: Extent,
    /// Inside quotation marks.
    pub(crate) quoted: bool,
    /// Holds a letter: tables of figures alone are nobody's wording.
    pub(crate) letters: bool,
}

/// Written down once and for all: hashes are kept in ledgers.
const SEED: u64 = 0x6368_616e;

/// The hash by which words are compared.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    XxHash64::oneshot(SEED, bytes)
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut current = Current::default();
    let mut quotation = Quotation::default();
    let mut last = ' ';
    for (at, c) in text.chars().enumerate() {
        let at = at as u32;
        let inside = c.is_alphanumeric() || (is_apostrophe(c) && last.is_alphanumeric());
        if inside {
            current.push(at, c);
        } else {
            current.finish(&mut found, quotation.open());
        }
        quotation.read(last, c);
        last = c;
    }
    current.finish(&mut found, quotation.open());
    found
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The word being read.
#[derive(Default)]
struct Current {
    letters: String,
    start: u32,
    end: u32,
}

impl Current {
    fn push(&mut self, at: u32, c: char) {
        if self.letters.is_empty() {
            self.start = at;
        }
        // Apostrophes are left out: outlets set them in different ways.
        if c.is_alphanumeric() {
            self.letters.extend(c.to_lowercase());
            self.end = at + 1;
        }
    }

    fn finish(&mut self, found: &mut Vec<Word>, quoted: bool) {
        if self.letters.is_empty() {
            return;
        }
        found.push(Word {
            hash: hash(self.letters.as_bytes()),
            extent: Extent(self.start, self.end),
            quoted,
            letters: self.letters.chars().any(char::is_alphabetic),
        });
        self.letters.clear();
    }
}

/// Whether a quotation is open. A paragraph's end closes what was left open: a quotation of several paragraphs opens
/// each anew.
#[derive(Default)]
struct Quotation {
    straight: bool,
    curly: bool,
    single: bool,
}

impl Quotation {
    fn open(&self) -> bool {
        self.straight || self.curly || self.single
    }

    fn read(&mut self, last: char, c: char) {
        match c {
            '"' => self.straight = !self.straight,
            '“' | '«' | '„' => self.curly = true,
            '”' | '»' => self.curly = false,
            '‘' => self.single = true,
            ' ' | ',' | '.' if last == '’' => self.single = false,
            '\n' => *self = Quotation::default(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let cut = |Extent(start, end): Extent| chars[start as usize..end as usize].iter().collect::<String>();
        words(text).iter().map(|w| format!("{}{}", cut(w.extent), if w.quoted { "*" } else { "" })).collect()
    }

    #[test]
    fn words_stand_where_they_are_and_quotations_are_known() {
        assert_eq!(
            shown("Łódź’s mayor: “We agree – fully.” So\n\"open-ended"),
            ["Łódź’s", "mayor", "We*", "agree*", "fully*", "So", "open*", "ended*"]
        );
        assert_eq!(shown("\"one\" two\n\n\"three\n\nfour"), ["one*", "two", "three*", "four"]);
    }

    #[test]
    fn case_and_apostrophes_make_no_other_word() {
        let hashes = |text: &str| words(text).iter().map(|w| w.hash).collect::<Vec<_>>();
        assert_eq!(hashes("Pakistan's STEEL"), hashes("pakistan’s steel"));
        assert_ne!(hashes("steel"), hashes("steal"));
    }
}
