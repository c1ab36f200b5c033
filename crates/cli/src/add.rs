//! `chancery add`: documents into a ledger.

use std::time::{Duration, Instant};

use anyhow::Result;
use chancery_engine::Engine;
use chancery_ledger::{Added, Entry, Ledger};
use chancery_model::Coded;
use chancery_sources::Sourced;

use crate::Ending;
use crate::arguments::Add;
use crate::inputs::{code_inputs, summary};
use crate::progress::say;
use crate::tools::{coder_name, load_lexicon};

/// A batch is committed at so many documents, so many bytes of text, or after so long: large enough that waiting for
/// the disk costs little, small enough that an interruption loses little.
const BATCH_DOCUMENTS: usize = 512;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_TIME: Duration = Duration::from_secs(2);

/// Documents that were coded but not yet committed.
struct Batch<'l> {
    ledger: &'l mut Ledger,
    coder: &'l str,
    waiting: Vec<(Sourced, Coded)>,
    bytes: usize,
    since: Instant,
    added: Added,
}

impl Batch<'_> {
    fn push(&mut self, sourced: Sourced, coded: Coded) -> Result<()> {
        self.bytes += sourced.document.text.len();
        self.waiting.push((sourced, coded));
        let full = self.waiting.len() >= BATCH_DOCUMENTS || self.bytes >= BATCH_BYTES;
        if full || self.since.elapsed() >= BATCH_TIME { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<()> {
        let origins: Vec<String> = self.waiting.iter().map(|(sourced, _)| sourced.origin.to_string()).collect();
        let entries: Vec<Entry> = self
            .waiting
            .iter()
            .zip(&origins)
            .map(|((sourced, coded), origin)| Entry { document: &sourced.document, coded, origin: Some(origin) })
            .collect();
        self.added += self.ledger.add(&entries, self.coder)?;
        self.waiting.clear();
        self.bytes = 0;
        self.since = Instant::now();
        Ok(())
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Add) -> Result<Ending> {
    let lexicon = load_lexicon(arguments.coding.lexicon.as_deref())?;
    let coder = coder_name(arguments.coding.lexicon.as_deref());
    let engine = Engine::new(&lexicon);
    let mut ledger = Ledger::open(&arguments.ledger.path)?;
    // Asking goes on while a batch is prepared, so it has a connection of its own.
    let known = Ledger::open_read_only(&arguments.ledger.path)?;
    let mut batch = Batch {
        ledger: &mut ledger,
        coder: &coder,
        waiting: Vec::new(),
        bytes: 0,
        since: Instant::now(),
        added: Added::default(),
    };
    let is_known = |sourced: &Sourced| Ok(!arguments.recode && known.is_unchanged(&sourced.document, &coder)?);
    let result = code_inputs(&arguments.coding, &engine, is_known, |sourced, coded| batch.push(sourced, coded));
    // What was coded before something else failed is good.
    batch.commit()?;
    let added = batch.added;
    let (tally, progress, ending) = result?;
    say(&summary(&tally, &progress));
    say(&format!(
        "{}: {} new, {} replaced, {} unchanged",
        arguments.ledger.path.display(),
        added.new,
        added.replaced,
        added.unchanged + tally.skipped
    ));
    if ending == Ending::Interrupted {
        say("interrupted: the ledger is sound; run the same command again to go on");
    }
    Ok(ending)
}
