//! The network: convolutions and attention over the words of a stretch, then scores of tags, names, arcs, relations.
//!
//! Stretches (sentences, or windows of overlong ones) lie one after another in rows, with an empty row before, between
//! and after them, so that a convolution sees nothing beyond its stretch and one product serves many sentences.
//! Every sum is taken in a fixed order, and nothing calls the platform's mathematics library.

use crate::embed::{Embedding, WordCache};
use crate::kernel::{Linear, quantise, wide};
use crate::wire::{Reader, WeightsError};

/// Offsets between words beyond this share one bias.
const REACH: usize = 24;
/// Length of a query or key of one attention head.
const KEY: usize = 16;
/// One over the root of `KEY`.
const KEY_SCALE: f32 = 0.25;
/// Length of a value of one attention head.
const VALUE: usize = 28;
/// Words that a product along words takes together; rows of transposed values are filled up to a multiple of it.
const ACROSS: usize = 16;
/// Length of what an arc or a relation is scored from.
const ARC: usize = 96;

/// A stretch of words: where its rows begin, and how many there are.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The first row; the row before it is empty.
    pub row: usize,
    /// Number of words.
    pub len: usize,
}

struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

enum Layer {
    Convolution { norm: Norm, map: Linear },
    Attention { norm: Norm, map: Linear, out: Linear, near: Vec<f32> },
}

/// How many scores of each sort the joint product of the heads gives, in this order.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Universal tags.
    pub tags: usize,
    /// Penn tags.
    pub penn: usize,
    /// Name labels.
    pub names: usize,
}

/// The trained network.
pub struct Network {
    width: usize,
    heads: usize,
    embedding: Embedding,
    layers: Vec<Layer>,
    norm: Norm,
    joint: Linear,
    /// Where the joint product's parts begin.
    pub layout: Layout,
    arc: Linear,
    arc_near: Vec<f32>,
    arc_root: Vec<f32>,
    relation_root: Vec<f32>,
    relation: Linear,
}

/// Memory for one batch, used again.
#[derive(Default)]
pub struct Activations {
    words: WordCache,
    x: Vec<f32>,
    input: Vec<i16>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    keys: Vec<f32>,
    weights: Vec<f32>,
    /// Scores of the heads: rows of `Network::row` values.
    pub joint: Vec<f32>,
    arc_rows: Vec<f32>,
    relation_rows: Vec<f32>,
}

impl Norm {
    fn read(input: &mut Reader, width: usize) -> Result<Norm, WeightsError> {
        Ok(Norm { gain: input.floats(width)?, bias: input.floats(width)? })
    }

    /// Brings a row to mean 0 and deviation 1, then scales and shifts it.
    #[inline(always)]
    fn apply(&self, row: &[f32], out: &mut [i16]) {
        let n = row.len() as f32;
        let mean = lanes(row, |v| v) / n;
        let variance = lanes(row, |v| (v - mean) * (v - mean)) / n;
        let scale = 1.0 / (variance + 1e-5).sqrt();
        for (((o, v), g), b) in out.iter_mut().zip(row).zip(&self.gain).zip(&self.bias) {
            *o = quantise((v - mean) * scale * g + b);
        }
    }
}

/// A sum in eight interleaved parts, so that it can be taken eight at a time in the same order everywhere.
#[inline(always)]
fn lanes(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; 8];
    let chunks = values.chunks_exact(8);
    for (sum, &v) in sums.iter_mut().zip(chunks.remainder()) {
        *sum += f(v);
    }
    for chunk in chunks {
        for (sum, &v) in sums.iter_mut().zip(chunk) {
            *sum += f(v);
        }
    }
    ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]))
}

/// e to the power of a number that is not above 0, to about 1e-5, by basic arithmetic only.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = (x * std::f32::consts::LOG2_E).max(-100.0);
    let whole = (x - 0.5) as i32;
    let f = (x - whole as f32) * std::f32::consts::LN_2;
    let p = 1.0 + f * (1.0 + f * (0.5 + f * (1.0 / 6.0 + f * (1.0 / 24.0 + f * (1.0 / 120.0)))));
    p * f32::from_bits(((whole + 127) << 23) as u32)
}

