"""Of what a table tells: the place or the body that its caption, a heading, the title or the issuer names; and the quantity that
its caption names.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotate.words import words_of
from pipeline.extract.reader import Reader
from pipeline.extract.tables.grid import squeeze
from pipeline.extract.tables.labels import without_change
from pipeline.extract.tables.model import Table
from pipeline.extract.tables.periods import without_period
from pipeline.extract.tables.units import split_unit
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_NUMBERED = lazy(r"^(?:附?续?[表专栏图]{1,2}\s?[\d一二三四五六七八九十]{0,3}(?:[-—.．]\d{1,2})?[：:、.．]?\s?)")
_ALL = lazy("^(?:全国|国家|中国|我国|国务院|中华人民共和国)")
_NO_NAME = lazy(r"[了的和与及，。：、\d]|关于|二〇")
_SHORTEST_FIRM = 5  # characters
_JOINED = lazy("及其|以及|[及与和、，（(]")


def subject_of(reader: Reader, table: Table) -> Name | None:
    """The place or the body that the figures of a table are of where no head or label names another."""
    spans = [table.grid.caption] if table.grid.caption else []
    start = table.grid.rows[0][0].start
    spans += [Span(block.start, block.end) for block in reader.headings(start)]
    titles = [block for block in reader.document.blocks if block.kind == "title" and block.start < start]
    spans += [Span(block.start, block.end) for block in titles[-1:]]
    for span in spans:
        found = _named_in(reader, span)
        if found:
            return found
    return _of_document(reader)


def _named_in(reader: Reader, span: Span) -> Name | None:
    """The firm or the place that a line names; 全国 and its like are the country."""
    firm = _firm(reader, reader.text[span.start : span.end])
    if firm:
        return Name(firm, "Body", firm)
    words = _NUMBERED.sub("", squeeze(reader.text[span.start : span.end]))
    words = without_period(words)
    world = next((word for word in (words[:2],) if reader.is_word(word, "whole_world")), None)
    if world:
        return Name(world, "Place", world)
    places = [mention for mention in reader.mentions(*span) if mention.kind == "Place"]
    if places:
        place = places[0]
        return Name(place.label, "Place", reader.text[place.start : place.end], (), place.term)
    return _country(reader) if _ALL.match(words) else None


def _firm(reader: Reader, text: str) -> str | None:
    """The firm whose name a line begins with."""
    name = _NO_NAME.split(squeeze(text), maxsplit=1)[0]
    ends = [end for end in range(_SHORTEST_FIRM, len(name) + 1) if reader.ends_in(name[:end], "firm_tails")]
    return name[: ends[-1]] if ends else None


def _of_document(reader: Reader) -> Name | None:
    issuer = reader.document.issuer or ""
    firm = _firm(reader, issuer)
    if firm:
        return Name(firm, "Body", firm)
    for end in range(len(issuer), 1, -1):
        term = reader.wording.terms.get(issuer[:end])
        if term and term.kind == "Place":
            return Name(issuer[:end], "Place", issuer[:end], (), term.iri)
    return _country(reader) if _ALL.match(issuer) or _ALL.match(reader.document.title or "") else None


def _country(reader: Reader) -> Name:
    term = reader.wording.terms.get("中国")
    return Name("中国", "Place", "全国", ("全国", "我国"), term.iri if term else None)


def measure_of(reader: Reader, table: Table) -> tuple[str | None, bool]:
    """The quantity that the caption names, if it names one, and whether it says that the figures are changes.

    2031年渔获量及其增长速度 gives 渔获量, no; 居民消费价格涨跌幅度 gives 居民消费价格, yes.
    """
    if table.grid.caption is None:
        return None, False
    text = squeeze(reader.text[table.grid.caption.start : table.grid.caption.end])
    text = without_period(_NUMBERED.sub("", split_unit(reader, text)[0]))
    parts = [without_change(reader, part) for part in _JOINED.split(text)]
    for kind in ("quantity_tails", "relative_amounts"):
        for name, change in parts:
            if reader.ends_in(name, kind) and not reader.ends_in(name, "quantity_columns"):
                return _tail(reader, name, _rows(table)), change
    return None, False


def topic_of(reader: Reader, table: Table, heads: Sequence[str]) -> str:
    """What the caption says of the quantities that it has in common with the heads, and is not what the rows are called:
    2031年云泽岛海产品出口额 over 出口额|进口额 gives 海产品.
    """
    caption = table.grid.caption
    if caption is None:
        return ""
    places = [mention for mention in reader.mentions(*caption) if mention.kind == "Place"]
    text = squeeze(reader.text[places[-1].end if places else caption.start : caption.end])
    text = without_period(_NUMBERED.sub("", text))
    rows = _rows(table)
    for head in heads:
        stem = head if text.find(head) >= 0 else head[:-1]
        before, found, _ = text.partition(stem)
        if not found or len(stem) < 2:
            continue
        topic = ""
        for word, tag in words_of(before + stem)[:-1]:
            topic = "" if _breaks(reader, word, tag, rows) else topic + word
        if before and before.endswith(topic):
            return topic
    return ""


def _rows(table: Table) -> str:
    """What the rows are called: 产品 of 产品名称."""
    return table.columns[table.key].head.removesuffix("名称") if table.key >= 0 else ""


def _breaks(reader: Reader, word: str, tag: str, rows: str) -> bool:
    """Whether a word of a caption is no part of the name of a quantity: 主要, 各, a place, what the rows are called."""
    if tag == "ns" or reader.is_word(word, "whole_world") or (len(word) > 2 and word[-1] in "省市县区州"):
        return True
    return tag[0] in "urpcmdwxf" or reader.is_word(word, "caption_words") or word in rows or (rows != "" and word.endswith(rows))


def _tail(reader: Reader, name: str, rows: str) -> str:
    """The noun phrase at the end of a name: 各航线完成货物运输量 → 货物运输量."""
    words = words_of(name)
    at = len(words) - 1
    while at > 0 and words[at - 1][1][0] in "nlbaje":
        if reader.is_word(words[at - 1][0], "own_places") or _breaks(reader, *words[at - 1], rows):
            break
        at -= 1
    return "".join(word for word, _ in words[at:])
