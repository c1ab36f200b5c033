//! Which statements say that what they report did not happen.
//!
//! "Denied that …", "denied attacking", "dismissed reports that …", "rejected claims of …"; not "rejected the attack",
//! "denied them permission to land" or "did not deny".

use chancery_model::Mood;

use super::StatementDraft;

/// True if acts within the statement's content are said not to have happened.
pub fn is_denial(statement: &StatementDraft, text: &str) -> bool {
    let Some(cue) = statement.cue.filter(|_| statement.mood == Mood::Denies) else { return false };
    let words = cue.of(text).to_lowercase();
    let begins = |stems: &[&str]| words.split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let before = text[..cue.start as usize].split_whitespace().next_back().unwrap_or_default().to_lowercase();
    if words.split(' ').any(is_negation) || is_negation(&before) {
        return false;
    }
    let content = statement.content.of(text);
    if begins(&["deny", "deni", "refut", "rebut", "disavow"]) {
        return !withholds(content);
    }
    begins(&["reject", "dismiss", "disput", "rubbish"]) && is_claim(content)
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "nor" | "cannot" | "neither" | "without")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// Words of a content, in lower case, without marks.
fn words(content: &str) -> impl Iterator<Item = String> {
    content.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
}

/// "… permission to land": what is denied is a favour, no report.
fn withholds(content: &str) -> bool {
    const FAVOURS: &[&str] = &[
        "permission",
        "access",
        "entry",
        "visa",
        "visas",
        "asylum",
        "bail",
        "request",
        "requests",
        "opportunity",
        "right",
        "rights",
        "chance",
        "accreditation",
        "citizenship",
        "passage",
        "clearance",
        "recognition",
        "license",
        "licence",
        "treatment",
        "aid",
        "services",
        "parole",
        "appeal",
        "application",
    ];
    let opens_clause = words(content).next().is_some_and(|word| word == "that" || word.ends_with("ing"));
    !opens_clause && words(content).take(FIRST).any(|word| FAVOURS.contains(&word.as_str()))
}

/// "reports that …", "Western allegations of …": what is rejected is itself a claim.
fn is_claim(content: &str) -> bool {
    const CLAIMS: &[&str] = &[
        "claim",
        "report",
        "allegation",
        "accusation",
        "suggestion",
        "rumour",
        "rumor",
        "assertion",
        "charge",
        "speculation",
        "insinuation",
        "narrative",
        "notion",
        "idea",
    ];
    let is_claim = |word: String| CLAIMS.contains(&word.strip_suffix('s').unwrap_or(&word));
    words(content).take(FIRST).any(is_claim)
}

/// Words within which a content's own noun must stand.
const FIRST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Span;

    /// The part in brackets is the cue, what follows it the content.
    fn denies(marked: &str) -> bool {
        let text = marked.replace(['[', ']'], "");
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let statement = StatementDraft {
            speaker: None,
            cue: Some(Span::new(start, end)),
            content: Span::new(end + 1, text.len()),
            quoted: false,
            mood: Mood::Denies,
            parent: None,
            probability: 1.0,
        };
        is_denial(&statement, &text)
    }

    #[test]
    fn denials() {
        assert!(denies("Baku [denied] that its drones crossed the line"));
        assert!(denies("Baku [has denied] shelling two villages"));
        assert!(denies("Baku [rejected] the Armenian allegations that it shelled a village"));
        assert!(denies("Baku [dismissed] reports of an attack"));
        assert!(denies("Baku [denied] that it refused entry to the envoy"));
    }

    #[test]
    fn no_denials() {
        assert!(!denies("Baku [did not deny] that its drones crossed the line"));
        assert!(!denies("Baku neither confirmed nor [denied] the strike"));
        assert!(!denies("Baku [denied] the envoy permission to land"));
        assert!(!denies("Baku [rejected] the attack on its embassy"));
        assert!(!denies("Baku [refused] to withdraw"));
    }
}
