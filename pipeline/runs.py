"""Lines of text, sorted, each once, however many there are: sorted by parts, which are laid down on the disk and then merged.

Lines are bytes of UTF-8 without their line feed; bytes sort as the characters that they stand for. They come in blocks: what is
done to many lines at once costs little.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import IO

MOST = 1 << 24  # bytes of the lines that are held at once
_LEAST_BLOCK = 1 << 16  # bytes of a block
_MANY = 1 << 12  # lines that are taken at once

Block = list[bytes]  # lines, sorted, each once


class Sorter:
    """Takes lines in any order, and gives them sorted, each once, as often as asked. Its file, in `folder`, goes with it."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by __exit__
        self._held: list[bytes] = []
        self._size = 0
        self._ends = [0]  # of the runs in the file

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines."""
        left = iter(lines)
        while some := list(islice(left, _MANY)):
            self._held += some
            self._size += sum(map(len, some))
            if self._size >= MOST:
                self._lay_down()

    def runs(self) -> list[Iterator[Block]]:
        """All lines as blocks of several runs, to be merged."""
        self._lay_down()
        return [blocks(self._file, start, end, len(self._ends)) for start, end in pairwise(self._ends)]

    def __iter__(self) -> Iterator[Block]:
        return merge_runs(self.runs())

    def _lay_down(self) -> None:
        if self._held:
            self._file.seek(self._ends[-1])
            self._file.write(joined(sorted({*self._held})))
            self._ends.append(self._file.tell())
            self._held, self._size = [], 0


def blocks(file: IO[bytes], start: int, end: int, runs: int = 1) -> Iterator[Block]:
    """The lines of file[start:end], which are sorted, in blocks of which one of each of so many runs may be held at once; others
    may read the file meanwhile."""
    size = max(_LEAST_BLOCK, MOST // runs)
    while start < end:
        file.seek(start)
        text = file.read(min(size, end - start))
        whole = text.rfind(b"\n") + 1
        if not whole:  # a line that is longer than a block
            file.seek(start)
            text = file.readline()
            whole = len(text)
        start += whole
        yield text[: whole - 1].split(b"\n")


def joined(lines: Iterable[bytes]) -> bytes:
    """Lines as they stand in a file."""
    return b"\n".join((*lines, b""))


def merge_runs(runs: Iterable[Iterator[Block]]) -> Iterator[Block]:
    """The lines of several runs, sorted, each once, in blocks; a block of each run is held at once."""
    at_hand = [run for each in runs if (run := _Run(each)).fill()]
    while at_hand:
        bound = min(run.last for run in at_hand)
        taken = [line for run in at_hand for line in run.take(bound)]
        taken.sort()
        yield list(dict.fromkeys(taken))
        at_hand = [run for run in at_hand if run.fill()]


class _Run:
    """A run and the block of it that is being merged."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._block: Sequence[bytes] = ()
        self._at = 0

    @property
    def last(self) -> bytes:
        """The last line of the block."""
        return self._block[-1]

    def take(self, bound: bytes) -> Sequence[bytes]:
        """The lines of the block up to `bound` that have not been taken."""
        start, self._at = self._at, bisect_right(self._block, bound, self._at)
        return self._block[start : self._at]

    def fill(self) -> bool:
        """Go on to the next block where all of this one has been taken; whether there is any."""
        while self._at == len(self._block):
            block = next(self._blocks, None)
            if block is None:
                return False
            self._block, self._at = block, 0
        return True


def parted(one: Iterable[Block], other: Iterable[Block]) -> tuple[set[bytes], set[bytes]]:
    """The lines that only one has, and those that only the other has; both are sorted."""
    only_one, only_other = set[bytes](), set[bytes]()
    runs = [_Run(iter(one)), _Run(iter(other))]
    at_hand = [run for run in runs if run.fill()]
    while at_hand:
        bound = min(run.last for run in at_hand)
        first, second = ({*run.take(bound)} for run in runs)
        only_one |= first - second
        only_other |= second - first
        at_hand = [run for run in at_hand if run.fill()]
    return only_one, only_other
