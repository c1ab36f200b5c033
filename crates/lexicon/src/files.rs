//! The texts of the lexicon: those embedded in the program and those that a user lays over them.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::blocks::{Block, Problem, read_blocks};

/// Sub-folders that hold entries or their tables.
const FOLDERS: &[&str] = &["actors", "commitments", "contexts", "events", "offices", "roles", "statements"];

static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../data");

/// One file of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as the user would open it; embedded files begin with `data/`.
    pub path: String,
    /// Content.
    pub text: String,
    /// 0 for the program's own, 1 for a user's.
    pub layer: usize,
}

/// All files by folder (`actors`, `events` …), the program's first, then those laid over it.
#[derive(Clone, Debug, Default)]
pub struct LexiconFiles {
    folders: BTreeMap<String, Vec<Source>>,
}

impl LexiconFiles {
    /// The files that come with the program.
    pub fn embedded() -> LexiconFiles {
        let mut files = LexiconFiles::default();
        for folder in EMBEDDED.dirs() {
            let name = folder.path().to_string_lossy().into_owned();
            let mut found: Vec<_> = folder.files().filter(|file| is_lexicon(file.path())).collect();
            found.sort_by_key(|file| file.path());
            for file in found {
                let path = format!("data/{}", file.path().display());
                let text = String::from_utf8_lossy(file.contents()).into_owned();
                files.folders.entry(name.clone()).or_default().push(Source { path, text, layer: 0 });
            }
        }
        files
    }

    /// Adds one file, for tests and tools.
    pub fn add(&mut self, folder: &str, path: &str, text: &str, layer: usize) {
        let source = Source { path: path.to_owned(), text: text.to_owned(), layer };
        self.folders.entry(folder.to_owned()).or_default().push(source);
    }

    /// Adds the `*.txt` files of the sub-folders of `overlay`.
    ///
    /// # Errors
    /// The folder, or a file in it, cannot be read, or it holds no sub-folder that the lexicon has.
    pub fn lay_over(&mut self, overlay: &Path) -> Result<(), Problem> {
        let mut found = 0;
        for folder in FOLDERS {
            let directory = overlay.join(folder);
            if !directory.is_dir() {
                continue;
            }
            let entries = std::fs::read_dir(&directory).map_err(|error| unreadable(&directory, &error))?;
            let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            paths.sort();
            for path in paths.iter().filter(|path| is_lexicon(path)) {
                let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
                self.add(folder, &path.display().to_string(), &text, 1);
                found += 1;
            }
        }
        if found == 0 {
            return Err(Problem {
                file: overlay.display().to_string(),
                line: 1,
                reason: "no lexicon file found".to_owned(),
                remedy:
                    "put *.txt files in sub-folders actors, roles, offices, events, statements or commitments of it"
                        .to_owned(),
            });
        }
        Ok(())
    }

    /// The files of a folder, the program's own first.
    pub fn of(&self, folder: &str) -> &[Source] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The entries of a folder; an entry of a later layer replaces one of the same name, a duplicate within one
    /// layer is a problem. `tables` names files that are no entries.
    pub fn blocks(&self, folder: &str, tables: &[&str], problems: &mut Vec<Problem>) -> Vec<Block> {
        let mut order: Vec<Block> = Vec::new();
        let mut known: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for source in self.of(folder) {
            if tables.iter().any(|table| source.path.ends_with(table)) {
                continue;
            }
            for block in read_blocks(&source.path, &source.text, problems) {
                match known.get(&block.name) {
                    Some(&(at, layer)) if layer < source.layer => {
                        known.insert(block.name.clone(), (at, source.layer));
                        order[at] = block;
                    }
                    Some(&(at, _)) => {
                        let first = format!("{}:{}", order[at].file, order[at].line);
                        let reason = format!("entry `{}` stands already at {first}", block.name);
                        problems.push(block.problem(
                            block.line,
                            reason,
                            "give one of them another name, or join them",
                        ));
                    }
                    None => {
                        known.insert(block.name.clone(), (order.len(), source.layer));
                        order.push(block);
                    }
                }
            }
        }
        order
    }
}

fn is_lexicon(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "txt")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem {
        file: path.display().to_string(),
        line: 1,
        reason: format!("it cannot be read ({error})"),
        remedy: "check the path, the rights and that the file is UTF-8".to_owned(),
    }
}
