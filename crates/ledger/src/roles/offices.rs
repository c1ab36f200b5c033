//! Which role nouns mean one office, and which offices have one holder at a time.

/// Words of one meaning; the second is used.
const SAME: &[(&str, &str)] = &[
    ("premier", "prime minister"),
    ("secretary-general", "secretary general"),
    ("director-general", "director general"),
    ("foreign affairs minister", "foreign minister"),
    ("minister of foreign affairs", "foreign minister"),
    ("minister for foreign affairs", "foreign minister"),
    ("external affairs minister", "foreign minister"),
    ("minister of defence", "defence minister"),
    ("head of state", "president"),
];

/// One form of an office's name: "Defense Minister" and "defence minister", "spokeswoman" and "spokesman".
pub(super) fn office(role: &str) -> String {
    let plain = role.to_lowercase().replace("defense", "defence").replace("interior affairs", "interior");
    let neutral = |word: &str| {
        let stem = word.strip_suffix("woman").or_else(|| word.strip_suffix("man")).unwrap_or_default();
        match stem {
            "spokes" | "chair" | "vice-chair" => format!("{stem}person"),
            _ => word.to_owned(),
        }
    };
    let plain: Vec<String> = plain.split_whitespace().map(neutral).collect();
    let plain = plain.join(" ");
    SAME.iter().find(|(word, _)| *word == plain).map_or(plain, |(_, office)| (*office).to_owned())
}

/// True for an office that one person holds at a time: president, foreign minister; not senator, minister, adviser.
pub(super) fn has_one_holder(office: &str) -> bool {
    const ONE: &[&str] = &[
        "president",
        "prime minister",
        "chancellor",
        "king",
        "queen",
        "emperor",
        "monarch",
        "sultan",
        "emir",
        "crown prince",
        "pope",
        "supreme leader",
        "secretary of state",
        "secretary general",
        "foreign secretary",
        "ambassador",
        "high commissioner",
        "vice president",
        "attorney general",
        "first lady",
    ];
    const MANY: &[&str] = &["deputy", "vice", "assistant", "junior", "state", "cabinet", "former", "federal"];
    ONE.contains(&office)
        || office.strip_suffix(" minister").is_some_and(|kind| !kind.split(' ').any(|word| MANY.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_office_has_one_name() {
        assert_eq!(office("Defense Minister"), "defence minister");
        assert_eq!(office("premier"), "prime minister");
        assert_eq!(office("spokeswoman"), office("spokesman"));
        assert_eq!(office("human rights envoy"), "human rights envoy");
    }

    #[test]
    fn some_offices_have_many_holders() {
        assert!(has_one_holder("foreign minister") && has_one_holder("ambassador"));
        assert!(!has_one_holder("minister") && !has_one_holder("deputy foreign minister"));
        assert!(!has_one_holder("senator") && !has_one_holder("spokesperson"));
    }
}
