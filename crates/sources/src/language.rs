//! Which language a text is in, where its source does not say.

use whatlang::Lang;

/// Fewest letters that tell a language: below it names and loan words mislead. Chosen by eye.
const MIN_LETTERS: usize = 120;

/// Bytes looked at: more does not change the answer.
const ENOUGH: usize = 1500;

/// The ISO 639-1 code of the text's language (639-3 where it has none), if it can be told with confidence.
pub(crate) fn recognise(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let wide = text.chars().filter(|c| u32::from(*c) >= 0x0370 && c.is_alphabetic()).count();
    // A script that English does not use tells more with less.
    if letters < MIN_LETTERS && wide * 2 < letters || letters < 12 {
        return None;
    }
    let info = whatlang::detect(text)?;
    (info.is_reliable() || wide * 2 > letters).then(|| code(info.lang()))
}

/// ISO 639-1 for the languages that have such a code.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_and_short_texts_are_not() {
        let english = "The ministers of both countries met in the capital on Monday and said that the talks about the \
            new railway would go on next month, since the price of the gas had not been settled.";
        let german = "Die Minister beider Länder trafen sich am Montag in der Hauptstadt und sagten, dass die Gespräche \
            über die neue Eisenbahn im nächsten Monat weitergehen, weil der Preis des Gases nicht geklärt sei.";
        assert_eq!(recognise(english), Some("en"));
        assert_eq!(recognise(german), Some("de"));
        assert_eq!(recognise("Министры двух стран встретились в понедельник в столице."), Some("ru"));
        assert_eq!(recognise("Talks in Berlin."), None);
    }
}
