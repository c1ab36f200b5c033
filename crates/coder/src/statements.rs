//! According to whom: what somebody is said to have said, thought or decided, in what mood.
//!
//! In: parsed sentences one after the other, with what the discourse knows. Out: [`StatementDraft`]s. For "“We agree,”
//! said the minister." that is one draft: speaker "the minister", cue "said", content "“We agree,”", quoted.
//!
//! The steps: find quotations over the whole document ([`quotations`]); offer every stretch that could be a content
//! ([`candidates`]); choose among them and among the possible speakers by learned weights ([`features`], [`weights`])
//! to which the cues of the lexicon contribute ([`cues`]); read transcripts by their labels ([`transcripts`]). It does
//! not judge whether a content is true, and it finds no events in it.

pub mod candidates;
mod continuation;
pub mod cues;
pub mod denials;
pub mod features;
pub mod quotations;
pub mod speakers;
mod subjects;
#[cfg(test)]
mod tests;
mod transcripts;
pub mod weights;

use chancery_lexicon::Lexicon;
use chancery_model::{Mood, Relation, Sentence, Span, Tag};

use self::candidates::{Candidate, Group, candidates};
use self::cues::CueIndex;
use self::features::{CueContext, complement, cue_lemma, cue_word};
use self::quotations::Quotations;
use self::weights::Weights;
use crate::parties::{PartyDraft, Resolver};
use crate::roles::find_roles;
use crate::tree::Tree;

/// A statement before it is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementDraft {
    /// Whose word it is; `None` where the text does not say.
    pub speaker: Option<PartyDraft>,
    /// The word that introduces the content.
    pub cue: Option<Span>,
    /// What is said; may reach into later sentences.
    pub content: Span,
    /// True if the content is given in the speaker's own words.
    pub quoted: bool,
    /// How it is said.
    pub mood: Mood,
    /// Index, in the same sentence's drafts, of the statement within whose content this one is made.
    pub parent: Option<usize>,
    /// How likely it is a statement at all, 0 to 1, by the weights.
    pub probability: f32,
}

/// What statement extraction knows before it reads anything; cheap to share between threads.
pub struct StatementModel<'l> {
    cues: CueIndex<'l>,
    weights: &'l Weights,
    threshold: f32,
}

/// A content is given out from this probability on; chosen for the best F1 on documents held out from training.
pub const THRESHOLD: f32 = 0.5;

/// Of the candidates with this share of the greatest support, the likeliest by itself is taken; chosen by eye.
const NEARLY: f32 = 0.9;

/// A cue that the lexicon lists with such a content needs this share of the threshold.
const LISTED: f32 = 0.6;

/// "as the president said" and "according to the governor" leave little doubt, though the corpus that the weights are learned from has few of them.
const CERTAIN: f32 = 0.05;

impl<'l> StatementModel<'l> {
    /// The model over a lexicon's cues and a table of weights.
    pub fn new(lexicon: &'l Lexicon, weights: &'l Weights) -> StatementModel<'l> {
        StatementModel { cues: CueIndex::new(lexicon), weights, threshold: THRESHOLD }
    }

    /// The same model with another threshold.
    pub fn with_threshold(self, threshold: f32) -> StatementModel<'l> {
        StatementModel { threshold, ..self }
    }

    /// The lexicon's cues.
    pub fn cues(&self) -> &CueIndex<'l> {
        &self.cues
    }
}

/// Reads the sentences of one document in order.
pub struct StatementCoder<'m> {
    model: &'m StatementModel<'m>,
    quotations: Quotations,
    turns: transcripts::Turns,
    last_speaker: Option<PartyDraft>,
    /// Whose report the sentence before ended with.
    told: Option<PartyDraft>,
    /// Order and paragraph of the sentence read last.
    last_read: Option<(u32, u32)>,
}

/// A content that the weights chose for a cue.
struct Choice {
    cue: u32,
    candidate: Candidate,
    probability: f32,
}

