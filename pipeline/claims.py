"""The claims of a build as rows: read from its folder, from a claims.jsonl that is kept elsewhere, or from stdin."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.builds import CLAIMS_FILE, hold
from pipeline.errors import DataError, UsageError
from pipeline.evaluate import read_rows, rows_of
from pipeline.ledger.uses import HOLDER
from pipeline.relations import shape_of
from pipeline.resolve import UNITED
from pipeline.rows import Row, uncollected


@uncollected()
def read_claims(place: Path) -> list[Row]:
    """The rows of the current build of an output folder, of a build's own folder, of a file, or of stdin, which is called "-".

    Raises UsageError where there is none, DataError where the rows are no claims.
    """
    if str(place) == "-":
        rows = rows_of(sys.stdin.buffer.read(), "stdin")
    elif place.is_dir():
        held = hold(place)
        if not (held.folder / CLAIMS_FILE).is_file():
            raise UsageError(f"{place}: holds no {CLAIMS_FILE}. Run `zhimai build --out {place}` first, or name another folder.")
        rows = read_rows(held.folder / CLAIMS_FILE)
    elif place.exists():
        rows = read_rows(place)
    else:
        raise UsageError(f"{place}: no such folder or file. Name a folder that was built, or a {CLAIMS_FILE}.")
    for row in rows:
        if fault := _fault(row):
            raise DataError(f"{place}: a row of {row['doc']} is no claim: {fault}. Name a {CLAIMS_FILE} of `zhimai build`.")
    return rows


def _fault(row: Row) -> str | None:
    """What keeps a row from being one of claims.jsonl; None where nothing does."""
    for slot in (*shape_of(row["rel"]).slots, HOLDER):
        filler = row.get(slot)
        for thing in filler if isinstance(filler, list) and slot in UNITED else [filler] if filler else ():
            if not (isinstance(thing, dict) and isinstance(thing.get("label"), str)) and (slot, type(thing)) != ("authors", str):
                return f"{slot} is no thing"
    return next((f"{name} is no number" for name in _NUMBERS if not isinstance(row.get(name, 0), int | float)), None)


_NUMBERS = ("start", "end", "confidence")


def no_fact(rows: Iterable[Row], document: str | None, relation: str | None) -> str:
    """What to say where none of `rows` is of a document and of a relation or facet: which name is unknown, and what is near."""
    known = [(row["doc"], row["rel"], row.get("facet") or row["rel"]) for row in rows]
    for wanted, names in ((document, {doc for doc, _, _ in known}), (relation, {name for one in known for name in one[1:]})):
        if wanted and wanted not in names:
            near = difflib.get_close_matches(wanted, sorted(names), n=1, cutoff=0.45)
            return f"no fact of {wanted} in either build" + (f": did you mean {near[0]}?" if near else "")
    return "no fact in either build" + "".join(f" of {wanted}" for wanted in (document, relation) if wanted)
