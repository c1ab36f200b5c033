//! The invariants of ARCHITECTURE.md that concern the coder.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use chancery_engine::Engine;
use chancery_lexicon::Lexicon;
use chancery_model::{Coded, Document, Extent, Party};
use proptest::prelude::*;

fn engine() -> &'static Engine<'static> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Lexicon::embedded()))
}

fn document(text: &str) -> Document {
    Document {
        id: "d".into(),
        date: Some(jiff::civil::date(2026, 2, 13)),
        text: text.into(),
        ..Document::default()
    }
}

fn extents(coded: &Coded) -> Vec<Extent> {
    let mut found = Vec::new();
    for event in &coded.events {
        found.extend([event.sentence, event.trigger]);
        found.extend(event.actors.iter().chain(&event.recipients).map(|party| party.span));
    }
    for statement in &coded.statements {
        found.push(statement.content);
        found.extend(statement.cue);
        found.extend(statement.speaker.as_ref().map(|party| party.span));
    }
    found.extend(coded.commitments.iter().map(|commitment| commitment.evidence));
    found.extend(coded.figures.iter().map(|figure| figure.span));
    found.extend(coded.roles.iter().map(|role| role.span));
    found
}

fn slice(text: &str, Extent(start, end): Extent) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn check(text: &str) {
    let coded = engine().code(&document(text));
    let length = text.chars().count() as u32;
    for Extent(start, end) in extents(&coded) {
        assert!(start < end && end <= length, "[{start}, {end}) of {length} code points");
    }
    let parties = coded.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients));
    let speakers = coded.statements.iter().filter_map(|statement| statement.speaker.as_ref());
    for Party { text: words, span, .. } in parties.chain(speakers) {
        assert_eq!(&slice(text, *span), words);
    }
    let ids: Vec<&String> = coded.events.iter().map(|event| &event.id).collect();
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "ids of events are unique");
}

#[test]
fn every_extent_slices_its_words() {
    check(
        "ISLAMABAD: Russia’s foreign minister — “a friend” — met Pakistan’s prime minister in Islamabad on Tuesday.",
    );
    check(
        "Łukasz Kowalski, Poland’s envoy, said: “Germany’s chancellor will visit Kyiv.” Ukraine welcomed the plan.",
    );
    check(
        "The two countries signed a €20 million accord.\n\n• Iran condemned the strike.\n• Israel rejected the claim.",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_coded(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_row_of_words_is_coded(words in prop::collection::vec(
        prop::sample::select(vec![
            "Russia", "Pakistan", "the", "minister", "said", "that", "signed", "met", "with", "and", "“", "”", "’s",
            ",", ".", "to", "accused", "of", "attack", "on", "in", "Moscow", "by", "was", "will", "not", "two",
            "countries", "he", "10 million", "\n\n", "(", "—", "U.S.", "soldiers",
        ]), 0..40)
    ) {
        check(&words.join(" "));
    }
}

/// Names of the standard library by which code would reach the outside.
const OUTSIDE: &[&str] =
    &["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant", "Zoned::now"];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push((entry.display().to_string(), fs::read_to_string(&entry).unwrap()));
        }
    }
}

#[test]
fn the_coder_does_no_input_or_output() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for name in ["model", "language", "coder", "engine"] {
        sources(&crates.join(name).join("src"), &mut found);
    }
    assert!(found.len() > 20, "the sources were found");
    for (path, text) in found {
        for outside in OUTSIDE {
            assert!(!text.contains(outside), "{path} uses {outside}");
        }
    }
}
