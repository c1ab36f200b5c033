//! Where the words of undertakings and stages are looked up.

use chancery_lexicon::{GovernorEffect, Lexicon, StageCue, Undertaking};
use chancery_model::CommitmentKind;
use rustc_hash::FxHashMap;

use crate::tree::Tree;

/// Phrases by their first word: the words that follow, and the entry.
type Phrases = FxHashMap<String, Vec<(Vec<String>, u32)>>;

/// How many tokens after a verb its particle or preposition may stand: "withdrew, on Monday, from".
const REACH: u32 = 5;

/// All words of `Lexicon::undertakings`, indexed.
#[derive(Debug, Default)]
pub struct CommitmentIndex {
    nouns: Phrases,
    verbs: Phrases,
    cue_verbs: Phrases,
    cue_intransitives: Phrases,
    cue_clauses: Phrases,
    cue_nouns: Phrases,
    cue_modifiers: Phrases,
    cue_states: Phrases,
    excluded: Phrases,
    governors: FxHashMap<String, GovernorEffect>,
}

/// Where a cue's words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A verb over the undertaking.
    Verb,
    /// A verb of which it is the subject.
    Intransitive,
    /// A word over the undertaking's clause.
    Clause,
    /// A noun over it.
    Noun,
    /// A word beside it.
    Modifier,
    /// What it is said to be.
    State,
}

impl CommitmentIndex {
    /// Indexes the lexicon's words.
    pub fn new(lexicon: &Lexicon) -> CommitmentIndex {
        let words = &lexicon.undertakings;
        let mut index = CommitmentIndex::default();
        for (number, entry) in words.undertakings.iter().enumerate() {
            add(&mut index.nouns, &entry.nouns, number);
            add(&mut index.verbs, &entry.verbs, number);
        }
        for (number, cue) in words.cues.iter().enumerate() {
            add(&mut index.cue_verbs, &cue.verbs, number);
            add(&mut index.cue_intransitives, &cue.intransitive, number);
            add(&mut index.cue_clauses, &cue.clauses, number);
            add(&mut index.cue_nouns, &cue.nouns, number);
            add(&mut index.cue_modifiers, &cue.modifiers, number);
            add(&mut index.cue_states, &cue.states, number);
        }
        add(&mut index.excluded, &words.excluded, 0);
        index.governors =
            lexicon.governors.iter().map(|governor| (governor.lemma.clone(), governor.effect)).collect();
        index
    }

    fn table(&self, place: Place) -> &Phrases {
        match place {
            Place::Verb => &self.cue_verbs,
            Place::Intransitive => &self.cue_intransitives,
            Place::Clause => &self.cue_clauses,
            Place::Noun => &self.cue_nouns,
            Place::Modifier => &self.cue_modifiers,
            Place::State => &self.cue_states,
        }
    }

    /// What the lexicon's governor says of the act in its complement.
    pub(crate) fn effect(&self, lemma: &str) -> Option<GovernorEffect> {
        self.governors.get(lemma).copied()
    }
}

fn add(table: &mut Phrases, phrases: &[String], entry: usize) {
    let mut put = |words: Vec<&str>| {
        let mut words = words.into_iter().map(str::to_owned);
        if let Some(first) = words.next() {
            table.entry(first).or_default().push((words.collect(), entry as u32));
        }
    };
    for phrase in phrases {
        put(phrase.split(' ').collect());
        // most hyphenated words are three tokens, some are one
        let opened = phrase.replace('-', " - ");
        if opened != *phrase {
            put(opened.split(' ').collect());
        }
    }
}

/// The words of one sentence in the forms in which the lexicon may have them.
pub(crate) struct Forms<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) index: &'a CommitmentIndex,
    pub(crate) lexicon: &'a Lexicon,
    words: Vec<String>,
    singulars: Vec<String>,
}

