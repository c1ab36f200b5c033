//! Fingerprints of a text: a sample of its word shingles such that texts which share a passage share fingerprints.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every [`WINDOW`] neighbouring shingles the one with the
//! smallest hash is kept. Every run of [`SHINGLE`] + [`WINDOW`] - 1 words that two texts share gives both the same
//! fingerprint, wherever it stands in them; a sketch of the whole document, as MinHash makes one, would not find a
//! paragraph that was lifted into a longer article.

use super::words::Word;

/// Words in a shingle. Four often meet by chance ("the president of the"), six lose short sentences.
pub(crate) const SHINGLE: usize = 5;
/// Shingles of which one is kept: about 2 in 11 are stored, and any 14 words in common are found.
const WINDOW: usize = 10;

/// A kept shingle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Hash of its words.
    pub(crate) hash: i64,
    /// Number of its first word.
    pub(crate) at: usize,
}

/// The fingerprints of a text, in order; none for a text of fewer than [`SHINGLE`] words.
pub(crate) fn fingerprints(words: &[Word]) -> Vec<Fingerprint> {
    let hashes: Vec<u64> = shingles(words).collect();
    let mut kept: Vec<Fingerprint> = Vec::with_capacity(hashes.len() / 4);
    let mut smallest: Option<usize> = None;
    for end in 0..hashes.len() {
        let start = (end + 1).saturating_sub(WINDOW);
        if end + 1 < WINDOW && end + 1 < hashes.len() {
            continue;
        }
        smallest = match smallest {
            // Of equals the last: it stays in the window longest.
            Some(at) if at >= start => Some(if hashes[end] <= hashes[at] { end } else { at }),
            _ => (start..=end).rev().min_by_key(|&at| hashes[at]),
        };
        if let Some(at) = smallest
            && kept.last().is_none_or(|last| last.at != at)
        {
            kept.push(Fingerprint { hash: hashes[at].cast_signed(), at });
        }
    }
    kept
}

/// The hash of every shingle, in order.
fn shingles(words: &[Word]) -> impl Iterator<Item = u64> {
    words.windows(SHINGLE).map(shingle)
}

/// The hash of some words in a row.
pub(crate) fn shingle(words: &[Word]) -> u64 {
    let sum = words.iter().fold(0u64, |sum, word| sum.wrapping_mul(0x0000_0100_0000_01b3).wrapping_add(word.hash));
    // Steele's finalizer: the smallest of a window must not depend on how the sum was formed.
    let z = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::words::words;
    use super::*;

    fn of(text: &str) -> BTreeSet<i64> {
        fingerprints(&words(text)).into_iter().map(|fingerprint| fingerprint.hash).collect()
    }

    fn numbered(numbers: std::ops::Range<u32>) -> String {
        numbers.map(|n| format!("word{} ", n * 7919)).collect()
    }

    #[test]
    fn every_shared_run_of_fourteen_words_shares_a_fingerprint() {
        for start in 0..60 {
            let run = numbered(start..start + 14);
            let one = format!("{}{run}{}", numbered(1000..1017), numbered(2000..2030));
            let other = format!("{}{run}{}", numbered(3000..3023), numbered(4000..4009));
            assert!(of(&one).intersection(&of(&other)).next().is_some(), "run at {start}");
        }
    }

    #[test]
    fn about_two_in_eleven_are_kept_and_short_texts_keep_one() {
        let kept = fingerprints(&words(&numbered(0..5000))).len();
        assert!((800..1020).contains(&kept), "{kept}");
        assert_eq!(fingerprints(&words(&numbered(0..7))).len(), 1);
        assert!(fingerprints(&words("only four words here")).is_empty());
    }
}
