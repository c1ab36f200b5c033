//! What must hold of links across documents.

mod common;

use chancery_ledger::links::{self, CommitmentEntry};
use chancery_ledger::{Ledger, LedgerError};
use chancery_model::{Coded, Commitment, CommitmentKind, DateInterval, Document, Extent, Stage};
use common::{Random, add};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TITLES: [&str; 10] = [
    "Marsabit-Yabelo transmission line",
    "Transmission line",
    "Power line between Marsabit and Yabelo",
    "Visa agreement",
    "Readmission agreement",
    "Accord on readmission",
    "Fifth summit",
    "Sixth summit",
    "Visit to Nairobi",
    "Trade agreement",
];

fn kind(title: &str) -> CommitmentKind {
    match title {
        "Fifth summit" | "Sixth summit" => CommitmentKind::Meeting,
        "Visit to Nairobi" => CommitmentKind::Visit,
        title if title.contains("line") => CommitmentKind::Project,
        _ => CommitmentKind::Agreement,
    }
}

fn report(id: &str, published: Date, title: &str, parties: &[&str], stage: Stage) -> (Document, Coded) {
    // other records come from other words: a document with the same words is known, and not coded again
    let text =
        format!("{title} is reported here: {stage:?}, {}. {}", parties.join(", "), "More words follow. ".repeat(3));
    let document = Document { id: id.into(), date: Some(published), text, ..Document::default() };
    let mut coded = Coded::empty(&document, "en");
    coded.commitments.push(Commitment {
        id: format!("{id}#c1"),
        title: title.into(),
        kind: kind(title),
        parties: parties.iter().map(|&code| code.to_owned()).collect(),
        beneficiary: None,
        sectors: Vec::new(),
        stage,
        due: None,
        date: Some(DateInterval::day(published)).filter(|_| stage >= Stage::Signed),
        figures: Vec::new(),
        statement: None,
        evidence: Extent(0, title.chars().count() as u32),
    });
    (document, coded)
}

fn random_reports(seed: u64, count: u64) -> Vec<(Document, Coded)> {
    let mut random = Random(seed);
    (0..count)
        .map(|i| {
            let day = date(2026, 1 + random.below(6) as i8, 1 + random.below(28) as i8);
            let parties: &[&str] =
                random.pick(&[&["ETH", "KEN"][..], &["KEN"][..], &["ETH", "KEN", "UGA"][..], &["IND", "JPN"][..]]);
            report(&format!("d{i:03}"), day, random.pick(&TITLES), parties, random.pick(Stage::ALL))
        })
        .collect()
}

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("l.ledger")).unwrap();
    (folder, ledger)
}

fn entries(ledger: &Ledger) -> Vec<CommitmentEntry> {
    links::commitments(ledger, links::latest_day(ledger).unwrap()).unwrap()
}

fn entry_of<'e>(entries: &'e [CommitmentEntry], document: &str) -> &'e CommitmentEntry {
    entries.iter().find(|entry| entry.stages.iter().any(|stage| stage.document == document)).unwrap()
}

fn documents(entry: &CommitmentEntry) -> Vec<&str> {
    entry.stages.iter().map(|stage| stage.document.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_batches_and_replacement_make_no_difference(seed in 0u64..1_000_000, size in 1usize..9) {
        let reports = random_reports(seed, 40);
        let (_one, mut straight) = ledger();
        add(&mut straight, &reports);

        let mut shuffled = reports.clone();
        let mut random = Random(seed + 1);
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, random.below(at as u64 + 1) as usize);
        }
        let (_other, mut split) = ledger();
        // some documents first hold other reports, and are replaced
        add(&mut split, &random_reports(seed + 2, 10));
        for batch in shuffled.chunks(size) {
            add(&mut split, batch);
        }
        prop_assert_eq!(entries(&straight), entries(&split));
        let before = entries(&split);
        split.relink().unwrap();
        prop_assert_eq!(before, entries(&split));
    }
}

