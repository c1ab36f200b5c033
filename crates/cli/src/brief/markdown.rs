//! A brief as Markdown.

use std::fmt::{Result, Write};

use chancery_ledger::{Happening, Speaker};

use super::{Brief, Citation, Disagreement, Holder, Undertaking};
use crate::display::{date, harmless, parties};
use crate::timeline::reported;

/// The report.
pub(super) fn write(brief: &Brief) -> std::result::Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "# {} and {}\n", plain(&brief.a_name), plain(&brief.b_name))?;
    writeln!(out, "{} ({}, {})\n", plain(&brief.period()), brief.a, brief.b)?;
    writeln!(out, "{}\n", plain(&brief.sentences().join(" ")))?;
    if let Some(most) = brief.most_reported() {
        writeln!(out, "Reported most: {}.\n", plain(&reported(most)))?;
        citation(&mut out, &first_report(most))?;
    }
    section(&mut out, "Happenings", &brief.happenings, happening)?;
    section(&mut out, "Commitments", &brief.commitments, undertaking)?;
    section(&mut out, "Disputes", &brief.disputes, disagreement)?;
    section(&mut out, "Who said what", &brief.speakers, speaker)?;
    section(&mut out, "In office", &brief.roles, holder)?;
    writeln!(out, "## Sources\n")?;
    for source in &brief.sources {
        let part =
            |value: &Option<String>| value.as_ref().map(|value| format!(", {}", plain(value))).unwrap_or_default();
        let day = source.date.map(|day| day.to_string()).unwrap_or_else(|| "no date".to_owned());
        writeln!(
            out,
            "- `{}`: {day}{}{}{}",
            code(&source.id),
            part(&source.source),
            part(&source.title),
            part(&source.url)
        )?;
    }
    writeln!(out, "\nCitations give document and place in its text, in code points.")?;
    Ok(out)
}

fn section<T>(out: &mut String, title: &str, items: &[T], write: fn(&mut String, &T) -> Result) -> Result {
    writeln!(out, "## {title}\n")?;
    if items.is_empty() {
        writeln!(out, "None on record.\n")?;
    }
    items.iter().try_for_each(|item| write(out, item))
}

/// `> words` and below them where they stand.
fn citation(out: &mut String, Citation { document, extent, words }: &Citation) -> Result {
    writeln!(out, "> {}", plain(words.trim()))?;
    writeln!(out, ">\n> — `{}` [{}, {}]\n", code(document), extent.0, extent.1)
}

pub(super) fn first_report(happening: &Happening) -> Citation<'_> {
    // A happening without a report is never made.
    let report = &happening.reports[0];
    Citation { document: &report.document, extent: report.sentence, words: &report.words }
}

fn happening(out: &mut String, happening: &Happening) -> Result {
    let event = &happening.event;
    let when = event.date.as_ref().map(date).or_else(|| happening.day.map(|day| day.to_string()));
    let to = if event.recipients.is_empty() {
        String::new()
    } else {
        format!(" → {}", plain(&parties(&event.recipients)))
    };
    writeln!(
        out,
        "**{}** {}{}: {}{to}, {} ({:+}); {}\n",
        when.as_deref().unwrap_or("no date"),
        event.kind,
        event.mode.map(|mode| format!(" {mode}")).unwrap_or_default(),
        plain(&parties(&event.actors)),
        event.status,
        event.intensity,
        plain(&reported(happening)),
    )?;
    citation(out, &first_report(happening))
}

fn undertaking(out: &mut String, undertaking: &Undertaking) -> Result {
    let entry = &undertaking.entry;
    let due = entry.due.as_ref().map(|due| format!(", due {}", date(due))).unwrap_or_default();
    let overdue = if entry.overdue { ", **overdue**" } else { "" };
    let silent = match undertaking.silent_days {
        Some(days) if undertaking.is_silent() => format!(", **silent for {days} days**"),
        _ => String::new(),
    };
    writeln!(
        out,
        "### {} ({})\n\n{}, {}{due}{overdue}{silent}\n",
        plain(&entry.title),
        entry.parties.join(", "),
        entry.kind,
        entry.current
    )?;
    for (stage, words) in entry.stages.iter().zip(&undertaking.words) {
        let when = stage.date.as_ref().map(|when| format!(" ({})", date(when))).unwrap_or_default();
        writeln!(out, "{}{when}\n", stage.stage)?;
        citation(out, &Citation { document: &stage.document, extent: stage.evidence, words })?;
    }
    Ok(())
}

fn disagreement(out: &mut String, disagreement: &Disagreement) -> Result {
    writeln!(out, "### {}\n", plain(&disagreement.dispute.about))?;
    for (position, words) in disagreement.dispute.positions.iter().zip(&disagreement.words) {
        writeln!(out, "{}\n", plain(&super::html::assertion(position)))?;
        for (evidence, words) in position.evidence.iter().zip(words) {
            citation(out, &Citation { document: &evidence.document, extent: evidence.span, words })?;
        }
    }
    Ok(())
}

fn speaker(out: &mut String, speaker: &Speaker) -> Result {
    let role = speaker.role.as_ref().map(|role| format!(", {}", plain(role))).unwrap_or_default();
    writeln!(
        out,
        "**{}**{role} ({}): {} statements; the latest {}\n",
        plain(&speaker.name),
        speaker.code,
        speaker.statements,
        speaker.latest.mood
    )?;
    citation(
        out,
        &Citation { document: &speaker.document.id, extent: speaker.latest.content, words: &speaker.words },
    )
}

fn holder(out: &mut String, holder: &Holder) -> Result {
    writeln!(out, "**{}**: {}\n", plain(&holder.role.person), plain(&super::html::office(&holder.role)))?;
    citation(out, &Citation { document: &holder.document, extent: holder.role.span, words: &holder.words })
}

/// Text of articles as text: nothing in it makes a heading, a link, an emphasis or a tag.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in harmless(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '*' | '_' | '`' | '[' | ']' | '#' | '|' | '!' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An id between backticks.
fn code(id: &str) -> String {
    harmless(id).replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_stay_words() {
        assert_eq!(plain("# <b>*x*</b> [a](b)\nc"), "\\# &lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b) c");
    }
}
