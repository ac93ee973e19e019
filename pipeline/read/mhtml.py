"""Web archives (.mht, .mhtml; RFC 2557): the page within, as Chrome, Internet Explorer, Word and others save it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from pipeline.errors import ReadError
from pipeline.patterns import lazy

_HEADERS = lazy(rb"\s*(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_FIELDS = (b"mime-version:", b"content-type:", b"content-transfer-encoding:", b"snapshot-content-location:")
_FRAMES = lazy(rb"<frameset[\s>]", re.I)


def is_archive(data: bytes) -> bool:
    """Whether the bytes open with the header of a message in MIME, its fields in any order."""
    match = _HEADERS.match(data[:8192].lstrip(b"\xef\xbb\xbf"))
    return match is not None and sum(field in match[0].lower() for field in _FIELDS) >= 2


def page(data: bytes, name: str) -> tuple[bytes, str, str | None]:
    """The page of an archive, `name`, and the encoding that the archive says. ReadError where it holds no page.

    The page is the first part that is html; where that only arranges frames, the largest.
    """
    parts = [part for part in message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n \t")).walk() if _is_page(part)]
    pages = [(_content(part), part.get_content_charset()) for part in parts]
    pages = [(content, charset) for content, charset in pages if content.strip()]
    if not pages:
        raise ReadError(f"{name}: is an e-mail or web archive without a page in it: save its text as .txt or .html")
    content, charset = pages[0]
    if _FRAMES.search(content):
        content, charset = max(pages, key=lambda each: len(each[0]))
    return content, name, charset


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
