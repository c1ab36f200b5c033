//! The commands around a ledger.

mod common;

use common::{Folder, Run, lines, news};

#[test]
fn adding_twice_changes_nothing_and_codes_nothing() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..40));
    let first = folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    assert!(first.err.contains("40 new, 0 replaced, 0 unchanged"), "{first:?}");
    folder.done(&["export", "-l", "l.ledger", "-o", "before"]);
    let second = folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    assert!(second.err.contains("0 new, 0 replaced, 40 unchanged"), "{second:?}");
    assert!(second.err.contains("40 documents, 0 words coded"), "{second:?}");
    folder.done(&["export", "-l", "l.ledger", "-o", "after"]);
    for entry in std::fs::read_dir(folder.path("before")).unwrap() {
        let name = entry.unwrap().file_name();
        let read = |of: &str| std::fs::read(folder.path(of).join(&name)).unwrap();
        assert!(read("before") == read("after"), "{name:?}");
    }
    let recoded = folder.done(&["add", "news.jsonl", "-l", "l.ledger", "--recode"]);
    assert!(recoded.err.contains("0 new, 0 replaced, 40 unchanged"), "{recoded:?}");
}

#[test]
fn other_content_under_an_id_replaces_it() {
    let folder = Folder::new();
    folder.write("one.jsonl", r#"{"id": "a", "text": "Russia condemned Ukraine."}"#);
    folder.write("two.jsonl", r#"{"id": "a", "text": "China thanked Pakistan."}"#);
    folder.done(&["add", "one.jsonl", "-l", "l.ledger"]);
    let run = folder.done(&["add", "two.jsonl", "-l", "l.ledger"]);
    assert!(run.err.contains("0 new, 1 replaced"), "{run:?}");
    let text = folder.done(&["sql", "SELECT text FROM texts", "-l", "l.ledger", "--json"]).out;
    assert_eq!(text, "{\"text\":\"China thanked Pakistan.\"}\n");
}

#[test]
fn two_processes_add_at_once() {
    let folder = Folder::new();
    folder.write("a.jsonl", news(0..120));
    folder.write("b.jsonl", news(60..180));
    let add = |file: &str| folder.command(&["add", file, "-l", "l.ledger"]).spawn().unwrap();
    let (one, other) = (add("a.jsonl"), add("b.jsonl"));
    for child in [one, other] {
        let run = common::ended(child.wait_with_output().unwrap());
        assert_eq!(run.code, 0, "{run:?}");
    }
    assert_eq!(count(&folder, "documents"), 180);
    // As if one process had added everything.
    folder.write("all.jsonl", news(0..180));
    folder.done(&["add", "all.jsonl", "-l", "other.ledger"]);
    let relations = |ledger: &str| {
        folder
            .done(&["sql", "SELECT * FROM relations ORDER BY a, b, month, type, status", "-l", ledger, "--csv"])
            .out
    };
    assert_eq!(relations("l.ledger"), relations("other.ledger"));
}

fn count(folder: &Folder, table: &str) -> usize {
    let query = format!("SELECT count(*) AS n FROM {table}");
    folder.done(&["sql", &query, "-l", "l.ledger", "--csv"]).out.lines().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_newer_ledger_is_refused() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..3));
    folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    let connection = rusqlite::Connection::open(folder.path("l.ledger")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    for arguments in [&["add", "news.jsonl", "-l", "l.ledger"][..], &["events", "-l", "l.ledger"]] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("schema version 99") && run.err.contains("newer Chancery"), "{run:?}");
    }
}

#[test]
fn sql_reads_and_refuses_to_write() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..5));
    folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    let table = folder.done(&["sql", "SELECT id, words FROM documents ORDER BY id", "-l", "l.ledger"]).out;
    assert_eq!(table.lines().next(), Some("id  words"), "{table}");
    assert_eq!(table.lines().count(), 7, "{table}");
    let csv =
        folder.done(&["sql", "SELECT id, NULL AS x FROM documents ORDER BY id", "-l", "l.ledger", "--csv"]).out;
    assert!(csv.starts_with("id,x\nn0,\n"), "{csv}");
    for query in ["DELETE FROM documents", "DROP TABLE events", "ATTACH 'x' AS y", "PRAGMA user_version = 9"] {
        let run = folder.run(&["sql", query, "-l", "l.ledger"]);
        assert_eq!(run.code, 2, "{query}: {run:?}");
        assert!(run.err.contains("only reading is allowed"), "{run:?}");
    }
    assert_eq!(count(&folder, "documents"), 5);
    folder.done(&["events", "-l", "l.ledger"]);
    let wrong = folder.run(&["sql", "SELECT nothing FROM documents", "-l", "l.ledger"]);
    assert!(wrong.code == 1 && wrong.err.contains("nothing"), "{wrong:?}");
}

