//! The line format that all lexicon files share: entries in the first column, indented `key  value` lines below.

use std::collections::HashMap;
use std::fmt;

/// What is wrong with a line of a lexicon file and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path of the file, as the user would open it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.reason, self.remedy)
    }
}

/// One entry as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The entry's name.
    pub name: String,
    /// Path of the file.
    pub file: String,
    /// Line of the name.
    pub line: usize,
    /// The indented lines, in order.
    pub fields: Vec<Field>,
}

/// One `key  value` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The word before the first blank.
    pub key: String,
    /// The rest, trimmed.
    pub value: String,
    /// Line, counted from 1.
    pub line: usize,
}

impl Block {
    /// A problem at `line` of this block's file.
    pub fn problem(&self, line: usize, reason: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem { file: self.file.clone(), line, reason: reason.into(), remedy: remedy.into() }
    }

    /// The fields of that key.
    pub fn all<'b>(&'b self, key: &'b str) -> impl Iterator<Item = &'b Field> {
        self.fields.iter().filter(move |field| field.key == key)
    }

    /// The first field of that key.
    pub fn first(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The semicolon-separated items of every field of that key.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.all(key).flat_map(|field| items(&field.value)).collect()
    }

    /// Reports every key that is not in `known`.
    pub fn check_keys(&self, known: &[&str], problems: &mut Vec<Problem>) {
        for field in &self.fields {
            if !known.contains(&field.key.as_str()) {
                let remedy = format!("use one of: {}", known.join(", "));
                problems.push(self.problem(field.line, format!("unknown key `{}`", field.key), remedy));
            }
        }
    }

    /// Reports an entry without two `yes` lines and one `no` line.
    pub fn check_examples(&self, problems: &mut Vec<Problem>) {
        for (key, least) in [("yes", 2), ("no", 1)] {
            let known_wrong = format!("{key}-wrong");
            let found = self.fields.iter().filter(|field| field.key == key || field.key == known_wrong).count();
            if found < least {
                let reason = format!("entry `{}` has {found} `{key}` lines, not at least {least}", self.name);
                let what = if key == "yes" { "it must be found" } else { "it is tempting but must not be found" };
                problems.push(self.problem(self.line, reason, format!("add a sentence in which {what}")));
            }
        }
    }
}

/// The parts of a list value, trimmed, without empty ones.
pub fn items(value: &str) -> Vec<String> {
    value.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Reads one file; what cannot be read is reported and the rest is still returned.
pub fn read_blocks(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut stated = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let content = line.trim_end();
        if content.trim_start().is_empty() || content.trim_start().starts_with("# ") || content == "#" {
            continue;
        }
        let mut report = |reason: String, remedy: &str| {
            problems.push(Problem { file: file.to_owned(), line: number, reason, remedy: remedy.to_owned() });
        };
        if let Some(statement) = content.strip_prefix('@') {
            let (key, value) = statement.split_once(' ').unwrap_or((statement, ""));
            stated.insert(key.to_owned(), value.trim().to_owned());
        } else if !content.starts_with([' ', '\t']) {
            blocks.push(Block { name: content.to_owned(), file: file.to_owned(), line: number, fields: vec![] });
        } else if let Some((key, value)) = content.trim_start().split_once([' ', '\t']) {
            let field = Field { key: key.to_owned(), value: value.trim().to_owned(), line: number };
            match blocks.last_mut() {
                Some(block) => block.fields.push(field),
                None => {
                    report(format!("`{key}` belongs to no entry"), "begin an entry in the first column above it")
                }
            }
        } else {
            report(format!("`{}` has no value", content.trim()), "write `key  value`, or delete the line");
        }
    }
    for key in ["source", "licence"] {
        if stated.get(key).is_none_or(String::is_empty) {
            problems.push(Problem {
                file: file.to_owned(),
                line: 1,
                reason: format!("the file does not state its {key}"),
                remedy: format!("add a line `@{key} …` at the top"),
            });
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: &str = "@source Written for the test\n@licence CC0-1.0\n";

    #[test]
    fn an_entry_has_a_name_and_fields_with_their_lines() {
        let mut problems = vec![];
        let text = format!("{TOP}\n# comment\nPakistan\n  code    PAK\n  names   Pakistan; Islamic Republic\n");
        let blocks = read_blocks("a.txt", &text, &mut problems);
        assert_eq!(problems, []);
        assert_eq!(blocks[0].name, "Pakistan");
        assert_eq!(blocks[0].first("code").unwrap().line, 6);
        assert_eq!(blocks[0].list("names"), ["Pakistan", "Islamic Republic"]);
    }

    #[test]
    fn problems_name_file_line_reason_and_remedy() {
        let mut problems = vec![];
        read_blocks("a.txt", &format!("{TOP}  code  PAK\nX\n  names\n"), &mut problems);
        let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(shown[0], "a.txt:3: `code` belongs to no entry; begin an entry in the first column above it");
        assert!(shown[1].starts_with("a.txt:5: `names` has no value"));
        let mut unstated = vec![];
        read_blocks("b.txt", "X\n  names  Y\n", &mut unstated);
        assert_eq!(unstated.len(), 2, "source and licence are missing");
    }
}
