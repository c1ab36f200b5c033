//! What identifies an undertaking: the part of a report by which it is compared with others.
//!
//! Two reports with the same [`Undertaking`] are one row of the ledger: repeated reporting costs nothing. How alike two
//! are depends on these two alone, never on what else the ledger holds, so that the order of adding makes no difference.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_lexicon::{ActorKind, Lexicon, NameForm};
use chancery_model::{Commitment, CommitmentKind, Grain, Stage};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words::{fold, is_common, well_known};

/// Kinds as which one undertaking may be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Sort {
    /// What is built.
    Works,
    /// What is agreed or done together.
    Accord,
    /// What goes from one to the other.
    Goods,
    /// What happens on its day.
    Gathering,
    /// Exercises, also on their days.
    Exercise,
    Mediation,
    Sanction,
    Deployment,
}

impl Sort {
    pub(crate) fn of(kind: CommitmentKind) -> Sort {
        use CommitmentKind::*;
        match kind {
            Project | Facility => Sort::Works,
            Agreement | Cooperation | Reform => Sort::Accord,
            Supply | Aid => Sort::Goods,
            Visit | Meeting | Forum => Sort::Gathering,
            Exercise => Sort::Exercise,
            Mediation => Sort::Mediation,
            Sanction => Sort::Sanction,
            Deployment => Sort::Deployment,
        }
    }

    /// True for what is told apart by its days.
    pub(crate) fn is_dated(self) -> bool {
        matches!(self, Sort::Gathering | Sort::Exercise)
    }
}

/// What identifies an undertaking, as one report or several equal ones give it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Undertaking {
    /// Codes, sorted.
    pub(crate) parties: Vec<String>,
    pub(crate) sort: Sort,
    /// Forums are not the visits during which they are held.
    pub(crate) kind: CommitmentKind,
    /// Usual name of a well-known one.
    pub(crate) known: Option<String>,
    /// Content words of the title without the parties' names, folded to families, sorted.
    pub(crate) words: Vec<String>,
    /// Those of the words that are proper names.
    pub(crate) names: Vec<String>,
    /// Numbers of the title: "fifth", "2+2", "2014".
    pub(crate) numbers: Vec<u32>,
    pub(crate) sectors: Vec<String>,
    /// When it happens or happened, for what is told apart by its days, where known to the month at least.
    pub(crate) when: Option<(Date, Date)>,
    /// When it was signed, where a report of the signing says.
    pub(crate) signed: Option<(Date, Date)>,
    /// Publication: the day for what is told apart by its days, else the first of the month.
    pub(crate) seen: Option<Date>,
    /// The report, where a user has decided on it: then it is told apart from equal ones.
    pub(crate) pinned: Option<String>,
}

impl Undertaking {
    pub(crate) fn of(report: &Commitment, published: Option<Date>, pinned: Option<String>) -> Undertaking {
        let sort = Sort::of(report.kind);
        let mut parties = report.parties.clone();
        parties.sort_unstable();
        parties.dedup();
        let title = Title::read(&report.title, &parties);
        let mut sectors = report.sectors.clone();
        sectors.sort_unstable();
        let precise = |grain: Grain| matches!(grain, Grain::Day | Grain::Week | Grain::Month);
        let days = |date: Option<chancery_model::DateInterval>| {
            date.filter(|date| precise(date.grain)).map(|date| (date.start, date.end))
        };
        let signs = matches!(report.stage, Stage::Signed);
        let seen = published
            .map(|day| if sort.is_dated() { day } else { Date::new(day.year(), day.month(), 1).unwrap_or(day) });
        Undertaking {
            known: well_known(&report.title, &parties),
            words: title.words,
            names: title.names,
            numbers: title.numbers,
            parties,
            sort,
            kind: if matches!(report.kind, CommitmentKind::Forum) { report.kind } else { kind_of(sort) },
            sectors,
            when: days(report.due.or(report.date)).filter(|_| sort.is_dated()),
            signed: days(report.date).filter(|_| signs && !sort.is_dated()),
            seen,
            pinned,
        }
    }

    /// As stored; equal undertakings have equal signatures.
    pub(crate) fn signature(&self) -> String {
        serde_json::to_string(self).expect("plain strings, numbers and dates are JSON")
    }

