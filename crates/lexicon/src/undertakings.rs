//! Words of undertakings between states: what can be undertaken, how far it has come, and what well-known ones are
//! called.
//!
//! `data/commitments/undertakings*.txt` names undertakings by noun and verb ("treaty", "build"), `stages*.txt` the
//! words that tell a stage ("sign", "on hold", "in talks"), `aliases*.txt` the names of well-known undertakings,
//! `sectors.txt` the words of a sector and `not.txt` words that mark sport, markets and show business.
//!
//! ```text
//! treaty
//!   kind   agreement
//!   nouns  treaty; pact
//!   yes    Estonia and Latvia signed a border treaty. => signed EST LVA
//! ```

use chancery_model::{CommitmentKind, Stage};

use crate::blocks::{Block, Field, Problem, items};
use crate::files::LexiconFiles;

/// All words of undertakings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undertakings {
    /// What can be undertaken.
    pub undertakings: Vec<Undertaking>,
    /// What tells how far it has come.
    pub cues: Vec<StageCue>,
    /// Well-known undertakings with their names.
    pub aliases: Vec<Alias>,
    /// Sector and the lemmas or short phrases that tell it, in the order of the file.
    pub sectors: Vec<(String, Vec<String>)>,
    /// Families of title words that mean the same when reports are linked: the family's name and its words, singular.
    pub families: Vec<(String, Vec<String>)>,
    /// Title words that say little about which undertaking is meant, singular.
    pub common: Vec<String>,
    /// Lemmas or short phrases of sport, markets and show business: a sentence with one of them states no commitment.
    pub excluded: Vec<String>,
}

/// One family of words for what can be undertaken.
#[derive(Clone, Debug, PartialEq)]
pub struct Undertaking {
    /// The entry's name.
    pub name: String,
    /// What sort of undertaking.
    pub kind: CommitmentKind,
    /// Lemmas, lower case; several words allowed: "memorandum of understanding".
    pub nouns: Vec<String>,
    /// Verbs whose clause is the undertaking: "build", "mediate".
    pub verbs: Vec<String>,
    /// Lemmas or short phrases of which one must stand in the object of a verb: the goods that are supplied, what can be
    /// built; empty if anything can be the object.
    pub objects: Vec<String>,
    /// How a verb's undertaking is called before " of OBJECT": "Construction"; none if the object alone names it.
    pub title: Option<String>,
    /// What must stand with it before it is more than a generic mention.
    pub needs: Vec<Need>,
    /// The stage of a verb's act that has been done.
    pub done: Stage,
    /// The stage of a specific one ("the 2014 treaty", "the North-South pipeline") of which no word tells the stage;
    /// without it such a mention counts for nothing.
    pub unsaid: Option<Stage>,
    /// Sectors that the words always imply.
    pub sectors: Vec<String>,
    /// Lemmas that, anywhere in the sentence, rule it out.
    pub unless: Vec<String>,
    /// Example sentences.
    pub examples: Vec<CommitmentExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

/// What makes a mention specific.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A modifier or complement that says what it is about: "gas agreement", "cooperation in agriculture".
    Topic,
    /// At least two parties named by the sentence itself.
    Pair,
    /// A party that acts upon another one's noun phrase: a verb needs its object.
    Object,
    /// A word that tells the stage, also for a specific mention.
    Cue,
    /// A governing word that binds or wishes ("agree to", "plan to"); the bare act is an event, no commitment.
    Governor,
}

const NEEDS: &[(&str, Need)] = &[
    ("topic", Need::Topic),
    ("pair", Need::Pair),
    ("object", Need::Object),
    ("cue", Need::Cue),
    ("governor", Need::Governor),
];

