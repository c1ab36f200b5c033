//! The arc-hybrid transition system with the root at the end of the buffer, its dynamic oracle and its features.
//!
//! Goldberg and Nivre, "Training Deterministic Parsers with Non-Deterministic Oracles", TACL 2013.

use chancery_model::Relation;

use super::features::{Surface, mix};

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Puts the first word of the buffer on the stack.
    Shift,
    /// The top of the stack depends on the first word of the buffer.
    Left(Relation),
    /// The top of the stack depends on the word below it.
    Right(Relation),
}

/// Every move in the order of its class.
pub fn moves() -> Vec<Move> {
    let relations = Relation::ALL.iter().copied();
    std::iter::once(Move::Shift)
        .chain(relations.clone().map(Move::Left))
        .chain(relations.filter(|&r| r != Relation::Root).map(Move::Right))
        .collect()
}

/// Where the parser stands in one sentence of `n` words; the word `n` stands for the root.
#[derive(Clone, Debug, Default)]
pub struct ParserState {
    stack: Vec<u32>,
    next: u32,
    n: u32,
    /// Chosen head of each word; `u32::MAX` while it has none.
    pub heads: Vec<u32>,
    /// Relation of each word to its head.
    pub relations: Vec<Relation>,
    first: Vec<[u32; 2]>,
    last: Vec<[u32; 2]>,
}

const NONE: u32 = u32::MAX;

impl ParserState {
    /// The start state for `n` words, reusing the memory.
    pub fn reset(&mut self, n: usize) {
        self.stack.clear();
        self.next = 0;
        self.n = n as u32;
        self.heads.clear();
        self.heads.resize(n, NONE);
        self.relations.clear();
        self.relations.resize(n, Relation::Dep);
        self.first.clear();
        self.first.resize(n + 1, [NONE; 2]);
        self.last.clear();
        self.last.resize(n + 1, [NONE; 2]);
    }

    /// True once every word has a head.
    pub fn done(&self) -> bool {
        self.next == self.n && self.stack.is_empty()
    }

    /// True if the move keeps the promise of one root and a tree.
    pub fn allows(&self, action: Move) -> bool {
        match action {
            Move::Shift => self.next < self.n,
            Move::Left(Relation::Root) => self.next == self.n && self.stack.len() == 1,
            Move::Left(_) => self.next < self.n && !self.stack.is_empty(),
            Move::Right(_) => self.stack.len() >= 2,
        }
    }

    /// How many gold arcs the move makes impossible; a wrong label on a right arc costs one.
    pub fn cost(&self, action: Move, heads: &[u32], relations: &[Relation]) -> u32 {
        let (&top, below) = match self.stack.split_last() {
            Some(x) => x,
            None => return 0,
        };
        let in_buffer = |h: u32| h >= self.next;
        let children_ahead = || (self.next..self.n).filter(|&d| heads[d as usize] == top).count() as u32;
        match action {
            Move::Shift => {
                let b = self.next;
                let lost_head = below.contains(&heads[b as usize]);
                let lost_children = self.stack.iter().filter(|&&d| heads[d as usize] == b).count();
                u32::from(lost_head) + lost_children as u32
            }
            Move::Left(label) => {
                let head = heads[top as usize];
                let lost = (in_buffer(head) && head != self.next) || below.last() == Some(&head);
                let mislabelled = head == self.next && relations[top as usize] != label;
                u32::from(lost) + u32::from(mislabelled) + children_ahead()
            }
            Move::Right(label) => {
                let head = heads[top as usize];
                let mislabelled = below.last() == Some(&head) && relations[top as usize] != label;
                u32::from(in_buffer(head)) + u32::from(mislabelled) + children_ahead()
            }
        }
    }

    /// Makes the move.
    pub fn apply(&mut self, action: Move) {
        match action {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(label) => self.attach(self.next, label),
            Move::Right(label) => {
                let head = self.stack[self.stack.len() - 2];
                self.attach(head, label);
            }
        }
    }

    fn attach(&mut self, head: u32, label: Relation) {
        let Some(child) = self.stack.pop() else { return };
        self.heads[child as usize] = head;
        self.relations[child as usize] = label;
        let (first, last) = (&mut self.first[head as usize], &mut self.last[head as usize]);
        if child < head {
            *first = [child, first[0]];
        } else {
            *last = [child, last[0]];
        }
    }