#[test]
fn listings_cite_the_words_of_each_record() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..70));
    folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    for command in ["events", "statements", "commitments", "roles"] {
        let listed: Vec<serde_json::Value> = json(&folder.done(&[command, "-l", "l.ledger", "--json"]));
        let people = folder.done(&[command, "-l", "l.ledger"]);
        assert_eq!(people.out.is_empty(), listed.is_empty(), "{command}");
        let limited = json(&folder.done(&[command, "-l", "l.ledger", "--json", "--limit", "2"]));
        assert_eq!(limited, listed[..listed.len().min(2)], "{command}");
    }
    let texts: std::collections::BTreeMap<String, String> = json(&folder.done(&[
        "sql",
        "SELECT id, text FROM documents JOIN texts ON n = document",
        "-l",
        "l.ledger",
        "--json",
    ]))
    .into_iter()
    .map(|row| (row["id"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned()))
    .collect();
    for event in json(&folder.done(&["events", "-l", "l.ledger", "--json"])) {
        let text: Vec<char> = texts[event["document"].as_str().unwrap()].chars().collect();
        let at = |i: usize| event["sentence"][i].as_u64().unwrap() as usize;
        let cut: String = text[at(0)..at(1)].iter().collect();
        assert_eq!(event["words"].as_str(), Some(cut.as_str()));
    }
}

fn json(run: &Run) -> Vec<serde_json::Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn exports_are_read_again() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..25));
    folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    for format in ["jsonl", "csv", "parquet"] {
        folder.done(&["export", "-l", "l.ledger", "--as", format, "-o", format]);
    }
    let documents = lines(&folder.path("jsonl/documents.jsonl"));
    assert_eq!(documents.len(), 25);
    assert_eq!(lines(&folder.path("jsonl/stories.jsonl")).len(), 25);
    let events = lines(&folder.path("jsonl/events.jsonl")).len();
    assert_eq!(count(&folder, "events"), events);
    let mut csv = csv::Reader::from_path(folder.path("csv/events.csv")).unwrap();
    assert_eq!(csv.records().map(Result::unwrap).count(), events);
    let file = std::fs::File::open(folder.path("parquet/events.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows() as usize, events);
}

#[test]
fn a_bad_lexicon_entry_is_named() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("mine/events")).unwrap();
    folder.write("mine/events/bad.txt", "agree/nonsense\n  typo  AGREE\n");
    let check = folder.run(&["lexicon", "check", "mine"]);
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.out.contains("bad.txt:"), "{check:?}");
    folder.write("a.txt", "Moscow agreed.");
    let code = folder.run(&["code", "a.txt", "--lexicon", "mine"]);
    assert_eq!(code.code, 2, "{code:?}");
    assert!(code.err.contains("bad.txt:"), "{code:?}");
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_a_sound_ledger_and_running_again_goes_on() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..1500));
    let child = folder.command(&["add", "news.jsonl", "-l", "l.ledger", "--threads", "1"]).spawn().unwrap();
    wait_for_documents(&folder);
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let run = common::ended(child.wait_with_output().unwrap());
    // A fast machine may be done before the signal comes.
    assert!(run.code == 130 || run.code == 0, "{run:?}");
    if run.code == 130 {
        assert!(run.err.contains("run the same command again"), "{run:?}");
        assert!(count(&folder, "documents") < 1500);
    }
    let again = folder.done(&["add", "news.jsonl", "-l", "l.ledger"]);
    assert!(again.err.contains("1500 documents"), "{again:?}");
    assert_eq!(count(&folder, "documents"), 1500);
}

/// Waits until a first batch is committed.
#[cfg(unix)]
fn wait_for_documents(folder: &Folder) {
    let begun = std::time::Instant::now();
    while begun.elapsed() < std::time::Duration::from_secs(120) {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let count = rusqlite::Connection::open_with_flags(folder.path("l.ledger"), flags)
            .and_then(|connection| connection.query_row("SELECT count(*) FROM documents", [], |row| row.get(0)));
        if count.is_ok_and(|count: i64| count > 0) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("no batch was committed in two minutes");
}
