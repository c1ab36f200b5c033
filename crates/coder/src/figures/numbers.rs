//! Reads numbers in figures and in words: "1,200", "2.5 million", "two dozen", "half a million", "5th".

use crate::dates::words::Words;

/// A number that stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub value: f64,
    /// Tokens that it takes.
    pub tokens: usize,
    /// "fifth", "19th".
    pub is_ordinal: bool,
    /// Written with digits.
    pub has_digits: bool,
    /// "million" and the like stand in it.
    pub is_scaled: bool,
}

const UNITS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
];

const TENS: &[(&str, f64)] = &[
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const ORDINALS: &[(&str, f64)] = &[
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("eleventh", 11.0),
    ("twelfth", 12.0),
    ("thirteenth", 13.0),
    ("fourteenth", 14.0),
    ("fifteenth", 15.0),
    ("sixteenth", 16.0),
    ("seventeenth", 17.0),
    ("eighteenth", 18.0),
    ("nineteenth", 19.0),
    ("twentieth", 20.0),
    ("thirtieth", 30.0),
    ("fiftieth", 50.0),
    ("hundredth", 100.0),
];

const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("lakh", 1e5),
    ("lakhs", 1e5),
    ("crore", 1e7),
    ("crores", 1e7),
    ("mln", 1e6),
    ("bn", 1e9),
    ("bln", 1e9),
    ("mn", 1e6),
    ("tn", 1e12),
    ("trn", 1e12),
    ("dozen", 12.0),
];

fn find(list: &[(&str, f64)], word: &str) -> Option<f64> {
    list.iter().find(|(entry, _)| *entry == word).map(|(_, value)| *value)
}

/// The number that begins at token `at`.
pub(crate) fn read(words: &Words, at: usize) -> Option<Number> {
    if words.text(at).starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return in_digits(words, at);
    }
    article(words, at).or_else(|| in_words(words, at))
}

/// The value of digits with separators: "1,200", "3.5", "5,00,000"; `None` for dates, times, "7a".
pub(crate) fn digits(text: &str) -> Option<f64> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') || text.matches('.').count() > 1 {
        return None;
    }
    text.replace(',', "").parse().ok()
}

fn in_digits(words: &Words, at: usize) -> Option<Number> {
    let text = words.text(at);
    let lower = words.lower(at);
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|suffix| lower.strip_suffix(suffix)).and_then(digits);
    if let Some(value) = ordinal {
        return Some(Number { value, tokens: 1, is_ordinal: true, has_digits: true, is_scaled: false });
    }
    let mut number =
        Number { value: digits(text)?, tokens: 1, is_ordinal: false, has_digits: true, is_scaled: false };
    // "5-1/2", "2 1/2": half steps of old market reports.
    let next = at + 1 + usize::from(words.is_dash(at + 1));
    if let Some((over, under)) = words.text(next).split_once('/')
        && let (Ok(over), Ok(under)) = (over.parse::<f64>(), under.parse::<f64>())
        && over < under
        && under <= 64.0
    {
        number.value += over / under;
        number.tokens = next + 1 - at;
    }
    scale(words, at, &mut number);
    Some(number)
}

/// Multiplies by the scales that follow ("hundred thousand", "-million").
fn scale(words: &Words, at: usize, number: &mut Number) {
    loop {
        let mut next = at + number.tokens;
        if words.is_dash(next) && words.adjoin(next) && words.adjoin(next - 1) {
            next += 1;
        }
        let Some(scale) = find(SCALES, words.lower(next)) else { return };
        number.value = scaled(number.value, scale);
        number.tokens = next + 1 - at;
        number.is_scaled = true;
    }
}

/// The product, without the crumbs of binary fractions: 8.2 million is 8,200,000.
pub(crate) fn scaled(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    let rounded = product.round();
    if (product - rounded).abs() < 1e-6 { rounded } else { product }
}

/// "a hundred", "half a million", "a dozen", "a couple of", "a quarter of a million".
fn article(words: &Words, at: usize) -> Option<Number> {
    let (value, mut tokens) = match words.lower(at) {
        "half" if matches!(words.lower(at + 1), "a" | "an") => (0.5, 2),
        "a" | "an" if words.are(at + 1, &["quarter", "of", "a"]) => (0.25, 4),
        "a" if words.are(at + 1, &["couple", "of"]) => {
            return Some(Number { value: 2.0, tokens: 3, is_ordinal: false, has_digits: false, is_scaled: false });
        }
        "a" | "an" if words.lower(at + 1) == "half" => (0.5, 2),
        "a" | "an" => (1.0, 1),
        _ => return None,
    };
    if words.is_dash(at + tokens) {
        tokens += 1; // "half-a-million"
    }
    let mut number = Number { value, tokens, is_ordinal: false, has_digits: false, is_scaled: false };
    scale(words, at, &mut number);
    number.is_scaled.then_some(number)
}

/// "twenty-six", "three hundred and five", "two and a half million", "fifth", "twenty-first".
fn in_words(words: &Words, at: usize) -> Option<Number> {
    let (value, tokens, is_ordinal) = below_hundred(words, at)?;
    let mut number = Number { value, tokens, is_ordinal, has_digits: false, is_scaled: false };
    if is_ordinal {
        return Some(number);
    }
    if words.are(at + tokens, &["and", "a", "half"]) {
        number.value += 0.5;
        number.tokens += 3;
    }
    scale(words, at, &mut number);
    // "three hundred and five", "two thousand three hundred"
    while number.is_scaled && number.value >= 100.0 {
        let next = at + number.tokens;
        let skip = usize::from(words.lower(next) == "and");
        let Some((rest, tokens, false)) = below_hundred(words, next + skip) else { break };
        let mut part = Number { value: rest, tokens, is_ordinal: false, has_digits: false, is_scaled: false };
        scale(words, next + skip, &mut part);
        if part.value >= number.value || skip == 1 && part.value >= 100.0 {
            break;
        }
        number.value += part.value;
        number.tokens += skip + part.tokens;
    }
    Some(number)
}

/// Value, tokens and whether it is an ordinal.
fn below_hundred(words: &Words, at: usize) -> Option<(f64, usize, bool)> {
    let word = words.lower(at);
    if let Some(value) = find(UNITS, word) {
        return Some((value, 1, false));
    }
    if let Some(value) = find(ORDINALS, word) {
        return Some((value, 1, true));
    }
    let tens = find(TENS, word)?;
    let next = at + 1 + usize::from(words.is_dash(at + 1) && words.adjoin(at));
    if next == at + 2 || words.lower(at + 1).len() > 2 {
        if let Some(value) = find(UNITS, words.lower(next)).filter(|value| (1.0..10.0).contains(value)) {
            return Some((tens + value, next + 1 - at, false));
        }
        if let Some(value) = find(ORDINALS, words.lower(next)).filter(|value| *value < 10.0) {
            return Some((tens + value, next + 1 - at, true));
        }
    }
    Some((tens, 1, false))
}
