//! The `chancery` command: documents in, cited records out.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 some inputs failed, each of
//! them named, the rest kept; 2 the command could not be carried out as given; 130 interrupted.

mod add;
mod arguments;
mod balance;
mod brief;
mod code;
mod commitments;
mod decisions;
mod demo;
mod display;
mod disputes;
mod inputs;
mod listing;
mod parties;
mod progress;
mod roles;
mod sql;
mod timeline;
mod tools;

use std::io;
use std::process::ExitCode;

use chancery_ledger::LedgerError;
use clap::Parser;

use arguments::{Arguments, Command};

/// How a command ended that did not fail as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Done,
    /// Some inputs failed; each was named.
    SomeFailed,
    Interrupted,
}

fn main() -> ExitCode {
    silence_coding_panics();
    let result = dispatch(Arguments::parse().command);
    match result {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => ExitCode::from(1),
        Ok(Ending::Interrupted) => ExitCode::from(130),
        // The reader of our output has seen enough, as `head` does.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            progress::say(&format!("chancery: {error:#}"));
            ExitCode::from(if is_usage(&error) { 2 } else { 1 })
        }
    }
}

fn dispatch(command: Command) -> anyhow::Result<Ending> {
    match command {
        Command::Code(arguments) => code::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::Events(arguments) => listing::events(&arguments),
        Command::Statements(arguments) => listing::statements(&arguments),
        Command::Commitments(arguments) => commitments::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments),
        Command::Balance(arguments) => balance::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Disputes(arguments) => disputes::run(&arguments),
        Command::Link(arguments) => decisions::link(&arguments),
        Command::Unlink(arguments) => decisions::unlink(&arguments),
        Command::Roles(arguments) => roles::run(&arguments),
        Command::Explain(arguments) => tools::explain(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Export(arguments) => tools::export(&arguments),
        Command::Lexicon(arguments) => tools::lexicon(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
    }
}

/// A panic while coding a document is that document's failure and named as such; its default report would only get in
/// between.
fn silence_coding_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let quiet = [chancery_engine::THREAD_NAME, chancery_sources::PDF_THREAD_NAME];
        if !std::thread::current().name().is_some_and(|name| quiet.contains(&name)) {
            report(panic);
        }
    }));
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |error: &(dyn std::error::Error + 'static)| {
        let plain = error.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = || error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let csv = || match error.downcast_ref::<csv::Error>()?.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        };
        plain.or_else(json).or_else(csv)
    };
    error.chain().any(|error| kind(error) == Some(io::ErrorKind::BrokenPipe))
}

/// True if another command line, ledger or lexicon is needed, rather than another try.
fn is_usage(error: &anyhow::Error) -> bool {
    use LedgerError::{Missing, Newer, NoCommitment, NoDecision, NotALedger, NotReadOnly, Older};
    let ledger = error.downcast_ref::<LedgerError>();
    let ledger = matches!(
        ledger,
        Some(
            Missing(_)
                | Newer { .. }
                | NotALedger(_)
                | NotReadOnly(_)
                | Older { .. }
                | NoCommitment(_)
                | NoDecision(_)
        )
    );
    ledger
        || error.is::<tools::BadLexicon>()
        || error.is::<inputs::NoInput>()
        || error.is::<parties::UnknownParty>()
}
