"""The number that a document has: of issue, of a decree or an announcement, of a standard, of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from pipeline.patterns import lazy
from pipeline.read import patterns as p

Lines = Sequence[tuple[str, str]]  # of the head and the foot: as read, and with the spaces of the source

_FIELDS = ("文号", "发文字号", "发文号", "文件编号", "案号", "标准号", "公告编号", "合同编号", "项目编号", "采购编号", "招标编号")
_NONE = frozenset(("无", "暂无", "-", "—", "/"))
_NTH = rf"第\s*(?:\d{{1,4}}|[{p.NUMERAL}]{{1,6}})\s*号"
_DECREE = lazy(
    rf"(?P<body>[\u4e00-\u9fff]{{2,24}}?)?(?P<kind>令|公告)\s*[（(]?\s*(?P<number>(?:(?:19|20)\d{{2}}\s*年\s*)?{_NTH})[）)]?"
    rf"|(?P<session>〔[十一二三四五六七八九]{{1,3}}届〕{_NTH})|^(?P<bare>{_NTH})$"
)
_HEADED = lazy(r"[\u4e00-\u9fff]{2,30}(?:令|公告)")  # the line of a decree above that of its number
_BARE = lazy(rf"(?:(?:19|20)\d{{2}}\s*年\s*)?{_NTH}")
_MINUTES = lazy(r"〔(?:19|20)\d{2}〕\d{1,4}号")  # that has no letters
_CASE = lazy(r"[（(〔](?:19|20)\d{2}[）)〕][\u4e00-\u9fff\d]{2,10}字?第?\d{1,6}号")
_STANDARD = lazy(r"(?:GB|DB|[A-Z]{2,4})\d*(?:/[A-Z]{1,6})?\s*\d[\d.]*\s*[—–-]\s*(?:19|20)\d{2}")
# A number in running text, with the Chinese characters before its year; …的通知云政发〔2024〕12号各县 has lost its lines.
_RUN_ON = lazy(
    r"(?P<code>[\u4e00-\u9fff]{2,60})(?P<rest>[〔\[(（【［{]\s*(?:19|20)\d{2}\s*[〕\])）】］}]\s*第?\s*\d{1,5}\s*号)"
)
_YEAR = lazy(r"[〔\[(（【［{]\s*(?:19|20)\d{2}\s*[〕\])）】］}]")
_BEHIND_TITLE = lazy(rf"^.*(?:的[\u4e00-\u9fff]{{0,4}}(?:{p.GENRE})|[文字]号)(?=[\u4e00-\u9fff]{{2}})")
_BEHIND_GENRE = lazy(rf"^.*(?:{p.GENRE})(?=[\u4e00-\u9fff]{{2}})")
# What stands before a number that is another document's: 《…》（, 根据, 同时废止.
_CITED = lazy(r"》\s*[（(]?$|《[^》]*$|(?:根据|按照|依据|贯彻|落实|执行|废止|参照|依照|转发|收到)[^。；\n]{0,60}$")
LONGEST = 14  # characters of the letters of a number
TOP = 400  # characters from the top in which a number stands in running text


def number_of(lines: Lines, fields: Mapping[str, str], head: Sequence[str]) -> str | None:
    """Of a field, on a line of its own, of a decree or an announcement, of a standard or a case, or in running text at the top.

    `lines` say something about the document, `head` are its first paragraphs; a number that the text cites is none.
    """
    top = [*(line for line, _ in lines), *head[:12]]
    return next(chain(_of_fields(fields), _of_lines(top), _of_decrees(top), _in_text("\n".join(head))), None)


def _of_fields(fields: Mapping[str, str]) -> Iterator[str]:
    values = (re.sub(r"^[（(](.*)[）)]$", r"\1", fields[key].strip()) for key in _FIELDS if fields.get(key, "").strip())
    for value in values:
        if match := p.NUMBER.match(value):
            yield _tidy(match[0])
        elif value not in _NONE and re.search(r"\d", value):
            yield re.sub(r"\s", "", value)


def _of_lines(top: Sequence[str]) -> Iterator[str]:
    for text in top:
        bare = text.strip("（()） *")
        if p.NUMBER.fullmatch(bare) and re.search("[号〕\\]］】）)}]$", bare):
            yield _tidy(bare)
        elif _STANDARD.fullmatch(bare) or _MINUTES.fullmatch(bare) or _CASE.fullmatch(text.strip()):
            yield text.strip()


def _tidy(number: str) -> str:
    """A number without blanks, and with its 号."""
    bare = re.sub(r"\s|〔〕", "", number)
    return bare if bare.endswith("号") else bare + "号"


def _of_decrees(top: Sequence[str]) -> Iterator[str]:
    for above, below in pairwise(top):
        if _HEADED.fullmatch(above) and _BARE.fullmatch(below.strip("（()） ")):
            yield from filter(None, [_decree_in(above + below)])
    for text in top:
        found = _decree_in(text[:120])
        if found:
            yield found


def _decree_in(text: str) -> str | None:
    match = _DECREE.search(text) if "号" in text else None
    if match is None or _CITED.search(text[: match.start()] + (match["body"] or "")):
        return None
    if match["session"] or match["bare"]:
        return re.sub(r"\s", "", match["session"] or match["bare"])
    body = re.sub(r"^.*?(?:日|经|由)", "", match["body"] or "").removeprefix("中华人民共和国")
    return re.sub(r"\s", "", f"{body}{match['kind']}{match['number']}")


def _in_text(text: str) -> Iterator[str]:
    for match in _RUN_ON.finditer(text[:TOP]) if _YEAR.search(text[:TOP]) else ():
        code = _code_in(match["code"])
        if 2 <= len(code) <= LONGEST and not _CITED.search(text[: match.end("code") - len(code)][-80:]):
            yield _tidy(code + match["rest"])
    case = _CASE.search(text)
    if case:
        yield case[0]


def _code_in(run: str) -> str:
    """The letters of a number at the end of a run of characters that may hold a title before them; of a title whose last
    character was printed twice neither.
    """
    code = _BEHIND_TITLE.sub("", run)
    if len(code) > LONGEST:
        code = _BEHIND_GENRE.sub("", code)
    before = run[: len(run) - len(code)][-1:]
    return code[1:] if before == code[0] else code
