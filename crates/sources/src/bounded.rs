//! Decompression that notices bombs.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bytes out for a byte in, above which it is no text that was compressed: news reaches 20, the same line repeated 200.
const MAX_RATIO: u64 = 250;

/// Bytes out below which no ratio is judged.
const FREE: u64 = 16 << 20;

/// Largest window of zstd that is granted, in bytes: memory that the file asks for.
const MAX_WINDOW: u64 = 64 << 20;

/// Buffer between layers, in bytes.
const BUFFER: usize = 1 << 16;

struct Counted<R> {
    reader: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.count.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// Refuses to go on where far more comes out than goes in.
pub(crate) struct Bounded<R> {
    reader: R,
    input: Arc<AtomicU64>,
    output: u64,
}

impl<R: Read> Bounded<R> {
    /// Of a reader whose compressed size is known.
    pub(crate) fn of_size(reader: R, compressed: u64) -> Bounded<R> {
        Bounded { reader, input: Arc::new(AtomicU64::new(compressed)), output: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.output += read as u64;
        if self.output > FREE && self.output / MAX_RATIO > self.input.load(Relaxed) {
            let reason = format!("a decompression bomb: more than {MAX_RATIO} bytes come out of each");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(read)
    }
}

/// The reader, decompressed where its first bytes say that it is gzip or zstd.
pub(crate) fn unpack(mut reader: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    let magic = reader.fill_buf()?;
    let kind = match magic {
        [0x1f, 0x8b, ..] => 1,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => 2,
        _ => return Ok(reader),
    };
    let input = Arc::new(AtomicU64::new(0));
    let counted = BufReader::with_capacity(BUFFER, Counted { reader, count: input.clone() });
    let decoder: Box<dyn Read> = match kind {
        1 => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
        _ => Box::new(zstd(counted)?),
    };
    Ok(Box::new(BufReader::with_capacity(BUFFER, Bounded { reader: decoder, input, output: 0 })))
}

fn zstd<R: Read>(reader: R) -> io::Result<impl Read> {
    ruzstd::decoding::StreamingDecoder::new_with_max_window_size(reader, MAX_WINDOW)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_bomb_is_refused_and_text_is_not() {
        let pack = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let bomb = pack(&vec![b'a'; 40 << 20]);
        let mut sink = Vec::new();
        let error = unpack(Box::new(io::Cursor::new(bomb))).unwrap().read_to_end(&mut sink).unwrap_err();
        assert!(error.to_string().contains("bomb") && sink.len() < 20 << 20, "{error}");
        sink.clear();
        unpack(Box::new(io::Cursor::new(pack(b"plain words")))).unwrap().read_to_end(&mut sink).unwrap();
        assert_eq!(sink, b"plain words");
    }
}
