"""Whether a text states what it says: what is denied, cancelled, supposed, asked, doubted or called for is no fact.

A mark is a word of such a class (未, 取消, 如果, 能否, 谣传, 应当) with its reach: the stretch that it takes back. Words
are those of the segmenter, so that 未 in 未来 and 不 in 不锈钢 are none. A claim is asked for by its evidence and the names in
it: a mark inside a name (不以营利为目的的组织) takes nothing back. Only sentences in which a claim was read are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.model import Polarity, Span


class Mark(NamedTuple):
    """A word, and the stretch that it takes back; offsets into the sentence."""

    start: int
    end: int
    polarity: Polarity
    reach: Span
    verb: int = -1  # where what is denied ends, for a denial of one verb


# Denials of the verb that follows.
_DENIES = re.compile(
    r"(?:也|并|均|都|尚|从|绝|决|毫|暂|仍|既|从来|还|又|始终)?(?:不|没|没有|未)|并非|绝非|决非|不是|未能|未曾|不曾|不会|不再|不予|不可|不算|不属于|无法|"
    r"难以|不必|不用|无需|无须|未必|不至于|不愿|不想|不肯|否认|拒绝|没能|没法|不存在|无"
)
# What forbids all that follows in the clause.
_FORBIDS = re.compile(r"不得|不能|不准|不许|不宜|不应|不应当|不该|不要|严禁|禁止|防止|避免|杜绝|谨防|勿|切勿|放弃|忽视|而非|不搞")
# What is half said with a denial and is none: 不仅…还…, 缺一不可; the bound of a figure: 不超过5%.
_NO_DENIAL = re.compile(
    r"不得?(?:超过|超出|超|高于|多于|大于|低于|少于|小于|下于|足|满|到)(?=\s?[\d一二三四五六七八九十百千两])|"
    r"不[仅但光只单独止](?!能)|但?不限于|不外乎|无不|无一不|莫不|无非|不得不|不能不|不会不|不可不|不能没有|不可(?:或缺|替代|缺少|分割|估量|逆转)|缺一不可|必不可少|未尝不|"
    r"(?:并非|不是|并不是)(?:没有|不)|不无|并非不|非(?=[^，。；]{1,20}(?:不可|莫属))|"
    r"(?:没有|无|离开|缺少|缺乏|失去)(?=[^。；]{1,30}?[就便也将](?:没有|不|难|无|谈不上))|[就便也将](?:没有|不会有|不能|不可能|难以|无法|谈不上)"
)
_HELPS = frozenset(
    "以 得 能 会 可 可以 可能 能够 应 应当 要 再 予以 给予 准备 打算 计划 主张 提倡 鼓励 允许 同意 赞成 "
    "建议 考虑 继续 得到 进行 加以 有 参与 组织".split()
)
_WITHHOLDS = re.compile("停止|暂停|终止|中止|取消|叫停|撤销|放弃|拒绝|收回")
_CANCELLED = "取消|推迟|延期|延后|延至|改期|暂停|叫停|搁置|终止|中止|缓办|停办|停开|作罢|流产|夭折|未果|泡汤|落空|告吹"
_CANCELS = re.compile(rf"{_CANCELLED}|[没未]有?(?:能|能够|如期|按时|按期|按计划)*(?:召开|举行|举办|成行|开成|开幕)$")
_ONLY_CANCELS = re.compile(
    r"(?:但|可|却|后|后来)?(?:因[^，]{0,40}|由于[^，]{0,40}|受[^，]{0,40}影响)?(?:已经?|被迫?|将|现|临时|突然|最终|决定|不得不|随后|后来|其后|又|再次|宣布|予以|正式|但|却|均|都|也)*"
    rf"(?:{_CANCELS.pattern})(?:了|举行|召开|举办|进行)?(?:[至到].*)?[”）]*"
)
_MOVED = re.compile("(?:推迟|延期|延后|延|改期)(?:举行|召开|举办|开幕)?(?:至|到|为|在)")
_SUPPOSES = frozenset("如果 假如 倘若 倘 若 若是 假设 假使 假定 一旦 即使 即便 哪怕 要是 万一 除非 设若 如若 若果".split())
_VIEWS = re.compile("说(?!明)|(?:[从以就按照][^，]{1,20})(?:来?看|而言|来说|来讲)")  # 如果说A…，那么B…
_THEN = re.compile(r"那么|则|就|便|将|应|须|可|必|要|会|也|还|才|能")
_ASKS_WHETHER = re.compile(r"能否|是否|可否|会否|应否|有无|吗|究竟|何时|何地")
_ASKS_HOW = re.compile(r"如何|为何|为什么|何以|怎样|怎么|谁|哪里|哪[些个种家]")
_ASKS = re.compile(f"{_ASKS_WHETHER.pattern}|{_ASKS_HOW.pattern}")
_DOUBTS = re.compile(
    r"(?:没有|尚无|并无|暂无|无|缺乏|缺少|未有|未见)(?:任何|充分|足够|确切|可靠|明确|直接|的)*(?:证据|依据|资料|研究|数据|迹象|理由|消息)(?:能够|可以|能|可|来|去)?(?:表明|证明|显示|说明|证实|认为|指出|相信)|"
    r"(?:不能|不应|不可|不宜|难以|无法|不足以|未能|很难|并不能|不会|不)(?:简单地?|据此|由此|因此|就此|就|想当然地?)*(?:认为|说明|证明|断言|断定|得出|推断|推出|表明|意味着|理解为|认同|赞同|同意|相信)|"
    r"误以为|误认为|错误地?认为|误传|误读|谣传|网传|讹传|传言|传闻|据传|谣言|谎称|妄称|声称|号称|否认"
)
_UNFOUNDED = re.compile(
    r"(?:并|均|都|也|完全|纯)?(?:不成立|不属实|不实|不准确|不正确|不可信|不可取|站不住脚|没有(?:根据|依据)|毫无根据|子虚乌有)|(?:是|属|系|为|属于|纯属)(?:一种|一个)?(?:错误|谣言|谣传|误解|误读|误区|假消息|虚假|不实|片面|讹传)|"
    r"有待(?:核实|证实|商榷|验证|考证)|尚(?:待|未)(?:核实|证实|证明|确定|定论)|尚不确定|尚不明确|不得而知|存疑|值得商榷"
)
_SAID_BEFORE = re.compile(
    r"(?:经[^，。]{0,12}，)?(?:但|然而|其实|实际上|事实上)?，?(?:该|这一|这种|这个|上述|此|以上|相关|有关)(?:消息|说法|观点|看法|信息|传言|传闻|言论|结论|论断|报道|认识|判断|命题)"
)
_TURNS = re.compile(r"但|然而|而是|其实|事实上|实际上|相反|不过|可见")
# What calls for a state of things and does not say that it is so; what a thing needs (需要以…为基础), or should hold, it does.
_CALLS = frozenset("要 应 应当 应该 必须 务必 不妨 务求 力求 争取 力争".split())
_CALLED = re.compile(
    r"(?:坚持|始终|继续|更加|更|真正|切实|充分|主要|也|都|同样|牢牢|进一步|尽快|逐步)*(?:以(?![便免及致])|由|成为|具有|具备|是|体现|作为|[把将].{1,16}作为)"
)
_CLAUSE = re.compile(r"[^，；：。！？\n]+")
# Most sentences and clauses have none of the words that marks are made of. Each alternative opens with a letter: such patterns
# are scanned for fast.
_DENIAL = "不|没|未|无|并非|绝非|决非|难以|否认|拒绝"
_MAY_BE_MARK = re.compile("|".join((_DENIAL, _FORBIDS.pattern, _WITHHOLDS.pattern, *sorted(_SUPPOSES | _CALLS))))
_MAY_SPARE = re.compile("[不没无非]")
_MAY_DOUBT = re.compile(
    "不|没有|无|缺乏|缺少|未|难以|很难|误|传|谣言|谎称|妄称|声称|号称|否认|子虚乌有|假消息|虚假|片面|有待|尚|存疑|值得商榷"
)
_MAY_CANCEL = re.compile(f"{_CANCELLED}|没|未")
_ASKED_AT_END = re.compile(r"[？?][”）」\"]*$")
_TAG = re.compile("(?:真的|是这样|是|对|不是)(?:吗|么|吧|不对|不是)?")  # …，是吗？ asks the whole


class Polarities:
    """The polarity of stretches of one text; the marks of a sentence are found when it is first asked of."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def of(self, relation: str, quote: Span, names: Sequence[str]) -> Polarity:
        """How text[quote] says what a claim of `relation` states of `names`, the thing claimed last."""
        first = max(0, bisect_right(self._starts, quote.start) - 1)
        for index in range(first, bisect_right(self._starts, max(quote.start, quote.end - 1))):
            sentence = self._sentences[index]
            body = self._text[sentence.start : sentence.end]
            if not _MAY_MARK.search(body) and not self._taken_back(index):
                continue
            start, end = max(0, quote.start - sentence.start), min(quote.end - sentence.start, len(body))
            found = _taken(body, relation, Span(start, end), names)
            if found != "stated":
                return found
            if self._taken_back(index):
                return "doubted"
        return "stated"

    def of_quoted(self, relation: str, quote: Span, names: Sequence[str], verbs: Collection[str] = ()) -> Polarity:
        """The same of a stretch that may begin before the verb that the claim rests on: 不支持X. A claim of support rests on a
        verb that grants something, any other on one of `verbs`."""
        claimed = self._text.find(names[-1], *quote) if names else -1
        before = Span(quote.start, claimed if claimed >= 0 else quote.end)
        starts = [quote.start, *self._behind_marks(relation, before, verbs)]
        said = (self.of(relation, Span(start, quote.end), names) for start in starts)
        return next((polarity for polarity in said if polarity != "stated"), "stated")

    def _behind_marks(self, relation: str, stretch: Span, verbs: Collection[str]) -> Iterator[int]:
        """Where a stretch goes on behind each mark in it that takes back the verb which follows."""
        for start, end in self._sentences[max(0, bisect_right(self._starts, stretch.start) - 1) :]:
            if start >= stretch.end:
                return
            body = self._text[start:end]
            for mark in marks(body):
                is_within = stretch.start <= start + mark.start and start + mark.end <= stretch.end
                if is_within and _takes_back(body, mark, relation, verbs):
                    yield start + mark.end

    def _taken_back(self, index: int) -> bool:
        """网传X。经查，该消息不实: the next sentence takes back what this one says."""
        if index + 1 >= len(self._sentences):
            return False
        start, end = self._sentences[index + 1]
        back = _SAID_BEFORE.match(self._text, start, end)
        return bool(back and _UNFOUNDED.search(self._text, back.end(), end))


