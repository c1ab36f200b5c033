"""The teacher: a small pretrained encoder (MiniLM-L6, Apache-2.0) fine-tuned to tag, parse and find names.

It is never shipped: it labels raw news for the student. Its own figures on the dev treebank are printed each epoch.

usage: teacher.py train SHARED WORK MINILM_DIR STEPS
       teacher.py label SHARED WORK MINILM_DIR MAX_WORDS
"""

import json
import math
import pickle
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

from data import NAMES, PENN, RELATIONS, TAGS, Sent, augment, bio, read_conllu
from names import disjoint, gum_sentence_names


def shape(w):
    """Upper and lower case, digits: what an uncased encoder does not see."""
    if w.islower():
        return 1
    if w.isupper():
        return 2 if len(w) == 1 else 3
    if w[:1].isupper():
        return 4 if w[1:].islower() else 5
    if any(c.isdigit() for c in w):
        return 6
    return 7 if any(c.isalpha() for c in w) else 0


class Layer(nn.Module):
    def __init__(self, width=384, heads=12, inner=1536):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask):
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + F.dropout(self.out(a), 0.1, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), 0.1, self.training))


class Encoder(nn.Module):
    def __init__(self, folder):
        super().__init__()
        w = load_file(Path(folder) / "model.safetensors")
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        self.words = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"].clone())  # stays as it is
        self.places = nn.Parameter(
            w["embeddings.position_embeddings.weight"].clone() + w["embeddings.token_type_embeddings.weight"][0]
        )
        self.norm = nn.LayerNorm(384, eps=1e-12)
        self.norm.weight.data = w["embeddings.LayerNorm.weight"].clone()
        self.norm.bias.data = w["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList()
        while f"encoder.layer.{len(self.layers)}.output.dense.weight" in w:
            p = f"encoder.layer.{len(self.layers)}."
            l = Layer()
            for part in ("weight", "bias"):
                l.qkv._parameters[part].data = torch.cat(
                    [w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                )
                for mine, theirs in (
                    ("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm"),
                ):
                    getattr(l, mine)._parameters[part].data = w[f"{p}{theirs}.{part}"].clone()
            self.layers.append(l)

    def forward(self, ids, mask):
        x = F.dropout(self.norm(self.words(ids) + self.places[: ids.shape[1]]), 0.1, self.training)
        m = mask[:, None, None, :]
        for l in self.layers:
            x = l(x, m)
        return x


class Teacher(nn.Module):
    def __init__(self, folder, arc=256, rel=128):
        super().__init__()
        self.encoder = Encoder(folder)
        self.shapes = nn.Embedding(8, 24)
        d = 384 + 24
        self.mix = nn.Sequential(nn.Linear(d, 384), nn.GELU(), nn.Dropout(0.2))
        d = 384
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.tag, self.penn, self.name = nn.Linear(d, len(TAGS)), nn.Linear(d, len(PENN)), nn.Linear(d, len(NAMES))
        self.arc_d, self.arc_h = nn.Linear(d, arc), nn.Linear(d, arc)
        self.rel_d, self.rel_h = nn.Linear(d, rel), nn.Linear(d, rel)
        self.arc_u = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        self.rel_u = nn.Parameter(torch.zeros(len(RELATIONS), rel + 1, rel + 1))

    def forward(self, b):
        x = self.encoder(b["ids"], b["mask"])
        x = torch.gather(x, 1, b["first"][..., None].expand(-1, -1, x.shape[-1]))
        x = self.mix(torch.cat([x, self.shapes(b["shape"])], -1))
        h = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        act = lambda m, v: F.dropout(F.gelu(m(v)), 0.25, self.training)
        one = lambda v: torch.cat([v, torch.ones_like(v[..., :1])], -1)
        arcs = one(act(self.arc_d, x)) @ self.arc_u @ act(self.arc_h, h).transpose(1, 2)
        arcs = arcs.masked_fill(~F.pad(b["valid"], (1, 0), value=True)[:, None, :], -1e4)
        self_arc = torch.eye(x.shape[1], x.shape[1] + 1, dtype=torch.bool).roll(1, 1)
        arcs = arcs.masked_fill(self_arc, -1e4)
        return self.tag(x), self.penn(x), self.name(x), arcs, one(act(self.rel_d, x)), one(act(self.rel_h, h))

    def relations(self, rd, rh, heads):
        rh = torch.gather(rh, 1, heads[..., None].expand(-1, -1, rh.shape[-1]))
        return torch.einsum("nti,rij,ntj->ntr", rd, self.rel_u, rh)


def make_batch(sents, tok, rng=None):
    words, keep = zip(*[augment(s, rng) if rng else (s.words, len(s.words)) for s in sents])
    enc = tok.encode_batch([list(w[:k]) for w, k in zip(words, keep)], is_pretokenized=True)
    t, n = max(len(e.ids) for e in enc), max(keep)
    z = lambda *s: torch.zeros(*s, dtype=torch.long)
    b = {"ids": z(len(sents), t), "mask": z(len(sents), t).bool(), "first": z(len(sents), n), "shape": z(len(sents), n)}
    b["valid"] = z(len(sents), n).bool()
    for i, (e, w, k) in enumerate(zip(enc, words, keep)):
        b["ids"][i, : len(e.ids)] = torch.tensor(e.ids)
        b["mask"][i, : len(e.ids)] = True
        firsts = {}
        for j, wid in enumerate(e.word_ids):
            if wid is not None:
                firsts.setdefault(wid, j)
        b["first"][i, :k] = torch.tensor([firsts.get(j, 0) for j in range(k)])
        b["shape"][i, :k] = torch.tensor([shape(x) for x in w[:k]])
        b["valid"][i, :k] = True
    if sents[0].heads is not None:
        pad = lambda name, f=lambda v: v: torch.tensor(
            [[f(v) for v in getattr(s, name)[:k]] + [-100] * (n - k) for s, k in zip(sents, keep)]
        )
        b |= {"tags": pad("tags"), "penn": pad("penn"), "rels": pad("rels"), "heads": pad("heads", lambda v: v + 1)}
        b["names"] = torch.tensor(
            [(s.names[:k] if s.names else [-100] * k) + [-100] * (n - k) for s, k in zip(sents, keep)]
        )
    return b


def batches(sents, size, rng):
    order = sorted(range(len(sents)), key=lambda i: len(sents[i].words) + rng.random() * 4)
    out, cur, longest = [], [], 0
    for i in order:
        longest = max(longest, len(sents[i].words))
        if cur and longest * (len(cur) + 1) > size:
            out.append(cur)
            cur, longest = [], len(sents[i].words)
        cur.append(sents[i])
    out.append(cur)
    rng.shuffle(out)
    return out


@torch.no_grad()
def score(model, sents, tok):
    model.eval()
    c = np.zeros(6)
    for group in batches(sents, 3000, random.Random(0)):
        b = make_batch(group, tok)
        tag, penn, name, arcs, rd, rh = model(b)
        heads = arcs.argmax(-1)
        rels = model.relations(rd, rh, heads).argmax(-1)
        ok = b["valid"] & (b["rels"] != RELATIONS.index("punct"))
        plain = torch.tensor([RELATIONS.index(r.split(":")[0]) for r in RELATIONS])
        right = (heads == b["heads"]) & ok
        c += [
            b["valid"].sum(), (b["valid"] & (tag.argmax(-1) == b["tags"])).sum(), (b["valid"] & (penn.argmax(-1) == b["penn"])).sum(),
            ok.sum(), right.sum(), (right & (plain[rels] == plain[b["rels"].clamp(min=0)])).sum(),
        ]
    model.train()
    return f"tags {c[1]/c[0]:.4f} penn {c[2]/c[0]:.4f} UAS {c[4]/c[3]:.4f} LAS {c[5]/c[3]:.4f}"


def gold(shared, work):
    """Treebank sentences with names: GUM's own annotation, the recogniser's where GUM has none."""
    lines = iter(open(work / "gold_names.jsonl"))
    out = []
    for name in ("ewt_train", "gum_train"):
        for s in read_conllu(shared / f"gold/treebank/{name}.conllu"):
            found = [tuple(x) for x in json.loads(next(lines))]
            if name == "gum_train":
                own = gum_sentence_names(s, [PENN[p] for p in s.penn])
                facilities = {(a, b) for a, b, k in found if k == "FAC"}
                own = [(a, b, "FAC" if k == "LOC" and (a, b) in facilities else k) for a, b, k in own]
                taken = {i for a, b, _ in own for i in range(a, b)}
                extra = [(a, b, k) for a, b, k in found if k in ("LAW", "FAC") and not taken & set(range(a, b))]
                found = disjoint(own + extra)
            s.genre = f"{name}:{s.genre}"
            s.names = bio(len(s.words), found)
            out.append(s)
    return out


def train(shared, work, folder, total):
    torch.manual_seed(1)
    torch.set_num_threads(2)  # sums of floats depend on it
    rng = random.Random(1)
    tok = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tok.no_padding(), tok.no_truncation()
    sents = [s for s in gold(shared, work) if len(s.words) <= 120]
    dev = read_conllu(shared / "gold/treebank/pud_dev.conllu")
    model = Teacher(folder)
    enc = list(model.encoder.layers[1:].parameters())
    ids = {id(p) for p in enc}
    for p in [*model.encoder.layers[0].parameters(), *model.encoder.norm.parameters(), model.encoder.places]:
        p.requires_grad = False
    rest = [p for p in model.parameters() if id(p) not in ids and p.requires_grad]
    opt = torch.optim.AdamW([{"params": enc, "lr": 1.5e-4}, {"params": rest, "lr": 1.5e-3}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda i: min(1, i / 100) * max(0.0, 1 - i / total))
    step, began = 0, time.time()
    seen = 0.0
    while step < total:
        for group in batches(sents, 700, rng):
            if step == total:
                break
            b = make_batch(group, tok, rng)
            tag, penn, name, arcs, rd, rh = model(b)
            rel = model.relations(rd, rh, b["heads"].clamp(min=0))
            ce = lambda x, y: F.cross_entropy(x.flatten(0, 1), y.flatten(), ignore_index=-100)
            loss = ce(arcs, b["heads"]) + ce(rel, b["rels"]) + 0.5 * ce(tag, b["tags"]) + 0.5 * ce(penn, b["penn"])
            loss = loss + 0.7 * ce(name, b["names"])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step()
            sched.step()
            step, seen = step + 1, 0.98 * seen + 0.02 * loss.item()
            if step % 25 == 0:
                print(f"{step}/{total} loss {seen:.3f} {time.time()-began:.0f}s", flush=True)
    print(f"end: {score(model, dev, tok)}", flush=True)
    torch.save(model.state_dict(), work / "teacher.pt")


@torch.no_grad()
def label(shared, work, folder, most):
    """Labels raw sentences with the teacher's distributions, cut to the likeliest few, for the student."""
    torch.set_num_threads(2)
    tok = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tok.no_padding(), tok.no_truncation()
    model = Teacher(folder)
    model.load_state_dict(torch.load(work / "teacher.pt"))
    model.eval()
    rows = [json.loads(l) for l in open(work / "raw.jsonl", encoding="utf-8")]
    random.Random(3).shuffle(rows)
    rows.sort(key=lambda r: r["src"] not in ("wp", "hsg"))
    picked, count = [], 0
    for r in rows:
        s = Sent(r["words"])
        s.genre, s.names = r["src"], bio(len(s.words), [tuple(x) for x in r["names"]])
        picked.append(s)
        count += len(s.words)
        if count > most:
            break
    done, began, out = 0, time.time(), []
    for group in batches(picked, 2500, random.Random(5)):
        b = make_batch(group, tok)
        tag, penn, name, arcs, rd, rh = model(b)
        arcs = arcs.softmax(-1)
        top, where = arcs.topk(min(4, arcs.shape[-1]), -1)
        rel = model.relations(rd, rh, where[..., 0]).softmax(-1)
        pack = lambda x: x.topk(2, -1)
        parts = {"tag": pack(tag.softmax(-1)), "penn": pack(penn.softmax(-1)), "name": pack(name.softmax(-1)), "rel": pack(rel)}
        for i, s in enumerate(group):
            n = len(s.words)
            soft = {k: (v[i, :n].half().numpy(), w[i, :n].to(torch.uint8).numpy()) for k, (v, w) in parts.items()}
            soft["head"] = (top[i, :n].half().numpy(), where[i, :n].to(torch.uint8).numpy())
            out.append((s.words, s.genre, s.names, soft))
        done += sum(len(s.words) for s in group)
        if len(out) % 20 == 0:
            print(f"{done}/{count} {time.time()-began:.0f}s", flush=True)
    pickle.dump(out, open(work / "silver.pkl", "wb"))
    print("labelled", len(out), "sentences", done, "words")


if __name__ == "__main__":
    mode, shared, work, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    if mode == "train":
        train(shared, work, folder, int(sys.argv[5]))
    else:
        label(shared, work, folder, int(sys.argv[5]))
