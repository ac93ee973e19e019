"""Reads .xlsx: each sheet under its name, its rows as those of tables, cells as they are shown (ECMA-376 part 1, 18)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.patterns import lazy
from pipeline.read.cells import row_of
from pipeline.read.layout import Element
from pipeline.read.package import Package, within

_ID = lazy(r"\{.*/relationships\}id")
_REFERENCE = lazy(r"([A-Z]{1,3})(\d{1,7})")
_UNNAMED = lazy(r"(?:Sheet|工作表)\s*\d*", re.I)  # what a sheet is called where nobody named it
_COLUMNS = 256  # columns that are read
_LITERAL = lazy(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a format code: what stands for itself
_NUMBER = lazy(r"(?P<group>#,##)?0(?:\.(?P<decimals>0+))?\)?(?P<percent>%)?")
# Built-in formats (18.8.30), those of Chinese among them: days, months, times of day.
_DATES = {**dict.fromkeys((14, 15, 16, 17, 22, 27, 30, 36, 50, 54), "yyyy-m-d"), 22: "yyyy-m-d h:mm"}
_DATES |= {**dict.fromkeys((28, 29, 31, 51, 53, 58), "yyyy年m月d日"), **dict.fromkeys((57, 52), "yyyy年m月")}
_DATES |= dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm")
_BUILT_IN = {**_DATES, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 39: "#,##0.00"}


def elements(data: bytes, name: str) -> list[Element]:
    """The elements of a workbook. ReadError where it cannot be opened or no cell holds anything."""
    found = list(_Book(Package(data, name, "spreadsheet", ".xlsx")).sheets())
    if not any(element.cells or element.text for element in found if not element.left_out and element.kind != "heading"):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by column from 0, as shown."""

    number: int
    cells: Mapping[int, str]
    hidden: bool


class _Book:
    def __init__(self, package: Package) -> None:
        self._package = package
        main = next((each.target for each in package.relations("").values() if each.kind == "officeDocument"), "xl/workbook.xml")
        book = package.tree(main)
        if book is None:
            raise package.damaged(f"it has no {main}")
        self._book = book
        self._related = package.relations(main)
        roles = {relation.kind: relation.target for relation in self._related.values()}
        strings = package.tree(roles.get("sharedStrings", within(main, "../sharedStrings.xml")))
        self._strings = [_text(each) for each in (() if strings is None else strings.iterfind("si"))]
        self._formats = _formats(package.tree(roles.get("styles", "")))
        settings = book.find("workbookPr")
        self._epoch = datetime(1904, 1, 1) if settings is not None and settings.get("date1904") in ("1", "true") else _EPOCH
        self._tables = 0

    def sheets(self) -> Iterator[Element]:
        """The tables of each sheet, below its name where there are several; hidden sheets and rows as left out."""
        sheets = self._book.findall("sheets/sheet")
        for sheet in sheets:
            key = next((value for attribute, value in sheet.attrib.items() if _ID.fullmatch(attribute)), "")
            root = self._package.tree(self._related[key].target) if key in self._related else None
            if root is None or self._related[key].kind != "worksheet":
                continue
            title, hidden = " ".join((sheet.get("name") or "").split()), sheet.get("state", "visible") != "visible"
            found = list(self._tables_of(root, title))
            if found and len(sheets) > 1 and not _UNNAMED.fullmatch(title):
                found.insert(0, Element(title, kind="heading", level=1, places=((0, Place(path=title)),)))
            yield from (_hidden(element, "hidden sheet") for element in found) if hidden else found

    def _tables_of(self, root: Node, title: str) -> Iterator[Element]:
        """The rows of a sheet; one that is empty parts two tables, one with a single cell above a table is its caption."""
        rows = [self._row(row, at) for at, row in enumerate(root.iterfind("sheetData/row"), start=1)]
        rows = _spread(rows, [each.get("ref", "") for each in root.iterfind("mergeCells/mergeCell")])
        open_, last = False, 0
        for row in rows:
            if not row.cells:
                continue
            open_ = open_ and row.number == last + 1
            last = row.number
            place = ((0, Place(path=f"{title}, row {row.number}")),)
            texts = tuple(row.cells.get(column, "") for column in range(min(row.cells), max(row.cells) + 1))
            if row.hidden:
                yield Element(" ".join(filter(None, texts)), places=place, left_out="hidden row")
            elif len(texts) == 1 and not open_:
                yield Element(texts[0], places=place)
            else:
                self._tables += not open_
                first = tuple(row.cells.get(column, "") for column in range(max(row.cells) + 1))
                yield Element("", cells=first, table=self._tables, header=not open_, places=place)
                open_ = True

    def _row(self, row: Node, at: int) -> _Row:
        number = row.get("r", "")
        lines: dict[int, list[str]] = {}
        column = -1
        for cell in row.iterfind("c"):
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(match[1]) if match else column + 1
            text = self._shown(cell) if column < _COLUMNS else ""
            if text.strip():
                lines[column] = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        cells = dict(zip(lines, row_of(list(lines.values())), strict=True))
        return _Row(int(number) if number.isdigit() and len(number) < 8 else at, cells, row.get("hidden") in ("1", "true"))

    def _shown(self, cell: Node) -> str:
        """What a cell shows: a shared string, a text of its own, a truth, a number in its format."""
        kind, value = cell.get("t", "n"), cell.findtext("v") or ""
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
        if kind == "inlineStr":
            inline = cell.find("is")
            return "" if inline is None else _text(inline)
        if kind in ("str", "d"):
            return value
        if kind in ("b", "e"):
            return {"b0": "否", "b1": "是"}.get(kind + value, "")
        style = cell.get("s", "")
        return _number(value, self._formats.get(int(style), "") if style.isdigit() else "", self._epoch)


