//! States, organisations, groups and other bodies with their names.

use chancery_model::Sector;
use jiff::civil::Date;

use crate::blocks::{Block, Problem};
use crate::examples::{PartyExample, party_examples};
use crate::files::LexiconFiles;
use crate::offices::{Bound, partial_date};

/// One entity that can act, and the names by which texts call it.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3 or `CLASS:ID`; `None` for regions and for names that are no party.
    pub code: Option<String>,
    /// Own id of a body that carries a state's code.
    pub id: Option<String>,
    /// What it is.
    pub kind: ActorKind,
    /// Sector of the body itself; `None` for states.
    pub sector: Option<Sector>,
    /// All names with their forms.
    pub names: Vec<(String, NameForm)>,
    /// Names that count only beside a title, a role noun or another party.
    pub weak: Vec<String>,
    /// First day of existence.
    pub from: Option<Date>,
    /// Last day of existence.
    pub until: Option<Date>,
    /// Codes of the states that a region stands for or belongs to.
    pub of: Vec<String>,
    /// When the names do not mean this actor.
    pub restrictions: Restrictions,
    /// Example sentences.
    pub examples: Vec<PartyExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

/// What an [`Actor`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the words of the file format
pub enum ActorKind {
    State,
    Former,
    Breakaway,
    Region,
    Organisation,
    Alliance,
    Group,
    Agency,
    Company,
    Ngo,
    Party,
    Media,
    Faith,
    People,
    /// A longer name that contains a party's name and is none itself: "Paris Hilton", "Indian Ocean".
    NotAParty,
}

/// How a name stands for its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameForm {
    /// The entity itself: "Pakistan", "NATO".
    Name,
    /// "Pakistani": tells the country of what follows, or stands for the people.
    Adjective,
    /// "Pakistanis", "Frenchman".
    People,
    /// "Sino" of "Sino-Russian".
    Prefix,
    /// The capital, standing for the government.
    Capital,
    /// A building or quarter, standing for the government.
    Seat,
}

/// Words that rule a name out, or that it needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restrictions {
    /// Anywhere in the sentence: the name means something else.
    pub unless: Vec<String>,
    /// Directly before the name.
    pub unless_after: Vec<String>,
    /// Directly after the name.
    pub unless_before: Vec<String>,
    /// One of these must be in the sentence.
    pub needs: Vec<String>,
}

impl Restrictions {
    pub(crate) fn read(block: &Block) -> Restrictions {
        Restrictions {
            unless: block.list("unless"),
            unless_after: block.list("unless-after"),
            unless_before: block.list("unless-before"),
            needs: block.list("needs"),
        }
    }
}

const KEYS: &[&str] = &[
    "code",
    "kind",
    "id",
    "sector",
    "names",
    "also",
    "adjective",
    "people",
    "prefix",
    "capital",
    "seat",
    "from",
    "until",
    "of",
    "unless",
    "unless-before",
    "unless-after",
    "needs",
    "weak",
    "yes",
    "no",
    "yes-wrong",
    "no-wrong",
];

const FORMS: &[(&str, NameForm)] = &[
    ("names", NameForm::Name),
    ("also", NameForm::Name),
    ("adjective", NameForm::Adjective),
    ("people", NameForm::People),
    ("prefix", NameForm::Prefix),
    ("capital", NameForm::Capital),
    ("seat", NameForm::Seat),
];

pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Vec<Actor> {
    let blocks = files.blocks("actors", &[], problems);
    blocks.iter().map(|block| actor(block, problems)).collect()
}

