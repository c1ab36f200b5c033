//! How a clause states its predicate: as a fact, as going on, to come, wished, or denied.

use chancery_lexicon::GovernorEffect;
use chancery_model::{Penn, Relation};

use super::stage::StageReader;

/// How a clause states its predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// As a fact.
    Actual,
    /// As going on.
    Ongoing,
    /// As to come.
    Future,
    /// As possible, wished or conditional.
    Wished,
    /// As not so.
    Negated,
}

impl StageReader<'_> {
    /// The mood by the helpers right before and after a copula.
    pub(super) fn mood_before(&self, copula: u32) -> Mood {
        let from = copula.saturating_sub(3);
        let to = (copula + 2).min(self.forms.tree.len());
        (from..to).map(|token| self.helper(token)).find(|mood| *mood != Mood::Actual).unwrap_or(Mood::Actual)
    }

    /// The mood of a predicate by its own helpers and marks.
    pub(crate) fn mood(&self, predicate: u32) -> Mood {
        let tree = self.forms.tree;
        let mut mood = Mood::Actual;
        for &child in tree.children(predicate) {
            let found = match tree.relation(child) {
                Relation::Aux
                | Relation::AuxPass
                | Relation::Cop
                | Relation::Advmod
                | Relation::Det
                | Relation::CcPreconj => self.helper(child),
                Relation::Mark if is_condition(self.forms.word(child)) => Mood::Wished,
                _ => Mood::Actual,
            };
            mood = mood.max(found);
        }
        if mood == Mood::Actual && tree.relation(predicate) != Relation::Acl {
            let bare_infinitive = tree.head(predicate).is_none()
                && tree.children(predicate).first().is_some_and(|_| tree.token(predicate).penn == Penn::Vb)
                && tree.children(predicate).iter().any(|&child| tree.is_word(child, "to") && child < predicate);
            if bare_infinitive {
                return Mood::Future; // the headline's "Russia to build plant"
            }
            let being =
                tree.token(predicate).penn == Penn::Vbg && tree.child_by(predicate, &[Relation::Aux]).is_some();
            if being {
                return Mood::Ongoing;
            }
        }
        mood
    }

    pub(super) fn helper(&self, token: u32) -> Mood {
        match self.forms.word(token) {
            "not" | "n't" | "n’t" | "never" | "no" | "nor" | "neither" | "hardly" => Mood::Negated,
            "would" if self.is_reported(token) => Mood::Future,
            "would" | "could" | "may" | "might" | "can" | "should" | "must" | "ought" | "'d" | "’d" => {
                Mood::Wished
            }
            "will" | "shall" | "'ll" | "’ll" => Mood::Future,
            "being" => Mood::Ongoing,
            _ => Mood::Actual,
        }
    }

    /// "said it would build": the past of "will".
    pub(super) fn is_reported(&self, helper: u32) -> bool {
        let tree = self.forms.tree;
        let clause = tree.head(helper).map(|clause| tree.first_conjunct(clause));
        let past = |token: u32| matches!(tree.token(token).penn, Penn::Vbd | Penn::Vbn | Penn::Vbz | Penn::Vbp);
        clause.is_some_and(|clause| {
            tree.relation(clause) == Relation::Ccomp
                && tree.head(clause).is_some_and(|head| {
                    past(head) && self.forms.index.effect(tree.lemma(head)) != Some(GovernorEffect::Hypothetical)
                })
        })
    }
}

impl Mood {
    fn max(self, other: Mood) -> Mood {
        if other as u8 > self as u8 { other } else { self }
    }
}

/// Conjunctions that make a clause a condition.
pub(super) fn is_condition(word: &str) -> bool {
    matches!(word, "if" | "unless" | "whether" | "lest" | "provided" | "once")
}
