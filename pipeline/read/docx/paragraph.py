"""A paragraph in the making: the text of its lines, with the notes that hang in it and where it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element as Node

from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.docx.styles import Look
from pipeline.read.layout import Element, ElementKind

_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x85\u2028\u2029", " "))
_BESIDE_FORMULA = lazy(r"\s*(?:[（(][\d\-.—–A-Z]+[）)]\s*)?(?:[,.;，。；]\s*)?")
_PAST_LATIN = "\u0250"  # the first character after the Latin letters


@dataclass(slots=True)
class Line:
    """A text in the making, with the notes that hang in it and the places that it comes from."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)

    def add(self, text: str, place: Place) -> None:
        """Adds text that stands at a place of the file."""
        if not text:
            return
        if not self.places or self.places[-1][1] is not place:
            self.places.append((self.length, place))
        self.parts.append(text)
        self.length += len(text)

    def blank(self) -> bool:
        """Holds nothing but white space."""
        return all(part.isspace() for part in self.parts)

    def join(self, other: Element) -> None:
        """Adds another text, with a space between Latin words."""
        if not other.text:
            return
        if self.parts and self.parts[-1][-1] < _PAST_LATIN and other.text[0] < _PAST_LATIN:
            self.parts.append(" ")
            self.length += 1
        self.notes += [(self.length + at, key) for at, key in other.notes]
        self.places += [(self.length + at, place) for at, place in other.places]
        self.parts.append(other.text)
        self.length += len(other.text)

    def element(self, number: str = "") -> Element:
        """The text behind its number, without the white space around it."""
        whole = "".join(self.parts)
        text = number + whole.strip()
        shift = len(number) - (len(whole) - len(whole.lstrip()))
        notes = tuple((min(max(at + shift, len(number)), len(text)), key) for at, key in self.notes)
        starts = {max(at + shift, len(number)): place for at, place in self.places}
        places = tuple((at if at > len(number) else 0, place) for at, place in starts.items() if at < len(text))
        return Element(text, notes=notes, places=places)


class Note(NamedTuple):
    """A footnote or endnote that hangs in a paragraph; its mark as the reader sees it."""

    key: str
    mark: str
    node: Node


@dataclass(slots=True)
class Flow:
    """A paragraph in the making: its lines, what is hidden in it, and what follows it."""

    where: str
    look: Look
    lines: list[Line] = field(default_factory=lambda: [Line()])
    hidden: Line = field(default_factory=Line)
    custom: list[str] | None = None  # the mark of a note that its author wrote, while it is read
    notes: list[Note] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)  # of the open fields, whether their code is being read
    runs: int = 0
    place: Place | None = None
    hiding: bool = False
    formula: bool = False
    beside: list[str] = field(default_factory=list)  # the text that is no formula

    def begin_run(self, hiding: bool) -> None:
        """Goes on to the next run of the paragraph; `hiding` says that its text is hidden."""
        self.runs += 1
        self.place = Place(path=f"{self.where}, run {self.runs}")
        self.hiding = hiding

    def add(self, text: str) -> None:
        """Adds text to where it belongs: the mark of a note, the hidden text, or the line."""
        if any(self.codes):
            return
        text = text.translate(_BREAKS)
        if self.custom is not None:
            self.custom.append(text)
        else:
            (self.hidden if self.hiding else self.lines[-1]).add(text, self.place or Place(path=self.where))

    def kind(self) -> ElementKind | None:
        """That of its look; else "formula" where a formula stands alone or beside its number."""
        alone = self.formula and _BESIDE_FORMULA.fullmatch("".join(self.beside))
        return "formula" if alone and self.look.kind is None else self.look.kind
