//! `chancery brief A B`: a report on a relation in which every claim cites the words that it rests on.
//!
//! The report is gathered once ([`Brief`]) and then written as Markdown, as one HTML page, or as JSON.

mod html;
mod markdown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};

use anyhow::{Context, Result};
use chancery_ledger::{DocumentHead, Happening, Ledger, RoleFilter, Speaker, TimelineFilter, links};
use chancery_model::{Extent, Quad, Role, Stage, Status};
use jiff::civil::Date;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, BriefAs};
use crate::parties::{Named, resolve};
use crate::progress::say;

/// Everything that a report says.
#[derive(Serialize)]
pub(crate) struct Brief {
    a: String,
    a_name: String,
    b: String,
    b_name: String,
    since: Option<Date>,
    until: Option<Date>,
    /// The day on which it is judged what is overdue.
    as_of: Option<Date>,
    summary: Summary,
    /// The latest happenings, latest first.
    happenings: Vec<Happening>,
    commitments: Vec<Undertaking>,
    disputes: Vec<Disagreement>,
    speakers: Vec<Speaker>,
    roles: Vec<Holder>,
    /// Every document cited, by date and id.
    sources: Vec<DocumentHead>,
}

/// The relation in numbers.
#[derive(Serialize)]
struct Summary {
    happenings: usize,
    documents: usize,
    first: Option<Date>,
    last: Option<Date>,
    /// Happenings of each quad class that took place.
    actual: BTreeMap<Quad, usize>,
    /// Sum of the intensities of what took place, and its mean.
    intensity_sum: f64,
    intensity_mean: Option<f64>,
    planned: usize,
    denied_or_hypothetical: usize,
    /// The most reported happening.
    most_reported: Option<String>,
}

/// A commitment with the words of each stage.
#[derive(Serialize)]
struct Undertaking {
    #[serde(flatten)]
    entry: links::CommitmentEntry,
    /// In the order of its stages.
    words: Vec<String>,
    /// Days from the last report to the day of judgement.
    silent_days: Option<i32>,
}

/// A dispute with the words of each position.
#[derive(Serialize)]
struct Disagreement {
    #[serde(flatten)]
    dispute: links::Dispute,
    /// For each position, in the order of its evidence.
    words: Vec<Vec<String>>,
}

/// Somebody in office on one side.
#[derive(Serialize)]
struct Holder {
    #[serde(flatten)]
    role: Role,
    document: String,
    published: Option<Date>,
    words: String,
}

/// Who is quoted: the leading speakers.
const SPEAKERS: usize = 12;
const ROLES: usize = 30;
/// A commitment of which nothing was heard for so long is called silent: half a year.
const SILENT_DAYS: i32 = 180;

