//! The main path: one document in, its coded records out.
//!
//! ```
//! use chancery_engine::Engine;
//! use chancery_model::Document;
//!
//! let engine = Engine::new(chancery_lexicon::Lexicon::embedded());
//! let text = "Russia condemned Ukraine.".to_owned();
//! let coded = engine.code(&Document { id: "d1".into(), text, ..Document::default() });
//! assert_eq!(coded.id, "d1");
//! ```
#![deny(missing_docs)]

pub mod examples;
mod explain;
mod parallel;

pub use explain::explain;
pub use parallel::{Outcome, Parallel, THREAD_NAME, code_in_order};

use chancery_coder::commitments::{CommitmentIndex, find_commitments};
use chancery_coder::contexts::ContextIndex;
use chancery_coder::dates::find_dates_after;
use chancery_coder::discourse::Discourse;
use chancery_coder::draft::{DocumentDraft, SituatedEvent};
use chancery_coder::events::{EventCoder, EventDraft};
use chancery_coder::figures::find_figures;
use chancery_coder::matching::PatternIndex;
use chancery_coder::mending::KnownLemmas;
use chancery_coder::mentions::{Meaning, Mention, can_hold_record, find_mentions};
use chancery_coder::parties::Resolver;
use chancery_coder::places::place_of;
use chancery_coder::repairs::repair;
use chancery_coder::roles::find_roles;
use chancery_coder::statements::weights::Weights;
use chancery_coder::statements::{StatementCoder, StatementModel};
use chancery_coder::status::Governors;
use chancery_coder::topics::{TopicIndex, TopicWeights, counts_in};
use chancery_coder::tree::Tree;
use chancery_coder::when::date_of;
use chancery_language::{Core, Scratch, segment};
use chancery_lexicon::{ActorKind, Lexicon};
use chancery_model::{Coded, Document, Relation, Sector, Sentence};

/// Codes documents; cheap to share between threads.
pub struct Engine<'l> {
    lexicon: &'l Lexicon,
    core: &'static Core,
    index: PatternIndex,
    governors: Governors,
    contexts: ContextIndex,
    topics: TopicIndex,
    commitments: CommitmentIndex,
    statements: StatementModel<'l>,
    lemmas: KnownLemmas,
}

