"""Scanned pages: lines found in a picture become runs; three pages as pictures give the claims of their text."""

from __future__ import annotations

import io
import math
import shutil
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.build import build
from pipeline.errors import ReadError
from pipeline.evaluate import Row, read_rows
from pipeline.read import read
from pipeline.read.pdf import ocr
from tests.samples import ROOT

PAGES = ROOT / "tests" / "scans" / "three_pages.pdf"  # the text of a document of the sample, its glyphs embedded
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed: pip install '.[ocr]'")


def scanned(data: bytes, *, dpi: int = 150, lean: float = 0.0) -> bytes:
    """The pages of a pdf as pictures of shades of grey in a pdf without text; `lean` in degrees."""
    out = io.BytesIO()
    sheet = Canvas(out)
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_size()
        sheet.setPageSize((width, height))
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().rotate(lean, fillcolor=255)
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=60)
        packed.seek(0)
        sheet.drawImage(ImageReader(packed), 0, 0, width, height)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "养老.pdf"
    path.write_bytes(scanned(PAGES.read_bytes()))
    return path


@needs_ocr
def test_three_scanned_pages_give_the_claims_of_their_text_and_say_that_they_were_recognised(scan: Path, tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    shutil.copy(PAGES, tmp_path / "text" / scan.name)
    found, wanted = ({fact(row): row for row in built(folder, tmp_path)} for folder in (scan.parent, tmp_path / "text"))
    assert len(wanted) >= 40
    assert len(wanted.keys() & found.keys()) >= 0.9 * len(wanted), sorted(wanted.keys() - found.keys())
    assert len(found.keys() - wanted.keys()) <= 0.05 * len(wanted), sorted(found.keys() - wanted.keys())
    assert {row["place"] for row in found.values()} == {f"page {number} (OCR)" for number in (1, 2, 3)}
    assert all(row["ocr"] is True for row in found.values())
    assert all(0 < row["box"][0] < row["box"][2] < 596 and 0 < row["box"][1] < row["box"][3] < 842 for row in found.values())
    assert not any("ocr" in row for row in wanted.values())


def built(folder: Path, out: Path) -> list[Row]:
    build(folder, out / "out", ontology=ROOT / "ontology")
    return read_rows(out / "out" / "claims.jsonl")


def fact(row: Row) -> str:
    """What a row says, without where."""
    subject, obj = row.get("s") or row["event"], row.get("o") or {}
    venues = [place["label"] for place in row.get("venue") or ()]
    return " ".join(map(str, (row["rel"], row["facet"], subject["label"], obj.get("label"), row.get("date"), *venues)))


@needs_ocr
def test_a_page_that_lies_askew(tmp_path: Path) -> None:
    path = tmp_path / "斜.pdf"
    first = pypdfium2.PdfDocument.new()
    first.import_pages(pypdfium2.PdfDocument(PAGES.read_bytes()), [0])
    plain = io.BytesIO()
    first.save(plain)
    path.write_bytes(scanned(plain.getvalue(), lean=0.8))
    upright = read(PAGES, PAGES.parent)
    paragraphs = {upright.text[block.start : block.end] for block in upright.blocks[:6]}
    found = read(path, tmp_path)
    assert len(paragraphs & {found.text[block.start : block.end] for block in found.blocks}) >= 5


def test_without_the_extra_the_message_says_how_to_get_it(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(ReadError, match=r"养老\.pdf: is scanned.*pip install 'zhimai\[ocr\]'"):
        read(scan, scan.parent)


@needs_ocr
def test_pictures_without_text_are_named(tmp_path: Path) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(595, 842)
    plain = io.BytesIO()
    blank.save(plain)
    (tmp_path / "白.pdf").write_bytes(scanned(plain.getvalue()))
    with pytest.raises(ReadError, match=r"白\.pdf: is scanned.*OCR found none"):
        read(tmp_path / "白.pdf", tmp_path)


def box(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def test_characters_stand_side_by_side_in_the_box_of_their_line() -> None:
    (run,) = ocr.runs([("渔港A1建设", box(100, 50, 200, 72), 0.9)], 800)
    assert run.text == "渔港A1建设"
    assert run.lefts == pytest.approx([100, 120, 140, 150, 160, 180])
    assert (run.right, run.size) == (200, 20)
    assert run.base == pytest.approx(800 - 61 - ocr.MIDDLE * 20)


def test_sizes_that_hardly_differ_are_one_and_a_title_that_is_set_apart_is_no_larger_than_high() -> None:
    lines = [
        ("通知", box(100, 20, 300, 42), 0.9),
        ("渔港建设取得进展和成效", box(100, 60, 210, 71), 0.9),
        ("冷链", box(100, 80, 121, 92), 0.9),
    ]
    assert [run.size for run in ocr.runs(lines, 800)] == [20, 10, 10]


def test_what_the_engine_doubts_is_no_text() -> None:
    assert ocr.runs([("渔", box(0, 0, 10, 10), 0.3), (" ", box(0, 0, 10, 10), 0.9)], 800) == []


def test_a_lean_is_turned_upright() -> None:
    slope = math.tan(math.radians(1))

    def leaning(left: float, top: float, right: float) -> list[tuple[float, float]]:
        return [(x, y + x * slope) for x, y in box(left, top, right, top + 12)]

    lines = [("渔港建设取得的进展和成效很多" * 2, leaning(100, top, 380), 0.9) for top in (100, 120, 140)]
    found = ocr.runs(lines, 800)
    assert max(run.left for run in found) - min(run.left for run in found) < 1.5
    assert [round(a.base - b.base) for a, b in pairwise(found)] == [20, 20]
