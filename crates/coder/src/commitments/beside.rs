//! Stages told beside the noun itself: its participles and relative clauses, its modifiers, what it is said to be.

use chancery_lexicon::StageCue;
use chancery_model::{Penn, Relation, Stage, Tag};

use super::climb::{binds, ends};
use super::mood::Mood;
use super::stage::{Reading, StageReader};
use super::words::Place;

impl StageReader<'_> {
    /// A participle or relative clause of the noun: "signed in 2014", "which has not yet been finalised".
    pub(super) fn own_clause(&self, head: u32) -> Option<Reading> {
        let tree = self.forms.tree;
        let relative = self
            .relative_clause(head)
            .filter(|&clause| !(tree.head(clause) == Some(head) && tree.relation(clause) == Relation::AclRelcl));
        tree.children(head).iter().copied().chain(relative).find_map(|child| {
            let cue = match tree.relation(child) {
                _ if Some(child) == relative => self
                    .over_relative(child)
                    .or_else(|| self.over(child, None))
                    .or_else(|| self.forms.cue(Place::State, child, self.kind, None)),
                Relation::Acl if tree.token(child).tag == Tag::Verb => {
                    self.over(child, None).or_else(|| self.forms.cue(Place::Intransitive, child, self.kind, None))
                }
                Relation::AclRelcl => self
                    .over_relative(child)
                    .or_else(|| self.over(child, None))
                    .or_else(|| self.forms.cue(Place::Intransitive, child, self.kind, None))
                    .or_else(|| self.forms.cue(Place::State, child, self.kind, None)),
                _ => None,
            }?;
            if cue.weak {
                return None;
            }
            let infinitive = tree.relation(child) == Relation::Acl && tree.token(child).penn == Penn::Vb;
            let stage = if infinitive { cue.future } else { self.told(cue, child)? };
            Some(Reading { stage, path: vec![child], governed: infinitive })
        })
    }

    /// "from which it withdrew".
    pub(super) fn over_relative(&self, clause: u32) -> Option<&StageCue> {
        let tree = self.forms.tree;
        let pronoun = tree.children(clause).iter().copied().find(|&child| self.forms.word(child) == "which")?;
        let case = tree.cases(pronoun).next()?;
        let rank = self.forms.cue_by_preposition(clause, self.kind, &case);
        rank.or_else(|| self.over(clause, None))
    }

    /// The predicate of ", which has not yet been finalised" after the phrase, wherever the parser hung it.
    pub(super) fn relative_clause(&self, head: u32) -> Option<u32> {
        let tree = self.forms.tree;
        let end = (head + 9).min(tree.len());
        let pronoun = (head + 1..end).find(|&token| {
            self.forms.word(token) == "which"
                && (self.forms.word(token - 1) == "," || token > 1 && self.forms.word(token - 2) == ",")
        })?;
        let breaks = (head + 1..pronoun).any(|token| {
            matches!(tree.token(token).tag, Tag::Verb | Tag::Aux) || self.forms.noun_at(token).is_some()
        });
        let clause = tree.head(pronoun)?;
        let subject = matches!(tree.relation(pronoun), Relation::Nsubj | Relation::NsubjPass | Relation::Obl);
        (!breaks && subject && clause > pronoun).then_some(clause)
    }

    /// "is on hold", "will be operational by 2026": the predicate nominal, found by its place so that a slip of the
    /// parser does not lose it.
    pub(super) fn state_after(&self, head: u32) -> Option<Reading> {
        let tree = self.forms.tree;
        let end = (head + 14).min(tree.len());
        let copula = (self.after_relative(head, end)..end).find(|&token| {
            matches!(
                self.forms.word(token),
                "is" | "are" | "was" | "were" | "be" | "been" | "remain" | "remains" | "remained" | "still"
            )
        })?;
        let from = self.after_relative(head, copula);
        let breaks = (from..copula).filter(|&token| !self.hangs_on(token, head)).any(|token| {
            tree.token(token).tag == Tag::Verb
                || tree.token(token).tag == Tag::Noun && self.forms.noun_at(token).is_some()
                || matches!(self.forms.word(token), "," | ";" | ":" | "and" | "that" | "which" | "who")
        });
        if breaks {
            return None;
        }
        for token in copula + 1..(copula + 4).min(tree.len()) {
            if let Some(cue) = self.forms.cue(Place::State, token, self.kind, None) {
                if token + 1 < tree.len() && self.forms.word(token + 1) == "to" {
                    return None; // "is expected to discuss" tells of something else
                }
                let anchor = tree.head(token).filter(|_| tree.relation(token) == Relation::Case).unwrap_or(token);
                let stage = match self.mood_before(copula) {
                    Mood::Actual => Some(cue.stage),
                    Mood::Ongoing => Some(cue.ongoing),
                    Mood::Future => Some(cue.future),
                    Mood::Wished => (!ends(cue.stage)).then_some(Stage::Proposed),
                    Mood::Negated => cue.negated,
                }?;
                return Some(Reading { stage, path: vec![token, anchor], governed: stage == Stage::Announced });
            }
            if tree.token(token).tag == Tag::Verb {
                break;
            }
        }
        None
    }

    /// True for a complement of the phrase: "of the gas pipeline between Bulgaria and Serbia".
    pub(super) fn hangs_on(&self, token: u32, head: u32) -> bool {
        let tree = self.forms.tree;
        let mut at = token;
        while at != head {
            let clause = matches!(
                tree.relation(at),
                Relation::AclRelcl | Relation::Acl | Relation::Appos | Relation::Parataxis | Relation::Advcl
            );
            match tree.head(at) {
                Some(above) if !clause => at = above,
                _ => return false,
            }
        }
        true
    }

    /// Where the main clause goes on after ", which was launched in 2017,".
    pub(super) fn after_relative(&self, head: u32, end: u32) -> u32 {
        let comma = (head + 1..end).find(|&token| {
            self.forms.word(token) == ","
                && token + 1 < end
                && matches!(self.forms.word(token + 1), "which" | "who" | "launched" | "signed")
        });
        let close = comma.and_then(|comma| (comma + 1..end).find(|&token| self.forms.word(token) == ","));
        close.map_or(head + 1, |close| close + 1)
    }

    /// "planned", "long-delayed" beside the noun.
    pub(super) fn modifier(&self, head: u32) -> Option<Reading> {
        let tree = self.forms.tree;
        let told = |token: u32| {
            let cue = self.forms.cue(Place::Modifier, token, self.kind, None)?;
            let from = if token >= 2 && self.forms.word(token - 1) == "-" { token - 2 } else { token };
            let path = vec![from, token];
            Some(Reading { stage: cue.stage, path, governed: binds(cue.stage) })
        };
        tree.children(head)
            .iter()
            .copied()
            .filter(|&child| {
                child < head
                    && matches!(
                        tree.relation(child),
                        Relation::Amod | Relation::Compound | Relation::Advmod | Relation::Nmod
                    )
            })
            .find_map(told)
    }

    /// "no agreement", "without a treaty".
    pub(super) fn is_denied(&self, head: u32) -> bool {
        self.forms
            .tree
            .children(head)
            .iter()
            .any(|&child| matches!(self.forms.word(child), "no" | "without" | "neither" | "any"))
    }
}
