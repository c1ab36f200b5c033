//! Where an act took place: cities of the gazetteer and countries, kept apart from capitals that stand for governments.
//!
//! The gazetteer is a sorted table that is searched as it lies in the program; nothing is built at start.

use std::sync::OnceLock;

use chancery_lexicon::{ActorKind, Lexicon, NameForm};
use chancery_model::{NameKind, Place, Relation, Tag};

use crate::mentions::{Meaning, Mention};
use crate::tree::Tree;

static CITIES: &str = include_str!("../../../data/places/cities.tsv");

/// One city of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct City {
    /// Usual English name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// Degrees north; `None` for states and provinces.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Thousands of people.
    pub population: u32,
}

/// The cities of that name, the largest first.
pub fn cities(name: &str) -> Vec<City> {
    let lines = line_starts();
    let key = |start: u32| CITIES[start as usize..].split('\t').next().unwrap_or_default();
    let first = lines.partition_point(|&start| key(start) < name);
    lines[first..].iter().take_while(|&&start| key(start) == name).filter_map(|&start| city(start)).collect()
}

/// The city of that name in one of those countries, else the largest of the name.
pub fn city_in(name: &str, countries: &[&str]) -> Option<City> {
    let found = cities(name);
    found.iter().find(|city| countries.contains(&city.country)).or(found.first()).copied()
}

fn line_starts() -> &'static [u32] {
    static STARTS: OnceLock<Vec<u32>> = OnceLock::new();
    STARTS.get_or_init(|| {
        let newlines = CITIES.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        let mut starts: Vec<u32> = newlines.collect();
        starts.pop(); // nothing follows the last line
        starts
    })
}

fn city(start: u32) -> Option<City> {
    let line = CITIES[start as usize..].split('\n').next()?;
    let mut fields = line.split('\t').skip(1);
    let name = fields.next()?;
    let country = fields.next()?;
    let lat = fields.next()?.parse().ok();
    let lon = fields.next()?.parse().ok();
    Some(City { name, country, lat, lon, population: fields.next()?.parse().unwrap_or(0) })
}

/// Prepositions that place an act.
const LOCATIVE: &[&str] =
    &["in", "at", "near", "outside", "inside", "across", "around", "within", "throughout", "off"];

/// Nouns for places, whose adjective tells where they lie.
const LANDS: &[&str] = &[
    "city",
    "town",
    "village",
    "capital",
    "province",
    "region",
    "state",
    "district",
    "county",
    "island",
    "port",
    "coast",
    "border",
    "territory",
    "area",
    "soil",
    "water",
    "waters",
    "airspace",
    "desert",
    "sea",
    "mountain",
    "valley",
    "north",
    "south",
    "east",
    "west",
    "suburb",
    "resort",
    "base",
    "airport",
    "republic",
    "governorate",
    "prefecture",
    "oblast",
    "countryside",
    "peninsula",
    "hospital",
    "school",
    "prison",
    "embassy",
    "camp",
    "enclave",
    "stronghold",
    "side",
];

/// The place of the act that `predicate` names: the phrase under a locative preposition nearest to it in the tree, else
/// the only place of the sentence.
pub fn place_of(lexicon: &Lexicon, tree: &Tree, mentions: &[Mention], predicate: u32) -> Option<Place> {
    place_near(lexicon, tree, mentions, predicate).map(|(_, place)| place)
}

/// The same with the head of the phrase that names it.
pub fn place_near(lexicon: &Lexicon, tree: &Tree, mentions: &[Mention], predicate: u32) -> Option<(u32, Place)> {
    place_under(lexicon, tree, mentions, predicate, LOCATIVE)
}

/// The place that force falls on: also "strikes on Kharkiv", "shelling of Goma".
pub fn target_near(lexicon: &Lexicon, tree: &Tree, mentions: &[Mention], predicate: u32) -> Option<(u32, Place)> {
    let on = || place_under(lexicon, tree, mentions, predicate, &["on", "against", "over", "of"]);
    place_near(lexicon, tree, mentions, predicate).or_else(on)
}

