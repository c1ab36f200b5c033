//! Mends lemmas that the language core gets wrong, with what the lexicon tells: "accuses" is a form of "accuse".

use std::sync::OnceLock;

use chancery_lexicon::{Filler, Lexicon, NounPhrase, Predicate, Slot};
use chancery_model::{Sentence, Tag};
use rustc_hash::{FxHashMap, FxHashSet};

/// Every lemma that a pattern, class or role noun of the lexicon uses.
#[derive(Debug, Default)]
pub struct KnownLemmas(FxHashSet<String>);

impl KnownLemmas {
    /// Collects the lemmas of the lexicon.
    pub fn new(lexicon: &Lexicon) -> KnownLemmas {
        let mut known = KnownLemmas::default();
        for pattern in &lexicon.patterns {
            match &pattern.predicate {
                Predicate::Verb(lemmas) => known.0.extend(lemmas.iter().cloned()),
                Predicate::Noun(phrases) | Predicate::Predicative(phrases) => known.add(phrases),
            }
            for slot in &pattern.slots {
                if let Slot::Object(Filler::Noun(phrases))
                | Slot::Prepositional { filler: Filler::Noun(phrases), .. } = slot
                {
                    known.add(phrases);
                }
            }
        }
        for noun in lexicon.roles.iter().flat_map(|role| &role.nouns) {
            known.0.extend(noun.split(' ').next_back().map(str::to_owned));
        }
        known
    }

    fn add(&mut self, phrases: &[NounPhrase]) {
        self.0.extend(phrases.iter().map(|phrase| phrase.head.clone()));
    }

    /// Replaces unknown lemmas of verbs and nouns by a known one of which the word is a regular form.
    pub fn mend(&self, text: &str, sentence: &mut Sentence) {
        for token in &mut sentence.tokens {
            if !matches!(token.tag, Tag::Verb | Tag::Noun | Tag::Propn)
                || self.0.contains(token.lemma.to_lowercase().as_str())
            {
                continue;
            }
            let word = token.span.of(text).to_lowercase();
            if token.tag == Tag::Verb
                && let Some(lemma) = irregular(&word)
            {
                token.lemma = lemma.into();
                continue;
            }
            let found =
                stems(&word, token.tag == Tag::Verb).into_iter().find(|stem| self.0.contains(stem.as_str()));
            if let Some(lemma) = found {
                token.lemma = lemma.into();
            }
        }
    }
}

/// The verb of which the word is an irregular form.
fn irregular(word: &str) -> Option<&'static str> {
    static FORMS: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let lines = include_str!("../../../data/lemmas/irregular.txt").lines();
        let entries = lines.filter(|line| !line.starts_with(['#', '@'])).filter_map(|line| line.split_once("  "));
        entries.flat_map(|(lemma, forms)| forms.split(';').map(move |form| (form.trim(), lemma))).collect()
    });
    forms.get(word).copied()
}

/// What a word may be a regular form of.
fn stems(word: &str, verb: bool) -> Vec<String> {
    let mut stems = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        stems.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("men") {
        stems.push(format!("{stem}man"));
    }
    stems.extend(word.strip_suffix('s').map(str::to_owned));
    stems.extend(word.strip_suffix("es").map(str::to_owned));
    if verb {
        if let Some(stem) = word.strip_suffix("ied") {
            stems.push(format!("{stem}y"));
        }
        for stem in [word.strip_suffix("ed"), word.strip_suffix("ing")].into_iter().flatten() {
            stems.push(format!("{stem}e"));
            stems.push(stem.to_owned());
            let mut end = stem.chars().rev();
            if let (Some(last), Some(before)) = (end.next(), end.next())
                && last == before
            {
                stems.push(stem[..stem.len() - last.len_utf8()].to_owned());
            }
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_have_a_table() {
        assert_eq!(irregular("shot"), Some("shoot"));
        assert_eq!(irregular("froze"), Some("freeze"));
        assert_eq!(irregular("raided"), None);
    }

    #[test]
    fn regular_forms_lead_to_their_stems() {
        for (word, stem) in [
            ("accuses", "accuse"),
            ("boycotting", "boycott"),
            ("vetoes", "veto"),
            ("banned", "ban"),
            ("pledging", "pledge"),
            ("defied", "defy"),
        ] {
            assert!(stems(word, true).contains(&stem.to_owned()), "{word}");
        }
        assert!(stems("policemen", false).contains(&"policeman".to_owned()));
        assert!(!stems("wedding", false).contains(&"wed".to_owned()));
    }
}
