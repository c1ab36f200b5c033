//! What must hold for every text, and how a few sentences are read.

use std::time::Instant;

use chancery_language::{Core, LABELS, Scratch, render};
use chancery_model::{Relation, Sentence, Span, Token};
use proptest::prelude::*;

fn split(words: &[impl AsRef<str>]) -> (String, Sentence) {
    let (mut text, mut sentence) = (String::new(), Sentence::default());
    for word in words {
        let start = text.len();
        text.push_str(word.as_ref());
        sentence.tokens.push(Token { span: Span::new(start, text.len()), ..Token::default() });
        text.push(' ');
    }
    (text, sentence)
}

fn analyse(words: &[impl AsRef<str>]) -> (String, Sentence) {
    let (text, mut sentence) = split(words);
    Core::embedded().analyse(&text, &mut sentence, &mut Scratch::default());
    (text, sentence)
}

fn assert_tree(sentence: &Sentence) {
    let tokens = &sentence.tokens;
    assert_eq!(tokens.iter().filter(|t| t.head.is_none()).count(), usize::from(!tokens.is_empty()));
    for (i, token) in tokens.iter().enumerate() {
        assert_eq!(token.head.is_none(), token.relation == Relation::Root);
        let (mut at, mut steps) = (i, 0);
        while let Some(head) = tokens[at].head {
            at = head as usize;
            steps += 1;
            assert!(steps <= tokens.len(), "a cycle at word {i}");
        }
    }
    let mut end = 0;
    for name in &sentence.names {
        assert!(name.tokens.start >= end && name.tokens.end > name.tokens.start);
        end = name.tokens.end;
        assert!(end as usize <= tokens.len());
    }
}

fn reads(sentence: &str, expected: &str) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let (text, found) = analyse(&words);
    assert_eq!(render(&text, &found), expected.trim_start_matches('\n'), "\n{}", render(&text, &found));
}

