"""A page that is turned: its points, boxes and rules as they are seen then."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.read.pdf.page import Rule


@dataclass(frozen=True, slots=True)
class Turn:
    """From pdfium's coordinates to a page that was turned clockwise, `quarter` times by 90°, its lower left corner at 0, 0."""

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    def further(self, quarter: int) -> Turn:
        """The page, turned on."""
        return Turn((self.quarter + quarter) % 4, self.left, self.bottom, self.right, self.top)

    def size(self) -> tuple[float, float]:
        """Width and height."""
        size = (self.right - self.left, self.top - self.bottom)
        return size if self.quarter % 2 == 0 else (size[1], size[0])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point."""
        corner = (
            (x - self.left, y - self.bottom),
            (y - self.bottom, self.right - x),
            (self.right - x, self.top - y),
            (self.top - y, x - self.left),
        )
        return corner[self.quarter % 4]

    def boxes(self, values: list[float]) -> list[float]:
        """Boxes (left, top, right, bottom)."""
        if not (self.quarter or self.left or self.bottom):
            return values
        seen = []
        for left, top, right, bottom in zip(*(values[side::4] for side in range(4)), strict=True):
            (x, y), (x2, y2) = self.point(left, bottom), self.point(right, top)
            seen += [min(x, x2), max(y, y2), max(x, x2), min(y, y2)]
        return seen

    def rule(self, rule: Rule) -> Rule:
        """A rule."""
        (x, y), (x2, y2) = self.point(rule.left, rule.bottom), self.point(rule.right, rule.top)
        return Rule(min(x, x2), min(y, y2), max(x, x2), max(y, y2))
