//! Words that introduce what somebody is said to have said, thought or decided: "say", "accusation", "according to".
//!
//! An entry is a family of words that take the same complements in the same mood. `docs/lexicon-format.md` describes
//! the line format that it shares with the other folders.

use chancery_model::Mood;

use crate::blocks::{Block, Problem};
use crate::files::LexiconFiles;

/// One family of cues.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// The entry's name.
    pub name: String,
    /// Lemmas of the words that can head the cue, lower case.
    pub words: Vec<String>,
    /// What the words take.
    pub takes: Vec<Complement>,
    /// How the content is said.
    pub mood: Mood,
    /// Example sentences.
    pub examples: Vec<CueExample>,
    /// File and line of the entry.
    pub origin: (String, usize),
}

/// The grammatical form of a content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Complement {
    /// "that …", with or without the word; a question: "whether …".
    Clause,
    /// The speaker's own words.
    Quote,
    /// "to leave".
    Infinitive,
    /// "leaving".
    Gerund,
    /// "the plan".
    Object,
    /// "the army to leave".
    ObjectInfinitive,
    /// "(for) a ban": the phrase under this preposition.
    Preposition(String),
    /// The rest of the clause, as in "reportedly" and "according to the ministry".
    Rest,
}

/// A sentence of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueExample {
    /// The sentence.
    pub sentence: String,
    /// Line in the entry's file.
    pub line: usize,
    /// Words of the speaker (`None`: the text does not tell) and of the content; `None` in a `no` line.
    pub expected: Option<(Option<String>, String)>,
    /// True for a `yes-wrong` or `no-wrong` line: the right answer, which the coder is known not to give.
    pub known_wrong: bool,
}

const KEYS: &[&str] = &["words", "takes", "mood", "yes", "no", "yes-wrong", "no-wrong"];

pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Vec<Cue> {
    let blocks = files.blocks("statements", &[], problems);
    blocks.iter().map(|block| cue(block, problems)).collect()
}

fn cue(block: &Block, problems: &mut Vec<Problem>) -> Cue {
    block.check_keys(KEYS, problems);
    block.check_examples(problems);
    let words = block.list("words");
    if words.is_empty() {
        let reason = format!("entry `{}` has no word", block.name);
        problems.push(block.problem(block.line, reason, "add a line `words …`"));
    }
    let takes = block.list("takes");
    if takes.is_empty() {
        let reason = format!("entry `{}` does not say what it takes", block.name);
        problems.push(block.problem(block.line, reason, "add a line `takes  clause; quote`"));
    }
    Cue {
        name: block.name.clone(),
        words: words.into_iter().map(|word| word.to_lowercase()).collect(),
        takes: takes.iter().map(|item| complement(item)).collect(),
        mood: mood(block, problems),
        examples: examples(block, problems),
        origin: (block.file.clone(), block.line),
    }
}

fn complement(item: &str) -> Complement {
    match item {
        "clause" => Complement::Clause,
        "quote" => Complement::Quote,
        "infinitive" => Complement::Infinitive,
        "gerund" => Complement::Gerund,
        "object" => Complement::Object,
        "object-infinitive" => Complement::ObjectInfinitive,
        "rest" => Complement::Rest,
        preposition => Complement::Preposition(preposition.to_lowercase()),
    }
}

fn mood(block: &Block, problems: &mut Vec<Problem>) -> Mood {
    let field = block.first("mood");
    let known = field.and_then(|field| Mood::ALL.iter().copied().find(|mood| mood.label() == field.value));
    known.unwrap_or_else(|| {
        let line = field.map_or(block.line, |field| field.line);
        let moods: Vec<&str> = Mood::ALL.iter().map(|mood| mood.label()).collect();
        let remedy = format!("add a line `mood …` with one of: {}", moods.join(", "));
        problems.push(block.problem(line, format!("entry `{}` has no known mood", block.name), remedy));
        Mood::Says
    })
}

fn examples(block: &Block, problems: &mut Vec<Problem>) -> Vec<CueExample> {
    let mut examples = Vec::new();
    for field in &block.fields {
        let known_wrong = field.key.ends_with("-wrong");
        let key = field.key.trim_end_matches("-wrong");
        if key != "yes" && key != "no" {
            continue;
        }
        let (sentence, expected) = match field.value.split_once("=>") {
            Some((sentence, expected)) => (sentence.trim().to_owned(), Some(expected.trim())),
            None => (field.value.clone(), None),
        };
        let expected = expected.filter(|_| key == "yes").and_then(|text| text.split_once('|'));
        let expected = expected.map(|(speaker, content)| {
            let speaker = speaker.trim();
            ((speaker != "-").then(|| speaker.to_owned()), content.trim().to_owned())
        });
        let stands = expected.as_ref().is_none_or(|(speaker, content)| {
            sentence.contains(content.as_str())
                && speaker.as_ref().is_none_or(|speaker| sentence.contains(speaker.as_str()))
        });
        if key == "yes" && (expected.is_none() || !stands) {
            let reason = "the example does not say who says what, in words of its sentence";
            problems.push(block.problem(
                field.line,
                reason,
                "write `SENTENCE => SPEAKER | CONTENT`, `-` for no speaker",
            ));
        }
        examples.push(CueExample { sentence, line: field.line, expected, known_wrong });
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Cue>, Vec<Problem>) {
        let mut files = LexiconFiles::default();
        files.add("statements", "a.txt", &format!("@source Test\n@licence CC0-1.0\n{text}"), 0);
        let mut problems = Vec::new();
        (load(&files, &mut problems), problems)
    }

    #[test]
    fn an_entry_names_words_complements_mood_and_examples() {
        let (cues, problems) = read(
            "deny\n  words  deny; denial\n  takes  clause; of\n  mood  denies\n  yes  Oslo denied it had left. => Oslo | it had left\n  \
             yes  It was denied that he left. => - | he left\n  no  Snow denied us a view.\n",
        );
        assert_eq!(problems, []);
        assert_eq!(cues[0].takes, [Complement::Clause, Complement::Preposition("of".into())]);
        assert_eq!(cues[0].examples[0].expected, Some((Some("Oslo".into()), "it had left".into())));
        assert_eq!(cues[0].examples[1].expected.as_ref().unwrap().0, None);
    }

    #[test]
    fn an_entry_without_mood_or_with_words_that_do_not_stand_is_refused() {
        let (_, problems) =
            read("x\n  words  x\n  takes  clause\n  yes  A x b. => A | c\n  yes  A x b. => A | b\n  no  A.\n");
        let reasons: Vec<&str> = problems.iter().map(|problem| problem.reason.as_str()).collect();
        assert_eq!(reasons.len(), 2, "{reasons:?}");
        assert!(reasons[0].contains("no known mood") && reasons[1].contains("who says what"));
    }
}
