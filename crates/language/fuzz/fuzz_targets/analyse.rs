//! Any text is split and read without a crash, and every sentence comes out with one root.
#![no_main]

use chancery_language::{Core, Scratch, segment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sentences = segment(text);
    Core::embedded().analyse_all(text, &mut sentences, &mut Scratch::default());
    for sentence in &sentences {
        let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
        assert_eq!(roots, usize::from(!sentence.tokens.is_empty()));
    }
});
