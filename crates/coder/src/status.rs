//! Whether an act happened: tense, modality, negation, conditions, and the words that govern it.

use chancery_lexicon::{GovernorEffect, Lexicon};
use chancery_model::{DateInterval, Penn, Relation, Status, Tag};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::tree::Tree;

/// What the words around a predicate say of its reality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reality {
    /// Whether it happened.
    pub status: Status,
    /// True if somebody commits to it in so many words ("agreed to", "pledged to"), so that the commitment itself is
    /// a fact.
    pub promised: bool,
}

/// Governors by lemma.
#[derive(Debug, Default)]
pub struct Governors(FxHashMap<String, GovernorEffect>);

impl Governors {
    /// The table of the lexicon.
    pub fn new(lexicon: &Lexicon) -> Governors {
        Governors(lexicon.governors.iter().map(|governor| (governor.lemma.clone(), governor.effect)).collect())
    }

    /// The effect of a lemma on the act in its complement.
    pub fn effect(&self, lemma: &str) -> Option<GovernorEffect> {
        self.0.get(lemma).copied()
    }
}

/// An event dated this many days before publication is history, not news. One year: an annual report still tells news
/// of the year that it covers.
const HISTORY_DAYS: i32 = 366;

/// The reality of the act that `predicate` names.
pub fn reality(tree: &Tree, predicate: u32, governors: &Governors) -> Reality {
    let mut status = own_status(tree, predicate);
    let mut promised = false;
    let mut at = predicate;
    for _ in 0..6 {
        let Some(head) = tree.head(at) else { break };
        let relation = tree.relation(at);
        let effect = match relation {
            Relation::Xcomp | Relation::Acl | Relation::Ccomp | Relation::Csubj => {
                governed(tree, at, head, governors)
            }
            Relation::Obj | Relation::NsubjPass | Relation::Nmod | Relation::Obl
                if tree.token(at).tag != Tag::Verb =>
            {
                governed_noun(tree, at, head, governors)
            }
            Relation::Advcl
                if tree
                    .children_by(at, Relation::Mark)
                    .any(|mark| is_condition(&tree.word(mark).to_lowercase())) =>
            {
                Some(GovernorEffect::Hypothetical)
            }
            Relation::Advcl if is_purpose(tree, at) => Some(GovernorEffect::Hypothetical),
            Relation::Conj if !has_own_tense(tree, at) => None,
            Relation::Advcl | Relation::AclRelcl | Relation::Parataxis | Relation::Appos | Relation::Conj => break,
            _ => None,
        };
        match effect {
            Some(GovernorEffect::Future) => {
                promised |= is_promise(tree, head);
                status = stronger(status, Status::Future);
            }
            Some(GovernorEffect::Hypothetical) => status = stronger(status, Status::Hypothetical),
            Some(GovernorEffect::Negated) => status = negate(status),
            Some(GovernorEffect::Actual) | None => {}
        }
        let passes_on = matches!(relation, Relation::Xcomp | Relation::Conj | Relation::Acl)
            || matches!(relation, Relation::Obj | Relation::NsubjPass) && tree.token(at).tag == Tag::Noun;
        if !passes_on {
            break;
        }
        let above = own_status(tree, head);
        if !(promised && above == Status::Actual) {
            status = stronger(status, above);
        }
        at = head;
    }
    Reality { status, promised }
}

/// An actual event of a long past date is historical.
pub fn with_date(status: Status, date: Option<&DateInterval>, published: Option<Date>) -> Status {
    match (status, date, published) {
        (Status::Actual, Some(date), Some(published)) if (published - date.end).get_days() > HISTORY_DAYS => {
            Status::Historical
        }
        (Status::Actual, Some(date), Some(published)) if date.start > published => Status::Future,
        _ => status,
    }
}

/// The governor's effect on a clause; an infinitive after any verb is at most wished unless the verb is known.
fn governed(tree: &Tree, clause: u32, head: u32, governors: &Governors) -> Option<GovernorEffect> {
    let known = governors.effect(tree.lemma(head));
    if tree.relation(clause) == Relation::Ccomp {
        let conditional =
            tree.children_by(clause, Relation::Mark).any(|mark| is_condition(&tree.word(mark).to_lowercase()));
        if conditional {
            return Some(GovernorEffect::Hypothetical);
        }
        // "said it agreed": reporting verbs leave the act alone; "demanded that", "proposed that" do not
        return known.filter(|effect| *effect != GovernorEffect::Actual);
    }
    let infinitive =
        tree.token(clause).penn == Penn::Vb && tree.children(clause).iter().any(|&child| tree.is_word(child, "to"));
    match known {
        Some(effect) => Some(effect),
        None if infinitive && tree.relation(clause) == Relation::Acl => Some(GovernorEffect::Hypothetical),
        None => None,
    }
}

