//! Titles, appositions, predications, and what is no office held.

use super::*;
use crate::discourse::Discourse;
use crate::mentions::find_mentions;
use crate::tree::Tree;
use chancery_language::{Core, Scratch, segment};
use chancery_lexicon::Lexicon;

/// "person, role, of, to" of every role in the sentence.
fn roles(text: &str) -> Vec<String> {
    let lexicon = Lexicon::embedded();
    let mut sentence = segment(text).remove(0);
    Core::embedded().analyse(text, &mut sentence, &mut Scratch::default());
    let tree = Tree::new(text, &sentence);
    let mentions = find_mentions(lexicon, text, &sentence, None);
    let discourse = Discourse::default();
    let found = find_roles(&Resolver { lexicon, tree: &tree, mentions: &mentions, discourse: &discourse });
    let shown = |role: &RoleDraft| {
        let code = |code: &Option<String>| code.as_deref().unwrap_or("-").to_owned();
        let since = role.since.map_or(String::new(), |day| format!(", {day}"));
        format!("{}, {}, {}, {}{since}", role.person, role.role, code(&role.of), code(&role.to))
    };
    found.iter().map(shown).collect()
}

#[test]
fn titles_before_names() {
    assert_eq!(roles("Polish Defence Minister Jan Nowak arrived."), ["Jan Nowak, defence minister, POL, -"]);
    assert_eq!(
        roles("Pakistan’s Ambassador to Moscow, Karim Nawaz Butt, spoke."),
        ["Karim Nawaz Butt, ambassador, PAK, RUS"]
    );
    assert_eq!(roles("Russian Ambassador to Pakistan Oleg Petrov spoke."), ["Oleg Petrov, ambassador, RUS, PAK"]);
}

#[test]
fn appositions_after_names() {
    assert_eq!(roles("Anna Berg, the Swedish prime minister, resigned."), ["Anna Berg, prime minister, SWE, -"]);
}

#[test]
fn offices_said_of_somebody() {
    assert_eq!(
        roles("Maria Lopez became president of Chile in 2021."),
        ["Maria Lopez, president, CHL, -, 2021-01-01"]
    );
    assert_eq!(roles("Peter Hale has been appointed ambassador to Kenya."), ["Peter Hale, ambassador, -, KEN"]);
}

#[test]
fn a_former_office_is_not_held() {
    assert!(roles("Former Polish Prime Minister Jan Nowak arrived.").is_empty());
    assert!(roles("The minister met Jan Nowak.").is_empty());
}
