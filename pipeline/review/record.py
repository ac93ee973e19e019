"""One more decision in a review file: whole or not at all, once, whoever else writes there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.locks import take_lock
from pipeline.review.lines import HEADER, Decision, decisions_in


def record(file: Path, decision: Decision) -> bool:
    """Append a decision to a review file, which is made where there is none; False where it is what the file says already.

    Raises UsageError where the decision or a line of the file is malformed, or the file cannot be written; it is then as it was.
    """
    decision = decision.normal()
    if fault := decision.fault():
        raise UsageError(f"{decision.verdict}: {fault}")
    try:
        with file.open("a+b") as stream:
            take_lock(stream.fileno(), wait=True)  # until it is closed
            stream.seek(0)
            return _append(stream.fileno(), stream.read(), decision, file)
    except OSError as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{file}: cannot be written ({reason}). Name a file in a folder that exists with --review.") from error


def _append(descriptor: int, before: bytes, decision: Decision, file: Path) -> bool:
    """Write a line behind what is there, through a file that is open and locked."""
    try:
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is no UTF-8 text ({error.reason} at byte {error.start}). Save it so.") from error
    if _is_said([other for _, other in decisions_in(text, file)], decision):
        return False
    opening = HEADER if not before else "" if before.endswith(b"\n") else "\n"
    data = f"{opening}{decision.line()}\n".encode()
    try:
        if os.write(descriptor, data) != len(data):
            raise OSError(None, "the disk is full")
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, len(before))
        raise
    return True


def _is_said(decisions: Sequence[Decision], decision: Decision) -> bool:
    """Whether a decision stands among others and none behind it says otherwise."""
    alike = [other for other in decisions if other.about == decision.about]
    return any(other == decision and all(other.agrees(later) for later in alike[at + 1 :]) for at, other in enumerate(alike))
