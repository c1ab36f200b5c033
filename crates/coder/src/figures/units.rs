//! Currencies, measures and qualifiers, read from `data/units`.

use std::sync::LazyLock;

use chancery_model::Qualifier;

use crate::dates::words::Words;

const CURRENCIES: &str = include_str!("../../../../data/units/currencies.txt");
const MEASURES: &str = include_str!("../../../../data/units/measures.txt");
const QUALIFIERS: &str = include_str!("../../../../data/units/qualifiers.txt");

/// A unit that words behind a number name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// Symbol or ISO 4217 code.
    pub symbol: &'static str,
    /// What one of it is in the symbol's unit.
    pub factor: f64,
    /// True for money.
    pub is_currency: bool,
}

/// Forms as words, longest first, so that "percentage points" is tried before "points".
struct Forms<T>(Vec<(Vec<&'static str>, T)>);

impl<T: Clone> Forms<T> {
    fn new(mut forms: Vec<(Vec<&'static str>, T)>) -> Self {
        forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Forms(forms)
    }

    /// The longest form that begins at token `at`, with its number of tokens.
    fn at(&self, words: &Words, at: usize) -> Option<(usize, T)> {
        let form = self
            .0
            .iter()
            .find(|(form, _)| form.iter().enumerate().all(|(i, word)| same(words.lower(at + i), word)))?;
        Some((form.0.len(), form.1.clone()))
    }

    /// The longest form that ends before token `at`.
    fn before(&self, words: &Words, at: usize) -> Option<(usize, T)> {
        self.0.iter().find_map(|(form, value)| {
            let start = at.checked_sub(form.len())?;
            words.are(start, form).then(|| (form.len(), value.clone()))
        })
    }
}

/// Words lose an abbreviation's stop when read; forms are written with it.
fn same(word: &str, form: &str) -> bool {
    word == form || form.len() > 2 && form.strip_suffix('.') == Some(word)
}

fn entries(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '@', ' ']))
        .map(|line| line.split('|').map(str::trim).collect())
}

fn forms(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(';').map(str::trim).filter(|form| !form.is_empty())
}

static SIGNS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    entries(CURRENCIES).flat_map(|entry| forms(entry[1]).map(move |sign| (sign, entry[0]))).collect()
});

static UNITS: LazyLock<Forms<Unit>> = LazyLock::new(|| {
    let words = |form: &'static str| form.split(' ').collect::<Vec<_>>();
    let mut all = Vec::new();
    for entry in entries(CURRENCIES) {
        let unit = Unit { symbol: entry[0], factor: 1.0, is_currency: true };
        all.extend(forms(entry[2]).map(|form| (words(form), unit.clone())));
    }
    for entry in entries(MEASURES) {
        let factor = entry[1].parse().expect("data/units/measures.txt: the factor of an entry is a number");
        let unit = Unit { symbol: entry[0], factor, is_currency: false };
        all.extend(forms(entry[2]).map(|form| (words(form), unit.clone())));
    }
    Forms::new(all)
});

static QUALIFYING: LazyLock<Forms<Qualifier>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for entry in entries(QUALIFIERS) {
        let qualifier =
            Qualifier::from_label(entry[0]).expect("data/units/qualifiers.txt: a line begins with a qualifier");
        all.extend(forms(entry[1]).map(|form| (form.split(' ').collect(), qualifier)));
    }
    Forms::new(all)
});

/// Code of the currency whose sign or code `text` is.
pub(super) fn currency_sign(text: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| *code)
}

/// The unit that the words from `at` on name.
pub(super) fn unit(words: &Words, at: usize) -> Option<(usize, Unit)> {
    UNITS.at(words, at)
}

/// The qualifier that ends before token `at`, with its number of tokens.
pub(super) fn qualifier(words: &Words, at: usize) -> Option<(usize, Qualifier)> {
    QUALIFYING.before(words, at)
}

/// Every example of the files: must it be read, the sentence, and "value unit" (or, if not, the unit alone).
#[cfg(test)]
pub(super) fn examples() -> Vec<(bool, &'static str, &'static str)> {
    let mut symbol = "";
    let mut examples = Vec::new();
    for line in CURRENCIES.lines().chain(MEASURES.lines()) {
        let bare = line.trim_start();
        if let Some(sentence) = bare.strip_prefix("- ") {
            examples.push((false, sentence, symbol));
        } else if let Some((sentence, expected)) = bare.strip_prefix("+ ").and_then(|rest| rest.split_once(" => "))
        {
            examples.push((true, sentence, expected));
        } else if let Some((first, _)) = line.split_once(" | ") {
            symbol = first;
        }
    }
    examples
}
