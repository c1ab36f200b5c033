//! The language core: tags, lemmas, tree and names of sentences that are already split into tokens.
//!
//! It does not split text, know any actor, or read a file: its weights are part of the program.

use std::sync::OnceLock;

use chancery_model::{Penn, Relation, Sentence, Tag};
use compact_str::CompactString;

use crate::lemma::Lemmatiser;
use crate::names::{LABELS, best_labels, from_labels};
use crate::network::{Activations, Network, Stretch};
use crate::tree::best_tree;
use crate::wire::{Reader, WeightsError};

const MAGIC: &[u8] = b"chancery-language-2\n";
static NETWORK: &[u8] = include_bytes!("../weights/network.bin");
static LEMMAS: &[u8] = include_bytes!("../weights/lemmas.bin");

/// Words that are read together at most. A longer sentence is cut, and the later parts hang on the first's root; so
/// time grows with length and not with its square.
const WINDOW: usize = 128;
/// Words of one batch at least, if there are so many: enough to keep the products busy.
const BATCH: usize = 192;

/// The trained network and lemmatiser.
pub struct Core {
    /// Pairs of tags that occur together.
    pairs: Vec<(Tag, Penn)>,
    network: Network,
    lemmas: Lemmatiser,
    /// The root's place among the relations' scores.
    root: usize,
}

/// Memory that one thread uses again for every sentence.
#[derive(Default)]
pub struct Scratch {
    activations: Activations,
    windows: Vec<Window>,
    stretches: Vec<Stretch>,
    arcs: Vec<f32>,
    heads: Vec<u32>,
    viterbi: Vec<(f32, u8)>,
    labels: Vec<usize>,
}

/// A run of tokens of one sentence.
#[derive(Clone, Copy, Debug)]
struct Window {
    sentence: usize,
    start: usize,
    len: usize,
}

