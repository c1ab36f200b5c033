//! Bad input gets a clear message for that record, and the rest is done.

mod common;

use std::fs::File;
use std::io::Write;

use common::Folder;

#[test]
fn every_bad_record_is_named_and_the_rest_is_coded() {
    let folder = Folder::new();
    let mut lines = b"{\"id\": \"good1\", \"text\": \"Russia condemned Ukraine.\"}\nthis is no json\n".to_vec();
    lines.extend(b"{\"id\": \"notext\"}\n");
    lines.extend(b"{\"id\": \"dated\", \"date\": \"2026-13-40\", \"text\": \"Moscow agreed.\"}\n");
    lines.extend(b"{\"id\": \"latin1\", \"text\": \"caf\xe9 in Paris\"}\n");
    lines.extend(b"{\"id\": \"nul\", \"text\": \"a\\u0000b\"}\n");
    let brackets = format!("{{\"id\": \"brackets\", \"text\": \"{}\"}}\n", "[".repeat(200_000));
    lines.extend(brackets.as_bytes());
    lines.extend("{\"id\": \"rtl\", \"text\": \"\u{200f}Iran\u{202e} agreed\u{202c}.\"}\n".as_bytes());
    lines.extend([b'['; 200_000]);
    lines.extend(b"\n{\"id\": \"good2\", \"text\": \"Pakistan thanked China.\"}\n");
    folder.write("bad.jsonl", lines);
    folder.write("empty.txt", "");
    let run = folder.run(&["code", "bad.jsonl", "empty.txt", "absent.txt"]);
    assert_eq!(run.code, 1, "{run:?}");
    let ids: Vec<String> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["good1", "dated", "latin1", "nul", "brackets", "rtl", "good2"]);
    for words in [
        "failed: bad.jsonl:2: no JSON object on this line",
        "failed: bad.jsonl:3: the record has no field `text`",
        "note: bad.jsonl:4: the field `date`: `2026-13-40` is no date",
        "note: bad.jsonl:5: invalid UTF-8 at byte",
        "note: bad.jsonl:6: 1 NUL characters",
        "failed: bad.jsonl:9: no JSON object",
        "failed: empty.txt: the file is empty",
        "failed: absent.txt: there is no such file",
        "7 documents",
        "5 failed",
    ] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
}

#[test]
fn a_hundred_megabytes_on_one_line_are_refused_by_size() {
    let folder = Folder::new();
    let mut file = File::create(folder.path("long.jsonl")).unwrap();
    let megabyte = vec![b'a'; 1 << 20];
    for _ in 0..100 {
        file.write_all(&megabyte).unwrap();
    }
    writeln!(file, "\n{{\"text\": \"Russia thanked China.\"}}").unwrap();
    std::fs::hard_link(folder.path("long.jsonl"), folder.path("long.txt")).unwrap();
    let run = folder.run(&["code", "long.jsonl", "long.txt"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 1), "{}", run.err);
    assert!(run.err.contains("long.jsonl:1: the line has 104857600 bytes"), "{}", run.err);
    assert!(run.err.contains("--max-document"), "{}", run.err);
    assert!(run.err.contains("long.txt: the text has 1048576"), "{}", run.err);
}

#[test]
fn usage_errors_are_2_and_say_what_to_do() {
    let folder = Folder::new();
    folder.write("a.txt", "Moscow agreed.");
    for (arguments, words) in [
        (&["add", "a.txt"][..], "--ledger"),
        (&["code", "a.txt", "--format", "parquet"], "--output"),
        (&["events", "-l", "absent.ledger"], "there is no such ledger"),
        (&["events", "-l", "a.txt"], "no Chancery ledger"),
        (&["add", "a.txt", "-l", "a.txt"], "no Chancery ledger"),
        (&["events", "-l", "x", "--type", "YIELD"], "AGREE"),
        (&["events", "-l", "x", "--since", "soon"], "YYYY-MM-DD"),
        (&["code", "a.txt", "--lexicon", "absent"], "absent"),
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
    let version = folder.done(&["--version"]).out;
    assert!(version.starts_with("chancery ") && version.contains("ledger schema"), "{version}");
}
