//! The pattern language of event entries: `A accuse R of *`, `the visit by A to R`, `A be critical of R`.

/// One wording of an act, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Index into `Lexicon::events`.
    pub entry: u32,
    /// The word that the pattern hangs on.
    pub predicate: Predicate,
    /// What must stand around it.
    pub slots: Vec<Slot>,
    /// Literal words and classes beyond the predicate: the more, the more specific.
    pub literals: u32,
    /// The pattern as written, for explanations.
    pub written: String,
}

/// The word that a pattern hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// A verb with one of these lemmas.
    Verb(Vec<String>),
    /// A noun: lemmas, several words allowed.
    Noun(Vec<NounPhrase>),
    /// An adjective, participle or noun that is said of A with "be".
    Predicative(Vec<NounPhrase>),
}

/// One or more lemmas of which the last is the head: "hunger strike".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NounPhrase {
    /// The words before the head, in order.
    pub modifiers: Vec<String>,
    /// The head's lemma.
    pub head: String,
}

/// One position of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The subject, or the agent of a passive.
    Subject(Filler),
    /// The object, or the subject of a passive.
    Object(Filler),
    /// The first of two objects: "give R <aid>".
    Indirect(Filler),
    /// A phrase under one of these prepositions, attached to the predicate or to its object; for a word that is
    /// also a particle ("turn down R") the object beside that particle.
    Prepositional {
        /// The prepositions.
        words: Vec<String>,
        /// What stands under them.
        filler: Filler,
    },
    /// A particle without complement: "step down".
    Particle(Vec<String>),
    /// A clause.
    Clause(Clause),
}

/// What fills a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// `A`.
    Actor,
    /// `R`.
    Recipient,
    /// `X`: must be there, is no party.
    Any,
    /// `*`: may be missing.
    Rest,
    /// One of these nouns.
    Noun(Vec<NounPhrase>),
}

/// The form of a clause that a pattern needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `DO`.
    Infinitive,
    /// `DOING`.
    Gerund,
    /// `THAT`.
    That,
    /// `MUST`: a reported clause that says what its subject must or should do.
    Must,
}

impl NounPhrase {
    /// The phrase of those words, the last of which is the head.
    pub fn new(words: &str) -> Option<NounPhrase> {
        let mut words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let head = words.pop()?;
        Some(NounPhrase { modifiers: words, head })
    }

    /// The same with its words parted at hyphens, as a text's tokens are.
    pub fn parted(self) -> NounPhrase {
        let words = self.modifiers.iter().chain([&self.head]);
        let mut parts: Vec<String> =
            words.flat_map(|word| word.split('-')).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        match parts.pop() {
            Some(head) => NounPhrase { modifiers: parts, head },
            None => self,
        }
    }
}

impl Pattern {
    /// True if some position binds the recipient.
    pub fn binds_recipient(&self) -> bool {
        self.slots.iter().any(|slot| {
            matches!(
                slot,
                Slot::Subject(Filler::Recipient)
                    | Slot::Object(Filler::Recipient)
                    | Slot::Indirect(Filler::Recipient)
                    | Slot::Prepositional { filler: Filler::Recipient, .. }
            )
        })
    }

    /// The clause that the pattern needs, if any.
    pub fn clause(&self) -> Option<Clause> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::Clause(clause) => Some(*clause),
            _ => None,
        })
    }
}

/// Prepositions and particles of patterns; any other literal word is a noun, adjective or adverb of an object.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "among",
    "apart",
    "around",
    "as",
    "aside",
    "at",
    "away",
    "back",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "down",
    "during",
    "for",
    "forward",
    "from",
    "home",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "together",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "forth",
    "beneath",
    "underneath",
    "amidst",
    "aboard",
    "per",
    "than",
    "like",
    "because",
];

/// Which nouns a class name stands for.
pub(crate) type ClassLookup<'c> = dyn Fn(&str) -> Option<Vec<NounPhrase>> + 'c;

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Slot(Filler),
    Clause(Clause),
    Preposition(Vec<String>),
    Words(Vec<NounPhrase>),
}