impl Core {
    /// The core whose weights are part of the program; made at the first call, in a few milliseconds.
    pub fn embedded() -> &'static Core {
        static CORE: OnceLock<Core> = OnceLock::new();
        CORE.get_or_init(|| {
            Core::from_bytes(NETWORK, LEMMAS).expect("the embedded weights are checked by this crate's tests")
        })
    }

    /// Puts together the network's and the lemmatiser's weights.
    pub fn from_bytes(network: &[u8], lemmas: &[u8]) -> Result<Core, WeightsError> {
        let mut input = Reader::new(network);
        let magic = input.bytes(MAGIC.len())?;
        if magic != MAGIC {
            return Err(WeightsError::Magic(magic.to_vec(), MAGIC));
        }
        let mut pairs = Vec::new();
        for _ in 0..input.count()? {
            let pair = input.bytes(2)?;
            let tag = Tag::ALL.get(usize::from(pair[0])).ok_or(WeightsError::Malformed("a tag"))?;
            let penn = Penn::ALL.get(usize::from(pair[1])).ok_or(WeightsError::Malformed("a Penn tag"))?;
            pairs.push((*tag, *penn));
        }
        let network = Network::read(&mut input)?;
        let layout = network.layout;
        if layout.tags != Tag::ALL.len() || layout.penn != Penn::ALL.len() || layout.names != LABELS {
            return Err(WeightsError::Malformed("the number of labels"));
        }
        let lemmas = Lemmatiser::read(&mut Reader::new(lemmas))?;
        Ok(Core { pairs, network, lemmas, root: Relation::Root as usize })
    }

    /// The dictionary form of a word with this tag.
    pub fn lemma(&self, word: &str, penn: Penn) -> CompactString {
        self.lemmas.lemma(word, penn)
    }

    /// Fills in tag, Penn tag, lemma, head and relation of each token, and the names of the sentence.
    pub fn analyse(&self, text: &str, sentence: &mut Sentence, scratch: &mut Scratch) {
        self.analyse_all(text, std::slice::from_mut(sentence), scratch);
    }

    /// [`Core::analyse`] for many sentences of one text, which is faster than one by one and gives the same.
    pub fn analyse_all(&self, text: &str, sentences: &mut [Sentence], scratch: &mut Scratch) {
        scratch.windows.clear();
        for (sentence, s) in sentences.iter_mut().enumerate() {
            s.names.clear();
            let mut start = 0;
            while start < s.tokens.len() {
                let len = window(text, s, start);
                scratch.windows.push(Window { sentence, start, len });
                start += len;
            }
        }
        let windows = std::mem::take(&mut scratch.windows);
        let mut first = 0;
        while first < windows.len() {
            let mut words = 0;
            let batch = windows[first..].iter().take_while(|w| {
                let room = words < BATCH;
                words += w.len;
                room
            });
            let next = first + batch.count();
            self.analyse_windows(text, sentences, &windows[first..next], scratch);
            first = next;
        }
        scratch.windows = windows;
    }

    fn analyse_windows(&self, text: &str, sentences: &mut [Sentence], windows: &[Window], s: &mut Scratch) {
        s.stretches.clear();
        let mut row = 1;
        for w in windows {
            s.stretches.push(Stretch { row, len: w.len });
            row += w.len + 1;
        }
        let words = windows.iter().flat_map(|w| sentences[w.sentence].tokens[w.start..w.start + w.len].iter());
        self.network.encode(&s.stretches, words.map(|t| t.span.of(text)), &mut s.activations);
        for (i, &window) in windows.iter().enumerate() {
            let (stretch, sentence) = (s.stretches[i], &mut sentences[window.sentence]);
            self.tag(text, sentence, window, stretch, s);
            self.find_names(sentence, window, stretch, s);
            self.parse(sentence, window, stretch, s);
        }
    }

    fn tag(&self, text: &str, sentence: &mut Sentence, w: Window, stretch: Stretch, s: &mut Scratch) {
        let (stride, tags) = (self.network.row(), self.network.layout.tags);
        for (i, token) in sentence.tokens[w.start..w.start + w.len].iter_mut().enumerate() {
            let row = &s.activations.joint[(stretch.row + i) * stride..];
            let mut best = (f32::MIN, (Tag::X, Penn::None));
            for &(tag, penn) in &self.pairs {
                let score = row[tag as usize] + row[tags + penn as usize];
                if score > best.0 {
                    best = (score, (tag, penn));
                }
            }
            (token.tag, token.penn) = best.1;
            token.lemma = self.lemmas.lemma(token.span.of(text), token.penn);
        }
    }

    fn find_names(&self, sentence: &mut Sentence, w: Window, stretch: Stretch, s: &mut Scratch) {
        let (stride, layout) = (self.network.row(), self.network.layout);
        let scores = &s.activations.joint[stretch.row * stride + layout.tags + layout.penn..];
        best_labels(scores, stride, w.len, &mut s.viterbi, &mut s.labels);
        let start = w.start as u32;
        for mut name in from_labels(s.labels.iter().copied()) {
            name.tokens = name.tokens.start + start..name.tokens.end + start;
            sentence.names.push(name);
        }
    }

    fn parse(&self, sentence: &mut Sentence, w: Window, stretch: Stretch, s: &mut Scratch) {
        self.network.arcs(stretch, &mut s.activations, &mut s.arcs);
        best_tree(&s.arcs, w.len, &mut s.heads);
        let (scores, stride) = self.network.relations(stretch, &s.heads, &mut s.activations);
        let first_root = sentence.tokens[..w.start].iter().position(|t| t.head.is_none());
        for (i, &head) in s.heads.iter().enumerate() {
            let token = &mut sentence.tokens[w.start + i];
            match (head, first_root) {
                (0, None) => (token.head, token.relation) = (None, Relation::Root),
                (0, Some(root)) => (token.head, token.relation) = (Some(root as u32), Relation::Parataxis),
                _ => {
                    token.head = Some(w.start as u32 + head - 1);
                    token.relation = self.relation(&scores[i * stride..(i + 1) * stride]);
                }
            }
        }
    }

    /// The likeliest relation to a head that is not the root.
    fn relation(&self, scores: &[f32]) -> Relation {
        let mut best = Relation::Dep;
        for (&relation, &score) in Relation::ALL.iter().zip(scores) {
            if relation as usize != self.root && score > scores[best as usize] {
                best = relation;
            }
        }
        best
    }
}

/// How many tokens from `start` on are read together: all that are left, or up to the last mark that fits.
fn window(text: &str, sentence: &Sentence, start: usize) -> usize {
    let left = sentence.tokens.len() - start;
    if left <= WINDOW {
        return left;
    }
    let mark = |i: &usize| matches!(sentence.tokens[start + i].span.of(text), ";" | "." | "," | ":" | "\u{2014}");
    (WINDOW / 2..WINDOW).rev().find(mark).map_or(WINDOW, |i| i + 1)
}
