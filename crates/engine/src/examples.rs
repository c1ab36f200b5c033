//! Runs the example sentences of lexicon entries: what `chancery lexicon check` and the tests do.

use chancery_coder::discourse::Discourse;
use chancery_coder::mentions::{Meaning, find_mentions};
use chancery_coder::parties::{PartyDraft, Resolver};
use chancery_coder::tree::Tree;
use chancery_lexicon::{
    ActorKind, CommitmentExample, Cue, CueExample, EventEntry, EventExample, ExpectedEvent, ExpectedParty,
    PartyExample,
};
use chancery_model::{Document, Event, Extent, Party, Statement};

use crate::Engine;

/// An example that the coder answers otherwise than its entry says, or answers rightly though the entry says that it is
/// known to be answered wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// File of the entry.
    pub file: String,
    /// Line of the example.
    pub line: usize,
    /// Name of the entry.
    pub entry: String,
    /// The sentence.
    pub sentence: String,
    /// What was expected and what was found.
    pub reason: String,
    /// True if the line is marked as known to be wrong and is now answered rightly.
    pub mended: bool,
}

/// Day on which examples are read as published: a fixed one, so that terms of office do not make them change.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2026, 1, 15);

/// What running examples gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Examples run.
    pub count: usize,
    /// Examples marked as known to be answered wrongly.
    pub known_wrong: usize,
    /// Those that do not answer as their mark says.
    pub failures: Vec<Failure>,
}

impl Outcome {
    fn take(&mut self, origin: &(String, usize), entry: &str, example: Line, result: Result<(), String>) {
        self.count += 1;
        self.known_wrong += usize::from(example.known_wrong);
        let reason = match (result, example.known_wrong) {
            (Err(reason), false) => reason,
            (Ok(()), true) => "answered rightly now: take the `-wrong` off".to_owned(),
            _ => return,
        };
        self.failures.push(Failure {
            file: origin.0.clone(),
            line: example.line,
            entry: entry.to_owned(),
            sentence: example.sentence.to_owned(),
            reason,
            mended: example.known_wrong,
        });
    }
}

struct Line<'e> {
    sentence: &'e str,
    line: usize,
    known_wrong: bool,
}

/// Runs the examples of all event entries.
pub fn check_events(engine: &Engine) -> Outcome {
    let mut outcome = Outcome::default();
    for entry in &engine.lexicon.events {
        for example in &entry.examples {
            let line = Line { sentence: &example.sentence, line: example.line, known_wrong: example.known_wrong };
            outcome.take(&entry.origin, &entry.name, line, check_event(engine, entry, example));
        }
    }
    outcome
}

/// In a `no` sentence the entry itself must not fire; in a `yes` sentence some event of its type with the parties must be
/// found, by whichever entry of the type knows the words best.
fn check_event(engine: &Engine, entry: &EventEntry, example: &EventExample) -> Result<(), String> {
    let document =
        Document { id: "x".into(), date: Some(PUBLISHED), text: example.sentence.clone(), ..Document::default() };
    let events = engine.code(&document).events;
    let all: Vec<&Event> = events.iter().collect();
    match &example.expected {
        None => {
            let own: Vec<&Event> = events.iter().filter(|event| event.entry == entry.name).collect();
            if own.is_empty() { Ok(()) } else { Err(format!("must not fire but gives {}", shown(&own))) }
        }
        Some(expected) => {
            let kind = expected.kind.unwrap_or(entry.kind);
            let found = events.iter().any(|event| event.kind == kind && meets(event, expected));
            if found { Ok(()) } else { Err(format!("not found, but {}", shown(&all))) }
        }
    }
}

