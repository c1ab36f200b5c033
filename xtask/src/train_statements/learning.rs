//! The log-linear choice, fitted by AdaGrad.

use super::examples::Choice;
use super::{BEGIN, EPOCHS, PENALTY, RATE, SMALL};

pub(super) fn fit(choices: &[Choice], held: &[Choice], features: usize) -> Vec<f32> {
    let mut weights = vec![0.0f32; features];
    let mut squares = vec![BEGIN; features];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut seed = 7u64;
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (seed >> 33) as usize % (at + 1));
        }
        let mut loss = 0.0f64;
        for &at in &order {
            loss += f64::from(step(&choices[at], &mut weights, &mut squares, true));
        }
        let unseen: f64 =
            held.iter().map(|choice| f64::from(step(choice, &mut weights, &mut squares, false))).sum();
        let known = weights.iter().filter(|w| w.abs() >= SMALL).count();
        eprintln!(
            "epoch {epoch}: loss {:.4}, held out {:.4}, {known} weights",
            loss / choices.len() as f64,
            unseen / held.len().max(1) as f64
        );
    }
    weights
}

/// The loss of one choice and, if `learn`, one step of AdaGrad.
pub(super) fn step(choice: &Choice, weights: &mut [f32], squares: &mut [f32], learn: bool) -> f32 {
    let scores: Vec<f32> =
        choice.options.iter().map(|(features, _)| features.iter().map(|&f| weights[f as usize]).sum()).collect();
    let top = scores.iter().copied().fold(if choice.with_none { 0.0 } else { f32::MIN }, f32::max);
    let exps: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let none = if choice.with_none { (-top).exp() } else { 0.0 };
    let total: f32 = exps.iter().sum::<f32>() + none;
    let any = choice.options.iter().any(|option| option.1);
    let right: f32 =
        if any { choice.options.iter().zip(&exps).filter(|(o, _)| o.1).map(|(_, e)| e).sum() } else { none };
    for ((features, is_right), exp) in choice.options.iter().zip(&exps).filter(|_| learn) {
        let gradient = exp / total - if *is_right { exp / right.max(1e-30) } else { 0.0 };
        if gradient.abs() < 1e-4 {
            continue;
        }
        for &feature in features {
            let at = feature as usize;
            squares[at] += gradient * gradient;
            let rate = RATE / squares[at].sqrt();
            let moved = weights[at] - rate * gradient;
            // the penalty on the sum of absolute weights takes useless ones to zero
            weights[at] = moved.signum() * (moved.abs() - rate * PENALTY).max(0.0);
        }
    }
    -(right / total).max(1e-30).ln()
}
