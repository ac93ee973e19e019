"""Lines → paragraphs: lines that were cut at the width of a page are joined, and footnotes are lifted out from between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.asides import NOTE_OPENERS, aside_length, note_length
from pipeline.read.lines import Line
from pipeline.read.pieces import (
    CLOSED,
    HAN,
    NAMES_BODY,
    is_form,
    is_prose,
    is_ragged,
    left_open,
    mid_sentence,
    names_what_follows,
    parts_head,
    unfinished,
)
from pipeline.read.repair import Repairs


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `runs` map its text to the source: (offset in text, offset in source)."""

    lines: list[Line]
    note: Literal["footnote", "metadata"] | None = None  # set between lines of running text
    marked: bool = False  # its first line opens with a number
    text: str = ""
    runs: list[tuple[int, int]] = field(default_factory=list)

    def finish(self) -> Paragraph:
        """Puts the text together; lines that meet in Latin letters keep a space, which stands for the line feed."""
        if len(self.lines) == 1:
            self.text, self.runs = self.lines[0].text, self.lines[0].runs()
            return self
        parts: list[str] = []
        at = 0
        for line, after in zip(self.lines, [*self.lines[1:], None], strict=True):
            if len(line.raw) == len(line.text):
                self.runs.append((at, line.start))
            else:
                self.runs += [(at + offset, source) for offset, source in line.runs()]
            parts.append(line.text)
            at += len(line.text)
            if after and _latin(line.text[-1]) and after.text[0].isascii() and _western(line.text):
                self.runs.append((at, line.start + len(line.raw)))
                parts.append(" ")
                at += 1
        self.text = "".join(parts)
        return self


