//! Who did what to whom: the events of one sentence.
//!
//! In: a parsed sentence with mentions and dates, and what the discourse knows. Out: [`EventDraft`]s, most salient
//! first. The rulings of the ontology on planned acts are applied here; ids, statements and confidence are added by
//! the engine's assembly.

use chancery_lexicon::{Clause, EventEntry, Lexicon};
use chancery_model::{DateInterval, EventType, Mode, NameKind, Penn, Relation, Span, Status, Tag};
use jiff::civil::Date;

use crate::matching::{Match, Matcher, PatternIndex};
use crate::mentions::{Meaning, Mention};
use crate::parties::{PartyDraft, PartySort, Resolver};
use crate::places::target_near;
use crate::status::{Governors, Reality, reality, with_date};
use crate::tree::Tree;

/// An event before it is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDraft {
    /// Index into `Lexicon::events`.
    pub entry: u32,
    /// The pattern as written.
    pub pattern: String,
    /// PLOVER type after the rulings.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// The type of the act that an AGREE promises.
    pub promised: Option<EventType>,
    /// Who acts.
    pub actors: Vec<PartyDraft>,
    /// To whom.
    pub recipients: Vec<PartyDraft>,
    /// Whether it happened.
    pub status: Status,
    /// Token of the predicate.
    pub predicate: u32,
    /// The words that name the act.
    pub trigger: Span,
    /// How specific the match is.
    pub rank: u32,
    /// Clauses between the predicate and the root: 0 for the main clause.
    pub depth: u32,
    /// True if the predicate stands in a past tense.
    pub past: bool,
}

/// Codes the events of one sentence.
pub struct EventCoder<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Its patterns by lemma.
    pub index: &'a PatternIndex,
    /// Verbs that govern acts.
    pub governors: &'a Governors,
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// Resolves phrases to parties.
    pub resolver: &'a Resolver<'a>,
}

