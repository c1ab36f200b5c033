//! Bytes to text: UTF-8 with what is invalid replaced, and a note of every replacement.

use crate::{InputError, Origin};

/// Share of replaced characters above which bytes are no text but something else (an image, UTF-16, an archive).
const NO_TEXT: f64 = 0.1;

/// Turns `bytes`, which begin at `offset` of their file, into text. NUL stays: [`replace_nul`] is for texts, which
/// may also get one from an escape in JSON.
///
/// # Errors
/// If so much is invalid that the bytes are hardly text at all.
pub(crate) fn decode(
    bytes: Vec<u8>,
    offset: u64,
    origin: &Origin,
    notices: &mut Vec<InputError>,
) -> Result<String, InputError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let remedy = "convert it to UTF-8, for instance with `iconv -f UTF-16 -t UTF-8`";
        return Err(InputError::new(origin, "the text is UTF-16", remedy));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut first = None;
    let (mut at, mut replaced) = (offset, 0u64);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len() as u64;
        if !chunk.invalid().is_empty() {
            first.get_or_insert(at);
            replaced += 1;
            text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len() as u64;
        }
    }
    check_is_text(&text, origin)?;
    let reason = format!(
        "invalid UTF-8 at byte {} of the file ({replaced} places replaced by U+FFFD)",
        first.unwrap_or(offset)
    );
    notices.push(InputError::new(origin, reason, "convert the file to UTF-8 to keep those characters"));
    Ok(text)
}

/// Replaces NUL in a text, with a notice; the offsets in code points stay as they were.
///
/// # Errors
/// If so much is NUL or was replaced that this is hardly text.
pub(crate) fn replace_nul(
    text: String,
    origin: &Origin,
    notices: &mut Vec<InputError>,
) -> Result<String, InputError> {
    let count = text.bytes().filter(|byte| *byte == 0).count();
    if count == 0 {
        return Ok(text);
    }
    let text = text.replace('\0', "\u{fffd}");
    check_is_text(&text, origin)?;
    let reason = format!("{count} NUL characters in the text, each replaced by U+FFFD");
    notices.push(InputError::new(origin, reason, "look whether the file is damaged"));
    Ok(text)
}

fn check_is_text(text: &str, origin: &Origin) -> Result<(), InputError> {
    let characters = text.chars().count();
    let replaced = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if characters >= 64 && replaced as f64 > NO_TEXT * characters as f64 {
        let reason = format!("{replaced} of {characters} characters are not UTF-8 or NUL: this is no text");
        return Err(InputError::new(origin, reason, "give plain text in UTF-8 or JSON lines"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin { file: "a.txt".into(), line: None }
    }

    #[test]
    fn invalid_bytes_are_replaced_and_the_first_is_named() {
        let mut notices = Vec::new();
        let text = decode(b"ab\xffcd\xfe".to_vec(), 100, &origin(), &mut notices).unwrap();
        assert_eq!(text, "ab\u{fffd}cd\u{fffd}");
        assert!(notices[0].reason.contains("byte 102") && notices[0].reason.contains("2 places"), "{notices:?}");
    }

    #[test]
    fn an_image_is_no_text() {
        let bytes: Vec<u8> = (0..2000u32).map(|i| (i * 7 % 256) as u8).collect();
        assert!(decode(bytes, 0, &origin(), &mut Vec::new()).is_err());
    }

    #[test]
    fn nul_is_replaced_one_for_one() {
        let mut notices = Vec::new();
        let text = replace_nul("a\0b".into(), &origin(), &mut notices).unwrap();
        assert_eq!((text.chars().count(), notices.len()), (3, 1));
    }
}
