//! Which state or body an office belongs to, and to which its holder is sent.

use std::ops::Range;

use chancery_lexicon::{ActorKind, NameForm};
use chancery_model::Tag;

use super::Finder;
use crate::mentions::Meaning;

impl Finder<'_> {
    /// Owner, destination and body that the words around an office noun name.
    pub(super) fn affiliation(
        &self,
        noun: &Range<u32>,
        phrase: &Range<u32>,
    ) -> (Option<String>, Option<String>, Option<String>) {
        let tree = self.resolver.tree;
        let (mut of, mut to, mut body) = (None, None, None);
        for mention in self.resolver.mentions.iter().filter(|mention| phrase.contains(&mention.tokens.start)) {
            let Meaning::Actor { actor, form } = mention.meaning else { continue };
            let actor = &self.resolver.lexicon.actors[actor as usize];
            let Some(code) = actor.code.clone().filter(|_| actor.kind != ActorKind::Region) else { continue };
            let destined =
                mention.tokens.start >= noun.end && self.preposition(noun.end, mention.tokens.start) == Some("to");
            let slot = if destined { &mut to } else { &mut of };
            slot.get_or_insert(code);
            if !destined
                && !matches!(actor.kind, ActorKind::State | ActorKind::Former)
                && form != NameForm::Adjective
            {
                body.get_or_insert_with(|| tree.span(mention.tokens.clone()).of(tree.text).to_owned());
            }
        }
        (of, to, body.or_else(|| self.complement(noun, phrase)))
    }

    /// The last preposition between an office noun and a token.
    fn preposition(&self, from: u32, to: u32) -> Option<&str> {
        let tree = self.resolver.tree;
        (from..to).rev().find(|&token| tree.token(token).tag == Tag::Adp).map(|token| tree.lemma(token))
    }

    /// "of the Institute of Strategic Studies": the words after "of" or "at", up to the comma.
    fn complement(&self, noun: &Range<u32>, phrase: &Range<u32>) -> Option<String> {
        let tree = self.resolver.tree;
        let opener = noun.end;
        if opener + 1 >= phrase.end || !matches!(tree.lemma(opener), "of" | "at" | "for") {
            return None;
        }
        let begin = if matches!(tree.lemma(opener + 1), "the" | "a") { opener + 2 } else { opener + 1 };
        let end = (begin..phrase.end).find(|&token| tree.token(token).tag == Tag::Punct).unwrap_or(phrase.end);
        let is_body = begin < end
            && (begin..end).any(|token| tree.token(token).tag == Tag::Propn)
            && !self.is_country(begin, end);
        is_body.then(|| tree.span(begin..end).of(tree.text).to_owned())
    }

    fn is_country(&self, begin: u32, end: u32) -> bool {
        self.resolver.mentions.iter().any(|mention| {
            mention.tokens.start == begin
                && mention.tokens.end >= end
                && matches!(mention.meaning, Meaning::Actor { .. })
        })
    }

    /// The one country that the sentence names, if it names no other.
    pub(super) fn only_country(&self) -> Option<String> {
        let mut codes: Vec<&String> =
            self.resolver.mentions.iter().filter_map(|mention| self.country(mention.meaning)).collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [code] => Some((*code).clone()),
            _ => None,
        }
    }

    fn country(&self, meaning: Meaning) -> Option<&String> {
        match meaning {
            Meaning::Actor { actor, .. } => {
                let actor = &self.resolver.lexicon.actors[actor as usize];
                actor.code.as_ref().filter(|_| matches!(actor.kind, ActorKind::State))
            }
            Meaning::Holder { office, .. } => Some(&self.resolver.lexicon.offices[office as usize].code),
            Meaning::Role { .. } => None,
        }
    }
}
