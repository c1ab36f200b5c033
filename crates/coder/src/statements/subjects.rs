//! What sort of phrase would be the speaker of a cue: a pronoun, a name, a human noun, a document.

use chancery_model::{NameKind, Relation, Tag};

use crate::frames::verb_frame;
use crate::tree::Tree;

/// Who would speak: "none", a pronoun, the kind of name, or the noun; and a coarser class.
pub(super) fn speaker_class(tree: &Tree, cue: u32) -> (String, &'static str) {
    let subject = match tree.token(cue).tag {
        Tag::Verb | Tag::Aux => verb_frame(tree, cue).subject,
        Tag::Noun => tree.child_by(cue, &[Relation::NmodPoss]),
        _ => tree.child_by(cue, &[Relation::Nsubj]),
    };
    let Some(subject) = subject else { return ("none".to_owned(), "none") };
    let word = tree.word(subject).to_lowercase();
    match tree.token(subject).tag {
        Tag::Pron => {
            let class = match word.as_str() {
                "he" | "she" | "his" | "her" => "he",
                "i" | "we" | "my" | "our" => "i",
                "who" => "who",
                "they" | "their" => "they",
                "you" | "your" => "you",
                "it" | "its" | "that" | "which" | "this" => "it",
                _ => "pronoun",
            };
            (word, class)
        }
        Tag::Propn => {
            let class = name_class(tree, subject);
            (class.to_owned(), class)
        }
        _ => {
            let lemma = tree.lemma(subject);
            (
                lemma.to_owned(),
                if is_human(lemma) {
                    "human"
                } else if is_document(lemma) {
                    "document"
                } else {
                    "thing"
                },
            )
        }
    }
}

/// Nouns of people and bodies, by their endings and a list of the commonest.
pub(super) fn is_human(lemma: &str) -> bool {
    const ENDINGS: &[&str] = &["er", "or", "ist", "man", "woman", "ian", "person", "ant", "ee", "crat", "ive"];
    const COMMON: &[&str] = &[
        "people",
        "official",
        "government",
        "president",
        "campaign",
        "group",
        "party",
        "ministry",
        "expert",
        "voter",
        "critic",
        "source",
        "some",
        "other",
        "many",
        "most",
        "aide",
        "ally",
        "friend",
        "committee",
        "company",
        "police",
        "court",
        "council",
        "union",
        "state",
        "country",
        "nation",
        "administration",
        "agency",
        "department",
        "office",
        "team",
        "candidate",
        "colleague",
        "public",
        "majority",
        "percent",
        "analyst",
        "diplomat",
        "judge",
        "witness",
        "family",
        "member",
        "chief",
        "envoy",
        "head",
        "resident",
        "citizen",
        "student",
        "army",
        "military",
        "commission",
        "board",
        "opposition",
        "crowd",
    ];
    COMMON.contains(&lemma) || lemma.len() > 4 && ENDINGS.iter().any(|ending| lemma.ends_with(ending))
}

/// Nouns of what can be read.
pub(super) fn is_document(lemma: &str) -> bool {
    const DOCUMENTS: &[&str] = &[
        "report",
        "poll",
        "survey",
        "study",
        "statement",
        "letter",
        "article",
        "email",
        "document",
        "paper",
        "book",
        "data",
        "analysis",
        "record",
        "tweet",
        "post",
        "speech",
        "ad",
        "video",
        "story",
        "review",
        "estimate",
        "figure",
        "statistic",
        "research",
        "newspaper",
        "editorial",
        "memo",
        "communique",
        "declaration",
        "resolution",
        "text",
        "note",
        "column",
        "website",
        "agreement",
        "treaty",
        "law",
        "bill",
        "plan",
        "forecast",
        "result",
        "evidence",
        "headline",
    ];
    DOCUMENTS.contains(&lemma)
}

pub(super) fn name_class(tree: &Tree, token: u32) -> &'static str {
    let name = tree.sentence.names.iter().find(|name| name.tokens.contains(&token));
    match name.map(|name| name.kind) {
        Some(NameKind::Person) => "PERSON",
        Some(NameKind::Organisation) => "ORGANISATION",
        Some(NameKind::Location | NameKind::Facility) => "PLACE",
        _ => "NAME",
    }
}