/// The bias of a word at offset `to - from`.
#[inline(always)]
fn offset(from: usize, to: usize) -> usize {
    (to as isize - from as isize).clamp(-(REACH as isize), REACH as isize).wrapping_add(REACH as isize) as usize
}

impl Network {
    pub(crate) fn read(input: &mut Reader) -> Result<Network, WeightsError> {
        let (width, heads) = (input.count()?, input.count()?);
        let layout = Layout { tags: input.count()?, penn: input.count()?, names: input.count()? };
        if width == 0 || width > 512 || !width.is_multiple_of(16) || width != heads * VALUE {
            return Err(WeightsError::Malformed("the width"));
        }
        let embedding = Embedding::read(input, width)?;
        let mut layers = Vec::new();
        for _ in 0..input.count()? {
            let kind = input.bytes(1)?[0];
            let norm = Norm::read(input, width)?;
            layers.push(match kind {
                b'c' => Layer::Convolution { norm, map: sized(input, 3 * width, 2 * width)? },
                b'a' => Layer::Attention {
                    norm,
                    map: sized(input, width, 2 * heads * KEY + width)?,
                    out: sized(input, width, width)?,
                    near: input.floats(heads * (2 * REACH + 1))?,
                },
                _ => return Err(WeightsError::Malformed("a kind of layer")),
            });
        }
        let norm = Norm::read(input, width)?;
        let joint = sized(input, width, layout.tags + layout.penn + layout.names + 4 * ARC)?;
        let arc = sized(input, ARC, ARC)?;
        let arc_near = input.floats(2 * REACH + 1)?;
        let arc_root = input.floats(ARC)?;
        let relation_root = input.floats(ARC)?;
        let relation = Linear::read(input, ARC)?;
        Ok(Network {
            width,
            heads,
            embedding,
            layers,
            norm,
            joint,
            layout,
            arc,
            arc_near,
            arc_root,
            relation_root,
            relation,
        })
    }

    /// Values in a row of `Activations::joint`.
    pub fn row(&self) -> usize {
        self.joint.outputs
    }

