"""The student: the small network that the language core runs, taught by treebanks and by the teacher's labels.

Words come in as sums of hashed embeddings and of a projected GloVe vector (PDDL); convolutions and two attention
layers read the sentence; heads give tags, names, arcs and relations. `export.py` writes it for Rust.

usage: student.py SHARED WORK GLOVE_DIR EPOCHS [--no-silver] [--out NAME]
"""

import argparse
import json
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import teacher
from data import KINDS, NAMES, PENN, RELATIONS, TAGS, Sent, augment, bio, read_conllu, spans
from names import Settler

# What network.rs expects; changing one of these changes the file's header.
WIDTH, ARC, REL, HEADS, KEY = 112, 96, 96, 4, 16
LAYERS = "ccaca"  # c: convolution over three words, a: attention
REACH = 24  # offsets beyond this share one bias
# Rows of the hashed tables: word, suffixes of 2, 3, 4 letters, prefixes of 1 and 3, shape.
TABLES = [16384, 2048, 4096, 8192, 512, 4096, 1024]
GLOVE_WORDS = 80_000


def fnv(text, seed):
    h = 0x811C9DC5 ^ seed
    for b in text.encode():
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    h ^= h >> 15
    return (h * 0x2C1B3C6D & 0xFFFFFFFF) ^ (h >> 12)


def shape(word):
    out, last, run = [], "", 0
    for c in word:
        k = (
            "A" if c.isupper() else "a" if c.islower() else "0" if c.isnumeric() else "x" if c.isalpha()
            else "-" if c == "-" else "." if c == "." else c if ord(c) < 128 else "?"
        )
        run = run + 1 if k == last else 1
        last = k
        if run <= 2:
            out.append(k)
    return "".join(out)


def features(word):
    """Rows of a word in the joined table; the first part of network.rs does the same."""
    word = word.replace("\u2019", "'").replace("\u2018", "'")
    low = word.lower()
    parts = [low, low[-2:], low[-3:], low[-4:], low[:1], low[:3], shape(word)]
    rows, base = [], 0
    for i, (p, n) in enumerate(zip(parts, TABLES)):
        rows.append(base + fnv(p, i + 1) % n)
        base += n
    return rows, low


class Glove:
    """The commonest words' vectors; row 0 is for words without one."""

    def __init__(self, folder):
        import pyarrow.parquet as pq

        table = pq.read_table(next(Path(folder).rglob("*.parquet"))).to_pydict()
        vectors = np.load(next(Path(folder).rglob("*.npy")))
        names = [c for c in table if isinstance(table[c][0], str)][0]
        others = [c for c in table if c != names]
        rows = table[others[0]] if others else range(len(table[names]))
        order = sorted(zip(rows, table[names]))[:GLOVE_WORDS]
        self.row = {w: i + 1 for i, (_, w) in enumerate(order)}
        self.words = [w for _, w in order]
        v = vectors[[r for r, _ in order]].astype(np.float32)
        v = np.concatenate([np.zeros((1, v.shape[1]), np.float32), v / v.std()])
        self.scale = np.abs(v).clip(max=4).max() / 127
        self.quantised = np.clip(np.round(v / self.scale), -127, 127).astype(np.int8)
        self.vectors = torch.tensor(self.quantised.astype(np.float32) * self.scale)


