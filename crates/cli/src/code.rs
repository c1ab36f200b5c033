//! `chancery code`: documents in, coded records out.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use anyhow::{Context, Result};
use chancery_engine::Engine;
use chancery_ledger::CodedFile;
use chancery_model::Coded;

use crate::Ending;
use crate::arguments::{Code, CodeFormat};
use crate::inputs::{code_inputs, summary};
use crate::progress::say;
use crate::tools::load_lexicon;

enum Output {
    JsonLines(BufWriter<Box<dyn Write>>),
    Parquet(Box<CodedFile>),
}

impl Output {
    fn open(arguments: &Code) -> Result<Output> {
        let writer: Box<dyn Write> = match (arguments.format, &arguments.output) {
            (CodeFormat::Parquet, Some(path)) => return Ok(Output::Parquet(Box::new(CodedFile::create(path)?))),
            (_, None) => Box::new(io::stdout().lock()),
            (CodeFormat::Jsonl, Some(path)) => {
                Box::new(File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?)
            }
        };
        Ok(Output::JsonLines(BufWriter::with_capacity(1 << 16, writer)))
    }

    fn write(&mut self, coded: &Coded) -> Result<()> {
        match self {
            Output::JsonLines(writer) => {
                serde_json::to_writer(&mut *writer, coded)?;
                Ok(writer.write_all(b"\n")?)
            }
            Output::Parquet(file) => Ok(file.write(coded)?),
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Output::JsonLines(mut writer) => Ok(writer.flush()?),
            Output::Parquet(file) => Ok(file.finish().map(drop)?),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Code) -> Result<Ending> {
    let lexicon = load_lexicon(arguments.coding.lexicon.as_deref())?;
    let engine = Engine::new(&lexicon);
    let mut output = Output::open(arguments)?;
    let (tally, progress, ending) =
        code_inputs(&arguments.coding, &engine, |_| Ok(false), |_, coded| output.write(&coded))?;
    output.finish()?;
    say(&summary(&tally, &progress));
    if ending == Ending::Interrupted {
        say("interrupted: what was read until then is written");
    }
    Ok(ending)
}
