//! Which passages of a text stand in another, word for word or nearly so.
//!
//! In: the words of two texts. Out: passages with their places in both. Runs of words in common are joined over small
//! changes ("on Tuesday" for "yesterday"); a passage counts if it is long enough that nobody writes it twice by chance,
//! and if enough of it stands outside quotation marks. A whole article that is put together from shorter pieces of the
//! other (sentences dropped or moved) counts as well. What is alike in meaning alone is no copy.

use std::collections::HashMap;

use chancery_model::Extent;

use super::fingerprints::shingle;
use super::words::Word;

/// The same words in two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Where it stands in the copy.
    pub(crate) copy: Extent,
    /// Where it stands in the source.
    pub(crate) source: Extent,
    /// Number of words in common.
    pub(crate) words: u32,
}

/// What two texts have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Copied {
    /// In the order of the copy, not overlapping there.
    pub(crate) passages: Vec<Passage>,
    /// Words in common, of which the passages consist.
    pub(crate) words: u32,
}

/// Words by which a common run is found.
const SEED: usize = 4;
/// Places of one seed that are tried: a phrase that a text repeats more often is no landmark.
const PLACES: usize = 8;
/// Shorter runs are phrases of the language ("told reporters on Tuesday that").
const RUN: usize = 5;
/// Words that may be changed, added or dropped between two runs of a passage.
const GAP: usize = 8;
/// Words in common that make a passage by themselves: one sentence of newswire has 20 to 25.
const PASSAGE: usize = 20;
/// Of them, how many must stand outside quotation marks and hold letters.
const OWN_WORDS: usize = 14;
/// Words in common that make a part of a copy if most of the text consists of such parts.
const PART: usize = 8;
/// Share of the text that must then be copied.
const MOST: f64 = 0.5;

/// Words in a row that stand in both texts.
#[derive(Clone, Copy)]
struct Run {
    copy: usize,
    source: usize,
    length: usize,
}

/// What `copy` has from `source`. Words for which `standing` says so belong to no one: the standing paragraphs of an
/// outlet.
pub(crate) fn align(copy: &[Word], source: &[Word], standing: &[bool]) -> Copied {
    let mut passages = Vec::new();
    let mut parts = Vec::new();
    for Piece { runs: piece, refilled } in pieces(copy, source, &runs(copy, source)) {
        let matched: usize = piece.iter().map(|run| run.length).sum();
        let own = own_words(copy, &piece, standing);
        if matched >= PASSAGE && own >= OWN_WORDS {
            passages.push((piece, matched, own));
        } else if matched >= PART && own * 2 >= matched && !refilled {
            parts.push((piece, matched, own));
        }
    }
    let all: usize = passages.iter().chain(&parts).map(|(_, _, own)| own).sum();
    let text = (0..copy.len()).filter(|&at| is_own(copy, standing, at)).count();
    if all >= OWN_WORDS.min(text).max(PART) && all as f64 >= MOST * text as f64 {
        passages.append(&mut parts);
    }
    let mut copied = Copied::default();
    for (piece, matched, _) in &passages {
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { continue };
        let from =
            |words: &[Word], start: usize, end: usize| Extent(words[start].extent.0, words[end - 1].extent.1);
        copied.words += *matched as u32;
        copied.passages.push(Passage {
            copy: from(copy, first.copy, last.copy + last.length),
            source: from(source, first.source, last.source + last.length),
            words: *matched as u32,
        });
    }
    copied.passages.sort_by_key(|passage| passage.copy);
    copied
}

/// The longest common runs from left to right in the copy.
fn runs(copy: &[Word], source: &[Word]) -> Vec<Run> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, seed) in source.windows(SEED).enumerate() {
        let places = places.entry(shingle(seed)).or_default();
        if places.len() < PLACES {
            places.push(at);
        }
    }
    let mut found: Vec<Run> = Vec::new();
    let mut at = 0;
    while at + SEED <= copy.len() {
        let expected = found.last().map(|run| run.source + (at - run.copy));
        let candidates = places.get(&shingle(&copy[at..at + SEED])).map_or(&[][..], Vec::as_slice);
        let longest = candidates
            .iter()
            .map(|&place| Run { copy: at, source: place, length: common(&copy[at..], &source[place..]) })
            // Of equally long ones that which goes on where the last run ended.
            .max_by_key(|run| (run.length, std::cmp::Reverse(expected.map(|e| e.abs_diff(run.source)))));
        match longest.filter(|run| run.length >= RUN) {
            Some(run) => {
                found.push(run);
                at += run.length;
            }
            None => at += 1,
        }
    }
    found
}

fn common(one: &[Word], other: &[Word]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a.hash == b.hash).count()
}

