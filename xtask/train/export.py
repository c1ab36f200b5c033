"""Writes a trained student as the weights file that crates/language reads: 8-bit weights, a scale for each output.

usage: export.py SHARED WORK GLOVE_DIR STUDENT.pt OUT.bin
"""

import struct
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from data import NAMES, PENN, TAGS, read_conllu
from student import HEADS, LAYERS, TABLES, WIDTH, Glove, Student, fnv

out = bytearray()


def count(*ns):
    for n in ns:
        out.extend(struct.pack("<I", n))


def floats(x):
    out.extend(np.asarray(x, dtype="<f4").tobytes())


def quantised(w):
    """8-bit rows and their scales."""
    scale = np.maximum(np.abs(w).max(-1), 1e-8) / 127
    return np.clip(np.round(w / scale[..., None]), -127, 127).astype(np.int8), scale


def linear(*parts):
    """Several maps of the same input as one."""
    w = np.concatenate([p.weight.numpy() for p in parts])
    b = np.concatenate([p.bias.numpy() if p.bias is not None else np.zeros(len(p.weight)) for p in parts])
    q, scale = quantised(w)
    count(*q.shape)
    out.extend(q.tobytes())
    floats(scale)
    floats(b)


def norm(n):
    floats(n.weight.numpy())
    floats(n.bias.numpy())


def main():
    shared, work, glove_dir, name, target = sys.argv[1:6]
    glove = Glove(glove_dir)
    model = Student(glove)
    model.load_state_dict(torch.load(Path(work) / name))
    model.requires_grad_(False)
    out.extend(b"chancery-language-2\n")
    pairs = Counter()
    for t in ("ewt_train", "gum_train"):
        for s in read_conllu(Path(shared) / f"gold/treebank/{t}.conllu"):
            pairs.update(zip(s.tags, s.penn))
    kept = sorted(p for p, n in pairs.items() if n >= 5)
    count(len(kept))
    for p in kept:
        out.extend(bytes(p))
    count(WIDTH, HEADS, len(TAGS), len(PENN), len(NAMES))
    start = 0
    for n in TABLES:
        count(n)
        part = model.table.weight[start : start + n].numpy()
        scale = np.abs(part).max() / 127
        model.table.weight[start : start + n] = torch.tensor(np.round(part / scale))
        floats(scale)
        start += n
    out.extend(model.table.weight.numpy().astype(np.int8).tobytes())
    count(len(glove.words), glove.quantised.shape[1])
    floats(glove.scale)
    out.extend(np.array([fnv(w, 99) for w in glove.words], "<u4").tobytes())
    out.extend(glove.quantised[1:].tobytes())
    linear(model.project)
    count(len(LAYERS))
    for kind, l in zip(LAYERS, model.layers):
        out.extend(kind.encode())
        norm(l.norm)
        if kind == "c":
            linear(l.lin)
        else:
            linear(l.qkv)
            linear(l.out)
            floats(l.near.numpy().ravel())
    norm(model.norm)
    linear(model.tag, model.penn, model.name, model.arc_d, model.arc_h, model.rel_d, model.rel_h)
    linear(model.arc_u)
    floats(model.arc_near.numpy())
    floats(model.arc_root.numpy())
    floats(model.rel_root.numpy())
    linear(model.rel)
    Path(target).write_bytes(out)
    print(target, len(out), "bytes")


main()
