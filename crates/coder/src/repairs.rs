//! Repairs of trees where the words themselves show that the parser slipped: titles cut off from their names, owners read as
//! objects ("rejected Iran's plan"), the subject of a second clause read as the last member of a coordination, and the
//! abbreviation US read as a pronoun.
//!
//! In: a parsed sentence. Out: the same with heads and relations mended; it stays a tree.

use chancery_model::{Penn, Relation, Sentence, Tag};

/// Applies every repair.
pub fn repair(text: &str, sentence: &mut Sentence) {
    name_abbreviations(text, sentence);
    join_titles(sentence);
    join_owners(sentence);
    free_subjects(sentence);
}

/// "US" in capitals is a country, unless the whole sentence is in capitals.
fn name_abbreviations(text: &str, sentence: &mut Sentence) {
    let is_shouted = !sentence.span.of(text).chars().any(char::is_lowercase);
    if is_shouted {
        return;
    }
    for token in sentence.tokens.iter_mut().filter(|token| token.tag == Tag::Pron && token.span.of(text) == "US") {
        token.tag = Tag::Propn;
        token.penn = Penn::Nnp;
        token.lemma = "US".into();
    }
}

/// Joins a title to the name after it where the parser hangs both on one verb: "expert Roksolana Zygon said".
fn join_titles(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let (title, name) = (&sentence.tokens[at - 1], &sentence.tokens[at]);
        let is_pair = title.tag == Tag::Noun
            && name.tag == Tag::Propn
            && title.head.is_some()
            && title.head == name.head
            && title.relation == name.relation
            && matches!(title.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl);
        if is_pair {
            sentence.tokens[at - 1].head = Some(at as u32);
            sentence.tokens[at - 1].relation = Relation::NmodDesc;
        }
    }
}

/// "rejected President Reagan's plan" read with two objects: what stands before 's owns the noun after it.
fn join_owners(sentence: &mut Sentence) {
    let marks: Vec<usize> =
        (1..sentence.tokens.len()).filter(|&at| sentence.tokens[at].penn == Penn::Pos).collect();
    for mark in marks {
        let Some(owner) = owner_of(sentence, mark) else { continue };
        let relation = sentence.tokens[owner].relation;
        let governor = sentence.tokens[owner].head;
        if !matches!(relation, Relation::Iobj | Relation::Obj | Relation::Nsubj | Relation::Obl) {
            continue;
        }
        let end = sentence.tokens.len().min(mark + REACH);
        let owned = (mark + 1..end).find(|&at| {
            let token = &sentence.tokens[at];
            matches!(token.tag, Tag::Noun | Tag::Propn) && token.head == governor
        });
        if let Some(owned) = owned
            && governor.is_some()
        {
            sentence.tokens[owner].head = Some(owned as u32);
            sentence.tokens[owner].relation = Relation::NmodPoss;
        }
    }
}

/// How many words after 's its noun may stand.
const REACH: usize = 7;

/// The head of the name or noun phrase that ends in this 's.
fn owner_of(sentence: &Sentence, mark: usize) -> Option<usize> {
    let mut owner = sentence.tokens[mark].head? as usize;
    while matches!(sentence.tokens[owner].relation, Relation::Flat | Relation::Compound | Relation::NmodDesc)
        && let Some(head) = sentence.tokens[owner].head
        && (head as usize) < mark
    {
        owner = head as usize;
    }
    (owner < mark).then_some(owner)
}

