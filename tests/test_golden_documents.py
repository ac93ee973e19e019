"""All that is said of documents that have everything a document may have, to the byte: their triples and those of their works;
their tree, their JSON, and claims on them, as printed on terminals and elsewhere.

One of each kind and genre; one with every field, work, section, table, footnote, place and repair.
`pytest tests/test_golden_documents.py --update-golden` writes the files anew.
"""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import get_args

import pytest

from pipeline.export import export
from pipeline.model import (
    Block,
    BlockKind,
    Claim,
    Document,
    DocumentGenre,
    DocumentKind,
    Evidence,
    LeftOut,
    Name,
    OffsetMap,
    Place,
    Precision,
    Slot,
    Span,
    Tie,
    Vote,
    Work,
)
from pipeline.resolve import resolve
from pipeline.rows import Table, claim_rows
from pipeline.shares import graph_lines
from pipeline.show import show, show_claims, show_document
from pipeline.store import in_memory
from pipeline.terms import DEFAULT_BASE
from tests.samples import document, ontology
from tests.test_golden import agrees
from tests.test_golden_commands import plain

LINES: tuple[tuple[BlockKind, int, int, str], ...] = (  # kind, level, the heading or title it stands under, text
    ("title", 0, -1, "云渡市冷链物流行动方案"),
    ("metadata", 0, -1, "云渡市商务局　2031年3月5日\u202e"),
    ("heading", 1, -1, "一、2030年工作回顾"),
    ("paragraph", 0, 2, "冷库建成三座；冷链以冷库为基础。车队组建。"),
    ("heading", 2, 2, "（一）2031年重点任务"),
    ("list_item", 0, 4, "1.支持冷链物流产业，" + "支持田头预冷设施建设，" * 20 + "并做好保障。"),
    ("table_row", 0, 4, "冷库¦三座"),
    ("table_row", 0, 4, "车队¦五支"),
    ("caption", 0, 4, "表1 冷链设施"),
    ("formula", 0, 4, "V=m/t"),
    ("footnote", 0, -1, "①指零下十八度。"),
    ("reference", 0, -1, "[1]李望山.冷链导论"),
    ("foreign", 0, -1, "Abstract: cold chains"),
    ("title", 0, -1, "附件：设施名录"),
    ("paragraph", 0, 13, "名录另发。"),
)
NOTICE = Work("notice", "关于印发云渡市冷链物流行动方案的通知", "other", 0, 2)
PLAN = Work("work", "云渡市冷链物流行动方案", "plan", 2, 13, subtitle="2031至2033年", belongs_to=0, genre="standard")
WORKS = (
    replace(NOTICE, number="云商发〔2031〕7号", issuer="云渡市商务局", date="2031-03-05"),
    replace(
        PLAN,
        number="云商发〔2031〕8号",
        issuer="云渡市商务局、云渡市财政局",
        authors=("李望山", "周远航"),
        date="2031-03-06",
        written="2031-03-01",
        passed="2031-03-02",
        revised="2031-03-03",
        published="2031-03-04",
        effective="2031-04-01",
    ),
    Work("annex", "设施名录", "unknown", 13, 15, belongs_to=1),
    Work("interpretation", None, "article", 15, 15, belongs_to=1, genre="interpretation"),
)


def whole() -> Document:
    """A document of three pages, the last a picture, whose source has two characters more before each line than its text."""
    texts = [text for *_, text in LINES]
    starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
    source = "".join(f"··{text}\n" for text in texts)
    sources = [start + 2 * (at + 1) for at, start in enumerate(starts)]
    blocks = []
    for at, (kind, level, parent, text) in enumerate(LINES):
        start, cut = starts[at], starts[at] + text.find("¦")
        row = kind == "table_row"
        cells = (Span(start, cut), Span(cut + 1, start + len(text))) if row else ()
        marker = {2: "一、", 4: "（一）", 5: "1."}.get(at, "")
        blocks.append(Block(kind, start, start + len(text), level, parent, marker, cells, int(row), row and at == 6))
    pages = (
        (0, Place(1, (72, 700.5, 520.25, 718))),
        (sources[5], Place(2)),
        (sources[10], Place(3, ocr=True)),
        (sources[13], Place(path="paragraph 12, run 3")),
    )
    hung = starts[3] + 4
    return Document(
        name="整",
        path="甲/整.pdf",
        media_type="application/pdf",
        sha256="a" * 64,
        source=source,
        text="\n".join(texts),
        offsets=OffsetMap(tuple(starts), tuple(sources)),
        blocks=tuple(blocks),
        kind="plan",
        title=PLAN.title,
        subtitle=PLAN.subtitle,
        authors=("李望山", "周远航"),
        affiliations=("云渡市商务局", "云渡大学"),
        abstract="本方案说明冷链设施怎样布局，" * 6,
        keywords=("冷链", "物流"),
        issuer="云渡市商务局",
        published_in="云渡日报",
        number="云商发〔2031〕8号",
        date="2031-03-06",
        written="2031-03-01",
        passed="2031-03-02",
        revised="2031-03-03",
        published="2031-03-04",
        effective="2031-04-01",
        genre="standard",
        works=WORKS,
        votes=(Vote("云渡市冷链物流行动方案", 9, ("kind", "marked")), Vote("设施名录", 2, ("repeated",))),
        kind_votes=(Vote("plan", 8, ("title", "own name")), Vote("article", 1, ("text",))),
        encoding="gb18030",
        repairs={"broken_character": 2, "space": 1},
        left_out=(*(LeftOut(2 * at, 2 * at + 2, "running head") for at in range(5)), LeftOut(0, 40, "page number")),
        ties=(
            Tie("note", hung, hung, 3),
            Tie("note", starts[10], starts[11] - 1, 3),
            Tie("caption", starts[8], starts[9], 6),
        ),
        places=pages,
    )