def _western(text: str) -> bool:
    """Whether words are parted by spaces here: “GDP 5%” cut in a Chinese line is no such place."""
    return len(text.encode()) < 1.6 * len(text) and text[-1] != "-"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a document sets its paragraphs; widths in Chinese characters."""

    wrapped: bool  # lines are cut at a width
    width: float  # usual width of a full line
    indented: bool  # a paragraph's first line is set in
    gaps_part: bool  # blank lines stand only between paragraphs
    set_in: bool  # first lines of paragraphs are shorter, by an indent that is no longer in the text
    ragged: bool  # lines are also cut anywhere else, as where a page was taken apart into pieces


def _latin(char: str) -> bool:
    return char.isascii() or char in "，：；？！．’"


def shape_of(lines: list[Line]) -> Shape:
    """Measured over the lines that are long enough to have been cut."""
    widths = sorted(line.width for line in lines if not line.tab)
    long = [line for line in lines if line.width >= 14 and not line.tab and line.text[0] != "|"]
    width = widths[int(len(widths) * 0.8)] if widths else 0.0
    cut = [line.width for line in long if unfinished(line.text)]
    gaps = sum(line.gap for line in lines[1:])
    firsts = sorted(
        line.width
        for before, line in pairwise(lines)
        if before.width < 0.75 * width <= line.width - 1 and unfinished(line.text) and not _opens(line)
    )
    return Shape(
        wrapped=len(long) >= 3
        and len(cut) >= 0.4 * len(long)
        and width <= 75
        and sum(each >= 0.75 * width for each in cut) >= 0.5 * len(cut),
        width=width,
        indented=sum(line.indent for line in lines) >= max(2, 0.06 * len(lines)),
        gaps_part=gaps < 0.6 * max(1, len(lines) - 1),
        set_in=len(firsts) >= 2 and firsts[len(firsts) // 2] <= width - 1.2,
        ragged=is_ragged(lines),
    )


def join(lines: list[Line], done: Repairs) -> list[Paragraph]:
    """Paragraphs in reading order; a footnote follows the paragraph that it was set into."""
    shape = shape_of(lines)
    pieces = shape.wrapped and shape.ragged
    out: list[Paragraph] = []
    notes: list[Paragraph] = []
    current: Paragraph | None = None
    at = moved = 0
    head = True
    while at < len(lines):
        line = lines[at]
        noted = line.text[0] in NOTE_OPENERS and not (line.kind or line.cell)
        aside = aside_length(lines, at, shape) if noted else 0
        length = aside or (note_length(lines, at, shape) if noted else 0)
        if length:
            notes.append(Paragraph(lines[at : at + length], note="metadata" if aside else "footnote").finish())
            at += length
            continue
        length = _formula_length(lines, at) if line.text[0] == "$" else 0
        if length:
            out += [current.finish()] if current else []
            out += notes
            current, notes, moved = Paragraph(lines[at : at + length]), [], 0
            at += length
            continue
        if line.kind == "footnote":
            notes.append(Paragraph([line], note="footnote").finish())
        elif (
            current
            and not (head and parts_head(current, line))
            and (_joins(current, line, bool(notes), shape) or (pieces and _piece(current, line, out[-1] if out else None)))
        ):
            current.lines.append(line)
            done.counts["line_joined"] += 1
            done.counts["footnote_moved"] += len(notes) - moved
            moved = len(notes)
        else:
            if current:
                out.append(current.finish())
            out += notes
            notes, moved = [], 0
            current = Paragraph([line], marked=line.text[0] in p.OPENERS and p.marker_of(line.text) is not None)
        head = "。" not in line.text and (head or _is_annex(line.text))  # an annex has a head of its own
        at += 1
    return out + ([current.finish()] if current else []) + notes


def _formula_length(lines: list[Line], at: int) -> int:
    """Number of lines of the formula that opens with $$ here and is closed below; 0 where it is closed in its line."""
    if not lines[at].text.startswith("$$") or "$$" in lines[at].text[2:]:
        return 0
    return next((below + 1 - at for below in range(at + 1, min(at + 40, len(lines))) if "$$" in lines[below].text), 0)


def _opens(line: Line) -> bool:
    """Whether the line can only begin a block."""
    text = line.text
    first = text[0]
    if line.depth or line.bullet or line.tab or first == "|":
        return True
    if first not in p.OPENERS:
        return False
    if first == "[" and p.REFERENCE_START.match(text):
        return True
    match = p.marker_of(text)
    if match and (match.lastgroup != "article" or text[match.end() : match.end() + 1] in {" ", "\u3000", "【", ""}):
        return True
    return bool(p.CAPTION.match(text) or p.ABSTRACT.match(text) or p.FIELD.match(text) or p.BRACKET_KEY.match(text))


_ADDRESS = lazy(r"https?://[!-~]+$")


def _is_address(text: str) -> bool:
    """Whether a line ends in the address of a page: what stands below is no part of it."""
    return "://" in text and _ADDRESS.search(text) is not None


_NUMERAL = lazy("[一二三四五六七八九十]{1,3}")  # of a part that has no title
# （2031年3月5日在渔业大会上的讲话）
_OCCASION = lazy(r"[（(](?:19|20)\d{2}\s*年[^（）()]{4,}(?:讲话|致辞|演讲|谈话|发言|指示|批示|贺信)[）)]")


def _is_annex(text: str) -> bool:
    return text[0] == "附" and p.ANNEX.fullmatch(text) is not None


@lru_cache(maxsize=64)  # each is asked for as the one above, once more
def _alone(text: str) -> bool:
    """Whether a line is whole by its form: a date, a number of a document or of a part of it, where authors work, a caption,
    or a remark in brackets on when something was said.
    """
    if text[-1] in "网站府台" and p.PAGE_TITLE.fullmatch(text):
        return True
    if len(text) >= 45:
        return False
    if text[-1] == "号" and p.NUMBER.fullmatch(text):
        return True
    if (len(text) <= 3 and _NUMERAL.fullmatch(text)) or (text[0] in "（(" and _OCCASION.fullmatch(text)) or _is_annex(text):
        return True
    if text[0] not in p.OPENERS:
        return len(text) <= 8 and p.REFERENCES.fullmatch(text) is not None
    if text[0] == "第" and text[-1] == "】":  # 第三条 【支持对象】
        return True
    return bool(p.BARE_DATE.fullmatch(text) or p.AFFILIATION.fullmatch(text) or p.CAPTION.match(text))


_CARRIES_ON = frozenset("，。、；）》”〕】")  # opens no line of its own


def _joins(current: Paragraph, line: Line, noted: bool, shape: Shape) -> bool:
    """Whether `line` carries on the paragraph; `noted`: footnotes stood between the two."""
    last, first = current.lines[-1], current.lines[0]
    if line.whole or line.kind or last.kind or line.cell or last.cell:
        return False
    if first.depth or first.tab or line.depth or line.tab or line.bullet or last.text[0] == "|" or line.text[0] == "|":
        return False
    if line.text[0] in _CARRIES_ON:
        return True
    if not shape.wrapped:
        return _continues(current, line, noted)
    if shape.indented and line.indent:
        return False
    goes_on = unfinished(last.text)
    if _opens(line):
        return goes_on and _number_only_here(current, line.text, shape)
    if _alone(line.text) or _alone(last.text) or _is_address(last.text):
        return False
    if goes_on and first.text[0] == "[" and p.REFERENCE.search(first.text):
        return True
    if last.text[-1] in "：:" and last.width < _measure(current, shape) - 1.2 and not _in_brackets(last.text):
        return False
    if goes_on:
        return not _titled(current, line) and (
            mid_sentence(current) or names_what_follows(current, line) or _cut_here(current, line, shape)
        )
    if is_form(line.text) or (line.width < 0.8 * shape.width and p.is_organ(line.text)):  # who signs
        return False
    if shape.gaps_part and line.gap and not line.cut:
        return False
    if shape.set_in and line.width < shape.width - 1.2 and unfinished(line.text):
        return False
    return last.width >= _measure(current, shape) - 1.2 or (shape.indented and last.width >= 0.8 * shape.width)


def _in_brackets(text: str) -> bool:
    """Whether a line breaks off in a remark: （责任单位：."""
    return any(left_open(text, pair) for pair in ("（）", "〔〕", "【】"))


def _piece(current: Paragraph, line: Line, before: Paragraph | None) -> bool:
    """Whether, among lines cut anywhere, a line without punctuation below prose is the beginning of the next sentence."""
    last = current.lines[-1]
    if current.marked or before is None or before.note or not is_prose(before):
        return False
    if not unfinished(last.text) or NAMES_BODY.search(last.text) or CLOSED.search(last.text) or last.text[-1] in "：:":
        return False
    if not HAN.search(last.text):
        return False
    if current.lines[0].depth or last.tab or last.cell or line.tab or line.cell or line.kind or line.gap or line.indent:
        return False
    return not (_opens(line) or _alone(line.text) or _alone(last.text) or _is_address(last.text))


def _measure(current: Paragraph, shape: Shape) -> float:
    """Width of a full line here: a paragraph's own where it has several lines."""
    return max(part.width for part in current.lines[-6:]) if len(current.lines) > 1 else shape.width


