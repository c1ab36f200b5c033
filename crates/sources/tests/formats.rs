//! Each format, alone and in archives, good and hostile.

use std::fs;
use std::io::Write;
use std::path::Path;

use chancery_sources::{Documents, Options, Sourced};

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Almar and Dovia resume talks - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://post.example/2026/02/13/talks">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Almar and Dovia resume talks",
"datePublished": "2026-02-13T08:00:00Z", "author": {"name": "Ana Ruiz"}}</script></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Almar and Dovia resume talks</h1>
<p>The foreign ministers of Almar and Dovia met on Friday for the first time in a year, officials of both countries said.</p>
<div class="related-stories"><a href="/x">Ten photographs from the harbour festival of last summer</a></div>
<p>They agreed to reopen the railway between their capitals, which has been closed since the floods of last spring.</p>
<p>A second meeting is planned for March, when the price of the gas that Dovia delivers is to be settled as well.</p>
<p>Read more: The history of the railway</p></article>
<section id="comments"><p>First comment: I do not believe a word of what they say, and neither should anybody.</p></section>
<footer>Copyright</footer></body></html>"#;

fn read(paths: &[&Path]) -> (Vec<Sourced>, Vec<String>) {
    let results = Documents::new(paths.iter().map(|path| path.to_str().unwrap()), Options::default());
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(sourced) => good.push(sourced),
            Err(error) => bad.push(error.to_string()),
        }
    }
    (good, bad)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_page_gives_its_article_and_says_where_each_field_is_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("saved.html");
    fs::write(&file, PAGE).unwrap();
    let (good, bad) = read(&[folder.path()]);
    assert!(bad.is_empty(), "{bad:?}");
    let document = &good[0].document;
    assert_eq!(document.title.as_deref(), Some("Almar and Dovia resume talks"));
    assert_eq!(document.date, Some(jiff::civil::date(2026, 2, 13)));
    assert_eq!(document.author.as_deref(), Some("Ana Ruiz"));
    assert_eq!(document.source.as_deref(), Some("Harbour Post"));
    assert_eq!(document.url.as_deref(), Some("https://post.example/2026/02/13/talks"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.found.date.as_deref(), Some("JSON-LD datePublished"));
    assert_eq!(document.found.source.as_deref(), Some("meta og:site_name"));
    let paragraphs: Vec<&str> = document.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{}", document.text);
    assert!(paragraphs[0].starts_with("The foreign ministers") && paragraphs[2].ends_with("settled as well."));
    let original = document.original.as_ref().unwrap();
    assert_eq!((original.offset, original.length), (0, PAGE.len() as u64));
}

#[test]
fn archives_are_read_member_by_member_and_a_bad_member_costs_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("<html>{}{}", "<div>".repeat(10_000), PAGE);
    let inner = gzip(&tar(&[("notes.md", b"# Notes\n\nThe *talks* went on."), ("x.png", b"\x89PNG")]));
    let members: [(&str, &[u8]); 6] = [
        ("../../etc/evil.txt", b"A name is no path."),
        ("a/page.html", PAGE.as_bytes()),
        ("a/index.html", b"<html><body><a href=/>Home</a></body></html>"),
        ("deep.html", deep.as_bytes()),
        ("inner.tar.gz", &inner),
        ("table.csv", b"id,body,published\n7,They met.,2026-02-13\n8,They left.,nonsense\n"),
    ];
    let file = folder.path().join("all.zip");
    fs::write(&file, zip(&members)).unwrap();
    let (good, bad) = read(&[&file]);
    let texts: Vec<&str> = good.iter().map(|sourced| sourced.document.text.as_str()).collect();
    assert_eq!(good.len(), 6, "{texts:?} {bad:?}");
    assert_eq!(texts[0], "A name is no path.");
    assert_eq!(good[2].document.title.as_deref(), Some("Almar and Dovia resume talks"));
    assert_eq!(texts[3], "The talks went on.");
    assert!(good[3].origin.file.ends_with("all.zip!/inner.tar.gz!/notes.md"), "{}", good[3].origin.file);
    assert_eq!((texts[4], good[4].origin.line), ("They met.", Some(2)));
    assert!(good[5].document.date.is_none() && good[5].notices.len() == 1);
    assert_eq!(bad.len(), 1, "{bad:?}");
    assert!(bad[0].contains("all.zip!/a/index.html: no article was found"), "{bad:?}");
    let member = good[1].document.original.as_ref().unwrap().member.as_deref();
    assert_eq!(member, Some("a/page.html"));
}

