//! Cuts a stretch of text into tokens as the English Universal Dependencies treebanks do.
//!
//! Comes in: a text and a byte range. Goes out: [`Piece`]s in order, with only blanks between them, each with the
//! class that the sentence splitter needs. No sentence is known here, so whether the stop of "U.S." also ends a
//! sentence is left open.
//!
//! Example: `Russia’s US-led 5.5% don't` gives `Russia ’s US - led 5.5 % do n't`.
//!
//! Conventions where the treebanks waver: hyphenated words are split (`US - led`) unless they begin with a prefix
//! that is no word (`re-elected`, `pro-Beijing`, `e-mail`), ISO dates, telephone numbers, times, fractions (`9/11`)
//! and addresses stay whole, units leave their number (`5 bn`), "US$" leaves it too.

mod classes;
mod numbers;
mod words;

use std::ops::Range;

use crate::segment::abbreviations::Kind;
use classes::{BYTES, Group, extends, of_char};

/// One token before it is put into a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
    /// What the sentence splitter must know.
    pub class: Class,
}

/// Classes of tokens as far as sentence ends depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Words, marks inside sentences, symbols.
    Word,
    /// Begins with a digit.
    Number,
    /// A word with its stop: "Gen.", "Inc.", "U.S.".
    Abbreviation(Kind),
    /// `.` `!` `?` in any number.
    Stop,
    /// `..`, `...`, `…`
    Ellipsis,
    /// Opening bracket or opening typographic quote.
    Open,
    /// Closing bracket or closing typographic quote.
    Close,
    /// A straight double quote, which may open or close.
    Quote,
    /// A single quote on its own: closing quote or possessive of a plural.
    Apostrophe,
    /// Dashes and hyphens.
    Dash,
}

/// Appends the tokens of `text[range]`; the range must lie on character boundaries.
pub(crate) fn scan(text: &str, range: Range<usize>, pieces: &mut Vec<Piece>) {
    let mut scanner = Scanner { text, bytes: &text.as_bytes()[..range.end], at: range.start, pieces };
    while scanner.skip_blanks() {
        scanner.token();
    }
}

/// A position in the text, with what has been cut so far.
struct Scanner<'t, 'p> {
    text: &'t str,
    /// The text up to the end of the range.
    bytes: &'t [u8],
    at: usize,
    pieces: &'p mut Vec<Piece>,
}

impl Scanner<'_, '_> {
    /// Moves to the next token; false at the end.
    fn skip_blanks(&mut self) -> bool {
        loop {
            let Some(&byte) = self.bytes.get(self.at) else { return false };
            match BYTES[byte as usize] {
                Group::Blank => self.at += 1,
                Group::High => {
                    let c = self.char_at(self.at);
                    if of_char(c) != Group::Blank {
                        return true;
                    }
                    self.at += c.len_utf8();
                }
                _ => return true,
            }
        }
    }

    /// Cuts the token that begins here.
    fn token(&mut self) {
        let start = self.at;
        match self.group(start) {
            Group::Letter => self.word(start),
            Group::Digit => self.number(start),
            Group::Dot => self.dots(start),
            Group::Apostrophe => self.apostrophe(start),
            Group::Quote => self.push(start, start + 1, Class::Quote),
            Group::Open => self.push(start, self.next(start), Class::Open),
            Group::Close => self.push(start, self.next(start), Class::Close),
            Group::Hyphen | Group::Dash => {
                let end = self.run_of(start, |group| matches!(group, Group::Hyphen | Group::Dash));
                self.push(start, end, Class::Dash);
            }
            Group::Stop => {
                let end = self.run_of(start, |group| group == Group::Stop);
                self.push(start, end, Class::Stop);
            }
            Group::Ellipsis => {
                let end = self.run_of(start, |group| matches!(group, Group::Ellipsis | Group::Dot));
                self.push(start, end, Class::Ellipsis);
            }
            Group::Blank | Group::Symbol | Group::High => self.symbol(start),
        }
    }

    /// One stop, several dots, or a fraction without its nought (".5").
    fn dots(&mut self, start: usize) {
        let end = self.run_of(start, |group| group == Group::Dot);
        if end > start + 1 {
            self.push(start, end, Class::Ellipsis);
        } else if self.is_digit(end) && !self.adjoins(start) {
            self.number(start);
        } else {
            self.push(start, end, Class::Stop);
        }
    }