def _takes_back(body: str, mark: Mark, relation: str, verbs: Collection[str]) -> bool:
    """Whether a mark takes back the verb that a claim of a relation rests on."""
    if relation != "supports":
        return body[mark.end : mark.verb].endswith(tuple(verbs))
    return mark.polarity in ("forbidden", "withheld") or _verb_is(_GRANTS, body, mark)


# Most sentences have no such character.
_MAY_MARK = re.compile(
    "[不没未无非难拒否勿禁防避杜停暂终中取叫撤放限收推延改搁缓作流夭泡落告假倘若如一即哪要万除能是可会应有为何怎究谁吗？误谣网传据讹谎妄声号子错存须需必亟力争务]"
)


def _taken(body: str, relation: str, quote: Span, names: Sequence[str]) -> Polarity:
    found = marks(body)
    if not found:
        return "stated"
    inside = [span for name in names for span in _places_of(body, name, quote)]
    claimed = next(_places_of(body, names[-1], quote), None) if names else None
    for mark in found:
        if not _bears_on(mark, relation, quote) or (_is_named(mark, inside) and not (relation == "event" and _says(body, mark))):
            continue
        if mark.polarity == "cancelled" and 0 <= mark.verb < quote.end:
            continue  # 推迟至5月8日: what has the new date as evidence
        if claimed is None:
            taken = mark.reach.start < quote.end and quote.start < mark.reach.end
        elif mark.polarity in ("denied", "withheld"):
            taken = _denies(body, mark, relation, quote, claimed, inside)
        else:
            listed = mark.polarity == "called for" and _describes(body, mark, claimed)
            taken = mark.reach.start <= claimed.start and claimed.end <= mark.reach.end and not listed
        if taken:
            return mark.polarity
    return "stated"


