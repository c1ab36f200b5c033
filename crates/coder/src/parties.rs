//! Resolves a noun phrase to a party: which entity, of which country, of which sector, which person in which role.
//!
//! In: a parsed sentence, its mentions, and what the discourse knows. Out: [`PartyDraft`]s, one for each conjunct.
//! Every filled place of an act becomes a draft, resolved or not: whether an unresolved one may act is decided by
//! the event coder.

use chancery_lexicon::{Actor, ActorKind, Lexicon, NameForm};
use chancery_model::{CodePoints, NameKind, Party, Relation, Sector, Span, Tag};

use crate::discourse::Discourse;
use crate::mentions::{Meaning, Mention};
use crate::places::city_in;
use crate::tree::Tree;

/// A party before it is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyDraft {
    /// Token that heads the phrase.
    pub head: u32,
    /// Words of the phrase.
    pub span: Span,
    /// Canonical entity.
    pub name: Option<String>,
    /// Country or body code.
    pub code: Option<String>,
    /// Sector.
    pub sector: Option<Sector>,
    /// Human being.
    pub person: Option<String>,
    /// Role of that human being or of the body.
    pub role: Option<String>,
    /// What sort of phrase it is.
    pub sort: PartySort,
}

/// What sort of phrase a party is given by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartySort {
    /// A state or body by its name.
    Entity,
    /// A human being by name.
    Person,
    /// A role noun: "the ministry", "two soldiers".
    Role,
    /// Unnamed human beings: "two women".
    People,
    /// A place that stands for nobody in particular.
    Place,
    /// Anything else: "the decision", "an Israeli airstrike".
    Thing,
    /// A thing whose only tie to a country is where it is: "a fire in Cuba".
    LocatedThing,
    /// A pronoun that nothing resolves.
    Pronoun,
}

impl PartyDraft {
    /// True if the phrase can act: it is somebody.
    pub fn can_act(&self) -> bool {
        matches!(self.sort, PartySort::Entity | PartySort::Person | PartySort::Role | PartySort::People)
    }

    /// The record.
    pub fn party(&self, text: &str, points: &CodePoints) -> Party {
        Party {
            text: self.span.of(text).to_owned(),
            span: points.extent(self.span),
            name: self.name.clone(),
            code: self.code.clone(),
            sector: self.sector,
            person: self.person.clone(),
            role: self.role.clone(),
        }
    }
}

/// How what a name is hangs on it: "Tseng, Taiwan's deputy foreign minister".
const APPOSED: &[Relation] = &[Relation::Appos, Relation::List];

/// A word that is not recognised as a place counts as a city's name if that many thousands live there.
const LARGE_CITY: u32 = 150;

/// Everything that resolving a phrase of one sentence looks at.
pub struct Resolver<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// What earlier sentences said.
    pub discourse: &'a Discourse,
}

/// Country or body that a modifier gives to a phrase.
#[derive(Clone, Debug)]
struct Affiliation {
    code: Option<String>,
    name: String,
    sector: Option<Sector>,
    kind: ActorKind,
    /// True if only a place ties the phrase to it: "in X".
    by_place: bool,
}

impl<'a> Resolver<'a> {
    /// The parties of a phrase: one for its head and one for each conjunct, or those that a plural phrase
    /// ("the two countries") stands for.
    pub fn resolve(&self, head: u32) -> Vec<PartyDraft> {
        let members = self.tree.conjuncts(head);
        let mut drafts: Vec<PartyDraft> = Vec::new();
        for &member in &members {
            if self.tree.is_nominal(member)
                || self.mention_at(member).is_some()
                || self.tree.token(member).tag == Tag::Adj
            {
                drafts.extend(self.resolve_one(member));
            }
        }
        self.share_modifiers(&mut drafts);
        drafts
    }

    /// The party of one conjunct alone; several where it stands for a pair.
    pub fn resolve_one(&self, head: u32) -> Vec<PartyDraft> {
        if let Some(pair) = self.pair(head) {
            return pair;
        }
        if self.tree.token(head).tag == Tag::Pron {
            return vec![self.pronoun(head)];
        }
        let mut drafts = self.joined(head);
        if drafts.is_empty() {
            drafts.push(self.phrase(head));
        }
        drafts
    }

