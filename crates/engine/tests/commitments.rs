//! Commitments on the lexicon's examples and on whole passages: half of these were used in writing the rules, half not.

use chancery_engine::Engine;
use chancery_engine::examples::check_commitments;
use chancery_lexicon::Lexicon;
use chancery_model::{Commitment, DateInterval, Document};

/// Largest share of examples that may be marked as known to be wrong.
const MOST_KNOWN_WRONG: f64 = 0.12;

#[test]
fn examples() {
    let outcome = check_commitments(&Engine::new(Lexicon::embedded()));
    for failure in &outcome.failures {
        eprintln!("{}:{}: {}\n    {}", failure.file, failure.line, failure.sentence, failure.reason);
    }
    assert!(
        outcome.failures.is_empty(),
        "mend the entries, or mark the lines with `cargo xtask lexicon commitments mark`"
    );
    assert!(outcome.known_wrong as f64 <= MOST_KNOWN_WRONG * outcome.count as f64, "{outcome:?}");
}

#[test]
fn tuning_passages() {
    let score = score(include_str!("commitments/tuning.txt"));
    assert!(score.recall() >= 0.8 && score.precision() >= 0.7, "{score:?}");
}

#[test]
fn blind_passages() {
    let score = score(include_str!("commitments/blind.txt"));
    assert!(score.recall() >= 0.6 && score.precision() >= 0.6, "{score:?}");
}

/// A commitment that a passage expects.
#[derive(Debug)]
struct Expected {
    stage: String,
    kind: String,
    parties: Vec<String>,
    /// Parties that may be missing.
    optional: Vec<String>,
    about: Vec<String>,
    due: Option<String>,
    date: Option<String>,
}

#[derive(Debug, Default)]
struct Score {
    given: usize,
    right: usize,
    wanted: usize,
    found: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        self.found as f64 / self.wanted.max(1) as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.given.max(1) as f64
    }
}

fn score(passages: &str) -> Score {
    let engine = Engine::new(Lexicon::embedded());
    let mut score = Score::default();
    for block in passages.split("\n\n").filter(|block| !block.starts_with('#')) {
        let mut lines = block.trim().lines();
        let (name, date) = lines.next().and_then(|line| line.split_once(' ')).expect("name and date");
        let text = lines.next().expect("a text").to_owned();
        let expected: Vec<Expected> = lines.filter_map(|line| line.strip_prefix("=> ")).map(expected).collect();
        let document = Document { id: name.into(), date: date.parse().ok(), text, ..Document::default() };
        let given = engine.code(&document).commitments;
        for one in &given {
            let right = expected.iter().any(|wanted| meets(one, wanted));
            score.right += usize::from(right);
            eprintln!(
                "{name}: {} {} {} {} `{}`",
                if right { "right" } else { "wrong" },
                one.stage,
                one.kind,
                one.parties.join(" "),
                one.title
            );
        }
        for wanted in &expected {
            let found = given.iter().any(|one| meets(one, wanted));
            score.found += usize::from(found);
            if !found {
                eprintln!("{name}: missed {wanted:?}");
            }
        }
        score.given += given.len();
        score.wanted += expected.len();
    }
    eprintln!("found {} of {}, right {} of {} given", score.found, score.wanted, score.right, score.given);
    score
}

fn expected(line: &str) -> Expected {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next().unwrap_or_default().split_whitespace();
    let (stage, kind) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let (optional, parties): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('['));
    let about = parts.next().unwrap_or_default().split(',').map(|word| word.trim().to_owned()).collect();
    let rest: Vec<&str> = parts.flat_map(str::split_whitespace).collect();
    let value = |key: &str| rest.iter().find_map(|item| item.strip_prefix(key)).map(str::to_owned);
    Expected {
        stage,
        kind,
        parties: parties.into_iter().map(str::to_owned).collect(),
        optional: optional.into_iter().map(|code| code.trim_matches(['[', ']']).to_owned()).collect(),
        about,
        due: value("due="),
        date: value("date="),
    }
}

