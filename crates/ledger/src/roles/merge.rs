//! One entry for each person, office and state.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::Role;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::names::Name;
use super::offices::office;
use super::{Citation, RegisterEntry};
use crate::query::Found;

/// Mentions of one person in one office of one state.
type Cluster = Vec<Found<Role>>;

/// The entries, without conflicts and in no particular order.
pub(super) fn entries(mentions: Vec<Found<Role>>) -> Vec<RegisterEntry> {
    let mut by_office: BTreeMap<String, BTreeMap<Option<String>, Vec<Found<Role>>>> = BTreeMap::new();
    for found in mentions {
        let states = by_office.entry(office(&found.record.role)).or_default();
        states.entry(found.record.of.clone()).or_default().push(found);
    }
    let mut entries = Vec::new();
    for (office, mut states) in by_office {
        let unplaced = states.remove(&None).unwrap_or_default();
        let mut clusters: Vec<Cluster> = states.into_values().flat_map(persons).collect();
        let placed = clusters.len();
        for cluster in persons(unplaced) {
            match home(&clusters[..placed], &cluster) {
                Some(at) => clusters[at].extend(cluster),
                None => clusters.push(cluster),
            }
        }
        entries.extend(clusters.into_iter().flat_map(by_destination).map(|cluster| entry(&office, cluster)));
    }
    entries
}

/// The one placed cluster with the same full name as a cluster whose documents do not tell the state.
fn home(placed: &[Cluster], cluster: &Cluster) -> Option<usize> {
    let names: Vec<Name> = cluster.iter().map(|found| Name::new(&found.record.person)).collect();
    let is_same = |other: &Cluster| {
        let full = |found: &Found<Role>| {
            names.iter().any(|name| name.len() > 1 && name.is_same(&Name::new(&found.record.person)))
        };
        other.iter().any(full)
    };
    let mut fits = (0..placed.len()).filter(|&at| is_same(&placed[at]));
    fits.next().filter(|_| fits.next().is_none())
}

/// Splits the mentions of one office by person: full names first, then a bare surname joins the one full name that has it.
fn persons(mentions: Vec<Found<Role>>) -> Vec<Cluster> {
    let spelt: BTreeSet<String> = mentions.iter().map(|found| found.record.person.clone()).collect();
    let names: Vec<(String, Name)> = spelt.into_iter().map(|name| (name.clone(), Name::new(&name))).collect();
    let mut group: Vec<usize> = (0..names.len()).collect();
    for a in 0..names.len() {
        for b in 0..a {
            if names[a].1.is_same(&names[b].1) {
                let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
                group.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
    }
    let full: Vec<usize> = group.clone();
    for (at, (_, bare)) in names.iter().enumerate().filter(|(_, (_, name))| name.len() == 1) {
        let fits = (0..names.len()).filter(|&other| names[other].1.len() > 1 && names[other].1.has(bare));
        let fits: BTreeSet<usize> = fits.map(|other| full[other]).collect();
        if let (1, Some(&only)) = (fits.len(), fits.first()) {
            group[at] = only;
        }
    }
    let place: BTreeMap<&str, usize> =
        names.iter().zip(&group).map(|((name, _), &at)| (name.as_str(), at)).collect();
    let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
    for found in mentions {
        clusters.entry(place[found.record.person.as_str()]).or_default().push(found);
    }
    clusters.into_values().collect()
}

/// An ambassador to two countries has two entries; a mention without destination joins the only one known.
fn by_destination(cluster: Cluster) -> Vec<Cluster> {
    let mut parts: BTreeMap<Option<String>, Cluster> = BTreeMap::new();
    for found in cluster {
        parts.entry(found.record.to.clone()).or_default().push(found);
    }
    if parts.len() == 2
        && let Some(unknown) = parts.remove(&None)
        && let Some(known) = parts.values_mut().next()
    {
        known.extend(unknown);
    }
    parts.into_values().collect()
}

fn entry(office: &str, cluster: Cluster) -> RegisterEntry {
    let person = usual_name(&cluster);
    let of = cluster.iter().find_map(|found| found.record.of.clone());
    let to = cluster.iter().find_map(|found| found.record.to.clone());
    let spelt: BTreeSet<&String> = cluster.iter().map(|found| &found.record.person).collect();
    let variants = spelt.into_iter().filter(|name| **name != person).cloned().collect();
    let bodies: BTreeSet<&String> = cluster.iter().filter_map(|found| found.record.body.as_ref()).collect();
    let dates = || cluster.iter().filter_map(|found| found.document.date);
    let mut entry = RegisterEntry {
        id: id(&person, office, of.as_deref(), to.as_deref()),
        variants,
        role: office.to_owned(),
        bodies: bodies.into_iter().cloned().collect(),
        since: usual_since(&cluster),
        first_seen: dates().min(),
        last_seen: dates().max(),
        conflicts: Vec::new(),
        citations: Vec::new(),
        person,
        of,
        to,
    };
    entry.citations = cluster.into_iter().map(citation).collect();
    entry.citations.sort();
    entry
}

fn citation(found: Found<Role>) -> Citation {
    Citation {
        published: found.document.date,
        document: found.document.id,
        span: found.record.span,
        words: found.words,
        person: found.record.person,
    }
}

/// A full name before a bare one, then the most frequent, then the longest, then the first by letters.
fn usual_name(cluster: &Cluster) -> String {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for found in cluster {
        *counts.entry(&found.record.person).or_default() += 1;
    }
    let rank = |name: &str, count: usize| (Name::new(name).len() > 1, count, name.chars().count());
    let best = counts.iter().max_by(|a, b| rank(a.0, *a.1).cmp(&rank(b.0, *b.1)).then(b.0.cmp(a.0)));
    best.map_or_else(String::new, |(name, _)| (*name).clone())
}

fn usual_since(cluster: &Cluster) -> Option<Date> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    for day in cluster.iter().filter_map(|found| found.record.since) {
        *counts.entry(day).or_default() += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(day, _)| day)
}

fn id(person: &str, office: &str, of: Option<&str>, to: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for part in [person, office, of.unwrap_or_default(), to.unwrap_or_default()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    format!("r{}", crate::add::hexadecimal(&hash.finalize()[..6]))
}
