"""What fills the slots of productions of lists and classes: the members of a list, the class before or behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.annotate.tokens import NAME, Token
from pipeline.extract.phrases import clean, is_name, split_list, without_count
from pipeline.extract.reader import Reader, keep
from pipeline.model import Span
from pipeline.patterns import lazy

# Tags that no noun phrase goes over: prepositions, adverbs, pronouns, particles, conjunctions, measure words, marks.
_BOUNDS = ("p", "d", "r", "u", "c", "q", "y", "w")
JOINS = ("和", "与", "及", "以及", "或")
_MARK = lazy(r"[^\u4e00-\u9fffA-Za-z0-9“”\"‘’《》+\-—·（）()%．.&/]")
_MARK_TOKENS = 4  # tokens among which the 的 of a modifier stands
_QUOTED = 8  # characters of a class in quotation marks
SlotReader = Callable[[Reader, Span], tuple[Span, ...]]  # what fills a slot, from the stretch that it takes
FIELD_KINDS = ("Industry", "Technology")  # of the names of known fields
LONGEST_MEMBER = 24  # characters of a member of a list


def bounds(reader: Reader, token: Token) -> bool:
    """Whether a token is no part of a name: a particle, an adverb, a mark, a verb that governs what follows it."""
    word = word_of(reader, token)
    if token.tag == NAME or word in JOINS:
        return False
    return token.tag.startswith(_BOUNDS) or word in reader.bounding_words or bool(_MARK.search(word))


def phrase_start(reader: Reader, start: int, end: int) -> int:
    """Where the noun phrase begins that ends at `end`: behind the last word in text[start:end] that is no part of a name."""
    tokens = reader.tokens(start, end)
    first = len(tokens)
    if first and tokens[-1].tag[0] in "vq" and not _MARK.search(word_of(reader, tokens[-1])):
        first -= 1  # 码头建设: what is done, as a noun
    while first and not (bounds(reader, tokens[first - 1]) and not _is_deed(reader, tokens, first - 1)):
        first -= 1
    while first + 1 < len(tokens) and _opens_clause(reader, tokens[first], tokens[first + 1]):
        first += 1
    if 2 <= first < len(tokens) and word_of(reader, tokens[first - 2]) == "的" and tokens[first - 1].tag[0] == "v":
        first -= 1  # 渔港的治理|体系: no verb governs behind 的
    return tokens[first].start if first < len(tokens) else end


def _own_list(text: str, start: int, end: int) -> int:
    """Where the list begins that the class behind it closes: behind 以及 in X制造以及A、B、C."""
    joined = text.rfind("以及", start, end)
    return joined + 2 if joined >= 0 and first_separator(text, joined, end) >= 0 else start


def _opens_clause(reader: Reader, token: Token, following: Token) -> bool:
    """运用物联网, 充分|运用物联网: the verb has nothing before it that it could belong to."""
    both = reader.text[token.start : following.end]
    return reader.is_word(word_of(reader, token)[-2:], "governing_verbs") or reader.is_word(both, "governing_verbs")


def phrase_end(reader: Reader, start: int, limit: int) -> int:
    """Where the noun phrase ends that begins at `start`: before a word that is no part of a name, or a verb behind a noun."""
    end = start
    for token in reader.tokens(start, limit):
        if bounds(reader, token) or word_of(reader, token) in JOINS or (end > start and token.tag == "v"):
            break
        end = token.end
    return end


@keep
def a_list(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of the list that ends where the stretch ends: two at least, from the phrase before its first 、 on."""
    text = reader.text
    earlier = [word.end for word in reader.words_in(span) if "and_so_on" in word.signals]
    begin = _own_list(text, earlier[-1] if earlier else span.start, span.end)
    first = first_separator(text, begin, span.end)
    if first < 0:
        return ()
    quoted = _quotation_before(text, begin, first)
    start = quoted if quoted >= 0 else phrase_start(reader, begin, first)
    found = as_counted(reader, Span(start, span.end), members_of(reader, start, span.end))
    found = _behind_verb(reader, found)
    return _without_verb(reader, found) if len(found) > 1 and not _tells(reader, found) else ()


