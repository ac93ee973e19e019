"""The lines before and around the body: title, subtitle, authors, fields, signature."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.model import BlockKind
from pipeline.read import patterns as p
from pipeline.read.joining import Paragraph
from pipeline.read.pieces import unfinished
from pipeline.read.votes import Titles, cleaned, elect, plain

Entry = tuple[BlockKind | None, Paragraph]
REACH = 90  # paragraphs below a title in which it can come again
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅"
    "皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪祁毛禹狄米贝臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓郁单"
    "杭洪包左石崔吉龚程邢裴陆荣翁荀羊甄曲家封储靳段焦巴牧车侯宓全班仰秋仲伊宫宁仇栾暴甘厉祖武符刘景詹束龙叶幸司黎溥印白怀蒲邰从鄂索赖卓蔺屠蒙池乔阴胥能苍双闻党翟谭贡劳逄姬申扶堵冉"
    "代占付闫覃佘仝郜亓逯揭邸隋鞠阎丛宫由栗苑么楚衣"
    "宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶曾关蒯相查游权肖涂"
)


def source_of(paragraph: Paragraph, source: str) -> str:
    """The paragraph as it stands in the source, with the spaces that part names."""
    return " ".join(source[line.start : line.start + len(line.raw)].strip() for line in paragraph.lines)


def names_in(spaced: str) -> tuple[str, ...]:
    """Names of persons of a line that holds nothing else, else (): “甲乙丙　丁　戊” is two."""
    line = spaced.strip(" \t\u2003\u3000*＊①②③④⑤0123456789")
    if len(line) > 60 or not p.NAMES.fullmatch(line) or p.FIELD_NAME.fullmatch(line):
        return ()
    names: list[str] = []
    for word in re.split(r"[\s、，,]+", line):
        if len(word) == 1 and names and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    return tuple(names) if all(2 <= len(name) <= 4 and name[0] in SURNAMES for name in names) else ()


def by_line(spaced: str) -> tuple[str, ...]:
    """Names of a line such as 本报记者　甲乙丙　丁戊, else ()."""
    match = p.BYLINE.fullmatch(spaced.strip(" \t\u3000（()）")) if len(spaced) <= 60 else None
    return names_in(match["names"]) if match else ()


def stamps(spaced: str) -> list[str]:
    """The parts of a line that holds nothing but dates and fields, else none: 2025-09-15 07:12　来源：某报."""
    found = p.STAMPS.findall(spaced) if len(spaced) <= 120 else []
    return found if found and not p.STAMPS.sub("", spaced).strip(" \t\u3000\xa0|｜") else []


def fields_in(spaced: str) -> list[str]:
    """The fields of a line that begins with one: 信息来源：某区　发布日期：2025-02-28　【字体：大 中 小】."""
    first = p.FIELD.match(spaced) if len(spaced) <= 200 else None
    if first is None:
        return []
    starts = [0, *(match.start() for match in p.FIELD_START.finditer(spaced, first.start("value")))]
    return [spaced[start:end].replace("\n", "").strip() for start, end in zip(starts, [*starts[1:], len(spaced)], strict=True)]


def is_field(text: str) -> bool:
    """Whether a line says something about the document, wherever it stands."""
    if len(text) > 200 or (text[0] not in p.OPENERS and text[-1] != "号"):
        return False
    if p.FIELD.match(text) or p.BRACKET_KEY.fullmatch(text) or p.BARE_DATE.fullmatch(text) or p.REMARK.fullmatch(text):
        return True
    return len(text) < 40 and "号" in text[-3:] and p.NUMBER.fullmatch(text) is not None


def _is_head_line(text: str, spaced: str) -> bool:
    """Fields that are such only near the top: who spoke, where it was passed, where the authors work."""
    return bool(
        is_field(text)
        or len(stamps(spaced)) > 1
        or p.PASSED.fullmatch(text)
        or p.SPEAKER.fullmatch(spaced.strip())
        or p.AFFILIATION.fullmatch(text)
        or p.IMPRINT.fullmatch(text)
        or by_line(spaced)
    )


def merge_titles(paragraphs: list[Paragraph], source: str, stem: str) -> tuple[list[Entry], Titles]:
    """Each paragraph with its kind where it is a title, a field or a footnote, None where the body decides; and the titles.

    Lines of one title are put together. `stem` is the name of the file.
    """
    entries: list[Entry] = [(_kind(paragraph), paragraph) for paragraph in paragraphs]
    _field_table(entries)
    _values(entries)
    _months(entries)
    titles = elect(paragraphs, stem, _find_title(entries, source))
    top = titles.notice if titles.notice and titles.notice.end else titles.own
    if top is None:
        return _signatures(_head(entries, 0, source)), titles
    for at in range(top.start):  # what stands above a title is no part of the body
        kind, paragraph = entries[at]
        entries[at] = (kind or "metadata", paragraph)
    entries[top.start : top.end] = [("title", _merge([entry for _, entry in entries[top.start : top.end]]))]
    entries = _head(entries, top.start + 1, source)
    names = [each.name for each in (titles.notice, titles.own) if each] + ([titles.name] if titles.name else [])
    return _signatures(_repeated(entries, top.start, names)), titles


def _kind(paragraph: Paragraph) -> BlockKind | None:
    if paragraph.note or paragraph.lines[0].kind:
        return paragraph.note or paragraph.lines[0].kind
    text = paragraph.text
    if paragraph.lines[0].depth or paragraph.lines[0].tab:
        return None
    return "metadata" if is_field(text) else None


def _field_table(entries: list[Entry]) -> None:
    """A table at the head whose cells are fields, as a government's page has it, as metadata."""
    first = next((at for at, (_, paragraph) in enumerate(entries[:12]) if paragraph.lines[0].cell), len(entries))
    cells = list(takewhile(lambda at: entries[at][1].lines[0].cell, range(first, min(first + 60, len(entries)))))
    fields = [at for at in cells if p.FIELD.match(entries[at][1].text) or p.FIELD_NAME.fullmatch(entries[at][1].text)]
    if len(fields) < 3 or len(fields) < 0.4 * len(cells):
        return
    for at in cells:
        line = entries[at][1].lines[0]
        line.tab, line.cell = False, None
        entries[at] = ("metadata", entries[at][1])


