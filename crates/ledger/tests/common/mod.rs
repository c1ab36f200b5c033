//! Documents with records of every kind, the same for the same number.
#![allow(dead_code)] // each test file uses its part

use chancery_ledger::{Added, Entry, Ledger};
use chancery_model::{
    Coded, Commitment, CommitmentKind, Context, DateInterval, Document, Event, EventType, Extent, Figure, FoundIn,
    Grain, Mode, Mood, Original, Party, Place, Qualifier, Role, Sector, Stage, Statement, Status,
};
use jiff::civil::{Date, date};

/// Steele's SplitMix64: small, and the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

const CODES: [Option<&str>; 7] =
    [Some("PAK"), Some("RUS"), Some("USA"), Some("CHN"), Some("IGO:UNO"), Some("NSA:ISIS"), None];

pub fn party(random: &mut Random) -> Party {
    let code = random.pick(&CODES);
    Party {
        text: code.unwrap_or("officials").to_lowercase(),
        span: Extent(0, 3),
        name: code.map(|code| format!("Name of {code}")),
        code: code.map(str::to_owned),
        sector: random.pick(&[None, Some(Sector::Government), Some(Sector::Military)]),
        person: random.pick(&[None, Some("Albert P. Khorev")]).map(str::to_owned),
        role: random.pick(&[None, Some("ambassador")]).map(str::to_owned),
    }
}

fn interval(random: &mut Random) -> Option<DateInterval> {
    match random.below(3) {
        0 => None,
        1 => Some(DateInterval::day(day(random))),
        _ => DateInterval::years(1970, 1979, Grain::Decade),
    }
}

fn day(random: &mut Random) -> Date {
    date(2025, 1 + random.below(12) as i8, 1 + random.below(28) as i8)
}

pub fn event(random: &mut Random, id: String) -> Event {
    let kind = random.pick(EventType::ALL);
    let mode = kind.modes().first().map(|(mode, _)| *mode).filter(|_| random.below(2) == 0);
    let place = Place { name: "Moscow".into(), country: Some("RUS".into()), lat: Some(55.75), lon: None };
    Event {
        id,
        kind,
        mode: mode.or(if kind == EventType::Consult { Some(Mode::Visit) } else { None }),
        contexts: [Context::Economic, Context::Military][..random.below(3) as usize].to_vec(),
        actors: (0..1 + random.below(3)).map(|_| party(random)).collect(),
        recipients: (0..random.below(3)).map(|_| party(random)).collect(),
        date: interval(random),
        place: Some(place).filter(|_| random.below(2) == 0),
        status: random.pick(Status::ALL),
        statement: None,
        intensity: kind.intensity(mode) + random.below(10) as f64 / 10.0,
        quad: kind.quad(),
        cameo: "057".into(),
        confidence: 0.1 * random.below(10) as f64,
        sentence: Extent(0, 12),
        trigger: Extent(4, 6),
        entry: "agree/sign".into(),
    }
}

/// Document number `i` in its `edition`th wording.
pub fn sample(i: u64, edition: u64) -> (Document, Coded) {
    let mut random = Random(i * 1_000 + edition);
    let id = format!("doc-{i:05}");
    let document = Document {
        id: id.clone(),
        date: Some(day(&mut random)).filter(|_| !i.is_multiple_of(5)),
        title: Some(format!("Title {i}")).filter(|_| i.is_multiple_of(3)),
        text: format!("Łódź – wording {edition} of text {i}. {}", "More words follow here. ".repeat(40)),
        source: Some("Outlet".into()),
        found: FoundIn { source: Some("meta og:site_name".into()), ..FoundIn::default() },
        original: Some(i).filter(|_| i.is_multiple_of(2)).map(|i| Original {
            file: "a.zip".into(),
            member: Some(format!("{i}.html")),
            offset: 0,
            length: i,
            digest: format!("sha256:{i:064x}"),
        }),
        ..Document::default()
    };
    let mut coded = Coded::empty(&document, "en");
    coded.events = (0..random.below(5)).map(|n| event(&mut random, format!("{id}#e{}", n + 1))).collect();
    coded.statements.push(Statement {
        id: format!("{id}#s1"),
        speaker: Some(party(&mut random)).filter(|_| i.is_multiple_of(2)),
        cue: Some(Extent(1, 2)).filter(|_| i.is_multiple_of(3)),
        content: Extent(7, 14),
        quoted: i % 2 == 1,
        mood: random.pick(Mood::ALL),
    });
    coded.commitments.push(Commitment {
        id: format!("{id}#c1"),
        title: "The Readmission agreement".into(),
        kind: CommitmentKind::Agreement,
        parties: vec!["RUS".into(), "PAK".into()],
        beneficiary: None,
        sectors: vec!["migration".into()],
        stage: random.pick(Stage::ALL),
        due: interval(&mut random),
        date: interval(&mut random),
        figures: vec![format!("{id}#f1")],
        statement: Some(format!("{id}#s1")),
        evidence: Extent(0, 5),
    });
    coded.figures.push(Figure {
        id: format!("{id}#f1"),
        value: 90.5,
        high: Some(100.0).filter(|_| i.is_multiple_of(2)),
        unit: "company".into(),
        qualifier: Qualifier::MoreThan,
        counts: "companies".into(),
        span: Extent(2, 4),
        statement: None,
    });
    coded.roles.push(Role {
        person: "Albert P. Khorev".into(),
        role: "ambassador".into(),
        of: Some("RUS".into()),
        to: Some("PAK".into()),
        body: None,
        since: Some(date(2023, 5, 1)),
        span: Extent(0, 4),
    });
    (document, coded)
}

pub const CODER: &str = "test 1";

pub fn add(ledger: &mut Ledger, documents: &[(Document, Coded)]) -> Added {
    let entries: Vec<Entry> =
        documents.iter().map(|(document, coded)| Entry { document, coded, origin: Some("a.jsonl:1") }).collect();
    ledger.add(&entries, CODER).unwrap()
}
