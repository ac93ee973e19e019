"""Repairs inside lines, each of the same length as what it mends.

What is dropped becomes HOLE, one for each character, so that every offset into the repaired text is one into the source;
the holes go when the blocks are put together. Passes over the whole text, by regular expression, guarded by a plain search.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.model import LeftOut
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.cells import kept_breaks
from pipeline.read.encodings import BROKEN

HOLE = "\ue000"  # private use: dropped from every source, so it cannot stand for itself

_ODD_CHARACTERS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff"
    "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f０-９Ａ-Ｚａ-ｚ％｡､｢｣]"
)
# Patterns that scan the whole text open with one set of characters and no repeat: that is what `re` scans for fast.
_ODD = lazy(f"{_ODD_CHARACTERS}{_ODD_CHARACTERS}*")
_BREAKS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_WIDTH = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)}
_WIDTH |= dict(zip(map(ord, "｡､｢｣"), map(ord, "。、「」"), strict=True))
# Radicals for which Unicode knows no decomposition: U+2E81 to U+2EF3 as its EquivalentUnifiedIdeograph.txt (UAX 44) has them; the
# code point that is not assigned is 〓.
RADICALS = dict(
    enumerate(
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵〓旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉"
        "𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        start=0x2E81,
    )
)
_COMMENT = lazy(r"<!--(?:(?!<!--).){0,5000}?-->|</?PAGE_?DIV[^<>]*>|<\|[^<>|\n]{1,20}\|>", re.S | re.I)
_SUPERSCRIPT = lazy(r"<sup>\s*(?:[①-⑳⑴-⒇*†]|[\[(（]\d{1,3}[\])）]|\d{1,3})+\s*</sup>", re.I)
_TAG = lazy(r"</?(?:sup|sub|br|b|i|u|em|strong|p|div|span|font|center|table|tr|td|th|tbody|thead)(?:\s[^<>\n]*)?/?>", re.I)
_BROKEN_ROW = lazy(r"^[ \t]*\|[^\n]*<br[^\n]*", re.M | re.I)
_IMAGE = lazy(r"!\[[^\[\]\n]{0,400}\]\([^()\n]{0,2000}\)")  # bounded, as are links: hostile text must not take long
_LINK = lazy(r"(\[)([^\[\]\n]{1,400})(\]\([^()\s]{0,2000}\))")
_BOLD = lazy(r"\*{2,3}")
_EMPHASIS = lazy(r"(?<![\w*])__(?=\S)|(?<=\S)__(?!\w)")
_ESCAPE = lazy(r"\\(?=[\\`*_{}\[\]()#+.!|$~>-])")
# What OCR makes of raised marks, plain numbers and years: $^{①}$, $^{[3]}$, $^{\textcircled{1}}$, $20\%$, $[ 2 0 2 5 ]$.
_MATH_MARK = lazy(
    r"\$\s*\^\s*\{?\s*(?:\\(?:textcircled|circled)\s*\{\s*(?:\\[a-z]+\s*)?(?P<ring>\d{1,2})\s*\}"
    r"|(?P<sign>[①-⑳]|\[\d{1,3}\]|\(\d{1,2}\)|\d{1,2}|\*))\s*\}?\s*\$"
)
_MATH_NUMBER = lazy(r"\$\s*(\d(?:[\d,.\s+~-]|\\?%){0,40}|[\[〔（(](?:\s?\d){4}\s?[\]〕）)]\s?)\$")
# Years and numbers of documents of which OCR has parted the digits: 2 0 2 4 年 3 月 1 9 日, 〔 2 0 2 4 〕 1 5 号.
_PARTED = lazy(
    r"[12](?:(?<!\d[12])(?<!\d [12]))(?:(?<=1) ?9|(?<=2) ?0) ?\d ?\d ?"
    r"(?:年(?: ?\d(?: ?\d)? ?月(?: ?\d(?: ?\d)? ?日)?)?|[〕\]］】）)}] ?第? ?\d(?: ?\d){0,4} ?号)"
)
_DIGITS_APART = lazy(r" (?<=\d )\d")
_ENTITY = lazy(r"&(?:#\d{2,5}|#[xX][\da-fA-F]{2,4}|[a-zA-Z]{2,8});")
_CIRCLED = lazy("[①-⑳][①-⑳]*")
_LIST_OF_NUMBERS = r"\d{1,3}(?:[-–,，、]\s?\d{1,3})*\]"
_BRACKETED = lazy(
    rf"[(\[^¹²³⁴-⁹](?:(?<=\()\d{{1,2}}\)(?:\(\d{{1,2}}\))*|(?<=\[)\^?{_LIST_OF_NUMBERS}"
    rf"|(?<=\^)(?:\[\^?{_LIST_OF_NUMBERS}|\d{{1,3}})|(?<=[¹²³⁴-⁹])[¹²³⁴-⁹]*)"
)
_HAS_NOTES = lazy(r"^[ \t\u3000]*(?:- *)?(?:[①-⑳]|\(\d{1,2}\)|<sup>[①-⑳]</sup>)[^\n《]*《[^\n]*(?:年|页|日|网|》。)", re.M)
_AFTER = frozenset("”』」》）")
_CLOSES = _AFTER | frozenset("’)%％")
_STAR = lazy(r"(?<![*＊])[*＊]++[ \t]*+$", re.M)
_NUMBERS = ("①", "②", "③", "④", "⑤", "⑥", "(1)", "(2)", "(3)")
_WHITE = "[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]"
_SPACE = lazy(f"{_WHITE}(?!(?<=[!-~] )[!-~]){_WHITE}*")  # one that parts two words in Latin letters stays
_KEPT = lazy(r"[ \t\u3000#]*第[一二三四五六七八九十百零〇\d]{1,7}[编篇章节条]|[^\n]*社[^\n]{1,12}日电")
_COLUMN = lazy(r"[^\W_]|[）)》”’」』】%％]")  # a tab after one of these and before a word parts two columns
_OPENS_COLUMN = lazy(r"[^\W_]|[（(《“‘「『【]")
_NUMBERING = lazy(rf"[ \t\u3000{HOLE}]*(?:\d{{1,3}}|[（(]?[{p.NUMERAL}]{{1,4}}[）)]?)")
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# Marks of half the width, and a point that may close a sentence: after a Chinese character, a closing mark or a percentage, or
# what was dropped behind one.
_NARROW = lazy(f"[,;:?!.．](?:(?<=[,;:?!])(?!(?<=[!-~].)[!-~])|(?<=[\u4e00-\u9fff”’」』》）)%{HOLE} ].)(?![.．…]))")
_ITEM = lazy(  # what a point makes a marker of: 一．总则, （二）．, 第三节．, 图一．, 附件．
    r"(?:^|[\n，。；：、])[（(]?(?:[一二三四五六七八九十百甲乙丙丁]{1,4}|第[一二三四五六七八九十百\d]{1,6}[\u4e00-\u9fff]{1,2}"
    r"|[图表例][一二三四五六七八九十]|附[件录表图]?)[）)]?$"
)
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿")
_REFERENCE = lazy(r"[\[［](?:[JMDCNRSPZG]|EB)(?:/OL)?[\]］]")
_SOUNDS = frozenset(  # characters that foreign names are written with: 列夫．托尔斯泰
    "阿艾爱安奥巴拜班邦保鲍贝本比彼毕宾伯勃博布茨达戴丹当德邓狄迪蒂丁杜顿多恩尔法凡菲费芬丰弗夫佛福盖甘冈戈格古哈海汉豪赫亨霍基吉加贾"
    "杰金卡凯坎康考柯科克肯库夸拉莱兰劳雷黎里理利莉列林琳龙隆卢鲁路露伦罗洛马玛麦迈曼梅门蒙米密明缪莫姆穆拿娜纳奈南内尼涅宁纽诺努欧帕"
    "潘庞佩彭皮平坡珀普奇恰乔切丘屈让热日荣瑞若撒萨塞桑森沙莎山尚舍圣施什史舒斯司丝松苏索塔泰汤特提廷图托瓦万旺威韦维魏温文沃乌伍武西"
    "希席夏香肖谢辛休许雅亚延扬耶叶伊因英尤约赞泽扎詹兹佐"
)
_QUOTES = frozenset("“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩")


@dataclass(slots=True)
class Repairs:
    """What was mended on the way from the source to the text: how often, the marks of footnotes that hung in it (offset in the
    source, mark), and what was left out."""

    counts: Counter[str] = field(default_factory=Counter)
    marks: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def mask(source: str, *, markdown: bool) -> tuple[str, Repairs]:
    """The source with its repairs made, of the same length, and what was done."""
    done = Repairs()
    done.counts["broken_character"] = source.count(BROKEN)
    text = _ODD.sub(lambda match: _odd(match, done), source)
    if "<" in text:
        text = _drop(_COMMENT, text, "comment", done)
        text = _BROKEN_ROW.sub(kept_breaks, text)
        text = _SUPERSCRIPT.sub(lambda match: _superscript(match, done), text)
    if "$" in text:
        text = _MATH_MARK.sub(lambda match: _math_mark(match, done), text)
        text = _MATH_NUMBER.sub(lambda match: _math_number(match, done), text)
    has_notes = any(mark in text for mark in _NUMBERS) and bool(_HAS_NOTES.search(text))
    if "<" in text:
        text = _drop(_TAG, text, "tag", done)
    if "&" in text:
        text = _ENTITY.sub(lambda match: _entity(match, done), text)
    if "**" in text:
        text = _drop(_BOLD, text, "emphasis", done)
    if "__" in text:
        text = _drop(_EMPHASIS, text, "emphasis", done)
    if markdown or "](" in text:
        text = _links(text, done)
    text = _marks(text, done, has_notes)
    if "*" in text or "＊" in text:
        text = _drop(_STAR, text, "footnote_mark", done)
    if _DIGITS_APART.search(text):
        text = _PARTED.sub(lambda match: _whole(match, done), text)
    text = _SPACE.sub(lambda match: _space(match, done), text)
    return _NARROW.sub(lambda match: (_narrow if match[0] in FULL else _stop)(match, done), text), done


def _stop(match: re.Match[str], done: Repairs) -> str:
    """The full stop for a point that closes a sentence; one of a marker, a number, a foreign name or a reference stays."""
    text, at = match.string, match.start()
    before = text[max(0, at - 40) : at].replace(HOLE, "").rstrip(" ")
    after = text[at + 1 : at + 41].replace(HOLE, "").lstrip(" ")
    last, first = before[-1:], after[:1]
    dated = re.match(r"[0-9]{1,4}[年月日]", after) is not None
    goes_on = first == "" or first in "\n“‘（《" or first in _AFTER or "\u4e00" <= first <= "\u9fff" or dated
    closes = ("\u4e00" <= last <= "\u9fff" or last in _CLOSES) and goes_on and not _ITEM.search(before)
    number = last in _NUMERALS and first in _NUMERALS
    name = _SOUNDS.issuperset(before[-2:]) and len(after) > 1 and _SOUNDS.issuperset(after[:2])
    if not closes or number or name or _REFERENCE.search(_line_around(text, at)):
        return match[0]
    done.counts["punctuation"] += 1
    return "。"


def _line_around(text: str, at: int) -> str:
    """The line around a position, at most 200 characters to either side."""
    opens, closes = text.rfind("\n", max(0, at - 200), at), text.find("\n", at, at + 200)
    return text[opens + 1 if opens >= 0 else max(0, at - 200) : closes if closes >= 0 else at + 200]


def _narrow(match: re.Match[str], done: Repairs) -> str:
    """A comma of half the width beside a Chinese character is the Chinese comma, and so are its kin."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in (HOLE, " ") or after in (HOLE, " "):
        before = text[max(0, start - 40) : start].rstrip(HOLE + " ")[-1:]
        after = text[end : end + 40].lstrip(HOLE + " ")[:1]
    if not ("\u4e00" <= before <= "\u9fff" or "\u4e00" <= after <= "\u9fff" or before in _AFTER):
        return match[0]
    done.counts["punctuation"] += 1
    return FULL[match[0]]


