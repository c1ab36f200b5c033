//! Choices to learn from: the candidates of each cue with their features, and which of them the annotation bears out.

use super::*;

/// One choice to learn: the features of each option and which options are right.
pub(super) struct Choice {
    pub(super) options: Vec<(Vec<u32>, bool)>,
    /// True if choosing nothing is an option of weight zero.
    pub(super) with_none: bool,
}

/// Collects features by number.
#[derive(Default)]
pub(super) struct Interner {
    pub(super) numbers: HashMap<String, u32>,
    pub(super) names: Vec<String>,
    pub(super) counts: Vec<u32>,
}

pub(super) struct Collect<'i> {
    pub(super) interner: &'i mut Interner,
    pub(super) found: Vec<u32>,
}

impl Sink for Collect<'_> {
    fn add(&mut self, parts: &[&str]) {
        let name = parts.join("|");
        let interner = &mut *self.interner;
        let number = match interner.numbers.get(&name) {
            Some(&number) => number,
            None => {
                let number = interner.names.len() as u32;
                interner.numbers.insert(name.clone(), number);
                interner.names.push(name);
                interner.counts.push(0);
                number
            }
        };
        interner.counts[number as usize] += 1;
        self.found.push(number);
    }
}

pub(super) fn examples(
    document: &Parsed,
    cues: &CueIndex,
    positive: &BTreeSet<String>,
    never: &BTreeSet<String>,
    interner: &mut Interner,
    out: &mut Vec<Choice>,
) {
    let points = CodePoints::new(&document.text);
    let quotations = Quotations::find(&document.text, &document.sentences);
    for (order, sentence) in document.sentences.iter().enumerate().filter(|(_, s)| is_read(s)) {
        let tree = Tree::new(&document.text, sentence);
        for group in candidates(&tree, &quotations, order as u32) {
            if never.contains(&cue_lemma(&tree, group.cue))
                || !positive.contains(&cue_lemma(&tree, group.cue)) && !has_clause(&group)
            {
                continue;
            }
            let cue = points.extent(tree.token(group.cue).span);
            let golds: Vec<&Attribution> =
                document.attributions.iter().filter(|a| is_near(a, points.extent(sentence.span))).collect();
            let context = CueContext::new(&tree, cues, &quotations, group.cue);
            let fits: Vec<f64> = group
                .candidates
                .iter()
                .map(|c| golds.iter().map(|gold| fit_of(gold, cue, &points, c)).fold(0.0, f64::max))
                .collect();
            let best = fits.iter().copied().fold(0.0, f64::max);
            let right = |fit: f64| fit >= 0.5 && fit >= best - 0.1;
            let mut options = Vec::new();
            for (candidate, &fit) in group.candidates.iter().zip(&fits) {
                let mut sink = Collect { interner, found: Vec::new() };
                context.add(candidate, &mut sink);
                options.push((sink.found, right(fit)));
            }
            out.push(Choice { options, with_none: true });
            if best >= 0.5 {
                let at = fits.iter().position(|&fit| fit == best).unwrap_or(0);
                let gold = golds.iter().max_by(|a, b| {
                    let fit = |gold: &Attribution| fit_of(gold, cue, &points, &group.candidates[at]);
                    fit(a).total_cmp(&fit(b))
                });
                if let Some(gold) = gold {
                    speaker_example(
                        &tree,
                        &quotations,
                        &group,
                        &group.candidates[at],
                        gold,
                        &points,
                        interner,
                        out,
                    );
                }
            }
        }
    }
}

pub(super) fn is_near(gold: &Attribution, sentence: Extent) -> bool {
    touches(&gold.cue, sentence) || touches(&gold.content, sentence)
}

/// Overlap of a content with an annotated one whose cue it shares; with another cue only a near match counts.
pub(super) fn fit_of(gold: &Attribution, cue: Extent, points: &CodePoints, content: &Candidate) -> f64 {
    let hull = gold.cue.first().zip(gold.cue.last()).map(|(first, last)| (first.0, last.1));
    let parts = content.parts();
    let of_part = |part: Span| gold_shared(&gold.content, points.extent(part));
    let shared: u32 = parts.iter().map(|&part| of_part(part)).sum();
    let length = |extent: Extent| extent.1 - extent.0;
    let ours: u32 = parts.iter().map(|&part| length(points.extent(part))).sum();
    let whole = gold.content.iter().map(|&(s, e)| e - s).sum::<u32>() + ours - shared;
    let fit = f64::from(shared) / f64::from(whole.max(1));
    if hull.is_some_and(|hull| touches(&[hull], cue)) {
        fit
    } else if fit >= 0.8 {
        fit - 0.25
    } else {
        0.0
    }
}

pub(super) fn has_clause(group: &Group) -> bool {
    let is_clause = |kind: &str| kind.starts_with("ccomp") || kind.starts_with("up:") || kind.starts_with('q');
    group.candidates.iter().any(|candidate| candidate.kinds.iter().any(|kind| is_clause(kind)))
}

#[allow(clippy::too_many_arguments)] // everything that an example is made of
pub(super) fn speaker_example(
    tree: &Tree,
    quotations: &Quotations,
    group: &Group,
    content: &Candidate,
    gold: &Attribution,
    points: &CodePoints,
    interner: &mut Interner,
    out: &mut Vec<Choice>,
) {
    if gold.source.is_empty() {
        return;
    }
    let mut options = Vec::new();
    for token in speakers::possible(tree, group) {
        let mut sink = Collect { interner, found: Vec::new() };
        add_speaker(tree, quotations, group, content, token, &mut sink);
        let phrase = tree.span_of(&tree.noun_phrase(token));
        let right = touches(&gold.source, points.extent(tree.token(token).span))
            && overlap(&gold.source, points.extent(phrase)) > 0.3;
        options.push((sink.found, right));
    }
    let mut sink = Collect { interner, found: Vec::new() };
    speakers::add_nobody(tree, group, content, &mut sink);
    let none = !options.iter().any(|option| option.1);
    options.push((sink.found, none));
    out.push(Choice { options, with_none: false });
}