_EPOCH = datetime(1899, 12, 30)  # day 0, so that the days from March 1900 on are right


def _number(value: str, code: str, epoch: datetime) -> str:
    """A number as its format shows it; as it stands where the format is not known."""
    try:
        number = float(value)
    except ValueError:
        return value
    code = code.split(";", maxsplit=1)[0]
    plain = _LITERAL.sub(lambda match: match[0][1:-1] if match[0][0] == '"' else "", code)
    if re.search("[ymdhs]", re.sub("General|E[+-]", "", plain), re.I) and -60_000 < number < 2_900_000:
        return _date(epoch + timedelta(days=number), plain)
    match = _NUMBER.search(plain)
    if match is None or "E" in plain or "?" in plain:
        return f"{number:.15g}" if abs(number) < 1e15 else value
    shown = f"{100 * number if match['percent'] else number:{',' if match['group'] else ''}.{len(match['decimals'] or '')}f}"
    around = re.sub(r"[#,0.?)%(-]+", "\0", plain.replace("General", "\0"))
    before, _, after = around.partition("\0")
    return before.strip() + shown + (match["percent"] or "") + after.replace("\0", "").strip()


def _date(moment: datetime, code: str) -> str:
    """A day, month or time of day; in Chinese where the format is."""
    moment = (moment + timedelta(seconds=0.5)).replace(microsecond=0)
    lower = code.lower()
    clock = f"{moment:%H:%M}" if "h" in lower else ""
    if "y" not in lower and "d" not in lower:
        return clock or f"{moment.month}月"
    if "年" in code or "月" in code:
        year = f"{moment.year}年" if "y" in lower else ""
        day = f"{moment.month}月" * ("m" in lower) + f"{moment.day}日" * ("d" in lower)
        return f"{year}{day} {clock}".strip()
    return f"{moment:%Y-%m-%d} {clock}".strip() if "d" in lower else f"{moment:%Y-%m}"


def _formats(styles: Node | None) -> dict[int, str]:
    """The format code of each style of cells."""
    if styles is None:
        return {}
    codes = {str(key): code for key, code in _BUILT_IN.items()}
    codes |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iterfind("numFmts/numFmt")}
    return {at: codes.get(each.get("numFmtId", ""), "") for at, each in enumerate(styles.iterfind("cellXfs/xf"))}


def _spread(rows: Sequence[_Row], merged: Sequence[str]) -> list[_Row]:
    """The rows with the text of cells that are merged downwards in each of their rows."""
    by_number = {row.number: dict(row.cells) for row in rows}
    for reference in merged[:20_000]:
        corners = [_REFERENCE.fullmatch(each) for each in reference.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            continue
        column, first, last = _column(corners[0][1]), int(corners[0][2]), int(corners[1][2])
        text = by_number.get(first, {}).get(column)
        wide = _column(corners[1][1]) > column
        for number in range(first + 1, min(last, first + 2_000) + 1) if text and not wide else ():
            if by_number.get(number):
                by_number[number].setdefault(column, text or "")
    return [_Row(row.number, by_number[row.number], row.hidden) for row in rows]


def _hidden(element: Element, reason: str) -> Element:
    text = " ".join(filter(None, element.cells)) or element.text
    return Element(text, places=element.places, left_out=element.left_out or reason)


def _text(item: Node) -> str:
    """The text of a string without its reading aid (18.4.6)."""
    return "".join(
        run.text or "" for part in item for run in (part.iter("t") if part.tag in ("t", "r") else ())
    )  # fmt: skip


def _column(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