def _drop(pattern: re.Pattern[str], text: str, name: str, done: Repairs) -> str:
    text, number = pattern.subn(lambda match: _holes(match[0]), text)
    done.counts[name] += number
    return text


def _holes(dropped: str) -> str:
    """Holes as long as what they stand for; a line feed stays, so that lines can be told apart."""
    return "\n".join(HOLE * len(part) for part in dropped.split("\n")) if "\n" in dropped else HOLE * len(dropped)


def _odd(match: re.Match[str], done: Repairs) -> str:
    following = match.string[match.end() : match.end() + 1]
    run = match[0]
    return "".join(_mended(char, run[at + 1 : at + 2] or following, done) for at, char in enumerate(run))


def _mended(char: str, following: str, done: Repairs) -> str:
    """One odd character: a line break, a wide form of a plain character, a radical used as a character, or nothing."""
    if char in _BREAKS:
        return HOLE if char == "\r" and following == "\n" else "\n"
    code = ord(char)
    if code in _WIDTH:
        done.counts["width"] += 1
        return chr(_WIDTH[code])
    plain = RADICALS.get(code) or unicodedata.normalize("NFKC", char)
    if code >= 0x2E80 and not 0xE000 <= code <= 0xF8FF and code != 0xFEFF:
        done.counts["radical"] += plain != char
        return plain if len(plain) == 1 else char
    done.counts["control"] += 1
    return HOLE


