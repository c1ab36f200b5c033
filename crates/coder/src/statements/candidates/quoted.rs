//! Contents in quotation marks, and what stands after a colon.

use chancery_model::{Span, Tag};
use compact_str::format_compact;

use super::extents::add;
use super::{Candidate, Finder, Group};

/// Verbs on each side of a quotation that may introduce it.
const NEAREST: usize = 2;

impl Finder<'_> {
    /// "Poll: …", "She put it so: …".
    pub(super) fn colon(&self, cue: u32, out: &mut Vec<Candidate>) {
        let last = self.last_word();
        if cue > 0 && cue < last {
            self.push(out, "colon".into(), cue + 1, last, None);
        }
    }

    /// Offers quotations to the nearest verbs outside them.
    pub(super) fn quoted(&self, groups: &mut [Group]) {
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
                self.push_quotation(&mut groups[cue as usize].candidates, "q>", first, last, (span, None));
            }
            for &cue in cues.iter().filter(|&&cue| cue > last).take(NEAREST) {
                self.push_quotation(&mut groups[cue as usize].candidates, "q<", first, last, (span, None));
            }
        }
        if let (Some(&(a, first, _)), Some(&(b, _, last))) = (quotations.first(), quotations.last())
            && first < last
            && a != b
        {
            let hole = (quotations.len() == 2 && a.end < b.start).then_some(Span { start: a.end, end: b.start });
            for &cue in cues.iter().filter(|&&cue| cue > first && cue < last) {
                let joined = (a.join(b), hole);
                self.push_quotation(&mut groups[cue as usize].candidates, "q*", first, last, joined);
            }
        }
        if let Some(run) = self.quotations.run_below(self.order) {
            for &cue in cues.iter().rev().take(NEAREST) {
                add(&mut groups[cue as usize].candidates, Candidate::new("qn".into(), cue, cue, run));
            }
        }
    }

    fn may_quote(&self, token: u32) -> bool {
        let tree = self.tree;
        tree.token(token).tag == Tag::Verb || tree.is_word(token, "according") || tree.is_word(token, ":")
    }

    fn push_quotation(
        &self,
        out: &mut Vec<Candidate>,
        label: &str,
        first: u32,
        last: u32,
        (span, hole): (Span, Option<Span>),
    ) {
        add(out, Candidate { hole, ..Candidate::new(label.into(), first, last, span) });
        if let Some(end) = self.run.filter(|&end| end > span.end) {
            let hole = hole.or_else(|| self.rest_of_sentence(span));
            let span = Span { start: span.start, end };
            add(out, Candidate { hole, ..Candidate::new(format_compact!("{label}~"), first, last, span) });
        }
    }

    /// What stands between a quotation and the end of the sentence, where the next sentence goes on with it.
    fn rest_of_sentence(&self, quotation: Span) -> Option<Span> {
        let end = self.tree.sentence.span.end;
        (quotation.end < end).then_some(Span { start: quotation.end, end })
    }
}
