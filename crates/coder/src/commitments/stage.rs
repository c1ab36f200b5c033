//! How far an undertaking has come, by the words around it.
//!
//! A base stage comes from the word that has the undertaking as its object, subject or complement ("signed the treaty");
//! then the clauses above are climbed, and whatever binds less takes it back: "plans to sign" is announced, "may sign"
//! is proposed. What stalls or ends it holds against all that lies below.

use chancery_lexicon::{GovernorEffect, StageCue};
use chancery_model::{CommitmentKind, Penn, Relation, Stage, Tag};

use super::climb::{Climb, Step, binds, ends};
use super::mood::{Mood, is_condition};
use super::words::{Forms, Place};
use crate::frames::is_passive;

/// What the words tell of one undertaking.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The stage.
    pub stage: Stage,
    /// The words that tell it, and the predicates climbed, for evidence and parties.
    pub path: Vec<u32>,
    /// True if a word that binds or wishes governs the undertaking, or "will" stands with it.
    pub governed: bool,
}

pub(crate) struct StageReader<'a> {
    pub(crate) forms: &'a Forms<'a>,
    pub(crate) kind: CommitmentKind,
}

/// Clauses above an undertaking that are looked at: real sentences have no more that matter.
const HEIGHT: usize = 7;

impl StageReader<'_> {
    /// The stage of the undertaking that a noun names; `None` if no word tells one or it is said not to be.
    pub(crate) fn of_noun(&self, head: u32) -> Option<Reading> {
        if self.is_denied(head) {
            return None;
        }
        let governed = self.governed_noun(head);
        let own = self.own_clause(head);
        let state = self.state_after(head);
        let modifier = self.modifier(head);
        match governed {
            Governed::Denied => return None,
            Governed::Told(reading) => return Some(reading),
            Governed::Nothing => {}
        }
        state.or(own).or(modifier)
    }

    /// The stage of the undertaking that a verb's clause is.
    pub(crate) fn of_verb(&self, verb: u32, done: Stage) -> Option<Reading> {
        let stage = match self.mood(verb) {
            Mood::Actual => done,
            Mood::Ongoing => Stage::UnderWay,
            Mood::Future => Stage::Announced,
            Mood::Wished => Stage::Proposed,
            Mood::Negated => return None,
        };
        let governed = matches!(stage, Stage::Announced | Stage::Proposed) && done != stage;
        // "selling coal", "to sell coal": an act that nobody is said to do or to plan
        let tree = self.forms.tree;
        let bare = matches!(tree.token(verb).penn, Penn::Vbg | Penn::Vb)
            && tree.child_by(verb, &[Relation::Aux, Relation::AuxPass]).is_none();
        self.climb(verb, Climb { stage: Some(stage), path: vec![verb], governed, void: false })
            .filter(|reading| reading.governed || !bare)
    }

    /// The words over the noun: its verb, the noun or compound that takes it, what it is said to be.
    fn governed_noun(&self, head: u32) -> Governed {
        let start = Climb { stage: None, path: Vec::new(), governed: false, void: false };
        match self.step_noun(head, start) {
            Step::Denied => Governed::Denied,
            Step::Stop(climb) => climb.reading().map_or(Governed::Nothing, Governed::Told),
            Step::Up(at, climb) => match self.climb(at, climb) {
                Some(reading) => Governed::Told(reading),
                None => Governed::Nothing,
            },
        }
    }

    /// One step from a noun to the word over it.
    fn step_noun(&self, noun: u32, mut climb: Climb) -> Step {
        let tree = self.forms.tree;
        let first = self.anchor(noun);
        if climb.stage.is_some()
            && let Some(state) = self.state_after(noun)
        {
            climb.take(state.stage, state.path[0]);
            return Step::Stop(climb);
        }
        let Some(mut governor) = tree.head(first) else { return Step::Stop(climb) };
        if matches!(tree.relation(first), Relation::Nsubj | Relation::NsubjPass)
            && let Some(raised) =
                tree.children_by(governor, Relation::Xcomp).find(|&clause| tree.token(clause).tag == Tag::Verb)
        {
            return self.step_raised(raised, climb);
        }
        if is_transparent(tree.lemma(governor))
            && tree.relation(first) == Relation::Nmod
            && climb.path.len() < HEIGHT
        {
            climb.path.push(governor);
            return self.step_noun(governor, climb); // "the text of a treaty"
        }
        let cue = match tree.relation(first) {
            Relation::Obj | Relation::NsubjPass | Relation::Iobj if tree.cases(first).next().is_none() => {
                self.over(governor, None)
            }
            Relation::Nsubj | Relation::NsubjOuter if is_passive(tree, governor) => self.over(governor, None),
            Relation::Nsubj | Relation::NsubjOuter => {
                self.forms.cue(Place::Intransitive, governor, self.kind, None)
            }
            Relation::Obl
            | Relation::OblUnmarked
            | Relation::Nmod
            | Relation::Advcl
            | Relation::Dep
            | Relation::Obj
            | Relation::Xcomp => {
                let (found, over) = self.over_preposition(first, governor);
                governor = over;
                found
            }
            Relation::Compound | Relation::Amod | Relation::NmodPoss if !self.is_agreement(governor) => {
                self.forms.cue(Place::Noun, governor, self.kind, None)
            }
            _ => None,
        };
        let neutral = matches!(tree.relation(first), Relation::Obj | Relation::NsubjPass | Relation::Obl)
            && tree.token(governor).tag == Tag::Verb
            && (tree.relation(first) != Relation::Obl || tree.cases(first).next().is_none())
            && !self.forms.verbs_at(governor).is_empty();
        match cue {
            Some(cue) if cue.weak => {
                climb.path.push(governor);
                Step::Up(governor, climb)
            }
            Some(cue) => match self.told(cue, governor) {
                Some(stage) => {
                    climb.take(stage, governor);
                    climb.governed |= binds(cue.stage) || stage == Stage::Announced;
                    Step::Up(governor, climb)
                }
                None => Step::Denied,
            },
            None if is_refusal(tree.lemma(governor)) => Step::Denied,
            None if neutral || climb.stage.is_some() && tree.token(governor).tag == Tag::Verb => {
                climb.path.push(governor);
                match self.mood(governor) {
                    Mood::Future if climb.stage.is_some() => climb.limit(Stage::Announced),
                    Mood::Wished => climb.limit(Stage::Proposed),
                    Mood::Negated => return Step::Denied,
                    _ => {}
                }
                Step::Up(governor, climb)
            }
            None => Step::Stop(climb),
        }
    }

    /// "is expected to be signed", "failed to start": the infinitive has the noun as its subject.
    fn step_raised(&self, clause: u32, mut climb: Climb) -> Step {
        let place = if is_passive(self.forms.tree, clause) { Place::Verb } else { Place::Intransitive };
        let Some(cue) = self.forms.cue(place, clause, self.kind, None) else { return Step::Stop(climb) };
        match self.told(cue, clause) {
            Some(stage) => {
                climb.take(stage, clause);
                climb.governed |= binds(cue.stage);
                Step::Up(clause, climb)
            }
            None => Step::Denied,
        }
    }

    /// The first conjunct; one within a longer phrase ("memorandum of understanding or a framework") stands for its head.
    fn anchor(&self, noun: u32) -> u32 {
        let tree = self.forms.tree;
        let first = tree.first_conjunct(noun);
        let phrase = (first.saturating_sub(2)..first).find(|&start| {
            first != noun && self.forms.noun_at(start).is_some_and(|(length, _)| start + length > first)
        });
        phrase.map_or(first, |start| if tree.is_under(first, start) { start } else { first })
    }

    /// "the gas agreement": what a compound of an agreement is about, it does not tell the stage of.
    fn is_agreement(&self, token: u32) -> bool {
        self.forms
            .noun_at(token)
            .is_some_and(|(_, entry)| self.forms.undertaking(entry).kind != CommitmentKind::Meeting)
    }

    /// The cue over an object; a verb of aid or supply is none over what it does not give.
    pub(super) fn over(&self, governor: u32, preposition: Option<&str>) -> Option<&StageCue> {
        self.forms.cue(Place::Verb, governor, self.kind, preposition)
    }

    /// The cue that takes the noun under its preposition, and the cue's token: the governor, or the governor's object, on
    /// which the phrase should hang ("reached a consensus on the project").
    fn over_preposition(&self, noun: u32, governor: u32) -> (Option<&StageCue>, u32) {
        let tree = self.forms.tree;
        let Some(case) = tree.cases(noun).next() else { return (None, governor) };
        let verb = self.forms.cue(Place::Verb, governor, self.kind, Some(&case));
        let takes = matches!(
            case.as_str(),
            "of" | "on"
                | "for"
                | "over"
                | "about"
                | "to"
                | "from"
                | "in"
                | "regarding"
                | "towards"
                | "toward"
                | "concerning"
                | "with"
        );
        if verb.is_some() || !takes {
            return (verb, governor);
        }
        if tree.token(governor).tag != Tag::Verb {
            return (self.forms.cue(Place::Noun, governor, self.kind, None), governor);
        }
        let object =
            tree.child_by(governor, &[Relation::Obj, Relation::NsubjPass]).filter(|&object| object != noun);
        if object.is_some_and(|object| is_transparent(tree.lemma(object))) {
            return (self.over(governor, None), governor); // "suspended its participation in the treaty"
        }
        match object.and_then(|object| Some((self.forms.cue(Place::Noun, object, self.kind, None)?, object))) {
            Some((cue, object)) => (Some(cue), object),
            None => (None, governor),
        }
    }

    /// From a predicate through the clauses above it.
    fn climb(&self, predicate: u32, mut climb: Climb) -> Option<Reading> {
        let tree = self.forms.tree;
        let mut at = predicate;
        for _ in 0..HEIGHT {
            if tree.relation(at) == Relation::Conj {
                at = self.shared_clause(at, &mut climb)?;
            }
            let Some(governor) = tree.head(at) else { break };
            // by its place, for "work" and "visit" may be tagged as verbs
            let place =
                matches!(tree.relation(at), Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Nmod);
            let nominal = place || tree.token(at).tag != Tag::Verb && tree.token(at).tag != Tag::Aux;
            match tree.relation(at) {
                Relation::Xcomp
                | Relation::Ccomp
                | Relation::Acl
                | Relation::Csubj
                | Relation::CsubjPass
                | Relation::Advcl => match self.step_clause(at, governor, climb) {
                    Step::Denied => return None,
                    Step::Stop(stopped) => return stopped.reading(),
                    Step::Up(next, higher) => (at, climb) = (next, higher),
                },
                Relation::AclRelcl if self.forms.cue(Place::Clause, governor, self.kind, None).is_some() => {
                    // "a possibility that progress can be made", which the parser takes for a relative clause
                    match self.step_clause(at, governor, climb) {
                        Step::Denied => return None,
                        Step::Stop(stopped) => return stopped.reading(),
                        Step::Up(next, higher) => (at, climb) = (next, higher),
                    }
                }
                Relation::Parataxis | Relation::AclRelcl | Relation::Appos => break,
                _ if nominal => match self.step_noun(at, climb) {
                    Step::Denied => return None,
                    Step::Stop(stopped) => return stopped.reading(),
                    Step::Up(next, higher) => (at, climb) = (next, higher),
                },
                _ => break,
            }
        }
        climb.reading()
    }

    /// A later conjunct shares the governors of the first, and its "will" where it has no helper of its own.
    fn shared_clause(&self, at: u32, climb: &mut Climb) -> Option<u32> {
        let tree = self.forms.tree;
        let first = tree.first_conjunct(at);
        if tree
            .child_by(at, &[Relation::Aux, Relation::AuxPass, Relation::Cop, Relation::Nsubj, Relation::NsubjPass])
            .is_none()
        {
            match self.mood(first) {
                Mood::Future => climb.limit(Stage::Announced),
                Mood::Wished => climb.limit(Stage::Proposed),
                _ => {}
            }
        }
        Some(first)
    }

    /// One step from a clause to the word that has it as complement.
    fn step_clause(&self, clause: u32, governor: u32, mut climb: Climb) -> Step {
        let tree = self.forms.tree;
        let relation = tree.relation(clause);
        let infinitive = tree
            .children(clause)
            .iter()
            .any(|&child| tree.relation(child) == Relation::Mark && tree.is_word(child, "to"));
        if relation == Relation::Advcl && !infinitive {
            let open = tree.children_by(clause, Relation::Mark).any(|mark| is_condition(self.forms.word(mark)));
            if open {
                climb.limit(Stage::Proposed);
            }
            return Step::Stop(climb);
        }
        let participle =
            relation == Relation::Acl && !infinitive && matches!(tree.token(clause).penn, Penn::Vbn | Penn::Vbg);
        if participle {
            return Step::Stop(climb); // "the deal signed in May": the noun above has its own life
        }
        if let Some(cue) = self.forms.cue(Place::Clause, governor, self.kind, None) {
            return match self.told(cue, governor) {
                Some(stage) => {
                    climb.limit(stage);
                    climb.governed = true;
                    climb.path.push(governor);
                    Step::Up(governor, climb)
                }
                None => Step::Denied,
            };
        }
        if relation == Relation::Ccomp && is_report(tree.lemma(governor)) {
            climb.path.push(governor);
            return Step::Stop(climb);
        }
        match self.forms.index.effect(tree.lemma(governor)) {
            Some(GovernorEffect::Future) => climb.limit(Stage::Announced),
            Some(GovernorEffect::Hypothetical) => climb.limit(Stage::Proposed),
            Some(GovernorEffect::Negated) => return Step::Denied,
            Some(GovernorEffect::Actual) => {}
            None if infinitive && relation != Relation::Xcomp => climb.limit(Stage::Proposed),
            None => {}
        }
        climb.path.push(governor);
        match self.mood(governor) {
            Mood::Future => climb.limit(Stage::Announced),
            Mood::Wished => climb.limit(Stage::Proposed),
            Mood::Negated => return Step::Denied,
            _ => {}
        }
        Step::Up(governor, climb)
    }

    /// The stage that a cue tells in the mood of its clause.
    pub(super) fn told(&self, cue: &StageCue, predicate: u32) -> Option<Stage> {
        match self.mood(predicate) {
            Mood::Actual => Some(cue.stage),
            Mood::Ongoing => Some(cue.ongoing),
            Mood::Future => Some(cue.future),
            // what may be broken off has neither been undertaken nor broken off
            Mood::Wished => (!ends(cue.stage)).then_some(Stage::Proposed),
            Mood::Negated => cue.negated,
        }
    }
}

