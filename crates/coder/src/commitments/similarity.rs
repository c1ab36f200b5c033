//! How likely two commitments are one undertaking in the world: for linking within and across documents.

use std::collections::BTreeSet;

use chancery_lexicon::{Alias, Undertakings};
use chancery_model::{Commitment, CommitmentKind};

/// From 0 (surely different) to 1 (surely the same): parties, kind, content words of the titles, sectors, due dates, and
/// the names of well-known undertakings. A pure function of its arguments.
pub fn same_undertaking(a: &Commitment, b: &Commitment, known: &Undertakings) -> f64 {
    let (alias_a, alias_b) = (well_known(a, known), well_known(b, known));
    if let (Some(one), Some(other)) = (alias_a, alias_b) {
        return if one == other { 1.0 } else { 0.0 };
    }
    let parties = overlap(&a.parties, &b.parties);
    if parties == 0.0 || !kinds_meet(a.kind, b.kind) {
        return 0.0;
    }
    let (words_a, words_b) = (title_words(&a.title), title_words(&b.title));
    let words = likeness(&words_a, &words_b);
    let sectors = if a.sectors.is_empty() || b.sectors.is_empty() { 0.5 } else { overlap(&a.sectors, &b.sectors) };
    let mut score = 0.6 * words + 0.3 * parties + 0.1 * sectors;
    if let (Some(due_a), Some(due_b)) = (a.due, b.due)
        && (due_a.end < due_b.start || due_b.end < due_a.start)
        && is_dated(a.kind)
    {
        score *= 0.4; // two summits of the same countries on different days are two
    }
    // a well-known one is not every pipeline of the same countries
    if (alias_a.is_some() != alias_b.is_some()) && words < 0.99 {
        score *= 0.8;
    }
    score
}

/// Kinds whose undertakings are told apart by their day.
fn is_dated(kind: CommitmentKind) -> bool {
    matches!(
        kind,
        CommitmentKind::Visit | CommitmentKind::Meeting | CommitmentKind::Forum | CommitmentKind::Exercise
    )
}

/// Kinds as which the same undertaking may be reported.
fn kinds_meet(a: CommitmentKind, b: CommitmentKind) -> bool {
    use CommitmentKind::*;
    let group = |kind| match kind {
        Project | Facility => 0,
        Agreement | Cooperation | Reform => 1,
        Supply | Aid => 2,
        Visit => 3,
        Meeting => 4,
        Forum => 5,
        Exercise => 6,
        Mediation => 7,
        Sanction => 8,
        Deployment => 9,
    };
    a == b || group(a) == group(b) || matches!((a, b), (Visit, Meeting) | (Meeting, Visit))
}

/// The well-known undertaking that a commitment's title names, by its index in `Undertakings::aliases`; the longest name
/// that fits decides.
pub fn well_known(commitment: &Commitment, known: &Undertakings) -> Option<usize> {
    let title = spaced(&commitment.title);
    let mut best: Option<(usize, usize)> = None;
    for (index, alias) in known.aliases.iter().enumerate() {
        for name in std::iter::once(&alias.name).chain(&alias.names) {
            if !parties_fit(commitment, alias, name) {
                continue;
            }
            let name = spaced(name);
            if title.contains(&name) && best.is_none_or(|(length, _)| name.len() > length) {
                best = Some((name.len(), index));
            }
        }
    }
    best.map(|(_, index)| index)
}

/// A proper name needs one of the parties; a common one ("nuclear deal") the first of them and nobody else.
fn parties_fit(commitment: &Commitment, alias: &Alias, name: &str) -> bool {
    let own = |code: &String| alias.parties.contains(code);
    if alias.parties.is_empty() {
        true
    } else if name.contains(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        commitment.parties.iter().any(own)
    } else {
        commitment.parties.iter().all(own) && commitment.parties.contains(&alias.parties[0])
    }
}

/// Words in lower case with one space before and after each, hyphens opened.
fn spaced(text: &str) -> String {
    let mut out = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        out.push_str(&word.to_lowercase());
        out.push(' ');
    }
    out
}

/// The content words of a title, in singular and lower case.
pub fn title_words(title: &str) -> BTreeSet<String> {
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
        "official",
        "project",
        "s",
        "plan",
        "joint",
    ];
    title
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str()))
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
            _ => word,
        })
        .collect()
}

