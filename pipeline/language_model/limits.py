"""How much may be asked, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Of all: what is sent, tries counted each, tokens as the server counts them, seconds, and requests at once. Of one request:
    seconds a try, bytes of its answer, and tries. `pause` is how many seconds pass before the second try; before each next one
    twice as many do."""

    requests: int = 1_000
    tokens: int = 5_000_000
    seconds: float = 3_600.0
    at_once: int = 4
    seconds_each: float = 300.0
    answer_bytes: int = 4 << 20
    tries: int = 6
    pause: float = 1.0
