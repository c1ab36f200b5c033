//! `cargo xtask lexicon`: runs the examples of every entry and lists those that the coder answers otherwise.

use chancery_engine::Engine;
use chancery_engine::examples::{check_events, check_parties};
use chancery_lexicon::{Lexicon, LexiconFiles};

/// Lists failures of event or party entries, of the files whose path contains the second argument.
pub fn run(args: &[&str]) -> anyhow::Result<()> {
    let lexicon = match Lexicon::from_files(&LexiconFiles::embedded()) {
        Ok(lexicon) => lexicon,
        Err(error) => {
            for problem in &error.0 {
                println!("{problem}");
            }
            anyhow::bail!("{} bad entries", error.0.len());
        }
    };
    let engine = Engine::new(&lexicon);
    let parties = args.first() == Some(&"parties");
    let (failures, count) = if parties { check_parties(&engine) } else { check_events(&engine) };
    let wanted = args.get(1).copied().unwrap_or("");
    for failure in failures.iter().filter(|failure| failure.file.contains(wanted)) {
        println!("{}:{}: {}: {}\n    {}", failure.file, failure.line, failure.entry, failure.sentence, failure.reason);
    }
    println!("{count} examples, {} fail", failures.len());
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