impl EventCoder<'_> {
    /// The events, most salient first.
    pub fn events(&self) -> Vec<EventDraft> {
        let matches = self.matches();
        let mut drafts: Vec<EventDraft> = Vec::new();
        for found in &matches {
            if self.is_superseded(found, &matches) {
                continue;
            }
            if let Some(draft) = self.draft(found, &matches)
                && !drafts.iter().any(|known| same_event(known, &draft))
            {
                drafts.push(draft);
            }
        }
        let whole: Vec<bool> =
            drafts.iter().map(|draft| !drafts.iter().any(|other| is_part_of(draft, other))).collect();
        let mut kept = whole.into_iter();
        drafts.retain(|_| kept.next().unwrap_or(true));
        drafts.sort_by_key(|draft| {
            let nominal = self.tree.token(draft.predicate).tag == Tag::Noun;
            (draft.status == Status::Hypothetical, draft.depth, nominal, draft.predicate)
        });
        drafts
    }

    /// One match a predicate; nouns that a verb's pattern has used do not count again.
    fn matches(&self) -> Vec<Match> {
        let matcher =
            Matcher { lexicon: self.lexicon, index: self.index, tree: self.tree, mentions: self.mentions };
        let mut matches: Vec<Match> = (0..self.tree.len())
            .filter(|&token| !self.is_in_name(token))
            .filter_map(|token| matcher.best(token))
            .collect();
        // "a meeting between X and Y was held": a verb without parties of its own leaves the noun to itself
        let filled = |found: &&Match| !found.actors.is_empty() || !found.recipients.is_empty();
        let used: Vec<u32> =
            matches.iter().filter(filled).flat_map(|found| found.literals.iter().copied()).collect();
        matches.retain(|found| !used.contains(&found.predicate));
        matches
    }

    /// A word of a name of several words reports nothing: "the Organisation of Islamic Cooperation".
    fn is_in_name(&self, token: u32) -> bool {
        let mention = self.mentions.iter().any(|mention| {
            mention.tokens.len() > 1
                && mention.tokens.contains(&token)
                && matches!(mention.meaning, Meaning::Actor { .. } | Meaning::Holder { .. })
        });
        mention
            || self.tree.token(token).tag == Tag::Propn
                && self.tree.sentence.names.iter().any(|name| {
                    name.tokens.len() > 1
                        && name.tokens.contains(&token)
                        && matches!(name.kind, NameKind::Organisation | NameKind::Person | NameKind::Facility)
                })
    }

    /// True for the act inside a refusal, request, threat or promise that is itself an event.
    fn is_superseded(&self, found: &Match, matches: &[Match]) -> bool {
        matches.iter().any(|outer| {
            outer.predicate != found.predicate
                && outer
                    .clause
                    .is_some_and(|clause| clause == found.predicate || self.is_conjunct_of(found.predicate, clause))
                && match self.entry(outer).kind {
                    EventType::Agree => !self.is_conflict(found),
                    EventType::Reject | EventType::Threaten | EventType::Request => true,
                    EventType::Accuse | EventType::Support | EventType::Concede => false,
                    _ => false,
                }
        })
    }

    fn is_conjunct_of(&self, token: u32, clause: u32) -> bool {
        self.tree.relation(token) == Relation::Conj && self.tree.first_conjunct(token) == clause
    }

    fn is_conflict(&self, found: &Match) -> bool {
        self.entry(found).kind.intensity(None) <= 0.0
    }

    fn entry(&self, found: &Match) -> &EventEntry {
        &self.lexicon.events[self.lexicon.patterns[found.pattern as usize].entry as usize]
    }

    fn draft(&self, found: &Match, matches: &[Match]) -> Option<EventDraft> {
        let entry = self.entry(found);
        let pattern = &self.lexicon.patterns[found.pattern as usize];
        let reality = reality(self.tree, found.predicate, self.governors);
        let inner = found.clause.and_then(|clause| matches.iter().find(|other| other.predicate == clause));
        if entry.kind == EventType::Agree
            && let Some(inner) = inner
            && self.is_conflict(inner)
        {
            return None;
        }
        let (actors, mut recipients) = self.parties(found);
        if recipients.is_empty() && pattern.clause().is_some() && !pattern.binds_recipient() {
            recipients = self.recipients_within(found, inner);
        }
        if is_verbal(entry.kind) && !recipients.iter().any(is_somebody) {
            recipients.extend(self.known_within(found, &actors, &recipients));
        }
        if let Some(owner) = self.owner_of_content(found, entry, &actors) {
            recipients = vec![owner];
        }
        let (actors, recipients) = self.settle(found, entry, actors, recipients)?;
        let mut draft = EventDraft {
            entry: pattern.entry,
            pattern: pattern.written.clone(),
            kind: entry.kind,
            mode: entry.mode,
            promised: None,
            actors,
            recipients,
            status: entry.status.unwrap_or(reality.status),
            predicate: found.predicate,
            trigger: self.trigger(found),
            rank: found.rank,
            depth: self.depth(found.predicate),
            past: is_past(self.tree, found.predicate),
        };
        self.apply_rulings(&mut draft, reality, inner);
        // "might talk", "would support": words not said to anybody known, and not said yet
        let known = draft.recipients.iter().any(|recipient| recipient.code.is_some()) || is_mutual(&draft.actors);
        (known || draft.status != Status::Hypothetical || !is_verbal(draft.kind)).then_some(draft)
    }

    /// The resolved parties; a phrase in both places counts as actor.
    fn parties(&self, found: &Match) -> (Vec<PartyDraft>, Vec<PartyDraft>) {
        let resolve = |heads: &[u32]| {
            let mut drafts: Vec<PartyDraft> = heads.iter().flat_map(|&head| self.resolver.resolve(head)).collect();
            drafts.dedup_by(|a, b| a.code.is_some() && a.code == b.code && a.span == b.span);
            drafts
        };
        (resolve(&found.actors), resolve(&found.recipients))
    }

    /// "agreed to take in people from Greek camps": where what is acted on is nobody, the state or body named within it or within the
    /// clause.
    fn known_within(&self, found: &Match, actors: &[PartyDraft], recipients: &[PartyDraft]) -> Option<PartyDraft> {
        let tree = self.tree;
        let own = |draft: &PartyDraft| {
            actors.iter().any(|actor| actor.code == draft.code || actor.span.overlaps(draft.span))
        };
        let roots = found.clause.into_iter().chain(recipients.iter().map(|recipient| recipient.head));
        let below = |root: u32| {
            tree.subtree(root, |child| {
                !matches!(
                    tree.relation(child),
                    Relation::Advcl | Relation::Parataxis | Relation::Appos | Relation::Conj
                )
            })
        };
        let mentioned = roots.flat_map(below).filter(|&token| {
            self.mentions.iter().any(|mention| {
                mention.tokens.end - 1 == token
                    && matches!(mention.meaning, Meaning::Actor { .. } | Meaning::Holder { .. })
            })
        });
        let phrases = mentioned.map(|token| match tree.relation(token) {
            Relation::Amod | Relation::Compound | Relation::NmodPoss => tree.head(token).unwrap_or(token),
            _ => token,
        });
        phrases.map(|head| self.resolver.phrase(head)).find(|draft| draft.code.is_some() && !own(draft))
    }

    /// "welcomed Iran's decision to free a man", "rejected U.S. calls for a truce": a stance on somebody's act is directed at whose
    /// act it is, not at what the act is about.
    fn owner_of_content(&self, found: &Match, entry: &EventEntry, actors: &[PartyDraft]) -> Option<PartyDraft> {
        let stance = matches!(
            entry.kind,
            EventType::Support | EventType::Reject | EventType::Accuse | EventType::Agree | EventType::Concede
        );
        let content = found.literals.iter().copied().find(|&literal| {
            self.tree.relation(literal) == Relation::Obj
                && self.lexicon.classes.holds("act of another", self.tree.lemma(literal))
        })?;
        if !stance {
            return None;
        }
        let named = |child: u32| {
            matches!(self.tree.relation(child), Relation::Compound | Relation::Amod)
                && self.mentions.iter().any(|mention| {
                    mention.tokens.contains(&child) && matches!(mention.meaning, Meaning::Actor { .. })
                })
        };
        let owner =
            self.tree.children(content).iter().copied().find(|&child| {
                child < content && (self.tree.relation(child) == Relation::NmodPoss || named(child))
            })?;
        let draft = self.resolver.resolve_one(owner).into_iter().next()?;
        let is_own = actors.iter().any(|actor| actor.code.is_some() && actor.code == draft.code);
        let somebody = draft.can_act() || draft.code.is_some();
        (somebody && draft.sort != PartySort::Pronoun && !is_own).then_some(draft)
    }

    /// The recipient of "refused to accept the plan", "agreed to help Kenya": whoever the inner clause acts on.
    fn recipients_within(&self, found: &Match, inner: Option<&Match>) -> Vec<PartyDraft> {
        let Some(clause) = found.clause else { return Vec::new() };
        let pattern = &self.lexicon.patterns[found.pattern as usize];
        let own_subject = self.tree.child_by(clause, &[Relation::Nsubj, Relation::NsubjPass]);
        let heads: Vec<u32> = match inner {
            _ if pattern.clause() == Some(Clause::Must) => own_subject.into_iter().collect(),
            Some(inner) if !inner.recipients.is_empty() => inner.recipients.clone(),
            _ => {
                let frame = crate::frames::verb_frame(self.tree, clause);
                let is_known = |&head: &u32| {
                    let draft = self.resolver.phrase(head);
                    draft.can_act() && draft.code.is_some()
                };
                let phrases = crate::frames::prepositional_phrases(self.tree, clause);
                let subject = own_subject.filter(|_| self.tree.relation(clause) == Relation::Ccomp);
                // "offered to send troops to Uganda": somebody known comes before the thing sent
                let somebody = frame.object.filter(is_known).or_else(|| phrases.into_iter().find(is_known));
                subject.or(somebody).or(frame.object).into_iter().collect()
            }
        };
        heads.iter().flat_map(|&head| self.resolver.resolve(head)).collect()
    }

    /// Decides whether the parties make an event: somebody must act, or somebody known must be acted upon.
    fn settle(
        &self,
        found: &Match,
        entry: &EventEntry,
        mut actors: Vec<PartyDraft>,
        mut recipients: Vec<PartyDraft>,
    ) -> Option<(Vec<PartyDraft>, Vec<PartyDraft>)> {
        recipients.retain(|recipient| !actors.iter().any(|actor| actor.span == recipient.span));
        recipients.retain(|recipient| recipient.sort != PartySort::Pronoun);
        actors.retain(|actor| self.may_act(actor, entry));
        if actors.is_empty() {
            actors = self.attacker_within(found, entry);
        }
        if actors.is_empty() {
            actors = self.located_actor(found, entry);
        }
        self.locate_victims(found, entry, &mut recipients);
        // "their cooperation": a noun whose only party is an earlier sentence's is a mention, not a report
        let is_pronoun = |actor: &PartyDraft| self.tree.token(actor.head).tag == Tag::Pron;
        let nominal = self.tree.token(found.predicate).tag == Tag::Noun;
        if nominal && recipients.is_empty() && !actors.is_empty() && actors.iter().all(is_pronoun) {
            return None;
        }
        if recipients.iter().all(|recipient| recipient.code.is_none() && !recipient.can_act()) {
            recipients.extend(self.located_recipient(found, entry, &actors));
        }
        let physical = matches!(entry.kind, EventType::Assault | EventType::Coerce | EventType::Sanction);
        if actors.is_empty()
            && entry.kind == EventType::Assault
            && entry.mode.is_none()
            && !self.shows_violence(found)
        {
            return None;
        }
        let known_recipient = recipients.iter().any(|recipient| recipient.can_act());
        if actors.is_empty() && !(physical && known_recipient) {
            return None;
        }
        if self.is_idle_talk(found, entry, &actors, &recipients) {
            return None;
        }
        Some((actors, recipients))
    }

    /// True where nobody of a known state or body acts on another: a wish or purpose without a recipient ("to reduce tensions"),
    /// words without any party known ("they require dialogue"), what "we" say of ourselves ("we are proud").
    fn is_idle_talk(
        &self,
        found: &Match,
        entry: &EventEntry,
        actors: &[PartyDraft],
        recipients: &[PartyDraft],
    ) -> bool {
        let known = |parties: &[PartyDraft]| parties.iter().any(|party| party.code.is_some());
        if known(recipients) || is_mutual(actors) {
            return false;
        }
        let is_pronoun = |party: &PartyDraft| self.tree.token(party.head).tag == Tag::Pron;
        let verbal = is_verbal(entry.kind);
        let nominal = self.tree.token(found.predicate).tag == Tag::Noun;
        let aimless = self.is_aim(found.predicate);
        let nobody = !known(actors) && recipients.is_empty();
        let pronouns = !actors.is_empty() && actors.iter().all(is_pronoun);
        aimless || verbal && pronouns || nobody && (nominal || verbal && !self.is_main(found.predicate))
    }

    /// "to reduce tensions", "a plan to end the war": what an act is for.
    fn is_aim(&self, predicate: u32) -> bool {
        let infinitive =
            self.tree.children(predicate).iter().any(|&child| self.tree.is_word(child, "to") && child < predicate);
        infinitive && matches!(self.tree.relation(predicate), Relation::Advcl | Relation::Acl)
    }

    fn is_main(&self, predicate: u32) -> bool {
        self.depth(predicate) == 0
    }

    /// True if another word of the sentence shows that people were killed or hurt by force, not by accident.
    fn shows_violence(&self, found: &Match) -> bool {
        (0..self.tree.len())
            .filter(|&token| token != found.predicate)
            .any(|token| self.lexicon.classes.holds("violence", self.tree.lemma(token)))
    }

    /// A party acts if it is somebody, or a thing that stands for a country or body: "the Israeli airstrike".
    fn may_act(&self, actor: &PartyDraft, entry: &EventEntry) -> bool {
        let is_name = self.tree.token(actor.head).tag == Tag::Propn && actor.sort == PartySort::Thing;
        let strikes = entry.kind == EventType::Assault
            && ["weapon", "attack", "explosive"].iter().any(|class| {
                let nouns = self.lexicon.classes.get(class).unwrap_or_default();
                nouns.iter().any(|noun| self.tree.is_lemma(actor.head, &noun.head))
            });
        actor.can_act() || actor.code.is_some() && actor.sort != PartySort::LocatedThing || is_name || strikes
    }

    /// "violated the ceasefire in Karabakh", "sent shelter to Haiti": force, help and deployments without a known party on the
    /// other side are directed at the place named.
    fn located_recipient(&self, found: &Match, entry: &EventEntry, actors: &[PartyDraft]) -> Option<PartyDraft> {
        if !matches!(entry.kind, EventType::Assault | EventType::Aid | EventType::Mobilize) {
            return None;
        }
        let phrases = crate::frames::prepositional_phrases(self.tree, found.predicate);
        let placed = phrases.into_iter().filter(|&phrase| {
            self.tree
                .cases(phrase)
                .any(|case| ["in", "to", "on", "against", "near", "at", "towards", "into"].contains(&case.as_str()))
        });
        let by_phrase = placed
            .map(|phrase| self.resolver.phrase(phrase))
            .find(|draft| draft.code.is_some() && !actors.iter().any(|actor| actor.span.overlaps(draft.span)));
        by_phrase.or_else(|| {
            // "strikes across southern Lebanon killed": force is directed at where it falls
            let (phrase, place) = target_near(self.lexicon, self.tree, self.mentions, found.predicate)?;
            let elsewhere = !actors.iter().any(|actor| actor.code == place.country);
            (entry.kind == EventType::Assault && elsewhere && place.country.is_some()).then(|| PartyDraft {
                name: place.country.as_deref().and_then(|code| self.resolver.entity_name(code)),
                code: place.country,
                sort: PartySort::Place,
                ..self.resolver.phrase(phrase)
            })
        })
    }

    /// "were killed in a Russian drone strike": whose strike it was acts.
    fn attacker_within(&self, found: &Match, entry: &EventEntry) -> Vec<PartyDraft> {
        if entry.kind != EventType::Assault {
            return Vec::new();
        }
        let is_attack = |token: u32| {
            ["attack", "weapon", "explosive"]
                .iter()
                .any(|class| self.lexicon.classes.holds(class, self.tree.lemma(token)))
        };
        // "were killed and eight wounded in a strike": the phrase may hang on the other verb
        let verbs = self.tree.conjuncts(self.tree.first_conjunct(found.predicate));
        let phrases = verbs.into_iter().flat_map(|verb| crate::frames::prepositional_phrases(self.tree, verb));
        let attacks = phrases.filter(|&phrase| {
            is_attack(phrase)
                && self
                    .tree
                    .cases(phrase)
                    .any(|case| ["in", "by", "during", "after", "from"].contains(&case.as_str()))
        });
        let attacks: Vec<u32> = attacks.collect();
        let of_attack = |attack: u32| {
            self.tree.children(attack).iter().copied().filter(move |&child| {
                let relation = self.tree.relation(child);
                child < attack && matches!(relation, Relation::Amod | Relation::Compound | Relation::NmodPoss)
                    || self.tree.cases(child).any(|case| case == "by")
            })
        };
        // "were killed and eleven injured by Afghan fighters"
        let agents =
            self.tree.conjuncts(self.tree.first_conjunct(found.predicate)).into_iter().filter_map(|verb| {
                let frame = crate::frames::verb_frame(self.tree, verb);
                frame.subject.filter(|_| frame.passive)
            });
        let owners = attacks.iter().copied().flat_map(of_attack).chain(agents);
        // "a Russian missile and drone attack": the adjective may hang on another word of the phrase
        let drafts = owners
            .flat_map(|owner| self.resolver.resolve_one(owner))
            .chain(attacks.iter().map(|&attack| self.resolver.phrase(attack)));
        drafts.filter(|draft| draft.code.is_some() && draft.sort != PartySort::LocatedThing).take(1).collect()
    }

    /// Unnamed people who are hurt somewhere belong to that place's country: "two women were killed in Tyre".
    fn locate_victims(&self, found: &Match, entry: &EventEntry, recipients: &mut [PartyDraft]) {
        if entry.kind != EventType::Assault {
            return;
        }
        let unknown = |draft: &PartyDraft| {
            draft.code.is_none()
                && matches!(draft.sort, PartySort::People | PartySort::Role)
                && draft.person.is_none()
        };
        if !recipients.iter().any(unknown) {
            return;
        }
        let Some((_, place)) = target_near(self.lexicon, self.tree, self.mentions, found.predicate) else { return };
        let Some(country) = place.country else { return };
        for draft in recipients.iter_mut().filter(|draft| unknown(draft)) {
            draft.name = self.resolver.entity_name(&country);
            draft.code = Some(country.clone());
        }
    }

    /// "was arrested in Rwanda": the place's state acts in arrests, bans and sentences without a named agent.
    fn located_actor(&self, found: &Match, entry: &EventEntry) -> Vec<PartyDraft> {
        let by_authority = matches!(
            (entry.kind, entry.mode),
            (
                EventType::Coerce,
                Some(Mode::Arrest | Mode::Deport | Mode::Restrict | Mode::Censor | Mode::Curfew) | None
            ) | (EventType::Sanction, Some(Mode::Convict))
                | (EventType::Retreat, Some(Mode::Release))
        );
        if !by_authority || self.tree.token(found.predicate).tag != Tag::Verb {
            return Vec::new();
        }
        crate::frames::prepositional_phrases(self.tree, found.predicate)
            .into_iter()
            .filter(|&phrase| self.tree.cases(phrase).any(|case| case == "in"))
            .map(|phrase| self.resolver.phrase(phrase))
            .filter(|draft| draft.code.is_some() && draft.person.is_none())
            .take(1)
            .collect()
    }

    /// The predicate with its particles and the noun of a light verb.
    fn trigger(&self, found: &Match) -> Span {
        let span = self.tree.token(found.predicate).span;
        let reach = found.literals.iter().filter(|&&literal| literal.abs_diff(found.predicate) <= 6);
        reach.fold(span, |span, &literal| span.join(self.tree.token(literal).span))
    }

    fn depth(&self, predicate: u32) -> u32 {
        let mut depth = 0;
        let mut at = predicate;
        while let Some(head) = self.tree.head(at) {
            depth += match self.tree.relation(at) {
                Relation::AclRelcl | Relation::Acl | Relation::Advcl => 2,
                Relation::Nmod | Relation::Obl | Relation::Appos => 1,
                _ => 0,
            };
            at = head;
        }
        depth
    }

    /// Future CONSULT, SUPPORT, COOPERATE and AID are AGREE, future RETREAT is CONCEDE; requests, refusals and threats
    /// take their mode from what is asked, refused or threatened.
    fn apply_rulings(&self, draft: &mut EventDraft, reality: Reality, inner: Option<&Match>) {
        let inner_kind = inner.map(|inner| self.entry(inner).kind);
        if draft.mode.is_none() {
            draft.mode = inner.and_then(|inner| self.mode_of_content(draft.kind, inner));
        }
        if self.is_refusal(draft) {
            draft.kind = EventType::Reject;
            draft.mode = None;
            draft.status = Status::Actual;
            return;
        }
        if draft.kind == EventType::Agree {
            draft.promised = inner_kind;
            if matches!(inner_kind, Some(EventType::Retreat | EventType::Concede)) && self.is_announcement(draft) {
                draft.kind = EventType::Concede;
            }
            return;
        }
        if draft.status != Status::Future {
            return;
        }
        let planned = draft.kind;
        draft.apply_future();
        if reality.promised && draft.kind != planned {
            draft.status = Status::Actual;
        }
    }

    /// "decided to withdraw" announces a concession; who "agreed to", "offered to" or is "willing to" yield agrees first of all.
    fn is_announcement(&self, draft: &EventDraft) -> bool {
        ["decide", "decision", "announce", "announcement", "plan", "intend", "intention", "schedule", "set"]
            .iter()
            .any(|lemma| self.tree.is_lemma(draft.predicate, lemma))
    }

    /// "will not accept", "cannot agree", "would not allow": a negated yielding or agreeing of one's own will.
    fn is_refusal(&self, draft: &EventDraft) -> bool {
        let willing = self.tree.children_by(draft.predicate, Relation::Aux).any(|helper| {
            ["will", "would", "can", "could", "wo", "ca", "shall"]
                .contains(&self.tree.word(helper).to_lowercase().as_str())
        });
        // "failed to reach agreement": nobody had to be willing for talks to break down
        let failed = draft.kind == EventType::Agree
            && self.tree.head(draft.predicate).is_some_and(|head| self.tree.is_lemma(head, "fail"));
        let yields = matches!(
            draft.kind,
            EventType::Agree
                | EventType::Support
                | EventType::Concede
                | EventType::Retreat
                | EventType::Consult
                | EventType::Aid
        );
        draft.status == Status::Negated && (willing && yields || failed)
    }

    fn mode_of_content(&self, kind: EventType, inner: &Match) -> Option<Mode> {
        let entry = self.entry(inner);
        let mode = match (kind, entry.kind) {
            (EventType::Request | EventType::Reject, EventType::Consult) => Mode::Meet,
            (
                EventType::Request | EventType::Reject,
                EventType::Aid | EventType::Cooperate | EventType::Support,
            ) => Mode::Assist,
            (EventType::Request | EventType::Reject, EventType::Retreat | EventType::Concede) => Mode::Yield,
            (EventType::Request | EventType::Reject, _) => Mode::Change,
            (EventType::Threaten, EventType::Assault | EventType::Mobilize) => Mode::Violence,
            (EventType::Threaten, EventType::Sanction) => Mode::Relations,
            (EventType::Threaten, EventType::Coerce) if entry.mode == Some(Mode::Arrest) => Mode::Arrest,
            (EventType::Threaten, EventType::Coerce) => Mode::Restrict,
            _ => return None,
        };
        Some(mode)
    }
}

