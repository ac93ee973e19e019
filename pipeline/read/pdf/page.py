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


@dataclass(slots=True)
class Page:
    """What stands on a page. `asides` are no part of the text, `failed` says why it could not be read."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    asides: list[Element] = field(default_factory=list)
    scanned: bool = False  # a picture, whose text is not known
    ocr: bool = False  # a picture whose text was recognised
    failed: str = ""


def left_out(text: str, reason: str, place: Place) -> Element:
    """What is no part of the text."""
    return Element(text, left_out=reason, places=((0, place),))
