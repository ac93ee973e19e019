"""What fills the slots of productions of events: who acts, on what, where, and what was brought about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.annotate.tokens import NAME, Token
from pipeline.annotate.words import is_predicate
from pipeline.extract.phrases import clean, is_name, split_list, trim
from pipeline.extract.reader import Reader
from pipeline.model import Mention, Span
from pipeline.parse.setting import opening

_PRONOUNS = ("他", "她")
_GOVERNS = ("于", "在", "以", "按", "自", "从", "对")
_JOINS = ("、", "和", "与", "及", "·", "“", "”", "（", "）", "(", ")")
_LONGEST_OBJECT = 40  # characters
_LONGEST_DOER = 30
_LONGEST_SITE = 24


def doer(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Who acts, in what stands before the verb: a person, a body, a place that acts, or a pronoun for a person.

    The date and the adverbs before it, and what is done by the way (从…, 在…), are stepped over.
    """
    if reader.text[span.end - 1] in _GOVERNS:
        return ()  # 于判决生效后: what the preposition governs is no deed
    behind = opening(reader, span)
    found = _doer(reader, behind)
    if found is None and behind != span:
        date = reader.dates(*span)[-1]
        found = _doer(reader, Span(span.start, date.start))
    return (found,) if found else ()


def _doer(reader: Reader, span: Span) -> Span | None:
    tokens = reader.tokens(*span)
    first = 0
    while first < len(tokens) and _is_by_the_way(reader, tokens[first]):
        first += 1
    last = first
    while last < len(tokens) and not _ends_doer(reader, tokens[last]):
        last += 1
    if first == last:
        return None
    found = Span(tokens[first].start, tokens[last - 1].end)
    rest = tokens[last:]
    if rest and rest[0].tag.startswith("u"):
        return None
    acts = _acts(reader, found, tokens[first:last])
    return found if acts and found.end - found.start <= _LONGEST_DOER else None


