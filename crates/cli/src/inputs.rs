//! What `code` and `add` share: reading documents, coding them in parallel, naming what failed, the summary.

use std::cell::Cell;
use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use anyhow::{Context, Result};
use chancery_engine::{Engine, Outcome, Parallel, code_in_order};
use chancery_model::{Coded, Document};
use chancery_sources::{Documents, Format, InputError, Options, Sourced};

use crate::Ending;
use crate::arguments::Coding;
use crate::progress::Progress;

/// No input was named and none is piped in.
#[derive(Debug)]
pub(crate) struct NoInput;

impl std::fmt::Display for NoInput {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("no input; name files, folders or globs, or `-` to read standard input")
    }
}

impl std::error::Error for NoInput {}

/// What was read, and what came of it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) documents: u64,
    pub(crate) words: u64,
    pub(crate) events: u64,
    /// Records that could not be read or coded.
    pub(crate) failed: u64,
    /// Documents that were not coded since nothing about them has changed.
    pub(crate) skipped: u64,
}

/// An input on its way through the coding threads.
enum Item {
    Unreadable(InputError),
    Known,
    New(Box<Sourced>),
}

/// Codes all inputs in order and hands each coded document to `take`; `is_known` tells which need no coding.
pub(crate) fn code_inputs(
    arguments: &Coding,
    engine: &Engine,
    is_known: impl Fn(&Sourced) -> Result<bool>,
    mut take: impl FnMut(Sourced, Coded) -> Result<()>,
) -> Result<(Tally, Progress, Ending)> {
    let inputs = inputs(arguments)?;
    let stop = stop_on_interrupt()?;
    let format = arguments.input_format.as_deref().and_then(Format::from_name);
    let options = Options { max_document: arguments.max_document, format, columns: arguments.columns.clone() };
    let mut documents = Documents::new(&inputs, options);
    let mut progress = Progress::new(total_bytes(&inputs));
    let (mut tally, mut asking) = (Tally::default(), Ok(()));
    let bytes = Cell::new(0);
    let items = std::iter::from_fn(|| {
        let item = match documents.next()? {
            Err(error) => Item::Unreadable(error),
            Ok(sourced) => match is_known(&sourced) {
                Ok(true) => Item::Known,
                Ok(false) => Item::New(Box::new(sourced)),
                Err(error) => {
                    asking = Err(error);
                    return None;
                }
            },
        };
        bytes.set(documents.bytes_read());
        Some(item)
    });
    let parallel = Parallel { threads: threads(arguments), stop: &stop };
    let all_read = code_in_order(engine, parallel, items, document_of, |item, outcome| {
        settle(item, outcome, &mut tally, &progress, &mut take)?;
        progress.update(bytes.get(), || format!("{} documents, {} failed", tally.documents, tally.failed));
        anyhow::Ok(())
    })?;
    asking?;
    say_skipped(&documents, &progress);
    let ending = match (all_read, tally.failed) {
        (false, _) => Ending::Interrupted,
        (true, 0) => Ending::Done,
        (true, _) => Ending::SomeFailed,
    };
    Ok((tally, progress, ending))
}

fn document_of(item: &Item) -> Option<&Document> {
    match item {
        Item::New(sourced) => Some(&sourced.document),
        Item::Unreadable(_) | Item::Known => None,
    }
}

/// Counts an item, names what failed and hands on what was coded.
fn settle(
    item: Item,
    outcome: Outcome,
    tally: &mut Tally,
    progress: &Progress,
    take: &mut impl FnMut(Sourced, Coded) -> Result<()>,
) -> Result<()> {
    let sourced = match item {
        Item::Unreadable(error) => {
            tally.failed += 1;
            progress.say(&format!("failed: {error}"));
            return Ok(());
        }
        Item::Known => {
            tally.documents += 1;
            tally.skipped += 1;
            return Ok(());
        }
        Item::New(sourced) => *sourced,
    };
    for notice in &sourced.notices {
        progress.say(&format!("note: {notice}"));
    }
    match outcome {
        Outcome::Coded(coded) => {
            tally.documents += 1;
            tally.words += sourced.document.text.split_whitespace().count() as u64;
            tally.events += coded.events.len() as u64;
            take(sourced, *coded)
        }
        Outcome::Failed(words) => {
            tally.failed += 1;
            progress.say(&format!(
                "failed: {}: coding document `{}` broke off ({words}); this is an error in Chancery: please report it \
                 with the text",
                sourced.origin, sourced.document.id
            ));
            Ok(())
        }
        Outcome::Passed => Ok(()),
    }
}

fn say_skipped(documents: &Documents, progress: &Progress) {
    let mut list = String::new();
    for (extension, count) in documents.skipped() {
        let _ = write!(list, "{}{count} {extension}", if list.is_empty() { "" } else { ", " });
    }
    if !list.is_empty() {
        progress.say(&format!("note: files in folders passed over, their kind not being read: {list}"));
    }
}

/// The summary's figures: documents, words, seconds, words a second, events, failures.
pub(crate) fn summary(tally: &Tally, progress: &Progress) -> String {
    progress.finish();
    let seconds = progress.elapsed().as_secs_f64();
    let speed = tally.words as f64 / seconds.max(0.001);
    format!(
        "{} documents, {} words coded in {seconds:.1} s ({speed:.0} words/s), {} events, {} failed",
        tally.documents, tally.words, tally.events, tally.failed
    )
}

fn inputs(arguments: &Coding) -> Result<Vec<String>> {
    if !arguments.inputs.is_empty() {
        return Ok(arguments.inputs.clone());
    }
    if io::stdin().is_terminal() {
        return Err(NoInput.into());
    }
    Ok(vec!["-".to_owned()])
}

fn threads(arguments: &Coding) -> usize {
    let cores = || thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.threads.map_or_else(cores, usize::from)
}

/// The size of all inputs, where each is an uncompressed file.
fn total_bytes(inputs: &[String]) -> Option<u64> {
    let size = |input: &String| {
        let file = Path::new(input).metadata().ok()?;
        let packed = [".gz", ".zst", ".zip", ".tgz", ".pdf"].iter().any(|end| input.ends_with(end));
        (file.is_file() && !packed).then_some(file.len())
    };
    inputs.iter().map(size).sum()
}

/// A flag that the first Ctrl-C sets; the second ends the process at once, which a ledger survives.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let stop = STOP.get_or_init(Arc::default);
    let flag = stop.clone();
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })
    .context("cannot catch Ctrl-C")?;
    Ok(stop.clone())
}
