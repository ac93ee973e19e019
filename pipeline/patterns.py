"""Regular expressions that are compiled when they are first used.

All readers and rules together have over a thousand, whose compilation takes longer than to read a short document; it uses a few.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_USED = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


class LazyPattern:
    """A pattern that is compiled when one of its methods is first asked for, and from then on has those of the compiled one.

    `flags` are those that were given, without those that the expression itself gives.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:  # what stands in the object itself is not asked for here
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update({each: getattr(compiled, each) for each in _USED})
        return getattr(compiled, name)


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile` for a pattern of a module. What is no regular expression raises re.error when it is first used.

    The `re` of a match is the compiled pattern, and not what this gives.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
