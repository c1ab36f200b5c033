//! Words: what may stand inside them, and what is cut off.

use super::classes::Group;
use super::{Class, Scanner};
use crate::segment::abbreviations::{self, Kind};

/// First parts that are no words of their own, so that the treebanks keep the hyphen inside the token.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cross", "e", "ex", "inter", "mid", "mini", "mis", "multi", "neo", "non", "over",
    "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "ultra", "un",
];

/// Letters of currencies that are written without a space before the figure.
const CURRENCIES: &[&str] =
    &["Rs", "RM", "USD", "EUR", "GBP", "PKR", "INR", "CNY", "RMB", "JPY", "CHF", "SAR", "AED", "Sh"];

/// What the stop after a word is.
enum Dot {
    /// The word goes on after it, up to here: "example.com".
    Inside(usize),
    /// It belongs to the word, which ends here.
    Abbreviation(usize, Kind),
    /// A token of its own.
    Stop,
}

impl Scanner<'_, '_> {
    /// Cuts the word that begins at `start`, with its clitic if it has one.
    pub(super) fn word(&mut self, start: usize) {
        let mut end = self.run(start);
        if let Some(cut) = self.currency_prefix(start, end) {
            return self.push(start, cut, Class::Word);
        }
        loop {
            match self.bytes.get(end) {
                None | Some(b' ' | b',' | b'\n' | b')' | b';') => break,
                Some(b'.') => match self.dot(start, end) {
                    Dot::Inside(after) => end = after,
                    Dot::Abbreviation(after, kind) => return self.push(start, after, Class::Abbreviation(kind)),
                    Dot::Stop => break,
                },
                Some(b'-') if self.keeps_hyphen(start, end) => end = self.run(end + 1),
                Some(b':') if self.bytes[end..].starts_with(b"://") => return self.address(start, end),
                Some(b'/') if self.keeps_slash(start, end) => end = self.run(end + 1),
                Some(b'/') if self.bytes[start..end].contains(&b'.') => return self.address(start, end),
                Some(b'@') if self.is_word(end + 1) => return self.mail(start, end),
                Some(b'&') if self.joins_capitals(start, end) => end = self.run(end + 1),
                Some(b'+') if self.is_letter(end + 1) => end = self.run(end + 1),
                Some(b'$') if end - start <= 3 && self.bytes[start..end].iter().all(u8::is_ascii_uppercase) => {
                    end += 1;
                    break;
                }
                Some(_) if self.group(end) == Group::Apostrophe => match self.inner_apostrophe(start, end) {
                    Some(after) => end = after,
                    None => return,
                },
                Some(0x80..) if self.group(end) == Group::Hyphen && self.keeps_hyphen(start, end) => {
                    end = self.run(self.next(end));
                }
                Some(_) => break,
            }
        }
        self.push_word(start, end);
    }

    /// Pushes a plain word; the treebanks cut "cannot", "gonna", "wanna" and "gotta" in two.
    fn push_word(&mut self, start: usize, end: usize) {
        let word = &self.bytes[start..end];
        let cut = match word.len() {
            6 if word.eq_ignore_ascii_case(b"cannot") => 3,
            5 if word.eq_ignore_ascii_case(b"gonna") || word.eq_ignore_ascii_case(b"gotta") => 3,
            5 if word.eq_ignore_ascii_case(b"wanna") => 3,
            _ => 0,
        };
        if cut > 0 {
            self.push(start, start + cut, Class::Word);
            self.push(start + cut, end, Class::Word);
        } else {
            self.push(start, end, Class::Word);
        }
    }

    /// End of a currency's letters that stand right before a figure: "Rs500", "RM2.4".
    fn currency_prefix(&self, start: usize, end: usize) -> Option<usize> {
        if !self.bytes[end - 1].is_ascii_digit() {
            return None;
        }
        let prefix = CURRENCIES.iter().find(|letters| self.bytes[start..end].starts_with(letters.as_bytes()))?;
        let cut = start + prefix.len();
        self.bytes[cut..end].iter().all(u8::is_ascii_digit).then_some(cut)
    }

