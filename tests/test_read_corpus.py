"""The texts that the project is judged on, where they are at hand: all are read, and a few figures are pinned."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import find_documents, read
from tests.test_read_repair import check_offsets

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
HERE = CORPUS.is_dir()
DOCUMENTS = [path for path in find_documents(CORPUS) if path.suffix in {".txt", ".md"}] if HERE else []

pytestmark = pytest.mark.skipif(not HERE, reason="../shared/corpus is not here")


def test_all_are_here() -> None:
    assert len(DOCUMENTS) >= 20


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_reads(path: Path) -> None:
    document = read(path, CORPUS)
    check_offsets(document)
    assert document.kind != "unknown"
    assert len(document.text) > 0.75 * len("".join(document.source.split()))


@pytest.mark.parametrize(
    ("stem", "begins", "ends", "headings"),
    [
        ("d13", "关于支持全", "干政策措施", 12),
        ("d18", "深圳市有力", "027年）", 24),
        ("d20", "北京市数字", "济促进条例", 4),
        ("d24", "国家林业和", "的指导意见", 25),
        ("000", "发展新质生", "高质量发展", 22),
        ("002", "深化对新质", "与实践探索", 32),
        ("003", "新质生产力", "和实现途径", 16),
        ("004", "新质生产力", "高质量发展", 20),
    ],
)
def test_titles_and_headings(stem: str, begins: str, ends: str, headings: int) -> None:
    path = next(path for path in DOCUMENTS if path.stem == stem)
    document = read(path, CORPUS)
    title = document.title or ""
    assert (title[: len(begins)], title[-len(ends) :]) == (begins, ends)
    assert sum(block.kind == "heading" for block in document.blocks) >= headings
