//! What the weights look at: the cue, its subject, the form and place of a possible content, the path to a speaker.
//!
//! Features are names such as `lk|say|ccomp`; see [`crate::statements::weights`].

use chancery_lexicon::Complement;
use chancery_model::{Penn, Relation, Span, Tag};

use super::candidates::{Candidate, Edge};
use super::cues::CueIndex;
use super::quotations::Quotations;
use super::subjects::speaker_class;
use super::weights::Sink;
use crate::tree::Tree;

/// What the features of one cue share.
pub struct CueContext<'a> {
    tree: &'a Tree<'a>,
    cues: &'a CueIndex<'a>,
    quotations: &'a Quotations,
    cue: u32,
    lemma: String,
    penn: &'static str,
    subject: String,
    class: &'static str,
    is_quoted: bool,
    ahead: String,
    flags: Vec<&'static str>,
}

impl<'a> CueContext<'a> {
    /// Looks at the words around a cue.
    pub fn new(tree: &'a Tree<'a>, cues: &'a CueIndex<'a>, quotations: &'a Quotations, cue: u32) -> CueContext<'a> {
        let (subject, class) = speaker_class(tree, cue);
        let token = tree.token(cue);
        let head = tree.head(cue).map_or("ROOT", |head| tree.lemma(head));
        CueContext {
            tree,
            cues,
            quotations,
            cue,
            lemma: cue_lemma(tree, cue),
            penn: token.penn.label(),
            subject,
            class,
            is_quoted: quotations.around(token.span).is_some(),
            ahead: head.to_owned(),
            flags: flags(tree, cue),
        }
    }

    /// The features of one possible content.
    pub fn add(&self, candidate: &Candidate, sink: &mut dyn Sink) {
        let tree = self.tree;
        let shape = self.shape(candidate);
        let head_lemma = candidate.head.map_or("-", |head| tree.lemma(head));
        let head_penn = candidate.head.map_or("-", |head| tree.token(head).penn.label());
        let first = tree.word(candidate.first).to_lowercase();
        let gap = gap(candidate.first.abs_diff(self.cue).min(candidate.last.abs_diff(self.cue)));
        let length = length(candidate.span);
        let next = (candidate.last + 1 < tree.len()).then(|| tree.word(candidate.last + 1).to_lowercase());
        let next = next.as_deref().unwrap_or("END");
        let after_next =
            if candidate.last + 2 < tree.len() { tree.token(candidate.last + 2).penn.label() } else { "END" };
        let around = if (candidate.first..=candidate.last).contains(&self.cue) { "around" } else { "beside" };
        let before = candidate.first.checked_sub(1).map_or("START", |token| tree.token(token).penn.label());
        let inner = if self.is_quoted { "in" } else { "out" };
        let relation = tree.relation(self.cue).label();
        for kind in &candidate.kinds {
            let kind = kind.as_str();
            sink.add(&["k", kind]);
            sink.add(&["lk", &self.lemma, kind]);
            sink.add(&["kt", kind, self.penn]);
            sink.add(&["ks", kind, &self.subject]);
            sink.add(&["kl", kind, length]);
            sink.add(&["kf", kind, &first]);
            sink.add(&["kp", kind, head_penn]);
            sink.add(&["kq", kind, shape]);
            sink.add(&["kr", kind, relation]);
            sink.add(&["ki", kind, inner]);
            sink.add(&["kg", kind, gap]);
            sink.add(&["kh", kind, head_lemma]);
            sink.add(&["kn", kind, next]);
            sink.add(&["kb", kind, before]);
            sink.add(&["ka", kind, around, shape]);
            sink.add(&["kc", kind, self.class]);
            sink.add(&["lkc", &self.lemma, kind, self.class]);
            if let Some(listed) = self.listed(kind, candidate) {
                sink.add(&["listed", listed]);
                sink.add(&["listed-k", kind]);
                sink.add(&["listed-c", listed, self.class]);
                sink.add(&["listed-r", kind, relation]);
            }
            for flag in &self.flags {
                sink.add(&["kx", kind, flag]);
            }
        }
        sink.add(&["n", next, after_next]);
        sink.add(&["nq", next, shape]);
        sink.add(&["bq", before, shape]);
        sink.add(&["lc", &self.lemma, self.class]);
        sink.add(&["c", self.class, inner]);
        sink.add(&["l", &self.lemma]);
        sink.add(&["lt", &self.lemma, self.penn]);
        sink.add(&["ls", &self.lemma, &self.subject]);
        sink.add(&["ll", &self.lemma, length]);
        sink.add(&["lq", &self.lemma, shape]);
        sink.add(&["lf", &self.lemma, &first]);
        sink.add(&["lh", &self.lemma, head_lemma]);
        sink.add(&["lr", &self.lemma, relation]);
        sink.add(&["la", &self.ahead, relation]);
        sink.add(&["t", self.penn]);
        sink.add(&["tr", self.penn, relation]);
        sink.add(&["s", &self.subject]);
        sink.add(&["si", &self.subject, inner]);
        sink.add(&["len", length]);
        sink.add(&["q", shape, inner]);
        for flag in &self.flags {
            sink.add(&["x", flag]);
            sink.add(&["lx", &self.lemma, flag]);
        }
        if candidate.span.end + 3 >= tree.sentence.span.end {
            sink.add(&["end"]);
        }
        for edge in &candidate.edges {
            self.add_edge(candidate, edge, sink);
        }
        self.add_next(candidate, sink);
    }

    /// What tells whether the clause at a possible end belongs to the content.
    fn add_edge(&self, candidate: &Candidate, edge: &Edge, sink: &mut dyn Sink) {
        let tree = self.tree;
        let side = if edge.inside { "in" } else { "out" };
        let opener = (edge.end + 1..=edge.head).find(|&token| tree.token(token).tag != Tag::Punct);
        let opener = opener.map_or_else(|| "-".to_owned(), |token| tree.word(token).to_lowercase());
        let comma = if tree.is_word(edge.end + 1, ",") || tree.is_word(edge.end, ",") { "," } else { "-" };
        let lemma = tree.lemma(edge.head);
        let penn = tree.token(edge.head).penn.label();
        let subject = if tree.child_by(edge.head, &[Relation::Nsubj]).is_some() { "s" } else { "-" };
        let quoted = match self.quotations.around(tree.token(edge.head).span) {
            Some(_) if self.quotations.around(tree.token(candidate.first).span).is_none() => "mixed",
            Some(_) => "quoted",
            None => "plain",
        };
        let verbal = self.cues.any_mood(lemma).map_or("-", |_| "cue");
        sink.add(&["e", side, edge.name]);
        sink.add(&["eo", side, edge.name, &opener, comma]);
        sink.add(&["ep", side, edge.name, penn, comma, subject]);
        sink.add(&["el", side, edge.name, lemma]);
        sink.add(&["ec", side, edge.name, penn, verbal, comma]);
        sink.add(&["eq", side, edge.name, quoted, penn]);
        sink.add(&["ek", side, edge.name, &opener, &candidate.kinds[0]]);
        sink.add(&["ew", side, edge.name, penn, &self.lemma]);
    }

    /// The words after the content.
    fn add_next(&self, candidate: &Candidate, sink: &mut dyn Sink) {
        let tree = self.tree;
        let word = |at: u32| if at < tree.len() { tree.word(at).to_lowercase() } else { "END".to_owned() };
        let (one, two) = (word(candidate.last + 1), word(candidate.last + 2));
        sink.add(&["n2", &one, &two]);
        sink.add(&["n2k", &candidate.kinds[0], &one, &two]);
        let penn = |at: u32| if at < tree.len() { tree.token(at).penn.label() } else { "END" };
        sink.add(&["n3", penn(candidate.last), penn(candidate.last + 1), penn(candidate.last + 2)]);
    }

    /// Whether the lexicon lists the cue with such a content.
    fn listed(&self, kind: &str, candidate: &Candidate) -> Option<&'static str> {
        let complement = complement(self.tree, self.cue, kind, candidate)?;
        self.cues
            .mood(cue_word(self.tree, self.cue), &complement)
            .map(|_| if self.penn.starts_with('V') { "verb" } else { "other" })
    }

