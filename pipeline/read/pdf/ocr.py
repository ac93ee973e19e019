"""A page without a text layer → runs of characters, by optical character recognition.

RapidOCR (extra `ocr`) carries its weights in its package, so that nothing is fetched. It gives lines of text with their boxes;
the characters of a line stand side by side in its box, as wide as their kind: a Chinese one twice a Latin one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from math import atan, cos, sin
from statistics import median
from typing import Any

from pipeline.read.pdf.page import Run
from pipeline.workers import more_time

INSTALL = "install OCR with `pip install 'zhimai[ocr]'` and read it again"
SCALE = 200 / 72  # pixels a point: what weights are trained for
LEAST = 0.5  # of the engine's own certainty, for a line to be text
EM = 0.9  # of the height of a line's box: the size of its type, at most
MIDDLE = 0.38  # em from the baseline to the middle of a box
LONG = 12  # characters of a line that shows how far the page leans
ALIKE = 0.12  # share by which sizes of type differ that are one: boxes are measured to some pixels


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(page: Any, height: float) -> list[Run]:
    """The lines on a page of pdfium, `height` points high as it is seen; [] where there is no text."""
    more_time()  # the engine takes seconds to load, and a page as long
    picture = page.render(scale=SCALE).to_numpy()
    found = _engine()(picture)
    if found.txts is None:
        return []
    boxes = [tuple(tuple(float(value) / SCALE for value in corner) for corner in box) for box in found.boxes]
    return runs(list(zip(found.txts, boxes, found.scores, strict=True)), height)


@cache
def _engine() -> Any:
    """One thread, so that sums are added in one order and the text is the same each time; no guess at lines upside down,
    which turned lines that were not.
    """
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **threads})


Found = tuple[str, Sequence[Sequence[float]], float]  # text, corners clockwise from the upper left in points, certainty


def runs(lines: Sequence[Found], height: float) -> list[Run]:
    """Runs on a page `height` points high: corners are counted from its top, runs from its foot.

    A page that lies askew is turned upright around its upper left corner first.
    """
    drafts = list(_drafts(_upright(lines), height))
    body = _body(drafts)
    return [run._replace(size=body) if abs(run.size - body) <= ALIKE * body else run for run in drafts]


def _upright(lines: Sequence[Found]) -> list[Found]:
    slopes = [
        (upper[1][1] - upper[0][1]) / (upper[1][0] - upper[0][0])
        for text, upper, _ in lines
        if len(text) >= LONG and upper[1][0] > upper[0][0]
    ]
    lean = -atan(median(slopes)) if slopes else 0.0
    across, down = cos(lean), sin(lean)
    return [(text, [(x * across - y * down, x * down + y * across) for x, y in corners], sure) for text, corners, sure in lines]


def _drafts(lines: Sequence[Found], height: float) -> Iterator[Run]:
    for found, corners, sure in lines:
        text = found.strip()
        if not text or sure < LEAST:
            continue
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        widths = [_width(character) for character in text]
        em = (right - left) / sum(widths)
        size = round(2 * min(em, EM * (bottom - top))) / 2  # the characters of a title may be set apart
        lefts, at = [], left
        for width in widths:
            lefts.append(at)
            at += em * width
        yield Run(text, lefts, right, height - (top + bottom) / 2 - MIDDLE * size, size)


def _width(character: str) -> float:
    return 0.5 if character < "\u2e80" else 1.0


def _body(drafts: Sequence[Run]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for run in drafts:
        sizes[run.size] += len(run.text)
    return max(sorted(sizes), key=lambda size: sizes[size], default=0.0)
