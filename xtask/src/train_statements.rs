//! `cargo xtask train-statements [OUT]`: learns the weights of statement extraction from annotated attributions.
//!
//! For every possible cue a log-linear choice among its possible contents and "none"; for every found content one among
//! the possible speakers and "nobody". Fitted by AdaGrad. Without OUT a fifth of the documents is held out and scored
//! at several thresholds; with OUT all documents are used and the table is written there. Only words that occur as
//! features and grammatical labels are written, never text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;
use chancery_coder::discourse::Discourse;
use chancery_coder::mentions::find_mentions;
use chancery_coder::parties::Resolver;
use chancery_coder::statements::candidates::{Candidate, Group, candidates};
use chancery_coder::statements::cues::CueIndex;
use chancery_coder::statements::features::{CueContext, cue_lemma};
use chancery_coder::statements::quotations::Quotations;
use chancery_coder::statements::speakers::{self, add_speaker};
use chancery_coder::statements::weights::{Sink, Weights};
use chancery_coder::statements::{StatementCoder, StatementDraft, StatementModel};
use chancery_coder::tree::Tree;
use chancery_engine::Engine;
use chancery_lexicon::Lexicon;
use chancery_model::{CodePoints, Extent, Sentence, Span};

/// An annotated document, parsed.
struct Parsed {
    text: String,
    sentences: Vec<Sentence>,
    attributions: Vec<Attribution>,
}

/// Code-point ranges.
#[derive(Clone, Default)]
struct Attribution {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
}

/// One choice to learn: the features of each option and which options are right.
struct Choice {
    options: Vec<(Vec<u32>, bool)>,
    /// True if choosing nothing is an option of weight zero.
    with_none: bool,
}

/// Passes over the training documents; the loss on held-out ones hardly falls after.
const EPOCHS: usize = 5;
/// First step of AdaGrad, the sum of squares it begins with (so that rare features move slowly), and the penalty on
/// absolute weights; chosen on held-out documents.
const RATE: f32 = 0.1;
const BEGIN: f32 = 15.0;
const PENALTY: f32 = 1e-5;
/// A lemma is never weighed as a cue if a smaller share of its occurrences is annotated as one.
const LEAST: f64 = 0.02;
/// Features that occur less often are not learned.
const RARE: u32 = 10;

/// Weights nearer to zero than this are not written.
const SMALL: f32 = 0.12;

/// Trains and scores, or trains and writes.
pub fn run(shared: &Path, out: Option<&Path>) -> Result<()> {
    let lexicon = Lexicon::embedded();
    let documents = parse(&Engine::new(lexicon), &shared.join("gold/polnear_train.jsonl"))?;
    let held = |index: usize| out.is_none() && index.is_multiple_of(5);
    let training: Vec<&Parsed> = documents.iter().enumerate().filter(|(i, _)| !held(*i)).map(|(_, d)| d).collect();
    let testing: Vec<&Parsed> = documents.iter().enumerate().filter(|(i, _)| held(*i)).map(|(_, d)| d).collect();
    eprintln!("{}", reach(&testing));
    let table = train(&training, &testing, lexicon);
    eprintln!("{} weights, {} kB", table.lines().count(), table.len() / 1000);
    if let Some(out) = out {
        fs::write(out, table)?;
        return Ok(());
    }
    fs::write("target/held-out-weights.txt", &table)?;
    let weights = Weights::read(&table);
    for threshold in [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] {
        let model = StatementModel::new(lexicon, &weights).with_threshold(threshold);
        println!("{threshold:.2}  {}", score(&testing, &model, lexicon));
    }
    if let Ok(threshold) = std::env::var("ERRORS") {
        let model = StatementModel::new(lexicon, &weights).with_threshold(threshold.parse()?);
        errors(&testing, &model, lexicon);
    }
    Ok(())
}

fn parse(engine: &Engine, path: &Path) -> Result<Vec<Parsed>> {
    let text = fs::read_to_string(path)?;
    let lines: Vec<&str> = text.lines().collect();
    let half = lines.len().div_ceil(2);
    let parts: Vec<Result<Vec<Parsed>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = lines
            .chunks(half)
            .map(|part| scope.spawn(move || part.iter().map(|line| parsed(engine, line)).collect()))
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).collect()
    });
    let mut documents = Vec::new();
    for part in parts {
        documents.extend(part?);
    }
    Ok(documents)
}

fn parsed(engine: &Engine, line: &str) -> Result<Parsed> {
    let record: serde_json::Value = serde_json::from_str(line)?;
    let text = record["text"].as_str().unwrap_or_default().to_owned();
    let sentences = engine.read(&text);
    let spans = |value: &serde_json::Value| -> Vec<(u32, u32)> {
        let number = |value: &serde_json::Value| value.as_u64().unwrap_or(0) as u32;
        value
            .as_array()
            .map_or(Vec::new(), |all| all.iter().map(|span| (number(&span[0]), number(&span[1]))).collect())
    };
    let attributions = record["attributions"].as_array().into_iter().flatten();
    let attributions = attributions
        .map(|a| Attribution { source: spans(&a["source"]), cue: spans(&a["cue"]), content: spans(&a["content"]) })
        .filter(|a| !a.content.is_empty())
        .collect();
    Ok(Parsed { text, sentences, attributions })
}

