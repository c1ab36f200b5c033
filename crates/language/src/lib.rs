//! The language core of Chancery: English tags, lemmas, dependency trees and names.
//!
//! In comes a [`Sentence`](chancery_model::Sentence) whose tokens have spans only; [`Core::analyse`] fills in the rest.
//! Every sentence comes out as one tree. The same words give the same analysis on every machine.
#![deny(missing_docs)]

mod core;
pub mod lemma;
pub mod names;
pub mod perceptron;
mod render;
mod segment;
mod tokens;
mod wire;

pub use core::{Core, Scratch};
pub use render::render;
pub use segment::segment;
pub use wire::WeightsError;
