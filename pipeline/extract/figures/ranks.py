"""Ranks: 位居全国第二, 连续5年居世界首位, 均列全省第一."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.annotate.tokens import Token
from pipeline.extract.figures.clauses import clause_around
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.predicates import core_of
from pipeline.extract.figures.scene import Figure, Scene
from pipeline.model import Name, Span
from pipeline.numerals import integer
from pipeline.patterns import lazy

_LASTING = lazy(r"连续?[\d一二三四五六七八九十]+(?:个)?(?:年|届|季度|月)\Z")
_WITHIN = lazy(r"在(?P<in>[^在，]{2,24}?)(?:中|上|里)?\Z")
_LONGEST = 60  # characters of evidence


def ranked(scene: Scene, rank: re.Match[str]) -> Iterator[Figure]:
    """The rank of what its clause names, or of what was told before."""
    told, text = scene.told, scene.reader.text
    clause = clause_around(text, scene.sentence, *rank.span())
    start = max(clause.start, told.until if told.until > clause.start else 0)
    end, all_of = _without_adverbs(scene, start, rank.start())
    core = core_of(scene, start, end)
    number = "1" if rank["first"] else rank["number"]
    value = number if number.isdecimal() else str(integer(number))
    first = told.start if core.end <= core.start and told.start and rank.end() - told.start <= _LONGEST else core.start
    suffix = f"{rank['scope']}排名"
    told_of = _of(scene, core, clause, suffix, all_of=all_of or "均" in (rank["verb"] or ""))
    for owner, name in (each for each in told_of if each[1].label):
        yield Figure(owner, name, value, "位", "=", False, min(first, rank.start()), rank.end(), rank.start(), "indicator.rank")


def _without_adverbs(scene: Scene, start: int, end: int) -> tuple[int, bool]:
    """Where the words before a rank end without adverbs and 连续5年; whether one of them says that all have it."""
    text, all_of = scene.reader.text, False
    while end > start:
        lasting = _LASTING.search(text, max(start, end - 12), end)
        length = scene.reader.word_before(end, "before_ranks", start)
        if lasting:
            end = lasting.start()
        elif length:
            all_of = all_of or scene.reader.is_word(text[end - length : end], "of_all")
            end -= length
        elif text[end - 1] in " 　":
            end -= 1
        else:
            break
    return end, all_of


def _of(scene: Scene, core: Span, clause: Span, suffix: str, *, all_of: bool) -> list[tuple[Name, Name]]:
    """What has a rank, and the names of the rank."""
    told, quantities = scene.told, scene.quantities
    if core.end > core.start:
        return _quantities(scene, core, clause, suffix) if quantities.is_quantity(core) else _thing(scene, core, suffix)
    pairs = list(dict.fromkeys([*told.earlier, *told.pairs])) if all_of else told.pairs[-1:]
    if not pairs and told.until > clause.start:
        return []  # of a figure of the clause that was not read
    if pairs:
        return [(owner, _rank_name(name, suffix)) for owner, name in pairs if owner]
    return _of_clause_before(scene, clause, suffix)


def _quantities(scene: Scene, core: Span, clause: Span, suffix: str) -> list[tuple[Name, Name]]:
    """The ranks of the quantities that a stretch names."""
    quantities, told = scene.quantities, scene.told
    bare = quantities.is_bare(core)
    owner = scene.owner(clause.start, bare=bare)
    pairs = [(each.owner or owner, each.name) for each in quantities.named(core, 1, predicated=True)]
    if told.pairs:
        pairs = [(first, quantities.within(name, told.pairs[-1][1])) for first, name in pairs]
    return [(first, _rank_name(name, suffix)) for first, name in pairs if first]


def _thing(scene: Scene, core: Span, suffix: str) -> list[tuple[Name, Name]]:
    """甲园区在综合评价中(居第一), 创新能力(居全国第二): of a thing by itself, or of a place by its name."""
    subjects, speaker, reader = scene.subjects, scene.speaker, scene.reader
    words = reader.text[slice(*core)]
    thing = subjects.of_tokens(_nominal(scene, core))
    within = _WITHIN.search(words)
    if within and thing:
        return [(thing, indicator(f"{label_of(within['in'])}{suffix}", f"{label_of(within['in'])}排名"))]
    known = thing is not None and (thing.kind in ("Place", "Body", "Person") or reader.ends_in(thing.label, "doers_of_figures"))
    if speaker.tells and speaker.place and not known and scene.nouns.sound(reader.tokens(*core)):
        return [(speaker.place, _rank_name(indicator(label_of(words)), suffix))]
    return [(thing, indicator(suffix, "排名"))] if thing else []


def _of_clause_before(scene: Scene, clause: Span, suffix: str) -> list[tuple[Name, Name]]:
    """粮食总产再创新高，位居全国首位: the rank of what the clause before is about."""
    if clause.start <= scene.sentence.start + 1:
        return []
    before = clause_around(scene.reader.text, scene.sentence, clause.start - 1, clause.start - 1)
    nominal = _nominal(scene, Span(scene.nouns.opening(before), before.end))
    if not nominal:
        return []
    span = Span(nominal[0].start, nominal[-1].end)
    if scene.quantities.is_quantity(span):
        return _quantities(scene, span, before, suffix)
    thing = scene.subjects.of_tokens(nominal)
    return [(thing, indicator(suffix, "排名"))] if thing else []


def _nominal(scene: Scene, core: Span) -> Sequence[Token]:
    """The tokens of a stretch up to its first verb, adverb or preposition."""
    tokens = scene.reader.tokens(*core)
    end = next((at for at, token in enumerate(tokens) if token.tag in ("v", "p", "d")), len(tokens))
    return tokens[:end]


def _rank_name(name: Name, suffix: str) -> Name:
    return indicator(f"{name.label}{suffix}", f"{name.label}排名", name.label, *name.aliases) if name.label else name
