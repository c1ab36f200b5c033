//! Entries that name an act, the classes of nouns they use, and the verbs that govern acts.

use std::collections::BTreeMap;

use chancery_model::{Context, EventType, Mode, Status};

use crate::blocks::{Block, Problem, items};
use crate::examples::{EventExample, event_examples};
use crate::files::LexiconFiles;
use crate::patterns::{NounPhrase, Pattern, compile};

/// One act with its wordings.
#[derive(Clone, Debug, PartialEq)]
pub struct EventEntry {
    /// The entry's name.
    pub name: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, where the words tell it.
    pub mode: Option<Mode>,
    /// Contexts that the words imply.
    pub contexts: Vec<Context>,
    /// Status that the words fix.
    pub status: Option<Status>,
    /// Lemmas that rule the entry out, anywhere in the clause.
    pub unless: Vec<String>,
    /// If not empty, what must fill the recipient's or complement's place.
    pub object: Vec<NounPhrase>,
    /// What must not fill it.
    pub not_object: Vec<NounPhrase>,
    /// Example sentences.
    pub examples: Vec<EventExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

/// Named lists of nouns.
#[derive(Clone, Debug, Default)]
pub struct NounClasses(BTreeMap<String, Vec<NounPhrase>>);

/// A verb, noun or adjective that says of the act in its complement whether it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governor {
    /// Lemma.
    pub lemma: String,
    /// What it does to the act.
    pub effect: GovernorEffect,
}

/// What a [`Governor`] does to the act in its complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GovernorEffect {
    /// It is planned or promised: "plan to visit".
    Future,
    /// It is wished, asked, possible: "want to visit".
    Hypothetical,
    /// It does not take place: "fail to visit".
    Negated,
    /// It takes place: "begin to visit", "be forced to leave".
    Actual,
}

const CLASSES: &str = "classes.txt";
const GOVERNORS: &str = "governors.txt";

const KEYS: &[&str] = &[
    "type",
    "context",
    "pattern",
    "status",
    "unless",
    "object",
    "not-object",
    "yes",
    "no",
    "yes-wrong",
    "no-wrong",
    "note",
];

impl NounClasses {
    pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> NounClasses {
        let mut classes = BTreeMap::new();
        for (source, number, line) in table_lines(files, CLASSES) {
            match line.split_once("  ") {
                Some((name, nouns)) => {
                    let nouns = items(nouns)
                        .iter()
                        .filter_map(|noun| NounPhrase::new(noun))
                        .map(NounPhrase::parted)
                        .collect();
                    classes.insert(name.trim().to_owned(), nouns);
                }
                None => problems.push(Problem {
                    file: source.to_owned(),
                    line: number,
                    reason: format!("`{line}` is no class"),
                    remedy: "write `name  noun; noun; …` on one line, two blanks after the name".to_owned(),
                }),
            }
        }
        NounClasses(classes)
    }

    /// True if a noun of one word in that class is this lemma, in lower case.
    pub fn holds(&self, class: &str, lemma: &str) -> bool {
        let nouns = self.get(class).unwrap_or_default();
        nouns.iter().any(|noun| noun.modifiers.is_empty() && noun.head == lemma)
    }

    /// The nouns of a class.
    pub fn get(&self, name: &str) -> Option<&[NounPhrase]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// Words that show what an act is about, one list a context; words of one context may be phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextWords(
    /// Context and its lower-case lemmas or phrases.
    pub Vec<(Context, Vec<String>)>,
);

impl ContextWords {
    pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> ContextWords {
        let mut contexts = Vec::new();
        for (source, number, line) in lines_of(files, "contexts", "contexts.txt") {
            let (label, words) = line.split_once("  ").unwrap_or((line, ""));
            match Context::from_label(label) {
                Some(context) => contexts.push((context, items(words))),
                None => problems.push(Problem {
                    file: source.to_owned(),
                    line: number,
                    reason: format!("`{label}` is no context"),
                    remedy: "begin the line with a context of the ontology, then two blanks".to_owned(),
                }),
            }
        }
        ContextWords(contexts)
    }
}

/// Words of news that is not about politics, by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicWords(
    /// Topic, its lower-case lemmas or phrases, and whether one of them alone is telling.
    pub Vec<(String, Vec<String>, bool)>,
);

impl TopicWords {
    pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> TopicWords {
        let mut topics = Vec::new();
        for (source, number, line) in lines_of(files, "contexts", "topics.txt") {
            match line.split_once("  ") {
                Some((topic, words)) => {
                    topics.push((topic.trim_end_matches('!').to_owned(), items(words), topic.ends_with('!')));
                }
                None => problems.push(Problem {
                    file: source.to_owned(),
                    line: number,
                    reason: format!("`{line}` is no topic"),
                    remedy: "write `topic  word; word; …`, or `topic!  …` for words of which one is enough"
                        .to_owned(),
                }),
            }
        }
        TopicWords(topics)
    }
}

fn table_lines<'f>(files: &'f LexiconFiles, table: &'f str) -> impl Iterator<Item = (&'f str, usize, &'f str)> {
    lines_of(files, "events", table)
}

fn lines_of<'f>(
    files: &'f LexiconFiles,
    folder: &str,
    table: &'f str,
) -> impl Iterator<Item = (&'f str, usize, &'f str)> {
    files.of(folder).iter().filter(move |source| source.path.ends_with(table)).flat_map(|source| {
        let lines = source.text.lines().enumerate();
        lines
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '@']))
            .map(|(index, line)| (source.path.as_str(), index + 1, line.trim()))
    })
}