fn actor(block: &Block, problems: &mut Vec<Problem>) -> Actor {
    block.check_keys(KEYS, problems);
    let kind = kind(block, problems);
    let names: Vec<(String, NameForm)> =
        FORMS.iter().flat_map(|(key, form)| block.list(key).into_iter().map(|name| (name, *form))).collect();
    if names.is_empty() {
        let reason = format!("entry `{}` has no name to be found by", block.name);
        problems.push(block.problem(block.line, reason, "add a line `names …`"));
    }
    let code = block.first("code").map(|field| field.value.clone());
    let needs_code = !matches!(
        kind,
        ActorKind::Region | ActorKind::NotAParty | ActorKind::Faith | ActorKind::People | ActorKind::Media
    );
    match &code {
        Some(code) if !is_code(code) => {
            let line = block.first("code").map_or(block.line, |field| field.line);
            let remedy = "use three capital letters (ISO 3166-1), or IGO:, NGO:, MNC: or NSA: and an id";
            problems.push(block.problem(line, format!("`{code}` is no code"), remedy));
        }
        None if needs_code => {
            problems.push(block.problem(
                block.line,
                format!("entry `{}` has no code", block.name),
                "add a line `code …`",
            ));
        }
        _ => {}
    }
    Actor {
        name: block.name.clone(),
        code,
        id: block.first("id").map(|field| field.value.clone()),
        kind,
        sector: sector(block, problems),
        names,
        weak: block.list("weak"),
        from: date(block, "from", Bound::First, problems),
        until: date(block, "until", Bound::Last, problems),
        of: block.list("of"),
        restrictions: Restrictions::read(block),
        examples: party_examples(block, problems),
        origin: (block.file.clone(), block.line),
    }
}

/// True for `PAK`, `IGO:UNO`, `NSA:ISIS`.
pub(crate) fn is_code(code: &str) -> bool {
    let upper = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
    };
    match code.split_once(':') {
        Some((class, id)) => ["IGO", "NGO", "MNC", "NSA"].contains(&class) && upper(id),
        None => code.len() == 3 && upper(code),
    }
}

pub(crate) fn sector(block: &Block, problems: &mut Vec<Problem>) -> Option<Sector> {
    let field = block.first("sector")?;
    let sector = Sector::from_label(&field.value);
    if sector.is_none() {
        let known: Vec<_> = Sector::ALL.iter().map(|sector| sector.label()).collect();
        let remedy = format!("use one of: {}", known.join(" "));
        problems.push(block.problem(field.line, format!("`{}` is no sector", field.value), remedy));
    }
    sector
}

fn date(block: &Block, key: &str, bound: Bound, problems: &mut Vec<Problem>) -> Option<Date> {
    let field = block.first(key)?;
    let date = partial_date(&field.value, bound);
    if date.is_none() {
        let remedy = "write YYYY, YYYY-MM or YYYY-MM-DD";
        problems.push(block.problem(field.line, format!("`{}` is no date", field.value), remedy));
    }
    date
}

fn kind(block: &Block, problems: &mut Vec<Problem>) -> ActorKind {
    use ActorKind::*;
    let (line, word) = block.first("kind").map_or((block.line, ""), |field| (field.line, field.value.as_str()));
    let kinds = [
        ("state", State),
        ("former", Former),
        ("breakaway", Breakaway),
        ("region", Region),
        ("organisation", Organisation),
        ("alliance", Alliance),
        ("group", Group),
        ("agency", Agency),
        ("company", Company),
        ("ngo", Ngo),
        ("party", Party),
        ("media", Media),
        ("faith", Faith),
        ("people", People),
        ("none", NotAParty),
    ];
    match kinds.iter().find(|(label, _)| *label == word) {
        Some((_, kind)) => *kind,
        None => {
            let known: Vec<_> = kinds.iter().map(|(label, _)| *label).collect();
            problems.push(block.problem(
                line,
                format!("`{word}` is no kind"),
                format!("use one of: {}", known.join(", ")),
            ));
            NotAParty
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_states_and_bodies() {
        for code in ["PAK", "IGO:UNO", "NSA:ISIS", "IGO:OPEC-PLUS"] {
            assert!(is_code(code), "{code}");
        }
        for code in ["Pak", "PK", "UNO:IGO", "IGO:", "IGO:un"] {
            assert!(!is_code(code), "{code}");
        }
    }
}