def _entity(match: re.Match[str], done: Repairs) -> str:
    """The character that an entity of HTML stands for, and holes; an unknown one as it stands."""
    char = html.unescape(match[0])
    if len(char) != 1 or char == "\n":
        return match[0]
    done.counts["entity"] += 1
    return (HOLE if _ODD.match(char) else char) + HOLE * (len(match[0]) - 1)


def _links(text: str, done: Repairs) -> str:
    if "![" in text:
        text = _drop(_IMAGE, text, "image", done)
    if "\\" in text:
        text = _drop(_ESCAPE, text, "escape", done)
    if "](" not in text:
        return text
    replace: Callable[[re.Match[str]], str] = lambda match: HOLE + match[2] + HOLE * len(match[3])  # noqa: E731
    text, number = _LINK.subn(replace, text)
    done.counts["link"] += number
    return text


def _math_mark(match: re.Match[str], done: Repairs) -> str:
    """Holes for a mark that hangs on a Chinese word, a quotation or a sentence; a power after a letter stays."""
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip(" ")
    if not before or before[-1] == "\n" or not (_wide(before[-1]) or before[-1] in '”"'):
        return match[0]
    done.counts["footnote_mark"] += 1
    done.marks.append((match.start(), match["sign"] or f"({match['ring']})"))
    return HOLE * len(match[0])


