"""N-Triples as Turtle in which a triple is a line of its own, whatever stands before and after it.

A line ends in “;” and a subject in a line of “.”, so that a triple more or less is a line more or less and no other line changes.
pyoxigraph's own Turtle joins the objects of a predicate in a line and gives the last line of a subject another mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

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


def turtle(lines: Iterable[str], names: Mapping[str, str]) -> str:
    """Turtle of lines of N-Triples in which those of a subject follow one another; all of the prefixes `names`, sorted.

    Nothing where there is no line.
    """
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(names.items()))
    blocks = "".join(_blocks(lines, _Short(names)))
    return head + blocks if blocks else ""


def spliced(text: str, subjects: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> str:
    """Turtle that `turtle` wrote, with other lines for some subjects: by the IRI of each, lines of N-Triples, sorted, or none.

    The subjects of `text` stand in the order of their lines of N-Triples, and so do those of the result.
    """
    short = _Short(names)
    start = text.find("\n\n") + 1
    blocks = text[start:].split(_END)[:-1]
    at = {block[1 : block.index("\n", 1)]: number for number, block in enumerate(blocks)}
    added: dict[int, list[str]] = defaultdict(list)  # before which block
    gone: set[int] = set()
    for subject, lines in sorted((f"<{iri}>", lines) for iri, lines in subjects.items()):
        place = at.get(short[subject])
        block = "".join(_blocks(lines, short)).removesuffix(_END)
        if place is None:
            place = bisect_left(blocks, subject, key=lambda block: _subject(block, names))
        else:
            gone.add(place)
        added[place].extend([block] if block else [])
    kept = (
        each
        for number in range(len(blocks) + 1)
        for each in (*added.get(number, ()), *(blocks[number : number + 1] if number not in gone else ()))
    )
    return text[:start] + "".join(block + _END for block in kept)


def _subject(block: str, names: Mapping[str, str]) -> str:
    """The subject of a block of Turtle as N-Triples has it."""
    head = block[1 : block.index("\n", 1)]
    if head.startswith("<"):
        return head
    name, _, local = head.partition(":")
    return f"<{names[name]}{_ESCAPED.sub(lambda found: found[1], local)}>"


class _Short(dict[str, str]):
    """Terms of N-Triples as Turtle writes them, each worked out once."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = {space: name for name, space in names.items()}

    def __missing__(self, term: str) -> str:
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
    parts = (line.rstrip(" .\n").split(" ", 2) for line in lines)
    for subject, triples in groupby(parts, key=lambda triple: triple[0]):
        yield f"\n{short[subject]}\n"
        for _, predicate, obj in triples:
            yield f"    {'a' if predicate == _TYPE else short[predicate]} {_object(obj, short)} ;\n"
        yield ".\n"


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
