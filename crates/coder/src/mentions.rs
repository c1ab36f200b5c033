//! Finds the names and role nouns of the lexicon in one sentence.
//!
//! In: a sentence with tokens, lemmas and recognised names. Out: [`Mention`]s in text order that never overlap. It
//! decides what a name means from the sentence alone; who "he" or "the ministry" is belongs to `discourse`.

use std::ops::Range;

use chancery_lexicon::{ActorKind, Lexicon, NameForm, Restrictions, Target};
use chancery_model::{Name, NameKind, Relation, Sentence, Tag};
use jiff::civil::Date;

use crate::places::cities;

/// A name or role noun of the lexicon, as it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Token indices.
    pub tokens: Range<u32>,
    /// What it stands for.
    pub meaning: Meaning,
}

/// What a [`Mention`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An actor of the lexicon.
    Actor {
        /// Index into `Lexicon::actors`.
        actor: u32,
        /// How the name stands for it.
        form: NameForm,
    },
    /// An office holder.
    Holder {
        /// Index into `Lexicon::offices`.
        office: u32,
        /// Index into `Office::holders`.
        holder: u32,
        /// True if only the name used alone was given, which others may share.
        short: bool,
    },
    /// A role noun.
    Role {
        /// Index into `Lexicon::roles`.
        role: u32,
    },
}

/// Lower-case words that begin names: "al-Qaida", "ash-Shabab", "de Gaulle".
const ARTICLES: &[&str] = &["al", "el", "an", "as", "ash", "ar", "at", "de", "von", "van", "la", "le", "da", "bin"];

/// Letters that a surname needs to be trusted where the recogniser sees no person: "Modi" needs it, "Erdogan" does not.
const SHORTEST_SURNAME: usize = 5;
/// The same for a word that the tagger takes for a proper noun.
const SHORTEST_NAME: usize = 4;

/// Longest name of the lexicon in words; longer ones would be cut here.
const LONGEST: usize = 12;

/// Finds all mentions of a sentence published on `published`.
pub fn find_mentions(lexicon: &Lexicon, text: &str, sentence: &Sentence, published: Option<Date>) -> Vec<Mention> {
    let words: Vec<&str> = sentence.tokens.iter().map(|token| straight(token.span.of(text))).collect();
    let finder = Finder { lexicon, sentence, published, capitals: is_shouted(&words), words };
    let lemmas: Vec<String> = (0..finder.words.len()).map(|at| finder.lemma(at)).collect();
    let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < finder.words.len() {
        let name = finder.name_at(at);
        let role = finder.role_at(at, &lemmas);
        let (length, meaning) = match (name, role) {
            (Some(name), Some(role)) if role.0 > name.0 => (role.0, Some(role.1)),
            (Some(name), _) => name,
            (None, Some(role)) => (role.0, Some(role.1)),
            (None, None) => (1, None),
        };
        if let Some(meaning) = meaning {
            mentions.push(Mention { tokens: at as u32..(at + length) as u32, meaning });
        }
        at += length;
    }
    mentions
}

/// True if a sentence can hold a record: it names a party or person, has a role noun or pronoun, or quotes. Looks at words
/// alone, so that sentences without any of these need no tags and no tree.
pub fn can_hold_record(lexicon: &Lexicon, text: &str, sentence: &Sentence) -> bool {
    let words: Vec<&str> = sentence.tokens.iter().map(|token| straight(token.span.of(text))).collect();
    let shouted = is_shouted(&words);
    (0..words.len()).any(|at| {
        let word = words[at];
        let Some(first) = word.chars().next() else { return false };
        if matches!(first, '"' | '“' | '”' | '‘' | '’') {
            return true;
        }
        if first.is_lowercase() && !ARTICLES.contains(&word) {
            return PRONOUNS.contains(&word) || is_role_word(lexicon, word);
        }
        let window = &words[at..words.len().min(at + LONGEST)];
        lexicon.names.name(window, shouted).is_some()
            || first.is_uppercase() && (at > 0 && !shouted || is_role_word(lexicon, &word.to_lowercase()))
            || PRONOUNS.contains(&word.to_lowercase().as_str())
    })
}

/// Pronouns that may stand for a party.
const PRONOUNS: &[&str] =
    &["he", "she", "they", "it", "we", "i", "him", "her", "them", "us", "who", "his", "their", "its"];

/// True for a word that begins a role noun, in the singular or a regular plural.
fn is_role_word(lexicon: &Lexicon, word: &str) -> bool {
    let begins = |form: &str| lexicon.names.begins_role(form);
    begins(word)
        || word.strip_suffix('s').is_some_and(begins)
        || word.strip_suffix("es").is_some_and(begins)
        || word.strip_suffix("ies").is_some_and(|stem| begins(&format!("{stem}y")))
        || word.strip_suffix("men").is_some_and(|stem| begins(&format!("{stem}man")))
        || matches!(word, "people" | "men" | "women" | "children" | "civilians" | "citizens" | "residents")
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
    published: Option<Date>,
    capitals: bool,
    words: Vec<&'a str>,
}