    /// At an apostrophe inside or after a word: where the word goes on to ("O'Brien"), or `None` once it was pushed.
    fn inner_apostrophe(&mut self, start: usize, end: usize) -> Option<usize> {
        let after = self.next(end);
        let not = matches!(self.bytes.get(after), Some(b't' | b'T')) && !self.is_word(after + 1);
        if not && end > start + 1 && matches!(self.bytes[end - 1], b'n' | b'N') {
            self.push(start, end - 1, Class::Word);
            self.push(end - 1, after + 1, Class::Word);
            return None;
        }
        if self.clitic(end).is_some() || !self.is_letter(after) {
            self.push_word(start, end);
            return None;
        }
        Some(self.run(after))
    }

    /// What the dot at `end` is to the word from `start`.
    fn dot(&self, start: usize, end: usize) -> Dot {
        if self.is_single_letter(start, end) {
            return self.dotted_letters(start, end);
        }
        let word = &self.text[start..end];
        let after = end + 1;
        if let Some(kind) = abbreviations::kind(word) {
            let next = self.next_visible(after);
            let accepted = match kind {
                Kind::Number => self.is_digit(next) || self.bytes.get(after) == Some(&b','),
                Kind::Title => self.is_word(next),
                // Words such as "Ill" and "Wash" end sentences too; a comma or lower case shows that they go on.
                _ => true,
            };
            // "No.10" and "Gen.Oak" lack a space.
            if accepted && (!self.is_word(after) || matches!(kind, Kind::Number | Kind::Title)) {
                return Dot::Abbreviation(after, kind);
            }
            // "Ph.D." is an entry as a whole.
            let whole = self.run(after);
            if let Some(kind) = abbreviations::kind(&self.text[start..whole])
                && self.bytes.get(whole) == Some(&b'.')
            {
                return Dot::Abbreviation(whole + 1, kind);
            }
        }
        match self.bytes.get(after) {
            Some(b'a'..=b'z') => Dot::Inside(self.run(after)),
            Some(b'0'..=b'9') if end - start <= 3 || word.contains('/') => Dot::Inside(self.run(after)),
            Some(b'A'..=b'Z') => {
                let whole = self.run(after);
                let ending = &self.text[after..whole];
                if matches!(ending, "COM" | "ORG" | "NET" | "GOV" | "INT") { Dot::Inside(whole) } else { Dot::Stop }
            }
            _ => Dot::Stop,
        }
    }

    /// At the dot after one letter: "U.S.", "e.g.", "J.", "U.S" without the last dot.
    fn dotted_letters(&self, start: usize, first_dot: usize) -> Dot {
        let mut end = first_dot + 1;
        let mut letters = 1;
        loop {
            let after = self.next(end);
            if !self.is_letter(end) || self.is_word(after) {
                break;
            }
            letters += 1;
            if self.bytes.get(after) != Some(&b'.') {
                // "U.S" and the like; "a.m" too.
                return Dot::Inside(after);
            }
            end = after + 1;
        }
        if letters > 1 {
            let kind = abbreviations::kind(&self.text[start..end - 1]).unwrap_or(Kind::Suffix);
            return Dot::Abbreviation(end, kind);
        }
        self.initial(start, first_dot)
    }

