//! Products of activations (16-bit) with weights (8-bit), summed exactly in 32 bits.
//!
//! Integer sums do not depend on their order, so the AVX2 path and the portable path give the same bits on every
//! machine. This is where most of the time goes, and the one module of the crate with `unsafe`: measured against the
//! portable path, the intrinsics are several times faster.

use crate::wire::{Reader, WeightsError};

/// Activations are multiples of 1/512, which leaves room for values up to 64.
pub const UNIT: f32 = 512.0;

/// Outputs that one tile computes together.
const LANES: usize = 16;

/// A linear map with one scale and one bias per output, its weights laid out for the kernel.
#[derive(Clone, Debug)]
pub struct Linear {
    /// Length of an input row, even.
    pub inputs: usize,
    /// Length of an output row, a multiple of 16; outputs beyond the model's own are 0.
    pub outputs: usize,
    /// For each 16 outputs, for each pair of inputs, 16 pairs of weights.
    packed: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads rows of weights, then a scale and a bias for each.
    pub fn read(input: &mut Reader, inputs: usize) -> Result<Linear, WeightsError> {
        let own_outputs = input.count()?;
        if input.count()? != inputs || !inputs.is_multiple_of(2) || own_outputs > 4096 {
            return Err(WeightsError::Malformed("the shape of a linear map"));
        }
        let rows = input.bytes(own_outputs * inputs)?;
        let mut scale = input.floats(own_outputs)?;
        let mut bias = input.floats(own_outputs)?;
        let outputs = own_outputs.next_multiple_of(LANES);
        scale.iter_mut().for_each(|s| *s /= UNIT);
        scale.resize(outputs, 0.0);
        bias.resize(outputs, 0.0);
        let mut packed = vec![0i8; outputs * inputs];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let block = (output / LANES) * inputs * LANES + (output % LANES) * 2;
            for (i, &weight) in row.iter().enumerate() {
                packed[block + (i / 2) * LANES * 2 + i % 2] = weight as i8;
            }
        }
        Ok(Linear { inputs, outputs, packed, scale, bias })
    }

    /// Fills `out` (rows of `outputs`) from `rows` input rows that begin every `stride` values of `input`.
    ///
    /// Rows may overlap: a convolution over three words is a row of three words' values that begins at each word.
    pub fn apply(&self, input: &[i16], stride: usize, rows: usize, out: &mut Vec<f32>) {
        out.resize(rows * self.outputs, 0.0);
        if rows == 0 {
            return;
        }
        assert!((rows - 1) * stride + self.inputs <= input.len(), "input rows lie within the input");
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            avx2::apply(self, input, stride, rows, out);
            return;
        }
        self.apply_portable(input, stride, rows, out);
    }

    fn apply_portable(&self, input: &[i16], stride: usize, rows: usize, out: &mut [f32]) {
        for row in 0..rows {
            let values = &input[row * stride..row * stride + self.inputs];
            for (block, weights) in self.packed.chunks_exact(self.inputs * LANES).enumerate() {
                let mut sums = [0i32; LANES];
                for (pair, w) in values.chunks_exact(2).zip(weights.chunks_exact(2 * LANES)) {
                    for (lane, sum) in sums.iter_mut().enumerate() {
                        let both = i32::from(pair[0]) * i32::from(w[2 * lane])
                            + i32::from(pair[1]) * i32::from(w[2 * lane + 1]);
                        *sum = sum.wrapping_add(both);
                    }
                }
                let at = block * LANES;
                for lane in 0..LANES {
                    out[row * self.outputs + at + lane] =
                        sums[lane] as f32 * self.scale[at + lane] + self.bias[at + lane];
                }
            }
        }
    }
}

/// Runs `f` compiled for AVX2 where the processor has it; so only what is inlined into `f` gains.
///
/// The numbers stay the same: basic operations on floats are exact to the standard in both, and are not fused.
#[inline]
pub fn wide<R>(f: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        return avx2::run(f);
    }
    f()
}

