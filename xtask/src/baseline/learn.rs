//! Averaged perceptrons for the baseline. Deterministic: order and exploration come from a fixed seed.

use std::collections::BTreeMap;

use chancery_language::{LABELS, may_follow};
use chancery_model::{Penn, Relation, Tag};

use super::features::Surface;
use super::parser::{Move, ParserState, moves, parser_features};
use super::sequence::{name_features, tag_features};
use super::{Baseline, Linear, best};
use crate::conllu::Gold;

/// Passes over the treebanks.
const EPOCHS: u32 = 10;

/// An averaged perceptron: the running weights, and their sums weighted by time.
struct Learner {
    model: Linear<f32>,
    sums: Vec<f32>,
    clock: f32,
}

impl Learner {
    fn new(classes: usize, bits: u32) -> Self {
        let model = Linear::new(classes, bits, 0.0f32);
        Learner { sums: vec![0.0; model.weights.len()], model, clock: 1.0 }
    }

    fn update(&mut self, features: &[u32], good: usize, bad: usize) {
        for feature in features {
            let base = (feature & self.model.mask) as usize;
            for (class, by) in [(good, 1.0), (bad, -1.0)] {
                self.model.weights[base + class] += by;
                self.sums[base + class] += by * self.clock;
            }
        }
    }

    /// The average over time, as small integers.
    fn quantised(&self) -> Linear<i8> {
        let average: Vec<f32> =
            self.model.weights.iter().zip(&self.sums).map(|(w, s)| w - s / self.clock).collect();
        let mut sizes: Vec<f32> = average.iter().map(|w| w.abs()).filter(|&w| w > 0.01).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len() * 9995 / 10_000).copied().unwrap_or(1.0);
        let weights = average.iter().map(|w| (w * 127.0 / top).round().clamp(-127.0, 127.0) as i8).collect();
        Linear { classes: self.model.classes, mask: self.model.mask, weights }
    }
}

/// A small generator of reproducible numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

struct Example {
    surfaces: Vec<Surface>,
    classes: Vec<usize>,
    predicted: Vec<u32>,
    labels: Vec<usize>,
    heads: Vec<u32>,
    relations: Vec<Relation>,
}

/// Trains on sentences with name labels.
pub fn train(golds: &[Gold], labels: Vec<Vec<usize>>) -> Baseline {
    let tags = tag_pairs(golds);
    let mut examples: Vec<Example> =
        golds.iter().zip(labels).map(|(gold, labels)| example(gold, labels, &tags)).collect();
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let tagger = train_tagger(&mut examples, tags.len(), &mut dice).quantised();
    let names = train_names(&mut examples, &mut dice).quantised();
    let parser = train_parser(&mut examples, &mut dice).quantised();
    Baseline { tags, moves: moves(), tagger, names, parser }
}

fn tag_pairs(golds: &[Gold]) -> Vec<(Tag, Penn)> {
    let mut counts: BTreeMap<(Tag, Penn), u32> = BTreeMap::new();
    for token in golds.iter().flat_map(|g| &g.sentence.tokens) {
        *counts.entry((token.tag, token.penn)).or_default() += 1;
    }
    counts.into_iter().filter(|c| c.1 >= 8).map(|c| c.0).collect()
}

fn example(gold: &Gold, labels: Vec<usize>, pairs: &[(Tag, Penn)]) -> Example {
    let tokens = &gold.sentence.tokens;
    let n = tokens.len() as u32;
    let class = |t: &chancery_model::Token| {
        let exact = pairs.iter().position(|&p| p == (t.tag, t.penn));
        exact.or_else(|| pairs.iter().position(|p| p.0 == t.tag)).unwrap_or(0)
    };
    Example {
        surfaces: gold.words().into_iter().map(Surface::of).collect(),
        classes: tokens.iter().map(class).collect(),
        predicted: Vec::new(),
        labels,
        heads: tokens.iter().map(|t| t.head.unwrap_or(n)).collect(),
        relations: tokens.iter().map(|t| t.relation).collect(),
    }
}