/// Runs that follow each other in both texts with little between.
#[derive(Default)]
struct Piece {
    runs: Vec<Run>,
    /// It ends or begins where the texts go on in the same way with other figures, as a form does that is filled in anew
    /// every day: "forecast a shortage of around 350 mln stg in the money market today".
    refilled: bool,
}

fn pieces(copy: &[Word], source: &[Word], runs: &[Run]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in runs {
        let between = pieces.last().and_then(|piece| piece.runs.last()).and_then(|last| {
            let end = (last.copy + last.length, last.source + last.length);
            let near = run.copy - end.0 <= GAP && run.source >= end.1 && run.source - end.1 <= GAP;
            near.then(|| (&copy[end.0..run.copy], &source[end.1..run.source]))
        });
        let figures = |words: &[Word]| words.iter().any(|word| !word.letters);
        let refilled = between.is_some_and(|(one, other)| figures(one) && figures(other));
        match pieces.last_mut() {
            Some(piece) if between.is_some() && !refilled => piece.runs.push(*run),
            last => {
                if let Some(last) = last {
                    last.refilled |= refilled;
                }
                pieces.push(Piece { runs: vec![*run], refilled });
            }
        }
    }
    pieces
}

fn own_words(copy: &[Word], piece: &[Run], standing: &[bool]) -> usize {
    let places = piece.iter().flat_map(|run| run.copy..run.copy + run.length);
    places.filter(|&at| is_own(copy, standing, at)).count()
}

/// The writer's own word: no quotation, no figure, nothing that the outlet prints under every article.
fn is_own(words: &[Word], standing: &[bool], at: usize) -> bool {
    words[at].letters && !words[at].quoted && !standing.get(at).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    const RELEASE: &str = "The two ministries agreed on Monday to reopen the railway bridge over the river Aran, which \
        has been closed to freight since the flood of last autumn.\n\nEngineers of both countries will inspect the piers \
        in March, and the first goods trains are expected to cross before the harvest is brought in.\n\n“We have waited \
        long enough for this bridge, and so have the farmers on both banks of the river,” said the minister of transport.";

    fn copied(copy: &str) -> Vec<(String, String)> {
        let (one, other) = (words(copy), words(RELEASE));
        let cut = |text: &str, Extent(start, end): Extent| {
            text.chars().skip(start as usize).take((end - start) as usize).collect::<String>()
        };
        let found = align(&one, &other, &[]).passages;
        found.iter().map(|p| (cut(copy, p.copy), cut(RELEASE, p.source))).collect()
    }

    #[test]
    fn a_paragraph_in_a_longer_article_is_found_in_both_texts() {
        let paragraph = RELEASE.split("\n\n").nth(1).unwrap();
        let article =
            format!("Freight between the two banks has gone by lorry for months.\n\n{paragraph}\n\nPrices fell.");
        let same = paragraph.trim_end_matches('.').to_owned();
        assert_eq!(copied(&article), [(same.clone(), same)]);
    }

    #[test]
    fn small_changes_do_not_break_a_passage() {
        let edited = "The ministries agreed on Tuesday to reopen the railway bridge over the river Aran, which has been \
            shut to freight since the flood of last autumn.";
        let found = copied(edited);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0.starts_with("to reopen") && found[0].0.ends_with("last autumn"), "{found:?}");
    }

    #[test]
    fn the_same_quotation_is_no_copy() {
        let report = "Farmers cheered. “We have waited long enough for this bridge, and so have the farmers on both banks \
            of the river,” the transport minister told them in the market square of the old town.";
        assert_eq!(copied(report), []);
    }

    #[test]
    fn the_same_matter_in_other_words_is_no_copy() {
        let report = "Trains may soon run across the Aran again: transport officials from either side settled on Monday \
            that the bridge, out of use since the autumn flood, should be inspected in March and carry freight by harvest.";
        assert_eq!(copied(report), []);
    }

    #[test]
    fn sentences_moved_about_are_copied() {
        let (first, rest) = RELEASE.split_once("\n\n").unwrap();
        let moved = format!("{}\n\n{first}", rest.split("\n\n").next().unwrap());
        assert_eq!(copied(&moved).len(), 2);
    }

    #[test]
    fn a_form_filled_in_anew_is_no_copy() {
        let form = |shortage: u32, bills: u32| {
            format!(
                "The central bank forecast a shortage of about {shortage} million in the money market today. Bills maturing in \
                 official hands will drain {bills} million, while exchequer transactions add {} million.",
                shortage - bills / 2
            )
        };
        let (one, other) = (words(&form(350, 120)), words(&form(410, 96)));
        assert_eq!(align(&one, &other, &[]), Copied::default());
    }

    #[test]
    fn standing_words_are_not_copied() {
        let paragraph = words(RELEASE.split("\n\n").next().unwrap());
        let standing = vec![true; paragraph.len()];
        assert_eq!(align(&paragraph, &words(RELEASE), &standing), Copied::default());
    }
}
