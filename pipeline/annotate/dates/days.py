"""Months, days and the clock: 5月6日（星期一）上午9时, 8月5—7日, 3、4月, 6月中旬, 本月10日, 今天上午, 上周三."""

from __future__ import annotations

from pipeline.annotate.dates.point import DASH, DAY_NUMBER, MONTH_NUMBER, NUMERIC, SEPARATOR, Point, numbers_of
from pipeline.numerals import ONES
from pipeline.patterns import lazy

_MONTHS = lazy(rf"[ \u3000]?的?(?P<numbers>{MONTH_NUMBER}(?:{SEPARATOR}{MONTH_NUMBER}){{0,4}})[ \u3000]?月(?:份)?")
_MONTH_WORD = lazy(
    "(?:(?<![成资基根版])本月|(?<![以之])上个?月|(?<![以之])下个?月|当月|同月|次月|翌月|这个?月)(?![球亮牙饼经])"
)
_MONTH_EDGE = lazy(
    "(?:(?P<third>[上中下]旬(?!前))|[上中下]旬|月?初(?![步期中级始次见具赛审评选心衷])|月?底(?![部线层气])|月?末(?!端)|中(?=[，。、]))前?"
)
_DAYS = lazy(rf"[ \u3000]?(?P<numbers>{DAY_NUMBER}(?:{SEPARATOR}{DAY_NUMBER}){{0,4}})[ \u3000]?[日号](?!线|楼|文|令)")
_BARE_MONTH = lazy(rf"(?<![{NUMERIC}第个/])(?=[{NUMERIC}元])")
_NO_BARE_MONTH = lazy("[后内前间余多来第0-9龄球票嫂]|革命|大的")
_AFTER_POINT = lazy(r"(?:^|\n)[0-9]{1,2}[.．]$")  # the marker of an item
_BARE_DAYS = lazy(
    rf"(?<![{NUMERIC}.第/:：\-—–~～每满近约逾共限为个历各双连续首多隔前后超过百万周月期])"
    r"(?<!每月|每年|少于|多于|低于|高于|迟于|晚于|早于|长于|短于|不足|提前|延长|长达|停留|历时|期限|至少|最多|最长|最短|大约|工作)"
    r"(?<!至迟|拘留|公示)"
    rf"(?P<numbers>[0-9]{{1,2}}(?:{SEPARATOR}[0-9]{{1,2}}){{0,4}}|[一二]?十[{ONES}]?|廿[{ONES}]?|三十一?)[ \u3000]?日"
    r"(?![前后内间均龄游谈之以无免程元圆历期额产耗本韩美语益常志子照光落军方俄中的]|报(?!道)|左右|个|起?[内满])"
)
_JOINED_DAYS = lazy(rf"(?P<numbers>{DAY_NUMBER}(?:{SEPARATOR}{DAY_NUMBER}){{0,4}})[ \u3000]?[日号](?!线|楼|文|令)")


def read_without_year(text: str, position: int, *, joined: bool) -> Point | None:
    """Months and days, or days alone, with no year before them."""
    point = Point(position, position)
    word = _MONTH_WORD.match(text, position)
    if word:
        point.month_word, point.end = word[0], word.end()
        return _day_after_month(text, point)
    after_point = text[position - 1 : position] == "." and not _AFTER_POINT.search(text, max(0, position - 4), position)
    if joined or (_BARE_MONTH.match(text, position) and not after_point):
        point = read_months_and_days(text, point)
        if point.end > position:
            bare = (
                not point.days
                and not joined
                and (text[position - 1 : position] in ("“", "《") or _NO_BARE_MONTH.match(text, point.end))
            )
            return None if bare or _is_marker(text, position, point) else point
    days = (_JOINED_DAYS if joined else _BARE_DAYS).match(text, position)
    if days is None:
        return None
    field = numbers_of(days, "numbers")
    return with_clock(text, Point(position, field.end, days=field.numbers, untold=field.apart))


def _is_marker(text: str, position: int, point: Point) -> bool:
    """Whether the first number of 2、3月5日 opens a line: the marker of an item, no month."""
    opens = position == 0 or text[position - 1] == "\n"
    return opens and len(point.months) == 2 and text[position : point.end].find("、") in (1, 2)


