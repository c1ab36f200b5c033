//! Entries of the register that cannot both be right, or that a reader would want to check.

use std::collections::BTreeMap;

use super::names::Name;
use super::offices::has_one_holder;
use super::{Conflict, ConflictKind, RegisterEntry};

/// Tells every entry which others it is at odds with.
pub(super) fn mark(entries: &mut [RegisterEntry]) {
    let whole: Vec<usize> = (0..entries.len()).filter(|&at| has_one_holder(&entries[at].role)).collect();
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for &at in &whole {
        let entry = &entries[at];
        // one state's offices against each other, and one office's states against each other
        groups.entry(("of", entry.of.as_deref())).or_default().push(at);
        groups.entry(("role", Some(&entry.role))).or_default().push(at);
    }
    let mut found: Vec<(usize, ConflictKind, usize)> = Vec::new();
    for ((sort, _), members) in &groups {
        let names: Vec<Name> = members.iter().map(|&at| Name::new(&entries[at].person)).collect();
        for (i, &a) in members.iter().enumerate() {
            for (j, &b) in members.iter().enumerate().take(i) {
                let pair = (&entries[a], &entries[b]);
                let same = names[i].len() > 1 && names[i].is_same(&names[j]);
                let kind = if *sort == "of" { within_state(pair, same) } else { between_states(pair, same) };
                if let Some(kind) = kind {
                    found.extend([(a, kind, b), (b, kind, a)]);
                }
            }
        }
    }
    for (at, kind, other) in found {
        let other = &entries[other];
        let conflict = Conflict { kind, with: other.id.clone(), says: sentence(other) };
        if !entries[at].conflicts.contains(&conflict) {
            entries[at].conflicts.push(conflict);
        }
    }
    for entry in entries {
        entry.conflicts.sort_by(|a, b| (a.kind, &a.with).cmp(&(b.kind, &b.with)));
    }
}

fn within_state((a, b): (&RegisterEntry, &RegisterEntry), same: bool) -> Option<ConflictKind> {
    if a.of.is_none() || !overlap(a, b) {
        return None;
    }
    let one_seat = a.role == b.role && a.to == b.to && (a.to.is_some() || a.role != "ambassador");
    // the president of a company and that of another, or of the state
    let one_body =
        a.bodies.is_empty() && b.bodies.is_empty() || a.bodies.iter().any(|body| b.bodies.contains(body));
    match same {
        false if one_seat && one_body => Some(ConflictKind::Holders),
        true if a.role != b.role => Some(ConflictKind::Offices),
        _ => None,
    }
}

fn between_states((a, b): (&RegisterEntry, &RegisterEntry), same: bool) -> Option<ConflictKind> {
    let two = a.of.is_some() && b.of.is_some() && a.of != b.of;
    (same && two && overlap(a, b)).then_some(ConflictKind::States)
}

/// True if the days for which documents vouch overlap.
fn overlap(a: &RegisterEntry, b: &RegisterEntry) -> bool {
    a.days().zip(b.days()).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
}

/// "Anna Berg, ambassador of SWE to KEN".
fn sentence(entry: &RegisterEntry) -> String {
    let part =
        |word: &str, code: &Option<String>| code.as_ref().map_or(String::new(), |code| format!(" {word} {code}"));
    format!("{}, {}{}{}", entry.person, entry.role, part("of", &entry.of), part("to", &entry.to))
}
