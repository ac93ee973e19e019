"""What kind of document it is: independent signs vote, and the last words of the title are only the strongest of them.

report, news, paper, plan, measures, regulation, article; other: what states no policy of its own (judgments, standards,
contracts, textbooks, replies, awards). A *sign* is a kind, what speaks for it, and its weight; weights of one kind add up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.model import DocumentGenre, DocumentKind, Vote
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read import signs as s
from pipeline.read.structure import Draft


class Sign(NamedTuple):
    """What speaks for a kind, and how much."""

    kind: DocumentKind
    name: str
    weight: int


_BRACKETS = lazy(r"[（(][^（）()]*[）)]$")
TITLE, POLICY_TITLE = 9, 8  # votes of the last words of a title
# The last words of a title, in the order in which they decide.
_TITLES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        "other",
        lazy(
            r"(?:诉[^，。]{2,40}案|(?:判决|裁定|调解|裁决|决定|通知|告知|起诉|公证|任务|协议|备忘|申报)书|纠纷案|裁判要点|(?:奖励|表彰|表扬|嘉奖|授予)[^，。]{0,40}的(?:决定|通报|通知)|任免.{0,20}"
            r"|(?:合同|协议)(?:范本|示范文本)?|批复|复函|答复|建议.{0,6}的函|(?:招标|采购|中标|成交|招聘|拍卖|竞价|更正)(?:结果)?公[告示]|公示|纪要|大纲"
            r"|联合(?:声明|公报|宣言)|会议资料|议程|名单|教程|讲义|指引|导引|手册|分类|(?:常见问题|\d+问|问答|解答).{0,10})$"
        ),
    ),
    ("report", lazy("草案.{0,4}的说明$")),
    ("article", lazy("^(?!.*(?:出席|会见|发表|主持|强调)).*(?:讲话|致辞|演讲|发言|贺信|解读|图解|答记者问)(?:摘[登要])?$")),
    (
        "report",
        lazy(
            "(?:报告(?:摘要)?|公报|白皮书|蓝皮书|绿皮书|通报|(?:工作|年度)?总结(?:[和及与].{2,16}(?:计划|打算|安排|思路))?)$"
        ),
    ),
    (
        "regulation",
        lazy(rf"(?:条例|办法|规定|细则|规则|章程|规程|准则|制度|协定|公约|条约|议定书|{p.LAW})$"),
    ),
    ("plan", lazy("(?:规划|计划|方案|纲要|行动|要点|清单|预案|蓝图|路线图|(?:规划|计划)的建议)(?:的(?:通知|函))?$")),
    (
        "measures",
        lazy(
            "(?:措施|举措|意见|政策|决定|[一二三四五六七八九十\\d]条|若干条|补贴标准|救助标准"
            "|(?:关于|印发|做好|开展|规范|加强|推进).*(?:通知|通告|公告|函))$"
        ),
    ),
)
_PERIODIC = lazy("(?m)^.{0,40}(?:年度|半年度|季度)报告(?:摘要|全文|正文)?$")  # of a company, on its cover
_NAME_OF_LINE = lazy(r"(?P<name>[^。；：，、《]{5,60}?)(?:[（(](?:19|20)\d\d年|[（(][^（）()]{2,12}[）)]$|$)")
LINES = 6  # of the head in which such a name stands
_POLICIES = ("regulation", "plan", "measures")
_STUDY = lazy("基于|一种|浅[谈析议]|试论|略论")  # 基于X的路径规划 plans nothing
# The heading of a section, where the title could not be found: 保障措施, 调整规则; only of a law is the name as short (航道法).
_SECTION = lazy(rf"(?!.*{p.LAW}$).{{2,4}}")

OWN_NAME = 3
DUTIES = 3  # of them from which on a text is a list of measures
ARTICLES = 3  # 第X条 from which on a text is a regulation
APART = {2: 5, 3: 7}  # votes of so many signs of one group; more count as three
SAID = 2  # of both from which on people speak to a reporter
OUGHT = 3  # words of duty in a thousand characters, from which on a text argues
# ---- finer names: the kind that they are of, and the last words of the title; or the group of signs above ----
_GENRES: dict[DocumentGenre, tuple[DocumentKind, re.Pattern[str]]] = {
    "communique": ("report", lazy("公报$")),
    "white paper": ("report", lazy("[白蓝绿]皮书$")),
    "speech": ("article", lazy("^(?!.*(?:出席|会见|发表|主持|强调)).*(?:讲话|致辞|演讲|发言|贺信)(?:摘[登要])?$")),
    "interpretation": ("article", lazy("(?:解读|图解|答记者问)$")),
    "judgment": ("other", lazy("(?:(?:判决|裁定|裁决|调解)书|纠纷案|裁判要点|诉[^，。]{2,40}案)$")),
    "contract": ("other", lazy("(?:合同|协议书?)(?:范本|示范文本)?$")),
}
_GROUPS: dict[str, DocumentGenre] = {
    "court": "judgment",
    "standard": "standard",
    "contract": "contract",
    "textbook": "textbook",
    "encyclopedia": "encyclopedia",
}
SCHOLAR = 12
NOTES = 3  # footnotes of a paper
HEAD, CLOSE = 600, 1500  # characters from the top and from the end
LEAST = 500  # characters that a text is taken to have at least where words are counted


def elected(signs: Iterable[Sign]) -> tuple[DocumentKind, tuple[Vote, ...]]:
    """The kind with most votes, of equals the first named, and the votes of every kind, most first."""
    votes = Counter[DocumentKind]()
    names: dict[DocumentKind, list[str]] = {}
    for sign in signs:
        votes[sign.kind] += sign.weight
        names.setdefault(sign.kind, []).append(sign.name)
    ranked = votes.most_common()
    return ranked[0][0] if ranked else "unknown", tuple(Vote(kind, count, tuple(names[kind])) for kind, count in ranked)


def genre_of(title: str | None, kind: DocumentKind, votes: Iterable[Vote]) -> DocumentGenre | None:
    """The finer name of a document of this kind: by the last words of its title, or by the group that its signs are of."""
    bare = _BRACKETS.sub("", title.strip("《》 ")) if title else ""
    titled = next((genre for genre, (of, pattern) in _GENRES.items() if of == kind and pattern.search(bare)), None)
    signs = {sign for vote in votes if vote.name == kind == "other" for sign in vote.signs}
    return titled or next((genre for sign, genre in _GROUPS.items() if sign in signs), None)


def signs_of(title: str | None, opening: str, drafts: Sequence[Draft]) -> Iterator[Sign]:
    """Every sign of a document; of kinds with equal votes that whose sign comes first is taken."""
    bare = _BRACKETS.sub("", title.strip("《》 ")) if title else ""
    close = "\n".join(draft.text for draft in drafts[-12:])[-CLOSE:]
    text = f"{opening}\n{close}"
    said = s.WORDS.within(text)
    if s.DELIVERED.search(opening, said) or bare.endswith("工作报告"):
        yield Sign("report", "delivered", 2 * TITLE)
    if _is_paper(opening, drafts):
        yield Sign("paper", "scholar", SCHOLAR)
    yield from _by_title(bare, opening, said)
    yield from _by_own_name(text, said, drafts)
    yield from _by_what_it_is_not(said)
    yield from _by_press(bare, opening, text, said)
    yield from _by_opinion(bare, text, said)
    body = sum(draft.kind in ("paragraph", "list_item") and len(draft.text) > 40 for draft in drafts)
    if title or body >= ARTICLES or any(draft.kind == "heading" for draft in drafts):
        yield Sign("article", "text", 1)


def _by_title(bare: str, opening: str, said: frozenset[str]) -> Iterator[Sign]:
    kind = next((kind for kind, pattern in _TITLES if pattern.search(bare)), None)
    if _PERIODIC.search(opening[:HEAD]):
        yield Sign("report", "periodic", TITLE)
    talk = s.TALK.search(opening[:400], said)  # people speak: a conference, an interview
    if talk:
        yield Sign("article", "talk", TITLE if talk["said"] else 3)
    if kind in _POLICIES and (talk or _STUDY.match(bare) or _SECTION.fullmatch(bare)):
        return
    if kind:
        yield Sign(kind, "title", POLICY_TITLE if kind in _POLICIES else TITLE)
        return
    below = next((kind for line in opening.split("\n")[:LINES] if (kind := _kind_of_line(line))), None)
    if below and not (below in _POLICIES and talk):
        yield Sign(below, "line", 4)


def _kind_of_line(line: str) -> DocumentKind | None:
    """The kind that a line of the head tells as a title does: 仲裁裁决书; …的决定（2023年10月27日……）, where all runs on."""
    name = _NAME_OF_LINE.match(line)
    return next((kind for kind, pattern in _TITLES if name and pattern.search(name["name"])), None)


def _by_own_name(text: str, said: frozenset[str], drafts: Sequence[Draft]) -> Iterator[Sign]:
    """本办法, 本行动方案, 提出如下意见; and the articles or duties of which a text consists."""
    yield from (Sign(kind, "own name", OWN_NAME) for kind, name in s.OWN_NAMES if name.search(text, said))
    numbered = sum(draft.marker.endswith("条") for draft in drafts)
    if numbered >= ARTICLES or (said.issuperset(s.FIRST_CLAUSES) and len(set(s.CLAUSES.findall(text))) >= ARTICLES):
        yield Sign("regulation", "articles", 2)
    remarks = (draft.text for draft in drafts if "（" in draft.text or "(" in draft.text)
    if sum(bool(s.DUTIES.search(text)) for text in remarks) >= DUTIES:
        yield Sign("measures", "duties", 2)


def _by_what_it_is_not(said: frozenset[str]) -> Iterator[Sign]:
    for name, signs in s.APART_WORDS.items():
        number = sum(not said.isdisjoint(words) for words in signs)
        if number >= min(APART):
            yield Sign("other", name, APART[min(number, max(APART))])


def _by_press(bare: str, opening: str, text: str, said: frozenset[str]) -> Iterator[Sign]:
    head = opening[:HEAD]
    if any(word in head for word in s.NEWS_WORDS) and s.NEWS_LINE.search(head):
        yield Sign("news", "dateline", 4)
    if s.SOURCE.search(head):
        yield Sign("news", "source", 3)
    if s.PRESS.search(bare):
        yield Sign("news", "form", 4)
    if s.COLUMN.match(opening):
        yield Sign("news", "column", 2)
    first = next((line for line in opening.split("\n") if len(line) > 20), "")
    if (len(bare) >= 10 and s.HAPPENED.search(bare)) or (not bare and s.DATED_EVENT.match(first)):
        yield Sign("news", "event", 2)
    reported = [name for name, words in s.REPORTED.items() if not said.isdisjoint(words)]
    if any(len(line) > 40 and s.LEAD.match(line) for line in opening.split("\n")[:4]):
        yield Sign("news", "lead", 2)
    reported += ["said"] if s.SAID_SO.search(text, said) else []
    if s.SAYS.number(text, said) >= SAID and len(s.QUOTED.findall(text)) >= SAID:
        yield Sign("news", "quoted", 3)
    if len(reported) > 1:
        yield Sign("news", " ".join(reported), len(reported))


def _by_opinion(bare: str, text: str, said: frozenset[str]) -> Iterator[Sign]:
    if s.SIGNED.search(text, said):
        yield Sign("article", "author", 3)
    if s.OPINION.search(bare) or s.OPINION.search(text[:HEAD]):
        yield Sign("article", "opinion", 3)
    if s.PERSON.match(bare):
        yield Sign("article", "person", 3)
    if s.URGED.number(text, said) >= 2:
        yield Sign("article", "urged", 2)
    argues = len(s.OUGHT.findall(text)) * 1000 >= OUGHT * max(len(text), LEAST)
    named = (name.search(text, said) for _, name in s.OWN_NAMES)
    if argues and not (s.SAYS.search(text, said) or s.CLAUSES.search(text) or any(named)):
        yield Sign("article", "argues", 3)


_APART_LINES = "\n\0\n"  # no pattern goes from one to the next


def _is_paper(opening: str, drafts: Sequence[Draft]) -> bool:
    if any(draft.kind == "reference" for draft in drafts):
        return True
    heads = [draft.text[:24] for draft in drafts if draft.kind in ("metadata", "heading")]
    signs = set(_scholar(_APART_LINES.join([opening, *heads])))
    if sum(draft.kind == "footnote" for draft in drafts) >= NOTES:
        signs.add("notes")
    return len(signs) >= 2


def _scholar(text: str) -> Iterable[str]:
    said = s.SCHOLAR_WORDS.within(text)
    found = ((name, pattern) for name, pattern, words in s.SCHOLARS if not said.isdisjoint(words)) if said else ()
    return (name for name, pattern in found if pattern is None or pattern.search(text))
