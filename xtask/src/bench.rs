//! `cargo xtask bench PYTHON`: words a second of the language core and of the whole coder on one thread, beside spaCy's
//! `en_core_web_sm`.
//!
//! Both read the same Reuters stories in the same run, from raw text. Seconds are those that the processor spent, so
//! that other programs on the machine do not count.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use chancery_engine::Engine;
use chancery_language::{Core, Scratch, segment};
use chancery_lexicon::Lexicon;
use chancery_model::Document;

/// Stories read: about 200,000 words, some twenty seconds of spaCy.
const STORIES: usize = 1500;

/// Seconds of processor time that this thread has used; wall time where the system does not say.
fn seconds(began: Instant) -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let used = stat.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    used.map_or_else(|| began.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// A Markdown section with the figures.
pub fn run(shared: &Path, python: &str) -> Result<String> {
    let file = fs::read_to_string(shared.join("corpora/reuters.jsonl"))?;
    let mut texts = Vec::new();
    for line in file.lines().take(STORIES) {
        let row: serde_json::Value = serde_json::from_str(line)?;
        texts.push(row["text"].as_str().unwrap_or_default().to_string());
    }
    let began = Instant::now();
    let zero = seconds(began);
    let core = Core::embedded();
    let load = seconds(began) - zero;
    let mut best = [f64::MAX; 2];
    let mut words = 0;
    for _ in 0..3 {
        let start = seconds(began);
        let mut all: Vec<_> = texts.iter().map(|t| segment(t)).collect();
        let split = seconds(began);
        let mut scratch = Scratch::default();
        for (text, sentences) in texts.iter().zip(&mut all) {
            core.analyse_all(text, sentences, &mut scratch);
        }
        let end = seconds(began);
        best = [best[0].min(split - start), best[1].min(end - split)];
        words = all.iter().flatten().map(|s| s.tokens.len()).sum();
    }
    let whole = whole_coder(&texts, began);
    let (spacy_words, spacy_seconds) = spacy(python, &texts)?;
    let rate = |seconds: f64| words as f64 / seconds;
    let peer = spacy_words / spacy_seconds;
    let mut out = String::from(
        "## Speed of the language core\n\n| one thread | words/s | times spaCy |\n| --- | --- | --- |\n",
    );
    for (what, value) in [
        ("tags, lemmas, tree, names", rate(best[1])),
        ("the same with sentences and tokens", rate(best[0] + best[1])),
        ("the whole coder, from text to records", rate(whole)),
        ("spaCy en_core_web_sm, whole pipeline", peer),
    ] {
        writeln!(out, "| {what} | {value:.0} | {:.1} |", value / peer)?;
    }
    writeln!(out, "\n{} stories, {words} words; weights loaded in {:.1} ms.", texts.len(), load * 1e3)?;
    Ok(out)
}

/// Best processor seconds of three for coding every text as `chancery code` does.
fn whole_coder(texts: &[String], began: Instant) -> f64 {
    let engine = Engine::new(Lexicon::embedded());
    let documents: Vec<Document> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| Document { id: at.to_string(), text: text.clone(), ..Document::default() })
        .collect();
    let once = || {
        let start = seconds(began);
        documents.iter().for_each(|document| {
            std::hint::black_box(engine.code(document));
        });
        seconds(began) - start
    };
    (0..3).map(|_| once()).fold(f64::MAX, f64::min)
}

/// Words and processor seconds of spaCy over the same texts.
fn spacy(python: &str, texts: &[String]) -> Result<(f64, f64)> {
    let file = std::env::temp_dir().join(format!("chancery-bench-{}.json", std::process::id()));
    fs::write(&file, serde_json::to_string(texts)?)?;
    let output = Command::new(python)
        .args(["xtask/train/spacy_speed.py".as_ref(), file.as_os_str()])
        .env("OMP_NUM_THREADS", "1")
        .output()
        .context("running spaCy")?;
    fs::remove_file(&file)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [words, seconds] => Ok((words, seconds)),
        _ => anyhow::bail!("spaCy gave no figures: {}", String::from_utf8_lossy(&output.stderr)),
    }
}
