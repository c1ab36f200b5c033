//! Measures time expressions on MEANTIME: extent, and extent with normalised value, as TempEval-3 scores them.
//!
//! Only the first six sentences of each article are annotated (headline and five), so only they count. "Relaxed" takes
//! any overlap of the words for a match, each gold expression once; HeidelTime's published value F1 is relaxed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chancery_coder::dates::{DateKind, DateMention, Length, Unit, find_dates_after};
use chancery_language::segment;
use chancery_model::{DateInterval, Grain};
use jiff::civil::Date;

/// Last sentence that the annotators read.
const LAST_SENTENCE: usize = 5;

/// One article: its annotated sentences, one a line, and the expressions in them.
struct Article {
    text: String,
    published: Option<Date>,
    times: Vec<Time>,
}

/// A time expression: bytes of the text and TIMEX3 value.
#[derive(Clone, Debug)]
pub struct Time {
    start: usize,
    end: usize,
    value: String,
}

/// Measures on `shared/gold/meantime`; the result is a Markdown table.
pub fn run(shared: &Path) -> Result<String> {
    let folder = shared.join("gold/meantime/meantime_newsreader_english_oct15/intra-doc_annotation");
    let (mut gold, mut ours) = (0, 0);
    let mut matched = [0; 4];
    for path in articles(&folder)? {
        let file = fs::read_to_string(&path).with_context(|| format!("{} is needed", path.display()))?;
        let article = read(&file);
        let found = find(&article);
        gold += article.times.len();
        ours += found.len();
        for (at, (strict, valued)) in
            [(true, false), (true, true), (false, false), (false, true)].into_iter().enumerate()
        {
            matched[at] += count(&article.times, &found, strict, valued);
        }
    }
    let mut table = String::from("| MEANTIME, first six sentences | P | R | F1 |\n| --- | --- | --- | --- |\n");
    for (name, shared) in
        ["extent, strict", "extent and value, strict", "extent, relaxed", "extent and value, relaxed"]
            .iter()
            .zip(matched)
    {
        let precision = shared as f64 / f64::from(ours as u32).max(1.0);
        let recall = shared as f64 / f64::from(gold as u32).max(1.0);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        writeln!(table, "| {name} | {:.1} | {:.1} | {:.1} |", 100.0 * precision, 100.0 * recall, 100.0 * f1)?;
    }
    writeln!(table, "\n{gold} expressions, {ours} found.")?;
    Ok(table)
}

/// Every annotated file, sorted.
fn articles(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for corpus in fs::read_dir(folder).with_context(|| format!("{} is needed", folder.display()))? {
        let corpus = corpus?.path();
        if corpus.is_dir() {
            for file in fs::read_dir(corpus)? {
                files.push(file?.path());
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "xml"));
    files.sort();
    Ok(files)
}

/// The value of attribute `name` in the head of an element.
fn attribute<'x>(element: &'x str, name: &str) -> Option<&'x str> {
    let head = &element[..element.find('>').unwrap_or(element.len())];
    let at = head.find(&format!(" {name}=\""))? + name.len() + 3;
    head[at..].split('"').next()
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn read(file: &str) -> Article {
    let mut text = String::new();
    let mut places: Vec<Option<(usize, usize)>> = vec![None];
    let mut sentence = 0;
    for element in file.split("<token ").skip(1) {
        let element = format!(" {element}");
        let number: usize = attribute(&element, "sentence").and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
        let word = element.split(['>', '<']).nth(1).map(unescape).unwrap_or_default();
        if number > LAST_SENTENCE {
            places.push(None);
            continue;
        }
        if number != sentence {
            text.push('\n');
            sentence = number;
        } else if !text.is_empty() && !matches!(word.as_str(), "," | "." | "'s" | ")" | "%") {
            text.push(' ');
        }
        places.push(Some((text.len(), text.len() + word.len())));
        text.push_str(&word);
    }
    let mut article = Article { text, published: None, times: Vec::new() };
    for element in file.split("<TIMEX3 ").skip(1) {
        let element = format!(" {}", element.split("</TIMEX3>").next().unwrap_or(""));
        let value = attribute(&element, "value").unwrap_or("").to_owned();
        if attribute(&element, "functionInDocument") == Some("CREATION_TIME") {
            article.published = published(&value);
        }
        let anchors =
            element.split("<token_anchor").skip(1).filter_map(|a| attribute(a, "t_id")?.parse::<usize>().ok());
        let spans: Vec<_> = anchors.filter_map(|id| places.get(id).copied().flatten()).collect();
        if let (Some(first), Some(last)) = (spans.iter().min(), spans.iter().max()) {
            article.times.push(Time { start: first.0, end: last.1, value });
        }
    }
    article
}

/// The creation time; one file has its parts in another order.
fn published(value: &str) -> Option<Date> {
    let day = value.get(..10)?;
    day.parse().ok().or_else(|| {
        let parts: Vec<&str> = day.split('-').collect();
        format!("{}-{}-{}", parts.get(2)?, parts.get(1)?, parts.first()?).parse().ok()
    })
}

