//! Features of the tagger and of the name labeller, which both go from left to right.

use super::features::{Surface, mix};

fn around(words: &[Surface], i: usize, offset: isize) -> Surface {
    match i.checked_add_signed(offset) {
        Some(j) if j < words.len() => words[j],
        _ => Surface::default(),
    }
}

/// Features of the tag of word `i`, given the classes chosen for the words before it.
pub fn tag_features(words: &[Surface], i: usize, before: [u32; 2], out: &mut Vec<u32>) {
    let w = words[i];
    let (p, pp, n, nn) = (around(words, i, -1), around(words, i, -2), around(words, i, 1), around(words, i, 2));
    let [t1, t2] = before;
    out.clear();
    out.extend([
        mix(1, &[]),
        mix(2, &[w.lower]),
        mix(3, &[w.exact]),
        mix(4, &[w.shape]),
        mix(5, &[w.suffixes[0]]),
        mix(6, &[w.suffixes[1]]),
        mix(7, &[w.suffixes[2]]),
        mix(8, &[w.suffixes[3]]),
        mix(9, &[w.prefixes[0], w.shape]),
        mix(10, &[w.prefixes[2]]),
        mix(11, &[t1]),
        mix(12, &[t1, t2]),
        mix(13, &[t1, w.lower]),
        mix(14, &[t1, w.suffixes[2]]),
        mix(15, &[p.lower]),
        mix(16, &[n.lower]),
        mix(17, &[pp.lower]),
        mix(18, &[nn.lower]),
        mix(19, &[p.suffixes[2]]),
        mix(20, &[n.suffixes[2]]),
        mix(21, &[n.shape, w.shape]),
        mix(22, &[p.lower, w.lower]),
        mix(23, &[w.lower, n.lower]),
        mix(24, &[n.suffixes[1], t1]),
        mix(25, &[w.shape, u32::from(i == 0), n.shape]),
        mix(26, &[p.shape, w.shape, t1]),
    ]);
}

/// Features of the name label of word `i`, given the tags of all words and the labels before it.
pub fn name_features(words: &[Surface], tags: &[u32], i: usize, before: [u32; 2], out: &mut Vec<u32>) {
    let w = words[i];
    let (p, pp, n, nn) = (around(words, i, -1), around(words, i, -2), around(words, i, 1), around(words, i, 2));
    let tag = |offset: isize| i.checked_add_signed(offset).and_then(|j| tags.get(j)).copied().unwrap_or(999);
    let [l1, l2] = before;
    out.clear();
    out.extend([
        mix(1, &[l1]),
        mix(2, &[w.lower]),
        mix(3, &[w.exact, l1]),
        mix(4, &[w.shape, l1]),
        mix(5, &[w.suffixes[1]]),
        mix(6, &[w.suffixes[2]]),
        mix(7, &[w.suffixes[3]]),
        mix(8, &[w.prefixes[2]]),
        mix(9, &[tag(0), l1]),
        mix(10, &[tag(0), tag(1)]),
        mix(11, &[tag(-1), tag(0), l1]),
        mix(12, &[p.lower]),
        mix(13, &[n.lower]),
        mix(14, &[pp.lower]),
        mix(15, &[nn.lower]),
        mix(16, &[p.lower, w.lower]),
        mix(17, &[w.lower, n.lower]),
        mix(18, &[l1, l2, tag(0)]),
        mix(19, &[p.suffixes[2], l1]),
        mix(20, &[n.suffixes[2], l1]),
        mix(21, &[n.shape, w.shape, tag(1)]),
        mix(22, &[p.shape, w.shape, l1]),
        mix(23, &[tag(0), tag(1), tag(2)]),
        mix(24, &[n.lower, l1]),
        mix(25, &[p.lower, l1]),
    ]);
}
