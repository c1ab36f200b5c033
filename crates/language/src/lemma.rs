//! Dictionary forms of words.
//!
//! In come the word and its Penn tag, out goes the lemma as Universal Dependencies writes it. What the treebanks show for
//! the word itself comes first; then, for verbs, plurals and comparisons, irregular forms and regular stems that the
//! dictionary knows, so that no rule makes a word that English lacks; then the learned rule of the longest known ending,
//! which serves names and function words.

mod dictionary;
mod spelling;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use chancery_model::Penn;
use compact_str::CompactString;

pub use dictionary::Dictionary;
pub use spelling::{Class, stems};

use crate::embed::Fold;
use crate::wire::{Reader, WeightsError, Writer};

/// How to get from a word to its lemma.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Whether the word keeps its capitals.
    pub keeps_case: bool,
    /// How many characters to take off the end.
    pub cut: u8,
    /// What to add then.
    pub add: CompactString,
}

type Endings = HashMap<u32, u16, BuildHasherDefault<Fold>>;

/// The dictionary and what was learned from treebanks.
#[derive(Clone, Debug, Default)]
pub struct Lemmatiser {
    dictionary: Dictionary,
    rules: Vec<Rule>,
    /// Hashes of tag and ending, with the number of the rule. An ending is kept only where its commonest rule differs
    /// from that of the next shorter ending.
    endings: Endings,
    /// Hashes of tag and whole word, where the treebanks write another lemma than all else would give.
    words: Endings,
}

/// How often treebanks must write a plural's lemma before it beats one that the dictionary knows; chosen by eye.
const OFTEN: u32 = 3;

/// The mark before a word's first character in the hash of a whole word.
const WHOLE: char = '^';

impl Rule {
    /// The shortest rule that makes `lemma` of `word`.
    pub fn between(word: &str, lemma: &str) -> Rule {
        let lower = word.to_lowercase();
        let keeps_case = lemma.chars().any(char::is_uppercase);
        let from: Vec<char> = if keeps_case { word.chars().collect() } else { lower.chars().collect() };
        let to: Vec<char> = lemma.chars().collect();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        Rule { keeps_case, cut: (from.len() - shared).min(255) as u8, add: to[shared..].iter().collect() }
    }

    /// The rule as an ending of other words may use it: of a word that is in its dictionary form only the case is learned,
    /// since all else that treebanks change there is a misprint of one word.
    fn of_ending(&self, penn: Penn) -> Rule {
        match penn {
            Penn::Nn | Penn::Nnp | Penn::Jj | Penn::Rb | Penn::Fw | Penn::Vb | Penn::Vbp => {
                Rule { keeps_case: self.keeps_case, cut: 0, add: CompactString::default() }
            }
            _ => self.clone(),
        }
    }

    fn apply(&self, word: &str) -> CompactString {
        let mut out = CompactString::with_capacity(word.len());
        let keep = word.chars().count().saturating_sub(self.cut.into());
        if self.keeps_case {
            out.extend(word.chars().take(keep));
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase).take(keep));
        }
        out.push_str(&self.add);
        out
    }
}

/// The word with straight apostrophes.
fn straight(word: &str) -> Cow<'_, str> {
    if word.contains('\u{2019}') { word.replace('\u{2019}', "'").into() } else { word.into() }
}

fn step(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x9E37_79B1).rotate_left(13)
}

/// Calls `visit` with the hash of each ending of the word, from none to the whole word, marked.
fn endings(word: &str, penn: Penn, mut visit: impl FnMut(u32)) {
    let mut hash = step(0x1234_5677, char::from(penn as u8 + 1));
    visit(hash);
    for c in word.chars().rev().take(40) {
        hash = c.to_lowercase().fold(hash, step);
        visit(hash);
    }
    visit(step(hash, WHOLE));
}

/// The class whose forms a tag marks, and whether the tag says that the word is in its dictionary form.
fn class_of(penn: Penn) -> Option<(Class, bool)> {
    match penn {
        Penn::Vb | Penn::Vbp => Some((Class::Verb, true)),
        Penn::Vbd | Penn::Vbn | Penn::Vbg | Penn::Vbz => Some((Class::Verb, false)),
        Penn::Nns => Some((Class::Noun, false)),
        Penn::Nn => Some((Class::Noun, true)),
        Penn::Jjr | Penn::Jjs | Penn::Rbr | Penn::Rbs => Some((Class::Adjective, false)),
        _ => None,
    }
}

impl Lemmatiser {
    /// The lemma of a word with this tag; never empty for a word that is not.
    pub fn lemma(&self, word: &str, penn: Penn) -> CompactString {
        let word = &*straight(word);
        let mut longest = None;
        let mut whole = 0;
        endings(word, penn, |hash| {
            if let Some(&rule) = self.endings.get(&hash) {
                longest = Some(rule);
            }
            whole = hash;
        });
        let rule = |number: u16| &self.rules[usize::from(number)];
        let lemma = match self.words.get(&whole) {
            Some(&number) => rule(number).apply(word),
            None => self.general(word, penn, longest.map(rule)),
        };
        if lemma.is_empty() { word.into() } else { lemma }
    }

