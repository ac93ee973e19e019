"""What fills the slots of productions of occasions: meetings, fairs and their like by their names, and what befell a place."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotate.tokens import Token
from pipeline.extract.phrases import clean, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import SlotReader
from pipeline.grammar.sites import may_be_site, site
from pipeline.grammar.stretches import bare, counts, is_unnamed
from pipeline.model import Span
from pipeline.patterns import lazy

_LONGEST = 40  # characters of the name of an occasion
_YEAR = lazy(r"20\d{2}$")  # 世界旅游论坛2031
_NTH = lazy(r"(?:[\u4e00-\u9fff]{0,6}?第[一二三四五六七八九十百\d]+[次届])?")
_REMARK = lazy("[（(][^（）()]{1,4}[）)]")  # 理事会（总理）会议
_COUNT = lazy("[一两二三四五六七八九十\\d]+[场次]")


def occasions(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Occasions by their names, as what is held: the members of a list, each with such a head, or one."""
    return _occasions(reader, span, "held_heads")


def named_occasions(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Occasions by their names where a verb is no sign of them: 主持会议, 参加活动."""
    return _occasions(reader, span)


def _occasions(reader: Reader, span: Span, *more: str) -> tuple[Span, ...]:
    if not any(reader.has_word(span, heads) for heads in ("occasion_heads", *more)):
        return ()
    span = bare(reader, _behind_host(reader, _before_what_follows(reader, span)))
    tokens = reader.tokens(*span)
    if len(tokens) > 1 and tokens[0].tag == "r" and reader.is_word(reader.text[slice(*tokens[0][:2])], "said_of_occasions"):
        tokens, span = tokens[1:], Span(tokens[1].start, span.end)  # 此次|渔业研讨会
    if not tokens or tokens[0].tag == "p" or any(_is_of_clause(reader, token) for token in tokens):
        return ()
    members, group = split_list(reader, *span)
    named = [member for member in members if _names_occasion(reader, member, *more)]
    if not group and named == members[-1:] != members:  # 物流、矿山和园区发展现场会
        named = [Span(members[0].start, members[-1].end)]
    return tuple(member for member in named if _names_occasion(reader, member, *more))


def _before_what_follows(reader: Reader, span: Span) -> Span:
    """A stretch up to what was said or done at the occasion: 召开会议|强调."""
    follows = (token.start for token in reader.tokens(*span) if reader.is_word(reader.text[token.start : token.end], "goes_on"))
    return Span(span.start, next(follows, span.end))


def _behind_host(reader: Reader, span: Span) -> Span:
    """A stretch without those who hold it, and when: 由甲局主办的, 12月召开的."""
    of = [at for at in range(*span) if reader.text[at] == "的" and reader.word_before(at, "holds", span.start)]
    return Span(of[-1] + 1, span.end) if of else span


def _is_of_clause(reader: Reader, token: Token) -> bool:
    return token.tag == "r" or reader.is_word(reader.text[token.start : token.end], "case_words")


_NTH_OF_SERIES = lazy("第[一二三四五六七八九十\\d]+[场次期轮届]$")


def _names_occasion(reader: Reader, span: Span, *more: str) -> bool:
    name = clean(reader.text[slice(*span)])
    name = _NTH_OF_SERIES.sub("", name)  # 系列主题新闻发布会|第二场
    headed = any(reader.ends_in(name, heads) for heads in ("occasion_heads", *more)) or (
        _YEAR.search(name) and any(reader.word_places(*span, "occasion_heads"))  # 世界旅游论坛·甲省2031
    )
    return 3 <= len(name) <= _LONGEST and bool(headed) and not (counts(reader, span) or is_unnamed(reader, name))


def nth_occasions(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Occasions of a series that are told of by what they brought: 第22届|渔博会, and those listed with it."""
    found = occasions(reader, span)
    return found if found and _NTH_OPENS.match(reader.text, *found[0]) else ()


_NTH_OPENS = lazy("第[一二三四五六七八九十百\\d]{1,4}[届次]")


def quoted_occasion(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The occasion that a stretch names in quotation marks: 某局主办的“渔港合作大会”在临澜."""
    found = [match.span("name") for match in _QUOTED.finditer(reader.text, *span)]
    alone = (Span(*each) for each in found[-1:] if not reader.text.startswith("、", each[1] + 1))  # else a member of a list
    return tuple(each for each in alone if occasions(reader, each))


_QUOTED = lazy("“(?P<name>[^“”\n]{4,40})”")


def occasion(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The occasion that a stretch names, all of it but for who holds it, when and where."""
    if not reader.has_word(span, "occasion_heads"):
        return ()
    start, end = bare(reader, _behind_host(reader, span))
    start, end = trim(reader.text, start, end)
    whole = Span(start, end)
    verb = (
        (token.tag == "p" and reader.text[token.start] != "与") or reader.is_word(reader.text[token.start : token.end], "holds")
        for token in reader.tokens(*whole)
    )
    if end <= start or any(verb) or not is_name(_in_line(reader, whole)):
        return ()
    return (whole,) if _names_occasion(reader, whole) else ()


def _in_line(reader: Reader, span: Span) -> str:
    return clean(reader.text[slice(*span)]).replace("\n", "")


def opening_occasion(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The occasion, or calamity, with which a stretch begins: its first noun phrase has such a head."""
    if not (reader.has_word(span, "occasion_heads") or reader.has_word(span, "disasters")):
        return ()
    start, end = bare(reader, span)
    party = start + reader.word_at(start, "opens_name")
    tokens = reader.tokens(party, end) if end > party else ()
    last = 0
    while last < len(tokens) and not _bounds(reader, tokens, last):
        last += 1
    if not last:
        return ()
    found = Span(*trim(reader.text, start, tokens[last - 1].end))
    name = clean(reader.text[slice(*found)])
    told = reader.word_at(found.start, "happens")  # 经历|大滑坡
    return (found,) if is_name(name) and not told and (_names_occasion(reader, found) or _is_calamity(reader, found)) else ()


def _bounds(reader: Reader, tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is no part of the name with which a stretch begins; a verb is only right before a calamity: 泄漏|事件."""
    token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    word = reader.text[token.start : token.end]
    if token.tag == "v" and following and not reader.is_word(word, "holds"):
        return not any(
            reader.ends_in(reader.text[following.start : following.end], heads) for heads in ("disasters", "occasion_heads")
        )
    if not word.strip() or word in "）)·" or reader.is_word(word, "measures") or _is_short_remark(reader, token):
        return False
    if reader.ends_in(word, "occasion_heads") or reader.ends_in(word, "disasters"):
        return False
    if word in '、，“”"':
        return word in "、，"
    return token.tag.startswith(("p", "d", "u", "r", "c", "y", "w", "x")) or token.tag == "v" or (token.tag == "f" and at > 0)


def _is_short_remark(reader: Reader, token: Token) -> bool:
    return _REMARK.match(reader.text, token.start) is not None


def _is_calamity(reader: Reader, span: Span) -> bool:
    name = clean(reader.text[slice(*span)])
    return 3 <= len(name) <= _LONGEST and reader.ends_in(name, "disasters") and not counts(reader, span)


def bare_meeting(reader: Reader, span: Span) -> tuple[Span, ...]:
    """A meeting with no name of its own, which gets it from the body that meets: 会议, 第三次集体学习, 三场|座谈会."""
    start, end = trim(reader.text, *span)
    counted = _COUNT.match(reader.text, start, end)
    start = counted.end() if counted else start
    nth = _NTH.match(reader.text, start, end)
    rest = reader.text[nth.end() if nth else start : end]
    named = is_unnamed(reader, rest) or (rest != reader.text[start:end] and reader.ends_in(rest, "occasion_heads"))
    return (Span(start, end),) if named and end > start else ()


def calamities(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What befell places: the members of a list, each with such a head, or one; none that goes on everywhere."""
    if not reader.has_word(span, "disasters"):
        return ()
    members = (_without_rest(reader, member) for member in _listed(reader, bare(reader, span)))
    return tuple(member for member in members if _is_calamity(reader, member) and not _is_everywhere(reader, member))


def _without_rest(reader: Reader, span: Span) -> Span:
    """甘肃积石山地震|等抢险救援: a calamity without what is done about it."""
    ends = (at for at, _ in reader.word_places(span.start + 1, span.end, "and_so_on"))
    return next((found for end in ends if _is_calamity(reader, found := Span(span.start, end))), span)


def _listed(reader: Reader, span: Span) -> list[Span]:
    """The members of a list; 等 within a name parts none: 松江等流域洪涝灾害."""
    marks = [at for at in range(*span) if reader.text[at] == "、"]
    return [
        Span(*trim(reader.text, start, end))
        for start, end in zip([span.start, *(at + 1 for at in marks)], [*marks, span.end], strict=True)
    ]


def calamity(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What befell the place before the verb: its name may be no more than what kind it is."""
    start, end = trim(reader.text, *span)
    start += reader.word_at(start, "one_case")
    kind = _CALLED.sub("", clean(reader.text[start:end]))
    headed = reader.ends_in(kind, "disasters") and not counts(reader, Span(start, end))
    return (Span(start, end),) if headed else ()


_CALLED = lazy("“[^“”]+”$")  # 台风|“白鹭”


def _is_everywhere(reader: Reader, span: Span) -> bool:
    return reader.ends_in(clean(reader.text[slice(*span)]), "everywhere")


def incidents(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Calamities with which a stretch begins: one, or a list up to the last of them."""
    so_on = next((at for at, _ in reader.word_places(*span, "and_so_on")), span.end)
    ends = [at + length for at, length in reader.word_places(span.start, so_on, "disasters")]
    return calamities(reader, Span(span.start, ends[-1])) if ends else ()


def scene(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Where something befell, or whom: a noun phrase."""
    found = bare(reader, span)
    name = clean(reader.text[slice(*found)]) if found.end > found.start else ""
    verb = any(token.tag in ("v", "p", "r") for token in reader.tokens(*found)) if name else True
    return (found,) if is_name(name) and not verb else ()


def owner(reader: Reader, span: Span) -> tuple[Span, ...]:
    """A place that a stretch is, and nothing else."""
    found = site(reader, span) if may_be_site(reader, span) else ()
    return found if found and found[0].end == span.end else ()


def session(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The session of a delegation or the like: 青海代表团审议."""
    start, end = trim(reader.text, *span)
    sits = any(reader.word_places(start, end, "sessions"))
    return (Span(start, end),) if sits and reader.word_before(end, "deliberates", start) else ()


def doing(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is seen to, the rest of 在看望…时: a phrase with no verb of holding."""
    start, end = trim(reader.text, *span)
    return (Span(start, end),) if 2 <= end - start <= 30 and "在" not in reader.text[start:end] else ()


OCCASION_SLOTS: dict[str, SlotReader] = {
    "occasions": occasions,
    "named_occasions": named_occasions,
    "nth_occasions": nth_occasions,
    "quoted_occasion": quoted_occasion,
    "occasion": occasion,
    "opening_occasion": opening_occasion,
    "bare_meeting": bare_meeting,
    "calamities": calamities,
    "calamity": calamity,
    "incidents": incidents,
    "scene": scene,
    "owner": owner,
    "doing": doing,
    "session": session,
}