impl<'m> StatementCoder<'m> {
    /// A coder for the document of these sentences.
    pub fn new(model: &'m StatementModel<'m>, text: &str, sentences: &[Sentence]) -> StatementCoder<'m> {
        StatementCoder {
            model,
            quotations: Quotations::find(text, sentences),
            turns: transcripts::Turns::find(text, sentences),
            last_speaker: None,
            told: None,
            last_read: None,
        }
    }

    /// The statements of sentence `order`, by the place of their cues.
    pub fn sentence(&mut self, resolver: &Resolver, order: u32) -> Vec<StatementDraft> {
        let tree = resolver.tree;
        let mut drafts: Vec<StatementDraft> = Vec::new();
        if let Some(turn) = self.turns.of(order) {
            let draft = turn.statement(resolver);
            self.last_speaker.clone_from(&draft.speaker);
            drafts.push(draft);
        }
        let mut choices = self.choose(tree, order);
        choices.sort_by_key(|choice| choice.cue);
        let roles = if choices.is_empty() { Vec::new() } else { find_roles(resolver) };
        for choice in choices {
            let mut draft = self.draft(resolver, &choice, &drafts);
            if tree.is_word(choice.cue, "according")
                && !draft.speaker.as_ref().is_some_and(|it| speakers::can_tell(tree, it))
            {
                continue; // "according to rank"
            }
            if let Some(speaker) = &mut draft.speaker {
                speakers::introduce(speaker, resolver, &roles);
            }
            if let Some(speaker) = &draft.speaker
                && speaker.can_act()
            {
                self.last_speaker = Some(speaker.clone());
            }
            drafts.push(draft);
        }
        nest(&mut drafts);
        drafts.extend(self.continued(tree, order, drafts.is_empty()));
        self.told = continuation::told(tree, &drafts).filter(|_| self.turns.of(order).is_none());
        self.last_read = Some((order, tree.sentence.paragraph));
        drafts
    }

    /// A sentence that goes on with what the one before reported: "He said the port was full. Ships would have to wait."
    fn continued(&mut self, tree: &Tree, order: u32, silent: bool) -> Option<StatementDraft> {
        let told = self.told.take().filter(|_| silent)?;
        let here = tree.sentence;
        let follows = self.last_read == Some((order.checked_sub(1)?, here.paragraph));
        let plain = self.quotations.within(here.span).is_empty();
        (follows && plain && continuation::is_reported(tree)).then(|| continuation::statement(tree, told))
    }

    /// One content a cue at most, and one cue a content.
    fn choose(&self, tree: &Tree, order: u32) -> Vec<Choice> {
        let groups = candidates(tree, &self.quotations, order);
        let mut ranked: Vec<Choice> = groups.iter().filter_map(|group| self.best(tree, group)).collect();
        ranked.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.cue.cmp(&b.cue)));
        let mut chosen: Vec<Choice> = Vec::new();
        for choice in ranked {
            // a cue whose best content is taken is dropped: its second best is wrong more often than right
            if !chosen.iter().any(|other| conflict(&choice, other)) {
                chosen.push(choice);
            }
        }
        chosen
    }

    /// The content of a cue, if any is likely enough.
    fn best(&self, tree: &Tree, group: &Group) -> Option<Choice> {
        if !self.is_possible(tree, group) {
            return None;
        }
        let context = CueContext::new(tree, &self.model.cues, &self.quotations, group.cue);
        let scores: Vec<f32> = group
            .candidates
            .iter()
            .map(|candidate| {
                let mut sum = self.model.weights.sum();
                context.add(candidate, &mut sum);
                sum.total
            })
            .collect();
        let total: f32 = 1.0 + scores.iter().map(|score| score.exp()).sum::<f32>();
        // the candidate that most of the others agree with, not the single likeliest: extents differ by a word or two
        let all = &group.candidates;
        let support = |at: usize| -> f32 {
            let agree = all.iter().zip(&scores).filter(|(other, _)| all[at].agreement(other) >= 0.5);
            agree.map(|(_, score)| score.exp()).sum::<f32>() / total
        };
        let supports: Vec<f32> = (0..all.len()).map(support).collect();
        let most = supports.iter().copied().fold(0.0, f32::max);
        let near = (0..all.len()).filter(|&at| supports[at] >= NEARLY * most);
        let best = near.max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
        let probability = supports[best];
        let chosen = split_quotation(tree, &self.quotations, group)
            .or_else(|| whole_clause(tree, group))
            .unwrap_or(&group.candidates[best]);
        let choice = Choice { cue: group.cue, candidate: chosen.clone(), probability };
        (probability >= self.least(tree, group.cue, chosen)).then_some(choice)
    }

    /// The probability that a content needs.
    fn least(&self, tree: &Tree, cue: u32, candidate: &Candidate) -> f32 {
        let listed = self.is_listed(tree, cue, candidate);
        let is_as = candidate.kinds.iter().any(|kind| kind.starts_with("up:advcl:as") || kind.starts_with("acc"));
        match (listed, tree.token(cue).tag) {
            (true, Tag::Adv) => 0.0, // "reportedly" has no other use
            (true, _) if is_as => CERTAIN,
            (true, _) => LISTED * self.model.threshold,
            (false, _) => self.model.threshold,
        }
    }

    /// True if the lexicon lists the cue with such a content.
    fn is_listed(&self, tree: &Tree, cue: u32, candidate: &Candidate) -> bool {
        let lemma = cue_word(tree, cue);
        let takes = |kind: &str| complement(tree, cue, kind, candidate);
        candidate
            .kinds
            .iter()
            .any(|kind| takes(kind).is_some_and(|complement| self.model.cues.mood(lemma, &complement).is_some()))
    }

    /// Words that the weights never saw as a cue are weighed only with a clause or a quotation.
    fn is_possible(&self, tree: &Tree, group: &Group) -> bool {
        let lemma = cue_lemma(tree, group.cue);
        if self.model.weights.knows(&["never", &lemma]) {
            return false;
        }
        self.model.weights.knows(&["l", &lemma])
            || self.model.cues.any_mood(cue_word(tree, group.cue)).is_some()
            || group.candidates.iter().any(|candidate| {
                candidate
                    .kinds
                    .iter()
                    .any(|kind| kind.starts_with("ccomp") || kind.starts_with("up:") || kind.starts_with('q'))
            })
    }

    fn draft(&self, resolver: &Resolver, choice: &Choice, before: &[StatementDraft]) -> StatementDraft {
        let tree = resolver.tree;
        let group = Group { cue: choice.cue, candidates: Vec::new() };
        let picked = speakers::pick(tree, &self.quotations, self.model.weights, &group, &choice.candidate);
        let cue = tree.token(choice.cue).span;
        let outer =
            before.iter().rev().find(|draft| draft.content.contains(cue)).and_then(|draft| draft.speaker.as_ref());
        let quoted = is_quoted(&self.quotations, choice.candidate.span);
        let speaker = match picked.filter(|_| tree.token(choice.cue).tag != Tag::Adv) {
            Some(token) if speakers::is_nobody(tree, choice.cue, token) => None,
            Some(token) => speakers::resolve(resolver, token, outer),
            None if quoted && self.quotations.around(cue).is_none() => self.last_speaker.clone(),
            None => None,
        };
        StatementDraft {
            speaker,
            cue: Some(cue_span(tree, choice.cue)),
            content: choice.candidate.span,
            quoted,
            mood: self.mood(tree, choice),
            parent: None,
            probability: choice.probability,
        }
    }

    fn mood(&self, tree: &Tree, choice: &Choice) -> Mood {
        let lemma = cue_word(tree, choice.cue);
        let cues = &self.model.cues;
        let exact = choice
            .candidate
            .kinds
            .iter()
            .find_map(|kind| cues.mood(lemma, &complement(tree, choice.cue, kind, &choice.candidate)?));
        exact.or_else(|| cues.any_mood(lemma)).unwrap_or(Mood::Says)
    }
}

