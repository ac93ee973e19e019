"""Where a phrase begins and ends, and what a list has as members. Positions are offsets into the document's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model import Span
from pipeline.patterns import lazy

if TYPE_CHECKING:
    from pipeline.extract.reader import Reader

# What bounds a clause: a mark, and a bracket that closes it with a work and its year: （张三，2024）。 Any other short remark in
# brackets is stepped over as a whole: its commas bound none.
BOUNDARY = lazy(
    r"[（，。；：！？\n【】—](?:(?<![（—])|(?<=—)—|(?<=（)(?=[^（）\n]{1,80}(?:19|20)\d\d[a-z]?）[，。；：！？\n])|"
    r"(?<=（)[^（）。\n]{1,80}）(?P<remark>))"
)
_CLAUSE_MARK = lazy(r"[，。；：！？\n【】—](?:(?<!—)|—)")
_OPEN, _CLOSE = "“‘「《（([【", "”’」》）)]】"
# 和 and its kin, where they are no part of a word; it opens with one set of characters, which `re` scans for fast.
_SEPARATOR = lazy(
    r"[、和与及或并以特尤“‘「《（(\[【”’」》）)\]】\"](?:(?<![和与及或并以特尤])|(?<=[特尤])(?:(?<=特)别是|(?<=尤)其是)|"
    r"(?<![共总饱缓温亲平随谐附]和)(?<=和)(?!平(?!台)|[谐解睦蔼])|(?<![参给授赋付]与)(?<=与)(?!时俱进|会)|(?<=以)及(?!其)|"
    r"(?<![普涉以惠波触顾危遍]及)(?<=及)(?!时|格|其(?!他))|(?<=及)其(?!他)"
    r"|(?<!抑或)(?<=或)(?![许者])|(?<=[\u4e00-\u9fff]{2}并)(?<![合兼吞归]并)(?=[\u4e00-\u9fff]{2})(?![举轨网购存列行重]))"
)
# A list whose last member is followed by the class: 人工智能、大数据等新一代信息技术.
_AND_SO_ON = lazy(
    r"(?<![高中初均同平相何优])等(?![待级同于价额效式量])"
    r"(?:一批|一系列|众多|多个|多种|各类|多项|为代表的|在内的|多方面的)?"
)
# Predicates over two things: what stands before them is one phrase, not a list.
_RECIPROCAL = lazy(r"(?:统一|结合|融合|协调|协同|互动|并存|贯通|并重|促进|一体化?|衔接|匹配|共赢|平衡|兼顾)$")
_MODIFIER = lazy(r"^[\u4e00-\u9fffA-Za-z0-9]{1,10}(?:性|型|式|化)的?$")
_ORDINAL = lazy(r"^第[一二三四五六七八九十\d]{1,3}(?:次|代|个|批|轮|阶段)?$")
_LEAD = lazy(
    r"(?:[\s“”‘’\"「」*]|的|了(?![解得不却结])|着(?![力眼])|(?:也|就|都|还|更|则|即|仅|只|既|不仅|而是|正|并|又|而|且|主要|"
    r"必须|应当|应该|能够|可以|"
    r"已经?|正在|一定|始终|特别)(?=是)是?|更加|一批|一些|一种|一个|一项|一条|一系列|一大批|某种|各种(?:形式|类型|层次|样式)的|所谓|这一|这种|这类|这些|这个|那些|"
    r"该(?!项)"
    r"|其(?!他|中|余)|各类(?!别)|各种|各个|例如|比如|譬如|尤其是|特别是|包括|我们的)+"
)
# The first characters of what _LEAD takes off: most phrases begin otherwise.
_LEAD_STARTS = frozenset(' \t\n　“”‘’"「」*的了着也就都还更则即仅只既不而正并又且主必应能可已一始特某所这那该其各例比譬尤包我')
_TAIL = lazy(
    r"(?:[\s“”‘’\"「」*]|的|正在|已经|(?<![而业])已|逐渐|逐步|日益|日渐|即将|必将|将会|能够|可以|有望|可能|越来越|(?<!源源)不断|(?<!(?<![水公持和生太])平)等(?:方面|领域|环节|内容|形式|要素)?|之一|在内|方面|上|(?<!集)中|(?<![邻公乡故千万])里|而|所在)+$"
)
_TAIL_ENDS = frozenset(' \t\n　“”‘’"「」*的在经已渐步益将会够以望来断等面域节容式素一内上中里而在')
# A phrase that starts so is no name.
_NOT_A_NAME = lazy(
    r"^(?:并(?:使|将|把|让|令|以|为|被|在)|已(?:经|逐渐|逐步|成)|正在|可以|能够|努力|严防|谨防|务必|应当|应该|必须|进而|从而|随后|继而|"
    r"我们|他们|它们|大家|人们|本文|本章|这|那|此(?!类)|如果|因为|由于|虽然|尽管|但|而|且|或|也|又|再(?!生|制造|保险|贷款|担保|融资)|就(?!业|医|学|餐|诊)|都(?!市)|只|不(?!可|同|锈|"
    r"动产|良)|没有|无论|通过|根据|按照|随着|为了|对于|关于|从(?!业)|在(?!线|地化|建|校|职|岗)|把|被(?!动|装)|将(?!军)|使(?!用)|让(?!利)|向(?!日葵)|于|以(?!色列|旧换新|工代赈|租代|奖代|奖促|电代|竹代|新代)|与此|当前|目前|"
    r"近年来|长期(?=以来|，|坚持|从事|存在|处于)|"
    r"同时|一方面|另一方面|首先|其次|最后|第[一二三四五六七八九十]，)"
)


# Spans are made by the thousand: without the call of the class, which takes twice as long.
_tuple = tuple.__new__


class Endings:
    """Words that a phrase may end in. A look-up for each length is far quicker than a pattern anchored at the end; most phrases
    end in another character.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._last = frozenset(word[-1] for word in self._words)
        self._lengths = tuple(sorted({len(word) for word in self._words}))

    def end(self, phrase: str) -> bool:
        """Whether `phrase` ends in one of them."""
        return phrase[-1:] in self._last and not self._words.isdisjoint([phrase[-length:] for length in self._lengths])


