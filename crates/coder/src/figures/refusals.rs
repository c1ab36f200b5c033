//! Numbers that are no quantities: names, places in a document, ages, scores, small counts of what is known.

use super::numbers::Number;
use crate::dates::words::Words;

/// Words that make a label of the number behind them.
const LABELS: &[&str] = &[
    "no",
    "no.",
    "nos",
    "number",
    "#",
    "resolution",
    "resolutions",
    "article",
    "articles",
    "section",
    "chapter",
    "flight",
    "route",
    "highway",
    "room",
    "page",
    "p.",
    "group",
    "type",
    "level",
    "category",
    "phase",
    "case",
    "decree",
    "channel",
    "clause",
    "paragraph",
    "line",
    "part",
    "version",
    "model",
    "boeing",
    "airbus",
    "gate",
    "building",
    "block",
    "unit",
    "district",
    "zone",
    "volume",
    "aged",
    "age",
    "stage",
    "terminal",
    "pier",
    "reactor",
    "platform",
    "area",
    "day",
    "week",
    "year",
    "step",
    "item",
    "act",
    "law",
    "rule",
];

/// Words that show a score.
const SCORING: &[&str] = &[
    "won",
    "win",
    "wins",
    "beat",
    "beats",
    "defeat",
    "defeats",
    "defeating",
    "lost",
    "lose",
    "drew",
    "score",
    "vote",
];

/// Units that even "one" counts.
fn is_measured(words: &Words, at: usize) -> bool {
    super::units::unit(words, at).is_some() || crate::dates::calendar_unit(words.lower(at))
}

/// True if the number in tokens `start..end` is no quantity.
pub(super) fn is_no_quantity(words: &Words, start: usize, end: usize, number: &Number, is_money: bool) -> bool {
    if is_money || number.is_scaled {
        return false;
    }
    let before = words.before(start, 1);
    if LABELS.contains(&before)
        || matches!(words.before(start, 1), "(" | "[") && matches!(words.text(end), ")" | "]")
    {
        return true;
    }
    // "Su-35", "COVID-19", "8-year-old" (its end), but not "mid-30" ranges, which are read from their first number.
    if start > 1 && words.is_dash(start - 1) && words.adjoin(start - 1) && words.adjoin(start - 2) {
        return true;
    }
    // "51-year-old", "51 years old", and the age in "Barra, 51, said".
    if words.is_dash(end) && words.lower(end + 1) == "year" && words.is_dash(end + 2)
        || words.lower(end + 1) == "old"
    {
        return true;
    }
    if before == "," && number.has_digits && words.text(end) == "," {
        return true;
    }
    if !number.has_digits && words.lower(start) == "one" {
        return !is_measured(words, end);
    }
    is_score(words, start, end, number) || is_in_name(words, start, end)
}

/// "3-1", "6–0" after a verb of winning, or where the first is not smaller.
fn is_score(words: &Words, start: usize, end: usize, number: &Number) -> bool {
    if !(words.is_dash(end) && words.adjoin(end - 1) && words.adjoin(end)) {
        return false;
    }
    let Some(second) = super::numbers::digits(words.text(end + 1)) else { return false };
    let won = (1..=8).any(|back| SCORING.contains(&words.before(start, back)));
    second <= number.value || won && second < 20.0
}

/// "Nord Stream 2", "Formula 1": behind a capital, and nothing counted follows.
fn is_in_name(words: &Words, start: usize, end: usize) -> bool {
    let named = start > 1 && words.is_capital(start - 1) && words.text(start - 1).len() > 1;
    let counted = words.lower(end).ends_with('s') && !words.is_capital(end) || is_measured(words, end);
    named && !counted
}

/// "the two countries", "both three sides": small counts in words of what the reader knows already.
pub(super) fn is_small_known(words: &Words, start: usize, number: &Number, unit: &str) -> bool {
    let small = !number.has_digits && number.value <= 10.0 && !number.is_scaled;
    let known = matches!(
        words.before(start, 1),
        "the" | "these" | "those" | "both" | "their" | "its" | "his" | "our" | "all" | "other" | "any"
    );
    small && known && !crate::dates::calendar_unit(unit)
}
