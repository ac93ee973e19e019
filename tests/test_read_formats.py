"""The same document in every format: the same headings, paragraphs, footnotes and tables, and the same claims."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from pipeline.annotate.annotator import Annotator
from pipeline.extract import extract
from pipeline.model import Document, Name
from pipeline.read import read
from pipeline.read.pdf.characters import read_pages
from tests import making_docx as docx
from tests import making_html as html
from tests.making_ofd import from_pages
from tests.making_pdf import Flow
from tests.samples import ontology

FORMATS = ("txt", "md", "html", "docx", "pdf", "ofd")
MARK = re.compile("[①-⑳]")


@dataclass(frozen=True)
class Part:
    """A heading with its level, a paragraph with its notes by their marks, or a table with its caption."""

    text: str
    level: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()


TITLE = "临澜市海洋经济发展研究"
PARTS = (
    Part("一、海洋经济的内涵", 1),
    Part(
        "海洋经济是开发、利用和保护海洋资源的各类产业活动的总和。它以海洋资源为基础，以科技创新为动力，具有开放性、综合性的特征。"
        "有学者把它称为“蓝色引擎”，①认为它正在改变沿海城市的面貌。",
        notes={"①": "江一舟：《蓝色引擎论》，临澜：临澜出版社，2019年，第3页。"},
    ),
    Part("（一）构成要素", 2),
    Part(
        "海洋经济由海洋渔业、海洋交通运输业和海洋装备制造业构成。其中，海洋装备制造业技术密集、带动力强，是各地竞相发展的重点。"
    ),
    Part(
        "表1 各区海洋生产总值",
        rows=(("区", "2022年", "2023年"), ("东港区", "120亿元", "135亿元"), ("西港区", "80亿元", "96亿元")),
    ),
    Part("二、支持政策", 1),
    Part(
        "2024年3月5日，临澜市海洋工作会议在东港区召开。会议通过的《临澜市海洋经济促进办法》支持海洋装备制造业发展，鼓励企业建设海上风电项目。②",
        notes={"②": "《全市海洋工作会议召开》，《临澜日报》2024年3月6日。"},
    ),
    Part("这些政策从资金、用地和人才三个方面为海洋经济提供了保障，也为沿海各区的错位发展创造了条件。"),
)


def as_text(markdown: bool) -> str:
    lines = [f"# {TITLE}" if markdown else TITLE]
    for part in PARTS:
        lines.append("#" * (part.level + 1) * markdown + " " * markdown + part.text if part.level else part.text)
        if part.rows and markdown:
            bars = ["| " + " | ".join(row) + " |" for row in part.rows]
            lines.append("\n".join([bars[0], "|---" * len(part.rows[0]) + "|", *bars[1:]]))
        elif part.rows:
            lines += ["\n".join(f"\t{cell}" for cell in row) for row in part.rows]
        lines += [mark + note for mark, note in part.notes.items()]
    return "\n\n".join(lines) + "\n"


def as_html() -> str:
    body = [html.heading(1, TITLE)]
    for part in PARTS:
        if part.level:
            body.append(html.heading(part.level + 1, part.text))
        elif part.rows:
            body.append(html.table(part.rows, caption=part.text))
        else:
            body.append(html.paragraph(MARK.sub(lambda match: f"[^{ord(match[0]) - 0x245F}]", part.text)))
    notes = {str(ord(mark) - 0x245F): note for part in PARTS for mark, note in part.notes.items()}
    menu = [html.menu("首页", "政务公开", "互动交流"), html.breadcrumb("首页", "研究")]
    return html.page(
        *menu, html.tag("article", *body, html.footnotes(notes)), html.footer("版权所有：临澜市人民政府"), title=TITLE
    )


def as_docx() -> bytes:
    body: list[docx.Part] = [docx.title(TITLE)]
    for part in PARTS:
        if part.level:
            body.append(docx.heading(part.level, part.text))
        elif part.rows:
            body += [docx.p(part.text, style="Caption"), docx.table([list(row) for row in part.rows])]
        else:
            content: list[docx.Inline] = []
            for piece in re.split("([①-⑳])", part.text):
                content.append(docx.note(part.notes[piece]) if piece in part.notes else piece)
            body.append(docx.p(*content))
    return docx.make_docx(body)


def as_pdf() -> bytes:
    flow = Flow(columns=2, head="临澜研究", numbers=True)
    flow.title(TITLE)
    for part in PARTS:
        if part.level:
            flow.heading(part.text, level=part.level)
        elif part.rows:
            flow.caption(part.text)
            flow.table([list(row) for row in part.rows])
        else:
            flow.paragraph(part.text, part.notes)
    return flow.data()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("formats")
    made = {
        "txt": as_text(markdown=False).encode(),
        "md": as_text(markdown=True).encode(),
        "html": as_html().encode(),
        "docx": as_docx(),
        "pdf": as_pdf(),
        "ofd": from_pages(read_pages(as_pdf(), "海洋.pdf")),
    }
    for suffix, data in made.items():
        (folder / f"海洋.{suffix}").write_bytes(data)
    return {suffix: read(folder / f"海洋.{suffix}", folder) for suffix in made}


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start + len(b.marker) * (b.kind == "footnote") : b.end] for b in document.blocks if b.kind in kinds]


@pytest.mark.parametrize("suffix", FORMATS)
def test_title_and_headings(documents: dict[str, Document], suffix: str) -> None:
    document = documents[suffix]
    headings = [(document.text[b.start : b.end], b.level) for b in document.blocks if b.kind == "heading"]
    assert document.title == TITLE
    assert headings == [(part.text, part.level) for part in PARTS if part.level]


@pytest.mark.parametrize("suffix", FORMATS)
def test_paragraphs(documents: dict[str, Document], suffix: str) -> None:
    assert texts(documents[suffix], "paragraph") == [MARK.sub("", p.text) for p in PARTS if not p.level and not p.rows]


@pytest.mark.parametrize("suffix", FORMATS)
def test_footnotes_and_their_marks(documents: dict[str, Document], suffix: str) -> None:
    document = documents[suffix]
    assert texts(document, "footnote") == [note for part in PARTS for note in part.notes.values()]
    ties = [tie for tie in document.ties if tie.kind == "note"]
    assert [document.text[tie.start - 5 : tie.start] for tie in ties] == ["色引擎”，", "风电项目。"]
    assert [document.blocks[tie.block].kind for tie in ties] == ["footnote", "footnote"]
    assert len({tie.block for tie in ties}) == 2


@pytest.mark.parametrize("suffix", FORMATS)
def test_tables(documents: dict[str, Document], suffix: str) -> None:
    document = documents[suffix]
    rows = [block for block in document.blocks if block.kind == "table_row"]
    assert tuple(tuple(document.text[a:b] for a, b in row.cells) for row in rows) == PARTS[4].rows
    assert [(row.table, row.header) for row in rows] == [(1, True), (1, False), (1, False)]
    assert texts(document, "caption") == ["表1各区海洋生产总值"]
    assert [document.blocks[tie.block].header for tie in document.ties if tie.kind == "caption"] == [True]


def said(document: Document) -> set[tuple[object, ...]]:
    claims = extract(Annotator(ontology()).annotate(document), ontology())
    return {
        (
            c.relation,
            c.facet,
            *(v.label if isinstance(v, Name) else str(v) for k, v in sorted(c.slots.items()) if k != "dateText"),
        )
        for c in claims
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_claims(documents: dict[str, Document], suffix: str) -> None:
    found = said(documents[suffix])
    assert len(found) >= 8
    assert found == said(documents["md"])


@pytest.mark.parametrize("suffix", FORMATS)
def test_evidence_is_in_the_source(documents: dict[str, Document], suffix: str) -> None:
    document = documents[suffix]
    for claim in extract(Annotator(ontology()).annotate(document), ontology()):
        evidence = claim.evidence
        assert document.source[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("suffix", "place"),
    [("pdf", "page 1"), ("ofd", "page 1"), ("docx", "paragraph 3, run 1"), ("html", "/html/body/article[1]/p[1]"), ("txt", None)],
)
def test_places(documents: dict[str, Document], suffix: str, place: str | None) -> None:
    document = documents[suffix]
    found = document.place(document.source.index("海洋经济是开发"))
    assert (str(found) if found else None) == place