/// "cancel a visit", "plan talks", "call for a ceasefire": what the verb does to the act that its object names.
fn governed_noun(tree: &Tree, noun: u32, head: u32, governors: &Governors) -> Option<GovernorEffect> {
    if tree.token(head).tag == Tag::Noun && tree.relation(noun) == Relation::Nmod {
        let effect = governors.effect(tree.lemma(head));
        return effect.filter(|effect| {
            matches!(effect, GovernorEffect::Future | GovernorEffect::Hypothetical | GovernorEffect::Negated)
        });
    }
    const CANCELS: &[&str] = &[
        "cancel", "scrap", "postpone", "call", "rule", "oppose", "reject", "avert", "abandon", "deny", "foil",
        "thwart", "delay",
    ];
    const WISHES: &[&str] = &[
        "demand", "urge", "want", "seek", "request", "propose", "suggest", "discuss", "consider", "threaten",
        "fear", "risk", "advocate",
    ];
    let lemma = tree.lemma(head);
    if CANCELS.contains(&lemma) {
        let wish = lemma == "call" && tree.cases(noun).any(|case| case == "for");
        let particle = tree.children_by(head, Relation::CompoundPrt).next().is_some();
        return match (lemma, wish) {
            ("call", true) => Some(GovernorEffect::Hypothetical),
            ("call" | "rule", _) if !particle => None,
            _ => Some(GovernorEffect::Negated),
        };
    }
    if WISHES.contains(&lemma) {
        return Some(GovernorEffect::Hypothetical);
    }
    // what is announced may be done or planned: only a clause tells ("announced that it will"), a noun does not
    if lemma == "announce" {
        return None;
    }
    governors.effect(lemma).filter(|effect| matches!(effect, GovernorEffect::Future | GovernorEffect::Negated))
}

fn own_status(tree: &Tree, predicate: u32) -> Status {
    let mut status = Status::Actual;
    for &child in tree.children(predicate) {
        let word = tree.word(child).to_lowercase();
        match tree.relation(child) {
            Relation::Aux | Relation::Cop => match word.as_str() {
                "will" | "shall" | "'ll" | "’ll" | "wo" => status = stronger(status, Status::Future),
                "would" | "could" | "may" | "might" | "can" | "should" | "must" | "ought" | "'d" | "’d" | "ca" => {
                    status = stronger(status, Status::Hypothetical);
                }
                _ => {}
            },
            Relation::Advmod | Relation::Det | Relation::CcPreconj
                if matches!(
                    word.as_str(),
                    "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor" | "hardly" | "barely" | "without"
                ) && !is_restrictive(tree, child) =>
            {
                status = negate(status);
            }
            Relation::Mark if is_condition(&word) => status = stronger(status, Status::Hypothetical),
            Relation::Case | Relation::Mark if word == "without" => status = negate(status),
            Relation::Amod | Relation::Advmod
                if matches!(
                    word.as_str(),
                    "planned"
                        | "upcoming"
                        | "forthcoming"
                        | "future"
                        | "next"
                        | "proposed"
                        | "scheduled"
                        | "impending"
                        | "expected"
                ) && tree.token(predicate).tag == Tag::Noun =>
            {
                status = stronger(status, Status::Future);
            }
            Relation::Amod
                if matches!(
                    word.as_str(),
                    "possible" | "potential" | "alleged" | "hypothetical" | "any" | "attempted" | "threatened"
                ) && tree.token(predicate).tag == Tag::Noun =>
            {
                status = stronger(status, Status::Hypothetical);
            }
            Relation::Nsubj | Relation::NsubjPass
                if matches!(word.as_str(), "nobody" | "none" | "neither" | "no-one") || is_none(tree, child) =>
            {
                status = negate(status);
            }
            Relation::Obj if is_none(tree, child) => status = negate(status),
            _ => {}
        }
    }
    // a headline's plan: "Oman to host talks"
    let headline_plan = tree.token(predicate).penn == Penn::Vb
        && tree.head(predicate).is_none()
        && tree.child_by(predicate, &[Relation::Nsubj]).is_some()
        && tree.children(predicate).iter().any(|&child| tree.is_word(child, "to") && child < predicate);
    if headline_plan {
        status = stronger(status, Status::Future);
    }
    if is_question(tree, predicate) || is_inverted_condition(tree, predicate) {
        status = stronger(status, Status::Hypothetical);
    }
    let going_to = tree.relation(predicate) == Relation::Xcomp
        && tree.head(predicate).is_some_and(|head| tree.is_word(head, "going"))
        && tree.token(predicate).penn == Penn::Vb;
    if going_to { stronger(status, Status::Future) } else { status }
}

