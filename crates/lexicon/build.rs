//! The lexicon is embedded: build again whenever one of its files changes.
fn main() {
    println!("cargo:rerun-if-changed=../../data");
}