/// True for two states or bodies on one side, who act with each other.
fn is_mutual(actors: &[PartyDraft]) -> bool {
    let mut codes: Vec<&String> = actors.iter().filter_map(|actor| actor.code.as_ref()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len() >= 2
}

fn is_past(tree: &Tree, predicate: u32) -> bool {
    let helped = tree.children_by(predicate, Relation::Aux).chain(tree.children_by(predicate, Relation::AuxPass));
    matches!(tree.token(predicate).penn, Penn::Vbd)
        || helped
            .into_iter()
            .any(|helper| ["had", "has", "have", "was", "were"].iter().any(|word| tree.is_word(helper, word)))
}

/// True for a party that is known, or a human being by name.
fn is_somebody(party: &PartyDraft) -> bool {
    party.code.is_some() || party.person.is_some()
}

/// True for acts that somebody must be told of or done with; force, coercion and protest also count without a recipient.
fn is_verbal(kind: EventType) -> bool {
    !matches!(
        kind,
        EventType::Assault | EventType::Protest | EventType::Coerce | EventType::Mobilize | EventType::Sanction
    )
}

/// True for a poorer report of the same force: "three were killed" beside "Israeli strikes on Tyre".
fn is_part_of(draft: &EventDraft, other: &EventDraft) -> bool {
    let codes =
        |parties: &[PartyDraft]| -> Vec<String> { parties.iter().filter_map(|party| party.code.clone()).collect() };
    let within = |inner: &[String], outer: &[String]| inner.iter().all(|code| outer.contains(code));
    let (actors, recipients) = (codes(&draft.actors), codes(&draft.recipients));
    let (more_actors, more_recipients) = (codes(&other.actors), codes(&other.recipients));
    draft.kind == EventType::Assault
        && draft.kind == other.kind
        && draft.status == other.status
        && (actors.is_empty() || recipients.is_empty())
        && within(&actors, &more_actors)
        && within(&recipients, &more_recipients)
        && actors.len() + recipients.len() < more_actors.len() + more_recipients.len()
}

impl EventDraft {
    /// The draft once its date is known: an act of long ago is history, one of a day to come is a plan, and a plan to meet or to
    /// help is AGREE.
    pub fn dated(mut self, date: Option<&DateInterval>, published: Option<Date>) -> EventDraft {
        let was = self.status;
        let dated = with_date(was, date, published);
        // "visited in March": what is told in the past tense is not to come, however the date reads
        self.status = if dated == Status::Future && self.past { was } else { dated };
        if self.status == Status::Future && was != Status::Future {
            self.apply_future();
        }
        self
    }

    fn apply_future(&mut self) {
        let ruled = match self.kind {
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
            EventType::Retreat => EventType::Concede,
            _ => return,
        };
        self.promised = Some(self.kind);
        self.kind = ruled;
        self.mode = None;
    }
}

/// Two readings of one happening: "signed an agreement" and "the signing".
fn same_event(a: &EventDraft, b: &EventDraft) -> bool {
    let codes = |parties: &[PartyDraft]| {
        let mut codes: Vec<Option<String>> = parties.iter().map(|party| party.code.clone()).collect();
        codes.sort();
        codes
    };
    a.kind == b.kind
        && a.status == b.status
        && codes(&a.actors) == codes(&b.actors)
        && codes(&a.recipients) == codes(&b.recipients)
        && a.recipients.first().map(|party| party.span) == b.recipients.first().map(|party| party.span)
}
