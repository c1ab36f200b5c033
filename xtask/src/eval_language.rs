//! `cargo xtask eval language`: the language core on treebanks and name annotation that it was not trained on.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;
use chancery_language::{Core, Scratch};
use chancery_model::{NameKind, Relation, Sentence, Tag};

use crate::baseline;
use crate::conllu::{self, Gold};

/// Counts on one treebank; punctuation is left out of all but the tags and lemmas.
#[derive(Default)]
struct Score {
    words: usize,
    tags: usize,
    penn: usize,
    lemmas: usize,
    sentences: usize,
    roots: usize,
    arcs: usize,
    heads: usize,
    labelled: usize,
    exact: usize,
    of_relation: Vec<[usize; 3]>,
}

/// A relation without its subtype.
fn plain(relation: Relation) -> &'static str {
    relation.label().split(':').next().unwrap_or_default()
}

fn score(golds: &[Gold], analyse: Analyse) -> Score {
    let mut s = Score { of_relation: vec![[0; 3]; Relation::ALL.len()], ..Score::default() };
    for gold in golds {
        let (text, mut found) = conllu::join(gold.words());
        analyse(&text, &mut found);
        s.sentences += 1;
        let root = |x: &Sentence| x.tokens.iter().position(|t| t.head.is_none());
        s.roots += usize::from(root(&gold.sentence) == root(&found));
        for (g, f) in gold.sentence.tokens.iter().zip(&found.tokens) {
            s.words += 1;
            s.tags += usize::from(g.tag == f.tag);
            s.penn += usize::from(g.penn == f.penn);
            s.lemmas += usize::from(g.lemma == f.lemma);
            if g.tag == Tag::Punct {
                continue;
            }
            let right = g.head == f.head;
            s.arcs += 1;
            s.heads += usize::from(right);
            s.labelled += usize::from(right && plain(g.relation) == plain(f.relation));
            s.exact += usize::from(right && g.relation == f.relation);
            s.of_relation[g.relation as usize][0] += 1;
            s.of_relation[f.relation as usize][1] += 1;
            s.of_relation[g.relation as usize][2] += usize::from(right && g.relation == f.relation);
        }
    }
    s
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Precision, recall and F1 of names with exact span and kind (PER, ORG, LOC; a facility counts as a place).
fn names(path: &Path, analyse: Analyse) -> Result<(f64, f64, f64)> {
    let (mut right, mut found_count, mut gold_count) = (0, 0, 0);
    for rows in conllu::read_iob(path)? {
        let (text, mut sentence) = conllu::join(rows.iter().map(|r| r.0.as_str()));
        analyse(&text, &mut sentence);
        let found: BTreeSet<(usize, usize, &str)> = sentence
            .names
            .iter()
            .filter_map(|n| Some((n.tokens.start as usize, n.tokens.end as usize, kind(n.kind)?)))
            .collect();
        let gold = iob_spans(&rows);
        right += gold.intersection(&found).count();
        found_count += found.len();
        gold_count += gold.len();
    }
    let (p, r) = (percent(right, found_count), percent(right, gold_count));
    Ok((p, r, 2.0 * p * r / (p + r).max(1e-9)))
}

fn kind(kind: NameKind) -> Option<&'static str> {
    match kind {
        NameKind::Person => Some("PER"),
        NameKind::Organisation => Some("ORG"),
        NameKind::Location | NameKind::Facility => Some("LOC"),
        NameKind::Event | NameKind::Law => None,
    }
}

fn iob_spans(rows: &[(String, String)]) -> BTreeSet<(usize, usize, &str)> {
    let mut spans = BTreeSet::new();
    let mut open: Option<(usize, &str)> = None;
    for i in 0..=rows.len() {
        let label = rows.get(i).map_or("O", |r| r.1.as_str());
        let (part, kind) = label.split_once('-').unwrap_or((label, ""));
        if part != "I" || open.is_none_or(|o| o.1 != kind) {
            if let Some((start, kind)) = open.take() {
                spans.insert((start, i, kind));
            }
            if part != "O" {
                open = Some((i, kind));
            }
        }
    }
    spans
}

