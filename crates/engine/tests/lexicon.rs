//! Every entry's examples run: those marked as known to be wrong must still be, all others must be right.

use chancery_engine::Engine;
use chancery_engine::examples::{Outcome, check_cues, check_events, check_parties};
use chancery_lexicon::Lexicon;

/// Largest share of examples that may be marked as known to be wrong; lower it as the coder improves.
const MOST_KNOWN_WRONG: f64 = 0.17;

fn judge(outcome: &Outcome) {
    for failure in outcome.failures.iter().take(40) {
        eprintln!("{}:{}: {}\n    {}", failure.file, failure.line, failure.sentence, failure.reason);
    }
    let failures = outcome.failures.len();
    assert_eq!(
        failures, 0,
        "run `cargo xtask lexicon` and mend the entries, or mark them with `cargo xtask lexicon events mark`"
    );
    let share = outcome.known_wrong as f64 / outcome.count as f64;
    assert!(
        share <= MOST_KNOWN_WRONG,
        "{} of {} examples are known to be wrong",
        outcome.known_wrong,
        outcome.count
    );
}

#[test]
fn events() {
    judge(&check_events(&Engine::new(Lexicon::embedded())));
}

#[test]
fn parties() {
    judge(&check_parties(&Engine::new(Lexicon::embedded())));
}

#[test]
fn cues_of_statements() {
    judge(&check_cues(&Engine::new(Lexicon::embedded())));
}
