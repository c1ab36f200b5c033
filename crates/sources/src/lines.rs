//! Lines of bounded length.

use std::io::{self, BufRead, Read};

/// What [`read_line`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The line lies in the buffer, without its end.
    Whole,
    /// The line has this many bytes, more than allowed, and was skipped.
    TooLong(u64),
    /// No line is left.
    End,
}

/// Reads one line of at most `cap` bytes into `buffer`; of a longer one nothing is kept. `consumed` grows by every
/// byte read.
pub(crate) fn read_line(
    reader: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    cap: usize,
    consumed: &mut u64,
) -> io::Result<Line> {
    buffer.clear();
    let read = reader.by_ref().take(cap as u64 + 1).read_until(b'\n', buffer)? as u64;
    *consumed += read;
    if read == 0 {
        return Ok(Line::End);
    }
    if buffer.last() == Some(&b'\n') {
        buffer.pop();
        if buffer.last() == Some(&b'\r') {
            buffer.pop();
        }
        return Ok(Line::Whole);
    }
    if buffer.len() <= cap {
        return Ok(Line::Whole);
    }
    buffer.clear();
    buffer.shrink_to(1 << 20);
    let skipped = skip_line(reader)?;
    *consumed += skipped.bytes + u64::from(skipped.ended);
    Ok(Line::TooLong(read + skipped.bytes))
}

struct Skipped {
    bytes: u64,
    ended: bool,
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<Skipped> {
    let mut bytes = 0;
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(Skipped { bytes, ended: false });
        }
        if let Some(end) = available.iter().position(|byte| *byte == b'\n') {
            reader.consume(end + 1);
            return Ok(Skipped { bytes: bytes + end as u64, ended: true });
        }
        let length = available.len();
        bytes += length as u64;
        reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_counted_and_the_next_is_read() {
        let mut reader = &b"ab\r\n0123456789\nlast"[..];
        let (mut buffer, mut consumed) = (Vec::new(), 0);
        let mut next = || (read_line(&mut reader, &mut buffer, 4, &mut consumed).unwrap(), buffer.clone());
        assert_eq!(next(), (Line::Whole, b"ab".to_vec()));
        assert_eq!(next(), (Line::TooLong(10), Vec::new()));
        assert_eq!(next(), (Line::Whole, b"last".to_vec()));
        assert_eq!(next().0, Line::End);
        assert_eq!(consumed, 19);
    }
}
