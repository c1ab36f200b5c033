//! `cargo xtask train`: makes the language core's weights from treebanks and free texts.
//!
//! The lemmatiser is learned here; the network by the Python programs in `xtask/train`, in the order given below.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use chancery_language::Writer;
use chancery_language::lemma::Lemmatiser;

use crate::conllu;

const WEIGHTS: &str = "crates/language/weights";

/// Learns the lemmatiser and writes it.
pub fn lemmas(shared: &Path) -> Result<()> {
    let mut examples = BTreeMap::new();
    for name in ["ewt_train", "gum_train"] {
        for gold in conllu::read(&shared.join(format!("gold/treebank/{name}.conllu")))? {
            for token in gold.sentence.tokens.iter().filter(|t| t.lemma != "_") {
                let word = token.span.of(&gold.text).to_string();
                *examples.entry((word, token.penn, token.lemma.to_string())).or_default() += 1;
            }
        }
    }
    let mut out = Writer::default();
    Lemmatiser::learn(&examples).write(&mut out);
    fs::write(Path::new(WEIGHTS).join("lemmas.bin"), out.done())?;
    Ok(())
}

/// Trains everything. `python` has torch, spacy, tokenizers, safetensors and pyarrow; `minilm` and `glove` are the
/// folders of the packages that weights/README.md names.
pub fn all(shared: &Path, python: &str, work: &Path, minilm: &str, glove: &str) -> Result<()> {
    lemmas(shared)?;
    fs::create_dir_all(work)?;
    let (shared, work) = (shared.to_string_lossy(), work.to_string_lossy());
    let weights = format!("{WEIGHTS}/network.bin");
    for step in [
        vec!["silver.py", &shared, &work],
        vec!["teacher.py", "train", &shared, &work, minilm, "2"],
        vec!["teacher.py", "label", &shared, &work, minilm, "650000"],
        vec!["student.py", &shared, &work, glove, "8"],
        vec!["export.py", &shared, &work, glove, "student.pt", &weights],
    ] {
        eprintln!("{}", step.join(" "));
        let script = Path::new("xtask/train").join(step[0]);
        if !Command::new(python).arg(script).args(&step[1..]).status()?.success() {
            bail!("{} failed", step[0]);
        }
    }
    Ok(())
}