/// True if one title says no more than the other.
pub fn is_same_title(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_empty() && !b.is_empty() && (a.is_subset(b) || b.is_subset(a))
}

/// Likeness of two titles: shared words by the shorter one, less what the longer one has of its own.
fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let shared = a.intersection(b).count() as f64;
    let shorter = a.len().min(b.len()).max(1) as f64;
    let all = a.union(b).count().max(1) as f64;
    0.6 * shared / shorter + 0.4 * shared / all
}

/// Share of the smaller set that the larger one holds, less a little for what it holds besides.
fn overlap(a: &[String], b: &[String]) -> f64 {
    let shared = a.iter().filter(|item| b.contains(item)).count() as f64;
    let shorter = a.len().min(b.len()).max(1) as f64;
    let longer = a.len().max(b.len()).max(1) as f64;
    0.7 * shared / shorter + 0.3 * shared / longer
}

#[cfg(test)]
mod tests {
    use chancery_lexicon::Lexicon;
    use chancery_model::{DateInterval, Extent, Stage};

    use super::*;

    fn commitment(title: &str, kind: CommitmentKind, parties: &[&str]) -> Commitment {
        Commitment {
            id: "d#c1".into(),
            title: title.into(),
            kind,
            parties: parties.iter().map(|&code| code.to_owned()).collect(),
            beneficiary: None,
            sectors: Vec::new(),
            stage: Stage::Announced,
            due: None,
            date: None,
            figures: Vec::new(),
            statement: None,
            evidence: Extent(0, 1),
        }
    }

    fn check(a: Commitment, b: Commitment, low: f64, high: f64) {
        let known = &Lexicon::embedded().undertakings;
        let score = same_undertaking(&a, &b, known);
        assert!((low..=high).contains(&score), "{} ~ {}: {score:.2}", a.title, b.title);
        assert!((score - same_undertaking(&b, &a, known)).abs() < 1e-9, "either order gives the same");
    }

    #[test]
    fn well_known_undertakings_are_one_under_all_their_names() {
        use CommitmentKind::*;
        let pair = &["PAK", "RUS"];
        check(
            commitment("North-South gas pipeline project", Project, pair),
            commitment("Pakistan Stream gas pipeline", Project, pair),
            1.0,
            1.0,
        );
        check(
            commitment("Nuclear deal", Agreement, &["IRN", "USA"]),
            commitment("JCPOA", Agreement, &["IRN"]),
            1.0,
            1.0,
        );
        check(
            commitment("Nord Stream 2", Project, &["DEU", "RUS"]),
            commitment("Nord Stream pipeline", Project, &["DEU", "RUS"]),
            0.0,
            0.0,
        );
    }

    #[test]
    fn common_names_belong_to_their_own_countries() {
        let known = &Lexicon::embedded().undertakings;
        let other = commitment("Nuclear deal", CommitmentKind::Agreement, &["KAZ", "KOR"]);
        assert_eq!(well_known(&other, known), None);
    }

    #[test]
    fn words_and_parties_link_the_rest() {
        use CommitmentKind::*;
        let pair = &["PAK", "RUS"];
        check(
            commitment("Readmission agreement", Agreement, pair),
            commitment("Readmission agreement", Agreement, pair),
            0.9,
            1.0,
        );
        check(
            commitment("Readmission agreement", Agreement, pair),
            commitment("Visa agreement", Agreement, pair),
            0.0,
            0.75,
        );
        check(
            commitment("Readmission agreement", Agreement, pair),
            commitment("Readmission agreement", Agreement, &["EGY", "ITA"]),
            0.0,
            0.0,
        );
        check(
            commitment("Business forum", Forum, pair),
            commitment("Pakistan-Russia Business Forum", Forum, pair),
            0.75,
            1.0,
        );
    }

    #[test]
    fn two_summits_on_different_days_are_two() {
        use CommitmentKind::*;
        let day = |month| Some(DateInterval::month(2026, month).unwrap());
        let pair = &["IND", "JPN"];
        let a = Commitment { due: day(3), ..commitment("Summit", Meeting, pair) };
        let b = Commitment { due: day(9), ..commitment("Summit", Meeting, pair) };
        check(a, b, 0.0, 0.5);
    }
}
