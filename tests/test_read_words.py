"""What stands before a pattern to save it its time (words that a match has, characters that it ends in) refuses no match."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest

from pipeline.read import patterns as p
from pipeline.read import roles, signs, starts
from pipeline.read.naming import _KIND_AT_END, _NOTICE, ends_as_kind, is_notice
from pipeline.read.words import Sought, Words

TRIES = 600
EACH = 5  # different matches of a pattern that are found at least
# A class, a group with its choices, or a character; and how often.
_ATOM = re.compile(r"\[(?P<set>\^?(?:\\.|[^\]\\])+)\]|(?P<open>\((?:\?:|\?P<\w+>)?)|\\(?P<kind>[dsS])|(?P<char>\\.|[^()|])")
_TIMES = re.compile(r"(?:(?P<sign>[?*+])|\{(?P<least>\d+)(?:,(?P<most>\d*))?\})\??")
_KINDS = {"d": "0123456789", "s": " \n", "S": "甲A1"}


def spelled(pattern: str, dice: random.Random) -> str:
    """A text that a pattern may match, chosen at random; what looks around matches nothing, so that not every one does."""
    return _choice(pattern, 0, dice)[0]


def _choice(pattern: str, at: int, dice: random.Random) -> tuple[str, int]:
    """One of the alternatives that begin at `at`, and the index after the last of them."""
    choices = [""]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            choices.append("")
            at += 1
            continue
        piece, at = _piece(pattern, at, dice)
        choices[-1] += piece
    return dice.choice(choices), at + 1


def _piece(pattern: str, at: int, dice: random.Random) -> tuple[str, int]:
    if around := re.compile(r"\(\?<?[=!]").match(pattern, at):
        return "", _choice(pattern, around.end(), dice)[1]
    atom = _ATOM.match(pattern, at)
    assert atom, pattern[at:]
    begin, end = at, atom.end()
    if atom["open"]:
        end = _choice(pattern, end, dice)[1]
    times = _TIMES.match(pattern, end)
    least, most = 1, 1
    if times and times["sign"]:
        least, most = (times["sign"] == "+", 1 if times["sign"] == "?" else 3)
    elif times:
        least = int(times["least"])
        most = int(times["most"] or least + 2) if times["most"] is not None else least
    text = "".join(_once(pattern, begin, atom, dice) for _ in range(dice.randint(least, min(most, least + 4))))
    return text, times.end() if times else end


def _once(pattern: str, at: int, atom: re.Match[str], dice: random.Random) -> str:
    if atom["open"]:
        return _choice(pattern, at + len(atom["open"]), dice)[0]
    if atom["set"]:
        one = re.compile(atom[0])
        return dice.choice(
            [
                char
                for char in "甲乙丙港区0123456789AB一二三第日年月（）()《》“”〔〕[]【】：:，、 " + atom["set"]
                if one.fullmatch(char)
            ]
        )
    if atom["kind"]:
        return dice.choice(_KINDS[atom["kind"]])
    return "" if atom["char"] in "^$" else dice.choice("甲乙港") if atom["char"] == "." else atom["char"].removeprefix("\\")


def matches(pattern: re.Pattern[str], matched: Callable[[str], object]) -> Iterator[str]:
    """Texts that a pattern matches."""
    dice = random.Random(pattern.pattern)
    found = [text for _ in range(TRIES) if (text := spelled(pattern.pattern, dice)) and matched(text)]
    assert len(set(found)) >= EACH, pattern.pattern
    yield from found


@pytest.mark.parametrize(
    ("told", "pattern", "matched"),
    [
        (p.is_organ, p.ORGAN, p.ORGAN.fullmatch),
        (p.is_labelled, p.LABELLED, p.LABELLED.match),
        (ends_as_kind, _KIND_AT_END, _KIND_AT_END.search),
        (is_notice, _NOTICE, _NOTICE.fullmatch),
        (starts._is_titled, starts._TITLED, starts._TITLED.search),
        (lambda text: text[-1] in roles._ORGAN_ENDS, roles.ORGAN, roles.ORGAN.fullmatch),
        (lambda text: text[0] in p.OPENERS, p.MARKER, p.MARKER.match),
    ],
    ids=["organ", "labelled", "kind", "notice", "titled", "body", "number"],
)
def test_no_match_is_refused_by_its_ends(
    told: Callable[[str], bool], pattern: re.Pattern[str], matched: Callable[[str], object]
) -> None:
    assert [text for text in matches(pattern, matched) if not told(text)] == []


SOUGHT = {
    **{name: value for name, value in vars(signs).items() if isinstance(value, Sought)},
    **{f"own name of a {kind}": sought for kind, sought in signs.OWN_NAMES},
}


@pytest.mark.parametrize("name", SOUGHT)
def test_no_sign_of_a_kind_is_refused_by_its_words(name: str) -> None:
    sought = SOUGHT[name]
    refused = [
        text for text in matches(sought.pattern, sought.pattern.search) if not sought.search(text, signs.WORDS.within(text))
    ]
    assert refused == []


@pytest.mark.parametrize("sought", [roles._MAST, roles._FIELD, roles._VOLUME], ids=["mast", "field", "volume"])
def test_no_form_of_a_line_is_refused_by_its_words(sought: Sought) -> None:
    found = matches(sought.pattern, sought.pattern.fullmatch)
    assert [text for text in found if not sought.fullmatch(text, roles._words_in(text))] == []


def test_words_are_found_within_one_another() -> None:
    words = Words(["港区", "港", "区人民", "船"])
    assert words.within("云渡港区人民政府") == {"港区", "港", "区人民"}
    assert words.within("") == frozenset()
