//! The design that the language core's network is compared with: linear models over hashed features, that is a
//! tagger, a name labeller and a greedy arc-hybrid parser, trained in a minute by averaged perceptrons.
//!
//! Each feature's hash is the base of a block of one weight per class in one shared table, so that scoring is a
//! run of adjacent additions. Weights are small integers, so sums are exact and the same on every machine.

mod features;
mod learn;
mod parser;
mod sequence;

use chancery_language::{LABELS, from_labels, may_follow};
use chancery_model::{Penn, Sentence, Tag};
use features::Surface;
pub use learn::train;
use parser::{Move, ParserState, parser_features};
use sequence::{name_features, tag_features};

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

/// The trained baseline.
pub struct Baseline {
    tags: Vec<(Tag, Penn)>,
    moves: Vec<Move>,
    tagger: Linear<i8>,
    names: Linear<i8>,
    parser: Linear<i8>,
}

impl Baseline {
    /// Fills in tags, heads, relations and names of one sentence.
    pub fn analyse(&self, text: &str, sentence: &mut Sentence) {
        let words: Vec<Surface> = sentence.tokens.iter().map(|t| Surface::of(t.span.of(text))).collect();
        let mut features = Vec::new();
        let (mut scores, mut before) = (vec![0.0; self.tags.len()], [999, 999]);
        let mut tags = Vec::new();
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            tag_features(&words, i, before, &mut features);
            self.tagger.score(&features, &mut scores);
            let class = best(&scores, |_| true).unwrap_or(0);
            (token.tag, token.penn) = self.tags[class];
            before = [class as u32, before[0]];
            tags.push(class as u32);
        }
        self.find_names(&words, &tags, sentence);
        let mut state = ParserState::default();
        state.reset(words.len());
        scores.resize(self.moves.len(), 0.0);
        while !state.done() {
            parser_features(&state, &words, &tags, &mut features);
            self.parser.score(&features, &mut scores);
            let Some(class) = best(&scores, |c| state.allows(self.moves[c])) else { break };
            state.apply(self.moves[class]);
        }
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            token.head = Some(state.heads[i]).filter(|&h| (h as usize) < words.len());
            token.relation = state.relations[i];
        }
    }

    fn find_names(&self, words: &[Surface], tags: &[u32], sentence: &mut Sentence) {
        let (mut features, mut scores) = (Vec::new(), vec![0.0; LABELS]);
        let (mut labels, mut before) = (Vec::new(), [0, 0]);
        for i in 0..words.len() {
            name_features(words, tags, i, before, &mut features);
            self.names.score(&features, &mut scores);
            let last = i + 1 == words.len();
            let fits = |l| may_follow(before[0] as usize, l) && (!last || may_follow(l, 0));
            let label = best(&scores, fits).unwrap_or(0);
            before = [label as u32, before[0]];
            labels.push(label);
        }
        sentence.names = from_labels(labels);
    }
}
