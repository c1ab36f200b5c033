//! Ids: the default one, and noticing one that stands for two texts.

use std::collections::HashMap;

use chancery_model::Document;
use sha2::{Digest, Sha256};

/// Sixteen hexadecimal digits of the SHA-256 of URL, a NUL and text: two among a million documents share one with
/// a chance of about 1 in 30 million.
pub(crate) fn default_id(url: Option<&str>, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(url.unwrap_or("").as_bytes());
    hash.update([0]);
    hash.update(text.as_bytes());
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// `sha256:` and the hexadecimal SHA-256 of bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hexadecimal: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hexadecimal}")
}

/// Remembers which ids were seen with which text.
#[derive(Debug, Default)]
pub(crate) struct SeenIds {
    texts: HashMap<u64, u64>,
}

/// Ids remembered at most, to keep memory constant: about 40 MB. Beyond it later duplicates go unnoticed here
/// (the ledger still replaces them).
const REMEMBERED: usize = 1 << 20;

impl SeenIds {
    /// True if the id was seen before with another text.
    pub(crate) fn clashes(&mut self, document: &Document) -> bool {
        let (id, text) = (short_hash(&document.id), short_hash(&document.text));
        match self.texts.get(&id) {
            Some(seen) => *seen != text,
            None => {
                if self.texts.len() < REMEMBERED {
                    self.texts.insert(id, text);
                }
                false
            }
        }
    }
}

/// FNV-1a over eight bytes at a time: fast, and good enough to tell texts apart for a notice.
fn short_hash(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64 ^ text.len() as u64;
    for chunk in text.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_id_depends_on_url_and_text() {
        let id = default_id(None, "Moscow agreed.");
        assert_eq!(id.len(), 16);
        assert_eq!(id, default_id(None, "Moscow agreed."));
        assert_ne!(id, default_id(Some("https://a.example"), "Moscow agreed."));
    }

    #[test]
    fn only_another_text_under_the_same_id_clashes() {
        let document = |text: &str| Document { id: "a".into(), text: text.into(), ..Document::default() };
        let mut seen = SeenIds::default();
        assert!(!seen.clashes(&document("one")));
        assert!(!seen.clashes(&document("one")));
        assert!(seen.clashes(&document("two")));
    }
}
