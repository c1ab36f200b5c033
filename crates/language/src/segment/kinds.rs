//! Tells headlines, list items, bylines and boilerplate from prose, by the first and last words of a line.

use std::sync::LazyLock;

use chancery_model::SentenceKind;

/// Words that a title may have.
const TITLE_WORDS: usize = 30;
/// Words that a subheading inside a text may have.
const SUBHEADING_WORDS: usize = 14;
/// Longest boilerplate and byline in bytes.
const LONGEST_NOTICE: usize = 400;

/// First words, in lower case, of lines that credit a writer.
const BYLINES: &[&str] = &[
    "reporting by ",
    "additional reporting by ",
    "writing by ",
    "editing by ",
    "written by ",
    "compiled by ",
    "story by ",
    "reported by ",
    "translated by ",
    "edited by ",
];

/// Whole lines, in lower case, that credit a writer.
const BYLINE_LINES: &[&str] = &[
    "staff reporter",
    "staff writer",
    "our correspondent",
    "web desk",
    "news desk",
    "news report",
    "agencies",
    "from our correspondent",
    "by our correspondent",
    "by our staff reporter",
    "by staff reporter",
    "by agencies",
];

/// First words, in lower case, of lines that say nothing about the world.
const NOTICES: &[&str] = &[
    "comments are closed",
    "comments closed",
    "read more",
    "read also",
    "also read",
    "read next",
    "share this",
    "share on ",
    "all rights reserved",
    "©",
    "copyright ©",
    "copyright (c)",
    "copyright 20",
    "copyright 19",
    "(c) 20",
    "follow us",
    "subscribe to our",
    "subscribe now",
    "subscribe for",
    "sign up for our",
    "sign up to our",
    "sign up here",
    "related articles",
    "related stories",
    "related content",
    "related:",
    "related news",
    "this story was originally",
    "this article was originally",
    "this article originally appeared",
    "this story originally appeared",
    "originally published",
    "photo:",
    "photos:",
    "photo by ",
    "photo credit",
    "photograph:",
    "image:",
    "image credit",
    "image source",
    "image by ",
    "file photo",
    "credit:",
    "picture:",
    "getty images",
    "click here",
    "click to ",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "join the conversation",
    "tags:",
    "filed under",
    "source:",
    "for media inquiries",
    "for media enquiries",
    "press contact",
    "media contact",
    "download our app",
    "get the latest",
    "join our ",
    "join us on ",
    "like us on ",
    "find us on ",
    "watch:",
    "listen:",
    "most read",
    "trending now",
    "view comments",
    "skip to ",
    "we use cookies",
    "this site uses cookies",
    "by continuing to use",
    "terms of use",
    "terms and conditions",
    "privacy policy",
    "the views expressed in this",
    "the opinions expressed in this",
    "published in dawn",
    "you may also like",
    "you might also like",
    "more from ",
    "more on this",
    "loading...",
    "our standards:",
    "this content is published",
    "this material may not be",
    "editor's note: this story",
];

/// Whole lines, in lower case, that say nothing about the world.
const NOTICE_LINES: &[&str] = &[
    "subscribe",
    "advertisement",
    "advertising",
    "recommended",
    "trending",
    "share",
    "print",
    "email",
    "tweet",
    "save",
    "related",
    "comments",
    "ends",
    "end",
    "- end -",
    "-end-",
    "###",
    "# # #",
    "***",
    "* * *",
    "---",
    "- 30 -",
    "follow",
    "sponsored",
    "sign up",
    "log in",
    "menu",
    "search",
    "home",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
];

/// Last words, in lower case, of short sentences that are notices.
const NOTICE_ENDS: &[&str] = &["all rights reserved", "getty images", "pingbacks are open", "or redistributed"];

/// Bytes of a sentence's head that are compared with first words.
const HEAD: usize = 48;

/// First words by their first byte: nearly every sentence is dismissed with one look.
static FIRST_WORDS: LazyLock<Vec<Vec<(&str, SentenceKind)>>> = LazyLock::new(|| {
    let mut index = vec![Vec::new(); 256];
    for (list, kind) in [(BYLINES, SentenceKind::Byline), (NOTICES, SentenceKind::Boilerplate)] {
        for words in list {
            index[words.as_bytes()[0] as usize].push((*words, kind));
        }
    }
    index
});

/// The kind of a block, and the bytes to leave out at its start (the mark of a list item).
pub(super) fn of_block(block: &str, first: bool) -> (SentenceKind, usize) {
    if let Some(kind) = of_sentence(block) {
        return (kind, 0);
    }
    if super::dateline::is_date(block) {
        return (SentenceKind::Dateline, 0);
    }
    if let Some(mark) = bullet(block) {
        return (SentenceKind::Bullet, mark);
    }
    if is_byline(block) {
        return (SentenceKind::Byline, 0);
    }
    if is_headline(block, first) {
        return (SentenceKind::Headline, 0);
    }
    (SentenceKind::Prose, 0)
}

