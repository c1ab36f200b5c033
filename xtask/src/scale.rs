//! `cargo xtask scale [DOCUMENTS] [LEDGER]`: how the time of linking grows with the ledger.
//!
//! State Department releases, current-event reports and Reuters stories are added together in batches, as `chancery add`
//! does it; when they are through they come again with changes: a quarter with sentences dropped (reprints), the rest
//! with sentences moved, names and figures exchanged and every sixth word replaced, under later dates. Coding is not
//! counted: what is measured is the ledger, from coded records to reprints, happenings, relations, and reading the
//! commitments, disputes and stories of all documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use chancery_engine::{Engine, Outcome, Parallel, code_in_order};
use chancery_ledger::{Entry, Ledger, links, stories};
use chancery_lexicon::Lexicon;
use chancery_model::{Coded, Document};

const CORPORA: [&str; 3] = ["statedept_press", "wp_current_events", "reuters"];
const BATCH: usize = 512;
/// Sizes at which the whole is read and a line is written.
const STEPS: [usize; 7] = [2_500, 5_000, 10_000, 25_000, 50_000, 75_000, 100_000];

/// Adds `most` documents to a new ledger and prints a line for each of [`STEPS`].
pub fn run(shared: &Path, most: usize, ledger: Option<&Path>) -> Result<()> {
    let path = ledger
        .map_or_else(|| std::env::temp_dir().join(format!("scale-{}.ledger", std::process::id())), PathBuf::from);
    anyhow::ensure!(!path.exists(), "{} exists; name another file", path.display());
    let base = documents(shared)?;
    let engine = Engine::new(Lexicon::embedded());
    let stop = AtomicBool::new(false);
    let parallel = Parallel { threads: std::thread::available_parallelism().map_or(1, usize::from), stop: &stop };
    let mut run =
        Run { ledger: Ledger::open(&path)?, waiting: Vec::new(), added: 0, adding: Duration::ZERO, processor: 0.0 };
    println!(
        "| documents | adding, s | processor, s | processor ms a document | commitments, s | disputes, s | stories, s | linked, s | peak memory, MB | ledger, MB |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let items = (0..most).map(|at| varied(&base[at % base.len()], at / base.len(), at as u64));
    code_in_order(
        &engine,
        parallel,
        items,
        |document| Some(document),
        |document, outcome| {
            if let Outcome::Coded(coded) = outcome {
                run.waiting.push((document, *coded));
            }
            run.step(&path)
        },
    )?;
    run.add()?;
    if ledger.is_none() {
        drop(run);
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
    }
    Ok(())
}

struct Run {
    ledger: Ledger,
    waiting: Vec<(Document, Coded)>,
    added: usize,
    adding: Duration,
    /// Seconds that the processor spent on adding, so that other work on the machine does not count.
    processor: f64,
}

impl Run {
    /// Adds a batch when it is full, and reports at each of [`STEPS`].
    fn step(&mut self, path: &Path) -> Result<()> {
        let at_step = STEPS.contains(&(self.added + self.waiting.len()));
        if self.waiting.len() >= BATCH || at_step {
            self.add()?;
        }
        if at_step { self.report(path) } else { Ok(()) }
    }

    fn add(&mut self) -> Result<()> {
        let entries: Vec<Entry> =
            self.waiting.iter().map(|(document, coded)| Entry { document, coded, origin: None }).collect();
        let (began, processor) = (Instant::now(), processor_seconds());
        self.ledger.add(&entries, "scale")?;
        self.adding += began.elapsed();
        self.processor += processor_seconds() - processor;
        self.added += self.waiting.len();
        self.waiting.clear();
        Ok(())
    }

    fn report(&self, path: &Path) -> Result<()> {
        let timed = |what: &dyn Fn() -> Result<()>| -> Result<f64> {
            let began = Instant::now();
            what()?;
            Ok(began.elapsed().as_secs_f64())
        };
        let ledger = &self.ledger;
        let commitments = timed(&|| links::commitments(ledger, None).map(drop).map_err(Into::into))?;
        let disputes = timed(&|| links::disputes(ledger).map(drop).map_err(Into::into))?;
        let told = timed(&|| Ok(stories::for_each_story(ledger, |_| Ok(()))?))?;
        let adding = self.adding.as_secs_f64();
        println!(
            "| {} | {adding:.1} | {:.1} | {:.2} | {commitments:.1} | {disputes:.1} | {told:.1} | {:.1} | {} | {} |",
            self.added,
            self.processor,
            1e3 * self.processor / self.added as f64,
            adding + commitments + disputes + told,
            peak_memory().unwrap_or(0) / 1024,
            fs::metadata(path)?.len() >> 20,
        );
        Ok(())
    }
}

/// Seconds of processor time that this thread has used; 0 where the system does not say.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
    stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok()).map_or(0.0, |nanoseconds| nanoseconds / 1e9)
}