fn meets(event: &Event, expected: &ExpectedEvent) -> bool {
    let sides = if event.kind.is_mutual() {
        // either order is a fair reading of who met, agreed or traded with whom
        let wanted: Vec<&ExpectedParty> =
            expected.actors.iter().chain(expected.recipients.iter().flatten()).collect();
        let found: Vec<&Party> = event.actors.iter().chain(&event.recipients).collect();
        wanted.iter().all(|wanted| found.iter().any(|party| fits(party, wanted)))
    } else {
        expected.actors.iter().all(|wanted| event.actors.iter().any(|party| fits(party, wanted)))
            && expected.recipients.as_ref().is_none_or(|recipients| {
                recipients.iter().all(|wanted| event.recipients.iter().any(|party| fits(party, wanted)))
            })
    };
    sides
        && expected.mode.is_none_or(|mode| Some(mode) == event.mode)
        && expected.status.is_none_or(|status| status == event.status)
}

fn fits(party: &Party, wanted: &ExpectedParty) -> bool {
    let code = wanted.code.as_ref().is_none_or(|code| party.code.as_ref() == Some(code));
    code && wanted.sector.is_none_or(|sector| party.sector == Some(sector))
}

fn shown(events: &[&Event]) -> String {
    if events.is_empty() {
        return "nothing".to_owned();
    }
    let side = |parties: &[Party]| {
        let codes: Vec<String> = parties
            .iter()
            .map(|party| {
                let sector = party.sector.map_or(String::new(), |sector| format!("/{sector}"));
                format!("{}{sector}", party.code.as_deref().unwrap_or("?"))
            })
            .collect();
        if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
    };
    let events: Vec<String> = events
        .iter()
        .map(|event| {
            let parties = format!("{} > {}", side(&event.actors), side(&event.recipients));
            format!("{} {parties} {} [{}]", event.kind, event.status, event.entry)
        })
        .collect();
    events.join("; ")
}

/// Runs the examples of all undertakings and stage cues.
pub fn check_commitments(engine: &Engine) -> Outcome {
    let words = &engine.lexicon.undertakings;
    let undertakings = words.undertakings.iter().map(|entry| (&entry.origin, &entry.name, &entry.examples));
    let cues = words.cues.iter().map(|cue| (&cue.origin, &cue.name, &cue.examples));
    let mut outcome = Outcome::default();
    for (origin, name, examples) in undertakings.chain(cues) {
        for example in examples {
            let line = Line { sentence: &example.sentence, line: example.line, known_wrong: example.known_wrong };
            outcome.take(origin, name, line, check_commitment(engine, example));
        }
    }
    outcome
}

/// The examples of all cues of statements.
pub fn check_cues(engine: &Engine) -> Outcome {
    let mut outcome = Outcome::default();
    for cue in &engine.lexicon.cues {
        for example in &cue.examples {
            let line = Line { sentence: &example.sentence, line: example.line, known_wrong: example.known_wrong };
            outcome.take(&cue.origin, &cue.name, line, check_cue(engine, cue, example));
        }
    }
    outcome
}

/// A `yes` sentence has a statement of that speaker with those words as half of its content or more; in a `no` sentence
/// no word of the entry introduces one.
fn check_cue(engine: &Engine, cue: &Cue, example: &CueExample) -> Result<(), String> {
    let document =
        Document { id: "x".into(), date: Some(PUBLISHED), text: example.sentence.clone(), ..Document::default() };
    let found = engine.code(&document).statements;
    let characters: Vec<char> = example.sentence.chars().collect();
    let words = |extent: Extent| -> String { characters[extent.0 as usize..extent.1 as usize].iter().collect() };
    let who = |one: &Statement| one.speaker.as_ref().map_or("-".to_owned(), |party| party.text.clone());
    let right = match &example.expected {
        Some((speaker, content)) => found.iter().any(|one| {
            let said = words(one.content);
            let speaks = speaker.as_ref().is_none_or(|speaker| who(one).contains(speaker.as_str()));
            speaks && said.contains(content.as_str()) && said.len() <= 2 * content.len().max(20)
        }),
        None => found.iter().all(|one| {
            let own = one.cue.map_or(String::new(), words).to_lowercase();
            !cue.words.iter().any(|word| own.starts_with(word.trim_end_matches('e')))
        }),
    };
    let shown: Vec<String> = found.iter().map(|one| format!("{} | {}", who(one), words(one.content))).collect();
    if right {
        Ok(())
    } else {
        Err(format!("gives {}", if shown.is_empty() { "nothing".into() } else { shown.join("; ") }))
    }
}