fn meets(one: &Commitment, wanted: &Expected) -> bool {
    let title = one.title.to_lowercase();
    let begins = |date: Option<DateInterval>, want: &Option<String>| {
        want.as_ref().is_none_or(|want| date.is_some_and(|date| date.start.to_string().starts_with(want.as_str())))
    };
    one.stage.label() == wanted.stage
        && one.kind.label() == wanted.kind
        && wanted.parties.iter().all(|code| one.parties.contains(code))
        && one.parties.iter().all(|code| wanted.parties.contains(code) || wanted.optional.contains(code))
        && wanted.about.iter().any(|word| title.contains(word))
        && begins(one.due, &wanted.due)
        && begins(one.date, &wanted.date)
}

#[test]
fn every_form_of_a_stage() {
    let engine = Engine::new(Lexicon::embedded());
    for (stage, sentence) in [
        ("negotiating", "The readmission agreement between Pakistan and Russia has not yet been finalized."),
        ("negotiating", "Russia is in talks to upgrade Pakistan's oil refineries."),
        ("agreed", "Practical steps have been agreed to start direct air links between Moscow and Islamabad."),
        ("agreed", "Estonia and Finland reached a consensus on the expansion of a port."),
        ("announced", "The LNG terminal of Greece and Bulgaria will be operational by 2026."),
        ("announced", "A business forum is being organized by Kenya and India."),
        ("announced", "Peru and Chile plan to build a railway."),
        ("announced", "Norway pledged to send 50 tanks to Ukraine."),
        ("signed", "Egypt and Cyprus initialled a gas agreement."),
        ("in_force", "The trade agreement between Chile and Peru entered into force on Monday."),
        ("in_force", "Malaysia ratified the free trade agreement with Chile."),
        ("stalled", "The gas pipeline project of Iran and Pakistan is on hold."),
        ("stalled", "Talks on a border treaty between Sudan and Chad have been suspended."),
        ("completed", "Kazakhstan and China inaugurated a gas pipeline."),
        ("completed", "Joint military exercises were held by India and France."),
        ("under_way", "The gas pipeline between Bulgaria and Serbia is under construction."),
        ("cancelled", "Mali withdrew from the defence agreement with France."),
        ("cancelled", "Germany scrapped the pipeline project with Russia."),
        ("proposed", "Russia offered to mediate between Armenia and Azerbaijan."),
        ("proposed", "Visa facilitation between Russia and Pakistan will have to be prioritized."),
        ("proposed", "Serbia and Kosovo could sign a border treaty."),
        ("proposed", "If Serbia and Kosovo sign a border treaty, trade will grow."),
        ("proposed", "Cuba hopes to sign a trade agreement with Jamaica."),
    ] {
        let text = sentence.to_owned();
        let date = Some(jiff::civil::date(2026, 1, 15));
        let found = engine.code(&Document { id: "x".into(), date, text, ..Document::default() }).commitments;
        let stages: Vec<&str> = found.iter().map(|one| one.stage.label()).collect();
        assert!(stages.contains(&stage), "{stage} is not among {stages:?}: {sentence}");
    }
}

#[test]
fn what_is_no_commitment_gives_none() {
    let engine = Engine::new(Lexicon::embedded());
    for sentence in [
        "Cooperation between Pakistan and Russia is increasing.",
        "Negotiations between Israel and Lebanon are hard.",
        "Spain signed a striker from Brazil.",
        "No agreement between India and China was signed.",
        "Iran refused to sign an agreement with Israel.",
        "Russia threatened to suspend the grain agreement with Ukraine.",
    ] {
        let found =
            engine.code(&Document { id: "x".into(), text: sentence.to_owned(), ..Document::default() }).commitments;
        assert!(found.is_empty(), "{sentence}: {:?}", found.iter().map(|one| &one.title).collect::<Vec<_>>());
    }
}
