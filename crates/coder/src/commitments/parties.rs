//! Who undertakes it: the states and bodies in the phrase, around its predicates, and, where the sentence is silent,
//! the pair of countries in view.

use chancery_lexicon::NameForm;
use chancery_model::{CommitmentKind, Relation, Tag};

use super::words::Forms;
use crate::frames::verb_frame;
use crate::mentions::{Meaning, Mention};
use crate::parties::{PartyDraft, Resolver};

/// The codes of the parties of one undertaking.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// In the order in which the sentence gives them; the pair in view last.
    pub codes: Vec<String>,
    /// How many of them the sentence itself gives.
    pub told: usize,
    /// How many of them the noun phrase itself gives.
    pub within: usize,
    /// How many of them the noun phrase names in so many words, not by a person or "the two countries".
    pub named: usize,
}

pub(crate) struct PartyFinder<'a> {
    pub(crate) forms: &'a Forms<'a>,
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) kind: CommitmentKind,
}

impl PartyFinder<'_> {
    /// The parties of the undertaking headed by `head`, whose stage the predicates of `path` tell.
    pub(crate) fn find(&self, head: u32, path: &[u32]) -> Found {
        let mut found = Found::default();
        self.within(head, &mut found.codes);
        found.within = found.codes.len();
        found.named = self.named(head, &found.codes);
        for &predicate in path {
            self.around(predicate, head, &mut found.codes);
        }
        self.above(head, path, &mut found.codes);
        if found.codes.len() < 2 {
            self.places(head, path, &mut found.codes);
        }
        found.told = found.codes.len();
        if found.told < 2 && self.is_mutual(found.told) {
            self.add_pair(&mut found.codes);
        }
        found
    }

    /// The countries of the phrase: "Russian-Iranian talks", "the treaty between X and Y", "Pakistan's mill".
    fn within(&self, head: u32, codes: &mut Vec<String>) {
        let tree = self.forms.tree;
        let tokens = tree.subtree(head, |child| {
            let relation = tree.relation(child);
            let outer = tree.head(child) == Some(head);
            let about = matches!(relation, Relation::Nmod | Relation::Obl) && self.is_about(child);
            let beyond = matches!(
                relation,
                Relation::AclRelcl
                    | Relation::Advcl
                    | Relation::Parataxis
                    | Relation::Ccomp
                    | Relation::List
                    | Relation::Nsubj
                    | Relation::NsubjPass
            );
            let sibling = outer && relation == Relation::Conj && tree.token(child).tag != Tag::Propn;
            !about && !beyond && !sibling
        });
        self.collect(&tokens, codes, tree.token(head).tag == Tag::Verb);
    }

    fn named(&self, head: u32, codes: &[String]) -> usize {
        let tree = self.forms.tree;
        let named = |code: &String| {
            self.resolver.mentions.iter().any(|mention| {
                matches!(mention.meaning, Meaning::Actor { .. })
                    && tree.is_under(mention.tokens.end - 1, head)
                    && self.code_of(mention).as_ref() == Some(code)
            })
        };
        codes.iter().filter(|code| named(code)).count()
    }

    fn collect(&self, tokens: &[u32], codes: &mut Vec<String>, verb: bool) {
        let tree = self.forms.tree;
        for &token in tokens {
            let mention = self.mention_at(token);
            let ends_here = mention.is_some_and(|mention| mention.tokens.end == token + 1);
            let pair = ["country", "side", "nation", "neighbour", "state", "government"]
                .iter()
                .any(|word| tree.is_lemma(token, word));
            let owner = tree.token(token).tag == Tag::Pron && tree.relation(token) == Relation::NmodPoss;
            if ends_here && self.is_venue(token, mention) && !verb {
                continue;
            }
            if ends_here || pair || owner {
                for draft in self.resolver.resolve_one(token) {
                    self.add(&draft, codes);
                }
                if let (true, Some(code)) = (ends_here, mention.and_then(|mention| self.code_of(mention))) {
                    push(codes, &code);
                }
            }
        }
    }

    /// Subject, objects and counterparts of a predicate.
    fn around(&self, predicate: u32, head: u32, codes: &mut Vec<String>) {
        let tree = self.forms.tree;
        if tree.token(predicate).tag == Tag::Verb {
            let frame = verb_frame(tree, predicate);
            for part in [frame.subject, frame.indirect, frame.object].into_iter().flatten() {
                if part != head && !tree.is_under(head, part) {
                    self.resolve(part, codes);
                }
            }
        } else if let Some(subject) = tree.child_by(predicate, &[Relation::Nsubj, Relation::NsubjPass])
            && subject != head
        {
            self.resolve(subject, codes); // "Russia is in talks"
        }
        for &child in tree.children(predicate) {
            if child != head && matches!(tree.relation(child), Relation::Obl | Relation::OblAgent | Relation::Nmod)
            {
                let counterpart = tree.cases(child).any(|case| {
                    matches!(
                        case.as_str(),
                        "with" | "to" | "from" | "for" | "by" | "between" | "among" | "alongside"
                    )
                });
                if counterpart {
                    self.resolve(child, codes);
                }
            }
        }
    }

    /// Who is told of it, and who tells where nobody else is known.
    fn above(&self, head: u32, path: &[u32], codes: &mut Vec<String>) {
        let tree = self.forms.tree;
        let mut at = path.last().copied().unwrap_or(head);
        for _ in 0..6 {
            let Some(governor) = tree.head(at) else { break };
            let told = ["inform", "tell", "assure", "promise", "notify", "remind"]
                .iter()
                .any(|word| tree.is_lemma(governor, word));
            let told = told && tree.relation(at) != Relation::Conj;
            let clause = told
                || matches!(
                    tree.relation(at),
                    Relation::Ccomp
                        | Relation::AclRelcl
                        | Relation::Advcl
                        | Relation::Acl
                        | Relation::Xcomp
                        | Relation::Parataxis
                );
            if clause && tree.token(governor).tag == Tag::Verb {
                if told || codes.len() < 2 {
                    self.around(governor, head, codes);
                }
            } else if clause && codes.len() < 2 {
                self.within(governor, codes);
            }
            at = governor;
        }
    }

    /// "will build a reactor in Ghana": a country that is only the place, where the other side is not named.
    fn places(&self, head: u32, path: &[u32], codes: &mut Vec<String>) {
        let tree = self.forms.tree;
        if matches!(self.kind, CommitmentKind::Meeting | CommitmentKind::Visit | CommitmentKind::Sanction) {
            return;
        }
        let mut anchors = vec![head];
        anchors.extend(path);
        anchors.extend(path.iter().filter_map(|&predicate| tree.child_by(predicate, &[Relation::Obj])));
        for anchor in anchors {
            for &child in tree.children(anchor) {
                let placed = matches!(tree.relation(child), Relation::Obl | Relation::Nmod)
                    && tree.cases(child).any(|case| case == "in");
                if placed && let Some(code) = self.mention_at(child).and_then(|mention| self.code_of(mention)) {
                    push(codes, &code);
                }
            }
        }
    }

    fn resolve(&self, head: u32, codes: &mut Vec<String>) {
        for draft in self.resolver.resolve(head) {
            self.add(&draft, codes);
        }
    }

    fn add(&self, draft: &PartyDraft, codes: &mut Vec<String>) {
        if let Some(code) = &draft.code
            && is_party(code)
        {
            push(codes, code);
        }
    }

    fn code_of(&self, mention: &Mention) -> Option<String> {
        let lexicon = self.resolver.lexicon;
        let code = match mention.meaning {
            Meaning::Actor { actor, .. } => lexicon.actors[actor as usize].code.clone(),
            Meaning::Holder { office, .. } => Some(lexicon.offices[office as usize].code.clone()),
            Meaning::Role { .. } => None,
        };
        code.filter(|code| is_party(code))
    }

    fn mention_at(&self, token: u32) -> Option<&Mention> {
        self.resolver.mentions.iter().find(|mention| mention.tokens.contains(&token))
    }

    /// A capital in "held in Moscow" is a place and no party; a country there is its host.
    fn is_venue(&self, token: u32, mention: Option<&Mention>) -> bool {
        let capital = mention.is_some_and(|mention| {
            matches!(mention.meaning, Meaning::Actor { form: NameForm::Capital | NameForm::Seat, .. })
        });
        capital && self.forms.tree.cases(token).any(|case| matches!(case.as_str(), "in" | "at" | "near"))
    }

    /// "on Ukraine", "against Iran": what it is about or aimed at.
    fn is_about(&self, token: u32) -> bool {
        self.forms
            .tree
            .cases(token)
            .any(|case| matches!(case.as_str(), "about" | "against" | "over" | "concerning"))
            || self.kind == CommitmentKind::Sanction && self.forms.tree.has_case(token, &["on".to_owned()])
            || self.forms.tree.has_case(token, &["on".to_owned()]) && self.mention_at(token).is_some()
    }

    /// True if the pair in view may stand in for what the sentence leaves out.
    fn is_mutual(&self, told: usize) -> bool {
        use CommitmentKind::*;
        match self.kind {
            Sanction | Deployment => false,
            Mediation | Visit | Facility | Reform => told == 0,
            _ => true,
        }
    }

    fn add_pair(&self, codes: &mut Vec<String>) {
        let Some((a, b)) = self.resolver.discourse.main_pair() else { return };
        if codes.is_empty() || codes[0] == a.0 || codes[0] == b.0 {
            push(codes, &a.0);
            push(codes, &b.0);
        }
    }
}

fn push(codes: &mut Vec<String>, code: &str) {
    if !codes.iter().any(|known| known == code) {
        codes.push(code.to_owned());
    }
}

/// States and international bodies; firms and aid groups undertake nothing between states.
fn is_party(code: &str) -> bool {
    !code.contains(':') || code.starts_with("IGO") || code.starts_with("NSA")
}
