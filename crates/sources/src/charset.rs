//! Which characters bytes stand for: byte order mark, HTTP header, `<meta charset>`, and where these say nothing, a guess.

use encoding_rs::{Encoding, UTF_8};

/// Bytes at the beginning in which a page must declare its encoding, as HTML says.
const DECLARED_WITHIN: usize = 1024 * 4;

/// Text, and what was done for it.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Name of the encoding.
    pub(crate) encoding: &'static str,
    /// True if bytes were replaced by U+FFFD.
    pub(crate) replaced: bool,
}

/// Decodes a page or text. `content_type` is that of HTTP; `is_html` lets the bytes themselves declare it.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>, is_html: bool) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    // Whatever a page declares: what is valid UTF-8 and not only ASCII is UTF-8.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let escapes = bytes.contains(&0x1b);
        if !escapes {
            return Decoded { text: text.to_owned(), encoding: "UTF-8", replaced: false };
        }
    }
    let declared = content_type.and_then(charset_in).or_else(|| is_html.then(|| in_meta(bytes)).flatten());
    if let Some(encoding) = declared {
        let decoded = with(encoding, bytes);
        if !decoded.replaced || encoding == UTF_8 && mostly_text(&decoded.text) {
            return decoded;
        }
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1 << 16)], bytes.len() <= 1 << 16);
    with(detector.guess(None, chardetng::Utf8Detection::Allow), bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// True if few characters were replaced: damaged UTF-8, not another encoding.
fn mostly_text(text: &str) -> bool {
    let replaced = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    replaced * 4 < others
}

fn charset_in(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let after = lower[lower.find("charset")? + 7..].trim_start().strip_prefix('=')?.trim_start();
    let label = after.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes.iter().take(DECLARED_WITHIN).map(|byte| if byte.is_ascii() { *byte as char } else { ' ' }).collect();
    // A page that could be read for its meta element is not UTF-16, whatever it declares.
    charset_in(&head).map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_and_guessed_encodings_give_the_same_text() {
        let text = "<p>Пресс-секретарь сообщил, что переговоры о поставках газа продолжатся в понедельник.</p>";
        let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(decode(&windows, Some("text/html; charset=windows-1251"), true).text, text);
        assert_eq!(decode(&windows, None, true).text, text);
        let mut page = b"<meta charset='windows-1251'>".to_vec();
        page.extend(&*windows);
        assert_eq!(decode(&page, None, true).text, format!("<meta charset='windows-1251'>{text}"));
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf16, None, false).text, text);
        assert_eq!(decode("café".as_bytes(), Some("text/html; charset=iso-8859-1"), true).text, "café");
        assert_eq!(
            decode(b"caf\xe9 on the corner, a d\xe9tente", None, false).text,
            "café on the corner, a détente"
        );
    }
}
