"""Amounts of support: who gets it, how much, of what. 对新建冷库的企业，给予最高不超过500万元补助.

The indicator is what is given (奖励, 运行补助, 一次性支持), the subject who or what gets it: behind 对 or 对于, else that of the
sentence. 最高 and 不超过 bound the amount; a share (按照投资额的10%给予补助) is that of the whole.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.annotate.tokens import Token
from pipeline.extract.figures.clauses import Piece
from pipeline.extract.figures.names import indicator, label_of
from pipeline.extract.figures.nouns import Nouns
from pipeline.extract.figures.patterns import Patterns
from pipeline.extract.figures.subjects import Subjects
from pipeline.extract.phrases import split_list
from pipeline.extract.reader import Reader
from pipeline.model import Name, Span
from pipeline.patterns import lazy


class Grant(NamedTuple):
    """Who gets what is named by `indicator`; text[start:end] states it."""

    owners: tuple[Name, ...]
    indicator: Name
    start: int
    end: int


class _Given(NamedTuple):
    """What is given, in the words of text[start:end]."""

    name: str
    start: int
    end: int


_SHARES = ("%", "％")
_TO = lazy(
    r"(?<![其面针应相绝反核])对(?:于)?(?P<who>(?!外|接|口|标|照|应|象)[^，。；：]{2,90}?)"
    r"(?=，|给予|予以|发放|提供|实施|按照?|每年|一次性|最高|分别|进行|$)"
)
_TO_WHOM = lazy(r"对(?:于)?[^，。；]*?(?=亩|每|一次性|年度|的?(?:补|奖|资))的?")  # within the words for what is given
_OF_WHOLE = lazy(r"(?:按照?|以)(?P<whole>[^，。；]{2,40}?)的?\s?\Z")
_WHOSE = lazy(r"(?P<who>[\u4e00-\u9fff]{2,14}?)(?:每[年家个件项人户台套亩条本次]|一次性)(?=.{2,})")
_OF_EACH = lazy(r"每[个座条架台](?P<who>[\u4e00-\u9fff]{3,14})\Z")  # 每个起降场|不超过30万元
_PAYER = lazy("^.*财政(?=.{2})")  # 市财政|一次性资助
_BY_STEPS = lazy("分[层阶类级档批期年]")
_GRADE = lazy(r"[\u4e00-\u9fffA-Z]{1,4}[级类档型]")
_GRADED = lazy(rf"{_GRADE.pattern}(?P<head>[^，。；]{{2,20}})")
_GIVING = lazy("给予|予以")
_FEWEST = 3  # characters of those who stand before a verb of giving
_SHORT = 6  # characters of a name that may open with what looks like a verb: 限上单位
_FEW = 6  # members of a list of those who get it
_NEAR = 12  # characters before an amount that may say how it is given
_BOUNDED = lazy(r"以[上下内]\Z|^按")  # 投资5000万元以上, 按规定
_LONGEST = 60  # characters of a name with what is said of it


class Grants:
    """The amounts of support of one document; what was given last in a sentence, and to whom, holds on in it."""

    def __init__(self, reader: Reader, patterns: Patterns, nouns: Nouns, subjects: Subjects) -> None:
        self._reader, self._patterns = reader, patterns.grants
        self._nouns, self._subjects = nouns, subjects
        self._sentence = Span(-1, -1)
        self._last: tuple[tuple[Name, ...], str] | None = None
        self._within = -1  # where the amount of it stands

    def may_hold(self, sentence: Span) -> bool:
        """Whether a sentence may tell an amount of support; a report tells what was done."""
        if self._reader.document.kind in ("report", "paper"):
            return False
        return self._patterns.what.search(self._reader.text, *sentence) is not None

    def of(self, piece: Piece, sentence: Span) -> Grant | None:
        """The support that a piece tells; None where it tells none."""
        if sentence != self._sentence:
            self._sentence, self._last = sentence, None
        unit, text = piece.amounts[0].unit, self._reader.text
        share, money = unit in _SHARES, "元" in unit
        given = self._given(piece, money=money) if share or money else None
        if given is None:
            return None
        name = _PAYER.sub("", self._patterns.opens.sub("", given.name))
        whose = _WHOSE.match(name)
        whom = self._nouns.phrase(whose["who"]) if whose and not self._reader.holds(whose["who"], "no_grantees") else None
        of_each = _OF_EACH.search(text, piece.left.start, piece.amounts[0].start)
        if of_each and self._last and not self._patterns.what.search(of_each["who"]):
            whom = whom or self._nouns.phrase(of_each["who"])
        owners = (whom,) if whom else self._owners(piece, sentence)
        name = name[whose.end() :] if whose and whom and name.startswith(whom.label) else name
        name = next((name.removeprefix(owner.label) for owner in owners if name.startswith(owner.label)), name)
        whole = _OF_WHOLE.search(text, *piece.left) if share else None
        excess = text.startswith("的部分", piece.right.start)  # 超过15%的部分给予奖励
        if not name or not owners or excess or (share and whole is None):
            return None
        self._last, self._within = (owners, name), piece.amounts[0].number
        if whole:
            part = label_of(whole["whole"])
            named = indicator(f"{name}占{part}的比例", f"{name}比例", f"{name}占{part}比例", name)
        else:
            named = indicator(name, self._patterns.how.sub("", name))
        return Grant(owners, named, given.start, given.end)

    def _given(self, piece: Piece, *, money: bool) -> _Given | None:
        """What is given: behind the amount, before it, or what was given last in the sentence."""
        text, left, number, end = self._reader.text, piece.left, piece.amounts[0].start, piece.amounts[-1].end
        verb = self._patterns.verb.search(text, left.start, number)
        behind = self._patterns.behind.match(text, *piece.right)
        if behind:
            start = verb.start() if verb else max(left.start, number - _NEAR)
            once = text[left.start : number].rstrip().endswith("一次性") or text.startswith("一次性", piece.right.start)
            name = label_of(behind["given"].lstrip("的"))
            return _Given("一次性" + name if once and not name.startswith("一次性") else name, min(start, number), behind.end())
        before = self._patterns.before.search(text, left.start, number)
        if before:
            start = before.start("given")
            to = _TO_WHOM.match(text, start, before.end("given"))
            of = text.rfind("的", start, before.end("given")) + 1
            name_at = max(to.end() if to else start, of)
            return _Given(label_of(text[name_at : before.end("given")]), start, end)
        if not money:
            return None
        if verb:
            given = label_of(verb["given"])
            return _Given(self._told(number) if self._is_light(given) else given, verb.start(), end)
        again = self._last is not None and piece.amounts[0].bound == "<" and number - left.start <= _NEAR
        return _Given(self._last[1], left.start, end) if again and self._last else None  # 最高不超过200万元

    def _is_light(self, given: str) -> bool:
        """Whether the words before an amount do not say what is given: 每年安排."""
        return not self._patterns.how.sub("", given)

    def _told(self, number: int) -> str:
        """What was given last in the sentence; else what the words behind an amount name first."""
        ahead = self._patterns.what.search(self._reader.text, number, self._reader.sentence(number).end)
        return self._last[1] if self._last else label_of(ahead[0]) if ahead else ""

    def _owners(self, piece: Piece, sentence: Span) -> tuple[Name, ...]:
        """Who gets it: what stands last behind 对 before the figure, else those of before, else the subject of the sentence."""
        text, number = self._reader.text, piece.amounts[0].number
        segment = max(sentence.start, text.rfind("；", sentence.start, number) + 1)
        if before := self._before_verb(piece.left):
            return before
        found = list(_TO.finditer(text, segment, number))
        if found:
            who = Span(*found[-1].span("who"))
            members = self._members(who)
            subject = self._subjects.of_clause(who) if not members and text[who.end - 1] == "的" else None
            return (subject,) if subject else members
        if self._last and self._within > segment:
            return self._last[0]
        first = self._reader.clause(segment)
        first = Span(max(first.start, segment), first.end)
        apart = first.end < piece.left.start
        opens = self._nouns.opening(first)
        opens -= text[opens - 1] == "在" and opens > first.start
        nominal = self._members(Span(opens, first.end)) if apart else ()
        if nominal and label_of(text[slice(*first)]).endswith(nominal[-1].label[-2:]):
            return nominal
        doer = nominal and text[opens] != "在" and self._reader.ends_in(nominal[0].label, "doers_of_figures")
        subject = nominal[0] if doer else None if nominal else self._subject(segment, number)
        if subject is None:
            return self._last[0] if self._last and not apart else ()
        done = self._condition(first, subject) if apart else ""
        return (Name(done, "Concept", done, (subject.label,)) if done else subject,)

    def _before_verb(self, left: Span) -> tuple[Name, ...]:
        """Those who stand right before the verb of giving in a clause: 试点县、示范镇|给予30万元资助."""
        verb = _GIVING.search(self._reader.text, *left)
        start = self._nouns.opening(left)
        text = self._reader.text
        led = text[start - 1] in "在按据" or _BY_STEPS.match(text, start)  # 在首次购房时, 分阶段
        if verb is None or led or verb.start() - start < _FEWEST or "对" in text[left.start : verb.start()]:
            return ()
        return self._members(Span(start, verb.start()))

    def _condition(self, clause: Span, subject: Name) -> str:
        """What one must do to get it by a clause, as a name: 企业首次上市 as 首次上市的企业; "" where that is not said."""
        words = label_of(self._reader.text[self._nouns.opening(clause) : clause.end])
        deed = words.removeprefix(subject.label)
        first = next(iter(self._reader.tokens(clause.end - len(deed), clause.end)), None)
        if first is None or first.tag[0] not in "vpad":
            return ""
        whole = f"{deed}的{subject.label}"
        plain = words != deed and len(deed) >= 2 and len(whole) <= _LONGEST and "的" not in deed
        return whole if plain else ""

    def _subject(self, start: int, end: int) -> Name | None:
        """The subject of the first clause of text[start:end] that has one who may get support."""
        while start < end:
            clause = self._reader.clause(start)
            subject = self._subjects.of_clause(Span(max(clause.start, start), min(clause.end, end)))
            if subject and subject.kind != "Place" and not self._reader.holds(subject.label, "no_grantees"):
                return subject
            start = max(clause.end, start) + 1
        return None

    def _members(self, who: Span) -> tuple[Name, ...]:
        """Those who get it, one by one: 对获批的甲中心、乙中心; one alone with what is said of it: 获批的甲中心."""
        text, (start, end) = self._reader.text, who
        of = text.rfind("的", start, end)
        head = self._head(Span(of + 1 if of >= start else start, end)) if end - of > 2 else None
        if head is None or (self._reader.tokens(*head)[0].tag == "v" and head.end - head.start > _SHORT):
            return ()
        names = self._listed(head)
        if any(self._reader.holds(name.label, "no_grantees") or _BOUNDED.search(name.label) for name in names):
            return ()
        whole = label_of(text[start : head.end])
        said = label_of(text[start:of]) if of > start else ""
        if len(names) > 1 and said and "、" not in said and said[0] not in "（(":  # 新认定的|甲中心、乙中心
            wholes = [(f"{said}的{name.label}", name) for name in names]
            return tuple(Name(each, "Concept", name.text, (*name.aliases, name.label)) for each, name in wholes)
        if len(names) == 1 and of > start and len(whole) <= _LONGEST and whole[0] not in "（(":
            aliases = (*names[0].aliases, names[0].label)
            return (Name(whole, "Concept", whole, aliases),) if len(whole) > len(names[0].label) else names
        return names

    def _listed(self, head: Span) -> tuple[Name, ...]:
        """The members of a list; the class behind 等; one name where what looks like a list has only one head."""
        text = self._reader.text
        members, group = split_list(self._reader, *head)
        members = [group] if group else members[:_FEW]
        graded = _GRADED.fullmatch(text, *members[-1])
        if graded and len(members) > 1 and all(_GRADE.fullmatch(text, *member) for member in members[:-1]):  # 国家级、省级渔港
            wholes = [label_of(text[slice(*member)]) + graded["head"] for member in members[:-1]]
            return (*(Name(whole, "Concept", whole) for whole in wholes), *self._named(members[-1:]))
        names = self._named(members)
        someone = [self._reader.ends_in(name.label, "doers_of_figures") for name in names]
        if len(names) == len(members) and all(len(name.label) > 2 for name in names) and (all(someone) or not someone[-1]):
            return names
        return self._named([head])

    def _named(self, spans: list[Span]) -> tuple[Name, ...]:
        return tuple(name for span in spans if (name := self._nouns.thing(span)))

    def _head(self, span: Span) -> Span | None:
        """The noun phrase with which a stretch opens: 通航企业|年飞行达到100小时, 企业|研制新产品."""
        reader, taken = self._reader, list[Token]()
        someone, deeds = 0, False
        tokens = reader.tokens(*span)
        for at, token in enumerate(tokens):
            word = reader.text[token.start : token.end]
            ends = at + 1 == len(tokens) or tokens[at + 1].tag[0] not in "nj"  # not 技能大师|工作室
            if token.tag[0] in "pdr" or (taken and reader.is_word(word, "reaches")):
                deeds = True
                break
            taken.append(token)
            deeds = deeds or token.tag == "v"
            someone = len(taken) if ends and reader.ends_in(word, "doers_of_figures") else someone
        taken = taken[:someone] if deeds and someone else taken
        while taken and reader.is_word(reader.text[taken[0].start : taken[0].end], "calls_on"):
            taken = taken[1:]  # 支持|企业
        return Span(taken[0].start, taken[-1].end) if self._nouns.sound(taken) else None
