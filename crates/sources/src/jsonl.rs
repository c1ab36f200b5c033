//! One JSON line to one document.

use chancery_model::{Document, publication_date};
use serde::Deserialize;
use serde_json::Value;

use crate::decode::replace_nul;
use crate::identity::default_id;
use crate::page::mark_language;
use crate::{InputError, Options, Origin, Sourced};

/// Longest id in bytes: it is repeated in every record of the document.
const MAX_ID: usize = 512;

/// The fields read, each as it stands; all others are ignored.
#[derive(Default, Deserialize)]
pub(crate) struct Fields {
    id: Option<Value>,
    date: Option<Value>,
    title: Option<Value>,
    text: Option<Value>,
    url: Option<Value>,
    source: Option<Value>,
    author: Option<Value>,
    language: Option<Value>,
}

impl Fields {
    /// Sets the field of this name.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        let field = match name {
            "id" => &mut self.id,
            "date" => &mut self.date,
            "title" => &mut self.title,
            "text" => &mut self.text,
            "url" => &mut self.url,
            "source" => &mut self.source,
            "author" => &mut self.author,
            "language" => &mut self.language,
            _ => return,
        };
        *field = Some(value);
    }
}

/// Reads one line.
///
/// # Errors
/// If the line is no JSON object, or has no text or too long a one.
pub(crate) fn read(
    line: &str,
    origin: Origin,
    options: &Options,
    notices: Vec<InputError>,
) -> Result<Sourced, InputError> {
    document_of(parse(line, &origin)?, origin, options, notices)
}

/// The document with these fields.
///
/// # Errors
/// If it has no text or too long a one.
pub(crate) fn document_of(
    fields: Fields,
    origin: Origin,
    options: &Options,
    mut notices: Vec<InputError>,
) -> Result<Sourced, InputError> {
    let text = match fields.text {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        Some(Value::String(_)) => return Err(lacks_text(&origin, "the field `text` is empty")),
        None | Some(Value::Null) => return Err(lacks_text(&origin, "the record has no field `text`")),
        Some(other) => {
            return Err(lacks_text(&origin, &format!("the field `text` is {}, not a string", name_of(&other))));
        }
    };
    check_size(text.len() as u64, options, &origin)?;
    let text = replace_nul(text, &origin, &mut notices)?;
    let mut string = |name: &str, value: Option<Value>| string_field(name, value, &origin, &mut notices);
    let title = string("title", fields.title);
    let url = string("url", fields.url);
    let source = string("source", fields.source);
    let author = string("author", fields.author);
    let language = string("language", fields.language).and_then(|given| language_code(&given));
    let id = string("id", fields.id);
    let date = string("date", fields.date);
    let date = date.and_then(|given| {
        publication_date(&given)
            .map_err(|error| {
                let reason =
                    format!("the field `date`: `{}` is no date; the document is kept undated", error.given);
                notices.push(InputError::new(&origin, reason, "write YYYY-MM-DD, as in 2026-02-13"));
            })
            .ok()
    });
    let id = id.filter(|given| acceptable(given, &origin, &mut notices));
    let id = id.unwrap_or_else(|| default_id(url.as_deref(), &text));
    let mut document = Document { id, date, title, text, url, source, author, language, ..Document::default() };
    if document.language.is_none() {
        document = mark_language(document);
    }
    Ok(Sourced { document, origin, notices })
}

