"""What a request may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one query: seconds of time, bytes of result. Of all: queries at once, queries that wait, memory of the child in MB."""

    seconds: float = 30.0
    result_bytes: int = 64 << 20
    at_once: int = 16
    waiting: int = 1_000
    megabytes: int = 4_096