enum Governed {
    Told(Reading),
    Nothing,
    Denied,
}

/// Nouns that stand between an undertaking and the word that tells its stage.
fn is_transparent(lemma: &str) -> bool {
    matches!(
        lemma,
        "text"
            | "term"
            | "series"
            | "package"
            | "set"
            | "number"
            | "range"
            | "version"
            | "participation"
            | "part"
            | "kind"
            | "couple"
            | "member"
            | "membership"
            | "phase"
            | "stage"
            | "investment"
            | "section"
            | "batch"
            | "share"
            | "type"
            | "provision"
            | "issue"
            | "conclusion"
    )
}

/// Verbs that turn down what their object names: neither it nor its end is reported.
fn is_refusal(lemma: &str) -> bool {
    matches!(lemma, "reject" | "refuse" | "oppose" | "deny" | "dismiss" | "decline" | "rebuff" | "spurn")
}

/// Verbs that report a clause and leave its stage alone.
fn is_report(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "inform"
            | "report"
            | "state"
            | "note"
            | "add"
            | "explain"
            | "recall"
            | "confirm"
            | "declare"
            | "stress"
            | "emphasise"
            | "emphasize"
            | "mention"
            | "write"
            | "know"
            | "see"
            | "show"
            | "learn"
            | "reveal"
            | "underline"
            | "reiterate"
            | "believe"
            | "think"
            | "argue"
            | "assure"
            | "observe"
            | "remember"
    )
}
