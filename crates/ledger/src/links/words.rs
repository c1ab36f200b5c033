//! The lexicon's knowledge of titles: families of words, common words, and the names of well-known undertakings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chancery_lexicon::{Alias, Lexicon};

/// The word in singular, or the name of its family.
pub(crate) fn fold(lower: &str) -> String {
    static FAMILIES: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    let families = FAMILIES.get_or_init(|| {
        let families = &Lexicon::embedded().undertakings.families;
        families
            .iter()
            .flat_map(|(name, words)| words.iter().map(move |word| (word.as_str(), name.as_str())))
            .collect()
    });
    let singular = singular(lower);
    families.get(singular.as_str()).map_or(singular, |family| (*family).to_owned())
}

/// True for a word that says little about which undertaking is meant.
pub(crate) fn is_common(folded: &str) -> bool {
    static COMMON: OnceLock<BTreeSet<String>> = OnceLock::new();
    let common =
        COMMON.get_or_init(|| Lexicon::embedded().undertakings.common.iter().map(|word| fold(word)).collect());
    common.contains(folded)
}

/// A plural without its ending, as far as spelling tells.
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// A name of a well-known undertaking, in the words that a title must hold.
struct Name {
    words: Vec<String>,
    alias: &'static Alias,
    proper: bool,
}

/// Usual name of the well-known undertaking that the title names; the longest name that fits decides.
pub(crate) fn well_known(title: &str, parties: &[String]) -> Option<String> {
    static NAMES: OnceLock<BTreeMap<String, Vec<Name>>> = OnceLock::new();
    let names = NAMES.get_or_init(names);
    let words = words(title);
    let mut best: Option<(usize, &'static Alias)> = None;
    for at in 0..words.len() {
        for name in names.get(&words[at]).into_iter().flatten() {
            let stands = words[at..].starts_with(&name.words);
            let length = name.words.iter().map(String::len).sum();
            if stands && parties_fit(parties, name) && best.is_none_or(|(known, _)| length > known) {
                best = Some((length, name.alias));
            }
        }
    }
    best.map(|(_, alias)| alias.name.clone())
}

/// By first word.
fn names() -> BTreeMap<String, Vec<Name>> {
    let mut names: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for alias in &Lexicon::embedded().undertakings.aliases {
        for name in std::iter::once(&alias.name).chain(&alias.names) {
            let words = words(name);
            let proper = name.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if let Some(first) = words.first().cloned() {
                names.entry(first).or_default().push(Name { words, alias, proper });
            }
        }
    }
    names
}

/// A proper name needs one of the parties; a common one ("nuclear deal") the first of them and nobody else.
fn parties_fit(parties: &[String], name: &Name) -> bool {
    let own = |code: &String| name.alias.parties.contains(code);
    match name.alias.parties.first() {
        None => true,
        Some(_) if name.proper => parties.iter().any(own),
        Some(first) => parties.iter().all(own) && parties.contains(first),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_and_plurals_fold() {
        assert_eq!(fold("treaties"), fold("accord"));
        assert_eq!(fold("railway"), "rail");
        assert_eq!(fold("tunnels"), "tunnel");
    }

    #[test]
    fn common_names_belong_to_their_own_countries() {
        let parties = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
        assert_eq!(well_known("Nuclear deal", &parties(&["KAZ", "KOR"])), None);
        assert_eq!(well_known("Nuclear deal", &parties(&["IRN", "USA"])), well_known("JCPOA", &parties(&["IRN"])));
        assert_ne!(
            well_known("Nord Stream 2", &parties(&["DEU", "RUS"])),
            well_known("Nord Stream pipeline", &parties(&["DEU", "RUS"]))
        );
        assert_eq!(
            well_known("North-South gas pipeline project", &parties(&["PAK", "RUS"])),
            well_known("Pakistan Stream gas pipeline", &parties(&["PAK", "RUS"]))
        );
    }
}
