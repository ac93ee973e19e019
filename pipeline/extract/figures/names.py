"""The names of indicators, as figures have them."""

from __future__ import annotations

import re

from pipeline.extract.phrases import clean
from pipeline.model import Name
from pipeline.patterns import lazy

_NONE = lazy(
    r"^[+＋]|(?:内|期间|里|(?<![高初集华])中)$|^[（(]|^(?:不|超|达|高于|低于|其|该|这|每(?!年)|甚至|并|而|且|的|和|与|及|或|等)|[每要应须将可达]$|每\d|[<>{}$\\|]|[．.]\D"
)
_LONGEST = 40


def label_of(phrase: str) -> str:
    """A phrase as the name of a quantity: without marks around it and line breaks."""
    return _BROUGHT.sub("", clean(re.sub(r"\s+", "", phrase)).strip("的了"))


# 第一产业|实现|增加值: between what a quantity is of and the quantity, the verb is no part of the name.
_BROUGHT = lazy(
    "(?<=[\u4e00-\u9fff]{2})(?<!共计)(?:累计|共)?(?:实现了?(?=[\u4e00-\u9fff]{1,8}[值额入润资税量]$)|完成了?(?=[\u4e00-\u9fff]{1,8}[值入润税]$))"
)


def indicator(label: str, *aliases: str) -> Name:
    """The name of a quantity, with other forms of it; one without a label where a phrase is no such name."""
    if not 2 <= len(label) <= _LONGEST or _NONE.search(label):
        return Name("", "Indicator")
    return Name(label, "Indicator", label, tuple(dict.fromkeys(alias for alias in aliases if len(alias) > 1 and alias != label)))
