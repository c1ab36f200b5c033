//! What has been proposed, promised, agreed, signed, built or dropped: the commitments of one sentence.
//!
//! In: a parsed sentence with mentions, what the discourse knows, and the sentence's dates. Out: [`CommitmentDraft`]s in
//! text order. Two sources: noun phrases headed by a word for an undertaking ("the readmission agreement"), whose stage
//! the words around them tell, and verbs of undertaking with what governs them ("is in talks to upgrade the refineries").
//! It does not say whether two sentences speak of the same undertaking: within a document that is [`merge`]'s work,
//! across documents the ledger's, for which [`similarity`] measures.

mod beside;
mod climb;
pub mod merge;
mod mood;
mod parties;
pub mod similarity;
mod stage;
mod timing;
mod title;
mod words;

use chancery_lexicon::{Need, Undertaking};
use chancery_model::{CommitmentKind, DateInterval, Relation, SentenceKind, Span, Stage, Tag};
use jiff::civil::Date;

use crate::dates::DateMention;
use crate::frames::verb_frame;
use crate::parties::Resolver;
use parties::{Found, PartyFinder};
use stage::{Reading, StageReader};
use title::Namer;
pub use words::CommitmentIndex;
use words::Forms;

/// A commitment before it is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitmentDraft {
    /// Index into `Lexicon::undertakings.undertakings`.
    pub entry: u32,
    /// A short name in the text's own words.
    pub title: String,
    /// What sort of undertaking.
    pub kind: CommitmentKind,
    /// Codes of those who undertake it, sorted; never empty.
    pub parties: Vec<String>,
    /// How many of the parties the sentence itself names.
    pub told: usize,
    /// Code of the one who gains, where it is one-sided.
    pub beneficiary: Option<String>,
    /// "energy", "trade" and the like.
    pub sectors: Vec<String>,
    /// How far it has come.
    pub stage: Stage,
    /// When it is to be done.
    pub due: Option<DateInterval>,
    /// When this stage was reached.
    pub date: Option<DateInterval>,
    /// The clause that states it.
    pub evidence: Span,
    /// Token that heads the phrase or clause.
    pub head: u32,
    /// True for a bare "the treaty", whose title and parties an earlier commitment of the document gives.
    pub anaphor: bool,
    /// How well the evidence states it, for the choice among several: higher is better.
    pub quality: u32,
}

/// Finds the commitments of one sentence.
pub fn find_commitments(
    index: &CommitmentIndex,
    resolver: &Resolver,
    dates: &[DateMention],
    published: Option<Date>,
) -> Vec<CommitmentDraft> {
    let tree = resolver.tree;
    let forms = Forms::new(tree, index, resolver.lexicon);
    let reader = Reader { forms: &forms, resolver, dates, published };
    let candidates = reader.candidates();
    if candidates.is_empty() || forms.is_excluded() {
        return Vec::new();
    }
    let mut drafts: Vec<(Candidate, CommitmentDraft, Vec<u32>)> = Vec::new();
    for candidate in candidates {
        if let Some((draft, path)) = reader.draft(&candidate) {
            drafts.push((candidate, draft, path));
        }
    }
    reader.without_nested(drafts)
}

/// A word that may name an undertaking.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    first: u32,
    /// The last of the matched words.
    last: u32,
    head: u32,
    entry: u32,
    /// The object of a verb's undertaking.
    object: Option<u32>,
    verb: bool,
}

struct Reader<'a> {
    forms: &'a Forms<'a>,
    resolver: &'a Resolver<'a>,
    dates: &'a [DateMention],
    published: Option<Date>,
}

