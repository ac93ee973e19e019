"""Lunar days, reigns, decades and five-year plans: what must never be read as a plain date of our calendar."""

from __future__ import annotations

import re

from pipeline.annotate.dates.days import read_months_and_days
from pipeline.annotate.dates.point import DASH, HAS_DASH, NUMERIC, YEAR_NUMBER, Point
from pipeline.numerals import ONES, integer
from pipeline.patterns import lazy
from pipeline.periods import NO_PLANS, Plans

# 农历九月初九, 正月十五, 腊月, 三月三: never of our months

_LUNAR_DAY = rf"(?:初[{ONES}十]|[一二三]?十[{ONES}]?|廿[{ONES}]?|[{ONES}])"
_LUNAR_MONTH = f"(?:[正腊冬]|十[一二]?|[{ONES}])"
_SEXAGENARY = "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
_LUNAR = (
    lazy(
        rf"(?:农历|阴历|旧历|夏历)[ \u3000]?(?:(?P<year>{YEAR_NUMBER})年|{_SEXAGENARY})?"
        rf"(?:(?P<month>闰?{_LUNAR_MONTH})月{_LUNAR_DAY}?日?)?"
    ),
    lazy(rf"{_SEXAGENARY}(?:(?P<month>闰?{_LUNAR_MONTH})月{_LUNAR_DAY}?日?)?"),
    lazy(rf"(?P<month>正|腊|冬|闰(?:十[一二]?|[{ONES}]))月{_LUNAR_DAY}?日?"),
    # A month in numerals and a day without 日: 九月初九, and 八月十五, 三月三 where the phrase ends.
    lazy(
        rf"(?P<month>十[一二]?|[{ONES}])月(?:初[{ONES}十]日?|{_LUNAR_DAY}"
        r"(?=[，。、；：！？）)”\s]|$|节|期间|前后|庙会|这天|当[天日]|前?夕|夜|晚|中秋|元宵|重阳|端午|七夕|灯会|歌))"
    ),
    lazy(rf"大年(?:初[{ONES}十]|(?P<month>三十))"),
)
_CYCLE = lazy(_SEXAGENARY)
_AT_TURN_OF_YEAR = ("腊", "冬", "十一", "十二", "三十")  # may fall in the solar year after


def read_lunar(text: str, position: int, years: tuple[int, ...] = ()) -> Point | None:
    """A date of the lunar calendar, of which at most the year is told."""
    match = next((found for pattern in _LUNAR if (found := pattern.match(text, position))), None)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("year"):
        years = (integer(groups["year"]),)
    turn = (groups.get("month") or "").removeprefix("闰") in _AT_TURN_OF_YEAR
    return Point(position, match.end(), years, lunar=True, untold=turn or bool(_CYCLE.search(match[0]) and not years))


# 康熙二十年九月, 民国三年, 三年五月, 公元前221年

_REIGN = "康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|洪武|永乐|崇祯|贞观|昭和|明治|大正|平成|令和"
_COUNT = f"(?:元|[0-9]{{1,3}}|[{ONES}十百廿卅]{{1,4}})"
_ERA = lazy(rf"(?:民国(?P<republic>{_COUNT})年|(?:{_REIGN}){_COUNT}年|(?:公元前|前(?=[0-9]{{3}}))[0-9]{{1,4}}年)")
_OLD_YEAR = lazy(  # 三年五月: the year of a reign that is named elsewhere
    rf"(?<![{NUMERIC}第])(?:元|[{ONES}]?十[{ONES}]?|廿?[{ONES}]|[0-9]|[1-9][0-9]{{2}})年(?=闰?[正腊冬{ONES}十0-9]{{1,2}}月)"
)


def read_era(text: str, position: int) -> Point | None:
    """民国三年 has its year, to be read on from; any other reign takes its months and days with it."""
    match = _ERA.match(text, position) or _OLD_YEAR.match(text, position)
    if match is None:
        return None
    republic = match.groupdict().get("republic")
    if republic:
        return Point(position, match.end(), (1911 + integer(republic),))
    lunar = read_lunar(text, match.end())
    end = lunar.end if lunar else read_months_and_days(text, Point(position, match.end())).end
    return Point(position, end, untold=True)


