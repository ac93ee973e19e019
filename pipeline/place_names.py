"""The place that a name begins with: 临澜省云渡市林业局 is of 云渡市, 北京国家会议中心 lies in 北京市."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from pipeline.patterns import lazy

_PLACE = lazy(
    r"(?!自治[区州县旗]|[委局厅])[\u4e00-\u9fff](?:(?![局委厅部院办])[\u4e00-\u9fff]){1,9}?(?:省|自治区|特别行政区|(?<![城都])市|自治州|州|盟|自治县|县|区|旗)(?!直|场|际|政(?!府))"
)
_PARTY = "中共", "中国共产党"
_LEAST = 2  # characters of a short name of a place, and of what stands behind it


def leading_place(name: str, is_known: Callable[[str], bool]) -> tuple[str, str]:
    """The places that a name begins with: all of them as they stand, and the name of the last, which is the whole where only that
    is known: 临澜省云渡市 is 云渡市, 南京市鼓楼区 itself; two empty strings where it begins with none."""
    parts: list[str] = []
    at = max((len(party) for party in _PARTY if name.startswith(party)), default=0)
    while match := _PLACE.match(name, at):
        parts.append(match[0])
        at = match.end()
    whole = "".join(parts)
    short = whole.removesuffix("自治区")  # 新疆自治区
    names = (whole, short, parts[-1] if parts else "")
    return whole, next((known for known in names if is_known(known)), names[-1])


def place_of(name: str, places: Mapping[str, str], short_names: Container[str] = ()) -> str | None:
    """The IRI of the place, of `places` by name, that a longer name begins with; by one of `short_names` only where nothing else
    stands there. None for the name of a place itself."""
    _, place = leading_place(name, places.__contains__)
    if place and len(place) < len(name):
        return places.get(place)
    cuts = range(len(name) - _LEAST, _LEAST - 1, -1) if not place else ()
    return next((places[name[:cut]] for cut in cuts if name[:cut] in places and name[:cut] in short_names), None)
