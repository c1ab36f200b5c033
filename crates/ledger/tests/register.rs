//! The register of offices over several documents.

mod common;

use chancery_ledger::{ConflictKind, Ledger, RegisterEntry, RegisterFilter};
use chancery_model::{Coded, Document, Extent, Role};
use common::{Random, add};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A document of that day that says of each: person, role, of, to.
fn document(id: &str, day: Option<Date>, roles: &[[&str; 4]]) -> (Document, Coded) {
    let document =
        Document { id: id.to_owned(), date: day, text: "Somebody holds an office.".into(), ..Document::default() };
    let mut coded = Coded::empty(&document, "en");
    let known = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
    coded.roles.extend(roles.iter().map(|[person, role, of, to]| Role {
        person: (*person).to_owned(),
        role: (*role).to_owned(),
        of: known(of),
        to: known(to),
        body: None,
        since: None,
        span: Extent(0, 8),
    }));
    (document, coded)
}

fn register(documents: &[(Document, Coded)]) -> Vec<RegisterEntry> {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path().join("l.ledger")).unwrap();
    // one batch each, so that the rows lie in the order of adding
    for one in documents {
        add(&mut ledger, std::slice::from_ref(one));
    }
    ledger.register().unwrap()
}

fn shown(entry: &RegisterEntry) -> String {
    let code = |code: &Option<String>| code.clone().unwrap_or_else(|| "-".into());
    format!("{}, {}, {}, {} x{}", entry.person, entry.role, code(&entry.of), code(&entry.to), entry.citations.len())
}

#[test]
fn spellings_middle_names_and_surnames_are_one_entry() {
    let found = register(&[
        document("a", Some(date(2024, 3, 1)), &[["Sergey Ivankov", "foreign minister", "RUS", ""]]),
        document("b", Some(date(2024, 5, 1)), &[["Sergei V. Ivankov", "Foreign Minister", "RUS", ""]]),
        document("c", Some(date(2024, 1, 9)), &[["Ivankov", "foreign minister", "RUS", ""]]),
        document("d", None, &[["Sergey Ivankov", "foreign minister", "", ""]]),
    ]);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["Sergey Ivankov, foreign minister, RUS, - x4"]);
    assert_eq!(found[0].variants, ["Ivankov", "Sergei V. Ivankov"]);
    assert_eq!((found[0].first_seen, found[0].last_seen), (Some(date(2024, 1, 9)), Some(date(2024, 5, 1))));
    assert!(found[0].conflicts.is_empty());
}

#[test]
fn a_surname_that_two_people_share_joins_neither() {
    let found = register(&[document(
        "a",
        Some(date(2024, 3, 1)),
        &[
            ["Anna Berg", "senator", "USA", ""],
            ["Ingrid Berg", "senator", "USA", ""],
            ["Berg", "senator", "USA", ""],
        ],
    )]);
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn destinations_keep_ambassadors_apart() {
    let found = register(&[document(
        "a",
        Some(date(2024, 3, 1)),
        &[["Anna Berg", "ambassador", "SWE", "KEN"], ["Anna Berg", "ambassador", "SWE", "UGA"]],
    )]);
    assert_eq!(found.len(), 2);
    let found = register(&[document(
        "a",
        Some(date(2024, 3, 1)),
        &[["Anna Berg", "ambassador", "SWE", "KEN"], ["Anna Berg", "ambassador", "SWE", ""]],
    )]);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["Anna Berg, ambassador, SWE, KEN x2"]);
}

#[test]
fn overlapping_holders_are_at_odds_and_successors_are_not() {
    let minister = |id: &str, day: Date, person: &'static str| {
        document(id, Some(day), &[[person, "prime minister", "NOR", ""]])
    };
    let one_after_the_other = register(&[
        minister("a", date(2023, 1, 1), "Kari Holm"),
        minister("b", date(2023, 9, 1), "Kari Holm"),
        minister("c", date(2024, 1, 1), "Nils Strand"),
    ]);
    assert!(one_after_the_other.iter().all(|entry| entry.conflicts.is_empty()));
    let at_once = register(&[
        minister("a", date(2023, 1, 1), "Kari Holm"),
        minister("b", date(2024, 9, 1), "Kari Holm"),
        minister("c", date(2024, 1, 1), "Nils Strand"),
    ]);
    assert_eq!(at_once.len(), 2, "both are kept");
    for (entry, other) in [(0, 1), (1, 0)] {
        assert_eq!(at_once[entry].conflicts.len(), 1);
        assert_eq!(at_once[entry].conflicts[0].kind, ConflictKind::Holders);
        assert_eq!(at_once[entry].conflicts[0].with, at_once[other].id);
    }
}

