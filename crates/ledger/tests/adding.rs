//! What must hold whenever documents are added.

mod common;

use chancery_ledger::{Added, EventFilter, Ledger, LedgerError, links};
use chancery_model::{Coded, Document};
use common::{CODER, Random, add, sample};
use proptest::prelude::*;

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("l.ledger")).unwrap();
    (folder, ledger)
}

fn read_back(ledger: &Ledger, id: &str) -> (Document, Coded) {
    let head = ledger.head(id).unwrap().unwrap();
    (ledger.document(id).unwrap().unwrap(), ledger.coded(&head).unwrap())
}

#[test]
fn what_was_added_is_read_back_unchanged() {
    let (_folder, mut ledger) = ledger();
    let samples: Vec<_> = (0..60).map(|i| sample(i, 0)).collect();
    add(&mut ledger, &samples);
    for (document, coded) in samples {
        assert_eq!(read_back(&ledger, &document.id), (document, coded));
    }
    assert_eq!(ledger.damage().unwrap(), Vec::<String>::new());
}

#[test]
fn adding_again_changes_nothing_and_other_content_replaces() {
    let (_folder, mut ledger) = ledger();
    let samples: Vec<_> = (0..10).map(|i| sample(i, 0)).collect();
    assert_eq!(add(&mut ledger, &samples), Added { new: 10, ..Added::default() });
    let before = ledger.relations().unwrap();
    assert_eq!(add(&mut ledger, &samples), Added { unchanged: 10, ..Added::default() });
    assert_eq!(ledger.relations().unwrap(), before);
    assert!(ledger.is_unchanged(&samples[3].0, CODER).unwrap());
    assert!(!ledger.is_unchanged(&samples[3].0, "test 2").unwrap());

    let changed = vec![sample(3, 1)];
    assert_eq!(add(&mut ledger, &changed), Added { replaced: 1, ..Added::default() });
    assert_eq!(read_back(&ledger, &changed[0].0.id), changed[0]);
    assert_eq!(ledger.relations().unwrap(), ledger.recomputed_relations().unwrap());
    assert_eq!(search(&mut ledger, "wording AND 0 AND text AND 3"), 0);
    assert_eq!(search(&mut ledger, "wording AND 1 AND text AND 3"), 1);
}

fn search(ledger: &mut Ledger, words: &str) -> usize {
    let mut found = 0;
    let sql = format!("SELECT rowid FROM search WHERE search MATCH '{words}'");
    ledger
        .query::<LedgerError>(
            &sql,
            |_| Ok(()),
            |_| {
                found += 1;
                Ok(())
            },
        )
        .unwrap();
    found
}

#[test]
fn events_are_found_by_pair_latest_first_with_their_words() {
    let (_folder, mut ledger) = ledger();
    add(&mut ledger, &(0..60).map(|i| sample(i, 0)).collect::<Vec<_>>());
    let mut days = Vec::new();
    let filter = EventFilter { between: Some(("RUS".into(), "PAK".into())), ..EventFilter::default() };
    ledger
        .for_each_event::<LedgerError>(&filter, |found| {
            let codes: Vec<_> = found.record.actors.iter().chain(&found.record.recipients).collect();
            assert!(["RUS", "PAK"].iter().all(|code| codes.iter().any(|p| p.code.as_deref() == Some(code))));
            assert_eq!(found.words, "Łódź – wordi");
            days.push(found.record.date.map(|date| date.start).or(found.document.date));
            Ok(())
        })
        .unwrap();
    let pairs: i64 = ledger
        .relations()
        .unwrap()
        .iter()
        .filter(|r| (r.a.as_str(), r.b.as_str()) == ("PAK", "RUS"))
        .map(|r| r.count)
        .sum();
    // A happening is counted once, however many documents report it.
    assert!((1..=days.len() as i64).contains(&pairs), "{pairs} of {}", days.len());
    assert!(days.len() > 5 && days.is_sorted_by(|one, other| one >= other));
}

#[test]
fn reports_of_one_commitment_are_one_entry() {
    let (_folder, mut ledger) = ledger();
    let mut samples: Vec<_> = (0..6).map(|i| sample(i, 0)).collect();
    for (_, coded) in &mut samples {
        coded.commitments[0].date = None; // two signings months apart would be two
    }
    add(&mut ledger, &samples);
    let entries = links::commitments(&ledger, links::latest_day(&ledger).unwrap()).unwrap();
    assert_eq!((entries.len(), entries[0].stages.len()), (1, 6));
    assert!(entries[0].stages.iter().any(|stage| stage.stage == entries[0].current));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Adding, replacing and adding again, in batches of any size: the kept relations are those counted anew.
    #[test]
    fn kept_relations_equal_recomputed_ones(steps in prop::collection::vec((0u64..12, 0u64..3), 1..40), batch in 1usize..9) {
        let (_folder, mut ledger) = ledger();
        let samples: Vec<_> = steps.iter().map(|(i, edition)| sample(*i, *edition)).collect();
        for batch in samples.chunks(batch) {
            add(&mut ledger, batch);
            prop_assert_eq!(ledger.relations().unwrap(), ledger.recomputed_relations().unwrap());
        }
        prop_assert!(ledger.damage().unwrap().is_empty());
    }

    /// The order of adding leaves no trace.
    #[test]
    fn order_makes_no_difference(seed in any::<u64>()) {
        let mut samples: Vec<_> = (0..25).map(|i| sample(i, 0)).collect();
        let (_one, mut straight) = ledger();
        add(&mut straight, &samples);
        let mut random = Random(seed);
        for i in (1..samples.len()).rev() {
            samples.swap(i, random.below(i as u64 + 1) as usize);
        }
        let (_other, mut shuffled) = ledger();
        samples.chunks(4).for_each(|batch| { add(&mut shuffled, batch); });
        prop_assert_eq!(straight.relations().unwrap(), shuffled.relations().unwrap());
        let commitments = |ledger: &Ledger| links::commitments(ledger, None).unwrap();
        prop_assert_eq!(commitments(&straight), commitments(&shuffled));
    }
}
