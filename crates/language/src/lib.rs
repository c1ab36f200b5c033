//! The language core of Chancery: English sentences, tags, lemmas, dependency trees and names.
//!
//! [`segment`] splits a text; [`Core::analyse`] fills in tags, lemmas, heads, relations and names of a
//! [`Sentence`](chancery_model::Sentence). Every sentence comes out as one tree. The same words give the same analysis
//! on every machine.
#![deny(missing_docs)]

mod core;
mod embed;
mod kernel;
pub mod lemma;
mod names;
mod network;
mod render;
mod segment;
mod tokens;
mod tree;
mod wire;

pub use core::{Core, Scratch};
pub use names::{LABELS, from_labels, may_follow};
pub use render::render;
pub use segment::segment;
pub use wire::{WeightsError, Writer};
