use chancery_language::segment;
use chancery_model::Grain;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A Saturday.
const PUBLISHED: Date = date(2026, 2, 28);

/// The times of a text published on 28 February 2026, one a line: words, days, kind, bound.
fn tell(text: &str) -> Vec<String> {
    let mut anchor = None;
    let mut lines = Vec::new();
    for sentence in segment(text) {
        for mention in find_dates_after(text, &sentence, Some(PUBLISHED), anchor) {
            anchor = mention.interval.filter(|_| mention.kind == DateKind::Date).or(anchor);
            let days = mention.interval.map_or("?".to_owned(), |days| match days.grain {
                Grain::Day if days.start == days.end => days.start.to_string(),
                _ => format!("{}..{}", days.start, days.end),
            });
            let mut line = format!("{} = {days}", mention.span.of(text));
            if mention.kind != DateKind::Date {
                line += &format!(" {:?}", mention.kind);
            }
            if mention.bound != Bound::None {
                line += &format!(" {:?}", mention.bound);
            }
            lines.push(line);
        }
    }
    lines
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(tell(text), expected, "times of `{text}`");
}

#[test]
fn full_dates_in_every_order() {
    check("They met on Feb. 14, 2025.", &["Feb. 14, 2025 = 2025-02-14"]);
    check("They met on 29 February 2024.", &["29 February 2024 = 2024-02-29"]);
    check("They met on the 5th of May 2025.", &["the 5th of May 2025 = 2025-05-05"]);
    check("They met on 2026-02-13.", &["2026-02-13 = 2026-02-13"]);
    check("They met on 13/02/2026.", &["13/02/2026 = 2026-02-13"]);
    check("They met on Friday, February 13, 2026.", &["Friday, February 13, 2026 = 2026-02-13"]);
    check("They met on June 1-2, 2021.", &["June 1-2, 2021 = 2021-06-01..2021-06-02"]);
    check("Since 9/11 much has changed.", &["9/11 = 2001-09-11 Since"]);
}

#[test]
fn dates_without_a_year_are_near() {
    check("They met on February 13.", &["February 13 = 2026-02-13"]);
    check("They met in November.", &["November = 2025-11-01..2025-11-30"]);
    check("They will meet on March 5.", &["March 5 = 2026-03-05"]);
    check("Talks are scheduled for May.", &["May = 2026-05-01..2026-05-31"]);
    check("They met last June.", &["last June = 2025-06-01..2025-06-30"]);
}

#[test]
fn weekdays_follow_the_direction_of_the_sentence() {
    check("They met on Tuesday.", &["Tuesday = 2026-02-24"]);
    check("They will meet on Tuesday.", &["Tuesday = 2026-03-03"]);
    check("He said on Monday that they will meet on Friday.", &["Monday = 2026-02-23", "Friday = 2026-03-06"]);
    check("They met last Saturday.", &["last Saturday = 2026-02-21"]);
    check("The Sunday Times wrote so.", &[]);
    check("They met on Friday morning.", &["Friday morning = 2026-02-27 TimeOfDay"]);
}

#[test]
fn calendar_units_near_publication() {
    check("It fell last month.", &["last month = 2026-01-01..2026-01-31"]);
    check("It fell last year.", &["last year = 2025-01-01..2025-12-31"]);
    check("It fell last week.", &["last week = 2026-02-16..2026-02-22"]);
    check("It will fall next month.", &["next month = 2026-03-01..2026-03-31"]);
    check("It fell earlier this month.", &["earlier this month = 2026-02-01..2026-02-28"]);
    check("It will fall later this year.", &["later this year = 2026-02-28..2026-12-31"]);
    check("It fell yesterday, rose today.", &["yesterday = 2026-02-27", "today = 2026-02-28"]);
    check("It will rise tomorrow.", &["tomorrow = 2026-03-01"]);
    check("It fell this weekend.", &["this weekend = 2026-02-28..2026-03-01"]);
}

#[test]
fn reckoned_times() {
    check("He left two days ago.", &["two days ago = 2026-02-26"]);
    check("He left a decade ago.", &["a decade ago = 2016-01-01..2016-12-31"]);
    check("He left several years ago.", &["several years ago = ? Past"]);
    check("Ties grew over the past 75 years.", &["the past 75 years = 1951-02-28..2026-02-28 Duration"]);
    check("It will open in the next three months.", &["the next three months = 2026-02-28..2026-05-28 Duration"]);
    check("It took six months.", &["six months = ? Duration"]);
    check("A 90-day truce began.", &["90-day = ? Duration"]);
    check("A 51-year-old man left.", &[]);
    check("Ties improved in recent years.", &["recent years = ? Past"]);
}