/// Byline or boilerplate, if the sentence is one.
pub(super) fn of_sentence(sentence: &str) -> Option<SentenceKind> {
    if sentence.len() > LONGEST_NOTICE {
        return None;
    }
    let bytes = sentence.as_bytes();
    let bare = bytes.iter().position(|b| !b"([* >|".contains(b))?;
    let mut buffer = [0; HEAD];
    let head = lower(&bytes[bare..], &mut buffer);
    let starts = |(words, _): &&(&str, SentenceKind)| head.starts_with(words.as_bytes());
    if let Some((_, kind)) = FIRST_WORDS[head[0] as usize].iter().find(starts) {
        return Some(*kind);
    }
    if sentence.len() < HEAD {
        let end = sentence.trim_end_matches(['.', ':', ' ', '!']).len();
        let mut buffer = [0; HEAD];
        let line = lower(&bytes[..end], &mut buffer);
        let is_line = |lines: &[&str]| lines.iter().any(|words| words.as_bytes() == line);
        if is_line(BYLINE_LINES) {
            return Some(SentenceKind::Byline);
        }
        if sentence.len() <= 20 && is_line(NOTICE_LINES) {
            return Some(SentenceKind::Boilerplate);
        }
    }
    // Notices have short sentences; a long one that quotes the words is more than a notice.
    if sentence.len() <= 160 {
        let end = sentence.trim_end_matches(['.', ')', ']', ' ']).len();
        let mut buffer = [0; HEAD];
        let tail = lower(&bytes[end.saturating_sub(HEAD)..end], &mut buffer);
        if NOTICE_ENDS.iter().any(|words| tail.ends_with(words.as_bytes())) {
            return Some(SentenceKind::Boilerplate);
        }
    }
    None
}

/// The first bytes with ASCII letters in lower case, held in `buffer`.
fn lower<'b>(bytes: &[u8], buffer: &'b mut [u8; HEAD]) -> &'b [u8] {
    let length = bytes.len().min(HEAD);
    buffer[..length].copy_from_slice(&bytes[..length]);
    buffer[..length].make_ascii_lowercase();
    &buffer[..length]
}

/// Bytes of the mark, with the blank behind it, if the line is a list item: "• ", "- ", "3. ", "(a) ".
pub(super) fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let mark = match first {
        '•' | '●' | '▪' | '‣' | '◦' | '■' | '\u{f0b7}' => first.len_utf8(),
        '-' | '*' | '–' | '—' | '·' => {
            let length = line.len() - line.trim_start_matches(first).len();
            let blank = line[length..].starts_with(char::is_whitespace);
            return (blank && length <= 2 * first.len_utf8()).then(|| with_blank(line, length))?;
        }
        '(' | '0'..='9' | 'a'..='i' => return numbered(line),
        _ => return None,
    };
    with_blank(line, mark)
}

/// "1.", "12)", "(3)", "(iv)", "b)" with a blank behind.
fn numbered(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let open = usize::from(bytes[0] == b'(');
    let label = bytes[open..].iter().take(3).take_while(|b| b.is_ascii_digit() || b.is_ascii_lowercase()).count();
    let digits = bytes[open..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let close = *bytes.get(open + label)?;
    let known = match close {
        b')' => {
            (1..=3).contains(&label)
                && (digits == label || label == 1 || open == 1 && is_roman(&bytes[1..1 + label]))
        }
        b'.' => open == 0 && digits == label && (1..=2).contains(&label),
        _ => false,
    };
    let length = open + label + 1;
    (known && line[length..].starts_with(char::is_whitespace)).then(|| with_blank(line, length))?
}

fn is_roman(label: &[u8]) -> bool {
    label.iter().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// `mark` with the blanks behind it; `None` if nothing follows.
fn with_blank(line: &str, mark: usize) -> Option<usize> {
    let rest = line[mark..].trim_start();
    (!rest.is_empty()).then(|| line.len() - rest.len())
}

/// "By Jane Smith and Ali Khan", "(By: Asghar Ali Mubarak)".
fn is_byline(block: &str) -> bool {
    if block.len() > 120 {
        return false;
    }
    let inner = block.trim_start_matches('(').trim_end_matches(')');
    let Some(names) = ["By: ", "By ", "BY ", "by: ", "By:", "BY: "].iter().find_map(|by| inner.strip_prefix(by))
    else {
        return false;
    };
    let small =
        ["and", "in", "of", "for", "the", "with", "at", "de", "al", "van", "von", "bin", "|", "&", "-", "–"];
    let words: Vec<&str> = names.split_whitespace().collect();
    let named = |word: &&str| word.starts_with(char::is_uppercase) || small.contains(word);
    let stops = names.ends_with(['!', '?', ':']) || names.ends_with('.') && words.len() > 5;
    !stops && (1..=12).contains(&words.len()) && words[0].starts_with(char::is_uppercase) && words.iter().all(named)
}

/// A line without a closing stop that is short enough, and inside a text reads like a title.
fn is_headline(block: &str, first: bool) -> bool {
    if block.len() > 300 || ends_like_a_sentence(block) || super::dateline::speaker_label(block).is_some() {
        return false;
    }
    let words = block.split_whitespace().count();
    if first {
        return words <= TITLE_WORDS;
    }
    words <= SUBHEADING_WORDS && block.starts_with(|c: char| !c.is_lowercase())
}

fn ends_like_a_sentence(block: &str) -> bool {
    let bare = block.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    // "Who Won in the U.S.?" is a title if its words have capitals; "to the U.S." ends with an abbreviation.
    match bare.chars().next_back() {
        Some('?' | '!') => !has_title_case(block),
        Some('.') => !(bare.ends_with("U.S.") || bare.ends_with("U.N.") || bare.ends_with("D.C.")),
        Some(':' | ';' | ',' | '…' | '。' | '؟' | '۔' | '—' | '–' | '-') => true,
        _ => false,
    }
}

/// True if nearly all longer words begin with a capital.
fn has_title_case(block: &str) -> bool {
    let mut longer = 0;
    let mut capital = 0;
    for word in block.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.len() >= 4 {
            longer += 1;
            capital += usize::from(word.starts_with(|c: char| !c.is_lowercase()));
        }
    }
    longer > 0 && capital * 4 >= longer * 3
}