/// One family of words that tell a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageCue {
    /// The entry's name.
    pub name: String,
    /// The stage, if the words are said as a fact.
    pub stage: Stage,
    /// Verbs with the undertaking as object or passive subject; a last preposition takes it ("call for").
    pub verbs: Vec<String>,
    /// Verbs with the undertaking as subject: "enter into force", "begin".
    pub intransitive: Vec<String>,
    /// Words that take the undertaking as a clause: "agree" (to build), "talks" (to build).
    pub clauses: Vec<String>,
    /// Nouns that take the undertaking under a preposition: "signing" (of), "consensus" (on).
    pub nouns: Vec<String>,
    /// Words before or after the noun: "planned", "long-delayed".
    pub modifiers: Vec<String>,
    /// What the undertaking is said to be: "on hold", "operational".
    pub states: Vec<String>,
    /// Kinds of undertaking to which the words apply; empty for all.
    pub kinds: Vec<CommitmentKind>,
    /// Stage of "will …"; announced unless the file says otherwise.
    pub future: Stage,
    /// Stage of "not (yet) …"; none: no commitment.
    pub negated: Option<Stage>,
    /// Stage of "is being …"; unless the file says otherwise, the same for words that only bind or wish, else under way.
    pub ongoing: Stage,
    /// True for words that yield to any other cue of the same noun: "discuss", "welcome".
    pub weak: bool,
    /// Example sentences.
    pub examples: Vec<CommitmentExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

/// A sentence of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentExample {
    /// The sentence.
    pub sentence: String,
    /// Line in the entry's file.
    pub line: usize,
    /// The stage and the codes of all parties; `None` in a `no` line, in which the entry must give nothing.
    pub expected: Option<(Stage, Vec<String>)>,
    /// True for a `yes-wrong` or `no-wrong` line: the right answer, which the coder is known not to give.
    pub known_wrong: bool,
}

/// A well-known undertaking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Usual name, which is the entry's.
    pub name: String,
    /// Other names, as they may stand in a title.
    pub names: Vec<String>,
    /// Codes of its parties, where they are few enough to tell; empty otherwise.
    pub parties: Vec<String>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

const UNDERTAKING_KEYS: &[&str] = &[
    "kind",
    "nouns",
    "verbs",
    "objects",
    "title",
    "needs",
    "done",
    "unsaid",
    "sectors",
    "unless",
    "yes",
    "no",
    "yes-wrong",
    "no-wrong",
];
const CUE_KEYS: &[&str] = &[
    "stage",
    "verbs",
    "intransitive",
    "clauses",
    "nouns",
    "modifiers",
    "states",
    "kinds",
    "future",
    "negated",
    "ongoing",
    "weak",
    "yes",
    "no",
    "yes-wrong",
    "no-wrong",
];

/// Ends of the names of files that hold something else than undertakings.
const OTHERS: &[&str] = &[
    "stages.txt",
    "stages_2.txt",
    "aliases.txt",
    "aliases_2.txt",
    "sectors.txt",
    "not.txt",
    "families.txt",
    "common.txt",
];

/// The blocks of the files whose names end in one of `ends`.
fn blocks_of(files: &LexiconFiles, ends: &[&str], problems: &mut Vec<Problem>) -> Vec<Block> {
    let others: Vec<&str> = files
        .of("commitments")
        .iter()
        .map(|source| source.path.as_str())
        .filter(|path| !ends.iter().any(|end| path.ends_with(end)))
        .collect();
    files.blocks("commitments", &others, problems)
}

pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Undertakings {
    let undertakings = files.blocks("commitments", OTHERS, problems);
    let cues = blocks_of(files, &["stages.txt", "stages_2.txt"], problems);
    let aliases = blocks_of(files, &["aliases.txt", "aliases_2.txt"], problems);
    let sectors = blocks_of(files, &["sectors.txt"], problems);
    let excluded = blocks_of(files, &["not.txt"], problems);
    let families = blocks_of(files, &["families.txt"], problems);
    let common = blocks_of(files, &["common.txt"], problems);
    Undertakings {
        undertakings: undertakings.iter().map(|block| undertaking(block, problems)).collect(),
        cues: cues.iter().map(|block| cue(block, problems)).collect(),
        aliases: aliases.iter().map(|block| alias(block, problems)).collect(),
        sectors: sectors.iter().map(|block| (block.name.clone(), lower(block, "words"))).collect(),
        families: families.iter().map(|block| (block.name.clone(), lower(block, "words"))).collect(),
        common: common.iter().flat_map(|block| lower(block, "words")).collect(),
        excluded: excluded.iter().flat_map(|block| lower(block, "words")).collect(),
    }
}

