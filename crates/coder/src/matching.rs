//! Holds the patterns of the lexicon against a predicate of a parsed sentence.

use chancery_lexicon::{
    ActorKind, Clause, EventEntry, Filler, Lexicon, NameForm, NounPhrase, Pattern, Predicate, Slot,
};
use chancery_model::{NameKind, Penn, Relation, Tag};
use rustc_hash::FxHashMap;

use crate::frames::{Frame, noun_owner, prepositional_phrases, verb_frame};
use crate::mentions::{Meaning, Mention};
use crate::tree::Tree;

/// Patterns by the lemma that they hang on.
#[derive(Debug, Default)]
pub struct PatternIndex {
    verbs: FxHashMap<String, Vec<u32>>,
    nouns: FxHashMap<String, Vec<u32>>,
    predicatives: FxHashMap<String, Vec<u32>>,
}

/// A pattern that fits, with what fills its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index into `Lexicon::patterns`.
    pub pattern: u32,
    /// The predicate.
    pub predicate: u32,
    /// Heads of the phrases that act.
    pub actors: Vec<u32>,
    /// Heads of the phrases acted upon.
    pub recipients: Vec<u32>,
    /// Literal tokens besides the predicate: objects and particles that belong to the trigger.
    pub literals: Vec<u32>,
    /// Head of the clause that the pattern needs.
    pub clause: Option<u32>,
    /// How specific the match is; higher is better.
    pub rank: u32,
}

impl PatternIndex {
    /// Indexes the patterns of the lexicon.
    pub fn new(lexicon: &Lexicon) -> PatternIndex {
        let mut index = PatternIndex::default();
        for (number, pattern) in lexicon.patterns.iter().enumerate() {
            let number = number as u32;
            match &pattern.predicate {
                Predicate::Verb(lemmas) => {
                    lemmas.iter().for_each(|lemma| index.verbs.entry(lemma.clone()).or_default().push(number));
                }
                Predicate::Noun(phrases) => {
                    phrases
                        .iter()
                        .for_each(|phrase| index.nouns.entry(phrase.head.clone()).or_default().push(number));
                }
                Predicate::Predicative(phrases) => phrases
                    .iter()
                    .for_each(|phrase| index.predicatives.entry(phrase.head.clone()).or_default().push(number)),
            }
        }
        index
    }

    /// True if some pattern hangs on that lemma.
    pub fn knows(&self, lemma: &str) -> bool {
        self.verbs.contains_key(lemma) || self.nouns.contains_key(lemma) || self.predicatives.contains_key(lemma)
    }

    fn candidates(&self, tag: Tag, lemma: &str) -> impl Iterator<Item = u32> + '_ {
        let verbs = matches!(tag, Tag::Verb | Tag::Aux).then(|| self.verbs.get(lemma)).flatten();
        let nouns = matches!(tag, Tag::Noun | Tag::Propn).then(|| self.nouns.get(lemma)).flatten();
        let predicatives = matches!(tag, Tag::Noun | Tag::Adj | Tag::Verb | Tag::Adv)
            .then(|| self.predicatives.get(lemma))
            .flatten();
        [verbs, nouns, predicatives].into_iter().flatten().flatten().copied()
    }
}

/// Matches patterns against the predicates of one sentence.
pub struct Matcher<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Its patterns by lemma.
    pub index: &'a PatternIndex,
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// Its mentions.
    pub mentions: &'a [Mention],
}

/// A predicate with its surroundings, found once for all patterns that hang on it.
struct Site {
    predicate: u32,
    frame: Frame,
    phrases: Vec<u32>,
}

#[derive(Default)]
struct Binding {
    actors: Vec<u32>,
    recipients: Vec<u32>,
    literals: Vec<u32>,
    clause: Option<u32>,
    bonus: u32,
}

