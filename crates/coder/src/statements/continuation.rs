//! Free indirect speech: a sentence without a cue that goes on with what the one before reported.
//!
//! "The minister said the port was full. Ships would have to wait." English marks it by tense: what was said in the past
//! is told with "would" or "had". Only the sentence right after a report in the same paragraph is taken, and the one
//! after that, and so on; a sentence in plain past tense is the writer's own again.

use chancery_model::{Mood, Relation, Span, Tag};

use super::StatementDraft;
use crate::parties::PartyDraft;
use crate::tree::Tree;

/// Who speaks at the end of a sentence, if it ends in a report without quotation marks.
pub(super) fn told(tree: &Tree, drafts: &[StatementDraft]) -> Option<PartyDraft> {
    const END: u32 = 2;
    let reports = |draft: &&StatementDraft| {
        !draft.quoted
            && matches!(draft.mood, Mood::Says | Mood::Claims)
            && draft.content.end + END >= tree.sentence.span.end
            && draft.cue.is_none_or(|cue| cue.start < draft.content.start && is_past(tree, cue))
    };
    drafts.iter().find(reports).and_then(|draft| draft.speaker.clone()).filter(PartyDraft::can_act)
}

/// True for "said", "had told", not for "says": after a present the tense tells nothing.
fn is_past(tree: &Tree, cue: Span) -> bool {
    use chancery_model::Penn;
    let verb = tree.sentence.tokens.iter().rev().find(|token| cue.contains(token.span));
    verb.is_some_and(|token| matches!(token.penn, Penn::Vbd | Penn::Vbn))
}

/// True if the main clause stands in the tense of a report: "would come", "had come", not "came".
pub(super) fn is_reported(tree: &Tree) -> bool {
    let Some(root) = tree.root().filter(|&root| matches!(tree.token(root).tag, Tag::Verb | Tag::Adj | Tag::Noun))
    else {
        return false;
    };
    let has_subject = tree.child_by(root, &[Relation::Nsubj, Relation::NsubjPass, Relation::Expl]).is_some();
    let shifted = tree.children_by(root, Relation::Aux).any(|aux| {
        matches!(tree.word(aux).to_lowercase().as_str(), "would" | "had")
            && tree.token(aux).span.start < tree.token(root).span.start
    });
    has_subject && shifted
}

/// The whole sentence without its full stop, on the word of whoever spoke before.
pub(super) fn statement(tree: &Tree, speaker: PartyDraft) -> StatementDraft {
    let sentence = tree.sentence.span;
    let last = tree.sentence.tokens.iter().rev().find(|token| token.tag != Tag::Punct);
    let content = Span { start: sentence.start, end: last.map_or(sentence.end, |token| token.span.end) };
    StatementDraft {
        speaker: Some(speaker),
        cue: None,
        content,
        quoted: false,
        mood: Mood::Says,
        parent: None,
        probability: 0.5,
    }
}
