//! The language core: tags, lemmas, tree and names of one sentence that is already split into tokens.
//!
//! It does not split text, know any actor, or read a file: its weights are part of the program.

use std::sync::OnceLock;

use chancery_model::{Penn, Relation, Sentence, Tag};

use crate::lemma::Lemmatiser;
use crate::names::{LABELS, from_labels, may_follow};
use crate::perceptron::{
    Linear, Move, ParserState, Surface, best, moves, name_features, parser_features, tag_features,
};
use crate::wire::{Reader, WeightsError, Writer};

const MAGIC: &[u8] = b"chancery-language-1\n";
static WEIGHTS: &[u8] = include_bytes!("../weights/core.bin");

/// The weights of every stage of the core.
pub struct Core {
    /// Pairs of tags in the order of the tagger's classes.
    pub tags: Vec<(Tag, Penn)>,
    /// The tagger.
    pub tagger: Linear<i8>,
    /// The name labeller.
    pub names: Linear<i8>,
    /// The parser.
    pub parser: Linear<i8>,
    /// The lemmatiser.
    pub lemmas: Lemmatiser,
    moves: Vec<Move>,
}

/// Memory that one thread uses again for every sentence.
#[derive(Default)]
pub struct Scratch {
    surfaces: Vec<Surface>,
    tags: Vec<u32>,
    labels: Vec<usize>,
    features: Vec<u32>,
    scores: Vec<f32>,
    state: ParserState,
}

/// Words that are parsed together at most; a longer stretch is cut, and the later parts hang on the first's root.
const WINDOW: usize = 256;

impl Core {
    /// The core whose weights are part of the program; made at the first call, in a few milliseconds.
    pub fn embedded() -> &'static Core {
        static CORE: OnceLock<Core> = OnceLock::new();
        CORE.get_or_init(|| Core::from_bytes(WEIGHTS).expect("the embedded weights were checked when they were made"))
    }

    /// Puts trained parts together.
    pub fn new(tags: Vec<(Tag, Penn)>, models: [Linear<i8>; 3], lemmas: Lemmatiser) -> Core {
        let [tagger, names, parser] = models;
        Core { tags, tagger, names, parser, lemmas, moves: moves() }
    }

    /// Reads a weights file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Core, WeightsError> {
        let mut input = Reader::new(bytes);
        let magic = input.bytes(MAGIC.len())?;
        if magic != MAGIC {
            return Err(WeightsError::Magic(magic.to_vec(), MAGIC));
        }
        let mut tags = Vec::new();
        for _ in 0..input.count()? {
            let pair = input.bytes(2)?;
            let tag = Tag::ALL.get(usize::from(pair[0])).ok_or(WeightsError::Malformed("a tag"))?;
            let penn = Penn::ALL.get(usize::from(pair[1])).ok_or(WeightsError::Malformed("a Penn tag"))?;
            tags.push((*tag, *penn));
        }
        let models = [linear(&mut input)?, linear(&mut input)?, linear(&mut input)?];
        if models[0].classes != tags.len() || models[1].classes != LABELS || models[2].classes != moves().len() {
            return Err(WeightsError::Malformed("the number of classes"));
        }
        Ok(Core::new(tags, models, Lemmatiser::read(&mut input)?))
    }

    /// The weights file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.bytes(MAGIC);
        out.count(self.tags.len());
        for &(tag, penn) in &self.tags {
            out.bytes(&[tag as u8, penn as u8]);
        }
        for model in [&self.tagger, &self.names, &self.parser] {
            out.count(model.classes);
            out.count(model.mask as usize);
            out.bytes(&model.weights.iter().map(|&w| w as u8).collect::<Vec<u8>>());
        }
        self.lemmas.write(&mut out);
        out.done().to_vec()
    }

    /// Fills in tag, Penn tag, lemma, head and relation of each token, and the names of the sentence.
    pub fn analyse(&self, text: &str, sentence: &mut Sentence, scratch: &mut Scratch) {
        sentence.names.clear();
        let mut first_root = None;
        for start in (0..sentence.tokens.len()).step_by(WINDOW) {
            let end = (start + WINDOW).min(sentence.tokens.len());
            scratch.surfaces.clear();
            scratch.surfaces.extend(sentence.tokens[start..end].iter().map(|t| Surface::of(t.span.of(text))));
            self.tag(sentence, start, scratch);
            self.find_names(sentence, start, scratch);
            self.parse(sentence, start, scratch, &mut first_root);
            for token in &mut sentence.tokens[start..end] {
                token.lemma = self.lemmas.lemma(token.span.of(text), token.penn);
            }
        }
    }

    fn tag(&self, sentence: &mut Sentence, start: usize, s: &mut Scratch) {
        s.tags.clear();
        s.scores.resize(self.tags.len(), 0.0);
        let mut before = [999, 999];
        for i in 0..s.surfaces.len() {
            tag_features(&s.surfaces, i, before, &mut s.features);
            self.tagger.score(&s.features, &mut s.scores);
            let class = best(&s.scores, |_| true).unwrap_or(0);
            let token = &mut sentence.tokens[start + i];
            (token.tag, token.penn) = self.tags[class];
            before = [class as u32, before[0]];
            s.tags.push(class as u32);
        }
    }

    fn find_names(&self, sentence: &mut Sentence, start: usize, s: &mut Scratch) {
        s.labels.clear();
        s.scores.resize(LABELS, 0.0);
        let mut before = [0, 0];
        for i in 0..s.surfaces.len() {
            name_features(&s.surfaces, &s.tags, i, before, &mut s.features);
            self.names.score(&s.features, &mut s.scores);
            let last = i + 1 == s.surfaces.len();
            let fits = |l| may_follow(before[0] as usize, l) && (!last || may_follow(l, 0));
            let label = best(&s.scores, fits).unwrap_or(0);
            before = [label as u32, before[0]];
            s.labels.push(label);
        }
        for mut name in from_labels(s.labels.iter().copied()) {
            name.tokens = name.tokens.start + start as u32..name.tokens.end + start as u32;
            sentence.names.push(name);
        }
    }

    fn parse(&self, sentence: &mut Sentence, start: usize, s: &mut Scratch, first_root: &mut Option<u32>) {
        let n = s.surfaces.len();
        s.state.reset(n);
        s.scores.resize(self.moves.len(), 0.0);
        while !s.state.done() {
            parser_features(&s.state, &s.surfaces, &s.tags, &mut s.features);
            self.parser.score(&s.features, &mut s.scores);
            let Some(class) = best(&s.scores, |c| s.state.allows(self.moves[c])) else { break };
            s.state.apply(self.moves[class]);
        }
        for i in 0..n {
            let token = &mut sentence.tokens[start + i];
            let head = s.state.heads[i];
            token.relation = s.state.relations[i];
            token.head = Some(head + start as u32);
            if head as usize >= n {
                token.head = *first_root;
                token.relation = if first_root.is_some() { Relation::Parataxis } else { Relation::Root };
            }
        }
        if first_root.is_none() {
            *first_root = sentence.tokens[start..start + n].iter().position(|t| t.head.is_none()).map(|i| i as u32);
        }
    }
}

fn linear(input: &mut Reader) -> Result<Linear<i8>, WeightsError> {
    let (classes, mask) = (input.count()?, input.count()?);
    if !(mask + 1).is_power_of_two() || classes > 1000 {
        return Err(WeightsError::Malformed("the size of a table"));
    }
    let weights = input.bytes(mask + 1 + classes)?.iter().map(|&b| b as i8).collect();
    Ok(Linear { classes, mask: mask as u32, weights })
}
