//! A process that is killed while it adds loses nothing that it acknowledged and leaves nothing by half.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use chancery_ledger::Ledger;
use chancery_model::{Coded, Document};
use common::{Random, add, sample};

const BATCH: u64 = 7;
const KILLS: usize = 60;
/// Read by the child; absent in the parent.
const LEDGER: &str = "CHANCERY_TEST_LEDGER";
const FIRST: &str = "CHANCERY_TEST_FIRST";

/// The child: adds batch after batch until it is killed, and says so after each.
#[test]
fn child_adds_until_killed() {
    let (Ok(path), Ok(first)) = (std::env::var(LEDGER), std::env::var(FIRST)) else { return };
    let mut ledger = Ledger::open(path).unwrap();
    for batch in first.parse::<u64>().unwrap().. {
        add(&mut ledger, &documents(batch));
        println!("\nacknowledged {batch}");
    }
}

type Sample = (Document, Coded);

fn documents(batch: u64) -> Vec<Sample> {
    // Every third batch is the one before in other words, so that replacing is interrupted as well.
    let first = if batch % 3 == 2 { batch - 1 } else { batch } * BATCH;
    (first..first + BATCH).map(|i| sample(i, batch)).collect()
}

#[test]
fn no_kill_loses_an_acknowledged_document_or_leaves_half_a_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.ledger");
    let mut random = Random(20_260_213);
    let mut next = 0;
    for kill in 0..KILLS {
        let mut child = spawn(path.to_str().unwrap(), next);
        let acknowledged = acknowledgements(child.stdout.take().unwrap());
        let mut last = None;
        // By progress, not by the clock, so that a busy machine does not kill every child before its first batch;
        // but every fourth anywhere, while the ledger is made or opened too.
        if kill % 4 != 3 {
            for _ in 0..1 + random.below(3) {
                last = acknowledged.recv_timeout(Duration::from_secs(60)).ok().or(last);
            }
        }
        thread::sleep(Duration::from_micros(random.below(40_000)));
        child.kill().unwrap(); // SIGKILL on Unix
        child.wait().unwrap();
        last = acknowledged.iter().last().or(last);
        next = last.map_or(next, |batch| batch + 1);
        check(&path, next, kill);
    }
    assert!(next > KILLS as u64 / 2, "only {next} batches were acknowledged in {KILLS} runs");
    println!("{KILLS} kills, {next} acknowledged batches of {BATCH} documents");
}

fn spawn(path: &str, first: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_adds_until_killed", "--nocapture", "--test-threads=1"])
        .env(LEDGER, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The batches that the child acknowledges, as it does so; ends with the child.
fn acknowledgements(output: impl std::io::Read + Send + 'static) -> Receiver<u64> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        for batch in lines.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok()) {
            let _ = sender.send(batch);
        }
    });
    receiver
}

/// The batches before `next` are there in full; the one that was under way is there in full or not at all.
fn check(path: &std::path::Path, next: u64, kill: usize) {
    if next == 0 && !path.exists() {
        return;
    }
    let ledger = Ledger::open(path).unwrap_or_else(|error| panic!("after kill {kill}: {error}"));
    assert_eq!(ledger.damage().unwrap(), Vec::<String>::new(), "after kill {kill}");
    assert_eq!(ledger.relations().unwrap(), ledger.recomputed_relations().unwrap(), "after kill {kill}");
    let is_there = |(document, coded): &Sample| {
        ledger.document(&document.id).unwrap().as_ref() == Some(document)
            && ledger.head(&document.id).unwrap().is_some_and(|head| ledger.coded(&head).unwrap() == *coded)
    };
    let under_way = documents(next).iter().filter(|sample| is_there(sample)).count() as u64;
    assert!(under_way == 0 || under_way == BATCH, "after kill {kill}: {under_way} of {BATCH} of batch {next}");
    // The latest after every kill, all of them now and then: reading everything each time takes a minute.
    let first = if kill % 10 == 9 { 0 } else { next.saturating_sub(6) };
    for batch in first..next {
        let is_replaced = batch % 3 == 1 && (batch + 1 < next || (batch + 1 == next && under_way == BATCH));
        assert!(is_replaced || documents(batch).iter().all(is_there), "after kill {kill}: batch {batch} of {next}");
    }
}
