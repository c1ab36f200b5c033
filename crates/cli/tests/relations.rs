//! `timeline`, `balance` and `brief`: a relation told with citations.

mod common;

use common::{Folder, Run};
use serde_json::{Value, json};

/// Three documents on one happening (one a reprint), one on another, one hostile to whoever shows it.
fn ledger() -> Folder {
    let folder = Folder::new();
    let mill = "Pakistan and Russia signed a memorandum on the Karachi steel mill on Tuesday. Engineers from both sides will \
        survey the furnaces before the end of the summer and report to the two ministers of industry.";
    let documents = [
        json!({"id": "a1", "date": "2026-03-03", "source": "Post", "text": mill}),
        json!({"id": "a2", "date": "2026-03-04", "source": "Wire", "text": mill}),
        json!({"id": "a3", "date": "2026-03-04", "source": "Herald",
            "text": "Russia and Pakistan on Tuesday signed a memorandum about the steel mill of Karachi, which has stood idle for years."}),
        json!({"id": "b1", "date": "2026-04-10", "source": "Post", "title": "<script>alert(1)</script>",
            "text": "Russia condemned Pakistan on Friday over <b>\"border\"</b> shelling & worse."}),
        json!({"id": "c1", "date": "2025-06-01", "source": "Post", "text": "China signed a trade agreement with Pakistan on 1 June 2025."}),
    ];
    folder.write("news.jsonl", documents.iter().map(|document| format!("{document}\n")).collect::<String>());
    folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    folder
}

fn json_lines(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_happening_is_told_once_with_all_its_reports() {
    let folder = ledger();
    let told =
        json_lines(&folder.done(&["timeline", "pakistan", "RUS", "-l", "l.ledger", "--type", "SUPPORT", "--json"]));
    assert_eq!(told.len(), 1, "{told:?}");
    let signed = &told[0];
    assert_eq!((signed["documents"].as_u64(), signed["sources"].as_u64()), (Some(3), Some(3)), "{signed}");
    assert_eq!(signed["originals"], 2, "{signed}");
    assert_eq!(signed["reports"][1]["reprint_of"], "a1", "{signed}");
    assert!(signed["reports"][0]["words"].as_str().unwrap().starts_with("Pakistan and Russia signed"));
    let people = folder.done(&["timeline", "RUS", "PAK", "-l", "l.ledger"]).out;
    assert!(people.contains("reported by 3 documents of 3 sources, 1 of them a reprint"), "{people}");
    assert!(people.contains("a1 [0, 77]"), "{people}");
    let relation = folder
        .done(&[
            "sql",
            "SELECT count FROM relations WHERE b = 'RUS' AND type = 'SUPPORT'",
            "-l",
            "l.ledger",
            "--csv",
        ])
        .out;
    assert_eq!(relation, "count\n1\n");
}

#[test]
fn unknown_parties_are_met_with_the_nearest_and_nothing_found_is_said() {
    let folder = ledger();
    let run = folder.run(&["timeline", "PKA", "RUS", "-l", "l.ledger"]);
    assert!(run.code == 2 && run.err.contains("PAK (Pakistan)"), "{run:?}");
    let run = folder.run(&["brief", "Pakistn", "RUS", "-l", "l.ledger"]);
    assert!(run.code == 2 && run.err.contains("PAK (Pakistan)"), "{run:?}");
    let run = folder.done(&["timeline", "Peru", "Norway", "-l", "l.ledger"]);
    assert!(run.out.is_empty() && run.err.contains("no happenings between Peru and Norway found"), "{run:?}");
    let run = folder.done(&["balance", "Peru", "-l", "l.ledger"]);
    assert!(run.out.is_empty() && run.err.contains("no happenings found between Peru and China"), "{run:?}");
    let run = folder.run(&["timeline", "RUS", "russia", "-l", "l.ledger"]);
    assert!(run.code != 0 && run.err.contains("both RUS"), "{run:?}");
}

#[test]
fn a_balance_sets_powers_side_by_side() {
    let folder = ledger();
    let lines = json_lines(&folder.done(&["balance", "PAK", "--with", "China,RUS", "-l", "l.ledger", "--json"]));
    let whole = lines.last().unwrap();
    assert_eq!(whole["period"], Value::Null);
    let of = |at: usize, field: &str| whole["powers"][at][field].as_f64().unwrap();
    assert_eq!((of(0, "count"), of(0, "cooperation")), (1.0, 5.0), "{whole}");
    assert_eq!((of(1, "cooperation"), of(1, "conflict")), (5.0, -2.0), "{whole}");
    let tilt = &whole["tilts"][0]["tilt"];
    assert_eq!(tilt["value"], 0.0, "{whole}");
    assert!(tilt["low"].as_f64().unwrap() < -0.7 && tilt["high"].as_f64().unwrap() > 0.7, "{whole}");
    assert_eq!(
        lines.iter().map(|line| line["period"].as_str().unwrap_or("all")).collect::<Vec<_>>(),
        ["2025", "2026", "all"]
    );
    let table = folder.done(&["balance", "PAK", "--by", "month", "-l", "l.ledger"]).out;
    assert!(table.contains("2026-03") && table.contains("tilt CHN-RUS") && table.contains("Wilson"), "{table}");
}

#[test]
fn a_brief_cites_everything_and_its_page_is_safe() {
    let folder = ledger();
    let markdown = folder.done(&["brief", "PAK", "RUS", "-l", "l.ledger"]).out;
    for part in ["# Pakistan and Russia", "## Happenings", "## Commitments", "## Sources", "`a1` [0, 77]"] {
        assert!(markdown.contains(part), "{part}: {markdown}");
    }
    folder.done(&["brief", "PAK", "RUS", "-l", "l.ledger", "-o", "brief.html"]);
    let page = std::fs::read_to_string(folder.path("brief.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("&lt;b&gt;"), "{page}");
    for outside in ["<script", "<b>&quot;border", "src=", "@import", "<link"] {
        assert!(!page.contains(outside), "{outside}: {page}");
    }
    let brief: Value =
        serde_json::from_str(&folder.done(&["brief", "PAK", "RUS", "-l", "l.ledger", "--json"]).out).unwrap();
    let cited: Vec<&str> =
        brief["sources"].as_array().unwrap().iter().map(|source| source["id"].as_str().unwrap()).collect();
    for happening in brief["happenings"].as_array().unwrap() {
        for report in happening["reports"].as_array().unwrap() {
            assert!(cited.contains(&report["document"].as_str().unwrap()), "{report}");
        }
    }
    let none = folder.done(&["brief", "Peru", "Chad", "-l", "l.ledger"]);
    assert!(none.out.is_empty() && none.err.contains("nothing found between Peru and Chad"), "{none:?}");
}
