//! What the weights look at: the cue, its subject, the form and place of a possible content, the path to a speaker.
//!
//! Features are names such as `lk|say|ccomp`; see [`crate::statements::weights`].

use chancery_lexicon::Complement;
use chancery_model::{NameKind, Penn, Relation, Span, Tag};

use super::candidates::{Candidate, Group};
use super::cues::CueIndex;
use super::quotations::Quotations;
use super::weights::Sink;
use crate::frames::verb_frame;
use crate::tree::Tree;

/// What the features of one cue share.
pub struct CueContext<'a> {
    tree: &'a Tree<'a>,
    cues: &'a CueIndex<'a>,
    quotations: &'a Quotations,
    cue: u32,
    lemma: &'a str,
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
            lemma: tree.lemma(cue),
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
            sink.add(&["lk", self.lemma, kind]);
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
            sink.add(&["lkc", self.lemma, kind, self.class]);
            if let Some(listed) = self.listed(kind, candidate) {
                sink.add(&["listed", listed]);
                sink.add(&["listed-k", kind]);
            }
            for flag in &self.flags {
                sink.add(&["kx", kind, flag]);
            }
        }
        sink.add(&["n", next, after_next]);
        sink.add(&["nq", next, shape]);
        sink.add(&["bq", before, shape]);
        sink.add(&["lc", self.lemma, self.class]);
        sink.add(&["c", self.class, inner]);
        sink.add(&["l", self.lemma]);
        sink.add(&["lt", self.lemma, self.penn]);
        sink.add(&["ls", self.lemma, &self.subject]);
        sink.add(&["ll", self.lemma, length]);
        sink.add(&["lq", self.lemma, shape]);
        sink.add(&["lf", self.lemma, &first]);
        sink.add(&["lh", self.lemma, head_lemma]);
        sink.add(&["lr", self.lemma, relation]);
        sink.add(&["la", &self.ahead, relation]);
        sink.add(&["t", self.penn]);
        sink.add(&["tr", self.penn, relation]);
        sink.add(&["s", &self.subject]);
        sink.add(&["si", &self.subject, inner]);
        sink.add(&["len", length]);
        sink.add(&["q", shape, inner]);
        for flag in &self.flags {
            sink.add(&["x", flag]);
            sink.add(&["lx", self.lemma, flag]);
        }
        if candidate.span.end + 3 >= tree.sentence.span.end {
            sink.add(&["end"]);
        }
    }

    /// Whether the lexicon lists the cue with such a content.
    fn listed(&self, kind: &str, candidate: &Candidate) -> Option<&'static str> {
        let complement = complement(self.tree, self.cue, kind, candidate)?;
        self.cues.mood(self.lemma, &complement).map(|_| if self.penn.starts_with('V') { "verb" } else { "other" })
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

/// Who would speak: "none", a pronoun, the kind of name, or the noun; and a coarser class.
fn speaker_class(tree: &Tree, cue: u32) -> (String, &'static str) {
    let subject = match tree.token(cue).tag {
        Tag::Verb | Tag::Aux => verb_frame(tree, cue).subject,
        Tag::Noun => tree.child_by(cue, &[Relation::NmodPoss]),
        _ => tree.child_by(cue, &[Relation::Nsubj]),
    };
    let Some(subject) = subject else { return ("none".to_owned(), "none") };
    let word = tree.word(subject).to_lowercase();
    match tree.token(subject).tag {
        Tag::Pron => {
            let class = match word.as_str() {
                "he" | "she" | "his" | "her" => "he",
                "i" | "we" | "my" | "our" => "i",
                "who" => "who",
                "they" | "their" => "they",
                "you" | "your" => "you",
                "it" | "its" | "that" | "which" | "this" => "it",
                _ => "pronoun",
            };
            (word, class)
        }
        Tag::Propn => {
            let class = name_class(tree, subject);
            (class.to_owned(), class)
        }
        _ => {
            let lemma = tree.lemma(subject);
            (
                lemma.to_owned(),
                if is_human(lemma) {
                    "human"
                } else if is_document(lemma) {
                    "document"
                } else {
                    "thing"
                },
            )
        }
    }
}

/// Nouns of people and bodies, by their endings and a list of the commonest.
fn is_human(lemma: &str) -> bool {
    const ENDINGS: &[&str] = &["er", "or", "ist", "man", "woman", "ian", "person", "ant", "ee", "crat", "ive"];
    const COMMON: &[&str] = &[
        "people",
        "official",
        "government",
        "president",
        "campaign",
        "group",
        "party",
        "ministry",
        "expert",
        "voter",
        "critic",
        "source",
        "some",
        "other",
        "many",
        "most",
        "aide",
        "ally",
        "friend",
        "committee",
        "company",
        "police",
        "court",
        "council",
        "union",
        "state",
        "country",
        "nation",
        "administration",
        "agency",
        "department",
        "office",
        "team",
        "candidate",
        "colleague",
        "public",
        "majority",
        "percent",
        "analyst",
        "diplomat",
        "judge",
        "witness",
        "family",
        "member",
        "chief",
        "envoy",
        "head",
        "resident",
        "citizen",
        "student",
        "army",
        "military",
        "commission",
        "board",
        "opposition",
        "crowd",
    ];
    COMMON.contains(&lemma) || lemma.len() > 4 && ENDINGS.iter().any(|ending| lemma.ends_with(ending))
}

