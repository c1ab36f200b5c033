use chancery_language::segment;
use proptest::prelude::*;

use super::*;
use crate::dates::find_dates;

/// The figures of a text: value (and high), unit, qualifier unless exact, and what is counted.
fn tell(text: &str) -> Vec<String> {
    let published = Some(jiff::civil::date(2026, 2, 28));
    let mut lines = Vec::new();
    for sentence in segment(text) {
        let dates = find_dates(text, &sentence, published);
        for figure in find_figures(text, &sentence, &dates) {
            let high = figure.high.map_or(String::new(), |high| format!("..{high}"));
            let qualifier = match figure.qualifier {
                Qualifier::Exactly => String::new(),
                other => format!("{other} "),
            };
            let ordinal = if figure.is_ordinal { "th" } else { "" };
            lines.push(format!(
                "{qualifier}{}{high}{ordinal} {} ({})",
                figure.value,
                figure.unit,
                figure.counts.of(text)
            ));
        }
    }
    lines
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(tell(text), expected, "figures of `{text}`");
}

#[test]
fn the_examples_of_the_unit_files_hold() {
    for (wanted, text, expected) in units::examples() {
        let sentence = &segment(text)[0];
        let figures = find_figures(text, sentence, &find_dates(text, sentence, None));
        if wanted {
            let found: Vec<String> =
                figures.iter().map(|figure| format!("{} {}", figure.value, figure.unit)).collect();
            assert!(found.iter().any(|figure| figure == expected), "`{text}` gives {found:?}, not {expected}");
        } else {
            assert!(figures.iter().all(|figure| figure.unit != expected), "`{text}` gives {expected}");
        }
    }
}

#[test]
fn counted_nouns_are_found_and_made_singular() {
    check("More than 100 Elmish companies will take part.", &["more than 100 company (Elmish companies)"]);
    check("90 companies from Elmland are here.", &["90 company (companies from Elmland)"]);
    check("At least 26 people died.", &["at least 26 person (people)"]);
    check("It freed 40 prisoners of war.", &["40 prisoner (prisoners of war)"]);
    check("It grew over the past 75 years.", &["75 year (years)"]);
    check("The blast left 26 killed and 11 others injured.", &["26 person (killed)", "11 person (others)"]);
    check("The death toll rises to 66.", &["66 person (death toll)"]);
}

#[test]
fn number_words_and_scales() {
    check("Two dozen soldiers left.", &["24 soldier (soldiers)"]);
    check("Half a million refugees fled.", &["500000 refugee (refugees)"]);
    check("About three hundred and five troops came.", &["about 305 troop (troops)"]);
    check("Nearly 2.5 million voters stayed away.", &["about 2500000 voter (voters)"]);
    check("Twenty-six envoys and a hundred guards came.", &["26 envoy (envoys)", "100 guard (guards)"]);
    check("Scores of people fled.", &[]);
}

#[test]
fn money_and_measures() {
    check("Trade had reached US$1 billion.", &["1000000000 USD (Trade)"]);
    check("They signed a $5 billion deal.", &["5000000000 USD (deal)"]);
    check("They seek €20m in aid.", &["20000000 EUR (aid)"]);
    check("Supplies rose to 10 million tons of crude oil.", &["10000000 t (crude oil)"]);
    check("Exports fell by up to 10 percent.", &["up to 10 % (Exports)"]);
}

#[test]
fn ranges_have_two_ends() {
    check("Between 90 and 100 firms came.", &["90..100 firm (firms)"]);
    check("Some 90-100 firms came.", &["about 90..100 firm (firms)"]);
    check("It costs $2-3 billion.", &["2000000000..3000000000 USD ($2-3 billion)"]);
    check("Two or three ships came.", &["2..3 ship (ships)"]);
    check("From 5 to 7 ships came.", &["5..7 ship (ships)"]);
}

#[test]
fn qualifiers_before_and_behind() {
    check("No fewer than 30 villages burned.", &["at least 30 village (villages)"]);
    check("As many as 30 villages burned.", &["up to 30 village (villages)"]);
    check("Fewer than 30 villages burned.", &["less than 30 village (villages)"]);
    check("Roughly 30 villages burned.", &["about 30 village (villages)"]);
}

#[test]
fn ordinals_are_marked() {
    check("It was his fifth meeting with Oak.", &["5th meeting (meeting with Oak)"]);
    check("It was the first Elm-Oak Media Forum.", &["1th forum (Elm-Oak Media Forum)"]);
    check("It is its second-largest port.", &[]);
}

#[test]
fn rupees_are_those_of_the_country_named() {
    check("India and Pakistan met. Delhi pays Rs 500 crore.", &["5000000000 INR (Delhi pays)"]);
    check("It costs Rs 500.", &["500 rupee (Rs 500)"]);
}

#[test]
fn names_dates_scores_and_ages_are_no_figures() {
    check("The G7 met under Resolution 1701 on May 5, 2025.", &[]);
    check("A Su-35 and a Boeing 737 flew at 10:30.", &[]);
    check("Elmland beat Oakland 3-1. Oak, 51, wept.", &[]);
    check("At No. 10 one of the two countries agreed.", &[]);
    check("A 51-year-old man called 555-1234 about Article 5.", &[]);
}

proptest! {
    #[test]
    fn figures_are_in_order_and_finite(parts in prop::collection::vec(prop::sample::select(vec![
        "5", "$", "million", "-", "to", "and", "between", "ships", "of", "wheat", "two", "dozen", "half", "a", "hundred", "percent",
        "99999999999999999999", "1.5", "1/2", "more", "than", "th", "5th", "the", "meeting", "%", "m", "Rs", "toll", "at", "least", ",",
    ]), 0..20)) {
        let text = parts.join(" ");
        for sentence in segment(&text) {
            let mut end = 0;
            for figure in find_figures(&text, &sentence, &[]) {
                prop_assert!(figure.value.is_finite() && figure.high.is_none_or(|high| high > figure.value));
                prop_assert!(figure.tokens.end > end);
                end = figure.tokens.end;
                prop_assert!(!figure.counts.is_empty() && !figure.unit.is_empty());
            }
        }
    }
}