impl Matcher<'_> {
    /// The best match on a predicate, if any pattern fits.
    pub fn best(&self, predicate: u32) -> Option<Match> {
        let tag = self.tree.token(predicate).tag;
        let mut candidates = self.index.candidates(tag, self.tree.lemma(predicate)).peekable();
        candidates.peek()?;
        let site = Site {
            predicate,
            frame: verb_frame(self.tree, predicate),
            phrases: prepositional_phrases(self.tree, predicate),
        };
        let mut best: Option<Match> = None;
        for number in candidates {
            let least = best.as_ref().map_or(0, |known| known.rank + 1);
            best = self.fit(number, &site, least).or(best);
        }
        best
    }

    /// The match of one pattern, if it fits and its rank is at least `least`.
    fn fit(&self, number: u32, site: &Site, least: u32) -> Option<Match> {
        let pattern = &self.lexicon.patterns[number as usize];
        let predicate = site.predicate;
        let entry = &self.lexicon.events[pattern.entry as usize];
        let binding = match &pattern.predicate {
            Predicate::Verb(_) => self.fit_verb(pattern, site)?,
            Predicate::Noun(phrases) => {
                if !self.is_phrase(predicate, phrases) {
                    return None;
                }
                self.fit_noun(pattern, site)?
            }
            Predicate::Predicative(phrases) => {
                if !self.is_phrase(predicate, phrases) {
                    return None;
                }
                self.fit_predicative(pattern, site)?
            }
        };
        let restricted = u32::from(!entry.object.is_empty());
        let rank = pattern.literals * 4
            + binding.bonus
            + restricted * 3
            + u32::from(!binding.recipients.is_empty()) * 2
            + u32::from(!binding.actors.is_empty());
        if rank < least || !self.object_fits(entry, site, &binding) || self.is_ruled_out(entry) {
            return None;
        }
        Some(Match {
            pattern: number,
            predicate,
            actors: binding.actors,
            recipients: binding.recipients,
            literals: binding.literals,
            clause: binding.clause,
            rank,
        })
    }

    fn is_ruled_out(&self, entry: &EventEntry) -> bool {
        let tree = self.tree;
        entry.unless.iter().any(|phrase| (0..tree.len()).any(|at| tree.has_words_at(at, phrase.split([' ', '-']))))
    }

    /// The restriction on what fills the recipient's place, or the object of a pattern without recipient.
    fn object_fits(&self, entry: &EventEntry, site: &Site, binding: &Binding) -> bool {
        if entry.object.is_empty() && entry.not_object.is_empty() {
            return true;
        }
        let tree = self.tree;
        let mut fillers = binding.recipients.clone();
        let frame_object = if tree.token(site.predicate).tag == Tag::Verb {
            site.frame.object
        } else {
            tree.child_by(site.predicate, &[Relation::Nmod])
        };
        fillers.extend(frame_object);
        let is_one = |nouns: &[NounPhrase]| {
            fillers.iter().any(|&filler| {
                self.is_phrase(filler, nouns)
                    || self.is_named_instance(filler, nouns)
                    || tree
                        .children_by(filler, Relation::Nmod)
                        .any(|inner| is_container(tree, filler) && self.is_phrase(inner, nouns))
                    || tree.conjuncts(filler).iter().any(|&member| self.is_phrase(member, nouns))
            })
        };
        (entry.object.is_empty() || is_one(&entry.object)) && !is_one(&entry.not_object)
    }

    /// True for a name of something that the nouns describe: a person where "man" would do, a place where "city" would.
    fn is_named_instance(&self, token: u32, nouns: &[NounPhrase]) -> bool {
        let lists = |lemma: &str| nouns.iter().any(|noun| noun.modifiers.is_empty() && noun.head == lemma);
        let recognised =
            self.tree.sentence.names.iter().find(|name| name.tokens.contains(&token)).map(|name| name.kind);
        let mention =
            self.mentions.iter().find(|mention| mention.tokens.contains(&token)).map(|mention| mention.meaning);
        let kind = match mention {
            Some(Meaning::Holder { .. }) => Some(NameKind::Person),
            Some(Meaning::Actor { actor, form: NameForm::Name | NameForm::Capital }) => {
                match self.lexicon.actors[actor as usize].kind {
                    ActorKind::State | ActorKind::Former | ActorKind::Breakaway | ActorKind::Region => {
                        Some(NameKind::Location)
                    }
                    _ => Some(NameKind::Organisation),
                }
            }
            _ => recognised,
        };
        match kind {
            Some(NameKind::Person) => lists("man") || lists("leader"),
            Some(NameKind::Location) => lists("city") || lists("territory"),
            Some(NameKind::Facility) => lists("base") || lists("plant"),
            Some(NameKind::Organisation) => lists("group") || lists("government"),
            _ => false,
        }
    }

    /// True if the token is one of those nouns, with the modifiers of a phrase before it in order: "joint exercise" is
    /// also "joint military exercise".
    fn is_phrase(&self, token: u32, phrases: &[NounPhrase]) -> bool {
        let tree = self.tree;
        phrases.iter().any(|phrase| {
            if !tree.is_lemma(token, &phrase.head) {
                return false;
            }
            let mut at = token;
            phrase.modifiers.iter().rev().all(|modifier| {
                let nearest = at.saturating_sub(REACH)..at;
                let found = nearest.rev().find(|&before| {
                    let touches = before + 1 == at || before + 2 == at && tree.is_word(before + 1, "-");
                    (tree.is_lemma(before, modifier) || tree.is_word(before, modifier))
                        && (touches || tree.head(before) == Some(token))
                });
                at = found.unwrap_or(at);
                found.is_some()
            })
        })
    }

    fn fit_verb(&self, pattern: &Pattern, site: &Site) -> Option<Binding> {
        let verb = site.predicate;
        let mut frame = site.frame;
        let two_objects = pattern.slots.iter().any(|slot| matches!(slot, Slot::Indirect(_)));
        if two_objects && frame.indirect.is_none() {
            // "hold Iran responsible", "declare the envoy persona non grata": a complement of the object
            let complement = self
                .tree
                .children_by(verb, Relation::Xcomp)
                .find(|&child| self.tree.token(child).tag != Tag::Verb || self.tree.token(child).penn == Penn::Vbn);
            frame.indirect = frame.object;
            frame.object = complement;
        }
        let mut binding = Binding::default();
        let particle_object = self.fit_slots(pattern, site, &frame, &mut binding)?;
        if particle_object && frame.object.is_none() {
            return None;
        }
        Some(binding)
    }

    /// Fills every slot; tells whether a preposition was read as a particle beside the object.
    fn fit_slots(&self, pattern: &Pattern, site: &Site, frame: &Frame, binding: &mut Binding) -> Option<bool> {
        let verb = site.predicate;
        let mut particle = false;
        for slot in &pattern.slots {
            match slot {
                Slot::Subject(filler) => self.fit_place(filler, frame.subject, true, binding)?,
                Slot::Object(filler) => self.fit_place(filler, frame.object, false, binding)?,
                Slot::Indirect(filler) => self.fit_place(filler, frame.indirect, false, binding)?,
                Slot::Particle(words) => {
                    let at = self.particle(verb, words)?;
                    binding.literals.push(at);
                }
                Slot::Prepositional { words, filler } => {
                    particle |= self.fit_prepositional(site, words, filler, frame, binding)?;
                }
                Slot::Clause(clause) => {
                    let head = self.clause(verb, *clause)?;
                    binding.clause = Some(head);
                    binding.bonus += 1;
                }
            }
        }
        Some(particle)
    }

    fn fit_place(&self, filler: &Filler, place: Option<u32>, optional: bool, binding: &mut Binding) -> Option<()> {
        match (filler, place) {
            (Filler::Rest, _) => {}
            (Filler::Actor, Some(at)) => binding.actors.push(at),
            (Filler::Recipient, Some(at)) => binding.recipients.push(at),
            (Filler::Any, Some(_)) => {}
            (Filler::Noun(phrases), Some(at)) => {
                let fitting = self.fitting_member(at, phrases)?;
                binding.literals.push(fitting);
            }
            (_, None) if optional => {}
            (_, None) => return None,
        }
        Some(())
    }

    /// The member of a coordination, or the content of "a series of", that is one of the nouns.
    fn fitting_member(&self, at: u32, phrases: &[NounPhrase]) -> Option<u32> {
        let tree = self.tree;
        let members = tree.conjuncts(at);
        let direct = members.iter().copied().find(|&member| self.is_phrase(member, phrases));
        direct.or_else(|| {
            is_container(tree, at)
                .then(|| tree.children_by(at, Relation::Nmod).find(|&inner| self.is_phrase(inner, phrases)))
                .flatten()
        })
    }

    fn particle(&self, verb: u32, words: &[String]) -> Option<u32> {
        let tree = self.tree;
        let is_one = |at: u32| words.iter().any(|word| tree.is_word(at, word));
        tree.children(verb)
            .iter()
            .copied()
            .find(|&child| {
                is_one(child)
                    && matches!(
                        tree.relation(child),
                        Relation::CompoundPrt | Relation::Advmod | Relation::Obl | Relation::Case | Relation::Xcomp
                    )
            })
            .or_else(|| {
                (verb + 1 < tree.len() && is_one(verb + 1) && tree.head(verb + 1) == Some(verb)).then_some(verb + 1)
            })
    }

    /// Tells whether the word was read as a particle.
    fn fit_prepositional(
        &self,
        site: &Site,
        words: &[String],
        filler: &Filler,
        frame: &Frame,
        binding: &mut Binding,
    ) -> Option<bool> {
        // what follows the predicate is its argument rather than what opens the sentence
        let (before, after): (Vec<u32>, Vec<u32>) =
            site.phrases.iter().copied().partition(|&phrase| phrase < site.predicate);
        let own = before.into_iter().filter(|&phrase| {
            // "a case against Israel was brought": the subject of a passive is the object
            let head = self.tree.head(phrase);
            let of_subject = head.is_some_and(|head| self.tree.relation(head) == Relation::NsubjPass);
            head == Some(site.predicate) || of_subject
        });
        let agent = frame.subject.filter(|_| frame.passive);
        let under = after
            .into_iter()
            .chain(own)
            .filter(|&phrase| Some(phrase) != agent && self.stands_under(phrase, words));
        let chosen = under.into_iter().find(|&phrase| match filler {
            Filler::Noun(nouns) => self.fitting_member(phrase, nouns).is_some(),
            Filler::Actor | Filler::Recipient => self.is_argument(phrase) && !self.is_adjunct(phrase),
            Filler::Any => true,
            Filler::Rest => true,
        });
        match (filler, chosen) {
            (Filler::Rest, found) => {
                binding.bonus += u32::from(found.is_some());
                return Some(false);
            }
            (_, Some(at)) => {
                self.fit_place(filler, Some(at), false, binding)?;
                return Some(false);
            }
            (_, None) => {}
        }
        // "turn down the offer", "called the ambassador in": the word is a particle and the object fills the place
        let at = self.particle(site.predicate, words)?;
        let object = frame.object?;
        self.fit_place(filler, Some(object), false, binding)?;
        binding.literals.push(at);
        Some(true)
    }

    fn stands_under(&self, phrase: u32, words: &[String]) -> bool {
        let tree = self.tree;
        if tree.has_case(phrase, words) {
            return true;
        }
        // "against": also "because of", "in front of" by their first words
        tree.children_by(phrase, Relation::Case).any(|case| {
            tree.children_by(case, Relation::Fixed).any(|part| words.contains(&tree.word(part).to_lowercase()))
        })
    }

    /// A phrase that can be somebody or something acted on, not a bare number.
    fn is_argument(&self, phrase: u32) -> bool {
        self.tree.is_nominal(phrase)
            || self
                .mentions
                .iter()
                .any(|mention| mention.tokens.contains(&phrase) && !matches!(mention.meaning, Meaning::Role { .. }))
    }

    /// "on Nov. 2", "in a bid to", "in the wake of": a time or a fixed phrase, never a party.
    fn is_adjunct(&self, phrase: u32) -> bool {
        let fixed = self.lexicon.classes.holds("adjunct", self.tree.lemma(phrase))
            && self.tree.cases(phrase).any(|case| {
                ["in", "at", "on", "under", "after", "amid", "with", "as", "for"].contains(&case.as_str())
            });
        fixed || is_time(self.tree, phrase)
    }

    fn clause(&self, predicate: u32, clause: Clause) -> Option<u32> {
        let tree = self.tree;
        let inner = tree.children(predicate).iter().copied().chain(
            tree.child_by(predicate, &[Relation::Obj])
                .into_iter()
                .flat_map(|object| tree.children(object).iter().copied()),
        );
        let mut inner = inner.filter(|&child| {
            matches!(
                tree.relation(child),
                Relation::Xcomp
                    | Relation::Ccomp
                    | Relation::Advcl
                    | Relation::Acl
                    | Relation::Csubj
                    | Relation::Parataxis
            )
        });
        match clause {
            Clause::Infinitive => inner.find(|&child| {
                tree.children(child).iter().any(|&mark| tree.is_word(mark, "to") && mark < child)
                    && matches!(
                        tree.relation(child),
                        Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl
                    )
            }),
            Clause::Gerund => inner.find(|&child| tree.token(child).penn == Penn::Vbg),
            Clause::Must => inner.find(|&child| {
                matches!(tree.relation(child), Relation::Ccomp | Relation::Parataxis) && is_obliged(tree, child)
            }),
            Clause::That => inner.find(|&child| {
                matches!(tree.relation(child), Relation::Ccomp | Relation::Parataxis | Relation::Acl)
            }),
        }
    }

    fn fit_noun(&self, pattern: &Pattern, site: &Site) -> Option<Binding> {
        let tree = self.tree;
        let noun = site.predicate;
        let mut binding = Binding::default();
        let frame = Frame::default();
        let recipient_of = pattern.slots.iter().any(|slot| {
            matches!(slot, Slot::Prepositional { words, filler } if *filler != Filler::Actor && words.iter().any(|word| word == "of"))
        });
        for slot in &pattern.slots {
            match slot {
                Slot::Prepositional { words, filler: Filler::Actor } => {
                    let found = site.phrases.iter().copied().find(|&phrase| {
                        tree.has_case(phrase, words) && self.is_argument(phrase) && !self.is_adjunct(phrase)
                    });
                    let mutual = words.iter().any(|word| word == "between" || word == "among");
                    match found {
                        Some(phrase) => {
                            binding.actors.push(phrase);
                            binding.bonus += 1;
                        }
                        None if mutual && self.noun_actor(noun, recipient_of).is_none() => return None,
                        None => {}
                    }
                }
                Slot::Prepositional { words, filler } => {
                    // "the call" alone may be one by telephone, "a charge" an electric one
                    let vague = self.lexicon.classes.holds("noun that needs its complement", tree.lemma(noun));
                    let optional = matches!(filler, Filler::Rest) || *filler == Filler::Recipient && !vague;
                    let before = binding.recipients.len();
                    match self.fit_prepositional(site, words, filler, &frame, &mut binding) {
                        Some(_) => binding.bonus += u32::from(binding.recipients.len() > before) * 2,
                        None if optional => {}
                        None => return None,
                    }
                }
                Slot::Clause(clause) => binding.clause = Some(self.clause(noun, *clause)?),
                Slot::Particle(words) => {
                    let next = noun + 1;
                    if next >= tree.len() || !words.iter().any(|word| tree.is_word(next, word)) {
                        return None;
                    }
                }
                Slot::Subject(_) | Slot::Object(_) | Slot::Indirect(_) => return None,
            }
        }
        if binding.actors.is_empty() {
            binding.actors.extend(self.noun_actor(noun, recipient_of));
        }
        if binding.actors.is_empty() && binding.recipients.is_empty() {
            return None;
        }
        Some(binding)
    }

    /// Who does what a noun names: "Russia's visit", "Russian visit", "visit of the minister", "visit by …", or the subject
    /// of the verb that supports the noun.
    fn noun_actor(&self, noun: u32, recipient_of: bool) -> Option<u32> {
        let tree = self.tree;
        let modifier = tree.children(noun).iter().copied().find(|&child| {
            matches!(
                tree.relation(child),
                Relation::NmodPoss | Relation::Amod | Relation::Compound | Relation::NmodDesc
            ) && (tree.relation(child) == Relation::NmodPoss
                || self.mentions.iter().any(|mention| mention.tokens.contains(&child)) && !self.is_means(child))
        });
        let complement = || {
            tree.children_by(noun, Relation::Nmod).find(|&child| {
                let mutual = || tree.children_by(child, Relation::Conj).next().is_some();
                tree.cases(child).any(|case| match case.as_str() {
                    "by" => true,
                    "of" => !recipient_of,
                    "between" | "among" => mutual(),
                    _ => false,
                }) && self.is_argument(child)
            })
        };
        let supported = || {
            let verb = tree.head(noun)?;
            let is_support = tree.relation(noun) == Relation::Obj
                && tree.token(verb).tag == Tag::Verb
                && SUPPORT_VERBS.contains(&tree.lemma(verb));
            is_support.then(|| noun_owner(tree, noun)).flatten()
        };
        let passive_support = || {
            let verb = tree.head(noun)?;
            let is_support =
                tree.relation(noun) == Relation::NsubjPass && SUPPORT_VERBS.contains(&tree.lemma(verb));
            is_support.then(|| verb_frame(tree, verb).subject).flatten()
        };
        modifier.or_else(complement).or_else(supported).or_else(passive_support)
    }

    /// True for what an act is done with or at, not by: "drone strike", "hospital attack".
    fn is_means(&self, token: u32) -> bool {
        ["weapon", "aircraft", "building", "facility", "explosive", "vessel"]
            .iter()
            .any(|class| self.lexicon.classes.holds(class, self.tree.lemma(token)))
    }

    fn fit_predicative(&self, pattern: &Pattern, site: &Site) -> Option<Binding> {
        let tree = self.tree;
        let predicate = site.predicate;
        let said = tree.child_by(predicate, &[Relation::Cop]).is_some()
            || matches!(
                tree.relation(predicate),
                Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Amod | Relation::Conj
            )
            || tree.token(predicate).penn == Penn::Vbn
            || tree.child_by(predicate, &[Relation::AuxPass]).is_some();
        if !said {
            return None;
        }
        let frame = site.frame;
        let subject =
            tree.child_by(predicate, &[Relation::Nsubj, Relation::NsubjPass]).or(frame.subject).or(frame.object);
        let mut binding = Binding::default();
        for slot in &pattern.slots {
            match slot {
                Slot::Subject(filler) => self.fit_place(filler, subject, true, &mut binding)?,
                Slot::Prepositional { words, filler } => {
                    self.fit_prepositional(site, words, filler, &Frame::default(), &mut binding)?;
                }
                Slot::Clause(clause) => binding.clause = Some(self.clause(predicate, *clause)?),
                Slot::Particle(words) => {
                    self.particle(predicate, words)?;
                }
                Slot::Object(_) | Slot::Indirect(_) => return None,
            }
        }
        Some(binding)
    }
}

