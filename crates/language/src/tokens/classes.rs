//! Sorts bytes and characters into the few groups that the scanner tells apart.

/// The groups; ASCII is looked up in a table, the rest decided by [`of_char`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// White space, controls and invisible marks: between tokens.
    Blank,
    /// Letters, and marks that belong to the letter before them.
    Letter,
    Digit,
    /// `.`
    Dot,
    /// `'` and `’`
    Apostrophe,
    /// `"`
    Quote,
    Open,
    Close,
    /// `-` and its non-breaking kin.
    Hyphen,
    /// Longer dashes.
    Dash,
    /// `!`, `?` and the full stops of other scripts.
    Stop,
    /// `…`
    Ellipsis,
    Symbol,
    /// First byte of a character beyond ASCII.
    High,
}

/// Group of each byte.
pub(super) static BYTES: [Group; 256] = table();

const fn table() -> [Group; 256] {
    let mut groups = [Group::Symbol; 256];
    let mut byte = 0;
    while byte < 256 {
        groups[byte] = match byte as u8 {
            0..=b' ' | 0x7f => Group::Blank,
            b'a'..=b'z' | b'A'..=b'Z' => Group::Letter,
            b'0'..=b'9' => Group::Digit,
            b'.' => Group::Dot,
            b'\'' => Group::Apostrophe,
            b'"' => Group::Quote,
            b'(' | b'[' | b'{' => Group::Open,
            b')' | b']' | b'}' => Group::Close,
            b'-' => Group::Hyphen,
            b'!' | b'?' => Group::Stop,
            0x80.. => Group::High,
            _ => Group::Symbol,
        };
        byte += 1;
    }
    groups
}

/// Group of any character.
pub(super) fn of_char(c: char) -> Group {
    match c {
        '\0'..='\x7f' => BYTES[c as usize],
        '’' | '＇' => Group::Apostrophe,
        '“' | '„' | '‘' | '‚' | '«' | '‹' | '「' | '『' | '（' | '【' | '《' => Group::Open,
        '”' | '»' | '›' | '」' | '』' | '）' | '】' | '》' => Group::Close,
        '\u{2010}' | '\u{2011}' => Group::Hyphen,
        '\u{2012}'..='\u{2015}' | '\u{2212}' => Group::Dash,
        '…' => Group::Ellipsis,
        '。' | '！' | '？' | '؟' | '۔' | '।' => Group::Stop,
        _ if is_invisible(c) || c.is_whitespace() => Group::Blank,
        _ if c.is_alphabetic() || extends(c) => Group::Letter,
        _ if c.is_numeric() => Group::Digit,
        _ => Group::Symbol,
    }
}

/// True for characters that show nothing and part words: zero-width spaces, direction marks, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// True for marks that belong to the character before them: accents, joiners, soft hyphens, emoji variants.
pub(super) fn extends(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
