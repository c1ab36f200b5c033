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
    fn labels_to_names() {
        assert!(may_follow(0, 1) && may_follow(1, 3) && may_follow(3, 0) && may_follow(4, 4));
        assert!(!may_follow(0, 3) && !may_follow(1, 0) && !may_follow(1, 7) && !may_follow(3, 2));
        let names = from_labels([1, 3, 0, 8]);
        assert_eq!(names.len(), 2);
        assert_eq!((names[0].tokens.clone(), names[0].kind), (0..2, NameKind::Person));
        assert_eq!((names[1].tokens.clone(), names[1].kind), (3..4, NameKind::Organisation));
    }
}
