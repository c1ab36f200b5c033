//! `cargo xtask eval html [MARKS]`: article text, titles and dates of the pages in `shared/html`, beside plain dom_smoothie
//! on the same pages in the same run, with pages a second of both.
//!
//! Two measures of text: shingles of four words, as the article extraction benchmark counts them (its published figures are
//! these), and single words. Precision and recall are means over pages; F1 is theirs. The half `development` was looked at
//! while the reader was written, the half `held out` was not; a page's half is the parity of its file's hash.
//! Titles and dates are judged against MARKS, JSON lines `{"id", "title", "date"}`, where a field that is absent was not judged.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{self, Read};
use std::path::Path;
use std::time::Instant;

use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

struct Marked {
    id: String,
    url: String,
    html: String,
    text: String,
    held_out: bool,
}

/// Sums over pages.
#[derive(Default, Clone, Copy)]
struct Score {
    pages: f64,
    precision: f64,
    recall: f64,
}

impl Score {
    fn add(&mut self, gold: &str, found: &str, n: usize) {
        let (gold, found) = (shingles(gold, n), shingles(found, n));
        let common: u32 = gold.iter().map(|(key, count)| *count.min(found.get(key).unwrap_or(&0))).sum();
        let size = |bag: &HashMap<Vec<String>, u32>| f64::from(bag.values().sum::<u32>());
        let share = |total: f64| if total == 0.0 { 1.0 } else { f64::from(common) / total };
        self.pages += 1.0;
        self.precision += share(size(&found));
        self.recall += share(size(&gold));
    }

    fn cells(&self) -> String {
        let (p, r) = (self.precision / self.pages, self.recall / self.pages);
        format!("{:.3} | {p:.3} | {r:.3}", 2.0 * p * r / (p + r))
    }
}

/// A text of fewer words than `n` is one shingle.
fn shingles(text: &str, n: usize) -> HashMap<Vec<String>, u32> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let mut bag = HashMap::new();
    if words.is_empty() {
        return bag;
    }
    for window in words.windows(n.min(words.len())) {
        *bag.entry(window.to_vec()).or_default() += 1;
    }
    bag
}

/// A Markdown section with the figures.
pub fn run(shared: &Path, marks: Option<&Path>) -> io::Result<String> {
    let pages = read(shared)?;
    let mut out = String::from(
        "| pages | reader | shingle F1 | P | R | word F1 | P | R |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let began = Instant::now();
    let ours: Vec<_> = pages.iter().map(|page| chancery_sources::html::read(&page.html, Some(&page.url))).collect();
    let ours_seconds = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let plain: Vec<String> = pages.iter().map(|page| plain(&page.html)).collect();
    let plain_seconds = began.elapsed().as_secs_f64();
    let texts: Vec<&str> = ours.iter().map(|page| page.as_ref().map_or("", |page| page.text.as_str())).collect();
    for (half, chosen) in [("development", false), ("held out", true)] {
        for (reader, texts) in [("ours", &texts), ("dom_smoothie", &plain.iter().map(String::as_str).collect())] {
            let (mut four, mut one) = (Score::default(), Score::default());
            for (page, text) in pages.iter().zip(texts).filter(|(page, _)| page.held_out == chosen) {
                four.add(&page.text, text, 4);
                one.add(&page.text, text, 1);
                report_page(page, reader, text);
            }
            writeln!(out, "| {half}, {} | {reader} | {} | {} |", four.pages, four.cells(), one.cells()).ok();
        }
    }
    let rate = |seconds: f64| pages.len() as f64 / seconds;
    writeln!(
        out,
        "\npages a second, one thread: ours {:.0}, dom_smoothie alone {:.0}; {} pages without article",
        rate(ours_seconds),
        rate(plain_seconds),
        ours.iter().filter(|page| page.is_err()).count()
    )
    .ok();
    let found: HashMap<&str, _> = pages.iter().map(|page| page.id.as_str()).zip(&ours).collect();
    if let Some(marks) = marks {
        out.push_str(&judge(marks, &found)?);
    }
    Ok(out)
}

/// With `HTML_PAGES=1`, a line for each page that is not near perfect, for development.
fn report_page(page: &Marked, reader: &str, text: &str) {
    if std::env::var_os("HTML_PAGES").is_none() || page.held_out || reader != "ours" {
        return;
    }
    let mut one = Score::default();
    one.add(&page.text, text, 4);
    if one.precision < 0.9 || one.recall < 0.9 {
        eprintln!("P {:.2} R {:.2} {} {}", one.precision, one.recall, page.id, page.url);
    }
}

fn judge(marks: &Path, found: &HashMap<&str, &Result<chancery_sources::html::Page, String>>) -> io::Result<String> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut counts = [[0u32; 3]; 2];
    for line in std::fs::read_to_string(marks)?.lines() {
        let mark: Value = serde_json::from_str(line)?;
        let Some(Ok(page)) = mark["id"].as_str().and_then(|id| found.get(id)) else { continue };
        let date = page.date.map(|date| date.to_string());
        let title = page.title.as_deref().map(letters);
        for (count, gold, found) in
            [(0, mark["title"].as_str().map(letters), title), (1, mark["date"].as_str().map(str::to_owned), date)]
        {
            if gold.is_none() {
                continue;
            }
            counts[count][0] += 1;
            counts[count][1] += u32::from(found.is_some());
            counts[count][2] += u32::from(gold == found);
            if gold != found && std::env::var_os("HTML_PAGES").is_some() {
                eprintln!("{} gold {gold:?} found {found:?}", mark["id"]);
            }
        }
    }
    let mut out = String::new();
    for (what, [marked, given, right]) in ["titles", "dates"].into_iter().zip(counts) {
        writeln!(out, "\n{what}: {right} right of {marked} marked, {given} given").ok();
    }
    Ok(out)
}

/// The article crate with its own settings, but for line breaks.
fn plain(html: &str) -> String {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).and_then(|mut reader| reader.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn read(shared: &Path) -> io::Result<Vec<Marked>> {
    let mut pages = Vec::new();
    for line in std::fs::read_to_string(shared.join("html/gold.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let (id, url, text, file) = (field("id"), field("url"), field("text"), field("html"));
        let name = file.rsplit('/').next().unwrap_or_default();
        let mut html = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(shared.join("html/html").join(name))?)
            .read_to_end(&mut html)?;
        let held_out = name.as_bytes().get(5).is_some_and(|byte| byte % 2 == 1);
        pages.push(Marked { id, url, html: String::from_utf8_lossy(&html).into_owned(), text, held_out });
    }
    Ok(pages)
}
