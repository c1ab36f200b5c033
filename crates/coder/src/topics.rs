//! Tells news of sport, markets, culture and science, in which "attack", "beat" and "deal" are no acts between states.
//!
//! In: the words of a sentence and of the one before. Out: the topic that it is about, if any, and which events it leaves.
//! It does not judge the document as a whole: a paper's politics stand beside its football.

use chancery_lexicon::Lexicon;
use chancery_model::Sector;
use rustc_hash::FxHashMap;

use crate::events::EventDraft;
use crate::parties::{PartyDraft, PartySort};
use crate::tree::Tree;

/// Words of topics by their first word.
#[derive(Debug, Default)]
pub struct TopicIndex {
    topics: Vec<String>,
    words: FxHashMap<String, Vec<Word>>,
}

#[derive(Debug)]
struct Word {
    topic: u8,
    /// All its words, the first included.
    words: Vec<String>,
    weight: u32,
}

/// How much a sentence speaks of each topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicWeights(Vec<u32>);

/// What a sentence needs to be about a topic: two words of it, or a telling one, or one beside a sentence that is full of them.
const ENOUGH: u32 = 4;

impl TopicIndex {
    /// Indexes the lexicon's words.
    pub fn new(lexicon: &Lexicon) -> TopicIndex {
        let mut index = TopicIndex::default();
        for (topic, words, telling) in &lexicon.topics.0 {
            let known = index.topics.iter().position(|known| known == topic);
            let topic = known.unwrap_or_else(|| {
                index.topics.push(topic.clone());
                index.topics.len() - 1
            }) as u8;
            for word in words {
                let parts = word.split([' ', '-']).filter(|part| !part.is_empty());
                let words: Vec<String> = parts.map(str::to_owned).collect();
                let Some(first) = words.first().cloned() else { continue };
                let weight = if *telling { ENOUGH } else { ENOUGH / 2 };
                index.words.entry(first).or_default().push(Word { topic, words, weight });
            }
        }
        index
    }

    /// The weights of one sentence: each of its different words counts once.
    pub fn weights(&self, tree: &Tree) -> TopicWeights {
        let mut weights = TopicWeights(vec![0; self.topics.len()]);
        let mut seen: Vec<(u8, &str)> = Vec::new();
        for token in 0..tree.len() {
            let lemma = tree.lemma(token);
            for word in self.words.get(lemma).into_iter().flatten() {
                let follows = tree.has_words_at(token, word.words.iter().map(String::as_str));
                if follows && !seen.contains(&(word.topic, lemma)) {
                    seen.push((word.topic, lemma));
                    weights.0[word.topic as usize] += word.weight;
                }
            }
        }
        weights
    }

    /// The topic of a sentence, given the weights of the one before it.
    pub fn topic(&self, own: &TopicWeights, before: &TopicWeights) -> Option<&str> {
        let weight = |topic: usize| {
            let earlier = before.0.get(topic).copied().unwrap_or(0);
            if own.0[topic] > 0 { own.0[topic] + earlier / 4 } else { earlier / 4 }
        };
        let best = (0..self.topics.len()).max_by_key(|&topic| (weight(topic), std::cmp::Reverse(topic)))?;
        (weight(best) >= ENOUGH).then(|| self.topics[best].as_str())
    }
}

/// True for an event that counts also in news of that topic: somebody official acts or is acted upon. In sport a country's
/// name is a team, so that only offices and bodies count.
pub fn counts_in(event: &EventDraft, topic: &str) -> bool {
    let parties = event.actors.iter().chain(&event.recipients);
    parties.into_iter().any(|party| is_official(party, topic))
}

fn is_official(party: &PartyDraft, topic: &str) -> bool {
    let by_sector = matches!(
        party.sector,
        Some(
            Sector::Government
                | Sector::Military
                | Sector::Police
                | Sector::Intelligence
                | Sector::Judiciary
                | Sector::Legislature
                | Sector::Rebel
                | Sector::Separatist
        )
    );
    let state =
        topic != "sport" && party.sort == PartySort::Entity && party.code.is_some() && party.sector.is_none();
    by_sector && party.code.is_some() || state
}
