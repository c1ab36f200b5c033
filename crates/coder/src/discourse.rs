//! What the sentences read so far have introduced: persons, bodies, and the pair of countries in view.

use std::collections::BTreeMap;

use crate::parties::{PartyDraft, PartySort};

/// Code and name.
pub type Country = (String, String);

/// The memory of one document, filled sentence by sentence.
#[derive(Clone, Debug, Default)]
pub struct Discourse {
    /// Full name → party, for persons introduced by a full name.
    persons: Vec<PartyDraft>,
    last_person: Option<PartyDraft>,
    last_body: Option<PartyDraft>,
    speaker: Option<PartyDraft>,
    /// Country → name and weight; later mentions weigh more than earlier ones by recency of the sentence.
    countries: BTreeMap<String, Seen>,
    pair: Option<(Country, Country)>,
    home: Option<Country>,
    sentence: u32,
}

#[derive(Clone, Debug)]
struct Seen {
    name: String,
    times: u32,
    last: u32,
}

impl Discourse {
    /// The person of that name, full or last word only.
    pub fn person(&self, name: &str) -> Option<&PartyDraft> {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let full = |draft: &&PartyDraft| draft.person.as_deref() == Some(name);
        let short = |draft: &&PartyDraft| {
            !name.contains(' ')
                && draft.person.as_deref().is_some_and(|person| person.split(' ').any(|word| word == last))
        };
        let spelt = |draft: &&PartyDraft| draft.person.as_deref().is_some_and(|person| same_person(person, name));
        let persons = || self.persons.iter().rev();
        persons().find(full).or_else(|| persons().find(short)).or_else(|| persons().find(spelt))
    }

    /// The latest person introduced in that role: "ambassador" for "the ambassador".
    pub fn role_holder(&self, role: &str) -> Option<&PartyDraft> {
        self.persons.iter().rev().find(|draft| draft.role.as_deref() == Some(role))
    }

    /// The antecedent of "he" and "she".
    pub fn last_person(&self) -> Option<&PartyDraft> {
        self.last_person.as_ref()
    }

    /// The antecedent of "it" and "they".
    pub fn last_body(&self) -> Option<&PartyDraft> {
        self.last_body.as_ref()
    }

    /// Who speaks in a quotation: the antecedent of "we".
    pub fn speaker(&self) -> Option<&PartyDraft> {
        self.speaker.as_ref()
    }

    /// The state that issues the document: the antecedent of "we" and "the administration" in a ministry's release.
    pub fn home(&self) -> Option<&Country> {
        self.home.as_ref()
    }

    /// Sets the state that issues the document.
    pub fn note_home(&mut self, home: Option<Country>) {
        self.home = home;
    }

    /// The pair of countries in view, each as code and name.
    pub fn pair(&self) -> Option<(&Country, &Country)> {
        self.pair.as_ref().map(|(a, b)| (a, b))
    }

    /// The two countries that the document is about so far: those most often named, where no third one is named nearly as
    /// often.
    pub fn main_pair(&self) -> Option<(Country, Country)> {
        let mut times: Vec<u32> = self.countries.values().map(|seen| seen.times).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let rival = times.get(2).copied().unwrap_or(0);
        (times.len() >= 2 && 2 * rival <= times[1]).then(|| self.leading_pair()).flatten()
    }

    /// The country that "the government" belongs to: the most often named, the latest of equals.
    pub fn focus(&self) -> Option<(&String, &String)> {
        self.countries.iter().max_by_key(|(_, seen)| (seen.times, seen.last)).map(|(code, seen)| (code, &seen.name))
    }

    /// Takes note of a party; `subject` if it is what the sentence is about.
    pub fn note(&mut self, draft: &PartyDraft, subject: bool) {
        match draft.sort {
            PartySort::Person => {
                if draft.person.as_deref().is_some_and(|person| person.contains(' ')) {
                    // whoever was named last comes last; what an earlier mention told is kept
                    let earlier = self.persons.iter().position(|known| known.person == draft.person);
                    let earlier = earlier.map(|at| self.persons.remove(at));
                    let fuller = earlier.filter(|known| known.code.is_some() && draft.code.is_none());
                    self.persons.push(fuller.unwrap_or_else(|| draft.clone()));
                }
                if subject || self.last_person.is_none() {
                    self.last_person = Some(draft.clone());
                }
            }
            PartySort::Entity | PartySort::Role if subject || self.last_body.is_none() => {
                if draft.code.is_some() || draft.name.is_some() {
                    self.last_body = Some(draft.clone());
                }
                let known_by_name = self.last_person.as_ref().is_some_and(|known| known.person.is_some());
                if draft.person.is_some() || draft.role.is_some() && !known_by_name {
                    self.last_person = Some(draft.clone());
                }
            }
            _ => {}
        }
    }

    /// Takes note of the countries of one sentence, in order of mention; two or more become the pair in view.
    pub fn note_countries(&mut self, found: &[(String, String)]) {
        self.sentence += 1;
        let mut distinct: Vec<&(String, String)> = Vec::new();
        for country in found {
            if !distinct.iter().any(|known| known.0 == country.0) {
                distinct.push(country);
            }
            let seen = self.countries.entry(country.0.clone()).or_insert(Seen {
                name: country.1.clone(),
                times: 0,
                last: 0,
            });
            seen.times += 1;
            seen.last = self.sentence;
        }
        if distinct.len() == 2 {
            self.pair = Some((distinct[0].clone(), distinct[1].clone()));
        } else if distinct.len() > 2 || self.pair.is_none() {
            self.pair = self.leading_pair().or(self.pair.take());
        }
    }

    /// The two most often named countries.
    fn leading_pair(&self) -> Option<(Country, Country)> {
        let mut ranked: Vec<_> = self.countries.iter().collect();
        ranked.sort_by_key(|(code, seen)| (std::cmp::Reverse((seen.times, seen.last)), (*code).clone()));
        let entry = |(code, seen): &(&String, &Seen)| ((*code).clone(), seen.name.clone());
        Some((entry(ranked.first()?), entry(ranked.get(1)?)))
    }

    /// Sets who speaks.
    pub fn note_speaker(&mut self, draft: Option<PartyDraft>) {
        self.speaker = draft;
    }
}

/// "Albert P. Khorev" and "Albert Khorev": the same first and last words, initials apart.
fn same_person(a: &str, b: &str) -> bool {
    let ends = |name: &str| {
        let mut words = name.split(' ');
        let first = words.next().unwrap_or_default().to_lowercase();
        let last = words.next_back().unwrap_or_default().to_lowercase();
        (first, last)
    };
    let (a, b) = (ends(a), ends(b));
    !a.1.is_empty() && a == b
}