    fn stack_at(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |i| self.stack[i])
    }
}

/// Features of a parser state over the words' surfaces and tag numbers.
pub fn parser_features(s: &ParserState, words: &[Surface], tags: &[u32], out: &mut Vec<u32>) {
    let word = |i: u32| if i < s.n { words[i as usize].lower } else { 7 + (i == s.n) as u32 };
    let tag = |i: u32| if i < s.n { tags[i as usize] } else { 900 + (i == s.n) as u32 };
    let buffer = |k: u32| if s.next + k <= s.n { s.next + k } else { NONE };
    let first = |i: u32, k: usize| if i <= s.n { s.first[i as usize][k] } else { NONE };
    let last = |i: u32, k: usize| if i <= s.n { s.last[i as usize][k] } else { NONE };
    let rel = |i: u32| if i < s.n { s.relations[i as usize] as u32 + 1 } else { 0 };
    let (s0, s1, s2) = (s.stack_at(0), s.stack_at(1), s.stack_at(2));
    let (b0, b1, b2) = (buffer(0), buffer(1), buffer(2));
    let (s0l, s0r, s0r2) = (first(s0, 0), last(s0, 0), last(s0, 1));
    let (s1l, s1r, s1r2, b0l) = (first(s1, 0), last(s1, 0), last(s1, 1), first(b0, 0));
    let far = |a: u32, b: u32| if a < s.n && b <= s.n { (b - a).min(6) } else { 9 };
    let (ws0, ws1, wb0, wb1) = (word(s0), word(s1), word(b0), word(b1));
    let (ts0, ts1, ts2, tb0, tb1, tb2) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let d = far(s0, b0);
    out.clear();
    out.extend([
        mix(0, &[ts0, tb0, ts1, d]),
        mix(1, &[ws0, ts0]),
        mix(2, &[wb0, tb0]),
        mix(3, &[ws1, ts1]),
        mix(4, &[wb1, tb1]),
        mix(5, &[ts0, tb0]),
        mix(6, &[ws0, wb0]),
        mix(7, &[ws0, tb0, ts0]),
        mix(8, &[ts0, wb0, tb0]),
        mix(9, &[ws0, ws1]),
        mix(10, &[ts0, ts1]),
        mix(11, &[ws0, ts1]),
        mix(12, &[ts0, ws1]),
        mix(13, &[ts0, tb0, tb1]),
        mix(14, &[tb0, tb1, tb2]),
        mix(15, &[ts1, ts0, tb0]),
        mix(16, &[ts2, ts1, ts0]),
        mix(17, &[ts0, tag(s0l), tb0]),
        mix(18, &[ts0, tag(s0r), tb0]),
        mix(19, &[ts0, tb0, tag(b0l)]),
        mix(20, &[ts1, tag(s1r), ts0]),
        mix(21, &[ts1, tag(s1l), ts0]),
        mix(22, &[ts0, rel(s0l), rel(s0r)]),
        mix(23, &[ts1, rel(s1l), rel(s1r)]),
        mix(24, &[tb0, rel(b0l)]),
        mix(25, &[ws0, d]),
        mix(26, &[ts0, tb0, d]),
        mix(27, &[ts1, ts0, far(s1, s0)]),
        mix(28, &[ts1, ts0, rel(s1r), rel(s1r2), tb0]),
        mix(29, &[ts0, rel(s0r), rel(s0r2), tb0]),
        mix(30, &[ws1, ws0, tb0]),
        mix(31, &[ts1, ts0, wb0]),
        mix(32, &[word(s0r), ts0, tb0]),
        mix(33, &[word(s1r), ts1, ts0]),
        mix(34, &[ws1, tb0, ts0]),
        mix(35, &[ts0, tb0, tb1, ts1]),
        mix(36, &[ts0, wb0, wb1]),
        mix(37, &[word(first(b0, 0)), tb0, ts0]),
        mix(38, &[ts1, ts0, tb0, tb1, d]),
        mix(39, &[if s0 < s.n { words[s0 as usize].suffixes[2] } else { 0 }, tb0]),
    ]);
}
