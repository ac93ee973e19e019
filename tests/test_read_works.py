"""The works of a file: which blocks, headings and parents are whose."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Document
from tests.test_read_repair import check_offsets
from tests.test_read_troubles import BODY, DUTY, NOTICE, NOTICE_TITLE, TITLE, TRUCKS, make


def text_of(document: Document, at: int) -> str:
    return document.text[document.blocks[at].start : document.blocks[at].end]


def test_blocks_and_headings_stand_under_their_work(tmp_path: Path) -> None:
    document = make(tmp_path, f"{NOTICE}{TITLE}\n{BODY}")
    notice, plan = document.works
    assert (notice.first, notice.last, plan.last) == (0, plan.first, len(document.blocks))
    assert (text_of(document, notice.first), text_of(document, plan.first)) == (NOTICE_TITLE, TITLE)
    headings = [at for at, block in enumerate(document.blocks) if block.kind == "heading"]
    assert len(headings) == 5
    assert all(at > plan.first for at in headings)
    parents = [block.parent for block in document.blocks[: plan.first]]
    assert parents == [-1] * plan.first
    assert all(block.parent == -1 or block.parent >= plan.first for block in document.blocks[plan.first :])
    check_offsets(document)


def test_articles_of_one_file_are_works_that_cover_it(tmp_path: Path) -> None:
    body = f"{DUTY}{TRUCKS}" * 4
    text = "".join(f"# {title}\n\n{body}\n\n## 背景\n\n{body}\n\n## 展望\n\n{body}\n\n" for title in ("港口与城市", "航道与腹地"))
    document = make(tmp_path, text, markdown=True)
    one, two = document.works
    assert [work.title for work in document.works] == ["港口与城市", "航道与腹地"]
    assert (one.first, one.last, two.last) == (0, two.first, len(document.blocks))
    for work in document.works:
        assert all(work.first <= document.blocks[at].parent < at for at in range(work.first + 1, work.last))
    check_offsets(document)
