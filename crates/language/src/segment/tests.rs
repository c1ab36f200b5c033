use chancery_model::SentenceKind::{self, *};
use proptest::prelude::*;

use super::*;

/// Sentences with their kinds.
fn cut(text: &str) -> Vec<(SentenceKind, &str)> {
    segment(text).iter().map(|sentence| (sentence.kind, sentence.span.of(text))).collect()
}

/// Checks that the text, taken as prose with a stop at its end, is cut so.
fn check(text: &str, sentences: &[&str]) {
    let found: Vec<&str> = cut(text).into_iter().map(|(_, words)| words).collect();
    assert_eq!(found, sentences);
}

#[test]
fn titles_and_initials_end_nothing() {
    check("Gen. Oak met Sen. Elm in St. Ives. Both left.", &["Gen. Oak met Sen. Elm in St. Ives.", "Both left."]);
    check("Albert P. Khorev spoke. J. D. Vance did not.", &["Albert P. Khorev spoke.", "J. D. Vance did not."]);
    check("U.S. President Oak came on Jan. 5. He left.", &["U.S. President Oak came on Jan. 5.", "He left."]);
    check("They left the U.S. The talks failed.", &["They left the U.S.", "The talks failed."]);
    check("Oak Corp. said no. Elm Inc. agreed.", &["Oak Corp. said no.", "Elm Inc. agreed."]);
    check(
        "At No. 10 it was dark. He said no. They left.",
        &["At No. 10 it was dark.", "He said no.", "They left."],
    );
    check("He left at 5 p.m. Talks go on.", &["He left at 5 p.m.", "Talks go on."]);
    check("He left at 5 p.m. Moscow time. She came.", &["He left at 5 p.m. Moscow time.", "She came."]);
}

#[test]
fn quotes_and_brackets_close_after_the_stop() {
    check("“We came.” They left.", &["“We came.”", "They left."]);
    check("\"We came.\" They left.", &["\"We came.\"", "They left."]);
    check("“Why?” Oak asked. (Elm smiled.) So it ended.", &["“Why?” Oak asked.", "(Elm smiled.)", "So it ended."]);
    check("“What now?” he said. All left.", &["“What now?” he said.", "All left."]);
    check("Ties improved.[3] Trade grew.", &["Ties improved.[3]", "Trade grew."]);
}

#[test]
fn a_missing_space_does_not_hide_a_sentence() {
    check(
        "They improved ties.In this context, gas matters.",
        &["They improved ties.", "In this context, gas matters."],
    );
    check(
        "The U.S.-led force at example.com won. It left.",
        &["The U.S.-led force at example.com won.", "It left."],
    );
    check("It ended in 2024.The rest is open.", &["It ended in 2024.", "The rest is open."]);
}

#[test]
fn semicolons_ellipses_and_small_letters_continue() {
    check("He came; she left; all ... waited.", &["He came; she left; all ... waited."]);
    check("Growth of 3.5 percent. al-Noor agreed.", &["Growth of 3.5 percent.", "al-Noor agreed."]);
}

#[test]
fn quotations_are_followed_across_sentences_and_paragraphs() {
    let quoted = |text| segment(text).iter().map(|s| s.begins_quoted).collect::<Vec<_>>();
    assert_eq!(quoted("He said: “We came. We saw.” Then he left."), [false, true, false]);
    assert_eq!(quoted("He said: \"We came. We saw.\" Then he left."), [false, true, false]);
    assert_eq!(quoted("“We came.\n\n“We saw.”\n\nHe left."), [false, true, false]);
    assert_eq!(quoted("“We came.\n\nNobody closed it."), [false, false]);
}

#[test]
fn headlines_bylines_and_notices_are_told_apart() {
    let text = "Oak visits Elmland for talks\n(By: Jane Q. Writer)\nOak arrived. He left.\nWhat comes next\nMore talks.\n\n\
                Comments are closed.\nRead more: other news\n© 2026 The Example. All rights reserved.";
    let kinds: Vec<_> = segment(text).iter().map(|sentence| sentence.kind).collect();
    assert_eq!(
        kinds,
        [Headline, Byline, Prose, Prose, Headline, Prose, Boilerplate, Boilerplate, Boilerplate, Boilerplate]
    );
    assert_eq!(cut("Oak left. (Reporting by A. Writer; Editing by B. Reader)")[1].0, Byline);
    assert_eq!(cut("OAK ARRIVES IN ELMLAND\n\nOak arrived.")[0].0, Headline);
    assert_eq!(cut("By Jane Writer\n\nOak arrived.")[0].0, Byline);
    assert_eq!(cut("By 2026 Oak will arrive.")[0].0, Prose);
    assert_eq!(cut("Oak arrived.\nFriday, July 21, 2017\nHe left.")[1].0, Dateline);
}