def _math_number(match: re.Match[str], done: Repairs) -> str:
    """A number without the signs of LaTeX around it, of the same length."""
    done.counts["latex"] += 1
    plain = match[1].replace("\\", HOLE).replace(" ", HOLE)
    return HOLE + plain + HOLE * (len(match[0]) - len(match[1]) - 1)


def _whole(match: re.Match[str], done: Repairs) -> str:
    """A year or number with holes for the spaces that parted its digits."""
    if not _DIGITS_APART.search(match[0]):
        return match[0]
    done.counts["parted_digits"] += 1
    return match[0].replace(" ", HOLE)


def _superscript(match: re.Match[str], done: Repairs) -> str:
    """Holes for a raised mark; one that opens a line is a footnote's own, one after a Latin letter a power (m²)."""
    text, at = match.string, match.start()
    start = text.rfind("\n", 0, at) + 1
    before = text[max(start, at - 2) : at].strip()
    if not before or (before[-1].isascii() and before[-1].isalpha()):
        return match[0]
    done.counts["footnote_mark"] += 1
    done.marks.append((at, re.sub(r"</?sup>|\s", "", match[0], flags=re.I)))
    return HOLE * len(match[0])


def _marks(text: str, done: Repairs, has_notes: bool) -> str:
    """Marks of footnotes out of running text. An enumeration (…：①…；②…) stays."""
    if any(mark in text for mark in _NUMBERS[:6]):
        text = _CIRCLED.sub(lambda match: _mark(match, done, has_notes), text)
    if any(mark in text for mark in "([^¹²³"):
        text = _BRACKETED.sub(lambda match: _mark(match, done, has_notes), text)
    return text


