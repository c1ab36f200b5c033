//! Measures segmentation on treebank documents: token and sentence F1 over byte spans, and bytes per second.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use chancery_language::segment;

/// A document as one raw text, with the annotators' tokens and sentences as byte ranges of it.
#[derive(Default)]
struct GoldDocument {
    text: String,
    tokens: HashSet<(usize, usize)>,
    sentences: HashSet<(usize, usize)>,
}

/// Counts of spans that both have, that the annotators have, and that we have.
#[derive(Default)]
struct Counts {
    shared: usize,
    gold: usize,
    ours: usize,
}

impl Counts {
    fn add(&mut self, gold: &HashSet<(usize, usize)>, ours: &HashSet<(usize, usize)>) {
        self.shared += gold.intersection(ours).count();
        self.gold += gold.len();
        self.ours += ours.len();
    }

    fn row(&self) -> String {
        let precision = self.shared as f64 / self.ours.max(1) as f64;
        let recall = self.shared as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        format!("{:.2} | {:.2} | {:.2}", 100.0 * precision, 100.0 * recall, 100.0 * f1)
    }
}

/// Measures the development treebanks under `shared/gold/treebank`; the result is a Markdown table.
pub fn run(shared: &Path) -> Result<String> {
    let mut table = String::from("| treebank | unit | P | R | F1 |\n| --- | --- | --- | --- | --- |\n");
    let mut bytes = 0;
    let mut seconds = 0.0;
    for name in ["pud_dev", "gum_dev", "ewt_dev"] {
        let (mut tokens, mut sentences) = (Counts::default(), Counts::default());
        for document in read(&shared.join(format!("gold/treebank/{name}.conllu")))? {
            let begun = Instant::now();
            let found = segment(&document.text);
            seconds += begun.elapsed().as_secs_f64();
            bytes += document.text.len();
            let range = |span: chancery_model::Span| (span.start as usize, span.end as usize);
            let ours = found.iter().flat_map(|s| s.tokens.iter().map(|t| range(t.span))).collect();
            tokens.add(&document.tokens, &ours);
            sentences.add(&document.sentences, &found.iter().map(|s| range(s.span)).collect());
        }
        writeln!(table, "| {name} | tokens | {} |", tokens.row())?;
        writeln!(table, "| {name} | sentences | {} |", sentences.row())?;
    }
    writeln!(table, "\n{:.0} MB/s on these {} kB.", bytes as f64 / seconds / 1e6, bytes / 1000)?;
    Ok(table)
}

/// Joins the sentences of each document of a CoNLL-U file: paragraphs by a blank line, sentences by their own spacing.
fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let file = fs::read_to_string(path).with_context(|| format!("{} is needed", path.display()))?;
    let mut documents: Vec<GoldDocument> = Vec::new();
    for block in file.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.lines().any(|line| line.starts_with("# newdoc")) || documents.is_empty() {
            documents.push(GoldDocument::default());
        }
        if let Some(document) = documents.last_mut() {
            document.append(block);
        }
    }
    Ok(documents)
}

impl GoldDocument {
    fn append(&mut self, block: &str) {
        if !self.text.is_empty() && block.lines().any(|line| line.starts_with("# newpar")) {
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        let mut surface_end = 0; // number of the last word inside the current multi-word token
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(form), Some(misc)) = (fields.first(), fields.get(1), fields.get(9)) else {
                continue;
            };
            let spaced = !misc.split('|').any(|item| item == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                let words: Vec<&str> = words_of(block, id);
                surface_end = last.parse().unwrap_or(0);
                self.push_surface(form, &words, spaced);
            } else if let Ok(number) = id.parse::<usize>()
                && number > surface_end
            {
                self.push_surface(form, &[form], spaced);
            }
        }
        self.sentences.insert((start, self.text.trim_end().len()));
    }

    /// Appends a surface form; if its words do not spell it (an elision), the form counts as one token.
    fn push_surface(&mut self, form: &str, words: &[&str], spaced: bool) {
        let words = if words.concat() == form { words } else { &[form][..] };
        for word in words {
            let start = self.text.len();
            self.text.push_str(word);
            self.tokens.insert((start, self.text.len()));
        }
        if spaced {
            self.text.push(' ');
        }
    }
}

/// The forms of the words that the multi-word token `id` ("3-4") spans.
fn words_of<'b>(block: &'b str, id: &str) -> Vec<&'b str> {
    let Some((first, last)) = id.split_once('-') else { return Vec::new() };
    let (first, last) = (first.parse().unwrap_or(0), last.parse().unwrap_or(0));
    let rows = block.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut fields = line.split('\t');
        let number: usize = fields.next()?.parse().ok()?;
        (first <= number && number <= last).then(|| fields.next()).flatten()
    })
    .collect()
}
