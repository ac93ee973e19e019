"""A claim as a line of a page: who says what of what, in which words, where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.relations import shape_of
from pipeline.rows import Row
from pipeline.shown import harmless

_TOLD_AROUND = ("event", "indicator")  # relations of what was or will be
_BOUNDS = {">": "> ", "<": "< ", "~": "≈ "}
_IN_OWN_COLUMN = ("s", "o", "event", "a", "b", "work")  # slots that the head of a line has


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing that fills a slot: its IRI, or "" where it is only words, and what it is called."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What a line says beside its subject and object: the key of its heading in words.toml, and things or words."""

    key: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as it is shown. `planned` is None where that is no question; `id` are the last digits of its IRI."""

    id: str
    claim: str
    relation: str
    facet: str
    subject: Ref | None
    object: Ref | None
    details: tuple[Detail, ...]
    before: str
    quote: str
    after: str
    document: str
    start: int
    end: int
    page: int | None
    ocr: bool
    confidence: float
    rule: str
    planned: bool | None
    holders: tuple[Ref, ...]
    row: Row

    @property
    def name(self) -> str:
        """The short name of what is said: the facet, or else the relation."""
        return self.facet or self.relation

    @property
    def href(self) -> str:
        """Where it stands in the reading view."""
        return f"{document_path(self.document)}?fact={self.id}#at-{self.start}"


def line_of(row: Row) -> Line:
    """The line of a row of claim_rows with its context."""
    relation = str(row["rel"])
    subject, object_ = _head(row)
    return Line(
        id=str(row["claim"]).rpartition("/")[2],
        claim=str(row["claim"]),
        relation=relation,
        facet=str(row["facet"] or ""),
        subject=subject,
        object=object_,
        details=tuple(_details(row)),
        before=str(row["before"]),
        quote=str(row["quote"]),
        after=str(row["after"]),
        document=str(row["doc"]),
        start=int(row["start"]),
        end=int(row["end"]),
        page=row["page"],
        ocr=bool(row.get("ocr")),
        confidence=float(row["confidence"]),
        rule=str(row["rule"]),
        planned=bool(row.get("planned")) if relation in _TOLD_AROUND or row.get("planned") else None,
        holders=_refs(row.get("attributed_to")),
        row=row,
    )


def _head(row: Row) -> tuple[Ref | None, Ref | None]:
    """What a claim is about, and what it says of it where that is a thing."""
    relation = str(row["rel"])
    if relation == "indicator":
        return _first(row["s"]), Ref("", figure(row))
    pair = {"event": ("event", ""), "contrast": ("a", "b"), "cites": ("", "work")}.get(relation, ("s", "o"))
    return _first(row.get(pair[0])), _first(row.get(pair[1]))


def figure(row: Row) -> str:
    """A value with its bound and unit, as it stood."""
    return harmless(f"{_BOUNDS.get(row.get('bound') or '', '')}{row.get('value') or ''}{row.get('unit') or ''}")


def _details(row: Row) -> Iterable[Detail]:
    shape = shape_of(str(row["rel"]))
    for slot in shape.slots:
        if slot not in _IN_OWN_COLUMN and (refs := _refs(row.get(slot))):
            yield Detail(f"slot_{slot}", refs)
    for name in ("date", "period", "value_a", "value_b", "title", "year", "container"):
        if refs := _refs(row.get(name)):
            yield Detail(f"slot_{name}", refs)
    if row.get("change"):
        yield Detail("slot_change", ())


def _refs(slot: object) -> tuple[Ref, ...]:
    filled = slot if isinstance(slot, list) else [slot] if slot else []
    return tuple(_ref(each) for each in filled)


def _ref(filled: object) -> Ref:
    if isinstance(filled, Mapping):
        return Ref(str(filled["iri"] or ""), str(filled["label"] or ""))
    return Ref("", str(filled))


def _first(slot: object) -> Ref | None:
    return next(iter(_refs(slot)), None)


def document_path(name: str) -> str:
    """Where the reading view of a document is."""
    return f"/document/{quote(name, safe='')}"
