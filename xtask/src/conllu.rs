//! Treebanks in CoNLL-U and name annotation in IOB2, read for training and evaluation.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use chancery_model::{Penn, Relation, Sentence, Span, Tag, Token};

/// One gold sentence: its words joined by spaces, and the tokens with all that the treebank says.
pub struct Gold {
    /// The words, a space between each two.
    pub text: String,
    /// Heads, tags and lemmas as annotated.
    pub sentence: Sentence,
}

impl Gold {
    /// The words.
    pub fn words(&self) -> Vec<&str> {
        self.sentence.tokens.iter().map(|t| t.span.of(&self.text)).collect()
    }
}

/// Joins words by spaces and gives the tokens their spans.
pub fn join<'w>(words: impl IntoIterator<Item = &'w str>) -> (String, Sentence) {
    let mut text = String::new();
    let mut sentence = Sentence::default();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        sentence.tokens.push(Token { span: Span::new(start, text.len()), ..Token::default() });
    }
    sentence.span = Span::new(0, text.len());
    (text, sentence)
}

/// The relation that the label names; a subtype that the model does not know falls back to its relation.
fn relation(label: &str) -> Relation {
    let plain = label.split(':').next().unwrap_or(label);
    Relation::from_label(label).or_else(|| Relation::from_label(plain)).unwrap_or_default()
}

/// Reads the syntactic words of a CoNLL-U file.
pub fn read(path: &Path) -> Result<Vec<Gold>> {
    let file = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut all = Vec::new();
    for block in file.split("\n\n") {
        let rows: Vec<Vec<&str>> = block
            .lines()
            .map(|l| l.split('\t').collect::<Vec<_>>())
            .filter(|r| r.len() == 10 && r[0].bytes().all(|b| b.is_ascii_digit()))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let (text, mut sentence) = join(rows.iter().map(|r| r[1]));
        for (token, row) in sentence.tokens.iter_mut().zip(&rows) {
            token.lemma = row[2].into();
            token.tag = Tag::from_label(row[3]).unwrap_or_default();
            token.penn = Penn::from_label(row[4]).unwrap_or_default();
            token.head = row[6].parse::<u32>()?.checked_sub(1);
            token.relation = relation(row[7]);
        }
        all.push(Gold { text, sentence });
    }
    Ok(all)
}

/// Sentences of an IOB2 file: each a list of words with labels such as "B-PER".
pub fn read_iob(path: &Path) -> Result<Vec<Vec<(String, String)>>> {
    let file = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let sentence = |block: &str| {
        let rows = block.lines().filter(|l| !l.starts_with("# "));
        rows.filter_map(|l| {
            let cols: Vec<&str> = l.split('\t').collect();
            (cols.len() >= 3).then(|| (cols[1].to_string(), cols[2].to_string()))
        })
        .collect::<Vec<_>>()
    };
    Ok(file.split("\n\n").map(sentence).filter(|s: &Vec<_>| !s.is_empty()).collect())
}
