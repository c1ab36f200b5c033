//! What could be a content in one sentence: for every word that could head a cue, the stretches that hang on it.
//!
//! In: a sentence's tree and the document's quotations. Out: [`Group`]s, one for each possible cue. Far more is offered
//! than is ever chosen: the weights decide.

mod complements;
mod extents;
mod quoted;

use chancery_model::{Span, Tag};
use compact_str::CompactString;

use super::quotations::Quotations;
use crate::tree::Tree;

/// A word that could head a cue, with everything that could be its content.
#[derive(Clone, Debug)]
pub struct Group {
    /// The word.
    pub cue: u32,
    /// Its possible contents, no two of the same extent.
    pub candidates: Vec<Candidate>,
}

/// One possible content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Every way in which the content hangs on the cue: "ccomp", "obl:for", "q>".
    pub kinds: Vec<CompactString>,
    /// First and last token of this sentence that belong to it; equal to the cue if it lies wholly in later sentences.
    pub first: u32,
    /// See `first`.
    pub last: u32,
    /// Where it stands; may reach into later sentences.
    pub span: Span,
    /// Token that heads it, where it is one phrase.
    pub head: Option<u32>,
    /// Words between its two parts that are no content: "“We agree,” | said the envoy. | “We always did.”"
    pub hole: Option<Span>,
    /// Where it could end, or could have gone on.
    pub edges: Vec<Edge>,
}

/// A clause or phrase at the end of a content that may belong to it or not: ", adding that …", "but he left".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// What sort of part it is: "conj", "advcl".
    pub name: &'static str,
    /// The word that heads it.
    pub head: u32,
    /// Last token of the content before it.
    pub end: u32,
    /// True if the content has it within.
    pub inside: bool,
}

impl Candidate {
    fn new(kind: CompactString, first: u32, last: u32, span: Span) -> Candidate {
        Candidate { kinds: vec![kind], first, last, span, head: None, hole: None, edges: Vec::new() }
    }

    /// Leaves out a part of the content, if it lies within: marks trimmed from the ends may have taken the content's rest with
    /// them.
    fn leave_out(&mut self, hole: Span) {
        self.hole = Some(hole).filter(|hole| hole.start >= self.span.start && hole.end <= self.span.end);
    }

    /// The parts of the content, one or two.
    pub fn parts(&self) -> [Span; 2] {
        let Span { start, end } = self.span;
        match self.hole {
            Some(hole) => [Span { start, end: hole.start }, Span { start: hole.end, end }],
            None => [self.span, Span { start: end, end }],
        }
    }

    /// Shared characters by all characters of two contents, from 0 to 1.
    pub fn agreement(&self, other: &Candidate) -> f64 {
        let length = |parts: [Span; 2]| parts.iter().map(|part| part.len()).sum::<usize>();
        let (ours, theirs) = (self.parts(), other.parts());
        let meet = |a: &Span| {
            theirs.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize).sum::<usize>()
        };
        let inner: usize = ours.iter().map(meet).sum();
        inner as f64 / (length(ours) + length(theirs) - inner).max(1) as f64
    }
}

/// Offers every content of a sentence.
pub fn candidates(tree: &Tree, quotations: &Quotations, order: u32) -> Vec<Group> {
    let finder = Finder { tree, quotations, order, run: quotations.run_after(order) };
    let mut groups: Vec<Group> = Vec::new();
    for cue in 0..tree.len() {
        let mut candidates = Vec::new();
        match tree.token(cue).tag {
            Tag::Verb | Tag::Adj | Tag::Noun | Tag::Aux => finder.complements(cue, &mut candidates),
            Tag::Adv if tree.word(cue).ends_with("ly") => finder.rest(cue, &mut candidates),
            _ => {}
        }
        if tree.is_word(cue, "according") {
            finder.according(cue, &mut candidates);
        }
        if tree.is_word(cue, ":") {
            finder.colon(cue, &mut candidates);
        }
        groups.push(Group { cue, candidates });
    }
    finder.quoted(&mut groups);
    groups.retain(|group| !group.candidates.is_empty());
    groups
}

struct Finder<'a> {
    tree: &'a Tree<'a>,
    quotations: &'a Quotations,
    order: u32,
    /// End of the wholly quoted sentences that follow.
    run: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_within_a_content_is_left_out_of_it() {
        let content = |hole| {
            let mut content = Candidate::new("ccomp".into(), 0, 3, Span::new(10, 30));
            content.leave_out(hole);
            content
        };
        assert_eq!(content(Span::new(15, 20)).hole, Some(Span::new(15, 20)));
        for beside in [Span::new(5, 12), Span::new(25, 34), Span::new(40, 50)] {
            let content = content(beside);
            assert_eq!(content.hole, None);
            assert_eq!(content.agreement(&content), 1.0);
        }
    }
}
