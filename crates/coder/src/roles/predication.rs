//! Offices that a clause says of somebody: "Lee became premier in 2021".

use std::ops::Range;

use chancery_model::{Relation, Tag};
use jiff::civil::Date;

use super::{Finder, REACH};

impl Finder<'_> {
    /// "Lee became premier in 2021", "Lee has been appointed ambassador", "who is the party's leader".
    pub(super) fn predicated(&self, noun: &Range<u32>) -> Option<(usize, Range<u32>, Option<Date>)> {
        let tree = self.resolver.tree;
        let head = noun.end - 1;
        let (verb, subject) = self.predication(head)?;
        let mut subject = subject;
        if tree.token(subject).tag == Tag::Pron && tree.relation(verb) == Relation::AclRelcl {
            subject = tree.head(verb)?;
        }
        let index = self.persons.iter().position(|person| person.tokens.contains(&subject))?;
        let negated = tree
            .children(verb)
            .iter()
            .any(|&child| matches!(tree.lemma(child), "not" | "never" | "no" | "n't" | "former" | "once"));
        if negated {
            return None;
        }
        let since = self.year_of(verb).or_else(|| self.year_of(head));
        let begin = tree.noun_phrase(head)[0];
        let mut end = noun.end;
        while end < tree.len() && end - noun.end < REACH && self.is_phrase(end..end + 1) && !tree.is_word(end, ",")
        {
            end += 1;
        }
        Some((index, begin..end, since))
    }

    /// The verb that says the office of somebody, and of whom.
    fn predication(&self, head: u32) -> Option<(u32, u32)> {
        const MAKES: &[&str] = &[
            "name",
            "appoint",
            "elect",
            "become",
            "choose",
            "install",
            "reappoint",
            "nominate",
            "crown",
            "swear",
            "serve",
            "re-elect",
            "reelect",
        ];
        let tree = self.resolver.tree;
        if tree
            .child_by(head, &[Relation::Cop])
            .is_some_and(|copula| matches!(tree.word(copula), "is" | "’s" | "'s"))
        {
            return Some((head, tree.child_by(head, &[Relation::Nsubj])?));
        }
        let verb = tree.head(head).filter(|&verb| MAKES.contains(&tree.lemma(verb)))?;
        let passive = tree.child_by(verb, &[Relation::NsubjPass]);
        let active = matches!(tree.lemma(verb), "become" | "serve")
            .then(|| tree.child_by(verb, &[Relation::Nsubj]))
            .flatten();
        let object =
            tree.child_by(verb, &[Relation::Obj, Relation::Iobj]).filter(|&object| object != head && object < head);
        Some((verb, passive.or(active).or(object)?))
    }

    /// "in 2021", "since March 2021": the first day of the year, where only the year is told.
    fn year_of(&self, head: u32) -> Option<Date> {
        let tree = self.resolver.tree;
        let is_year = |token: &u32| {
            let word = tree.word(*token);
            word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
                && word.bytes().all(|byte| byte.is_ascii_digit())
        };
        let year = tree
            .children(head)
            .iter()
            .copied()
            .filter(|&child| tree.cases(child).any(|case| case == "in" || case == "since"))
            .find_map(|child| tree.subtree(child, |_| true).into_iter().find(is_year))?;
        Date::new(tree.word(year).parse().ok()?, 1, 1).ok()
    }
}
