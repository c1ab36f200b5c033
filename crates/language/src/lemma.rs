//! Dictionary forms: the rule of the longest known ending, up to the whole word, for the word's tag.
//!
//! In come the word and its Penn tag, out goes the lemma as Universal Dependencies writes it. The rules are learned
//! from treebanks: an ending is kept only where its commonest rule differs from that of the next shorter ending.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use chancery_model::Penn;
use compact_str::CompactString;

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

/// The learned rules.
#[derive(Clone, Debug, Default)]
pub struct Lemmatiser {
    rules: Vec<Rule>,
    /// Hashes of tag and ending, with the number of the rule.
    endings: HashMap<u32, u16, BuildHasherDefault<Fold>>,
}

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

impl Lemmatiser {
    /// The lemma of a word with this tag; never empty for a word that is not.
    pub fn lemma(&self, word: &str, penn: Penn) -> CompactString {
        let word = &*straight(word);
        let mut chosen = None;
        endings(word, penn, |hash| {
            if let Some(&rule) = self.endings.get(&hash) {
                chosen = Some(rule);
            }
        });
        let lemma = match chosen {
            Some(rule) => self.rules[rule as usize].apply(word),
            None => word.to_lowercase().into(),
        };
        if lemma.is_empty() { word.into() } else { lemma }
    }

    /// Learns from (word, tag, lemma) with how often each was seen.
    pub fn learn(examples: &BTreeMap<(String, Penn, String), u32>) -> Lemmatiser {
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
            endings(&straight(word), *penn, |hash| {
                let rule = commonest[&hash];
                if inherited != Some(rule) {
                    kept.insert(hash, rule.clone());
                    inherited = Some(rule);
                }
            });
        }
        let mut rules: Vec<Rule> = kept.values().cloned().collect();
        rules.sort();
        rules.dedup();
        let number = |rule: &Rule| rules.binary_search(rule).unwrap_or(0) as u16;
        let endings = kept.iter().map(|(&hash, rule)| (hash, number(rule))).collect();
        Lemmatiser { rules, endings }
    }

    /// Writes the rules.
    pub fn write(&self, out: &mut Writer) {
        out.count(self.rules.len());
        for rule in &self.rules {
            out.bytes(&[u8::from(rule.keeps_case), rule.cut, rule.add.len() as u8]);
            out.bytes(rule.add.as_bytes());
        }
        out.count(self.endings.len());
        let mut endings: Vec<(&u32, &u16)> = self.endings.iter().collect();
        endings.sort();
        for (hash, rule) in endings {
            out.bytes(&hash.to_le_bytes());
            out.bytes(&rule.to_le_bytes());
        }
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
        let mut endings = HashMap::default();
        for _ in 0..input.count()? {
            let b = input.bytes(6)?;
            let rule = u16::from_le_bytes([b[4], b[5]]);
            if usize::from(rule) >= rules.len() {
                return Err(WeightsError::Malformed("an ending's rule"));
            }
            endings.insert(u32::from_le_bytes([b[0], b[1], b[2], b[3]]), rule);
        }
        Ok(Lemmatiser { rules, endings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught() -> Lemmatiser {
        let seen = [
            ("talks", Penn::Nns, "talk"),
            ("cats", Penn::Nns, "cat"),
            ("parties", Penn::Nns, "party"),
            ("men", Penn::Nns, "man"),
            ("Paris", Penn::Nnp, "Paris"),
            ("London", Penn::Nnp, "London"),
            ("signed", Penn::Vbd, "sign"),
            ("met", Penn::Vbd, "meet"),
            ("n't", Penn::Rb, "not"),
        ];
        Lemmatiser::learn(&seen.iter().map(|&(w, p, l)| ((w.into(), p, l.into()), 2)).collect())
    }

    #[test]
    fn known_and_unknown_words() {
        let l = taught();
        for (word, penn, lemma) in [
            ("Parties", Penn::Nns, "party"),
            ("envoys", Penn::Nns, "envoy"),
            ("men", Penn::Nns, "man"),
            ("met", Penn::Vbd, "meet"),
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
        assert_eq!(again.lemma("treaties", Penn::Nns), taught().lemma("treaties", Penn::Nns));
    }
}
