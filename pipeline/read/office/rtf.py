"""Reads .rtf (Rich Text Format 1.9.1): paragraphs, headings by outline level, rows of tables, footnotes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.layout import Element

_TOKEN = lazy(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_SKIPPED = frozenset(  # destinations that are no text
    "fonttbl colortbl stylesheet listtable listoverridetable info pict objdata themedata colorschememapping latentstyles"
    " datastore generator filetbl revtbl rsidtbl xmlnstbl fldinst shpinst bkmkstart bkmkend pntext pntxta pntxtb annotation"
    " atnid atnauthor atnref atndate nonshppict falt panose listtext mmathPr ftnsep ftnsepc aftnsep aftnsepc template"
    " nonesttables".split()
)
_KEPT = frozenset("shptxt shprslt fldrslt footnote header footer headerl headerr headerf footerl footerr footerf".split())
_HEADS = frozenset("header footer headerl headerr headerf footerl footerr footerf".split())
_CHARS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": "\t", "emspace": "\u2003", "enspace": "\u2002",
}  # fmt: skip
_CHARSETS = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251"}
_DEPTH = 500  # groups within groups


@dataclass(slots=True)
class _Group:
    """What holds up to the next closing brace."""

    skipped: bool = False
    hidden: bool = False
    head: bool = False
    note: bool = False
    fallback: int = 1  # characters after \u that stand for it
    encoding: str = "cp1252"
    fresh: bool = True  # nothing was read in it


@dataclass(slots=True)
class _Story:
    """A text in the making: that of the body, of a running head or of a note."""

    parts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    in_table: bool = False
    level: int = 0
    found: list[Element] = field(default_factory=list)


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a rich text. ReadError where it is broken or holds no text."""
    found = _Reader(data, name).read()
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found