/// What is measured: fills in a sentence of the text.
type Analyse<'a> = &'a mut dyn FnMut(&str, &mut Sentence);

/// A Markdown section with every figure.
pub fn run(shared: &Path) -> Result<String> {
    let (core, mut scratch) = (Core::embedded(), Scratch::default());
    report(shared, &mut |text, sentence| core.analyse(text, sentence, &mut scratch))
}

/// The same figures of weights that are not part of the program yet.
pub fn run_weights(shared: &Path, network: &Path, lemmas: &Path) -> Result<String> {
    let core = Core::from_bytes(&fs::read(network)?, &fs::read(lemmas)?)?;
    let mut scratch = Scratch::default();
    report(shared, &mut |text, sentence| core.analyse(text, sentence, &mut scratch))
}

/// The parse of each line of a file, words split at spaces, as words with tags and arcs beneath each other.
pub fn show(network: &Path, lemmas: &Path, file: &Path) -> Result<String> {
    let core = Core::from_bytes(&fs::read(network)?, &fs::read(lemmas)?)?;
    let mut out = String::new();
    for line in fs::read_to_string(file)?.lines() {
        let (text, mut sentence) = conllu::join(line.split(' '));
        core.analyse(&text, &mut sentence, &mut Scratch::default());
        out += &chancery_language::render(&text, &sentence);
        out.push('\n');
    }
    Ok(out)
}

/// The same figures of the design that the core is compared with, trained on the spot.
pub fn run_baseline(shared: &Path, labels: &Path) -> Result<String> {
    let mut golds = Vec::new();
    for name in ["ewt_train", "gum_train"] {
        golds.extend(conllu::read(&shared.join(format!("gold/treebank/{name}.conllu")))?);
    }
    let labels = fs::read_to_string(labels)?;
    let labels = labels.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let model = baseline::train(&golds, labels);
    report(shared, &mut |text, sentence| model.analyse(text, sentence))
}

fn report(shared: &Path, analyse: Analyse) -> Result<String> {
    let folder = shared.join("gold/treebank");
    let mut out = String::from(
        "## Language core\n\nGold tokens, predicted tags; arcs without punctuation. LAS without subtypes of relations, as in the CoNLL shared\ntasks; LAS+ with them. Never trained on these files.\n\n",
    );
    out += "| treebank | words | tags | Penn | lemmas | UAS | LAS | LAS+ | roots |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    let mut details = String::new();
    for name in ["pud_dev", "ewt_dev", "gum_dev"] {
        let s = score(&conllu::read(&folder.join(format!("{name}.conllu")))?, analyse);
        writeln!(
            out,
            "| {name} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            s.words,
            percent(s.tags, s.words),
            percent(s.penn, s.words),
            percent(s.lemmas, s.words),
            percent(s.heads, s.arcs),
            percent(s.labelled, s.arcs),
            percent(s.exact, s.arcs),
            percent(s.roots, s.sentences),
        )?;
        if name == "pud_dev" {
            details = by_relation(&s)?;
        }
    }
    out += "\n| names | precision | recall | F1 |\n| --- | --- | --- | --- |\n";
    for name in ["uner_pud_dev", "uner_ewt_dev"] {
        let (p, r, f) = names(&folder.join(format!("{name}.iob2")), analyse)?;
        writeln!(out, "| {name} | {p:.2} | {r:.2} | {f:.2} |")?;
    }
    Ok(out + &details)
}

/// The relations that the coder leans on: head and full label right.
fn by_relation(s: &Score) -> Result<String> {
    let mut out = String::from("\n| pud_dev relation | precision | recall | gold |\n| --- | --- | --- | --- |\n");
    for label in [
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "obl:agent",
        "nmod",
        "nmod:poss",
        "conj",
        "appos",
        "flat",
        "compound",
        "ccomp",
        "parataxis",
        "xcomp",
        "advcl",
        "acl:relcl",
    ] {
        let [gold, found, right] = Relation::from_label(label).map_or([0; 3], |r| s.of_relation[r as usize]);
        writeln!(out, "| {label} | {:.1} | {:.1} | {gold} |", percent(right, found), percent(right, gold))?;
    }
    Ok(out)
}
