"""What two spellings of one name have in common, and how a name stands in an IRI."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from pipeline.patterns import lazy

_MOST = 1 << 16  # names whose keys are kept: the same come again and again
READABLE = 30  # longest name, in characters, that is written out in an IRI

_QUOTES = lazy(r"[\s“”‘’\"'「」『』《》〈〉<>]+")
_OF = lazy(r"(?<=\w\w)(?<!目)的(?=\w\w)")  # 要素的创新性配置, 要素创新性配置
_IRI_SAFE = lazy(r"[\-.、，（）()—·]*\w[\w\-.、，（）()—·]*")


@lru_cache(_MOST)
def bare(name: str) -> str:
    """`name` in NFKC, without spaces and without quotation and book-title marks."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name))


@lru_cache(_MOST)
def name_key(name: str) -> str:
    """What two spellings of one name have in common: `bare`, no 的, lower case."""
    return _OF.sub("", bare(name)).lower()


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """`name` as a segment of an IRI: as it stands where it is short and safe, else its digest."""
    return name if len(name) <= READABLE and _IRI_SAFE.fullmatch(name) else digest(name)
