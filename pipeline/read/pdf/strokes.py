"""What pdfium knows of the drawings on a page: straight strokes, which part cells and footnotes, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pipeline.read.pdf.page import Rule

OBJECTS, PAGE_OBJECTS = 500_000, 30_000  # the most that is looked at: of a document, of a page or form
SEGMENTS, DEPTH = 4_000, 4  # the most that is looked at: of a path, of forms in forms
THIN = 3.0  # points: what is no thicker is a rule
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """The rules of a page, in pdfium's coordinates, and the area of its largest picture in square points."""

    rules: list[Rule] = field(default_factory=list)
    picture: float = 0.0


@dataclass(slots=True)
class Drawings:
    """Looks at the objects of pages; `left` says how many more."""

    raw: Any
    left: int = OBJECTS

    def of(self, page: Any) -> Drawing:
        """What is drawn on a page."""
        drawing = Drawing()
        self._look(page, self.raw.FPDFPage_CountObjects, self.raw.FPDFPage_GetObject, drawing)
        return drawing

    def _look(
        self,
        parent: Any,
        count: Callable[..., int],
        get: Callable[..., Any],
        drawing: Drawing,
        matrix: Matrix = UNMOVED,
        depth: int = 0,
    ) -> None:
        """Adds what is drawn on a page or in a form."""
        raw = self.raw
        for index in range(min(count(parent), PAGE_OBJECTS, self.left)):
            self.left -= 1
            thing = get(parent, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                drawing.rules += _path_rules(raw, thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _times(_matrix_of(raw, thing), matrix)
                drawing.picture = max(drawing.picture, abs(a * d - b * c))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
                inner = _times(_matrix_of(raw, thing), matrix)
                self._look(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, drawing, inner, depth + 1)


def _path_rules(raw: Any, path: Any, matrix: Matrix) -> Iterator[Rule]:
    """The straight strokes along an axis, and the filled rectangles that are thin enough to be strokes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    for points in _outlines(raw, path, _times(_matrix_of(raw, path), matrix)):
        if stroke.value:
            strokes = list(pairwise(points))
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            strokes = [((min(xs), min(ys)), (max(xs), max(ys)))]
        for (x, y), (x2, y2) in strokes:
            if min(abs(x - x2), abs(y - y2)) <= THIN < max(abs(x - x2), abs(y - y2)):
                yield Rule(min(x, x2), min(y, y2), max(x, x2), max(y, y2))


def _outlines(raw: Any, path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path, on the page."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(raw.FPDFPath_CountSegments(path), SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix_of(raw: Any, thing: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = one
    A, B, C, D, E, F = other  # noqa: N806
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)
