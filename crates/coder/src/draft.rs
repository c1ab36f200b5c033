//! One document's records in the making: drafts of every sentence, then ids, statements and confidence.

use chancery_lexicon::Lexicon;
use chancery_model::{
    CodePoints, Coded, Commitment, DateInterval, Document, Event, Extent, Figure, Place, Span, Statement, Status,
};

use crate::cameo::cameo_code;
use crate::commitments::{CommitmentDraft, merge};
use crate::confidence::confidence;
use crate::events::EventDraft;
use crate::figures::FigureMention;
use crate::parties::PartyDraft;
use crate::roles::{RoleDraft, keep_new};
use crate::statements::{StatementDraft, denials};
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
    /// Every commitment found so far, repetitions included.
    pub commitments: Vec<CommitmentDraft>,
    /// Every figure found so far.
    pub figures: Vec<FigureMention>,
    /// Every statement found so far.
    pub statements: Vec<StatementDraft>,
    /// Every role found so far.
    pub roles: Vec<RoleDraft>,
}

impl<'d> DocumentDraft<'d> {
    /// An empty draft.
    pub fn new(document: &'d Document) -> DocumentDraft<'d> {
        DocumentDraft {
            document,
            commitments: Vec::new(),
            events: Vec::new(),
            figures: Vec::new(),
            statements: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// Adds the statements of one sentence.
    pub fn note_statements(&mut self, statements: Vec<StatementDraft>) {
        self.statements.extend(statements);
    }

    /// Adds the roles of one sentence that say something new.
    pub fn note_roles(&mut self, roles: Vec<RoleDraft>) {
        for role in roles {
            if keep_new(&self.roles, &role) {
                self.roles.push(role);
            }
        }
    }

    /// Who speaks in a sentence in which, or around which, somebody is quoted.
    pub fn speaker_of(&self, sentence: Span) -> Option<PartyDraft> {
        let recent = self.statements.len().saturating_sub(12);
        let mut quoted = self.statements[recent..].iter().filter(|statement| statement.quoted);
        quoted
            .find(|statement| statement.content.overlaps(sentence))
            .and_then(|statement| statement.speaker.clone())
    }

    /// The innermost statement whose content holds the span, by its place in `statements`.
    fn statement_around(&self, span: Span) -> Option<usize> {
        let around = |&index: &usize| self.statements[index].content.contains(span);
        (0..self.statements.len()).filter(around).min_by_key(|&index| self.statements[index].content.len())
    }

    /// The innermost statement that denies the span in so many words, by its place in `statements`.
    fn denial_around(&self, span: Span) -> Option<usize> {
        let denies = |&index: &usize| {
            let statement = &self.statements[index];
            statement.content.contains(span) && denials::is_denial(statement, &self.document.text)
        };
        (0..self.statements.len()).filter(denies).min_by_key(|&index| self.statements[index].content.len())
    }

    /// For each event the statement that denies it: it did not happen, as far as that word goes.
    fn deny(&mut self) -> Vec<Option<usize>> {
        let found: Vec<Option<usize>> =
            self.events.iter().map(|event| self.denial_around(event.draft.trigger)).collect();
        for (event, denial) in self.events.iter_mut().zip(&found) {
            if denial.is_some() && matches!(event.draft.status, Status::Actual | Status::Historical) {
                event.draft.status = Status::Negated;
            }
        }
        found
    }

    /// The records, events by salience.
    pub fn finish(mut self, lexicon: &Lexicon, language: &str) -> Coded {
        let document = self.document;
        let points = CodePoints::new(&document.text);
        let mut coded = Coded::empty(document, language);
        self.events
            .sort_by_key(|event| (event.order, event.draft.status == Status::Hypothetical, event.draft.depth));
        let denied = self.deny();
        for (index, situated) in self.events.iter().enumerate() {
            let id = format!("{}#e{}", document.id, index + 1);
            // the denier's word, though the claim denied may be a statement of its own
            let around = denied[index].or_else(|| self.statement_around(situated.draft.trigger));
            let record = event(id, situated, lexicon, &document.text, &points);
            let statement = around.map(|at| statement_id(document, at));
            let record = Event { statement, ..record };
            coded.events.push(Event { confidence: confidence(&record), ..record });
        }
        let figures = self.figures.iter().filter(|figure| !figure.is_ordinal);
        for (index, mention) in figures.enumerate() {
            let id = format!("{}#f{}", document.id, index + 1);
            let around = self.statement_around(mention.span);
            let record = figure(id, mention, &document.text, &points);
            coded.figures.push(Figure { statement: around.map(|at| statement_id(document, at)), ..record });
        }
        for (index, draft) in self.statements.iter().enumerate() {
            coded.statements.push(statement(statement_id(document, index), draft, &document.text, &points));
        }
        coded.roles.extend(self.roles.iter().map(|role| role.record(&points)));
        let commitments = std::mem::take(&mut self.commitments);
        coded.commitments = commitment_records(commitments, &coded, &points);
        coded
    }
}

fn statement_id(document: &Document, index: usize) -> String {
    format!("{}#s{}", document.id, index + 1)
}

fn statement(id: String, draft: &StatementDraft, text: &str, points: &CodePoints) -> Statement {
    Statement {
        id,
        speaker: draft.speaker.as_ref().map(|party| party.party(text, points)),
        cue: draft.cue.map(|cue| points.extent(cue)),
        content: points.extent(draft.content),
        quoted: draft.quoted,
        mood: draft.mood,
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
        confidence: 0.0,
        sentence: points.extent(situated.sentence),
        trigger: points.extent(draft.trigger),
        entry: entry.name.clone(),
    }
}

/// The records of commitments, each undertaking once at each stage, with the figures and the statement of their evidence.
fn commitment_records(drafts: Vec<CommitmentDraft>, coded: &Coded, points: &CodePoints) -> Vec<Commitment> {
    let within = |inner: Extent, outer: Extent| outer.0 <= inner.0 && inner.1 <= outer.1;
    let figures = |evidence: Extent| {
        coded
            .figures
            .iter()
            .filter(|figure| within(figure.span, evidence))
            .map(|figure| figure.id.clone())
            .collect()
    };
    // the narrowest statement that holds the last word: its speaker, named first, stands outside it
    let statement = |evidence: Extent| {
        let last = Extent(evidence.1.saturating_sub(1), evidence.1);
        let holding = coded.statements.iter().filter(|one| within(last, one.content));
        holding.min_by_key(|one| one.content.1 - one.content.0).map(|one| one.id.clone())
    };
    let records = merge::without_repetitions(drafts).into_iter().enumerate().map(|(index, draft)| {
        let evidence = points.extent(draft.evidence);
        Commitment {
            id: format!("{}#c{}", coded.id, index + 1),
            figures: figures(evidence),
            statement: statement(evidence),
            evidence,
            title: draft.title,
            kind: draft.kind,
            parties: draft.parties,
            beneficiary: draft.beneficiary,
            sectors: draft.sectors,
            stage: draft.stage,
            due: draft.due,
            date: draft.date,
        }
    });
    records.collect()
}
