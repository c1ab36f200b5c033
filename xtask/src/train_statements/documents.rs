//! The annotated documents, parsed, and how extents meet their annotation.

use std::fs;
use std::path::Path;

use anyhow::Result;
use chancery_engine::Engine;
use chancery_model::{Extent, Sentence};

/// An annotated document, parsed.
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) sentences: Vec<Sentence>,
    pub(super) attributions: Vec<Attribution>,
}

/// Code-point ranges.
#[derive(Clone, Default)]
pub(super) struct Attribution {
    pub(super) source: Vec<(u32, u32)>,
    pub(super) cue: Vec<(u32, u32)>,
    pub(super) content: Vec<(u32, u32)>,
}

pub(super) fn parse(engine: &Engine, path: &Path) -> Result<Vec<Parsed>> {
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

pub(super) fn parsed(engine: &Engine, line: &str) -> Result<Parsed> {
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

pub(super) fn overlap(spans: &[(u32, u32)], extent: Extent) -> f64 {
    let shared: u32 = spans.iter().map(|&(s, e)| e.min(extent.1).saturating_sub(s.max(extent.0))).sum();
    let whole: u32 = spans.iter().map(|&(s, e)| e - s).sum::<u32>() + (extent.1 - extent.0) - shared;
    f64::from(shared) / f64::from(whole.max(1))
}

pub(super) fn gold_shared(spans: &[(u32, u32)], extent: Extent) -> u32 {
    spans.iter().map(|&(s, e)| e.min(extent.1).saturating_sub(s.max(extent.0))).sum()
}

pub(super) fn touches(spans: &[(u32, u32)], extent: Extent) -> bool {
    spans.iter().any(|&(s, e)| s < extent.1 && extent.0 < e)
}

/// Sentences that the engine left unread have no lemmas.
pub(super) fn is_read(sentence: &Sentence) -> bool {
    sentence.kind.is_content() && sentence.tokens.first().is_some_and(|token| !token.lemma.is_empty())
}
