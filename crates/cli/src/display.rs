//! Text for people: cited words wrapped to the terminal, parties, places in a document.

use std::io::{self, Write};

use chancery_model::{DateInterval, Extent, Grain, Party};

/// Width where standard output is no terminal.
const DEFAULT_WIDTH: usize = 100;

/// Columns of the terminal that standard output is.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    terminal.map_or(DEFAULT_WIDTH, |(terminal_size::Width(columns), _)| usize::from(columns)).clamp(40, 160)
}

/// Writes words cited from a document, indented and wrapped at white space.
pub(crate) fn write_cited(out: &mut impl Write, words: &str, width: usize) -> io::Result<()> {
    for line in wrap(&harmless(words), width.saturating_sub(4)) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

/// The text with control characters replaced, which could otherwise change the terminal that shows an article.
pub(crate) fn harmless(text: &str) -> String {
    let plain = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(plain).collect()
}

/// Lines of at most `width` characters where words allow it.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                used = length;
            }
        }
    }
    lines
}

/// "Albert P. Khorev, ambassador (RUS)", "Russia (RUS)", or the words as they stand for the unknown.
pub(crate) fn party(party: &Party) -> String {
    let name = party.name.as_deref().unwrap_or(&party.text);
    let who = match (&party.person, &party.role) {
        (Some(person), Some(role)) => format!("{person}, {role}"),
        (Some(person), None) => person.clone(),
        (None, _) => name.to_owned(),
    };
    let code = [party.code.as_deref(), party.sector.map(|sector| sector.label())];
    let code: Vec<&str> = code.into_iter().flatten().collect();
    harmless(&if code.is_empty() { who } else { format!("{who} ({})", code.join(" ")) })
}

/// Parties in a row.
pub(crate) fn parties(list: &[Party]) -> String {
    list.iter().map(party).collect::<Vec<_>>().join(", ")
}

/// "2026-02-13", "2026-02", "1970–1979".
pub(crate) fn date(date: &DateInterval) -> String {
    match date.grain {
        Grain::Day => date.start.to_string(),
        Grain::Month => format!("{:04}-{:02}", date.start.year(), date.start.month()),
        Grain::Year => format!("{:04}", date.start.year()),
        Grain::Decade | Grain::Century => format!("{:04}–{:04}", date.start.year(), date.end.year()),
        Grain::Week | Grain::Quarter | Grain::Season => format!("{} to {}", date.start, date.end),
    }
}

/// "pakistan_russia [120, 240]".
pub(crate) fn place(document: &str, Extent(start, end): Extent) -> String {
    format!("{} [{start}, {end}]", harmless(document))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_long_ones_stand_alone() {
        assert_eq!(wrap("ab cd  efghijklm no", 6), ["ab cd", "efghijklm", "no"]);
    }

    #[test]
    fn control_sequences_do_not_reach_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb c");
    }
}
