//! Finds quantities in one sentence: value, unit, how exact, and what is counted.
//!
//! Comes in: a segmented sentence (tags and lemmas are used where filled in) and its dates. Goes out:
//! [`FigureMention`]s in text order. Dates, hours, article and telephone numbers, scores, names such as "Su-35" and "No.
//! 10", ages, "one of" and "the two countries" are no quantities; neither is "scores of", which has no value.
//!
//! Example: "more than 100 Pakistani companies will take part" is 100, `company`, more than, counting "Pakistani
//! companies"; "to 10 million tons" is 10,000,000 `t`; "US$1 billion" is 1,000,000,000 `USD`.

mod nouns;
pub(crate) mod numbers;
mod refusals;
mod units;

use std::ops::Range;

use chancery_model::{Qualifier, Sentence, Span};

use crate::dates::words::Words;
use crate::dates::{DateKind, DateMention};
use numbers::Number;

/// A quantity as the text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureMention {
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// Singular noun, unit symbol or ISO 4217 currency: "company", "t", "USD".
    pub unit: String,
    /// How exact the number is said to be.
    pub qualifier: Qualifier,
    /// The phrase that tells what is counted; the figure's own words if the sentence does not say.
    pub counts: Span,
    /// Qualifier, number and unit as they stand.
    pub span: Span,
    /// Tokens of the span.
    pub tokens: Range<u32>,
    /// True for "fifth meeting": a place in an order, no amount.
    pub is_ordinal: bool,
}

