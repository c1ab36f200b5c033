//! Scores the coder on the labelled sentences of `tests/labelled/events.jsonl`: precision of type, of dyad and of both,
//! recall, and how far confidence can be trusted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use chancery_engine::Engine;
use chancery_model::{Document, Event, EventType, Extent, Party};
use serde_json::Value;

use crate::lexicon;

type Codes = BTreeSet<String>;

/// An event as the reader labelled it.
struct Label {
    kinds: Vec<EventType>,
    /// Alternatives; `None` accepts anything.
    actors: Option<Vec<Codes>>,
    recipients: Option<Vec<Codes>>,
    mutual: bool,
    optional: bool,
    statuses: Vec<String>,
}

struct LabelledSentence {
    document: String,
    source: String,
    extent: Extent,
    labels: Vec<Label>,
}

/// Sums over the sentences of one source.
#[derive(Default)]
struct Tally {
    given: u32,
    kind: u32,
    dyad: u32,
    both: u32,
    status: u32,
    /// Of those with the right type and another dyad: only a side or a party is missing, nothing given is wrong.
    incomplete: u32,
    labelled: u32,
    found: u32,
}

/// Prints the tables; with `wrong`, every answer that is not right with its sentence.
pub fn run(shared: &Path, wrong: bool) -> anyhow::Result<()> {
    let lexicon = lexicon::of_tree()??;
    let engine = Engine::new(&lexicon);
    let coded = code_sentences(shared, &engine)?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for (sentence, document, given) in &coded {
        let tally = tallies.entry(&sentence.source).or_default();
        for event in given {
            judged.push((event.confidence, judge(event, sentence, tally)));
        }
        for label in sentence.labels.iter().filter(|label| !label.optional) {
            tally.labelled += 1;
            tally.found += u32::from(given.iter().any(|event| label.has_kind(event) && label.has_dyad(event)));
        }
        if wrong {
            list_wrong(document, sentence, given);
        }
    }
    print_tallies(&tallies);
    print_reliability(&judged);
    Ok(())
}

/// Every labelled sentence with its document and the events given in it; each document is coded once.
fn code_sentences(shared: &Path, engine: &Engine) -> anyhow::Result<Vec<(LabelledSentence, Document, Vec<Event>)>> {
    let sentences = read_labels(Path::new("tests/labelled/events.jsonl"))?;
    let documents = read_documents(shared, &sentences)?;
    let mut coded: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut found = Vec::new();
    for sentence in sentences {
        let document =
            documents.get(&sentence.document).with_context(|| format!("no text of {}", sentence.document))?;
        let events = coded.entry(sentence.document.clone()).or_insert_with(|| engine.code(document).events);
        let within = |event: &&Event| overlaps(event.sentence, sentence.extent);
        let given = events.iter().filter(within).cloned().collect();
        found.push((sentence, document.clone(), given));
    }
    Ok(found)
}

/// True if one label has the event's type and its dyad.
fn is_right(event: &Event, sentence: &LabelledSentence) -> bool {
    sentence.labels.iter().any(|label| label.has_kind(event) && label.has_dyad(event))
}

/// Every event given in the labelled sentences and in the noise with its document and whether a label has its type and its
/// dyad.
pub fn judged_events(shared: &Path) -> anyhow::Result<Vec<(String, Event, bool)>> {
    let lexicon = lexicon::of_tree()??;
    let engine = Engine::new(&lexicon);
    let mut judged = Vec::new();
    for (sentence, _, given) in code_sentences(shared, &engine)? {
        for event in given {
            let right = is_right(&event, &sentence);
            judged.push((sentence.document.clone(), event, right));
        }
    }
    judged.extend(noise_events(&engine)?);
    Ok(judged)
}

/// Every event given in news that is not about politics; right only where the line's label has its type.
fn noise_events(engine: &Engine) -> anyhow::Result<Vec<(String, Event, bool)>> {
    let path = "tests/noise/noise.txt";
    let text = fs::read_to_string(path).context(path)?;
    let mut judged = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let Some((_, rest)) = line.split_once(": ") else { continue };
        let (text, label) = rest.split_once(" => ").unwrap_or((rest, ""));
        let kinds = label.split(' ').next().unwrap_or_default();
        let id = format!("noise.txt:{}", at + 1);
        let document = Document { id: id.clone(), text: text.to_owned(), ..Document::default() };
        for event in engine.code(&document).events {
            let right = kinds.split('|').any(|kind| kind.split('.').next() == Some(event.kind.label()));
            judged.push((id.clone(), event, right));
        }
    }
    Ok(judged)
}

