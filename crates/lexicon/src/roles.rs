//! Nouns that tell what sort of party somebody is: "soldier", "foreign minister", "state news agency".

use chancery_model::Sector;

use crate::actors::{Restrictions, sector};
use crate::blocks::{Block, Problem};
use crate::examples::{PartyExample, party_examples};
use crate::files::LexiconFiles;

/// One family of role nouns.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleNoun {
    /// The entry's name.
    pub name: String,
    /// Lemmas, lower case; several words allowed.
    pub nouns: Vec<String>,
    /// Sector that the noun tells.
    pub sector: Sector,
    /// True if the noun names one human being and can precede a name as a title.
    pub person: bool,
    /// True if it is an office held for a state or body.
    pub office: bool,
    /// When the noun does not mean the role.
    pub restrictions: Restrictions,
    /// Example sentences.
    pub examples: Vec<PartyExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

const KEYS: &[&str] = &[
    "nouns",
    "sector",
    "person",
    "office",
    "unless",
    "unless-before",
    "unless-after",
    "needs",
    "yes",
    "no",
    "yes-wrong",
    "no-wrong",
];

pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Vec<RoleNoun> {
    let blocks = files.blocks("roles", &[], problems);
    blocks.iter().map(|block| role(block, problems)).collect()
}

fn role(block: &Block, problems: &mut Vec<Problem>) -> RoleNoun {
    block.check_keys(KEYS, problems);
    let nouns = block.list("nouns");
    if nouns.is_empty() {
        problems.push(block.problem(
            block.line,
            format!("entry `{}` has no noun", block.name),
            "add a line `nouns …`",
        ));
    }
    let told = sector(block, problems);
    if block.first("sector").is_none() {
        problems.push(block.problem(
            block.line,
            format!("entry `{}` has no sector", block.name),
            "add a line `sector …`",
        ));
    }
    let flag = |key: &str| block.first(key).is_some_and(|field| field.value == "yes");
    RoleNoun {
        name: block.name.clone(),
        nouns: nouns.into_iter().map(|noun| noun.to_lowercase()).collect(),
        sector: told.unwrap_or(Sector::Unknown),
        person: flag("person"),
        office: flag("office"),
        restrictions: Restrictions::read(block),
        examples: party_examples(block, problems),
        origin: (block.file.clone(), block.line),
    }
}
