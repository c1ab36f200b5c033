//! The nouns that say that somebody holds an office.

use std::ops::Range;

use chancery_model::Sector;

use crate::mentions::Meaning;
use crate::parties::Resolver;

/// Heads of bodies of any sector: the noun tells that an office is held, but not what sort, so that it is no role noun
/// of the lexicon.
const TITLES: &[&str] = &[
    "director general",
    "director-general",
    "secretary general",
    "secretary-general",
    "chief executive",
    "head",
    "director",
    "deputy director",
    "chairman",
    "chairwoman",
    "chairperson",
    "vice chairman",
    "vice president",
    "president",
    "founder",
    "co-founder",
    "editor",
    "dean",
    "rector",
    "commissioner",
    "coordinator",
    "representative",
    "special envoy",
    "envoy",
];

/// Every office noun of the sentence with its sector: the lexicon's, and titles such as "head" before "of" or "at".
pub(super) fn office_nouns(resolver: &Resolver) -> Vec<(Range<u32>, Option<Sector>)> {
    let tree = resolver.tree;
    let mut found: Vec<(Range<u32>, Option<Sector>)> = Vec::new();
    for mention in resolver.mentions {
        let Meaning::Role { role } = mention.meaning else { continue };
        let noun = &resolver.lexicon.roles[role as usize];
        if noun.person {
            found.push((mention.tokens.clone(), Some(noun.sector)));
        }
    }
    for start in 0..tree.len() {
        let title = [2, 1].into_iter().map(|length| start..start + length).find(|tokens| {
            tokens.end < tree.len()
                && TITLES.contains(&tree.span(tokens.clone()).of(tree.text).to_lowercase().as_str())
        });
        if let Some(tokens) = title
            && matches!(tree.word(tokens.end), "of" | "at" | "for")
            && !resolver
                .mentions
                .iter()
                .any(|mention| tokens.contains(&mention.tokens.start) || mention.tokens.contains(&start))
            && !found.iter().any(|(known, _)| known.contains(&start))
        {
            found.push((tokens, None));
        }
    }
    found.sort_by_key(|(tokens, _)| tokens.start);
    found
}
