"""What fills a slot of a production of support: fields, typed by their form, a vocabulary, or the class of their list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.annotate.words import tagger
from pipeline.extract.phrases import split_list
from pipeline.extract.reader import Reader
from pipeline.grammar.field_names import is_clause, named_in_list
from pipeline.grammar.fields import fields, governed, whole_list
from pipeline.grammar.governed import object_of
from pipeline.model import Name, Span


def listed(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a list that a class of fields closes: the class vouches for each; half of them read as names at least."""
    stretch = governed(reader, span)
    if stretch is None or _USED_IN.match(reader.text, *stretch):
        return ()
    members = whole_list(reader, split_list(reader, *stretch)[0])
    if any(_OVERSEEN.search(reader.text[slice(*member)]) for member in members):
        return ()  # 聚焦质量监管、价格监管等重点领域
    found = [_span(reader, member, named_in_list(reader, member)) for member in members]
    good = tuple(one for one in found if one)
    return good if 2 * len(good) >= len(members) else ()


def class_of_fields(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The class with which a stretch behind 等 begins, where nothing else follows but what is done with it."""
    start, end = _quantified(reader, *span), span.end
    end = _without_use(reader.text, start, end)
    generic = _generic(reader, start, end)
    if generic:
        return (generic,)
    while (shorter := _without_deed(reader, start, end)) < end:
        end = shorter
    phrase = reader.text[start:end]
    if (
        not phrase
        or len(phrase) > 12
        or reader.ends_in(phrase, "no_fields")
        or _NO_CLASS.search(phrase)
        or is_clause(reader, phrase)
        or _says(phrase)
    ):
        return ()
    typed = reader.ends_in(phrase, "field_groups") or reader.wording.ends_in_field(phrase)
    return (Span(start, end),) if typed else ()


def _says(phrase: str) -> bool:
    """Whether a phrase opens as a predicate does: 主动采集数据."""
    return next(iter(tagger()(phrase)))[1] in ("d", "zg", "p", "r", "c")


def _generic(reader: Reader, start: int, end: int) -> Span | None:
    """领域 at `start`, where only such words and what is done with them follow: 领域关键技术|升级."""
    head = next((head for head in ("领域", "产业", "行业") if reader.text.startswith(head, start, end)), None)
    at = start + len(head) if head else end
    while head and at < end:
        after = next(
            (n for n in (8, 7, 6, 5, 4, 3, 2) if at + n <= end and _is_generic(reader, reader.text[at : at + n])),
            reader.text[at] in "的和及与、",
        )
        if not after:
            return None
        at += after
    return Span(start, start + len(head)) if head else None


def _is_generic(reader: Reader, word: str) -> bool:
    return reader.is_word(word, "generic_words") or _is_done(reader, word)


def _is_done(reader: Reader, word: str) -> bool:
    return reader.is_word(word, "deeds") or reader.is_word(word, "deed_tails")


_OVERSEEN = re.compile("(?:监管|执法|审查|治理|检查|维权|整治|评审|审批|注册|登记|实名认证)$")
_USED_IN = re.compile("其?在|[^、]{0,8}(?:在|对)[^、]{2,}、")  # 扩大其在园林、装潢等领域的应用: where it is used
_NO_CLASS = re.compile("[、的了]|(?<!新型)(?:基础)?设施$|平台$|算法$|^(?:领域|产业|行业|主业)")


def any_fields(reader: Reader, span: Span) -> tuple[Span, ...]:
    """What a stretch lists, known or not: the words around it vouch that they are fields."""
    stretch = _without_join(reader.text, span)
    return _spans(reader, stretch, fields(reader, stretch, strong=True))


def known_fields(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The fields that a stretch lists: known, or formed as the names of fields are."""
    stretch = _without_join(reader.text, span)
    return _spans(reader, stretch, fields(reader, stretch, strong=False))


def _without_join(text: str, span: Span) -> Span:
    """数字技术研发|和, before 推广应用."""
    return Span(span.start, span.end - 1) if text[span.end - 1] in "和与及、" else span


def _spans(reader: Reader, stretch: Span, names: Iterable[Name]) -> tuple[Span, ...]:
    return tuple(found for name in names if (found := _span(reader, stretch, name)))


def governed_fields(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The fields that the verb right before the stretch governs."""
    verb = next((word for word in reader.words_in(Span(span.start - 8, span.start)) if word.end == span.start), None)
    found = object_of(reader, verb) if verb else None
    return _spans(reader, found[0], fields(reader, found[0], strong=found[1])) if found else ()


def anything(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The stretch as it stands: 全县的 in 培育成全县的支柱产业."""
    return (span,)


def actors(reader: Reader, span: Span) -> tuple[Span, ...]:
    """Those who are supported or called on: a phrase that ends in a noun of persons or bodies."""
    return (span,) if reader.ends_in(reader.text[slice(*span)], "actors") else ()


_USE = re.compile("(?:技术|装备|产品|系统|设备|业态|业务|材料)(?P<use>(?:产品)?在.{2,40}(?:应用|推广|使用|示范|落地))$")


def _without_use(text: str, start: int, end: int) -> int:
    """人工智能技术|在智能控制领域的应用."""
    found = _USE.search(text[start:end])
    return start + found.start("use") if found else end


def _without_deed(reader: Reader, start: int, end: int) -> int:
    """Where the phrase ends without the word at its end that says what is done with it, or to whom: 技术|的研发能力."""
    phrase = reader.text[start:end]
    for length in range(min(8, len(phrase) - 2), 1, -1):
        if _is_done(reader, phrase[-length:]):
            rest = phrase[:-length]
            return start + len(rest.rstrip("的"))
    return end


_COUNT = re.compile("[一二三四五六七八九十百\\d]+(?:余|多)?[个大类项种](?:[千百十万]?[亿万]元?级)?")


def _quantified(reader: Reader, start: int, end: int) -> int:
    """Behind 更多, 各类, 多元化 at `start`."""
    counted = _COUNT.match(reader.text, start, end)
    start = counted.end() if counted else start
    while start < end:
        longest = next((n for n in (4, 3, 2) if reader.is_word(reader.text[start : start + n], "quantifiers")), 0)
        if not longest and reader.text[start] != "的":
            break
        start += longest or 1
    return start


def _span(reader: Reader, stretch: Span, name: Name | None) -> Span | None:
    """Where the label of a name stands in the stretch that it was read in."""
    at = reader.text.find(name.label, stretch.start, stretch.end) if name else -1
    return Span(at, at + len(name.label)) if name and at >= 0 else None


FIELD_SLOTS: dict[str, Callable[[Reader, Span], tuple[Span, ...]]] = {
    "listed": listed,
    "class_of_fields": class_of_fields,
    "fields": any_fields,
    "known_fields": known_fields,
    "governed": governed_fields,
    "anything": anything,
    "actors": actors,
}
