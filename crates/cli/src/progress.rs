//! How far a long command has come, on standard error.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Writes a line to standard error; a closed one is no reason to stop.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// A bar that appears when a command takes more than a second and standard error is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: bool,
}

const HIDDEN_FOR: Duration = Duration::from_secs(1);

impl Progress {
    /// A bar over `total` bytes, or a spinner where the total is not known.
    pub(crate) fn new(total: Option<u64>) -> Progress {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{wide_bar} {percent:>3} % {msg} {eta} left",
            None => "{spinner} {msg} {elapsed}",
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress { bar, begun: Instant::now(), shown: false }
    }

    /// Time since the beginning.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Moves the bar to `bytes` and shows `message`.
    pub(crate) fn update(&mut self, bytes: u64, message: impl FnOnce() -> String) {
        if !self.shown {
            if self.begun.elapsed() < HIDDEN_FOR || !io::stderr().is_terminal() {
                return;
            }
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(message());
        self.bar.set_position(bytes);
    }

    /// Writes a line to standard error, above the bar if there is one.
    pub(crate) fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