/// "Cuba praised Bolivia and Chile rebuked Peru" read as one list of objects: a finite verb without subject right after
/// the last member takes it as its subject.
fn free_subjects(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let member = verb - 1;
        let finite = matches!(sentence.tokens[verb].penn, Penn::Vbd | Penn::Vbz | Penn::Vbp);
        let clause =
            matches!(sentence.tokens[verb].relation, Relation::Conj | Relation::Parataxis | Relation::Root);
        if !finite || !clause || !matches!(sentence.tokens[member].tag, Tag::Noun | Tag::Propn) {
            continue;
        }
        let has_subject = sentence.tokens.iter().any(|token| {
            token.head == Some(verb as u32)
                && matches!(token.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Csubj)
        });
        let first = sentence.tokens[member].head.map(|head| head as usize);
        let is_listed = sentence.tokens[member].relation == Relation::Conj
            && first.is_some_and(|first| {
                first < member
                    && matches!(sentence.tokens[first].relation, Relation::Obj | Relation::Obl | Relation::Nmod)
                    && !is_under(sentence, verb, member)
            });
        if is_listed && !has_subject {
            sentence.tokens[member].head = Some(verb as u32);
            sentence.tokens[member].relation = Relation::Nsubj;
        }
    }
}

fn is_under(sentence: &Sentence, mut at: usize, ancestor: usize) -> bool {
    while let Some(head) = sentence.tokens[at].head {
        if head as usize == ancestor {
            return true;
        }
        at = head as usize;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::{Span, Token};

    /// A sentence of `word tag penn head relation` lines; heads count from 1, 0 is the root.
    fn sentence(lines: &[(&str, Tag, Penn, u32, Relation)]) -> (String, Sentence) {
        let mut text = String::new();
        let mut sentence = Sentence::default();
        for &(word, tag, penn, head, relation) in lines {
            let start = text.len();
            text.push_str(word);
            let span = Span::new(start, text.len());
            let head = head.checked_sub(1);
            sentence.tokens.push(Token { span, tag, penn, head, relation, lemma: word.into() });
            text.push(' ');
        }
        sentence.span = Span::new(0, text.len());
        (text, sentence)
    }

    #[test]
    fn an_owner_is_no_second_object() {
        let (text, mut parsed) = sentence(&[
            ("Turkey", Tag::Propn, Penn::Nnp, 2, Relation::Nsubj),
            ("rejected", Tag::Verb, Penn::Vbd, 0, Relation::Root),
            ("President", Tag::Propn, Penn::Nnp, 4, Relation::NmodDesc),
            ("Reagan", Tag::Propn, Penn::Nnp, 2, Relation::Iobj),
            ("'s", Tag::Part, Penn::Pos, 4, Relation::Case),
            ("plan", Tag::Noun, Penn::Nn, 2, Relation::Obj),
        ]);
        repair(&text, &mut parsed);
        assert_eq!((parsed.tokens[3].head, parsed.tokens[3].relation), (Some(5), Relation::NmodPoss));
    }

    #[test]
    fn a_verb_takes_the_name_before_it_as_subject() {
        let (text, mut parsed) = sentence(&[
            ("Cuba", Tag::Propn, Penn::Nnp, 2, Relation::Nsubj),
            ("praised", Tag::Verb, Penn::Vbd, 0, Relation::Root),
            ("Bolivia", Tag::Propn, Penn::Nnp, 2, Relation::Obj),
            ("and", Tag::Cconj, Penn::Cc, 5, Relation::Cc),
            ("Chile", Tag::Propn, Penn::Nnp, 3, Relation::Conj),
            ("rebuked", Tag::Verb, Penn::Vbd, 2, Relation::Conj),
            ("Peru", Tag::Propn, Penn::Nnp, 6, Relation::Obj),
        ]);
        repair(&text, &mut parsed);
        assert_eq!((parsed.tokens[4].head, parsed.tokens[4].relation), (Some(5), Relation::Nsubj));
    }

    #[test]
    fn us_in_capitals_is_a_name() {
        let (text, mut parsed) = sentence(&[
            ("US", Tag::Pron, Penn::Prp, 2, Relation::Nsubj),
            ("left", Tag::Verb, Penn::Vbd, 0, Relation::Root),
        ]);
        repair(&text, &mut parsed);
        assert_eq!(parsed.tokens[0].tag, Tag::Propn);
    }
}
