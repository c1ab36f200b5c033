//! The lexicon's cues, looked up by word and complement.

use chancery_lexicon::{Complement, Lexicon};
use chancery_model::Mood;
use rustc_hash::FxHashMap;

/// Mood by word and complement.
#[derive(Debug, Default)]
pub struct CueIndex<'l> {
    by_word: FxHashMap<&'l str, Vec<(&'l Complement, Mood)>>,
}

impl<'l> CueIndex<'l> {
    /// The table of the lexicon; of two entries for the same word and complement the first counts.
    pub fn new(lexicon: &'l Lexicon) -> CueIndex<'l> {
        let mut by_word: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        for cue in &lexicon.cues {
            for word in &cue.words {
                by_word.entry(word).or_default().extend(cue.takes.iter().map(|complement| (complement, cue.mood)));
            }
        }
        CueIndex { by_word }
    }

    /// The mood of a word with that complement.
    pub fn mood(&self, word: &str, complement: &Complement) -> Option<Mood> {
        self.by_word.get(word)?.iter().find(|(known, _)| *known == complement).map(|&(_, mood)| mood)
    }

    /// The mood of a word, whatever it takes.
    pub fn any_mood(&self, word: &str) -> Option<Mood> {
        self.by_word.get(word)?.first().map(|&(_, mood)| mood)
    }
}
