//! `cargo xtask train`: makes the language core's weights from treebanks and free texts.
//!
//! The lemmatiser is learned here; the network by the Python programs in `xtask/train`, in the order given below.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use chancery_language::Writer;
use chancery_language::lemma::{Class, Dictionary, Lemmatiser};
use flate2::read::GzDecoder;

use crate::conllu;

const WEIGHTS: &str = "crates/language/weights";

/// Tables of the package `spacy-lookups-data` and the classes that they are of.
const TABLES: [(&str, Class); 4] =
    [("verb", Class::Verb), ("noun", Class::Noun), ("adj", Class::Adjective), ("adv", Class::Adjective)];

/// Known words and irregular forms of a folder of `spacy-lookups-data`.
fn dictionary(lookups: &Path) -> Result<Dictionary> {
    let table = |name: &str| -> Result<serde_json::Value> {
        let file = lookups.join(format!("data/en_lemma_{name}.json.gz"));
        let file = fs::File::open(&file).with_context(|| file.display().to_string())?;
        Ok(serde_json::from_reader(GzDecoder::new(file))?)
    };
    let (index, irregular) = (table("index")?, table("exc")?);
    let mut words = Vec::new();
    let mut forms = Vec::new();
    for (name, class) in TABLES {
        let known = index[name].as_array().into_iter().flatten().filter_map(|word| word.as_str());
        words.extend(known.map(|word| (class, word)));
        for (form, lemmas) in irregular[name].as_object().into_iter().flatten() {
            let lemmas: Vec<&str> = lemmas.as_array().into_iter().flatten().filter_map(|l| l.as_str()).collect();
            // "bases" is of "base" before "basis", "leaves" of "leaf"; of "appal" and "appall" the later is the one that
            // the treebanks write
            let of_s = |lemma: &&&str| !form.ends_with("ves") && form.strip_suffix('s') == Some(lemma);
            let regular = lemmas.iter().find(of_s).filter(|lemma| !lemma.ends_with("sse"));
            let other = if class == Class::Verb { lemmas.last() } else { lemmas.first() };
            forms.extend(regular.or(other).map(|lemma| (class, form.as_str(), *lemma)));
        }
    }
    Ok(Dictionary::new(words, forms))
}

/// Learns the lemmatiser from treebanks and a folder of `spacy-lookups-data` and writes it.
pub fn lemmas(shared: &Path, lookups: &Path) -> Result<()> {
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
    Lemmatiser::learn(&examples, dictionary(lookups)?).write(&mut out);
    fs::write(Path::new(WEIGHTS).join("lemmas.bin"), out.done())?;
    Ok(())
}

/// Trains everything. `python` has torch, spacy, tokenizers, safetensors and pyarrow; `minilm` and `glove` are the
/// folders of the packages that weights/README.md names.
pub fn network(shared: &Path, python: &str, work: &Path, minilm: &str, glove: &str) -> Result<()> {
    fs::create_dir_all(work)?;
    let (shared, work) = (shared.to_string_lossy(), work.to_string_lossy());
    let weights = format!("{WEIGHTS}/network.bin");
    for step in [
        vec!["silver.py", &shared, &work],
        vec!["teacher.py", "train", &shared, &work, minilm, "1400"],
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