    /// The lemma without regard to what the treebanks write for this very word.
    fn general(&self, word: &str, penn: Penn, longest: Option<&Rule>) -> CompactString {
        let keeps_case = longest.is_some_and(|rule| rule.keeps_case);
        if let Some((class, is_base)) = class_of(penn)
            && word.starts_with(char::is_alphabetic)
        {
            // "MPs", "NGOs": the letters before the ending are an abbreviation
            if class == Class::Noun
                && let Some(stem) = word.strip_suffix('s')
                && stem.chars().nth(1).is_some()
                && stem.chars().all(char::is_uppercase)
            {
                return stem.into();
            }
            let lower = word.to_lowercase();
            let found = self.dictionary.lemma_or_guess(&lower, class, is_base);
            if let Some(lemma) = found {
                return if keeps_case { capitalised(word, &lemma) } else { lemma };
            }
            if class == Class::Verb {
                return lower.into();
            }
        }
        longest.map_or_else(|| word.to_lowercase().into(), |rule| rule.apply(word))
    }

    /// Learns from (word, tag, lemma) with how often each was seen, beside a dictionary.
    pub fn learn(examples: &BTreeMap<(String, Penn, String), u32>, dictionary: Dictionary) -> Lemmatiser {
        let mut counts: BTreeMap<u32, BTreeMap<Rule, u32>> = BTreeMap::new();
        for ((word, penn, lemma), &n) in examples {
            let word = &*straight(word);
            let rule = Rule::between(word, lemma);
            endings(word, *penn, |hash| *counts.entry(hash).or_default().entry(rule.clone()).or_default() += n);
        }
        let commonest: BTreeMap<u32, &Rule> = counts
            .iter()
            .filter_map(|(&hash, rules)| {
                Some((hash, rules.iter().max_by_key(|r| (r.1, std::cmp::Reverse(r.0)))?.0))
            })
            .collect();
        let mut kept = BTreeMap::new();
        for (word, penn, _) in examples.keys() {
            let mut inherited: Option<&Rule> = None;
            // the last hash is that of the whole word, which is not an ending
            let mut last = None;
            endings(&straight(word), *penn, |hash| {
                if let Some((hash, rule)) = last.take()
                    && inherited != Some(rule)
                {
                    kept.insert(hash, rule.of_ending(*penn));
                    inherited = Some(rule);
                }
                last = Some((hash, commonest[&hash]));
            });
        }
        let mut learned = Lemmatiser { dictionary, ..Lemmatiser::default() };
        learned.number(&kept, &BTreeMap::new());
        let own = learned.own_words(examples, &counts, &commonest);
        learned.number(&kept, &own);
        learned
    }

    /// The words for which the treebanks' commonest lemma is another than the general one.
    fn own_words(
        &self,
        examples: &BTreeMap<(String, Penn, String), u32>,
        counts: &BTreeMap<u32, BTreeMap<Rule, u32>>,
        commonest: &BTreeMap<u32, &Rule>,
    ) -> BTreeMap<u32, Rule> {
        let mut own = BTreeMap::new();
        for (word, penn, _) in examples.keys() {
            let word = &*straight(word);
            let mut whole = 0;
            endings(word, *penn, |hash| whole = hash);
            let rule = commonest[&whole];
            let (general, theirs) = (self.lemma(word, *penn), rule.apply(word));
            let knows = |lemma: &str, class| self.dictionary.knows(lemma, class);
            let is_slip = match class_of(*penn) {
                // "mimicked" of "mimick"
                Some((class @ Class::Verb, false)) => knows(&general, class) && !knows(&theirs, class),
                // "bases" of "basis", in a few places only
                Some((class @ Class::Noun, false)) => knows(&general, class) && counts[&whole][rule] < OFTEN,
                _ => false,
            };
            if general != theirs && !is_slip {
                own.insert(whole, rule.clone());
            }
        }
        own
    }

    fn number(&mut self, kept: &BTreeMap<u32, Rule>, own: &BTreeMap<u32, Rule>) {
        self.rules = kept.values().chain(own.values()).cloned().collect();
        self.rules.sort();
        self.rules.dedup();
        let number = |rule: &Rule| self.rules.binary_search(rule).unwrap_or(0) as u16;
        self.endings = kept.iter().map(|(&hash, rule)| (hash, number(rule))).collect();
        self.words = own.iter().map(|(&hash, rule)| (hash, number(rule))).collect();
    }

