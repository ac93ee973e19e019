"""Counts: a number before what it counts. 新培育407个典型镇, 1000个重点项目完成投资, 11家企业入选百强, 总规模1000亿元的基金."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.annotate.tokens import Token
from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.predicates import Predicate
from pipeline.extract.figures.scene import Scene
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy


class Counted(NamedTuple):
    """The names of what is counted, of whom; text[start:end] states it.

    The name of what was counted ends at `noun`. `thing` is that, where more is told of it; `verb` is what was done to it, which
    holds for what is counted after it.
    """

    owner: Name | None
    names: tuple[Name, ...]
    start: int
    end: int
    noun: int
    thing: Name | None = None
    verb: str = ""


_TO = ("为", "向", "给")  # 为800名劳动者提供咨询
_INTO = ("为", "到", "成", "至", "入")  # 当选为
_DESCRIBED = lazy(r"(?:较为?|更加?|最为?|非常|十分)[\u4e00-\u9fff]{1,6}的(?=[\u4e00-\u9fff]{2})")
_MARKS = "，。；：！？、和与及并）(（或"
_SCALES = ("万", "亿", "百万", "千万")
_STOPS = "，。；：！？、（）()"
_ATTRIBUTES = "性化型式"  # what ends a word that describes what follows it
_REMARK = lazy("[（(][^（）()，。]{1,6}[）)]")
_SHORT = 6  # characters of the name of a part of the text
_LONGEST_DEED = 24
_LONGEST_VERB = 12
_LONGEST_HEAD = 8  # characters of verbs and the head behind them


def counted(scene: Scene, piece: Piece, core: Span, found: Predicate, verb: str) -> Counted | None:
    """What the number of a piece counts, behind the verb of the count before where only a mark parts the two; None where what
    stands behind it is no noun."""
    text, amount = scene.reader.text, piece.amounts[-1]
    to = text[amount.start - 1 : amount.start] in _TO
    if len(piece.amounts) > 1 or _is_no_count(scene, piece, core, found, to=to):
        return None
    start = piece.right.start
    while start < piece.right.end and text[start] in " 　":
        start += 1
    if scene.reader.is_word(amount.unit, "relative_units"):
        return _behind_share(scene, piece, core, start + 1) if text.startswith("的", start) else None
    if text.startswith("的", start):
        return _modified(scene, piece, core, start + 1)
    noun = _counted_noun(scene, piece, start)
    if noun is None:
        return None
    words = scene.reader.tokens(*core) if core.end > core.start else ()
    if words and words[-1].tag[0] == "n" and scene.reader.tokens(*noun)[0].tag == "v":
        return None  # 渔港5座|落户甲市
    owned = scene.subjects.parted(core)
    whose = owned.owner if owned.quantity.end <= owned.quantity.start else None  # 我省|795家企业
    if core.end <= core.start or to or whose or text[core.end - 1] == "等":  # 甲公司等5家企业: some of what is counted
        some = core.end > core.start and not (to or whose)
        return _some(scene, piece, core, noun) if some else _alone(scene, piece, noun, whose, verb, to=to)
    return _behind_words(scene, piece, core, noun)


def _is_no_count(scene: Scene, piece: Piece, core: Span, found: Predicate, *, to: bool) -> bool:
    """Whether a number counts nothing: it is the value of a quantity, of each of many, or a bound that tells a class."""
    amount, text = piece.amounts[-1], scene.reader.text
    if text[amount.start - 1] in "由从":
        return True
    quantity = scene.quantities.is_quantity(core) or (core.end <= core.start and not found.change)
    if (found.reach or found.change) and not to and quantity:
        return True
    before = text[max(0, amount.start - 3) : amount.start].rstrip()
    of_each = any(scene.reader.is_word(before[-length:], "of_each") for length in (1, 2, 3))
    money = scene.reader.ends_in(amount.unit, "money_units")
    classed = money and amount.bound != "=" and core.end > core.start and not text.startswith("的", piece.right.start)
    speed = core.end > core.start and text.startswith("时速", core.end - 2)
    graded = speed or amount.unit.endswith("级") or (amount.unit == "座" and "/" in amount.value)  # 20万吨级码头, 4—6座飞机
    return amount.unit in scene.patterns.of_time or of_each or classed or graded  # 营业额10亿元以上企业


def _counted_noun(scene: Scene, piece: Piece, start: int) -> Span | None:
    """The name of what is counted, from `start` on; None where it is part of the text, or of those of whom more is told."""
    reader, text = scene.reader, scene.reader.text
    tokens = reader.tokens(start, piece.right.end) if start < piece.right.end else ()
    noun = _clausal(reader, tokens) or _noun(reader, tokens)
    noun = _to_its_head(reader, noun, tokens) if noun else None
    remark = _REMARK.match(text, noun.end, piece.right.end) if noun else None
    noun = Span(noun.start, remark.end()) if noun and remark else noun  # 9个县（市）
    if noun and text[noun.end - 1] in _ATTRIBUTES and text[noun.end : piece.right.end].strip()[:1] not in ("", *_MARKS):
        return None  # 9个县托底性|帮扶
    if noun is None or text.startswith("或", noun.end):
        return None
    first, phrase = text[tokens[0].start : tokens[0].end], label_of(text[slice(*noun)])
    money = scene.reader.ends_in(piece.amounts[-1].unit, "money_units")
    if tokens[0].tag == "v" and (money or piece.amounts[-1].unit == "次" or reader.is_word(first, "holds_many")):
        return None
    described = _DESCRIBED.match(text, noun.end, piece.right.end)
    if described:  # 2个|模式较为成熟的|基地
        return _noun(reader, reader.tokens(described.end(), piece.right.end))
    of_text = reader.ends_in(phrase, "part_counts") and len(phrase) <= _SHORT
    of_text = of_text or (reader.is_word(first, "part_counts") and tokens[1:2] != () and tokens[1].tag[0] in "vdp")  # 方面|细化
    among = phrase.endswith("中") or ("的" in phrase and tokens[0].tag != "v") or text.startswith(("之中", "当中"), noun.end)
    if reader.is_word(first, "milestones"):
        return None  # 迈上5万亿元台阶
    open_ = text.count("“", *noun) != text.count("”", *noun)
    return None if len(phrase) < 2 or of_text or among or open_ else noun


def _alone(scene: Scene, piece: Piece, noun: Span, whose: Name | None, verb: str, *, to: bool) -> Counted | None:
    """11家企业入选百强, 1000个项目(完成投资), 8个试点 behind 新增22个园区、."""
    amount, phrase = piece.amounts[-1], label_of(scene.reader.text[slice(*noun)])
    graded = amount.unit in _SCALES and scene.reader.text[amount.end - 2 : amount.end] in ("以上", "以下")  # 20万以上人口县
    if graded or amount.unit.endswith(scene.patterns.of_dimension):
        return None
    thing = scene.nouns.thing(noun)
    deed = _deed(scene, noun.end, piece.right.end) if noun.end < piece.right.end else ""
    if deed and not (amount.bound != "=" and scene.reader.ends_in(amount.unit, "money_units")):
        names = (indicator(f"{deed}的{phrase}", deed, phrase),)
        return Counted(whose, names, amount.start, noun.end + len(deed), noun.end, thing)
    rest = scene.reader.text[noun.end : piece.right.end].strip()
    broken = bool(rest) and rest[0] not in _MARKS and not whose  # 6项专项|附加扣除
    adjoins = piece.joined and piece.left.end == piece.left.start  # 投资5亿元|8个项目
    if to or (not verb and (broken or adjoins or scene.quantities.is_quantity(noun))):
        return None
    if verb:
        return Counted(None, (indicator(f"{verb}{phrase}", phrase),), amount.start, noun.end, noun.end, None, verb)
    if scene.reader.ends_in(amount.unit, "money_units") and whose is None:
        return None  # 最高200万元资金
    return Counted(whose, (indicator(phrase, f"{phrase}数"),), amount.start, noun.end, noun.end, thing)


def _some(scene: Scene, piece: Piece, core: Span, noun: Span) -> Counted | None:
    """甲公司等|5家企业, 建成甲桥等|3座桥梁: some of what is counted are named, behind a verb that is part of the name."""
    reader = scene.reader
    first = reader.tokens(*core)[0]
    verb = reader.text[first.start : first.end]
    if first.tag[0] != "v":
        alone = _alone(scene, piece, noun, None, "", to=False)
    elif reader.is_word(verb, "counted_deeds"):
        alone = _alone(scene, piece, noun, None, verb, to=False)
        thing = scene.nouns.thing(noun)
        alone = alone._replace(start=core.start, thing=thing, verb="") if alone else None
    else:
        return None
    return alone._replace(thing=None) if alone and scene.speaker.who is None else alone


def _behind_words(scene: Scene, piece: Piece, core: Span, noun: Span) -> Counted | None:
    """高交会|促成|1023项签约, 新培育|407个典型镇, 中国|有|26个集群."""
    reader, text, amount = scene.reader, scene.reader.text, piece.amounts[-1]
    if text[amount.start - 1] == "的" or not scene.nouns.sound(reader.tokens(*noun)):
        return None  # 未取得证书的2家单位
    owner, verb = _verb(scene, core)
    opens = reader.tokens(*core)[0]
    unknown = verb and owner is None and scene.speaker.who is None
    if unknown and opens.tag[0] not in "vpd" and not text.startswith(verb, opens.start):
        return None  # one who is not known by name does it
    if not verb and ("、" in text[slice(*core)] or (owner is None and not scene.nouns.sound(reader.tokens(*core)))):
        return None  # 甲市、乙市2个城市: those counted
    done = any(reader.is_word(word, "counted_deeds") for word in (verb, verb[:2], verb[:3], verb[-2:], verb[-3:]))
    if not done and ((verb and not scene.speaker.tells) or amount.unit.endswith(scene.patterns.of_dimension)):
        return None
    phrase = label_of(text[slice(*noun)])
    return Counted(owner, (indicator(f"{verb}{phrase}", phrase),), core.start, noun.end, noun.end, None, verb)


def _verb(scene: Scene, core: Span) -> tuple[Name | None, str]:
    """The one who does what is counted and the verb of it: 高交会|促成; "" for one that only says that there are so many."""
    reader, text, subjects = scene.reader, scene.reader.text, scene.subjects
    owned = subjects.parted(core)
    owner, start = owned.owner, owned.quantity.start
    tokens = reader.tokens(start, core.end)
    at = next((at for at, token in enumerate(tokens) if token.tag in ("v", "vd", "p")), None)
    if at is None:
        opens = bool(tokens) and reader.is_word(text[tokens[0].start : tokens[0].end], "counted_deeds")
        if opens and core.end - start <= _SHORT:
            return owner, label_of(text[start : core.end])  # 新建|改扩建
        if tokens and tokens[-1].tag in ("vn", "a", "d"):
            return owner, label_of(text[start : core.end])
        return owner or (subjects.of_tokens(tokens) if tokens and subjects.acts(tokens) else None), ""
    if at > 0 and tokens[at - 1].tag[0] not in "adv" and subjects.acts(tokens[:at]):
        owner, start = subjects.of_tokens(tokens[:at]) or owner, tokens[at].start
    verbs = [token for token in tokens if token.tag in ("v", "vd", "vn")]
    if tokens[at].tag == "p" and verbs:
        start = verbs[-1].start
    last = text.rfind("、", start, core.end) + 1
    if last > start:  # 建成|甲系统、7个乙系统; 实施甲政策、惠及|8万人
        own = [token for token in verbs if token.start >= last]
        governs = verbs[:1] if last == core.end else own[-1:]
        return owner, label_of(text[governs[0].start : governs[0].end]) if governs else ""
    verb = text[start : core.end].strip("了 “")
    return owner, "" if reader.is_word(verb, "holds_many") or len(verb) > _LONGEST_VERB else label_of(verb)


def _behind_share(scene: Scene, piece: Piece, core: Span, start: int) -> Counted | None:
    """适用15%的税率: the quantity stands behind the figure."""
    reader, words = scene.reader, scene.reader.tokens(*core)
    noun = _noun(reader, reader.tokens(start, piece.right.end)) if start < piece.right.end else None
    if noun is None or not scene.quantities.is_quantity(noun) or (words and words[-1].tag[0] != "v"):
        return None
    owned = scene.subjects.parted(noun)
    name = indicator(label_of(reader.text[slice(*owned.quantity)]), label_of(reader.text[slice(*noun)]))
    return Counted(owned.owner, (name,), core.start if words else piece.amounts[0].start, noun.end, noun.end)


def _modified(scene: Scene, piece: Piece, core: Span, start: int) -> Counted | None:
    """总规模1000亿元的基金: the quantity stands before the number, what it is of behind 的."""
    reader = scene.reader
    noun = _noun(reader, reader.tokens(start, piece.right.end)) if start < piece.right.end else None
    joins = reader.text[piece.amounts[0].start - 1] in "和与及、"
    if noun is None or core.end <= core.start or joins:
        return None
    words = reader.tokens(*core)
    owned = scene.subjects.parted(core)
    if owned.owner and owned.quantity.end <= owned.quantity.start:
        name = label_of(reader.text[slice(*noun)])
        return Counted(owned.owner, (indicator(name, f"{name}数"),), core.start, noun.end, noun.end)  # 甲国|30万的患者
    if reader.is_word(reader.text[words[-1].start : words[-1].end], "holds_many"):
        return _behind_words(scene, piece, core, noun)  # 甲省|有|30万的脱贫人口
    at = next((at for at, token in enumerate(words) if token.tag.startswith("v") and token.tag != "vn"), -1)
    owner = scene.nouns.thing(noun)
    if owner is None or at + 1 >= len(words):
        return None
    quantity = indicator(label_of(reader.text[words[at + 1].start : core.end]))
    return Counted(owner, (quantity,), words[at + 1].start, noun.end, noun.end)


def _noun(reader: Reader, tokens: Sequence[Token]) -> Span | None:
    """The noun phrase with which a stretch opens: up to a mark, or to what those that are counted do."""
    end, noun = tokens[0].start if tokens else 0, False  # up to the last word that may be its head
    words = [reader.text[token.start : token.end] for token in tokens]
    for at, (token, word) in enumerate(zip(tokens, words, strict=True)):
        following = tokens[at + 1].tag if at + 1 < len(tokens) else ""
        becomes = token.tag[0] == "v" and words[at + 1 : at + 2] and words[at + 1] in _INTO
        last = not following or words[at + 1] in _MARKS
        named = last and reader.is_word(word, "doers_of_figures")  # 3类资源利用试点
        does = reader.is_word(word, "deeds_of_counted") and not named
        acts = becomes or does or reader.is_word(word, "own_realms")
        if (token.tag in ("x", "c") and word in _MARKS) or (noun and acts):
            end = min(end, tokens[at - 1].start) if at and tokens[at - 1].tag == "v" else end  # 9种矿产|居|全国
            break  # 11家企业|入选, 9名科学家|当选为, 4项成果|全国推广
        verbal = token.tag == "v" and following not in ("n", "vn", "uj", "NAME", "b")
        if verbal or token.tag in ("p", "d", "u", "ul", "uz", "vd") or (token.tag == "r" and len(word) == 1):
            break
        noun = noun or token.tag[0] in "njl" or token.tag in ("NAME", "vn", "eng")
        end = token.end if token.tag not in ("a", "ad", "b", "z") else end
    return Span(tokens[0].start, end) if noun and end > tokens[0].start else None


def _to_its_head(reader: Reader, noun: Span, tokens: Sequence[Token]) -> Span:
    """A noun phrase with the verbs behind it that stand before its head: 消费教育|体验站, 自贸|联动创新区."""
    rest = []
    for token in (token for token in tokens if token.start >= noun.end):
        if token.tag in ("x", "c"):
            break
        rest.append(token)
    words = [reader.text[token.start : token.end] for token in rest]
    if not rest or rest[-1].end - noun.end > _LONGEST_HEAD or rest[0].tag != "v" or rest[-1].tag not in ("n", "j"):
        return noun
    acts = any(reader.is_word(words[0], name) for name in ("deeds_of_counted", "counted_deeds", "gives_grants"))
    plain = all(token.tag in ("v", "vn", "n", "b", "j") for token in rest)
    return noun if acts or not plain else Span(noun.start, rest[-1].end)


def _clausal(reader: Reader, tokens: Sequence[Token]) -> Span | None:
    """The noun phrase that opens with a verb and what it governs: 具备上市条件的企业 in 培育5家具备上市条件的企业."""
    words = [reader.text[token.start : token.end] for token in tokens]
    if not tokens or tokens[0].tag != "v" or "的" not in words or reader.is_word(words[0], "deeds_of_counted"):
        return None
    of = words.index("的")
    if of == len(tokens) - 1 or any(word in _STOPS for word in words[:of]):
        return None
    head = _noun(reader, tokens[of + 1 :])
    return Span(tokens[0].start, head.end) if head else None


def _deed(scene: Scene, start: int, end: int) -> str:
    """What those that are counted do, a verb with its object, or a predicate up to a mark: 入选全球百强, 被列为保护单位; "" where
    the words are none."""
    reader = scene.reader
    tokens = reader.tokens(start, end)
    words = [reader.text[token.start : token.end] for token in tokens]
    verbs = (at for at, token in enumerate(tokens) if token.tag in ("v", "vn") or reader.is_word(words[at], "deeds_of_counted"))
    at = next(verbs, None)
    if at is None:
        return ""
    rest = tokens[at + 1 :]
    into = words[at + 1 : at + 2] and words[at + 1] in _INTO
    sound = scene.nouns.sound(rest[1:] if into else rest) or (not rest and len(words[at]) > 2)
    if any(token.tag[0] not in "pdn" for token in tokens[:at]) or not sound:
        mark = reader.text.find("、", start, end)
        end = mark if mark > start else end
        opens = tokens[0].tag[0] in "vpda" or reader.is_word(words[0], "deeds_of_counted")
        quoted = reader.text.count("“", start, end) != reader.text.count("”", start, end)
        if not opens or quoted or tokens[at].end > end or reader.text[end : end + 1] not in _STOPS + "\n":
            return ""
    deed = re.sub(r"\s", "", reader.text[start:end].strip("　 ”"))
    return deed if 2 <= len(deed) <= _LONGEST_DEED else ""
