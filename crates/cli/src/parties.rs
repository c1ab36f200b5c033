//! Countries and bodies as people name them: "PAK", "pak", "Pakistan", "Pakistani", "IGO:UNO", "NATO".

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;
use chancery_ledger::Ledger;
use chancery_lexicon::{ActorKind, Lexicon, NameForm};

/// A country or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// ISO 3166-1 alpha-3, or `IGO:` and the like.
    pub(crate) code: String,
    /// As people write it.
    pub(crate) name: String,
}

/// Nothing is called so.
#[derive(Debug)]
pub(crate) struct UnknownParty {
    given: String,
    nearest: Vec<Named>,
}

impl fmt::Display for UnknownParty {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "no country or body is called `{}`", self.given)?;
        let nearest: Vec<String> =
            self.nearest.iter().map(|Named { code, name }| format!("{code} ({name})")).collect();
        if nearest.is_empty() { Ok(()) } else { write!(f, "; nearest: {}", nearest.join(", ")) }
    }
}

impl std::error::Error for UnknownParty {}

/// How many near names a message lists, and how near they must be (1 is the same).
const NEAREST: usize = 4;
const NEAR: f64 = 0.7;

/// The country or body that is called `given`: by its code, its name, or a word for its people. Codes that only the ledger
/// knows, from a lexicon of the user's own, are taken too.
///
/// # Errors
/// [`UnknownParty`] with the nearest names, or if the ledger cannot be read.
pub(crate) fn resolve(given: &str, ledger: &Ledger) -> Result<Named> {
    let given = given.trim();
    let lexicon = Lexicon::embedded();
    let code = given.to_uppercase();
    let known = lexicon.actors.iter().filter(|actor| actor.code.is_some());
    let matching = |forms: &[NameForm]| {
        known.clone().find(|actor| {
            actor
                .names
                .iter()
                .any(|(name, form)| forms.contains(form) && name.to_lowercase() == given.to_lowercase())
        })
    };
    let found = known
        .clone()
        .filter(|actor| actor.code.as_deref() == Some(&code))
        // Of all that bear a country's code, the country of today.
        .min_by_key(|actor| (actor.kind != ActorKind::State, actor.kind != ActorKind::Former))
        .or_else(|| matching(&[NameForm::Name]))
        .or_else(|| matching(&[NameForm::Adjective, NameForm::People, NameForm::Capital]));
    if let Some(actor) = found
        && let Some(code) = &actor.code
    {
        return Ok(Named { code: code.clone(), name: actor.name.clone() });
    }
    if ledger.knows_party(&code)? {
        return Ok(Named { name: code.clone(), code });
    }
    let nearest = nearest(lexicon, given);
    Err(UnknownParty { given: given.to_owned(), nearest }.into())
}

/// Codes whose own letters or whose name are most like the given, states before bodies.
fn nearest(lexicon: &Lexicon, given: &str) -> Vec<Named> {
    let lower = given.to_lowercase();
    let mut best: BTreeMap<&str, (f64, &str)> = BTreeMap::new();
    for actor in lexicon.actors.iter().filter(|actor| matches!(actor.kind, ActorKind::State | ActorKind::Former)) {
        let Some(code) = &actor.code else { continue };
        let by_code = same_letters(&code.to_lowercase(), &lower);
        let by_name = actor.names.iter().filter(|(_, form)| matches!(form, NameForm::Name | NameForm::Adjective));
        let by_name =
            by_name.map(|(name, _)| strsim::jaro_winkler(&name.to_lowercase(), &lower)).fold(0.0, f64::max);
        let near = by_code.max(by_name);
        let known = best.entry(code).or_insert((near, &actor.name));
        if near > known.0 {
            *known = (near, &actor.name);
        }
    }
    let mut ranked: Vec<(&str, (f64, &str))> = best.into_iter().filter(|(_, (near, _))| *near >= NEAR).collect();
    ranked.sort_by(|one, other| other.1.0.total_cmp(&one.1.0).then_with(|| one.0.cmp(other.0)));
    ranked
        .into_iter()
        .take(NEAREST)
        .map(|(code, (_, name))| Named { code: code.into(), name: name.into() })
        .collect()
}

/// Likeness of two codes: transposed letters are the usual slip.
fn same_letters(code: &str, given: &str) -> f64 {
    if code.len() != given.len() {
        0.0
    } else {
        1.0 - strsim::damerau_levenshtein(code, given) as f64 / code.len() as f64 + 0.1
    }
}
