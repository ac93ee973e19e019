"""No Chinese character of a .pdf is lost: what is read and what is listed as left out, against other readers' text.

The reference is pdfium's own text of the pages, in its own order and without geometry; and pdftotext, where it is installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from pipeline.model import Document
from pipeline.read import read
from pipeline.read.repair import mask
from pipeline.read.traditional import simplified
from tests.making_pdf import Flow

ROOT = Path(__file__).parents[1]
ORIGINALS = ROOT.parent / "shared" / "documents" / "wide-originals"
FILES = [*sorted((ROOT / "corpus").glob("*.pdf")), *sorted(ORIGINALS.glob("*.pdf"))]
MOST = 0.005  # of the Chinese characters of a file, that may be lost

HAN = re.compile("[\u3400-\u9fff]")


def characters(text: str) -> Counter[str]:
    """How often each Chinese character comes in a text, radicals and variants as the characters that they stand for."""
    repaired, _ = mask(simplified(unicodedata.normalize("NFKC", text))[0], markdown=False)
    return Counter(HAN.findall(repaired))


def kept(document: Document) -> Counter[str]:
    """Those of the document's text and of what it lists as left out."""
    return characters(document.text + "\n" + "\n".join(document.source[left.start : left.end] for left in document.left_out))


def pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pdftotext(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout.decode("utf-8", "replace")


def lost(path: Path, reference: str) -> float:
    """Share of the reference's Chinese characters that are neither read nor left out."""
    wanted = characters(reference)
    return (wanted - kept(read(path, path.parent))).total() / max(1, wanted.total())


def test_files_are_here() -> None:
    assert FILES
    assert not ORIGINALS.is_dir() or len(FILES) > 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_against_pdfium(path: Path) -> None:
    assert lost(path, pdfium(path)) <= MOST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_against_pdftotext(path: Path) -> None:
    assert lost(path, pdftotext(path)) <= MOST


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="../shared/documents/wide-originals is not here")
@pytest.mark.parametrize("name", ["w085", "w086"])
def test_characters_stand_where_pdfium_has_them(name: str) -> None:
    """Chrome printed these files, and pdfium puts some of their characters off the page."""
    path = ORIGINALS / f"{name}.pdf"
    pairs = [Counter(pairwise(han)) for han in map(HAN.findall, (pdfium(path), read(path, ORIGINALS).text))]
    assert (pairs[0] - pairs[1]).total() < 0.01 * pairs[0].total()


def test_a_loss_is_seen(tmp_path: Path) -> None:
    flow = Flow()
    flow.paragraph("青禾市把余料回用写进园区章程，由链长召集各厂商议用电与用水的办法。")
    path = tmp_path / "青禾.pdf"
    path.write_bytes(flow.data())
    assert lost(path, pdfium(path)) == 0
    assert lost(path, pdfium(path) + "沿河") > MOST