impl Finder<'_> {
    /// Length and meaning of the name that begins at `at`; a length without meaning is a name that is no party.
    fn name_at(&self, at: usize) -> Option<(usize, Option<Meaning>)> {
        let first = self.words[at];
        let is_lower = first.chars().next().is_some_and(char::is_lowercase) && !first.contains(char::is_uppercase);
        if is_lower && !ARTICLES.contains(&first) {
            return None;
        }
        let window = &self.words[at..self.words.len().min(at + LONGEST)];
        let shouted = self.capitals || first.len() >= 4 && first.chars().all(char::is_uppercase);
        let (length, targets) = self.lexicon.names.name(window, shouted)?;
        let meaning = self.choose(at, length, targets);
        match meaning {
            Some(Meaning::Actor { actor, .. })
                if self.lexicon.actors[actor as usize].kind == ActorKind::NotAParty =>
            {
                Some((length, None))
            }
            Some(meaning) => Some((length, Some(meaning))),
            None => None,
        }
    }

    fn choose(&self, at: usize, length: usize, targets: &[Target]) -> Option<Meaning> {
        let person = self.person_around(at, length);
        let mut actor = None;
        let mut holder = None;
        for target in targets {
            match *target {
                Target::Actor { actor: index, form, weak } => {
                    let inflected = matches!(form, NameForm::Adjective | NameForm::Prefix | NameForm::People);
                    if (inflected || !person) && self.actor_fits(index, form, weak, at, length) {
                        actor = self.better_actor(actor, index, form);
                    }
                }
                Target::Holder { office, holder: number } => {
                    holder = self.better_holder(holder, office, number, false);
                }
                Target::ShortName { office, holder: number } => {
                    if self.short_name_fits(at, length) {
                        holder = self.better_holder(holder, office, number, true);
                    }
                }
                Target::Role { .. } => {}
            }
        }
        match (actor, holder) {
            (actor, Some(Meaning::Holder { short: true, .. })) if actor.is_some() => actor,
            (_, Some(holder)) => Some(holder),
            (actor, None) => actor,
        }
    }

    /// True if a recognised personal name reaches beyond the match: "Michael Jordan", "Chad Smith".
    fn person_around(&self, at: usize, length: usize) -> bool {
        let Some(name) = self.name_over(at).filter(|name| name.kind == NameKind::Person) else { return false };
        let is_personal = |index: usize| {
            let lemma = self.lemma(index);
            self.words[index].starts_with(char::is_uppercase)
                && self.lexicon.names.role(&[lemma.as_str()]).is_none()
        };
        let (start, end) = (name.tokens.start as usize, name.tokens.end as usize);
        start < at && is_personal(at - 1) || end > at + length && is_personal(at + length)
    }

    fn name_over(&self, at: usize) -> Option<&Name> {
        self.sentence.names.iter().find(|name| name.tokens.contains(&(at as u32)))
    }

    fn actor_fits(&self, index: u32, form: NameForm, weak: bool, at: usize, length: usize) -> bool {
        let actor = &self.lexicon.actors[index as usize];
        if form == NameForm::Prefix && !self.joins(at + length) && !self.joins_before(at) {
            return false;
        }
        if weak && !self.is_flanked(at, length) {
            return false;
        }
        self.allows(&actor.restrictions, at, length)
    }

    /// Of actors that share a name, the one that existed on the day of publication, else the one nearest in time: an
    /// article of today may speak of the Warsaw Pact.
    fn better_actor(&self, known: Option<Meaning>, actor: u32, form: NameForm) -> Option<Meaning> {
        let Some(Meaning::Actor { actor: earlier, .. }) = known else {
            return Some(Meaning::Actor { actor, form });
        };
        let distance = |index: u32| {
            let actor = &self.lexicon.actors[index as usize];
            let day = self.published?;
            let before = actor.from.map_or(0, |from| (from - day).get_days());
            let after = actor.until.map_or(0, |until| (day - until).get_days());
            Some(before.max(after).max(0))
        };
        if distance(actor) < distance(earlier) { Some(Meaning::Actor { actor, form }) } else { known }
    }

    /// True if a hyphen follows: "Sino-Russian".
    fn joins(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| is_hyphen(word))
    }

    fn joins_before(&self, at: usize) -> bool {
        at > 0 && is_hyphen(self.words[at - 1])
    }

    /// A weak name counts next to a title, role noun or another name.
    fn is_flanked(&self, at: usize, length: usize) -> bool {
        let is_role = |index: usize| {
            let lemma = self.lemma(index);
            self.lexicon.names.role(&[lemma.as_str()]).is_some()
        };
        at.checked_sub(1).is_some_and(is_role)
            || self.words.get(at + length).is_some() && is_role(at + length)
            || self
                .name_over(at)
                .is_some_and(|name| matches!(name.kind, NameKind::Organisation | NameKind::Location))
    }

    fn allows(&self, restrictions: &Restrictions, at: usize, length: usize) -> bool {
        let has = |phrase: &String| self.contains(phrase);
        !(restrictions.unless.iter().any(has)
            || restrictions.unless_before.iter().any(|phrase| self.stands_at(phrase, at + length))
            || restrictions.unless_after.iter().any(|phrase| self.stands_before(phrase, at))
            || !restrictions.needs.is_empty() && !restrictions.needs.iter().any(has))
    }

    fn contains(&self, phrase: &str) -> bool {
        (0..self.words.len()).any(|at| self.stands_at(phrase, at))
    }

    fn stands_at(&self, phrase: &str, at: usize) -> bool {
        let mut count = 0;
        let fits = phrase.split(' ').enumerate().all(|(offset, wanted)| {
            count += 1;
            self.words.get(at + offset).is_some_and(|word| word.eq_ignore_ascii_case(wanted))
        });
        fits && count > 0
    }

    fn stands_before(&self, phrase: &str, at: usize) -> bool {
        let count = phrase.split(' ').count();
        at >= count && self.stands_at(phrase, at - count)
    }

    /// The term in office on the day of publication beats others; the latest begun before it beats the rest.
    fn better_holder(&self, known: Option<Meaning>, office: u32, holder: u32, short: bool) -> Option<Meaning> {
        let offered = Meaning::Holder { office, holder, short };
        let Some(Meaning::Holder { office: o, holder: h, short: known_short }) = known else {
            return Some(offered);
        };
        if known_short != short {
            return if short { known } else { Some(offered) };
        }
        let rank = |office: u32, holder: u32| {
            let term = &self.lexicon.offices[office as usize].holders[holder as usize];
            match self.published {
                Some(day) => (term.in_office(day), term.from <= day, term.from),
                None => (term.until.is_none(), true, term.from),
            }
        };
        if rank(office, holder) > rank(o, h) { Some(offered) } else { known }
    }

    /// A name used alone is trusted only if it is recognised as a person's or stands as a proper noun that no
    /// other word of a name adjoins.
    fn short_name_fits(&self, at: usize, length: usize) -> bool {
        match self.name_over(at) {
            Some(name) if name.kind == NameKind::Person => {
                name.tokens.end as usize == at + length && (name.tokens.start as usize == at || self.capitals)
            }
            // the recogniser misses many a surname; one that is no place's name and long enough is trusted
            other => {
                let alone = other.is_none_or(|name| name.tokens.end - name.tokens.start == length as u32);
                let word = self.words[at];
                let least =
                    if self.sentence.tokens[at].tag == Tag::Propn { SHORTEST_NAME } else { SHORTEST_SURNAME };
                alone && length == 1 && word.len() >= least && cities(word).is_empty()
            }
        }
    }

    fn role_at(&self, at: usize, lemmas: &[&str]) -> Option<(usize, Meaning)> {
        let window = &lemmas[at..lemmas.len().min(at + LONGEST)];
        let (length, targets) = self.lexicon.names.role(window)?;
        let is_noun = |index: usize| {
            matches!(self.sentence.tokens[index].tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::X | Tag::Verb)
        };
        let head = at + length - 1;
        let head_is_noun = matches!(self.sentence.tokens[head].tag, Tag::Noun | Tag::Propn | Tag::X)
            || length > 1 && is_noun(head)
            || self.sentence.tokens[head].tag == Tag::Adj
                && (self.words[head].starts_with(char::is_uppercase) || self.fills_a_place(head));
        if !head_is_noun {
            return None;
        }
        targets.iter().find_map(|target| match *target {
            Target::Role { role } if self.allows(&self.lexicon.roles[role as usize].restrictions, at, length) => {
                Some((length, Meaning::Role { role }))
            }
            _ => None,
        })
    }

    /// True for a word that stands where a noun stands, whatever its tag: "the military said".
    fn fills_a_place(&self, at: usize) -> bool {
        use Relation::{Nmod, NmodPoss, Nsubj, NsubjPass, Obj, Obl, OblAgent};
        matches!(self.sentence.tokens[at].relation, Nsubj | NsubjPass | Obj | Obl | OblAgent | Nmod | NmodPoss)
    }

    fn lemma(&self, at: usize) -> String {
        let token = &self.sentence.tokens[at];
        let known = if token.lemma.is_empty() { self.words[at] } else { token.lemma.as_str() };
        known.to_lowercase()
    }
}

/// The typographic apostrophes of "’s" and "Workers’" read as the straight ones of the lexicon.
fn straight(word: &str) -> &str {
    match word {
        "’s" => "'s",
        "’" => "'",
        _ => word,
    }
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‑" | "/")
}

/// True if nearly all letters are capitals, as in headlines of old wires.
fn is_shouted(words: &[&str]) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in words.iter().flat_map(|word| word.chars()) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 8 && lower * 5 < upper
}