    /// How much of the content is quoted.
    fn shape(&self, candidate: &Candidate) -> &'static str {
        let quotations = self.quotations.within(candidate.span);
        let quoted: usize = quotations
            .iter()
            .map(|quotation| {
                quotation.end.min(candidate.span.end).saturating_sub(quotation.start.max(candidate.span.start))
                    as usize
            })
            .sum();
        let begins = quotations.first().is_some_and(|quotation| quotation.start <= candidate.span.start + 1);
        match (quoted * 10 / candidate.span.len().max(1), begins) {
            (0, _) if quotations.is_empty() => "none",
            (9.., _) => "all",
            (_, true) => "begins",
            (5.., _) => "most",
            _ => "some",
        }
    }
}

/// The word under which the lexicon lists a cue: its lemma, but "according" whatever the tagger takes it for.
pub fn cue_word<'t>(tree: &'t Tree, cue: u32) -> &'t str {
    if tree.is_word(cue, "according") { "according" } else { tree.lemma(cue) }
}

/// A cue's lemma in American spelling: "criticise" and "favour" weigh what "criticize" and "favor" do.
pub fn cue_lemma(tree: &Tree, cue: u32) -> String {
    const OURS: &[&str] = &["favour", "honour", "harbour", "labour", "endeavour"];
    const ISE: &[&str] = &[
        "promise",
        "advise",
        "raise",
        "praise",
        "rise",
        "exercise",
        "surprise",
        "compromise",
        "revise",
        "devise",
        "supervise",
        "advertise",
    ];
    let lemma = cue_word(tree, cue);
    if OURS.contains(&lemma) {
        return lemma.replace("our", "or");
    }
    match lemma.strip_suffix("ise") {
        Some(stem) if tree.token(cue).tag == Tag::Verb && stem.len() > 3 && !ISE.contains(&lemma) => {
            format!("{stem}ize")
        }
        _ => lemma.to_owned(),
    }
}