/// How far before a noun, in words, a modifier of a phrase may stand.
const REACH: u32 = 4;

/// Verbs that lend a noun their subject: "launched an attack", "paid a visit".
const SUPPORT_VERBS: &[&str] = &[
    "launch",
    "make",
    "hold",
    "conduct",
    "carry",
    "pay",
    "stage",
    "mount",
    "issue",
    "give",
    "begin",
    "start",
    "open",
    "resume",
    "end",
    "continue",
    "order",
    "undertake",
    "lead",
    "commit",
    "perform",
    "offer",
    "extend",
    "deliver",
    "announce",
    "declare",
    "impose",
    "hand",
    "sign",
    "step",
    "intensify",
    "plan",
    "organise",
    "organize",
    "express",
    "voice",
    "reiterate",
    "file",
    "lodge",
    "complete",
    "suspend",
    "cut",
    "have",
    "take",
    "do",
    "provide",
    "send",
    "receive",
    "wage",
    "execute",
    "host",
    "attend",
    "join",
    "call",
];

/// "must end", "should withdraw", "has to pay", "needs to stop".
fn is_obliged(tree: &Tree, verb: u32) -> bool {
    let modal = tree
        .children_by(verb, Relation::Aux)
        .any(|helper| ["must", "should", "ought"].iter().any(|word| tree.is_word(helper, word)));
    let infinitive = tree.child_by(verb, &[Relation::Xcomp]).is_some();
    modal || infinitive && (tree.is_lemma(verb, "have") || tree.is_lemma(verb, "need"))
}

