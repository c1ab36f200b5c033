//! The arguments of a predicate, wherever the sentence puts them: passives, relative and participial clauses, control
//! and raising, shared subjects and objects of coordinated verbs, support verbs of nouns.

use chancery_model::{Penn, Relation, Tag};

use crate::tree::Tree;

/// The places around a predicate, by the heads of their phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Who acts: the subject of an active verb, the agent of a passive.
    pub subject: Option<u32>,
    /// The object of an active verb, the subject of a passive.
    pub object: Option<u32>,
    /// The first of two objects.
    pub indirect: Option<u32>,
    /// True for a passive, whose agent may be missing.
    pub passive: bool,
}

/// The frame of a verb.
pub fn verb_frame(tree: &Tree, verb: u32) -> Frame {
    let passive = is_passive(tree, verb);
    let surface_subject = own_subject(tree, verb).or_else(|| borrowed_subject(tree, verb));
    let agent = agent(tree, verb);
    let object = tree.child_by(verb, &[Relation::Obj]);
    let mut frame = Frame {
        subject: if passive { agent } else { surface_subject },
        object: if passive { surface_subject } else { object.or_else(|| displaced_object(tree, verb)) },
        indirect: tree.child_by(verb, &[Relation::Iobj]),
        passive,
    };
    if passive && object.is_some() {
        // "Ukraine was given aid": what was given stays the object
        frame.indirect = frame.object;
        frame.object = object;
    }
    if !passive && frame.object.is_none() {
        frame.object = shared_object(tree, verb);
    }
    frame
}

/// True for "was seized", "seized by …", "get arrested".
pub fn is_passive(tree: &Tree, verb: u32) -> bool {
    if tree.child_by(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::CsubjPass]).is_some() {
        return true;
    }
    let participle = tree.token(verb).penn == Penn::Vbn;
    let helped = tree.child_by(verb, &[Relation::Aux]).is_some();
    match tree.relation(verb) {
        Relation::Acl | Relation::Advcl | Relation::Xcomp | Relation::Root | Relation::Parataxis => {
            participle
                && !helped
                && own_subject(tree, verb).is_none()
                && tree.child_by(verb, &[Relation::Obj]).is_none()
        }
        Relation::Conj => {
            let head = tree.head(verb);
            participle
                && !helped
                && own_subject(tree, verb).is_none()
                && head.is_some_and(|head| tree.token(head).penn == Penn::Vbn && is_passive(tree, head))
        }
        Relation::Amod => participle,
        _ => false,
    }
}

fn own_subject(tree: &Tree, verb: u32) -> Option<u32> {
    const SUBJECTS: &[Relation] = &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter];
    // a parser's slip hangs the subject on the auxiliary: "Russia has offered"
    tree.child_by(verb, SUBJECTS)
        .or_else(|| tree.children_by(verb, Relation::Aux).find_map(|helper| tree.child_by(helper, SUBJECTS)))
}

/// The noun phrase after "by" of a passive.
fn agent(tree: &Tree, verb: u32) -> Option<u32> {
    let is_agent = |child: u32| {
        matches!(tree.relation(child), Relation::OblAgent | Relation::Obl | Relation::Nmod)
            && tree.cases(child).any(|case| case == "by")
            && !matches!(tree.token(child).tag, Tag::Verb | Tag::Num)
    };
    let own = tree.children(verb).iter().copied().find(|&child| is_agent(child));
    // "released from captivity by the government": the agent may hang on the phrase before it
    own.or_else(|| {
        let phrases = tree.children(verb).iter().filter(|&&child| tree.relation(child) == Relation::Obl);
        phrases.flat_map(|&phrase| tree.children(phrase)).copied().find(|&child| is_agent(child))
    })
}