def _mark(match: re.Match[str], done: Repairs, has_notes: bool) -> str:
    """Holes for a mark that hangs on a quotation or a sentence; anything else as it stands."""
    start, end = match.span()
    before = match.string[max(0, start - 4) : start].replace(HOLE, "").rstrip(" ")[-2:]
    after = match.string[end : end + 1]
    last = before[-1:]
    sign = match[0]
    hangs = last in _AFTER or (len(before) == 2 and before[0] in _AFTER and last in "。，；！？、：")
    if sign[0] in "([" or "①" <= sign[0] <= "⑳":
        closing = after in "。，；：、！？" and last.isalnum()
        hangs = (
            hangs
            or (closing and (has_notes or sign[0] != "("))
            or (sign[0] == "[" and (_wide(last) and last not in "：" if last else False))
        )
        hangs = hangs or (has_notes and last in "。，；" and (after in "“\n" or "\u4e00" <= after <= "\u9fff"))
        hangs = hangs or (sign[0] >= "①" and "\u4e00" <= last <= "\u9fff" and after == "\n")
    else:
        hangs = hangs or (bool(last) and last > "\u2e7f" and last not in "米里秒度")
    if not hangs or not last or last == "\n":
        return match[0]
    done.counts["footnote_mark"] += 1
    done.marks.append((start, sign))
    return HOLE * (end - start)


def _wide(char: str) -> bool:
    return char > "\u2e7f" or char in _QUOTES


def _is_numbering(text: str, last: int) -> bool:
    """Whether the line up to `last` is nothing but its number."""
    opened = text.rfind("\n", max(0, last - 12), last) + 1
    return last - opened < 12 and _NUMBERING.fullmatch(text, opened, last + 1) is not None


def _space(match: re.Match[str], done: Repairs) -> str:
    """Nothing at the ends of a line and beside a Chinese character, else one space.

    Kept after 第一条 and the like, where it parts number and text, after a news line's 电, and where a tab parts two columns.
    """
    text, (start, end) = match.string, match.span()
    left, right = start - 1, end
    while left >= 0 and text[left] == HOLE:
        left -= 1
    while right < len(text) and text[right] == HOLE:
        right += 1
    before = text[left] if left >= 0 else "\n"
    after = text[right] if right < len(text) else "\n"
    if before == "\n" or after == "\n":
        return HOLE * (end - start)
    if "\t" in match[0] and _COLUMN.match(before) and _OPENS_COLUMN.match(after) and not _is_numbering(text, left):
        return " " + HOLE * (end - start - 1)
    if (before > "\u2e7f" or after > "\u2e7f" or _wide(before) or _wide(after)) and not (
        before in "编篇章节条电"
        and left - (opened := text.rfind("\n", max(0, left - 80), left)) < 80
        and _KEPT.fullmatch(text, opened + 1, left + 1)
    ):
        done.counts["space"] += 1
        return HOLE * (end - start)
    return " " + HOLE * (end - start - 1)
