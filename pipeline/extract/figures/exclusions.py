"""Amounts before whose words no figure is read: what they are of is not told, or they are of each of many, or of parts."""

from __future__ import annotations

from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.predicates import FROM, Predicate, before_date
from pipeline.extract.figures.scene import Scene
from pipeline.model import Name, Span
from pipeline.patterns import lazy

# What may stand behind a figure whose noun stands before it.
ENDS = ("", "、", "和", "与", "及", "）", ")", "(", "”", "并", "（", "以", "且")
_MADE_OF = lazy("由(?!于)")
_MAKES_UP = lazy("[组构]成")
_SET_AGAINST = lazy("[比较]")
_OF_EACH = lazy(r"每[一1]?(?:[名人家户所校班县市村乡镇]|[个位条项件](?!月))(?!均)")
_REMARK = lazy("[（(][^（）()]*[）)]")
_NEAR = 40  # characters before a figure in which 每 may stand
_SHARES = ("%", "％", "‰", "成")


def is_of_parts(scene: Scene, piece: Piece) -> bool:
    """Whether figures are of what makes up something, or set against others: 由7名委员组成, 比上年3份报告增长一倍."""
    text, (start, end) = scene.reader.text, piece.clause
    if _MADE_OF.search(text, start, piece.left.end) and _MAKES_UP.search(text, piece.right.start, end):
        return True
    first, before = piece.amounts[0], text[slice(*piece.left)].rstrip()
    behind = before_date(scene.reader, *piece.left)
    if start < behind < piece.left.start + len(before) and _SET_AGAINST.match(text, behind - 1):
        return True  # 较2030年|60份报告有所增长
    if text[first.number - 1] == "合" or before.endswith(("》等", "》")) or (first.unit == "倍" and before.endswith("的")):
        return True  # （1元约合6卢布）, 《甲办法》等3个文件, 是乙市的2倍
    return piece.joined and _SET_AGAINST.match(text, scene.nouns.opening(piece.clause), piece.left.start) is not None


def is_of_each(scene: Scene, piece: Piece) -> bool:
    """Whether figures are of each of many: 为每名学生提供3次指导, 每个镇建成2个站点."""
    number = piece.amounts[0].start
    words = _REMARK.sub("", scene.reader.text[max(piece.clause.start, number - _NEAR) : number])
    return _OF_EACH.search(words) is not None


def names_nothing(scene: Scene, piece: Piece, found: Predicate, core: Span) -> bool:
    """Whether the words before a figure name no quantity of their own: 用工总量的|10%, 市级|不低于70%, 对首次贷款|再提高5%."""
    text, quantities, first = scene.reader.text, scene.quantities, piece.amounts[0]
    quantity = quantities.is_quantity(core)
    if "分之" in first.value or (first.unit in scene.patterns.of_time and not (quantity or found.change)):
        return True
    from_ = FROM.search(text, core.end, first.start) is not None
    verbal = found.reach or found.change or first.start < first.number or from_
    part = text[piece.left.start : first.start].rstrip().endswith(("的", "占"))  # 甲国占|25%
    if scene.reader.is_word(first.unit, "relative_units") and not from_ and (part or not (verbal or quantity)):
        return True
    of_others = scene.reader.tokens(*core)[0].tag == "p" if found.change else scene.told.until and first.unit in _SHARES
    if of_others and not quantity:
        return True
    if quantities.is_general(core) and not scene.told.pairs and scene.speaker.who is None:
        return True
    uncounted = text[piece.right.start : piece.right.end].strip()[:1] not in ENDS  # a count whose noun was not read
    return not verbal and (uncounted or (not quantity and quantities.is_deed_alone(core)))  # 新上市|184款


def is_vague(scene: Scene, owner: Name | None, name: Name) -> bool:
    """Whether a figure says nothing: 收入 or 规模 of the place or body for which the text speaks, of whatever was told before."""
    return owner is not None and owner in (scene.speaker.who, scene.topic) and scene.reader.is_word(name.label, "vague_figures")
