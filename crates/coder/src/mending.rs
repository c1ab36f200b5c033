//! Mends what the language core is known to get wrong, with what the lexicon tells: lemmas of words taken for names, and
//! spellings of its own.

use chancery_language::lemma::{Class, stems};
use chancery_lexicon::{Filler, Lexicon, NounPhrase, Predicate, Slot};
use chancery_model::{Sentence, Tag};
use rustc_hash::FxHashSet;

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

    /// Replaces unknown lemmas of verbs and nouns by a known one of which the word is a regular form: for words that the
    /// language core takes for names ("TROOPS", "Ministers"), and spellings that the lexicon has otherwise.
    pub fn mend(&self, text: &str, sentence: &mut Sentence) {
        for token in &mut sentence.tokens {
            let class = match token.tag {
                Tag::Verb => Class::Verb,
                Tag::Noun | Tag::Propn => Class::Noun,
                _ => continue,
            };
            let word = token.span.of(text);
            if !matches!(word.chars().next_back(), Some('s' | 'S' | 'd' | 'D' | 'g' | 'G' | 'n' | 'N'))
                || self.knows(&token.lemma)
            {
                continue;
            }
            let found = stems(&word.to_lowercase(), class).into_iter().find(|stem| self.0.contains(stem.as_str()));
            if let Some(lemma) = found {
                token.lemma = lemma.into();
            }
        }
    }

    fn knows(&self, lemma: &str) -> bool {
        if lemma.contains(char::is_uppercase) {
            return self.0.contains(lemma.to_lowercase().as_str());
        }
        self.0.contains(lemma)
    }
}

#[cfg(test)]
mod tests {
    use chancery_model::{Span, Token};

    use super::*;

    fn mended(word: &str, tag: Tag, lemma: &str, known: &[&str]) -> String {
        let known = KnownLemmas(known.iter().map(|word| (*word).to_owned()).collect());
        let token = Token { span: Span::new(0, word.len()), tag, lemma: lemma.into(), ..Token::default() };
        let mut sentence = Sentence { tokens: vec![token], ..Sentence::default() };
        known.mend(word, &mut sentence);
        sentence.tokens[0].lemma.to_string()
    }

    #[test]
    fn unknown_lemmas_become_known_ones() {
        assert_eq!(mended("Ministers", Tag::Propn, "Ministers", &["minister"]), "minister");
        assert_eq!(mended("POLICEMEN", Tag::Propn, "POLICEMEN", &["policeman"]), "policeman");
        assert_eq!(mended("vetoes", Tag::Verb, "vetoe", &["veto"]), "veto");
        assert_eq!(mended("Ministers", Tag::Propn, "Minister", &["minister"]), "Minister");
        assert_eq!(mended("wedding", Tag::Noun, "wedding", &["wed"]), "wedding");
    }
}