impl<'l> Engine<'l> {
    /// An engine over a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Engine<'l> {
        Engine {
            lexicon,
            core: Core::embedded(),
            index: PatternIndex::new(lexicon),
            governors: Governors::new(lexicon),
            contexts: ContextIndex::new(lexicon),
            topics: TopicIndex::new(lexicon),
            commitments: CommitmentIndex::new(lexicon),
            statements: StatementModel::new(lexicon, Weights::embedded()),
            lemmas: KnownLemmas::new(lexicon),
        }
    }

    /// Codes one document; a document in another language than English gives no records.
    pub fn code(&self, document: &Document) -> Coded {
        let language = document.language.as_deref().unwrap_or("en");
        if !language.starts_with("en") {
            return Coded::empty(document, language);
        }
        let sentences = self.read(&document.text);
        let mut discourse = self.introduction(document);
        let mut draft = DocumentDraft::new(document);
        let mut statements = StatementCoder::new(&self.statements, &document.text, &sentences);
        let mut anchor = None;
        let mut before = TopicWeights::default();
        for (order, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind.is_content()) {
            let dates = find_dates_after(&document.text, sentence, document.date, anchor);
            anchor = dates.iter().rev().find_map(|date| date.interval).or(anchor);
            draft.figures.extend(find_figures(&document.text, sentence, &dates));
            if !is_read(sentence) {
                continue;
            }
            let tree = Tree::new(&document.text, sentence);
            let mentions = find_mentions(self.lexicon, &document.text, sentence, document.date);
            discourse.note_countries(&countries(self.lexicon, &mentions));
            let resolver =
                Resolver { lexicon: self.lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
            let roles = find_roles(&resolver);
            for holder in roles.iter().map(|role| role.party(&resolver)).collect::<Vec<_>>() {
                discourse.note(&holder, false);
            }
            draft.note_roles(roles);
            let resolver =
                Resolver { lexicon: self.lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
            draft.note_statements(statements.sentence(&resolver, order as u32));
            discourse.note_speaker(draft.speaker_of(sentence.span));
            let mut events = self.events(&tree, &mentions, &discourse);
            let weights = self.topics.weights(&tree);
            if let Some(topic) = self.topics.topic(&weights, &before) {
                events.retain(|event| counts_in(event, topic));
            }
            before = weights;
            let contexts = if events.is_empty() { Vec::new() } else { self.contexts.contexts(&tree) };
            for event in events {
                let date = date_of(&tree, &dates, event.predicate);
                draft.events.push(SituatedEvent {
                    place: place_of(self.lexicon, &tree, &mentions, event.predicate),
                    draft: event.dated(date.as_ref(), document.date),
                    contexts: contexts.clone(),
                    sentence: sentence.span,
                    order: order as u32,
                    date,
                });
            }
            let resolver =
                Resolver { lexicon: self.lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
            draft.commitments.extend(find_commitments(&self.commitments, &resolver, &dates, document.date));
            self.note_parties(&tree, &mentions, &mut discourse);
        }
        draft.finish(self.lexicon, language)
    }

    /// Code and sector of a phrase that names a party, read on its own: "Poland's interior minister".
    pub fn party_of(&self, phrase: &str) -> (Option<String>, Option<Sector>) {
        let sentences = self.analyse(phrase, |_| true);
        let Some(sentence) = sentences.first() else { return (None, None) };
        let tree = Tree::new(phrase, sentence);
        let mentions = find_mentions(self.lexicon, phrase, sentence, None);
        let discourse = Discourse::default();
        let resolver = Resolver { lexicon: self.lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
        let Some(root) = tree.root() else { return (None, None) };
        let party = resolver.phrase(root);
        (party.code, party.sector)
    }

    /// The sentences; those that can hold a record with tags, trees and names: cost follows what is relevant.
    pub fn read(&self, text: &str) -> Vec<Sentence> {
        self.analyse(text, |sentence| sentence.kind.is_content() && can_hold_record(self.lexicon, text, sentence))
    }

    fn analyse(&self, text: &str, is_wanted: impl Fn(&Sentence) -> bool) -> Vec<Sentence> {
        let mut sentences = segment(text);
        let relevant: Vec<usize> = (0..sentences.len()).filter(|&at| is_wanted(&sentences[at])).collect();
        let mut batch: Vec<Sentence> = relevant.iter().map(|&at| std::mem::take(&mut sentences[at])).collect();
        self.core.analyse_all(text, &mut batch, &mut Scratch::default());
        for (at, mut sentence) in relevant.into_iter().zip(batch) {
            self.lemmas.mend(text, &mut sentence);
            repair(text, &mut sentence);
            sentences[at] = sentence;
        }
        sentences
    }

    fn events(&self, tree: &Tree, mentions: &[Mention], discourse: &Discourse) -> Vec<EventDraft> {
        let resolver = Resolver { lexicon: self.lexicon, tree, mentions, discourse };
        let coder = EventCoder {
            lexicon: self.lexicon,
            index: &self.index,
            governors: &self.governors,
            tree,
            mentions,
            resolver: &resolver,
        };
        coder.events()
    }

    /// The countries of the headline are in view before the first sentence.
    fn introduction(&self, document: &Document) -> Discourse {
        let mut discourse = Discourse::default();
        discourse.note_home(document.source.as_deref().and_then(|source| self.issuing_state(source)));
        if let Some(title) = &document.title {
            for sentence in &segment(title) {
                let mentions = find_mentions(self.lexicon, title, sentence, document.date);
                discourse.note_countries(&countries(self.lexicon, &mentions));
            }
        }
        discourse
    }

    /// The state whose government a source is: "US Department of State", not "Xinhua".
    fn issuing_state(&self, source: &str) -> Option<(String, String)> {
        let sentences = segment(source);
        let mentions = sentences
            .iter()
            .flat_map(|sentence| find_mentions(self.lexicon, source, sentence, None))
            .collect::<Vec<_>>();
        let official = mentions.iter().find_map(|mention| match mention.meaning {
            Meaning::Actor { actor, .. } => {
                let actor = &self.lexicon.actors[actor as usize];
                let of = actor.code.as_ref().or(actor.of.first())?;
                (actor.kind == ActorKind::Agency).then(|| of.clone())
            }
            _ => None,
        });
        let by_role = || {
            let governs = mentions.iter().any(|mention| match mention.meaning {
                Meaning::Role { role } => self.lexicon.roles[role as usize].sector == Sector::Government,
                _ => false,
            });
            governs.then(|| countries(self.lexicon, &mentions).first().map(|country| country.0.clone())).flatten()
        };
        let code = official.or_else(by_role)?;
        let state = self
            .lexicon
            .actors
            .iter()
            .find(|actor| actor.kind == ActorKind::State && actor.code.as_deref() == Some(code.as_str()))?;
        Some((code, state.name.clone()))
    }

    /// Remembers persons and bodies for the sentences that follow.
    fn note_parties(&self, tree: &Tree, mentions: &[Mention], discourse: &mut Discourse) {
        let mut found = Vec::new();
        let resolver = Resolver { lexicon: self.lexicon, tree, mentions, discourse };
        for token in 0..tree.len() {
            let subject = matches!(tree.relation(token), Relation::Nsubj | Relation::NsubjPass);
            let named = mentions.iter().any(|mention| mention.tokens.contains(&token))
                || tree.sentence.names.iter().any(|name| name.tokens.start == token);
            let outermost = !matches!(tree.relation(token), Relation::Flat | Relation::Compound | Relation::Amod);
            if subject || named && outermost {
                let main = subject && tree.head(token).is_some_and(|verb| tree.head(verb).is_none());
                found.push((resolver.phrase(token), subject, main));
            }
        }
        // what the main clause is about is remembered best
        found.sort_by_key(|(_, _, main)| *main);
        for (draft, subject, _) in &found {
            discourse.note(draft, *subject);
        }
    }
}

/// True for a sentence that the language core has read.
fn is_read(sentence: &Sentence) -> bool {
    sentence.tokens.first().is_some_and(|token| !token.lemma.is_empty())
}

/// Code and name of every country mentioned, in order.
fn countries(lexicon: &Lexicon, mentions: &[Mention]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for mention in mentions {
        if let Meaning::Actor { actor, .. } = mention.meaning {
            let actor = &lexicon.actors[actor as usize];
            let is_country = matches!(actor.kind, ActorKind::State | ActorKind::Former);
            if let (true, Some(code)) = (is_country, &actor.code) {
                found.push((code.clone(), actor.name.clone()));
            }
        }
    }
    found
}
