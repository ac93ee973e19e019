"""Names that a document tells: the value of a field 名称, 《…》 in 现将《…》印发给你们, what a text without lines opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph
from pipeline.read.naming import NAME, cleaned, once, plain

REACH = 160  # paragraphs from the top in which fields are looked for
BODY = 3000  # characters from the top in which a document names what it transmits

_TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
_TITLES = rf"{_TITLE}(?:[、和及与]?{_TITLE})*"
# 现将《…》印发给你们；《…》已经…审议通过，现予公布；印发了《…》，全文如下.
_TRANSMITTED = lazy(  # each alternative opens with a letter: a text is scanned for fast so
    "".join(
        rf"{said}[^《》。\n]{{0,20}}{_TITLES}|"
        for said in ("现将", "印发了?", "发布了?", "公布了?", "颁布了?", "制定了?", "出台了?", "现印发", "审议通过了?")
    )
    + rf"{_TITLES}[^《》。\n]{{0,80}}"
    r"(?:印发给你们|现印发|予以印发|现予(?:以)?(?:公布|发布|印发)|请(?:认真|遵照)|全文如下|全文发布如下)"
)
_IN_FULL = lazy(rf"(?P<title>{_TITLE})[^《》。\n]{{0,12}}(?:全文(?:发布|公布|刊发)?如下|（全文）)")
_RUN_ON = lazy(
    rf"(?P<title>[^。；！？\n]{{6,90}}?(?:{p.GENRE})(?:》的通知|的通知|》)?)"
    r"(?=\s*(?:(?:19|20)\d{2}[-年]|[\u4e00-\u9fff]{1,8}[〔\[(（](?:19|20)\d{2}|来源|各省|各市|[（(](?:19|20)\d{2}年))"
)
_NAMED = lazy(r"(?:信息|文件|政策|公文|法规)?(?:名\s*称|标\s*题)|(?:项目|论文|文章)标题|题\s*名|题\s*目|title|Title")
_MAY_NAME = lazy(r"[ 【\[\]*]*(?:信息|文件|政策|公文|法规|项目|论文|文章|名|标|题|[tT]itle)")  # how such a line begins
# A field of a page that has lost its lines: 标题：…发文字号：….
_NAMED_WITHIN = lazy(
    r"(?:标\s*题|名\s*称|题\s*名)\s*[:：]\s*(?P<title>[^:：。]{4,90}?)"
    r"(?=(?:发文|成文|发布|公开|索引|文\s*号|主题|有效性|生效)[^:：。]{0,6}[:：])"
)
# 关于…的意见某发〔2018〕106号: a title run on into its number.
_NUMBERED = lazy(rf"(?P<title>关于[^。，；：\n《》]{{4,80}}?(?:{p.GENRE}))(?={p.NUMBER.pattern})")


class Told(NamedTuple):
    """A name, what tells it, and how much that weighs."""

    name: str
    sign: str
    weight: int


def told_names(entries: Sequence[Paragraph], stem: str) -> dict[str, Told]:
    """Names that the document tells, by their plain form."""
    told: dict[str, Told] = {}

    def tell(name: str, sign: str, weight: int) -> None:
        name = cleaned(name)
        key = plain(name)
        if 4 <= len(key) <= NAME and (key not in told or told[key].weight < weight):
            told[key] = Told(name, sign, weight)

    tell(stem, "file name", 2)
    for at, paragraph in enumerate(entries[:REACH]):
        for value in _values(entries, at, paragraph.text):
            tell(value, "field", 5)
    head = "\n".join(paragraph.text for paragraph in entries[:REACH])[:BODY].replace("\n", "")
    for match in _NAMED_WITHIN.finditer(head):
        tell(match["title"], "field", 5)
    for match in _NUMBERED.finditer(head):
        tell(match["title"], "numbered", 2)
    for match in _IN_FULL.finditer(head):
        tell(match["title"], "in full", 4)
    for match in _TRANSMITTED.finditer(head):
        for title in re.findall(_TITLE, match[0]):
            tell(title, "transmitted", 4)
    opening = _opening_title(entries[0].text) if entries else ""
    if opening:
        tell(opening, "opening", 3)
    return told


def _values(entries: Sequence[Paragraph], at: int, text: str) -> Iterator[str]:
    """What a field 名称 or 标题 says: behind its colon, between the next bars, on the line or in the cell below."""
    if text[0] == "|":
        cells = [cell.strip(" *") for cell in text.strip("|").split("|")]
        yield from (value for label, value in pairwise(cells) if _NAMED.fullmatch(label.rstrip(":： ")))
        return
    if not _MAY_NAME.match(text):
        return
    label, _, value = text.replace("：", ":", 1).partition(":")
    if _NAMED.fullmatch(label.strip(" 【[】]*")):
        below = entries[at + 1].text if not value.strip() and at + 1 < len(entries) else ""
        yield value.strip(" 】]*") or below


def _opening_title(text: str) -> str:
    """The title at the head of a text that has lost its lines; one whose first lines were printed twice begins anew."""
    if len(text) <= NAME:
        return ""
    again = text.find(text[:10], 10, NAME)
    match = _RUN_ON.match(text, max(again, 0))
    return once(match["title"]) if match else ""
