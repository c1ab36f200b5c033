//! Loads and checks the lexicon: who can act, who held which office, what words name which act.
//!
//! In: the text files under `data/`, embedded in the program, and folders that a user lays over them. Out: a
//! [`Lexicon`] of plain tables, or the list of every [`Problem`] with file, line, reason and remedy. The lexicon
//! knows nothing of sentences: matching is the coder's work. `docs/lexicon-format.md` is the user's description.
//!
//! ```
//! let lexicon = chancery_lexicon::Lexicon::embedded();
//! assert!(lexicon.actors.iter().any(|actor| actor.name == "Pakistan"));
//! ```
#![deny(missing_docs)]

mod actors;
mod blocks;
mod cues;
mod events;
mod examples;
mod files;
mod names;
mod offices;
mod patterns;
mod roles;
mod undertakings;

pub use actors::{Actor, ActorKind, NameForm, Restrictions};
pub use blocks::{Block, Field, Problem, read_blocks};
pub use cues::{Complement, Cue, CueExample};
pub use events::{ContextWords, EventEntry, Governor, GovernorEffect, NounClasses, TopicWords};
pub use examples::{EventExample, ExpectedEvent, ExpectedParty, PartyExample};
pub use files::{LexiconFiles, Source};
pub use names::{NameTable, Target};
pub use offices::{Holder, Office};
pub use patterns::{Clause, Filler, NounPhrase, Pattern, Predicate, Slot};
pub use roles::RoleNoun;
pub use undertakings::{Alias, CommitmentExample, Need, StageCue, Undertaking, Undertakings};

use std::path::Path;
use std::sync::OnceLock;

/// Every table of the lexicon, ready for matching.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// States, bodies, groups, in the order of their files.
    pub actors: Vec<Actor>,
    /// Nouns that tell what sort of party somebody is.
    pub roles: Vec<RoleNoun>,
    /// Offices with their holders.
    pub offices: Vec<Office>,
    /// Acts.
    pub events: Vec<EventEntry>,
    /// Patterns of all entries; `Pattern::entry` indexes `events`.
    pub patterns: Vec<Pattern>,
    /// Classes of nouns that patterns name between angle brackets.
    pub classes: NounClasses,
    /// Verbs that turn the act of their complement into a plan, a refusal or a wish.
    pub governors: Vec<Governor>,
    /// Words that introduce what somebody says, thinks or decides.
    pub cues: Vec<Cue>,
    /// Words that show what an act is about.
    pub contexts: ContextWords,
    /// Words of news that is not about politics.
    pub topics: TopicWords,
    /// What states undertake, and the words that tell how far it has come.
    pub undertakings: Undertakings,
    /// Where every name and role noun of the tables above is looked up, word by word.
    pub names: NameTable,
}

/// The lexicon could not be loaded; nothing of it is used.
#[derive(Debug, thiserror::Error)]
#[error("the lexicon has {} bad entries; the first: {}", .0.len(), .0[0])]
pub struct LexiconError(
    /// Every problem found, in the order of files and lines; never empty.
    pub Vec<Problem>,
);

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: OnceLock<Lexicon> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            Lexicon::from_files(&LexiconFiles::embedded())
                .unwrap_or_else(|error| panic!("the embedded lexicon is checked by tests, but: {error}"))
        })
    }

    /// The program's lexicon with the folder `overlay` laid over it: an entry there replaces ours of the same name,
    /// others are added. The folder has the layout of `data/`; missing parts are simply not changed.
    ///
    /// # Errors
    /// All bad entries at once; a folder that cannot be read is one problem.
    pub fn with_overlay(overlay: &Path) -> Result<Lexicon, LexiconError> {
        let mut files = LexiconFiles::embedded();
        files.lay_over(overlay).map_err(|problem| LexiconError(vec![problem]))?;
        Lexicon::from_files(&files)
    }

    /// Builds the tables from the text of the files.
    ///
    /// # Errors
    /// All bad entries at once.
    pub fn from_files(files: &LexiconFiles) -> Result<Lexicon, LexiconError> {
        let mut problems = Vec::new();
        let mut lexicon = Lexicon {
            actors: actors::load(files, &mut problems),
            roles: roles::load(files, &mut problems),
            offices: offices::load(files, &mut problems),
            cues: cues::load(files, &mut problems),
            classes: NounClasses::load(files, &mut problems),
            governors: events::load_governors(files, &mut problems),
            contexts: ContextWords::load(files, &mut problems),
            topics: TopicWords::load(files, &mut problems),
            undertakings: undertakings::load(files, &mut problems),
            ..Lexicon::default()
        };
        (lexicon.events, lexicon.patterns) = events::load(files, &lexicon.classes, &mut problems);
        if !problems.is_empty() {
            return Err(LexiconError(problems));
        }
        lexicon.names = NameTable::build(&lexicon);
        Ok(lexicon)
    }
}