fn tag_one(learner: &mut Learner, e: &Example, learn: bool) -> (Vec<u32>, usize) {
    let (mut features, mut scores) = (Vec::new(), vec![0.0; learner.model.classes]);
    let (mut before, mut out, mut wrong) = ([999, 999], Vec::new(), 0);
    for i in 0..e.surfaces.len() {
        tag_features(&e.surfaces, i, before, &mut features);
        learner.model.score(&features, &mut scores);
        let guess = best(&scores, |_| true).unwrap_or(0);
        if guess != e.classes[i] {
            wrong += 1;
            if learn {
                learner.update(&features, e.classes[i], guess);
            }
        }
        learner.clock += f32::from(u8::from(learn));
        before = [guess as u32, before[0]];
        out.push(guess as u32);
    }
    (out, wrong)
}

/// Trains the tagger; tags each half of the data by a tagger of the other half, so that the parser learns from
/// tags as wrong as those that it will meet.
fn train_tagger(examples: &mut [Example], classes: usize, dice: &mut Dice) -> Learner {
    for half in 0..2 {
        let mut learner = Learner::new(classes, 20);
        for _ in 0..4 {
            for i in (0..examples.len()).filter(|i| i % 2 == half) {
                tag_one(&mut learner, &examples[i], true);
            }
        }
        for i in (0..examples.len()).filter(|i| i % 2 != half) {
            let tags = tag_one(&mut learner, &examples[i], false).0;
            examples[i].predicted = tags;
        }
    }
    let mut learner = Learner::new(classes, 20);
    for epoch in 0..EPOCHS {
        dice.shuffle(examples);
        let wrong: usize = examples.iter().map(|e| tag_one(&mut learner, e, true).1).sum();
        eprintln!("tagger {epoch}: {wrong} wrong");
    }
    learner
}

fn train_names(examples: &mut [Example], dice: &mut Dice) -> Learner {
    let mut learner = Learner::new(LABELS, 20);
    let (mut features, mut scores) = (Vec::new(), vec![0.0; LABELS]);
    for epoch in 0..EPOCHS {
        dice.shuffle(examples);
        let mut wrong = 0;
        for e in examples.iter() {
            let mut before = [0, 0];
            for i in 0..e.surfaces.len() {
                name_features(&e.surfaces, &e.predicted, i, before, &mut features);
                learner.model.score(&features, &mut scores);
                let guess = best(&scores, |l| may_follow(before[0] as usize, l)).unwrap_or(0);
                if guess != e.labels[i] {
                    wrong += 1;
                    learner.update(&features, e.labels[i], guess);
                }
                learner.clock += 1.0;
                before = [e.labels[i] as u32, before[0]];
            }
        }
        eprintln!("names {epoch}: {wrong} wrong");
    }
    learner
}

fn train_parser(examples: &mut [Example], dice: &mut Dice) -> Learner {
    let all: Vec<Move> = moves();
    let mut learner = Learner::new(all.len(), 22);
    let (mut features, mut scores) = (Vec::new(), vec![0.0; all.len()]);
    let mut state = ParserState::default();
    for epoch in 0..EPOCHS {
        dice.shuffle(examples);
        let (mut wrong, mut steps) = (0, 0);
        for e in examples.iter() {
            state.reset(e.surfaces.len());
            while !state.done() {
                parser_features(&state, &e.surfaces, &e.predicted, &mut features);
                learner.model.score(&features, &mut scores);
                let allowed = |c: usize| state.allows(all[c]);
                let cost = |m| if state.allows(m) { state.cost(m, &e.heads, &e.relations) } else { u32::MAX };
                let costs: Vec<u32> = all.iter().map(|&m| cost(m)).collect();
                let least = (0..all.len()).filter(|&c| allowed(c)).map(|c| costs[c]).min();
                let (Some(least), Some(guess)) = (least, best(&scores, allowed)) else { break };
                let good = best(&scores, |c| allowed(c) && costs[c] == least).unwrap_or(guess);
                let follow = epoch > 0 && dice.below(10) > 0;
                if costs[guess] > least {
                    wrong += 1;
                    learner.update(&features, good, guess);
                }
                steps += 1;
                learner.clock += 1.0;
                state.apply(all[if follow { guess } else { good }]);
            }
        }
        eprintln!("parser {epoch}: {wrong} of {steps} wrong");
    }
    learner
}
