"""Which policy speaks: the document itself, one that the sentence names, or the occasion on which it was set out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

from pipeline.extract.phrases import clean, is_name, last_match, split_list
from pipeline.extract.reader import Reader
from pipeline.extract.supports.fields import NO_FIELD, TOO_WIDE, field_name
from pipeline.model import Claim, Cue, Mention, Name
from pipeline.read.patterns import LAW

_FORM = r"(?:专项行动计划|三年行动计划|行动计划|行动方案|实施方案|专项行动|行动|计划|工程|战略|规划纲要|规划|纲要)"
_FORM_FOUND = re.compile(_FORM)
_POLICY_FORM = re.compile(
    r"(?P<name>(?:“[^”]{2,20}”[\u4e00-\u9fff]{0,8}|[\u4e00-\u9fffA-Za-z0-9]{3,36}?)(?:专项行动计划|三年行动计划|行动计划|"
    r"行动方案|实施方案|专项行动|攻坚行动|提升行动|[\u4e00-\u9fff]{2}行动|行动|培育计划|加速计划|孵化计划|计划|工程|战略|"
    r"规划纲要|规划|纲要))(?![的]?(?:师|院|局|委|期|署|目标|性)|(?:推进|编制|工作|领导|协调|实施)*(?:办公室|领导小组|专班|委员会|座谈会|会议|研讨会))"
)
_ENACTS = re.compile(
    r"(?:实施|开展|启动|出台|印发|制定|组织实施|落实|深入实施|大力实施|接续实施|发布|推出|加快实施|全面实施|执行)(?:了|好|"
    r"新一轮)?[“\"]?$"
)
_IN_EFFECT = re.compile(r"^[”\"]?(?:等)?(?:扎实|深入|全面|加快|有序|顺利)*(?:实施|推进|落地|见效|启动|效果|成效)")
_TARGET = re.compile(
    r"(?:支持|促进|推动|推进|鼓励|扶持|关于|加快|培育|发展|振兴)*(?P<o>[^，。支持促进推动]{2,20}?)(?:高质量|创新|健康|有序|"
    r"振兴|提质|转型)*(?:发展|振兴|提升|培育|壮大|建设|扩容|升级|产能提升|数字化转型|绿色化发展|政策|孵化|改造|"
    r"孵化与加速)*(?:三年|五年|专项|攻坚|突破年|的)*(?:行动计划|行动方案|实施方案|行动|计划|方案|政策|政策措施|若干措施|措施|"
    r"举措|意见|条例|规划|工程|办法|战略|指导意见|若干意见)$"
)
_NAMED_POLICY = re.compile(
    rf"(?:规划|纲要|计划|方案|行动|工程|战略|条例|{LAW}|法案|意见|决定|决议|措施|政策|办法|通知|报告|制度|体制|规定|指南|建议|公报|"
    r"宣言|倡议)$"
)
_OF_GOVERNMENT = re.compile("工作(?:报告|总结)|情况的?报告|(?:政府|国务院|人民代表大会|委员会|计划|预算|规划|[省市县区州]).*报告")
_REVIEWED = re.compile(r"(20\d{2})年[^，。]{0,6}回顾")
_SHORT = re.compile(
    r"(?:该|这一|这项|上述|此)?(?:部)?(?P<form>条例|意见|办法|方案|计划|规划|纲要|措施|决定|规定|细则|法)(?:还|也|明确|提出|"
    r"要求|将|，)*"
)
_SHORT_OPENS = re.compile(r"[，。；：\n](?:该|这一|这项|上述|此)?(?:条例|意见|办法|方案|计划|规划|纲要|措施|决定|规定|细则)")
_OCCASION = re.compile(
    r"在(?P<name>[\u4e00-\u9fff、]{2,24}?(?:考察调研|考察|调研|视察|集体学习|座谈会|会议|全会|大会|论坛))(?:时|期间|上|中)"
)
_ENACTING = re.compile("实施|开展|启动|出台|印发|制定|落实|发布|推出|执行|推进|落地|见效|效果|成效")
_NO_POLICY = re.compile(r"(?:发展报告|研究报告|分析报告|统计公报|调查报告|蓝皮书|绿皮书|年鉴)$")
_QUOTED_FORM = re.compile(r"“(?P<name>[^“”\n]{2,16})”(?P<form>工程|行动|计划|战略|专项行动|政策|方案)")
_MEETING = re.compile(
    r"(?P<name>(?:党的|中央|中共中央|国务院|全国|省|市|自治区)[\u4e00-\u9fff]{0,16}?(?:全会|会议|大会|代表大会))"
    r"(?:还|也|首次|进一步|明确|审议通过的[^，]*)*(?:提出|强调|指出|要求|部署|明确|决定|作出)"
)
_start = attrgetter("start")
_LEADER = re.compile(r"总书记|主席|总理")


class Policies:
    """Which policy a position in the document speaks for."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._by_form: dict[str, list[Mention]] = {}

    @cached_property
    def own(self) -> Name | None:
        """The document itself, where it is a policy."""
        document = self.reader.document
        if document.title is None or document.kind not in ("regulation", "plan", "measures", "report"):
            return None
        title = re.sub(r"\s+", "", clean(document.title))
        aliases = {re.sub(r"[（(][^（）()]*[）)]$", "", title)}
        if document.kind == "report":
            if not _OF_GOVERNMENT.search(title):
                return None  # a white paper, an institute's report
            if "政府工作报告" in title:
                aliases.add("政府工作报告")
            title = self._report_title(title)
        if document.issuer and title.startswith(document.issuer):
            aliases.add(title[len(document.issuer) :])
        return Name(title, "Policy", title, tuple(sorted(alias for alias in aliases if alias != title)))

    def _report_title(self, title: str) -> str:
        """政府工作报告 alone names the report of every year and place: the body that reports and the year are put before it."""
        if title != "政府工作报告":
            return title
        body = re.search(r"我代表(?P<body>[\u4e00-\u9fff]{2,16}?)，?向", self.reader.text)
        reviewed = next(
            (
                found[1]
                for b in self.reader.document.blocks
                if b.kind == "heading" and (found := _REVIEWED.search(self.reader.text, b.start, b.end))
            ),
            None,
        )
        given = self.reader.document.date
        year = given[:4] if given else str(int(reviewed) + 1) if reviewed else None
        return f"{f'{year}年' if year else ''}{body['body'] if body else ''}{title}"

    def cues_in_reach(self) -> list[Cue]:
        """The cues of sentences that a policy may speak in: all where the document is one, else those that mention
        a policy or a title, or give the words of a leader."""
        reader = self.reader
        cues = reader.annotated.cues
        if self.own:
            return list(cues)
        places = [m.start for kind in ("Policy", "title") for m in reader.mentions_of(kind)]
        places += [match.start() for pattern in (_QUOTED_FORM, _MEETING) for match in pattern.finditer(reader.text)]
        for first in {reader.block_index(title.start): title for title in reversed(reader.mentions_of("title"))}.values():
            end = reader.block(first.start).end
            places += [match.end() for match in _SHORT_OPENS.finditer(reader.text, first.end, end)]
        for attribution in reader.annotated.attributions:
            if _LEADER.search(attribution.holder):
                places += range(attribution.start, attribution.end, 20)
        found: list[Cue] = []
        for start, end in dict.fromkeys(map(reader.sentence, sorted(places))):
            found += cues[bisect_left(cues, start, key=_start) : bisect_left(cues, end, key=_start)]
        return found

    def named(self, position: int) -> Name | None:
        """The policy that the sentence names before `position`, or the speech that the words are ascribed to."""
        reader = self.reader
        sentence = reader.sentence(position)
        best: Name | None = None
        for mention in reader.mentions(sentence.start, position):
            name = self.of_mention(mention)
            if name:
                best = name
        return best or self.formed(sentence.start, position) or self.referred(position) or self.speech(position)

    def formed(self, start: int, position: int) -> Name | None:
        """“蓝色粮仓”工程, 省委全会强调: a policy by its quoted name and form, or the meeting that sets the direction."""
        quoted = last_match(_QUOTED_FORM, self.reader.text, start, position)
        if quoted:
            return Name(quoted["name"] + quoted["form"], "Policy", quoted[0], (quoted["name"],))
        meets = self.reader.text.find("会", start, position) >= 0
        meeting = last_match(_MEETING, self.reader.text, start, position) if meets else None
        return Name(clean(meeting["name"]), "Event", meeting["name"]) if meeting else None

    def referred(self, position: int) -> Name | None:
        """条例鼓励…: the title last named in the paragraph, by its own last word."""
        reader = self.reader
        short = _SHORT.match(reader.text, reader.clause(position).start, position)
        short = short or _SHORT.match(reader.text, reader.sentence(position).start, position)
        if short is None:
            return None
        titles = self._titles_ending(short["form"])
        last = bisect_right(titles, position, key=attrgetter("end")) - 1
        named = last >= 0 and titles[last].start >= reader.block(position).start
        return self.of_mention(titles[last]) if named else None

    def _titles_ending(self, form: str) -> list[Mention]:
        """The titles that end in a word; they are many, and asked for at every cue."""
        if form not in self._by_form:
            self._by_form[form] = [title for title in self.reader.mentions_of("title") if title.label.endswith(form)]
        return self._by_form[form]

    def of_mention(self, mention: Mention) -> Name | None:
        """A mention as a policy, if it names one; short forms are written out."""
        text = self.reader.text[mention.start : mention.end]
        if mention.kind == "Policy":
            return Name(mention.label, "Policy", text, (), mention.term)
        if mention.kind == "title" and _NAMED_POLICY.search(mention.label) and not _NO_POLICY.search(mention.label):
            full = self.reader.annotated.short_forms.get(mention.label, mention.label)
            return Name(full, "Policy", text, (mention.label,) if full != mention.label else ())
        return None

    def speech(self, position: int) -> Name | None:
        """The occasion on which what stands at `position` was said, with the speaker as another name."""
        reader = self.reader
        holder = reader.holder(position, position + 1)
        if holder is None or not _LEADER.search(holder.label):
            return None
        sentence = reader.sentence(position)
        block = reader.block(position)
        before = reader.text[max(block.start, sentence.start - 160) : position]
        occasion = last_match(_OCCASION, before, 0, len(before))
        if occasion:
            name = occasion["name"]
            return Name(name, "Event", occasion[0], (f"{holder.label}在{name}时的讲话", holder.label))
        return Name(f"{holder.label}的重要论述", "Event", holder.text, (holder.label,))


