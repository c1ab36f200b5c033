//! Finds the sentence ends among the tokens of one block, and follows quotations.

use std::ops::Range;

use super::abbreviations::{Kind, opens_sentences};
use crate::tokens::{Class, Piece};

/// Tokens that a sentence may have; a longer one is cut. (The longest sentence of the treebanks has 281.)
pub(super) const LONGEST: usize = 2_000;

/// Closing marks and stops looked at behind a stop; more is no text.
const CLOSERS: usize = 64;

/// Verbs that may follow a quoted question: “Why?” Putin asked.
const SAYING: &[&str] = &["said", "says", "asked", "asks", "told", "added", "wrote", "replied", "tweeted", "cried"];

/// Whether a quotation is open, kept from paragraph to paragraph.
#[derive(Debug, Default)]
pub(super) struct Quotation {
    /// The mark that closes it; `None` outside quotations.
    closes: Option<char>,
}

impl Quotation {
    /// A quotation goes on in the next paragraph only if that begins with an opening mark too, as printers do.
    pub(super) fn begin_paragraph(&mut self, text: &str, pieces: &[Piece]) {
        let Some(first) = pieces.first() else { return };
        let mark = text[first.start as usize..].chars().next();
        let goes_on = matches!(
            (self.closes, mark),
            (Some('”'), Some('“')) | (Some('"'), Some('"')) | (Some('’'), Some('‘')) | (Some('»'), Some('«'))
        );
        if !goes_on {
            self.closes = None;
        }
    }

    /// Takes note of one token; `tight` tells whether it stands right behind the token before.
    fn pass(&mut self, mark: char, tight: bool) {
        match (self.closes, mark) {
            (None, '“' | '„') => self.closes = Some('”'),
            (None, '‘') => self.closes = Some('’'),
            (None, '«') => self.closes = Some('»'),
            (None, '"') if !tight => self.closes = Some('"'),
            // A second opening mark of the outer kind takes over from a single one inside.
            (Some('’'), '“') => self.closes = Some('”'),
            (Some(open), _) if open == mark && (mark != '"' || tight) => self.closes = None,
            // German and Polish style close „ with “.
            _ => {}
        }
    }
}

/// Cuts tokens into sentences, one call a sentence.
pub(super) struct Splitter<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    quotation: &'t mut Quotation,
    at: usize,
}

impl<'t> Splitter<'t> {
    pub(super) fn new(text: &'t str, pieces: &'t [Piece], quotation: &'t mut Quotation) -> Self {
        Splitter { text, pieces, quotation, at: 0 }
    }

    /// The next sentence's tokens, and whether it begins inside a quotation.
    pub(super) fn next_sentence(&mut self) -> Option<(Range<usize>, bool)> {
        let start = self.at;
        if start == self.pieces.len() {
            return None;
        }
        let quoted = self.quotation.closes.is_some();
        let mut end = start;
        let limit = self.pieces.len().min(start + LONGEST);
        while end < limit {
            let mark = match self.pieces[end].class {
                Class::Stop | Class::Ellipsis | Class::Abbreviation(_) => Some(self.boundary(end)),
                _ => None,
            };
            self.follow_quotation(end);
            end += 1;
            // Closing marks are passed whether the sentence ends or not: looking at each again would not be linear.
            if let Some((next, ends)) = mark {
                while end < next.min(limit) {
                    self.follow_quotation(end);
                    end += 1;
                }
                if ends {
                    break;
                }
            }
        }
        self.at = end;
        Some((start..end, quoted))
    }

    fn follow_quotation(&mut self, index: usize) {
        let piece = &self.pieces[index];
        if matches!(piece.class, Class::Open | Class::Close | Class::Quote | Class::Apostrophe)
            && let Some(mark) = self.text[piece.start as usize..].chars().next()
        {
            // A straight quote right behind a word closes; behind a bracket or at the start it opens.
            let tight = index > 0 && self.adjoin(index - 1) && self.pieces[index - 1].class != Class::Open;
            self.quotation.pass(mark, tight);
        }
    }