#[test]
fn archives_that_break_off_give_what_came_before() {
    let folder = tempfile::tempdir().unwrap();
    let whole = tar(&[("a.txt", b"first".as_slice()), ("b.txt", &[b'x'; 5000])]);
    let (cut, cut_zip) = (folder.path().join("cut.tar"), folder.path().join("cut.zip"));
    fs::write(&cut, &whole[..3000]).unwrap();
    let archive = zip(&[("a.txt", b"first")]);
    fs::write(&cut_zip, &archive[..archive.len() / 2]).unwrap();
    let (good, bad) = read(&[&cut, &cut_zip]);
    assert_eq!(good.len(), 1);
    assert!(bad[0].contains("cut.tar: the archive breaks off: `b.txt`"), "{bad:?}");
    assert!(bad[1].contains("cut.zip: cannot be read"), "{bad:?}");
}

#[test]
fn other_languages_are_marked_and_encodings_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let russian =
        "Министры иностранных дел двух стран встретились в пятницу впервые за год, сообщили представители сторон.";
    let file = folder.path().join("r.txt");
    fs::write(&file, encoding_rs::WINDOWS_1251.encode(russian).0).unwrap();
    let (good, _) = read(&[&file]);
    assert_eq!(good[0].document.text, russian);
    assert_eq!(good[0].document.language.as_deref(), Some("ru"));
    assert_eq!(good[0].document.found.language.as_deref(), Some("recognised"));
    assert!(good[0].notices[0].to_string().contains("read as windows-1251"));
}

/// Most memory, in MiB, that reading one hostile input may take. Pages of 8 MiB are the largest that are read; a tree of
/// small elements takes the most.
const MEMORY_CAP: u64 = 600;

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let mega = |unit: &str| unit.repeat((7 << 20) / unit.len());
    vec![
        ("bomb.html.gz", gzip(&vec![b' '; 300 << 20])),
        ("bomb.jsonl.gz", gzip(&vec![b'['; 300 << 20])),
        ("bomb.zip", zip(&[("a.txt", &vec![b'a'; 100 << 20])])),
        ("bomb.tar.gz", gzip(&tar(&[("a.html", &vec![b'<'; 60 << 20]), ("b.txt", b"b")]))),
        ("deep.html", mega("<div>").into_bytes()),
        ("bold.html", mega("<b><a x>").into_bytes()),
        ("font.html", mega("<p><font a=1>x").into_bytes()),
        ("entities.html", mega("&amp;&lt;&CounterClockwiseContourIntegral;&#x1F600;").into_bytes()),
        ("attribute.html", format!("<html><p title=\"{}\">x", mega("y")).into_bytes()),
        ("attributes.html", format!("<html><p {}>x", mega("a=b ")).into_bytes()),
        ("cells.html", format!("<html><table>{}", mega("<tr><td>x")).into_bytes()),
        ("unclosed.html", format!("<html><p>{}", mega("<!--<![CDATA[<")).into_bytes()),
        ("line.csv", format!("text\n\"{}", "x".repeat(80 << 20)).into_bytes()),
        ("nest.md", mega("> - ").into_bytes()),
        ("bad.pdf", b"%PDF-1.7\n1 0 obj << /Length 99999999 >> stream\nendstream".to_vec()),
    ]
}

#[test]
fn hostile_input_costs_bounded_memory_and_never_panics() {
    const CHILD: &str = "CHANCERY_HOSTILE_FILE";
    if let Ok(file) = std::env::var(CHILD) {
        let count = Documents::new([file], Options::default()).count();
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB").trim().to_owned();
        println!("RESULTS {count} PEAK {peak}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in hostile() {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["hostile_input_costs_bounded_memory_and_never_panics", "--exact", "--nocapture"])
            .env(CHILD, &file)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{name}: {text} {}", String::from_utf8_lossy(&output.stderr));
        let peak = text.split("PEAK ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok()).unwrap();
        println!("{name}: {} MiB", peak / 1024);
        assert!(peak / 1024 <= MEMORY_CAP, "{name} took {} MiB", peak / 1024);
    }
}