/// The form of a content for the lexicon; `None` if it has no name there.
pub fn complement(tree: &Tree, cue: u32, kind: &str, candidate: &Candidate) -> Option<Complement> {
    let plain = kind.trim_end_matches(['~', '+', '-', '*', '<', '>']);
    let (relation, form) = plain.split_once(':').unwrap_or((plain, ""));
    Some(match (relation, form) {
        ("ccomp" | "parataxis" | "csubj" | "pred", _)
        | ("up", "parataxis" | "advcl:as")
        | ("acl" | "advcl", "that") => Complement::Clause,
        ("q" | "qn" | "colon", _) => Complement::Quote,
        ("xcomp" | "acl" | "advcl", "to") => {
            let object = tree.child_by(cue, &[Relation::Obj, Relation::Iobj]).is_some_and(|object| object > cue);
            if object && tree.token(cue).tag == Tag::Verb {
                Complement::ObjectInfinitive
            } else {
                Complement::Infinitive
            }
        }
        ("xcomp", "ing") => Complement::Gerund,
        ("obj" | "nsubj:pass" | "nsubj", _) => {
            let open = tree
                .children_by(cue, Relation::Xcomp)
                .any(|child| tree.token(child).penn == Penn::Vb && candidate.last >= child);
            if open && kind.ends_with('+') {
                Complement::ObjectInfinitive
            } else if open && kind.ends_with('*') {
                Complement::Infinitive
            } else {
                Complement::Object
            }
        }
        ("obl" | "nmod", preposition) => Complement::Preposition(preposition.to_owned()),
        ("adv" | "acc" | "acc0" | "acc1", _) => Complement::Rest,
        _ => return None,
    })
}

/// Negation, modality, voice.
fn flags(tree: &Tree, cue: u32) -> Vec<&'static str> {
    let mut flags = Vec::new();
    for &child in tree.children(cue) {
        let word = tree.word(child).to_lowercase();
        let flag = match tree.relation(child) {
            Relation::Aux => match word.as_str() {
                "will" | "'ll" | "’ll" | "shall" => "will",
                "would" | "could" | "can" | "may" | "might" | "should" | "must" | "'d" | "’d" => "modal",
                _ => continue,
            },
            Relation::AuxPass => "passive",
            Relation::Advmod if matches!(word.as_str(), "not" | "n't" | "n’t" | "never") => "negated",
            Relation::Mark if word == "if" || word == "unless" => "if",
            Relation::Mark if word == "to" => "to",
            Relation::Mark if word == "as" => "as",
            Relation::Obj => "object",
            Relation::Iobj => "told",
            Relation::Expl => "it",
            Relation::Cop => "copula",
            _ => continue,
        };
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    flags
}

fn length(span: Span) -> &'static str {
    match span.len() {
        0..=5 => "5",
        6..=10 => "10",
        11..=18 => "18",
        19..=30 => "30",
        31..=50 => "50",
        51..=90 => "90",
        91..=160 => "160",
        161..=300 => "300",
        _ => "more",
    }
}

pub(super) fn gap(tokens: u32) -> &'static str {
    match tokens {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=8 => "8",
        9..=15 => "15",
        _ => "more",
    }
}