/// "“The talks,” the envoy said, “have failed.”": a sentence that begins and ends quoted, with few words between, is
/// one content.
fn split_quotation<'g>(tree: &Tree, quotations: &Quotations, group: &'g Group) -> Option<&'g Candidate> {
    const BETWEEN: usize = 12;
    let whole = group
        .candidates
        .iter()
        .rev()
        .find(|candidate| candidate.kinds.iter().any(|kind| kind.starts_with("q*")))?;
    let (last, sentence) = (whole.last, tree.sentence.span);
    let outside = tree.sentence.tokens.iter().filter(|token| quotations.around(token.span).is_none()).count();
    (whole.first == 0 && last + 2 >= tree.len() && outside <= BETWEEN && whole.span.end + 2 >= sentence.end)
        .then_some(whole)
}

/// "The general reportedly fled": the clause on both sides of an adverb.
fn whole_clause<'g>(tree: &Tree, group: &'g Group) -> Option<&'g Candidate> {
    let around = |candidate: &&Candidate| candidate.kinds.iter().any(|kind| kind == "adv*");
    group.candidates.iter().find(around).filter(|_| tree.token(group.cue).tag == Tag::Adv)
}

/// Two choices that cannot both hold: the same stretch, or all but the same, or two cues inside each other's content.
fn conflict(a: &Choice, b: &Choice) -> bool {
    let (x, y) = (a.candidate.span, b.candidate.span);
    if !x.overlaps(y) {
        return false;
    }
    shared(x, y) > SAME_CONTENT || holds(&a.candidate, b.cue) && holds(&b.candidate, a.cue)
}

