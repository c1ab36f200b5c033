//! Words that keep their full stop, read from `data/abbreviations.txt`, and words that open sentences.

use std::sync::LazyLock;

/// What an abbreviation says about a sentence end after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Before a name or noun: never an end.
    Title,
    /// An abbreviation only before a figure.
    Number,
    /// Inside a sentence: never an end.
    Inner,
    /// An end before a capital that is no time zone, day or month.
    Final,
    /// An end only before a word that opens sentences.
    Suffix,
}

/// Longest entry in bytes; longer words are not looked up.
const LONGEST: usize = 8;

static TABLE: LazyLock<Vec<(String, Kind)>> = LazyLock::new(|| read(include_str!("../../data/abbreviations.txt")));

/// The class of `word` (given without its stop); `None` if it is no abbreviation.
pub(crate) fn kind(word: &str) -> Option<Kind> {
    if word.len() > LONGEST {
        return None;
    }
    let found = TABLE.binary_search_by(|(entry, _)| entry.as_str().cmp(word)).ok()?;
    Some(TABLE[found].1)
}

fn read(file: &str) -> Vec<(String, Kind)> {
    let mut table = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let Some((class, words)) = line.split_once(':') else { continue };
        let kind = match class {
            "title" => Kind::Title,
            "number" => Kind::Number,
            "inner" => Kind::Inner,
            "final" => Kind::Final,
            "suffix" => Kind::Suffix,
            other => {
                panic!("data/abbreviations.txt: unknown class `{other}`; use title, number, inner, final, suffix")
            }
        };
        for word in words.split_whitespace() {
            table.push((word.to_owned(), kind));
            // Short forms in capitals are words of their own too often ("LA", "CO", "IN").
            if matches!(kind, Kind::Title | Kind::Suffix) && (word.len() > 2 || kind == Kind::Title) {
                table.push((word.to_uppercase(), kind));
            }
        }
    }
    table.sort_by(|a, b| a.0.cmp(&b.0));
    table.dedup_by(|a, b| a.0 == b.0);
    table
}

/// Words that open sentences and are hardly ever part of a name, sorted.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Along",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Between",
    "Both",
    "But",
    "By",
    "Can",
    "Could",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "Finally",
    "First",
    "For",
    "From",
    "Further",
    "Given",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Last",
    "Later",
    "Like",
    "Many",
    "Meanwhile",
    "More",
    "Moreover",
    "Most",
    "My",
    "Nearly",
    "Neither",
    "Nevertheless",
    "No",
    "Nor",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "Several",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "Than",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unlike",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Would",
    "Yet",
    "You",
    "Your",
];

/// True if `word` opens sentences more often than it continues a name; in capitals throughout too.
pub(crate) fn opens_sentences(word: &str) -> bool {
    if OPENERS.binary_search(&word).is_ok() {
        return true;
    }
    // "U.S. IN TALKS" is no end, "TALKS WITH THE U.S. THE" is: only the articles and pronouns count in capitals.
    matches!(word, "THE" | "HE" | "SHE" | "THEY" | "IT" | "BUT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openers_are_sorted_and_entries_fit() {
        assert!(OPENERS.is_sorted());
        assert!(TABLE.iter().all(|(word, _)| word.len() <= LONGEST));
    }

    #[test]
    fn classes_are_told_apart() {
        assert_eq!(kind("Gen"), Some(Kind::Title));
        assert_eq!(kind("GEN"), Some(Kind::Title));
        assert_eq!(kind("No"), Some(Kind::Number));
        assert_eq!(kind("NO"), None);
        assert_eq!(kind("e.g"), Some(Kind::Inner));
        assert_eq!(kind("relations"), None);
    }
}