    /// Writes dictionary and rules.
    pub fn write(&self, out: &mut Writer) {
        out.count(self.rules.len());
        for rule in &self.rules {
            out.bytes(&[u8::from(rule.keeps_case), rule.cut, rule.add.len() as u8]);
            out.bytes(rule.add.as_bytes());
        }
        for table in [&self.endings, &self.words] {
            out.count(table.len());
            let mut entries: Vec<(&u32, &u16)> = table.iter().collect();
            entries.sort();
            for (hash, rule) in entries {
                out.bytes(&hash.to_le_bytes());
                out.bytes(&rule.to_le_bytes());
            }
        }
        self.dictionary.write(out);
    }

    pub(crate) fn read(input: &mut Reader) -> Result<Lemmatiser, WeightsError> {
        let mut rules = Vec::new();
        for _ in 0..input.count()? {
            let head = input.bytes(3)?;
            let (keeps_case, cut, len) = (head[0] != 0, head[1], head[2]);
            let add =
                std::str::from_utf8(input.bytes(len.into())?).map_err(|_| WeightsError::Malformed("a rule"))?;
            rules.push(Rule { keeps_case, cut, add: add.into() });
        }
        let endings = read_endings(input, rules.len())?;
        let words = read_endings(input, rules.len())?;
        Ok(Lemmatiser { dictionary: Dictionary::read(input)?, rules, endings, words })
    }
}

fn read_endings(input: &mut Reader, rules: usize) -> Result<Endings, WeightsError> {
    let mut endings = Endings::default();
    for _ in 0..input.count()? {
        let b = input.bytes(6)?;
        let rule = u16::from_le_bytes([b[4], b[5]]);
        if usize::from(rule) >= rules {
            return Err(WeightsError::Malformed("an ending's rule"));
        }
        endings.insert(u32::from_le_bytes([b[0], b[1], b[2], b[3]]), rule);
    }
    Ok(endings)
}

/// The lemma with a capital where the word has one.
fn capitalised(word: &str, lemma: &str) -> CompactString {
    let mut chars = lemma.chars();
    match chars.next() {
        Some(first) if word.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => lemma.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught() -> Lemmatiser {
        let seen = [
            ("talks", Penn::Nns, "talk"),
            ("cats", Penn::Nns, "cat"),
            ("media", Penn::Nns, "media"),
            ("Paris", Penn::Nnp, "Paris"),
            ("London", Penn::Nnp, "London"),
            ("signed", Penn::Vbd, "sign"),
            ("n't", Penn::Rb, "not"),
        ];
        let words = [
            (Class::Noun, "party"),
            (Class::Noun, "talk"),
            (Class::Noun, "cat"),
            (Class::Verb, "found"),
            (Class::Verb, "sign"),
            (Class::Verb, "hop"),
            (Class::Verb, "hope"),
        ];
        let irregular = [
            (Class::Noun, "men", "man"),
            (Class::Noun, "media", "medium"),
            (Class::Verb, "met", "meet"),
            (Class::Verb, "found", "find"),
            (Class::Verb, "took", "take"),
        ];
        let examples = seen.iter().map(|&(w, p, l)| ((w.into(), p, l.into()), OFTEN)).collect();
        Lemmatiser::learn(&examples, Dictionary::new(words, irregular))
    }

    #[test]
    fn known_and_unknown_words() {
        let l = taught();
        for (word, penn, lemma) in [
            ("Parties", Penn::Nns, "party"),
            ("envoys", Penn::Nns, "envoy"),
            ("men", Penn::Nns, "man"),
            ("media", Penn::Nns, "media"),
            ("MPs", Penn::Nns, "MP"),
            ("met", Penn::Vbd, "meet"),
            ("found", Penn::Vbd, "find"),
            ("found", Penn::Vb, "found"),
            ("founded", Penn::Vbn, "found"),
            ("hoped", Penn::Vbd, "hope"),
            ("hopped", Penn::Vbd, "hop"),
            ("retook", Penn::Vbd, "retake"),
            ("co-signed", Penn::Vbd, "co-sign"),
            ("fracked", Penn::Vbd, "frack"),
            ("n't", Penn::Rb, "not"),
            ("Moscow", Penn::Nnp, "Moscow"),
            ("s", Penn::Nns, "s"),
        ] {
            assert_eq!(l.lemma(word, penn), lemma, "{word}");
        }
    }

    #[test]
    fn survives_writing() {
        let mut w = Writer::default();
        taught().write(&mut w);
        let again = Lemmatiser::read(&mut Reader::new(w.done())).unwrap();
        for (word, penn) in
            [("treaties", Penn::Nns), ("met", Penn::Vbd), ("media", Penn::Nns), ("hoping", Penn::Vbg)]
        {
            assert_eq!(again.lemma(word, penn), taught().lemma(word, penn));
        }
    }
}
