//! Every stage's result for one text, as a person reads it: `chancery explain`.

use std::fmt::Write;

use chancery_coder::mentions::{Meaning, find_mentions};
use chancery_language::render;
use chancery_model::{CodePoints, Document, Extent, Party};
use jiff::civil::Date;

use crate::Engine;

/// Sentences, tags, trees, mentions, and the events with the entry and pattern that coded them.
pub fn explain(engine: &Engine, text: &str, date: Option<Date>) -> String {
    let mut out = String::new();
    let document = Document { id: "text".into(), date, text: text.to_owned(), ..Document::default() };
    let coded = engine.code(&document);
    let points = CodePoints::new(text);
    for sentence in engine.read(text) {
        let _ = writeln!(out, "{:?}: {}\n", sentence.kind, sentence.span.of(text));
        if !sentence.kind.is_content() {
            continue;
        }
        out.push_str(&render(text, &sentence));
        out.push('\n');
        for mention in find_mentions(engine.lexicon, text, &sentence, date) {
            let span = sentence.tokens[mention.tokens.start as usize].span;
            let span = span.join(sentence.tokens[mention.tokens.end as usize - 1].span);
            let _ = writeln!(out, "  mention  {:<28} {}", span.of(text), meaning(engine, mention.meaning));
        }
        let Extent(start, end) = points.extent(sentence.span);
        for event in coded.events.iter().filter(|event| event.sentence == Extent(start, end)) {
            let mode = event.mode.map_or(String::new(), |mode| format!(" {mode}"));
            let _ = writeln!(
                out,
                "  event    {}{mode}: {} → {} ({}, confidence {:.2}), entry `{}`",
                event.kind,
                parties(&event.actors),
                parties(&event.recipients),
                event.status,
                event.confidence,
                event.entry,
            );
        }
        out.push('\n');
    }
    out
}

fn meaning(engine: &Engine, meaning: Meaning) -> String {
    match meaning {
        Meaning::Actor { actor, form } => {
            let actor = &engine.lexicon.actors[actor as usize];
            format!("{} [{}] {form:?}", actor.name, actor.code.as_deref().unwrap_or("no code"))
        }
        Meaning::Holder { office, holder, .. } => {
            let office = &engine.lexicon.offices[office as usize];
            format!("{}, {} [{}]", office.holders[holder as usize].name, office.name, office.code)
        }
        Meaning::Role { role } => {
            let role = &engine.lexicon.roles[role as usize];
            format!("role `{}` [{}]", role.name, role.sector)
        }
    }
}

fn parties(parties: &[Party]) -> String {
    if parties.is_empty() {
        return "nobody".to_owned();
    }
    let shown: Vec<String> = parties
        .iter()
        .map(|party| {
            let code = party.code.as_deref().unwrap_or("?");
            let sector = party.sector.map_or(String::new(), |sector| format!("/{sector}"));
            format!("{code}{sector} “{}”", party.text)
        })
        .collect();
    shown.join(", ")
}