class Words:
    """The words of a class, looked for at a place of a text: the first and last letters are looked at first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._first = frozenset(word[0] for word in self._words)
        self._last = frozenset(word[-1] for word in self._words)
        self._lengths = tuple(sorted({len(word) for word in self._words}, reverse=True))

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(''.join(sorted(self._first)))}]" if self._first else "(?!)")

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._words))) or "(?!)")

    def stand(self, text: str, start: int, end: int) -> bool:
        """Whether one of them stands in text[start:end]."""
        return self._any.search(text, start, end) is not None

    def places(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Each position in text[start:end] at which one begins, with how long the longest is."""
        for opening in self._opening.finditer(text, start, end):
            if size := self.at(text, opening.start()):
                yield opening.start(), size

    def at(self, text: str, position: int) -> int:
        """How long the longest is that begins at `position`; 0 where none does."""
        if text[position : position + 1] not in self._first:
            return 0
        return next((size for size in self._lengths if text[position : position + size] in self._words), 0)

    def before(self, text: str, position: int, start: int) -> int:
        """How long the longest is that ends at `position` and begins at `start` or after; 0 where none does."""
        if text[position - 1 : position] not in self._last:
            return 0
        sizes = (size for size in self._lengths if size <= position - start)
        return next((size for size in sizes if text[position - size : position] in self._words), 0)


