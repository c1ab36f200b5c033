//! Joins wrapped lines and parts paragraphs: lines in, blocks out.
//!
//! Whether a newline inside a paragraph is a wrap is decided once for the whole document: in wrapped text a line is
//! broken where the next word would not have fitted any more. A wrapped paragraph ends at a blank line, at a
//! line that is indented deeper than the one before, and at a line that had room for the next word.

use std::ops::Range;

/// Wider lines are paragraphs, not wraps (typewriter and mail layouts have 60 to 80 columns, few have over 100).
const WIDEST: usize = 110;
/// Narrower lines are verse, tables or lists.
const NARROWEST: usize = 40;
/// Share of the width that a line must have left free before its end counts as chosen; wrappers keep ragged edges.
const FULL: f64 = 0.8;
/// Longest block in bytes. A longer paragraph is cut at a blank, so that memory stays bounded.
const LONGEST_BLOCK: usize = 1 << 20;

/// One paragraph, headline or list item.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its bytes, without blanks around them.
    pub range: Range<usize>,
}

/// The lines of a document and what they tell about its layout.
pub(super) struct Page<'t> {
    text: &'t str,
    lines: Vec<Line>,
    wrapped: Option<usize>,
    /// True if lines begin with labels such as "QUESTION:", so that capitals with a colon are no dateline.
    pub has_speakers: bool,
}

struct Line {
    /// Without white space around it; empty for a blank line.
    range: Range<usize>,
    indent: usize,
    /// Characters of the first word, and of the whole line.
    first: usize,
    width: usize,
}

impl<'t> Page<'t> {
    /// Reads the lines of `text`.
    pub(super) fn read(text: &'t str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}']) {
            lines.push(Line::new(text, start, raw));
            let after = start + raw.len();
            start = after + text[after..].chars().next().map_or(0, char::len_utf8);
        }
        drop_carriage_returns(text, &mut lines);
        let wrapped = wrap_width(text, &lines);
        let has_speakers = count_speakers(text, &lines) >= 2;
        Page { text, lines, wrapped, has_speakers }
    }

    /// The blocks in text order.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Block> + '_ {
        let mut next = 0;
        let mut rest: Option<Range<usize>> = None;
        std::iter::from_fn(move || {
            if rest.is_none() {
                while self.lines.get(next)?.range.is_empty() {
                    next += 1;
                }
                let first = next;
                while next + 1 < self.lines.len() && self.continues(next) {
                    next += 1;
                }
                rest = Some(self.lines[first].range.start..self.lines[next].range.end);
                next += 1;
            }
            let whole = rest.take()?;
            let cut = self.cut(whole.clone());
            if cut < whole.end {
                rest = Some(cut..whole.end);
            }
            Some(Block { range: whole.start..cut })
        })
    }

    /// True if the line after `index` belongs to the same block.
    fn continues(&self, index: usize) -> bool {
        let (line, next) = (&self.lines[index], &self.lines[index + 1]);
        let Some(width) = self.wrapped else { return false };
        !next.range.is_empty()
            && next.indent <= line.indent + 1
            && !self.begins_item(index)
            && line.is_full(next, width)
    }

    /// True if the line after `index` is a list item: its mark alone might be a wrapped dash or year.
    fn begins_item(&self, index: usize) -> bool {
        let line = &self.text[self.lines[index].range.clone()];
        let next = &self.text[self.lines[index + 1].range.clone()];
        is_item(next) && (is_item(line) || line.ends_with(['.', ':', ';', ',', '!', '?', '”', '"']))
    }

    /// Where a block that begins here must end at the latest: at a blank after a megabyte.
    fn cut(&self, range: Range<usize>) -> usize {
        if range.len() <= LONGEST_BLOCK {
            return range.end;
        }
        let limit = floor(self.text, range.start + LONGEST_BLOCK);
        let tail = &self.text.as_bytes()[limit - 4096..limit];
        tail.iter().rposition(|byte| *byte == b' ').map_or(limit, |at| limit - 4096 + at + 1)
    }
}

impl Line {
    fn new(text: &str, start: usize, raw: &str) -> Self {
        let trimmed = raw.trim();
        let from = start + (trimmed.as_ptr() as usize - raw.as_ptr() as usize);
        let range = if trimmed.is_empty() { start..start } else { from..from + trimmed.len() };
        let indent = range.start - start;
        // Only short lines can be wraps; counting characters of long ones would be wasted.
        let width = if range.len() > 4 * WIDEST { range.len() } else { text[range.clone()].chars().count() };
        let first = trimmed.bytes().take(WIDEST).position(|b| b == b' ').unwrap_or(trimmed.len().min(WIDEST));
        Line { range, indent, first, width }
    }

    /// True if the first word of `next` would not have fitted on this line.
    fn is_full(&self, next: &Line, width: usize) -> bool {
        (self.indent + self.width + 1 + next.first) as f64 > FULL * width as f64
    }
}

/// The last character boundary not after `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A carriage return before a newline is no blank line.
fn drop_carriage_returns(text: &str, lines: &mut Vec<Line>) {
    if !text.contains("\r\n") {
        return;
    }
    let bytes = text.as_bytes();
    lines.retain(|line| {
        let at = line.range.start;
        !(line.range.is_empty() && at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n'))
    });
}

/// The width that lines were wrapped to; `None` if every newline ends a paragraph.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let width = lines.iter().map(|line| line.indent + line.width).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut wraps, mut ends, mut open) = (0, 0, 0);
    for pair in lines.windows(2) {
        if pair[0].range.is_empty() || pair[1].range.is_empty() {
            continue;
        }
        if pair[0].is_full(&pair[1], width) {
            wraps += 1;
            let last = text.as_bytes()[pair[0].range.end - 1];
            let lower = text[pair[1].range.clone()].starts_with(|c: char| c.is_lowercase());
            open += usize::from(lower || last == b',' || last == b'-');
        } else {
            ends += 1;
        }
    }
    // Some line must visibly break a sentence; full lines alone may be list items of like length.
    (open >= 1 && wraps >= ends).then_some(width)
}

/// The number of lines that begin with a label in capitals and a colon.
fn count_speakers(text: &str, lines: &[Line]) -> usize {
    lines.iter().filter(|line| super::dateline::speaker_label(&text[line.range.clone()]).is_some()).take(2).count()
}

/// True if the line begins a list item.
fn is_item(line: &str) -> bool {
    super::kinds::bullet(line).is_some()
}
