//! The commands that need few words: `explain`, `export`, `lexicon`; and loading the lexicon for all.

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Result;
use chancery_engine::Engine;
use chancery_ledger::{ExportFormat, Ledger};
use chancery_lexicon::{Lexicon, LexiconError, LexiconFiles};
use sha2::{Digest, Sha256};

use crate::Ending;
use crate::arguments::{self, ExportAs, LexiconCommand};
use crate::progress::say;

/// A lexicon that cannot be used, with all its problems.
#[derive(Debug)]
pub(crate) struct BadLexicon(LexiconError);

impl fmt::Display for BadLexicon {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let LexiconError(problems) = &self.0;
        for problem in problems {
            writeln!(f, "{problem}")?;
        }
        write!(f, "the lexicon has {} bad entries; nothing was done", problems.len())
    }
}

impl std::error::Error for BadLexicon {}

/// The program's lexicon, or that with `overlay` laid over it.
pub(crate) enum Loaded {
    Embedded(&'static Lexicon),
    WithOverlay(Box<Lexicon>),
}

impl std::ops::Deref for Loaded {
    type Target = Lexicon;

    fn deref(&self) -> &Lexicon {
        match self {
            Loaded::Embedded(lexicon) => lexicon,
            Loaded::WithOverlay(lexicon) => lexicon,
        }
    }
}

/// Loads the lexicon.
pub(crate) fn load_lexicon(overlay: Option<&Path>) -> Result<Loaded> {
    let Some(folder) = overlay else { return Ok(Loaded::Embedded(Lexicon::embedded())) };
    let lexicon = Lexicon::with_overlay(folder).map_err(BadLexicon)?;
    Ok(Loaded::WithOverlay(Box::new(lexicon)))
}

/// Names program and lexicon, so that a change of either codes known documents again.
pub(crate) fn coder_name(overlay: Option<&Path>) -> String {
    struct Hashing(Sha256);
    impl fmt::Write for Hashing {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut files = LexiconFiles::embedded();
    if let Some(folder) = overlay {
        // A folder that cannot be read was refused when the lexicon was loaded.
        let _ = files.lay_over(folder);
    }
    let mut hash = Hashing(Sha256::new());
    let _ = write!(hash, "{files:?}");
    let hash: String = hash.0.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("chancery {} lexicon {hash}", env!("CARGO_PKG_VERSION"))
}

/// `chancery explain`.
pub(crate) fn explain(arguments: &arguments::Explain) -> Result<Ending> {
    let lexicon = load_lexicon(arguments.lexicon.as_deref())?;
    let engine = Engine::new(&lexicon);
    let explanation = chancery_engine::explain(&engine, &arguments.text, arguments.date);
    writeln!(io::stdout(), "{}", explanation.trim_end())?;
    Ok(Ending::Done)
}

/// `chancery export`.
pub(crate) fn export(arguments: &arguments::Export) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let format = match arguments.format {
        ExportAs::Jsonl => ExportFormat::JsonLines,
        ExportAs::Csv => ExportFormat::Csv,
        ExportAs::Parquet => ExportFormat::Parquet,
    };
    for (kind, rows) in ledger.export(&arguments.output, format, arguments.as_of)? {
        let file = arguments.output.join(format!("{kind}.{}", format.extension()));
        say(&format!("{}: {rows} rows", file.display()));
    }
    Ok(Ending::Done)
}

/// `chancery lexicon check`.
pub(crate) fn lexicon(arguments: &arguments::Lexicon) -> Result<Ending> {
    let LexiconCommand::Check { folder } = &arguments.command;
    match Lexicon::with_overlay(folder) {
        Ok(lexicon) => {
            let Lexicon { actors, offices, events, roles, .. } = &lexicon;
            let counts = [actors.len(), roles.len(), offices.len(), events.len()];
            let [actors, roles, offices, events] = counts;
            say(&format!(
                "{}: no problem; with the program's own, {actors} actors, {roles} role nouns, {offices} offices, \
                 {events} event entries",
                folder.display()
            ));
            Ok(Ending::Done)
        }
        Err(LexiconError(problems)) => {
            let mut out = io::stdout().lock();
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            say(&format!("{}: {} problems", folder.display(), problems.len()));
            Ok(Ending::SomeFailed)
        }
    }
}
