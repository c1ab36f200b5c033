//! `chancery demo`: the sample corpus into a ledger, and what it then knows about one relation.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Parser;

use crate::arguments::{Arguments, Demo};
use crate::progress::say;
use crate::{Ending, dispatch};

static ARTICLES: &str = include_str!("../../../samples/articles.jsonl");

/// Runs the command: each step is a command that the reader can repeat.
pub(crate) fn run(arguments: &Demo) -> Result<Ending> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let articles = folder.join("articles.jsonl");
    fs::write(&articles, ARTICLES).with_context(|| format!("cannot write {}", articles.display()))?;
    let ledger = folder.join("demo.ledger");
    let (articles, ledger) = (shown(&articles), shown(&ledger));
    step(&["add", &articles, "-l", &ledger])?;
    step(&[
        "sql",
        "SELECT type, count(*) AS events, round(avg(intensity), 1) AS intensity FROM events GROUP BY type ORDER BY 2 DESC",
        "-l",
        &ledger,
    ])?;
    step(&["events", "-l", &ledger, "--pair", "PAK", "RUS", "--limit", "8"])?;
    say(&format!("\nThe articles are in {articles}, the ledger is {ledger}. Next: chancery --help"));
    Ok(Ending::Done)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Shows a command and runs it.
fn step(words: &[&str]) -> Result<()> {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() })
        .collect();
    say(&format!("\n$ chancery {}", quoted.join(" ")));
    let arguments = Arguments::try_parse_from(std::iter::once("chancery").chain(words.iter().copied()))?;
    dispatch(arguments.command)?;
    Ok(())
}
