//! Who speaks: the phrase in the sentence that the cue's word belongs to, and whom it names.

use chancery_model::{Relation, Tag};

use super::candidates::{Candidate, Group};
use super::features::{cue_lemma, gap};
use super::quotations::Quotations;
use super::subjects::{is_document, is_human, name_class};
use super::weights::{Sink, Weights};
use crate::frames::verb_frame;
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

/// A token that could be the speaker, with how it hangs on the cue.
pub fn add_speaker(
    tree: &Tree,
    quotations: &Quotations,
    group: &Group,
    content: &Candidate,
    speaker: u32,
    sink: &mut dyn Sink,
) {
    let cue = group.cue;
    let path = path(tree, cue, speaker);
    let tag = tree.token(speaker).tag.label();
    let penn = tree.token(cue).penn.label();
    let kind = content.kinds.first().map_or("-", |kind| kind.as_str());
    let relation = tree.relation(speaker).label();
    let inside = (content.first..=content.last).contains(&speaker) && content.first != cue;
    let side = if speaker < cue { "before" } else { "after" };
    let case = tree.cases(speaker).next().unwrap_or_else(|| "-".to_owned());
    let name = if tree.token(speaker).tag == Tag::Propn { name_class(tree, speaker) } else { "-" };
    let word = if tree.token(speaker).tag == Tag::Propn { name.to_owned() } else { tree.lemma(speaker).to_owned() };
    sink.add(&["Sp", &path]);
    sink.add(&["Spt", &path, penn]);
    sink.add(&["Spk", &path, kind]);
    sink.add(&["Spl", &path, &cue_lemma(tree, cue)]);
    sink.add(&["Sr", relation, side]);
    sink.add(&["Sn", name, side]);
    sink.add(&["St", tag, side]);
    sink.add(&["Sw", &word]);
    sink.add(&["Sc", &case, relation]);
    sink.add(&["Scl", &case, &cue_lemma(tree, cue)]);
    sink.add(&["Si", if inside { "in" } else { "out" }, if path.len() > 30 { "far" } else { "near" }]);
    sink.add(&["Sd", gap(speaker.abs_diff(cue)), side, kind]);
    sink.add(&[
        "Sq",
        if quotations.around(tree.token(speaker).span).is_some() { "in" } else { "out" },
        if quotations.around(tree.token(cue).span).is_some() { "in" } else { "out" },
    ]);
    let frame = if tree.token(cue).tag == Tag::Verb {
        verb_frame(tree, cue).subject
    } else {
        tree.child_by(cue, &[Relation::NmodPoss, Relation::Nsubj])
    };
    let framed = if frame == Some(speaker) {
        "yes"
    } else if frame.is_some() {
        "other"
    } else {
        "none"
    };
    sink.add(&["Sf", framed]);
    sink.add(&["Sfk", framed, kind]);
    sink.add(&["Sft", framed, penn]);
    let between =
        (speaker.min(cue) + 1..speaker.max(cue)).filter(|&token| tree.token(token).tag == Tag::Verb).count();
    sink.add(&["Sb", ["0", "1", "2", "3"][between.min(3)], side]);
}

/// The way from the cue to a token over the tree: "nsubj", "^advcl/nsubj".
fn path(tree: &Tree, cue: u32, target: u32) -> String {
    let mut up = String::new();
    let mut at = cue;
    for _ in 0..6 {
        if let Some(down) = descent(tree, at, target) {
            return up + &down;
        }
        let Some(head) = tree.head(at) else { break };
        up.push('^');
        up.push_str(tree.relation(at).label());
        up.push('/');
        at = head;
    }
    "far".to_owned()
}

fn descent(tree: &Tree, from: u32, mut target: u32) -> Option<String> {
    let mut steps = Vec::new();
    while target != from {
        if steps.len() > 4 {
            return None;
        }
        steps.push(tree.relation(target).label());
        target = tree.head(target)?;
    }
    steps.reverse();
    Some(steps.join("/"))
}

/// The features of the answer that the sentence names no speaker.
pub fn add_nobody(tree: &Tree, group: &Group, content: &Candidate, sink: &mut dyn Sink) {
    let kind = content.kinds.first().map_or("-", |kind| kind.as_str());
    sink.add(&["S0"]);
    sink.add(&["S0k", kind]);
    sink.add(&["S0l", &cue_lemma(tree, group.cue)]);
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

/// "It was said that …": the subject of a passive cue, or of none, is nobody.
pub fn is_nobody(tree: &Tree, cue: u32, token: u32) -> bool {
    let passive = tree.child_by(cue, &[Relation::AuxPass]).is_some();
    tree.is_word(token, "it")
        && (passive || tree.relation(token) == Relation::Expl)
        && tree.head(token) == Some(cue)
}

/// True for somebody, a name, a pronoun or a document: what a text can rely on.
pub fn can_tell(tree: &Tree, speaker: &PartyDraft) -> bool {
    let lemma = tree.lemma(speaker.head);
    speaker.can_act()
        || matches!(tree.token(speaker.head).tag, Tag::Propn | Tag::Pron)
        || is_human(lemma)
        || is_document(lemma)
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
