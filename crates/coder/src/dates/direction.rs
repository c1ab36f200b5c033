//! Whether the words around a date speak of what was or of what is to come.

use super::words::Words;

/// Which way from the day of publication a date without a year lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// No word tells. News mostly tells what happened, but not of a day that is far back and soon to come again.
    #[default]
    Unknown,
    /// Not after publication.
    Past,
    /// Not before publication.
    Future,
}

/// Words of what is to come.
const COMING: &[&str] = &[
    "will",
    "'ll",
    "’ll",
    "wo",
    "shall",
    "scheduled",
    "slated",
    "upcoming",
    "due",
    "plans",
    "planned",
    "planning",
    "plan",
    "expected",
    "expects",
    "set",
    "next",
    "coming",
    "tomorrow",
    "deadline",
    "would",
    "going",
    "intends",
    "may",
    "should",
    "can",
    "ahead",
    "begins",
    "starts",
    "opens",
    "must",
    "hopes",
];

/// Verbs that after "to" tell a purpose: "to meet on Friday".
const PURPOSES: &[&str] = &[
    "meet", "hold", "visit", "sign", "begin", "start", "discuss", "attend", "host", "arrive", "travel", "take",
    "be", "go", "open", "launch", "send", "receive", "vote", "decide", "end", "leave", "deliver", "speak",
    "convene", "expire", "run", "come", "return", "join", "address", "release", "announce", "close", "cut", "join",
    "resume", "step",
];

/// Words of what was.
const PASSED: &[&str] = &[
    "was", "were", "had", "did", "said", "told", "met", "held", "came", "went", "left", "took", "made", "gave",
    "began", "says", "has", "have", "saw", "rose", "fell", "sent", "won", "lost", "became", "since", "last", "ago",
    "killed", "hit", "spoke", "wrote", "found", "put", "cut", "struck", "flew", "paid", "sold", "bought",
    "brought", "led", "ran", "stood",
];

/// How far words before and after the date count.
const BEFORE: usize = 14;
const AFTER: usize = 8;

impl Direction {
    /// Reads the cue nearest before tokens `from..to`, or else the nearest after them in the same clause.
    pub(super) fn around(words: &Words, from: usize, to: usize) -> Direction {
        if matches!(words.before(from, 1), "until" | "till" | "by")
            && !matches!(words.before(from, 2), "had" | "was")
        {
            return Direction::Future;
        }
        for back in 1..=BEFORE.min(from) {
            let at = from - back;
            // A verb that reports stands for its own date only: "said on Monday that it will".
            if let Some(direction) = cue(words, at) {
                return direction;
            }
        }
        for at in to..(to + AFTER).min(words.len()) {
            if let Some(direction) = cue(words, at) {
                return direction;
            }
        }
        Direction::Unknown
    }
}

fn cue(words: &Words, at: usize) -> Option<Direction> {
    let word = words.lower(at);
    // "planned", "expected" and "set" after a form of "have" or "be" still look ahead.
    if COMING.contains(&word) && !(word == "may" && words.is_capital(at)) {
        return Some(Direction::Future);
    }
    if word == "to" && PURPOSES.contains(&words.lower(at + 1)) {
        return Some(Direction::Future);
    }
    // "should be completed", "to be held"
    if words.before(at, 1) == "be" {
        return None;
    }
    let past_verb = word.len() > 4 && word.ends_with("ed") && !words.is_capital(at);
    (past_verb || PASSED.contains(&word)).then_some(Direction::Past)
}
