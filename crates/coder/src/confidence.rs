//! How likely an event is right: a logistic model over what its record shows, trained on events that a reader judged.
//!
//! `cargo xtask train confidence` makes the weights (`weights/confidence.txt`, one `feature  weight` a line) and prints how
//! far confidence and precision agree on held-out documents.

use std::sync::OnceLock;

use chancery_model::{Event, EventType, Party, Sector, Status};

/// The features by name, in the order of [`features`].
pub const FEATURES: &[&str] = &[
    "bias",
    "actor has code",
    "recipient has code",
    "no recipient",
    "two codes on one side",
    "hypothetical",
    "future",
    "negated",
    "words, not deeds",
    "force",
    "within a statement",
    "trigger of several words",
    "actor is a pronoun",
    "actor is official",
    "same code on both sides",
];

/// What the record shows, 1 or 0 for each of [`FEATURES`].
pub fn features(event: &Event) -> Vec<f64> {
    let codes = |parties: &[Party]| -> Vec<String> {
        let mut codes: Vec<String> = parties.iter().filter_map(|party| party.code.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
    let force = matches!(event.kind, EventType::Assault | EventType::Coerce | EventType::Sanction);
    let material = force
        || matches!(
            event.kind,
            EventType::Protest | EventType::Mobilize | EventType::Retreat | EventType::Aid | EventType::Cooperate
        );
    let is_pronoun = |party: &Party| {
        ["he", "she", "it", "they", "we", "i", "you", "us", "who", "which", "that"]
            .contains(&party.text.to_lowercase().as_str())
    };
    let is_official = |party: &Party| {
        matches!(party.sector, Some(Sector::Government | Sector::Military | Sector::Police | Sector::Judiciary))
            && party.code.is_some()
    };
    [
        true,
        !actors.is_empty(),
        !recipients.is_empty(),
        event.recipients.is_empty(),
        actors.len() > 1 || recipients.len() > 1,
        event.status == Status::Hypothetical,
        event.status == Status::Future,
        event.status == Status::Negated,
        !material,
        force,
        event.statement.is_some(),
        event.trigger.1 - event.trigger.0 > 14,
        event.actors.first().is_some_and(is_pronoun),
        event.actors.iter().any(is_official),
        !actors.is_empty() && actors == recipients,
    ]
    .iter()
    .map(|&holds| f64::from(u8::from(holds)))
    .collect()
}

/// Probability that type and dyad are right, 0.05 to 0.95, two decimals.
pub fn confidence(event: &Event) -> f64 {
    let score = logistic(&features(event), weights());
    (score.clamp(0.05, 0.95) * 100.0).round() / 100.0
}

/// The probability that a logistic model gives.
pub fn logistic(features: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

fn weights() -> &'static [f64] {
    static WEIGHTS: OnceLock<Vec<f64>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let table = include_str!("../weights/confidence.txt");
        let weight = |name: &&str| {
            let line = table.lines().find_map(|line| line.strip_prefix(*name)?.strip_prefix("  "));
            line.and_then(|value| value.trim().parse().ok()).unwrap_or(0.0)
        };
        FEATURES.iter().map(weight).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight() {
        let table = include_str!("../weights/confidence.txt");
        for name in FEATURES {
            assert!(table.lines().any(|line| line.starts_with(&format!("{name}  "))), "{name}");
        }
        assert_eq!(weights().len(), FEATURES.len());
    }
}
