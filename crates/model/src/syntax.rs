//! Sentences and tokens with what the language core knows of them: Universal Dependencies, English.

use std::ops::Range;

use compact_str::CompactString;

use crate::Span;

/// One sentence, headline, list item or other stretch of text that is read on its own.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sentence {
    /// The words and closing punctuation, without surrounding white space.
    pub span: Span,
    /// What sort of stretch it is; only content is coded.
    pub kind: SentenceKind,
    /// Counts from 0; sentences of one paragraph share the number.
    pub paragraph: u32,
    /// True if the sentence begins inside a quotation that an earlier sentence opened.
    pub begins_quoted: bool,
    /// In text order; never overlapping; only white space between them.
    pub tokens: Vec<Token>,
    /// Recognised names in text order, never overlapping; empty until the language core has run.
    pub names: Vec<Name>,
}

/// What sort of text a [`Sentence`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum SentenceKind {
    /// Running text.
    #[default]
    Prose,
    /// A title or subheading: verbs in the present for the past, few function words, perhaps capitals throughout.
    Headline,
    /// An item of a list.
    Bullet,
    /// "MOSCOW, Feb 26 (Reuters) -": place and day of writing.
    Dateline,
    /// "(By: Asghar Ali Mubarak)", "Reporting by …": who wrote it.
    Byline,
    /// "Comments are closed.", "Read more:", share buttons, copyright lines: no content.
    Boilerplate,
}

impl SentenceKind {
    /// True if the stretch can state something about the world.
    pub fn is_content(self) -> bool {
        matches!(self, SentenceKind::Prose | SentenceKind::Headline | SentenceKind::Bullet)
    }
}

/// One word, number or mark.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Token {
    /// Where it stands in `Document::text`.
    pub span: Span,
    /// Universal part of speech; `X` until tagged.
    pub tag: Tag,
    /// Penn Treebank tag, which also tells tense and number; `None` until tagged.
    pub penn: Penn,
    /// Dictionary form, lower case but for proper nouns; empty until lemmatised.
    pub lemma: CompactString,
    /// Index within the sentence of the syntactic head; `None` for the root (and until parsed).
    pub head: Option<u32>,
    /// Relation to the head.
    pub relation: Relation,
}

/// A proper name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Token indices within the sentence.
    pub tokens: Range<u32>,
    /// What it names.
    pub kind: NameKind,
}

/// What a [`Name`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, ministry, party, armed group, international body.
    Organisation,
    /// A country, city, region, river.
    Location,
    /// A war, summit, storm, tournament.
    Event,
    /// A law, treaty or agreement.
    Law,
    /// A building, airport, bridge, pipeline.
    Facility,
}

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident: $($(#[$vmeta:meta])* $variant:ident $label:literal),+ $(,)?) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[repr(u8)]
        #[allow(missing_docs)] // the labels are those of the published annotation scheme
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every label, in the order of its number.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as the annotation scheme writes it.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }

            /// The label that the scheme writes so; `None` if there is none.
            pub fn from_label(label: &str) -> Option<$name> {
                match label { $($label => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tags (UD 2).
    Tag: Adj "ADJ", Adp "ADP", Adv "ADV", Aux "AUX", Cconj "CCONJ", Det "DET", Intj "INTJ", Noun "NOUN",
    Num "NUM", Part "PART", Pron "PRON", Propn "PROPN", Punct "PUNCT", Sconj "SCONJ", Sym "SYM", Verb "VERB",
    #[default] X "X",
}

labels! {
    /// Penn Treebank tags as the English UD treebanks use them.
    Penn: Cc "CC", Cd "CD", Dt "DT", Ex "EX", Fw "FW", In "IN", Jj "JJ", Jjr "JJR", Jjs "JJS", Ls "LS", Md "MD",
    Nn "NN", Nnp "NNP", Nnps "NNPS", Nns "NNS", Pdt "PDT", Pos "POS", Prp "PRP", PrpPoss "PRP$", Rb "RB",
    Rbr "RBR", Rbs "RBS", Rp "RP", Sym "SYM", To "TO", Uh "UH", Vb "VB", Vbd "VBD", Vbg "VBG", Vbn "VBN",
    Vbp "VBP", Vbz "VBZ", Wdt "WDT", Wp "WP", WpPoss "WP$", Wrb "WRB", Add "ADD", Afx "AFX", Gw "GW",
    Hyph "HYPH", Nfp "NFP", Xx "XX", Lrb "-LRB-", Rrb "-RRB-", Dollar "$", OpenQuote "``", CloseQuote "''",
    Comma ",", Period ".", Colon ":",
    #[default] None "_",
}

labels! {
    /// Dependency relations of the English UD treebanks, subtypes included.
    Relation: Acl "acl", AclRelcl "acl:relcl", Advcl "advcl", AdvclRelcl "advcl:relcl", Advmod "advmod",
    Amod "amod", Appos "appos", Aux "aux", AuxPass "aux:pass", Case "case", Cc "cc", CcPreconj "cc:preconj",
    Ccomp "ccomp", Compound "compound", CompoundPrt "compound:prt", Conj "conj", Cop "cop", Csubj "csubj",
    CsubjOuter "csubj:outer", CsubjPass "csubj:pass", #[default] Dep "dep", Det "det", DetPredet "det:predet",
    Discourse "discourse", Dislocated "dislocated", Expl "expl", Fixed "fixed", Flat "flat",
    Goeswith "goeswith", Iobj "iobj", List "list", Mark "mark", Nmod "nmod", NmodDesc "nmod:desc",
    NmodPoss "nmod:poss", NmodUnmarked "nmod:unmarked", Nsubj "nsubj", NsubjOuter "nsubj:outer",
    NsubjPass "nsubj:pass", Nummod "nummod", Obj "obj", Obl "obl", OblAgent "obl:agent",
    OblUnmarked "obl:unmarked", Orphan "orphan", Parataxis "parataxis", Punct "punct",
    Reparandum "reparandum", Root "root", Vocative "vocative", Xcomp "xcomp",
}

impl Sentence {
    /// The words of token `index`.
    pub fn word<'t>(&self, text: &'t str, index: u32) -> &'t str {
        self.tokens[index as usize].span.of(text)
    }
}
