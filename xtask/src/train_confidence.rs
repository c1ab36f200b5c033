//! Trains the weights of confidence on the events of the labelled sentences: logistic regression with a quadratic penalty.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use chancery_coder::confidence::{FEATURES, features, logistic};

use crate::eval_labelled::{judged_events, print_reliability};

/// Strength of the penalty on every weight but the bias; chosen by eye among 0.3, 1 and 3 on held-out documents.
const PENALTY: f64 = 2.0;
const STEPS: usize = 4000;
/// Step size over the number of samples: small enough to come down for features that are 0 or 1.
const RATE: f64 = 0.5;
const FOLDS: usize = 5;

type Sample = (Vec<f64>, bool);

/// Writes `crates/coder/weights/confidence.txt`; prints the reliability of five models, each on documents that it was not
/// trained on.
pub fn run(shared: &Path) -> anyhow::Result<()> {
    let judged = judged_events(shared)?;
    let documents: BTreeSet<&str> = judged.iter().map(|(document, _, _)| document.as_str()).collect();
    let fold = |document: &str| documents.iter().position(|known| *known == document).unwrap_or(0) % FOLDS;
    let samples: Vec<(usize, Sample)> =
        judged.iter().map(|(document, event, right)| (fold(document), (features(event), *right))).collect();
    let mut held_out = Vec::new();
    for left in 0..FOLDS {
        let weights = fit(samples.iter().filter(|(at, _)| *at != left).map(|(_, sample)| sample));
        for (_, (features, right)) in samples.iter().filter(|(at, _)| *at == left) {
            held_out.push((logistic(features, &weights), *right));
        }
    }
    print_reliability(&held_out);
    let weights = fit(samples.iter().map(|(_, sample)| sample));
    let lines: Vec<String> =
        FEATURES.iter().zip(&weights).map(|(name, weight)| format!("{name}  {weight:.3}\n")).collect();
    let path = "crates/coder/weights/confidence.txt";
    fs::write(path, lines.concat()).context(path)?;
    print!("{}", lines.concat());
    Ok(())
}

/// Gradient descent from zero: the same samples give the same weights.
fn fit<'s>(samples: impl Iterator<Item = &'s Sample>) -> Vec<f64> {
    let samples: Vec<&Sample> = samples.collect();
    let rate = RATE / samples.len().max(1) as f64;
    let mut weights = vec![0.0; FEATURES.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> =
            weights.iter().enumerate().map(|(at, weight)| if at == 0 { 0.0 } else { PENALTY * weight }).collect();
        for (features, right) in &samples {
            let error = logistic(features, &weights) - f64::from(u8::from(*right));
            for (slope, feature) in gradient.iter_mut().zip(features) {
                *slope += error * feature;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&gradient) {
            *weight -= rate * slope;
        }
    }
    weights
}
