//! Inputs as users have them, good and bad.

use std::fs;
use std::io::Write;
use std::path::Path;

use chancery_sources::{Documents, InputError, Options, Sourced};

type Read = Vec<Result<Sourced, InputError>>;

fn read(inputs: &[&Path], options: Options) -> Read {
    Documents::new(inputs.iter().map(|path| path.to_str().unwrap()), options).collect()
}

fn errors(results: &Read) -> Vec<String> {
    results.iter().filter_map(|result| result.as_ref().err().map(ToString::to_string)).collect()
}

fn texts(results: &Read) -> Vec<&str> {
    results.iter().filter_map(|result| result.as_ref().ok().map(|sourced| sourced.document.text.as_str())).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names_and_other_files_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    for (name, text) in
        [("c.txt", "third"), ("b/x.txt", "second"), ("a.txt", "first"), ("p.png", "no"), (".h.txt", "no")]
    {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut documents = Documents::new([folder.path().to_str().unwrap()], Options::default());
    let results: Read = documents.by_ref().collect();
    assert_eq!(texts(&results), ["first", "second", "third"]);
    assert_eq!(documents.skipped().get(".png"), Some(&1));
    let pattern = folder.path().join("*.txt");
    assert_eq!(texts(&read(&[&pattern], Options::default())), ["first", "third"]);
}

#[test]
fn a_bad_record_never_stops_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mixed.jsonl");
    let mut content = b"\xef\xbb\xbf{\"text\": \"one\"}\n\nnot json\n{\"title\": \"no text\"}\n".to_vec();
    content.extend(b"{\"text\": \"caf\xe9 two\"}\r\n");
    content.extend([b'['; 200_000]);
    content.extend(b"\n{\"text\": \"three\"}");
    fs::write(&file, content).unwrap();
    let empty = folder.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    let missing = folder.path().join("missing.txt");
    let results = read(&[&empty, &missing, &file], Options::default());
    assert_eq!(texts(&results), ["one", "caf\u{fffd} two", "three"]);
    let errors = errors(&results);
    assert_eq!(errors.len(), 5);
    for (error, words) in
        errors.iter().zip(["is empty", "no such file", "mixed.jsonl:3", "mixed.jsonl:4", "mixed.jsonl:6"])
    {
        assert!(error.contains(words), "{error}");
    }
    let notice = results.iter().flatten().flat_map(|sourced| &sourced.notices).next().unwrap();
    assert!(notice.to_string().contains("mixed.jsonl:5: invalid UTF-8 at byte"), "{notice}");
}

#[test]
fn a_text_above_the_cap_is_refused_with_its_size_and_the_next_line_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.jsonl");
    let mut out = fs::File::create(&file).unwrap();
    writeln!(out, "{{\"text\": \"{}\"}}", "a".repeat(5_000_000)).unwrap();
    writeln!(out, "{{\"text\": \"{}\"}}", "a".repeat(2_000)).unwrap();
    writeln!(out, "{{\"text\": \"short\"}}").unwrap();
    let text = folder.path().join("long.txt");
    fs::write(&text, "b".repeat(1_001)).unwrap();
    let results = read(&[&file, &text], Options { max_document: 1_000, ..Options::default() });
    assert_eq!(texts(&results), ["short"]);
    let errors = errors(&results);
    assert!(errors[0].contains("the line has 5000012 bytes") && errors[0].contains("--max-document"), "{errors:?}");
    assert!(errors[1].contains("the text has 2000 bytes"), "{errors:?}");
    assert!(errors[2].contains("the text has 1001 bytes"), "{errors:?}");
}

#[test]
fn compressed_lines_are_read_up_to_where_they_break_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for i in 0..5_000u64 {
        let noise = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        writeln!(encoder, "{{\"id\": \"{i}\", \"text\": \"text {noise:x}\"}}").unwrap();
    }
    let whole = encoder.finish().unwrap();
    let (good, broken) = (folder.path().join("a.jsonl.gz"), folder.path().join("b.jsonl.gz"));
    fs::write(&good, &whole).unwrap();
    fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(read(&[&good], Options::default()).len(), 5_000);
    let results = read(&[&broken], Options::default());
    assert!(results.len() > 1_000 && results.last().unwrap().is_err());
    assert_eq!(errors(&results).len(), 1);
}

#[test]
fn one_id_for_two_texts_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ids.jsonl");
    fs::write(
        &file,
        "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}\n",
    )
    .unwrap();
    let results = read(&[&file], Options::default());
    let notices: Vec<usize> = results.iter().map(|result| result.as_ref().unwrap().notices.len()).collect();
    assert_eq!(notices, [0, 0, 1]);
}
