//! Whether two spellings name one person: transliterations, middle names, initials, titles.
//!
//! "Sergey Lavrov" and "Sergei V. Lavrov" are one; "Anna Berg" and "Ingrid Berg" are two. Only names that hold the same
//! office are ever compared, so that a loose likeness of letters is enough.

use deunicode::deunicode;

/// A name as it is compared: its words without titles, each in two forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// Letters that transliterations agree on, with their vowels.
    sound: String,
    /// The same without the vowels after the first letter.
    bones: String,
    /// True for "P."
    initial: bool,
}

/// Words before or after a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "hon",
    "honourable",
    "honorable",
    "excellency",
    "his",
    "her",
    "the",
    "sir",
    "dame",
    "lord",
    "lady",
    "jr",
    "sr",
    "gen",
    "general",
    "col",
    "colonel",
    "lt",
    "maj",
    "major",
    "capt",
    "captain",
    "adm",
    "admiral",
    "sen",
    "senator",
    "rep",
    "gov",
    "president",
    "minister",
    "ambassador",
    "secretary",
    "sheikh",
    "ayatollah",
    "mullah",
    "crown",
    "prince",
    "princess",
    "king",
    "queen",
    "pope",
];

/// Different spellings of one sound, longest first; the order matters.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("zh", "z"),
    ("kh", "h"),
    ("gh", "g"),
    ("dj", "j"),
    ("dzh", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ks", "x"),
    ("q", "k"),
    ("w", "v"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("ye", "e"),
    ("yo", "e"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "ai"),
    ("iy", "i"),
    ("ij", "i"),
    ("yi", "i"),
    ("y", "i"),
    ("j", "i"),
];

impl Name {
    pub(super) fn new(name: &str) -> Name {
        let plain = deunicode(name).to_lowercase();
        let words = plain.split(|c: char| c.is_whitespace() || c == '-' || c == '.' || c == ',');
        let words = words.map(|word| word.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
        let all: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        let own: Vec<&String> = all.iter().filter(|word| !TITLES.contains(&word.as_str())).collect();
        // a name of nothing but titles stays as it is
        let kept = if own.is_empty() { all.iter().collect() } else { own };
        Name(kept.into_iter().map(|word| Word::new(word)).collect())
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// True if the shorter name's words stand, in order, among the longer's, with the first or the last in the same place.
    pub(super) fn is_same(&self, other: &Name) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let (Some(first), Some(last)) = (short.0.first(), short.0.last()) else { return false };
        let (Some(other_first), Some(other_last)) = (long.0.first(), long.0.last()) else { return false };
        if short.0.len() < 2 {
            return long.0.len() == 1 && first.is_same(other_first);
        }
        let anchored = last.is_same(other_last) || first.is_same(other_first) && !first.initial;
        let mut rest = long.0.iter();
        anchored && short.0.iter().all(|word| rest.any(|candidate| word.is_same(candidate)))
    }

    /// True if a name of one word is one of the other's words, no initial.
    pub(super) fn has(&self, bare: &Name) -> bool {
        match bare.0.as_slice() {
            [word] => self.0.iter().any(|own| !own.initial && own.is_same(word)),
            _ => false,
        }
    }
}

impl Word {
    fn new(word: &str) -> Word {
        let mut sound = word.to_owned();
        for (spelling, one) in SOUNDS {
            sound = sound.replace(spelling, one);
        }
        let mut letters: Vec<char> = sound.chars().collect();
        letters.dedup();
        // "c" is "k" unless it belongs to "ch"
        let hard = |(at, &letter): (usize, &char)| match letter {
            'c' if letters.get(at + 1) != Some(&'h') => 'k',
            letter => letter,
        };
        let sound: String = letters.iter().enumerate().map(hard).collect();
        let is_vowel = |c: char| "aeiou".contains(c);
        let bones = sound.char_indices().filter(|&(at, c)| at == 0 || !is_vowel(c)).map(|(_, c)| c).collect();
        Word { initial: word.len() == 1, sound, bones }
    }

    fn is_same(&self, other: &Word) -> bool {
        /// Words of fewer consonants must agree in their vowels too: "Li" and "Lu" are two.
        const ENOUGH: usize = 3;
        if self.initial || other.initial {
            return self.sound.chars().next() == other.sound.chars().next();
        }
        self.sound == other.sound || self.bones.len() >= ENOUGH && self.bones == other.bones
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str, expected: bool) {
        let (a, b) = (Name::new(a), Name::new(b));
        assert_eq!((a.is_same(&b), b.is_same(&a)), (expected, expected), "{a:?} {b:?}");
    }

    #[test]
    fn spellings_of_one_name() {
        same("Sergey Ivankov", "Sergei Ivankov", true);
        same("Oleg P. Maksimov", "Oleg Maximov", true);
        same("Юрий Хорев", "Yuri Khorev", true);
        same("Mohammed Nasser", "Muhammad Nasser", true);
        same("José Muñoz", "Jose Munoz", true);
        same("Dr. Anna Berg", "Anna Berg", true);
        same("Muhammad Ishtiaq Gul", "Ishtiaq Gul", true);
        same("Pak Chol-su", "Pak Chol Su", true);
        same("Pedro Salas Perez", "Pedro Salas", true);
    }

    #[test]
    fn names_of_two_people() {
        same("Anna Berg", "Ingrid Berg", false);
        same("Li Wei", "Lu Wei", false);
        same("Berg", "Anna Berg", false);
        same("Oleg Maximov", "Oleg Petrov", false);
        same("John Clark Marsh", "John Marsh Clark", false);
    }

    #[test]
    fn a_surname_belongs_to_a_full_name() {
        assert!(Name::new("Anna Berg").has(&Name::new("Berg")));
        assert!(!Name::new("Anna Berg").has(&Name::new("Bern")));
        assert!(!Name::new("A. Berg").has(&Name::new("Anton")));
    }
}