/// Counts the answer; true if one label has its type and its dyad.
fn judge(event: &Event, sentence: &LabelledSentence, tally: &mut Tally) -> bool {
    let labels = &sentence.labels;
    tally.given += 1;
    tally.kind += u32::from(labels.iter().any(|label| label.has_kind(event)));
    tally.dyad += u32::from(labels.iter().any(|label| label.has_dyad(event)));
    let right: Vec<&Label> = labels.iter().filter(|label| label.has_kind(event) && label.has_dyad(event)).collect();
    tally.both += u32::from(!right.is_empty());
    let incomplete =
        right.is_empty() && labels.iter().any(|label| label.has_kind(event) && label.has_part_of_dyad(event));
    tally.incomplete += u32::from(incomplete);
    tally.status +=
        u32::from(right.iter().any(|label| label.statuses.iter().any(|status| status == event.status.label())));
    !right.is_empty()
}

impl Label {
    fn has_kind(&self, event: &Event) -> bool {
        self.kinds.contains(&event.kind)
    }

    /// True if every code given stands on its side in the label, and at least one is given.
    fn has_part_of_dyad(&self, event: &Event) -> bool {
        let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
        let within = |wanted: &Option<Vec<Codes>>, found: &Codes| {
            wanted.as_ref().is_none_or(|sets| found.is_empty() || sets.iter().any(|set| found.is_subset(set)))
        };
        let all: Codes = actors.union(&recipients).cloned().collect();
        !all.is_empty()
            && if self.mutual {
                within(&self.actors, &all)
            } else {
                within(&self.actors, &actors) && within(&self.recipients, &recipients)
            }
    }

    /// True if both sides are as labelled; who met or traded with whom may be told in any order.
    fn has_dyad(&self, event: &Event) -> bool {
        let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
        let fits = |wanted: &Option<Vec<Codes>>, found: &Codes| {
            wanted.as_ref().is_none_or(|alternatives| alternatives.contains(found))
        };
        if !self.mutual && fits(&self.actors, &actors) && fits(&self.recipients, &recipients) {
            return true;
        }
        let unordered =
            self.mutual || matches!(event.kind, EventType::Consult | EventType::Cooperate | EventType::Agree);
        let all: Codes = actors.union(&recipients).cloned().collect();
        match (&self.actors, &self.recipients) {
            (Some(ours), Some(theirs)) if unordered => ours.iter().any(|ours| {
                theirs.is_empty() && all == *ours
                    || theirs.iter().any(|theirs| all == ours.union(theirs).cloned().collect())
            }),
            (Some(ours), None) if unordered => ours.iter().any(|ours| ours.is_subset(&all)),
            _ => false,
        }
    }
}

fn codes(parties: &[Party]) -> Codes {
    parties.iter().filter_map(|party| party.code.clone()).collect()
}

/// The segmenter may cut a sentence otherwise than when the labels were made.
fn overlaps(a: Extent, b: Extent) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn read_labels(path: &Path) -> anyhow::Result<Vec<LabelledSentence>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let place = || format!("{}:{}", path.display(), at + 1);
        let record: Value = serde_json::from_str(line).with_context(place)?;
        let offset = |index: usize| record["sentence"][index].as_u64().map(|offset| offset as u32);
        let extent = offset(0).zip(offset(1)).map(|(start, end)| Extent(start, end));
        let labels = record["events"].as_array().with_context(place)?.iter().map(read_label);
        sentences.push(LabelledSentence {
            document: record["document"].as_str().with_context(place)?.to_owned(),
            source: record["source"].as_str().with_context(place)?.to_owned(),
            extent: extent.with_context(place)?,
            labels: labels.collect::<anyhow::Result<_>>().with_context(place)?,
        });
    }
    Ok(sentences)
}

