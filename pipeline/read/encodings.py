"""Bytes without a mark → their encoding, by which of the encodings of East Asia reads most like its language; UTF-8 with broken
bytes in it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.patterns import lazy

BROKEN = "\ufffd"  # stands for bytes that are no character
_COMMON = frozenset(
    "的一是在了不和有大这为中国上我以要他时来用生到作地于出就分对成会可主发年动同工也能下过民方多行学政经业产法高长现定化加等新部"
    "的一是在了不和有大這為中國上我以要他時來用生到作地於出就分對成會可主發年動同工也能下過民方多行學政經業產法高長現定化加等新部"
)
_HANGUL = frozenset("이다는에을를의가고하은지사로한도기서인해대자정시어수일리나")
_PUNCTUATION = frozenset("，。、：；！？“”‘’《》（）—…·　「」『』")
_ASCII = lazy("[\x00-\x7f]+")
_HIGH = lazy(b"[\x80-\xff]+")
_UTF8 = lazy(b"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}")  # two Chinese characters or marks, one after the other
_LEAST = 0.3  # what text of its language reaches; that of another, read so, stays below
_ISLAND = 4_000  # bytes of another encoding within a text in UTF-8, at most
_CANDIDATES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "utf-16-le", "utf-16-be")
_WIDE_SIGNS = "\n。，、的 "


def is_broken_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 were meant so: a tenth of those above ASCII spell Chinese in it, rare by chance."""
    high = sum(len(run) for run in _HIGH.findall(data))
    return sum(len(run) for run in _UTF8.findall(data)) >= max(6, 0.1 * high)


def repaired_utf8(data: bytes) -> str:
    """The text, with U+FFFD for each broken sequence; a stretch in GBK is read as such."""
    parts, position = [], 0
    for run in _HIGH.finditer(data):
        parts += [data[position : run.start()].decode("ascii"), _repaired_run(run[0])]
        position = run.end()
    return "".join([*parts, data[position:].decode("ascii")])


def _repaired_run(run: bytes) -> str:
    """Bytes above ASCII: as UTF-8, as GBK where the rest is, or with its broken sequences marked."""
    text = ""
    while run:
        try:
            return text + run.decode("utf-8")
        except UnicodeDecodeError as error:
            for start in (0, error.start):  # the first character in GB2312 may look like one in UTF-8
                if island := _island(run[start:]):
                    return text + run[:start].decode("utf-8") + island
            if len(text) > _ISLAND:
                return text + run.decode("utf-8", errors="replace")
            text += run[: error.start].decode("utf-8") + BROKEN
            run = run[error.end :]
    return text


def _island(run: bytes) -> str:
    """The text of a run in GBK, its characters common ones; "" where it is none."""
    text = run.decode("gb18030", errors="replace") if 4 <= len(run) <= _ISLAND else ""
    common = sum(char in _level("gb2312") or char in _PUNCTUATION for char in text)
    return text if common >= 0.95 * len(text) else ""


def wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: line feeds or common Chinese signs as two bytes, at even places; else None."""
    if len(sample) < 4:
        return None
    hits = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        pairs = [sign.encode(encoding) for sign in _WIDE_SIGNS]
        hits[encoding] = sum(sum(at.start() % 2 == 0 for at in re.finditer(re.escape(pair), sample)) for pair in pairs)
    best = max(hits, key=lambda encoding: hits[encoding])
    text = sample.decode(best, errors="replace")
    enough = hits[best] >= max(1, len(sample) // 400) and hits[best] > 2 * min(hits.values())
    return best if enough and "\x00" not in text and likeness(text, best) > _LEAST else None


def best_of(sample: bytes) -> str | None:
    """The encoding in which the bytes read most like text of its language; None where that is little."""
    found = {encoding: likeness(sample.decode(encoding, errors="replace"), encoding) for encoding in _CANDIDATES}
    best = max(found, key=lambda encoding: found[encoding])
    return best if found[best] > _LEAST else None


def likeness(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII are those of the encoding's language: 1 where all are common, below 0 for noise."""
    sample = _ASCII.sub("", text[:20_000])
    return sum(count * _weight(char, encoding) for char, count in Counter(sample).items()) / max(1, len(sample))


@cache
def _weight(char: str, encoding: str) -> float:
    """1 for what half of any text consists of, 0.5 for what is taught at school, 0 for the rest, less for what no text holds."""
    code = ord(char)
    if char in _PUNCTUATION:
        return 0.8
    if char == BROKEN or 0x80 <= code < 0xA0 or 0xE000 <= code < 0xF900 or code > 0xFFFF:
        return -2.0
    if 0x3040 <= code < 0x3100:
        return 1.0 if encoding in ("cp932", "euc_jp") else 0.0
    if 0xAC00 <= code < 0xD7A4:
        return (1.0 if char in _HANGUL else 0.45) if encoding == "cp949" else -0.5
    if 0xFF61 <= code < 0xFFA0:
        return -0.5  # Katakana of half width, which GBK turns into in Shift-JIS
    if not 0x4E00 <= code < 0xA000:
        return 0.2
    if encoding in ("cp932", "euc_jp", "cp949"):
        return 0.3 if char in _level("gb2312") or char in _level("big5") else 0.0
    taught = char in _level("big5") if encoding == "big5hkscs" else char in _level("gb2312")
    if taught:
        return 1.0 if char in _COMMON else 0.5
    return 0.25 if encoding != "big5hkscs" and char in _level("big5") else 0.0


@cache
def _level(encoding: str) -> frozenset[str]:
    """The first level of a national character set: 3,755 characters of GB 2312, 5,401 of Big5."""
    leads, trails = (range(0xB0, 0xD8), range(0xA1, 0xFF)) if encoding == "gb2312" else (range(0xA4, 0xC7), range(0x40, 0xFF))
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail) if trail < 0x7F or trail > 0xA0)
    return frozenset(pairs.decode(encoding, errors="ignore"))
