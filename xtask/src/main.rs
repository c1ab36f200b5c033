//! Developer tasks: `cargo xtask check | test | demo | train | eval | bench | lexicon | explain`.
mod baseline;
mod bench;
mod conllu;
mod eval_dates;
mod eval_events;
mod eval_html;
mod eval_labelled;
mod eval_language;
mod eval_segments;
mod lexicon;
mod scale;
mod tasks;
mod train;
mod train_confidence;
mod train_rarity;
mod train_statements;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let shared = Path::new("../shared");
    match args.as_slice() {
        ["check"] => tasks::check(),
        ["test"] => tasks::test(),
        ["demo"] => tasks::demo(),
        ["train", "rarity"] => train_rarity::run(shared),
        ["train", "lemmas", lookups] => train::lemmas(shared, Path::new(lookups)),
        ["train", "network", python, work, minilm, glove] => {
            train::network(shared, python, Path::new(work), minilm, glove)
        }
        ["eval", "language"] => eval_language::run(shared).map(|report| println!("{report}")),
        ["eval", "language", network, lemmas] => {
            eval_language::run_weights(shared, Path::new(network), Path::new(lemmas))
                .map(|report| println!("{report}"))
        }
        ["show", network, lemmas, file] => {
            eval_language::show(Path::new(network), Path::new(lemmas), Path::new(file)).map(|out| println!("{out}"))
        }
        ["eval", "baseline", labels] => {
            eval_language::run_baseline(shared, Path::new(labels)).map(|report| println!("{report}"))
        }
        ["bench", python] => bench::run(shared, python).map(|report| println!("{report}")),
        ["eval", "dates"] => eval_dates::run(shared).map(|report| println!("{report}")),
        ["eval", "html"] => Ok(eval_html::run(shared, None).map(|report| println!("{report}"))?),
        ["eval", "html", marks] => {
            Ok(eval_html::run(shared, Some(Path::new(marks))).map(|report| println!("{report}"))?)
        }
        ["eval", "segments"] => eval_segments::run(shared).map(|report| println!("{report}")),
        ["eval", "statements"] => {
            train_statements::evaluate(shared, Path::new("crates/coder/weights/statements.txt"))
        }
        ["eval", "statements", weights] => train_statements::evaluate(shared, Path::new(weights)),
        ["train", "confidence"] => train_confidence::run(shared),
        ["train", "statements"] => train_statements::run(shared, None),
        ["train", "statements", out] => train_statements::run(shared, Some(Path::new(out))),
        ["eval", "labelled"] => eval_labelled::run(shared, false),
        ["eval", "labelled", "--wrong"] => eval_labelled::run(shared, true),
        ["eval", "events", rest @ ..] => eval_events::run(shared, rest),
        ["scale"] => scale::run(shared, 10_000, None),
        ["scale", documents] => scale::run(shared, documents.parse()?, None),
        ["scale", documents, ledger] => scale::run(shared, documents.parse()?, Some(Path::new(ledger))),
        ["explain", sentence] => {
            let engine = chancery_engine::Engine::new(chancery_lexicon::Lexicon::embedded());
            print!("{}", chancery_engine::explain(&engine, sentence, None));
            Ok(())
        }
        ["lexicon", rest @ ..] => lexicon::run(rest),
        _ => anyhow::bail!(
            "usage: cargo xtask check | test | demo | train confidence | train rarity | train lemmas LOOKUPS | train network PYTHON WORK MINILM GLOVE | train statements [OUT] | bench PYTHON | scale [DOCUMENTS] [LEDGER] | eval language|html [MARKS]|segments|dates|statements [WEIGHTS]|events [SET]|labelled [--wrong] | lexicon events|parties [FILE|mark] | explain SENTENCE"
        ),
    }
}