def _is_named(mark: Mark, inside: Sequence[Span]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in inside)


def _says(body: str, mark: Mark) -> bool:
    """Whether a mark within what is taken for the name of an event says that there was none: X没能开成Y; Y的消息不实."""
    return mark.polarity == "doubted" or (mark.polarity == "denied" and _verb_is(_HAPPENS, body, mark))


def _bears_on(mark: Mark, relation: str, quote: Span) -> bool:
    """Which classes bear on which relation: only an event is cancelled, only support withheld, only a nature called for."""
    if relation == "contrast":  # what is said of either side may be a denial
        return mark.polarity in ("supposed", "asked", "doubted")
    if mark.polarity == "called for":
        return relation == "defines"
    if mark.polarity == "cancelled":
        return relation == "event"
    if mark.polarity == "withheld":
        return relation == "supports"
    if mark.polarity == "forbidden":
        return relation in ("supports", "event") and mark.start < quote.start
    return True


_HAPPENS = re.compile(
    "召开|举行|举办|开|开成|开幕|成行|进行|发生|实施|开展|启动|成立|通过|发布|出席|参加|实现|完成|出现|上市|施行"
)
_CONTAINS = re.compile("包括|包含|涵盖|囊括|含有|是|属于")
_GRANTS = re.compile("支持|补贴|补助|奖励|扶持|资助|贴息|优惠|减免|奖补|鼓励|发展|布局")


