"""What the commands print: rows, evidence, scores, progress. Plain text where the output is no terminal."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.declared import load_vocabulary
from pipeline.evaluate import Evaluation, Fault
from pipeline.labels import translated
from pipeline.model import MODEL_RULE, Document, Section, Work
from pipeline.ontology import Term
from pipeline.patterns import lazy
from pipeline.periods import Plans, plan_periods
from pipeline.read.document import unread
from pipeline.rows import Row, Table, labels, object_of, subject_of
from pipeline.sections import Sections
from pipeline.shipped import shipped_ontology
from pipeline.shown import as_read, cell_text, csv_cell, harmless

if TYPE_CHECKING:
    from pipeline.derived import Derivation, Statement

_LINE_BREAK = lazy(r"(?<!\s)\s*\n\s*")
_HIGH_CONTROL = lazy(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def show(table: Table, form: str | None = None) -> None:
    """Print rows as "table", "wide", "records", "csv" or "json"; None is a table on a terminal and csv elsewhere."""
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        print(_json(rows))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(map(csv_cell, row) for row in table.rows)
    else:
        _show_grid(table, form)


def _show_grid(table: Table, form: str) -> None:
    """A table whose long cells wrap; one record after the other where it is too wide for that, or `form` says so."""
    rows = [[_LINE_BREAK.sub("", cell_text(cell)) for cell in row] for row in table.rows]
    natural = [max(map(cell_len, column)) for column in zip(table.columns, *rows, strict=True)]
    available = Console().width if sys.stdout.isatty() and form != "wide" else None
    edges = 3 * len(natural) + 1
    if form == "records" or (available and sum(min(width, _LEAST_WIDTH) for width in natural) + edges > available):
        for row in rows:
            for column, text in zip(table.columns, row, strict=True):
                print(f"{column}: {text}")
            print()
        return
    grid = Grid()
    for column, width in zip(table.columns, natural, strict=True):
        grid.add_column(column, overflow="fold", min_width=min(width, _LEAST_WIDTH))
    for row in rows:
        grid.add_row(*map(Text, row))
    Console(width=available or sum(natural) + edges).print(grid)


_LEAST_WIDTH = 20  # of a column that wraps: ten Chinese characters


def _json(value: object) -> str:
    """JSON without the control characters beyond ASCII that json.dumps leaves as they are and a terminal obeys."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False, default=float)
    return _HIGH_CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def show_claims(rows: Sequence[Row], form: str | None = None, known: Mapping[str, str] = MappingProxyType({})) -> None:
    """Print claims with their sentences, the evidence marked; or as plain rows where `form` says so."""
    if form is not None:
        columns = (*("doc", "rel", "facet", "subject", "object", "quote", "start", "end"),
                   *("rule", "confidence", "place", "page", "sentence", "claim", "reviewed_by"),
                   *(("found_by",) if any("found_by" in row for row in rows) else ()))  # fmt: skip
        table = Table(columns, tuple(tuple(_cell(row, column) for column in columns) for row in rows))
        show(translated(table, known), form)
        return
    console = Console(soft_wrap=True, highlight=False)
    opening, closing = ("", "") if console.is_terminal else ("【", "】")
    for row in rows:
        before, quote, after = (as_read(row[part]) for part in ("before", "quote", "after"))
        sentence = Text(f"  {before}").append(f"{opening}{quote}{closing}", style="bold reverse").append(after)
        console.print(Text(told(row, known), style="bold"), sentence, Text(f"  {_source(row)}", style="dim"), sep="\n")


def show_derivations(found: Sequence[Derivation], language: str, known: Mapping[str, str] = MappingProxyType({})) -> None:
    """Print derived facts: by which rule, and from what, with the sentence of a claim that states it where there is one."""
    console = Console(soft_wrap=True, highlight=False)
    for derivation in found:
        console.print(Text(_stated(derivation.fact, known), style="bold"))
        console.print(Text(f"  {derivation.rule}: {derivation.says.get(language, '')}", style="dim"))
        for premise, rows in derivation.premises:
            console.print(Text(f"  ← {_stated(premise, known)}"))
            for row in rows[:1]:
                sentence = "".join(as_read(row[part]) for part in ("before", "quote", "after"))
                console.print(Text(f"    {sentence}"), Text(f"    {_source(row)}", style="dim"), sep="\n")


