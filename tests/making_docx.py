"""Builds .docx files in memory: `make_docx(parts)` gives the bytes of one whose body holds the parts, in order.

A part is what one of these gives, or raw XML as `Xml("<w:p>…</w:p>")`:

    title("云渡市港口规划")                                the title; title(…, level=2) the subtitle
    heading(1, "总体要求")                                a heading by style, without a number
    p("港区", note("据云渡年鉴。"), "在建设中。")             a paragraph; its content is text, notes and raw XML (`run`, `br`)
    p("总则", number=3)                                   a paragraph of list 3, at depth 0; number=(3, 1) at depth 1
    p("图1 港区", style="Caption")                        any style of STYLES
    table([["港区", "吞吐量"], ["东港", "12"]])             rows of cells; a cell is text, a part, a list of parts or a `cell`

Lists are declared by `numbering({3: [("chineseCounting", "%1、"), ("decimal", "%1.")]})`, a format and a text for each depth, or
("decimal", "%1.", 5) with the first number. `make_docx` takes their XML, that of settings, and the paragraphs of headers and
footers; `others` are further parts of the file, or replacements, by name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


ListLevel = tuple[str, str] | tuple[str, str, int]


class Xml(str):
    """XML that goes into the part as it stands."""


@dataclass(frozen=True)
class Note:
    """A footnote or endnote; `mark` is one that its author wrote instead of a number."""

    text: str
    kind: str = "footnote"
    mark: str = ""


Inline = str | Note  # an Xml is a str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` is the list and the depth in it, `properties` further XML of its w:pPr."""

    content: tuple[Inline, ...]
    style: str = ""
    number: tuple[int, int] | None = None
    properties: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell; `properties` is XML of its w:tcPr."""

    content: tuple[Part, ...]
    properties: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first `headers` rows are marked as repeated on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    headers: int = 0


Part = Xml | Paragraph | Table


def p(*content: Inline, style: str = "", number: int | tuple[int, int] | None = None, properties: str = "") -> Paragraph:
    """A paragraph."""
    return Paragraph(content, style, (number, 0) if isinstance(number, int) else number, properties)


def title(*content: Inline, level: int = 1) -> Paragraph:
    """The title, or the subtitle at level 2."""
    return p(*content, style="Title" if level == 1 else "Subtitle")


def heading(level: int, *content: Inline, number: int | tuple[int, int] | None = None) -> Paragraph:
    """A heading of level 1 … 9."""
    return p(*content, style=f"Heading{level}", number=number)


def note(text: str, kind: str = "footnote", mark: str = "") -> Note:
    """A footnote, or an endnote; its mark hangs where it stands in the content."""
    return Note(text, kind, mark)


def cell(*content: Part | str, span: int = 1, merged: str = "") -> Cell:
    """A cell over `span` columns; `merged` is "restart" for the first of several that are one, "continue" below it."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merged}"/>' if merged else ""
    return Cell(tuple(_part(each) for each in content) or (p(),), properties)


def table(rows: Iterable[Iterable[str | Part | Cell]], headers: int = 0) -> Table:
    """A table."""
    return Table(tuple(tuple(each if isinstance(each, Cell) else cell(each) for each in row) for row in rows), headers)


def run(text: str, properties: str = "") -> Xml:
    """A run with properties of its own: run("密", "<w:vanish/>")."""
    return Xml(f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


BR = Xml("<w:r><w:br/></w:r>")


def numbering(lists: Mapping[int, Sequence[ListLevel]], overrides: Mapping[int, str] | None = None) -> str:
    """The XML of word/numbering.xml; `overrides` is XML of a list's w:num."""
    abstract = nums = ""
    for key, levels in lists.items():
        of = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{level[2] if len(level) == 3 else 1}"/><w:numFmt w:val="{level[0]}"/>'
            f"<w:lvlText w:val={quoteattr(level[1])}/></w:lvl>"
            for depth, level in enumerate(levels)
        )
        abstract += f'<w:abstractNum w:abstractNumId="{key}">{of}</w:abstractNum>'
        nums += f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/>{(overrides or {}).get(key, "")}</w:num>'
    return abstract + nums


