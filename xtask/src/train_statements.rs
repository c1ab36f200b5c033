//! `cargo xtask train statements [OUT]`: learns the weights of statement extraction from annotated attributions.
//!
//! For every possible cue a log-linear choice among its possible contents and "none"; for every found content one among
//! the possible speakers and "nobody". Fitted by AdaGrad. Without OUT a fifth of the documents is held out and scored
//! at several thresholds; with OUT all documents are used and the table is written there. Only words that occur as
//! features and grammatical labels are written, never text.

mod documents;
mod examples;
mod learning;
mod report;

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
use chancery_model::{CodePoints, Extent, Span};

use documents::{Attribution, Parsed, gold_shared, is_read, overlap, parse, touches};
use examples::{Interner, examples, fit_of, is_near};
use learning::fit;
use report::{errors, score};

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

/// `cargo xtask eval statements [WEIGHTS]`: scores the weights on the development documents, and with `ERRORS` set prints
/// what is wrong.
pub fn evaluate(shared: &Path, weights: &Path) -> Result<()> {
    let lexicon = Lexicon::embedded();
    let documents = parse(&Engine::new(lexicon), &shared.join("gold/polnear_dev.jsonl"))?;
    let documents: Vec<&Parsed> = documents.iter().collect();
    let weights = Weights::read(&fs::read_to_string(weights)?);
    let model = StatementModel::new(lexicon, &weights);
    println!("{}", score(&documents, &model, lexicon));
    if std::env::var_os("ERRORS").is_some() {
        errors(&documents, &model, lexicon);
    }
    Ok(())
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
        String::from("# Made by `cargo xtask train statements`: weight and feature, see statements/features.rs.\n");
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
                let fits = |c: &Candidate| near.iter().any(|gold| fit_of(gold, cue, &points, c) >= 0.5);
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
