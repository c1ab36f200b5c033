//! `chancery roles`: the register of offices, one line a person and office, with what is at odds and every citation.

use std::io::{self, Write};

use anyhow::Result;
use chancery_ledger::{Citation, ConflictKind, Ledger, RegisterEntry, RegisterFilter};

use crate::Ending;
use crate::arguments;
use crate::display::{harmless, place, write_cited};
use crate::listing::List;

/// Citations shown to people for one entry; `--json` gives all.
const SHOWN: usize = 3;

pub(crate) fn run(arguments: &arguments::Roles) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let mut list = List::new(&arguments.listed);
    let filter = RegisterFilter {
        person: arguments.person.clone(),
        role: arguments.role.clone(),
        of: arguments.of.as_ref().map(|code| code.to_uppercase()),
        body: arguments.body.clone(),
        at: arguments.at,
        conflicts: arguments.conflicts,
        document: arguments.listed.document.clone(),
    };
    for entry in ledger.register()?.iter().filter(|entry| filter.admits(entry)) {
        list.write(entry, |out, width| write_entry(out, entry, width))?;
    }
    list.finish("roles")
}

fn write_entry(out: &mut impl Write, entry: &RegisterEntry, width: usize) -> io::Result<()> {
    let part = |word: &str, value: Option<&str>| value.map_or(String::new(), |value| format!(" {word} {value}"));
    let since = entry.since.map_or(String::new(), |day| format!("  since {day}"));
    let seen = match (entry.first_seen, entry.last_seen) {
        (Some(first), Some(last)) if first == last => format!("  seen {first}"),
        (Some(first), Some(last)) => format!("  seen {first} to {last}"),
        _ => "  no date".to_owned(),
    };
    let office = format!("{}{}{}", entry.role, part("of", entry.of.as_deref()), part("to", entry.to.as_deref()));
    writeln!(out, "{}  {}{since}{seen}", harmless(&entry.person), harmless(&office))?;
    if !entry.variants.is_empty() {
        writeln!(out, "    also: {}", harmless(&entry.variants.join("; ")))?;
    }
    if !entry.bodies.is_empty() {
        writeln!(out, "    at: {}", harmless(&entry.bodies.join("; ")))?;
    }
    for conflict in &entry.conflicts {
        let why = match conflict.kind {
            ConflictKind::Holders => "same office at the same time",
            ConflictKind::Offices => "another office at the same time",
            ConflictKind::States => "the office of another state",
        };
        writeln!(out, "    ! {why}: {}", harmless(&conflict.says))?;
    }
    for citation in entry.citations.iter().take(SHOWN) {
        cite(out, citation, width)?;
    }
    match entry.citations.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "    and {more} more"),
    }
}

fn cite(out: &mut impl Write, citation: &Citation, width: usize) -> io::Result<()> {
    write_cited(out, &citation.words, width)?;
    let published = citation.published.map(|day| format!("  {day}")).unwrap_or_default();
    writeln!(out, "    — {}{published}", place(&citation.document, citation.span))
}
