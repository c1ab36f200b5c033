//! The plain structs that pass between the stages of Chancery, in one place.
//!
//! A [`Document`] comes in; segmentation makes [`Sentence`]s of [`Token`]s; the language core fills in tags,
//! lemmas, heads and [`Name`]s; the coder makes the records of [`records`], whose field names are the product's
//! public interface. Nothing here reads a file, a clock or the network.
//!
//! Two kinds of offset exist and never mix: stages work with [`Span`] (UTF-8 bytes of `Document::text`), records
//! carry [`records::Extent`] (Unicode code points, so that a Python or R slice gives back the words);
//! [`CodePoints`] turns the one into the other.
#![deny(missing_docs)]

mod date;
mod document;
mod ontology;
mod records;
mod span;
mod syntax;

pub use date::{DateInterval, Grain, ParseDateError, publication_date};
pub use document::{Document, FoundIn, Original};
pub use ontology::{Context, EventType, Mode, Quad, Sector, Status};
pub use records::{
    Coded, Commitment, CommitmentKind, Event, Extent, Figure, Mood, Party, Place, Qualifier, Role, Stage, Statement,
};
pub use span::{CodePoints, Span};
pub use syntax::{Name, NameKind, Penn, Relation, Sentence, SentenceKind, Tag, Token};