pub(crate) fn load_governors(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Vec<Governor> {
    let mut governors = Vec::new();
    for (source, number, line) in table_lines(files, GOVERNORS) {
        let (effect, lemmas) = line.split_once("  ").unwrap_or((line, ""));
        let effect = match effect {
            "future" => GovernorEffect::Future,
            "hypothetical" => GovernorEffect::Hypothetical,
            "negated" => GovernorEffect::Negated,
            "actual" => GovernorEffect::Actual,
            _ => {
                problems.push(Problem {
                    file: source.to_owned(),
                    line: number,
                    reason: format!("`{effect}` is no effect"),
                    remedy: "begin the line with future, hypothetical, negated or actual".to_owned(),
                });
                continue;
            }
        };
        governors.extend(items(lemmas).into_iter().map(|lemma| Governor { lemma, effect }));
    }
    governors
}

pub(crate) fn load(
    files: &LexiconFiles,
    classes: &NounClasses,
    problems: &mut Vec<Problem>,
) -> (Vec<EventEntry>, Vec<Pattern>) {
    let blocks = files.blocks("events", &[CLASSES, GOVERNORS], problems);
    let mut entries = Vec::with_capacity(blocks.len());
    let mut patterns = Vec::with_capacity(blocks.len() * 2);
    for block in &blocks {
        let index = entries.len() as u32;
        if let Some(entry) = entry(block, classes, problems) {
            patterns.extend(patterns_of(block, index, classes, problems));
            entries.push(entry);
        }
    }
    (entries, patterns)
}

fn entry(block: &Block, classes: &NounClasses, problems: &mut Vec<Problem>) -> Option<EventEntry> {
    block.check_keys(KEYS, problems);
    let examples = event_examples(block, problems);
    let (kind, mode) = type_and_mode(block, problems)?;
    let contexts = terms(block, "context", Context::from_label, problems);
    let status = terms(block, "status", Status::from_label, problems).first().copied();
    Some(EventEntry {
        name: block.name.clone(),
        kind,
        mode,
        contexts,
        status,
        unless: block.list("unless").iter().map(|lemma| lemma.to_lowercase()).collect(),
        object: nouns(block, "object", classes, problems),
        not_object: nouns(block, "not-object", classes, problems),
        examples,
        origin: (block.file.clone(), block.line),
    })
}

fn type_and_mode(block: &Block, problems: &mut Vec<Problem>) -> Option<(EventType, Option<Mode>)> {
    let Some(field) = block.first("type") else {
        let remedy = "add a line `type  CONSULT visit`";
        problems.push(block.problem(block.line, format!("entry `{}` has no type", block.name), remedy));
        return None;
    };
    let (kind, mode) = field.value.split_once(' ').map_or((field.value.as_str(), ""), |(k, m)| (k, m.trim()));
    let Some(kind) = EventType::from_label(kind) else {
        let known: Vec<_> = EventType::ALL.iter().map(|kind| kind.label()).collect();
        let remedy = format!("use one of: {}", known.join(" "));
        problems.push(block.problem(field.line, format!("`{kind}` is no event type"), remedy));
        return None;
    };
    if mode.is_empty() {
        return Some((kind, None));
    }
    let found = Mode::from_label(mode).filter(|mode| kind.modes().iter().any(|(known, _)| known == mode));
    if found.is_none() {
        let known: Vec<_> = kind.modes().iter().map(|(mode, _)| mode.label()).collect();
        let remedy =
            if known.is_empty() { "leave it out".to_owned() } else { format!("use one of: {}", known.join(" ")) };
        problems.push(block.problem(field.line, format!("`{mode}` is no mode of {kind}"), remedy));
    }
    Some((kind, found))
}

fn terms<T>(block: &Block, key: &str, read: impl Fn(&str) -> Option<T>, problems: &mut Vec<Problem>) -> Vec<T> {
    let mut found = Vec::new();
    for field in block.all(key) {
        for word in field.value.split([' ', ';', ',']).filter(|word| !word.is_empty()) {
            match read(word) {
                Some(term) => found.push(term),
                None => problems.push(block.problem(
                    field.line,
                    format!("`{word}` is no {key}"),
                    "see the list of the ontology in docs/ontology.md",
                )),
            }
        }
    }
    found
}

fn nouns(block: &Block, key: &str, classes: &NounClasses, problems: &mut Vec<Problem>) -> Vec<NounPhrase> {
    let mut found = Vec::new();
    for field in block.all(key) {
        for item in field.value.split([';', '|']).map(str::trim).filter(|item| !item.is_empty()) {
            let item = item.trim_matches(['{', '}']);
            match item.strip_prefix('<').map(|class| class.trim_end_matches('>')) {
                Some(class) => match classes.get(class) {
                    Some(nouns) => found.extend(nouns.iter().cloned()),
                    None => problems.push(block.problem(
                        field.line,
                        format!("`<{class}>` is no class"),
                        "define it in data/events/classes.txt",
                    )),
                },
                None => found.extend(NounPhrase::new(item).map(NounPhrase::parted)),
            }
        }
    }
    found
}

fn patterns_of(block: &Block, entry: u32, classes: &NounClasses, problems: &mut Vec<Problem>) -> Vec<Pattern> {
    let lookup = |name: &str| classes.get(name).map(<[NounPhrase]>::to_vec);
    let mut patterns = Vec::new();
    for field in block.all("pattern") {
        match compile(&field.value, entry, &lookup) {
            Ok(pattern) => patterns.push(pattern),
            Err(reason) => {
                let remedy = "see \"Patterns\" in docs/lexicon-format.md";
                problems.push(block.problem(field.line, format!("pattern `{}`: {reason}", field.value), remedy));
            }
        }
    }
    if patterns.is_empty() && block.first("pattern").is_none() {
        let remedy = "add a line `pattern  A verb R`";
        problems.push(block.problem(block.line, format!("entry `{}` has no pattern", block.name), remedy));
    }
    patterns
}