/// What Chancery finds in the article.
fn find(article: &Article) -> Vec<Time> {
    let mut anchor = None;
    let mut times = Vec::new();
    for sentence in segment(&article.text) {
        for mention in find_dates_after(&article.text, &sentence, article.published, anchor) {
            if mention.kind == DateKind::Date && mention.interval.is_some() {
                anchor = mention.interval;
            }
            let words = mention.span.of(&article.text).to_lowercase();
            times.push(Time {
                start: mention.span.start as usize,
                end: mention.span.end as usize,
                value: value(&mention, &words, article.published),
            });
        }
    }
    times
}

/// Number of gold expressions that are found.
fn count(gold: &[Time], found: &[Time], strict: bool, valued: bool) -> usize {
    let fits = |a: &Time, b: &Time| {
        let extent = if strict { a.start == b.start && a.end == b.end } else { a.start < b.end && b.start < a.end };
        extent && (!valued || a.value == b.value)
    };
    let mut used = vec![false; found.len()];
    let mut hits = 0;
    for time in gold {
        if let Some(at) = (0..found.len()).find(|&at| !used[at] && fits(time, &found[at])) {
            used[at] = true;
            hits += 1;
        }
    }
    hits
}

/// The TIMEX3 value of a mention. An hour without a day is of the day of publication: that is the scheme's convention.
fn value(mention: &DateMention, words: &str, published: Option<Date>) -> String {
    match (mention.kind, mention.interval, mention.length) {
        (DateKind::Past, ..) => "PAST_REF".into(),
        (DateKind::Present, ..) => "PRESENT_REF".into(),
        (DateKind::Future, ..) => "FUTURE_REF".into(),
        (DateKind::Duration | DateKind::Set, _, Some(length)) => period(length),
        (DateKind::TimeOfDay, day, _) => match day.map(|day| day.start).or(published) {
            Some(day) => format!("{day}{}", hour(words)),
            None => "XXXX-XX-XX".into(),
        },
        (_, Some(interval), _) => calendar_value(interval, words),
        _ => "XXXX-XX-XX".into(),
    }
}

/// The part of the value behind the day: "TMO", "T16:08Z".
fn hour(words: &str) -> String {
    let parts = [("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI")];
    if let Some((_, part)) = parts.iter().find(|(word, _)| words.contains(word)) {
        return (*part).to_owned();
    }
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let zone = if words.contains("utc") || words.contains("gmt") { "Z" } else { "" };
    match digits.len() {
        4 => format!("T{}:{}{zone}", &digits[..2], &digits[2..]),
        3 => format!("T0{}:{}{zone}", &digits[..1], &digits[1..]),
        _ => String::new(),
    }
}

fn calendar_value(interval: DateInterval, words: &str) -> String {
    let start = interval.start;
    let week = start.iso_week_date();
    match interval.grain {
        Grain::Day => start.to_string(),
        Grain::Week if words.contains("weekend") => format!("{}-W{:02}-WE", week.year(), week.week()),
        Grain::Week => format!("{}-W{:02}", week.year(), week.week()),
        Grain::Month => format!("{}-{:02}", start.year(), start.month()),
        Grain::Quarter => format!("{}-Q{}", start.year(), (start.month() - 1) / 3 + 1),
        Grain::Season => {
            format!("{}-{}", start.year(), ["WI", "SP", "SU", "FA"][(start.month() % 12 / 3) as usize])
        }
        Grain::Year => start.year().to_string(),
        Grain::Decade => (start.year() / 10).to_string(),
        Grain::Century => ((start.year() - 1) / 100).to_string(),
    }
}

fn period(length: Length) -> String {
    let (prefix, letter, factor) = match length.unit {
        Unit::Second => ("PT", "S", 1.0),
        Unit::Minute => ("PT", "M", 1.0),
        Unit::Hour => ("PT", "H", 1.0),
        Unit::Day => ("P", "D", 1.0),
        Unit::Week => ("P", "W", 1.0),
        Unit::Month => ("P", "M", 1.0),
        Unit::Quarter => ("P", "Q", 1.0),
        Unit::Year => ("P", "Y", 1.0),
        Unit::Decade => ("P", "Y", 10.0),
        Unit::Century => ("P", "Y", 100.0),
    };
    match length.amount {
        Some(amount) => format!("{prefix}{}{letter}", amount * factor),
        None => format!("{prefix}X{letter}"),
    }
}

/// The last character boundary not after `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Every gold and found expression of each article side by side, for reading errors.
#[allow(dead_code)] // called by hand while rules are edited
pub fn differences(shared: &Path) -> Result<String> {
    let folder = shared.join("gold/meantime/meantime_newsreader_english_oct15/intra-doc_annotation");
    let mut lines = String::new();
    for path in articles(&folder)? {
        let article = read(&fs::read_to_string(&path)?);
        let found = find(&article);
        let overlap = |a: &Time, b: &Time| a.start < b.end && b.start < a.end;
        for time in &article.times {
            let ours = found.iter().find(|other| overlap(time, other));
            if ours.is_none_or(|other| other.value != time.value) {
                let from = floor(&article.text, time.start.saturating_sub(40));
                let words = &article.text[from..time.end];
                writeln!(lines, "gold {} | {words:?} | {}", time.value, ours.map_or("-", |other| &other.value))?;
            }
        }
        for other in found.iter().filter(|other| !article.times.iter().any(|time| overlap(time, other))) {
            let from = floor(&article.text, other.start.saturating_sub(30));
            writeln!(lines, "extra {} | {:?}", other.value, &article.text[from..other.end])?;
        }
    }
    Ok(lines)
}
