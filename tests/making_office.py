"""Builds files of the formats besides Word's in memory, each as small as it can be: the bytes of a whole file.

archive("utf-8", "base64", *CHROME)                      a web archive of PAGE
workbook({"茶园": cells(text("区") + text("面积"))})        a spreadsheet, its sheets by name
presentation(slide(shape("现状", kind="title")))          slides, listed from the last to the first
open_document("<text:p>茶园</text:p>")                    a text of OpenDocument
book()                                                   two chapters and a cover
compound("WordDocument")                                 a compound file that holds streams
"""

from __future__ import annotations

import base64
import quopri
import struct
from collections.abc import Mapping

from tests.making_docx import zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

PAGE = "<html><head><title>青禾镇</title></head><body><p>茶产业以高山茶园为基础，以茶农合作社为依托。</p></body></html>"
_DAY = "Date: Mon, 3 Mar 2031 10:00:00 +0800"
CHROME = ("From: <Saved by Blink>", "Snapshot-Content-Location: http://example.org/", "Subject: x", "MIME-Version: 1.0")
FIREFOX = ("From: <Saved by Mozilla 5.0 (Windows)>", "Subject: x", _DAY, "MIME-Version: 1.0")
WORD = ("MIME-Version: 1.0", "X-MimeOLE: Produced By Microsoft MimeOLE V6.00")
ODD = ("X-Saved-By: a", _DAY, "MIME-Version: 1.0", "Subject: =?utf-8?Q?=E8=8C=B6?=\r\n folded")


def archive(encoding: str, transfer: str, *headers: str, said: bool = True) -> bytes:
    """A web archive of PAGE; `said` tells whether it names the encoding."""
    body = PAGE.encode(encoding)
    if transfer == "base64":
        body = base64.encodebytes(body)
    elif transfer == "quoted-printable":
        body = quopri.encodestring(body)
    charset = f'; charset="{encoding}"' if said else ""
    head = "\r\n".join([*headers, 'Content-Type: multipart/related; type="text/html"; boundary="--=_B"', "", "", ""])
    part = f"----=_B\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    style = "\r\n----=_B\r\nContent-Type: text/css\r\n\r\n.a{color:red}\r\n----=_B--\r\n"
    return head.encode() + part.encode() + body + style.encode()


def relations(**targets: str) -> str:
    """The XML of relations by id; the kind is the id without its number."""
    each = (f'<Relationship Id="{k}" Type="{OFFICE}/{k.rstrip("0123456789")}" Target="{v}"/>' for k, v in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(each)}</Relationships>'


def _types(kind: str) -> str:
    return f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'


STRINGS = "<si><t>区</t></si><si><r><t>面</t></r><r><t>积</t></r><rPh><t>mian</t></rPh></si>"
FORMATS = {"": 0, "#,##0.00": 4, "0.0%": 170, 'yyyy"年"m"月"d"日";@': 171, '#,##0"元"': 172, "built-in day": 14}