def _number_only_here(current: Paragraph, text: str, shape: Shape) -> bool:
    """Whether a number opens the line only because the line was cut there: 第|（二）款, 1|3.5, 统|一、…"""
    last = current.lines[-1]
    if not (text[0].isdigit() or text[0] in "（(" + p.NUMERAL) or last.width < 0.85 * shape.width:
        return False
    if last.text.endswith(("第", "等", "、", "，", "和", "及", "至", "-", "（", "《", "“")) or (
        text[0].isdigit() and last.text[-1] in "0123456789."
    ):
        return True
    match = p.marker_of(text)
    return (
        not (match and match.lastgroup == "digit")  # 2.《…: a number with a point is cut off from nothing
        and last.width >= shape.width - 1.2
        and last.text[-1] not in "：:"
        and any(char in line.text for line in current.lines for char in "，。")
    )


def _cut_here(current: Paragraph, line: Line, shape: Shape) -> bool:
    """Whether an unfinished line goes on in the next: it is about as wide as a full line, or a heading's first line."""
    last = current.lines[-1]
    if len(current.lines) > 1 and line.width < 0.6 * shape.width and last.width >= 0.8 * shape.width:
        return True
    if current.marked and last.text[0] != "第" and len(current.lines) == 1 and not any(char in last.text for char in "。；，"):
        tail = line.width < 0.6 * last.width and unfinished(line.text) and last.width >= 0.7 * shape.width
        full = line.width >= shape.width - 1.2 or not unfinished(line.text)
        return tail or (full and last.width >= shape.width - (3.2 if shape.set_in else 0.9))
    if shape.set_in and _heads(current, line, shape):
        return False
    if last.width >= 0.72 * shape.width and last.width >= 0.75 * min(line.width, shape.width * 1.3):
        return True
    open_bracket = any(left_open(last.text, pair) for pair in ("《》", "（）", "“”"))
    return (open_bracket or line.text[0] in "和与及的并、，") and last.width >= 0.4 * shape.width


def _heads(current: Paragraph, line: Line, shape: Shape) -> bool:
    """Whether a line without punctuation stands above the first, set-in line of a paragraph."""
    text = current.lines[0].text
    short = len(current.lines) == 1 and current.lines[0].width < shape.width - 2.6
    set_in = 0.8 * shape.width <= line.width <= shape.width - 1.2 and unfinished(line.text)
    return short and set_in and not any(char in text for char in "。；，：、“（《")


_GROUNDS = ("为", "根据", "依据", "按照")


def _titled(current: Paragraph, line: Line) -> bool:
    """Whether the title of a plan stands above the first sentence of it: …行动方案（试行）, then 为了…."""
    if not line.text.startswith(_GROUNDS) or len(current.lines) > 4:
        return False
    whole = "".join(each.text for each in current.lines)
    return p.TITLE.fullmatch(whole) is not None


def _continues(current: Paragraph, line: Line, noted: bool) -> bool:
    """In a document of one line a paragraph: only a sentence that was plainly cut goes on."""
    last = current.lines[-1]
    if (
        not unfinished(last.text)
        or _opens(line)
        or _alone(line.text)
        or _alone(last.text)
        or last.text[-1] in "：:"
        or line.text[0] in "$!<"
    ):
        return False
    if p.FIELD.match(last.text) or p.BRACKET_KEY.match(last.text) or last.text[0] == "$":
        return False
    running = "，" in last.text and not current.marked
    return last.width >= (30 if noted or line.cut or running else 60) and ("。" in line.text or "；" in line.text)