def by_policy_names(reader: Reader) -> Iterator[Claim]:
    """实施农产品加工业三年行动计划: a policy named by its form, whose name holds the field that it supports."""
    text = reader.text
    for match in _policy_forms(reader):
        start, end = match.span("name")
        enacted = re.search(
            r"(?:(?:启动|组织|全面|加快)实施|实施|开展|启动|出台|印发|制定|落实|发布|推出|执行)(?:了|好|新一轮)?", text[start:end]
        )
        if enacted:
            start += enacted.end()
        elif not _ENACTS.search(text[max(0, start - 6) : start]) and not _IN_EFFECT.match(text[end : end + 12]):
            continue
        label = re.sub(r"[“”\"]", "", clean(text[start:end]))
        target = _TARGET.search(label)
        if not target or len(label) < 5 or _UNNAMED.match(label):
            continue
        s = Name(label, "Policy", text[start:end])
        field = _typed_inside(reader, start, end, target["o"])
        if field:
            yield reader.claim("supports", {"s": s, "o": field}, start, end, "supports.policy_name", 0.75)
        yield from _in_fields(reader, s, match.start(), end)
    yield from _listed_policies(reader)


# 具有针对性的实施方案, 成立茶产业规划…: what only describes a plan, or says what is done with it, is no name of one.
_UNNAMED = re.compile(
    r"(?!关于)[^“”《》]*(?<!若干)的|(?:要|应|须|需|将|按照|根据|结合|依据|依照|配合|参与|成立|组建|设立|编制|部署|贯彻|衔接|对接|符合|纳入|列入|属于|各[省市县区地级])"
)