def _ends_doer(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return token.tag.startswith(("p", "d", "u", "ad")) or reader.is_word(word, "manner")


def _is_by_the_way(reader: Reader, token: Token) -> bool:
    word = reader.text[token.start : token.end]
    return token.tag.startswith(("d", "t", "c", "w", "x", "f")) or reader.is_word(word, "manner") or not word.strip()


def _acts(reader: Reader, span: Span, tokens: Sequence[Token]) -> bool:
    word = reader.text[slice(*span)]
    if word in _PRONOUNS:
        return True
    if not is_name(word) or any(token.tag == "v" for token in tokens) or _SOME.match(word):
        return False
    kinds = {m.kind for m in reader.mentions(*span) if m.end == span.end}
    named = tokens[-1].tag.startswith("nr") or reader.ends_in(word, "offices")
    return named or bool(kinds & {"Body", "Person", "Place"}) or reader.ends_in(word, "bodies")


def deed_object(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a deed is done to: the rest of its clause."""
    if reader.text.startswith("的", span.start):
        return ()  # 颁发的意见
    start, end = trim(reader.text, *span)
    text = reader.text[start:end]
    good = 2 <= len(clean(text)) <= _LONGEST_OBJECT and text.count("《") == text.count("》") and not _LIGHT.search(text)
    return (Span(start, end),) if good and not _FIGURE.match(text) else ()


def ruling(reader: Reader, span: Span) -> tuple[Span, ...]:
    """A judgment or a decision by a word that ends its name."""
    return deed_object(reader, span) if reader.ends_in(clean(reader.text[slice(*span)]), "rulings") else ()


def honour(reader: Reader, span: Span) -> tuple[Span, ...]:
    """A list or a title that is given, by a word that ends its name."""
    return deed_object(reader, span) if reader.ends_in(clean(reader.text[slice(*span)]), "honours") else ()


def award(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What is obtained or finished on a day, by a word that ends its name: a licence, a prize, a sale."""
    return deed_object(reader, span) if reader.ends_in(clean(reader.text[slice(*span)]), "awards") else ()


def matter(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What someone brought up, before 由: without the date, and the adverbs behind it."""
    span = opening(reader, span)
    tokens = list(reader.tokens(*span))
    while tokens and (tokens[-1].tag.startswith(("d", "v", "p")) or reader.text[tokens[-1].start : tokens[-1].end] == "是"):
        tokens.pop()
    while tokens and tokens[0].tag in ("w", "x", "c", "d", "r"):
        tokens.pop(0)
    if not tokens:
        return ()
    start, end = trim(reader.text, tokens[0].start, tokens[-1].end)
    named = _NOTION.sub("", reader.text[start:end])
    end = start + len(named)
    return (Span(start, end),) if 2 <= end - start <= _LONGEST_OBJECT and is_name(clean(named)) else ()


_NOTION = re.compile("(?:这一|这个|的)?(?:概念|理论|名称|术语|说法|提法|思想|构想|设想|命题|一词)$")
_LIGHT = re.compile("进行|予以|加以")  # the verb is behind it: 对电子支付进行修订
_FIGURE = re.compile(r"[\d.]+(?:%|[万亿]|个百分点)|[和与及的]|[\d.一二三四五六七八九十百千万]+余?[多场次人名批]")
_SOME = re.compile(
    r"(?:[\d一二三四五六七八九十百千万亿多数余.]+(?:[个项家条座场次批所]|公里|余|多)|[首一多]批|一系列|总规模|总投资|新增|多[个项家条])"
)
_NO_NAME = re.compile(
    r"(?:一批|重大|重点|标志性|产业|重要|创新|新|多)*(?:项目|工程|园区|基地|设施|企业|产品|平台|体系|机制|制度|格局|网络|框架|目标|任务|优势|活动|做法|经验|案例|成果)(?:建设)?"
)
_COUNTED = re.compile(
    r"%|实现|\d[\d.]*[多余]?[万亿]?(?:平方公里|平方米|立方米|千瓦|公里?|公顷|[个家座条项处亩台套所张吨米辆户人名场次批])$"
)
_OF_AMOUNT = re.compile("(?:总规模|总投资|总长|规模|投资|全长)?(?:超过?|近|约)?[\\d.]+余?[万亿]?[元公里米亩平方千瓦吨]+的?")


def achieved(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What was brought about: the members of a list of named things, or one."""
    start = span.start
    amount = _OF_AMOUNT.match(reader.text, *span)
    start = amount.end() if amount else start
    end = _without_manner(reader, start, span.end)
    end = min((site.start - 1 for site in sites_in(reader, Span(start, end)) if site.end == end), default=end)
    if _LISTED.search(reader.text, start, end):
        members, group = split_list(reader, start, end)
    else:
        so_on = reader.text.find("等", start, end)
        members, group = [trim(reader.text, start, so_on if so_on > start else end)], None
    if group and ATTRIBUTES.match(reader.text, *group):
        return ()
    named = [member for member in own_head(reader, members) if _is_named_thing(reader, member)]
    return tuple(member for member in named if len(named) == 1 or not _shares_head(reader, member, named[-1]))


def _shares_head(reader: Reader, member: Span, last: Span) -> bool:
    """Whether a member is a bare place whose head stands with the last: 济南、青岛都市圈."""
    places = {(m.start, m.end) for m in reader.mentions(*member) if m.kind == "Place"}
    opens = any(m.kind == "Place" and m.start == last.start and m.end < last.end for m in reader.mentions(*last))
    return tuple(member) in places and opens


_LISTED = re.compile("[、和]")  # a name may hold another: 材料科学与技术研究所


# 技术、数据等四大要素交易平台: the members are what the platform is for.
ATTRIBUTES = re.compile(r"[两二三四五六七八九十\d]+(?:大|类|种)")


def own_head(reader: Reader, members: list[Span]) -> list[Span]:
    """谋划多年、惠及百万人的引江工程: the first members, which say something, describe the head of the last."""
    *first, (start, end) = members or [Span(0, 0)]
    of = reader.text.rfind("的", start, end)
    if of < 0 or end - of < 4 or not any(_SAYS.search(reader.text[slice(*one)]) for one in [*first, Span(start, of)]):
        return members
    if first and not any(is_predicate(reader.text[slice(*one)]) or _SAYS.search(reader.text[slice(*one)]) for one in first):
        return members
    return [Span(of + 1, end)]


_SAYS = re.compile("多年|惠及|连接|横跨|贯穿|备受|历时|总投资|服务|覆盖|事关|期盼|瞩目|关注")


def _without_manner(reader: Reader, start: int, end: int) -> int:
    """Where a stretch ends without the adverbs of the verb that follows it."""
    while end > start:
        length = next((n for n in (2, 1) if reader.is_word(reader.text[end - n : end], "manner")), 0)
        if not length:
            return end
        end -= length
    return end


def _is_named_thing(reader: Reader, span: Span) -> bool:
    name = clean(reader.text[slice(*span)])
    return (
        2 <= len(name) <= 40
        and is_name(name)
        and not (_SOME.match(name) or _COUNTED.search(name) or _NO_NAME.fullmatch(name) or UNNAMED.fullmatch(name))
        and not any(_is_of_clause(reader, token) or _is_and_then(reader, token) for token in reader.tokens(*span))
        and not _opens_clause(reader, span)
        and not _is_verb(reader, span)
    )


def _is_verb(reader: Reader, span: Span) -> bool:
    """Whether a stretch is a verb and nothing else: 获批|成立."""
    tokens = reader.tokens(*span)
    return len(tokens) == 1 and tokens[0].tag.startswith("v")


_CASES = ("成为", "标志", "实现", "形成", "由", "被", "在", "于", "将", "把", "向", "为")


def _is_of_clause(reader: Reader, token: Token) -> bool:
    return token.tag == "r" or reader.text[token.start : token.end] in _CASES


def _is_and_then(reader: Reader, token: Token) -> bool:
    return reader.text[token.start : token.end] == "并"


def _opens_clause(reader: Reader, span: Span) -> bool:
    """Whether a stretch says something, and names nothing: 标志着…, 即便…, 由…."""
    first = reader.tokens(*span)[0]
    return first.tag in ("p", "c") or reader.text.startswith("着", first.end) or reader.text[first.end - 1] == "着"


UNNAMED = re.compile(
    "(?:重要|重大|专题|工作|全体|扩大|磋商|有关|相关|紧急|系列|各类|多次|高端|国际|主题|特色|大型)*(?:会议|活动|大会|论坛|仪式|展会|展览|比赛|赛事)"
)


def occasions(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Meetings, fairs and their like by their names: the members of a list, each with such a head, or one."""
    if any(_is_of_clause(reader, token) for token in reader.tokens(*span)):
        return ()
    members, _ = split_list(reader, span.start, _without_manner(reader, *span))
    head = re.compile(reader.wording.event_head + r"$|(?:[会节赛]|(?<!发)展|普查|活动|20\d{2})$")
    return tuple(member for member in members if _names_occasion(clean(reader.text[slice(*member)]), head))


_QUOTED = re.compile("“(?P<name>[^“”\n]{4,40})”")


def quoted_occasion(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The occasion that a stretch names in quotation marks: 某局主办的“渔港合作大会”在临澜."""
    found = [match.span("name") for match in _QUOTED.finditer(reader.text, *span)]
    return tuple(Span(*each) for each in found[-1:] if occasions(reader, Span(*each)))


def _names_occasion(name: str, head: re.Pattern[str]) -> bool:
    return 3 <= len(name) <= 40 and bool(head.search(name)) and not (_SOME.match(name) or UNNAMED.fullmatch(name))


def site(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The place with which a stretch begins: known, or of a kind by what its name ends in."""
    found = None
    for token in reader.tokens(span.start, min(span.end, span.start + _LONGEST_SITE)):
        if token.tag in ("m", "t") and token.start == span.start:
            break
        word = reader.text[token.start : token.end]
        if token.tag.startswith(("p", "d", "r", "c", "y")) or (token.tag[0] in "uwx" and word not in _JOINS):
            break
        named = token.tag == NAME and any(m.kind == "Place" for m in reader.mentions(token.start, token.end))
        if named or (reader.ends_in(word, "sites") and not reader.is_word(word, "completes")):
            found = Span(span.start, token.end)
        elif token.tag == "v":
            break
    return (found,) if found and is_name(clean(reader.text[slice(*found)])) and _none_of_time(reader, found) else ()


_ASPECT = re.compile("上|中|下|时|里的|方面|领域|期间|之际|基础|过程|会议|大会|[^，。]{0,4}(?:背景|条件|时期)")


def _none_of_time(reader: Reader, span: Span) -> bool:
    """Whether a place is not the beginning of something else: 在北京会议上, 在城市建设方面."""
    return not _ASPECT.match(reader.text, span.end)


_AT = re.compile("[在到赴于]")


def sites_in(reader: Reader, span: Span) -> Iterator[Span]:
    """The places that a clause says something happened in, or someone went to."""
    for at in _AT.finditer(reader.text, *span):
        if at.end() < span.end:
            yield from site(reader, Span(at.end(), span.end))


def place_of(reader: Reader, span: Span) -> Mention | None:
    """The place of the vocabulary at the end of a stretch, else the first in it."""
    known = [m for m in reader.mentions(*span) if m.kind == "Place"]
    return next((m for m in known if m.end == span.end), known[0] if known else None)


SlotReader = Callable[[Reader, Span], tuple[Span, ...]]
EVENT_SLOTS: dict[str, SlotReader] = {
    "doer": doer,
    "deed_object": deed_object,
    "ruling": ruling,
    "honour": honour,
    "award": award,
    "matter": matter,
    "achieved": achieved,
    "occasions": occasions,
    "quoted_occasion": quoted_occasion,
    "site": site,
}
