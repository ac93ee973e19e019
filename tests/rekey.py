"""Gives recorded answers the keys of the requests that are asked today: `python -m tests.rekey`.

An answer stands under a digest of all that was sent. Where the ontology, the prompt or a document of the sample changes, so does
the request, and the answer of that name, which is the document and the first words of a section, moves to the new key. What is
answered is for people to keep right: a name that nothing asks, or that nothing answers, is told and ends in exit code 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.annotate.annotator import Annotator
from pipeline.extract.reader import Reader
from pipeline.language_model.answer import Answer, spelt
from pipeline.language_model.cache import Cache
from pipeline.language_model.prompts import asked_of, prompt_of
from pipeline.language_model.request import Request
from pipeline.read import read
from pipeline.read.find import survey
from tests.samples import ROOT, ontology

RECORDED = ROOT / "tests" / "recorded"


def requests_of(corpus: Path) -> Iterator[Request]:
    """What is asked of the documents of a folder."""
    known = ontology()
    annotator, prompt = Annotator(known), prompt_of(known)
    for path in survey(corpus)[0]:
        reader = Reader(annotator.annotate(read(path, corpus)), known)
        yield from (asked.request for asked in asked_of(reader, prompt))


def rekey(folder: Path, requests: Iterator[Request]) -> list[str]:
    """Move the answers in a folder to the keys of requests of their names; what cannot be moved, or is not answered."""
    cache, asked = Cache(folder), {request.name: request for request in requests}
    recorded = {file: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*/*.json"))}
    faults = [f"{kept['name']}: is asked of nothing" for kept in recorded.values() if kept["name"] not in asked]
    faults += [f"{name}: has no answer" for name in asked.keys() - {kept["name"] for kept in recorded.values()}]
    for file, kept in recorded.items():
        if kept["name"] in asked:
            file.unlink()
            said = kept["answer"] if kept["fault"] else spelt(kept["answer"])
            cache.put(asked[kept["name"]], kept["model"], Answer(said, kept["version"], kept["fault"], from_cache=True))
    for emptied in folder.glob("*"):
        if emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
    return sorted(faults)


if __name__ == "__main__":
    told = rekey(RECORDED, requests_of(ROOT / "corpus"))
    print("\n".join(told), file=sys.stderr)
    sys.exit(1 if told else 0)
