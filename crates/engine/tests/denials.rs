//! What somebody denies did not happen, as far as that word goes; and what only looks like a denial.

use chancery_engine::Engine;
use chancery_model::{Coded, Document, EventType, Mood, Status};

fn coded(text: &str) -> Coded {
    let engine = Engine::new(chancery_lexicon::Lexicon::embedded());
    engine.code(&Document { id: "d".into(), text: text.to_owned(), ..Document::default() })
}

/// Some event of that type has that status; if negated by a denial, the statement names who denies.
#[track_caller]
fn check(text: &str, kind: EventType, status: Status, denier: Option<&str>) {
    let coded = coded(text);
    let event = coded.events.iter().find(|event| event.kind == kind && event.status == status);
    let event = event.unwrap_or_else(|| panic!("{text}: {:#?}", coded.events));
    if let Some(denier) = denier {
        let statement = coded.statements.iter().find(|one| Some(&one.id) == event.statement.as_ref());
        let statement = statement.unwrap_or_else(|| panic!("{text}: no statement {:?}", event.statement));
        assert_eq!(statement.mood, Mood::Denies, "{text}");
        assert_eq!(statement.speaker.as_ref().and_then(|it| it.code.as_deref()), Some(denier), "{text}");
    }
}

#[test]
fn denied_clauses_are_negated_and_the_denier_is_named() {
    check(
        "Iran denied that its navy attacked the Japanese ship.",
        EventType::Assault,
        Status::Negated,
        Some("IRN"),
    );
    check("Russia denied bombing the hospital in Syria.", EventType::Assault, Status::Negated, Some("RUS"));
}

#[test]
fn rejected_claims_and_dismissed_reports_are_denials() {
    check(
        "Turkey rejected claims that its army bombed a village in Iraq.",
        EventType::Assault,
        Status::Negated,
        Some("TUR"),
    );
    check(
        "Egypt dismissed reports that its jets had bombed a camp in Sudan.",
        EventType::Assault,
        Status::Negated,
        Some("EGY"),
    );
}

#[test]
fn what_is_no_denial_flips_nothing() {
    let bombed = EventType::Assault;
    check("Russia did not deny that its jets bombed the hospital in Syria.", bombed, Status::Actual, None);
    check("Russia said that its jets bombed the camp in Syria.", bombed, Status::Actual, None);
    let coded = coded("Kenya denied the Somali minister permission to land.");
    assert!(coded.events.iter().all(|event| event.status != Status::Negated), "{:#?}", coded.events);
}
