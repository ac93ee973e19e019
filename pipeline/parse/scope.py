"""What is in force at a position of a document: the policy that speaks there.

The work that stands there, where it is a policy; else the policy that the sentence names, or the occasion on which the words
were said (pipeline.parse.sayings), which holds for the sentences after the one that names it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from pipeline.extract.phrases import clean, last_match
from pipeline.extract.reader import Reader
from pipeline.model import Document, Mention, Name, Span, Work
from pipeline.parse.sayings import Saying, said_at, sayings
from pipeline.parse.speech import Speech, attributions
from pipeline.patterns import lazy
from pipeline.read.patterns import LAW

_NAMED_POLICY = lazy(
    rf"(?:规划|纲要|计划|方案|行动|工程|战略|条例|{LAW}|法案|意见|决定|决议|措施|政策|办法|通知|报告|制度|体制|规定|指南|建议|公报|"
    r"宣言|倡议)$"
)
_OF_GOVERNMENT = lazy("工作(?:报告|总结)|情况的?报告|(?:政府|国务院|人民代表大会|委员会|计划|预算|规划|[省市县区州]).*报告")
_LINE = r"(?:^|\n)[^\n，。]{0,24}?"
_REVIEWS = lazy(
    rf"{_LINE}(?:工作回顾|回顾|过去的?[一五几]年|主要成[绩就]|(?:工作|发展)(?:成效|成就|现状)|进展(?:情况|成效)|20\d\d年(?:主要)?工作(?:总结|情况)|一年来|五年来)"
    r"[^\n]{0,12}(?=\n|，|。|：)"
)
_PLANS = lazy(
    rf"{_LINE}(?:总体要求|工作安排|主要任务|重点任务|重点工作|工作思路|预期目标|奋斗目标|目标任务|工作建议|今后五年|下一步|"
    r"做好20\d\d年|20\d\d年(?:政府)?(?:工作任务|工作安排|重点工作|主要任务))"
)
_REVIEWED = lazy(r"(20\d{2})年[^，。]{0,6}回顾")
_SHORT = lazy(
    r"(?:该|这一|这项|上述|此)?(?:部)?(?P<form>条例|意见|办法|方案|计划|规划|纲要|措施|决定|规定|细则|法)(?:还|也|明确|提出|"
    r"要求|将|，)*"
)
_SHORT_OPENS = lazy(r"[，。；：\n](?:该|这一|这项|上述|此)?(?:条例|意见|办法|方案|计划|规划|纲要|措施|决定|规定|细则)")
_NO_POLICY = lazy(r"(?:发展报告|研究报告|分析报告|统计公报|调查报告|蓝皮书|绿皮书|年鉴)$")
_QUOTED_FORM = lazy(r"“(?P<name>[^“”\n]{2,16})”(?P<form>工程|行动|计划|战略|专项行动|政策|方案)")
_MEETING = lazy(
    r"(?P<name>(?:党的|中央|中共中央|国务院|全国|省|市|自治区)[\u4e00-\u9fff]{0,16}?(?:全会|会议|大会|代表大会))"
    r"(?:还|也|首次|进一步|明确|审议通过的[^，]*)*(?:提出|强调|指出|要求|部署|明确|决定|作出)"
)
_YEAR = lazy(r"(20\d\d)\s?年的?$")
_LEADER = lazy(r"总书记|主席|总理")


class PolicyScope:
    """Which policy is in force at a position of one document."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._by_form: dict[str, list[Mention]] = {}

    def own(self, position: int) -> Name | None:
        """The policy whose text stands at a position: the work itself; the one that a notice transmits, an annex belongs to or an
        explanation explains.
        """
        return self._texts[max(0, bisect_right(self._firsts, position) - 1)]

    @cached_property
    def _firsts(self) -> Sequence[int]:
        """Where each work begins; the first at the top."""
        document = self.reader.document
        return [document.blocks[work.first].start if at else 0 for at, work in enumerate(document.works)] or [0]

    @cached_property
    def _texts(self) -> Sequence[Name | None]:
        """The policy of each work, or of the document where no works were told apart."""
        document = self.reader.document
        if not document.works:
            return [self._policy(document, Span(0, len(self.reader.text)))]
        ends = [*self._firsts[1:], len(self.reader.text)]
        main = next((at for at, work in enumerate(document.works) if work.role == "work"), 0)
        each = [  # the main work has the title that was elected for the document
            self._policy(document if at == main else work, Span(start, end))
            for at, (work, start, end) in enumerate(zip(document.works, self._firsts, ends, strict=True))
        ]
        for at, work in enumerate(document.works):
            if work.role == "notice":
                sent = next((below for below, other in enumerate(document.works) if other.belongs_to == at), at)
                each[at] = each[sent]
            elif work.role != "work" and work.belongs_to is not None:
                each[at] = each[work.belongs_to] or (each[at] if work.role == "annex" else None)
        return each

    def _policy(self, text: Document | Work, span: Span) -> Name | None:
        """A document or a work as a policy, by its title; None where it is none."""
        if text.title is None or text.kind not in ("regulation", "plan", "measures", "report"):
            return None
        title = re.sub(r"\s+", "", clean(text.title))
        aliases = {re.sub(r"[（(][^（）()]*[）)]$", "", title)}
        if text.kind == "report":
            if not _OF_GOVERNMENT.search(title):
                return None  # a white paper, an institute's report
            if "政府工作报告" in title:
                aliases.add("政府工作报告")
            title = self._report_title(title, text.date, span)
        if text.issuer and title.startswith(text.issuer):
            aliases.add(title[len(text.issuer) :])
        return Name(title, "Policy", title, tuple(sorted(alias for alias in aliases if alias != title)))

    def _report_title(self, title: str, given: str | None, span: Span) -> str:
        """政府工作报告 alone names the report of every year and place: the body that reports and the year are put before it."""
        if title != "政府工作报告":
            return title
        body = re.compile(r"我代表(?P<body>[\u4e00-\u9fff]{2,16}?)，?向").search(self.reader.text, *span)
        headings = (b for b in self.reader.document.blocks if b.kind == "heading" and span.start <= b.start < span.end)
        reviewed = next((found[1] for b in headings if (found := _REVIEWED.search(self.reader.text, b.start, b.end))), None)
        year = given[:4] if given else str(int(reviewed) + 1) if reviewed else None
        return f"{f'{year}年' if year else ''}{body['body'] if body else ''}{title}"

    @cached_property
    def _sentences(self) -> Sequence[Span]:
        reader = self.reader
        if all(self._texts):
            return reader.annotated.sentences
        places = [m.start for kind in ("Policy", "title") for m in reader.mentions_of(kind)]
        places += [match.start() for pattern in (_QUOTED_FORM, _MEETING) for match in pattern.finditer(reader.text)]
        for first in {reader.block_index(title.start): title for title in reversed(reader.mentions_of("title"))}.values():
            end = reader.block(first.start).end
            places += [match.end() for match in _SHORT_OPENS.finditer(reader.text, first.end, end)]
        for saying in self._sayings:
            places += range(saying.start, saying.end, 20)
        for words in self._of_leaders:
            places += range(words.start, words.end, 20)
        named = map(reader.sentence, places)
        return sorted({*named, *(sentence for sentence in reader.annotated.sentences if self.own(sentence.start))})

    def sentences_in_reach(self) -> Sequence[Span]:
        """The sentences that a policy may speak in: all of a work that is one, else those that mention a policy or a title,
        or give the words of a leader."""
        return self._sentences

    def at(self, position: int) -> Name | None:
        """The policy whose text stands there; else the policy that the sentence names before `position`, or the occasion on
        which the words were said; none where a report reviews what was done.
        """
        return None if self._is_reviewed(position) else self.own(position) or self._named(position)

    def _is_reviewed(self, position: int) -> bool:
        """Whether a report tells at `position` what was done: there it sets out nothing."""
        index = bisect_right(self._parts, (position, False)) - 1
        return index >= 0 and self._parts[index][1]

    @cached_property
    def _parts(self) -> Sequence[tuple[int, bool]]:
        """Where a report begins to review what was done (True), and to say what is to be done (False)."""
        if self.reader.document.kind != "report":
            return ()
        text = self.reader.text
        reviews = [(found.start(), True) for found in _REVIEWS.finditer(text)]
        return sorted([*reviews, *((found.start(), False) for found in _PLANS.finditer(text))])

    def _named(self, position: int) -> Name | None:
        reader = self.reader
        sentence = reader.sentence(position)
        best: Name | None = None
        for mention in reader.mentions(sentence.start, position):
            name = self.of_mention(mention)
            if name and not self._is_one_of_many(mention, position):
                best = name
        said = said_at(self._sayings, reader, position)
        return best or self._formed(sentence.start, position) or self._referred(position) or said or self._words_of(position)

    def _is_one_of_many(self, mention: Mention, position: int) -> bool:
        """实施海岸整治行动、完成航道疏浚、推动渔业转型: a policy that is carried out beside other deeds says nothing of them."""
        text, clause = self.reader.text, self.reader.clause(position)
        if mention.start < clause.start or "、" not in text[mention.end : position]:
            return False
        return any(
            self.reader.is_word(text[mention.start - n : mention.start].rstrip("“《"), "governing_verbs") for n in (5, 4, 3, 2)
        )

    @cached_property
    def _of_leaders(self) -> Speech:
        """What those are said to have said who are named with a high office."""
        return Speech(words for words in attributions(self.reader) if _as_leader(words.holder))

    @cached_property
    def _sayings(self) -> tuple[Saying, ...]:
        return tuple(sayings(self.reader))

    def _formed(self, start: int, position: int) -> Name | None:
        """“蓝色粮仓”工程, 省委全会强调: a policy by its quoted name and form, or the meeting that sets the direction."""
        quoted = last_match(_QUOTED_FORM, self.reader.text, start, position)
        if quoted:
            return Name(quoted["name"] + quoted["form"], "Policy", quoted[0], (quoted["name"],))
        meets = self.reader.text.find("会", start, position) >= 0
        meeting = last_match(_MEETING, self.reader.text, start, position) if meets else None
        return Name(clean(meeting["name"]), "Event", meeting["name"]) if meeting else None

    def _referred(self, position: int) -> Name | None:
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
            year = _YEAR.search(self.reader.text, max(0, mention.start - 8), mention.start)
            if year and text.endswith("号文件"):  # one of each year
                return Name(f"{year[1]}年{mention.label}", "Policy", text, (mention.label, year[0] + text))
            return Name(mention.label, "Policy", text, (), mention.term)
        if mention.kind == "title" and _NAMED_POLICY.search(mention.label) and not _NO_POLICY.search(mention.label):
            full = self.reader.annotated.short_forms.get(mention.label, mention.label)
            return Name(full, "Policy", text, (mention.label,) if full != mention.label else ())
        return None

    def _words_of(self, position: int) -> Name | None:
        """What a leader said on no occasion that the document tells."""
        holder = self._of_leaders.holder(position, position + 1)
        leader = _as_leader(holder) if holder else ""
        return Name(f"{leader}的重要论述", "Event", holder.text, (leader,)) if holder and leader else None


def _as_leader(holder: Name) -> str:
    """The shortest name of a holder with a high office; an empty string where there is none."""
    return min((name for name in (holder.label, *holder.aliases) if _LEADER.search(name)), key=len, default="")