def _values(entries: list[Entry]) -> None:
    """A field's value on the line below its name is metadata too."""
    for at, (kind, paragraph) in enumerate(entries[:-1]):
        if kind != "metadata":
            continue
        match = p.FIELD.match(paragraph.text)
        empty = p.BRACKET_KEY.fullmatch(paragraph.text) or (match and not match["value"])
        below = at + 1
        while empty and below < len(entries) and entries[below][0] is None:
            text = entries[below][1].text
            if len(text) > (24 if below == at + 1 else 3) or p.TITLE_END.fullmatch(text[-2:]):
                break
            entries[below] = ("metadata", entries[below][1])
            below += 1


_COVER = 20  # paragraphs of a cover, or of a last page, at most


def _months(entries: list[Entry]) -> None:
    """The one line that is nothing but a month, on the cover or at the end, as metadata; several are headings of a chronicle."""
    months = {entry.text: at for at, (kind, entry) in enumerate(entries) if kind is None and p.BARE_MONTH.fullmatch(entry.text)}
    if len(months) != 1:
        return
    for at, (kind, paragraph) in enumerate(entries):
        edge = at < _COVER or at >= len(entries) - 3
        if kind is None and edge and paragraph.text in months and not paragraph.lines[0].tab:
            entries[at] = ("metadata", paragraph)


def _find_title(entries: list[Entry], source: str) -> tuple[int, int] | None:
    """Range of the entries that make the title; None where the document begins with its body."""
    marked = next((at for at, (_, paragraph) in enumerate(entries[:20]) if paragraph.lines[0].depth == 1), None)
    if marked is not None and all(len(paragraph.text) <= 60 for _, paragraph in entries[:marked]):
        return marked, marked + 1
    for at, (kind, paragraph) in enumerate(entries[:60]):
        text = paragraph.text
        if paragraph.lines[0].depth == 1:
            return at, at + 1
        if kind is not None or text[-1] == "摄" or _is_head_line(text, source_of(paragraph, source)):
            continue
        marker = p.MARKER.match(text)
        if paragraph.lines[0].tab or len(text) > 100 or p.ABSTRACT.match(text) or text[-1] in "：:，。；、" or text[0] == "|":
            return None
        if marker and marker.lastgroup not in {"article"}:
            return None
        return at, _title_end(entries, at)
    return None


