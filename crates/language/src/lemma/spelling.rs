//! How English spells regular forms: which words a form may be made of, and the likeliest one if none is known.

/// What an ending marks; each kind of word has its own spelling rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// "-s", "-ed", "-ing".
    Verb,
    /// "-s" of the plural.
    Noun,
    /// "-er", "-est", of adverbs too.
    Adjective,
}

impl Class {
    /// All, in the order in which the weights hold their tables.
    pub const ALL: [Class; 3] = [Class::Verb, Class::Noun, Class::Adjective];
}

/// The words of which `word`, in lower case, can be a regular form, the likelier first.
pub fn stems(word: &str, class: Class) -> Vec<String> {
    let mut stems = Vec::new();
    match class {
        Class::Verb => {
            if word.ends_with('s') {
                before_s(word, &mut stems);
            } else if let Some(stem) = word.strip_suffix("ed") {
                before_vowel(stem, &mut stems);
            } else if let Some(stem) = word.strip_suffix("ing") {
                stems.extend(stem.strip_suffix('y').map(|s| format!("{s}ie")));
                before_vowel(stem, &mut stems);
            }
        }
        Class::Noun => {
            stems.extend(word.strip_suffix("men").map(|stem| format!("{stem}man")));
            if word.ends_with('s') {
                before_s(word, &mut stems);
                stems.extend(word.strip_suffix("ves").map(|stem| format!("{stem}f")));
            }
        }
        Class::Adjective => {
            if let Some(stem) = word.strip_suffix("er").or_else(|| word.strip_suffix("est")) {
                before_vowel(stem, &mut stems);
            }
        }
    }
    stems.retain(|stem| stem.chars().nth(1).is_some());
    stems
}

/// Of "tries", "goes", "reaches".
fn before_s(word: &str, stems: &mut Vec<String>) {
    stems.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    stems.extend(word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).map(str::to_owned));
    stems.extend(word.strip_suffix("es").map(str::to_owned));
    stems.extend(word.strip_suffix("es").filter(|s| s.ends_with("zz") || s.ends_with("ss")).and_then(undoubled));
}

/// Of what is left of "tried", "planned", "hoped", "raided" without the ending.
fn before_vowel(stem: &str, stems: &mut Vec<String>) {
    stems.extend(stem.strip_suffix('i').map(|s| format!("{s}y")));
    let bare = || stem.to_owned();
    let silent = || format!("{stem}e");
    // "hoped" is of "hope", since "hop" would have doubled its consonant; "listed" is of "list"
    stems.extend(if doubles(stem) { [silent(), bare()] } else { [bare(), silent()] });
    stems.extend(undoubled(stem));
    stems.extend(stem.strip_suffix('k').filter(|s| s.ends_with('c')).map(str::to_owned));
}

/// The stem without the second of two equal letters at its end.
fn undoubled(stem: &str) -> Option<String> {
    let mut end = stem.chars().rev();
    let (last, before) = (end.next()?, end.next()?);
    (last == before && !is_vowel(last)).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// True if the stem ends in one consonant after one vowel, or in a vowel: where a silent "e" is likely.
fn doubles(stem: &str) -> bool {
    let mut end = stem.chars().rev();
    let (Some(last), Some(before)) = (end.next(), end.next()) else { return false };
    if is_vowel(last) {
        return last == 'u';
    }
    let third = end.next();
    let two_vowels = third.is_some_and(is_vowel) && third != Some('u');
    !matches!(last, 'w' | 'x' | 'y') && is_vowel(before) && !two_vowels
}

/// The likeliest word of which an unknown word is a form; `None` if it has none of the endings.
pub fn guess(word: &str, class: Class) -> Option<String> {
    match class {
        Class::Noun if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => None,
        Class::Noun => {
            if let Some(stem) = word.strip_suffix("men") {
                return Some(format!("{stem}man"));
            }
            plain_s(word)
        }
        Class::Verb if word.ends_with('s') => plain_s(word),
        Class::Verb => {
            let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"))?;
            let vowels = stem.chars().filter(|&c| is_vowel(c) || c == 'y').count();
            (vowels > 0).then(|| unknown_stem(stem, vowels))
        }
        Class::Adjective => None,
    }
}

fn plain_s(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let hissing = ["sses", "shes", "ches", "xes", "zzes", "oes"];
    let cut = if hissing.iter().any(|end| word.ends_with(end)) { "es" } else { "s" };
    word.strip_suffix(cut).filter(|stem| !stem.is_empty()).map(str::to_owned)
}

fn unknown_stem(stem: &str, vowels: usize) -> String {
    if let Some(s) = stem.strip_suffix('i') {
        return format!("{s}y");
    }
    let doubled = undoubled(stem);
    if let Some(s) = doubled.filter(|s| !s.ends_with(['l', 's', 'f', 'z'])) {
        return s;
    }
    let silent = stem.ends_with(['v', 'u', 'c', 'z']) && !stem.ends_with("zz")
        || ["at", "is", "dg", "rg", "ng", "ag", "ur", "ar", "or", "ir", "ut", "os", "as", "us", "rs", "ns"]
            .iter()
            .any(|end| stem.ends_with(end) && (vowels > 1 || doubles(stem)))
        || vowels == 1 && doubles(stem);
    if silent { format!("{stem}e") } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likelier_stem_comes_first() {
        for (word, class, stem) in [
            ("hoped", Class::Verb, "hope"),
            ("listed", Class::Verb, "list"),
            ("raided", Class::Verb, "raid"),
            ("argued", Class::Verb, "argue"),
            ("tried", Class::Verb, "try"),
            ("tying", Class::Verb, "tie"),
            ("accuses", Class::Verb, "accuse"),
            ("spokeswomen", Class::Noun, "spokeswoman"),
            ("parties", Class::Noun, "party"),
            ("happiest", Class::Adjective, "happy"),
        ] {
            assert_eq!(stems(word, class)[0], stem, "{word}");
        }
        for (word, stem) in [("planned", "plan"), ("panicked", "panic"), ("quizzes", "quiz"), ("reaches", "reach")]
        {
            assert!(stems(word, Class::Verb).contains(&stem.to_owned()), "{word}");
        }
        assert!(stems("wed", Class::Noun).is_empty());
    }

    #[test]
    fn unknown_words_are_guessed() {
        for (word, class, stem) in [
            ("vlogged", Class::Verb, Some("vlog")),
            ("doxxed", Class::Verb, Some("dox")),
            ("deplatformed", Class::Verb, Some("deplatform")),
            ("weaponized", Class::Verb, Some("weaponize")),
            ("unfollows", Class::Verb, Some("unfollow")),
            ("geofencing", Class::Verb, Some("geofence")),
            ("shadowbanning", Class::Verb, Some("shadowban")),
            ("zoomed", Class::Verb, Some("zoom")),
            ("bring", Class::Verb, None),
            ("deepfakes", Class::Noun, Some("deepfake")),
            ("crypto-parties", Class::Noun, Some("crypto-party")),
            ("coronavirus", Class::Noun, None),
        ] {
            assert_eq!(guess(word, class).as_deref(), stem, "{word}");
        }
    }
}
