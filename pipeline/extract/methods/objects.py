"""The methods, models and theories that a verb of using governs: 熵值法, 基于遗传算法的投影寻踪模型, 实地考察与深度访谈法."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.phrases import clean
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_LONGEST = 30  # characters of a name
_REACH = 100  # characters from a verb to the end of its objects
_AND = lazy(r"\s*(?:[（(][^（）()]{1,60}[）)])?\s*(?:以及|[、和与及或])\s*")
_PART = lazy(r"(?:(?!以及)[^、和与及或，。；：！？,;\n（()）]|和谐|与时俱进|普及|及时|参与)+")
_NO_NAME = lazy(r"^[对将把在从]|[\d$《》=]{2,}")
_AND_SO_ON = lazy(r"等(?:\w{2,4})?$")  # 耗散结构等理论
_SOMEONE = lazy(r"等|（|\d")


def methods(reader: Reader, start: int, end: int, heads: str) -> Iterator[tuple[Name, int]]:
    """The list of methods that begins at `start` and ends before `end`, each with where its name ends.

    `heads` is the class of the words that they end in; a member without one is a method where a later one has it.
    """
    without_head: list[Span] = []
    at, end = start, min(end, start + _REACH)
    while part := _PART.match(reader.text, at, end):
        while size := reader.word_at(at, "method_leads"):
            at += size
        span = Span(at, part.end())
        found = _ending(reader, span, heads)
        if found:
            for member in (*without_head, Span(span.start, found)):
                if name := _named(reader, _AND_SO_ON.sub("", clean(reader.text[member.start : member.end]))):
                    yield name, member.end
            without_head = []
            if found < part.end() and reader.text[found : part.end()] not in ("等", "法"):
                return
        elif heads == _STRONG and 2 <= part.end() - span.start <= _SHORT and reader.is_noun_phrase(*span):
            without_head.append(span)
        else:
            return
        between = _AND.match(reader.text, part.end(), end)
        if between is None:
            return
        at = between.end()


_HEAD = 4  # characters of a head: 聚类|分析法
_MODIFIER = 2  # characters that leave a general name a general one: 有效|分析方法
_STRONG = "method_heads"  # behind a verb that governs little else
_SHORT = 10  # characters of a member of a list without a head


def _ending(reader: Reader, span: Span, heads: str) -> int | None:
    """Where the name of a method ends within a member of a list: at a head behind which a name may end, the last of heads that
    stand right upon each other; a name that goes on behind 的 is the longer one."""
    text, last = reader.text, 0
    for at in range(span.start + 2, min(span.end, span.start + _LONGEST) + 1):
        size = reader.word_before(at, heads, span.start)
        if not size or not _ends(reader, at, span.end):
            continue
        if last and at - last > _HEAD and text[last] != "的":
            break
        if last and text[last] == "的" and any(reader.word_at(near, "method_ends") for near in range(last + 1, at - size)):
            break
        last = at
    if last:
        return last
    known = [name.end for name in reader.mentions(*span) if name.kind == "Method" and name.start == span.start]
    return max(known, default=None)


def _ends(reader: Reader, at: int, end: int) -> bool:
    """Whether a name may end at `at`: before the end of the member, letters, or what is done with the method."""
    return at >= end or "A" <= reader.text[at] <= "Z" or reader.text[at] == "”" or bool(reader.word_at(at, "method_ends"))


def _named(reader: Reader, name: str) -> Name | None:
    """The method that a phrase names: what stands behind 的 where that is one; None where the phrase is no name."""
    owner, of, bare = name.rpartition("的")
    if of and not name.startswith("基于"):
        if _is_method(reader, bare) and len(bare) > 3:
            return named(reader, bare, name)
        if not _SOMEONE.search(owner) or _says_more(reader, name):
            return None
        return named(reader, name, name) if len(name) <= _LONGEST else None
    return named(reader, name, name) if _is_method(reader, name) else None


def named(reader: Reader, name: str, text: str) -> Name:
    """A method by its name: the entry of the vocabulary, or a name of its own."""
    term = reader.wording.terms.get(name)
    known = term if term and term.kind == "Method" else None
    label = known.label if known else name
    return Name(
        label, "Method", text, tuple(dict.fromkeys(form for form in (name, text) if form != label)), known.iri if known else None
    )


def _is_method(reader: Reader, name: str) -> bool:
    term = reader.wording.terms.get(name)
    if term:
        return term.kind in ("Method", "Concept")
    if not 3 <= len(name) <= _LONGEST or _says_more(reader, name) or reader.ends_in(name, "laws"):
        return False
    return not any(reader.is_word(name[at:], "no_methods") for at in range(_MODIFIER + 1))


def _says_more(reader: Reader, phrase: str) -> bool:
    """Whether a phrase says more than a name does."""
    return bool(_NO_NAME.search(phrase)) or reader.holds(phrase, "unlike_methods")
