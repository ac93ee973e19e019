"""Shares and proportions: 占全国的23.6%, 是甲省的13%, 三次产业比重为4∶38∶58."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.predicates import Predicate, core_of
from pipeline.extract.figures.scene import Figure, Pair, Scene
from pipeline.model import Name, Span
from pipeline.patterns import lazy

_SHARE = lazy(
    r"(?P<x>.*?)(?:所|分别|各|均|约|仅|已|只|合计)?占(?![地用据有领道线比])(?:到|了)?(?P<y>.+?)的?(?:比重|比例|比率|份额|百分比)?"
    r"(?:约|分别|达|均|已|近)*\Z",
    re.S,
)
_IS_OF = lazy(r"(?P<x>)(?:是|为|仅为|相当于|约为|只有|达到|达)(?P<y>[^，。的]{2,20})的\s?\Z")
_IN = lazy(r"(?P<x>)(?P<y>[^，。；]{2,24}?(?=中的?占比)|全国|全球|全省|世界)(?:中的?)?占比\Z")  # 在用户中的占比, 全球占比
_PARTS_OF = ("%", "％", "‰", "成")
_NUMBER = r"\d+(?:\.\d+)?"
_RATIO = lazy(
    rf"(?P<core>[^，。；：\n]{{2,30}}?)(?:调整|优化|变化|提高)?(?:为|到|至|达到?|是)\s?(?P<parts>{_NUMBER}(?:\s?[:：∶]\s?{_NUMBER}){{1,3}})(?![\d:：∶])"
)
_NEXT = lazy("(?!的)[^，。；]{0,8}[，、,]?\\s*在?")  # from a figure to the clause that tells of its share
_TO_ONE = lazy(r"\d\s?[:：∶]\s?\d")
_SECTORS = lazy(r"(?:三次|一二三次|一、二、三次|一二三|三)产业(?:增加值)?(?=结构|比|占|构成)")


def share_of(scene: Scene, piece: Piece, core: Span, found: Predicate) -> re.Match[str] | None:
    """The words before the figure of a share: x is what is a part, y the whole; None where the figure is none."""
    amount, text = piece.amounts[0], scene.reader.text
    if found.change or not (amount.unit in _PARTS_OF or "分之" in amount.value):
        return None
    whole = _SHARE.match(text, *core) or _IN.match(text, *core)
    return whole or (_IS_OF.match(text, core.start, piece.left.end) if amount.unit else None)


def shares(scene: Scene, piece: Piece, share: re.Match[str]) -> Iterator[Figure]:
    """The shares that a piece tells."""
    whole = label_of(share["y"])
    pairs = [] if len(whole) > 30 else list(_parts(scene, piece, share, whole))
    if not pairs or any(owner is None for owner, _ in pairs):
        scene.told.pairs = ()
        return
    start = scene.nouns.opening(Span(*share.span()))
    scene.told.owner, scene.told.shares = pairs[-1][0], tuple(pairs)
    yield from scene.stated(piece, pairs, "indicator.share", start, piece.amounts[-1].end, change=False)


def _parts(scene: Scene, piece: Piece, share: re.Match[str], whole: str) -> Iterator[Pair]:
    """What is a part of the whole, each with the name of its share."""
    count, told = len(piece.amounts), scene.told
    x = core_of(scene, share.start("x"), share.end("x"))
    if x.end > x.start:
        for each in scene.quantities.named(x, count, predicated=True):
            if each.owner is None and not scene.quantities.is_quantity(x):
                thing = scene.nouns.thing(x)
                known = thing is not None and not scene.reader.is_word(thing.label, "no_owners")
                yield thing if known else None, _share_name("", whole)
            else:
                yield each.owner or scene.owner(piece.clause.start), _share_name(each.name.label, whole, *each.name.aliases)
    elif told.pairs and _NEXT.fullmatch(scene.reader.text, told.until, share.start("x")):
        for owner, name in told.pairs[-count:]:
            yield owner, _share_name(name.label, whole)
    elif not told.pairs and not scene.reader.text.startswith("所", x.start):  # of what all before tells
        yield scene.owner(piece.clause.start), _share_name("", whole)


def _share_name(part: str, whole: str, *others: str) -> Name:
    """产量占全国的比重, with its other forms."""
    forms = (
        f"{part}占{whole}比重",
        f"{part}占{whole}",
        f"占{whole}比重",
        f"占{whole}",
        *(f"{other}占{whole}比重" for other in others),
    )
    return indicator(f"{part}占{whole}的比重", *forms)


def ratios(scene: Scene) -> Iterator[Figure]:
    """The proportions of a sentence: those of the three sectors one by one, others as they stand."""
    text = scene.reader.text
    if _TO_ONE.search(text, *scene.sentence) is None:
        return
    for found in _RATIO.finditer(text, *scene.sentence):
        core = core_of(scene, *found.span("core"))
        label = label_of(text[slice(*core)])
        if not scene.reader.ends_in(label, "ratio_names"):
            continue
        sectors = _SECTORS.search(label)
        owner = (None if sectors else scene.subjects.parted(core).owner) or scene.owner(core.start)
        if owner is None:
            continue
        parts = re.split(r"\s?[:：∶]\s?", found["parts"])
        if sectors and len(parts) == len("一二三"):
            values = [(f"第{each}产业{label[sectors.end() :]}", part) for each, part in zip("一二三", parts, strict=True)]
        else:
            values = [(label, ":".join(parts))]
        for name, value in values:
            named = indicator(name, label)
            yield Figure(owner, named, value, "", "=", False, core.start, found.end(), found.start("parts"), "indicator.ratio")
