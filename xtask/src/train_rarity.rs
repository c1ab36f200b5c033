//! `cargo xtask train rarity`: how many sentences hold each word, from US State Department releases (public domain).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;
use chancery_language::segment;

/// Rarer words are all alike.
const LEAST: usize = 12;
const TABLE: &str = "crates/ledger/src/happenings/rarity.txt";

/// Writes the table that the ledger compares reports with.
pub fn run(shared: &Path) -> Result<()> {
    let file = fs::read_to_string(shared.join("corpora/statedept_press.jsonl"))?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for line in file.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or_default();
        for sentence in segment(text) {
            let words = &text[sentence.span.start as usize..sentence.span.end as usize];
            let lower = words.to_lowercase().replace(['\'', '’'], "");
            let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
            all += 1;
            for word in words.into_iter().filter(|word| word.chars().any(char::is_alphabetic)) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count >= LEAST);
    let mut out = String::from(
        "# Number of sentences, then how many of them hold each word. Counted by `cargo xtask train rarity` in releases of the\n# US State Department, 2021 to 2022 (a work of the US government, public domain).\n",
    );
    writeln!(out, "{all}")?;
    for (word, count) in &counts {
        writeln!(out, "{word} {count}")?;
    }
    fs::write(TABLE, out)?;
    println!("{} words of {all} sentences in {TABLE}", counts.len());
    Ok(())
}
