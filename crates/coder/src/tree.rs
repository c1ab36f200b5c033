//! A sentence's dependency tree, with the questions that the coder asks of it.

use std::ops::Range;

use chancery_model::{Relation, Sentence, Span, Tag, Token};
use compact_str::CompactString;

/// A parsed sentence with its words in lower case and the children of every token at hand.
pub struct Tree<'s> {
    /// The document's text.
    pub text: &'s str,
    /// The sentence.
    pub sentence: &'s Sentence,
    /// Children of token `i` are `children[starts[i]..starts[i + 1]]`, in text order.
    starts: Vec<u32>,
    children: Vec<u32>,
    /// Lemmas in lower case.
    lemmas: Vec<CompactString>,
}

impl<'s> Tree<'s> {
    /// Indexes a parsed sentence.
    pub fn new(text: &'s str, sentence: &'s Sentence) -> Tree<'s> {
        let count = sentence.tokens.len();
        let mut starts = vec![0u32; count + 1];
        for head in sentence.tokens.iter().filter_map(|token| token.head) {
            starts[head as usize + 1] += 1;
        }
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts[count] as usize];
        for (index, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head as usize] as usize] = index as u32;
                next[head as usize] += 1;
            }
        }
        let lemmas = sentence.tokens.iter().map(|token| token.lemma.to_lowercase()).collect();
        Tree { text, sentence, starts, children, lemmas }
    }

    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.sentence.tokens.len() as u32
    }

    /// True for a sentence without tokens.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// The token.
    pub fn token(&self, index: u32) -> &'s Token {
        &self.sentence.tokens[index as usize]
    }

    /// The token's words as they stand.
    pub fn word(&self, index: u32) -> &'s str {
        self.token(index).span.of(self.text)
    }

    /// The token's lemma in lower case.
    pub fn lemma(&self, index: u32) -> &str {
        &self.lemmas[index as usize]
    }

    /// True if the lemma is this one, whatever its case.
    pub fn is_lemma(&self, index: u32, lemma: &str) -> bool {
        self.token(index).lemma.eq_ignore_ascii_case(lemma)
    }

    /// True if the word is this one, whatever its case.
    pub fn is_word(&self, index: u32, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    /// True if these words, or words of these lemmas, follow each other from `start` on; a hyphen between them does not count.
    pub fn has_words_at<'w>(&self, start: u32, words: impl IntoIterator<Item = &'w str>) -> bool {
        let mut at = start;
        words.into_iter().enumerate().all(|(nth, word)| {
            if nth > 0 && at < self.len() && self.is_word(at, "-") {
                at += 1;
            }
            let fits = at < self.len() && (self.is_lemma(at, word) || self.is_word(at, word));
            at += 1;
            fits
        })
    }

    /// The token's relation to its head.
    pub fn relation(&self, index: u32) -> Relation {
        self.token(index).relation
    }

    /// The head of a token.
    pub fn head(&self, index: u32) -> Option<u32> {
        self.token(index).head
    }

    /// The children in text order.
    pub fn children(&self, index: u32) -> &[u32] {
        &self.children[self.starts[index as usize] as usize..self.starts[index as usize + 1] as usize]
    }

    /// The children under that relation.
    pub fn children_by(&self, index: u32, relation: Relation) -> impl Iterator<Item = u32> + '_ {
        self.children(index).iter().copied().filter(move |&child| self.relation(child) == relation)
    }

    /// The first child under one of those relations.
    pub fn child_by(&self, index: u32, relations: &[Relation]) -> Option<u32> {
        self.children(index).iter().copied().find(|&child| relations.contains(&self.relation(child)))
    }

    /// The token and everything joined to it by coordination, in text order.
    pub fn conjuncts(&self, index: u32) -> Vec<u32> {
        let mut members = vec![index];
        let mut at = 0;
        while at < members.len() {
            members.extend(self.children_by(members[at], Relation::Conj));
            at += 1;
        }
        members.sort_unstable();
        members
    }

    /// The first member of the coordination that the token belongs to.
    pub fn first_conjunct(&self, mut index: u32) -> u32 {
        while self.relation(index) == Relation::Conj {
            match self.head(index) {
                Some(head) => index = head,
                None => break,
            }
        }
        index
    }

    /// The prepositions of a phrase, in lower case: "in", "because of" as "because".
    pub fn cases(&self, index: u32) -> impl Iterator<Item = String> + '_ {
        self.children_by(index, Relation::Case).map(|child| self.word(child).to_lowercase())
    }

    /// True if the phrase stands under one of those prepositions; a later conjunct shares its first one's.
    pub fn has_case(&self, index: u32, words: &[String]) -> bool {
        self.cases(index).any(|case| words.contains(&case))
    }

    /// Every token below and including `index` for which `enter` holds all the way, in text order.
    pub fn subtree(&self, index: u32, enter: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut tokens = vec![index];
        let mut at = 0;
        while at < tokens.len() {
            tokens.extend(self.children(tokens[at]).iter().copied().filter(|&child| enter(child)));
            at += 1;
        }
        tokens.sort_unstable();
        tokens
    }

    /// The span from the first to the last of those tokens.
    pub fn span_of(&self, tokens: &[u32]) -> Span {
        let first = self.token(tokens[0]).span;
        tokens.iter().fold(first, |span, &token| span.join(self.token(token).span))
    }

    /// The span of a token range.
    pub fn span(&self, tokens: Range<u32>) -> Span {
        self.token(tokens.start).span.join(self.token(tokens.end - 1).span)
    }

    /// True if `ancestor` is above `index` or is it.
    pub fn is_under(&self, mut index: u32, ancestor: u32) -> bool {
        loop {
            if index == ancestor {
                return true;
            }
            match self.head(index) {
                Some(head) => index = head,
                None => return false,
            }
        }
    }

    /// The root's index; `None` only for an empty sentence.
    pub fn root(&self) -> Option<u32> {
        (0..self.len()).find(|&index| self.head(index).is_none())
    }

    /// True for nouns, names, pronouns and numbers: what can fill a place of an act.
    pub fn is_nominal(&self, index: u32) -> bool {
        matches!(self.token(index).tag, Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num)
    }

    /// The tokens of a noun phrase that belong to its head itself: modifiers and complements, but no relative
    /// clause, apposition, other conjunct, parenthesis or preposition before it.
    pub fn noun_phrase(&self, head: u32) -> Vec<u32> {
        use Relation::*;
        let mut tokens = self.subtree(head, |child| {
            let parent = self.head(child).unwrap_or(head);
            let outer = parent == head;
            let relation = self.relation(child);
            if outer && matches!(relation, Case | Conj | Cc | CcPreconj | Mark | Cop | Nsubj | NsubjOuter | Advmod)
            {
                return relation == Advmod
                    && child < head
                    && self.token(child).tag == Tag::Adv
                    && child + 1 == head;
            }
            let of_the_head = matches!(relation, Acl)
                || child > head && matches!(relation, Aux | AuxPass | Obl | OblUnmarked | OblAgent | Ccomp | Punct);
            let apart = matches!(
                relation,
                AclRelcl | Appos | Parataxis | Advcl | AdvclRelcl | List | Orphan | Dislocated | Discourse
            );
            !(apart || outer && of_the_head)
        });
        self.trim_punctuation(&mut tokens);
        tokens
    }

    fn trim_punctuation(&self, tokens: &mut Vec<u32>) {
        let is_mark = |&token: &u32| self.token(token).tag == Tag::Punct;
        while tokens.len() > 1 && tokens.last().is_some_and(is_mark) {
            tokens.pop();
        }
        while tokens.len() > 1 && tokens.first().is_some_and(is_mark) {
            tokens.remove(0);
        }
    }
}
