"""Figures of running text: what the words around a number say that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.figures.clauses import Piece, pieces
from pipeline.extract.figures.counted import RELATIVE, Counted, counted
from pipeline.extract.figures.grants import Grant
from pipeline.extract.figures.predicates import FROM, Predicate, core_of, is_supposed, predicate
from pipeline.extract.figures.ranks import ranked
from pipeline.extract.figures.scene import Figure, Pair, Scene, Told
from pipeline.extract.figures.shares import ratios, share_of, shares
from pipeline.model import Span

_PARTS = re.compile(r"[、和与及并]|以及")
_AMONG = "其中"
_POINTS = ("个百分点", "百分点")
_MADE_OF = re.compile("由(?!于)")
_MAKES_UP = re.compile("[组构]成")
_SET_AGAINST = re.compile("[比较]")
_MAY_RANK = re.compile("第[一二三四五六七八九十\\d]|[首榜魁][位首]|之首")
_ENDS = ("", "、", "和", "与", "及", "）", ")", "”", "并", "（", "以", "且")
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
        if isinstance(each, re.Match):
            yield from ranked(scene, each)
            scene.told.until = each.end()
            continue
        grant = scene.grants.of(each, sentence) if funds else None
        yield from _granted(each, grant) if grant else _read(scene, each)
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
    zipped = len(owners) == len(amounts)
    if not grant.indicator.label or (len(amounts) > 1 and not zipped and len(owners) > 1):
        return
    for at, amount in enumerate(amounts):
        bound = "<" if "最高" in grant.indicator.label and amount.bound == "=" else amount.bound
        for owner in owners[at : at + 1] if zipped else owners:
            stated = grant.start, grant.end, amount.number
            yield Figure(owner, grant.indicator, amount.value, amount.unit, bound, False, *stated, "indicator.grant")


def _read(scene: Scene, piece: Piece) -> Iterator[Figure]:
    """The figures of one list of amounts."""
    if is_supposed(scene, piece) or _is_of_parts(scene, piece):
        return
    left, chained = _behind_counted(scene, piece.left)
    found = predicate(scene, left)
    core = core_of(scene, left.start, found.end)
    share = share_of(scene, piece, core, found)
    if share is not None:
        yield from shares(scene, piece, share)
        return
    number = counted(scene, piece, core, found, scene.told.verb if chained else "")
    if number is not None:
        yield from _of_counted(scene, piece, number, found, core)
    elif core.end <= core.start:
        yield from _carried(scene, piece, found)
    else:
        yield from _of_quantities(scene, piece, left, found, core)


def _is_of_parts(scene: Scene, piece: Piece) -> bool:
    """Whether figures are of what makes up something, or set against others: 由7名委员组成, 比上年3份报告增长一倍."""
    text, (start, end) = scene.reader.text, piece.clause
    if _MADE_OF.search(text, start, piece.left.end) and _MAKES_UP.search(text, piece.right.start, end):
        return True
    if piece.amounts[0].unit == "倍" and scene.reader.text[piece.left.start : piece.left.end].rstrip()[-1:] == "的":
        return True
    return piece.joined and _SET_AGAINST.match(text, scene.nouns.opening(piece.clause), piece.left.start) is not None


def _behind_counted(scene: Scene, left: Span) -> tuple[Span, bool]:
    """The words before a figure behind the name of what was counted last; whether only a mark or 和 parts the two."""
    consumed = scene.told.consumed
    if not left.start < consumed <= left.end:
        return left, False
    mark = _PARTS.match(scene.reader.text, consumed)
    start = min(mark.end() if mark else consumed, left.end)
    return Span(start, left.end), mark is not None and start == left.end


def _of_counted(scene: Scene, piece: Piece, number: Counted, found: Predicate, core: Span) -> Iterator[Figure]:
    """The figure of a count; what was counted, or the quantity before it, is what the figures behind it are of."""
    told, quantities = scene.told, scene.quantities
    # Those that do something are of the place or body that the text tells of, not of what was told before.
    others = scene.speaker.who or scene.topic if number.thing else scene.owner(piece.clause.start)
    owner = number.owner or others
    told.consumed, told.verb = number.noun, number.verb
    if owner is not None:
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
        return
    bare = quantities.is_bare(core) and told.owner is not None and pairs[-1][0] is told.owner
    if told.pairs and (bare or scene.speaker.who is not None):
        pairs = [(owner, quantities.within(name, told.pairs[-1][1])) for owner, name in pairs]
    told.owner = pairs[-1][0]
    told.pairs, told.start = tuple(pairs), core.start
    told.deed = quantities.deed(core) or (told.deed if scene.reader.text[left.start - 1] == "、" else "")
    reached = found.reach or first.start < first.number
    rule = "indicator.change" if found.change else "indicator.reach" if reached else "indicator.beside"
    yield from scene.stated(piece, pairs, rule, core.start, piece.amounts[-1].end, change=found.change)


def _of_part(scene: Scene, piece: Piece, found: Predicate, core: Span) -> list[Pair]:
    """A part whose figure is of the quantity told before: 产品产量大幅增长，机器人增长9%; 资源量8亿吨，其中稻草2亿吨."""
    text, told, start = scene.reader.text, scene.told, piece.clause.start
    among = text.find(_AMONG, max(scene.sentence.start, start - 1), core.start) >= 0
    if scene.quantities.is_quantity(core):
        told.over = ""
    elif among and told.pairs:
        told.over = told.pairs[-1][1].label
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
    quantity = quantities.is_quantity(core)
    if "分之" in first.value or (first.unit in scene.patterns.of_time and not (quantity or found.change)):
        return []
    from_ = FROM.search(text, core.end, first.start) is not None
    verbal = found.reach or found.change or first.start < first.number or from_
    if first.unit in RELATIVE and not from_ and (_is_part(text, left.start, first.start) or not (verbal or quantity)):
        return []
    listed = scene.told.until > piece.clause.start
    if not verbal and text[piece.right.start : piece.right.end].strip()[:1] not in _ENDS:
        return []  # a count whose noun was not read
    if quantities.is_general(core) and not scene.told.pairs and scene.speaker.who is None:
        return []
    named = quantities.named(core, len(piece.amounts), predicated=verbal)
    if not verbal and scene.speaker.who is None and not quantities.is_stated(core, named, listed):
        return []
    if scene.told.owner is not None and not verbal and listed and text[left.start - 1] == "、":
        named = quantities.whole(core, scene.told.deed)  # in one list with those before
    lacking = any(each.owner is None for each in named)
    bare, elided = quantities.is_bare(core), quantities.is_deed(core)
    owner = scene.owner(piece.clause.start, bare=bare, elided=elided) if lacking else None
    pairs: list[Pair] = [(each.owner or owner, each.name) for each in named]
    return [] if any(first is None for first, _ in pairs) else pairs


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a share stands before the figure whose whole or part is not read: 用工总量的10%, 甲国占25%."""
    return text[start:end].rstrip().endswith(("的", "占"))


def _carried(scene: Scene, piece: Piece, found: Predicate) -> Iterator[Figure]:
    """同比增长8%, 提高到9亿元, 2031年499万吨: a figure of the quantity that was told before."""
    told, first, count = scene.told, piece.amounts[0], len(piece.amounts)
    dated = any(date.end >= first.start - 2 for date in scene.reader.dates(piece.left.start, first.start))
    points = first.unit in _POINTS and bool(told.shares)  # 占收入的31%，下降1个百分点
    told.shares = told.shares if piece.joined or points else ()
    if not (found.change or found.reach or first.start < first.number or piece.joined or dated):
        return
    if count > 1 and len(told.shares or told.pairs) != count:
        return
    start = told.start if piece.amounts[-1].end - told.start <= _LONGEST else piece.left.start
    pairs = (told.shares if (piece.joined or points) and told.shares else told.pairs)[-count:]
    yield from scene.stated(piece, pairs, "indicator.carried", start, piece.amounts[-1].end, change=found.change)
