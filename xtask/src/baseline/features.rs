//! What the linear models see of a word's surface.

/// Hashes of one word's form, ends and shape.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surface {
    /// The word in lower case.
    pub lower: u32,
    /// The word as written.
    pub exact: u32,
    /// Upper and lower case, digits and marks, runs cut to two.
    pub shape: u32,
    /// Last one to four letters in lower case.
    pub suffixes: [u32; 4],
    /// First one to three letters in lower case.
    pub prefixes: [u32; 3],
}

const SEED: u32 = 0x811c_9dc5;

fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193).rotate_left(5) ^ (hash >> 15)
}

/// A hash of one string; not meant to resist an adversary.
pub fn hash_word(word: &str) -> u32 {
    word.chars().fold(SEED, |h, c| step(h, c as u32))
}

/// A hash of a template's number and its values.
pub fn mix(template: u32, values: &[u32]) -> u32 {
    let mut h = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for &value in values {
        h = (h ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 32;
    }
    (h ^ (h >> 29)) as u32
}

impl Surface {
    /// The hashes of `word`.
    pub fn of(word: &str) -> Surface {
        let chars: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let mut surface = Surface {
            lower: chars.iter().fold(SEED, |h, &c| step(h, c as u32)),
            exact: hash_word(word),
            shape: shape(word),
            ..Surface::default()
        };
        let mut h = SEED + 1;
        for (slot, &c) in surface.suffixes.iter_mut().zip(chars.iter().rev()) {
            h = step(h, c as u32);
            *slot = h;
        }
        let mut h = SEED + 2;
        for (slot, &c) in surface.prefixes.iter_mut().zip(&chars) {
            h = step(h, c as u32);
            *slot = h;
        }
        surface
    }
}

fn shape(word: &str) -> u32 {
    let (mut h, mut last, mut run) = (SEED + 3, 0, 0);
    for c in word.chars() {
        let class = match c {
            c if c.is_uppercase() => 1,
            c if c.is_lowercase() => 2,
            c if c.is_numeric() => 3,
            c if c.is_alphabetic() => 4,
            '-' => 5,
            '.' => 6,
            _ => 7,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            h = step(h, class);
        }
    }
    h
}
