//! Scores and errors on documents held out from training.

use super::*;

/// The drafts of a document.
pub(super) fn code(document: &Parsed, model: &StatementModel, lexicon: &Lexicon) -> Vec<StatementDraft> {
    let mut coder = StatementCoder::new(model, &document.text, &document.sentences);
    let discourse = Discourse::default();
    let mut found = Vec::new();
    for (order, sentence) in document.sentences.iter().enumerate().filter(|(_, s)| is_read(s)) {
        let tree = Tree::new(&document.text, sentence);
        let mentions = find_mentions(lexicon, &document.text, sentence, None);
        let resolver = Resolver { lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
        found.extend(coder.sentence(&resolver, order as u32));
    }
    found
}

/// Which annotated attribution each draft meets, best overlap first, one to one.
pub(super) fn pairs(document: &Parsed, drafts: &[StatementDraft]) -> Vec<(usize, usize)> {
    let points = CodePoints::new(&document.text);
    let mut all = Vec::new();
    for (i, gold) in document.attributions.iter().enumerate() {
        for (j, draft) in drafts.iter().enumerate() {
            let fit = overlap(&gold.content, points.extent(draft.content));
            if fit >= 0.5 {
                all.push((fit, i, j));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in all {
        if !found.iter().any(|&(a, b)| a == i || b == j) {
            found.push((i, j));
        }
    }
    found
}

pub(super) fn score(documents: &[&Parsed], model: &StatementModel, lexicon: &Lexicon) -> String {
    let (mut gold, mut system, mut hit, mut with_source, mut right) = (0, 0, 0, 0, 0);
    for document in documents {
        let points = CodePoints::new(&document.text);
        let drafts = code(document, model, lexicon);
        gold += document.attributions.len();
        system += drafts.len();
        for (i, j) in pairs(document, &drafts) {
            hit += 1;
            let source = &document.attributions[i].source;
            with_source += usize::from(!source.is_empty());
            right += usize::from(
                drafts[j].speaker.as_ref().is_some_and(|party| touches(source, points.extent(party.span))),
            );
        }
    }
    let (p, r) = (hit as f64 / system.max(1) as f64, hit as f64 / gold.max(1) as f64);
    format!(
        "P {p:.3}  R {r:.3}  F1 {:.3}  speaker {:.3}",
        2.0 * p * r / (p + r),
        right as f64 / with_source.max(1) as f64
    )
}

/// Prints what is missed, what is wrong, and speakers that are wrong.
pub(super) fn errors(documents: &[&Parsed], model: &StatementModel, lexicon: &Lexicon) {
    for document in documents.iter().take(84) {
        let points = CodePoints::new(&document.text);
        let characters: Vec<char> = document.text.chars().collect();
        let words = |spans: &[(u32, u32)]| -> String {
            let parts: Vec<String> =
                spans.iter().map(|&(s, e)| characters[s as usize..e as usize].iter().collect()).collect();
            parts.join(" … ").replace('\n', "¶")
        };
        let of = |span: Option<Span>| span.map_or("-", |span| span.of(&document.text)).replace('\n', "¶");
        let drafts = code(document, model, lexicon);
        let pairs = pairs(document, &drafts);
        for (i, gold) in document.attributions.iter().enumerate() {
            match pairs.iter().find(|pair| pair.0 == i) {
                None => {
                    let ours =
                        drafts.iter().find(|d| d.cue.is_some_and(|cue| touches(&gold.cue, points.extent(cue))));
                    let shown = of(ours.map(|draft| draft.content));
                    println!(
                        "MISS\t{}\t{}\t{}\t<{shown}>",
                        words(&gold.cue),
                        words(&gold.source),
                        words(&gold.content)
                    );
                }
                Some(&(_, j)) => {
                    let speaker = &drafts[j].speaker;
                    let found =
                        speaker.as_ref().is_some_and(|party| touches(&gold.source, points.extent(party.span)));
                    if !found && !gold.source.is_empty() {
                        let ours = of(speaker.as_ref().map(|party| party.span));
                        println!(
                            "SPEAKER\t{}\t{}\tours: {ours}\t{}",
                            words(&gold.cue),
                            words(&gold.source),
                            words(&gold.content)
                        );
                    }
                }
            }
        }
        for (j, draft) in drafts.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|pair| pair.1 == *j)) {
            let speaker = of(draft.speaker.as_ref().map(|party| party.span));
            println!(
                "WRONG\t{}\t{speaker}\t{}\t{:.2}",
                of(draft.cue),
                of(Some(draft.content)),
                drafts[j].probability
            );
        }
    }
}