def _policy_forms(reader: Reader) -> Iterator[re.Match[str]]:
    for clause in reader.clauses_with(_FORM_FOUND):
        if _ENACTING.search(reader.text, clause.start, clause.end + 12) and reader.block(clause.start).kind != "title":
            yield from _POLICY_FORM.finditer(reader.text, clause.start, clause.end + 1)


def _in_fields(reader: Reader, s: Name, position: int, end: int) -> Iterator[Claim]:
    """在类脑智能、量子信息等领域，组织实施孵化计划: the clause before a policy names its fields."""
    clause = reader.clause(position)
    before = reader.clause(max(0, clause.start - 1))
    found = re.match(r"^(?:重点)?在(?P<o>.{2,100}?)领域$", reader.text[before.start : before.end])
    if found:
        members, _ = split_list(reader, before.start + found.start("o"), before.start + found.end("o"))
        for member in members:
            o = field_name(reader, member, strong=len(members) > 1)
            if o:
                yield reader.claim("supports", {"s": s, "o": o}, before.start, end, "supports.in_fields", 0.75)


_FORM_AFTER_LIST = re.compile(r"等(?:专项行动|行动|工程|计划)")
_LISTED_POLICIES = re.compile(
    r"(?:实施|开展|推进)?(?P<list>[^，。；：！？\n]{4,60}?)等(?P<form>专项行动|行动|工程|计划)(?=(?:深入|全面|扎实|"
    r"加快)?(?:实施|推进|开展)|[，。；])"
)


def _listed_policies(reader: Reader) -> Iterator[Claim]:
    """千村改造、冷链提升等专项行动: each member of the list, with the form, is a policy of its own."""
    for clause in reader.clauses_with(_FORM_AFTER_LIST):
        match = _LISTED_POLICIES.match(reader.text, clause.start)
        if match is None:
            continue
        for start, end in split_list(reader, *match.span("list"))[0]:
            item = clean(reader.text[start:end])
            field = _typed_inside(reader, start, end, item)
            if field:
                s = Name(item + match["form"], "Policy", item, (item,))
                yield reader.claim("supports", {"s": s, "o": field}, match.start(), match.end(), "supports.policy_name", 0.7)


def _typed_inside(reader: Reader, start: int, end: int, target: str) -> Name | None:
    """The field that a policy's name holds: a known one, or one by its form."""
    for mention in reader.mentions(start, end):
        if (
            mention.kind in ("Industry", "Technology")
            and reader.text[mention.start : mention.end] in target
            and mention.label not in TOO_WIDE
        ):
            return reader.name(mention.start, mention.end, mention.kind)
    label = re.sub(
        r"^(?:提振|激发|扩大|深化|优化)?(?:[一二三四五六七八九十百千万亿\d]+(?:斤|个|家|项|企|亩|吨))?", "", clean(target)
    )
    if is_name(label) and label not in TOO_WIDE and reader.wording.ends_in_field(label) and not NO_FIELD.end(label):
        return Name(label, "Industry", label)
    return None