class _Reader:
    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._groups = [_Group()]
        self._stories = [_Story()]
        self._fonts: dict[int, str] = {}
        self._font = -1  # that is being declared
        self._in_fonts = False
        self._bytes = bytearray()  # characters that are not decoded yet
        self._skip = 0  # characters that stand for one in Unicode
        self._paragraphs = self._tables = self._notes = 0
        self._was_row = False

    def read(self) -> list[Element]:
        position = 0
        while match := _TOKEN.match(self._data, position):
            position = match.end()
            kind = match.lastgroup
            if kind in ("word", "number"):
                word, number = match["word"].decode("ascii"), int(match["number"]) if match["number"] else None
                if word == "bin":
                    position += min(max(number or 0, 0), len(self._data))
                self._word(word, number)
            elif kind == "byte":
                self._character(bytes([int(match["byte"], 16)]))
            elif kind == "text":
                self._character(match["text"])
            elif kind == "sign":
                self._sign(match["sign"])
            elif kind == "brace":
                self._flush()
                self._brace(match["brace"])
        self._flush()
        while len(self._stories) > 1:
            self._end_story(self._groups[-1])
        self._paragraph()
        return self._stories[0].found

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._groups) > _DEPTH:
                raise ReadError(f"{self._name}: is nested more than {_DEPTH} groups deep: save it as .docx")
            self._groups.append(replace(self._groups[-1], fresh=True, head=False, note=False))
        elif len(self._groups) > 1:
            group = self._groups.pop()
            self._skip = 0
            if group.head or group.note:
                self._end_story(group)
            if group.skipped and not self._groups[-1].skipped:
                self._in_fonts = False

    def _end_story(self, group: _Group) -> None:
        """Puts a running head or a note behind what was read."""
        self._paragraph()
        story = self._stories.pop()
        text = " ".join(" ".join(filter(None, each.cells)) or each.text for each in story.found)
        if not text:
            return
        if group.head:
            self._stories[0].found.append(Element(text, left_out="running head"))
        else:
            self._notes += 1
            key = f"note-{self._notes}"
            outer = self._stories[-1]
            outer.parts.append("\0" + key + "\0")
            place = ((0, Place(path=f"note {self._notes}")),)
            outer.found.append(Element(text, kind="footnote", key=key, mark=f"[{self._notes}]", places=place))

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._groups[-1].skipped = True  # until a destination that is known
        elif sign in (b"\r", b"\n"):
            self._word("par", None)
        elif sign == b"~":
            self._add("\u00a0")
        elif sign == b"_":
            self._add("-")
        elif sign in b"\\{}":
            self._character(sign)

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        group = self._groups[-1]
        first, group.fresh = group.fresh, False
        if word in _SKIPPED and first:
            group.skipped, self._in_fonts = True, word == "fonttbl"
        elif word in _KEPT and not self._groups[-2 if len(self._groups) > 1 else -1].skipped:
            group.skipped = False
            if word in _HEADS or word == "footnote":
                group.head, group.note = word in _HEADS, word == "footnote"
                self._stories.append(_Story())
        elif word == "u":
            self._add(chr((number or 0) % 65536))
            self._skip = group.fallback
        elif word == "uc":
            group.fallback = min(max(number or 0, 0), 10)
        elif word == "ansicpg":
            self._groups[0].encoding = group.encoding = _codec(number or 0)
        elif word == "f" and self._in_fonts:
            self._font = number or 0
        elif word == "fcharset" and self._in_fonts:
            self._fonts[self._font] = _CHARSETS.get(number or 0, "")
        elif word == "f":
            group.encoding = self._fonts.get(number or 0, "") or self._groups[0].encoding
            if group.encoding == "cp1252" and self._groups[0].encoding != "cp1252":
                group.encoding = self._groups[0].encoding  # a Latin font says nothing of Chinese bytes
        elif word in ("v", "deleted"):
            group.hidden = number != 0
        elif word == "plain":
            group.hidden = False
        elif not group.skipped:
            self._layout(word, number)

    def _layout(self, word: str, number: int | None) -> None:
        """What parts paragraphs, cells and rows."""
        story = self._stories[-1]
        if word in _CHARS:
            self._add(_CHARS[word])
        elif word in ("par", "sect", "page", "line"):
            self._paragraph()
        elif word == "pard":
            story.in_table, story.level = False, 0
        elif word in ("intbl", "itap"):
            story.in_table = number != 0
        elif word == "outlinelevel":
            story.level = (number or 0) + 1 if (number or 0) < 9 else 0
        elif word in ("cell", "nestcell"):
            story.cells.append(" ".join("".join(story.parts).split()))
            story.parts.clear()
        elif word in ("row", "nestrow"):
            self._row(story)

    def _row(self, story: _Story) -> None:
        if any(story.cells):
            self._tables += not self._was_row
            place = ((0, Place(path=f"table {self._tables}")),)
            cells = tuple(re.sub("\0[^\0]*\0", "", cell) for cell in story.cells)
            story.found.append(Element("", cells=cells, table=self._tables, header=not self._was_row, places=place))
            self._was_row = True
        story.cells.clear()
        story.parts.clear()

    def _paragraph(self) -> None:
        """Ends a paragraph; in a cell it is only a line of it."""
        self._flush()
        story = self._stories[-1]
        if story.in_table:
            story.parts.append("\n")
            return
        if story.cells:
            self._row(story)
        whole = "".join(story.parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # pairs of \\u
        pieces = re.split("\0", whole.strip())
        text, notes = "", []
        for at, piece in enumerate(pieces):
            if at % 2:
                notes.append((len(text), piece))
            else:
                text += piece
        story.parts.clear()
        if not text.strip():
            return
        self._was_row = False
        self._paragraphs += 1
        place = ((0, Place(path=f"paragraph {self._paragraphs}")),)
        kind, level = ("heading", story.level) if story.level else (None, 0)
        own = [element for element in story.found if element.key in {key for _, key in notes}]
        story.found[:] = [element for element in story.found if element not in own]
        story.found.append(Element(text, kind=kind, level=level, notes=tuple(notes), places=place))  # type: ignore[arg-type]
        story.found += own

    def _character(self, data: bytes) -> None:
        """Bytes of text, but those that stand for a character in Unicode."""
        self._groups[-1].fresh = False
        if self._skip:
            cut = min(self._skip, len(data))
            self._skip -= cut
            data = data[cut:]
        self._bytes += data

    def _flush(self) -> None:
        """Decodes the bytes that were gathered, in the encoding of their font."""
        self._skip = 0
        if self._bytes:
            text = self._bytes.decode(self._groups[-1].encoding, errors="replace")
            self._bytes.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        group = self._groups[-1]
        if self._bytes:
            self._flush()
        if not group.skipped and not group.hidden:
            self._stories[-1].parts.append(text)


def _codec(page: int) -> str:
    """The codec of a Windows code page; GBK is read as GB18030, which holds it."""
    if page == 936:
        return "gb18030"
    try:
        return codecs.lookup(f"cp{page}" if page != 65001 else "utf-8").name
    except LookupError:
        return "cp1252"