    /// Reads the words of the stretches and leaves the heads' scores in `a.joint`.
    pub fn encode<'w>(&self, stretches: &[Stretch], words: impl Iterator<Item = &'w str>, a: &mut Activations) {
        let rows = stretches.last().map_or(0, |s| s.row + s.len + 1);
        self.embed(stretches, words, rows, a);
        for layer in &self.layers {
            match layer {
                Layer::Convolution { norm, map } => {
                    wide(|| self.normalise(norm, stretches, rows, a));
                    map.apply(&a.input, self.width, rows.saturating_sub(2), &mut a.wide);
                    wide(|| self.add_convolution(stretches, a));
                }
                Layer::Attention { norm, map, out, near } => {
                    wide(|| self.normalise(norm, stretches, rows, a));
                    map.apply(&a.input, self.width, rows, &mut a.wide);
                    wide(|| self.attend(stretches, near, map.outputs, a));
                    out.apply(&a.input, self.width, rows, &mut a.narrow);
                    for s in stretches {
                        let range = s.row * self.width..(s.row + s.len) * self.width;
                        for (x, y) in a.x[range.clone()].iter_mut().zip(&a.narrow[range]) {
                            *x += y;
                        }
                    }
                }
            }
        }
        wide(|| self.normalise(&self.norm, stretches, rows, a));
        self.joint.apply(&a.input, self.width, rows, &mut a.joint);
        wide(|| self.prepare_arcs(rows, a));
        self.arc.apply(&a.input, ARC, rows, &mut a.arc_rows);
    }

    fn embed<'w>(
        &self,
        stretches: &[Stretch],
        mut words: impl Iterator<Item = &'w str>,
        rows: usize,
        a: &mut Activations,
    ) {
        a.x.clear();
        for s in stretches {
            a.x.resize(s.row * self.width, 0.0);
            for word in words.by_ref().take(s.len) {
                self.embedding.extend(word, &mut a.words, &mut a.x);
            }
        }
        a.x.resize(rows * self.width, 0.0);
    }

    /// Normalised rows of `x` as the next product's input; empty rows stay 0.
    #[inline(always)]
    fn normalise(&self, norm: &Norm, stretches: &[Stretch], rows: usize, a: &mut Activations) {
        a.input.clear();
        a.input.resize(rows * self.width, 0);
        for row in stretches.iter().flat_map(|s| s.row..s.row + s.len) {
            let range = row * self.width..(row + 1) * self.width;
            norm.apply(&a.x[range.clone()], &mut a.input[range]);
        }
    }

    /// Adds the larger of two outputs to each value. The product's row for a word begins one row before the word's.
    #[inline(always)]
    fn add_convolution(&self, stretches: &[Stretch], a: &mut Activations) {
        let w = self.width;
        for row in stretches.iter().flat_map(|s| s.row..s.row + s.len) {
            let (one, two) = a.wide[(row - 1) * 2 * w..row * 2 * w].split_at(w);
            for ((x, p), q) in a.x[row * w..(row + 1) * w].iter_mut().zip(one).zip(two) {
                *x += if p > q { p } else { q };
            }
        }
    }

    /// Leaves what each word gathers from its stretch in `a.input`.
    #[inline(always)]
    fn attend(&self, stretches: &[Stretch], near: &[f32], stride: usize, a: &mut Activations) {
        let (keys_at, values_at) = (self.heads * KEY, 2 * self.heads * KEY);
        for s in stretches {
            for head in 0..self.heads {
                let near = &near[head * (2 * REACH + 1)..(head + 1) * (2 * REACH + 1)];
                transpose(&a.wide, *s, stride, keys_at + head * KEY, KEY, &mut a.keys);
                for i in 0..s.len {
                    let query = &a.wide[(s.row + i) * stride + head * KEY..][..KEY];
                    multiply(query, &a.keys, s.len, KEY_SCALE, &mut a.weights);
                    for (j, weight) in a.weights.iter_mut().enumerate() {
                        *weight += near[offset(i, j)];
                    }
                    softmax(&mut a.weights);
                    let mut sums = [0.0f32; VALUE];
                    for (j, &weight) in a.weights.iter().enumerate() {
                        let value = &a.wide[(s.row + j) * stride + values_at + head * VALUE..];
                        for (sum, v) in sums.iter_mut().zip(&value[..VALUE]) {
                            *sum += weight * v;
                        }
                    }
                    let at = (s.row + i) * self.width + head * VALUE;
                    for (o, &v) in a.input[at..at + VALUE].iter_mut().zip(&sums) {
                        *o = quantise(v);
                    }
                }
            }
        }
    }

    /// Rows from which arcs are scored.
    #[inline(always)]
    fn prepare_arcs(&self, rows: usize, a: &mut Activations) {
        let (stride, at) = (self.joint.outputs, self.layout.tags + self.layout.penn + self.layout.names);
        a.input.clear();
        for row in 0..rows {
            let joint = &mut a.joint[row * stride + at..][..2 * ARC];
            joint.iter_mut().for_each(|v| *v = v.max(0.0));
            a.input.extend(joint[..ARC].iter().map(|&v| quantise(v)));
        }
    }

    /// Scores of every head of every word of one stretch, as `tree::best_tree` takes them.
    pub fn arcs(&self, s: Stretch, a: &mut Activations, out: &mut Vec<f32>) {
        wide(|| self.score_arcs(s, a, out));
    }

    #[inline(always)]
    fn score_arcs(&self, s: Stretch, a: &mut Activations, out: &mut Vec<f32>) {
        let (stride, at) = (self.joint.outputs, self.layout.tags + self.layout.penn + self.layout.names + ARC);
        let scale = 1.0 / (ARC as f32).sqrt();
        transpose(&a.joint, s, stride, at, ARC, &mut a.keys);
        out.clear();
        for i in 0..s.len {
            let row = &a.arc_rows[(s.row + i) * self.arc.outputs..][..ARC];
            let mut root = [0.0f32; 8];
            for (k, (v, r)) in row.iter().zip(&self.arc_root).enumerate() {
                root[k % 8] += v * r;
            }
            out.push(lanes(&root, |v| v) * scale);
            multiply(row, &a.keys, s.len, scale, &mut a.weights);
            out.extend(a.weights.iter().enumerate().map(|(j, w)| w + self.arc_near[offset(i, j)]));
        }
    }

    /// Scores of each relation of each word of a stretch, given the heads (from 1; 0 is the root), in rows of the
    /// returned length.
    pub fn relations<'a>(&self, s: Stretch, heads: &[u32], a: &'a mut Activations) -> (&'a [f32], usize) {
        let (stride, at) = (self.joint.outputs, self.layout.tags + self.layout.penn + self.layout.names + 2 * ARC);
        a.input.clear();
        for (i, &head) in heads.iter().enumerate() {
            let own = &a.joint[(s.row + i) * stride + at..][..ARC];
            let other = match head {
                0 => &self.relation_root[..],
                h => &a.joint[(s.row + h as usize - 1) * stride + at + ARC..][..ARC],
            };
            a.input.extend(own.iter().zip(other).map(|(v, w)| quantise((v + w).max(0.0))));
        }
        self.relation.apply(&a.input, ARC, heads.len(), &mut a.relation_rows);
        (&a.relation_rows, self.relation.outputs)
    }
}