def workbook(sheets: Mapping[str, str], states: Mapping[str, str] | None = None) -> bytes:
    """A spreadsheet; a sheet is the XML within its <worksheet>, style n is that of the n-th of FORMATS."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="worksheet{at}" state="{(states or {}).get(name, "visible")}"/>'
        for at, name in enumerate(sheets, start=1)
    )
    quoted = {code.replace('"', "&quot;"): key for code, key in FORMATS.items() if key > 163}
    codes = "".join(f'<numFmt numFmtId="{key}" formatCode="{code}"/>' for code, key in quoted.items())
    used = "".join(f'<xf numFmtId="{key}"/>' for key in FORMATS.values())
    styles = f"<numFmts>{codes}</numFmts><cellXfs>{used}</cellXfs>"
    targets = {f"worksheet{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    parts = {
        "[Content_Types].xml": _types("spreadsheetml.sheet"),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(**targets, sharedStrings="sharedStrings.xml", styles="styles.xml"),
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{STRINGS}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}">{styles}</styleSheet>',
    }
    for at, sheet in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = f'<worksheet xmlns="{_SHEET}">{sheet}</worksheet>'
    return zipped(parts)


def cells(*rows: str) -> str:
    """The XML of rows, each that of its cells."""
    return f"<sheetData>{''.join(f'<row>{row}</row>' for row in rows)}</sheetData>"


def text(value: str) -> str:
    """A cell that holds a text of its own."""
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def number(value: float, style: int = 0) -> str:
    """A cell that holds a number in a style."""
    return f'<c s="{style}"><v>{value}</v></c>'


def shape(*paragraphs: str, kind: str = "") -> str:
    """A shape of a slide; `kind` is that of the placeholder that it fills."""
    placeholder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    inside = "".join(f"<a:p><a:r><a:t>{each}</a:t></a:r></a:p>" for each in paragraphs)
    return f"<p:sp>{placeholder}<p:txBody>{inside}</p:txBody></p:sp>"


def frame(*rows: tuple[str, ...]) -> str:
    """A table of a slide."""
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    inside = "".join(f"<a:tr>{''.join(cell.format(each) for each in row)}</a:tr>" for row in rows)
    return f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{inside}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"


def slide(*shapes: str, show: str = "1") -> str:
    """The XML of a slide."""
    tree = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}" show="{show}">{tree}</p:sld>'


def presentation(*slides: str, notes: str = "") -> bytes:
    """Slides, listed from the last to the first; `notes` are shapes of the notes of the first."""
    listed = "".join(f'<p:sldId id="{at}" r:id="slide{at}"/>' for at in range(len(slides), 0, -1))
    spaces = f'xmlns:p="{_SLIDES}" xmlns:r="{OFFICE}"'
    parts = {
        "[Content_Types].xml": _types("presentationml.presentation"),
        "_rels/.rels": relations(officeDocument="ppt/presentation.xml"),
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"slide{at}": f"slides/slide{at}.xml" for at in range(1, len(slides) + 1)}
        ),
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/slides/_rels/slide1.xml.rels": relations(notesSlide="../notesSlides/n.xml"),
        "ppt/notesSlides/n.xml": slide(notes),
    }
    return zipped(parts | {f"ppt/slides/slide{at}.xml": each for at, each in enumerate(slides, start=1)})


def open_document(body: str, kind: str = "text", manifest: str = "", styles: str = "") -> bytes:
    """A text of OpenDocument; style P1 is made from that of titles."""
    spaces = " ".join(f'xmlns:{each}="urn:{each}"' for each in ("office", "text", "table", "style", "draw"))
    made = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{made}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {spaces}>{styles}</office:document-styles>",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
    }
    return zipped(parts)


def book(**extra: str) -> bytes:
    """A book with a cover and two chapters; `extra` are further parts by name, or replacements."""
    chapter = '<?xml version="1.0"?><html><head><title/></head><body><h1>{}</h1><p>{}</p></body></html>'
    items = {"b": "b.xhtml", "a": "a%20a.xhtml", "c": "c.xhtml"}
    listed = "".join(f'<item id="{k}" href="{href}" media-type="application/xhtml+xml"/>' for k, href in items.items())
    order = "".join(f'<itemref idref="{key}"/>' for key in "cab")
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="书/book.opf"/></rootfiles></container>',
        "书/book.opf": '<package xmlns="o" xmlns:dc="d"><metadata><dc:title>青禾茶事</dc:title></metadata>'
        f"<manifest>{listed}</manifest><spine>{order}</spine></package>",
        "书/a a.xhtml": chapter.format("第一章 茶园", "茶产业以高山茶园为基础，由农户和合作社共同经营。"),
        "书/b.xhtml": chapter.format("第二章 茶市", "茶市以春茶为主，由镇上的商会组织，每年清明前后开市。"),
        "书/c.xhtml": "<html><body><img src='c.png'/></body></html>",
    }
    return zipped(parts | extra)


def hexed(value: str) -> str:
    """Text in GBK as rich text writes it."""
    return "".join(f"\\'{byte:02x}" for byte in value.encode("gbk"))


_NONE = 0xFFFFFFFF


def _entry(name: str, kind: int, right: int, child: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, _NONE, right, child) + bytes(48)


def compound(*streams: str, embedded: str = "") -> bytes:
    """A compound file (MS-CFB) whose root holds streams, and a storage with one embedded stream."""
    names = [*streams, "ObjectPool"] if embedded else list(streams)
    entries = [_entry("Root Entry", 5, _NONE, 1)]
    for at, name in enumerate(names, start=1):
        pool = name == "ObjectPool"
        entries.append(_entry(name, 1 if pool else 2, at + 1 if at < len(names) else _NONE, len(names) + 1 if pool else _NONE))
    entries += [_entry(embedded, 2, _NONE, _NONE)] if embedded else []
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<II", 1, 1)
    header = header.ljust(76, b"\0") + struct.pack("<109I", 0, *[_NONE] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *[_NONE] * 125)
    return header + table + b"".join(entries).ljust(1024, b"\0")
