"""What a build remembers of itself, in its own folder, so that the next one redoes only what has changed.

It holds, of every document, how it uses names and what it gave the graph, but for the lines that no other document has: these are
on the shelf (kept.py). One that is missing, broken or of another version is no memory: all is put together again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.ledger.uses import Use
from pipeline.model import Evidence
from pipeline.shares import Share

FILE = "memory"  # in the folder of a build
_FIRST = 4  # fields of a Known say what it is
_SUM = 4  # bytes before the data


class Told(NamedTuple):
    """What the files of a build hold of one document: its rows of claims.jsonl (their length in bytes, and how many of each
    relation), and those of rejected.jsonl (text, and how many for each reason)."""

    length: int = 0
    claims: Mapping[str, int] = {}  # never changed
    rejected: str = ""
    reasons: Mapping[str, int] = {}


class Known(NamedTuple):
    """One document in a build: the key of what was read of it, or the reason why nothing was, and what followed.

    `scope` is whose a name is that many things have, `view` a digest of what its names are the names of. `share` is without its
    own lines. `named` is the evidence for names beside that of its facts, and `further` the lines that say where it stands.
    `reviewed` is a digest of what people say of its claims, and `idle` are the lines of it without effect, each with
    the reason.
    """

    key: str
    path: str
    name: str = ""
    failure: str = ""
    scope: str | None = None
    uses: tuple[Use, ...] = ()
    view: str = ""
    share: Share = Share()
    named: tuple[Evidence, ...] = ()
    further: tuple[str, ...] = ()
    told: Told = Told()
    reviewed: str = ""
    idle: tuple[tuple[str, str], ...] = ()


class Memory(NamedTuple):
    """A build: `made_with` is a digest of what it was made with, `joint` the lines that all documents give together."""

    made_with: str
    with_ontology: bool = False  # in graph.ttl
    documents: tuple[Known, ...] = ()
    joint: tuple[str, ...] = ()
    triples: int = 0


def read_memory(folder: Path, made_with: str) -> Memory | None:
    """The memory of the build in a folder; None where there is none, or where it was made with something else."""
    with suppress(OSError, msgspec.DecodeError):
        kept = memoryview((folder / FILE).read_bytes())
        if kept[:_SUM] == _sum(kept[_SUM:]):
            memory = msgspec.msgpack.decode(kept[_SUM:], type=Memory)
            return memory if memory.made_with == made_with else None
    return None


class _Places(NamedTuple):
    """A Memory whose documents are not taken apart."""

    made_with: msgspec.Raw
    with_ontology: msgspec.Raw
    documents: tuple[tuple[msgspec.Raw, ...], ...]
    joint: msgspec.Raw
    triples: msgspec.Raw


def read_keys(folder: Path) -> dict[str, str]:
    """The keys of what was read of the documents of the build in a folder, by their names; none where it remembers nothing."""
    with suppress(OSError, msgspec.DecodeError):
        kept = memoryview((folder / FILE).read_bytes())
        if kept[:_SUM] == _sum(kept[_SUM:]):
            documents = msgspec.msgpack.decode(kept[_SUM:], type=_Places).documents
            places = [Known(*map(msgspec.msgpack.decode, document[:_FIRST])) for document in documents]
            return {place.name: place.key for place in places if not place.failure}
    return {}


def write_memory(folder: Path, memory: Memory) -> None:
    """Keep the memory of a build in its folder."""
    data = msgspec.msgpack.encode(memory)
    with (folder / FILE).open("wb") as file:
        file.write(_sum(data))
        file.write(data)


def _sum(data: bytes | memoryview) -> bytes:
    """What tells data from what a disk has made of it; packing it would take a third of the time of a small build's end."""
    return zlib.crc32(data).to_bytes(_SUM, "big")


def digest_of(*parts: object) -> str:
    """A digest (hex) of parts that are written the same on every run."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()
