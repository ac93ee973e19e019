"""Footnotes: where they begin in a column, their marks, and the marks in the text that point to them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.layout import Element
from pipeline.read.pdf.lines import Draft, Line
from pipeline.read.pdf.sheet import Sheet

SMALLER = 0.93  # times the body's size: a footnote at most

MARK = lazy(r"[①-⑳⑴-⒇]|\*{1,3}|[†‡]|\d{1,3}")
CIRCLED = lazy("[①-⑳]")
NUMBERED = lazy(r"\d{1,3}[.．、](?!\d)")
NOTE_START = lazy(rf"(?:{p.MARKS.pattern}|[（〔]\d{{1,2}}[）〕]|[†‡]|\d{{1,2}}(?= ))")


def with_notes(sheet: Sheet) -> Iterator[Line | Draft | Element]:
    """What stands on the page in reading order, the footnotes of a column after it."""
    yield from sheet.asides
    marks = _raised(sheet)
    cuts = _note_starts(sheet, marks)
    notes = [_notes(region[cut:], marks) for region, cut in zip(sheet.regions, cuts, strict=True)]
    _part_keys(notes)
    keys = {_value(note.mark): note.key for group in reversed(notes) for note in reversed(group) if note.mark}
    for region, cut, group in zip(sheet.regions, cuts, notes, strict=True):
        own = {_value(note.mark): note.key for note in reversed(group) if note.mark}
        for line in region[:cut]:
            _hang(line, keys | own)
            yield line
        yield from group


def _note_starts(sheet: Sheet, marks: frozenset[str]) -> list[int]:
    """For each region, where its footnotes begin: they have nothing below them but footnotes."""
    columns = [region[0].column for region in sheet.regions]
    cuts = [len(region) for region in sheet.regions]
    for index in range(len(sheet.regions) - 1, -1, -1):
        column = columns[index]
        below = [
            other
            for other in range(index + 1, len(sheet.regions))
            if columns[other].left < column.right
            and column.left < columns[other].right
            and sheet.regions[other][0].top <= sheet.regions[index][-1].bottom + 2
        ]
        if all(cuts[other] == 0 for other in below):
            cuts[index] = _note_start(sheet, sheet.regions[index], marks)
    return cuts


def _note_start(sheet: Sheet, lines: list[Line], marks: frozenset[str]) -> int:
    """Where the footnotes of a region begin."""
    cut = len(lines)
    while cut and not lines[cut - 1].table and lines[cut - 1].size <= SMALLER * sheet.body:
        cut -= 1
    ruled = _below_rule(sheet, lines)
    if ruled < len(lines) and (ruled >= cut or _mark(lines[ruled], marks)):
        return ruled
    while cut < len(lines) and not _mark(lines[cut], marks):
        cut += 1
    return cut


def _below_rule(sheet: Sheet, lines: list[Line]) -> int:
    """The first line below the last short rule at the left edge of the column."""
    column = lines[0].column
    width = max(column.right - column.left, 100)
    for rule in sorted(sheet.page.rules, key=lambda rule: rule.bottom):
        if not rule.level or abs(rule.left - column.left) > sheet.body or not 30 < rule.right - rule.left < 0.67 * width:
            continue
        at = sum(line.base > rule.bottom for line in lines)
        if at < len(lines) and rule.bottom < 0.75 * sheet.page.height:
            return at if all(line.size <= sheet.body for line in lines[at:]) else len(lines)
    return len(lines)


def _raised(sheet: Sheet) -> frozenset[str]:
    """The numbers that hang in the lines of a page; and those before them, as a note may stand on the page after its mark."""
    parts = (part for region in sheet.regions for line in region for part, raised in line.parts if raised)
    marks = {_value(mark) for part in parts for mark in MARK.findall(part)}
    return frozenset(marks | {str(int(mark) - 1) for mark in marks if mark.isdigit()})


def _mark(line: Line, marks: frozenset[str]) -> str:
    """What a footnote begins with, else ""; one with a stop has to be one of the marks that hang on the page."""
    if line.table:
        return ""
    if line.parts and line.parts[0][1]:
        return line.parts[0][0]
    if match := NOTE_START.match(line.text):
        return match[0]
    match = NUMBERED.match(line.text)
    return match[0] if match and _value(match[0]) in marks else ""


def _value(mark: str) -> str:
    """The number of a mark, however it is dressed."""
    inner = mark.strip("[]()（）〔〕.．、")
    return str(int(unicodedata.numeric(inner))) if len(inner) == 1 and unicodedata.numeric(inner, None) is not None else inner


def _notes(lines: list[Line], marks: frozenset[str]) -> list[Draft]:
    """Lines at the foot as footnotes; the first has no mark where it carries on one of the page before."""
    notes: list[Draft] = []
    for line in lines:
        mark = _mark(line, marks)
        if not mark:
            if notes:
                notes[-1].lines.append(line)
            else:
                notes.append(Draft([line], "footnote"))
            continue
        line.text = line.text[len(mark) :].lstrip()
        notes.append(Draft([line], "footnote", mark, f"page-{line.page}-{mark}"))
    return notes


def _part_keys(notes: list[list[Draft]]) -> None:
    """Numbers the keys of notes on a page that have the same mark, as where each column counts its own."""
    seen: Counter[str] = Counter()
    for note in (note for group in notes for note in group if note.mark):
        seen[note.key] += 1
        if seen[note.key] > 1:
            note.key += f"-{seen[note.key]}"


def _hang(line: Line, keys: dict[str, str]) -> None:
    """Takes the marks of footnotes out of a line: those that are raised, and circled ones that a note on the page has."""
    if line.table or not (any(raised for _, raised in line.parts) or CIRCLED.search(line.text)):
        return
    text = ""
    for part, raised in line.parts:
        marks = MARK.findall(part)
        known = [keys[_value(mark)] for mark in marks if _value(mark) in keys]
        if raised and (known or part[0] not in "[(（〔"):
            line.hung += [(len(text), keys.get(_value(mark), f"page-{line.page}-{mark}")) for mark in marks]
        elif known and not raised:
            text = _hang_circled(line, text, part, keys)
        else:
            text += part
    line.text = text


def _hang_circled(line: Line, text: str, part: str, keys: dict[str, str]) -> str:
    """The text with a part whose circled numbers hang, but for one that numbers a paragraph."""
    for char in part:
        ends = text[-1:] not in ("", " ", "：", "；", "、") and (text[-1:] != "。" or part.rstrip().endswith(char))
        if "①" <= char <= "⑳" and ends and _value(char) in keys:
            line.hung.append((len(text), keys[_value(char)]))
        else:
            text += char
    return text
