//! Transcripts: turns that begin with a label, "SECRETARY BLINKEN: …", "QUESTION: …", "Peskov: …".
//!
//! A text is read as a transcript only if labels open at least three of its paragraphs, so that a lone "Note: …" or a
//! headline such as "Poll: …" is left alone.

use chancery_model::{Mood, Sentence, Span};

use super::StatementDraft;
use crate::parties::{PartyDraft, PartySort, Resolver};

/// The turns of a document by the sentence in which they begin.
#[derive(Clone, Debug, Default)]
pub struct Turns(Vec<Turn>);

/// What one speaker says until the next label.
#[derive(Clone, Debug)]
pub struct Turn {
    order: u32,
    /// Tokens of the label, from the sentence's first.
    label: u32,
    content: Span,
}

/// Labels that a transcript must have at least.
const LABELS: usize = 3;
/// Paragraphs that one turn may have.
const PARAGRAPHS: u32 = 12;
/// Words of a label at most.
const LONGEST: usize = 7;

impl Turns {
    /// Finds the labels and what follows each. A last turn ends with its paragraph: what stands below may be the
    /// article's own words again.
    pub fn find(text: &str, sentences: &[Sentence]) -> Turns {
        let mut turns: Vec<Turn> = Vec::new();
        let mut paragraph = None;
        let mut own = Vec::new();
        for (order, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind.is_content()) {
            let opens = paragraph != Some(sentence.paragraph);
            paragraph = Some(sentence.paragraph);
            if let Some(label) = label(text, sentence).filter(|_| opens) {
                let after =
                    sentence.tokens.get(label as usize + 1).map_or(sentence.span.end, |token| token.span.start);
                let content = Span { start: after, end: sentence.span.end };
                turns.push(Turn { order: order as u32, label, content });
                own.push((sentence.paragraph, sentence.span.end));
            } else if let Some((turn, own)) = turns.last_mut().zip(own.last_mut()) {
                if sentence.paragraph - own.0 < PARAGRAPHS {
                    turn.content.end = sentence.span.end;
                }
                if sentence.paragraph == own.0 {
                    own.1 = sentence.span.end;
                }
            }
        }
        if let Some((turn, own)) = turns.last_mut().zip(own.last()) {
            turn.content.end = own.1;
        }
        turns.retain(|turn| !turn.content.is_empty());
        if turns.len() < LABELS { Turns::default() } else { Turns(turns) }
    }

    /// The turn that begins in sentence `order`.
    pub fn of(&self, order: u32) -> Option<&Turn> {
        self.0.binary_search_by_key(&order, |turn| turn.order).ok().map(|at| &self.0[at])
    }
}

impl Turn {
    /// The statement of the whole turn.
    pub fn statement(&self, resolver: &Resolver) -> StatementDraft {
        let tree = resolver.tree;
        let span = tree.span(0..self.label);
        let named = (0..self.label).rev().map(|token| resolver.phrase(token)).find(PartyDraft::can_act);
        let known = named.as_ref().is_some_and(|party| party.code.is_some());
        let named = introduced(resolver, self.label).filter(|_| !known).or(named);
        let speaker = named.map_or_else(
            || PartyDraft {
                head: 0,
                span,
                name: None,
                code: None,
                sector: None,
                person: None,
                role: None,
                sort: PartySort::People,
            },
            |draft| PartyDraft { span, ..draft },
        );
        StatementDraft {
            speaker: Some(speaker),
            cue: Some(tree.token(self.label).span),
            content: self.content,
            quoted: true,
            mood: Mood::Says,
            parent: None,
            probability: 0.95,
        }
    }
}

/// Whom the text introduced under the label's last name: "MR PRICE" for "Ned Price, Department Spokesperson".
fn introduced(resolver: &Resolver, label: u32) -> Option<PartyDraft> {
    let tree = resolver.tree;
    let is_name = |token: &u32| tree.word(*token).chars().filter(|c| c.is_alphabetic()).count() > 2;
    let word = tree.word((0..label).rev().find(is_name)?);
    let mut letters = word.chars();
    let name: String = letters.next()?.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect();
    resolver.discourse.person(&name).filter(|party| party.code.is_some()).cloned()
}

/// The number of tokens before the colon of a label: capitals throughout, or a name or role in title case.
fn label(text: &str, sentence: &Sentence) -> Option<u32> {
    let colon = sentence.tokens.iter().take(LONGEST + 1).position(|token| token.span.of(text) == ":")?;
    let words = &sentence.tokens[..colon];
    let is_label = colon > 0
        && words.iter().all(|token| {
            let word = token.span.of(text);
            word.starts_with(|c: char| c.is_uppercase() || "(.,’')".contains(c))
        });
    is_label.then_some(colon as u32)
}