fn overlap(spans: &[(u32, u32)], extent: Extent) -> f64 {
    let shared: u32 = spans.iter().map(|&(s, e)| e.min(extent.1).saturating_sub(s.max(extent.0))).sum();
    let whole: u32 = spans.iter().map(|&(s, e)| e - s).sum::<u32>() + (extent.1 - extent.0) - shared;
    f64::from(shared) / f64::from(whole.max(1))
}

fn touches(spans: &[(u32, u32)], extent: Extent) -> bool {
    spans.iter().any(|&(s, e)| s < extent.1 && extent.0 < e)
}

/// Collects features by number.
#[derive(Default)]
struct Interner {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    counts: Vec<u32>,
}

struct Collect<'i> {
    interner: &'i mut Interner,
    found: Vec<u32>,
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

/// How many annotated contents any candidate meets, and how many one whose cue is the annotated one.
fn reach(documents: &[&Parsed]) -> String {
    let (mut all, mut met, mut cued) = (0, 0, 0);
    for document in documents {
        let points = CodePoints::new(&document.text);
        let quotations = Quotations::find(&document.text, &document.sentences);
        let mut found = vec![(false, false); document.attributions.len()];
        for (order, sentence) in document.sentences.iter().enumerate().filter(|(_, s)| is_read(s)) {
            let tree = Tree::new(&document.text, sentence);
            for group in candidates(&tree, &quotations, order as u32) {
                let cue = points.extent(tree.token(group.cue).span);
                for candidate in &group.candidates {
                    let extent = points.extent(candidate.span);
                    for (gold, found) in document.attributions.iter().zip(&mut found) {
                        if touches(&gold.content, extent) && overlap(&gold.content, extent) >= 0.5 {
                            found.0 = true;
                            found.1 |= touches(&gold.cue, cue);
                        }
                    }
                }
            }
        }
        all += found.len();
        met += found.iter().filter(|f| f.0).count();
        cued += found.iter().filter(|f| f.1).count();
    }
    format!("of {all} contents {met} can be found, {cued} with their cue")
}

fn train(documents: &[&Parsed], testing: &[&Parsed], lexicon: &Lexicon) -> String {
    let cues = CueIndex::new(lexicon);
    let (positive, never) = cue_lemmas(documents, &cues);
    let mut interner = Interner::default();
    let mut choices = Vec::new();
    for document in documents {
        examples(document, &cues, &positive, &never, &mut interner, &mut choices);
    }
    let counts = interner.counts.clone();
    let mut held = Vec::new();
    for document in testing {
        examples(document, &cues, &positive, &never, &mut interner, &mut held);
    }
    let mut counts = counts;
    counts.resize(interner.counts.len(), 0);
    let kept: Vec<bool> = counts.iter().map(|&count| count >= RARE).collect();
    for (features, _) in choices.iter_mut().chain(&mut held).flat_map(|choice| &mut choice.options) {
        features.retain(|&feature| kept[feature as usize]);
    }
    eprintln!("{} choices, {} features of {}", choices.len(), kept.iter().filter(|k| **k).count(), kept.len());
    let weights = fit(&choices, &held, kept.len());
    let mut rows: Vec<(&str, f32)> = interner
        .names
        .iter()
        .map(String::as_str)
        .zip(weights)
        .filter(|(_, weight)| weight.abs() >= SMALL)
        .collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let mut table =
        String::from("# Made by `cargo xtask train-statements`: weight and feature, see statements/features.rs.\n");
    for lemma in &never {
        let _ = writeln!(table, "-1 never|{lemma}");
    }
    for (name, weight) in rows {
        let _ = writeln!(table, "{weight:.2} {name}");
    }
    table
}

/// Lemmas that head annotated cues often enough to be weighed, and lemmas that could but hardly ever do.
fn cue_lemmas(documents: &[&Parsed], cues: &CueIndex) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for document in documents {
        let points = CodePoints::new(&document.text);
        let quotations = Quotations::find(&document.text, &document.sentences);
        for (order, sentence) in document.sentences.iter().enumerate().filter(|(_, s)| is_read(s)) {
            let tree = Tree::new(&document.text, sentence);
            let near: Vec<&Attribution> =
                document.attributions.iter().filter(|a| is_near(a, points.extent(sentence.span))).collect();
            for group in candidates(&tree, &quotations, order as u32) {
                let cue = points.extent(tree.token(group.cue).span);
                let fits = |c: &Candidate| near.iter().any(|gold| fit_of(gold, cue, points.extent(c.span)) >= 0.5);
                let count = counts.entry(cue_lemma(&tree, group.cue)).or_default();
                count.0 += 1;
                count.1 += u32::from(group.candidates.iter().any(fits));
            }
        }
    }
    let listed = |lemma: &str| cues.any_mood(lemma).is_some();
    let often = |lemma: &str, (all, right): (u32, u32)| {
        listed(lemma) || right >= 2 && f64::from(right) >= LEAST * f64::from(all)
    };
    let never = |lemma: &str, (all, right): (u32, u32)| {
        all >= 15 && f64::from(right) < LEAST * f64::from(all) && !listed(lemma)
    };
    let pick = |test: &dyn Fn(&str, (u32, u32)) -> bool| {
        counts.iter().filter(|(lemma, count)| test(lemma, **count)).map(|(lemma, _)| lemma.clone()).collect()
    };
    (pick(&often), pick(&never))
}

