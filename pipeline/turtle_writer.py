"""N-Triples as Turtle in which a triple is a line of its own, whatever stands before and after it.

A line ends in “;” and a subject in a line of “.”, so that a triple more or less is a line more or less and no other line changes.
pyoxigraph's own Turtle joins the objects of a predicate in a line and gives the last line of a subject another mark.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, takewhile
from operator import itemgetter
from typing import IO

from pipeline.patterns import lazy
from pipeline.terms import RDF, XSD

_IRI = lazy(r"<([^<>]*)>")
_TYPED = lazy(r'(".*")\^\^(<[^<>]*>)', re.DOTALL)
# Local names as every reader of Turtle takes them; of the marks that Turtle lets a name hold when escaped, those that names have.
_CHAR, _MARK = r"\w\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd", r"/()&+,"
_LOCAL = lazy(rf"[{_CHAR}](?:[{_CHAR}{_MARK}.-]*[{_CHAR}{_MARK}])?", re.ASCII)
_MARKS = lazy(f"[{_MARK}]")
_BARE = {  # literals that Turtle has without quotes, by datatype
    f"<{XSD}integer>": lazy(r'"([+-]?\d+)"', re.ASCII),
    f"<{XSD}decimal>": lazy(r'"([+-]?\d*\.\d+)"', re.ASCII),
    f"<{XSD}boolean>": lazy(r'"(true|false)"'),
}
_TYPE = f"<{RDF}type>"
_END = "\n.\n"  # of a block
_ESCAPED = lazy(r"\\(.)")
_MOST = 1 << 16  # terms whose short forms are kept
_PIECE = 1 << 20  # characters that are read at once


def turtle(lines: Iterable[str], names: Mapping[str, str]) -> str:
    """Turtle of lines of N-Triples in which those of a subject follow one another; all of the prefixes `names`, sorted.

    Nothing where there is no line.
    """
    return "".join(turtle_pieces(lines, names))


def turtle_pieces(lines: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    """The same in pieces, so that no more than a subject is held at once."""
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(names.items()))
    for block in _blocks(lines, _Short(names)):
        yield head + block
        head = ""


def spliced(file: IO[str], subjects: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> Iterator[str]:
    """Turtle that `turtle` wrote, with other lines for some subjects: by the IRI of each, lines of N-Triples, sorted, or none.

    The subjects of the file stand in the order of their lines of N-Triples, and so do those of the result, which comes in pieces.
    """
    short = _Short(names)
    waiting = deque(sorted((f"<{iri}>", "".join(_blocks(lines, short))) for iri, lines in subjects.items()))
    yield "".join(takewhile(lambda line: line != "\n", file))  # the prefixes
    left = "\n"
    while text := file.read(_PIECE):
        whole, end, left = (left + text).rpartition(_END)
        if end:
            yield from _renewed(whole + end, waiting, names)
    yield from (block for _, block in waiting)


def _renewed(text: str, waiting: deque[tuple[str, str]], names: Mapping[str, str]) -> Iterator[str]:
    """Some blocks with those that are waiting in their places, by the subject of each."""
    last = text.rfind(_END, 0, -len(_END))
    if not waiting or _subject(text[last + len(_END) if last >= 0 else 0 :], names) < waiting[0][0]:
        yield text
        return
    for block in text.split(_END)[:-1]:
        subject = _subject(block, names)
        while waiting and waiting[0][0] < subject:
            yield waiting.popleft()[1]
        yield waiting.popleft()[1] if waiting and waiting[0][0] == subject else block + _END


def _subject(block: str, names: Mapping[str, str]) -> str:
    """The subject of a block of Turtle as N-Triples has it."""
    head = block[1 : block.index("\n", 1)]
    if head.startswith("<"):
        return head
    name, _, local = head.partition(":")
    return f"<{names[name]}{_ESCAPED.sub(lambda found: found[1], local)}>"


class _Short(dict[str, str]):
    """Terms of N-Triples as Turtle writes them, each worked out once while there is room."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = {space: name for name, space in names.items()}

    def __missing__(self, term: str) -> str:
        if len(self) > _MOST:
            self.clear()
        self[term] = written = self._shortened(term[1:-1]) or term if term.startswith("<") else term
        return written

    def _shortened(self, iri: str) -> str | None:
        """An IRI by the longest namespace that it begins with, where the rest is a plain name."""
        cut = len(iri)
        while (cut := max(iri.rfind("/", 0, cut), iri.rfind("#", 0, cut))) > 0:
            name, local = self._prefixes.get(iri[: cut + 1]), iri[cut + 1 :]
            if name is not None:
                return name + ":" + _MARKS.sub(r"\\\g<0>", local) if _LOCAL.fullmatch(local) else None
        return None


def _blocks(lines: Iterable[str], short: _Short) -> Iterator[str]:
    """A block for each subject."""
    parts = (line.rstrip(" .\n").split(" ", 2) for line in lines)
    for subject, triples in groupby(parts, key=itemgetter(0)):
        said = ((short[predicate] if predicate != _TYPE else "a", _object(obj, short)) for _, predicate, obj in triples)
        yield f"\n{short[subject]}\n" + "".join([f"    {predicate} {obj} ;\n" for predicate, obj in said]) + ".\n"


def _object(obj: str, short: _Short) -> str:
    if obj.startswith("<<("):  # a triple term of RDF 1.2
        return _IRI.sub(lambda found: short[found[0]], obj)
    if not obj.startswith('"'):
        return short[obj]
    typed = _TYPED.fullmatch(obj)
    if not typed:
        return obj
    bare = _BARE.get(typed[2])
    plain = bare.fullmatch(typed[1]) if bare else None
    return plain[1] if plain else f"{typed[1]}^^{short[typed[2]]}"
