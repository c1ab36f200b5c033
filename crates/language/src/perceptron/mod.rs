//! Linear models over hashed features: a tagger, a name labeller and a greedy arc-hybrid parser.
//!
//! Each feature's hash is the base of a block of one weight per class in one shared table, so that scoring is a
//! run of adjacent additions. Weights are small integers, so sums are exact and the same on every machine.

mod features;
mod parser;
mod sequence;

pub use features::{Surface, hash_word, mix};
pub use parser::{Move, ParserState, moves, parser_features};
pub use sequence::{name_features, tag_features};

/// A table of weights shared by all features of one model.
#[derive(Clone, Debug)]
pub struct Linear<W> {
    /// Number of classes.
    pub classes: usize,
    /// One less than the number of bases, which is a power of two.
    pub mask: u32,
    /// `mask + 1 + classes` weights.
    pub weights: Vec<W>,
}

impl<W: Copy + Into<f32>> Linear<W> {
    /// A model of `1 << bits` bases with every weight `zero`.
    pub fn new(classes: usize, bits: u32, zero: W) -> Self {
        let mask = (1u32 << bits) - 1;
        Linear { classes, mask, weights: vec![zero; mask as usize + 1 + classes] }
    }

    /// Sets `scores` to the sum of each class's weights over the features.
    pub fn score(&self, features: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for feature in features {
            let base = (feature & self.mask) as usize;
            for (score, &weight) in scores.iter_mut().zip(&self.weights[base..base + self.classes]) {
                *score += weight.into();
            }
        }
    }
}

/// The first best class among those allowed.
pub fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    for class in 0..scores.len() {
        if allowed(class) && best.is_none_or(|b| scores[class] > scores[b]) {
            best = Some(class);
        }
    }
    best
}