/// Compiles one pattern.
///
/// # Errors
/// The reason, in words.
pub(crate) fn compile(written: &str, entry: u32, classes: &ClassLookup) -> Result<Pattern, String> {
    let mut words = split_words(written)?;
    let nominal = words.first().is_some_and(|word| word == "the");
    if nominal {
        words.remove(0);
    }
    words.retain(|word| !["the", "a", "an", "'s", "its", "their", "his"].contains(&word.as_str()));
    let pieces: Vec<Piece> =
        words.iter().map(|word| piece(word, classes)).collect::<Result<Vec<_>, _>>().map(join_words)?;
    let compiled = if nominal { compile_noun(pieces)? } else { compile_verb(pieces)? };
    let (mut predicate, mut slots) = compiled;
    if let Predicate::Noun(phrases) | Predicate::Predicative(phrases) = &mut predicate {
        part_hyphens(phrases);
    }
    for slot in &mut slots {
        if let Slot::Subject(Filler::Noun(phrases))
        | Slot::Object(Filler::Noun(phrases))
        | Slot::Indirect(Filler::Noun(phrases))
        | Slot::Prepositional { filler: Filler::Noun(phrases), .. } = slot
        {
            part_hyphens(phrases);
        }
    }
    let literals = slots.iter().map(literals_of).sum();
    Ok(Pattern { entry, predicate, slots, literals, written: written.to_owned() })
}

fn part_hyphens(phrases: &mut [NounPhrase]) {
    for phrase in phrases {
        *phrase = std::mem::replace(phrase, NounPhrase { modifiers: Vec::new(), head: String::new() }).parted();
    }
}

