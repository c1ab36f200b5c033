//! The `yes` and `no` lines of entries: sentences with what must, or must not, be found in them.

use chancery_model::{EventType, Mode, Sector, Status};

use crate::blocks::{Block, Field, Problem};

/// A party as an example names it: `PAK`, `PAK/GOV`, `?/CVL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedParty {
    /// Code; `None` for `?`, a party without a known country.
    pub code: Option<String>,
    /// Sector, where the example cares.
    pub sector: Option<Sector>,
}

/// A sentence of an actor or role entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyExample {
    /// The sentence.
    pub sentence: String,
    /// Line in the entry's file.
    pub line: usize,
    /// True for a `no` line, in which the entry must not be found.
    pub is_no: bool,
    /// True for a `yes-wrong` or `no-wrong` line: the right answer, which the coder is known not to give.
    pub known_wrong: bool,
    /// Parties that must be found.
    pub parties: Vec<ExpectedParty>,
}

/// What an event example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedEvent {
    /// Type, where it differs from the entry's (by a ruling: a planned visit is AGREE).
    pub kind: Option<EventType>,
    /// Mode, likewise.
    pub mode: Option<Mode>,
    /// Who acts; empty if the example does not say.
    pub actors: Vec<ExpectedParty>,
    /// To whom; `None` if the example does not say, empty for `-`.
    pub recipients: Option<Vec<ExpectedParty>>,
    /// Status, where the example cares.
    pub status: Option<Status>,
}

/// A sentence of an event entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventExample {
    /// The sentence.
    pub sentence: String,
    /// Line in the entry's file.
    pub line: usize,
    /// `None` in a `no` line, in which the entry must not fire.
    pub expected: Option<ExpectedEvent>,
    /// True for a `yes-wrong` or `no-wrong` line: the right answer, which the coder is known not to give.
    pub known_wrong: bool,
}

/// The examples of an actor or role entry.
pub fn party_examples(block: &Block, problems: &mut Vec<Problem>) -> Vec<PartyExample> {
    block.check_examples(problems);
    let mut examples = Vec::new();
    for (field, is_no, known_wrong) in example_fields(block) {
        let (sentence, expected) = split(&field.value);
        let parties = match expected {
            Some(text) => text
                .split([';', ','])
                .map(str::trim)
                .filter(|item| !item.is_empty() && *item != "-")
                .filter_map(|item| match party(item) {
                    Ok(party) => Some(party),
                    Err(reason) => {
                        problems.push(block.problem(
                            field.line,
                            reason,
                            "write `CODE` or `CODE/SECTOR` after `=>`",
                        ));
                        None
                    }
                })
                .collect(),
            None => Vec::new(),
        };
        examples.push(PartyExample { sentence, line: field.line, is_no, known_wrong, parties });
    }
    examples
}

/// The examples of an event entry.
pub fn event_examples(block: &Block, problems: &mut Vec<Problem>) -> Vec<EventExample> {
    block.check_examples(problems);
    let mut examples = Vec::new();
    for (field, is_no, known_wrong) in example_fields(block) {
        let (sentence, expected) = split(&field.value);
        let expected = match (is_no, expected) {
            (true, _) => None,
            (_, None) => {
                let remedy = "add ` => ACTORS > RECIPIENTS` after the sentence";
                problems.push(block.problem(field.line, "a `yes` line without what it must give", remedy));
                continue;
            }
            (_, Some(text)) => match expected_event(text) {
                Ok(event) => Some(event),
                Err(reason) => {
                    let remedy = "write `=> [TYPE[.mode]] CODES > CODES [status]`, `-` for none, `?` for unknown";
                    problems.push(block.problem(field.line, reason, remedy));
                    continue;
                }
            },
        };
        examples.push(EventExample { sentence, line: field.line, expected, known_wrong });
    }
    examples
}

/// The example lines, each with whether it is a `no` line and whether it is known to be answered wrongly.
fn example_fields(block: &Block) -> impl Iterator<Item = (&Field, bool, bool)> {
    block.fields.iter().filter_map(|field| match field.key.as_str() {
        "yes" => Some((field, false, false)),
        "yes-wrong" => Some((field, false, true)),
        "no" => Some((field, true, false)),
        "no-wrong" => Some((field, true, true)),
        _ => None,
    })
}

fn split(value: &str) -> (String, Option<&str>) {
    match value.rsplit_once("=>") {
        Some((sentence, expected)) => (sentence.trim().to_owned(), Some(expected.trim())),
        None => (value.trim().to_owned(), None),
    }
}

fn party(text: &str) -> Result<ExpectedParty, String> {
    let (code, sector) = match text.split_once('/') {
        Some((code, sector)) => (code, Some(sector)),
        None => (text, None),
    };
    let code_fits = code == "?"
        || code.split_once(':').map_or(code, |(class, _)| class).chars().all(|c| c.is_ascii_uppercase())
            && code.len() >= 3;
    if !code_fits {
        return Err(format!("`{code}` is no party code"));
    }
    let sector = match sector {
        Some(label) => Some(Sector::from_label(label).ok_or_else(|| format!("`{label}` is no sector"))?),
        None => None,
    };
    Ok(ExpectedParty { code: (code != "?").then(|| code.to_owned()), sector })
}

fn parties(text: &str) -> Result<Vec<ExpectedParty>, String> {
    text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty() && *item != "-").map(party).collect()
}

fn expected_event(text: &str) -> Result<ExpectedEvent, String> {
    let mut text = text.trim();
    let mut event = ExpectedEvent { kind: None, mode: None, actors: vec![], recipients: None, status: None };
    if let Some((first, rest)) = text.split_once(' ') {
        let (kind, mode) = first.split_once('.').map_or((first, None), |(kind, mode)| (kind, Some(mode)));
        if let Some(kind) = EventType::from_label(kind) {
            event.kind = Some(kind);
            if let Some(label) = mode {
                event.mode = Some(Mode::from_label(label).ok_or_else(|| format!("`{label}` is no mode"))?);
            }
            text = rest.trim();
        }
    }
    if let Some((before, last)) = text.rsplit_once(' ')
        && let Some(status) = Status::from_label(last)
    {
        event.status = Some(status);
        text = before.trim();
    }
    match text.split_once('>') {
        Some((actors, recipients)) => {
            event.actors = parties(actors)?;
            event.recipients = Some(parties(recipients)?);
        }
        None => event.actors = parties(text)?,
    }
    Ok(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_status_and_type_are_read() {
        let event = expected_event("AGREE RUS/GOV,PAK > - future").unwrap();
        assert_eq!(event.kind, Some(EventType::Agree));
        assert_eq!(event.actors.len(), 2);
        assert_eq!(event.actors[0].sector, Some(Sector::Government));
        assert_eq!(event.recipients, Some(vec![]));
        assert_eq!(event.status, Some(Status::Future));
        let unnamed = expected_event("?/CVL > IGO:UNO").unwrap();
        assert_eq!(unnamed.actors[0].code, None);
        assert_eq!(unnamed.recipients.unwrap()[0].code.as_deref(), Some("IGO:UNO"));
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        assert_eq!(expected_event("pak > RUS").unwrap_err(), "`pak` is no party code");
        assert_eq!(expected_event("PAK/XYZ > RUS").unwrap_err(), "`XYZ` is no sector");
    }
}
