"""What fills a slot of a production of support: fields, typed by their form, a vocabulary, or the class of their list."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.annotate.words import words_of
from pipeline.extract.phrases import split_list
from pipeline.extract.reader import Reader
from pipeline.grammar.field_clauses import is_clause
from pipeline.grammar.field_names import is_wide, named_in_list
from pipeline.grammar.fields import fields, gathers_others, governed, is_supervised, parted, whole_list, without_deeds
from pipeline.grammar.governed import object_of
from pipeline.grammar.list_slots import SlotReader, behind_count
from pipeline.model import Name, Span
from pipeline.patterns import lazy


def listed(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The members of a list that a class of fields closes: the class vouches for each; half of them read as names at least."""
    stretch = governed(reader, span)
    if stretch is None or _USED_IN.match(reader.text, *stretch):
        return ()
    members = [part for member in whole_list(reader, split_list(reader, *stretch)[0]) for part in parted(reader, member)]
    phrases = [reader.text[slice(*member)] for member in members]
    if any(is_supervised(reader, phrase) for phrase in phrases) or all(reader.ends_in(phrase, "actors") for phrase in phrases):
        return ()  # 聚焦质量监管、价格监管等重点领域; 鼓励金融机构等结合各自业务
    group = _class_behind(reader, span.end)
    vouched = not (reader.is_word(group, "plain_groups") or group.endswith("管理模式"))
    found = [_span(reader, member, named_in_list(reader, member, vouched=vouched)) for member in members]
    good = tuple(one for one in found if one)
    return good if 2 * len(good) >= len(members) else ()


def _class_behind(reader: Reader, position: int) -> str:
    """The class behind the 等 at `position`, without what is done with it."""
    end = reader.clause(position).end
    start = next((word.end for word in reader.words_in(Span(position, end)) if "and_so_on" in word.signals), end)
    return without_deeds(reader, reader.text[behind_count(reader, start, end) : end])


def class_of_fields(reader: Reader, span: Span) -> tuple[Span, ...]:
    """The class with which a stretch behind 等 begins, where nothing else follows but what is done with it."""
    start = behind_count(reader, *span)
    end = _without_use(reader.text, start, span.end)
    generic = _generic(reader, start, end)
    if generic:
        return (generic,)
    phrase = without_deeds(reader, reader.text[start:end])
    if not phrase and reader.text.startswith(_TECHNIQUE, start):
        phrase = _TECHNIQUE
    held = reader.ends_in(reader.text[start:end], "held") and is_wide(reader, phrase)  # 等文化|活动, 等技术|培训
    return (Span(start, start + len(phrase)),) if phrase and not held and _is_class(reader, phrase) else ()


def _is_class(reader: Reader, phrase: str) -> bool:
    """Whether a phrase is the name of a class of fields: no predicate (主动采集数据), no other kind (园区企业高频业务)."""
    return (
        len(phrase) <= _LONGEST_CLASS
        and (reader.ends_in(phrase, "field_groups") or reader.wording.ends_in_field(phrase))
        and not reader.ends_in(phrase, "no_fields")
        and not _NO_CLASS.search(phrase)
        and not gathers_others(reader, phrase)
        and not is_clause(reader, phrase)
        and words_of(phrase)[0][1] not in ("d", "zg", "p", "r", "c")
        and not reader.is_word(words_of(phrase)[0][0], "clause_verbs")
    )


def _generic(reader: Reader, start: int, end: int) -> Span | None:
    """领域 at `start`, where only such words and what is done with them follow: 领域关键技术|升级."""
    head = next((head for head in ("领域", "产业", "行业") if reader.text.startswith(head, start, end)), None)
    if head is None:
        return None
    rest = without_deeds(reader, reader.text[start + len(head) : end])
    while rest:
        word = next((n for n in (4, 3, 2, 1) if reader.is_word(rest[:n], "generic_words")), 0) or rest[0] in "的和及与、"
        if not word:
            return None
        rest = rest[word:]
    return Span(start, start + len(head))


_TECHNIQUE = "技术"  # 等技术攻关 is one deed, and of techniques
_LONGEST_CLASS = 12
_USED_IN = lazy("其?在|[^、]{0,8}(?:在|对)[^、]{2,}、")  # 扩大其在园林、装潢等领域的应用: where it is used
_NO_CLASS = lazy("[、的了]|(?<!新型)(?:基础)?设施$|平台$|算法$|^(?:领域|产业|行业|主业)")


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


_USE = lazy("(?:技术|装备|产品|系统|设备|业态|业务|材料)(?P<use>(?:产品)?在.{2,40}(?:应用|推广|使用|示范|落地))$")


def _without_use(text: str, start: int, end: int) -> int:
    """人工智能技术|在智能控制领域的应用."""
    found = _USE.search(text[start:end])
    return start + found.start("use") if found else end


def _span(reader: Reader, stretch: Span, name: Name | None) -> Span | None:
    """Where the label of a name stands in the stretch that it was read in."""
    at = reader.text.find(name.label, stretch.start, stretch.end) if name else -1
    return Span(at, at + len(name.label)) if name and at >= 0 else None


FIELD_SLOTS: dict[str, SlotReader] = {
    "listed": listed,
    "class_of_fields": class_of_fields,
    "fields": any_fields,
    "known_fields": known_fields,
    "governed": governed_fields,
    "anything": anything,
    "actors": actors,
}
