//! Who held which office, when.

use chancery_model::Sector;
use jiff::civil::Date;

use crate::actors::{is_code, sector};
use crate::blocks::{Block, Problem, items};
use crate::files::LexiconFiles;

/// An office of a state or body.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// "President of Russia".
    pub name: String,
    /// Code of the state or body.
    pub code: String,
    /// Role nouns, the usual one first: "prime minister", "premier".
    pub roles: Vec<String>,
    /// Sector of the holders.
    pub sector: Sector,
    /// In order of time, not overlapping.
    pub holders: Vec<Holder>,
}

/// One term of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// First day.
    pub from: Date,
    /// Last day; `None` while in office.
    pub until: Option<Date>,
    /// Canonical name.
    pub name: String,
    /// The name used alone in later mentions, by default the last word: "Putin", "Xi", "Lula".
    pub short: String,
    /// Every spelling of the full name, the canonical one first.
    pub spellings: Vec<String>,
}

impl Holder {
    /// What the holder is called alone, in every spelling: "Zelensky", "Zelenskyy".
    pub fn short_names(&self) -> Vec<&str> {
        let last = |name: &str| name.rsplit(' ').next().map_or(0, str::len);
        let is_last_word = self.name.ends_with(&self.short);
        let mut names = vec![self.short.as_str()];
        if is_last_word {
            names.extend(self.spellings.iter().map(|spelling| &spelling[spelling.len() - last(spelling)..]));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// True if the term covers the day.
    pub fn in_office(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

const KEYS: &[&str] = &["state", "body", "role", "sector", "holder"];

pub(crate) fn load(files: &LexiconFiles, problems: &mut Vec<Problem>) -> Vec<Office> {
    let blocks = files.blocks("offices", &[], problems);
    blocks.iter().filter_map(|block| office(block, problems)).collect()
}

fn office(block: &Block, problems: &mut Vec<Problem>) -> Option<Office> {
    block.check_keys(KEYS, problems);
    let code = block.first("state").or(block.first("body"));
    if code.is_none_or(|field| !is_code(&field.value)) {
        let line = code.map_or(block.line, |field| field.line);
        problems.push(block.problem(
            line,
            "the office belongs to no state or body",
            "add `state  PAK` or `body  IGO:UNO`",
        ));
    }
    let roles = block.list("role");
    if roles.is_empty() {
        problems.push(block.problem(
            block.line,
            "the office has no role noun",
            "add a line such as `role  president`",
        ));
    }
    let mut holders: Vec<Holder> = Vec::new();
    let mut earliest_end = None;
    for field in block.all("holder") {
        match holder(&field.value) {
            Ok((holder, bounds)) => {
                if let Some(earlier) = holders.last()
                    && earliest_end.is_none_or(|end| end > bounds.latest_start)
                {
                    let reason = format!("`{}` overlaps with `{}` before it", holder.name, earlier.name);
                    problems.push(block.problem(
                        field.line,
                        reason,
                        "sort holders by date and end each term before the next",
                    ));
                }
                earliest_end = bounds.earliest_end;
                holders.push(holder);
            }
            Err(reason) => {
                let remedy = "write `holder  FROM .. UNTIL  Name; variant`, dates as YYYY, YYYY-MM or YYYY-MM-DD";
                problems.push(block.problem(field.line, reason, remedy));
            }
        }
    }
    Some(Office {
        name: block.name.clone(),
        code: code?.value.clone(),
        roles,
        sector: sector(block, problems).unwrap_or(Sector::Government),
        holders,
    })
}

/// How a term's partial dates may be read so that it is as short as they allow: "1979 .. 1992" may end on any day of
/// 1992, so that a next term from 1992 does not overlap.
struct Bounds {
    latest_start: Date,
    earliest_end: Option<Date>,
}

fn holder(value: &str) -> Result<(Holder, Bounds), String> {
    let (from, rest) = value.split_once("..").ok_or("no `..` between the dates")?;
    let rest = rest.trim_start();
    let (until, names) = match rest.split_once(char::is_whitespace) {
        Some((first, names)) if first.starts_with(|c: char| c.is_ascii_digit()) => (Some(first), names),
        _ => (None, rest),
    };
    let no_date = |text: &str| format!("`{}` is no date", text.trim());
    let bounds = Bounds {
        latest_start: partial_date(from, Bound::Last).ok_or_else(|| no_date(from))?,
        earliest_end: until.and_then(|text| partial_date(text, Bound::First)),
    };
    let from = partial_date(from, Bound::First).ok_or_else(|| no_date(from))?;
    let until = match until {
        Some(text) => Some(partial_date(text, Bound::Last).ok_or_else(|| no_date(text))?),
        None => None,
    };
    if until.is_some_and(|until| until < from) {
        return Err("the term ends before it begins".to_owned());
    }
    let mut short = None;
    let mut spellings = Vec::new();
    for item in items(names) {
        let name = match item.split_once('[') {
            Some((name, alone)) => {
                short.get_or_insert(alone.trim_end_matches(']').trim().to_owned());
                name.trim().to_owned()
            }
            None => item,
        };
        spellings.push(name);
    }
    let name = spellings.first().filter(|name| !name.is_empty()).ok_or("no name after the dates")?.clone();
    let short = short.unwrap_or_else(|| name.rsplit(' ').next().unwrap_or(&name).to_owned());
    Ok((Holder { from, until, name, short, spellings }, bounds))
}

/// Which end of a partial date is meant.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    First,
    Last,
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a partial date is its first or last day.
pub(crate) fn partial_date(text: &str, bound: Bound) -> Option<Date> {
    let mut parts = text.trim().split('-').map(|part| part.parse::<i16>().ok());
    let year = parts.next()??;
    let month = parts.next().map(|month| month.and_then(|month| i8::try_from(month).ok()));
    let day = parts.next().map(|day| day.and_then(|day| i8::try_from(day).ok()));
    match (month, day) {
        (None, _) => match bound {
            Bound::First => Date::new(year, 1, 1).ok(),
            Bound::Last => Date::new(year, 12, 31).ok(),
        },
        (Some(month), None) => {
            let first = Date::new(year, month?, 1).ok()?;
            Some(match bound {
                Bound::First => first,
                Bound::Last => first.last_of_month(),
            })
        }
        (Some(month), Some(day)) => Date::new(year, month?, day?).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn terms_may_be_open_and_dates_partial() {
        let (putin, _) = holder("2012-05-07 ..             Vladimir Putin; Vladimir V. Putin").unwrap();
        assert_eq!((putin.until, putin.short.as_str(), putin.spellings.len()), (None, "Putin", 2));
        let (xi, _) = holder("2013-03 .. 2018  Xi Jinping [Xi]").unwrap();
        assert_eq!((xi.from, xi.until), (date(2013, 3, 1), Some(date(2018, 12, 31))));
        assert_eq!(xi.short, "Xi");
        assert!(xi.in_office(date(2015, 1, 1)) && !xi.in_office(date(2019, 1, 1)));
    }

    #[test]
    fn impossible_terms_are_refused() {
        for (value, reason) in [
            ("2018 .. 2013  X Y", "the term ends before it begins"),
            ("soon .. 2013  X Y", "`soon` is no date"),
            ("2013 .. ", "no name after the dates"),
        ] {
            assert_eq!(holder(value).err().as_deref(), Some(reason));
        }
    }
}
