"""Which part of a paragraph is a heading, a list item, running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import BlockKind
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph
from pipeline.read.pieces import is_ragged, unfinished
from pipeline.read.signature import LONGEST, person_in

LEAD = 40  # characters that a heading run on into its paragraph may have
LEAD_OF_ITEM = 24  # in a regulation, where an item of an article is mostly a sentence
_LONGEST = 60  # characters of a heading that ends in a full stop
_HAN = lazy("[\u4e00-\u9fff]")
# A formula that stands alone, as LaTeX or as plain text, with its number.
_FORMULA = lazy(
    r"(?:\$\$.+\$\$|\\\[.+\\\]|\\begin\{(?:equation|align).+|\$[^$]+\$"
    r"|(?=[^=＝≤≥]*[=＝≤≥])(?=.*[A-Za-zα-ωΑ-Ω])[A-Za-z0-9α-ωΑ-Ω∑∏∫√∂ΔΣ\s=＝≤≥<>+\-−–×·÷*/^_{}()（）\[\],，.|'′%…\\]{3,200}?)"
    r"\s*[,，.。;；]?\s*(?:[(（]\d{1,2}(?:[-.]\d{1,2})?[)）])?"
)
_STOP = lazy("[。！？；]")
_WORD = lazy("[\u4e00-\u9fffA-Za-z]")
_GOES_ON = "（(《，、"
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_NAMED = lazy(rf"{p.TITLE_END.pattern}$|^{p.SECTIONS.pattern}$")  # what a heading without a number is known by
# A field of a measure or of a page, which heads nothing: 牵头单位：…, 完成时限：…, 公文种类：….
_LABEL = lazy(
    "[\u4e00-\u9fff]{0,6}(?:单位|部门|机构|机关|时限|时间|日期|期限|地点|地址|平台|电话|传真|邮箱|网址|联系人|责任人|分类|种类|类别|来源|编号|关键词"
    "|主题词|范围|对象|方式|频次|字号|字体)：.+"
)


_DATELINE = lazy("(?:新华社|中新社|人民网|新华网|中新网|本报|本台|本网)[^。，]{0,16}[电讯]")


class Part(NamedTuple):
    """A stretch of a paragraph's text that becomes a block."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    marker: str = ""


@dataclass(slots=True)
class Setting:
    """What the paragraphs before, and the document as a whole, say about the next."""

    regulation: bool  # articles 第X条
    ragged: bool = False  # lines cut anywhere: a short one without punctuation is mostly a piece of a sentence
    references: bool = False  # below 参考文献

    @classmethod
    def of(cls, entries: Iterable[tuple[BlockKind | None, Paragraph]]) -> Setting:
        """Looks through the whole document."""
        articles = 0
        entries = list(entries)
        for _, paragraph in entries:
            if paragraph.text[0] == "第" and (match := p.marker_of(paragraph.text)):
                articles += match.lastgroup == "article"
        return cls(regulation=articles >= 2, ragged=is_ragged([line for _, paragraph in entries for line in paragraph.lines]))


def classify(paragraph: Paragraph, following: Paragraph | None, setting: Setting, before: Paragraph | None = None) -> list[Part]:
    """The blocks that a paragraph of the body makes: mostly one, two where a heading runs on into its paragraph."""
    text = paragraph.text
    depth = paragraph.lines[0].depth
    match = p.marker_of(text)
    marker, group = (match[0], match.lastgroup or "") if match else ("", "")
    if len(text) <= 12 and p.REFERENCES.fullmatch(text):
        setting.references = True
        return [Part("heading", 0, len(text), max(1, depth - 1))]
    if (
        setting.references
        and not depth
        and group not in {"han", "chapter"}
        and (unfinished(text) is False or len(text) > 12 or not _HAN.search(text))
    ):
        number = p.REFERENCE_START.match(text)
        return [Part("reference", 0, len(text), 0, number[0] if number else "")]
    setting.references = False
    if paragraph.note:
        note = p.MARKS.match(text)
        return [Part("footnote", 0, len(text), 0, note[0] if note else "")]
    if depth and not (len(text) > _LONGEST and text[-1] in "。；"):  # a sentence that a tool set as a heading
        return [Part("heading", 0, len(text), _level(group, marker, setting) or max(1, depth - 1), marker)]
    if match:
        return _numbered(paragraph, marker, group, following, setting)
    part = _unnumbered(paragraph, following, before)
    if part.kind == "heading" and setting.ragged and not part.marker and not _NAMED.search(text):
        return [Part("paragraph", 0, len(text))]
    return [part]


def _level(group: str, marker: str, setting: Setting) -> int:
    """Depth by the kind of number; （一） stands below 第一条 in a regulation, below 一、 elsewhere."""
    if group == "han_paren" and setting.regulation:
        return p.LEVELS["article"] + 1
    if group == "decimal":
        return len(re.split("[.．]", marker))
    return p.LEVELS.get(group, 0)