/// Overlap, as intersection over union, from which two contents are the same; chosen by eye.
const SAME_CONTENT: f64 = 0.7;

/// Intersection over union.
fn shared(a: Span, b: Span) -> f64 {
    let inner = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    f64::from(inner) / (a.len() + b.len() - inner as usize).max(1) as f64
}

fn holds(candidate: &Candidate, token: u32) -> bool {
    (candidate.first..=candidate.last).contains(&token)
}

/// True if the content, its introducing "that" apart, stands in quotation marks.
fn is_quoted(quotations: &Quotations, content: Span) -> bool {
    let quoted: u32 = quotations
        .within(content)
        .iter()
        .map(|quotation| quotation.end.min(content.end).saturating_sub(quotation.start.max(content.start)))
        .sum();
    f64::from(quoted) >= 0.75 * content.len() as f64
}

/// The cue with the particles that belong to it: "called for" is left to the preposition's own place.
fn cue_span(tree: &Tree, cue: u32) -> Span {
    let mut first = cue;
    let mut last = cue;
    for &child in tree.children(cue) {
        match tree.relation(child) {
            Relation::Aux | Relation::AuxPass if child < cue && cue - child <= 3 => first = first.min(child),
            Relation::CompoundPrt | Relation::Fixed if child > cue && child - cue <= 2 => last = last.max(child),
            _ => {}
        }
    }
    tree.span(first..last + 1)
}

/// Finds the innermost statement around each.
fn nest(drafts: &mut [StatementDraft]) {
    for index in 0..drafts.len() {
        let Some(cue) = drafts[index].cue else { continue };
        let around = |&other: &usize| {
            other != index
                && drafts[other].content.contains(cue)
                && drafts[other].content.len() > drafts[index].content.len()
        };
        let parent = (0..drafts.len()).filter(around).min_by_key(|&other| drafts[other].content.len());
        drafts[index].parent = parent;
    }
}