/// The quantities of a sentence.
pub fn find_figures(text: &str, sentence: &Sentence, dates: &[DateMention]) -> Vec<FigureMention> {
    let words = Words::read(text, sentence);
    let finder = Finder { text, words: &words, sentence, dates };
    let mut figures = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match finder.figure(at) {
            Some((end, figure)) => {
                figures.extend(figure);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    figures
}

/// Where a number stands and what belongs to it.
struct Amount {
    number: Number,
    high: Option<f64>,
    /// ISO code or "rupee", from a sign before the number.
    currency: Option<&'static str>,
    /// First token: currency sign or number.
    start: usize,
    /// Token after the number.
    end: usize,
}

struct Finder<'t> {
    text: &'t str,
    words: &'t Words<'t>,
    sentence: &'t Sentence,
    dates: &'t [DateMention],
}

impl Finder<'_> {
    /// Reads at token `at`: where to go on, and the figure if the number there is one. `None` if no number is there.
    fn figure(&self, at: usize) -> Option<(usize, Option<FigureMention>)> {
        if let Some(end) = self.inside_date(at) {
            return Some((end, None));
        }
        let mut amount = self.amount(at)?;
        if amount.number.is_ordinal {
            let figure = self.ordinal(&amount);
            let end = figure.as_ref().map_or(amount.end, |figure| figure.tokens.end as usize);
            return Some((end, figure));
        }
        if refusals::is_no_quantity(self.words, amount.start, amount.end, &amount.number, amount.currency.is_some())
        {
            return Some((amount.end, None));
        }
        self.join_range(&mut amount);
        let figure = self.with_unit(&amount);
        let end = figure.as_ref().map_or(amount.end, |figure| figure.tokens.end as usize);
        Some((end, figure))
    }

    /// Token after the date that covers `at`; lengths of time are quantities and do not count.
    fn inside_date(&self, at: usize) -> Option<usize> {
        let covers = |date: &&DateMention| date.tokens.contains(&(at as u32)) && date.kind != DateKind::Duration;
        self.dates.iter().find(covers).map(|date| date.tokens.end as usize)
    }

    /// A currency sign and a number, or a number.
    fn amount(&self, at: usize) -> Option<Amount> {
        let words = self.words;
        let sign = units::currency_sign(words.text(at));
        let from = at + usize::from(sign.is_some());
        if sign.is_some() && !words.text(from).starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut number = numbers::read(words, from)?;
        let mut end = from + number.tokens;
        // "$20m", "€3k": after a sign the letter is a scale, elsewhere a unit.
        let letter =
            words.adjoin(end - 1).then(|| words.lower(end)).filter(|_| sign.is_some() && !number.is_scaled);
        let scale = match letter {
            Some("m") => 1e6,
            Some("k") => 1e3,
            Some("b") => 1e9,
            _ => 1.0,
        };
        if scale > 1.0 {
            number.value = numbers::scaled(number.value, scale);
            number.is_scaled = true;
            end += 1;
        }
        Some(Amount { number, high: None, currency: sign, start: at, end })
    }

    /// Takes in the upper end: "90-100", "between 90 and 100", "from 5 to 7", "$2-3 billion".
    fn join_range(&self, amount: &mut Amount) {
        let words = self.words;
        let link = words.lower(amount.end);
        let opening = words.before(amount.start, 1);
        let linked = words.is_dash(amount.end)
            || link == "to" && (opening == "from" || !words.text(amount.end + 1).is_empty())
            || link == "or"
            || link == "and" && opening == "between";
        if !linked {
            return;
        }
        let Some(second) = self.amount(amount.end + 1).filter(|second| !second.number.is_ordinal) else { return };
        let (mut low, high) = (amount.number.value, second.number.value);
        if second.number.is_scaled && !amount.number.is_scaled {
            // "2-3 million": the scale is said once.
            let last = words.text(second.start + usize::from(second.currency.is_some()));
            let bare = numbers::digits(last).unwrap_or(high);
            if bare > 0.0 && low < bare {
                low *= high / bare;
            }
        }
        if low < high
            && (amount.currency.is_none() || second.currency.is_none() || amount.currency == second.currency)
        {
            amount.number.value = low;
            amount.number.is_scaled |= second.number.is_scaled;
            amount.high = Some(high);
            amount.end = second.end;
        }
    }

    /// "fifth meeting" after "the", "his" and the like; "the first two rounds" is a count.
    fn ordinal(&self, amount: &Amount) -> Option<FigureMention> {
        let words = self.words;
        if numbers::read(words, amount.end).is_some() {
            return None;
        }
        let before = words.before(amount.start, 1);
        let determined = matches!(
            before,
            "the" | "a" | "his" | "her" | "its" | "their" | "our" | "my" | "this" | "that" | "'s" | "’s"
        );
        let counted =
            nouns::single(words, self.sentence, amount.end).filter(|_| determined && !words.is_dash(amount.end))?;
        let end = nouns::continuation(words, counted.head);
        Some(FigureMention {
            value: amount.number.value,
            high: None,
            unit: counted.unit,
            qualifier: Qualifier::Exactly,
            counts: words.span(counted.start, end),
            span: words.span(amount.start, counted.head + 1),
            tokens: amount.start as u32..counted.head as u32 + 1,
            is_ordinal: true,
        })
    }

    /// Finds the unit and builds the figure; `None` if nothing is counted.
    fn with_unit(&self, amount: &Amount) -> Option<FigureMention> {
        let words = self.words;
        let (start, qualifier) = self.qualified(amount);
        let after = amount.end
            + usize::from(words.is_dash(amount.end) && words.adjoin(amount.end - 1) && words.adjoin(amount.end));
        let measure = units::unit(words, after).filter(|(_, unit)| amount.currency.is_none() || unit.is_currency);
        let mut factor = 1.0;
        let (unit, counts, end) = if let Some((tokens, unit)) = measure {
            factor = unit.factor;
            let end = after + tokens;
            let symbol = amount.currency.unwrap_or(unit.symbol);
            (self.currency(symbol), self.measured(start, end), end)
        } else if let Some(code) = amount.currency {
            (self.currency(code), self.measured(start, amount.end), amount.end)
        } else if let Some(counted) = nouns::counted(words, self.sentence, after, amount.number.value <= 1.0) {
            if refusals::is_small_known(words, start, &amount.number, &counted.unit) {
                return None;
            }
            let end = nouns::continuation(words, counted.head);
            (counted.unit, words.span(counted.start, end), counted.head + 1)
        } else {
            let toll = self.toll(amount.start)?;
            ("person".to_owned(), toll, amount.end)
        };
        Some(FigureMention {
            value: numbers::scaled(amount.number.value, factor),
            high: amount.high.map(|high| numbers::scaled(high, factor)),
            unit,
            qualifier,
            counts,
            span: words.span(start, end),
            tokens: start as u32..end as u32,
            is_ordinal: false,
        })
    }

    /// The qualifier before or behind the number, and where the figure's words begin.
    fn qualified(&self, amount: &Amount) -> (usize, Qualifier) {
        let words = self.words;
        let behind = match (words.lower(amount.end), words.lower(amount.end + 1)) {
            ("or", "more") => Some(Qualifier::AtLeast),
            ("or", "so") => Some(Qualifier::About),
            ("or", "less" | "fewer") => Some(Qualifier::UpTo),
            ("+", _) => Some(Qualifier::AtLeast),
            _ => None,
        };
        match units::qualifier(words, amount.start) {
            Some((tokens, qualifier)) => (amount.start - tokens, behind.unwrap_or(qualifier)),
            None => (amount.start, behind.unwrap_or(Qualifier::Exactly)),
        }
    }

    /// What money or a measure counts: "of wheat" behind it, a noun right behind it, or the phrase before it.
    fn measured(&self, start: usize, end: usize) -> Span {
        let words = self.words;
        if matches!(words.lower(end), "of" | "in") {
            let first =
                end + 1 + usize::from(matches!(words.lower(end + 1), "the" | "a" | "an" | "its" | "their" | "all"));
            let last = (first..words.len().min(first + 6)).take_while(|at| !nouns::stops(words, *at)).last();
            if let Some(last) = last {
                return words.span(first, nouns::continuation(words, last));
            }
        }
        let behind = (end..words.len().min(end + 4)).take_while(|at| !nouns::stops(words, *at)).last();
        let article = matches!(words.before(start, 1), "a" | "an" | "the" | "its" | "their" | "this");
        if article {
            return behind.map_or(words.span(start, end), |last| {
                words.span(end + usize::from(words.is_dash(end)), last + 1)
            });
        }
        nouns::before(words, self.sentence, start).map_or(words.span(start, end), |(from, to)| words.span(from, to))
    }

    /// "The death toll rises to 66": people, counted by the toll.
    fn toll(&self, at: usize) -> Option<Span> {
        let words = self.words;
        let toll = (0..at).rev().find(|&index| matches!(words.lower(index), "toll" | "casualties"))?;
        let start = toll.saturating_sub(usize::from(words.before(toll, 1) == "death"));
        Some(words.span(start, toll + 1))
    }

    /// Rupees are those of the first of their countries that the sentence, or else the text, names.
    fn currency(&self, code: &str) -> String {
        if code != "rupee" {
            return code.to_owned();
        }
        const COUNTRIES: &[(&str, &str)] = &[
            ("Pakistan", "PKR"),
            ("Islamabad", "PKR"),
            ("India", "INR"),
            ("Delhi", "INR"),
            ("Sri Lanka", "LKR"),
            ("Nepal", "NPR"),
        ];
        let first = |text: &str| {
            let named = COUNTRIES.iter().filter_map(|(name, code)| text.find(name).map(|at| (at, *code)));
            named.min().map(|(_, code)| code.to_owned())
        };
        first(self.sentence.span.of(self.text)).or_else(|| first(self.text)).unwrap_or_else(|| code.to_owned())
    }
}

#[cfg(test)]
mod tests;