fn examples(
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
                .map(|c| golds.iter().map(|gold| fit_of(gold, cue, points.extent(c.span))).fold(0.0, f64::max))
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
                    let fit = |gold: &Attribution| fit_of(gold, cue, points.extent(group.candidates[at].span));
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

/// Sentences that the engine left unread have no lemmas.
fn is_read(sentence: &Sentence) -> bool {
    sentence.kind.is_content() && sentence.tokens.first().is_some_and(|token| !token.lemma.is_empty())
}

fn is_near(gold: &Attribution, sentence: Extent) -> bool {
    touches(&gold.cue, sentence) || touches(&gold.content, sentence)
}

/// Overlap of a content with an annotated one whose cue it shares; with another cue only a near match counts.
fn fit_of(gold: &Attribution, cue: Extent, content: Extent) -> f64 {
    let hull = gold.cue.first().zip(gold.cue.last()).map(|(first, last)| (first.0, last.1));
    let fit = overlap(&gold.content, content);
    if hull.is_some_and(|hull| touches(&[hull], cue)) {
        fit
    } else if fit >= 0.8 {
        fit - 0.25
    } else {
        0.0
    }
}

fn has_clause(group: &Group) -> bool {
    let is_clause = |kind: &str| kind.starts_with("ccomp") || kind.starts_with("up:") || kind.starts_with('q');
    group.candidates.iter().any(|candidate| candidate.kinds.iter().any(|kind| is_clause(kind)))
}

#[allow(clippy::too_many_arguments)] // everything that an example is made of
fn speaker_example(
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

fn fit(choices: &[Choice], held: &[Choice], features: usize) -> Vec<f32> {
    let mut weights = vec![0.0f32; features];
    let mut squares = vec![BEGIN; features];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut seed = 7u64;
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (seed >> 33) as usize % (at + 1));
        }
        let mut loss = 0.0f64;
        for &at in &order {
            loss += f64::from(step(&choices[at], &mut weights, &mut squares, true));
        }
        let unseen: f64 =
            held.iter().map(|choice| f64::from(step(choice, &mut weights, &mut squares, false))).sum();
        let known = weights.iter().filter(|w| w.abs() >= SMALL).count();
        eprintln!(
            "epoch {epoch}: loss {:.4}, held out {:.4}, {known} weights",
            loss / choices.len() as f64,
            unseen / held.len().max(1) as f64
        );
    }
    weights
}

/// The loss of one choice and, if `learn`, one step of AdaGrad.
fn step(choice: &Choice, weights: &mut [f32], squares: &mut [f32], learn: bool) -> f32 {
    let scores: Vec<f32> =
        choice.options.iter().map(|(features, _)| features.iter().map(|&f| weights[f as usize]).sum()).collect();
    let top = scores.iter().copied().fold(if choice.with_none { 0.0 } else { f32::MIN }, f32::max);
    let exps: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let none = if choice.with_none { (-top).exp() } else { 0.0 };
    let total: f32 = exps.iter().sum::<f32>() + none;
    let any = choice.options.iter().any(|option| option.1);
    let right: f32 =
        if any { choice.options.iter().zip(&exps).filter(|(o, _)| o.1).map(|(_, e)| e).sum() } else { none };
    for ((features, is_right), exp) in choice.options.iter().zip(&exps).filter(|_| learn) {
        let gradient = exp / total - if *is_right { exp / right.max(1e-30) } else { 0.0 };
        if gradient.abs() < 1e-4 {
            continue;
        }
        for &feature in features {
            let at = feature as usize;
            squares[at] += gradient * gradient;
            let rate = RATE / squares[at].sqrt();
            let moved = weights[at] - rate * gradient;
            // the penalty on the sum of absolute weights takes useless ones to zero
            weights[at] = moved.signum() * (moved.abs() - rate * PENALTY).max(0.0);
        }
    }
    -(right / total).max(1e-30).ln()
}

/// The drafts of a document.
fn code(document: &Parsed, model: &StatementModel, lexicon: &Lexicon) -> Vec<StatementDraft> {
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
fn pairs(document: &Parsed, drafts: &[StatementDraft]) -> Vec<(usize, usize)> {
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

fn score(documents: &[&Parsed], model: &StatementModel, lexicon: &Lexicon) -> String {
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
fn errors(documents: &[&Parsed], model: &StatementModel, lexicon: &Lexicon) {
    for document in documents.iter().take(60) {
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
