//! From parsed sentences to records: mentions, parties, events, dates, figures.
//!
//! Every stage is a pure function of one sentence, the lexicon and the [`discourse::Discourse`] so far; the engine calls
//! them in order.
#![deny(missing_docs)]

pub mod cameo;
pub mod commitments;
pub mod confidence;
pub mod contexts;
pub mod dates;
pub mod discourse;
pub mod draft;
pub mod events;
pub mod figures;
pub mod frames;
pub mod matching;
pub mod mending;
pub mod mentions;
pub mod parties;
pub mod places;
pub mod repairs;
pub mod roles;
pub mod statements;
pub mod status;
pub mod topics;
pub mod tree;
pub mod when;
