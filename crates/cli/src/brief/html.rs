//! A brief as one HTML page: no script, no font, nothing from outside; prints well. The template escapes every text.

use chancery_ledger::{Happening, links};
use chancery_model::Role;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::markdown::first_report;
use super::{Brief, Citation, Disagreement, Undertaking};
use crate::display::{date, harmless, parties};
use crate::timeline::reported;

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}\
h1{margin-bottom:0}h2{border-bottom:1px solid #999;margin-top:2em}h3{margin-bottom:.2em}\
.sub,footer,cite{color:#555;font-style:normal;font-size:.85em}blockquote{margin:.3em 0 1em 1em;padding-left:.8em;border-left:3px solid #bbb}\
.flag{color:#a40000;font-weight:bold}code{font-size:.95em;overflow-wrap:anywhere}a{color:inherit}\
.item{break-inside:avoid}table{border-collapse:collapse}td,th{padding:.15em .8em .15em 0;text-align:left}\
@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}}";

/// The page.
pub(super) fn write(brief: &Brief) -> String {
    let title = harmless(&format!("{} and {}", brief.a_name, brief.b_name));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                p.sub { (brief.period()) " · " (brief.a) ", " (brief.b) }
                @for sentence in brief.sentences() { p { (sentence) } }
                @if let Some(most) = brief.most_reported() {
                    p { "Reported most: " (reported(most)) "." }
                    (citation(&first_report(most)))
                }
                (section("Happenings", brief.happenings.iter().map(happening).collect()))
                (section("Commitments", brief.commitments.iter().map(undertaking).collect()))
                (section("Disputes", brief.disputes.iter().map(disagreement).collect()))
                (section("Who said what", brief.speakers.iter().map(speaker).collect()))
                (section("In office", brief.roles.iter().map(holder).collect()))
                (sources(brief))
                footer { p { "Citations give document and place in its text, in code points. Made by Chancery " (env!("CARGO_PKG_VERSION")) "." } }
            }
        }
    };
    page.into_string()
}

fn section(title: &str, items: Vec<Markup>) -> Markup {
    html! {
        h2 { (title) }
        @if items.is_empty() { p { "None on record." } }
        @for item in items { div.item { (item) } }
    }
}

fn citation(Citation { document, extent, words }: &Citation) -> Markup {
    html! {
        blockquote {
            (harmless(words.trim())) br;
            cite { "— " a href={ "#" (anchor(document)) } { code { (harmless(document)) } } " [" (extent.0) ", " (extent.1) "]" }
        }
    }
}

/// The id of a document as the target of a link.
fn anchor(document: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '.' };
    format!("document-{}", document.chars().map(plain).collect::<String>())
}

fn happening(happening: &Happening) -> Markup {
    let event = &happening.event;
    let when = event.date.as_ref().map(date).or_else(|| happening.day.map(|day| day.to_string()));
    html! {
        p {
            b { (when.as_deref().unwrap_or("no date")) } " " (event.kind) " "
            @if let Some(mode) = event.mode { "(" (mode) ") " }
            (parties(&event.actors))
            @if !event.recipients.is_empty() { " → " (parties(&event.recipients)) }
            span.sub { " " (event.status) ", " (format!("{:+}", event.intensity)) "; " (reported(happening)) }
        }
        (citation(&first_report(happening)))
    }
}

fn undertaking(undertaking: &Undertaking) -> Markup {
    let entry = &undertaking.entry;
    html! {
        h3 { (harmless(&entry.title)) }
        p.sub {
            (entry.parties.join(", ")) " · " (entry.kind) " · " (entry.current)
            @if let Some(due) = &entry.due { " · due " (date(due)) }
            @if entry.overdue { " · " span.flag { "overdue" } }
            @if let (true, Some(days)) = (undertaking.is_silent(), undertaking.silent_days) {
                " · " span.flag { "silent for " (days) " days" }
            }
        }
        @for (stage, words) in entry.stages.iter().zip(&undertaking.words) {
            p { (stage.stage) @if let Some(when) = &stage.date { " (" (date(when)) ")" } }
            (citation(&Citation { document: &stage.document, extent: stage.evidence, words }))
        }
    }
}

fn disagreement(disagreement: &Disagreement) -> Markup {
    html! {
        h3 { (harmless(&disagreement.dispute.about)) }
        @for (position, words) in disagreement.dispute.positions.iter().zip(&disagreement.words) {
            p { (assertion(position)) }
            @for (evidence, words) in position.evidence.iter().zip(words) {
                (citation(&Citation { document: &evidence.document, extent: evidence.span, words }))
            }
        }
    }
}

/// What a position in a dispute asserts: a figure with its unit, or words.
pub(super) fn assertion(position: &links::Position) -> String {
    let figure = position.value.map(|value| match &position.unit {
        Some(unit) => format!("{value} {unit}"),
        None => value.to_string(),
    });
    harmless(&figure.or_else(|| position.assertion.clone()).unwrap_or_else(|| "one side".to_owned()))
}

fn speaker(speaker: &chancery_ledger::Speaker) -> Markup {
    html! {
        p {
            b { (harmless(&speaker.name)) }
            @if let Some(role) = &speaker.role { ", " (harmless(role)) }
            span.sub { " (" (speaker.code) ") " (speaker.statements) " statements; the latest " (speaker.latest.mood) }
        }
        (citation(&Citation { document: &speaker.document.id, extent: speaker.latest.content, words: &speaker.words }))
    }
}

/// "ambassador of RUS to PAK since 2023-05-01"
pub(super) fn office(role: &Role) -> String {
    let part = |word: &str, value: &Option<String>| value.as_ref().map(|value| format!(" {word} {value}"));
    let since = role.since.map(|day| format!(" since {day}"));
    let parts = [part("of", &role.of), part("to", &role.to), part("at", &role.body), since];
    let parts: String = parts.into_iter().flatten().collect();
    harmless(&format!("{}{parts}", role.role))
}

fn holder(holder: &super::Holder) -> Markup {
    html! {
        p { b { (harmless(&holder.role.person)) } ": " (office(&holder.role)) }
        (citation(&Citation { document: &holder.document, extent: holder.role.span, words: &holder.words }))
    }
}

fn sources(brief: &Brief) -> Markup {
    html! {
        h2 { "Sources" }
        ul {
            @for source in &brief.sources {
                li id=(anchor(&source.id)) {
                    code { (harmless(&source.id)) } ": "
                    @if let Some(day) = source.date { (day) } @else { "no date" }
                    @if let Some(outlet) = &source.source { ", " (harmless(outlet)) }
                    @if let Some(title) = &source.title { ", " (harmless(title)) }
                    @if let Some(url) = &source.url { ", " (address(url)) }
                }
            }
        }
    }
}

/// A link only to the web: `javascript:` and the like stay text.
fn address(url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! { @if is_web { a href=(url) rel="noopener noreferrer" { (harmless(url)) } } @else { (harmless(url)) } }
}