/// Runs the command.
pub(crate) fn run(arguments: &arguments::Brief) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let (one, other) = (resolve(&arguments.one, &ledger)?, resolve(&arguments.other, &ledger)?);
    anyhow::ensure!(one.code != other.code, "{} and {} are both {}", arguments.one, arguments.other, one.code);
    let brief = gather(&ledger, one, other, arguments)?;
    if brief.happenings.is_empty() && brief.commitments.is_empty() {
        say(&format!("nothing found between {} and {}", brief.a_name, brief.b_name));
        return Ok(Ending::Done);
    }
    let by_name = arguments.output.as_ref().and_then(|path| path.extension()?.to_str());
    let format = match (arguments.format, by_name) {
        (Some(format), _) => format,
        (None, Some("html" | "htm")) => BriefAs::Html,
        _ => BriefAs::Md,
    };
    let mut text = match (arguments.json, format) {
        (true, _) => serde_json::to_string(&brief)?,
        (_, BriefAs::Md) => markdown::write(&brief)?,
        (_, BriefAs::Html) => html::write(&brief),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    match &arguments.output {
        Some(path) => fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?,
        None => io::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(Ending::Done)
}

fn gather(ledger: &Ledger, one: Named, other: Named, arguments: &arguments::Brief) -> Result<Brief> {
    let (since, until) = (arguments.days.since, arguments.days.until);
    let as_of = match arguments.as_of {
        Some(day) => Some(day),
        None => links::latest_day(ledger)?,
    };
    let between = (one.code.clone(), other.code.clone());
    let mut happenings = ledger.timeline(&TimelineFilter { between, kind: None, status: None, since, until })?;
    let summary = summary(&happenings);
    happenings.reverse();
    // Background that a text tells is no news; it stays in the timeline.
    happenings.retain(|happening| happening.event.status != Status::Historical);
    happenings.truncate(arguments.happenings);
    let mut brief = Brief {
        summary,
        happenings,
        commitments: undertakings(ledger, (&one.code, &other.code), as_of, (since, until))?,
        disputes: Vec::new(),
        speakers: ledger.speakers((&one.code, &other.code), (since, until), SPEAKERS)?,
        roles: holders(ledger, &one.code, &other.code)?,
        sources: Vec::new(),
        a: one.code,
        a_name: one.name,
        b: other.code,
        b_name: other.name,
        since,
        until,
        as_of,
    };
    brief.disputes = disagreements(ledger, &brief)?;
    brief.sources = sources(ledger, &brief)?;
    Ok(brief)
}

fn summary(happenings: &[Happening]) -> Summary {
    let documents: BTreeSet<&str> =
        happenings.iter().flat_map(|happening| &happening.reports).map(|report| report.document.as_str()).collect();
    let of =
        |wanted: &[Status]| happenings.iter().filter(|happening| wanted.contains(&happening.event.status)).count();
    let mut actual: BTreeMap<Quad, usize> = BTreeMap::new();
    let mut thousandths = 0;
    for happening in happenings.iter().filter(|happening| happening.event.status == Status::Actual) {
        *actual.entry(happening.event.quad).or_default() += 1;
        thousandths += (happening.event.intensity * 1000.0).round() as i64;
    }
    let (took_place, sum) = (of(&[Status::Actual]), thousandths as f64 / 1000.0);
    let days =
        || happenings.iter().filter(|happening| happening.event.status == Status::Actual).filter_map(|h| h.day);
    let most = happenings
        .iter()
        .filter(|happening| happening.documents > 1)
        .max_by_key(|happening| (happening.documents, std::cmp::Reverse(happening.day)));
    Summary {
        happenings: happenings.len(),
        documents: documents.len(),
        first: days().min(),
        last: days().max(),
        actual,
        intensity_sum: sum,
        intensity_mean: (took_place > 0).then(|| sum / took_place as f64),
        planned: of(&[Status::Future]),
        denied_or_hypothetical: of(&[Status::Negated, Status::Hypothetical]),
        most_reported: most.map(|happening| happening.event.id.clone()),
    }
}

/// Commitments of both sides, by how far they have come.
fn undertakings(
    ledger: &Ledger,
    (one, other): (&String, &String),
    as_of: Option<Date>,
    (since, until): (Option<Date>, Option<Date>),
) -> Result<Vec<Undertaking>> {
    let mut found = Vec::new();
    for entry in links::commitments(ledger, as_of)? {
        let heard = |day: Option<Date>| {
            since.is_none_or(|since| day.is_some_and(|day| day >= since))
                && until.is_none_or(|until| day.is_some_and(|day| day <= until))
        };
        if !(entry.parties.contains(one) && entry.parties.contains(other) && heard(entry.silent_since)) {
            continue;
        }
        let words = entry.stages.iter().map(|stage| ledger.words(&stage.document, stage.evidence));
        let words = words.collect::<Result<_, _>>()?;
        let silent_days =
            entry.silent_since.zip(as_of).and_then(|(since, today)| Some(since.until(today).ok()?.get_days()));
        found.push(Undertaking { words, silent_days, entry });
    }
    let place = |stage: Stage| Stage::ALL.iter().position(|known| *known == stage);
    found.sort_by(|a, b| {
        (!a.entry.overdue, place(a.entry.current), &a.entry.id).cmp(&(
            !b.entry.overdue,
            place(b.entry.current),
            &b.entry.id,
        ))
    });
    Ok(found)
}

impl Undertaking {
    /// Nothing was heard of it for long, and it is not at its end.
    fn is_silent(&self) -> bool {
        let ended = matches!(self.entry.current, Stage::Completed | Stage::Cancelled);
        !ended && self.silent_days.is_some_and(|days| days >= SILENT_DAYS)
    }
}

/// Disputes in which a document of this report stands.
fn disagreements(ledger: &Ledger, brief: &Brief) -> Result<Vec<Disagreement>> {
    let cited = cited(brief);
    let mut found = Vec::new();
    for dispute in links::disputes(ledger)? {
        let within =
            dispute.positions.iter().flat_map(|position| &position.documents).any(|id| cited.contains(id.as_str()));
        if !within {
            continue;
        }
        let of = |position: &links::Position| -> Result<Vec<String>, _> {
            position.evidence.iter().map(|evidence| ledger.words(&evidence.document, evidence.span)).collect()
        };
        let words = dispute.positions.iter().map(of).collect::<Result<_, _>>()?;
        found.push(Disagreement { words, dispute });
    }
    Ok(found)
}

/// Who holds office for one side towards the other, then who else is named on both sides; each person and office once, as
/// last reported.
fn holders(ledger: &Ledger, one: &str, other: &str) -> Result<Vec<Holder>> {
    let mut found: Vec<Holder> = Vec::new();
    for (side, towards) in [(one, other), (other, one)] {
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        let mut held = Vec::new();
        let filter = RoleFilter { of: Some(side.to_owned()), ..RoleFilter::default() };
        ledger.for_each_role::<anyhow::Error>(&filter, |row| {
            if known.insert((row.record.person.clone(), row.record.role.clone())) {
                let document = &row.document;
                held.push(Holder {
                    document: document.id.clone(),
                    published: document.date,
                    words: row.words,
                    role: row.record,
                });
            }
            Ok(())
        })?;
        held.sort_by_key(|holder| holder.role.to.as_deref() != Some(towards));
        held.truncate(ROLES / 2);
        found.append(&mut held);
    }
    Ok(found)
}

/// Ids of the documents that the report cites.
fn cited(brief: &Brief) -> BTreeSet<&str> {
    let reports =
        brief.happenings.iter().flat_map(|happening| &happening.reports).map(|report| report.document.as_str());
    let stages = brief.commitments.iter().flat_map(|commitment| &commitment.entry.stages);
    let evidence = brief.disputes.iter().flat_map(|d| &d.dispute.positions).flat_map(|position| &position.evidence);
    reports
        .chain(stages.map(|stage| stage.document.as_str()))
        .chain(evidence.map(|evidence| evidence.document.as_str()))
        .chain(brief.speakers.iter().map(|speaker| speaker.document.id.as_str()))
        .chain(brief.roles.iter().map(|holder| holder.document.as_str()))
        .collect()
}

fn sources(ledger: &Ledger, brief: &Brief) -> Result<Vec<DocumentHead>> {
    let mut heads = Vec::new();
    for id in cited(brief) {
        heads.extend(ledger.head(id)?);
    }
    heads.sort_by(|one, other| (one.date, &one.id).cmp(&(other.date, &other.id)));
    Ok(heads)
}

/// A place in a document, as both forms of the report cite it.
pub(crate) struct Citation<'c> {
    document: &'c str,
    extent: Extent,
    words: &'c str,
}

