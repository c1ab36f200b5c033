//! The learned weights of statement extraction and the sums that are made of them.
//!
//! The table is text, one `weight feature` a line, so that a reader can see what was learned: `2.1 lk|say|ccomp`. It is
//! made by `cargo xtask train statements` and holds single words and grammatical labels only, no text of the corpus.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

static TABLE: &str = include_str!("../../weights/statements.txt");

/// Takes the features of one candidate.
pub trait Sink {
    /// Adds the feature whose name is the parts joined by `|`.
    fn add(&mut self, parts: &[&str]);
}

/// Weights by feature.
#[derive(Clone, Debug, Default)]
pub struct Weights(FxHashMap<u64, f32>);

impl Weights {
    /// The weights that are part of the program.
    pub fn embedded() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::read(TABLE))
    }

    /// Reads a table; a line without a number is a comment.
    pub fn read(table: &str) -> Weights {
        let entry = |line: &str| {
            let (weight, feature) = line.split_once(' ')?;
            Some((hash(&[feature]), weight.parse().ok()?))
        };
        Weights(table.lines().filter_map(entry).collect())
    }

    /// True if the feature has a weight.
    pub fn knows(&self, parts: &[&str]) -> bool {
        self.0.contains_key(&hash(parts))
    }

    /// An empty sum.
    pub fn sum(&self) -> Sum<'_> {
        Sum { weights: self, total: 0.0 }
    }
}

/// Adds up the weights of features.
pub struct Sum<'w> {
    weights: &'w Weights,
    /// The sum so far.
    pub total: f32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, parts: &[&str]) {
        if let Some(weight) = self.weights.0.get(&hash(parts)) {
            self.total += weight;
        }
    }
}

/// FNV-1a over the parts joined by `|`: the same for `["a", "b"]` and `["a|b"]`.
fn hash(parts: &[&str]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            take(b'|');
        }
        part.bytes().for_each(&mut take);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_in_parts_as_well() {
        let weights = Weights::read("# comment\n1.5 lk|say|ccomp\n-0.5 l|say\n");
        let mut sum = weights.sum();
        sum.add(&["lk", "say", "ccomp"]);
        sum.add(&["l", "say"]);
        sum.add(&["l", "eat"]);
        assert_eq!(sum.total, 1.0);
        assert!(weights.knows(&["l", "say"]) && !weights.knows(&["l", "eat"]));
    }
}