    /// One letter with a dot: an initial, "p. 5", or the last word of a sentence ("Plan B.").
    fn initial(&self, start: usize, dot: usize) -> Dot {
        let after = dot + 1;
        let letter = &self.text[start..dot];
        let whole = self.run(after);
        if let Some(kind) = abbreviations::kind(&self.text[start..whole])
            && whole > after
            && self.bytes.get(whole) == Some(&b'.')
        {
            return Dot::Abbreviation(whole + 1, kind); // "M.Sc."
        }
        let next = self.next_visible(after);
        if letter.chars().all(char::is_uppercase) {
            let follows = &self.text[next..self.run(next)];
            let name_follows = follows.starts_with(char::is_uppercase) && !abbreviations::opens_sentences(follows)
                // "H. A. Smith": a single "A" or "I" with a dot is an initial.
                || follows.len() == 1 && self.bytes.get(next + 1) == Some(&b'.');
            let hyphen_follows = self.bytes.get(after) == Some(&b'-') || self.bytes.get(after) == Some(&b',');
            if name_follows || hyphen_follows {
                return Dot::Abbreviation(after, Kind::Inner);
            }
            return Dot::Stop;
        }
        match abbreviations::kind(letter) {
            Some(Kind::Number) if self.is_digit(next) => Dot::Abbreviation(after, Kind::Inner),
            Some(Kind::Inner) if self.is_word(next) => Dot::Abbreviation(after, Kind::Inner),
            _ if matches!(self.bytes.get(after), Some(b'a'..=b'z')) => Dot::Inside(whole),
            _ => Dot::Stop,
        }
    }

    /// True if the hyphen at `end` stays inside the word: after a prefix and before a letter or figure.
    fn keeps_hyphen(&self, start: usize, end: usize) -> bool {
        // The prefix must begin the compound: in "tit-for-non-tat" nothing is kept.
        let inside = self.adjoins(start) && self.pieces.last().is_some_and(|last| last.class == Class::Dash);
        if end - start > 8 || inside || !self.is_word(self.next(end)) {
            return false;
        }
        let mut lower = [0; 8];
        let lower = &mut lower[..end - start];
        lower.copy_from_slice(&self.bytes[start..end]);
        lower.make_ascii_lowercase();
        PREFIXES.binary_search_by(|prefix| prefix.as_bytes().cmp(lower)).is_ok()
    }

    /// True for document symbols of the United Nations: "S/RES/1701", "A/73/PV.6".
    fn keeps_slash(&self, start: usize, end: usize) -> bool {
        let head = &self.bytes[start..end];
        let symbol = matches!(head, [b'A' | b'S' | b'E'] | [b'A' | b'S' | b'E', b'/', ..]);
        symbol && matches!(self.bytes.get(end + 1), Some(b'0'..=b'9' | b'A'..=b'Z')) && self.is_word(end + 2)
    }

    /// True for "AT&T", "R&D".
    fn joins_capitals(&self, start: usize, end: usize) -> bool {
        end - start <= 3
            && self.bytes[start..end].iter().all(u8::is_ascii_uppercase)
            && self.bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase)
    }

    /// Pushes a web address whose scheme or host ends at `from`: up to the next blank, without closing marks.
    pub(super) fn address(&mut self, start: usize, from: usize) {
        let stops = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'\0' | 0x80..);
        let mut end = from + self.bytes[from..].iter().position(stops).unwrap_or(self.bytes.len() - from);
        while end > from + 1
            && matches!(self.bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'\'')
        {
            end -= 1;
        }
        self.push(start, end, Class::Word);
    }

    /// Pushes a mail address whose `@` stands at `at`, taking back parts of it that were cut at dots and hyphens.
    fn mail(&mut self, start: usize, at: usize) {
        let mut start = start;
        while let Some(last) = self.pieces.last()
            && last.end as usize == start
            && (self.bytes[last.start as usize..start]
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(b)))
        {
            start = last.start as usize;
            self.pieces.pop();
        }
        let mut end = self.run(at + 1);
        while matches!(self.bytes.get(end), Some(b'.' | b'-')) && self.is_word(end + 1) {
            end = self.run(end + 1);
        }
        self.push(start, end, Class::Word);
    }

    fn is_single_letter(&self, start: usize, end: usize) -> bool {
        self.next(start) == end
    }

    /// Offset of the first byte after `at` that is no blank, in the same range.
    fn next_visible(&self, mut at: usize) -> usize {
        // More than a few blanks part what follows in any case, and the bound keeps the scan linear.
        for _ in 0..8 {
            if at < self.bytes.len() && self.group(at) == Group::Blank {
                at = self.next(at);
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn prefixes_are_sorted() {
        assert!(super::PREFIXES.is_sorted());
    }
}