/// Words, `{a|b}` and `<class>` groups, keeping blanks within braces.
fn split_words(written: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = written.trim();
    while !rest.is_empty() {
        let end = match rest.as_bytes()[0] {
            b'{' => rest.find('}').ok_or("`{` without `}`")? + 1,
            b'<' => rest.find('>').ok_or("`<` without `>`")? + 1,
            _ => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        words.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    if words.is_empty() { Err("the pattern is empty".to_owned()) } else { Ok(words) }
}

fn piece(word: &str, classes: &ClassLookup) -> Result<Piece, String> {
    match word {
        "A" | "B" => return Ok(Piece::Slot(Filler::Actor)),
        "R" => return Ok(Piece::Slot(Filler::Recipient)),
        "X" => return Ok(Piece::Slot(Filler::Any)),
        "*" => return Ok(Piece::Slot(Filler::Rest)),
        "DO" => return Ok(Piece::Clause(Clause::Infinitive)),
        "DOING" => return Ok(Piece::Clause(Clause::Gerund)),
        "THAT" => return Ok(Piece::Clause(Clause::That)),
        "MUST" => return Ok(Piece::Clause(Clause::Must)),
        _ => {}
    }
    if let Some(class) = word.strip_prefix('<') {
        let class = class.trim_end_matches('>');
        return classes(class).map(Piece::Words).ok_or(format!("`<{class}>` is no class of classes.txt"));
    }
    let alternatives: Vec<&str> = match word.strip_prefix('{') {
        Some(inner) => inner.trim_end_matches('}').split('|').map(str::trim).collect(),
        None => vec![word],
    };
    // of "together with", the last word is the one that a tree shows as preposition
    let preposition = |words: &&str| words.split(' ').all(|word| PREPOSITIONS.contains(&word));
    if alternatives.iter().all(preposition) {
        let mut last: Vec<String> =
            alternatives.iter().filter_map(|words| words.rsplit(' ').next()).map(str::to_owned).collect();
        last.dedup();
        return Ok(Piece::Preposition(last));
    }
    let mut phrases = Vec::new();
    for alternative in alternatives {
        match alternative.strip_prefix('<') {
            Some(class) => {
                let class = class.trim_end_matches('>');
                phrases.extend(classes(class).ok_or(format!("`<{class}>` is no class of classes.txt"))?);
            }
            None => phrases.extend(NounPhrase::new(alternative)),
        }
    }
    if phrases.is_empty() { Err(format!("`{word}` is empty")) } else { Ok(Piece::Words(phrases)) }
}

/// Joins literal words after the predicate into phrases: `red carpet`, `{hunger|general} strike`.
fn join_words(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        match (joined.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(after)) if index > 0 => {
                let phrases = before
                    .iter()
                    .flat_map(|first| after.iter().map(move |second| concatenate(first, second)))
                    .collect();
                *before = phrases;
            }
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

fn concatenate(first: &NounPhrase, second: &NounPhrase) -> NounPhrase {
    let mut modifiers = first.modifiers.clone();
    modifiers.push(first.head.clone());
    modifiers.extend(second.modifiers.iter().cloned());
    NounPhrase { modifiers, head: second.head.clone() }
}

fn compile_noun(pieces: Vec<Piece>) -> Result<(Predicate, Vec<Slot>), String> {
    let mut slots = Vec::new();
    let mut pieces = pieces.into_iter().peekable();
    let mut head = None;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Slot(Filler::Actor) if head.is_none() => {} // "A's visit": possessives are always tried
            Piece::Words(phrases) if head.is_none() => head = Some(phrases),
            Piece::Preposition(words) if head.is_some() => match pieces.next() {
                Some(Piece::Slot(filler)) => slots.push(Slot::Prepositional { words, filler }),
                Some(Piece::Words(phrases)) => {
                    slots.push(Slot::Prepositional { words, filler: Filler::Noun(phrases) });
                }
                Some(Piece::Clause(clause)) => slots.push(Slot::Clause(clause)),
                Some(Piece::Preposition(next)) => {
                    // "the shooting down of R"
                    slots.push(Slot::Particle(words));
                    let Some(Piece::Slot(filler)) = pieces.next() else {
                        return Err(format!("nothing stands after `{}`", next.join("|")));
                    };
                    slots.push(Slot::Prepositional { words: next, filler });
                }
                _ => return Err(format!("nothing stands after `{}`", words.join("|"))),
            },
            Piece::Clause(clause) if head.is_some() => slots.push(Slot::Clause(clause)),
            Piece::Slot(Filler::Rest) => {}
            other => return Err(format!("{} cannot stand there in a noun pattern", describe(&other))),
        }
    }
    let head = head.ok_or("no noun after `the`")?;
    Ok((Predicate::Noun(head), slots))
}

fn compile_verb(pieces: Vec<Piece>) -> Result<(Predicate, Vec<Slot>), String> {
    let mut pieces = pieces.into_iter().peekable();
    let mut slots = Vec::new();
    while let Some(Piece::Slot(filler)) = pieces.peek() {
        slots.push(Slot::Subject(filler.clone()));
        pieces.next();
    }
    if slots.len() > 1 {
        slots.truncate(1); // "A B meet": both stand in the subject
    }
    let verbs = match pieces.next() {
        Some(Piece::Words(verbs)) => verbs,
        // "back up", "down a drone": a word that is usually a preposition, here the verb
        Some(Piece::Preposition(words)) => words.iter().filter_map(|word| NounPhrase::new(word)).collect(),
        _ => return Err("no verb after the subject".to_owned()),
    };
    let (verbs, direct) = split_verb(verbs)?;
    let predicative = verbs == ["be"];
    let mut objects: Vec<Filler> = Vec::new();
    if let Some(phrases) = direct {
        objects.push(Filler::Noun(phrases));
    }
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Slot(Filler::Rest) => {}
            Piece::Slot(filler) => objects.push(filler),
            Piece::Words(phrases) => objects.push(Filler::Noun(phrases)),
            Piece::Clause(clause) => slots.push(Slot::Clause(clause)),
            Piece::Preposition(words) => match pieces.peek() {
                Some(Piece::Slot(filler)) => {
                    slots.push(Slot::Prepositional { words, filler: filler.clone() });
                    pieces.next();
                }
                Some(Piece::Words(phrases)) => {
                    let filler = Filler::Noun(phrases.clone());
                    slots.push(Slot::Prepositional { words, filler });
                    pieces.next();
                }
                Some(Piece::Clause(clause)) => {
                    if words != ["to"] {
                        slots.push(Slot::Particle(words));
                    }
                    slots.push(Slot::Clause(*clause));
                    pieces.next();
                }
                _ => slots.push(Slot::Particle(words)),
            },
        }
    }
    if predicative {
        return predicative_of(objects, slots);
    }
    if objects.len() > 2 {
        return Err("more than two objects".to_owned());
    }
    // objects are held against a sentence before prepositions: they are found at once and rule most patterns out
    let at = slots.iter().take_while(|slot| matches!(slot, Slot::Subject(_))).count();
    slots.extend(objects.pop().map(Slot::Object));
    slots.extend(objects.pop().map(Slot::Indirect));
    let found = slots.iter().rev().take_while(|slot| matches!(slot, Slot::Object(_) | Slot::Indirect(_))).count();
    slots[at..].rotate_right(found);
    Ok((Predicate::Verb(verbs), slots))
}