    /// Two undertakings are compared only if they share a key. Rare words meet under each party, others only under each
    /// pair of parties; titles of common words alone only within two months of each other.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if let Some(known) = &self.known {
            keys.push(format!("={known}"));
        }
        let telling: Vec<&String> = self.words.iter().filter(|word| !is_common(word)).collect();
        let sort = self.sort as u8;
        if self.sort.is_dated() {
            for window in self.windows() {
                keys.extend(self.pairs().iter().map(|pair| format!("{sort} {pair} @{window}")));
            }
            return keys;
        }
        if telling.is_empty() {
            for window in self.windows() {
                keys.extend(
                    self.pairs().iter().map(|pair| format!("{sort} {pair} {} @{window}", self.words.join(" "))),
                );
            }
        }
        for word in telling {
            keys.extend(self.parties.iter().map(|party| format!("{sort} {party} {word}")));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Numbers of the two-month windows in which it lies; neighbouring months share one.
    fn windows(&self) -> Vec<i32> {
        let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let days = [self.when.map(|when| when.0), self.when.map(|when| when.1), self.seen];
        let mut windows: Vec<i32> =
            days.into_iter().flatten().flat_map(|day| [month(day), month(day) + 1]).collect();
        if windows.is_empty() {
            windows.push(0);
        }
        windows.sort_unstable();
        windows.dedup();
        windows
    }

    /// Every two of the parties, or the one.
    fn pairs(&self) -> Vec<String> {
        if self.parties.len() < 2 {
            return self.parties.clone();
        }
        let mut pairs = Vec::new();
        for (at, one) in self.parties.iter().enumerate() {
            pairs.extend(self.parties[at + 1..].iter().map(|other| format!("{one}+{other}")));
        }
        pairs
    }
}

/// One kind for all of a sort.
fn kind_of(sort: Sort) -> CommitmentKind {
    match sort {
        Sort::Works => CommitmentKind::Project,
        Sort::Accord => CommitmentKind::Agreement,
        Sort::Goods => CommitmentKind::Supply,
        Sort::Gathering => CommitmentKind::Meeting,
        Sort::Exercise => CommitmentKind::Exercise,
        Sort::Mediation => CommitmentKind::Mediation,
        Sort::Sanction => CommitmentKind::Sanction,
        Sort::Deployment => CommitmentKind::Deployment,
    }
}

/// The words of a title.
#[derive(Default)]
struct Title {
    words: Vec<String>,
    names: Vec<String>,
    numbers: Vec<u32>,
}

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Words without content of their own.
const EMPTY: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "on",
    "in",
    "for",
    "and",
    "to",
    "with",
    "between",
    "regarding",
    "its",
    "their",
    "his",
    "her",
    "s",
    "by",
    "from",
    "at",
    "during",
    "over",
    "under",
    "into",
    "about",
    "as",
    "or",
    "that",
    "this",
    "which",
    "new",
    "joint",
    "project",
    "plan",
    "official",
];

impl Title {
    fn read(title: &str, parties: &[String]) -> Title {
        let mut read = Title::default();
        for (at, word) in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).enumerate() {
            let lower = word.to_lowercase();
            if let Some(number) = number(&lower) {
                read.numbers.push(number);
                continue;
            }
            if EMPTY.contains(&lower.as_str()) || parties.iter().any(|code| is_name_of(code, &lower)) {
                continue;
            }
            let folded = fold(&lower);
            let capital = word.starts_with(char::is_uppercase);
            // the first word is always capital: it counts as a name only if no list of common things has it
            if capital
                && (at > 0 || folded == lower && !is_common(&folded))
                && !word.chars().all(char::is_uppercase)
            {
                read.names.push(folded.clone());
            }
            read.words.push(folded);
        }
        for list in [&mut read.words, &mut read.names] {
            list.sort_unstable();
            list.dedup();
        }
        read.numbers.sort_unstable();
        read.numbers.dedup();
        read
    }
}

/// "fifth", "5th", "2014".
fn number(word: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some(at as u32 + 1);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok()
}

/// True if the word is a name or adjective of the party: "russian" of RUS, "islamabad" of PAK.
fn is_name_of(code: &str, word: &str) -> bool {
    static NAMES: OnceLock<BTreeMap<String, Vec<&'static str>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
        for actor in &Lexicon::embedded().actors {
            let state = matches!(actor.kind, ActorKind::State | ActorKind::Former | ActorKind::Organisation);
            let Some(code) = actor.code.as_ref().filter(|_| state) else { continue };
            for (name, form) in &actor.names {
                if !matches!(form, NameForm::Seat) {
                    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1);
                    parts.for_each(|part| names.entry(part.to_lowercase()).or_default().push(code));
                }
            }
        }
        names
    });
    names.get(word).is_some_and(|codes| codes.contains(&code))
}
