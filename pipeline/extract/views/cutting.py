"""How a stretch that someone holds is cut into views: clauses of at most LONGEST characters, as near to the text as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.annotate.words import words_of
from pipeline.extract.reader import Reader
from pipeline.model import Span
from pipeline.patterns import lazy

LONGEST = 40  # characters of a view
_SHORTEST = 5
_LIKELY = 26  # characters of most views
_A_PACK, _CUT_OFF = 1000, 3000  # what a pack of clauses costs, and one that ends in a clause that only leads on
_SAYS = 7  # characters of a quotation that says something; a shorter one is a name
_SHORT_TAIL = 14  # characters of a clause that its end alone tells to lead on
_LEAD_IN = 16  # characters of a clause that leads on and may be left out
_STOPS = "。！？；;!?\n"
_COMMAS = "，,"
_MEMBER, _HEAD = 14, 4  # characters of a member of a list that may be left out, at most, and of the head of an object, at least
_OPEN, _CLOSE = "（(《[【", "）)》]】"
_QUOTES = '“”"「」‘’'
_TAIL = ' 　\n“”‘’"「」，,。；;：:、…'
_NUMBER = lazy(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、]")
_NOTE = lazy(
    r"[①-⑳]|[\[［〔][\d,，、~–-]{1,9}[\]］〕]|[（(]\d{1,2}[）)]|\^\s*\{[^{}]*\}|\[\d*$|\\[a-z]+|[$\\{}]|<[^>]{1,20}>|\*\*"
)
_CITED = lazy(r"[（(][^（）()]{1,80}(?:19|20)\d\d[a-z]?[）)]\s*$")
_SPACE = lazy(r"(?<=[\u4e00-\u9fff，“”、]) +| +(?=[\u4e00-\u9fff，“”、])|\n|(?<=[\d.]) (?=[\d.%])")
_BETWEEN_QUOTES = lazy('”[，、；和及]?“|"[，、；和及]?"|」[，、]?「')
_MODAL = lazy("^(?:未来|今后|必须|应当?|需要?|[要须而但则也还且更既即])+(?!求)")
_CALLED_FOR = lazy("[^，是]{2,16}?(?<![主重必需只])[要应须](?=按照|根据|依据|遵照|依照|围绕|针对|通过)")
_FRAME = lazy(
    "站在.{2,}(?:高度|角度|立场)上?|以[^为]{2,}为[^，]{2,8}|在.{2,}(?:[下时里]|中|方面|前提下|基础上|过程中)|当.+时|从.{2,}(?:来?看|而言|来说|出发)"
)
_CONCLUDES = lazy("所以|[就才便]|[是将会]")  # what tells that the main clause is in the same one
_HALF = lazy(r"(.{14,39})(?:：|——)")  # what stands before what explains it
_ONE_HALF, _OTHER_HALF = lazy("不仅仅?|不但"), lazy("(?:不仅|不但).*[也还更而又且]")
_REMARK = lazy(r"[（(][^（）()]*[）)]")
_HANGING = lazy("[的和与及、或而之在对以将把]+$")  # what no label ends in
_DATE = lazy(r"[\d年月日]+")
_INSTANCE = "%for_instance%"
_SAYS_SO = lazy("(?:指出|认为|发现|表明|提出)$")
_STATES = lazy("[是将会能应需]|可以")  # what makes a clause of its own of one that opens as a prelude does


class View(NamedTuple):
    """text[start:end] with its label."""

    start: int
    end: int
    label: str


def views_in(reader: Reader, start: int, end: int) -> Iterator[View]:
    """The views of text[start:end], in order."""
    for segment in _segments(reader.text, start, end):
        if not reader.is_aside(segment.start):
            clauses = list(_parts(reader.text, *segment, _COMMAS))
            views = (_view(reader, *pack) for pack in _packed(reader, clauses))
            yield from (view for view in views if view)


def last_view(reader: Reader, start: int, end: int) -> Iterator[View]:
    """The last view of text[start:end]."""
    yield from list(views_in(reader, start, end))[-1:]


def _segments(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences and half-sentences of text[start:end]; one quotation after another is another."""
    for segment in _parts(text, start, end, _STOPS):
        at = segment.start
        least = _SHORTEST if text[at] in '“"「' else _SAYS
        for between in _BETWEEN_QUOTES.finditer(text, *segment):
            opened = max(text.rfind(mark, segment.start, between.start()) for mark in '“"「')
            if between.start() - opened > least:
                yield Span(at, between.start() + 1)
                at = between.end() - 1
        yield Span(at, segment.end)