/// `{hold|conduct} talks` joined by [`join_words`] into phrases is taken apart again: first word verb, rest object.
fn split_verb(phrases: Vec<NounPhrase>) -> Result<(Vec<String>, Option<Vec<NounPhrase>>), String> {
    if phrases.iter().all(|phrase| phrase.modifiers.is_empty()) {
        return Ok((phrases.into_iter().map(|phrase| phrase.head).collect(), None));
    }
    let mut verbs: Vec<String> = Vec::new();
    let mut objects: Vec<NounPhrase> = Vec::new();
    for phrase in phrases {
        let Some((verb, modifiers)) = phrase.modifiers.split_first() else {
            return Err(format!("`{}` is a verb beside verbs with objects", phrase.head));
        };
        if !verbs.contains(verb) {
            verbs.push(verb.clone());
        }
        let object = NounPhrase { modifiers: modifiers.to_vec(), head: phrase.head };
        if !objects.contains(&object) {
            objects.push(object);
        }
    }
    Ok((verbs, Some(objects)))
}

/// `A be critical of R`, `A be at war with R`, `A be in talks with R`.
fn predicative_of(objects: Vec<Filler>, mut slots: Vec<Slot>) -> Result<(Predicate, Vec<Slot>), String> {
    if let Some(Filler::Noun(phrases)) = objects.into_iter().next() {
        return Ok((Predicate::Predicative(phrases), slots));
    }
    let at = slots.iter().position(|slot| matches!(slot, Slot::Prepositional { filler: Filler::Noun(_), .. }));
    let Some(at) = at else {
        // "be back", "be behind R": the adverb or preposition itself is said of A
        let adverb = slots.iter().position(|slot| matches!(slot, Slot::Particle(_) | Slot::Prepositional { .. }));
        let words = match adverb.map(|at| slots.remove(at)) {
            Some(Slot::Particle(words)) => words,
            Some(Slot::Prepositional { words, filler }) => {
                slots.push(Slot::Prepositional { words: words.clone(), filler });
                words
            }
            _ => return Err("no adjective or noun after `be`".to_owned()),
        };
        return Ok((
            Predicate::Predicative(words.iter().filter_map(|word| NounPhrase::new(word)).collect()),
            slots,
        ));
    };
    let Slot::Prepositional { filler: Filler::Noun(phrases), .. } = slots.remove(at) else { unreachable!() };
    Ok((Predicate::Predicative(phrases), slots))
}

fn literals_of(slot: &Slot) -> u32 {
    match slot {
        Slot::Subject(filler) | Slot::Object(filler) | Slot::Indirect(filler) => literals_of_filler(filler),
        Slot::Prepositional { filler: Filler::Rest, .. } => 0,
        Slot::Prepositional { filler, .. } => 1 + literals_of_filler(filler),
        Slot::Particle(_) => 1,
        Slot::Clause(_) => 1,
    }
}

