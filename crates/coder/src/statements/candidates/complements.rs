//! Contents that hang on a word in the tree: clauses, infinitives, objects, and what the word's own clause describes.

use chancery_model::{Relation, Tag};
use compact_str::{CompactString, format_compact};

use super::{Candidate, Finder};
use crate::tree::Tree;

/// Early ends that are offered for one content.
const CUTS: usize = 5;

impl Finder<'_> {
    /// What hangs on a verb, noun or adjective, and what it hangs on.
    pub(super) fn complements(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let verbal = matches!(tree.token(cue).tag, Tag::Verb | Tag::Aux);
        let reach = self.reach(cue);
        for &child in tree.children(cue) {
            if !is_complement(tree, cue, child) {
                continue;
            }
            let label = self.label(child);
            let tokens = self.side(cue, child);
            let Some((&first, &last)) = tokens.first().zip(tokens.last()) else { continue };
            let begin = self.without_preposition(child, first);
            let edges = self.edges(child);
            self.push_with(out, label.clone(), begin, last, child, &edges);
            if child > cue && reach > last && tree.relation(child) != Relation::Parataxis {
                self.push_with(out, format_compact!("{label}+"), begin, reach, child, &edges);
            }
            for edge in edges.iter().take(CUTS) {
                if edge.end >= begin && (edge.end > cue) == (child > cue) {
                    self.push_with(out, format_compact!("{label}-{}", edge.name), begin, edge.end, child, &edges);
                }
            }
            if child < cue
                && matches!(
                    tree.relation(child),
                    Relation::Nsubj | Relation::NsubjPass | Relation::Ccomp | Relation::Parataxis
                )
                && reach > cue
            {
                self.push_around(out, format_compact!("{label}*"), (first, last, reach), cue, child);
            }
        }
        if verbal {
            self.sides(cue, out);
        }
        match tree.relation(cue) {
            Relation::Parataxis | Relation::Advcl | Relation::Discourse if verbal => self.around(cue, out),
            Relation::AclRelcl | Relation::Acl if verbal => self.antecedent(cue, out),
            Relation::Nsubj | Relation::NsubjOuter if !verbal => self.predicate(cue, out),
            Relation::Obj if !verbal => self.sibling(cue, out),
            _ => {}
        }
    }

    /// What stands before and after a cue; of a clause before it, the cue's own words are no content.
    fn push_around(
        &self,
        out: &mut Vec<Candidate>,
        kind: CompactString,
        (first, last, reach): (u32, u32, u32),
        cue: u32,
        child: u32,
    ) {
        let tree = self.tree;
        let had = out.len();
        self.push(out, kind, first, reach, Some(child));
        if matches!(tree.relation(child), Relation::Ccomp | Relation::Parataxis) && last < cue {
            let subject = tree.child_by(cue, &[Relation::Nsubj]).filter(|&subject| subject > last);
            let own = subject
                .map_or(cue, |subject| tree.subtree(subject, |_| true).last().map_or(cue, |&end| end.max(cue)));
            let hole = tree.span(last + 1..own.min(reach) + 1);
            for candidate in &mut out[had..] {
                candidate.leave_out(hole);
            }
        }
    }

    /// Everything before a verb and its subject, and everything after, whatever the tree says.
    pub(super) fn sides(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let subject = tree.child_by(cue, &[Relation::Nsubj, Relation::NsubjPass]);
        let own = subject.map(|subject| tree.subtree(subject, |_| true));
        let (begin, end) = own.map_or((cue, cue), |own| (own[0].min(cue), own[own.len() - 1].max(cue)));
        let mark = tree.child_by(cue, &[Relation::Mark]).filter(|&mark| mark < begin && begin - mark <= 2);
        let begin = mark.unwrap_or(begin);
        let begin = (begin..=cue).find(|&token| tree.token(token).tag != Tag::Punct).unwrap_or(cue);
        if begin > 0 {
            self.push(out, "side<".into(), 0, begin - 1, None);
        }
        let last = self.last_word();
        if end < last {
            self.push(out, "side>".into(), end + 1, last, None);
        }
    }

    /// "as he said", "…, he said": the clause around the cue's own clause.
    pub(super) fn around(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let Some(head) = tree.head(cue) else { return };
        let relation = tree.relation(cue);
        let mark = tree
            .child_by(cue, &[Relation::Mark, Relation::Advmod])
            .map_or("-".to_owned(), |mark| tree.word(mark).to_lowercase());
        let label = if relation == Relation::Advcl {
            format_compact!("up:advcl:{mark}")
        } else {
            format_compact!("up:{}", relation.label())
        };
        if relation == Relation::Advcl && mark != "as" {
            return;
        }
        self.outside(cue, head, label, out);
    }

    /// The subtree of `head` without that of `part`: before it, after it, and both.
    pub(super) fn outside(&self, part: u32, head: u32, label: CompactString, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let own = tree.subtree(part, |_| true);
        let whole = tree.subtree(head, |child| child != part);
        let (begin, end) = (own[0], own[own.len() - 1]);
        let before: Vec<u32> = whole.iter().copied().filter(|&token| token < begin).collect();
        let after: Vec<u32> = whole.iter().copied().filter(|&token| token > end).collect();
        if let Some((&first, &last)) = before.first().zip(before.last()) {
            self.push(out, format_compact!("{label}<"), first, last, Some(head));
        }
        if let Some((&first, &last)) = after.first().zip(after.last()) {
            self.push(out, format_compact!("{label}>"), first, last, Some(head));
            if let Some(&first) = before.first() {
                let had = out.len();
                self.push(out, format_compact!("{label}*"), first, last, Some(head));
                let hole = tree.span(begin..end + 1);
                for candidate in &mut out[had..] {
                    candidate.leave_out(hole);
                }
            }
        }
    }

    /// "the plan that he criticised", "comments made by him": the noun that the cue's clause describes.
    pub(super) fn antecedent(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let Some(noun) = tree.head(cue) else { return };
        let tokens = tree.noun_phrase(noun);
        let label = format_compact!("up:{}", tree.relation(cue).label());
        self.push(out, label, tokens[0], tokens[tokens.len() - 1].min(cue.saturating_sub(1)), Some(noun));
    }

    /// "the suggestion was that …".
    pub(super) fn predicate(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let Some(head) = tree.head(cue) else { return };
        let copula = tree.child_by(head, &[Relation::Cop]);
        let begin = copula.filter(|&copula| copula > cue).map_or(cue + 1, |copula| copula + 1);
        let last = tree.subtree(head, |_| true).last().copied().unwrap_or(head);
        if begin <= last && head > cue {
            self.push(out, format_compact!("pred:{}", tree.relation(cue).label()), begin, last, Some(head));
        }
    }

    /// "expressed concern that …": the clause hangs on the verb, the noun is the cue.
    pub(super) fn sibling(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let Some(verb) = tree.head(cue) else { return };
        for &child in tree.children(verb) {
            if child > cue
                && matches!(
                    tree.relation(child),
                    Relation::Ccomp | Relation::Xcomp | Relation::Obl | Relation::Advcl
                )
            {
                let tokens = self.side(verb, child);
                if let Some((&first, &last)) = tokens.first().zip(tokens.last()) {
                    let first = self.without_preposition(child, first);
                    self.push(out, format_compact!("sib:{}", self.label(child)), first, last, Some(child));
                }
            }
        }
    }

    /// "reportedly": the clause.
    pub(super) fn rest(&self, cue: u32, out: &mut Vec<Candidate>) {
        if let Some(head) = self.tree.head(cue) {
            self.outside(cue, head, "adv".into(), out);
        }
    }

    /// "according to the ministry": the clause that it belongs to.
    pub(super) fn according(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let mut part = cue;
        let source = match tree.relation(cue) {
            Relation::Case | Relation::Mark | Relation::Fixed => tree.head(cue),
            _ => Some(cue),
        };
        if let Some(source) = source {
            part = source;
        }
        if let Some(head) = tree.head(part) {
            self.outside(part, head, "acc".into(), out);
        }
        let last = self.last_word();
        let begin = tree.subtree(part, |_| true)[0];
        if begin > 0 {
            self.push(out, "acc0".into(), 0, begin - 1, None);
        } else if let Some(comma) =
            (part..tree.len()).find(|&token| tree.is_word(token, ",") || tree.is_word(token, ":"))
            && comma < last
        {
            self.push(out, "acc1".into(), comma + 1, last, None);
        }
    }
}

fn is_complement(tree: &Tree, cue: u32, child: u32) -> bool {
    use Relation::*;
    let verbal = matches!(tree.token(cue).tag, Tag::Verb | Tag::Aux);
    match tree.relation(child) {
        Ccomp | Xcomp | Csubj | CsubjPass | Obl | Advcl => true,
        Obj | Iobj | Parataxis | Dep | NsubjPass | OblUnmarked => verbal,
        Nsubj => !verbal && tree.token(cue).tag == Tag::Adj || verbal && tree.child_by(cue, &[Xcomp]).is_some(),
        Nmod | Acl | Appos => tree.token(cue).tag == Tag::Noun,
        _ => false,
    }
}