def _packed(reader: Reader, clauses: Sequence[Span]) -> Iterator[Span]:
    """Clauses in as few packs as LONGEST allows, of like lengths: none cut off that only leads into the next."""
    labels = [label_of(reader.text, *clause) for clause in clauses]
    leads = [_leads_on(reader, label) for label in labels]
    best: list[tuple[int, int]] = [(0, 0)]  # the cost of the clauses so far, and where the last pack begins
    for stop in range(1, len(clauses) + 1):
        options = []
        for start in range(stop - 1, -1, -1):
            size = sum(map(len, labels[start:stop])) + stop - start - 1
            if size > LONGEST and start < stop - 1:
                break
            cost = _A_PACK + (size - _LIKELY) ** 2 + (_CUT_OFF if leads[stop - 1] and stop < len(clauses) else 0)
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    packs, at = [], len(clauses)
    while at:
        start, stop = best[at][1], at
        while stop > start and _waits(reader, labels, stop - 1):
            stop -= 1
        if stop > start:
            packs.append(Span(clauses[start].start, clauses[stop - 1].end))
        at = start
    yield from reversed(packs)


def _waits(reader: Reader, labels: Sequence[str], at: int) -> bool:
    """Whether a clause only leads on; the last one of all may end in 的: 要求是很高的."""
    label, is_last = labels[at], at + 1 == len(labels)
    if label.startswith("对") and reader.ends_in(label, "voiced_in"):
        return True  # 对保护工作提出明确要求: the document tells of what was said
    if not is_last and (is_nominal(label) or any(reader.is_word(label[:size], "owing_openers") for size in (2, 3))):
        return True
    short = not is_last and len(label) <= _SHORT_TAIL and _leads_on(reader, label)
    return short or (_only_leads(reader, label) and not (is_last and label.endswith("的")))


def is_nominal(label: str) -> bool:
    """Whether a label is one noun phrase, whose predicate stands in the next clause: 渔港的冷库和码头的吊机，在…中起作用."""
    words = words_of(label)
    told = any(tag == "v" and (at + 1 == len(words) or words[at + 1][1] != "uj") for at, (_, tag) in enumerate(words))
    ends = words[-1][1][0] == "n" or words[-1][1] == "vn" if words else False
    return ends and not told and "的" in label and all(tag[0] not in "dpmy" for _, tag in words)


def _only_leads(reader: Reader, label: str) -> bool:
    """Whether a clause waits for its main clause, however long it is: 要按照新理念的要求, 以富民为目标, 当且仅当成本很低时."""
    bare = _MODAL.sub("", label)
    if _FRAME.fullmatch(bare) or (bare.endswith("的") and "是" not in bare):
        return True  # 当事人逾期不起诉的, in a law
    called = _CALLED_FOR.match(bare)  # 全系统要|按照新理念的要求
    bare = bare[called.end() :] if called else bare
    if _is_purpose(bare):
        return True
    size = max((n for n in range(1, 5) if reader.is_word(bare[:n], "waiting_openers")), default=0)
    return bool(size) and not _CONCLUDES.search(bare, size) and not _acts(bare[size:])


def _is_purpose(label: str) -> bool:
    """Whether a label is 为 with a verb and its objects, and nothing that is done for it: 为加快渔业的发展."""
    words = words_of(label) if label.startswith("为") else ()
    deed = list(takewhile(lambda word: word[1] in ("v", "d", "vn", "ad"), words[1:]))
    rest = words[1 + len(deed) : -1]
    return bool(deed) and not any(tag in ("v", "vn") for _, tag in rest)


def _acts(phrase: str) -> bool:
    """Whether a predicate stands behind the nouns of a phrase: (随着)人口减少|渔村将消失, (根据)规定|制定办法."""
    tags = [tag for _, tag in words_of(phrase)]
    last_of = max((at for at, tag in enumerate(tags) if tag == "uj"), default=-1)
    verbs = [at for at, tag in enumerate(tags) if tag == "v" and last_of < at]
    return any(at < len(tags) - 1 for at in verbs)


def _leads_on(reader: Reader, label: str) -> bool:
    """Whether a clause only leads into the next: 随着技术进步, 改革开放以来, 当前."""
    if reader.is_word(label, "prelude_words") or _DATE.fullmatch(label) or label.endswith("的"):
        return True
    if len(label) <= _SHORT_TAIL and reader.ends_in(label, "prelude_tails") and not reader.ends_in(label, "no_tails"):
        return True
    opening = next((size for size in (2, 1) if reader.is_word(label[:size], "view_preludes")), 0)
    return bool(opening) and not _STATES.search(label, opening)


