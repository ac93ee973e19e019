"""What may belong to a concept: phrases that a list says of it, each with what it needs to be a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotate.words import words_of
from pipeline.patterns import lazy

_BAD_OBJECT = lazy(
    r"^(?:以.+为|习近平同志|(?:鲜明|显著|强大|坚实|明显)(?!的?[\u4e00-\u9fff]{2})|什么|指(?![标数导挥南])|如何|怎样|以下|如下|下列|哪些|这样|这些|这里|那些|此|其|它|不是|是|没有|"
    r"[两二三四五六七八九十\d]+(?:个|大|种|条|项|方面)|[\d.%]+|到\d+(?:世纪|年代?)?[末初中底]?$|.*[\\$]|(?:基于|通过|围绕|按照)[^的]*$)"
)
_PAIRED = (("“", "”"), ("《", "》"), ("(", ")"))
_NARROW = str.maketrans("（）", "()")


def is_uneven(label: str) -> bool:
    """Whether a mark closes in a name that did not open there, or opens and does not close: 名录》的发放, 海图”与“航标."""
    if "”的“" in label:
        return False  # “蓝色航道”的“蓝”, without the marks around it
    label = label.translate(_NARROW)
    for opens, closes in _PAIRED:
        opened = label.find(opens)
        if label.count(opens) != label.count(closes) or 0 <= label.find(closes) < opened:
            return True
    return False


_ASKS = lazy("哪|是否|如何|怎样|什么|谁")
_LONGEST_OBJECT = 45  # characters
_LEVELS = frozenset("省市县乡镇村州区")  # of government: 省、市、县、乡四级


def may_be_object(phrase: str) -> bool:
    """Whether a phrase may belong to a concept: it is not too long, asks nothing, and refers to nothing."""
    sized = 1 < len(phrase) <= _LONGEST_OBJECT or phrase in _LEVELS
    return sized and not _BAD_OBJECT.match(phrase) and not _ASKS.search(phrase) and not is_uneven(phrase)


def with_owner(phrases: Sequence[str]) -> Sequence[str]:
    """数据的采集、存储、利用: the short members behind the first are of what the first is of."""
    owner = _owner(phrases[0]) if len(phrases) > 1 and not any("的" in phrase for phrase in phrases[1:]) else ""
    return [owner + one if len(one) <= _SHORT and not one.startswith(owner) else one for one in phrases] if owner else phrases


_SHORT = 4  # characters of a member that may need what stands before the first


def _owner(phrase: str) -> str:
    """数据的采集、存储、利用: what stands before 的 owns the short members after it, too."""
    shared = _SHARED.fullmatch(phrase)
    acts = shared and words_of(shared["owner"].removesuffix("的"))[-1][1] == "v"  # 发现的|问题、整改措施
    return shared["owner"] if shared and not acts else ""


_SHARED = lazy("(?P<owner>[^的]{1,12}的)[^的]{1,4}")


def without_determiner(phrase: str) -> str:
    """数据这个“新石油” is 数据; 攻克这些难关 is 攻克难关."""
    if "这" not in phrase:
        return phrase
    apposed = _APPOSED.search(phrase, 2)
    return phrase[: apposed.start()] if apposed else re.sub("这些|这一|这种", "", phrase)


_APPOSED = lazy("这(?:个|一|种|项|类)[^，。]{2,12}$")