def _title_end(entries: list[Entry], start: int) -> int:
    """Index after the last line of a title that begins at `start`."""
    whole = entries[start][1].text
    for at in range(start + 1, min(start + 5, len(entries))):
        kind, paragraph = entries[at]
        text = paragraph.text
        opened = whole.count("《") > whole.count("》") or whole.count("（") > whole.count("）")
        if opened and len(text) <= 60:
            whole += text
            continue
        stop = kind is not None or len(text) > 45 or not unfinished(text) or text[-1] in "：:，、" or p.MARKER.match(text)
        year = re.fullmatch(r"[（(][^（）()]{2,24}[）)]", text) and not p.REMARK.fullmatch(text)
        if stop or not (
            year or (not p.TITLE_END.search(whole[-20:]) and p.TITLE_END.fullmatch(text[-16:]) is None and _genre_end(text))
        ):
            return at
        whole += text
    return min(start + 5, len(entries))


def _genre_end(text: str) -> bool:
    return bool(re.search(rf"(?:{p.GENRE})(?:》?的通知)?(?:（[^（）]{{2,30}}[）]?|（)?$", text))


def _merge(paragraphs: list[Paragraph]) -> Paragraph:
    if len(paragraphs) == 1:
        return paragraphs[0]
    return Paragraph([line for paragraph in paragraphs for line in paragraph.lines]).finish()


def _head(entries: list[Entry], start: int, source: str) -> list[Entry]:
    """Subtitle, authors and fields in the lines after the title, up to the first that is none of these."""
    misses = 0
    for at in range(start, min(start + 30, len(entries))):
        kind, paragraph = entries[at]
        spaced = source_of(paragraph, source)
        if kind is not None:
            continue
        if _is_head_line(paragraph.text, spaced) or (at <= start + 4 and start and names_in(spaced)):
            entries[at] = ("metadata", paragraph)
        elif (
            start and paragraph.text.startswith(("——", "--", "—")) and len(paragraph.text) <= 50 and entries[at - 1][0] == "title"
        ):
            entries[at] = ("title", paragraph)
        elif len(paragraph.text) > 60 or misses >= 2:
            break
        else:
            misses += 1
    return entries


def _repeated(entries: list[Entry], start: int, titles: list[str]) -> list[Entry]:
    """Later lines, up to four together, that say the title again, as titles."""
    wanted = {plain(title) for title in titles}
    longest = max(map(len, wanted))
    out = entries[: start + 1]
    at = start + 1
    while at < len(entries):
        size = _spelled(entries, at, wanted, longest) if at < start + REACH else 0
        if size:
            out.append(("title", _merge([paragraph for _, paragraph in entries[at : at + size]])))
        else:
            out.append(entries[at])
        at += size or 1
    return out


def _spelled(entries: list[Entry], at: int, wanted: set[str], longest: int) -> int:
    """Number of entries from `at` that together spell a wanted title; 0 where none."""
    whole = ""
    for size in range(1, 5):
        if at + size > len(entries) or entries[at + size - 1][0] == "metadata":
            return 0
        text = entries[at + size - 1][1].text
        if size == 1 and text.startswith("《"):  # 《…》已经同意 is a sentence that was cut
            return 0
        whole += text
        if plain(cleaned(whole)) in wanted:
            return size
        if len(plain(whole)) >= longest:
            return 0
    return 0


def _signatures(entries: list[Entry]) -> list[Entry]:
    """Names of bodies above a date that stands alone: who signed."""
    for at, (kind, paragraph) in enumerate(entries):
        if kind != "metadata" or not p.is_date(paragraph.text):
            continue
        above = at - 1
        while above > 0 and entries[above][0] is None and _signs(entries[above][1].text):
            entries[above] = ("metadata", entries[above][1])
            above -= 1
    return entries


def _signs(text: str) -> bool:
    """Whether a line names a body, or remarks that another signs for it, in brackets that may be broken over lines."""
    return len(text) <= 60 and bool(p.ORGAN.fullmatch(text) or re.fullmatch(r"[（(][^（）()]{4,40}|.{2,40}代章[）)]", text))
