//! Running the program in a folder of its own.
#![allow(dead_code)] // each test file uses its part

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary folder in which the program runs.
pub struct Folder(tempfile::TempDir);

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        ended(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        ended(child.wait_with_output().unwrap())
    }

    /// Runs and expects success.
    pub fn done(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
        run
    }
}

pub fn ended(output: std::process::Output) -> Run {
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn lines(path: &Path) -> Vec<serde_json::Value> {
    let content = fs::read_to_string(path).unwrap();
    content.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// News of an invented sort, numbered, as JSON lines.
pub fn news(numbers: std::ops::Range<usize>) -> String {
    let acts = ["signed an agreement with", "condemned", "imposed sanctions on", "hosted talks with", "attacked"];
    let states = ["Pakistan", "Russia", "China", "India", "Turkey", "Iran", "the United States"];
    let mut lines = String::new();
    for i in numbers {
        let (one, other, act) = (states[i % 7], states[(i * 3 + 1) % 7], acts[i % 5]);
        let text = format!(
            "{one} {act} {other} on Tuesday. Officials said that the {i}th meeting would follow. {}",
            "The minister welcomed the agreement. ".repeat(i % 13)
        );
        let date = format!("2026-{:02}-{:02}", 1 + i % 12, 1 + i % 28);
        lines.push_str(&serde_json::json!({"id": format!("n{i}"), "date": date, "text": text}).to_string());
        lines.push('\n');
    }
    lines
}
