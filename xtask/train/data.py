"""Reading treebanks, label sets, and the changes of surface that training applies to a sentence."""

import random
import re

# The order is that of the enums in crates/model/src/syntax.rs: the exported numbers are theirs.
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
PENN = (
    "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN "
    "VBP VBZ WDT WP WP$ WRB ADD AFX GW HYPH NFP XX -LRB- -RRB- $ `` '' , . : _"
).split()
RELATIONS = (
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt "
    "conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list "
    "mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked "
    "orphan parataxis punct reparandum root vocative xcomp"
).split()
# Begin, inside, end, single of each kind, in the order of `NameKind`; 0 is outside.
KINDS = "PER ORG LOC EVENT LAW FAC".split()
NAMES = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BIES"]

TAG_ID = {t: i for i, t in enumerate(TAGS)}
PENN_ID = {t: i for i, t in enumerate(PENN)}
REL_ID = {t: i for i, t in enumerate(RELATIONS)}
NAME_ID = {t: i for i, t in enumerate(NAMES)}


class Sent:
    """One sentence; heads count from 0 and the root's is -1. `names` is None where names are not known."""

    __slots__ = ("words", "tags", "penn", "lemmas", "heads", "rels", "misc", "names", "genre", "weight", "soft")

    def __init__(self, words):
        self.words = words
        self.tags = self.penn = self.lemmas = self.heads = self.rels = self.misc = self.names = self.soft = None
        self.genre = ""
        self.weight = 1.0


def read_conllu(path):
    sents, rows, genre = [], [], ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            m = re.match(r"# (?:newdoc id|meta::genre) = (\S+)", line)
            if m:
                genre = m.group(1)
            continue
        if not line:
            if rows:
                sents.append(_sentence(rows, genre))
            rows = []
            continue
        cols = line.split("\t")
        if cols[0].isdigit():
            rows.append(cols)
    if rows:
        sents.append(_sentence(rows, genre))
    return sents


def _sentence(rows, genre):
    s = Sent([r[1] for r in rows])
    s.lemmas = [r[2] for r in rows]
    s.tags = [TAG_ID.get(r[3], TAG_ID["X"]) for r in rows]
    s.penn = [PENN_ID.get(r[4], PENN_ID["_"]) for r in rows]
    s.heads = [int(r[6]) - 1 for r in rows]
    s.rels = [REL_ID.get(r[7], REL_ID.get(r[7].split(":")[0], REL_ID["dep"])) for r in rows]
    s.misc = [r[9] for r in rows]
    s.genre = genre
    return s


def bio(n, spans):
    """Labels of `n` words from (start, end, kind) spans."""
    labels = [0] * n
    for a, b, k in spans:
        if b - a == 1:
            labels[a] = NAME_ID["S-" + k]
        else:
            labels[a] = NAME_ID["B-" + k]
            labels[b - 1] = NAME_ID["E-" + k]
            for i in range(a + 1, b - 1):
                labels[i] = NAME_ID["I-" + k]
    return labels


def spans(labels):
    """The inverse of `bio`, forgiving."""
    out, start, kind = [], None, None
    for i, l in enumerate(list(labels) + [0]):
        name = NAMES[l] if i < len(labels) else "O"
        p, k = (name.split("-") + [""])[:2]
        if start is not None and (p not in "IE" or k != kind or p == "O"):
            out.append((start, i, kind))
            start = None
        if p in "BS" or (p in "IE" and start is None):
            start, kind = i, k
        if p in "ES" and start is not None:
            out.append((start, i + 1, kind))
            start = None
    return out


_QUOTES = [('"', "\u201c", "\u201d"), ("'", "\u2018", "\u2019")]


def augment(s, rng):
    """The words of a sentence as another house style would print them, and how many of them to keep."""
    words = list(s.words)
    keep = len(words)
    if rng.random() < 0.3:
        curly = rng.random() < 0.5
        for i, w in enumerate(words):
            if w in ('"', "\u201c", "\u201d", "``", "''") and s.penn[i] in (PENN_ID["``"], PENN_ID["''"]):
                opening = s.penn[i] == PENN_ID["``"]
                words[i] = ("\u201c" if opening else "\u201d") if curly else '"'
            elif "'" in w or "\u2019" in w:
                words[i] = w.replace("'", "\u2019") if curly else w.replace("\u2019", "'")
    r = rng.random()
    if r < 0.03:
        words = [w.upper() for w in words]
    elif r < 0.06:
        words = [w[:1].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(words)]
    last = len(words) - 1
    if rng.random() < 0.06 and last > 3 and s.tags[last] == TAG_ID["PUNCT"] and last not in s.heads:
        keep = last
    return words, keep
