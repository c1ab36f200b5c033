//! How much a word tells: the rarer, the more.
//!
//! The table is fixed, not counted from the ledger: weights that moved with every document would make the grouping
//! depend on the order of adding. It lists how many sentences of US State Department releases (public domain) hold each of
//! the more common words; `cargo xtask train rarity` makes it anew. A word that is not listed is rare.

use std::collections::HashMap;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::stories::hash;

static TABLE: &str = include_str!("rarity.txt");

/// Weight of a word that the table does not list.
const UNLISTED: u8 = 90;

/// Stems words and weighs them.
pub(crate) struct Rarity {
    stemmer: Stemmer,
    weights: HashMap<u32, u8>,
}

static RARITY: LazyLock<Rarity> = LazyLock::new(Rarity::read);

/// A word as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term {
    /// Hash of its stem.
    pub(crate) stem: u32,
    /// How much it tells: tenths of the natural logarithm of sentences for one that has it.
    pub(crate) weight: u8,
    /// Written with a capital within a sentence: a person, a place, a body.
    pub(crate) is_name: bool,
}

impl Rarity {
    fn read() -> Rarity {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let all: f64 = lines.next().and_then(|line| line.parse().ok()).unwrap_or(1.0);
        let mut counts: HashMap<u32, f64> = HashMap::new();
        for line in lines {
            let Some((word, count)) = line.split_once(' ') else { continue };
            *counts.entry(stem(&stemmer, word)).or_default() += count.parse().unwrap_or(1.0);
        }
        let weigh = |count: f64| (10.0 * (all / count).max(1.0).ln()).round().min(f64::from(UNLISTED)) as u8;
        let weights = counts.into_iter().map(|(stem, count)| (stem, weigh(count))).collect();
        Rarity { stemmer, weights }
    }

    /// The term of a word in lower case.
    fn term(&self, word: &str) -> Term {
        let stem = stem(&self.stemmer, word);
        Term { stem, weight: self.weights.get(&stem).copied().unwrap_or(UNLISTED), is_name: false }
    }
}

fn stem(stemmer: &Stemmer, word: &str) -> u32 {
    (hash(stemmer.stem(word).as_bytes()) >> 32) as u32
}

/// The term of a word in lower case.
pub(crate) fn term(word: &str) -> Term {
    RARITY.term(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term_and_rare_ones_tell_more() {
        assert_eq!(term("agreements"), term("agreement"));
        assert!(term("the").weight < 15, "{:?}", term("the"));
        assert!(term("agreement").weight < term("refinery").weight);
        assert_eq!(term("zzyzx").weight, UNLISTED);
    }
}