fn parse(line: &str, origin: &Origin) -> Result<Fields, InputError> {
    // Serde would also take an array for a struct, field by field.
    let reason = if line.trim_start().starts_with('{') {
        match serde_json::from_str::<Fields>(line) {
            Ok(fields) => return Ok(fields),
            Err(error) => {
                let words = error.to_string();
                let words = words.split(" at line ").next().unwrap_or_default();
                format!("no JSON object on this line: {words} at column {}", error.column())
            }
        }
    } else {
        let beginning: String = line.trim_start().chars().take(20).collect();
        format!("no JSON object on this line; it begins with `{}`", beginning.escape_debug())
    };
    Err(InputError::new(origin, reason, r#"write one record a line, as in {"date": "2026-02-13", "text": "..."}"#))
}

fn lacks_text(origin: &Origin, reason: &str) -> InputError {
    InputError::new(origin, reason, "give the article as a string in the field `text`")
}

/// Refuses a text of more bytes than the options allow.
pub(crate) fn check_size(bytes: u64, options: &Options, origin: &Origin) -> Result<(), InputError> {
    if bytes <= options.max_document as u64 {
        return Ok(());
    }
    let reason = format!("the text has {bytes} bytes, more than the {} allowed", options.max_document);
    Err(InputError::new(origin, reason, format!("split it, or allow it with --max-document {bytes}")))
}

/// The field as a string; white space around it is dropped, and nothing is left of an empty one.
fn string_field(
    name: &str,
    value: Option<Value>,
    origin: &Origin,
    notices: &mut Vec<InputError>,
) -> Option<String> {
    let given = match value? {
        Value::Null => return None,
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        other => {
            let reason = format!("the field `{name}` is {}, not a string, and is ignored", name_of(&other));
            notices.push(InputError::new(origin, reason, "give a string, or null where it is unknown"));
            return None;
        }
    };
    let given = given.trim().replace('\0', "\u{fffd}");
    (!given.is_empty()).then_some(given)
}

fn acceptable(id: &str, origin: &Origin, notices: &mut Vec<InputError>) -> bool {
    if id.len() <= MAX_ID {
        return true;
    }
    let reason = format!("the field `id` has {} bytes; a hash of the text is used instead", id.len());
    notices.push(InputError::new(origin, reason, format!("give an id of at most {MAX_ID} bytes")));
    false
}

/// The ISO 639-1 code that `given` begins with ("en-US", "EN") or names ("English", "eng"), otherwise `given` itself:
/// another language, whatever it is. `None` for "und" and its like.
fn language_code(given: &str) -> Option<String> {
    let lower = given.to_lowercase();
    let primary = lower.split(['-', '_']).next().unwrap_or(&lower);
    match primary {
        "eng" | "english" => Some("en".to_owned()),
        "und" | "unknown" | "mul" | "zxx" => None,
        _ => Some(primary.to_owned()),
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Sourced, InputError> {
        read(line, Origin { file: "a.jsonl".into(), line: Some(3) }, &Options::default(), Vec::new())
    }

    #[test]
    fn a_record_gives_its_fields() {
        let line = r#"{"id":7,"date":"2026-02-13","title":"T","text":"Moscow agreed.","url":"","language":"en-US","x":[1]}"#;
        let Document { id, date, title, url, language, .. } = read_line(line).unwrap().document;
        assert_eq!((id.as_str(), date), ("7", Some(jiff::civil::date(2026, 2, 13))));
        assert_eq!((title.as_deref(), url, language.as_deref()), (Some("T"), None, Some("en")));
    }

    #[test]
    fn bad_records_are_refused_with_place_and_reason() {
        for (line, reason) in [
            ("not json", "begins with `not json`"),
            ("[\"a\", \"b\"]", "no JSON object"),
            ("{\"text\": \"a\"", "EOF while parsing"),
            ("{\"title\": \"a\"}", "no field `text`"),
            ("{\"text\": \"  \"}", "is empty"),
            ("{\"text\": 5}", "is a number"),
            ("{\"text\": \"a\", \"text\": \"b\"}", "duplicate field"),
        ] {
            let error = read_line(line).unwrap_err().to_string();
            assert!(error.starts_with("a.jsonl:3: ") && error.contains(reason), "{error}");
        }
        assert!(read_line(&"[".repeat(200_000)).is_err());
        assert!(read_line(&format!("{{\"text\": {}", "[".repeat(200_000))).is_err());
        let bracketed = read_line(&format!("{{\"text\": \"a\", \"x\": {}}}", "[".repeat(200_000)));
        assert!(bracketed.is_err());
    }

    #[test]
    fn an_impossible_date_leaves_the_document_undated() {
        let sourced = read_line(r#"{"text": "a", "date": "2026-13-40"}"#).unwrap();
        assert_eq!(sourced.document.date, None);
        let notice = sourced.notices[0].to_string();
        assert!(notice.contains("a.jsonl:3: the field `date`: `2026-13-40`"), "{notice}");
    }

    #[test]
    fn marks_of_direction_are_kept_and_nul_is_not() {
        let sourced = read_line(r#"{"text": "\u200fab\u202e c\u0000"}"#).unwrap();
        assert_eq!(sourced.document.text, "\u{200f}ab\u{202e} c\u{fffd}");
        assert_eq!(sourced.notices.len(), 1);
    }
}
