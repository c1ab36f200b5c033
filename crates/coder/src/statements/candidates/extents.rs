//! Where a content begins and ends: stretches taken to the end of a quotation, sides of a cue, possible early ends.

use chancery_model::{Penn, Relation, Span, Tag};
use compact_str::{CompactString, format_compact};

use super::{Candidate, Edge, Finder};

impl Finder<'_> {
    /// Adds a stretch with those of its possible ends that lie within it or at its end.
    pub(super) fn push_with(
        &self,
        out: &mut Vec<Candidate>,
        kind: CompactString,
        first: u32,
        last: u32,
        head: u32,
        edges: &[Edge],
    ) {
        let had = out.len();
        self.push(out, kind, first, last, Some(head));
        for candidate in &mut out[had..] {
            let seen = edges.iter().filter(|edge| edge.end <= last);
            candidate.edges = seen.map(|edge| Edge { inside: edge.end < last, ..*edge }).collect();
        }
    }

    /// Adds a stretch of tokens; a quotation that it leaves open is taken to its end, and quoted sentences that follow
    /// are offered as well.
    pub(super) fn push(
        &self,
        out: &mut Vec<Candidate>,
        kind: CompactString,
        first: u32,
        last: u32,
        head: Option<u32>,
    ) {
        let tree = self.tree;
        let (mut first, mut last) = (first, last);
        let is_stop = |token: u32| {
            tree.relation(token) == Relation::Cc
                || tree.token(token).tag == Tag::Punct
                    && !is_quotation_mark(tree.word(token))
                    && !matches!(tree.word(token), "(" | ")" | "?" | "!" | "$" | "%")
        };
        while first < last && is_stop(first) {
            first += 1;
        }
        while last > first && is_stop(last) {
            last -= 1;
        }
        if first > last || first == last && tree.token(first).tag == Tag::Punct {
            return;
        }
        let mut span = tree.span(first..last + 1);
        let sentence = tree.sentence.span;
        let quotations = self.quotations.within(span);
        if let Some(open) =
            quotations.iter().find(|quotation| quotation.end > sentence.end && quotation.start >= span.start)
        {
            span.end = span.end.max(open.end);
        }
        // not for a cue that is itself within the quotation: what it introduces ends with its own sentence
        let begins = |quotation: &Span| quotation.start >= span.start;
        let ends_quoted = last >= self.last_word() && quotations.iter().any(begins);
        add(out, Candidate { head, ..Candidate::new(kind.clone(), first, last, span) });
        if let Some(end) = self.run.filter(|&end| ends_quoted && end > span.end) {
            let span = Span { start: span.start, end };
            add(out, Candidate { head, ..Candidate::new(format_compact!("{kind}~"), first, last, span) });
        }
    }

    pub(super) fn last_word(&self) -> u32 {
        let tree = self.tree;
        (0..tree.len()).rev().find(|&token| tree.token(token).tag != Tag::Punct).unwrap_or(0)
    }

    pub(super) fn tokens_in(&self, span: Span) -> Option<(u32, u32)> {
        let tokens = &self.tree.sentence.tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let end = tokens.partition_point(|token| token.span.end <= span.end);
        (first < end).then(|| (first as u32, end as u32 - 1))
    }

    /// The tokens of a child's subtree on the child's side of the cue.
    pub(super) fn side(&self, cue: u32, child: u32) -> Vec<u32> {
        let mut tokens = self.tree.subtree(child, |_| true);
        tokens.retain(|&token| (token > cue) == (child > cue));
        tokens
    }

    /// The last token of the cue's own clause to its right, without coordinate clauses.
    pub(super) fn reach(&self, cue: u32) -> u32 {
        use Relation::*;
        let tree = self.tree;
        let outer = |child: u32| {
            tree.head(child) == Some(cue)
                && matches!(tree.relation(child), Conj | Cc | Parataxis | Punct | Discourse | List)
        };
        tree.subtree(cue, |child| !outer(child)).last().copied().unwrap_or(cue)
    }

    /// Where a content may end early: before a coordinate, adverbial or relative clause within it.
    pub(super) fn edges(&self, head: u32) -> Vec<Edge> {
        use Relation::*;
        let tree = self.tree;
        let mut found: Vec<Edge> = Vec::new();
        for token in tree.subtree(head, |_| true) {
            let name = match tree.relation(token) {
                Conj if tree.token(token).tag == Tag::Verb => "conj",
                Conj if tree.head(token) == Some(head) => "list",
                Advcl => "advcl",
                AclRelcl => "relcl",
                Acl => "acl",
                Parataxis => "para",
                Obl if tree.head(token) == Some(head) && tree.token(head).tag == Tag::Verb => "obl",
                _ => continue,
            };
            if token > head
                && let Some(end) = tree.subtree(token, |_| true)[0].checked_sub(1)
                && end >= head
                && !found.iter().any(|known| known.end == end)
            {
                found.push(Edge { name, head: token, end, inside: true });
            }
        }
        found
    }

    /// Prepositions belong to the cue: "called for | a ban".
    pub(super) fn without_preposition(&self, child: u32, first: u32) -> u32 {
        let tree = self.tree;
        let takes =
            matches!(tree.relation(child), Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::Acl);
        let is_preposition = matches!(tree.relation(first), Relation::Case)
            || tree.relation(first) == Relation::Mark && !tree.is_word(first, "to") && !tree.is_word(first, "that");
        if takes && tree.head(first) == Some(child) && is_preposition && first < child { first + 1 } else { first }
    }

    /// Relation of a complement with what tells its form: preposition, mark, infinitive.
    pub(super) fn label(&self, child: u32) -> CompactString {
        let tree = self.tree;
        let relation = tree.relation(child);
        match relation {
            Relation::Obl | Relation::Nmod => {
                let case = tree.cases(child).next().unwrap_or_else(|| "-".to_owned());
                format_compact!("{}:{case}", relation.label())
            }
            Relation::Advcl | Relation::Acl => {
                let mark =
                    tree.children_by(child, Relation::Mark).next().map(|mark| tree.word(mark).to_lowercase());
                format_compact!("{}:{}", relation.label(), mark.as_deref().unwrap_or("-"))
            }
            Relation::Xcomp => {
                let form = match tree.token(child).penn {
                    Penn::Vb => "to",
                    Penn::Vbg => "ing",
                    _ => "pred",
                };
                format_compact!("xcomp:{form}")
            }
            _ => relation.label().into(),
        }
    }
}

fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``" | "‘" | "’" | "'" | "«" | "»")
}

/// Joins the kinds of candidates of the same extent.
pub(super) fn add(out: &mut Vec<Candidate>, candidate: Candidate) {
    match out.iter_mut().find(|known| known.span == candidate.span) {
        Some(known) => {
            known.head = known.head.or(candidate.head);
            for kind in candidate.kinds {
                if !known.kinds.contains(&kind) {
                    known.kinds.push(kind);
                }
            }
        }
        None => out.push(candidate),
    }
}