def style(key: str, name: str, properties: str = "", based_on: str = "") -> str:
    """The XML of a paragraph style; `properties` is XML of its w:pPr."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{base}<w:pPr>{properties}</w:pPr></w:style>'


STYLES = "".join(
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        style("Title", "Title"),
        style("Subtitle", "Subtitle"),
        style("Caption", "caption"),
        *(style(f"Heading{level}", f"heading {level}", f'<w:outlineLvl w:val="{level - 1}"/>') for level in range(1, 10)),
        *(style(f"TOC{level}", f"toc {level}") for level in range(1, 4)),
    )
)


def make_docx(
    parts: Iterable[Part | str],
    *,
    styles: str = STYLES,
    numbering: str = "",
    settings: str = "",
    section: str = "",
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The bytes of a document; `section` is XML of its w:sectPr, `others` are parts of the file by name."""
    notes: list[Note] = []
    body = "".join(_xml(_part(part), notes) for part in parts)
    shown = [(kind, index) for kind, texts in (("header", headers), ("footer", footers)) for index in range(1, len(texts) + 1)]
    section = "".join(f'<w:{kind}Reference w:type="default" r:id="{kind}{index}"/>' for kind, index in shown) + section
    files = {
        "word/document.xml": _root("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
        "word/styles.xml": _root("styles", styles),
        "word/numbering.xml": _root("numbering", numbering),
        "word/settings.xml": _root("settings", settings),
        "word/footnotes.xml": _root("footnotes", _SEPARATOR + _note_bodies(notes, "footnote")),
        "word/endnotes.xml": _root("endnotes", _note_bodies(notes, "endnote")),
    }
    for kind, texts in (("header", headers), ("footer", footers)):
        for index, text in enumerate(texts, start=1):
            files[f"word/{kind}{index}.xml"] = _root("hdr" if kind == "header" else "ftr", _xml(p(text), notes))
    return zipped(_packed(files) | files | dict(others or {}))


def _packed(files: Iterable[str]) -> dict[str, str]:
    """What a word processor needs to open the parts: their types, and how they hang together."""
    names = {file: file.removeprefix("word/").removesuffix(".xml") for file in files}
    kinds = {name: name.rstrip("0123456789") for name in names.values()}
    types = "".join(
        f'<Override PartName="/{file}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'{"document.main" if name == "document" else kinds[name]}+xml"/>'
        for file, name in names.items()
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kinds[name]}" Target="{name}.xml"/>' for name in kinds if name != "document"
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="document" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{parts}</Relationships>',
    }


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of the files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def document_xml(body: str) -> str:
    """word/document.xml with the XML of a body."""
    return _root("document", f"<w:body>{body}</w:body>")


_SEPARATOR = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>————</w:t></w:r></w:p></w:footnote>'


def _root(tag: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def _part(part: Part | str) -> Part:
    return p(part) if isinstance(part, str) and not isinstance(part, Xml) else part


def _xml(part: Part, notes: list[Note]) -> str:
    if isinstance(part, Table):
        rows = "".join(_row_xml(row, index < part.headers, notes) for index, row in enumerate(part.rows))
        grid = "<w:gridCol/>" * max((len(row) for row in part.rows), default=0)
        return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    if isinstance(part, Paragraph):
        style_xml = f"<w:pStyle w:val={quoteattr(part.style)}/>" if part.style else ""
        list_xml = ""
        if part.number:
            list_xml = f'<w:numPr><w:ilvl w:val="{part.number[1]}"/><w:numId w:val="{part.number[0]}"/></w:numPr>'
        content = "".join(_inline_xml(each, notes) for each in part.content)
        return f"<w:p><w:pPr>{style_xml}{list_xml}{part.properties}</w:pPr>{content}</w:p>"
    return part


def _row_xml(row: tuple[Cell, ...], header: bool, notes: list[Note]) -> str:
    cells = "".join(
        f"<w:tc><w:tcPr>{each.properties}</w:tcPr>{''.join(_xml(part, notes) for part in each.content)}</w:tc>" for each in row
    )
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def _inline_xml(content: Inline, notes: list[Note]) -> str:
    if isinstance(content, Xml):
        return content
    if isinstance(content, str):
        return f'<w:r><w:t xml:space="preserve">{escape(content)}</w:t></w:r>'
    notes.append(content)
    custom = f"<w:t>{escape(content.mark)}</w:t>" if content.mark else ""
    follows = ' w:customMarkFollows="1"' if custom else ""
    return f'<w:r><w:{content.kind}Reference{follows} w:id="{len(notes)}"/>{custom}</w:r>'


def _note_bodies(notes: list[Note], kind: str) -> str:
    return "".join(
        f'<w:{kind} w:id="{key}"><w:p><w:r>{f"<w:t>{escape(each.mark)}</w:t>" if each.mark else f"<w:{kind}Ref/>"}</w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(each.text)}</w:t></w:r></w:p></w:{kind}>'
        for key, each in enumerate(notes, start=1)
        if each.kind == kind
    )
