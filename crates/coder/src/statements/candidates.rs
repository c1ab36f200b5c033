//! What could be a content in one sentence: for every word that could head a cue, the stretches that hang on it.
//!
//! In: a sentence's tree and the document's quotations. Out: [`Group`]s, one for each possible cue. Far more is offered
//! than is ever chosen: the weights decide.

use chancery_model::{Penn, Relation, Span, Tag};
use compact_str::{CompactString, format_compact};

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
}

/// Verbs on each side of a quotation that may introduce it.
const NEAREST: usize = 2;

/// Early ends that are offered for one content.
const CUTS: usize = 5;

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

impl Finder<'_> {
    /// What hangs on a verb, noun or adjective, and what it hangs on.
    fn complements(&self, cue: u32, out: &mut Vec<Candidate>) {
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
            self.push(out, label.clone(), begin, last, Some(child));
            if child > cue && reach > last && tree.relation(child) != Relation::Parataxis {
                self.push(out, format_compact!("{label}+"), begin, reach, Some(child));
            }
            for (cut, end) in self.cuts(child) {
                if end >= begin && (end > cue) == (child > cue) {
                    self.push(out, format_compact!("{label}-{cut}"), begin, end, Some(child));
                }
            }
            if child < cue
                && matches!(
                    tree.relation(child),
                    Relation::Nsubj | Relation::NsubjPass | Relation::Ccomp | Relation::Parataxis
                )
                && reach > cue
            {
                self.push(out, format_compact!("{label}*"), first, reach, Some(child));
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

    /// Everything before a verb and its subject, and everything after, whatever the tree says.
    fn sides(&self, cue: u32, out: &mut Vec<Candidate>) {
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
    fn around(&self, cue: u32, out: &mut Vec<Candidate>) {
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
    fn outside(&self, part: u32, head: u32, label: CompactString, out: &mut Vec<Candidate>) {
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
                self.push(out, format_compact!("{label}*"), first, last, Some(head));
            }
        }
    }

    /// "the plan that he criticised", "comments made by him": the noun that the cue's clause describes.
    fn antecedent(&self, cue: u32, out: &mut Vec<Candidate>) {
        let tree = self.tree;
        let Some(noun) = tree.head(cue) else { return };
        let tokens = tree.noun_phrase(noun);
        let label = format_compact!("up:{}", tree.relation(cue).label());
        self.push(out, label, tokens[0], tokens[tokens.len() - 1].min(cue.saturating_sub(1)), Some(noun));
    }

    /// "the suggestion was that …".
    fn predicate(&self, cue: u32, out: &mut Vec<Candidate>) {
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
    fn sibling(&self, cue: u32, out: &mut Vec<Candidate>) {
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
    fn rest(&self, cue: u32, out: &mut Vec<Candidate>) {
        if let Some(head) = self.tree.head(cue) {
            self.outside(cue, head, "adv".into(), out);
        }
    }

    /// "according to the ministry": the clause that it belongs to.
    fn according(&self, cue: u32, out: &mut Vec<Candidate>) {
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

    /// "Poll: …", "She put it so: …".
    fn colon(&self, cue: u32, out: &mut Vec<Candidate>) {
        let last = self.last_word();
        if cue > 0 && cue < last {
            self.push(out, "colon".into(), cue + 1, last, None);
        }
    }

    /// Offers quotations to the nearest verbs outside them.
    fn quoted(&self, groups: &mut [Group]) {
        let tree = self.tree;
        let sentence = tree.sentence.span;
        let quotations: Vec<(Span, u32, u32)> = self
            .quotations
            .within(sentence)
            .into_iter()
            .filter_map(|span| self.tokens_in(span).map(|(a, b)| (span, a, b)))
            .collect();
        let outside = |token: u32| !quotations.iter().any(|&(_, first, last)| (first..=last).contains(&token));
        let cues: Vec<u32> = (0..tree.len()).filter(|&token| outside(token) && self.may_quote(token)).collect();
        for &(span, first, last) in &quotations {
            if last - first < 2 && span.end <= sentence.end {
                continue;
            }
            for &cue in cues.iter().filter(|&&cue| cue < first).rev().take(NEAREST) {
                self.push_quotation(&mut groups[cue as usize].candidates, "q>", first, last, span);
            }
            for &cue in cues.iter().filter(|&&cue| cue > last).take(NEAREST) {
                self.push_quotation(&mut groups[cue as usize].candidates, "q<", first, last, span);
            }
        }
        if let (Some(&(a, first, _)), Some(&(b, _, last))) = (quotations.first(), quotations.last())
            && first < last
            && a != b
        {
            for &cue in cues.iter().filter(|&&cue| cue > first && cue < last) {
                self.push_quotation(&mut groups[cue as usize].candidates, "q*", first, last, a.join(b));
            }
        }
        if let Some(run) = self.quotations.run_below(self.order) {
            for &cue in cues.iter().rev().take(NEAREST) {
                let candidate =
                    Candidate { kinds: vec!["qn".into()], first: cue, last: cue, span: run, head: None };
                add(&mut groups[cue as usize].candidates, candidate);
            }
        }
    }

    fn may_quote(&self, token: u32) -> bool {
        let tree = self.tree;
        tree.token(token).tag == Tag::Verb || tree.is_word(token, "according") || tree.is_word(token, ":")
    }

    fn push_quotation(&self, out: &mut Vec<Candidate>, label: &str, first: u32, last: u32, span: Span) {
        add(out, Candidate { kinds: vec![label.into()], first, last, span, head: None });
        if let Some(end) = self.run.filter(|&end| end > span.end) {
            let span = Span { start: span.start, end };
            add(out, Candidate { kinds: vec![format_compact!("{label}~")], first, last, span, head: None });
        }
    }

    /// Adds a stretch of tokens; a quotation that it leaves open is taken to its end, and quoted sentences that follow
    /// are offered as well.
    fn push(&self, out: &mut Vec<Candidate>, kind: CompactString, first: u32, last: u32, head: Option<u32>) {
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
        add(out, Candidate { kinds: vec![kind.clone()], first, last, span, head });
        if let Some(end) = self.run.filter(|&end| ends_quoted && end > span.end) {
            let span = Span { start: span.start, end };
            add(out, Candidate { kinds: vec![format_compact!("{kind}~")], first, last, span, head });
        }
    }

    fn last_word(&self) -> u32 {
        let tree = self.tree;
        (0..tree.len()).rev().find(|&token| tree.token(token).tag != Tag::Punct).unwrap_or(0)
    }

    fn tokens_in(&self, span: Span) -> Option<(u32, u32)> {
        let tokens = &self.tree.sentence.tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let end = tokens.partition_point(|token| token.span.end <= span.end);
        (first < end).then(|| (first as u32, end as u32 - 1))
    }

    /// The tokens of a child's subtree on the child's side of the cue.
    fn side(&self, cue: u32, child: u32) -> Vec<u32> {
        let mut tokens = self.tree.subtree(child, |_| true);
        tokens.retain(|&token| (token > cue) == (child > cue));
        tokens
    }

    /// The last token of the cue's own clause to its right, without coordinate clauses.
    fn reach(&self, cue: u32) -> u32 {
        use Relation::*;
        let tree = self.tree;
        let outer = |child: u32| {
            tree.head(child) == Some(cue)
                && matches!(tree.relation(child), Conj | Cc | Parataxis | Punct | Discourse | List)
        };
        tree.subtree(cue, |child| !outer(child)).last().copied().unwrap_or(cue)
    }

    /// Where a content may end early: before a coordinate, adverbial or relative clause within it.
    fn cuts(&self, head: u32) -> Vec<(&'static str, u32)> {
        use Relation::*;
        let tree = self.tree;
        let mut found: Vec<(&'static str, u32)> = Vec::new();
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
                && !found.iter().any(|known| known.1 == end)
            {
                found.push((name, end));
            }
        }
        found.truncate(CUTS);
        found
    }

    /// Prepositions belong to the cue: "called for | a ban".
    fn without_preposition(&self, child: u32, first: u32) -> u32 {
        let tree = self.tree;
        let takes =
            matches!(tree.relation(child), Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::Acl);
        let is_preposition = matches!(tree.relation(first), Relation::Case)
            || tree.relation(first) == Relation::Mark && !tree.is_word(first, "to") && !tree.is_word(first, "that");
        if takes && tree.head(first) == Some(child) && is_preposition && first < child { first + 1 } else { first }
    }

    /// Relation of a complement with what tells its form: preposition, mark, infinitive.
    fn label(&self, child: u32) -> CompactString {
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

fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``" | "‘" | "’" | "'" | "«" | "»")
}

/// Joins the kinds of candidates of the same extent.
fn add(out: &mut Vec<Candidate>, candidate: Candidate) {
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