/// The subject that a verb without one of its own takes from the clause around it.
fn borrowed_subject(tree: &Tree, verb: u32) -> Option<u32> {
    let mut at = verb;
    for _ in 0..8 {
        let head = tree.head(at)?;
        match tree.relation(at) {
            Relation::Conj | Relation::Parataxis
                if tree.token(head).tag == Tag::Verb || tree.token(head).tag == Tag::Aux =>
            {
                let passive_differs = is_passive(tree, at) != is_passive(tree, head);
                let frame_subject = own_subject(tree, head);
                if frame_subject.is_some() && !(passive_differs && at != verb) {
                    return frame_subject;
                }
                at = head;
            }
            Relation::Xcomp => {
                // "urge X to leave": the object is controlled; "promise to leave", "begin to leave": the subject
                let controlled = tree.child_by(head, &[Relation::Obj, Relation::Iobj]);
                if let Some(object) = controlled {
                    return Some(object);
                }
                if let Some(subject) = own_subject(tree, head) {
                    return Some(subject);
                }
                at = head;
            }
            Relation::Advcl | Relation::Ccomp => {
                if let Some(subject) = own_subject(tree, head) {
                    return Some(subject);
                }
                at = head;
            }
            Relation::Acl => {
                let infinitive = tree.token(at).penn == Penn::Vb;
                if !infinitive {
                    return Some(head); // "troops attacking the town", "a man arrested by police"
                }
                return noun_owner(tree, head);
            }
            Relation::AclRelcl => {
                let has_object = tree.child_by(at, &[Relation::Obj]).is_some();
                return (has_object || tree.child_by(at, &[Relation::Nsubj]).is_none()).then_some(head);
            }
            _ => return None,
        }
    }
    None
}

/// Who has the noun: "Russia's offer to mediate", "the government made an offer to mediate".
pub fn noun_owner(tree: &Tree, noun: u32) -> Option<u32> {
    let own = tree.child_by(noun, &[Relation::NmodPoss]).or_else(|| {
        tree.children(noun).iter().copied().find(|&child| {
            matches!(tree.relation(child), Relation::Nmod)
                && tree.cases(child).any(|case| case == "by" || case == "of")
        })
    });
    own.or_else(|| {
        let governor = tree.head(noun)?;
        let supports = matches!(tree.relation(noun), Relation::Obj) && tree.token(governor).tag == Tag::Verb;
        supports.then(|| verb_frame(tree, governor).subject).flatten()
    })
}

/// "the deal that Russia signed": the relative clause's noun is the object.
fn displaced_object(tree: &Tree, verb: u32) -> Option<u32> {
    let mut clause = verb;
    while tree.relation(clause) == Relation::Xcomp {
        clause = tree.head(clause)?;
    }
    if tree.relation(clause) != Relation::AclRelcl {
        return None;
    }
    let subject = own_subject(tree, clause)?;
    let subject_is_relative = ["who", "which", "that"].iter().any(|word| tree.is_word(subject, word));
    (!subject_is_relative).then(|| tree.head(clause)).flatten()
}

/// "attacked and killed three men": the last verb's object is the first one's too.
fn shared_object(tree: &Tree, verb: u32) -> Option<u32> {
    tree.children_by(verb, Relation::Conj)
        .filter(|&other| {
            tree.token(other).tag == Tag::Verb && own_subject(tree, other).is_none() && other <= verb + 3
        })
        .find_map(|other| tree.child_by(other, &[Relation::Obj]))
}

/// The heads of the phrases that may stand under a preposition of the predicate: its own, its object's, and those of an
/// open complement.
pub fn prepositional_phrases(tree: &Tree, predicate: u32) -> Vec<u32> {
    let mut found = Vec::new();
    collect_phrases(tree, predicate, 0, &mut found);
    if tree.token(predicate).tag != Tag::Verb
        && matches!(tree.relation(predicate), Relation::Obj | Relation::NsubjPass)
        && let Some(verb) = tree.head(predicate)
    {
        // "launched an attack on": the phrase may hang on the support verb
        collect_phrases(tree, verb, 1, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn collect_phrases(tree: &Tree, at: u32, depth: u32, found: &mut Vec<u32>) {
    for &child in tree.children(at) {
        match tree.relation(child) {
            Relation::Obl | Relation::Nmod | Relation::OblAgent | Relation::OblUnmarked => {
                found.push(child);
                if depth < 1 || tree.token(at).tag == Tag::Num {
                    collect_phrases(tree, child, depth + 1, found);
                }
            }
            Relation::Obj | Relation::NsubjPass if depth < 1 => collect_phrases(tree, child, depth + 1, found),
            Relation::Advcl | Relation::Acl | Relation::Xcomp if tree.is_nominal(child) => found.push(child),
            _ => {}
        }
    }
}