#[test]
fn a_title_before_a_name_and_a_passive_in_reported_speech() {
    reads(
        "Pakistani Prime Minister Shahbaz Sharif said on Friday that the talks with Russia on a gas pipeline had been delayed by Moscow .",
        "
  1 Pakistani  Pakistani  ADJ   JJ     amod → 3 Minister
  2 Prime      prime      ADJ   JJ     amod → 3 Minister
  3 Minister   Minister   PROPN NNP    nmod:desc → 4 Shahbaz
  4 Shahbaz    Shahbaz    PROPN NNP    nsubj → 6 said                   [Person
  5 Sharif     Sharif     PROPN NNP    flat → 4 Shahbaz                 │Person
  6 said       say        VERB  VBD    root
  7 on         on         ADP   IN     case → 8 Friday
  8 Friday     Friday     PROPN NNP    obl → 6 said
  9 that       that       SCONJ IN     mark → 20 delayed
 10 the        the        DET   DT     det → 11 talks
 11 talks      talk       NOUN  NNS    nsubj:pass → 20 delayed
 12 with       with       ADP   IN     case → 13 Russia
 13 Russia     Russia     PROPN NNP    nmod → 11 talks                  [Location
 14 on         on         ADP   IN     case → 17 pipeline
 15 a          a          DET   DT     det → 17 pipeline
 16 gas        gas        NOUN  NN     compound → 17 pipeline
 17 pipeline   pipeline   NOUN  NN     nmod → 11 talks
 18 had        have       AUX   VBD    aux → 20 delayed
 19 been       be         AUX   VBN    aux:pass → 20 delayed
 20 delayed    delay      VERB  VBN    ccomp → 6 said
 21 by         by         ADP   IN     case → 22 Moscow
 22 Moscow     Moscow     PROPN NNP    obl → 20 delayed                 [Location
 23 .          .          PUNCT .      punct → 6 said
",
    );
}

#[test]
fn speech_before_its_speaker() {
    reads(
        "Iran and Pakistan agreed to expand trade , the foreign ministry said .",
        "
  1 Iran      Iran      PROPN NNP    nsubj → 4 agreed                 [Location
  2 and       and       CCONJ CC     cc → 3 Pakistan
  3 Pakistan  Pakistan  PROPN NNP    conj → 1 Iran                    [Location
  4 agreed    agree     VERB  VBD    ccomp → 12 said
  5 to        to        PART  TO     mark → 6 expand
  6 expand    expand    VERB  VB     xcomp → 4 agreed
  7 trade     trade     NOUN  NN     obj → 6 expand
  8 ,         ,         PUNCT ,      punct → 4 agreed
  9 the       the       DET   DT     det → 11 ministry
 10 foreign   foreign   ADJ   JJ     amod → 11 ministry
 11 ministry  ministry  NOUN  NN     nsubj → 12 said
 12 said      say       VERB  VBD    root
 13 .         .         PUNCT .      punct → 12 said
",
    );
}

#[test]
fn passive_with_an_agent() {
    reads(
        "The treaty was signed by the ministers of Uzbekistan and Iran .",
        "
  1 The         the         DET   DT     det → 2 treaty
  2 treaty      treaty      NOUN  NN     nsubj:pass → 4 signed
  3 was         be          AUX   VBD    aux:pass → 4 signed
  4 signed      sign        VERB  VBN    root
  5 by          by          ADP   IN     case → 7 ministers
  6 the         the         DET   DT     det → 7 ministers
  7 ministers   minister    NOUN  NNS    obl:agent → 4 signed
  8 of          of          ADP   IN     case → 9 Uzbekistan
  9 Uzbekistan  Uzbekistan  PROPN NNP    nmod → 7 ministers               [Location
 10 and         and         CCONJ CC     cc → 11 Iran
 11 Iran        Iran        PROPN NNP    conj → 9 Uzbekistan              [Location
 12 .           .           PUNCT .      punct → 4 signed
",
    );
}

#[test]
fn empty_and_odd() {
    for words in [vec![], vec![""], vec!["\u{0}", "\u{fffd}"], vec![".", "."], vec!["ß", "ﬁ", "İ", "e\u{301}"]]
    {
        assert_tree(&analyse(&words).1);
    }
    assert_eq!(LABELS, 25);
}

#[test]
fn many_at_once_are_read_as_one_by_one() {
    let (text, sentence) =
        split(&"The ministers met in Tashkent ; they will meet again .".split(' ').collect::<Vec<_>>());
    let mut all: Vec<Sentence> = (0..=sentence.tokens.len())
        .map(|n| Sentence { tokens: sentence.tokens[..n].to_vec(), ..Sentence::default() })
        .cycle()
        .take(60)
        .collect();
    let mut single = all.clone();
    Core::embedded().analyse_all(&text, &mut all, &mut Scratch::default());
    for sentence in &mut single {
        Core::embedded().analyse(&text, sentence, &mut Scratch::default());
    }
    assert_eq!(all, single);
}

#[test]
fn time_grows_with_length_only() {
    let words: Vec<String> =
        (0..50_000).map(|i| ["trade", "and", "Kabul", "said", ",", "of"][i * i % 6].into()).collect();
    let time = |n: usize| {
        let started = Instant::now();
        assert_tree_quickly(&analyse(&words[..n]).1);
        started.elapsed().as_secs_f64() / n as f64
    };
    time(1000);
    let (short, long) = (time(5000), time(50_000));
    assert!(long < 4.0 * short, "{long} against {short} seconds a word");
}

/// One root, and every other word hangs on it within few steps or on a word of its own window.
fn assert_tree_quickly(sentence: &Sentence) {
    assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_tokens_give_a_tree(words in prop::collection::vec(".{0,12}", 0..60)) {
        assert_tree(&analyse(&words).1);
    }

    #[test]
    fn long_sentences_give_a_tree(seed in 0usize..1000, n in 100usize..400) {
        let pool = ["Islamabad", "said", ",", "the", "talks", "of", "and", ".", "which", "50"];
        let words: Vec<&str> = (0..n).map(|i| pool[(i * seed + i * i) % pool.len()]).collect();
        assert_tree(&analyse(&words).1);
    }
}
