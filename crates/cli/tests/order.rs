//! The same input gives the same bytes.

mod common;

use common::{Folder, news};

#[test]
fn any_number_of_threads_gives_the_same_bytes_in_input_order() {
    let folder = Folder::new();
    let mut content = news(0..150);
    content.push_str("no json\n");
    content.push_str(&news(150..300));
    folder.write("news.jsonl", content);
    let one = folder.run(&["code", "news.jsonl", "--threads", "1"]);
    assert_eq!((one.code, one.out.lines().count()), (1, 300));
    for (i, line) in one.out.lines().enumerate() {
        assert!(line.starts_with(&format!("{{\"id\":\"n{i}\",")), "{line}");
    }
    for threads in ["2", "7"] {
        let more = folder.run(&["code", "news.jsonl", "--threads", threads]);
        assert!(more.out == one.out, "{threads} threads");
    }
}

#[test]
fn standard_input_is_read_as_json_lines_or_as_one_text() {
    let folder = Folder::new();
    let lines = folder.run_with_input(&["code", "-"], news(0..3).as_bytes());
    assert_eq!((lines.code, lines.out.lines().count()), (0, 3), "{lines:?}");
    let text = folder.run_with_input(&["code"], b"Russia condemned Ukraine.\nThe end.\n");
    assert_eq!((text.code, text.out.lines().count()), (0, 1), "{text:?}");
}

#[test]
fn coded_parquet_has_a_row_a_document() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..20));
    folder.done(&["code", "news.jsonl", "--format", "parquet", "-o", "coded.parquet"]);
    let file = std::fs::File::open(folder.path("coded.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 20);
    let names: Vec<&str> = reader.schema().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["id", "date", "language", "events", "statements", "commitments", "figures", "roles"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    folder.write("news.jsonl", news(0..600));
    let mut child = folder.command(&["code", "news.jsonl"]).spawn().unwrap();
    drop(child.stdout.take());
    let run = common::ended(child.wait_with_output().unwrap());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!run.err.contains("panic") && !run.err.contains("pipe"), "{run:?}");
}