#[test]
fn years_decades_centuries_and_parts() {
    check("It was built in the 1970s.", &["the 1970s = 1970-01-01..1979-12-31"]);
    check("It was built in the 90s.", &["the 90s = 1990-01-01..1999-12-31"]);
    check("In the early 2010s ties grew.", &["the early 2010s = 2010-01-01..2012-12-31"]);
    check("It opened in mid-2024.", &["mid-2024 = 2024-05-01..2024-08-31"]);
    check("It opened late last year.", &["late last year = 2025-09-01..2025-12-31"]);
    check("It opened at the end of March.", &["the end of March = 2026-03-22..2026-03-31"]);
    check("It was a power in the 19th century.", &["the 19th century = 1801-01-01..1900-12-31"]);
    check("It opened in the first half of 2025.", &["the first half of 2025 = 2025-01-01..2025-06-30"]);
}

#[test]
fn bounds_and_ranges() {
    check("They have had ties since 1948.", &["1948 = 1948-01-01..1948-12-31 Since"]);
    check("It will open by 2026.", &["2026 = 2026-01-01..2026-12-31 By"]);
    check("He ruled from 2014 to 2016.", &["2014 to 2016 = 2014-01-01..2016-12-31"]);
    check("It fell between May and July 2025.", &["May and July 2025 = 2025-05-01..2025-07-31"]);
    check("In 2022-23 trade fell.", &["2022-23 = 2022-01-01..2023-12-31"]);
    check("In 2013–2014 trade fell.", &["2013–2014 = 2013-01-01..2014-12-31"]);
}

#[test]
fn quarters_seasons_and_fiscal_years() {
    check("It grew in the first quarter of 2026.", &["the first quarter of 2026 = 2026-01-01..2026-03-31"]);
    check("It grew in Q3 2025.", &["Q3 2025 = 2025-07-01..2025-09-30"]);
    check("It opened in spring 2025.", &["spring 2025 = 2025-03-01..2025-05-31"]);
    check("It grew in fiscal 2025.", &["fiscal 2025 = 2025-01-01..2025-12-31"]);
    check("Prices fall. The fall of the city came.", &[]);
}

#[test]
fn times_told_from_the_date_before() {
    check(
        "In 1948 ties began. The following year they met.",
        &["1948 = 1948-01-01..1948-12-31", "The following year = 1949-01-01..1949-12-31"],
    );
    check("On Feb. 3 he came. The same day he left.", &["Feb. 3 = 2026-02-03", "The same day = 2026-02-03"]);
    check("The same day he left.", &["The same day = ?"]);
}

#[test]
fn feasts_and_vague_times() {
    check("They met at Christmas.", &["Christmas = 2025-12-25"]);
    check("They met during Ramadan.", &["Ramadan = ?"]);
    check("He recently left and now waits.", &["recently = ? Past", "now = ? Present"]);
    check("It sells oil daily, every week.", &["daily = ? Set", "every week = ? Set"]);
    check("It began at 10:30 GMT.", &["10:30 GMT = ? TimeOfDay"]);
}

#[test]
fn names_and_counts_are_no_dates() {
    check("They may march. Theresa May left.", &[]);
    check("Some 2000 soldiers came, under Resolution 1973.", &[]);
    check("The 2022 floods hit hard.", &["2022 = 2022-01-01..2022-12-31"]);
    check("The 2014 defense agreement holds.", &["2014 = 2014-01-01..2014-12-31"]);
    check("More than 2000 people left.", &[]);
}

#[test]
fn without_a_day_of_publication_only_full_dates_are_known() {
    let text = "They met on Tuesday, last year and in May 2025.";
    let known: Vec<_> =
        find_dates(text, &segment(text)[0], None).iter().map(|mention| mention.interval.is_some()).collect();
    assert_eq!(known, [false, false, true]);
}

proptest! {
    #[test]
    fn mentions_never_overlap(parts in prop::collection::vec(prop::sample::select(vec![
        "May", "5", "2026", "the", "of", "last", "year", "99999999999", "-", "from", "to", "and", "between", "early", "1970s", "Q3",
        "two", "days", "ago", "Friday", "morning", "10:30", ",", "half", "century", "19th", "31", "February", "next", "9999", "million",
    ]), 0..20)) {
        let text = parts.join(" ");
        for sentence in segment(&text) {
            let mut end = 0;
            for mention in find_dates(&text, &sentence, Some(PUBLISHED)) {
                prop_assert!(mention.tokens.start >= end && mention.tokens.start < mention.tokens.end);
                end = mention.tokens.end;
                if let Some(days) = mention.interval {
                    prop_assert!(days.start <= days.end);
                }
            }
        }
    }
}
