"""What a view is read from: a stretch of text and the one who holds it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import Name


class Held(NamedTuple):
    """text[start:end] is what `holder` holds; `rule` says by which construction."""

    holder: Name
    start: int
    end: int
    rule: str