def _behind_verb(reader: Reader, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The members from the last on that a verb within it governs: 渔村、码头|合作开发|海钓、赶海 lists 海钓 and 赶海."""
    for at in range(len(found) - 2, -1, -1):
        tokens = reader.tokens(*found[at])
        verb = next((n for n in range(len(tokens) - 2, 0, -1) if _governs(reader, tokens, n)), None)
        if verb is not None:
            return (Span(tokens[verb + 1].start, found[at].end), *found[at + 1 :])
    return found


def _governs(reader: Reader, tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb between a noun and another governs the second: 通用机场|开发|观光旅游."""
    word = word_of(reader, tokens[at])
    governs = reader.is_word(word, "engage_verbs") or (tokens[at].tag == "v" and reader.is_word(word, "governing_verbs"))
    stands = tokens[at + 1].tag[0] in "nNb" and not reader.is_word(word, "verbal_nouns")
    return governs and stands and not _is_deed(reader, tokens, at)


def _quotation_before(text: str, start: int, end: int) -> int:
    """Where the quotation or the title opens that ends at `end`; -1 where none does."""
    opening = _OPENING.get(text[end - 1])
    return text.rfind(opening, start, end - 1) if opening else -1


_CLOSING = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")"}
_OPENING = {"”": "“", "’": "‘", "》": "《", '"': '"'}


def _tells(reader: Reader, found: tuple[Span, ...]) -> bool:
    """Whether members are no names but say what is or must be done: 降低、减免|费用, 企业应当采取措施."""
    for each in found:
        first, *rest = reader.tokens(*each)
        governs = first.tag == "v" and reader.is_word(word_of(reader, first), "governing_verbs")
        if (not rest and governs and not reader.is_word(word_of(reader, first), "verbal_nouns")) or any(
            reader.is_word(word_of(reader, token), "modals") for token in rest
        ):
            return True
    return False


