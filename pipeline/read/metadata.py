"""What a document says of itself: title, authors, issuer, number, date, kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.model import DocumentGenre, DocumentKind, Vote
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.authorship import agency_of, authors_of, issuer_of
from pipeline.read.issued import (
    NOTE,
    STAMP,
    date_of,
    effective_of,
    passed_of,
    published_of,
    revised_of,
    signed_below,
    signed_of,
    written_of,
)
from pipeline.read.kinds import elected, genre_of, signs_of
from pipeline.read.numbered import number_of
from pipeline.read.signature import LONGEST, signatures
from pipeline.read.structure import Draft
from pipeline.read.title import fields_in, stamps
from pipeline.read.votes import Titles

_NAMED_REPORT = lazy("报告政府工作|作政府工作报告")


@dataclass(frozen=True, slots=True)
class About:
    """Fields of model.Document that are read from its text."""

    kind: DocumentKind
    genre: DocumentGenre | None
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    abstract: str | None
    keywords: tuple[str, ...]
    issuer: str | None
    published_in: str | None
    number: str | None
    date: str | None
    written: str | None
    passed: str | None
    revised: str | None
    published: str | None
    effective: str | None
    kind_votes: tuple[Vote, ...]


def describe(drafts: Sequence[Draft], source: str, titles: Titles) -> About:
    """Reads titles, fields, the signature and the first lines."""
    said = head_lines(drafts, source)
    lines = [line for _, line in said]
    fields = _fields([text for text, _ in lines])
    opening = "\n".join(draft.text for draft in drafts[:30])[:3000]
    heading = titles.notice.name if titles.notice else titles.name
    title = titles.name
    kind, votes = elected(signs_of(title or heading, opening, drafts))
    if title is None and kind == "report" and _NAMED_REPORT.search(opening):
        title = "政府工作报告"
    top = [draft.text for draft in drafts[:30]]
    short = _short_lines(drafts, source)
    signature = next(signatures(short), None)
    signed = (signed_of(short) if signature else None) or signed_below(draft.text for draft in drafts)
    foot = "\n".join(draft.text for draft in drafts[-3:])[-_FOOT:]
    first = next((at for at, draft in enumerate(drafts) if draft.kind == "title"), 0)
    below = [line for at, line in said if at >= first]  # a date above the title is of the page
    edges = [*drafts[first : first + 8], *(draft for draft in drafts[max(first + 8, len(drafts) - 3) :] if kind == "news")]
    head = [(draft.text, _source(draft, source)) for draft in edges if draft.kind in _HEAD_KINDS]
    dated = [draft.text for draft in drafts[:30] if draft.kind != "heading" or STAMP.search(draft.text)]
    date = date_of([*below, *lines], fields, dated, signed, foot)
    notes = [*(text for text, _ in lines if p.PASSED.fullmatch(text)), "\n".join(dated)[:NOTE]]
    body = (draft.text for draft in reversed(drafts) if draft.kind in ("paragraph", "list_item"))
    return About(
        kind=kind,
        genre=genre_of(title or heading, kind, votes),
        title=title,
        subtitle=_subtitle(drafts[:12]),
        authors=authors_of(lines, fields, kind, head, foot, heading or title or ""),
        affiliations=_affiliations(lines, fields),
        abstract=_abstract(drafts),
        keywords=_keywords(fields),
        issuer=issuer_of(lines, fields, titles, top, source, signature),
        published_in=next((fields[key].split()[0] for key in _SOURCE_FIELDS if fields.get(key, "").strip()), agency_of(opening)),
        number=number_of(lines, fields, top),
        date=date,
        written=written_of(lines, fields, signed),
        passed=passed_of(notes) if kind in _IN_FORCE_KINDS else None,
        revised=revised_of(notes) if kind in _IN_FORCE_KINDS else None,
        published=published_of(fields, notes),
        effective=effective_of(fields, chain(body, (text for text, _ in lines)), date) if kind in _IN_FORCE_KINDS else None,
        kind_votes=votes,
    )


def _short_lines(drafts: Sequence[Draft], source: str) -> list[tuple[str, str]]:
    """The lines that are short enough to be one of a signature, as `head_lines` gives them; "" for any other."""
    pairs: list[tuple[str, str]] = []
    for draft in drafts:
        if draft.kind == "table_row":
            pairs.append(("", ""))
        elif len(draft.text) > LONGEST:  # a signature may be joined to the paragraph above it
            if draft.text[-1] == "。" == source[_end(draft) - 1]:
                pairs.append(("", ""))
                continue
            tail, spaced = map(_last_sentence, (draft.text, _source(draft, source)[-3 * LONGEST :]))
            pairs.append((tail, spaced) if len(tail) <= LONGEST else ("", ""))
        else:
            pairs += _lines(draft, source) if draft.kind == "metadata" else [(draft.text, _source(draft, source))]
    return pairs


def _last_sentence(text: str) -> str:
    return text[max(text.rfind("。"), text.rfind("》")) + 1 :]


def _subtitle(head: Sequence[Draft]) -> str | None:
    """What the line below the title says more of it, without its dash."""
    for above, draft in pairwise(head):
        match = p.SUBTITLE.match(draft.text) if above.kind == "title" else None
        if match and (draft.kind == "title" or match[0].startswith("以")):
            return draft.text.lstrip("—-– ") if draft.kind == "title" else match[0]
    return None


def head_lines(drafts: Sequence[Draft], source: str) -> list[tuple[int, tuple[str, str]]]:
    """The lines that say something about a document: the index of the draft; as read and with the spaces of the source."""
    found = ((at, draft) for at, draft in enumerate(drafts) if draft.kind == "metadata")
    return [(at, line) for at, draft in found for line in _lines(draft, source)]


def _lines(draft: Draft, source: str) -> list[tuple[str, str]]:
    """The text of a field and its source, with the spaces; each part of a line that holds several fields."""
    spaced = _source(draft, source)
    parts = stamps(spaced)
    if len(parts) < 2:
        parts = fields_in(spaced)
    return [(part, part) for part in parts] if len(parts) > 1 else [(draft.text, spaced)]


def _source(draft: Draft, source: str) -> str:
    """Source from the first to the last run of a short block, with the spaces that the text has lost."""
    return source[draft.runs[0][1] : _end(draft)]


def _end(draft: Draft) -> int:
    """Where a block ends in the source."""
    offset, origin = draft.runs[-1]
    return origin + len(draft.text) - offset


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Name → value; a value below its name is taken up to the next name."""
    fields: dict[str, str] = {}
    key = ""
    for line in lines:
        match = p.FIELD.match(line) or p.FIELD_NAME.fullmatch(line)
        if match:
            key = re.sub(r"\s", "", match["key"])
            fields.setdefault(key, "")
            fields[key] = fields[key] or match.groupdict().get("value", "")
        elif p.BRACKET_KEY.fullmatch(line):
            key = line[1:-1]
            fields.setdefault(key, "")
        elif key and len(fields[key]) < 12 and (not fields[key] or len(line) <= 3):
            fields[key] += line
        else:
            key = ""
    return fields