#[test]
fn datelines_stand_apart() {
    for (line, rest) in [
        ("MOSCOW, Feb 26 (Reuters) -", "Oak arrived."),
        ("ISLAMABAD:", "Oak arrived."),
        ("GENEVA (AP) —", "Oak arrived."),
        ("UNITED NATIONS --", "The U.N. envoy arrived."),
        ("KYIV, Ukraine (AP) —", "Oak arrived."),
        ("MOSCOW, February 13. /TASS/.", "Oak arrived."),
        ("BEIJING, Oct. 31 (Xinhua) --", "Oak arrived."),
        ("Geneva, 5 May 2021 –", "Oak arrived."),
        ("WASHINGTON/OSLO (Reuters) -", "Oak arrived."),
    ] {
        let text = format!("{line} {rest}");
        assert_eq!(cut(&text), [(Dateline, line), (Prose, rest)]);
    }
    for text in ["NATO - the alliance - met.", "Oak – the envoy – met Elm.", "UPDATE: Oak arrived.", "He said: Go."]
    {
        assert_eq!(cut(text), [(Prose, text)]);
    }
}

#[test]
fn speakers_stay_with_what_they_say() {
    let text = "SECRETARY OAK: Thank you. Please.\n\nQUESTION: Will he go?\n\nOAK: Yes.";
    let expected = [
        (Prose, "SECRETARY OAK: Thank you."),
        (Prose, "Please."),
        (Prose, "QUESTION: Will he go?"),
        (Prose, "OAK: Yes."),
    ];
    assert_eq!(cut(text), expected);
}

#[test]
fn list_items_lose_their_mark() {
    let text = "They agreed:\n• to trade\n- to talk. To meet.\n1. to build\n(a) to lend";
    let words = [(Prose, "They agreed:"), (Bullet, "to trade"), (Bullet, "to talk."), (Bullet, "To meet.")];
    let found = cut(text);
    assert_eq!(found[..4], words);
    assert_eq!(found[4..], [(Bullet, "to build"), (Bullet, "to lend")]);
}

#[test]
fn wrapped_lines_are_joined() {
    let text = "Oak arrived in the capital on Tuesday for talks with the prime\nminister of Elmland, who said that the two \
                countries would work\ntogether. He left on Friday.\n\nThe second paragraph is wrapped in the same way, so that \
                its\nlines are of about the same length.";
    let found = segment(text);
    assert_eq!(found.iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 0, 1]);
    let indented = "    Oak arrived in the capital on Tuesday for talks with the\nprime minister of Elmland, who was glad to see \
                    him there.\n    He left on Friday after two days of talks about trade and\nenergy with the same minister.";
    assert_eq!(segment(indented).iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn lines_that_are_paragraphs_stay_apart() {
    let text = "Oak arrived.\nHe met Elm.\nThey talked.";
    assert_eq!(segment(text).iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(segment("Oak came.\r\nHe left.\r\n\r\nAll ended.").last().map(|s| s.paragraph), Some(2));
}

#[test]
fn capitals_throughout_are_cut_too() {
    check("GEN. OAK MET U.S. ENVOYS. HE LEFT.", &["GEN. OAK MET U.S. ENVOYS.", "HE LEFT."]);
}

#[test]
fn an_endless_sentence_is_cut_at_a_token() {
    let found = segment(&"(".repeat(4_500)).iter().map(|s| s.tokens.len()).collect::<Vec<_>>();
    assert_eq!(found, [2_000, 2_000, 500]);
}

#[test]
fn time_is_linear_whatever_the_text() {
    // Quadratic work on these would take minutes.
    for part in [
        "(", ".", ". ", ".)", "\"", "' ", "a.", "A. ", "Mr.", "re-", "a@", "1-", "o'", "\0", "\u{200f}",
        "e\u{301}", "A:\n",
    ] {
        segment(&part.repeat(200_000));
    }
    segment(&format!("“{}", "and he said so. He left. ".repeat(50_000)));
}

/// What must hold for any text.
fn check_invariants(text: &str) {
    let found = segment(text);
    let mut last = 0;
    let mut paragraph = 0;
    for sentence in &found {
        assert!((1..=2_000).contains(&sentence.tokens.len()));
        assert!(sentence.paragraph >= paragraph);
        paragraph = sentence.paragraph;
        let (first, final_) = (sentence.tokens[0].span, sentence.tokens[sentence.tokens.len() - 1].span);
        assert_eq!(sentence.span, first.join(final_));
        let mut at = sentence.span.start;
        for token in &sentence.tokens {
            assert!(token.span.start >= at && !token.span.is_empty());
            let between = &text[at as usize..token.span.start as usize];
            assert!(between.chars().all(|c| c.is_whitespace() || !is_visible(c)), "{between:?} is in no token");
            let _ = token.span.of(text); // slices on boundaries
            at = token.span.end;
        }
        assert!(sentence.span.start >= last);
        last = sentence.span.end;
    }
}

fn is_visible(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'))
}

proptest! {
    #[test]
    fn any_text_keeps_the_invariants(text in "\\PC{0,200}") {
        check_invariants(&text);
    }

    #[test]
    fn news_like_text_keeps_the_invariants(
        parts in prop::collection::vec(prop::sample::select(vec![
            "Gen.", "U.S.", "Oak", " ", " ", "\n", "\n\n", "\r\n", ".", "?", "\"", "“", "”", "'", "’s", "(", ")", "-", "--",
            "$", "1.5", "2026-02-13", "%", "don't", "al-", "www.", "://", "@", "#", "…", "...", ":", ";", "• ", "MOSCOW",
            "(AP)", "—", "\u{200b}", "\0", "e\u{301}", "本", "½", "👩‍🚀", "A", "No.", "10", "/", "&", "_", "\u{2028}", "By ",
        ]), 0..60)
    ) {
        check_invariants(&parts.concat());
    }
}
