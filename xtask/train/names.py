"""Names for training: from GUM's entity annotation, and from a published recogniser's output, tidied."""

import re

from data import KINDS

# OntoNotes types of spaCy's models; nationalities, products, dates and the rest are not names here.
ONTO = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC", "EVENT": "EVENT", "LAW": "LAW"}
GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
TITLES = set(
    "mr mrs ms dr prof sir dame lord lady president vice prime minister premier chancellor king queen prince princess "
    "secretary senator sen rep congressman congresswoman representative governor gov mayor ambassador general gen "
    "colonel col major maj captain capt lieutenant lt sergeant sgt admiral judge justice pope archbishop bishop saint "
    "chairman director foreign defence defense state deputy assistant spokesperson spokesman emperor sheikh emir sultan "
    "crown first former".split()
)
INNER = set("of the for and & - \u2013 ' in on de la del al el bin ibn van von der den du da dos das le y 's , .".split())


def tidy(words, penn, start, end, kind):
    """The span without article, possessive, titles; None if nothing of a name is left."""
    while start < end and words[start].lower() in ("the", "a", "an", "of", "\"", "\u201c", "'"):
        start += 1
    while start < end and words[end - 1].lower() in ("'s", "\u2019s", "'", "\u2019", "\"", "\u201d", ",", "."):
        end -= 1
    if kind == "PER":
        while start < end and words[start].lower().rstrip(".") in TITLES:
            start += 1
    if start >= end:
        return None
    if penn is not None and not any(p.startswith("NNP") for p in penn[start:end]):
        return None
    if not any(w[:1].isupper() for w in words[start:end]):
        return None
    return (start, end, kind)


def disjoint(found):
    """The longest spans first, none overlapping, in text order."""
    out, used = [], set()
    for a, b, k in sorted(found, key=lambda x: (x[0] - x[1], x[0])):
        if not used & set(range(a, b)):
            used |= set(range(a, b))
            out.append((a, b, k))
    return sorted(out)


def gum_sentence_names(s, penn_labels):
    """Names of one GUM sentence: entity mentions whose head is a proper noun, cut down to the name."""
    stack, mentions = [], []
    for i, misc in enumerate(s.misc):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not m:
            continue
        for part in re.findall(r"\(?[^()]+\)?|\)", m.group(1)):
            if part.startswith("("):
                fields = part.strip("()").split("-")
                stack.append((fields[0], i, fields[1] if len(fields) > 1 else ""))
                if part.endswith(")"):
                    mentions.append((stack.pop()[1:], i))
            else:
                ident = part.strip("()")
                for j in range(len(stack) - 1, -1, -1):
                    if stack[j][0] == ident:
                        mentions.append((stack.pop(j)[1:], i))
                        break
    found = []
    for (start, etype), last in mentions:
        kind = GUM.get(etype)
        if kind is None:
            continue
        inside = range(start, last + 1)
        heads = [i for i in inside if s.heads[i] not in inside]
        if not heads or not penn_labels[heads[0]].startswith("NNP"):
            continue
        if kind == "PER" and penn_labels[heads[0]] == "NNPS":
            continue  # "Muslims", "Native Americans"
        found.append(_name_around(s, penn_labels, heads[0], start, last + 1, kind))
    return disjoint([f for f in found if f])


def _name_around(s, penn, head, start, end, kind):
    proper = lambda i: penn[i].startswith("NNP")
    inner = INNER - ({",", ".", "and", "'s"} if kind in ("PER", "LOC") else {",", ".", "'s"})
    a, b = head, head + 1
    while True:
        j = a - 1
        while j >= start and not proper(j) and s.words[j].lower() in inner and j > start:
            j -= 1
        if j >= start and proper(j):
            a = j
        else:
            break
    while True:
        j = b
        while j < end - 1 and not proper(j) and s.words[j].lower() in inner:
            j += 1
        if j < end and (proper(j) or (s.words[j].isdigit() and j == b and kind == "EVENT")):
            b = j + 1
        else:
            break
    return tidy(s.words, penn, a, b, kind)
