//! Developer tasks: `cargo xtask train | eval | bench`.
mod conllu;
mod eval_language;
mod train;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let shared = Path::new("../shared");
    match args.first().map(String::as_str) {
        Some("train") => train::run(shared, Path::new(&args[1])),
        Some("eval") => eval_language::run(shared).map(|report| println!("{report}")),
        _ => anyhow::bail!("usage: cargo xtask train|eval|bench"),
    }
}