def _stated(statement: Statement, known: Mapping[str, str]) -> str:
    subject, predicate, obj = statement.labels
    return harmless(f"{subject} — {known.get(predicate, predicate)} — {obj}")


def _cell(row: Row, column: str) -> Any:
    if column == "sentence":
        return as_read(row["before"] + row["quote"] + row["after"])
    if column == "reviewed_by":
        return "、".join(row.get(column, ())) or None
    found = {"subject": subject_of(row), "object": object_of(row)}.get(column, row.get(column))
    found = found["label"] if isinstance(found, dict) else found
    return as_read(str(found)) if column == "quote" else found


def told(row: Row, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """A fact on one line: what it is about, its relation, what it says; `known` names relations in other words."""
    relation = " ".join(known.get(part, part) for part in (row["rel"], row["facet"]) if part)
    return harmless(" — ".join([_cell(row, "subject") or row["doc"], relation, said(row, known)]))


def said(row: Row, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """What a fact says of its subject: the object, and whatever else its relation tells."""
    further = [text for slot in _TOLD_SLOTS for text in labels(row.get(slot))]
    further += [known.get("change", "change")] if row.get("change") else []
    further += ["".join(filter(None, (_BOUNDS.get(row.get("bound") or "="), row.get("value"), row.get("unit"))))]
    objects = [_cell(row, "object"), *further, row.get("period")]
    return harmless(" ".join(part for part in objects if part))


_TOLD_SLOTS = ("date", "venue", "agent", "indicator", "dimension", "value_a", "value_b", "authors", "year", "container")
_BOUNDS = {">": ">", "<": "<", "~": "≈"}


def _source(row: Row) -> str:
    said_by = "、".join(holder["label"] for holder in row.get("attributed_to", ()))
    where = f", {row['place']}" if "place" in row else ""
    place = f"{row['doc']}:{row['start']}–{row['end']}{where}  {row['rule']}  {row['confidence']:.2f}"
    place = f"{place}  ({said_by})" if said_by else place
    models = [rule for rule in row.get("further_rules", ()) if rule.startswith(MODEL_RULE)]
    place = f"{place}  + {'、'.join(models)}" if row.get("found_by") == "both" and models else place
    return f"{place}  ✓ {'、'.join(row['reviewed_by'])}" if "reviewed_by" in row else place


def show_document(document: Document, form: str | None = None) -> None:
    """Print a document as read: its tree, what was repaired and left out; or "json"; or "text", in which offsets count."""
    if form == "text":
        print(harmless(document.source) if sys.stdout.isatty() else document.source)
        return
    if form == "json":
        print(_json(as_json(document)))
        return
    console = Console(soft_wrap=True, highlight=False)
    width = console.width if sys.stdout.isatty() else None
    console.print(Text(harmless(document.title or document.name), style="bold"))
    for name, value in _told_of(document).items():
        console.print(Text(f"{name}: {value}", style="dim"))
    for vote in document.kind_votes:
        console.print(Text(f"kind? {vote.votes} {vote.name} ({', '.join(vote.signs)})", style="dim"))
    for vote in document.votes:
        console.print(Text(f"title? {vote.votes} {vote.name} ({', '.join(vote.signs)})", style="dim"))
    if len(document.works) > 1:
        for number, work in enumerate(document.works, 1):
            console.print(Text("\n    ".join(_work_lines(number, work)), style="dim"))
    hung = Counter(tie.block for tie in document.ties)
    sections = {section.first: section for section in Sections(document, _kinds(), _plans()).all}
    starts = {work.first: number for number, work in enumerate(document.works, 1)} if len(document.works) > 1 else {}
    depths: list[int] = []
    for index, block in enumerate(document.blocks):
        depths.append(depths[block.parent] + 1 if block.parent >= 0 else 0)
        if index in starts:
            console.print(Text(f"— work {starts[index]}", style="dim"))
        told = _speaks_of(sections[index]) if index in sections else ""
        line = _outline(document, index, depths[index], hung[index], told, width)
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    left = [(left.reason, document.source[left.start : left.end].strip()) for left in document.left_out]
    for reason, texts in sorted(_grouped(left).items()):
        shown = " | ".join(harmless(_LINE_BREAK.sub(" ", text))[:20] for text in texts[:4])
        console.print(Text(f"left out: {reason} {len(texts)}×: {shown}{' …' if len(texts) > 4 else ''}", style="dim"))


@cache
def _kinds() -> tuple[Term, ...]:
    """The kinds of sections of the shipped ontology."""
    return load_vocabulary(shipped_ontology(), "sections")


@cache
def _plans() -> Plans:
    """The years of five-year plans, of the shipped ontology."""
    return plan_periods(load_vocabulary(shipped_ontology(), "periods"))


def _work_lines(number: int, work: Work) -> Iterator[str]:
    """A work: its role, of which other work it is, its kind and title; and below, where it says more, what else it has."""
    parent = f", of {work.belongs_to + 1}" if work.belongs_to is not None else ""
    yield f"work {number}: {work.role}{parent}, {work.genre or work.kind}, {harmless(work.title or '?')}"
    told = {"subtitle": work.subtitle, "authors": "、".join(work.authors), **_issue_of(work)}
    said = "; ".join(f"{name}: {harmless(value)}" for name, value in told.items() if value)
    if said:
        yield said


def _issue_of(text: Document | Work) -> dict[str, str | None]:
    """Who issued a document or a work, under which number, and its dates."""
    return {name: getattr(text, name) for name in _ISSUE}


_ISSUE = ("issuer", "number", "date", "written", "passed", "revised", "published", "effective")


def _speaks_of(section: Section) -> str:
    """What a section is for, when, and of which years: (review, past, 2021/2025)."""
    kind = section.kind and section.kind.rpartition("/")[2]
    told = ", ".join(filter(None, (kind, section.tense, section.period)))
    return f"  ({told})" if told else ""


def _told_of(document: Document) -> dict[str, str]:
    """What a document says of itself and how it was read, as far as known."""
    repairs = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in document.repairs.items())
    told = {
        "kind": document.kind,
        "genre": document.genre,
        "subtitle": document.subtitle,
        "authors": "、".join(document.authors),
        "affiliations": "、".join(document.affiliations),
        "abstract": document.abstract and f"{document.abstract[:60]}…",
        "keywords": "、".join(document.keywords),
        "published in": document.published_in,
        **_issue_of(document),
        "format": f"{document.media_type}, {document.encoding}",
        "repaired": repairs,
    }
    return {name: harmless(value) for name, value in told.items() if value}


def _outline(document: Document, index: int, depth: int, hung: int, told: str, width: int | None) -> Text:
    """One line in `width` columns of the tree: kind and level, text, a table's cells parted; what is told of a section, how many
    marks point here, place.
    """
    block = document.blocks[index]
    words = [harmless(document.text[start:end]) for start, end in block.cells or ((block.start, block.end),)]
    kind = (
        f"{block.kind}{block.level or ''}"
        if block.kind != "table_row"
        else f"table{block.table}{' head' if block.header else ''}"
    )
    place = document.place(document.offsets.to_source(block.start)) if block.end > block.start else None
    behind = f"{told}" + f"  ←{hung}" * bool(hung) + f"  [{place}]" * bool(place)
    before = f"{'  ' * depth}{kind} "
    room = min(width - cell_len(before + behind), 2 * _LONGEST_SHOWN) if width else 2 * _LONGEST_SHOWN
    told = _fitted(" ¦ ".join(words), max(room, _LEAST_WIDTH))
    return Text(before, style="cyan").append(told, style="bold" if block.level else "default").append(behind, style="dim")


_LONGEST_SHOWN = 100  # Chinese characters of a block in the tree


def _fitted(text: str, width: int) -> str:
    """A text in at most so many columns of a terminal, in which a Chinese character takes two; what is cut ends in …"""
    if cell_len(text) <= width:
        return text
    cut = text[:width]
    while cell_len(cut) > width - 1:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


_SAID = (
    *(
        "kind",
        "genre",
        "title",
        "subtitle",
        "authors",
        "affiliations",
        "abstract",
        "keywords",
        "issuer",
        "published_in",
        "number",
    ),
    *("date", "written", "passed", "revised", "published", "effective"),
)


def as_json(document: Document) -> dict[str, object]:
    """A document as read, for other programs. Blocks give their offsets in the text and in the source."""
    to_source = document.offsets.to_source
    return {
        "name": document.name,
        "path": document.path,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "encoding": document.encoding,
        **{name: getattr(document, name) for name in _SAID},
        "works": [asdict(work) for work in document.works],
        "sections": [section._asdict() for section in Sections(document, _kinds(), _plans()).all],
        "kind_votes": [vote._asdict() for vote in document.kind_votes],
        "votes": [vote._asdict() for vote in document.votes],
        "repairs": dict(document.repairs),
        "blocks": [
            {
                "kind": block.kind,
                "level": block.level,
                "parent": block.parent,
                "marker": block.marker,
                "text": document.text[block.start : block.end],
                "start": block.start,
                "end": block.end,
                "source_start": to_source(block.start),
                "source_end": to_source(block.end - 1) + 1 if block.end > block.start else to_source(block.start),
                **({"place": place._asdict()} if (place := document.place(to_source(block.start))) else {}),
                **(
                    {
                        "table": block.table,
                        "header": block.header,
                        "cells": [document.text[start:end] for start, end in block.cells],
                    }
                    if block.cells
                    else {}
                ),
            }
            for block in document.blocks
        ],
        "ties": [tie._asdict() for tie in document.ties],
        "left_out": [{**left._asdict(), "text": document.source[left.start : left.end]} for left in unread(document)],
    }


def scores(result: Evaluation) -> Table:
    """An evaluation as rows: relations, facets, readers where there are several, rules and what each found alone, bands of
    confidence, the headline figure."""
    rows: list[tuple[str | None, ...]] = []
    for what, table in (("relation", result.relations), ("facet", result.facets), ("reader", result.readers)):
        for name, s in table.items():
            shares = result.shares.get(name, {}) if what == "relation" else {}
            counts = (str(s.right + s.missed), str(s.right + s.false))
            also = " ".join(f"{key} {value:.2f}" for key, value in shares.items())
            rows.append((what, name, *counts, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", also))
    for name, s in result.rules.items():
        rows.append(("rule", name, None, str(s.right + s.false), f"{s.precision:.3f}", None, None, f"alone {s.alone}"))
    for bound, s in result.bands.items():
        if s.right + s.false:
            found = str(s.right + s.false)
            said = f"said {s.confidence:.2f}"
            rows.append(("confidence", f"from {bound:g}", None, found, f"{s.precision:.3f}", None, None, said))
    rows.append(("mean", "headline", None, None, None, None, f"{result.headline_f1:.3f}", None))
    return Table(("what", "name", "gold", "found", "precision", "recall", "f1", "also"), tuple(rows))


def show_fault(fault: Fault) -> None:
    """A miss or a false claim on two lines: what it says, and its words in the document."""
    row = fault.row
    subject = _first(row.get("s") or row.get("event") or row.get("dimension") or row.get("title"))
    objects = [_first(row.get(slot)) for slot in ("o", "indicator", "value", "date", "venue")]
    rule = f"  {row['rule']} {row['confidence']:.2f}" if "rule" in row else ""
    said = " — ".join(part for part in (subject, " ".join(filter(None, objects))) if part)
    print(f"{fault.kind:5} {fault.relation} {row.get('facet') or ''} {said}{rule}".replace("  —", " —"))
    print(f"      {row['doc']}: {as_read(row.get('quote') or '')}")


def _first(slot: object) -> str:
    """The first of the names in a slot, of a gold row or of a found one."""
    while isinstance(slot, list | tuple):
        slot = slot[0] if slot else ""
    return str(slot["label"] if isinstance(slot, dict) else slot or "")