class Trailing:
    """Words that are taken off the end of a phrase. The last character is looked at first: most phrases end otherwise."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(sorted(words, key=len, reverse=True))
        self._ends = frozenset(word[-1] for word in self._words)

    def off(self, phrase: str) -> str:
        """`phrase` without such words at its end."""
        while phrase[-1:] in self._ends and (word := next(filter(phrase.endswith, self._words), "")):
            phrase = phrase.removesuffix(word)
        return phrase


def clean(phrase: str) -> str:
    """A phrase without the marks around it: quotation marks, title marks, spaces, emphasis."""
    bare = phrase.strip(_MARKS)
    return _balanced(bare, phrase) if not _OPENS_OR_CLOSES.isdisjoint(bare) else bare


_OPENS_OR_CLOSES = frozenset("《（(“”")
_MARKS = ' 　\n*“”‘’"「」《》〈〉、，,;；:：.．。-—'


def _balanced(bare: str, phrase: str) -> str:
    """With the mark that closes a title or a quotation at its end, without a quotation mark or a remark that is not closed."""
    if bare.count("“") > bare.count("”") and bare + "”" in phrase:
        return bare + "”"
    if bare.count("”") != bare.count("“"):
        bare = bare.replace("”", "").replace("“", "")
    if bare.count("《") > bare.count("》") and bare + "》" in phrase:
        return bare + "》"
    opened = max(bare.rfind("（"), bare.rfind("("))
    return bare[:opened].rstrip(_MARKS) if opened > 0 and not _CLOSED.search(bare, opened) else bare


_CLOSED = lazy("[）)]")


def without_brackets(phrase: str) -> str:
    """A phrase without a remark in brackets: 无人驾驶航空器（无人机） → 无人驾驶航空器."""
    return _BRACKETED.sub("", phrase) or phrase if "（" in phrase or "(" in phrase else phrase


_BRACKETED = lazy(r"[（(][^（）()]*[）)]")


def trim(text: str, start: int, end: int) -> Span:
    """text[start:end] without determiners and adverbs before it, and 等, 的, 之一 after it."""
    lead = _LEAD.match(text, start, end) if text[start : start + 1] in _LEAD_STARTS else None
    begin = lead.end() if lead else start
    if text[end - 1 : end] not in _TAIL_ENDS:  # most phrases have no tail to look for
        return _tuple(Span, (begin, end))
    tail = _TAIL.search(text, begin, end)
    if tail is None:
        return _tuple(Span, (begin, end))
    last = max(begin, tail.start())
    closes = text[last : last + 1] == "”" and last < end and text.count("“", begin, last) > text.count("”", begin, last)
    return _tuple(Span, (begin, last + closes))  # 经济的“三驾马车”|之一


def is_name(phrase: str) -> bool:
    """Whether a phrase could be a name at all: some letters, no clause marks, no opening that belongs to a sentence."""
    return 2 <= len(phrase) <= 40 and not _NOT_A_NAME.match(phrase) and not _CLAUSE_MARK.search(without_brackets(phrase))


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last of the matches of `pattern` in text[start:end]."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


_COUNT = lazy(
    r"(?<=[省市县乡镇村州区家])[两二三四五六七]级(?:书记|联动|体系|网络|架构)?$|[两二三四五六七八九十]部分$|(?:等)?(?:[两二三四五六七八九十\d]+|多)(?:个|大|类|种|项|方面|重|大类|对|条)(?:主要|基本|核心)?[\u4e00-\u9fff]{0,5}$"
)


def without_count(text: str, start: int, end: int) -> int:
    """Where the list in text[start:end] ends, without the count that closes it: 金融、物流、会展|三大门类."""
    counted = _COUNT.search(text, max(start, end - 14), end)
    return counted.start() if counted else end


def split_list(reader: Reader, start: int, end: int) -> tuple[list[Span], Span | None]:
    """The members of the list in text[start:end], and the class that follows them after 等, if any."""
    text = reader.text
    group = None
    and_so_on = last_match(_AND_SO_ON, text, start, end) if text.find("等", start, end) >= 0 else None
    if and_so_on and and_so_on.end() < end:
        group = trim(text, and_so_on.end(), end)
        end = and_so_on.start()
    parts = _split(reader, start, end)
    return [
        span for start, end in _share_head(reader, parts) if (span := trim(text, start, end)) and span.end > span.start
    ], group


def _split(reader: Reader, start: int, end: int) -> list[Span]:
    text = reader.text
    if _SEPARATOR.search(text, start, end) is None:
        return [Span(start, end)] if end > start else []
    reciprocal = bool(_RECIPROCAL.search(text, max(start, end - 3), end))
    last_mark = text.rfind("、", start, end)
    parts, depth, begin, quoted = [], 0, start, False
    for match in _SEPARATOR.finditer(text, start, end):
        mark = match[0]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
            if text[match.start() : match.end() + 1] in ("”“", "》《"):
                parts.append(Span(begin, match.end()))
                begin = match.end()
        elif mark == '"':
            quoted = not quoted
            if not quoted and text[match.end() : match.end() + 1] == '"':
                parts.append(Span(begin, match.end()))
                begin = match.end()
        elif mark in _JOINS_TWO and match.start() - begin <= _SHORT and match.start() < last_mark:
            continue  # 网络与数据安全、技术安全: within a member
        elif mark in _JOINS_LESS and parts and match.start() - begin <= _SHORT and _JOINS_LAST.search(text, match.end(), end):
            continue  # 养殖类产品、垂钓及观赏类产品和综合类产品
        elif depth == 0 and not quoted and (mark == "、" or (not reciprocal and _joins(reader, begin, match, end))):
            parts.append(Span(begin, match.start()))
            begin = match.end()
    parts.append(Span(begin, end))
    return [part for part in parts if part.end > part.start]


_SHORT = 4  # characters before a 和 that joins within a member, where the list goes on
_JOINS_LESS = ("与", "及")
_JOINS_LAST = lazy("(?<![共总饱缓温亲平随谐附])和(?![平谐解睦蔼])|以及")
_JOINS_TWO = ("和", "与", "及", "或")
_BARE_ACTION = lazy(
    r"^(?:的)?(?:发展|利用|建设|管理|服务|应用|创新|保护|使用|推广|培育|运营|改造|治理|合作|开发|制造|示范|修复|监管|维护|"
    r"交易)$"
)


def _joins(reader: Reader, begin: int, mark: re.Match[str], end: int) -> bool:
    """Whether 和 or its like joins two members: it is no part of a known name, and each side can stand alone."""
    if mark.start() - begin < 2 or any(m.term and m.start < mark.start() < m.end for m in reader.mentions(begin, end)):
        return False
    first, rest = Span(begin, mark.start()), reader.text[mark.end() : end]
    before = reader.text[slice(*first)]
    if "的" in rest and before.strip() and "的" not in before and reader.tokens(*first)[-1].tag[0] in "azilb":
        return False  # 开放包容和普惠共享的环境: both say what it is like
    return _stands_alone(before, rest)


def _stands_alone(first: str, rest: str) -> bool:
    """资源保护和利用, 科技的进步与迭代: what follows 和 shares the first part's modifier, and is no member of its own."""
    return len(rest) >= 2 and not _BARE_ACTION.match(rest)


