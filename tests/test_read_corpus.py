"""The texts that the project is judged on, where they are at hand: all are read, nothing of them is lost, every offset leads back
to its source, and a few figures are pinned.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.read import read
from pipeline.read.document import unread
from pipeline.read.find import find_documents
from tests.test_read_repair import check_offsets

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpus"
HERE = CORPUS.is_dir()
DOCUMENTS = [path for path in find_documents(CORPUS) if path.name != "README.md"] if HERE else []
OTHERS = SHARED / "documents"  # of many genres, publishers and formats
OTHER_FOLDERS = ("varied", "released", "wide", "wide-originals")

pytestmark = pytest.mark.skipif(not HERE, reason="../shared/corpus is not here")


def one(stem: str) -> Document:
    return read(next(path for path in DOCUMENTS if path.stem == stem), CORPUS)


def test_all_are_here() -> None:
    assert len(DOCUMENTS) >= 20


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_reads(path: Path) -> None:
    document = read(path, CORPUS)
    check_offsets(document)
    assert document.kind != "unknown"
    if document.media_type != "text/html":  # a page holds much that belongs to the site
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
    document = one(stem)
    title = document.title or ""
    assert (title[: len(begins)], title[-len(ends) :]) == (begins, ends)
    assert sum(block.kind == "heading" for block in document.blocks) >= headings


@pytest.mark.parametrize(("name", "notes", "tied"), [("002", 20, 20), ("003", 27, 25), ("004", 29, 29)])
def test_notes_are_tied_to_their_marks(name: str, notes: int, tied: int) -> None:
    """The file of 003 lacks the marks of two notes."""
    document = one(name)
    found = [at for at, block in enumerate(document.blocks) if block.kind == "footnote"]
    assert (len(found), len(set(found) & {tie.block for tie in document.ties})) == (notes, tied)


def test_table_articles_and_formula() -> None:
    rows = [block for block in one("000").blocks if block.kind == "table_row"]
    assert [(len(row.cells), row.header) for row in rows] == [(3, True), *[(3, False)] * 7]
    assert [block.kind for block in one("001").blocks].count("title") == 3
    explained = [tie for tie in one("004").ties if tie.kind == "explanation"]
    assert [one("004").blocks[tie.block].kind for tie in explained] == ["formula"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_is_lost(path: Path) -> None:
    assert lost(read(path, path.parent)) == ""


_MARKUP = re.compile(r"<!--.*?-->|<[^<>]*>|【(?:法规正文|正文|全文)】", re.S)


def lost(document: Document) -> str:
    """What is in the source, in no block, and is not listed as left out: letters, digits and signs; and Chinese characters that
    a repair is said to have taken out, besides comments, tags and the names of fields.
    """
    accounted = bytearray(len(document.source))
    taken = ""
    for left in unread(document):
        accounted[left.start : left.end] = b"\1" * (left.end - left.start)
        if left.reason == "repair":
            taken += _MARKUP.sub("", document.source[left.start : left.end])
    for block in document.blocks:
        for at in range(block.start, block.end):
            accounted[document.offsets.to_source(at)] = 1
    chars = zip(document.source, accounted, strict=True)
    missing = "".join(char for char, known in chars if not known and not char.isspace())
    return missing + "".join(re.findall("[\u4e00-\u9fff]", taken))


@pytest.mark.skipif(not OTHERS.is_dir(), reason="../shared/documents is not here")
@pytest.mark.parametrize("folder", OTHER_FOLDERS)
def test_offsets_and_losses_of_other_documents(folder: str) -> None:
    """All in some ten seconds; each document of which something is wrong is named."""
    paths = [path for path in find_documents(OTHERS / folder) if path.suffix != ".tsv"]
    assert paths
    faults: dict[str, str] = {}
    for path in paths:
        document = read(path, OTHERS)
        try:
            check_offsets(document)
        except AssertionError as error:
            faults[path.name] = str(error)[:200]
        if missing := lost(document):
            faults[path.name] = f"lost: {missing[:40]}"
    assert faults == {}
