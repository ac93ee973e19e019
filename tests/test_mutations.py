"""Mutated texts: none ends a build or is a fault of ours, and every quote stands where it says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.read import read
from tests.extracting import claims_of
from tests.samples import ROOT
from tests.test_growth import graph_of

SAMPLES = sorted(
    path for path in (ROOT / "corpus").glob("0*") if path.suffix in (".txt", ".md", ".html") and "_gb" not in path.name
)
ODD = [
    *"\u2028\u2029\x85\0\ufffe\uffff\ud800\x1b\x07\u202e\u200f\u200b\ufeff\x0b\x0c\x1c\u3000\r\t“”《》（）[*_`|#^$<&\\①1一的、，。：；",
    "](",
]


def mutated(text: str, dice: random.Random) -> str:
    """The text with one to four things done to it."""
    for _ in range(dice.randint(1, 4)):
        start, end = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        odd, piece = dice.choice(ODD), text[start : start + dice.randint(1, 4)]
        lines = text.split("\n")
        text = dice.choice(
            [
                text[:start] + odd * dice.choice([1, 1, 3000]) + text[start:],
                text[:start] + piece * dice.choice([2, 50, 1000]) + text[start:],
                text[:start] + text[end:],
                text.replace(dice.choice("。，\n）”》"), ""),
                text.replace("\n", dice.choice(["\u2028", "\r", "  \n", ""])),
                text.replace(piece or "一", odd, 50),
                "\n".join(dice.sample(lines, len(lines))),
            ]
        )
    return text


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_no_mutation_is_a_fault_of_ours(sample: Path, seed: int, tmp_path: Path) -> None:
    text = mutated(sample.read_text(encoding="utf-8")[:3000], random.Random(f"{sample.name} {seed}"))
    file = tmp_path / sample.name
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        document = read(file, tmp_path)
    except ReadError as error:
        said = str(error)
        assert "\n" not in said
        return
    for claim in claims_of(document):
        assert document.source[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
    assert graph_of(document)
