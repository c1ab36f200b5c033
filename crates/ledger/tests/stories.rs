//! Reprints and stories: what is found, and that the order of adding leaves no trace.

mod common;

use std::collections::BTreeMap;

use chancery_ledger::{Entry, Ledger, LedgerError, stories};
use chancery_model::{Coded, DateInterval, Document, Event, Extent};
use common::{CODER, Random, event};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const WORDS: [&str; 64] = [
    "minister",
    "border",
    "treaty",
    "harbour",
    "grain",
    "pipeline",
    "talks",
    "railway",
    "envoy",
    "summit",
    "loan",
    "river",
    "army",
    "visa",
    "market",
    "customs",
    "bridge",
    "council",
    "energy",
    "export",
    "mission",
    "accord",
    "draft",
    "capital",
    "region",
    "power",
    "water",
    "trade",
    "school",
    "winter",
    "spring",
    "report",
    "signed",
    "opened",
    "visited",
    "agreed",
    "rejected",
    "announced",
    "delayed",
    "praised",
    "asked",
    "sent",
    "received",
    "planned",
    "built",
    "closed",
    "new",
    "old",
    "joint",
    "early",
    "northern",
    "southern",
    "foreign",
    "public",
    "the",
    "of",
    "in",
    "for",
    "with",
    "after",
    "before",
    "and",
    "on",
    "from",
];

fn sentence(random: &mut Random, length: u64) -> String {
    let mut words: Vec<&str> = (0..length).map(|_| random.pick(&WORDS)).collect();
    words[0] = "Officials";
    format!("{}.", words.join(" "))
}

fn paragraph(random: &mut Random) -> String {
    let sentences: Vec<String> = (0..2 + random.below(2))
        .map(|_| {
            let n = 12 + random.below(10);
            sentence(random, n)
        })
        .collect();
    sentences.join(" ")
}

/// A made article: `reprint_of` tells what must be found.
struct Article {
    document: Document,
    reprint_of: Option<String>,
}

fn article(id: String, day: Date, outlet: &str, paragraphs: &[String], reprint_of: Option<&str>) -> Article {
    let document = Document {
        id,
        date: Some(day),
        source: Some(outlet.to_owned()),
        text: paragraphs.join("\n\n"),
        ..Document::default()
    };
    Article { document, reprint_of: reprint_of.map(str::to_owned) }
}

/// A press release and what five outlets make of it. The standing paragraph of each outlet stands under all its articles.
fn release(number: u64) -> Vec<Article> {
    let mut random = Random(number);
    let body: Vec<String> = (0..4).map(|_| paragraph(&mut random)).collect();
    let quotation = format!("“{} {}” the spokesman said.", paragraph(&mut random), paragraph(&mut random));
    let day = date(2026, 1, 1).checked_add(jiff::Span::new().days(number as i64)).unwrap();
    let standing = |outlet: &str| {
        format!(
            "{outlet} is an outlet of record for readers in many lands. Write to the editor, follow us, and \
        click here for a free trial of our letter on trade and the news of the day."
        )
    };
    let mut own = |n: usize| -> Vec<String> { (0..n).map(|_| paragraph(&mut random)).collect() };
    let id = format!("r{number:03}");
    let source = [&body[..], std::slice::from_ref(&quotation)].concat();
    let with = |paragraphs: Vec<String>, outlet: &str| [paragraphs, vec![standing(outlet)]].concat();
    let edited: Vec<String> =
        source.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, p)| p.replace(" of the ", " of ")).collect();
    let reused = [own(3), vec![body[2].clone()], own(2)].concat();
    let quoting = [own(3), vec![quotation]].concat();
    vec![
        article(id.clone(), day, "Ministry", &source, None),
        article(format!("{id}-full"), day, "Wire", &with(source.clone(), "Wire"), Some(&id)),
        article(format!("{id}-edited"), day.tomorrow().unwrap(), "Post", &with(edited, "Post"), Some(&id)),
        article(format!("{id}-reused"), day.tomorrow().unwrap(), "Herald", &with(reused, "Herald"), Some(&id)),
        article(format!("{id}-quoting"), day.tomorrow().unwrap(), "Courier", &with(quoting, "Courier"), None),
        article(format!("{id}-own"), day.tomorrow().unwrap(), "Gazette", &with(own(5), "Gazette"), None),
    ]
}

fn add(ledger: &mut Ledger, documents: &[&Document], events: &dyn Fn(&Document) -> Vec<Event>) {
    let coded: Vec<Coded> = documents
        .iter()
        .map(|document| Coded { events: events(document), ..Coded::empty(document, "en") })
        .collect();
    let entries: Vec<Entry> =
        documents.iter().zip(&coded).map(|(document, coded)| Entry { document, coded, origin: None }).collect();
    ledger.add(&entries, CODER).unwrap();
}

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path().join("l.ledger")).unwrap();
    (folder, ledger)
}

