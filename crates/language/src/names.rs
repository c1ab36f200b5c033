//! Labels of words to names: begin, inside, end, single of each kind.

use chancery_model::{Name, NameKind};

/// Kinds in the order of the labels.
pub const KINDS: [NameKind; 6] = [
    NameKind::Person,
    NameKind::Organisation,
    NameKind::Location,
    NameKind::Event,
    NameKind::Law,
    NameKind::Facility,
];

/// Number of labels: outside, and begin, inside, end, single of each kind.
pub const LABELS: usize = 1 + 4 * KINDS.len();

/// True if `label` may come after `before`; 0 stands for outside, and for the sentence's edges.
pub fn may_follow(before: usize, label: usize) -> bool {
    let part = |l: usize| if l == 0 { None } else { Some(((l - 1) % 4, (l - 1) / 4)) };
    match (part(before), part(label)) {
        (Some((0 | 1, kind)), Some((1 | 2, next))) => kind == next,
        (Some((0 | 1, _)), _) | (_, Some((1 | 2, _))) => false,
        _ => true,
    }
}

/// The best sequence of labels in which each may follow the one before; `scores` are rows of `stride` values, of
/// which the first [`LABELS`] count. `memory` and `labels` are filled.
pub fn best_labels(
    scores: &[f32],
    stride: usize,
    len: usize,
    memory: &mut Vec<(f32, u8)>,
    labels: &mut Vec<usize>,
) {
    labels.clear();
    memory.clear();
    // What stands before the first word: outside, and nothing else.
    let mut before = [(f32::MIN, 0u8); LABELS];
    before[0].0 = 0.0;
    for row in scores.chunks(stride).take(len) {
        // A word outside a name, or the first of one, may follow whatever ends a name or is outside.
        let ended = |l: usize| l == 0 || (l - 1) % 4 >= 2;
        let free = (0..LABELS).filter(|&l| ended(l)).fold(0, |b, l| if before[l].0 > before[b].0 { l } else { b });
        let mut now = [(f32::MIN, 0u8); LABELS];
        for (label, slot) in now.iter_mut().enumerate() {
            let from = match label.checked_sub(1).map(|l| (l % 4, l / 4)) {
                Some((1 | 2, kind)) => {
                    let (begin, inside) = (1 + 4 * kind, 2 + 4 * kind);
                    if before[inside].0 > before[begin].0 { inside } else { begin }
                }
                _ => free,
            };
            *slot = ((before[from].0 + row[label]).max(f32::MIN), from as u8);
        }
        memory.extend(now);
        before = now;
    }
    let Some(last) = memory.len().checked_sub(LABELS) else { return };
    let ends = |l: usize| may_follow(l, 0);
    let mut at = (0..LABELS)
        .filter(|&l| ends(l))
        .fold(0, |b, l| if memory[last + l].0 > memory[last + b].0 { l } else { b });
    for row in memory.chunks_exact(LABELS).rev() {
        labels.push(at);
        at = row[at].1.into();
    }
    labels.reverse();
}

/// The names that a well-formed sequence of labels marks.
pub fn from_labels(labels: impl IntoIterator<Item = usize>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut start = 0u32;
    for (i, label) in (0u32..).zip(labels) {
        if label == 0 {
            continue;
        }
        let (part, kind) = ((label - 1) % 4, KINDS[(label - 1) / 4]);
        match part {
            0 => start = i,
            2 => names.push(Name { tokens: start..i + 1, kind }),
            3 => names.push(Name { tokens: i..i + 1, kind }),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sequence_is_well_formed() {
        let mut seed = 1u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as f32 / 6000.0
        };
        let (mut memory, mut labels) = (Vec::new(), Vec::new());
        for len in 0..30 {
            let scores: Vec<f32> = (0..len * 27).map(|_| next()).collect();
            best_labels(&scores, 27, len, &mut memory, &mut labels);
            assert_eq!(labels.len(), len);
            let mut before = 0;
            for &label in labels.iter().chain(&[0]) {
                assert!(may_follow(before, label), "{labels:?}");
                before = label;
            }
        }
    }

    #[test]
    fn labels_to_names() {
        assert!(may_follow(0, 1) && may_follow(1, 3) && may_follow(3, 0) && may_follow(4, 4));
        assert!(!may_follow(0, 3) && !may_follow(1, 0) && !may_follow(1, 7) && !may_follow(3, 2));
        let names = from_labels([1, 3, 0, 8]);
        assert_eq!(names.len(), 2);
        assert_eq!((names[0].tokens.clone(), names[0].kind), (0..2, NameKind::Person));
        assert_eq!((names[1].tokens.clone(), names[1].kind), (3..4, NameKind::Organisation));
    }
}
