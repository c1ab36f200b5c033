//! One case for each phenomenon: "speaker | cue | content", one line a statement.

use chancery_language::{Core, Scratch, segment};
use chancery_lexicon::Lexicon;
use chancery_model::Mood;

use super::weights::Weights;
use super::{StatementCoder, StatementDraft, StatementModel};
use crate::discourse::Discourse;
use crate::mentions::find_mentions;
use crate::parties::Resolver;
use crate::tree::Tree;

fn drafts(text: &str) -> Vec<StatementDraft> {
    let lexicon = Lexicon::embedded();
    let model = StatementModel::new(lexicon, Weights::embedded());
    let mut sentences = segment(text);
    let mut scratch = Scratch::default();
    for sentence in &mut sentences {
        Core::embedded().analyse(text, sentence, &mut scratch);
    }
    let mut coder = StatementCoder::new(&model, text, &sentences);
    let mut discourse = Discourse::default();
    let mut found = Vec::new();
    for (order, sentence) in sentences.iter().enumerate() {
        let tree = Tree::new(text, sentence);
        let mentions = find_mentions(lexicon, text, sentence, None);
        let resolver = Resolver { lexicon, tree: &tree, mentions: &mentions, discourse: &discourse };
        found.extend(coder.sentence(&resolver, order as u32));
        let parties: Vec<_> = (0..tree.len()).map(|token| resolver.phrase(token)).collect();
        for party in parties {
            discourse.note(&party, true);
        }
    }
    found
}

/// Some statement of the text has these words: the speaker's and the content's as a part of ours, "-" for nobody.
#[track_caller]
fn check(text: &str, speaker: &str, content: &str) -> StatementDraft {
    let found = drafts(text);
    let fits = |draft: &&StatementDraft| {
        let who = draft.speaker.as_ref().map_or("-", |party| party.span.of(text));
        let what = draft.content.of(text);
        who.contains(speaker) && what.contains(content) && what.len() < content.len() + 25
    };
    let shown: Vec<String> = found
        .iter()
        .map(|draft| {
            format!(
                "{:.2} {} | {}",
                draft.probability,
                draft.speaker.as_ref().map_or("-", |party| party.span.of(text)),
                draft.content.of(text)
            )
        })
        .collect();
    found.iter().find(fits).unwrap_or_else(|| panic!("no `{speaker} | {content}` among {shown:#?}")).clone()
}

#[test]
fn direct_indirect_and_mixed_quotations() {
    assert!(
        check("“We will reopen the border,” said the minister.", "the minister", "We will reopen the border")
            .quoted
    );
    assert!(
        !check("The minister said that the border would reopen.", "The minister", "the border would reopen").quoted
    );
    check(
        "The minister said the strike was “a grave mistake” by the army.",
        "The minister",
        "the strike was “a grave mistake” by the army",
    );
    check(
        "“The talks,” the envoy said, “have failed.”",
        "the envoy",
        "“The talks,” the envoy said, “have failed.”",
    );
}

#[test]
fn a_quotation_over_sentences_and_paragraphs_is_one_content() {
    check("“We came. We spoke. We left,” said the envoy.", "the envoy", "We came. We spoke. We left,");
    check(
        "“We came,” said the envoy. “Then we left. Nobody spoke.”",
        "the envoy",
        "We came,” said the envoy. “Then we left. Nobody spoke.”",
    );
    check(
        "The envoy said: “We came. We left.\n\n“We will be back.”",
        "The envoy",
        "We came. We left.\n\n“We will be back.”",
    );
}

#[test]
fn as_somebody_said_and_according_to() {
    check("As the president said, the treaty is dead.", "the president", "the treaty is dead");
    check("According to the ministry, two soldiers were killed.", "the ministry", "two soldiers were killed");
}

#[test]
fn documents_speak() {
    check("A United Nations report said that the harvest had failed.", "report", "the harvest had failed");
}

#[test]
fn wishes_promises_and_noun_phrases() {
    assert_eq!(
        check("Kenya called for an immediate ceasefire.", "Kenya", "an immediate ceasefire").mood,
        Mood::Urges
    );
    assert_eq!(
        check("Japan promised to rebuild the harbour.", "Japan", "to rebuild the harbour").mood,
        Mood::Promises
    );
    assert_eq!(check("The premier criticised the sanctions.", "The premier", "the sanctions").mood, Mood::Accuses);
    assert_eq!(
        check("Baku denied that its drones had crossed the line.", "Baku", "its drones had crossed the line").mood,
        Mood::Denies
    );
    assert_eq!(
        check("Analysts believe that the truce will hold.", "Analysts", "the truce will hold").mood,
        Mood::Expects
    );
}

#[test]
fn nobody_is_named_as_speaker() {
    let draft =
        check("It was said that the forum would be broadcast live.", "", "the forum would be broadcast live");
    assert!(draft.speaker.is_none(), "{draft:#?}");
}

#[test]
#[ignore = "known wrong: the promise's likeliest content is the reported clause, which the outer statement takes"]
fn a_statement_within_a_statement_knows_its_parent() {
    let found = drafts("The minister said that the ambassador had promised to leave the country.");
    assert!(found.iter().any(|draft| draft.parent.is_some()), "{found:#?}");
}

#[test]
fn the_speaker_of_a_pronoun_is_the_person_it_stands_for() {
    let text = "Foreign Minister Petr Novak arrived in Cairo. He said that the talks had begun.";
    let draft = check(text, "He", "the talks had begun");
    assert_eq!(draft.speaker.and_then(|party| party.person).as_deref(), Some("Petr Novak"));
}

#[test]
fn turns_of_a_transcript_belong_to_their_labels() {
    let text = "SECRETARY BLINKEN: Good morning. We had good talks.\n\nQUESTION: Will you go to Kyiv?\n\nSECRETARY BLINKEN: I will.";
    check(text, "SECRETARY BLINKEN", "Good morning. We had good talks.");
    check(text, "QUESTION", "Will you go to Kyiv?");
}

#[test]
fn a_report_goes_on_in_the_next_sentence_without_a_cue() {
    let text = "The Kenyan minister said the port was full. Ships would have to wait for two weeks.";
    check(text, "The Kenyan minister", "Ships would have to wait for two weeks");
    let own = drafts("The Kenyan minister said the port was full. Ships waited off the coast.");
    assert_eq!(own.len(), 1, "{own:#?}");
    let apart = drafts("The Kenyan minister said the port was full.\n\nShips would have to wait for two weeks.");
    assert_eq!(apart.len(), 1, "{apart:#?}");
}

#[test]
fn labels_of_a_transcript_stand_for_whom_the_text_introduced() {
    let text = "US State Department spokesperson Mark Ellery spoke to the press.\n\nMR ELLERY: Good afternoon.\n\nQUESTION: Where is he?\n\nMR ELLERY: We met them today.";
    let draft = check(text, "MR ELLERY", "We met them today");
    assert_eq!(draft.speaker.and_then(|party| party.person).as_deref(), Some("Mark Ellery"));
}

#[test]
fn plain_acts_are_no_statements() {
    for text in ["The army crossed the river at dawn.", "Two ships left the port of Aden."] {
        assert!(drafts(text).is_empty(), "{text}: {:#?}", drafts(text));
    }
}