impl Brief {
    /// "1 January 2026 to …" in words that fit behind the title.
    fn period(&self) -> String {
        match (self.since, self.until) {
            (Some(since), Some(until)) => format!("{since} to {until}"),
            (Some(since), None) => format!("since {since}"),
            (None, Some(until)) => format!("until {until}"),
            (None, None) => "all dates".to_owned(),
        }
    }

    /// The summary as sentences with numbers.
    fn sentences(&self) -> Vec<String> {
        let Summary { happenings, documents, first, last, actual, intensity_sum, intensity_mean, planned, .. } =
            &self.summary;
        let of = |quad| actual.get(&quad).copied().unwrap_or(0);
        let mut said = vec![format!(
            "{documents} documents report {happenings} happenings between {} and {}, each counted once.",
            self.a_name, self.b_name
        )];
        if let (Some(first), Some(last), Some(mean)) = (first, last, intensity_mean) {
            said.push(format!(
                "{} took place between {first} and {last}: {} of verbal and {} of material cooperation, {} of verbal and \
                 {} of material conflict; the intensities (PLOVER, -10 to 10) sum to {intensity_sum:+.1}, {mean:+.2} on average.",
                actual.values().sum::<usize>(),
                of(Quad::VerbalCooperation),
                of(Quad::MaterialCooperation),
                of(Quad::VerbalConflict),
                of(Quad::MaterialConflict),
            ));
        }
        said.push(format!(
            "{planned} are planned, {} denied or hypothetical; the rest is background.",
            self.summary.denied_or_hypothetical
        ));
        let overdue = self.commitments.iter().filter(|commitment| commitment.entry.overdue).count();
        let silent = self.commitments.iter().filter(|commitment| commitment.is_silent()).count();
        let judged = self.as_of.map(|day| format!(" on {day}")).unwrap_or_default();
        said.push(format!(
            "{} commitments are on record{judged}: {overdue} overdue, {silent} silent for {SILENT_DAYS} days or more. {} disputes are open.",
            self.commitments.len(),
            self.disputes.len()
        ));
        said
    }

    fn most_reported(&self) -> Option<&Happening> {
        let id = self.summary.most_reported.as_ref()?;
        self.happenings.iter().find(|happening| happening.event.id == *id)
    }
}
