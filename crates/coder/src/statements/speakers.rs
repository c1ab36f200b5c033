//! Who speaks: the phrase in the sentence that the cue's word belongs to, and whom it names.

use chancery_model::{Relation, Tag};

use super::candidates::{Candidate, Group};
use super::features::add_speaker;
use super::quotations::Quotations;
use super::weights::{Sink, Weights};
use crate::parties::{PartyDraft, PartySort, Resolver};
use crate::roles::RoleDraft;
use crate::tree::Tree;

/// The tokens that could head the speaker's phrase.
pub fn possible(tree: &Tree, group: &Group) -> Vec<u32> {
    use Relation::*;
    (0..tree.len())
        .filter(|&token| {
            token != group.cue
                && matches!(tree.token(token).tag, Tag::Noun | Tag::Propn | Tag::Pron)
                && !matches!(tree.relation(token), Flat | Compound | Fixed | Expl | Goeswith)
        })
        .collect()
}

/// The features of the answer that the sentence names no speaker.
pub fn add_nobody(tree: &Tree, group: &Group, content: &Candidate, sink: &mut dyn Sink) {
    let kind = content.kinds.first().map_or("-", |kind| kind.as_str());
    sink.add(&["S0"]);
    sink.add(&["S0k", kind]);
    sink.add(&["S0l", tree.lemma(group.cue)]);
    sink.add(&["S0p", tree.token(group.cue).penn.label(), tree.relation(group.cue).label()]);
}

/// The token that most likely heads the speaker's phrase; `None` if the sentence names nobody.
pub fn pick(
    tree: &Tree,
    quotations: &Quotations,
    weights: &Weights,
    group: &Group,
    content: &Candidate,
) -> Option<u32> {
    let mut nobody = weights.sum();
    add_nobody(tree, group, content, &mut nobody);
    let mut best = (None, nobody.total);
    for token in possible(tree, group) {
        let mut sum = weights.sum();
        add_speaker(tree, quotations, group, content, token, &mut sum);
        if sum.total > best.1 {
            best = (Some(token), sum.total);
        }
    }
    best.0
}

/// The party that the token's phrase names; "I" and "we" within a content are its speaker.
pub fn resolve(resolver: &Resolver, token: u32, outer: Option<&PartyDraft>) -> Option<PartyDraft> {
    let tree = resolver.tree;
    let draft = resolver.resolve_one(token).into_iter().next()?;
    let first_person = matches!(tree.word(token).to_lowercase().as_str(), "i" | "we" | "us" | "me" | "our" | "my");
    match outer {
        Some(outer) if first_person => Some(PartyDraft { head: token, span: draft.span, ..outer.clone() }),
        _ => Some(draft),
    }
}

/// A speaker whose phrase belongs to an office that the sentence fills: "Official spokesperson of the ministry, Ms Li, said".
pub fn introduce(speaker: &mut PartyDraft, resolver: &Resolver, roles: &[RoleDraft]) {
    if speaker.person.is_some() && speaker.code.is_some() || speaker.sort == PartySort::Pronoun {
        return;
    }
    let own = |role: &&RoleDraft| {
        role.span.overlaps(speaker.span) && speaker.person.as_ref().is_none_or(|person| *person == role.person)
    };
    if let Some(role) = roles.iter().find(own) {
        let holder = role.party(resolver);
        let code = speaker.code.take().or(holder.code.clone());
        *speaker = PartyDraft { head: speaker.head, span: speaker.span, code, ..holder };
    }
}