fn undertaking(block: &Block, problems: &mut Vec<Problem>) -> Undertaking {
    block.check_keys(UNDERTAKING_KEYS, problems);
    block.check_examples(problems);
    let (nouns, verbs) = (lower(block, "nouns"), lower(block, "verbs"));
    if nouns.is_empty() && verbs.is_empty() {
        let reason = format!("entry `{}` has no word", block.name);
        problems.push(block.problem(block.line, reason, "add a line `nouns …` or `verbs …`"));
    }
    let kind = one(block, "kind", CommitmentKind::ALL, CommitmentKind::label, problems);
    if block.first("kind").is_none() {
        let reason = format!("entry `{}` has no kind", block.name);
        problems.push(block.problem(block.line, reason, "add a line `kind …`"));
    }
    Undertaking {
        name: block.name.clone(),
        kind: kind.unwrap_or(CommitmentKind::Agreement),
        nouns,
        verbs,
        objects: lower(block, "objects"),
        title: block.first("title").map(|field| field.value.clone()),
        needs: needs(block, problems),
        done: stage(block, "done", problems).unwrap_or(Stage::Completed),
        unsaid: stage(block, "unsaid", problems),
        sectors: lower(block, "sectors"),
        unless: lower(block, "unless"),
        examples: examples(block, problems),
        origin: (block.file.clone(), block.line),
    }
}

fn cue(block: &Block, problems: &mut Vec<Problem>) -> StageCue {
    block.check_keys(CUE_KEYS, problems);
    block.check_examples(problems);
    if block.first("stage").is_none() {
        let reason = format!("entry `{}` tells no stage", block.name);
        problems.push(block.problem(block.line, reason, "add a line `stage …`"));
    }
    let told = stage(block, "stage", problems).unwrap_or(Stage::Proposed);
    let binds = matches!(told, Stage::Proposed | Stage::Announced | Stage::Negotiating);
    StageCue {
        name: block.name.clone(),
        stage: told,
        verbs: lower(block, "verbs"),
        intransitive: lower(block, "intransitive"),
        clauses: lower(block, "clauses"),
        nouns: lower(block, "nouns"),
        modifiers: lower(block, "modifiers"),
        states: lower(block, "states"),
        kinds: kinds(block, problems),
        future: stage(block, "future", problems).unwrap_or(Stage::Announced),
        negated: stage(block, "negated", problems),
        ongoing: stage(block, "ongoing", problems).unwrap_or(if binds { told } else { Stage::UnderWay }),
        weak: block.first("weak").is_some_and(|field| field.value == "yes"),
        examples: examples(block, problems),
        origin: (block.file.clone(), block.line),
    }
}

fn alias(block: &Block, problems: &mut Vec<Problem>) -> Alias {
    block.check_keys(&["names", "parties"], problems);
    let names = block.list("names");
    if names.is_empty() {
        let reason = format!("entry `{}` has no other name", block.name);
        problems.push(block.problem(block.line, reason, "add a line `names …`"));
    }
    Alias {
        name: block.name.clone(),
        names,
        parties: block.list("parties"),
        origin: (block.file.clone(), block.line),
    }
}

fn lower(block: &Block, key: &str) -> Vec<String> {
    block.list(key).into_iter().map(|item| item.to_lowercase()).collect()
}

/// The value of a key out of a vocabulary; an unknown word is a problem.
fn one<T: Copy>(
    block: &Block,
    key: &str,
    all: &[T],
    label: impl Fn(T) -> &'static str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let field = block.first(key)?;
    let found = all.iter().copied().find(|&value| label(value) == field.value);
    if found.is_none() {
        let known: Vec<&str> = all.iter().map(|&value| label(value)).collect();
        let remedy = format!("use one of: {}", known.join(", "));
        problems.push(block.problem(field.line, format!("`{}` is no {key}", field.value), remedy));
    }
    found
}

fn stage(block: &Block, key: &str, problems: &mut Vec<Problem>) -> Option<Stage> {
    one(block, key, Stage::ALL, Stage::label, problems)
}

fn kinds(block: &Block, problems: &mut Vec<Problem>) -> Vec<CommitmentKind> {
    let mut found = Vec::new();
    for field in block.all("kinds") {
        for item in items(&field.value) {
            match CommitmentKind::ALL.iter().copied().find(|kind| kind.label() == item) {
                Some(kind) => found.push(kind),
                None => problems.push(block.problem(
                    field.line,
                    format!("`{item}` is no kind of commitment"),
                    "use the kinds of docs/lexicon-format.md",
                )),
            }
        }
    }
    found
}

