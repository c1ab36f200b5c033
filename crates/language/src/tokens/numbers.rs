//! Numbers: separators inside them, units behind them, and the figures that are no quantity (dates, telephones).

use super::{Class, Scanner};

/// Letters that leave the number before them: "5 bn", "10 am".
const UNITS: &[&str] = &[
    "AM", "BN", "GW", "KG", "KM", "MW", "PM", "am", "bcm", "bn", "bpd", "bps", "cm", "ft", "g", "ha", "hr", "hrs",
    "kW", "kWh", "kg", "km", "kph", "kt", "kwh", "lb", "lbs", "m", "mg", "mi", "min", "ml", "mm", "mn", "mph",
    "mt", "pc", "pct", "pm", "sq", "tn", "trn", "yr", "yrs",
];

impl Scanner<'_, '_> {
    /// Cuts the number that begins at `start` (a digit, or a dot before one).
    pub(super) fn number(&mut self, start: usize) {
        let mut end = self.digits(start);
        if let Some(whole) = self.date_or_telephone(start, end) {
            return self.push(start, whole, Class::Number);
        }
        loop {
            end = match self.bytes.get(end) {
                Some(b'.' | b'/') if self.is_digit(end + 1) => self.digits(end + 1),
                Some(b',') if self.groups_digits(end) => self.digits(end + 1),
                Some(b':') if end - start <= 8 && self.digits(end + 1) == end + 3 => end + 3,
                _ => break,
            };
        }
        if !self.is_word(end) {
            return self.push(start, end, Class::Number);
        }
        let whole = self.run(end);
        if UNITS.binary_search(&&self.text[end..whole]).is_ok() {
            return self.push(start, end, Class::Number); // the unit follows as a word
        }
        if self.bytes.get(whole) == Some(&b'@') && self.is_word(whole + 1) {
            return self.word(start);
        }
        self.push(start, whole, Class::Number);
    }

    /// End of the digits from `at`; a leading dot is passed.
    fn digits(&self, at: usize) -> usize {
        let from = at + usize::from(self.bytes.get(at) == Some(&b'.'));
        from + self.bytes[from.min(self.bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// True if the comma at `at` groups thousands ("1,200") or lakhs ("5,00,000").
    fn groups_digits(&self, at: usize) -> bool {
        let length = self.bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        length == 3 || length == 2 && self.bytes.get(at + 3) == Some(&b',') && self.is_digit(at + 4)
    }

    /// End of "2026-02-13", "555-1234" or "212-555-1234" that begins at `start`.
    fn date_or_telephone(&self, start: usize, end: usize) -> Option<usize> {
        if self.bytes.get(end) != Some(&b'-') {
            return None;
        }
        let second = self.digits(end + 1);
        let third = if self.bytes.get(second) == Some(&b'-') { self.digits(second + 1) } else { second };
        let lengths = [end - start, second - (end + 1), third.saturating_sub(second + 1)];
        let known = matches!(lengths, [4, 1..=2, 1..=2] | [3, 3, 4] | [3, 4, 0] | [1..=2, 1..=2, 4]);
        (known && !self.is_word(third)).then_some(third)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn units_are_sorted() {
        assert!(super::UNITS.is_sorted());
    }
}