class Conv(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.lin = nn.Linear(3 * WIDTH, 2 * WIDTH)

    def forward(self, x, valid, bias):
        y = self.norm(x) * valid[..., None]
        z = torch.zeros_like(y[:, :1])
        y = torch.cat([torch.cat([z, y[:, :-1]], 1), y, torch.cat([y[:, 1:], z], 1)], -1)
        y = self.lin(y)
        return x + F.dropout(torch.maximum(y[..., :WIDTH], y[..., WIDTH:]), DROP, self.training)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 2 * HEADS * KEY + WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.near = nn.Parameter(torch.zeros(HEADS, 2 * REACH + 1))

    def forward(self, x, valid, offsets):
        b, t, _ = x.shape
        q, k, v = self.qkv(self.norm(x)).split([HEADS * KEY, HEADS * KEY, WIDTH], -1)
        q, k = (y.view(b, t, HEADS, KEY).transpose(1, 2) for y in (q, k))
        v = v.view(b, t, HEADS, WIDTH // HEADS).transpose(1, 2)
        s = q @ k.transpose(2, 3) * KEY**-0.5 + self.near[:, offsets]
        s = s.masked_fill(~valid[:, None, None, :], -1e4).softmax(-1)
        y = (s @ v).transpose(1, 2).reshape(b, t, WIDTH)
        return x + F.dropout(self.out(y), DROP, self.training)


DROP = 0.1


class Student(nn.Module):
    def __init__(self, glove):
        super().__init__()
        self.register_buffer("glove", glove.vectors, persistent=False)
        self.table = nn.Embedding(sum(TABLES), WIDTH)
        nn.init.normal_(self.table.weight, std=0.3)
        self.project = nn.Linear(glove.vectors.shape[1], WIDTH)
        self.layers = nn.ModuleList([Conv() if l == "c" else Attention() for l in LAYERS])
        self.norm = nn.LayerNorm(WIDTH)
        self.tag = nn.Linear(WIDTH, len(TAGS))
        self.penn = nn.Linear(WIDTH, len(PENN))
        self.name = nn.Linear(WIDTH, len(NAMES))
        self.arc_d, self.arc_h = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc_u = nn.Linear(ARC, ARC)
        self.arc_near = nn.Parameter(torch.zeros(2 * REACH + 1))
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.rel_d, self.rel_h = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL, bias=False)
        self.rel_root = nn.Parameter(torch.randn(REL) * 0.1)
        self.rel = nn.Linear(REL, len(RELATIONS))

    def encode(self, b):
        rows, glove = b["rows"], self.glove[b["glove"]]
        e = self.table(rows)
        if self.training:
            e = e * (torch.rand(e.shape[:3]) > 0.05)[..., None]
            glove = glove * (torch.rand(glove.shape[:2]) > 0.08)[..., None]
        x = F.dropout(e.sum(2) + self.project(glove), DROP, self.training)
        t = rows.shape[1]
        offsets = (torch.arange(t)[None] - torch.arange(t)[:, None]).clamp(-REACH, REACH) + REACH
        for l in self.layers:
            x = l(x, b["valid"], offsets)
        return F.dropout(self.norm(x), DROP, self.training), offsets

    def forward(self, b):
        x, offsets = self.encode(b)
        n = x.shape[0]
        d, h = F.relu(self.arc_d(x)), F.relu(self.arc_h(x))
        d = F.dropout(d, 2 * DROP, self.training)
        h = torch.cat([self.arc_root.expand(n, 1, -1), h], 1)
        arcs = self.arc_u(d) @ h.transpose(1, 2) * ARC**-0.5
        arcs = arcs + F.pad(self.arc_near[offsets], (1, 0))
        arcs = arcs.masked_fill(~F.pad(b["valid"], (1, 0), value=True)[:, None, :], -1e4)
        t = x.shape[1]
        arcs = arcs.masked_fill(torch.eye(t, t + 1, dtype=torch.bool).roll(1, 1), -1e4)
        rh = torch.cat([self.rel_root.expand(n, 1, -1), self.rel_h(x)], 1)
        return self.tag(x), self.penn(x), self.name(x), arcs, (self.rel_d(x), rh)

    def relations(self, rel, heads):
        d, h = rel
        h = torch.gather(h, 1, heads[..., None].expand(-1, -1, h.shape[-1]))
        return self.rel(F.dropout(F.relu(d + h), 2 * DROP, self.training))


class Batcher:
    def __init__(self, glove):
        self.glove, self.cache = glove, {}

    def word(self, w):
        f = self.cache.get(w)
        if f is None:
            rows, low = features(w)
            f = self.cache[w] = (rows, self.glove.row.get(low, 0))
        return f

    def batch(self, sents, rng=None):
        words, keep = zip(*[augment(s, rng) if rng else (s.words, len(s.words)) for s in sents])
        n, m = len(sents), max(keep)
        b = {"rows": np.zeros((n, m, len(TABLES)), np.int64), "glove": np.zeros((n, m), np.int64), "valid": np.zeros((n, m), bool)}
        for i, (w, k) in enumerate(zip(words, keep)):
            fs = [self.word(x) for x in w[:k]]
            b["rows"][i, :k] = [f[0] for f in fs]
            b["glove"][i, :k] = [f[1] for f in fs]
            b["valid"][i, :k] = True
        if sents[0].heads is not None:
            for key, width in (("tag", 2), ("penn", 2), ("name", 3), ("rel", 2), ("head", 4)):
                p = np.zeros((n, m, width), np.float32)
                where = np.zeros((n, m, width), np.int64)
                for i, (s, k) in enumerate(zip(sents, keep)):
                    q, v = s.soft[key]
                    p[i, :k, : q.shape[1]] = q[:k] * s.weight
                    where[i, :k, : v.shape[1]] = v[:k]
                if key == "head":  # a doubtful arc to a final mark that `augment` left out
                    where[where > m] = m
                b[key + "_p"], b[key] = p, where
        return {k: torch.from_numpy(v) for k, v in b.items()}


def hard(values):
    v = np.array(values, np.uint8)[:, None]
    return np.ones((len(values), 1), np.float16), v


def gold_soft(s, labelled_names):
    s.soft = {"tag": hard(s.tags), "penn": hard(s.penn), "rel": hard(s.rels), "head": hard([h + 1 for h in s.heads])}
    p, v = hard(s.names)
    s.soft["name"] = (p if labelled_names else p * np.float16(0.6), v)


def silver(work, gold, share=0.75):
    """The teacher's sentences, with names from the vote of names.Settler; also settles the treebank's guessed names."""
    rows = pickle.load(open(work / "silver.pkl", "rb"))
    settler, found = Settler(), []
    for words, _, names, soft in rows:
        p, v = (x.tolist() for x in soft["name"])
        kinds = [[(KINDS[(l - 1) // 4], q) for q, l in zip(ps, ls) if l] for ps, ls in zip(p, v)]
        these = spans(names)
        taken = {i for a, b, _ in these for i in range(a, b)}
        these += [x for x in _runs([k[0] for k in v], len(words)) if not taken & set(range(x[0], x[1]))]
        both = []
        for a, b, k in sorted(these):
            votes = dict.fromkeys(KINDS, 0.0)
            for ks in kinds[a:b]:
                for kind, q in ks:
                    votes[kind] += q / (b - a)
            if a in taken:
                votes[k] += 0.5
            settler.learn(words, (a, b, k), votes)
            both.append(((a, b, k), votes))
        found.append(both)
    for s in gold:
        if s.genre.startswith("gum_train"):
            for a, b, k in spans(s.names):
                settler.learn(s.words, (a, b, k), {k: 2.0})
    for s in gold:
        if not s.genre.startswith("gum_train"):
            s.names = bio(len(s.words), [(a, b, settler.kind(s.words, (a, b, k), {k: 0.6})) for a, b, k in spans(s.names)])
    out = []
    for (words, genre, _, soft), both in zip(rows, found):
        s = Sent(words)
        s.genre, s.soft = genre, soft
        s.names = bio(len(words), [(*x[:2], settler.kind(words, x, votes)) for x, votes in both])
        s.tags, s.penn = soft["tag"][1][:, 0].tolist(), soft["penn"][1][:, 0].tolist()
        s.heads = [int(h) - 1 for h in soft["head"][1][:, 0]]
        for key in ("tag", "penn", "rel", "head"):
            p, v = soft[key]
            soft[key] = (p / p.sum(-1, keepdims=True), v)
        p, v = soft["name"]
        p = (p / p.sum(-1, keepdims=True)) * np.float16(1 - share)
        voted = np.array(s.names, np.uint8)[:, None]
        soft["name"] = (np.concatenate([p, np.full((len(words), 1), share, np.float16)], 1), np.concatenate([v, voted], 1))
        out.append(s)
    return out


def _runs(labels, n):
    """Neighbouring words of one kind as one name, however their labels begin and end."""
    out = []
    for i, l in enumerate(labels):
        if l:
            k = KINDS[(l - 1) // 4]
            if out and out[-1][1] == i and out[-1][2] == k:
                out[-1] = (out[-1][0], i + 1, k)
            else:
                out.append((i, i + 1, k))
    return out


def soft_loss(logits, b, key):
    p = b[key + "_p"]
    logp = F.log_softmax(logits, -1).gather(-1, b[key])
    return -(p * logp).sum() / b["valid"].sum()


@torch.no_grad()
def score(model, dev, batcher):
    """Figures on a treebank with greedy heads, without the search for a tree."""
    model.eval()
    c = np.zeros(6)
    plain = torch.tensor([RELATIONS.index(r.split(":")[0]) for r in RELATIONS])
    for group in teacher.batches(dev, 3000, random.Random(0)):
        b = batcher.batch([_bare(s) for s in group])
        tag, penn, _, arcs, rel = model(b)
        heads = arcs.argmax(-1)
        rels = model.relations(rel, heads).argmax(-1)
        m = b["valid"].shape[1]
        pad = lambda k, d=0: torch.tensor([[v + d for v in getattr(s, k)] + [-1] * (m - len(s.words)) for s in group])
        valid, ok = b["valid"], b["valid"] & (pad("tags") != TAGS.index("PUNCT"))
        right = (heads == pad("heads", 1)) & ok
        c += [x.sum().item() for x in (
            valid, valid & (tag.argmax(-1) == pad("tags")), valid & (penn.argmax(-1) == pad("penn")), ok, right,
            right & (plain[rels] == plain[pad("rels").clamp(min=0)]),
        )]
    model.train()
    return f"tags {c[1]/c[0]:.4f} penn {c[2]/c[0]:.4f} UAS {c[4]/c[3]:.4f} LAS {c[5]/c[3]:.4f}"


def _bare(s):
    t = Sent(s.words)
    return t


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("shared", type=Path), ap.add_argument("work", type=Path), ap.add_argument("glove")
    ap.add_argument("epochs", type=int), ap.add_argument("--no-silver", action="store_true")
    ap.add_argument("--out", default="student.pt"), ap.add_argument("--lr", type=float, default=2e-3)
    a = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)  # sums of floats depend on it
    rng = random.Random(1)
    batcher = Batcher(Glove(a.glove))
    gold = [s for s in teacher.gold(a.shared, a.work) if len(s.words) <= 128]
    taught = []
    if not a.no_silver:
        taught = silver(a.work, gold)
    for s in gold:
        gold_soft(s, s.genre.startswith("gum_train"))
    dev = read_conllu(a.shared / "gold/treebank/pud_dev.conllu")
    model = Student(batcher.glove)
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.996))
    opt = torch.optim.AdamW(model.parameters(), lr=a.lr, weight_decay=0.02, betas=(0.9, 0.98), fused=True)
    epoch_of = lambda r: teacher.batches(gold + gold * bool(taught) + taught, 1400, r)
    total = a.epochs * len(epoch_of(random.Random(0)))
    began, step, seen = time.time(), 0, 0.0
    for _ in range(a.epochs):
        for group in epoch_of(rng):
            done = min(1.0, step / total)
            for g in opt.param_groups:
                g["lr"] = a.lr * min(1, (step + 1) / 200) * (1 - done)
            b = batcher.batch(group, rng)
            tag, penn, name, arcs, rel = model(b)
            rels = model.relations(rel, b["head"][..., 0])
            loss = soft_loss(arcs, b, "head") + soft_loss(rels, b, "rel")
            loss = loss + 0.7 * (soft_loss(tag, b, "tag") + soft_loss(penn, b, "penn") + soft_loss(name, b, "name"))
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step()
            mean.update_parameters(model)
            step, seen = step + 1, 0.99 * seen + 0.01 * loss.item()
            if step % 100 == 0:
                print(f"{step}/{total} loss {seen:.3f} {time.time()-began:.0f}s", flush=True)
            if step % 1000 == 0:
                print(f"  {score(mean.module, dev, batcher)}", flush=True)
                torch.save(mean.module.state_dict(), a.work / a.out)
    print(f"end: {score(mean.module, dev, batcher)}", flush=True)
    torch.save(mean.module.state_dict(), a.work / a.out)


if __name__ == "__main__":
    main()
