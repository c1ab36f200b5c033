//! Which words English has, and its irregular forms, as hashes: what a rule's result is checked against.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;

use compact_str::CompactString;

use super::spelling::{Class, guess, stems};
use crate::embed::Fold;
use crate::wire::{Reader, WeightsError, Writer};

/// Beginnings that make new words of irregular ones: "retook", "outbid", "withheld".
const PREFIXES: &[&str] = &["re", "out", "over", "under", "mis", "un", "fore", "up", "with", "pre", "co", "de"];

type Set = HashSet<u32, BuildHasherDefault<Fold>>;
type Map = HashMap<u32, CompactString, BuildHasherDefault<Fold>>;

/// Known words and irregular forms of each class.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    known: [Set; 3],
    irregular: [Map; 3],
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

impl Dictionary {
    /// A dictionary of words and of (form, lemma), both in lower case.
    pub fn new<'w>(
        words: impl IntoIterator<Item = (Class, &'w str)>,
        irregular: impl IntoIterator<Item = (Class, &'w str, &'w str)>,
    ) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for (class, word) in words {
            dictionary.known[class as usize].insert(hash(word));
        }
        for (class, form, lemma) in irregular {
            dictionary.known[class as usize].insert(hash(lemma));
            dictionary.irregular[class as usize].insert(hash(form), lemma.into());
        }
        dictionary
    }

    /// True for a word of the class in its dictionary form.
    pub fn knows(&self, word: &str, class: Class) -> bool {
        self.known[class as usize].contains(&hash(word))
    }

    fn irregular(&self, form: &str, class: Class) -> Option<CompactString> {
        self.irregular[class as usize].get(&hash(form)).cloned()
    }

    /// The dictionary form of `form`, in lower case. `is_base` says that the form is likely one already.
    pub fn lemma(&self, form: &str, class: Class, is_base: bool) -> Option<CompactString> {
        if let Some((before, last)) = form.rsplit_once('-')
            && !last.is_empty()
            && let Some(lemma) = self.lemma(last, class, is_base)
        {
            return Some(format!("{before}-{lemma}").into());
        }
        if is_base && self.knows(form, class) {
            return Some(form.into());
        }
        let found = self.irregular(form, class).or_else(|| {
            let stems = stems(form, class).into_iter();
            stems.filter(|stem| self.knows(stem, class)).map(CompactString::from).next()
        });
        found.or_else(|| self.knows(form, class).then(|| form.into())).or_else(|| self.prefixed(form, class))
    }

    /// The lemma of "retook" by that of "took".
    fn prefixed(&self, form: &str, class: Class) -> Option<CompactString> {
        PREFIXES.iter().find_map(|prefix| {
            let rest = form.strip_prefix(prefix).filter(|rest| rest.len() > 2)?;
            let lemma = self.irregular(rest, class)?;
            Some(format!("{prefix}{lemma}").into())
        })
    }

    /// [`Dictionary::lemma`], else what spelling makes likely of a word that is not known.
    pub fn lemma_or_guess(&self, form: &str, class: Class, is_base: bool) -> Option<CompactString> {
        let known = self.lemma(form, class, is_base);
        known.or_else(|| if is_base { None } else { guess(form, class).map(CompactString::from) })
    }

    pub(super) fn write(&self, out: &mut Writer) {
        for class in Class::ALL {
            let known: BTreeSet<u32> = self.known[class as usize].iter().copied().collect();
            out.count(known.len());
            known.iter().for_each(|hash| out.bytes(&hash.to_le_bytes()));
            let irregular: BTreeMap<_, _> = self.irregular[class as usize].iter().collect();
            out.count(irregular.len());
            for (hash, lemma) in irregular {
                out.bytes(&hash.to_le_bytes());
                out.bytes(&[lemma.len() as u8]);
                out.bytes(lemma.as_bytes());
            }
        }
    }

    pub(super) fn read(input: &mut Reader) -> Result<Dictionary, WeightsError> {
        let mut dictionary = Dictionary::default();
        let number = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        for class in Class::ALL {
            let count = input.count()?;
            let bytes = input.bytes(count.checked_mul(4).ok_or(WeightsError::Malformed("a length"))?)?;
            dictionary.known[class as usize] = bytes.chunks_exact(4).map(number).collect();
            for _ in 0..input.count()? {
                let form = number(input.bytes(4)?);
                let length = input.bytes(1)?[0];
                let lemma = std::str::from_utf8(input.bytes(length.into())?);
                let lemma = lemma.map_err(|_| WeightsError::Malformed("an irregular form"))?;
                dictionary.irregular[class as usize].insert(form, lemma.into());
            }
        }
        Ok(dictionary)
    }
}
