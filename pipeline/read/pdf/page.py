"""What pdfium tells of a page: runs of characters and rules, in points from the lower left corner of the page as it is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model import Place
from pipeline.read.layout import Element


class Run(NamedTuple):
    """Neighbouring characters of one size on one baseline, and the left edge of each."""

    text: str
    lefts: list[float]
    right: float
    base: float
    size: float
    weight: int = 0  # of the type: 0 plain; 1 a face without serifs (黑体), which is a body's as well as a heading's; 2 bold

    @property
    def left(self) -> float:
        """Left edge."""
        return self.lefts[0]


class Rule(NamedTuple):
    """A straight stroke along an axis."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal."""
        return self.right - self.left >= self.top - self.bottom


class View(NamedTuple):
    """How a page of the file is held to be read: turned clockwise `quarter` times by 90° from how it is seen, where it is `width`
    by `height` points.
    """

    page: int
    width: float
    height: float
    quarter: int = 0

    def seen(self, place: Place) -> Place:
        """The place on the page as it is seen, from one on the page as it is held."""
        if self.quarter == 0 or place.box is None:
            return place._replace(page=self.page)
        corners = (self._point(*place.box[:2]), self._point(*place.box[2:]))
        (left, right), (bottom, top) = (sorted(values) for values in zip(*corners, strict=True))
        return place._replace(page=self.page, box=(round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        corner = ((x, y), (self.width - y, x), (self.width - x, self.height - y), (y, self.height - x))
        return corner[self.quarter % 4]


@dataclass(slots=True)
class Page:
    """What stands on a page, as it is held to be read. `number` counts these: a page of the file with text that runs in several
    directions is several. `asides` are no part of the text, `failed` says why it could not be read.
    """

    number: int
    width: float
    height: float
    view: View
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    asides: list[Element] = field(default_factory=list)
    scanned: bool = False  # a picture, whose text is not known
    ocr: bool = False  # a picture whose text was recognised
    unreadable: bool = False  # its fonts do not say what its characters are
    failed: str = ""

    @property
    def textless(self) -> bool:
        """Whether it has no layer of text that can be read; OCR might."""
        return self.scanned or self.unreadable


def left_out(text: str, reason: str, place: Place) -> Element:
    """What is no part of the text."""
    return Element(text, left_out=reason, places=((0, place),))