def claims_on(of: Document) -> list[Claim]:
    """A claim of each page, and events whose dates are as fine as each precision."""

    def said(relation: str, quote: str, rule: str, confidence: float, **slots: Slot) -> Claim:
        start = of.source.index(quote)
        return Claim(of.name, relation, slots, Evidence(start, start + len(quote), quote), f"{relation}.{rule}", confidence)

    chain = Name("冷链", "Concept", "冷链；", ("冷藏链",))
    store, three = Name("冷库", "Concept"), Name("三座", "Concept")
    policy, industry = Name("云渡市冷链物流行动方案", "Policy"), Name("物流", "Industry")
    dates: dict[Precision, str] = {
        "day": "2031-03-05", "month": "2031-02", "quarter": "2031-04/2031-06", "year": "2030", "range": "2030-11/2031-02",
    }  # fmt: skip
    venues = (Name("苏州市", "Place", "苏州"), Name("云渡；东礁", "Place"))
    agent = Name("云渡市商务局", "Body")
    held = said("event", "车队组建。", "held", 0.625, event=Name("冷链大会", "Event"), date="2031", venue=venues, agent=agent)
    goal = said("defines", "冷库建成三座", "c", 0.9, s=chain, o=three)
    return [
        held._replace(planned=True),
        goal._replace(facet="goal", attributed_to=Name("李望山", "Person"), definition="冷库建成三座的物流"),
        said("defines", "冷链以冷库为基础", "b", 0.75, s=chain, o=store)._replace(facet="basis"),
        said("defines", "以冷库为基础", "a", 0.5, s=chain, o=store)._replace(facet="basis"),
        said("supports", "支持冷链物流产业", "test", 0.8, s=policy, o=industry),
        said("includes", "指零下十八度", "test", 1.0, s=chain, o=Name("指零", "Concept")),
        *(
            said("event", "车队组建", fine, 0.7, event=Name(f"{fine}大会", "Event"), date=date, dateText=date, precision=fine)
            for fine, date in dates.items()
        ),
    ]


def of_each_sort() -> list[Document]:
    """A document of each kind and one of each genre, dated by the day, the month, the year, or by no date of the calendar."""
    dates = ("2031-03-05", "2031-03", "2031", "2031-02-30")
    kinds = [document(f"kind {kind}", kind=kind, date=dates[at % 4]) for at, kind in enumerate(get_args(DocumentKind))]
    return [*kinds, *(document(f"genre {genre}", genre=genre, date=None) for genre in get_args(DocumentGenre))]


def triples() -> str:
    documents = {of.name: of for of in (whole(), *of_each_sort())}
    facts = resolve(claims_on(documents["整"]), DEFAULT_BASE, ontology().terms)
    return "".join(f"{line}\n" for line in graph_lines(facts, documents, ontology(), DEFAULT_BASE, "0"))


def test_what_the_graph_says(request: pytest.FixtureRequest) -> None:
    agrees("documents/graph.nt", plain(triples()), request)


@pytest.mark.parametrize("form", ["csv", "graphml"])
def test_what_is_exported(form: str, request: pytest.FixtureRequest) -> None:
    agrees(f"documents/export.{form}", export(in_memory(triples()), form).decode(), request)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def opened(columns: int | None, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Where a command prints: no terminal, or one of so many columns, whose styles are codes."""
    for name, value in {"COLUMNS": str(columns or 80), "TERM": "xterm", "COLORTERM": "", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = _Terminal() if columns else io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


COLUMNS = pytest.mark.parametrize("columns", [None, 40, 140])


@COLUMNS
@pytest.mark.parametrize("form", ["tree", "json", "text"])
def test_documents_shown(form: str, columns: int | None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    stream = opened(columns, monkeypatch)
    for of in (whole(), replace(document("独"), title=None, works=WORKS[:1])):
        show_document(of, None if form == "tree" else form)
    width = "" if form == "json" else columns or ""  # the same everywhere
    agrees(f"documents/{form}{width}.txt", stream.getvalue(), request)


@COLUMNS
def test_claims_shown(columns: int | None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """With their sentences; as a table of all columns, one of three columns, and JSON."""
    stream = opened(columns, monkeypatch)
    rows = claim_rows(in_memory(triples()).select, context=True)
    sentences = tuple((row["doc"], row["before"] + row["quote"] + row["after"], row["confidence"]) for row in rows)
    show_claims(rows)
    for form in (None, "records", "wide", "csv", "json"):
        show_claims(rows[:3], form or "table", {"defines": "界定", "basis": "基础", "event": "事件"})
        show(Table(("doc", "sentence", "confidence"), sentences), form)
    agrees(f"documents/claims{columns or ''}.txt", stream.getvalue(), request)