def _numbered(paragraph: Paragraph, marker: str, group: str, following: Paragraph | None, setting: Setting) -> list[Part]:
    text = paragraph.text
    whole = len(text)
    if group == "article":
        broken = setting.ragged and _carries_on(following)
        return [Part("paragraph", 0, whole, 0, marker)] if broken else _article(text, marker)
    if not _WORD.search(text, len(marker)):  # a number of a table
        return [Part("paragraph", 0, whole)]
    level = _level(group, marker, setting)
    if group in {"part", "chapter", "section"}:
        return [
            Part("heading", 0, whole, level, marker)
            if whole <= 50 and unfinished(text)
            else Part("paragraph", 0, whole, 0, marker)
        ]
    if group in {"circled", "dash", "half_paren"}:
        return [Part("list_item", 0, whole, 0, marker)]
    if text[-1] in "；;：:，,":
        return [Part("list_item", 0, whole, 0, marker)]
    stop = _STOP.search(text)
    if stop is None:
        piece = setting.ragged and _carries_on(following)
        heading = whole <= 50 and text.count("：") < 2 and "，" not in text[30:] and not piece
        return [Part("heading" if heading else "list_item", 0, whole, level if heading else 0, marker)]
    end = stop.end()
    if (
        text[end - 1] == "；"
        or end > len(marker) + (LEAD_OF_ITEM if setting.regulation else LEAD)
        or len(text[:end]) - len(marker) < 4
        or _is_gloss(text[len(marker) : end])
    ):
        return [Part("list_item", 0, whole, 0, marker)]
    if end == whole:
        heading = not setting.regulation and _opens_section(group, following)
        return [Part("heading" if heading else "list_item", 0, whole, level if heading else 0, marker)]
    return [Part("heading", 0, end, level, marker), Part("paragraph", end, whole)]


def _is_gloss(lead: str) -> bool:
    """“名称：是指……” explains a word; a heading does not."""
    return "：" in lead or "是指" in lead or ("《" in lead and "》" not in lead)


def _opens_section(group: str, following: Paragraph | None) -> bool:
    """One numbered sentence is a heading where running text or a deeper number follows, else one of a list."""
    if following is None:
        return False
    match = p.marker_of(following.text)
    if match is None:
        return not following.note
    order = ("han", "han_paren", "digit", "digit_paren", "circled", "dash")
    return match.lastgroup in order and group in order and order.index(match.lastgroup) > order.index(group)


def _article(text: str, marker: str) -> list[Part]:
    """第X条: text of a law, or with a name of its own (第三条 【对象】) a heading."""
    name = re.fullmatch(r"\s*(?:【[^】]{1,40}】|[\u4e00-\u9fff]{2,20})", text[len(marker) :])
    if name:
        return [Part("heading", 0, len(text), p.LEVELS["article"], marker)]
    return [Part("paragraph", 0, len(text), 0, marker)]


def _carries_on(following: Paragraph | None) -> bool:
    """Whether the line below goes on with what this one, cut in the middle, begins."""
    return following is not None and following.text[0] in _GOES_ON and not p.marker_of(following.text)


def _signs(text: str) -> bool:
    """Whether a line holds nothing but bodies, or a person in office, as lines below a title and of a signature do."""
    return len(text) <= LONGEST and (p.is_organ(text) or person_in(text) is not None)


def _breaks_off(before: Paragraph | None) -> bool:
    """Whether the paragraph above ends within a sentence, so that what follows heads nothing."""
    return before is not None and (before.text[-1] in "，、" or (len(before.text) > 40 and _open_bracket(before.text[-LEAD:])))


def _open_bracket(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)


def _unnumbered(paragraph: Paragraph, following: Paragraph | None, before: Paragraph | None) -> Part:
    text = paragraph.text
    whole = len(text)
    if text[0] < "\u4e00" and _FORMULA.fullmatch(text):
        return Part("formula", 0, whole)
    if whole <= 60 and unfinished(text) and p.CAPTION.match(text):
        return Part("caption", 0, whole)
    if paragraph.lines[0].bullet:
        return Part("list_item", 0, whole)
    if (
        whole <= 24
        and (bare := p.BARE_NUMBER.match(text))
        and unfinished(text)
        and paragraph.lines[0].raw[bare.end() : bare.end() + 1] > "\ud7ff"
    ):
        return Part("heading", 0, whole, 1, bare[0])
    short = (
        2 <= whole <= 32
        and unfinished(text)
        and text[-1] not in "：:，,、；;”）)》"
        and text.count("，") <= 1
        and len(paragraph.lines) <= 2
        and not _LABEL.fullmatch(text)
        and not _DATELINE.fullmatch(text)
        and not (before is not None and _signs(text) and _signs(before.text))
        and not any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS)
        and not _breaks_off(before)
    )
    if short and following is not None and _HAN.search(text) and not p.CAPTION.match(text) and not p.ABSTRACT.fullmatch(text):
        body = len(following.text) > max(whole, 14) and (not unfinished(following.text) or len(following.text) > 60)
        if body or (p.marker_of(following.text) is not None and not following.note):
            return Part("heading", 0, whole, 1)
    if p.ABSTRACT.fullmatch(text) and following is not None:
        return Part("heading", 0, whole, 1)
    return Part("paragraph", 0, whole)