fn is_container(tree: &Tree, at: u32) -> bool {
    const CONTAINERS: &[&str] = &[
        "series", "round", "number", "set", "wave", "string", "dozen", "hundred", "thousand", "package", "kind",
        "form", "type", "spate", "batch", "piece", "barrage", "range", "variety", "group", "million", "billion",
        "lot", "part", "all", "some",
    ];
    CONTAINERS.contains(&tree.lemma(at))
}

/// True for "on Monday", "in January", "for two days": adjuncts that never fill a party's place.
fn is_time(tree: &Tree, phrase: u32) -> bool {
    const TIMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sep.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "jan",
        "feb",
        "apr",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "day",
        "week",
        "month",
        "year",
        "today",
        "yesterday",
        "tomorrow",
        "morning",
        "evening",
        "night",
        "afternoon",
        "hour",
        "decade",
        "weekend",
        "time",
        "minute",
        "century",
        "past",
        "future",
    ];
    let is_time_word = |token: u32| {
        TIMES.contains(&tree.lemma(token)) || TIMES.contains(&tree.word(token).to_lowercase().as_str())
    };
    let is_number = tree.token(phrase).tag == Tag::Num;
    let near = [phrase.checked_sub(1), Some(phrase + 1).filter(|&next| next < tree.len())];
    is_time_word(phrase)
        || is_number && tree.word(phrase).len() == 4 && tree.word(phrase).starts_with(['1', '2'])
        || is_number && near.into_iter().flatten().any(is_time_word)
}