fn check_commitment(engine: &Engine, example: &CommitmentExample) -> Result<(), String> {
    let document =
        Document { id: "x".into(), date: Some(PUBLISHED), text: example.sentence.clone(), ..Document::default() };
    let found = engine.code(&document).commitments;
    let right = match &example.expected {
        None => found.is_empty(),
        Some((stage, parties)) => {
            found.iter().any(|one| one.stage == *stage && (parties.is_empty() || one.parties == *parties))
        }
    };
    let shown: Vec<String> =
        found.iter().map(|one| format!("{} {} ({})", one.stage, one.parties.join(" "), one.title)).collect();
    if right {
        Ok(())
    } else {
        Err(format!("gives {}", if shown.is_empty() { "nothing".into() } else { shown.join("; ") }))
    }
}

/// Runs the examples of all actor and role entries.
pub fn check_parties(engine: &Engine) -> Outcome {
    let lexicon = engine.lexicon;
    let actors = lexicon.actors.iter().enumerate().flat_map(|(index, actor)| {
        actor
            .examples
            .iter()
            .map(move |example| (Subject::Actor(index as u32), &actor.origin, &actor.name, example))
    });
    let roles = lexicon.roles.iter().enumerate().flat_map(|(index, role)| {
        role.examples.iter().map(move |example| (Subject::Role(index as u32), &role.origin, &role.name, example))
    });
    let mut outcome = Outcome::default();
    for (subject, origin, name, example) in actors.chain(roles) {
        let line = Line { sentence: &example.sentence, line: example.line, known_wrong: example.known_wrong };
        outcome.take(origin, name, line, check_party(engine, subject, example));
    }
    outcome
}

#[derive(Clone, Copy)]
enum Subject {
    Actor(u32),
    Role(u32),
}

/// In a `no` sentence the entry itself must not be mentioned; in a `yes` sentence every party named must be found.
fn check_party(engine: &Engine, subject: Subject, example: &PartyExample) -> Result<(), String> {
    let text = &example.sentence;
    let mut mentioned = false;
    let mut parties: Vec<PartyDraft> = Vec::new();
    for sentence in engine.read(text) {
        let tree = Tree::new(text, &sentence);
        let mentions = find_mentions(engine.lexicon, text, &sentence, None);
        mentioned |= mentions.iter().any(|mention| match (mention.meaning, subject) {
            (Meaning::Actor { actor, .. }, Subject::Actor(index)) => actor == index,
            (Meaning::Role { role }, Subject::Role(index)) => role == index,
            _ => false,
        });
        let discourse = Discourse::default();
        let resolver =
            Resolver { lexicon: engine.lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
        parties.extend((0..tree.len()).map(|token| resolver.phrase(token)));
    }
    let is_none = matches!(subject, Subject::Actor(index) if engine.lexicon.actors[index as usize].kind == ActorKind::NotAParty);
    if example.is_no {
        return if mentioned { Err("must not be found".to_owned()) } else { Ok(()) };
    }
    if is_none {
        return Ok(());
    }
    for wanted in &example.parties {
        let found = parties.iter().any(|party| {
            wanted.code.as_ref().is_none_or(|code| party.code.as_ref() == Some(code))
                && wanted.sector.is_none_or(|sector| party.sector == Some(sector))
        });
        if !found {
            let seen: Vec<String> = parties
                .iter()
                .filter(|party| party.code.is_some())
                .map(|party| {
                    format!("{}/{}", party.code.as_deref().unwrap_or("?"), party.sector.map_or("-", |s| s.label()))
                })
                .collect();
            let wanted_sector = wanted.sector.map_or("", |sector| sector.label());
            return Err(format!(
                "{}/{wanted_sector} not found among {}",
                wanted.code.as_deref().unwrap_or("?"),
                seen.join(" ")
            ));
        }
    }
    Ok(())
}