fn needs(block: &Block, problems: &mut Vec<Problem>) -> Vec<Need> {
    let mut found = Vec::new();
    for field in block.all("needs") {
        for item in items(&field.value) {
            match NEEDS.iter().find(|(label, _)| *label == item) {
                Some((_, need)) => found.push(*need),
                None => problems.push(block.problem(
                    field.line,
                    format!("`{item}` is nothing that an undertaking can need"),
                    "use topic, pair, object, cue or governor",
                )),
            }
        }
    }
    found
}

fn examples(block: &Block, problems: &mut Vec<Problem>) -> Vec<CommitmentExample> {
    let mut examples = Vec::new();
    for field in &block.fields {
        let (is_no, known_wrong) = match field.key.as_str() {
            "yes" => (false, false),
            "no" => (true, false),
            "yes-wrong" => (false, true),
            "no-wrong" => (true, true),
            _ => continue,
        };
        let (sentence, after) = match field.value.rsplit_once("=>") {
            Some((sentence, after)) => (sentence.trim(), after.trim()),
            None => (field.value.as_str(), ""),
        };
        let expected = if is_no { None } else { expectation(block, field, after, problems) };
        if is_no || expected.is_some() {
            examples.push(CommitmentExample {
                sentence: sentence.to_owned(),
                line: field.line,
                expected,
                known_wrong,
            });
        }
    }
    examples
}

fn expectation(
    block: &Block,
    field: &Field,
    after: &str,
    problems: &mut Vec<Problem>,
) -> Option<(Stage, Vec<String>)> {
    let mut words = after.split_whitespace();
    let first = words.next().unwrap_or_default();
    let stage = Stage::ALL.iter().copied().find(|stage| stage.label() == first);
    if stage.is_none() {
        let reason = format!("`{first}` is no stage that the example could expect");
        problems.push(block.problem(field.line, reason, "write `SENTENCE => STAGE CODE CODE`"));
    }
    Some((stage?, words.map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, text: &str) -> (Undertakings, Vec<Problem>) {
        let mut files = LexiconFiles::default();
        files.add("commitments", file, &format!("@source Test\n@licence CC0-1.0\n{text}"), 0);
        let mut problems = Vec::new();
        (load(&files, &mut problems), problems)
    }

    #[test]
    fn an_entry_names_kind_words_and_examples() {
        let (found, problems) = read(
            "undertakings.txt",
            "treaty\n  kind  agreement\n  nouns  Treaty; pact\n  needs  topic\n  yes  A. => signed EST LVA\n  yes  B. => in_force\n  no  C.\n",
        );
        assert_eq!(problems, []);
        let treaty = &found.undertakings[0];
        assert_eq!(treaty.nouns, ["treaty", "pact"]);
        assert_eq!(treaty.needs, [Need::Topic]);
        assert_eq!(treaty.examples[0].expected, Some((Stage::Signed, vec!["EST".into(), "LVA".into()])));
    }

    #[test]
    fn bad_entries_are_refused_with_line_reason_and_remedy() {
        let (_, problems) = read(
            "stages.txt",
            "x\n  stage  sealed\n  verbs  seal\n  kinds  pact\n  yes  A. => done\n  yes  B. => signed\n",
        );
        let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert!(
            shown.iter().any(|line| line.starts_with("stages.txt:4: `sealed` is no stage; use one of: proposed")),
            "{shown:?}"
        );
        assert!(
            shown.iter().any(|line| line.starts_with("stages.txt:6: `pact` is no kind of commitment")),
            "{shown:?}"
        );
        assert!(shown.iter().any(|line| line.starts_with("stages.txt:7: `done` is no stage that")), "{shown:?}");
        assert!(shown.iter().any(|line| line.contains("0 `no` lines")), "{shown:?}");
    }

    #[test]
    fn an_alias_lists_names_and_parties() {
        let (found, problems) =
            read("aliases.txt", "New START\n  names  START III; nuclear arms treaty\n  parties  RUS; USA\n");
        assert_eq!(problems, []);
        assert_eq!(found.aliases[0].parties, ["RUS", "USA"]);
    }
}