/// "not only", "not just", "no longer" leave or end what was so; they do not deny it.
fn is_restrictive(tree: &Tree, word: u32) -> bool {
    word + 1 < tree.len()
        && ["only", "just", "merely", "doubt", "longer"].iter().any(|next| tree.is_word(word + 1, next))
}

/// "no village was shelled", "neither Laos nor Nepal": a subject or object of which there is none.
fn is_none(tree: &Tree, noun: u32) -> bool {
    let nothing = ["doubt", "choice", "option", "secret", "time", "matter", "surprise"].contains(&tree.lemma(noun));
    !nothing
        && tree.children(noun).iter().any(|&child| {
            matches!(tree.relation(child), Relation::Det | Relation::CcPreconj | Relation::Advmod)
                && (tree.is_word(child, "no") || tree.is_word(child, "neither"))
                && !is_restrictive(tree, child)
        })
}

/// "Has Norway recalled its envoy?": asked, not told.
fn is_question(tree: &Tree, predicate: u32) -> bool {
    tree.head(predicate).is_none()
        && (0..tree.len()).rev().take(2).any(|at| tree.is_word(at, "?"))
        && helper_before_subject(tree, predicate)
}

/// "Had Chad released the pilots, …".
fn is_inverted_condition(tree: &Tree, predicate: u32) -> bool {
    tree.relation(predicate) == Relation::Advcl
        && tree.child_by(predicate, &[Relation::Mark]).is_none()
        && helper_before_subject(tree, predicate)
}

fn helper_before_subject(tree: &Tree, predicate: u32) -> bool {
    let subject = tree.child_by(predicate, &[Relation::Nsubj, Relation::NsubjPass]);
    let helper = tree.child_by(predicate, &[Relation::Aux, Relation::AuxPass, Relation::Cop]);
    matches!((helper, subject), (Some(helper), Some(subject)) if helper < subject)
}

fn is_condition(word: &str) -> bool {
    matches!(word, "if" | "unless" | "whether" | "lest" | "provided")
}

/// "in order to visit", "to visit" after a main clause.
fn is_purpose(tree: &Tree, clause: u32) -> bool {
    tree.token(clause).penn == Penn::Vb
        && tree.children_by(clause, Relation::Mark).any(|mark| tree.is_word(mark, "to"))
}

fn has_own_tense(tree: &Tree, verb: u32) -> bool {
    tree.child_by(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
}

/// Words by which somebody binds himself, other than mere plans and expectations.
fn is_promise(tree: &Tree, governor: u32) -> bool {
    const PROMISES: &[&str] = &[
        "agree",
        "pledge",
        "promise",
        "vow",
        "offer",
        "undertake",
        "commit",
        "volunteer",
        "swear",
        "announce",
        "pledge",
        "promise",
        "offer",
        "agreement",
        "vow",
        "commitment",
        "ready",
        "willing",
        "readiness",
        "willingness",
        "prepared",
        "decision",
        "decide",
        "resolve",
    ];
    PROMISES.contains(&tree.lemma(governor))
}

fn negate(status: Status) -> Status {
    match status {
        Status::Negated => Status::Actual,
        _ => Status::Negated,
    }
}

fn stronger(a: Status, b: Status) -> Status {
    let rank = |status| match status {
        Status::Actual => 0,
        Status::Historical => 1,
        Status::Future => 2,
        Status::Hypothetical => 3,
        Status::Negated => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}