fn literals_of_filler(filler: &Filler) -> u32 {
    match filler {
        Filler::Noun(phrases) => 2 + phrases.first().map_or(0, |phrase| phrase.modifiers.len() as u32),
        _ => 0,
    }
}

fn describe(piece: &Piece) -> String {
    match piece {
        Piece::Slot(filler) => format!("{filler:?}"),
        Piece::Clause(clause) => format!("{clause:?}"),
        Piece::Preposition(words) => format!("`{}`", words.join("|")),
        Piece::Words(phrases) => format!("`{}`", phrases.first().map_or("", |phrase| &phrase.head)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(written: &str) -> Pattern {
        let classes = |name: &str| {
            (name == "talks").then(|| ["talk", "negotiation"].iter().filter_map(|w| NounPhrase::new(w)).collect())
        };
        compile(written, 0, &classes).unwrap_or_else(|reason| panic!("{written}: {reason}"))
    }

    fn phrase(words: &str) -> NounPhrase {
        NounPhrase::new(words).unwrap()
    }

    #[test]
    fn a_verb_with_object_and_optional_rest() {
        let pattern = compiled("A accuse R of *");
        assert_eq!(pattern.predicate, Predicate::Verb(vec!["accuse".into()]));
        assert_eq!(
            pattern.slots,
            [
                Slot::Subject(Filler::Actor),
                Slot::Object(Filler::Recipient),
                Slot::Prepositional { words: vec!["of".into()], filler: Filler::Rest },
            ]
        );
        assert_eq!(pattern.literals, 0);
    }

    #[test]
    fn a_light_verb_keeps_its_noun_as_object() {
        let pattern = compiled("A {hold|conduct} <talks> with R");
        assert_eq!(pattern.predicate, Predicate::Verb(vec!["hold".into(), "conduct".into()]));
        assert!(pattern.slots.contains(&Slot::Object(Filler::Noun(vec![phrase("talk"), phrase("negotiation")]))));
        assert_eq!(pattern.literals, 3);
    }

    #[test]
    fn idioms_particles_and_two_objects() {
        let carpet = compiled("A roll out the red carpet for R");
        assert!(carpet.slots.contains(&Slot::Prepositional {
            words: vec!["out".into()],
            filler: Filler::Noun(vec![phrase("red carpet")])
        }));
        assert!(compiled("A step down").slots.contains(&Slot::Particle(vec!["down".into()])));
        let give = compiled("A give R shelter");
        assert!(give.slots.contains(&Slot::Indirect(Filler::Recipient)));
        assert!(give.slots.contains(&Slot::Object(Filler::Noun(vec![phrase("shelter")]))));
    }

    #[test]
    fn clauses_nouns_and_adjectives() {
        assert_eq!(compiled("A call on R to DO").clause(), Some(Clause::Infinitive));
        let visit = compiled("the visit by A to R");
        assert_eq!(visit.predicate, Predicate::Noun(vec![phrase("visit")]));
        assert!(visit.binds_recipient());
        let critical = compiled("A be critical of R");
        assert_eq!(critical.predicate, Predicate::Predicative(vec![phrase("critical")]));
        let war = compiled("A be at war with R");
        assert_eq!(war.predicate, Predicate::Predicative(vec![phrase("war")]));
        assert!(war.binds_recipient());
    }

    #[test]
    fn bad_patterns_give_a_reason() {
        let none = |_: &str| None;
        for (written, reason) in [
            ("A {hold", "`{` without `}`"),
            ("A hold <nothing> with R", "`<nothing>` is no class of classes.txt"),
            ("A R", "no verb after the subject"),
            ("the of R", "`of` cannot stand there in a noun pattern"),
        ] {
            assert_eq!(compile(written, 0, &none).unwrap_err(), reason);
        }
    }
}
