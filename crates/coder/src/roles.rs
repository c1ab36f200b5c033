//! Who holds which office: "Pakistan's Ambassador to Moscow, Faisal Niaz Tirmizi", "Lee, who became premier in 2021".
//!
//! In: a parsed sentence with its mentions. Out: a [`RoleDraft`] for every office noun that stands by a person's name or
//! is said of one. The words between noun and name are read as they stand, not through the tree: titles are short and
//! regular, and a parse that errs on one of their commas would lose the office.

mod affiliation;
mod nouns;
mod predication;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chancery_model::{CodePoints, NameKind, Relation, Role, Sector, Span, Tag};
use jiff::civil::Date;

use self::nouns::office_nouns;
use crate::mentions::Meaning;
use crate::parties::{PartyDraft, PartySort, Resolver};

/// A role before it is written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleDraft {
    /// Full name as the text gives it.
    pub person: String,
    /// Lower-case role noun.
    pub role: String,
    /// Code of the state or body that the office belongs to.
    pub of: Option<String>,
    /// Code of the state or body that the holder is accredited to.
    pub to: Option<String>,
    /// Ministry, parliament, company, institute.
    pub body: Option<String>,
    /// First day, where the text tells it.
    pub since: Option<Date>,
    /// The words it rests on.
    pub span: Span,
    /// True if the country stands in those very words.
    pub stated: bool,
    /// Sector that the office noun tells.
    pub sector: Option<Sector>,
}

impl RoleDraft {
    /// The holder as a party.
    pub fn party(&self, resolver: &Resolver) -> PartyDraft {
        PartyDraft {
            head: 0,
            span: self.span,
            name: self.of.as_ref().and_then(|code| resolver.entity_name(code)),
            code: self.of.clone(),
            sector: self.sector,
            person: Some(self.person.clone()),
            role: Some(self.role.clone()),
            sort: PartySort::Person,
        }
    }

    /// The record.
    pub fn record(&self, points: &CodePoints) -> Role {
        Role {
            person: self.person.clone(),
            role: self.role.clone(),
            of: self.of.clone(),
            to: self.to.clone(),
            body: self.body.clone(),
            since: self.since,
            span: points.extent(self.span),
        }
    }
}

/// Tokens between an office noun and its holder's name at most.
const REACH: u32 = 16;

/// The roles of a sentence in text order.
pub fn find_roles(resolver: &Resolver) -> Vec<RoleDraft> {
    let finder = Finder { resolver, persons: persons(resolver) };
    let mut found: Vec<RoleDraft> = Vec::new();
    for (noun, sector) in office_nouns(resolver) {
        if let Some(draft) = finder.role(&noun, sector)
            && !found.iter().any(|known| known.person == draft.person && known.role == draft.role)
        {
            found.push(draft);
        }
    }
    found
}

/// Keeps what says something new: an office with its country in the words, or the first word of it.
pub fn keep_new(known: &[RoleDraft], draft: &RoleDraft) -> bool {
    draft.stated
        || draft.since.is_some()
        || !known.iter().any(|other| other.person == draft.person && other.role == draft.role)
}

struct Person {
    tokens: Range<u32>,
    name: String,
    /// Code of the office that the register knows.
    code: Option<String>,
}

/// Every personal name of the sentence, by the register of offices or as recognised.
fn persons(resolver: &Resolver) -> Vec<Person> {
    let tree = resolver.tree;
    let mut found: Vec<Person> = Vec::new();
    for name in tree.sentence.names.iter().filter(|name| name.kind == NameKind::Person) {
        let text = tree.span(name.tokens.clone()).of(tree.text);
        found.push(Person { tokens: name.tokens.clone(), name: text.to_owned(), code: None });
    }
    for mention in resolver.mentions {
        let Meaning::Holder { office, holder, short } = mention.meaning else { continue };
        let office = &resolver.lexicon.offices[office as usize];
        let text = tree.span(mention.tokens.clone()).of(tree.text);
        let name = if short { office.holders[holder as usize].name.clone() } else { text.to_owned() };
        match found.iter_mut().find(|person| person.tokens.contains(&(mention.tokens.end - 1))) {
            Some(person) => person.code = Some(office.code.clone()),
            None => found.push(Person { tokens: mention.tokens.clone(), name, code: Some(office.code.clone()) }),
        }
    }
    for person in &mut found {
        if let Some(known) = resolver.discourse.person(&person.name)
            && let Some(full) = &known.person
            && full.split(' ').count() > person.name.split(' ').count()
        {
            person.name.clone_from(full);
        }
    }
    found.sort_by_key(|person| person.tokens.start);
    found
}

/// Sectors whose offices belong to a state.
fn is_public(sector: Option<Sector>) -> bool {
    use Sector::*;
    matches!(sector, Some(Government | Legislature | Military | Judiciary | Police | Intelligence))
}

struct Finder<'a> {
    resolver: &'a Resolver<'a>,
    persons: Vec<Person>,
}

