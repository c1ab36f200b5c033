//! What an undertaking is called, in the text's own words, and what tells its sector.

use std::ops::Range;

use chancery_model::{CommitmentKind, Penn, Relation, Tag};

use super::words::{Forms, Place};
use crate::dates::DateMention;
use crate::parties::Resolver;

/// Longest title in words.
const LONGEST: usize = 7;

pub(crate) struct Namer<'a> {
    pub(crate) forms: &'a Forms<'a>,
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) dates: &'a [DateMention],
}

impl Namer<'_> {
    /// The title of the undertaking that a noun phrase names; `first` is the first token of the matched words.
    pub(crate) fn of_noun(&self, matched: Range<u32>, head: u32, kind: CommitmentKind) -> String {
        let mut tokens = self.before(matched.start, head);
        tokens.extend(matched.clone());
        tokens.sort_unstable();
        tokens.dedup();
        let room = LONGEST.saturating_sub(self.words(&tokens));
        if matches!(kind, CommitmentKind::Visit | CommitmentKind::Meeting) {
            if self.words(&tokens) == 1 {
                self.append_counterpart(head, &mut tokens, room);
            }
        } else {
            self.append_after(matched.end - 1, head, &mut tokens, room);
        }
        self.written(&tokens)
    }

    /// "to Russia", "with President Putin": what tells one visit or meeting from another.
    fn append_counterpart(&self, head: u32, tokens: &mut Vec<u32>, room: usize) {
        let tree = self.forms.tree;
        let above = tree.head(head).into_iter().flat_map(|verb| tree.children(verb).iter().copied());
        let counterpart = tree
            .children(head)
            .iter()
            .copied()
            .chain(above)
            .find(|&child| child > head && tree.cases(child).any(|case| case == "to" || case == "with"));
        let Some(counterpart) = counterpart else { return };
        let Some(case) = tree.children_by(counterpart, Relation::Case).next() else { return };
        let phrase: Vec<u32> = tree
            .noun_phrase(counterpart)
            .into_iter()
            .filter(|&token| !self.is_dropped(token, counterpart, true) && tree.token(token).tag != Tag::Punct)
            .collect();
        if phrase.len() < room {
            tokens.push(case);
            tokens.extend(phrase);
        }
    }

    /// The title of a verb's undertaking: its name and what it is done to.
    pub(crate) fn of_verb(&self, name: &str, object: Option<u32>) -> String {
        let Some(object) =
            object.filter(|_| name.ends_with(" of") || name.ends_with(" in") || name.ends_with(" to"))
        else {
            return name.trim_end_matches(" of").trim_end_matches(" in").trim_end_matches(" to").to_owned();
        };
        let tree = self.forms.tree;
        let mut tokens: Vec<u32> =
            tree.noun_phrase(object).into_iter().filter(|&token| !self.is_dropped(token, object, true)).collect();
        let after = tokens.iter().copied().filter(|&token| token > object).count();
        if tokens.len() > LONGEST - 1 {
            tokens.retain(|&token| token <= object || after <= 2);
        }
        tokens.truncate(LONGEST);
        if tokens.is_empty() {
            tokens.push(object);
        }
        format!("{name} {}", self.joined(&tokens))
    }

    /// What the phrase has before its head that says what it is, beyond parties, dates and mere qualities.
    pub(crate) fn topic(&self, first: u32, head: u32) -> bool {
        let tree = self.forms.tree;
        let before = self.before(first, head).iter().any(|&token| token < first.min(head) && self.tells(token));
        before
            || head > first
            || self.complement_of_verb(head).is_some()
            || tree.children(head).iter().any(|&child| {
                matches!(tree.relation(child), Relation::Nmod | Relation::Obl)
                    && tree.cases(child).any(|case| {
                        matches!(
                            case.as_str(),
                            "on" | "in" | "of" | "for" | "regarding" | "to" | "about" | "concerning"
                        )
                    })
                    && !self.is_party(child)
                    && !self.is_date(child)
                    && !self.is_vague(child)
            })
    }

    /// "in various fields": a complement that says nothing.
    fn is_vague(&self, complement: u32) -> bool {
        let tree = self.forms.tree;
        matches!(
            tree.lemma(complement),
            "field" | "area" | "sector" | "sphere" | "issue" | "matter" | "level" | "way" | "aspect"
        ) && tree.noun_phrase(complement).iter().all(|&token| {
            token == complement
                || tree.relation(token) == Relation::Case
                || self.is_dropped(token, complement, true)
        })
    }

    /// True for a phrase that names one undertaking: with a name of its own, a year, or joined countries.
    pub(crate) fn is_named(&self, first: u32, head: u32) -> bool {
        let tree = self.forms.tree;
        tree.noun_phrase(head).iter().any(|&token| {
            let own_name = token <= head && tree.token(token).tag == Tag::Propn && !self.is_party(token);
            own_name || token <= head && self.is_date(token)
        }) || self.before(first, head).iter().any(|&token| self.is_joined_party(token))
    }

    /// Modifiers directly before the matched words that belong into a title.
    fn before(&self, first: u32, head: u32) -> Vec<u32> {
        let tree = self.forms.tree;
        let mut tokens: Vec<u32> = Vec::new();
        let mut at = first.min(head);
        while at > 0 {
            let token = at - 1;
            let inside = matches!(
                tree.token(token).tag,
                Tag::Noun | Tag::Propn | Tag::Adj | Tag::Punct | Tag::Num | Tag::X | Tag::Adv | Tag::Cconj
            ) || tree.token(token).tag == Tag::Verb
                && matches!(tree.relation(token), Relation::Amod | Relation::Compound)
                || tree.token(token).penn == Penn::Pos
                || self.forms.word(token) == "-";
            let mark = tree.token(token).tag == Tag::Punct && !is_hyphen(self.forms.word(token));
            if !inside || mark || tree.token(token).tag == Tag::Cconj || !self.belongs(token, head) {
                break;
            }
            tokens.push(token);
            at = token;
        }
        tokens.reverse();
        let kept: Vec<u32> = tokens.iter().copied().filter(|&token| !self.is_dropped(token, head, false)).collect();
        let mut kept: Vec<u32> =
            kept.iter().copied().skip_while(|&token| is_hyphen(self.forms.word(token))).collect();
        while kept.last().is_some_and(|&token| is_hyphen(self.forms.word(token))) {
            kept.pop();
        }
        kept
    }

    /// True if the token hangs on the head; a name's words may hang on each other wherever the parser put them.
    fn belongs(&self, token: u32, head: u32) -> bool {
        let tree = self.forms.tree;
        let joins = |at: u32| at < tree.len() && is_hyphen(self.forms.word(at));
        if joins(token) || joins(token + 1) && self.is_party(token) {
            return true;
        }
        tree.is_under(token, head) || tree.head(token).is_some_and(|above| above > token && above <= head)
    }

    /// Articles, numbers, dates, stage words, mere qualities, and parties that are no part of a name.
    fn is_dropped(&self, token: u32, head: u32, object: bool) -> bool {
        let tree = self.forms.tree;
        let word = self.forms.word(token);
        if tree.token(token).penn == Penn::Pos {
            // kept with the owner of an object: "Pakistan's oil refineries"
            return !object || token > 0 && self.is_dropped(token - 1, head, object);
        }
        if matches!(tree.token(token).tag, Tag::Det | Tag::Pron | Tag::Adv)
            || self.is_date(token) && tree.token(token).tag != Tag::Propn
        {
            return true;
        }
        if tree.token(token).tag == Tag::Num || is_quality(word) && !self.is_capital(token) || self.is_date(token) {
            return true;
        }
        if token < head && self.forms.cue(Place::Modifier, token, CommitmentKind::Agreement, None).is_some() {
            return true;
        }
        !object && self.is_party(token) && !self.is_joined_party(token) && !self.is_in_name(token, head)
    }

    /// "Pak-Russia", "Russian-Iranian": parties joined by a hyphen name the undertaking.
    fn is_joined_party(&self, token: u32) -> bool {
        let hyphen =
            |at: Option<u32>| at.is_some_and(|at| at < self.forms.tree.len() && is_hyphen(self.forms.word(at)));
        self.is_party(token)
            && (hyphen(token.checked_sub(1))
                || hyphen(Some(token + 1))
                || self.forms.word(token).contains(['-', '–']))
    }

    /// True for a capital inside the sentence: "the New START treaty".
    fn is_capital(&self, token: u32) -> bool {
        token > 0 && self.forms.tree.word(token).starts_with(char::is_uppercase)
    }

    /// A party within a capitalised name: "Pakistan Steel Mills".
    fn is_in_name(&self, token: u32, head: u32) -> bool {
        let mention = self.resolver.mentions.iter().find(|mention| mention.tokens.contains(&token));
        let next = mention.map_or(token + 1, |mention| mention.tokens.end);
        let capital = |at: u32| self.forms.tree.word(at).starts_with(char::is_uppercase);
        next > head || capital(next) && (next == head || !self.is_party(next))
    }

    fn is_party(&self, token: u32) -> bool {
        self.resolver.mentions.iter().any(|mention| mention.tokens.contains(&token))
    }

    fn is_date(&self, token: u32) -> bool {
        self.dates.iter().any(|date| date.tokens.contains(&token))
    }

    /// True for a word that says what the undertaking is about.
    fn tells(&self, token: u32) -> bool {
        let tag = self.forms.tree.token(token).tag;
        matches!(tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::X | Tag::Verb) && !self.is_party(token)
    }

    /// Complements that say what it is about: "on gas transit", "in the field of disaster prevention".
    fn append_after(&self, last: u32, head: u32, tokens: &mut Vec<u32>, room: usize) {
        let tree = self.forms.tree;
        // "the revival and expansion of the mill": the complement may hang on the second
        let second = tree
            .children_by(head, Relation::Conj)
            .find(|&other| other == last + 2 && self.forms.noun_at(other).is_some());
        if let Some(second) = second.filter(|_| room > 2) {
            let mut more = vec![last + 1, second];
            self.append_after(second, second, &mut more, room - 1);
            if more.len() > 2 {
                tokens.extend(more);
                return;
            }
        }
        let complement = tree.children(head).iter().copied().find(|&child| {
            child > last.max(head)
                && matches!(tree.relation(child), Relation::Nmod | Relation::Obl)
                && tree.cases(child).any(|case| matches!(case.as_str(), "on" | "in" | "of" | "for" | "regarding"))
                && !self.is_date(child)
        });
        // the parser may hang the complement on the verb: "enhance cooperation in the field of"
        let complement = complement.or_else(|| self.complement_of_verb(head));
        let Some(mut complement) = complement else { return };
        let Some(case) = tree.children_by(complement, Relation::Case).next() else { return };
        if ["field", "area", "sector", "sphere"].contains(&tree.lemma(complement))
            && let Some(inner) = tree.children_by(complement, Relation::Nmod).next()
        {
            complement = inner;
        }
        if self.is_party(complement) && tree.noun_phrase(complement).len() <= 2 {
            return;
        }
        let phrase: Vec<u32> = tree
            .noun_phrase(complement)
            .into_iter()
            .filter(|&token| !self.is_dropped(token, complement, true) && tree.token(token).tag != Tag::Punct)
            .collect();
        let kept: Vec<u32> = if phrase.len() < room {
            phrase
        } else {
            phrase.into_iter().filter(|&token| token <= complement).collect()
        };
        if kept.len() < room && !kept.is_empty() {
            tokens.push(case);
            tokens.extend(kept);
        }
    }

    fn complement_of_verb(&self, head: u32) -> Option<u32> {
        let tree = self.forms.tree;
        let verb = tree.head(head).filter(|_| matches!(tree.relation(head), Relation::Obj))?;
        tree.children(verb).iter().copied().find(|&child| {
            tree.relation(child) == Relation::Obl
                && child > head
                && child <= head + 4
                && tree.cases(child).any(|case| case == "in" || case == "on")
                && !self.is_party(child)
                && !self.is_date(child)
                && !self.is_vague(child)
        })
    }

    fn words(&self, tokens: &[u32]) -> usize {
        tokens.iter().filter(|&&token| !is_hyphen(self.forms.word(token))).count()
    }

    fn written(&self, tokens: &[u32]) -> String {
        let joined = self.joined(tokens);
        let mut characters = joined.chars();
        match characters.next() {
            Some(first) => first.to_uppercase().chain(characters).collect(),
            None => joined,
        }
    }

    /// The words with the spaces that they have in the text.
    fn joined(&self, tokens: &[u32]) -> String {
        let tree = self.forms.tree;
        let mut out = String::new();
        let mut previous: Option<u32> = None;
        for &token in tokens {
            let touches = previous.is_some_and(|before| {
                before + 1 == token && tree.token(before).span.end == tree.token(token).span.start
            });
            if previous.is_some() && !touches {
                out.push(' ');
            }
            out.push_str(tree.word(token));
            previous = Some(token);
        }
        out
    }

    /// The sectors that the entry or the words of a phrase tell, in the order of the file.
    pub(crate) fn sectors(&self, always: &[String], tokens: &[u32]) -> Vec<String> {
        let table = &self.forms.lexicon.undertakings.sectors;
        let mut found: Vec<String> = always.to_vec();
        for (sector, words) in table {
            if !found.contains(sector) && self.forms.stands_in(tokens, words) {
                found.push(sector.clone());
            }
        }
        found
    }
}

pub(crate) fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‐" | "‑")
}

/// Qualities that name nothing.
fn is_quality(word: &str) -> bool {
    const QUALITIES: &[&str] = &[
        "new",
        "major",
        "important",
        "various",
        "several",
        "many",
        "recent",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "tenth",
        "key",
        "historic",
        "landmark",
        "practical",
        "such",
        "other",
        "further",
        "more",
        "certain",
        "different",
        "potential",
        "current",
        "so-called",
        "similar",
        "significant",
        "big",
        "large",
        "long-awaited",
        "long",
        "next",
        "last",
        "latest",
        "previous",
        "necessary",
        "timely",
        "same",
        "good",
        "possible",
        "whole",
        "entire",
        "numerous",
        "few",
        "own",
        "additional",
        "annual",
        "ambitious",
        "controversial",
        "much",
        "fresh",
        "separate",
        "broad",
        "wide",
        "great",
        "closer",
        "close",
        "mutual",
        "bilateral",
        "high-level",
    ];
    QUALITIES.contains(&word)
}
