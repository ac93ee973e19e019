"""What comes back: an answer, or the reason why there is none."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

CUT, FILTERED, EMPTY, NO_JSON = (
    "the answer is cut off: the server met its limit of tokens",
    "the answer is withheld: the server filters what its model says",
    "the answer is empty",
    "the answer is no JSON object",
)
DEEPEST = 50  # levels of an answer: what is nested deeper can be read by one Python and not by another


class Answer(NamedTuple):
    """What a model said. `text` is the JSON object in one fixed spelling, or where there is a `fault`, what was said as it
    stands: such an answer is to be rejected for that reason. `version` is what the endpoint calls its model, "" where it does
    not say."""

    text: str
    version: str
    fault: str
    from_cache: bool


class Failure(NamedTuple):
    """No answer, and why. It may come when it is asked for again."""

    reason: str


def read_object(text: str, deepest: int = DEEPEST) -> dict[str, Any] | None:
    """The JSON object that a text is; None where it is none, is nested deeper, or holds what no file in UTF-8 can."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and not _is_deeper(value, deepest) else None


def spelt(value: dict[str, Any]) -> str:
    """A JSON object in its one spelling."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _is_deeper(value: object, levels: int) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list) and (levels == 0 or any(_is_deeper(one, levels - 1) for one in value))