impl Finder<'_> {
    fn role(&self, noun: &Range<u32>, sector: Option<Sector>) -> Option<RoleDraft> {
        let tree = self.resolver.tree;
        let (person, phrase, since) = self
            .after(noun)
            .or_else(|| self.before(noun))
            .map(|(person, phrase)| (person, phrase, None))
            .or_else(|| self.predicated(noun))?;
        let person = &self.persons[person];
        const PAST: &[&str] = &["former", "ex", "late", "outgoing", "onetime", "deposed", "ousted", "then"];
        if (phrase.start..noun.start).any(|token| PAST.contains(&tree.lemma(token))) {
            return None;
        }
        let words: Vec<&str> =
            noun.clone().map(|token| tree.lemma(token)).filter(|word| *word != "official").collect();
        let (of, to, body) = self.affiliation(noun, &phrase);
        let stated = of.is_some();
        let destined = to.is_some();
        let known = || self.resolver.discourse.person(&person.name).and_then(|known| known.code.clone());
        let of = of
            .or_else(|| person.code.clone())
            .or_else(known)
            .or_else(|| if is_public(sector) && !destined { self.only_country() } else { None });
        let first = phrase.start.min(person.tokens.start);
        let last = phrase.end.max(person.tokens.end);
        Some(RoleDraft {
            person: person.name.clone(),
            role: words.join(" "),
            of,
            to,
            body,
            since,
            span: tree.span(first..last),
            stated,
            sector,
        })
    }

    /// "Russian Ambassador to Pakistan Albert Khorev", "spokesperson of the ministry, Maria Zakharova".
    fn after(&self, noun: &Range<u32>) -> Option<(usize, Range<u32>)> {
        let index = self.persons.iter().position(|person| person.tokens.start >= noun.end)?;
        let start = self.persons[index].tokens.start;
        let between = noun.end..start;
        if start - noun.end > REACH || !self.is_phrase(between.clone()) || self.other_role(between.clone()) {
            return None;
        }
        // "told the minister, Ali": a comma needs a complement or a definite phrase before it, not another name's end
        let tree = self.resolver.tree;
        let with_preposition = between.clone().any(|token| tree.token(token).tag == Tag::Adp);
        let bare = between.clone().all(|token| tree.is_word(token, ","));
        if !with_preposition && !bare {
            return None;
        }
        let begin = self.modifiers(noun.start);
        if bare && !between.is_empty() && begin == noun.start {
            return None;
        }
        Some((index, begin..start))
    }

    /// "Maria Zakharova, the ministry's spokeswoman", "Belokrantsky, Head of the Department".
    fn before(&self, noun: &Range<u32>) -> Option<(usize, Range<u32>)> {
        let tree = self.resolver.tree;
        let begin = self.modifiers(noun.start);
        let comma = begin.checked_sub(1).filter(|&token| tree.is_word(token, ",") || tree.is_word(token, "("))?;
        let index = self.persons.iter().position(|person| person.tokens.end == comma)?;
        let mut end = noun.end;
        while end < tree.len() && end - noun.end < REACH && self.is_phrase(end..end + 1) {
            end += 1;
        }
        while end > noun.end && tree.token(end - 1).tag == Tag::Punct {
            end -= 1;
        }
        Some((index, begin..end))
    }

    /// The start of the modifiers before an office noun: "the Russian Foreign Ministry's".
    fn modifiers(&self, start: u32) -> u32 {
        let tree = self.resolver.tree;
        let mut begin = start;
        while begin > 0 {
            let before = begin - 1;
            let token = tree.token(before);
            let fits = matches!(token.tag, Tag::Adj | Tag::Propn | Tag::Noun | Tag::Det | Tag::Num)
                || matches!(tree.word(before), "’s" | "'s" | "’" | "'" | "-")
                || token.tag == Tag::Verb && tree.relation(before) == Relation::Amod;
            if !fits || self.persons.iter().any(|person| person.tokens.contains(&before)) || start - before > 8 {
                break;
            }
            begin = before;
        }
        begin
    }

    /// True if the tokens can all stand within a title: names, nouns, "of", "to", "at", commas.
    fn is_phrase(&self, mut tokens: Range<u32>) -> bool {
        let tree = self.resolver.tree;
        tokens.all(|token| {
            let free = !self.persons.iter().any(|person| person.tokens.contains(&token));
            free && match tree.token(token).tag {
                Tag::Propn | Tag::Noun | Tag::Adj | Tag::Det | Tag::Num => true,
                Tag::Adp => matches!(tree.lemma(token), "of" | "to" | "for" | "at" | "in" | "on"),
                Tag::Cconj => tree.is_word(token, "and") && token > 0 && tree.token(token - 1).tag == Tag::Propn,
                Tag::Punct | Tag::Part => matches!(tree.word(token), "," | "’s" | "'s" | "-" | "’" | "“" | "”"),
                _ => false,
            }
        })
    }

    fn other_role(&self, tokens: Range<u32>) -> bool {
        self.resolver.mentions.iter().any(|mention| match mention.meaning {
            Meaning::Role { role } => {
                tokens.contains(&mention.tokens.start) && self.resolver.lexicon.roles[role as usize].person
            }
            _ => false,
        })
    }
}
