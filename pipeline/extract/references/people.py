"""The authors that a reference names: 张某、李某等, 王某某主编, Brown, A. J., & Smith, B., 某部课题组."""

from __future__ import annotations

from pipeline.extract.reader import Reader
from pipeline.patterns import lazy

_NATION = lazy(r"[\[［〔（(【][\u4e00-\u9fff]{1,5}[\]］〕）)】]")  # （美）
_OTHERS = lazy(r"[，,、\s]*(?:等人?|et\.?\s*al\b\.?,?|and others)\s*$")
_BETWEEN = lazy(r"[、，,;；&＆/]|\s+and\s+|\s+AND\s+|(?<=[a-z])\s*和\s*|\s+(?=[\u4e00-\u9fff]{2,4}(?:\s|$))")
_PAIR = lazy(r"(?P<one>[\u4e00-\u9fff]{2,4})[和与](?P<other>[\u4e00-\u9fff]{2,4})")
_INITIALS = lazy(r"(?:[A-ZÀ-Þ][.．\-\s]*){1,4}(?:Jr|jr|II|III)?\.?")
_ONE_WORD = lazy(r"[A-ZÀ-Þ][a-zß-ſ'’\-]+")
_SOLE = lazy(r"[^,，&＆、;；]+,[^,，&＆、;；]+")
_EDGE = " 　\n,，、.．。:：;；·-—"


def authors_of(reader: Reader, text: str, *, listed: bool = False) -> tuple[str, ...]:
    """The authors that `text` lists, without their parts in the work, their countries, and what stands for the rest.

    In a list of references two Latin names behind a comma are one: Brown, Andrew.
    """
    text = _OTHERS.sub("", _NATION.sub("", text).strip(_EDGE))
    pieces = [piece.strip(_EDGE) for piece in _BETWEEN.split(text.replace("&amp;", "&"))]
    names: list[str] = []
    for listing in pieces:
        if names and reader.ends_in(_OTHERS.sub("", listing).rstrip(_EDGE), "translators"):
            continue
        piece = without_role(reader, _OTHERS.sub("", listing).strip(_EDGE))
        if not piece or len(piece) > _LONGEST:
            continue
        if names and _INITIALS.fullmatch(piece) and names[-1].isascii():
            names[-1] = f"{names[-1]}, {piece}"
            continue
        pair = _PAIR.fullmatch(piece)
        names += [pair["one"], pair["other"]] if pair and not reader.ends_in(piece, "bodies") else [piece]
    if listed and len(names) == 2 and all(_ONE_WORD.fullmatch(name) for name in names) and _SOLE.fullmatch(text):
        names = [f"{names[0]}, {names[1]}"]
    return tuple(dict.fromkeys(names))


_LONGEST = 40  # characters of the name of a body


def without_role(reader: Reader, text: str) -> str:
    """A list of authors without what tells their part in the work, and without 等."""
    roles = reader.wording.lexicon.get("author_roles", frozenset())
    while True:
        bare = _OTHERS.sub("", text).rstrip(_EDGE)
        role = next(
            (role for role in sorted(roles, key=len, reverse=True) if bare.endswith(role) and len(bare) > len(role) + 1), ""
        )
        if role.isascii() and role and bare[-len(role) - 1].isalpha():
            role = ""
        bare = bare.removesuffix(role)
        if bare == text:
            return text
        text = bare


def lead(reader: Reader, text: str) -> int:
    """How many characters of a note stand before the first author: 参见, 转引自 and the marks behind it."""
    words = reader.wording.words.get("citing_leads")
    at = 0
    while words and (size := words.at(text, at)):
        at = min(at + size, len(text))
        while at < len(text) and text[at] in "：:，, ":
            at += 1
    return at
