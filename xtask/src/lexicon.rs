//! `cargo xtask lexicon`: runs the examples of every entry and lists those that the coder answers otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chancery_engine::Engine;
use chancery_engine::examples::{Failure, Outcome, check_commitments, check_cues, check_events, check_parties};
use chancery_lexicon::{Lexicon, LexiconError, LexiconFiles};

/// The lexicon of the working tree, so that an edit of it needs no build; its bad entries are the inner error.
pub fn of_tree() -> anyhow::Result<Result<Lexicon, LexiconError>> {
    let mut files = LexiconFiles::default();
    files.lay_over(Path::new("data")).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    Ok(Lexicon::from_files(&files))
}

/// `events`, `parties` or `commitments`, then a part of a file's path to list, or `mark` to write the marks of known wrong answers anew.
pub fn run(args: &[&str]) -> anyhow::Result<()> {
    let lexicon = match of_tree()? {
        Ok(lexicon) => lexicon,
        Err(error) => {
            for problem in &error.0 {
                println!("{problem}");
            }
            println!("{} bad entries", error.0.len());
            std::process::exit(1);
        }
    };
    let engine = Engine::new(&lexicon);
    let parties = args.first() == Some(&"parties");
    let outcome = match args.first() {
        Some(&"commitments") => check_commitments(&engine),
        Some(&"statements") => check_cues(&engine),
        _ if parties => check_parties(&engine),
        _ => check_events(&engine),
    };
    if args.contains(&"mark") {
        return mark(&outcome);
    }
    let wanted = args.get(1).copied().unwrap_or("");
    for failure in outcome.failures.iter().filter(|failure| failure.file.contains(wanted)) {
        println!(
            "{}:{}: {}: {}\n    {}",
            failure.file, failure.line, failure.entry, failure.sentence, failure.reason
        );
    }
    println!(
        "{} examples, {} known wrong, {} not as marked",
        outcome.count,
        outcome.known_wrong,
        outcome.failures.len()
    );
    println!(
        "{} actors, {} roles, {} offices, {} event entries, {} patterns",
        lexicon.actors.len(),
        lexicon.roles.len(),
        lexicon.offices.len(),
        lexicon.events.len(),
        lexicon.patterns.len()
    );
    Ok(())
}

/// Rewrites the marks: a line that fails becomes `yes-wrong` or `no-wrong`, a mended one loses the `-wrong`.
fn mark(outcome: &Outcome) -> anyhow::Result<()> {
    let mut files: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in &outcome.failures {
        files.entry(&failure.file).or_default().push(failure);
    }
    for (file, failures) in files {
        let text = fs::read_to_string(file)?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for failure in failures {
            let line = &mut lines[failure.line - 1];
            let (key, rest) = line.trim_start().split_once(' ').unwrap_or((line, ""));
            let key =
                if failure.mended { key.trim_end_matches("-wrong").to_owned() } else { format!("{key}-wrong") };
            *line = format!("  {key}  {}", rest.trim_start());
        }
        fs::write(file, lines.join("\n") + "\n")?;
    }
    println!("{} lines marked anew", outcome.failures.len());
    Ok(())
}