/// Kilobytes that the process held at most, where the system says.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The documents of all corpora, mixed but always in the same order.
fn documents(shared: &Path) -> Result<Vec<Document>> {
    let mut found = Vec::new();
    for corpus in CORPORA {
        let path = shared.join(format!("corpora/{corpus}.jsonl"));
        let file = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for line in file.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let field = |name: &str| row[name].as_str().map(str::to_owned);
            found.push(Document {
                id: field("id").unwrap_or_default(),
                date: field("date").and_then(|date| date.parse().ok()),
                title: field("title"),
                text: field("text").unwrap_or_default(),
                source: field("source"),
                ..Document::default()
            });
        }
    }
    found.sort_by_key(|document| Random::new(&document.id, 0).next());
    Ok(found)
}

/// The document in its `round`th coming: unchanged in the first.
fn varied(document: &Document, round: usize, number: u64) -> Document {
    let mut document = document.clone();
    if round == 0 {
        return document;
    }
    let mut random = Random::new(&document.id, number);
    document.id = format!("{}-{round}", document.id);
    document.date = document.date.and_then(|date| date.checked_add(jiff::Span::new().days(37 * round as i64)).ok());
    document.text = if random.below(4) == 0 {
        reprinted(&document.text, &mut random)
    } else {
        rewritten(&document.text, &mut random)
    };
    document
}

/// Every fifth sentence dropped.
fn reprinted(text: &str, random: &mut Random) -> String {
    text.split_inclusive(". ").filter(|_| random.below(5) > 0).collect()
}

/// Sentences moved, names and figures exchanged, every sixth word another.
fn rewritten(text: &str, random: &mut Random) -> String {
    let mut other = Random(random.next());
    let mut sentences: Vec<String> = text
        .split_inclusive(". ")
        .filter(|_| random.below(6) > 0)
        .map(|sentence| sentence.split(' ').map(|word| other_word(word, &mut other)).collect::<Vec<_>>().join(" "))
        .collect();
    for at in (1..sentences.len()).rev() {
        sentences.swap(at, random.below(at as u64 + 1) as usize);
    }
    sentences.concat()
}

fn other_word(word: &str, random: &mut Random) -> String {
    const NAMES: [&str; 12] = [
        "Kenya",
        "Peru",
        "Norway",
        "Vietnam",
        "Ghana",
        "Chile",
        "Oman",
        "Nepal",
        "Okafor",
        "Lindqvist",
        "Castellanos",
        "Tanaka",
    ];
    const WORDS: [&str; 12] = [
        "early", "local", "further", "regional", "often", "public", "several", "new", "large", "joint", "recent",
        "open",
    ];
    let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if plain && !word.is_empty() && word.starts_with(|c: char| c.is_ascii_uppercase()) && random.below(3) == 0 {
        NAMES[random.below(12) as usize].to_owned()
    } else if word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty() {
        (10 + random.below(990)).to_string()
    } else if plain && word.len() > 3 && random.below(4) == 0 {
        WORDS[random.below(12) as usize].to_owned()
    } else {
        word.to_owned()
    }
}

/// Steele's SplitMix64.
struct Random(u64);

impl Random {
    fn new(id: &str, number: u64) -> Random {
        Random(id.bytes().fold(number.wrapping_mul(0x9e37_79b9_7f4a_7c15), |seed, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}
