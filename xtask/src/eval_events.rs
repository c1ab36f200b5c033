//! Codes the development sets and scores the answers with the scorers beside them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use chancery_engine::Engine;
use chancery_lexicon::{Lexicon, LexiconFiles};
use chancery_model::Document;

/// `pairs`: marked pairs of parties; `facts`: the seed article; `actors`: names to codes.
pub fn run(shared: &Path, args: &[&str]) -> anyhow::Result<()> {
    // read from the working tree, so that an edit of the lexicon needs no build
    let mut files = LexiconFiles::default();
    files.lay_over(Path::new("data")).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let lexicon = Lexicon::from_files(&files)?;
    let engine = Engine::new(&lexicon);
    let out = Path::new("target/eval");
    fs::create_dir_all(out)?;
    let scorer = |name: &str| shared.join("eval").join(name);
    let set = args.first().copied().unwrap_or("pairs");
    let rest = args.get(1..).unwrap_or_default();
    match set {
        "pairs" => {
            let gold = shared.join("gold/plv_train.jsonl");
            let coded = out.join("pairs.jsonl");
            code_file(&engine, &gold, &coded)?;
            python(&scorer("score_pairs.py"), &[gold.as_path(), &coded], rest)
        }
        "facts" => {
            let gold = shared.join("seed/pakistan_russia.jsonl");
            let coded = out.join("seed.jsonl");
            code_file(&engine, &gold, &coded)?;
            python(&scorer("score_facts.py"), &[gold.as_path(), &shared.join("seed/expected.jsonl"), &coded], rest)
        }
        "statements" => {
            let gold = shared.join("gold/polnear_dev.jsonl");
            let coded = out.join("statements.jsonl");
            code_file(&engine, &gold, &coded)?;
            python(&scorer("score_statements.py"), &[gold.as_path(), &coded], rest)
        }
        "actors" => actors(&engine, &shared.join("gold/actor_names_dev.jsonl")),
        path => code_file(&engine, Path::new(path), &out.join("coded.jsonl")),
    }
}

/// Share of party phrases with the right country, and with the right country and sector.
fn actors(engine: &Engine, gold: &Path) -> anyhow::Result<()> {
    let (mut count, mut country, mut both) = (0, 0, 0);
    for line in fs::read_to_string(gold)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let (code, sector) = engine.party_of(text);
        let wanted_sector = record["sector"].as_str().unwrap_or("");
        let right = code.as_deref() == record["code"].as_str();
        let sector_right = wanted_sector.is_empty() || sector.map(|sector| sector.label()) == Some(wanted_sector);
        count += 1;
        country += u32::from(right);
        both += u32::from(right && sector_right);
        if !(right && sector_right) {
            println!("{text}: {code:?} {sector:?}, not {} {wanted_sector}", record["code"]);
        }
    }
    println!("{count} phrases: country {country}, country and sector {both}");
    Ok(())
}

fn code_file(engine: &Engine, documents: &Path, coded: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(documents).with_context(|| documents.display().to_string())?;
    let mut out = String::new();
    let started = std::time::Instant::now();
    let mut words = 0;
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let field = |key: &str| record[key].as_str().map(str::to_owned);
        let document = Document {
            id: field("id").unwrap_or_default(),
            date: field("date").and_then(|date| chancery_model::publication_date(&date).ok()),
            title: field("title"),
            text: field("text").unwrap_or_default(),
            ..Document::default()
        };
        words += document.text.split_whitespace().count();
        out.push_str(&serde_json::to_string(&engine.code(&document))?);
        out.push('\n');
    }
    let seconds = started.elapsed().as_secs_f64();
    eprintln!("{words} words in {seconds:.2} s: {:.0} words a second", words as f64 / seconds);
    Ok(fs::write(coded, out)?)
}

fn python(script: &Path, files: &[&Path], rest: &[&str]) -> anyhow::Result<()> {
    let status = Command::new("python3").arg(script).args(files).args(rest).status()?;
    anyhow::ensure!(status.success(), "{} failed", script.display());
    Ok(())
}