def _verb_is(verb: re.Pattern[str], body: str, mark: Mark) -> bool:
    return bool(verb.match(body[: mark.verb], max(mark.end, mark.verb - 2)))


def _denies(body: str, mark: Mark, relation: str, quote: Span, claimed: Span, inside: Sequence[Span]) -> bool:
    """Whether the verb that a mark denies is the one that the claim rests on: it is said of what is named, and describes none."""
    clause = next((Span(*found.span()) for found in _CLAUSE.finditer(body) if found.start() <= mark.start < found.end()), quote)
    if not clause.start <= claimed.start < clause.end:
        return False
    after = relation in ("event", "supports", "restricts") and mark.start >= claimed.end
    if after or mark.start >= max(end for _, end in inside):
        verb = {"event": _HAPPENS, "supports": _GRANTS, "restricts": _GRANTS}.get(relation)
        return verb is not None and _verb_is(verb, body, mark)
    if relation in ("supports", "restricts") and mark.start >= quote.start:
        return False  # 支持未就业大学生…: within what is supported
    if relation == "includes" and mark.start >= quote.start and not _verb_is(_CONTAINS, body, mark):
        return False  # 未升学学生、退役军人等群体
    overlaps = max(mark.reach.start, quote.start) < min(mark.reach.end, quote.end)
    own = any(start <= max(mark.reach.start, quote.start) and mark.reach.end <= end for start, end in inside)
    covers = mark.reach.start <= claimed.start and claimed.end <= mark.reach.end
    return (covers or (overlaps and not own)) and not _describes(body, mark, claimed)


def _describes(body: str, mark: Mark, claimed: Span) -> bool:
    """Whether a mark only describes one of the things named: 未获邀请的企业参加…; 转型不深入、效率低下."""
    if mark.start >= claimed.end:
        return "、" in body[claimed.end : mark.start]
    if mark.verb >= 0 and "的" in body[mark.verb : claimed.start].rstrip("的"):
        return True
    clause = max(body.rfind(bound, 0, mark.start) for bound in "，；：") + 1
    listed = "、" in body[clause : mark.start] or (mark.verb >= 0 and body.startswith("、", mark.verb))
    return listed and "、" in body[mark.end : claimed.start]


def _places_of(body: str, name: str, quote: Span) -> Iterator[Span]:
    at = body.find(name, quote.start, quote.end) if name else -1
    while at >= 0:
        yield Span(at, at + len(name))
        at = body.find(name, at + 1, quote.end)


@lru_cache(maxsize=512)
def marks(sentence: str) -> tuple[Mark, ...]:
    """Every mark of a sentence, in order of its classes."""
    clauses = [Span(*clause.span()) for clause in _CLAUSE.finditer(sentence)]
    found = [*_sentence_marks(sentence), *_cancelled(sentence, clauses)]
    halves = _NO_DENIAL.finditer(sentence) if _MAY_SPARE.search(sentence) else ()
    spared = {at for half in halves for at in range(*half.span())}
    for index, clause in enumerate(clauses):
        found += _clause_marks(sentence, clause, clauses[index + 1 :], spared)
    return tuple(found)


def _sentence_marks(sentence: str) -> Iterator[Mark]:
    """Questions and doubts, which reach over commas."""
    if asked := _ASKED_AT_END.search(sentence):
        start = max(sentence.rfind(mark, 0, asked.start()) for mark in "，；：") + 1
        yield Mark(*asked.span(), "asked", Span(0 if _TAG.fullmatch(sentence, start, asked.start()) else start, asked.end()))
    if not _MAY_DOUBT.search(sentence):
        return
    # A doubt holds up to the clause that turns against what was said before it (但…).
    turns = [clause.start() for clause in _CLAUSE.finditer(sentence) if _TURNS.match(sentence, clause.start())]
    for doubt in _DOUBTS.finditer(sentence):
        at = bisect_right(turns, doubt.end())
        yield Mark(*doubt.span(), "doubted", Span(doubt.start(), turns[at] if at < len(turns) else len(sentence)))
    for unfounded in _UNFOUNDED.finditer(sentence):
        yield Mark(*unfounded.span(), "doubted", Span(0, unfounded.end()))


