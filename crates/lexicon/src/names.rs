//! Looks names and role nouns up in a row of words, the longest first.

use rustc_hash::FxHashMap;

use crate::Lexicon;
use crate::actors::NameForm;

/// What a name or noun in the table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An actor, by index into `Lexicon::actors`.
    Actor {
        /// Index.
        actor: u32,
        /// How the name stands for it.
        form: NameForm,
        /// True for a name that is also an ordinary word.
        weak: bool,
    },
    /// The full name of an office holder.
    Holder {
        /// Index into `Lexicon::offices`.
        office: u32,
        /// Index into `Office::holders`.
        holder: u32,
    },
    /// The name that an office holder goes by alone.
    ShortName {
        /// Index into `Lexicon::offices`.
        office: u32,
        /// Index into `Office::holders`.
        holder: u32,
    },
    /// A role noun, by index into `Lexicon::roles`.
    Role {
        /// Index.
        role: u32,
    },
}

/// The longest match of a lookup.
pub type Found<'n> = (usize, &'n [Target]);

/// Names as written, names in capitals, and role nouns as lemmas.
#[derive(Debug, Default)]
pub struct NameTable {
    written: Sequences,
    capitals: Sequences,
    roles: Sequences,
}

/// Row of words → targets; rows that begin with the same word are kept together, the longest first.
#[derive(Debug, Default)]
struct Sequences {
    rows: FxHashMap<Box<str>, Vec<Row>>,
}

#[derive(Debug)]
struct Row {
    rest: Vec<Box<str>>,
    targets: Vec<Target>,
}

/// Names shorter than this many characters are not recognised in capitals beyond their own spelling: "IS", "US".
const SHORTEST_CAPITALS: usize = 4;

impl NameTable {
    /// Tables for every name of the lexicon.
    pub(crate) fn build(lexicon: &Lexicon) -> NameTable {
        let mut table = NameTable::default();
        for (index, actor) in lexicon.actors.iter().enumerate() {
            for (name, form) in &actor.names {
                let weak = actor.weak.contains(name);
                table.add_name(name, Target::Actor { actor: index as u32, form: *form, weak });
            }
        }
        for (office_index, office) in lexicon.offices.iter().enumerate() {
            for (holder_index, holder) in office.holders.iter().enumerate() {
                let (office, number) = (office_index as u32, holder_index as u32);
                for spelling in &holder.spellings {
                    table.add_name(spelling, Target::Holder { office, holder: number });
                }
                for short in holder.short_names() {
                    table.add_name(short, Target::ShortName { office, holder: number });
                }
            }
        }
        for (index, role) in lexicon.roles.iter().enumerate() {
            for noun in &role.nouns {
                table.roles.add(words(noun), Target::Role { role: index as u32 });
            }
        }
        for sequences in [&mut table.written, &mut table.capitals, &mut table.roles] {
            sequences.sort();
        }
        table
    }

    fn add_name(&mut self, name: &str, target: Target) {
        let words = words(name);
        if name.chars().count() >= SHORTEST_CAPITALS {
            let capitals: Vec<Box<str>> = words.iter().map(|word| word.to_uppercase().into()).collect();
            if capitals != words {
                self.capitals.add(capitals, target);
            }
        }
        self.written.add(words, target);
    }

    /// The longest name that begins at the first of `words`, as written, or in capitals if `capitals` is set
    /// (headlines). Words are given with straight apostrophes.
    pub fn name(&self, words: &[&str], capitals: bool) -> Option<Found<'_>> {
        let written = self.written.longest(words);
        if !capitals {
            return written;
        }
        let shouted = self.capitals.longest(words);
        match (written, shouted) {
            (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// True if some role noun begins with that word (lower case).
    pub fn begins_role(&self, word: &str) -> bool {
        self.roles.rows.contains_key(word)
    }

    /// The longest role noun that begins at the first of `lemmas` (lower case).
    pub fn role(&self, lemmas: &[&str]) -> Option<Found<'_>> {
        self.roles.longest(lemmas)
    }
}

/// The words of a name, cut as texts are cut, with straight apostrophes.
fn words(name: &str) -> Vec<Box<str>> {
    let name = name.replace('’', "'");
    chancery_language::segment(&name)
        .iter()
        .flat_map(|sentence| sentence.tokens.iter().map(|token| token.span.of(&name).into()))
        .collect()
}

impl Sequences {
    fn add(&mut self, words: Vec<Box<str>>, target: Target) {
        let mut words = words.into_iter();
        let Some(first) = words.next() else { return };
        let rest: Vec<Box<str>> = words.collect();
        let rows = self.rows.entry(first).or_default();
        match rows.iter_mut().find(|row| row.rest == rest) {
            Some(row) => {
                if !row.targets.contains(&target) {
                    row.targets.push(target);
                }
            }
            None => rows.push(Row { rest, targets: vec![target] }),
        }
    }

    fn sort(&mut self) {
        for rows in self.rows.values_mut() {
            rows.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then_with(|| a.rest.cmp(&b.rest)));
        }
    }

    fn longest(&self, words: &[&str]) -> Option<Found<'_>> {
        let (first, following) = words.split_first()?;
        let rows = self.rows.get(*first)?;
        let row = rows.iter().find(|row| {
            row.rest.len() <= following.len() && row.rest.iter().zip(following).all(|(a, b)| a.as_ref() == *b)
        })?;
        Some((row.rest.len() + 1, &row.targets))
    }
}