    /// The token after the mark at `index` and its closing marks, and whether a sentence ends between.
    fn boundary(&self, index: usize) -> (usize, bool) {
        let next = self.skip_closers(index);
        // Opening marks do not tell; a few are looked through to the word behind them.
        let mut word = next;
        while word < self.pieces.len() && word < next + 3 && self.is_opener(word) {
            word += 1;
        }
        let Some(following) = self.word(word) else { return (next, false) };
        let capital = self.looks_initial(following);
        let figure = following.starts_with(|c: char| c.is_ascii_digit());
        let ends = match self.pieces[index].class {
            Class::Stop => capital && !self.is_speech_tag(index, next, word),
            Class::Ellipsis => capital && following != "I" && !figure,
            Class::Abbreviation(Kind::Final) => capital && !figure && !follows_a_time(following),
            Class::Abbreviation(Kind::Suffix) => {
                opens_sentences(following) || capital && next > index + 1 && self.closes_quote(next - 1)
            }
            _ => false,
        };
        (next, ends)
    }

    /// Index after the closing marks and further stops that belong to the sentence ending at `index`.
    fn skip_closers(&self, index: usize) -> usize {
        let mut next = index + 1;
        while let Some(piece) = self.pieces.get(next)
            && next < index + CLOSERS
        {
            let tight = self.adjoin(next - 1);
            let belongs = match piece.class {
                Class::Close | Class::Stop | Class::Ellipsis => true,
                // A straight mark with no space on either side closes if a quotation is open.
                Class::Quote | Class::Apostrophe => {
                    tight
                        && (next + 1 == self.pieces.len() || !self.adjoin(next) || self.quotation.closes.is_some())
                }
                // A footnote: "relations.[12]", "relations. [12]".
                Class::Open => self.is_footnote(next),
                Class::Number => self.pieces[next - 1].class == Class::Open && self.is_footnote(next - 1),
                _ => false,
            };
            if !belongs {
                break;
            }
            next += 1;
        }
        next
    }

    fn is_footnote(&self, open: usize) -> bool {
        self.word(open) == Some("[")
            && open + 2 < self.pieces.len()
            && self.pieces[open + 1].class == Class::Number
            && self.pieces[open + 2].class == Class::Close
            && self.adjoin(open)
    }

    /// True if `word` can open a sentence: capital, figure, or letters of a script without case.
    fn looks_initial(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return false };
        if !first.is_lowercase() {
            return first.is_alphanumeric() || "•●▪‣◦■$€£#@".contains(first);
        }
        // "iPhone", "al-Shabaab", and text that does without capitals.
        word == "al" || chars.next().is_some_and(char::is_uppercase) || self.is_uncapitalised()
    }

    /// True if the block itself begins with a small letter.
    fn is_uncapitalised(&self) -> bool {
        self.word(0).is_some_and(|word| word.starts_with(char::is_lowercase))
    }

    /// “Why?” Putin asked: the question ends, the sentence does not.
    fn is_speech_tag(&self, index: usize, next: usize, word: usize) -> bool {
        let stop = self.text.as_bytes()[self.pieces[index].end as usize - 1];
        if stop == b'.' || next == index + 1 || !self.closes_quote(next - 1) {
            return false;
        }
        (word + 1..word + 4).any(|i| self.word(i).is_some_and(|w| SAYING.contains(&w)))
    }

    fn closes_quote(&self, index: usize) -> bool {
        matches!(self.word(index), Some("”" | "\"" | "’" | "'" | "''" | "»"))
    }

    fn is_opener(&self, index: usize) -> bool {
        matches!(self.pieces[index].class, Class::Open | Class::Quote | Class::Apostrophe)
    }

    /// True if nothing stands between token `index` and the next.
    fn adjoin(&self, index: usize) -> bool {
        self.pieces.get(index + 1).is_some_and(|next| next.start == self.pieces[index].end)
    }

    fn word(&self, index: usize) -> Option<&'t str> {
        let piece = self.pieces.get(index)?;
        Some(&self.text[piece.start as usize..piece.end as usize])
    }
}

/// What may follow "10 p.m." in the same sentence though it has a capital.
fn follows_a_time(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan.",
        "Feb.",
        "Sept.",
        "Oct.",
        "Nov.",
        "Dec.",
        "Eastern",
        "Central",
        "Pacific",
        "Mountain",
        "Moscow",
        "Beijing",
        "Tehran",
        "London",
    ];
    WORDS.contains(&word) || (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}