    /// A clitic ("'s"), a shortened year ("'90s"), two quotes as one (“''”), or a single quote.
    fn apostrophe(&mut self, start: usize) {
        let after = self.next(start);
        if self.adjoins(start) {
            if let Some(end) = self.clitic(start) {
                return self.push(start, end, Class::Word);
            }
        } else if self.is_digit(after) && self.is_digit(after + 1) {
            let end = self.run(after);
            // A quotation may begin with a number: only two digits, perhaps with "s", are a year.
            if end == after + 2 || (end == after + 3 && self.bytes[end - 1] == b's') {
                return self.push(start, end, Class::Word);
            }
        }
        if self.bytes[start..].starts_with(b"''") {
            return self.push(start, start + 2, Class::Quote);
        }
        self.push(start, after, Class::Apostrophe);
    }

    /// Currency signs, hashtags, names with @, runs of the same rule mark (`***`), anything else on its own.
    fn symbol(&mut self, start: usize) {
        let byte = self.bytes[start];
        let mut end = self.next(start);
        match byte {
            b'#' | b'@' if self.is_letter(end) => end = self.run(end),
            b'*' | b'=' | b'_' | b'~' | b'`' | b'+' => {
                while self.bytes.get(end) == Some(&byte) {
                    end += 1;
                }
            }
            _ if self.text[start..end] == *"°" && matches!(self.bytes.get(end), Some(b'C' | b'F')) => end += 1,
            0x80.. => {
                // A flag or a face with its variant marks is one token.
                while let Some(0x80..) = self.bytes.get(end) {
                    let c = self.char_at(end);
                    if !extends(c) {
                        break;
                    }
                    end += c.len_utf8();
                }
            }
            _ => {}
        }
        self.push(start, end, Class::Word);
    }

    /// End of the clitic whose apostrophe stands at `at`: "'s", "'re", "'ve", "'ll", "'d", "'m".
    fn clitic(&self, at: usize) -> Option<usize> {
        let after = self.next(at);
        let end = after + self.bytes[after..].iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let known = match &self.bytes[after..end] {
            [a] => matches!(a.to_ascii_lowercase(), b's' | b'd' | b'm'),
            [a, b] => {
                matches!(
                    [a.to_ascii_lowercase(), b.to_ascii_lowercase()],
                    [b'r', b'e'] | [b'v', b'e'] | [b'l', b'l']
                )
            }
            _ => false,
        };
        (known && !self.is_word(end)).then_some(end)
    }

    /// End of the run of letters, digits and underscores that begins at `at` (or `at` itself).
    fn run(&self, mut at: usize) -> usize {
        while let Some(&byte) = self.bytes.get(at) {
            match BYTES[byte as usize] {
                Group::Letter | Group::Digit => at += 1,
                Group::High => {
                    let c = self.char_at(at);
                    if !matches!(of_char(c), Group::Letter | Group::Digit) {
                        break;
                    }
                    at += c.len_utf8();
                }
                _ if byte == b'_' => at += 1,
                _ => break,
            }
        }
        at
    }

    fn run_of(&self, mut at: usize, belongs: impl Fn(Group) -> bool) -> usize {
        while at < self.bytes.len() && belongs(self.group(at)) {
            at = self.next(at);
        }
        at
    }

    fn push(&mut self, start: usize, end: usize, class: Class) {
        self.pieces.push(Piece { start: start as u32, end: end as u32, class });
        self.at = end;
    }

    /// True if the piece before ends where the next one starts.
    fn adjoins(&self, start: usize) -> bool {
        self.pieces.last().is_some_and(|last| last.end as usize == start)
    }

    fn char_at(&self, at: usize) -> char {
        // `at` is always on a boundary; the fallback only keeps the scanner free of panics.
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}')
    }

    /// Offset of the character after the one at `at`.
    fn next(&self, at: usize) -> usize {
        match self.bytes.get(at) {
            None => at,
            Some(0..=0x7f) => at + 1,
            Some(0x80..=0xdf) => at + 2,
            Some(0xe0..=0xef) => at + 3,
            Some(0xf0..) => at + 4,
        }
    }

    /// Group of the character at `at`; a blank at the end.
    fn group(&self, at: usize) -> Group {
        match self.bytes.get(at) {
            None => Group::Blank,
            Some(byte @ 0..=0x7f) => BYTES[*byte as usize],
            Some(_) => of_char(self.char_at(at)),
        }
    }

    fn is_digit(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_digit)
    }

    fn is_letter(&self, at: usize) -> bool {
        self.group(at) == Group::Letter
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.group(at), Group::Letter | Group::Digit)
    }
}

#[cfg(test)]
mod tests;
