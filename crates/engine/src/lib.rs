//! The main path: one document in, its coded records out.
#![deny(missing_docs)]

use chancery_lexicon::Lexicon;
use chancery_model::{Coded, Document};

/// Codes documents; cheap to share between threads.
pub struct Engine<'l> {
    lexicon: &'l Lexicon,
}

impl<'l> Engine<'l> {
    /// An engine over a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Engine<'l> {
        Engine { lexicon }
    }

    /// Codes one document.
    pub fn code(&self, document: &Document) -> Coded {
        let _ = self.lexicon;
        Coded::empty(document, "en")
    }
}
