"""Parts of a year: 第三季度, 前两个季度, 上半年, 年底, 初夏, 五一假期."""

from __future__ import annotations

import re

from pipeline.annotate.dates.point import MONTH_NUMBER, SEPARATOR, SPLIT, Part
from pipeline.numerals import integer
from pipeline.patterns import lazy

_WHOLE = lazy("全年|内(?![在外])|度(?!过|假)")
_QUARTER = lazy(
    rf"[ \u3000]?(?:第?(?P<numbers>[一二三四1-4首](?:{SEPARATOR}第?[一二三四1-4])?|一二|二三|三四)个?季度"
    r"|前(?P<first>[一二两三23])个?季度|[Qq](?P<q>[1-4]))"
)
_HALF = lazy("[上下]半年|[前后]半年(?!度|来)")
_HALVES = {half: Part(first, first + 5, "half-year") for halves, first in (("上前", 1), ("下后", 7)) for half in halves}
_WITHIN = Part(1, 12, "year")  # some time of the year
_FIRST_MONTHS = lazy(rf"(?:前|头)(?P<number>{MONTH_NUMBER}|两)个?月")
_SEASON = lazy(
    "的?[初早暮仲盛深金隆寒晚今入新]?(?:春夏|夏秋|秋冬|冬春|[春夏秋冬](?!节|耕|种|运|茶|招|小麦|训|令营))"
    "(?:[季天日]|之交|两季|末|初)?"
)
_EDGE = lazy(
    "年?(?:(?P<first>初(?![步期中级始次见具赛审评选心衷试诊稿效创露显定学生小高]))"
    "|(?P<last>底(?![部线层气片座色盘蕴下稿数])|末(?![端梢位尾]))|中(?=[，。、的]|前))前?"
)
_FIXED_FEASTS = {
    **{"元旦": 1, "妇女节": 3, "植树节": 3, "清明": 4, "五一": 5, "劳动节": 5, "青年节": 5, "儿童节": 6, "六一": 6, "七一": 7},
    **{"八一": 8, "建军节": 8, "教师节": 9, "国庆": 10, "圣诞": 12},
}  # to their months
_LUNAR_FEASTS = ("春节", "元宵", "端午", "七夕", "中秋", "重阳")  # within the year
_TURNS_OF_YEAR = ("除夕", "小年", "腊八")  # in the year or in the next
_FEAST = lazy(
    rf"的?[“\"]?(?P<feast>{'|'.join((*_FIXED_FEASTS, *_LUNAR_FEASTS, *_TURNS_OF_YEAR))})(?P<more>、?(?:国庆|中秋))?[”\"]?"
    r"(?P<holiday>(?:双?节)?(?:小?长假|假期|黄金周|假日|节日|节假日)?)"
    r"(?:期间|前夕|前后|之际|当[天日]|前|后|来临)?(?=[，。、；：！？）)\s]|$)"
)


def read_part(text: str, position: int) -> tuple[Part, int] | None:
    """A part of the year at `position`, and where it ends."""
    quarter = _QUARTER.match(text, position)
    if quarter:
        return _quarters(quarter)
    half = _HALF.match(text, position)
    if half:
        return _HALVES[half[0][0]], half.end()
    months = _FIRST_MONTHS.match(text, position)
    if months:
        return Part(1, integer(months["number"]), "range"), months.end()
    feast = _FEAST.match(text, position)
    if feast:
        return _feast(feast), feast.end()
    season = _SEASON.match(text, position)
    if season:
        return _WITHIN, season.end()
    whole = _WHOLE.match(text, position)
    if whole:
        return _WITHIN, whole.end()
    edge = _EDGE.match(text, position)
    if edge:
        month = 1 if edge["first"] else 12 if edge["last"] else 0
        return (Part(month, month, "month") if month else _WITHIN), edge.end()
    return None


def _quarters(match: re.Match[str]) -> tuple[Part, int]:
    if match["first"]:
        return Part(1, 3 * integer(match["first"]), "range"), match.end()
    written = match["q"] or match["numbers"].replace("首", "一")
    numbers = [integer(number.removeprefix("第")) for number in (written if len(written) == 2 else SPLIT.split(written))]
    first, last = 3 * numbers[0] - 2, 3 * numbers[-1]
    return Part(first, last, "quarter" if first + 2 == last else "range"), match.end()


def _feast(match: re.Match[str]) -> Part:
    if match["feast"] in _TURNS_OF_YEAR:
        return Part(0, 0, "year")
    month = _FIXED_FEASTS.get(match["feast"], 0)
    new_year = match["feast"] == "元旦" and match["holiday"].removeprefix("节")  # which begins in the year before
    lunar = month == 0 or new_year or "中秋" in (match["more"] or "")
    return _WITHIN if lunar else Part(month, month, "month")


def read_part_alone(text: str, position: int) -> tuple[Part, int] | None:
    """A quarter or a half with no year before it."""
    quarter = _QUARTER.match(text, position) if text[position : position + 1] not in "Qq \u3000" else None
    if quarter:
        return _quarters(quarter)
    half = _HALF.match(text, position) if text[position : position + 1] in "上下" else None
    return (_HALVES[half[0][0]], half.end()) if half else None