def _cancelled(sentence: str, clauses: Sequence[Span]) -> Iterator[Mark]:
    if not _MAY_CANCEL.search(sentence):
        return
    for index, clause in enumerate(clauses):
        for word in _CANCELS.finditer(sentence, *clause):
            whole = _ONLY_CANCELS.fullmatch(sentence, *clause)
            start = clauses[0].start if whole and index else clause.start
            moved = _MOVED.match(sentence, word.start())
            yield Mark(
                *word.span(), "cancelled", Span(start, word.start() if moved else clause.end), moved.end() if moved else -1
            )


def _clause_marks(sentence: str, clause: Span, later: Sequence[Span], spared: Set[int]) -> Iterator[Mark]:
    words = _words(sentence, clause) if _MAY_BE_MARK.search(sentence, *clause) else []
    for index, (start, word, _) in enumerate(words):
        end = start + len(word)
        follows = words[index + 1 :]
        if word in _SUPPOSES and start not in spared and _conjoins(sentence, start, word, clause, follows):
            if not any(at in spared for at in range(end, clause.end)):
                yield Mark(start, end, "supposed", Span(start, _supposed_to(sentence, clause, later)))
        elif start in spared:
            continue
        elif _FORBIDS.fullmatch(word):
            yield Mark(start, end, "forbidden", Span(start, clause.end))
            if follows:
                yield _denial(sentence, Span(start, end), clause, follows)
        elif _DENIES.fullmatch(word) and follows:
            yield _denial(sentence, Span(start, end), clause, follows)
        elif _WITHHOLDS.fullmatch(word) and follows:
            yield Mark(start, end, "withheld", Span(start, follows[0][0] + len(follows[0][1])))
        elif word in _CALLS and _CALLED.match(sentence, end, clause.end):
            yield Mark(start, end, "called for", Span(start, clause.end), end)
    if not _ASKS.search(sentence, *clause):
        return
    for asks in _ASKS_WHETHER.finditer(sentence, *clause):
        yield Mark(*asks.span(), "asked", clause)
    for asks in _ASKS_HOW.finditer(sentence, *clause):
        yield Mark(*asks.span(), "asked", Span(asks.start(), clause.end))


def _conjoins(sentence: str, start: int, word: str, clause: Span, follows: Sequence[_Word]) -> bool:
    """若 within a clause and before a noun is a part of a name (和若铁路); 如果从长远来看 supposes nothing."""
    if _VIEWS.match(sentence, start + len(word), clause.end):
        return False
    return len(word) > 1 or start == clause.start or not follows or follows[0][2][0] != "n"


_Word = tuple[int, str, str]


def _words(sentence: str, clause: Span) -> list[_Word]:
    at, words = clause.start, []
    for word, tag in words_of(sentence[clause.start : clause.end]):
        words.append((at, word, tag))
        at += len(word)
    return words


def _denial(sentence: str, word: Span, clause: Span, follows: Sequence[_Word]) -> Mark:
    """A denial with its verb: past adverbs, auxiliaries and a phrase with a preposition; 没有 before a noun denies all."""
    but = sentence.find("而是", word.end, clause.end)
    end = but if but >= 0 else clause.end
    first = follows[0]
    if first[2][0] == "n" or first[1] in ("以", "由", "是") or sentence[word.start : word.end].endswith(("是", "非")):
        return Mark(*word, "denied", Span(word.start, end))
    oblique = False
    for start, text, tag in follows:
        if start >= end or tag[0] == "p" or text in ("在", "到"):
            oblique = True
        elif text in _HELPS or tag[0] in "dtc" or (oblique and tag[0] != "v"):
            continue
        else:
            return Mark(*word, "denied", Span(word.start, start + len(text)), start + len(text))
    return Mark(*word, "denied", Span(word.start, end))


def _supposed_to(sentence: str, clause: Span, later: Sequence[Span]) -> int:
    """Where a supposition ends: before the clause that draws the consequence, or with its own clause where none does."""
    end = clause.end
    for follow in later:
        if _THEN.search(sentence, *follow):
            return end
        if sentence[follow.start - 1] in "；。！？":
            break
        end = follow.end
    return clause.end
