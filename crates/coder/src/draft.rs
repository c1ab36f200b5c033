//! One document's records in the making: drafts of every sentence, then ids, statements and confidence.

use chancery_lexicon::Lexicon;
use chancery_model::{CodePoints, Coded, DateInterval, Document, Event, Figure, Place, Span};

use crate::cameo::cameo_code;
use crate::events::EventDraft;
use crate::figures::FigureMention;
use chancery_model::Context;

/// An event draft with what its sentence and document add.
#[derive(Clone, Debug)]
pub struct SituatedEvent {
    /// The event.
    pub draft: EventDraft,
    /// Contexts of its sentence.
    pub contexts: Vec<Context>,
    /// When it took place.
    pub date: Option<DateInterval>,
    /// Where it took place.
    pub place: Option<Place>,
    /// The sentence's span.
    pub sentence: Span,
    /// Counts the document's sentences from 0.
    pub order: u32,
}

/// Collects drafts in text order and writes them out.
pub struct DocumentDraft<'d> {
    document: &'d Document,
    /// Every event found so far.
    pub events: Vec<SituatedEvent>,
    /// Every figure found so far.
    pub figures: Vec<FigureMention>,
}

impl<'d> DocumentDraft<'d> {
    /// An empty draft.
    pub fn new(document: &'d Document) -> DocumentDraft<'d> {
        DocumentDraft { document, events: Vec::new(), figures: Vec::new() }
    }

    /// The records, events by salience.
    pub fn finish(mut self, lexicon: &Lexicon, language: &str) -> Coded {
        let document = self.document;
        let points = CodePoints::new(&document.text);
        let mut coded = Coded::empty(document, language);
        self.events.sort_by_key(|event| (event.order, event.draft.depth));
        for (index, situated) in self.events.iter().enumerate() {
            let id = format!("{}#e{}", document.id, index + 1);
            coded.events.push(event(id, situated, lexicon, &document.text, &points));
        }
        let figures = self.figures.iter().filter(|figure| !figure.is_ordinal);
        for (index, mention) in figures.enumerate() {
            let id = format!("{}#f{}", document.id, index + 1);
            coded.figures.push(figure(id, mention, &document.text, &points));
        }
        coded
    }
}

fn figure(id: String, mention: &FigureMention, text: &str, points: &CodePoints) -> Figure {
    Figure {
        id,
        value: mention.value,
        high: mention.high,
        unit: mention.unit.clone(),
        qualifier: mention.qualifier,
        counts: mention.counts.of(text).to_owned(),
        span: points.extent(mention.span),
        statement: None,
    }
}

fn event(id: String, situated: &SituatedEvent, lexicon: &Lexicon, text: &str, points: &CodePoints) -> Event {
    let draft = &situated.draft;
    let entry = &lexicon.events[draft.entry as usize];
    let mut contexts = entry.contexts.clone();
    contexts.extend(situated.contexts.iter().copied());
    contexts.sort_unstable();
    contexts.dedup();
    Event {
        id,
        kind: draft.kind,
        mode: draft.mode,
        actors: draft.actors.iter().map(|party| party.party(text, points)).collect(),
        recipients: draft.recipients.iter().map(|party| party.party(text, points)).collect(),
        date: situated.date,
        place: situated.place.clone(),
        status: draft.status,
        statement: None,
        intensity: draft.kind.intensity(draft.mode),
        quad: draft.kind.quad(),
        cameo: cameo_code(draft.kind, draft.mode, &contexts, draft.promised).to_owned(),
        contexts,
        confidence: confidence(draft),
        sentence: points.extent(situated.sentence),
        trigger: points.extent(draft.trigger),
        entry: entry.name.clone(),
    }
}

/// A first estimate of how sure a match is, from how much of it was literal and how much of its parties is known.
fn confidence(draft: &EventDraft) -> f64 {
    let known = |parties: &[crate::parties::PartyDraft]| parties.iter().any(|party| party.code.is_some());
    let mut score: f64 = 0.45;
    score += 0.04 * f64::from(draft.rank.min(8));
    score += if known(&draft.actors) { 0.1 } else { 0.0 };
    score += if known(&draft.recipients) { 0.08 } else { 0.0 };
    score -= 0.03 * f64::from(draft.depth.min(4));
    (score.clamp(0.05, 0.95) * 100.0).round() / 100.0
}