#[test]
fn other_names_link_and_other_numbers_places_and_parties_do_not() {
    let (_folder, mut ledger) = ledger();
    let pair = &["ETH", "KEN"];
    add(
        &mut ledger,
        &[
            report("a", date(2026, 1, 12), "Marsabit-Yabelo transmission line", pair, Stage::Agreed),
            report("b", date(2026, 2, 19), "Power line between Marsabit and Yabelo", pair, Stage::UnderWay),
            report("c", date(2026, 2, 19), "Transmission line", &["IND", "JPN"], Stage::Agreed),
            report("d", date(2026, 1, 12), "Fifth summit", pair, Stage::Announced),
            report("e", date(2026, 1, 14), "Sixth summit", pair, Stage::Announced),
            report("f", date(2026, 1, 12), "Visa agreement", pair, Stage::Signed),
            report("g", date(2026, 1, 20), "Readmission accord", pair, Stage::Proposed),
            report("h", date(2026, 3, 1), "Agreement on readmission", pair, Stage::Signed),
        ],
    );
    let entries = entries(&ledger);
    assert_eq!(documents(entry_of(&entries, "a")), ["a", "b"]);
    assert_eq!(entry_of(&entries, "a").current, Stage::UnderWay);
    assert_eq!(documents(entry_of(&entries, "g")), ["g", "h"]);
    for alone in ["c", "d", "e", "f"] {
        assert_eq!(documents(entry_of(&entries, alone)), [alone]);
    }
}

#[test]
fn decisions_by_hand_hold_through_recoding_and_can_be_undone() {
    let (_folder, mut ledger) = ledger();
    let pair = &["ETH", "KEN"];
    let reports = [
        report("a", date(2026, 1, 12), "Readmission agreement", pair, Stage::Proposed),
        report("b", date(2026, 2, 19), "Readmission agreement", pair, Stage::Signed),
        report("c", date(2026, 2, 20), "Visa agreement", pair, Stage::Signed),
    ];
    add(&mut ledger, &reports);
    let before = entries(&ledger);
    assert_eq!(documents(entry_of(&before, "a")), ["a", "b"]);

    let apart = ledger.unlink(&["b#c1".into()], Some("reader"), date(2026, 3, 1)).unwrap();
    let visa = entry_of(&before, "c").id.clone();
    let same = ledger.link(&[visa, "b#c1".into()], None, date(2026, 3, 2)).unwrap();
    let decided = entries(&ledger);
    assert_eq!(documents(entry_of(&decided, "a")), ["a"]);
    assert_eq!(documents(entry_of(&decided, "b")), ["b", "c"]);

    // the document is coded anew: other row, other number, evidence a little longer
    let (document, mut coded) = reports[1].clone();
    coded.commitments[0].id = "b#c7".into();
    coded.commitments[0].evidence = Extent(0, 24);
    let again = chancery_ledger::Entry { document: &document, coded: &coded, origin: None };
    ledger.add(&[again], "test 2").unwrap();
    let recoded = entries(&ledger);
    assert_eq!(documents(entry_of(&recoded, "a")), ["a"]);
    assert_eq!(documents(entry_of(&recoded, "b")), ["b", "c"]);
    ledger.relink().unwrap();
    assert_eq!(entries(&ledger), recoded);

    assert_eq!(ledger.decisions().unwrap().len(), 2);
    ledger.undo_decision(same).unwrap();
    ledger.undo_decision(apart).unwrap();
    assert!(matches!(ledger.undo_decision(apart), Err(LedgerError::NoDecision(_))));
    add(&mut ledger, &reports);
    assert_eq!(entries(&ledger), before);
    assert!(matches!(ledger.link(&["nobody".into()], None, date(2026, 3, 1)), Err(LedgerError::NoCommitment(_))));
}

#[test]
fn history_does_not_set_a_commitment_back_and_stalling_does() {
    let (_folder, mut ledger) = ledger();
    let pair = &["ETH", "KEN"];
    let title = "Readmission agreement";
    let add_one = |ledger: &mut Ledger, id: &str, day: Date, stage: Stage| {
        add(ledger, &[report(id, day, title, pair, stage)]);
        entry_of(&entries(ledger), id).current
    };
    assert_eq!(add_one(&mut ledger, "a", date(2026, 1, 2), Stage::Signed), Stage::Signed);
    assert_eq!(add_one(&mut ledger, "b", date(2026, 1, 20), Stage::Proposed), Stage::Signed);
    assert_eq!(add_one(&mut ledger, "c", date(2026, 1, 25), Stage::Stalled), Stage::Stalled);
    assert_eq!(add_one(&mut ledger, "d", date(2026, 1, 30), Stage::InForce), Stage::InForce);
}