# 上世纪80年代, 1970年代, 20世纪上半叶, “十四五”时期

_CENTURY = rf"(?:上个?世纪|本世纪|(?P<century>[12]?[0-9]|二?十[{ONES}]?)世纪)"
_DECADE = lazy(
    rf"(?:{_CENTURY}(?:(?P<decade>[0-9]0|[{ONES}]十)年代|(?P<half>[上下前后]半叶|初|末|中叶|早期|晚期|中期))"
    rf"|(?<![0-9])(?P<full>[12][0-9]{{2}}0)年代|(?<![{NUMERIC}世纪])(?P<bare>[5-9]0|[五六七八九]十)年代)(?:初期?|末期?|[前中后]期)?"
)
# “十四五”时期, “十四五”末, “十四五”前三年, “十三五”“十四五”期间, 第十四个五年规划期间.
_PLAN_NAME = rf"(?:十[{ONES}]五|[{ONES}十]五|第十?[{ONES}十]个五年)"
_FIVE_YEARS = lazy(
    rf"(?:(?P<since>[“\"]?{_PLAN_NAME}[”\"]?)(?P<join>{DASH}|[、和与及]?)(?=[“\"第十]))?"
    rf"(?<![{NUMERIC}第])(?P<plan>[“\"]?{_PLAN_NAME}[”\"]?)"
    r"(?:(?P<edge>[初末](?!期))|(?:规划|计划)?(?:时期|期间)(?P<late>末|初期?(?!步))?(?!的?[前头后][一二两三四]年)|(?=以来)"
    r"|(?:规划|计划)?(?:时期|期间)?的?(?P<end>[前头后])(?P<years>[一二两三四])年(?![来前内中间]))"
)
_ALSO_A_NUMBER = lazy("[一二三四五十]五")  # a plan in 十五期间 and “十五”末, a number in 十五末
_FROM_TO = lazy(rf"[从自](?P<first>[12][0-9]{{3}}){DASH}(?P<last>[12][0-9]{{3}})(?![0-9年.\-/])")


def read_stretch(text: str, position: int, plans: Plans = NO_PLANS) -> Point | None:
    """Years that have a name together; those of `plans` by its names."""
    plan = _FIVE_YEARS.match(text, position)
    if plan and (point := _of_plan(plan, plans)):
        return point
    match = _DECADE.match(text, position)
    if match is None:
        bare = _FROM_TO.match(text, position)
        return Point(bare.start("first"), bare.end(), (int(bare["first"]), int(bare["last"]))) if bare else None
    if match["full"]:
        first = int(match["full"])
    elif match["bare"]:
        first = 1900 + integer(match["bare"])
    else:
        century = integer(match["century"]) if match["century"] else 20 + (match[0][0] == "本")
        if match["half"]:
            opens = 100 * (century - 1) + (51 if match["half"][0] in "下后" else 1)
            told = match["half"].endswith("半叶")
            return Point(position, match.end(), (opens, opens + 49) if told else (), untold=not told)
        first = 100 * (century - 1) + integer(match["decade"])
    return Point(position, match.end(), (first, first + 9))


def _of_plan(match: re.Match[str], plans: Plans) -> Point | None:
    """The years of a plan, or of two that follow one another; None where the words name none of `plans`."""
    name = match["plan"].strip('“”"')
    bare = _ALSO_A_NUMBER.fullmatch(name) and name == match["plan"] and not (match["edge"] is None and "期" in match[0])
    years, since = plans.get(name), plans.get((match["since"] or "").strip('“”"'))
    if years is None or bare or (match["since"] and since is None):
        return None
    first, last = years
    edge = (match["edge"] or match["late"] or " ")[0]
    if edge in "初末":
        first, last = (first, first) if edge == "初" else (last, last)
    elif match["end"]:
        count = integer(match["years"])
        first, last = (last - count + 1, last) if match["end"] == "后" else (first, first + count - 1)
    point = Point(match.start(), match.end(), (first,) if first == last else (first, last), named=True)
    if since:
        point.years, point.untold = (since[0], last), not HAS_DASH.search(match["join"]) and since[1] + 1 != years[0]
    return point
