//! Offsets into a document's text.

use std::ops::Range;

use crate::records::Extent;

/// A half-open range of UTF-8 bytes of `Document::text`, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; offsets beyond 4 GiB are not supported (documents are split long before).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// The words that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range that indexes a `str`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True if the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True if `other` lies wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shortest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets of one text into code points in constant time for ASCII and by a sparse table otherwise.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// `table[i]` is the number of code points before byte `i * STEP`; empty for an ASCII text.
    table: Vec<u32>,
}

/// Bytes between two entries of the table: small enough to count in a few nanoseconds, large enough to be cheap.
const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return CodePoints { text, table: Vec::new() };
        }
        let mut table = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i.is_multiple_of(STEP) {
                table.push(count);
            }
            count += u32::from(starts_character(byte));
        }
        if text.len().is_multiple_of(STEP) {
            table.push(count);
        }
        CodePoints { text, table }
    }

    /// The number of code points before byte `offset`.
    pub fn at(&self, offset: u32) -> u32 {
        if self.table.is_empty() {
            return offset;
        }
        let block = offset as usize / STEP;
        let rest = &self.text.as_bytes()[block * STEP..offset as usize];
        self.table[block] + rest.iter().filter(|b| starts_character(**b)).count() as u32
    }

    /// The span in code points.
    pub fn extent(&self, span: Span) -> Extent {
        Extent(self.at(span.start), self.at(span.end))
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_slice_by_code_point() {
        for text in ["plain ascii", "Pakistan’s visit — “fifth” meeting", &"Łódź–Kraków ".repeat(30)]
        {
            let points = CodePoints::new(text);
            let characters: Vec<char> = text.chars().collect();
            for (start, _) in text.char_indices() {
                let Extent(from, to) = points.extent(Span::new(start, text.len()));
                let sliced: String = characters[from as usize..to as usize].iter().collect();
                assert_eq!(sliced, text[start..]);
            }
        }
    }

    #[test]
    fn the_end_of_a_text_of_whole_blocks_has_an_entry() {
        let text = "é".repeat(STEP / 2);
        assert_eq!(CodePoints::new(&text).at(text.len() as u32), STEP as u32 / 2);
    }
}
