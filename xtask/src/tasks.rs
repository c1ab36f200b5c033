//! The tasks that run other programs: check, test, demo.

use std::process::Command;

/// Formatting, lints, licences: what continuous integration runs besides the tests.
pub fn check() -> anyhow::Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    cargo(&["deny", "--log-level", "error", "check", "licenses", "bans", "sources"])
}

/// Every test of the workspace.
pub fn test() -> anyhow::Result<()> {
    cargo(&["test", "--workspace"])
}

/// Builds the program, codes the sample corpus into a ledger and prints what it holds.
pub fn demo() -> anyhow::Result<()> {
    cargo(&["run", "--release", "--quiet", "--package", "chancery", "--", "demo"])
}

fn cargo(args: &[&str]) -> anyhow::Result<()> {
    eprintln!("cargo {}", args.join(" "));
    let status = Command::new("cargo").args(args).status()?;
    anyhow::ensure!(status.success(), "`cargo {}` failed", args.join(" "));
    Ok(())
}