fn told(ledger: &Ledger) -> Vec<stories::Story> {
    let mut told = Vec::new();
    stories::for_each_story(ledger, |story| {
        told.push(story);
        Ok::<(), LedgerError>(())
    })
    .unwrap();
    told
}

#[test]
fn reprints_are_found_and_quotations_and_standing_paragraphs_are_none() {
    let articles: Vec<Article> = (0..40).flat_map(release).collect();
    let (_folder, mut ledger) = ledger();
    for part in articles.chunks(50) {
        add(&mut ledger, &part.iter().map(|article| &article.document).collect::<Vec<_>>(), &|_| Vec::new());
    }
    let found: BTreeMap<String, Option<String>> = told(&ledger)
        .into_iter()
        .flat_map(|story| story.documents)
        .map(|document| (document.id, document.reprint_of))
        .collect();
    let (mut right, mut given, mut wanted) = (0.0, 0.0, 0.0);
    for Article { document, reprint_of } in &articles {
        given += f64::from(u8::from(found[&document.id].is_some()));
        wanted += f64::from(u8::from(reprint_of.is_some()));
        right += f64::from(u8::from(reprint_of.is_some() && found[&document.id] == *reprint_of));
    }
    let (precision, recall) = (right / given, right / wanted);
    assert!(2.0 * precision * recall / (precision + recall) >= 0.95, "precision {precision}, recall {recall}");
}

#[test]
fn copied_passages_are_cut_by_code_point() {
    let (_folder, mut ledger) = ledger();
    let mut random = Random(5);
    let shared = paragraph(&mut random);
    let text = |before: &str| format!("{before}\n\n{shared}\n\n{}", "Łódź – nothing else.");
    let one = Document {
        id: "a".into(),
        text: text("Erste Zeile – ü."),
        date: Some(date(2026, 1, 1)),
        ..Document::default()
    };
    let own = paragraph(&mut random);
    let other = Document { id: "b".into(), text: text(&own), date: Some(date(2026, 1, 2)), ..Document::default() };
    add(&mut ledger, &[&other, &one], &|_| Vec::new());
    let copy =
        told(&ledger).into_iter().flat_map(|story| story.documents).find(|document| document.id == "b").unwrap();
    assert_eq!(copy.reprint_of.as_deref(), Some("a"));
    let Extent(start, end) = copy.copied[0];
    let cut: String = other.text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert!(cut.starts_with(shared.trim_end_matches('.')), "{cut:?}");
}

/// Events whose sentences differ, so that happenings are told apart by their words, dates and places.
fn events_of(document: &Document) -> Vec<Event> {
    let mut random = Random(document.text.len() as u64);
    let length = document.text.chars().count() as u32;
    (1..=3)
        .map(|n| {
            let start = random.below(u64::from(length / 2)) as u32;
            let mut event = event(&mut random, format!("{}#e{n}", document.id));
            event.sentence = Extent(start, (start + 90).min(length));
            // Few blocks and many near dates make cases that hang on each other.
            event.date =
                event.date.filter(|_| n > 1).map(|_| DateInterval::day(date(2026, 1, 1 + random.below(20) as i8)));
            event.actors.truncate(1);
            event.recipients.truncate(1);
            event
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever the order, the batches and what is replaced in between: same stories, same relations.
    #[test]
    fn order_batches_and_replacing_leave_no_trace(seed in any::<u64>(), batch in 1usize..20) {
        let articles: Vec<Article> = (0..9).flat_map(release).collect();
        let documents: Vec<&Document> = articles.iter().map(|article| &article.document).collect();
        let (_one, mut straight) = ledger();
        add(&mut straight, &documents, &events_of);

        let mut random = Random(seed);
        let mut shuffled = documents.clone();
        for i in (1..shuffled.len()).rev() {
            shuffled.swap(i, random.below(i as u64 + 1) as usize);
        }
        let (_other, mut other) = ledger();
        // Some come first with another text and date, and are replaced later.
        let drafts: Vec<Document> = shuffled
            .iter()
            .filter(|_| random.0.is_multiple_of(3) || Random(seed ^ random.0).below(3) == 0)
            .map(|document| Document { date: Some(date(2025, 12, 1)), text: documents[0].text.clone(), ..(*document).clone() })
            .collect();
        add(&mut other, &drafts.iter().take(7).collect::<Vec<_>>(), &events_of);
        for batch in shuffled.chunks(batch) {
            add(&mut other, batch, &events_of);
        }
        prop_assert_eq!(told(&straight), told(&other));
        prop_assert_eq!(straight.relations().unwrap(), other.relations().unwrap());
        prop_assert_eq!(other.relations().unwrap(), other.recomputed_relations().unwrap());
        prop_assert_eq!(other.damage().unwrap(), Vec::<String>::new());
    }
}
