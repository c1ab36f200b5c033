//! What an act is about, from the words of its sentence.

use chancery_lexicon::Lexicon;
use chancery_model::Context;
use rustc_hash::FxHashMap;

use crate::tree::Tree;

/// The words of every context, by their first word.
#[derive(Debug, Default)]
pub struct ContextIndex(FxHashMap<String, Vec<(Context, Vec<String>)>>);

impl ContextIndex {
    /// Indexes the lexicon's words.
    pub fn new(lexicon: &Lexicon) -> ContextIndex {
        let mut index: FxHashMap<String, Vec<(Context, Vec<String>)>> = FxHashMap::default();
        for (context, phrases) in &lexicon.contexts.0 {
            for phrase in phrases {
                let mut words = phrase.split(' ').map(str::to_owned);
                let Some(first) = words.next() else { continue };
                index.entry(first).or_default().push((*context, words.collect()));
            }
        }
        ContextIndex(index)
    }

    /// The contexts of a sentence, in the ontology's order.
    pub fn contexts(&self, tree: &Tree) -> Vec<Context> {
        let mut found: Vec<Context> = Vec::new();
        for token in 0..tree.len() {
            let word = tree.word(token).to_lowercase();
            let lemma = tree.lemma(token);
            let by_word = (word != lemma).then(|| self.0.get(word.as_str())).flatten();
            for (context, rest) in self.0.get(lemma).into_iter().chain(by_word).flatten() {
                let follows = rest.iter().enumerate().all(|(offset, part)| {
                    let at = token + 1 + offset as u32;
                    at < tree.len() && (tree.lemma(at) == part || tree.is_word(at, part))
                });
                if follows && !found.contains(context) {
                    found.push(*context);
                }
            }
        }
        found.sort_unstable();
        found
    }
}
