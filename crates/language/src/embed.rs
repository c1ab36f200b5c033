//! From a word's letters to its vector: hashed tables of its form, ends and shape, and a published word vector.
//!
//! The hashes and the shape must match `xtask/train/student.py`, which trained the tables.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use compact_str::CompactString;

use crate::kernel::{Linear, quantise};
use crate::wire::{Reader, WeightsError};

/// Tables of one word: form, endings of 2, 3 and 4 letters, beginnings of 1 and 3, shape.
const TABLES: usize = 7;

/// The embedding tables.
pub struct Embedding {
    width: usize,
    /// Number of rows and the scale of each table, which follow each other in `rows`.
    tables: Vec<(u32, f32)>,
    rows: Vec<i8>,
    /// Hash of a word in lower case to its row in `vectors`.
    known: HashMap<u32, u32, BuildHasherDefault<Fold>>,
    vectors: Vec<i8>,
    vector_scale: f32,
    project: Linear,
}

/// Vectors of words met before. It only saves time: a vector does not depend on what was met.
#[derive(Default)]
pub struct WordCache {
    found: HashMap<CompactString, u32, BuildHasherDefault<Fold>>,
    vectors: Vec<f32>,
    lower: String,
    shape: String,
    input: Vec<i16>,
    projected: Vec<f32>,
}

/// Entries after which the cache starts anew: some four megabytes.
const CACHED: usize = 8192;

/// A quick hash for short strings and for numbers that are hashes already.
#[derive(Clone, Default)]
pub struct Fold(u64);

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// FNV-1a with a seed and a last mixing.
fn fnv(text: &str, seed: u32) -> u32 {
    let mut h = 0x811C_9DC5 ^ seed;
    for &b in text.as_bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h.wrapping_mul(0x2C1B_3C6D) ^ (h >> 12)
}

/// Seed of the hashes by which published vectors are found.
const VECTOR_SEED: u32 = 99;

/// Upper case, lower case, digits and marks; of a run, the first two.
fn shape(word: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'A',
            c if c.is_lowercase() => 'a',
            c if c.is_numeric() => '0',
            c if c.is_alphabetic() => 'x',
            c if c.is_ascii() => c,
            _ => '?',
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            out.push(kind);
        }
    }
}

/// The last or first `n` characters.
fn ending(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(i, _)| &word[i..])
}

fn beginning(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(i, _)| &word[..i])
}

impl Embedding {
    pub(crate) fn read(input: &mut Reader, width: usize) -> Result<Embedding, WeightsError> {
        let mut tables = Vec::new();
        for _ in 0..TABLES {
            let rows = input.count()?;
            if rows == 0 || rows > 1 << 20 {
                return Err(WeightsError::Malformed("an embedding table"));
            }
            tables.push((rows as u32, input.floats(1)?[0]));
        }
        let count: usize = tables.iter().map(|t| t.0 as usize).sum();
        let rows = input.bytes(count * width)?.iter().map(|&b| b as i8).collect();
        let (words, length) = (input.count()?, input.count()?);
        if words > 1 << 20 || length == 0 || length > 1024 {
            return Err(WeightsError::Malformed("the word vectors"));
        }
        let vector_scale = input.floats(1)?[0];
        let hashes = input.bytes(words * 4)?;
        let known = hashes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        // Of two words with one hash the commoner stays, which comes first.
        let known = known.zip(0u32..).collect::<Vec<_>>().into_iter().rev().collect();
        let vectors = input.bytes(words * length)?.iter().map(|&b| b as i8).collect();
        let project = Linear::read(input, length)?;
        if project.outputs < width {
            return Err(WeightsError::Malformed("the projection of word vectors"));
        }
        Ok(Embedding { width, tables, rows, known, vectors, vector_scale, project })
    }

    /// Appends the vector of `word` to `out`.
    pub(crate) fn extend(&self, word: &str, cache: &mut WordCache, out: &mut Vec<f32>) {
        if let Some(&i) = cache.found.get(word) {
            let at = i as usize * self.width;
            out.extend_from_slice(&cache.vectors[at..at + self.width]);
            return;
        }
        let start = out.len();
        self.compute(word, cache, out);
        if cache.found.len() == CACHED {
            cache.found.clear();
            cache.vectors.clear();
        }
        // A word of unusual length is not worth the room.
        if word.len() <= 64 {
            cache.found.insert(word.into(), cache.found.len() as u32);
            cache.vectors.extend_from_slice(&out[start..]);
        }
    }

    fn compute(&self, word: &str, cache: &mut WordCache, out: &mut Vec<f32>) {
        let plain: std::borrow::Cow<str> = if word.contains(['\u{2018}', '\u{2019}']) {
            word.replace(['\u{2018}', '\u{2019}'], "'").into()
        } else {
            word.into()
        };
        cache.lower.clear();
        cache.lower.extend(plain.chars().flat_map(char::to_lowercase));
        shape(&plain, &mut cache.shape);
        let low = cache.lower.as_str();
        let parts = [
            low,
            ending(low, 2),
            ending(low, 3),
            ending(low, 4),
            beginning(low, 1),
            beginning(low, 3),
            &cache.shape,
        ];
        cache.input.clear();
        let length = self.project.inputs;
        match self.known.get(&fnv(low, VECTOR_SEED)) {
            Some(&row) => {
                let vector = &self.vectors[row as usize * length..][..length];
                cache.input.extend(vector.iter().map(|&v| quantise(f32::from(v) * self.vector_scale)));
            }
            None => cache.input.resize(length, 0),
        }
        self.project.apply(&cache.input, length, 1, &mut cache.projected);
        let start = out.len();
        out.extend_from_slice(&cache.projected[..self.width]);
        let mut base = 0;
        for ((part, &(rows, scale)), seed) in parts.iter().zip(&self.tables).zip(1u32..) {
            let row = (base + fnv(part, seed) % rows) as usize * self.width;
            for (sum, &weight) in out[start..].iter_mut().zip(&self.rows[row..row + self.width]) {
                *sum += f32::from(weight) * scale;
            }
            base += rows;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_words() {
        let mut out = String::new();
        for (word, expected) in
            [("Blinken", "Aaa"), ("U.S.", "A.A."), ("1,200", "0,00"), ("NATO-led", "AA-aa"), ("—", "?")]
        {
            shape(word, &mut out);
            assert_eq!(out, expected);
        }
        assert_eq!((ending("é", 3), beginning("état", 1)), ("é", "é"));
        assert_eq!(fnv("the", 1), 2_862_950_249);
    }
}
