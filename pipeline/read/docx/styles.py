"""What a style makes of a paragraph: a title, heading or caption, part of the contents, a depth of a list, hidden text (17.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element as Node

from pipeline.patterns import lazy
from pipeline.read.docx.nodes import integer, switched, value
from pipeline.read.docx.numbering import Numbering
from pipeline.read.layout import ElementKind

_STYLE_NAME = lazy(
    r"(?P<title>title|标题)|(?P<subtitle>subtitle|副标题)|(?:heading|标题) ?(?P<heading>[1-9])|(?P<caption>caption|题注)"
    r"|(?P<contents>(?:toc|目录) ?(?:[1-9]|heading|标题)?|table of figures|图表目录)",
    re.I,
)
CONTENTS = "table of contents"  # why an element is left out


@dataclass(frozen=True, slots=True)
class Look:
    """What a style, or a paragraph with its own properties, comes to. `num` and `depth` (from 0) place it in a list."""

    kind: ElementKind | None = None
    level: int = 0
    left_out: str = ""
    num: str = ""
    depth: int = 0
    hidden: bool = False


class Styles:
    """The looks of styles (17.7), by id."""

    def __init__(self, styles: Node | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._looks: dict[str, Look] = {}
        self._nodes = {} if styles is None else {value(style, name="styleId") or "": style for style in styles.iterfind("style")}
        paragraph = (key for key, style in self._nodes.items() if value(style, name="type") == "paragraph")
        self._default = next((key for key in paragraph if value(self._nodes[key], name="default") in {"1", "true", "on"}), "")

    def look(self, properties: Node | None) -> Look:
        """The look of a paragraph: its style, and what it says itself."""
        look = self.of(value(properties, "pStyle") or self._default)
        if properties is None:
            return look
        outline = integer(value(properties, "outlineLvl"))
        if outline is not None and look.kind in {None, "heading"}:
            look = _outlined(look, outline)
        num, depth = value(properties, "numPr/numId"), integer(value(properties, "numPr/ilvl"))
        if num is not None or depth is not None:
            look = replace(look, num=num or look.num, depth=depth if depth is not None else 0 if num else look.depth)
        return look

    def of(self, style: str) -> Look:
        """The look of a style with those that it is based on."""
        if style not in self._looks:
            self._looks[style] = self._resolved(style)
        return self._looks[style]

    def _resolved(self, style: str) -> Look:
        look = None
        num, num_style, depth, hidden = "", style, None, None
        for key in self._ancestry(style):
            node = self._nodes.get(key)
            look = look or _named(value(node, "name") or key)
            outline = integer(value(node, "pPr/outlineLvl"))
            if look is None and outline is not None:
                look = _outlined(Look(), outline)
            depth = integer(value(node, "pPr/numPr/ilvl")) if depth is None else depth
            if not num and (num := value(node, "pPr/numPr/numId") or ""):
                num_style = key
            hidden = switched(node, "rPr/vanish") if hidden is None else hidden
        depth = self._numbering.depth(num, num_style) if depth is None else depth
        return replace(look or Look(), num=num, depth=depth, hidden=bool(hidden))

    def _ancestry(self, style: str) -> list[str]:
        """The style and those that it is based on, nearest first."""
        found: dict[str, None] = {}
        key: str | None = style
        while key and key not in found:
            found[key] = None
            key = value(self._nodes.get(key), "basedOn")
        return list(found)


def _named(name: str) -> Look | None:
    """The look of a built-in style; None for any other."""
    match = _STYLE_NAME.fullmatch(name.strip())
    if match is None:
        return None
    looks = {
        "title": Look("title", 1),
        "subtitle": Look("title", 2),
        "heading": Look("heading", int(match["heading"] or 0)),
        "caption": Look("caption"),
        "contents": Look(left_out=CONTENTS),
    }
    return looks[match.lastgroup or ""]


def _outlined(look: Look, outline: int) -> Look:
    """An outline level 0 … 8 makes a heading, 9 makes none (17.3.1.20)."""
    heading = 0 <= outline <= 8
    return replace(look, kind="heading" if heading else None, level=outline + 1 if heading else 0)
