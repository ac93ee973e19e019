"""All that is found in the texts of the rows of other tests, wanted there or not, and in those of tests/texts.

A file of tests/texts has a text a line; {甲|乙} stands for each of its words in turn, with the first word of every other list of
the line. A line that begins with ~20 stands for so many texts with a word drawn from each list, the same on every run.
A list may have a name: $a 甲|乙, and then {$a}.
\\n breaks a line, <5> is a phrase of five characters. A line with = gives the fields of the documents after it (kind=plan title=…
date=…; read=yes for texts that are read as files are), one with # says what the texts after it are for.

`pytest tests/test_golden_texts.py --update-golden` writes the golden files anew; their diff shows what a change does.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.polarity import marks
from pipeline.extract import claims_of
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Name
from pipeline.parse.speech import attributions
from tests.extracting import annotator, made, read_text
from tests.samples import ROOT, ontology
from tests.test_golden import ROWS, TEXTS, agrees


def row_texts() -> list[str]:
    """The texts of the rows of all tests of annotation and extraction, each once."""
    texts: set[str] = set()
    for file in sorted((ROOT / "tests").glob("test_*.py")):
        if file.stem.startswith(("test_annotate", "test_extract")):
            module = import_module(f"tests.{file.stem}")
            marks = [mark for value in vars(module).values() for mark in getattr(value, "pytestmark", ())]
            lists = [value for value in vars(module).values() if isinstance(value, list)]
            lists += [list(mark.args[1]) for mark in marks if mark.name == "parametrize"]
            rows = [getattr(row, "values", row) for rows in lists for row in rows]
            texts |= {row[0] for row in rows if isinstance(row, tuple) and row and isinstance(row[0], str)}
    return sorted(text for text in texts if len(text) > 6)


ENDLESS = (
    "深海智能生态循环立体混合养殖网箱配套浮架锚链补给运维保障服务网络体系平台装置管护巡检监测预警救援调度信息共享交换枢纽"
    "节点集散分拣仓储冷藏转运配送终端门店展示体验培训交流合作示范推广应用研究试验检验认证标识追溯评价"
)  # a phrase as long as one likes


def written_out(line: str) -> Iterator[str]:
    """The texts that a line of tests/texts stands for."""
    drawn = re.match("~([0-9]+) ", line)
    pieces = re.split(r"[{}]", line[drawn.end() if drawn else 0 :])  # every other one is a list
    lists = {at: pieces[at].split("|") for at in range(1, len(pieces), 2)}
    first = {at: words[0] for at, words in lists.items()}
    draw = random.Random(line).random
    if drawn:
        chosen = [{at: words[int(draw() * len(words))] for at, words in lists.items()} for _ in range(int(drawn[1]))]
    else:
        chosen = [first | {at: word} for at, words in lists.items() for word in words] or [{}]
    for words_of in chosen:
        text = "".join(words_of.get(index, piece) for index, piece in enumerate(pieces))
        yield re.sub("<([0-9]+)>", lambda length: (10 * ENDLESS)[: int(length[1])], text)


def texts_of(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text of a file of tests/texts once, with the fields of its document."""
    fields: dict[str, Any] = {}
    seen: set[tuple[str, str]] = set()
    lists: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        if line.startswith("= "):
            fields = dict(field.split("=") for field in line[2:].split())
        elif line.startswith("$"):
            name, lists[name] = line.split(" ", 1)
        elif not line.startswith("# "):
            for text in written_out(re.sub(r"\$[a-z]+", lambda name: lists[name[0]], line)):
                if (text, str(fields)) not in seen:
                    seen.add((text, str(fields)))
                    yield text.replace("\\n", "\n"), fields


def told(text: str, **fields: Any) -> dict[str, object]:
    """All that is found in a text: its dates, quantities, names, cues and views, what takes back what its sentences say, and
    every claim with its rule and evidence, also what is denied, supposed or asked, which `extract` leaves out.
    """
    annotated = annotator().annotate(read_text(text) if "read" in fields else made(text, **fields))
    said = annotated.document.text
    reader = Reader(annotated, ontology())
    return {
        "text": text,
        "dates": [(said[d.start : d.end], d.value, d.precision) for d in annotated.dates],
        "quantities": [(said[q.start : q.end], q.value, q.unit) for q in annotated.quantities],
        "names": [(m.start, m.kind, m.label) for m in annotated.mentions],
        "cues": [f"{cue.start} {cue.text}" for cue in annotated.cues],
        "marks": [mark for start, end in annotated.sentences for mark in marks(reader.wording.classes, said[start:end])],
        "views": [(a.start, a.end, a.how, a.holder.label) for a in attributions(reader)],
        "claims": [_claim(claim) for claim in claims_of(reader, ontology())],
    }


def _claim(claim: Claim) -> list[object]:
    slots = [f"{slot}={_slot(value)}" for slot, value in claim.slots.items() if value]
    holder = claim.attributed_to.label if claim.attributed_to else None
    said = [claim.relation, claim.facet, claim.rule, claim.confidence, claim.planned, holder, claim.definition]
    said += [claim.polarity] if claim.polarity != "stated" else []
    return [*said, claim.evidence.start, claim.evidence.end, *slots]


def _slot(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_slot, value))
    return f"{value.label} ({value.kind}; {'|'.join(value.aliases)})" if isinstance(value, Name) else str(value)


def test_what_comes_of_every_row(request: pytest.FixtureRequest) -> None:
    texts = row_texts()
    assert len(texts) > 800
    agrees(ROWS, "".join(json.dumps(told(text), ensure_ascii=False) + "\n" for text in texts), request)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_what_comes_of_every_text(file: Path, request: pytest.FixtureRequest) -> None:
    lines = []
    for text, fields in texts_of(file):
        found = {key: value for key, value in told(text, **fields).items() if value}
        lines.append(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
    assert len(lines) > 50
    agrees(f"texts/{file.stem}.jsonl", "".join(lines), request)
