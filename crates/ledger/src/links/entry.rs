//! The life of one commitment, read from its reports.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Commitment, CommitmentKind, DateInterval, Extent, Stage};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One undertaking in the world with every stage that it is reported to have reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentEntry {
    /// A hash of its first report: the same whatever the order of adding.
    pub id: String,
    /// The fullest of the reports' titles.
    pub title: String,
    /// As the latest report has it.
    pub kind: CommitmentKind,
    /// Codes of those who undertake it, sorted.
    pub parties: Vec<String>,
    /// All sectors that reports name, sorted.
    pub sectors: Vec<String>,
    /// How far it has come: the furthest stage reached by the last date, unless it was stalled or cancelled since.
    pub current: Stage,
    /// When it is to be done, as last stated.
    pub due: Option<DateInterval>,
    /// The due date is past and no report says that it is completed or cancelled, or, for what is to be signed or held,
    /// that it was.
    pub overdue: bool,
    /// Publication date of the last report, where the ledger holds a later document with an event between two of the
    /// parties: since then nobody has mentioned it. `None` while it is talked of, or ended.
    pub silent_since: Option<Date>,
    /// Publication date of the last report.
    #[serde(skip)]
    pub last_report: Option<Date>,
    /// All reports, earliest first.
    pub stages: Vec<StageReport>,
}

/// One document's word on how far a commitment has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageReport {
    /// The stage.
    pub stage: Stage,
    /// When it was reached.
    pub date: Option<DateInterval>,
    /// Id of the document.
    pub document: String,
    /// The words it rests on.
    pub evidence: Extent,
    /// The statement on whose word it rests.
    pub statement: Option<String>,
}

/// A commitment as coded in one document.
pub(crate) struct Report {
    pub(crate) row: i64,
    pub(crate) published: Option<Date>,
    pub(crate) document: String,
    pub(crate) commitment: Commitment,
}

impl Report {
    /// The day by which the stage was reached: its own date where that is past, else publication.
    fn reached(&self) -> Option<Date> {
        let own = self.commitment.date.map(|date| date.start);
        match (own, self.published) {
            (Some(own), Some(published)) => Some(own.min(published)),
            (own, published) => own.or(published),
        }
    }

    /// Earliest first; of one day the earlier stage. What has no date comes first, since it may not decide what is current.
    fn order(&self) -> (Option<Date>, Stage, &str, Extent, &str) {
        let Report { document, commitment, .. } = self;
        (self.reached(), commitment.stage, document, commitment.evidence, &commitment.title)
    }
}

/// Sorts the reports and names the commitment by the first.
pub(crate) fn id_of(reports: &mut [Report]) -> String {
    reports.sort_by(|one, other| one.order().cmp(&other.order()));
    let Some(first) = reports.first() else { return String::new() };
    let Extent(start, end) = first.commitment.evidence;
    let hash = Sha256::digest(format!("{}\n{start}-{end}\n{}", first.document, first.commitment.title).as_bytes());
    crate::add::hexadecimal(&hash[..6])
}

/// The entry of reports that are one commitment; never called without a report.
pub(crate) fn entry(
    mut reports: Vec<Report>,
    as_of: Option<Date>,
    last_documents: &BTreeMap<(String, String), Date>,
) -> CommitmentEntry {
    let id = id_of(&mut reports);
    let parties = parties(&reports);
    let current = current(&reports);
    let due = reports.iter().max_by_key(|report| (report.commitment.due.is_some(), report.published));
    let due = due.and_then(|report| report.commitment.due);
    let ended = matches!(current, Stage::Completed | Stage::Cancelled);
    let last_report = reports.iter().filter_map(|report| report.published).max();
    let later = last_report.is_some_and(|last| {
        last_documents.iter().any(|((a, b), day)| *day > last && parties.contains(a) && parties.contains(b))
    });
    let sectors: BTreeSet<&String> = reports.iter().flat_map(|report| &report.commitment.sectors).collect();
    CommitmentEntry {
        id,
        title: title(&reports),
        kind: reports[0].commitment.kind,
        current,
        due,
        overdue: !ended
            && due.zip(as_of).is_some_and(|(due, today)| due.end < today && !is_fulfilled(&reports, due)),
        silent_since: last_report.filter(|_| later && !ended),
        last_report,
        sectors: sectors.into_iter().cloned().collect(),
        parties,
        stages: reports
            .into_iter()
            .map(|report| StageReport {
                stage: report.commitment.stage,
                date: report.commitment.date,
                document: report.document,
                evidence: report.commitment.evidence,
                statement: report.commitment.statement,
            })
            .collect(),
    }
}

/// All that any report names, sorted.
fn parties(reports: &[Report]) -> Vec<String> {
    let all: BTreeSet<&String> = reports.iter().flat_map(|report| &report.commitment.parties).collect();
    all.into_iter().cloned().collect()
}

/// The fullest title that is still a title; of equal ones the first in the alphabet.
fn title(reports: &[Report]) -> String {
    const LONGEST: usize = 70;
    let titles: BTreeSet<&str> = reports.iter().map(|report| report.commitment.title.as_str()).collect();
    let short = titles.iter().filter(|title| title.chars().count() <= LONGEST);
    let fullest = short.max_by_key(|title| (title.split(' ').count(), std::cmp::Reverse(**title)));
    fullest.or(titles.first()).map(|title| (*title).to_owned()).unwrap_or_default()
}

/// The furthest stage by the last date. A report of an earlier stage of its history does not set it back; what stalled or
/// ended it holds until a later report says that it goes on.
fn current(reports: &[Report]) -> Stage {
    let mut now = (reports[0].commitment.stage, reports[0].reached());
    for report in &reports[1..] {
        let (stage, day) = (report.commitment.stage, report.reached());
        let stopped = matches!(now.0, Stage::Stalled | Stage::Cancelled);
        let stops = matches!(stage, Stage::Stalled | Stage::Cancelled);
        let moves =
            if stopped { day > now.1 && (stage >= Stage::Negotiating || stops) } else { stops || stage >= now.0 };
        if moves && !(now.0 == Stage::Completed && stage == Stage::Stalled) {
            now = (stage, day);
        }
    }
    now.0
}

/// True if what was due has been reported: a signing where an agreement was to be signed, a holding where something was to
/// be held.
fn is_fulfilled(reports: &[Report], due: DateInterval) -> bool {
    use CommitmentKind::*;
    reports.iter().any(|report| {
        let reached = report.reached().is_some_and(|day| day >= due.start);
        let enough = match report.commitment.kind {
            Agreement | Cooperation => Stage::Signed,
            Visit | Meeting | Forum | Exercise | Mediation => Stage::UnderWay,
            _ => Stage::Completed,
        };
        let stage = report.commitment.stage;
        reached && stage >= enough && stage <= Stage::Completed
    })
}