/// The nearest 16-bit activation.
#[inline(always)]
pub fn quantise(value: f32) -> i16 {
    (value * UNIT + if value < 0.0 { -0.5 } else { 0.5 }) as i16
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{LANES, Linear};

    /// Input rows of one tile: two accumulators each fill twelve of the sixteen registers.
    const TILE: usize = 6;

    pub fn apply(linear: &Linear, input: &[i16], stride: usize, rows: usize, out: &mut [f32]) {
        assert!(out.len() >= rows * linear.outputs);
        let mut row = 0;
        while row < rows {
            let count = (rows - row).min(TILE);
            // SAFETY: the caller saw that the processor has AVX2, and that all `rows` input rows lie within `input`;
            // the assertion above holds for the output rows.
            unsafe {
                match count {
                    1 => tile::<1>(linear, input, stride, row, out),
                    2 => tile::<2>(linear, input, stride, row, out),
                    3 => tile::<3>(linear, input, stride, row, out),
                    4 => tile::<4>(linear, input, stride, row, out),
                    5 => tile::<5>(linear, input, stride, row, out),
                    _ => tile::<6>(linear, input, stride, row, out),
                }
            }
            row += count;
        }
    }

    /// `super::wide` once AVX2 is known to be there.
    pub fn run<R>(f: impl FnOnce() -> R) -> R {
        #[target_feature(enable = "avx2")]
        fn inner<R>(f: impl FnOnce() -> R) -> R {
            f()
        }
        // SAFETY: the caller saw that the processor has AVX2.
        unsafe { inner(f) }
    }

    /// `R` rows times all outputs.
    ///
    /// SAFETY: the processor has AVX2; rows `row..row + R` lie within `input` and `out`.
    #[target_feature(enable = "avx2")]
    unsafe fn tile<const R: usize>(linear: &Linear, input: &[i16], stride: usize, row: usize, out: &mut [f32]) {
        for block in 0..linear.outputs / LANES {
            let mut sums = [[_mm256_setzero_si256(); 2]; R];
            let weights = linear.packed[block * linear.inputs * LANES..].as_ptr();
            let values = input[row * stride..].as_ptr();
            for pair in 0..linear.inputs / 2 {
                // SAFETY: `packed` holds `inputs * LANES` weights a block, 32 for each pair of inputs; an input row
                // holds `inputs` values from `r * stride` on.
                unsafe {
                    let at = weights.add(pair * 2 * LANES);
                    let low = _mm256_cvtepi8_epi16(_mm_loadu_si128(at.cast()));
                    let high = _mm256_cvtepi8_epi16(_mm_loadu_si128(at.add(LANES).cast()));
                    for (r, sum) in sums.iter_mut().enumerate() {
                        let both = values.add(r * stride + pair * 2).cast::<i32>().read_unaligned();
                        let both = _mm256_set1_epi32(both);
                        sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(both, low));
                        sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(both, high));
                    }
                }
            }
            for (r, sum) in sums.iter().enumerate() {
                for half in 0..2 {
                    let at = block * LANES + half * 8;
                    let (scale, bias) = (&linear.scale[at..at + 8], &linear.bias[at..at + 8]);
                    let target = &mut out[(row + r) * linear.outputs + at..][..8];
                    // SAFETY: each of the three slices holds eight values.
                    unsafe {
                        let sum = _mm256_cvtepi32_ps(sum[half]);
                        let scaled = _mm256_mul_ps(sum, _mm256_loadu_ps(scale.as_ptr()));
                        let all = _mm256_add_ps(scaled, _mm256_loadu_ps(bias.as_ptr()));
                        _mm256_storeu_ps(target.as_mut_ptr(), all);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Writer;

    #[test]
    fn both_paths_give_the_same_bits() {
        let (inputs, outputs) = (14, 37);
        let mut w = Writer::default();
        w.count(outputs);
        w.count(inputs);
        w.bytes(&(0..inputs * outputs).map(|i| (i * 37 % 251) as u8).collect::<Vec<u8>>());
        for i in 0..2 * outputs {
            w.bytes(&(i as f32 * 0.01 - 0.3).to_le_bytes());
        }
        let linear = Linear::read(&mut Reader::new(w.done()), inputs).unwrap();
        let input: Vec<i16> = (0..200).map(|i| (i * 7919 % 65_521 - 32_760) as i16).collect();
        for rows in [0, 1, 5, 6, 13] {
            let (mut fast, mut slow) = (Vec::new(), vec![0.0; rows * linear.outputs]);
            linear.apply(&input, 12, rows, &mut fast);
            linear.apply_portable(&input, 12, rows, &mut slow);
            assert_eq!(fast, slow);
        }
    }
}
