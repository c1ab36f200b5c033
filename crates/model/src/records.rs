//! The records that the coder gives out. Field names are the product's public interface: change one only with a
//! note in the changelog.

use serde::{Deserialize, Serialize};

use crate::ontology::{Context, EventType, Mode, Quad, Sector, Status, vocabulary};
use crate::{DateInterval, Document};

/// A half-open range of Unicode code points of the document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Extent(
    /// Offset of the first code point.
    pub u32,
    /// Offset just after the last code point.
    pub u32,
);

/// Everything that is coded from one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    /// The document's id.
    pub id: String,
    /// Day of publication, where known.
    pub date: Option<jiff::civil::Date>,
    /// ISO 639-1 code; a document in another language than English is kept but not coded.
    pub language: String,
    /// Most salient first.
    pub events: Vec<Event>,
    /// In text order.
    pub statements: Vec<Statement>,
    /// In text order.
    pub commitments: Vec<Commitment>,
    /// In text order.
    pub figures: Vec<Figure>,
    /// In text order.
    pub roles: Vec<Role>,
}

impl Coded {
    /// The answer for a document of which nothing is coded.
    pub fn empty(document: &Document, language: &str) -> Coded {
        Coded {
            id: document.id.clone(),
            date: document.date,
            language: language.to_owned(),
            events: Vec::new(),
            statements: Vec::new(),
            commitments: Vec::new(),
            figures: Vec::new(),
            roles: Vec::new(),
        }
    }
}

/// Who acts, is acted upon, or speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// The words as they stand.
    pub text: String,
    /// Where they stand.
    pub span: Extent,
    /// Canonical entity: "Russia", "Ministry of Foreign Affairs (Russia)"; `None` for the unnamed and unknown.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3, or `IGO:`, `NGO:`, `MNC:`, `NSA:` with the body's id.
    pub code: Option<String>,
    /// What sort of party; `None` for a state as such.
    pub sector: Option<Sector>,
    /// Set when a human being acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The office in which that human being acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// Who did what to whom, when, where, and whether it happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// `<document>#e<number>`.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode, where the words tell one.
    pub mode: Option<Mode>,
    /// What it is about.
    pub contexts: Vec<Context>,
    /// Who acts; never empty.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// When.
    pub date: Option<DateInterval>,
    /// Where.
    pub place: Option<Place>,
    /// Whether it happened.
    pub status: Status,
    /// The statement on whose word alone the event rests.
    pub statement: Option<String>,
    /// PLOVER's scale from -10 (worst) to 10 (best).
    pub intensity: f64,
    /// Quad class.
    pub quad: Quad,
    /// The most specific CAMEO code that type, mode, context and status support.
    pub cameo: String,
    /// Share of events of this score that are right, 0 to 1.
    pub confidence: f64,
    /// The sentence it rests on.
    pub sentence: Extent,
    /// The word or words that name the act.
    pub trigger: Extent,
    /// The lexicon entry that coded it.
    pub entry: String,
}

/// A point on the map with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-3; `None` for seas and the like.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// Who is said to have said, thought or decided what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `<document>#s<number>`.
    pub id: String,
    /// `None` where the text does not say whose word it is.
    pub speaker: Option<Party>,
    /// The words that introduce the content: "said", "according to".
    pub cue: Option<Extent>,
    /// What is said.
    pub content: Extent,
    /// True if the content is given in the speaker's own words.
    pub quoted: bool,
    /// How it is said.
    pub mood: Mood,
}

vocabulary! {
    /// How a statement is made.
    Mood: Says "says", Claims "claims", Denies "denies", Urges "urges", Promises "promises", Warns "warns",
    Accuses "accuses", Praises "praises", Expects "expects",
}

/// What has been proposed, promised, agreed, signed, built or dropped, at the stage that one document reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// `<document>#c<number>`.
    pub id: String,
    /// A short name in the text's own words: "Readmission agreement".
    pub title: String,
    /// What sort of undertaking.
    pub kind: CommitmentKind,
    /// Codes of those who undertake it.
    pub parties: Vec<String>,
    /// Code of the one who gains, where it is one-sided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<String>,
    /// "energy", "trade" and the like.
    pub sectors: Vec<String>,
    /// How far it has come.
    pub stage: Stage,
    /// When it is to be done.
    pub due: Option<DateInterval>,
    /// When this stage was reached.
    pub date: Option<DateInterval>,
    /// Ids of figures that belong to it.
    pub figures: Vec<String>,
    /// The statement on whose word it rests.
    pub statement: Option<String>,
    /// The words it rests on.
    pub evidence: Extent,
}

vocabulary! {
    /// What sort of undertaking a commitment is.
    CommitmentKind: Agreement "agreement", Project "project", Supply "supply", Aid "aid", Meeting "meeting",
    Visit "visit", Forum "forum", Exercise "exercise", Facility "facility", Reform "reform",
    Mediation "mediation", Cooperation "cooperation", Sanction "sanction", Deployment "deployment",
}

vocabulary! {
    /// How far a commitment has come, in the usual order.
    Stage: Proposed "proposed", Announced "announced", Negotiating "negotiating", Agreed "agreed",
    Signed "signed", InForce "in_force", UnderWay "under_way", Completed "completed", Stalled "stalled",
    Cancelled "cancelled",
}

/// A quantity with what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `<document>#f<number>`.
    pub id: String,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Singular noun, unit symbol or ISO 4217 currency: "company", "t", "USD".
    pub unit: String,
    /// How exact the number is said to be.
    pub qualifier: Qualifier,
    /// What is counted, in the text's words.
    pub counts: String,
    /// Number, unit and qualifier as they stand.
    pub span: Extent,
    /// The statement on whose word it rests.
    pub statement: Option<String>,
}

vocabulary! {
    /// How exact a figure is said to be.
    Qualifier: Exactly "exactly", About "about", MoreThan "more than", LessThan "less than", UpTo "up to",
    AtLeast "at least",
}

/// Who holds which office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Full name as the text gives it.
    pub person: String,
    /// Lower-case role noun: "ambassador".
    pub role: String,
    /// Country or body that the office belongs to.
    pub of: Option<String>,
    /// Country or body that the holder is accredited to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Ministry, parliament, company, institute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// First day, where the text tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<jiff::civil::Date>,
    /// The words it rests on.
    pub span: Extent,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_text_is_a_pair_of_numbers_and_unknown_is_null() {
        let place = Place { name: "Moscow".into(), country: Some("RUS".into()), lat: None, lon: None };
        assert_eq!(
            serde_json::to_string(&place).unwrap(),
            r#"{"name":"Moscow","country":"RUS","lat":null,"lon":null}"#
        );
        assert_eq!(serde_json::to_string(&Extent(3, 9)).unwrap(), "[3,9]");
        assert_eq!(serde_json::to_string(&Qualifier::MoreThan).unwrap(), r#""more than""#);
    }
}