def read_months_and_days(text: str, point: Point) -> Point:
    """The point with the months and the days that follow it, if any do."""
    months = _MONTHS.match(text, point.end)
    if months is None:
        word = _MONTH_WORD.match(text, point.end)  # 去年本月十日
        if word:
            point.month_word, point.end = word[0], word.end()
            return _day_after_month(text, point)
        return point
    field = numbers_of(months, "numbers")
    point.months, point.end = field.numbers, field.end
    point.untold = point.untold or field.apart
    return _day_after_month(text, point)


def _day_after_month(text: str, point: Point) -> Point:
    days = _DAYS.match(text, point.end)
    if days:
        field = numbers_of(days, "numbers")
        point.days, point.end = field.numbers, field.end
        point.untold = point.untold or field.apart or len(point.months) > 1
        return with_clock(text, point)
    edge = _MONTH_EDGE.match(text, point.end)
    if edge:
        point.end, point.third = edge.end(), edge["third"] or ""
    return point


# 今天上午, 昨日, 次日, 上周三

_DAY_WORD = lazy(
    "(?:(?<![《“])今[天日](?!头条|之|的|中国|说法)|今[晨早晚夜](?![期会])|昨[天日晨晚夜]|大?前天|(?<![的好光《“])明[天日](?!之|的|方舟)|明[晚晨](?!会)"
    "|大?(?<!先)(?<!先天)[后後]天(?!努力|的|性|形成)|当[天日](?!歌|的?自己)|当晚|同日|同一天|次[日晨]|翌[日晨]"
    "|(?<![第0-9])隔[天日]|第二天)"
)
_WEEK = lazy(
    "(?:上上?|下下?|本|这|今)[个個]?(?:[周週]|星期|[礼禮]拜)(?:(?P<day>[一二三四五六日天])|末)?(?![期边长转围年全密岁折])"
)


def read_word(text: str, position: int) -> Point | None:
    """A word for a day or a week."""
    day = _DAY_WORD.match(text, position)
    if day:
        return with_clock(text, Point(position, day.end(), day_word=day[0]))
    week = _WEEK.match(text, position)
    if week is None:
        return None
    point = Point(position, week.end(), week_word=week[0])
    return with_clock(text, point) if week["day"] else point


_WEEKDAY = lazy(
    r"[ \u3000]?(?:[（(][ \u3000]?(?:星期|周|礼拜)[一二三四五六日天][ \u3000]?[)）]|周[一二三四五六日](?!期|报|刊))"
    r"|[，,]?[ \u3000]?(?:星期|礼拜)[一二三四五六日天]"
)
_PART_OF_DAY = (
    "(?:(?:凌晨|清晨|早晨|早上|上午|中午|正午|午后|下午(?!茶)|傍晚|晚间|晚上|夜间|夜里|深夜"
    r"|早(?![期已日餐稻会间上晨高])|晚(?![会宴报餐稻期点高间上稼])|夜(?![市景校游间里经跑])|晨(?![报会跑]))[ \u3000]?)"
)
_MINUTES = f"(?:整|许|半|[一三]刻|[0-9]{{1,2}}分?(?:[0-9]{{1,2}}秒)?|[零〇二三四五]?[{ONES}十]{{1,2}}分)?"
_TIME = (
    r"(?:[0-9]{1,2}[ \u3000]?[:：][ \u3000]?[0-9]{2}(?:[:：][0-9]{2})?"
    rf"|[0-9]{{1,2}}[ \u3000]?(?:时(?![代期速间段])|点(?![亮燃名]))钟?{_MINUTES}"
    rf"|(?:[一二]?十[{ONES}]?|[{ONES}])(?:时(?![代期间段])|点(?![建要意])钟?){_MINUTES})"
)
_CLOCK = lazy(
    rf"(?:[，,]?[ \u3000]?{_PART_OF_DAY}?{_TIME}|[ \u3000]?{_PART_OF_DAY})(?:{DASH}{_PART_OF_DAY}?{_TIME})?(?:左右|前后|许)?"
)


def with_clock(text: str, point: Point) -> Point:
    """The point with the weekday and the clock time that follow it."""
    for pattern in (_WEEKDAY, _CLOCK):
        follows = pattern.match(text, point.end)
        if follows:
            point.end = follows.end()
    return point
