//! The best tree over arc scores, with exactly one root: Chu and Liu, Edmonds, in the dense form.
//!
//! Most sentences need no search, because each word's best head already makes a tree.

/// Scores of heads: `scores[d * (n + 1) + h]` for the head `h` of word `d`; `h` counts from 1, and 0 is the root.
///
/// Fills `heads` with one head for each of the `n` words, in the same numbering: a tree with one root.
pub fn best_tree(scores: &[f32], n: usize, heads: &mut Vec<u32>) {
    heads.clear();
    for d in 0..n {
        let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
        let mut best = 0; // never the word itself, which has no arc to itself
        for (h, &score) in row.iter().enumerate() {
            if h != d + 1 && score > row[best] {
                best = h;
            }
        }
        heads.push(best as u32);
    }
    if !is_tree(heads) {
        search(scores, n, heads);
    }
}

/// True if there is one root and every word leads to it.
pub fn is_tree(heads: &[u32]) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    // `seen[i]` is the walk that reached word i first; meeting one's own walk again is a cycle.
    let mut seen = vec![0u32; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start as u32;
            at = heads[at - 1] as usize;
        }
        if at != 0 && seen[at] == start as u32 {
            return false;
        }
    }
    true
}

/// More than any difference of two trees' scores, so that no tree with two roots can win.
const ROOT_COST: f64 = 1e7;

fn search(scores: &[f32], n: usize, heads: &mut [u32]) {
    let size = n + 1;
    let mut matrix = vec![f64::NEG_INFINITY; size * size];
    for d in 1..size {
        for h in (0..size).filter(|&h| h != d) {
            let cost = if h == 0 { ROOT_COST } else { 0.0 };
            matrix[d * size + h] = f64::from(scores[(d - 1) * size + h]) - cost;
        }
    }
    for (head, found) in heads.iter_mut().zip(&edmonds(&matrix, size)[1..]) {
        *head = *found as u32;
    }
}

/// The best tree below node 0 over `score[d * size + h]`; the head of node 0 is 0 and means nothing.
///
/// Each level contracts one cycle into one node, so there are at most half as many levels as words.
fn edmonds(score: &[f64], size: usize) -> Vec<usize> {
    let best_of = |d: usize, among: &mut dyn Iterator<Item = usize>| {
        among.fold(None, |b: Option<usize>, h| match b {
            Some(b) if score[d * size + h] <= score[d * size + b] => Some(b),
            _ => Some(h),
        })
    };
    let mut heads = vec![0; size];
    for (d, head) in heads.iter_mut().enumerate().skip(1) {
        *head = best_of(d, &mut (0..size).filter(|&h| h != d)).unwrap_or(0);
    }
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let in_cycle = |x: &usize| cycle.contains(x);
    let outside: Vec<usize> = (0..size).filter(|x| !in_cycle(x)).collect();
    let (small, whole) = (outside.len() + 1, outside.len());
    let mut inner = vec![f64::NEG_INFINITY; small * small];
    // For each outside node: which word of the cycle it enters best, and which word of the cycle heads it best.
    let (mut entry, mut exit) = (vec![0; whole], vec![0; whole]);
    for (i, &x) in outside.iter().enumerate() {
        for (j, &y) in outside.iter().enumerate() {
            inner[i * small + j] = score[x * size + y];
        }
        let gain = |d: usize| score[d * size + x] - score[d * size + heads[d]];
        entry[i] = cycle.iter().copied().fold(cycle[0], |b, d| if gain(d) > gain(b) { d } else { b });
        inner[whole * small + i] = gain(entry[i]);
        exit[i] = best_of(x, &mut cycle.iter().copied()).unwrap_or(cycle[0]);
        inner[i * small + whole] = score[x * size + exit[i]];
    }
    let found = edmonds(&inner, small);
    for (i, &x) in outside.iter().enumerate().skip(1) {
        heads[x] = if found[i] == whole { exit[i] } else { outside[found[i]] };
    }
    let from = found[whole];
    heads[entry[from]] = outside[from];
    heads
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            while heads[cycle[cycle.len() - 1]] != at {
                cycle.push(heads[cycle[cycle.len() - 1]]);
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree by trying every choice of heads.
    fn by_force(scores: &[f32], n: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<u32> = (0..n).map(|d| (code / (n + 1).pow(d as u32) % (n + 1)) as u32).collect();
            if heads.iter().enumerate().all(|(d, &h)| h as usize != d + 1) && is_tree(&heads) {
                best = best.max(total(scores, n, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], n: usize, heads: &[u32]) -> f64 {
        heads.iter().enumerate().map(|(d, &h)| f64::from(scores[d * (n + 1) + h as usize])).sum()
    }

    #[test]
    fn as_good_as_trying_every_tree() {
        let mut seed = 7u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 40) % 1000) as f32 / 100.0
        };
        for n in [1, 2, 3, 4, 5] {
            for _ in 0..40 {
                let scores: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
                let mut heads = Vec::new();
                best_tree(&scores, n, &mut heads);
                assert!(is_tree(&heads), "{heads:?}");
                assert!((total(&scores, n, &heads) - by_force(&scores, n)).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn equal_scores_still_give_a_tree() {
        let mut heads = Vec::new();
        for n in [0, 1, 2, 3, 50, 128] {
            best_tree(&vec![0.5; n * (n + 1)], n, &mut heads);
            assert!(n == 0 || is_tree(&heads));
        }
    }
}
