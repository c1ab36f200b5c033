//! A parse as words with tags and arcs aligned beneath: for tests, reports and `chancery explain`.

use chancery_model::Sentence;

/// One line a word: its place, the word, lemma, tags, the arc to its head, and names; ends with a newline.
///
/// ```text
///  1 Pakistan  Pakistan  PROPN NNP  nsubj → 2 signed   [Location
///  2 signed    sign      VERB  VBD  root
/// ```
pub fn render(text: &str, sentence: &Sentence) -> String {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(text)).collect();
    let wide = words.iter().map(|w| w.chars().count()).max().unwrap_or(0);
    let lemma = sentence.tokens.iter().map(|t| t.lemma.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let arc = match token.head {
            Some(head) => format!("{} → {} {}", token.relation.label(), head + 1, words[head as usize]),
            None => token.relation.label().to_string(),
        };
        let name = sentence.names.iter().find(|n| n.tokens.contains(&(i as u32))).map(|n| {
            let bracket = if n.tokens.start == i as u32 { "[" } else { "│" };
            format!("{bracket}{:?}", n.kind)
        });
        let line = format!(
            "{:>3} {:<wide$}  {:<lemma$}  {:<5} {:<5}  {:<32} {}",
            i + 1,
            words[i],
            token.lemma,
            token.tag.label(),
            token.penn.label(),
            arc,
            name.unwrap_or_default()
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