    /// "House and Senate negotiators": a first conjunct without country takes the second one's, and the reverse.
    fn share_modifiers(&self, drafts: &mut [PartyDraft]) {
        let known = drafts.iter().find(|draft| draft.code.is_some()).cloned();
        let Some(known) = known else { return };
        for draft in drafts.iter_mut() {
            let shareable = draft.code.is_none() && draft.sort == PartySort::Role && known.sort == PartySort::Role;
            if shareable && self.tree.head(draft.head) == Some(known.head) {
                draft.code.clone_from(&known.code);
                draft.name.clone_from(&known.name);
            }
        }
    }

    fn mention_at(&self, token: u32) -> Option<&'a Mention> {
        self.mentions.iter().find(|mention| mention.tokens.contains(&token))
    }

    fn actor(&self, index: u32) -> &'a Actor {
        &self.lexicon.actors[index as usize]
    }

    /// "Pak-Afghan tensions", "the US-led coalition": the joined countries of a hyphenated modifier.
    fn joined(&self, head: u32) -> Vec<PartyDraft> {
        let tree = self.tree;
        let is_pair_word = ["tension", "relation", "tie", "side"].iter().any(|word| tree.is_lemma(head, word));
        if !is_pair_word {
            return Vec::new();
        }
        let tokens = tree.noun_phrase(head);
        let mut drafts = Vec::new();
        for mention in self.mentions.iter().filter(|mention| tokens.contains(&mention.tokens.start)) {
            if let Meaning::Actor { actor, .. } = mention.meaning
                && self.actor(actor).kind == ActorKind::State
            {
                drafts.push(self.entity(mention.tokens.start, tree.span(mention.tokens.clone()), actor, None));
            }
        }
        if drafts.len() >= 2 { drafts } else { Vec::new() }
    }

    /// "the two countries", "both sides", "the two leaders", "each other": the pair in view.
    fn pair(&self, head: u32) -> Option<Vec<PartyDraft>> {
        let tree = self.tree;
        const PLURALS: &[&str] = &[
            "country",
            "nation",
            "side",
            "state",
            "government",
            "leader",
            "neighbour",
            "neighbor",
            "party",
            "capital",
            "president",
            "minister",
            "people",
            "foe",
            "rival",
            "ally",
            "partner",
            "power",
            "counterpart",
            "official",
            "army",
        ];
        let lemma = tree.lemma(head);
        let counted = tree
            .children(head)
            .iter()
            .any(|&child| ["two", "both", "2"].contains(&tree.word(child).to_lowercase().as_str()));
        let is_pair = counted && PLURALS.contains(&lemma)
            || lemma == "both" && tree.children(head).is_empty()
            || (lemma == "other" && tree.children(head).iter().any(|&child| tree.is_word(child, "each")));
        let own_country = tree.noun_phrase(head).iter().any(|&token| self.mention_at(token).is_some_and(is_actor));
        if !is_pair || own_country {
            return None;
        }
        let (a, b) = self.discourse.pair()?;
        let span = tree.span_of(&tree.noun_phrase(head));
        let sector = ["leader", "president", "minister", "government", "official"]
            .contains(&lemma)
            .then_some(Sector::Government);
        let draft = |(code, name): &(String, String)| PartyDraft {
            head,
            span,
            name: Some(name.clone()),
            code: Some(code.clone()),
            sector,
            person: None,
            role: None,
            sort: PartySort::Entity,
        };
        Some(vec![draft(a), draft(b)])
    }

    fn pronoun(&self, head: u32) -> PartyDraft {
        let tree = self.tree;
        let span = tree.token(head).span;
        let word = tree.word(head).to_lowercase();
        let blank = PartyDraft {
            head,
            span,
            name: None,
            code: None,
            sector: None,
            person: None,
            role: None,
            sort: PartySort::Pronoun,
        };
        // an antecedent in the same sentence is cited by its own words, one of an earlier sentence by the pronoun
        let here = match word.as_str() {
            "he" | "she" | "him" | "her" | "himself" | "herself" | "his" => self.antecedent_here(head, true),
            "it" | "itself" | "they" | "them" | "themselves" | "its" | "their" => self.antecedent_here(head, false),
            "who" | "which" | "that" => self.relative_antecedent(head),
            _ => None,
        };
        if let Some(antecedent) = here {
            return antecedent;
        }
        let earlier = match word.as_str() {
            "he" | "she" | "him" | "her" | "himself" | "herself" | "his" => self.discourse.last_person(),
            "it" | "itself" | "they" | "them" | "themselves" | "its" | "their" => self.discourse.last_body(),
            "we" | "us" | "i" | "me" => self.discourse.speaker(),
            _ => None,
        };
        match (earlier.cloned(), self.discourse.home()) {
            (Some(party), _) => PartyDraft { head, span, ..party },
            (None, Some((code, name))) if matches!(word.as_str(), "we" | "us" | "i" | "me") => PartyDraft {
                code: Some(code.clone()),
                name: Some(name.clone()),
                sector: Some(Sector::Government),
                sort: PartySort::Entity,
                ..blank
            },
            _ => blank,
        }
    }

    /// The subject of an earlier clause of the same sentence: "Iran said it would …".
    fn antecedent_here(&self, pronoun: u32, person: bool) -> Option<PartyDraft> {
        let tree = self.tree;
        (0..pronoun)
            .rev()
            .filter(|&token| {
                matches!(tree.relation(token), Relation::Nsubj | Relation::NsubjPass)
                    && tree.token(token).tag != Tag::Pron
            })
            .map(|token| self.phrase(token))
            .find(|draft| {
                if person {
                    draft.sort == PartySort::Person || draft.sort == PartySort::Role && draft.role.is_some()
                } else {
                    matches!(draft.sort, PartySort::Entity | PartySort::Role)
                }
            })
    }

    /// The noun that a relative clause describes.
    fn relative_antecedent(&self, pronoun: u32) -> Option<PartyDraft> {
        let tree = self.tree;
        let mut at = pronoun;
        while let Some(head) = tree.head(at) {
            if tree.relation(at) == Relation::AclRelcl {
                return Some(self.phrase(head));
            }
            at = head;
        }
        None
    }

    fn entity(&self, head: u32, span: Span, index: u32, form: Option<NameForm>) -> PartyDraft {
        let actor = self.actor(index);
        let sector = match form {
            Some(NameForm::Capital | NameForm::Seat) => actor.sector.or(Some(Sector::Government)),
            Some(NameForm::People) => actor.sector.or(Some(Sector::Civilian)),
            _ => actor.sector,
        };
        PartyDraft {
            head,
            span,
            name: Some(actor.name.clone()),
            code: actor.code.clone().or_else(|| (actor.of.len() == 1).then(|| actor.of[0].clone())),
            sector,
            person: None,
            role: None,
            sort: PartySort::Entity,
        }
    }

    /// The party of a noun phrase by its own words.
    pub fn phrase(&self, head: u32) -> PartyDraft {
        let tree = self.tree;
        let tokens = tree.noun_phrase(head);
        let span = tree.span_of(&tokens);
        let mut draft = PartyDraft {
            head,
            span,
            name: None,
            code: None,
            sector: None,
            person: None,
            role: None,
            sort: PartySort::Thing,
        };
        let on_head = self.mention_at(head).or_else(|| self.mention_in_name(head));
        match on_head.map(|mention| mention.meaning) {
            Some(Meaning::Actor { actor, form }) if form != NameForm::Adjective && form != NameForm::Prefix => {
                let entity = self.entity(head, span, actor, Some(form));
                if self.actor(actor).kind == ActorKind::Region && entity.code.is_none() {
                    draft.sort = PartySort::Place;
                }
                return PartyDraft {
                    sort: if draft.sort == PartySort::Place { PartySort::Place } else { PartySort::Entity },
                    ..entity
                };
            }
            Some(Meaning::Holder { office, holder, short }) => {
                self.fill_holder(&mut draft, office, holder, short);
                self.fill_title(&mut draft, head, &tokens);
                return draft;
            }
            _ => {}
        }
        if let Some(name) = self.recognised(head, NameKind::Person) {
            self.fill_person(&mut draft, head, &tokens, name);
            return draft;
        }
        if let Some(role) = self.role_of(head, &tokens) {
            self.fill_role(&mut draft, head, &tokens, role);
            return draft;
        }
        let tokens = self.with_participles(head, tokens);
        draft.span = tree.span_of(&tokens);
        self.fill_thing(&mut draft, head, &tokens);
        draft
    }

    /// A thing is known by who made it: "an appeal filed by lawyers", "threats made by the government".
    fn with_participles(&self, head: u32, tokens: Vec<u32>) -> Vec<u32> {
        let tree = self.tree;
        let mut tokens = tokens;
        for clause in tree.children_by(head, Relation::Acl) {
            if tree.token(clause).penn == chancery_model::Penn::Vbn {
                tokens.extend(tree.subtree(clause, |child| {
                    !matches!(
                        tree.relation(child),
                        Relation::Punct | Relation::Advcl | Relation::AclRelcl | Relation::Parataxis
                    )
                }));
            }
        }
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// A name whose head word is not itself covered by the mention: "Ali Khan of …" keeps its flat parts together.
    fn mention_in_name(&self, head: u32) -> Option<&'a Mention> {
        let tree = self.tree;
        tree.children(head).iter().filter(|&&child| tree.relation(child) == Relation::Flat).find_map(|&child| {
            self.mention_at(child).filter(|mention| !matches!(mention.meaning, Meaning::Role { .. }))
        })
    }

    fn recognised(&self, token: u32, kind: NameKind) -> Option<String> {
        let name =
            self.tree.sentence.names.iter().find(|name| name.kind == kind && name.tokens.contains(&token))?;
        Some(self.tree.span(name.tokens.clone()).of(self.tree.text).to_owned())
    }

    fn fill_holder(&self, draft: &mut PartyDraft, office: u32, holder: u32, short: bool) {
        let office = &self.lexicon.offices[office as usize];
        let term = &office.holders[holder as usize];
        draft.sort = PartySort::Person;
        if short && let Some(known) = self.discourse.person(&term.short) {
            draft.code.clone_from(&known.code);
            draft.name.clone_from(&known.name);
            draft.sector = known.sector;
            draft.person.clone_from(&known.person);
            draft.role.clone_from(&known.role);
            return;
        }
        draft.person = Some(term.name.clone());
        draft.code = Some(office.code.clone());
        draft.name = self.entity_name(&office.code);
        draft.sector = Some(office.sector);
        draft.role = office.roles.first().cloned();
    }

    /// The canonical name of the state or body with that code.
    pub fn entity_name(&self, code: &str) -> Option<String> {
        let actors = &self.lexicon.actors;
        let own = |actor: &&Actor| actor.code.as_deref() == Some(code) && actor.id.is_none();
        let state =
            actors.iter().find(|actor| own(actor) && matches!(actor.kind, ActorKind::State | ActorKind::Former));
        state.or_else(|| actors.iter().find(own)).map(|actor| actor.name.clone())
    }

    /// A title before the name, or an apposition after it, says more than the register of offices.
    fn fill_title(&self, draft: &mut PartyDraft, head: u32, tokens: &[u32]) {
        let title = self.title(head, tokens);
        let Some((role_tokens, role)) = title else { return };
        let noun = &self.lexicon.roles[role as usize];
        let words: Vec<&str> = role_tokens.clone().map(|token| self.tree.lemma(token)).collect();
        draft.role = Some(words.join(" "));
        let anchor = role_tokens.end - 1;
        let affiliation = self.affiliation(anchor, &self.scope_of_title(head, tokens, anchor));
        if draft.code.is_none() || affiliation.is_some() {
            draft.sector = Some(self.sector_within(anchor, tokens, noun.sector));
            if let Some(affiliation) = affiliation {
                draft.name = Some(affiliation.name);
                draft.code = affiliation.code;
            }
        }
    }

    /// The role noun of a person's phrase: before the name, or in an apposition.
    fn title(&self, head: u32, tokens: &[u32]) -> Option<(std::ops::Range<u32>, u32)> {
        let tree = self.tree;
        let role_in = |scope: &[u32]| {
            self.mentions.iter().rev().find_map(|mention| match mention.meaning {
                Meaning::Role { role } if scope.contains(&(mention.tokens.end - 1)) => {
                    Some((mention.tokens.clone(), role))
                }
                _ => None,
            })
        };
        if let Some(found) = role_in(tokens) {
            return Some(found);
        }
        // "Zakharova, the ministry's spokeswoman" and "the president, Abdullah Gul"
        let apposition = tree.child_by(head, APPOSED)?;
        let scope = tree.noun_phrase(apposition);
        self.mentions.iter().find_map(|mention| match mention.meaning {
            Meaning::Role { role }
                if mention.tokens.contains(&apposition) || scope.contains(&(mention.tokens.end - 1)) =>
            {
                Some((mention.tokens.clone(), role))
            }
            _ => None,
        })
    }

    fn scope_of_title(&self, head: u32, tokens: &[u32], anchor: u32) -> Vec<u32> {
        if tokens.contains(&anchor) {
            return tokens.to_vec();
        }
        match self.tree.child_by(head, APPOSED) {
            Some(apposition) => self.tree.noun_phrase(apposition),
            None => tokens.to_vec(),
        }
    }

    fn fill_person(&self, draft: &mut PartyDraft, head: u32, tokens: &[u32], name: String) {
        draft.sort = PartySort::Person;
        if let Some(known) = self.discourse.person(&name) {
            draft.code.clone_from(&known.code);
            draft.name.clone_from(&known.name);
            draft.sector = known.sector;
            draft.person.clone_from(&known.person);
            draft.role.clone_from(&known.role);
        } else {
            draft.person = Some(name);
        }
        self.fill_title(draft, head, tokens);
        let described = || {
            let apposition = self.tree.child_by(head, APPOSED)?;
            self.affiliation(apposition, &self.tree.noun_phrase(apposition))
        };
        if draft.code.is_none()
            && let Some(affiliation) = self.affiliation(head, tokens).or_else(described)
        {
            draft.name = Some(affiliation.name);
            draft.code = affiliation.code;
        }
    }

    /// The role noun that heads the phrase; a compound before the head may be the longer match.
    fn role_of(&self, head: u32, tokens: &[u32]) -> Option<(std::ops::Range<u32>, u32)> {
        let on_head = self.mentions.iter().find_map(|mention| match mention.meaning {
            Meaning::Role { role } if mention.tokens.contains(&head) => Some((mention.tokens.clone(), role)),
            _ => None,
        });
        on_head.or_else(|| {
            // "a group of rebels", "dozens of protesters", "one of the ministers"
            const CONTAINERS: &[&str] = &[
                "group",
                "dozen",
                "hundred",
                "thousand",
                "score",
                "number",
                "member",
                "one",
                "some",
                "many",
                "couple",
                "majority",
                "team",
                "crowd",
                "band",
                "pair",
                "series",
                "most",
                "several",
                "million",
                "convoy",
                "unit",
                "delegation",
                "column",
            ];
            let tree = self.tree;
            let lemma = tree.lemma(head);
            if !CONTAINERS.contains(&lemma) && tree.token(head).tag != Tag::Num {
                return None;
            }
            let inner = tree.children_by(head, Relation::Nmod).find(|child| tokens.contains(child))?;
            self.mentions.iter().find_map(|mention| match mention.meaning {
                Meaning::Role { role } if mention.tokens.contains(&inner) => Some((mention.tokens.clone(), role)),
                _ => None,
            })
        })
    }

    fn fill_role(&self, draft: &mut PartyDraft, head: u32, tokens: &[u32], role: (std::ops::Range<u32>, u32)) {
        let noun = &self.lexicon.roles[role.1 as usize];
        draft.sort = PartySort::Role;
        draft.sector = Some(self.sector_within(head, tokens, noun.sector));
        let words: Vec<&str> = role.0.clone().map(|token| self.tree.lemma(token)).collect();
        let title = words.join(" ");
        let appositive = self.named_apposition(head);
        if let Some(name) = &appositive {
            draft.person = Some(name.clone());
            draft.sort = PartySort::Person;
        }
        let affiliation = self
            .affiliation(head, tokens)
            .or_else(|| self.affiliation_of_apposition(head))
            .or_else(|| self.affiliation_of_owner(head))
            .or_else(|| self.discourse_affiliation(head, &title, noun.person));
        if noun.person {
            draft.role = Some(title.clone());
        }
        match affiliation {
            Some(affiliation) => {
                draft.name = Some(if noun.person || draft.sort == PartySort::Person {
                    affiliation.name.clone()
                } else if noun.office || draft.sector == Some(Sector::Government) {
                    format!("{} ({})", capitalised(&title), affiliation.name)
                } else {
                    affiliation.name.clone()
                });
                if affiliation.kind == ActorKind::Breakaway || affiliation.kind == ActorKind::Group {
                    draft.sector = affiliation.sector.or(draft.sector);
                }
                draft.code = affiliation.code;
            }
            None => {
                if let Some(known) =
                    self.discourse.role_holder(&title).filter(|_| noun.person && self.is_definite(head))
                {
                    draft.code.clone_from(&known.code);
                    draft.name.clone_from(&known.name);
                    draft.person.clone_from(&known.person);
                }
            }
        }
        if draft.person.is_none() && noun.person && self.is_definite(head) {
            self.fill_known_holder(draft, &title);
        }
    }

    /// "the Pakistani ambassador" after "Pakistan's Ambassador to Moscow, Faisal Niaz Tirmizi".
    fn fill_known_holder(&self, draft: &mut PartyDraft, title: &str) {
        if let Some(known) = self.discourse.role_holder(title)
            && known.code == draft.code
        {
            draft.person.clone_from(&known.person);
        }
    }

    fn is_definite(&self, head: u32) -> bool {
        let tree = self.tree;
        !tree.children(head).iter().any(|&child| {
            tree.relation(child) == Relation::Det && (tree.is_word(child, "a") || tree.is_word(child, "an"))
        }) && tree.token(head).penn != chancery_model::Penn::Nns
    }

    /// The person named beside a role noun: "the spokeswoman, Maria Zakharova", also where the tree hangs the name on the
    /// phrase before it: "spokeswoman of the ministry, Maria Zakharova".
    fn named_apposition(&self, head: u32) -> Option<String> {
        use Relation::{Appos, Compound, Flat, NmodDesc};
        let tree = self.tree;
        let beside = |noun: u32| {
            tree.children(noun).iter().copied().filter(move |&child| {
                child > head && matches!(tree.relation(child), Appos | Flat | NmodDesc | Compound)
            })
        };
        let within = tree.children_by(head, Relation::Nmod).flat_map(beside);
        beside(head).chain(within.filter(|&child| tree.relation(child) == Appos)).find_map(|child| {
            match self.mention_at(child).map(|mention| mention.meaning) {
                Some(Meaning::Holder { office, holder, .. }) => {
                    Some(self.lexicon.offices[office as usize].holders[holder as usize].name.clone())
                }
                _ => self.recognised(child, NameKind::Person),
            }
        })
    }

    /// "its forces", "their envoy": the state or body that the pronoun stands for.
    fn affiliation_of_owner(&self, head: u32) -> Option<Affiliation> {
        let owner = self
            .tree
            .children_by(head, Relation::NmodPoss)
            .find(|&child| ["its", "their", "his", "her"].iter().any(|word| self.tree.is_word(child, word)))?;
        let party = self.pronoun(owner);
        Some(Affiliation {
            name: party.code.as_deref().and_then(|code| self.entity_name(code))?,
            code: party.code,
            sector: None,
            kind: ActorKind::State,
            by_place: false,
        })
    }

    fn affiliation_of_apposition(&self, head: u32) -> Option<Affiliation> {
        let child = self.tree.child_by(head, &[Relation::Appos, Relation::Flat])?;
        match self.mention_at(child)?.meaning {
            Meaning::Holder { office, .. } => {
                let office = &self.lexicon.offices[office as usize];
                Some(Affiliation {
                    code: Some(office.code.clone()),
                    name: self.entity_name(&office.code).unwrap_or_default(),
                    sector: Some(office.sector),
                    kind: ActorKind::State,
                    by_place: false,
                })
            }
            _ => None,
        }
    }

    /// "The ministry", "the government", "the army" of a country that the discourse is about.
    fn discourse_affiliation(&self, head: u32, title: &str, person: bool) -> Option<Affiliation> {
        if !self.is_definite(head) {
            return None;
        }
        const OF_A_COUNTRY: &[&str] = &[
            "government",
            "ministry",
            "foreign ministry",
            "defence ministry",
            "defense ministry",
            "army",
            "military",
            "parliament",
            "president",
            "prime minister",
            "foreign minister",
            "police",
            "cabinet",
            "junta",
            "regime",
            "supreme court",
            "state media",
            "premier",
            "king",
            "opposition",
            "central bank",
            "interior ministry",
            "national assembly",
            "ruling party",
            "navy",
            "air force",
        ];
        // "the Deputy Secretary" of a release by the department itself
        const OF_THE_ISSUER: &[&str] = &[
            "secretary",
            "deputy secretary",
            "under secretary",
            "assistant secretary",
            "secretary of state",
            "special envoy",
            "special representative",
            "administration",
            "department",
            "spokesperson",
            "spokesman",
            "spokeswoman",
            "minister",
            "vice president",
        ];
        let known = if person { self.discourse.role_holder(title) } else { None };
        if known.is_some_and(|holder| holder.code.is_some()) {
            return None;
        }
        let home =
            self.discourse.home().filter(|_| OF_A_COUNTRY.contains(&title) || OF_THE_ISSUER.contains(&title));
        let focus = || self.discourse.focus().filter(|_| OF_A_COUNTRY.contains(&title));
        let (code, name) = home.map(|(code, name)| (code, name)).or_else(focus)?;
        Some(Affiliation {
            code: Some(code.clone()),
            name: name.clone(),
            sector: None,
            kind: ActorKind::State,
            by_place: false,
        })
    }

    /// The country or body that the phrase's own words give: an adjective or possessive before the head, then "of X",
    /// then "in X" or "from X".
    fn affiliation(&self, head: u32, tokens: &[u32]) -> Option<Affiliation> {
        let tree = self.tree;
        let mut best: Option<(u8, u32, &'a Mention)> = None;
        for mention in self.mentions {
            let at = mention.tokens.end - 1;
            if !is_actor(mention) && !matches!(mention.meaning, Meaning::Holder { .. })
                || !tokens.contains(&at)
                || mention.tokens.contains(&head)
            {
                continue;
            }
            if self.is_destination(at, head) {
                continue;
            }
            let form = match mention.meaning {
                Meaning::Actor { form, .. } => form,
                _ => NameForm::Name,
            };
            let rank = if at < head {
                if form == NameForm::Adjective { 0 } else { 1 }
            } else if tree.cases(at).any(|case| case == "of" || case == "from" || case == "for") {
                2
            } else {
                3
            };
            let distance = at.abs_diff(head);
            if best.is_none_or(|(r, d, _)| (rank, distance) < (r, d)) {
                best = Some((rank, distance, mention));
            }
        }
        let (rank, _, mention) = best?;
        Some(Affiliation { by_place: rank == 3, ..self.affiliation_by(mention)? })
    }

    /// "ambassador to Poland", "envoy for Syria": the country named is not the one that sends.
    fn is_destination(&self, token: u32, head: u32) -> bool {
        // "a spokesman for the Omani navy" speaks for it
        const FOR_SOMEBODY: &[&str] = &[
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "lawyer",
            "attorney",
            "counsel",
            "candidate",
            "negotiator",
        ];
        let speaks_for = FOR_SOMEBODY.contains(&self.tree.lemma(head));
        token > head && {
            let phrase_head = self.outermost_below(token, head);
            self.tree.cases(phrase_head).any(|case| {
                ["to", "on", "against", "with", "about", "towards"].contains(&case.as_str())
                    || case == "for" && !speaks_for
            })
        }
    }

    fn outermost_below(&self, mut token: u32, head: u32) -> u32 {
        while let Some(parent) = self.tree.head(token) {
            if parent == head {
                return token;
            }
            token = parent;
        }
        token
    }

    fn affiliation_by(&self, mention: &Mention) -> Option<Affiliation> {
        match mention.meaning {
            Meaning::Actor { actor, .. } => {
                let actor = self.actor(actor);
                let code = actor.code.clone().or_else(|| (actor.of.len() == 1).then(|| actor.of[0].clone()));
                if code.is_none() && matches!(actor.kind, ActorKind::Region | ActorKind::Faith) {
                    return None;
                }
                Some(Affiliation {
                    code,
                    name: actor.name.clone(),
                    sector: actor.sector,
                    kind: actor.kind,
                    by_place: false,
                })
            }
            Meaning::Holder { office, .. } => {
                let office = &self.lexicon.offices[office as usize];
                let name = self.entity_name(&office.code).unwrap_or_default();
                Some(Affiliation {
                    code: Some(office.code.clone()),
                    name,
                    sector: Some(office.sector),
                    kind: ActorKind::State,
                    by_place: false,
                })
            }
            Meaning::Role { .. } => None,
        }
    }

    /// Armed, rebel, opposition and separatist modifiers say more than a plain head noun: "rebel official".
    fn sector_within(&self, head: u32, tokens: &[u32], own: Sector) -> Sector {
        if !matches!(own, Sector::Government | Sector::Civilian | Sector::Unknown | Sector::Elite) {
            return own;
        }
        let stronger = [
            Sector::Rebel,
            Sector::Opposition,
            Sector::Military,
            Sector::Police,
            Sector::Judiciary,
            Sector::Legislature,
            Sector::Intelligence,
            Sector::Separatist,
            Sector::UnidentifiedArmed,
            Sector::Medical,
            Sector::Education,
            Sector::Business,
            Sector::Labour,
        ];
        self.mentions
            .iter()
            .filter(|mention| tokens.contains(&mention.tokens.start) && mention.tokens.end <= head)
            .find_map(|mention| match mention.meaning {
                Meaning::Role { role } => {
                    let sector = self.lexicon.roles[role as usize].sector;
                    stronger.contains(&sector).then_some(sector)
                }
                _ => None,
            })
            .unwrap_or(own)
    }

    fn fill_thing(&self, draft: &mut PartyDraft, head: u32, tokens: &[u32]) {
        let tree = self.tree;
        // "residence and workplace of the President": the second noun's complement is the first one's too
        let shared = || {
            let other = tree.children_by(head, Relation::Conj).next()?;
            self.affiliation(other, &tree.noun_phrase(other)).filter(|_| tree.token(other).tag == Tag::Noun)
        };
        if let Some(affiliation) = self.affiliation(head, tokens).or_else(shared) {
            draft.code = affiliation.code;
            draft.name = Some(affiliation.name);
            draft.sector = affiliation.sector;
            if affiliation.by_place {
                draft.sort = PartySort::LocatedThing;
            }
        }
        if let Some(name) = self.recognised(head, NameKind::Organisation) {
            draft.sort = PartySort::Entity;
            draft.name = Some(name);
        } else if is_human(tree.lemma(head)) {
            draft.sort = PartySort::People;
            draft.sector = draft.sector.or(Some(Sector::Civilian));
        } else if self.is_collective(head) {
            draft.sort = PartySort::Role;
        } else if tree.token(head).tag == Tag::Num && tokens.len() <= 2 {
            draft.sort = PartySort::People; // "four were arrested"
            draft.sector = Some(Sector::Civilian);
        } else if self.mention_at(head).is_some() && self.demonym_stands_alone(head) {
            draft.sort = PartySort::People; // "the French", "six Chinese"
            let mention = self.mention_at(head).and_then(|mention| self.affiliation_by(mention));
            draft.code = mention.as_ref().and_then(|affiliation| affiliation.code.clone());
            draft.name = mention.map(|affiliation| affiliation.name);
            draft.sort = PartySort::Entity;
        } else if tree.token(head).tag == Tag::Propn {
            self.fill_city(draft, head);
        }
    }

    /// "the Hirak movement", "two rival bodies": many human beings who act as one.
    fn is_collective(&self, head: u32) -> bool {
        self.lexicon.classes.holds("collective", self.tree.lemma(head))
    }

    /// A city stands for those who live there; one that the gazetteer does not know is a place all the same.
    fn fill_city(&self, draft: &mut PartyDraft, head: u32) {
        let place = self.recognised(head, NameKind::Location);
        let name = place.clone().unwrap_or_else(|| draft.span.of(self.tree.text).to_owned());
        let known: Vec<&str> = draft.code.as_deref().into_iter().collect();
        match city_in(&name, &known) {
            Some(city) if place.is_some() || city.population >= LARGE_CITY => {
                draft.sort = PartySort::Place;
                draft.name = Some(city.name.to_owned());
                draft.code = Some(city.country.to_owned());
                draft.sector = draft.sector.or(Some(Sector::Civilian));
            }
            _ if place.is_some() => {
                draft.sort = PartySort::Place;
                draft.name = place;
            }
            _ => {}
        }
    }

    fn demonym_stands_alone(&self, head: u32) -> bool {
        matches!(
            self.mention_at(head).map(|mention| mention.meaning),
            Some(Meaning::Actor { form: NameForm::Adjective | NameForm::Prefix, .. })
        )
    }
}

fn is_actor(mention: &Mention) -> bool {
    matches!(mention.meaning, Meaning::Actor { .. })
}

/// Nouns for human beings as such; role nouns of the lexicon come first.
fn is_human(lemma: &str) -> bool {
    const HUMANS: &[&str] = &[
        "people",
        "person",
        "man",
        "woman",
        "child",
        "boy",
        "girl",
        "civilian",
        "victim",
        "individual",
        "citizen",
        "national",
        "resident",
        "family",
        "inhabitant",
        "population",
        "other",
        "survivor",
        "passenger",
        "member",
        "youth",
        "teenager",
        "human",
        "crew",
        "villager",
        "foreigner",
        "tourist",
        "relative",
        "public",
        "community",
    ];
    HUMANS.contains(&lemma)
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