#[test]
fn one_person_in_two_offices_and_two_states() {
    let day = Some(date(2024, 3, 1));
    let found = register(&[document(
        "a",
        day,
        &[["Kari Holm", "prime minister", "NOR", ""], ["Kari Holm", "defense minister", "NOR", ""]],
    )]);
    assert!(found.iter().all(|entry| entry.conflicts.iter().any(|it| it.kind == ConflictKind::Offices)));
    let found = register(&[
        document("a", day, &[["Kari Holm", "prime minister", "NOR", ""]]),
        document("b", day, &[["Kari Holm", "premier", "DNK", ""]]),
    ]);
    assert!(found.iter().all(|entry| entry.conflicts.iter().any(|it| it.kind == ConflictKind::States)));
}

#[test]
fn senators_are_many() {
    let day = Some(date(2024, 3, 1));
    let found = register(&[document(
        "a",
        day,
        &[["Anna Berg", "senator", "USA", ""], ["John Marsh", "senator", "USA", ""]],
    )]);
    assert!(found.iter().all(|entry| entry.conflicts.is_empty()));
}

#[test]
fn filters_by_day_person_and_state() {
    let found = register(&[
        document("a", Some(date(2023, 1, 1)), &[["Kari Holm", "prime minister", "NOR", ""]]),
        document("b", Some(date(2024, 1, 1)), &[["K. Holm", "prime minister", "NOR", ""]]),
    ]);
    let at = |day| RegisterFilter { at: Some(day), ..RegisterFilter::default() };
    assert!(at(date(2023, 6, 1)).admits(&found[0]));
    assert!(!at(date(2024, 6, 1)).admits(&found[0]));
    let person = |name: &str| RegisterFilter { person: Some(name.into()), ..RegisterFilter::default() };
    assert!(person("k. holm").admits(&found[0]) && !person("strand").admits(&found[0]));
    let of = |code: &str| RegisterFilter { of: Some(code.into()), ..RegisterFilter::default() };
    assert!(of("NOR").admits(&found[0]) && !of("SWE").admits(&found[0]));
}

/// Documents drawn from few names, offices and states, so that much is to be merged.
fn documents(seed: u64) -> Vec<(Document, Coded)> {
    const NAMES: [&str; 9] = [
        "Sergey Ivankov",
        "Sergei Ivankov",
        "Sergei V. Ivankov",
        "Ivankov",
        "Anna Berg",
        "Ingrid Berg",
        "Berg",
        "Dr Anna Berg",
        "A. Berg",
    ];
    let mut random = Random(seed);
    (0..12)
        .map(|n| {
            let day = Some(date(2024, 1 + random.below(12) as i8, 1)).filter(|_| n % 4 != 0);
            let roles: Vec<[&str; 4]> = (0..1 + random.below(3))
                .map(|_| {
                    let role = random.pick(&["foreign minister", "Foreign Minister", "ambassador", "premier"]);
                    [random.pick(&NAMES), role, random.pick(&["RUS", "SWE", ""]), random.pick(&["", "KEN", "UGA"])]
                })
                .collect();
            document(&format!("d{n}"), day, &roles)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_order_of_adding_makes_no_difference(seed in any::<u64>(), shuffle in any::<u64>()) {
        let mut documents = documents(seed);
        let before = register(&documents);
        let mut random = Random(shuffle);
        for at in (1..documents.len()).rev() {
            documents.swap(at, random.below(at as u64 + 1) as usize);
        }
        prop_assert_eq!(register(&documents), before);
    }
}