/// Nouns of what can be read.
fn is_document(lemma: &str) -> bool {
    const DOCUMENTS: &[&str] = &[
        "report",
        "poll",
        "survey",
        "study",
        "statement",
        "letter",
        "article",
        "email",
        "document",
        "paper",
        "book",
        "data",
        "analysis",
        "record",
        "tweet",
        "post",
        "speech",
        "ad",
        "video",
        "story",
        "review",
        "estimate",
        "figure",
        "statistic",
        "research",
        "newspaper",
        "editorial",
        "memo",
        "communique",
        "declaration",
        "resolution",
        "text",
        "note",
        "column",
        "website",
        "agreement",
        "treaty",
        "law",
        "bill",
        "plan",
        "forecast",
        "result",
        "evidence",
        "headline",
    ];
    DOCUMENTS.contains(&lemma)
}

fn name_class(tree: &Tree, token: u32) -> &'static str {
    let name = tree.sentence.names.iter().find(|name| name.tokens.contains(&token));
    match name.map(|name| name.kind) {
        Some(NameKind::Person) => "PERSON",
        Some(NameKind::Organisation) => "ORGANISATION",
        Some(NameKind::Location | NameKind::Facility) => "PLACE",
        _ => "NAME",
    }
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

fn gap(tokens: u32) -> &'static str {
    match tokens {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=8 => "8",
        9..=15 => "15",
        _ => "more",
    }
}

/// A token that could be the speaker, with how it hangs on the cue.
pub fn add_speaker(
    tree: &Tree,
    quotations: &Quotations,
    group: &Group,
    content: &Candidate,
    speaker: u32,
    sink: &mut dyn Sink,
) {
    let cue = group.cue;
    let path = path(tree, cue, speaker);
    let tag = tree.token(speaker).tag.label();
    let penn = tree.token(cue).penn.label();
    let kind = content.kinds.first().map_or("-", |kind| kind.as_str());
    let relation = tree.relation(speaker).label();
    let inside = (content.first..=content.last).contains(&speaker) && content.first != cue;
    let side = if speaker < cue { "before" } else { "after" };
    let case = tree.cases(speaker).next().unwrap_or_else(|| "-".to_owned());
    let name = if tree.token(speaker).tag == Tag::Propn { name_class(tree, speaker) } else { "-" };
    let word = if tree.token(speaker).tag == Tag::Propn { name.to_owned() } else { tree.lemma(speaker).to_owned() };
    sink.add(&["Sp", &path]);
    sink.add(&["Spt", &path, penn]);
    sink.add(&["Spk", &path, kind]);
    sink.add(&["Spl", &path, tree.lemma(cue)]);
    sink.add(&["Sr", relation, side]);
    sink.add(&["Sn", name, side]);
    sink.add(&["St", tag, side]);
    sink.add(&["Sw", &word]);
    sink.add(&["Sc", &case, relation]);
    sink.add(&["Scl", &case, tree.lemma(cue)]);
    sink.add(&["Si", if inside { "in" } else { "out" }, if path.len() > 30 { "far" } else { "near" }]);
    sink.add(&["Sd", gap(speaker.abs_diff(cue)), side, kind]);
    sink.add(&[
        "Sq",
        if quotations.around(tree.token(speaker).span).is_some() { "in" } else { "out" },
        if quotations.around(tree.token(cue).span).is_some() { "in" } else { "out" },
    ]);
    let frame = if tree.token(cue).tag == Tag::Verb {
        verb_frame(tree, cue).subject
    } else {
        tree.child_by(cue, &[Relation::NmodPoss, Relation::Nsubj])
    };
    let framed = if frame == Some(speaker) {
        "yes"
    } else if frame.is_some() {
        "other"
    } else {
        "none"
    };
    sink.add(&["Sf", framed]);
    sink.add(&["Sfk", framed, kind]);
    sink.add(&["Sft", framed, penn]);
    let between =
        (speaker.min(cue) + 1..speaker.max(cue)).filter(|&token| tree.token(token).tag == Tag::Verb).count();
    sink.add(&["Sb", ["0", "1", "2", "3"][between.min(3)], side]);
}

/// The way from the cue to a token over the tree: "nsubj", "^advcl/nsubj".
fn path(tree: &Tree, cue: u32, target: u32) -> String {
    let mut up = String::new();
    let mut at = cue;
    for _ in 0..6 {
        if let Some(down) = descent(tree, at, target) {
            return up + &down;
        }
        let Some(head) = tree.head(at) else { break };
        up.push('^');
        up.push_str(tree.relation(at).label());
        up.push('/');
        at = head;
    }
    "far".to_owned()
}

fn descent(tree: &Tree, from: u32, mut target: u32) -> Option<String> {
    let mut steps = Vec::new();
    while target != from {
        if steps.len() > 4 {
            return None;
        }
        steps.push(tree.relation(target).label());
        target = tree.head(target)?;
    }
    steps.reverse();
    Some(steps.join("/"))
}