fn read_label(record: &Value) -> anyhow::Result<Label> {
    let words = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let side = |key: &str| {
        record[key]
            .as_array()
            .map(|sets| sets.iter().map(|set| words(set).into_iter().collect()).collect::<Vec<_>>())
    };
    let kinds = words(&record["type"]);
    let kinds = kinds.iter().map(|kind| EventType::from_label(kind).with_context(|| format!("no type `{kind}`")));
    let mutual = record["mutual"].as_bool().unwrap_or(false);
    let recipients = match (mutual, record.get("recipients")) {
        (true, None) => Some(Vec::new()),
        _ => side("recipients"),
    };
    Ok(Label {
        kinds: kinds.collect::<anyhow::Result<_>>()?,
        actors: side("actors"),
        recipients,
        mutual,
        optional: record["optional"].as_bool().unwrap_or(false),
        statuses: words(&record["status"]),
    })
}

fn read_documents(shared: &Path, sentences: &[LabelledSentence]) -> anyhow::Result<BTreeMap<String, Document>> {
    let wanted: BTreeSet<&str> = sentences.iter().map(|sentence| sentence.document.as_str()).collect();
    let mut documents = BTreeMap::new();
    for name in ["corpora/statedept_press.jsonl", "corpora/wp_current_events.jsonl"] {
        let path = shared.join(name);
        for line in fs::read_to_string(&path).with_context(|| path.display().to_string())?.lines() {
            let record: Value = serde_json::from_str(line)?;
            let field = |key: &str| record[key].as_str().map(str::to_owned);
            let Some(id) = field("id").filter(|id| wanted.contains(id.as_str())) else { continue };
            let document = Document {
                id: id.clone(),
                date: field("date").and_then(|date| chancery_model::publication_date(&date).ok()),
                title: field("title"),
                source: field("source"),
                text: field("text").unwrap_or_default(),
                ..Document::default()
            };
            documents.insert(id, document);
        }
    }
    Ok(documents)
}

fn list_wrong(document: &Document, sentence: &LabelledSentence, given: &[Event]) {
    let Extent(start, end) = sentence.extent;
    let text: String = document.text.chars().skip(start as usize).take((end - start) as usize).collect();
    let wrong: Vec<&Event> = given.iter().filter(|event| !is_right(event, sentence)).collect();
    let found = |label: &Label| given.iter().any(|event| label.has_kind(event) && label.has_dyad(event));
    let missed: Vec<&Label> = sentence.labels.iter().filter(|label| !label.optional && !found(label)).collect();
    if wrong.is_empty() && missed.is_empty() {
        return;
    }
    println!("{} {text}", sentence.document);
    for event in wrong {
        let Extent(from, to) = event.trigger;
        let trigger: String = document.text.chars().skip(from as usize).take((to - from) as usize).collect();
        let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
        println!(
            "  wrong   {} {actors:?} > {recipients:?} {} {:.2} “{trigger}” [{}]",
            event.kind, event.status, event.confidence, event.entry
        );
    }
    for label in missed {
        println!("  missed  {:?} {:?} > {:?}", label.kinds, label.actors, label.recipients);
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn print_tallies(tallies: &BTreeMap<&str, Tally>) {
    let mut all = Tally::default();
    println!("source     given  type   dyad   both   incomplete  status of right  labelled  recall");
    for (source, one) in tallies {
        print_tally(source, one);
        all.given += one.given;
        all.kind += one.kind;
        all.dyad += one.dyad;
        all.both += one.both;
        all.status += one.status;
        all.incomplete += one.incomplete;
        all.labelled += one.labelled;
        all.found += one.found;
    }
    print_tally("all", &all);
}

fn print_tally(source: &str, one: &Tally) {
    println!(
        "{source:<10} {:>5}  {:.3}  {:.3}  {:.3}       {:.3}            {:.3}  {:>8}  {:.3}",
        one.given,
        share(one.kind, one.given),
        share(one.dyad, one.given),
        share(one.both, one.given),
        share(one.incomplete, one.given),
        share(one.status, one.both),
        one.labelled,
        share(one.found, one.labelled)
    );
}

pub fn print_reliability(judged: &[(f64, bool)]) {
    println!("\nconfidence  n    mean   right");
    for tenth in 0..10 {
        let (low, high) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let bin: Vec<&(f64, bool)> =
            judged.iter().filter(|(c, _)| *c >= low && (*c < high || tenth == 9)).collect();
        if bin.is_empty() {
            continue;
        }
        let right = bin.iter().filter(|(_, right)| *right).count() as u32;
        let mean = bin.iter().map(|(c, _)| c).sum::<f64>() / bin.len() as f64;
        println!("{low:.1}–{high:.1}     {:>4}  {mean:.3}  {:.3}", bin.len(), share(right, bin.len() as u32));
    }
}
