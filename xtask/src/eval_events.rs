//! Codes the development sets and scores the answers with the scorers beside them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use chancery_engine::Engine;
use chancery_model::{Document, Event, EventType};

use crate::lexicon;

/// `pairs`: marked pairs of parties; `facts`: the seed article; `actors`: names to codes; `visits`: listed
/// visits.
pub fn run(shared: &Path, args: &[&str]) -> anyhow::Result<()> {
    let lexicon = lexicon::of_tree()??;
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
        "visits" => visits(&engine, shared),
        "actors" => actors(&engine, &shared.join("gold/actor_names_dev.jsonl")),
        path => code_file(&engine, Path::new(path), &out.join("coded.jsonl")),
    }
}

/// Share of officially listed visits (foreign leaders in the United States, presidents and secretaries of state abroad) that give a
/// CONSULT of the right pair in the right month; an event without a date counts as of the record's own.
fn visits(engine: &Engine, shared: &Path) -> anyhow::Result<()> {
    for (name, abroad) in [("hsg_visits", false), ("hsg_travels", true)] {
        let path = shared.join(format!("corpora/{name}.jsonl"));
        let (mut count, mut pairs, mut months) = (0, 0, 0);
        for line in fs::read_to_string(&path).with_context(|| path.display().to_string())?.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            let field = |key: &str| record[key].as_str().unwrap_or_default();
            let slug = record["country"].as_str().or_else(|| record["country"][0].as_str()).unwrap_or_default();
            let land = slug.split('-').map(capitalised).collect::<Vec<_>>().join(" ");
            let Some(code) = engine.party_of(&land).0 else { continue };
            // the list of travels leaves out who travelled where: its columns say it
            let role = field("role").replace("secretary", "Secretary of State").replace("president", "President");
            let text = match abroad {
                true => format!("U.S. {role} {} visited {land}. {}", field("who"), field("text")),
                false => field("text").to_owned(),
            };
            let date = chancery_model::publication_date(field("date")).ok();
            let document = Document { id: field("id").to_owned(), date, text, ..Document::default() };
            let events = engine.code(&document).events;
            let of_pair = events.iter().filter(|event| {
                let parties = event.actors.iter().chain(&event.recipients);
                let codes: Vec<&str> = parties.filter_map(|party| party.code.as_deref()).collect();
                event.kind == EventType::Consult && codes.contains(&code.as_str()) && codes.contains(&"USA")
            });
            let in_month = |event: &Event| match (event.date, date) {
                (Some(found), Some(date)) => {
                    found.start <= date.last_of_month() && date.first_of_month() <= found.end
                }
                _ => true,
            };
            count += 1;
            pairs += u32::from(of_pair.clone().next().is_some());
            months += u32::from(of_pair.clone().any(in_month));
            if std::env::var_os("CHANCERY_MISSES").is_some() && !of_pair.clone().any(in_month) {
                println!("{code}: {}", document.text);
            }
        }
        println!("{name}: {count} records, pair {pairs}, pair and month {months}");
    }
    Ok(())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
