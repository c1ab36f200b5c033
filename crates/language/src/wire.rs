//! The weights file's primitive parts: counts, bytes and tables, little-endian.

use thiserror::Error;

/// Why a weights file could not be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WeightsError {
    /// It is not a weights file, or one of another version.
    #[error("not a weights file of this version: it begins with {0:?}, not {1:?}")]
    Magic(Vec<u8>, &'static [u8]),
    /// It ends too early.
    #[error("the weights file ends at byte {0}, where more was promised")]
    Truncated(usize),
    /// Some part holds what it cannot hold.
    #[error("the weights file is malformed: {0}")]
    Malformed(&'static str),
}

/// Reads a weights file from its first byte on.
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// Begins at the first byte.
    pub fn new(bytes: &'b [u8]) -> Self {
        Reader { bytes, at: 0 }
    }

    /// The next `n` bytes.
    pub fn bytes(&mut self, n: usize) -> Result<&'b [u8], WeightsError> {
        let end = self.at.checked_add(n).filter(|&e| e <= self.bytes.len());
        let end = end.ok_or(WeightsError::Truncated(self.bytes.len()))?;
        let part = &self.bytes[self.at..end];
        self.at = end;
        Ok(part)
    }

    /// The next `n` numbers of 32 bits; each must be finite.
    pub fn floats(&mut self, n: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.bytes(n.checked_mul(4).ok_or(WeightsError::Malformed("a length"))?)?;
        let all: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if all.iter().all(|f| f.is_finite()) { Ok(all) } else { Err(WeightsError::Malformed("a number")) }
    }

    /// A number of things that follow.
    pub fn count(&mut self) -> Result<usize, WeightsError> {
        let b = self.bytes(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    }
}

/// Builds a weights file.
#[derive(Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// Appends a number of things that follow.
    pub fn count(&mut self, n: usize) {
        self.out.extend((n as u32).to_le_bytes());
    }

    /// Appends bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// What was written.
    pub fn done(&self) -> &[u8] {
        &self.out
    }
}