def _says_nothing(reader: Reader, label: str) -> bool:
    """Whether a label only leads into what is said: 在这一背景下; 根据某某理论; 有研究者指出."""
    instance = reader.pattern(_INSTANCE).match(label) is not None
    return instance or bool(_SAYS_SO.search(label)) or (len(label) <= _LEAD_IN and _leads_on(reader, label))


def label_of(text: str, start: int, end: int) -> str:
    """text[start:end] without marks of notes, spaces and line breaks."""
    return _SPACE.sub("", _NOTE.sub("", text[start:end])).strip(_TAIL)


def _view(reader: Reader, start: int, end: int) -> View | None:
    """The view in text[start:end]: without what opens it, the marks at its end and the work that is cited for it."""
    text = reader.text
    start = _past_openers(reader, start + text.startswith("了要", start), end)  # 提出了|要转变观念
    cited = _CITED.search(text, start, end)
    end = cited.start() if cited else end
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    label = _without_half(label_of(text, start, end))
    if len(label) < _SHORTEST or _says_nothing(reader, label):
        return None
    return View(start, end, shortened(label))


def _without_half(label: str) -> str:
    """A label without the 不仅 whose other half stands elsewhere."""
    return label if _OTHER_HALF.search(label) else _ONE_HALF.sub("", label)


def shortened(label: str) -> str:
    """A label of at most LONGEST characters: without its remarks in brackets where it is longer, and cut where a word ends."""
    if len(label) > LONGEST:
        label = _REMARK.sub("", label).strip(_TAIL)
    if len(label) > LONGEST and (stop := _HALF.match(label)):
        label = stop[1]
    if len(label) > LONGEST:
        label = _of_list(label) or _of_head(label) or _cut(label)
    return _closed(label)


def _of_list(label: str) -> str | None:
    """A label without members of its list, the first and the last of which it keeps; None where that is not short enough."""
    parts = label.split("、")
    while len(parts) > 2 and len("、".join(parts)) > LONGEST and len(parts[-2]) <= _MEMBER:
        del parts[-2]
    made = "、".join(parts)
    if len(made) > LONGEST and words_of(parts[-1])[0][1] == "v":
        made = "、".join(parts[:-1])  # 实现更大发展、|发挥更大作用
    return made if len(made) <= LONGEST and len(made) < len(label) else None


def _of_head(label: str) -> str | None:
    """A label without what stands between its verb and the head of the object: 关闭|年久失修的|仓库; None where none does."""
    words, head = words_of(label), label.rpartition("的")[2]
    verb = next((at for at, (_, tag) in enumerate(words) if tag not in ("d", "ad", "vd")), 0)
    made = "".join(word for word, _ in words[: verb + 1]) + head
    nominal = all(tag[0] in "nabjmqxlz" or tag == "vn" for _, tag in words_of(head))
    return made if words[verb][1] == "v" and nominal and len(head) >= _HEAD and len(made) <= LONGEST else None


def _cut(label: str) -> str:
    """The words of a label up to LONGEST characters, and none of a bracket or a title that would stay open."""
    end = 0
    for word, _ in words_of(label):
        if end + len(word) > LONGEST:
            break
        end += len(word)
    cut = label[:end]
    for opening, closing in ("（）", "()", "《》", "[]"):
        opened = cut.rfind(opening)
        cut = cut[:opened] if opened > cut.rfind(closing) and opened >= _SHORTEST else cut
    return _HANGING.sub("", cut).rstrip(_TAIL)


def _closed(label: str) -> str:
    """A label with the quotation marks in it in pairs: one that was cut off at either end is put back or left out."""
    opened, closed = label.count("“"), label.count("”")
    if opened > closed:
        return f"{label}”" if len(label) - label.rfind("“") <= _SAYS else label.replace("“", "").replace("”", "")
    if closed > opened:
        return f"“{label}" if label.find("”") <= _SAYS else label.replace("“", "").replace("”", "")
    return label


def _past_openers(reader: Reader, start: int, end: int) -> int:
    """Where a view begins, past marks, numbering and conjunctions."""
    text, before = reader.text, -1
    while before < start < end:
        before = start
        while start < end and (text[start] in _TAIL or text[start].isspace()):
            start += 1
        number = _NUMBER.match(text, start, end)
        start = number.end() if number else start + reader.word_at(start, "view_openers")
    return min(start, end)


def _parts(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """text[start:end] between marks that stand in no brackets."""
    depth, begin = 0, start
    for at in range(start, end):
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and (not depth or char == "\n"):
            if at > begin:
                yield Span(begin, at)
            begin, depth = at + 1, 0
    if end > begin:
        yield Span(begin, end)