impl<'a> Forms<'a> {
    pub(crate) fn new(tree: &'a Tree<'a>, index: &'a CommitmentIndex, lexicon: &'a Lexicon) -> Forms<'a> {
        let words: Vec<String> = (0..tree.len()).map(|token| tree.word(token).to_lowercase()).collect();
        let singulars = words.iter().map(|word| singular(word)).collect();
        Forms { tree, index, lexicon, words, singulars }
    }

    /// The word in lower case.
    pub(crate) fn word(&self, token: u32) -> &str {
        &self.words[token as usize]
    }

    /// True if the token is that word or a form of it; the lemmatiser's slips on plurals are forgiven.
    fn is(&self, token: u32, want: &str) -> bool {
        token < self.tree.len()
            && (self.tree.lemma(token) == want
                || self.words[token as usize] == want
                || self.singulars[token as usize] == want)
    }

    /// The rests of phrases and entries that begin with this token.
    fn rests<'t>(&self, table: &'t Phrases, token: u32) -> impl Iterator<Item = &'t (Vec<String>, u32)> + use<'t> {
        let lemma = self.tree.lemma(token);
        let word = self.words[token as usize].as_str();
        let one = self.singulars[token as usize].as_str();
        let by_word = (word != lemma).then(|| table.get(word)).flatten();
        let by_one = (one != lemma && one != word).then(|| table.get(one)).flatten();
        table.get(lemma).into_iter().chain(by_word).chain(by_one).flatten()
    }

    /// The undertaking whose noun begins at `token`, the longest match: its length in tokens and its entry.
    pub(crate) fn noun_at(&self, token: u32) -> Option<(u32, u32)> {
        self.rests(&self.index.nouns, token)
            .filter(|(rest, _)| rest.iter().enumerate().all(|(i, want)| self.is(token + 1 + i as u32, want)))
            .map(|(rest, entry)| (rest.len() as u32 + 1, *entry))
            .max_by_key(|(length, _)| *length)
    }

    /// The undertakings that a verb can name, with the preposition that takes the object.
    pub(crate) fn verbs_at(&self, token: u32) -> Vec<(Option<&'a str>, u32)> {
        let mut found: Vec<(usize, Option<&str>, u32)> = self
            .rests(&self.index.verbs, token)
            .filter(|(rest, _)| self.follow(token, rest))
            .map(|(rest, entry)| (rest.len(), rest.last().map(String::as_str), *entry))
            .collect();
        found.sort_by_key(|(length, _, _)| std::cmp::Reverse(*length));
        found.into_iter().map(|(_, last, entry)| (last, entry)).collect()
    }

    /// True if the words stand after the token, in order, with few others between.
    fn follow(&self, token: u32, rest: &[String]) -> bool {
        let mut at = token;
        rest.iter().all(|want| {
            let end = (token + 1 + REACH).min(self.tree.len());
            match (at + 1..end).find(|&other| self.is(other, want)) {
                Some(found) => {
                    at = found;
                    true
                }
                None => false,
            }
        })
    }

    /// The cue for a kind of undertaking whose word this token is, with its last word if it has several; longer phrases
    /// first, in the order of the files.
    pub(crate) fn cue(
        &self,
        place: Place,
        token: u32,
        kind: CommitmentKind,
        preposition: Option<&str>,
    ) -> Option<&'a StageCue> {
        let mut best: Option<((usize, bool), u32)> = None;
        for (rest, entry) in self.rests(self.index.table(place), token) {
            let cue = &self.lexicon.undertakings.cues[*entry as usize];
            if !cue.kinds.is_empty() && !cue.kinds.contains(&kind) {
                continue;
            }
            let fits = match (place, preposition) {
                (Place::Verb, Some(preposition)) => {
                    rest.last().is_some_and(|last| last == preposition) && self.follow(token, rest)
                }
                (Place::Verb, None) => {
                    rest.last().is_none_or(|last| !is_preposition(last)) && self.follow(token, rest)
                }
                (Place::Modifier | Place::State, _) => {
                    rest.iter().enumerate().all(|(i, want)| self.is(token + 1 + i as u32, want))
                }
                _ => self.follow(token, rest),
            };
            // the longer words decide, then those for this kind alone
            let rank = (rest.len(), !cue.kinds.is_empty());
            if fits && best.is_none_or(|(known, _)| rank > known) {
                best = Some((rank, *entry));
            }
        }
        best.map(|(_, entry)| &self.lexicon.undertakings.cues[entry as usize])
    }

    /// The verb cue that ends in a preposition which stands before the verb: "from which it withdrew".
    pub(crate) fn cue_by_preposition(
        &self,
        verb: u32,
        kind: CommitmentKind,
        preposition: &str,
    ) -> Option<&'a StageCue> {
        self.rests(&self.index.cue_verbs, verb).find_map(|(rest, entry)| {
            let cue = &self.lexicon.undertakings.cues[*entry as usize];
            let applies = cue.kinds.is_empty() || cue.kinds.contains(&kind);
            (applies && rest.len() == 1 && rest[0] == preposition).then_some(cue)
        })
    }

    /// True if the sentence has a word of sport, markets or show business.
    pub(crate) fn is_excluded(&self) -> bool {
        (0..self.tree.len()).any(|token| {
            self.rests(&self.index.excluded, token)
                .any(|(rest, _)| rest.iter().enumerate().all(|(i, want)| self.is(token + 1 + i as u32, want)))
        })
    }

    /// True if any of the lemmas or short phrases stands in the sentence.
    pub(crate) fn has_any(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            (0..self.tree.len())
                .any(|token| words.iter().enumerate().all(|(i, want)| self.is(token + i as u32, want)))
        })
    }

    /// True if any of the tokens begins one of the lemmas or short phrases.
    pub(crate) fn stands_in(&self, tokens: &[u32], phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or_default();
            let rest: Vec<&str> = words.collect();
            tokens.iter().any(|&token| {
                self.is(token, first)
                    && rest.iter().enumerate().all(|(i, want)| self.is(token + 1 + i as u32, want))
            })
        })
    }

    /// The entry.
    pub(crate) fn undertaking(&self, entry: u32) -> &'a Undertaking {
        &self.lexicon.undertakings.undertakings[entry as usize]
    }
}

/// Prepositions that a cue's last word may be; particles ("set up") are none.
fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "on" | "for"
            | "to"
            | "from"
            | "with"
            | "of"
            | "upon"
            | "about"
            | "towards"
            | "toward"
            | "over"
            | "into"
            | "in"
    )
}

/// A plural without its ending, as far as spelling tells.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    if ["sses", "shes", "ches", "xes"].iter().any(|end| word.ends_with(end)) {
        return word[..word.len() - 2].to_owned();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}