def _affiliations(lines: Sequence[tuple[str, str]], fields: dict[str, str]) -> tuple[str, ...]:
    """Where the authors work: （某大学经济学院，临澜 300000） below their names, or the field for it."""
    below = [text.strip("（()） ") for text, _ in lines[:20] if p.AFFILIATION.fullmatch(text)]
    return tuple(below) or tuple(filter(None, [fields.get("作者单位", "").strip()]))


def _abstract(drafts: Sequence[Draft]) -> str | None:
    """What follows 摘要：, or stands under the heading 摘要."""
    for at, draft in enumerate(drafts[:60]):
        match = p.ABSTRACT.match(draft.text)
        if match is None or draft.kind == "foreign":
            continue
        body = draft.text[match.end() :].lstrip("：: 】]")
        if len(body) > 20:
            return body
        below = [next_.text for next_ in drafts[at + 1 : at + 6] if next_.kind == "paragraph"]
        if draft.kind == "heading" and below:
            return below[0]
    return None


def _keywords(fields: dict[str, str]) -> tuple[str, ...]:
    found = next((fields[key] for key in ("关键词", "关键字", "主题词") if fields.get(key, "").strip()), "")
    return tuple(word for word in re.split(r"[;；,，、\s]+", found.split("【")[0]) if 1 < len(word) <= 30)


_HEAD_KINDS = ("paragraph", "metadata", "heading")  # in which authors stand
_FOOT = 300  # characters from the end in which a text says who wrote it
_SOURCE_FIELDS = ("来源", "信息来源")
_IN_FORCE_KINDS = ("regulation", "measures", "plan", "other")