def _share_head(reader: Reader, parts: list[Span]) -> list[Span]:
    """首创性、根本性和颠覆性的科技创新 is one phrase: its first members only modify the head of the last."""
    if len(parts) < 2:
        return parts
    text = reader.text
    *first, last = parts
    if _all_modify(text, parts) or _by_means(text, parts) or _all_attributive(reader, parts):
        return [Span(parts[0].start, last.end)]
    if _ORDINAL.match(text[parts[0].start : parts[0].end].strip()):
        return [Span(parts[0].start, last.end)]  # 第一次和第二次工业革命
    if all(_MODIFIER.match(text[a:b].strip()) for a, b in first):
        head = re.match(r"[\u4e00-\u9fff]{1,10}?(?:性|型|式|化)的?(?=[\u4e00-\u9fff]{2})", text[last.start : last.end])
        if head:
            return [Span(first[0].start, last.end)]
    return parts


def _all_modify(text: str, parts: list[Span]) -> bool:
    """创新、协调、绿色的理念 is one phrase: what stands before its 的 is as long as each of the others."""
    *first, last = parts
    of = text.find("的", *last)
    if len(first) < _FEW or of < 0 or any(text.find("的", *part) >= 0 for part in first) or text.startswith("其", last.start):
        return False
    return all(end - start == of - last.start for start, end in first)


def _by_means(text: str, parts: list[Span]) -> bool:
    """通过电话、邮件提供的服务 is one phrase: a preposition opens it, and what it is of stands behind the only 的."""
    *first, last = parts
    of = any(text.find("的", *part) >= 0 for part in first)
    return not of and text.find("的", *last) > 0 and _PREPOSITION.match(text, parts[0].start) is not None


def _all_attributive(reader: Reader, parts: list[Span]) -> bool:
    """课外、校外艺术活动 is one phrase: each part opens with a word of place that modifies, and only the last has a head."""
    listed = (reader.tokens(*part) for part in parts)  # most are known for none by the first
    behind = len(parts)
    for tokens in listed:
        behind -= 1
        if not tokens or (len(tokens) > 1) != (behind == 0):
            return False
        if tokens[0].tag[0] not in "sf" and not reader.is_word(reader.text[slice(*tokens[0][:2])], "attributive_places"):
            return False
    return True


_PREPOSITION = lazy("通过|利用|借助|由|在(?!线|建|岗|职|校)|对(?!外|接|手|策)|从(?!业|事)|向")
_FEW = 2  # members before the last that make a list of modifiers
# What ends the name of a class whose members are things of their own, not parts.
CLASS_NOUN = lazy(
    r"(?:产业|行业|业|技术|领域|基础设施|设施|装备|产品|工具|工程|学科|专业|设备|服务|门类|赛道|集群|业态|能源|材料|金融|模式)$"
)