impl Reader<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let tree = self.forms.tree;
        let mut found = Vec::new();
        let mut next = 0;
        for token in 0..tree.len() {
            if tree.token(token).tag == Tag::Verb {
                found.extend(self.verb_candidate(token));
            }
            if token < next || tree.token(token).tag == Tag::Verb {
                continue;
            }
            let Some((length, entry)) = self.forms.noun_at(token) else { continue };
            let head = self.head_of(token, token + length);
            next = token + length;
            if self.joins_one(head, entry, &found) {
                continue;
            }
            if tree.is_nominal(head) || matches!(tree.token(head).tag, Tag::X | Tag::Adj) {
                found.push(Candidate {
                    first: token,
                    last: token + length - 1,
                    head,
                    entry,
                    object: None,
                    verb: false,
                });
            }
        }
        found
    }

    /// "the revival and expansion of the mill" is one undertaking.
    fn joins_one(&self, head: u32, entry: u32, found: &[Candidate]) -> bool {
        let tree = self.forms.tree;
        tree.relation(head) == Relation::Conj
            && found.iter().any(|known| {
                !known.verb && known.entry == entry && tree.head(head) == Some(known.head) && head <= known.head + 2
            })
    }

    /// The token of the range that hangs outside it.
    fn head_of(&self, start: u32, end: u32) -> u32 {
        let tree = self.forms.tree;
        let outside = |&token: &u32| tree.head(token).is_none_or(|head| head < start || head >= end);
        if (start..end).any(|token| self.forms.word(token) == "of") {
            return (start..end).find(outside).unwrap_or(start); // "memorandum of understanding"
        }
        (start..end).rev().find(outside).unwrap_or(end - 1)
    }

    fn verb_candidate(&self, verb: u32) -> Option<Candidate> {
        let tree = self.forms.tree;
        if tree.relation(verb) == Relation::Amod {
            return None;
        }
        self.forms.verbs_at(verb).into_iter().find_map(|(preposition, entry)| {
            let needs_object = self.forms.undertaking(entry).needs.contains(&Need::Object);
            let under = preposition.and_then(|wanted| {
                tree.children(verb).iter().copied().find(|&child| tree.cases(child).any(|case| case == wanted))
            });
            let object = under
                .or_else(|| verb_frame(tree, verb).object)
                .filter(|&object| tree.is_nominal(object) && tree.token(object).tag != Tag::Pron);
            let goods = &self.forms.undertaking(entry).objects;
            let fits = match object {
                Some(object) => {
                    let mut named = tree.noun_phrase(object);
                    named.retain(|&token| token <= object);
                    goods.is_empty() || self.forms.stands_in(&named, goods)
                }
                None => !needs_object,
            };
            fits.then_some(Candidate { first: verb, last: verb, head: verb, entry, object, verb: true })
        })
    }

    fn draft(&self, candidate: &Candidate) -> Option<(CommitmentDraft, Vec<u32>)> {
        let entry = self.forms.undertaking(candidate.entry);
        if self.forms.has_any(&entry.unless) {
            return None;
        }
        let stages = StageReader { forms: self.forms, kind: entry.kind };
        let namer = Namer { forms: self.forms, resolver: self.resolver, dates: self.dates };
        let finder = PartyFinder { forms: self.forms, resolver: self.resolver, kind: entry.kind };
        let told = if candidate.verb {
            stages.of_verb(candidate.head, entry.done)
        } else {
            stages.of_noun(candidate.head)
        };
        let said = told.is_some();
        let reading = match told {
            Some(reading) => reading,
            None => self.unsaid(candidate, entry, &namer, &finder)?,
        };
        let parties = finder.find(candidate.head, &reading.path);
        if parties.codes.len() < 2 && !may_be_alone(entry.kind, reading.stage, &parties.codes) {
            return None; // what one state sells, builds or lends at home
        }
        let anaphor = said && self.is_anaphor(candidate, entry, &namer);
        if parties.codes.is_empty()
            || !anaphor && !self.is_specific(candidate, entry, &namer, &reading, &parties, said)
        {
            return None;
        }
        let title = if candidate.verb {
            namer.of_verb(entry.title.as_deref().unwrap_or("Plan"), candidate.object)
        } else {
            namer.of_noun(candidate.first..candidate.last + 1, candidate.head, entry.kind)
        };
        let path = reading.path.clone();
        let draft = self.written(candidate, entry, reading, parties, title, &namer);
        Some((CommitmentDraft { anaphor, ..draft }, path))
    }

    /// The stage of a specific undertaking of which no word tells one.
    fn unsaid(
        &self,
        candidate: &Candidate,
        entry: &Undertaking,
        namer: &Namer,
        finder: &PartyFinder,
    ) -> Option<Reading> {
        let stage = entry.unsaid.filter(|_| !candidate.verb)?;
        let within = finder.find(candidate.head, &[]).within;
        let plural = self.forms.tree.token(candidate.head).penn == chancery_model::Penn::Nns;
        let specific = if plural {
            false
        } else if entry.kind == CommitmentKind::Visit {
            within >= 2 && self.is_present()
        } else {
            namer.is_named(candidate.first, candidate.head)
        };
        specific.then(|| Reading { stage, path: Vec::new(), governed: false })
    }

    /// True for a sentence whose root is not in the past.
    fn is_present(&self) -> bool {
        use chancery_model::Penn;
        let tree = self.forms.tree;
        tree.root().is_some_and(|root| {
            let cop = tree.child_by(root, &[Relation::Cop, Relation::Aux, Relation::AuxPass]).unwrap_or(root);
            matches!(tree.token(cop).penn, Penn::Vbz | Penn::Vbp | Penn::Md | Penn::Nn | Penn::Nns)
        })
    }

    /// True for "the treaty", "this plant": one that was named before.
    fn is_anaphor(&self, candidate: &Candidate, entry: &Undertaking, namer: &Namer) -> bool {
        let tree = self.forms.tree;
        let may = entry.needs.contains(&Need::Topic) || entry.kind == CommitmentKind::Facility;
        if !may || entry.needs.contains(&Need::Governor) {
            return false;
        }
        let definite = tree
            .children(candidate.head)
            .iter()
            .any(|&child| matches!(self.forms.word(child), "the" | "this" | "that"));
        !candidate.verb
            && definite
            && candidate.first == candidate.last
            && tree.token(candidate.head).penn == chancery_model::Penn::Nn
            && !namer.topic(candidate.first, candidate.head)
            && !namer.is_named(candidate.first, candidate.head)
    }

    /// True for what is more than a generic mention.
    fn is_specific(
        &self,
        candidate: &Candidate,
        entry: &Undertaking,
        namer: &Namer,
        reading: &Reading,
        parties: &Found,
        said: bool,
    ) -> bool {
        entry.needs.iter().all(|need| match need {
            Need::Topic => {
                candidate.verb
                    || namer.topic(candidate.first, candidate.head)
                    || namer.is_named(candidate.first, candidate.head)
            }
            Need::Pair => parties.told >= 2,
            Need::Object => !candidate.verb || candidate.object.is_some(),
            Need::Cue => said,
            Need::Governor => reading.governed,
        })
    }

    fn written(
        &self,
        candidate: &Candidate,
        entry: &Undertaking,
        reading: Reading,
        parties: Found,
        title: String,
        namer: &Namer,
    ) -> CommitmentDraft {
        let tree = self.forms.tree;
        let phrase = tree.noun_phrase(candidate.object.unwrap_or(candidate.head));
        let mut words = phrase.clone();
        words.extend(candidate.first..=candidate.last);
        let times = timing::Timing { tree, dates: self.dates, published: self.published };
        let (stage, due, date) = times.of(reading.stage, &words, &reading.path);
        let evidence = self.evidence(&words, &reading.path);
        let headline = tree.sentence.kind == SentenceKind::Headline;
        let quality = match (headline, reading.path.is_empty()) {
            (true, _) => 0,
            (false, true) => 1 + u32::from(parties.named >= 2),
            (false, false) => 2 + parties.told.min(2) as u32,
        };
        let beneficiary = self.beneficiary(entry.kind, &parties);
        let told = parties.told;
        let mut codes = parties.codes;
        codes.sort_unstable();
        CommitmentDraft {
            entry: candidate.entry,
            title,
            kind: entry.kind,
            parties: codes,
            told,
            beneficiary,
            sectors: namer.sectors(&entry.sectors, &words),
            stage,
            due,
            date,
            evidence,
            head: candidate.head,
            anaphor: false,
            quality,
        }
    }

    /// Aid and supplies go from the first party to the second.
    fn beneficiary(&self, kind: CommitmentKind, parties: &Found) -> Option<String> {
        let one_sided = matches!(kind, CommitmentKind::Aid | CommitmentKind::Supply) && parties.codes.len() == 2;
        let tree = self.forms.tree;
        let gains = |code: &str| {
            self.resolver.mentions.iter().any(|mention| {
                let last = mention.tokens.end - 1;
                let to = tree.cases(last).any(|case| case == "to" || case == "for")
                    || matches!(tree.relation(last), Relation::Iobj);
                to && self.resolver.resolve_one(last).iter().any(|draft| draft.code.as_deref() == Some(code))
            })
        };
        parties.codes.iter().find(|code| one_sided && gains(code)).cloned()
    }

    /// From the first to the last word that tells it, the subject included.
    fn evidence(&self, words: &[u32], path: &[u32]) -> Span {
        let tree = self.forms.tree;
        let mut tokens: Vec<u32> = words.to_vec();
        for &predicate in path {
            tokens.push(predicate);
            tokens.extend(tree.children(predicate).iter().copied().filter(|&child| {
                matches!(
                    tree.relation(child),
                    Relation::Nsubj
                        | Relation::NsubjPass
                        | Relation::Aux
                        | Relation::AuxPass
                        | Relation::Cop
                        | Relation::Obj
                        | Relation::Obl
                        | Relation::OblAgent
                        | Relation::OblUnmarked
                        | Relation::Advmod
                )
            }));
        }
        tokens.sort_unstable();
        tree.span_of(&tokens)
    }

    /// One commitment for one undertaking: what stands within another's phrase, or told its stage, is dropped.
    fn without_nested(&self, drafts: Vec<(Candidate, CommitmentDraft, Vec<u32>)>) -> Vec<CommitmentDraft> {
        let tree = self.forms.tree;
        let light = |kind: CommitmentKind| {
            matches!(kind, CommitmentKind::Aid | CommitmentKind::Supply | CommitmentKind::Agreement)
        };
        let is_nested = |at: usize| {
            let (inner, draft, _) = &drafts[at];
            drafts.iter().enumerate().any(|(other, (outer, outer_draft, path))| {
                if other == at {
                    return false;
                }
                let told_by = path.contains(&inner.head) && !inner.verb;
                let in_object = outer.verb
                    && !inner.verb
                    && outer.object.is_some_and(|object| tree.is_under(inner.head, object))
                    && !(light(outer_draft.kind) && light(draft.kind));
                let light_verb = inner.verb
                    && !outer.verb
                    && inner.object == Some(outer.head)
                    && light(outer_draft.kind)
                    && light(draft.kind);
                let within = !outer.verb
                    && !inner.verb
                    && inner.head != outer.head
                    && self.is_modifier_of(inner.head, outer.head)
                    && !drafts[other].2.contains(&inner.head)
                    && !path_contains(&drafts[at].2, outer.head);
                told_by || in_object || light_verb || within
            })
        };
        let kept: Vec<bool> = (0..drafts.len()).map(|at| !is_nested(at)).collect();
        drafts.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|((_, draft, _), _)| draft).collect()
    }

    /// True if `inner` hangs on `outer` within its noun phrase.
    fn is_modifier_of(&self, inner: u32, outer: u32) -> bool {
        let tree = self.forms.tree;
        let mut at = inner;
        while let Some(head) = tree.head(at) {
            if !matches!(
                tree.relation(at),
                Relation::Nmod | Relation::Compound | Relation::NmodPoss | Relation::Amod | Relation::Flat
            ) {
                return false;
            }
            if head == outer {
                return true;
            }
            at = head;
        }
        false
    }
}

/// True if one party is enough: for kinds that need no other side, or where the other side is only left unsaid, as when it
/// has been negotiated or a body lends.
fn may_be_alone(kind: CommitmentKind, stage: Stage, codes: &[String]) -> bool {
    use CommitmentKind::{Aid, Meeting, Project, Supply, Visit};
    match kind {
        Aid => stage != Stage::Proposed || codes.iter().any(|code| code.starts_with("IGO")),
        Supply | Project => matches!(stage, Stage::Negotiating | Stage::Agreed | Stage::Signed),
        Visit | Meeting => false,
        _ => true,
    }
}

fn path_contains(path: &[u32], token: u32) -> bool {
    path.contains(&token)
}