fn sized(input: &mut Reader, inputs: usize, outputs: usize) -> Result<Linear, WeightsError> {
    let linear = Linear::read(input, inputs)?;
    if linear.outputs != outputs.next_multiple_of(16) {
        return Err(WeightsError::Malformed("the shape of a layer"));
    }
    Ok(linear)
}

/// Columns of a stretch's rows as rows, so that a product over them runs along words.
#[inline(always)]
fn transpose(from: &[f32], s: Stretch, stride: usize, at: usize, count: usize, out: &mut Vec<f32>) {
    let long = s.len.next_multiple_of(ACROSS);
    out.clear();
    out.resize(count * long, 0.0);
    for j in 0..s.len {
        let row = &from[(s.row + j) * stride + at..][..count];
        for (k, &v) in row.iter().enumerate() {
            out[k * long + j] = v;
        }
    }
}

/// `out[j]` is the product of `row` with column `j` of the transposed rows, times `scale`.
#[inline(always)]
fn multiply(row: &[f32], transposed: &[f32], len: usize, scale: f32, out: &mut Vec<f32>) {
    let long = len.next_multiple_of(ACROSS);
    out.resize(long, 0.0);
    for (block, part) in out.chunks_exact_mut(ACROSS).enumerate() {
        let mut sums = [0.0f32; ACROSS];
        for (&q, column) in row.iter().zip(transposed.chunks_exact(long)) {
            for (sum, &k) in sums.iter_mut().zip(&column[block * ACROSS..(block + 1) * ACROSS]) {
                *sum += q * k;
            }
        }
        for (o, sum) in part.iter_mut().zip(sums) {
            *o = sum * scale;
        }
    }
    out.truncate(len);
}

#[inline(always)]
fn softmax(values: &mut [f32]) {
    let top = values.iter().copied().fold(f32::MIN, f32::max);
    for v in values.iter_mut() {
        *v = exp(*v - top);
    }
    let scale = 1.0 / lanes(values, |v| v);
    for v in values.iter_mut() {
        *v *= scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential() {
        for i in 0..2000 {
            let x = -(i as f32) * 0.01;
            assert!((exp(x) - x.exp()).abs() <= 1e-5 * x.exp().max(1e-3), "{x}");
        }
        assert!(exp(-1e9) < 1e-20);
    }

    #[test]
    fn offsets() {
        assert_eq!((offset(0, 0), offset(0, 1), offset(100, 0), offset(0, 100)), (24, 25, 0, 48));
    }
}
