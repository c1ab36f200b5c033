//! The text layer of a PDF to paragraphs: running heads and page numbers dropped, hyphenated words joined.

use std::collections::HashMap;
use std::io::Read;

/// Name of the thread that reads a PDF: a panic there is the file's failure and reported as such.
pub const THREAD_NAME: &str = "pdf";

/// Stack of the thread that reads a PDF, in bytes: its objects nest.
const STACK: usize = 32 << 20;

/// Bytes that all streams of a file may have together after decompression.
const MAX_STREAMS: u64 = 256 << 20;

/// Reads the text of a PDF.
///
/// # Errors
/// With the reason, if it cannot be read or has no text layer.
pub(crate) fn read(bytes: Vec<u8>) -> Result<String, String> {
    check_streams(&bytes)?;
    let thread = std::thread::Builder::new().name(THREAD_NAME.to_owned()).stack_size(STACK);
    let reading = thread.spawn(move || pdf_extract::extract_text_from_mem_by_pages(&bytes));
    // The crate panics on some malformed files: that is the file's failure.
    let pages = reading
        .map_err(|error| error.to_string())?
        .join()
        .map_err(|_| "the PDF is malformed".to_owned())?
        .map_err(|error| format!("the PDF cannot be read: {error}"))?;
    let text = paragraphs(&pages);
    if text.is_empty() { Err("the PDF has no text layer (pictures of pages?)".to_owned()) } else { Ok(text) }
}

/// Refuses a file whose compressed streams are bombs, before anything holds them in memory.
fn check_streams(bytes: &[u8]) -> Result<(), String> {
    let (mut total, mut at) = (0, 0);
    while let Some(found) = bytes[at..].windows(6).position(|window| window == b"stream") {
        let start = at + found + 6;
        at = start;
        let is_end = found >= 3 && &bytes[start - 9..start - 6] == b"end";
        let data = bytes[start..].strip_prefix(b"\r\n").or_else(|| bytes[start..].strip_prefix(b"\n"));
        let Some(data) = data.filter(|data| !is_end && data.first().is_some_and(|byte| byte & 0x0f == 8)) else {
            continue;
        };
        let mut decoder = flate2::read::ZlibDecoder::new(data).take(MAX_STREAMS + 1);
        // What is no zlib after all counts as far as it goes.
        let mut buffer = [0; 1 << 14];
        while let Ok(read @ 1..) = decoder.read(&mut buffer) {
            total += read as u64;
            if total > MAX_STREAMS {
                return Err(format!("a decompression bomb: its streams have more than {MAX_STREAMS} bytes"));
            }
        }
    }
    Ok(())
}

/// Lines of pages to paragraphs.
fn paragraphs(pages: &[String]) -> String {
    let running = running_lines(pages);
    let mut out = String::new();
    let mut open = String::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).collect();
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        for (at, line) in lines.iter().enumerate() {
            let edge = at < 3 || at + 3 >= lines.len();
            if edge && running.contains_key(&shape(line)) {
                continue;
            }
            if line.is_empty() {
                // An empty line within a sentence is a page's end or wide spacing.
                if open.ends_with(['.', '!', '?', ':', '"', '”']) {
                    close(&mut open, &mut out);
                }
                continue;
            }
            if let Some(stem) = open.strip_suffix('-').filter(|_| line.starts_with(char::is_lowercase)) {
                open.truncate(stem.len());
            } else if !open.is_empty() {
                open.push(' ');
            }
            open.push_str(line);
            let short = line.chars().count() * 4 < longest * 3;
            if short && line.ends_with(['.', '!', '?', '"', '”']) {
                close(&mut open, &mut out);
            }
        }
    }
    close(&mut open, &mut out);
    out
}

fn close(open: &mut String, out: &mut String) {
    let words: Vec<&str> = open.split_whitespace().collect();
    if !words.is_empty() {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&words.join(" "));
    }
    open.clear();
}

/// The shapes of lines that stand at the edge of at least three pages and of half of them; lone numbers always do.
fn running_lines(pages: &[String]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let edges = lines.iter().take(2).chain(lines.iter().skip(2.max(lines.len().saturating_sub(2))));
        let mut shapes: Vec<String> = edges.map(|line| shape(line)).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts.retain(|shape, count| shape == "#" && pages.len() > 1 || *count >= 3 && *count * 2 >= pages.len());
    counts
}

/// A line with its numbers made alike.
fn shape(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_running_heads_dropped() {
        let page = |n: u32, text: &str| format!("Almar Review\n\n{text}\n\n{n}\n");
        let pages = [
            page(
                1,
                "The ministers of both countries met and dis-\ncussed the railway.\nThey went on with it for the whole of",
            ),
            page(2, "the week.\n\nNobody signed anything there, as it seems, and all."),
            page(3, "The end came late on the evening of the last day."),
        ];
        let text = paragraphs(&pages);
        assert!(text.contains("met and discussed the railway.") && !text.contains("Review"), "{text}");
        assert!(text.contains("for the whole of the week.\n\nNobody"), "{text}");
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert!(read(b"%PDF-1.4 nothing".to_vec()).is_err());
    }
}