def _without_verb(reader: Reader, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The members, the first without the verb that has all of them as its object: 兴办|保健养生、康复疗养."""
    first, *others = (reader.tokens(*each) for each in found)
    verb = first[0].tag == "v" and reader.is_word(word_of(reader, first[0]), "governing_verbs")
    governs = verb and len(first) > _FEW and not any(tokens[0].tag in ("v", "vn") for tokens in others)
    return (Span(first[1].start, found[0].end), *found[1:]) if governs else found


_FEW = 2  # tokens of what may be a name that begins with a verb: 导航卫星


def as_counted(reader: Reader, span: Span, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The members of a list, parted so that there are as many as the count behind it says, where they can be: A、B与C|两个."""
    said = _COUNT_BEHIND.match(reader.text, span.end)
    count = len(found) if said is None else _DIGITS.index("二" if said["n"] == "两" else said["n"]) + 1
    if count == len(found):
        return found
    marks = [at for at in range(*span) if reader.text[at] == "、"]
    last = _LAST_JOIN.search(reader.text, marks[-1], span.end) if marks else None
    cuts = [(at, at + 1) for at in marks]
    for parted in (cuts, [*cuts, last.span()] if last else cuts):
        bounds_of = zip((span.start, *(after for _, after in parted)), (*(at for at, _ in parted), span.end), strict=True)
        members = tuple(Span(*bound) for bound in bounds_of)
        whole = all(is_name(clean(reader.text[slice(*member)])) and not _TWO.search(reader.text, *member) for member in members)
        if len(members) == count and whole:
            return members
    return found


_COUNT_BEHIND = lazy("等?[”’]?的?[“‘]?(?P<n>[两二三四五六七八九十])(?:大|个|种|类|级|项|条|方面|重|位)")
_TWO = lazy("”[和与及]")  # “三张海图”和靠泊指南: no one member
_LAST_JOIN = lazy("以及|[和与及]")


def first_separator(text: str, start: int, end: int) -> int:
    """Offset of the first 、 outside brackets and quotation marks, or between two quotations or titles; -1 where none is."""
    if text.find("、", start, end) < 0 and not any(text.find(two, max(0, start - 1), end) >= 0 for two in _TWO_QUOTED):
        return -1
    depth = 0
    for at in range(start, end):
        mark = text[at]
        if depth <= 0 and (mark == "、" or (text[at - 1 : at + 1] in _TWO_QUOTED and _is_quoted(text, start, at))):
            return at
        closing = _CLOSING.get(mark)
        depth += 1 if closing and text.find(closing, at, end) > at else 0
        depth -= mark in "）)”》’"
    return -1


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the quotation or the title that ends at `end` opens in the stretch, or right before it."""
    opening = _OPENING[text[end - 1]]
    return text.rfind(opening, max(0, start - 1), end - 1) >= 0 and (opening != '"' or text.count(opening, start, end) % 2 == 0)


_TWO_QUOTED = ("”“", "》《", '""')  # where one ends and the next begins


def members(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list, or one name."""
    return members_of(reader, *span)


def members_of(reader: Reader, start: int, end: int) -> tuple[Span, ...]:
    spans, _ = split_list(reader, start, without_count(reader.text, start, end))
    good = [span for span in spans if span.end - span.start <= LONGEST_MEMBER and _is_member(reader.text[slice(*span)])]
    return tuple(good) if len(good) == len(spans) else ()


def _is_member(phrase: str) -> bool:
    """Whether a phrase could be a name: one that no title is cut through."""
    return phrase.count("《") == phrase.count("》") and is_name(clean(phrase))


@keep
def class_after(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The class that a list before the stretch belongs to: the noun phrase with which the stretch begins, up to its last head.

    A verb behind a head says what is done with the class, or by it; not behind a head alone, as in 模型压缩技术.
    """
    tokens = _behind_mark(reader, reader.tokens(_class_start(reader, span), span.end))
    end, headed = 0, False
    while end < len(tokens) and not (bounds(reader, tokens[end]) and (headed or not _goes_on(reader, tokens, end))):
        head = _is_head(reader, tokens[end])
        if headed and end > 1 and not head and tokens[end].tag == "v":
            break
        headed = headed or head
        end += 1
    found = _with_head(reader, tokens[:end]) or _unheaded(reader, tokens[:end], span.end)
    return found if found and not _is_cut(reader, found[0], tokens[:end]) and not _NO_CLASS.search(reader.text, *found[0]) else ()


def _unheaded(reader: Reader, tokens: Sequence[Token], limit: int) -> tuple[Span, ...]:
    """A class whose head is none of the known ones: a noun with what modifies it, and nothing else up to the edge of its clause
    but 的 with what is done: 关键|渔具, 风险|信息|的共享.
    """
    if len(tokens) < 2 or any(token.tag[0] not in _OF_CLASS and token.tag != "vn" for token in tokens) or tokens[-1].tag != "n":
        return ()
    start, end = tokens[0].start, tokens[-1].end
    phrase, first, last = reader.text[start:end], word_of(reader, tokens[0]), word_of(reader, tokens[-1])
    closes = end == limit or reader.text[end] == "的"
    no_class = reader.is_word(first, "group_nouns") or any(reader.ends_in(last, name) for name in _NO_CLASSES)
    good = closes and _LEAST_CLASS <= len(phrase) <= _QUOTED and is_name(phrase) and not no_class
    return (Span(start, end),) if good else ()


_OF_CLASS = "nNabj"  # tags of the words of a class
_LEAST_CLASS = 4  # characters of a class whose head is none of the known ones
_NO_CLASSES = (
    *("group_nouns", "relational", "vague", "part_nouns", "actors", "persons", "bodies", "kind_nouns", "authorities", "firms"),
    "no_classes",
)


def _class_start(reader: Reader, span: Span) -> int:
    """Behind the count and the quantifiers before a class: 15个民生项目; 重点 is part of what would be no class without it."""
    start = behind_count(reader, *span)
    bare = any(reader.is_word(reader.text[start : start + length], "group_nouns") for length in (2, 3))
    return start - len(_CHOSEN) if bare and reader.text.startswith(_CHOSEN, start - len(_CHOSEN)) else start


def _goes_on(reader: Reader, tokens: Sequence[Token], at: int) -> bool:
    """Whether a class goes on over a word that bounds other names: 低空经济|相关|基础设施, 技术|遏制|措施."""
    return reader.is_word(word_of(reader, tokens[at]), "quantifiers") or _is_deed(reader, tokens, at)


def _is_deed(reader: Reader, tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb stands as a noun between a noun and that of what is done: 环境|建设|规划, 技术|遏制|措施."""
    within = 0 < at < len(tokens) - 1 and tokens[at].tag in ("v", "vn") and tokens[at - 1].tag[0] in "nN"
    gives = reader.is_word(word_of(reader, tokens[at]), "clause_verbs")
    return within and not gives and reader.is_word(word_of(reader, tokens[at + 1]), "verbal_heads")


_CHOSEN = "重点"  # 等重点领域, 等重点行业


def _is_cut(reader: Reader, span: Span, tokens: Sequence[Token]) -> bool:
    """Whether what stands behind 等 is no class: a statement, or the first words of a longer name: 老工业|基地."""
    goes_on = next((word_of(reader, token) for token in tokens if token.start == span.end), "")
    opens_anew = word_of(reader, tokens[0]) in JOINS
    return opens_anew or not is_headed(reader, span) or reader.is_word(goes_on, "class_tails")


_NO_CLASS = lazy("\\d{4}|\\*|^[（）()]")  # a code of a table: 030502 空中交通管理


def _behind_mark(reader: Reader, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without a short modifier that says how the class is: 切实可行的|技术手段; not where, or by whom."""
    of = next((at for at, token in enumerate(tokens[:_MARK_TOKENS]) if word_of(reader, token) == "的"), 0)
    says_how = of and tokens[of - 1].tag.startswith(("a", "b", "z", "i", "l", "d")) and not bounds(reader, tokens[0])
    return tokens[of + 1 :] if says_how and not _is_head(reader, tokens[0]) else tokens


def _is_head(reader: Reader, token: Token) -> bool:
    word = word_of(reader, token)
    return reader.ends_in(word, "class_heads") and not reader.ends_in(word, "no_class_heads")


_DIGITS = "一二三四五六七八九十"


def counted_list(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The last members of the list that ends the stretch, as many as the count behind it says: A、B、C|三类."""
    found = a_list(reader, span)
    count = _DIGITS.find("二" if reader.text[span.end] == "两" else reader.text[span.end]) + 1
    if count < 2 or len(found) < count:
        return ()
    first, *rest = found[-count:]
    of = reader.text.rfind("的", *first) + 1
    return (Span(of or first.start, first.end), *rest)


def class_of_kinds(reader: Reader, span: Span) -> tuple[Span, ...]:
    """As class_after, where the class is no whole of parts: not 三大子系统."""
    found = class_after(reader, span)
    phrase = reader.text[slice(*found[0])] if found else ""
    return () if reader.ends_in(phrase, "part_nouns") or reader.ends_in(phrase, "structures") else found


def quoted_class(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The class that stands in quotation marks: short, no name of persons or bodies, and more than a wide head."""
    phrase = reader.text[slice(*span)]
    refused = (
        not 3 <= len(phrase) <= _QUOTED
        or reader.is_word(phrase, "wide_classes")
        or reader.is_word(phrase, "vague_classes")
        or not is_name(phrase)
        or reader.ends_in(phrase, "actors")
        or reader.ends_in(phrase, "persons")
    )
    return () if refused or not reader.ends_in(phrase, "class_heads") else (span,)


def class_of_one(reader: Reader, span: Span) -> tuple[Span, ...]:
    """As class_after, where one member alone is named: not 重大项目, 新技术; its head is a known one."""
    phrases = ((found, reader.text[slice(*found)]) for found in class_after(reader, span))
    known = ((found, phrase) for found, phrase in phrases if reader.ends_in(phrase, "class_heads"))
    return tuple(found for found, phrase in known if not reader.is_word(phrase, "vague_classes"))


def after_quantifiers(reader: Reader, start: int, end: int) -> int:
    """Behind 诸多, 更多, 各类 at `start`."""
    while start < end:
        longest = next((n for n in (4, 3, 2, 1) if reader.is_word(reader.text[start : start + n], "quantifiers")), 0)
        if not longest and reader.text[start] != "的":
            break
        start += longest or 1
    return start


_COUNT = lazy("[一二三四五六七八九十百\\d]+(?:余|多)?[个大类项种](?:[千百十万]?[亿万]元?级)?")


def behind_count(reader: Reader, start: int, end: int) -> int:
    """Behind 9个, 更多, 各类, 多元化 at `start`."""
    counted = _COUNT.match(reader.text, start, end)
    return after_quantifiers(reader, counted.end() if counted else start, end)


def class_before(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The class that what follows the stretch belongs to: the noun phrase that ends it."""
    start = phrase_start(reader, *span)
    whole = Span(start, span.end)
    if _is_of_kinds(reader, whole):
        return (whole,)
    if not reader.ends_in(reader.text[slice(*span)], "class_heads"):
        return ()
    tokens = reader.tokens(start, span.end)
    found = _with_head(reader, tokens)
    return found if found and found[0].end == span.end else ()


def class_of_examples(reader: Reader, span: Span) -> tuple[Span, ...]:
    """As class_before; or a known field, whatever it ends in: ICT，如A、B等. What it consists of is no example of it."""
    whole = Span(phrase_start(reader, *span), span.end)
    return (whole,) if _is_known(reader, whole) else class_before(reader, span)


def _is_known(reader: Reader, span: Span) -> bool:
    """Whether a stretch is the name of a known field, whatever it ends in: 区块链, ICT."""
    names = (mention for mention in reader.mentions(*span) if (mention.start, mention.end) == span)
    return any(mention.kind in FIELD_KINDS for mention in names)


def _is_of_kinds(reader: Reader, span: Span) -> bool:
    """Whether two at least of the names that follow end as the one in the stretch does: 时效 in 时效分为普通时效和特别时效."""
    text, head = reader.text, reader.text[span.end - _HEAD : span.end]
    following = text[span.end : reader.clause(span.end).end]
    if following.count(head) < 2:
        return False  # most have none
    phrase = clean(text[slice(*span)])
    persons = reader.ends_in(phrase, "actors") or reader.ends_in(phrase, "persons")
    if len(phrase) <= _HEAD or persons or not is_name(phrase) or not reader.is_noun_phrase(*span):
        return False
    return len(re.findall(f"(?<=[\u4e00-\u9fff]){re.escape(head)}(?:[、等和与及]|以及|$)", following)) > 1


_HEAD = 2  # characters of the head that the kinds of a class share with it


def _with_head(reader: Reader, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The tokens up to the last that heads names of classes; none where it is too wide by itself to be a class."""
    for last in range(len(tokens) - 1, -1, -1):
        if not _is_head(reader, tokens[last]):
            continue
        start, end = tokens[0].start, tokens[last].end
        phrase = clean(reader.text[start:end])
        first = word_of(reader, tokens[0])
        if (
            len(phrase) < 3
            or reader.is_word(first, "group_nouns")
            or reader.is_word(phrase, "wide_classes")
            or not is_name(phrase)
        ):
            return ()
        return (Span(start, end),)
    return ()


def is_headed(reader: Reader, head: Span) -> bool:
    """Whether what stands behind the last 的 of a class is a noun phrase: not 重要载体|参与|竞争, 依法给予处分."""
    tokens = reader.tokens(*head)
    triples = zip(tokens, tokens[1:], tokens[2:-1], strict=False)  # without the last: 法定|采集|部门 is one name
    governs = any(
        before.tag[0] in "nN"
        and (verb.tag == "v" and reader.is_word(word_of(reader, verb), "governing_verbs"))
        and after.tag[0] in "nNa"
        for before, verb, after in triples
    )
    first = word_of(reader, tokens[0])
    manner = reader.is_word(first, "manner") and (tokens[0].tag == "d" or first.startswith("依"))
    return not governs and not manner


def word_of(reader: Reader, token: Token) -> str:
    return reader.text[token.start : token.end]


def several(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a stretch that is nothing but a list of two names at least, none of them with a modifier before 的."""
    found = as_counted(reader, span, members_of(reader, *span))
    return found if len(found) > 1 and "的" not in reader.text[slice(*span)] else ()


def last(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The one name that ends the stretch: no list, and no person."""
    if first_separator(reader.text, *span) >= 0:
        return ()
    start = phrase_start(reader, *span)
    found = members_of(reader, start, span.end)
    return found if len(found) == 1 and not _is_person(reader, Span(start, span.end)) else ()


def pair(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The two names that end the stretch, which 和 or its like joins: no list with 、, and no persons."""
    start = phrase_start(reader, *span)
    phrase = reader.text[start : span.end]
    if first_separator(reader.text, *span) >= 0 or any(phrase.count(left) != phrase.count(right) for left, right in _PAIRED):
        return ()
    found = members_of(reader, start, span.end)
    if len(found) != 2 or _tells(reader, found) or any(_is_person(reader, each) for each in found):
        return ()
    return _without_verb(reader, found)


_PAIRED = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))  # marks that stand on either side


def _is_person(reader: Reader, span: Span) -> bool:
    return any(token.tag in ("nr", "nrt", "nrfg") for token in reader.tokens(*span))


LIST_SLOTS: dict[str, SlotReader] = {
    "several": several,
    "list": a_list,
    "members": members,
    "last": last,
    "pair": pair,
    "class": class_after,
    "class_of_one": class_of_one,
    "class_of_kinds": class_of_kinds,
    "counted_list": counted_list,
    "quoted_class": quoted_class,
    "class_before": class_before,
    "class_of_examples": class_of_examples,
}
