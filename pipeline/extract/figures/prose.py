"""Figures of running text: what the words around a number say that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.figures.clauses import Piece, is_within, pieces
from pipeline.extract.figures.counted import Counted, counted
from pipeline.extract.figures.distribution import distributed
from pipeline.extract.figures.exclusions import ENDS, is_of_each, is_of_parts, is_vague, names_nothing
from pipeline.extract.figures.grants import Grant
from pipeline.extract.figures.predicates import FROM, Predicate, core_of, is_supposed, predicate
from pipeline.extract.figures.quantities import PARTS_OF_TRADE
from pipeline.extract.figures.ranks import ranked
from pipeline.extract.figures.scene import Figure, Pair, Scene, Told
from pipeline.extract.figures.shares import ratios, share_of, shares
from pipeline.model import Span
from pipeline.patterns import lazy

_PARTS = lazy(r"[、和与及并]|以及")
_AMONG = "其中"
_POINTS = ("个百分点", "百分点")
_LISTED = ("、", "和", "与", "及", "或")
_MAY_RANK = lazy("第[一二三四五六七八九十\\d]|[首榜魁][位首]|之首")
_KNOWN = ("Place", "Body", "Person")
_FINISHED = lazy(r"(?:完成|实现|有)了?\s?\Z")
_LONGEST = 60  # characters of evidence


def figures(scene: Scene) -> Iterator[Figure]:
    """The figures that the sentence of a scene states, in order."""
    reader, sentence, patterns = scene.reader, scene.sentence, scene.patterns
    found: list[tuple[int, Piece | re.Match[str]]] = [(p.amounts[0].number, p) for p in pieces(reader, sentence, patterns)]
    if _MAY_RANK.search(reader.text, *sentence):
        found += [
            (rank.start(), rank) for rank in patterns.rank.finditer(reader.text, *sentence) if rank["verb"] or rank["scope"]
        ]
    funds = bool(found) and scene.grants.may_hold(sentence)
    yield from ratios(scene)
    for at, each in sorted(found, key=lambda pair: pair[0]):
        _go_on(scene, at)
        before = replace(scene.told) if is_within(scene.reader.text, scene.sentence.start, at, "（）()") else None
        if isinstance(each, re.Match):
            yield from ranked(scene, each)
            scene.told = before or scene.told
            scene.told.until = scene.told.ranked = each.end()
            continue
        grant = scene.grants.of(each, sentence) if funds else None
        yield from _granted(each, grant) if grant else _read(scene, each)
        scene.told = before or scene.told  # what stands in brackets is told aside
        scene.told.until = each.amounts[-1].end


def _go_on(scene: Scene, at: int) -> None:
    """From one figure of a sentence to the next, which is at `at`: what they were of is not carried over a semicolon."""
    told = scene.told
    if told.until and scene.reader.text.find("；", told.until, at) >= 0:
        scene.told = Told()
    elif told.pairs and told.earlier[-len(told.pairs) :] != told.pairs:
        told.earlier = (*told.earlier, *told.pairs)


def _granted(piece: Piece, grant: Grant) -> Iterator[Figure]:
    """The amounts of support, one by one for those who get it where they are as many."""
    owners, amounts = grant.owners, piece.amounts
    if len(amounts) > 1 and len(owners) == 1:
        owners = distributed(owners[0], len(amounts))
    zipped = len(owners) == len(amounts)
    if not grant.indicator.label or (len(amounts) > 1 and not zipped):
        return
    for at, amount in enumerate(amounts):
        bound = "<" if "最高" in grant.indicator.label and amount.bound == "=" else amount.bound
        for owner in owners[at : at + 1] if zipped else owners:
            stated = grant.start, grant.end, amount.number
            yield Figure(owner, grant.indicator, amount.value, amount.unit, bound, False, *stated, "indicator.grant")


def _read(scene: Scene, piece: Piece) -> Iterator[Figure]:
    """The figures of one list of amounts."""
    if is_supposed(scene, piece) or is_of_parts(scene, piece) or is_of_each(scene, piece):
        return
    left, chained = _behind_counted(scene, piece)
    if piece.joined and left == piece.left and scene.reader.text[left.start : left.end].rstrip().endswith(_LISTED):
        return  # 选出10名甲、20名乙: the first of the list was not read
    found = _without_deed(scene, piece, predicate(scene, left))
    core = core_of(scene, left.start, found.end)
    share = share_of(scene, piece, core, found)
    if share is not None:
        yield from shares(scene, piece, share)
        return
    milestone = scene.reader.word_at(piece.right.start, "milestones")
    scene.told.consumed = piece.right.start + milestone if milestone else scene.told.consumed
    number = counted(scene, piece, core, found, scene.told.verb if chained else "")
    if number is not None:
        yield from _of_counted(scene, piece, number, found, core)
    elif core.end <= core.start:
        yield from _carried(scene, piece, found)
    else:
        yield from _of_quantities(scene, piece, left, found, core)


def _behind_counted(scene: Scene, piece: Piece) -> tuple[Span, bool]:
    """The words before a figure behind the name of what was counted last; whether only a mark or 和 parts the two."""
    reader, left = scene.reader, piece.left
    consumed = max(scene.told.consumed, scene.told.ranked)
    if not left.start < consumed <= left.end:
        return left, False
    mark = _PARTS.match(reader.text, consumed)
    start = min(mark.end() if mark else consumed, left.end)
    if mark and mark[0] in "和与及" and start < left.end and all(t.tag[0] in "nj" for t in reader.tokens(start, left.end)):
        counts = reader.text[piece.right.start : piece.right.end].strip()[:1] not in ENDS
        start = left.end if counts else start  # 20个国家和地区|300名选手
        return Span(start, left.end), False
    return Span(start, left.end), mark is not None and start == left.end


def _without_deed(scene: Scene, piece: Piece, found: Predicate) -> Predicate:
    """The words before a count without what is the second verb of a deed: 改造提升30个站点 tells of no change."""
    text, left = scene.reader.text, piece.left
    if not found.change or found.end <= left.start or text[piece.right.start : piece.right.end].strip()[:1] in ENDS:
        return found
    before = scene.reader.tokens(left.start, found.end)
    deed = before and before[-1].tag == "v" and not scene.reader.is_word(text[before[-1].start : before[-1].end], "led_into")
    deed = deed and not scene.reader.is_word(piece.amounts[0].unit, "relative_units")
    return Predicate(piece.amounts[0].start, False, False) if deed else found


def _of_counted(scene: Scene, piece: Piece, number: Counted, found: Predicate, core: Span) -> Iterator[Figure]:
    """The figure of a count; what was counted, or the quantity before it, is what the figures behind it are of."""
    told, quantities = scene.told, scene.quantities
    # Those that do something are of the place or body that the text tells of, not of what was told before.
    others = scene.speaker.who or scene.topic if number.thing else scene.owner(piece.clause.start)
    owner = number.owner or others
    told.consumed, told.verb = number.noun, number.verb
    vague = not number.verb and scene.reader.is_word(number.names[0].label, "vague_things")
    if owner is not None and not vague:
        told.pairs, told.start = tuple((owner, name) for name in number.names), number.start
        yield from scene.stated(piece, told.pairs, "indicator.count", number.start, number.end, change=found.change)
        told.owner = told.owner or number.owner
    before = _without_tail(scene, core)
    if number.thing is not None:
        told.owner = number.thing
    elif before.end > before.start and quantities.is_quantity(before):
        told.pairs = (
            tuple((each.owner or owner, each.name) for each in quantities.named(before, 1, predicated=True)) or told.pairs
        )


def _without_tail(scene: Scene, core: Span) -> Span:
    """A stretch without the verb at its end: 生产总值|连续迈上."""
    tokens = list(scene.reader.tokens(*core))
    while tokens and tokens[-1].tag[0] in "vad":
        tokens.pop()
    return Span(core.start, tokens[-1].end) if tokens else Span(core.start, core.start)


def _of_quantities(scene: Scene, piece: Piece, left: Span, found: Predicate, core: Span) -> Iterator[Figure]:
    """Figures of the quantities that the words before them name."""
    told, quantities, first = scene.told, scene.quantities, piece.amounts[0]
    told.shares = ()
    pairs = _of_part(scene, piece, found, core) or _named(scene, piece, left, found, core)
    if not pairs:
        told.pairs = ()
        return
    pairs = _within(scene, core, pairs)
    later = piece.clause.start > scene.sentence.start
    pairs = [(owner, name) for owner, name in pairs if not (later and is_vague(scene, owner, name))]
    if not pairs:
        told.pairs = ()
        return
    told.owner = pairs[-1][0]
    told.pairs, told.start = tuple(pairs), core.start
    told.deed = quantities.deed(core) or (told.deed if scene.reader.text[left.start - 1] == "、" else "")
    reached = found.reach or first.start < first.number
    rule = "indicator.change" if found.change else "indicator.reach" if reached else "indicator.beside"
    yield from scene.stated(piece, pairs, rule, core.start, piece.amounts[-1].end, change=found.change)


def _within(scene: Scene, core: Span, pairs: list[Pair]) -> list[Pair]:
    """Quantities with what was told before them in their names: 总量 behind 企业, 出口 in 服务贸易规模…。其中，出口."""
    told, quantities = scene.told, scene.quantities
    bare = quantities.is_bare(core)
    if told.pairs and (scene.speaker.who is not None or (bare and told.owner is not None and pairs[-1][0] is told.owner)):
        same, whole = told.pairs[-1]
        return [(owner, quantities.within(name, whole) if owner == same else name) for owner, name in pairs]
    if scene.whole and bare:
        of_whole, whole = scene.whole[-1]
        parts = [(owner, name, quantities.within(name, whole)) for owner, name in pairs]
        traded = [bool(scene.reader.pattern(PARTS_OF_TRADE).match(name.label)) for _, name in pairs]
        return [
            (of_whole if is_part or part.label != name.label else owner, part)
            for (owner, name, part), is_part in zip(parts, traded, strict=True)
        ]
    return pairs


def _of_part(scene: Scene, piece: Piece, found: Predicate, core: Span) -> list[Pair]:
    """A part whose figure is of the quantity told before: 产品产量大幅增长，机器人增长9%; 资源量8亿吨，其中稻草2亿吨."""
    text, told, start = scene.reader.text, scene.told, piece.clause.start
    among = text.find(_AMONG, max(scene.sentence.start, start - 1), core.start) >= 0
    if scene.quantities.is_quantity(core):
        told.over = ""
    elif among and (told.pairs or scene.whole):
        told.over = (told.pairs or scene.whole)[-1][1].label
    elif not told.over and not told.until and found.change:
        told.over = _grown(scene, start)
    part = scene.quantities.part_of(core, told.over) if told.over and len(piece.amounts) == 1 else None
    told.over = told.over if part else ""
    owner = part.owner or scene.owner(start) if part else None
    return [(owner, part.name)] if part and owner else []


def _grown(scene: Scene, position: int) -> str:
    """The quantity that the clause before is told to grow or fall, without a figure; "" where there is none."""
    reader = scene.reader
    if position - 1 <= scene.sentence.start:
        return ""
    clause = reader.clause(position - 2)
    before = Span(max(clause.start, scene.sentence.start), position - 1)
    found = predicate(scene, before)
    core = _without_tail(scene, core_of(scene, before.start, found.end)) if found.change else before
    return reader.text[slice(*core)] if found.change and core.end > core.start and scene.quantities.is_quantity(core) else ""


def _named(scene: Scene, piece: Piece, left: Span, found: Predicate, core: Span) -> list[Pair]:
    """The quantities before a figure with what they are of; [] where the words name none, or do not say of what."""
    text, quantities, first = scene.reader.text, scene.quantities, piece.amounts[0]
    verbal = found.reach or found.change or first.start < first.number or FROM.search(text, core.end, first.start) is not None
    if names_nothing(scene, piece, found, core):
        return []
    named = quantities.named(core, len(piece.amounts), predicated=verbal)
    listed = scene.told.until > piece.clause.start
    if not verbal and scene.speaker.who is None and not quantities.is_stated(core, named, listed):
        return []
    among = listed and text[left.start - 1] == "、"  # in one list with those before
    if scene.told.owner is not None and not verbal and among:
        named = quantities.whole(core, scene.told.deed)
    owner = None
    if any(each.owner is None for each in named):
        elided = quantities.is_deed(core) or among
        owner = scene.owner(piece.clause.start, bare=quantities.is_bare(core), elided=elided)
    if owner is not None and owner.kind not in _KNOWN and quantities.has_subject(core):
        return []
    pairs: list[Pair] = [(each.owner or owner, each.name) for each in named]
    return [] if any(whose is None for whose, _ in pairs) else pairs


def _carried(scene: Scene, piece: Piece, found: Predicate) -> Iterator[Figure]:
    """同比增长8%, 提高到9亿元, 2031年499万吨: a figure of the quantity that was told before."""
    told, first, count = scene.told, piece.amounts[0], len(piece.amounts)
    dated = any(date.end >= first.start - 2 for date in scene.reader.dates(piece.left.start, first.start))
    points = first.unit in _POINTS and bool(told.shares)  # 占收入的31%，下降1个百分点
    told.shares = told.shares if piece.joined or points else ()
    reached = found.change or found.reach
    if not (reached or first.start < first.number or piece.joined or dated):
        return
    to = scene.reader.text[first.start - 1] in "为向给"
    done = bool(_FINISHED.search(scene.reader.text, piece.left.start, first.start))
    if (to or done or not reached) and scene.reader.text[piece.right.start : piece.right.end].strip()[:1] not in ENDS:
        return  # a count whose noun was not read
    if count > 1 and len(told.shares or told.pairs) != count:
        return
    start = told.start if piece.amounts[-1].end - told.start <= _LONGEST else piece.left.start
    pairs = (told.shares if (piece.joined or points) and told.shares else told.pairs)[-count:]
    yield from scene.stated(piece, pairs, "indicator.carried", start, piece.amounts[-1].end, change=found.change)