fn place_under(
    lexicon: &Lexicon,
    tree: &Tree,
    mentions: &[Mention],
    predicate: u32,
    prepositions: &[&str],
) -> Option<(u32, Place)> {
    let located: Vec<u32> = (0..tree.len())
        .filter(|&token| {
            matches!(tree.relation(token), Relation::Obl | Relation::Nmod)
                && tree.cases(token).any(|case| prepositions.contains(&case.as_str()))
                && matches!(tree.token(token).tag, Tag::Propn | Tag::Noun)
        })
        .collect();
    let own = located.iter().copied().filter(|&token| tree.is_under(token, predicate));
    let others = located.iter().copied().filter(|&token| !tree.is_under(token, predicate));
    own.chain(others).find_map(|token| Some((token, place_at(lexicon, tree, mentions, token)?)))
}

/// The place that a phrase names, its city before its country.
pub fn place_at(lexicon: &Lexicon, tree: &Tree, mentions: &[Mention], head: u32) -> Option<Place> {
    let tokens = tree.noun_phrase(head);
    let countries: Vec<(&str, &str)> = mentions
        .iter()
        .filter(|mention| tokens.contains(&mention.tokens.start) || is_apposed(tree, mention.tokens.start, head))
        .filter_map(|mention| match mention.meaning {
            // "in a Russian strike" names no place, "in the Russian city of Tula" does
            Meaning::Actor { form: NameForm::Adjective, .. } if !LANDS.contains(&tree.lemma(head)) => None,
            Meaning::Actor { actor, form: NameForm::Name | NameForm::Adjective | NameForm::Capital } => {
                let actor = &lexicon.actors[actor as usize];
                let is_land = matches!(actor.kind, ActorKind::State | ActorKind::Former | ActorKind::Breakaway);
                let code = actor.code.as_deref().filter(|_| is_land)?;
                Some((code, actor.name.as_str()))
            }
            _ => None,
        })
        .collect();
    let codes: Vec<&str> = countries.iter().map(|(code, _)| *code).collect();
    let mut names: Vec<String> = tree
        .sentence
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Location && tokens.contains(&name.tokens.start))
        .map(|name| tree.span(name.tokens.clone()).of(tree.text).to_owned())
        .collect();
    // "Kharkiv Oblast", "Herat Province": the name without the kind of region
    let shorter: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let (rest, kind) = name.rsplit_once(' ')?;
            LANDS.contains(&kind.to_lowercase().as_str()).then(|| rest.to_owned())
        })
        .collect();
    names.extend(shorter);
    names.push(tree.word(head).to_owned());
    let city = names
        .iter()
        .find_map(|name| city_in(name, &codes).filter(|city| codes.is_empty() || codes.contains(&city.country)));
    if let Some(city) = city {
        return Some(Place {
            name: city.name.to_owned(),
            country: Some(city.country.to_owned()),
            lat: city.lat,
            lon: city.lon,
        });
    }
    let (code, name) = countries.first()?;
    Some(Place { name: (*name).to_owned(), country: Some((*code).to_owned()), lat: None, lon: None })
}

/// "in Kirkuk, Iraq": the country stands in apposition or as a list item.
fn is_apposed(tree: &Tree, token: u32, head: u32) -> bool {
    tree.head(token) == Some(head)
        && matches!(
            tree.relation(token),
            Relation::Appos | Relation::NmodUnmarked | Relation::List | Relation::Parataxis
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_city_of_a_name_comes_first_and_a_country_decides() {
        assert_eq!(cities("Moscow")[0].country, "RUS");
        assert_eq!(city_in("Hyderabad", &["PAK"]).unwrap().country, "PAK");
        assert_eq!(city_in("Kiev", &[]).unwrap().name, "Kyiv");
        assert_eq!(cities("No Such Town"), []);
    }

    #[test]
    fn the_table_is_sorted_by_its_bytes() {
        let keys: Vec<&str> = CITIES.lines().skip(1).map(|line| line.split('\t').next().unwrap_or("")).collect();
        assert!(keys.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
