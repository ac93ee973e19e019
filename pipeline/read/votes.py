"""Which lines are titles: independent signs vote, and the first short line is only one of them.

A *name* is what a document or a file is called, a *candidate* one or several neighbouring paragraphs that could spell one. A
sign speaks for a name (the value of the field 名称, 《…》 in 现将《…》印发给你们, the name of the file) or for a candidate (it
ends in a word for a kind of document, comes twice, is marked as a title by the format, is the first line that could be one).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Vote
from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.headlines import LINE, WINDOW, begins_title, first_line, is_menu, marked_line, reach
from pipeline.read.joining import Paragraph
from pipeline.read.naming import NAME, carried, cleaned, ends_as_kind, is_notice, plain
from pipeline.read.roles import NO_TITLE, Role
from pipeline.read.told import Told, told_names

REACH = 160  # paragraphs from the top of a file in which its first title stands
PROSE = 80  # characters of a paragraph of the body
ENDS = 4  # last characters of a line by which it may belong to a name that is told
SUBTITLE = 40  # characters
DECREE = 12  # lines of a decree
OPENING = 120  # characters of the body in which the name of a work may have run on
TOP = 40  # paragraphs from the top in which a line that comes again may be a title for that alone

_PUBLISHED = lazy(r"(?:信息)?来源\s*[：:]|稿源\s*[：:]|发布(?:时间|日期)\s*[：:]")  # below the title of a page
# A line of a body that opens it: 为了…，制定本办法; 一、总体要求; 第一条.
_OPENING = lazy(r"(?:为|根据|依据|按照).{4,400}(?:制定|提出|编制|出台)(?:本|如下|以下)|[一1]\s*[、.．]|第[一1]\s*[章条编]")
_DECREE = lazy(r"现予(?:以)?(?:公布|发布)|自.{4,12}起(?:施行|实施)|^.{2,30}令(?:[（(]?第.{1,6}号[）)]?)?$")
_REMARKED = lazy(r"[（(][^（）()]*[）)]$")
_SPEAKS = frozenset("。；!;：:，,、")  # ends a line that is no title


@dataclass(slots=True)
class Candidate:
    """entries[start:end] spell `name`; `signs` are the reasons that speak for it, with their weight."""

    start: int
    end: int
    name: str
    signs: dict[str, int] = field(default_factory=dict)

    @property
    def votes(self) -> int:
        """All signs together."""
        return sum(self.signs.values())


def candidates(entries: Sequence[Paragraph], roles: Sequence[Role], told: Mapping[str, Told]) -> list[Candidate]:
    """All that could be a title near the top, with its signs, in order of place; of equal names the longest window is last."""
    found = list(_windows(entries, roles, told))
    times = Counter(plain(candidate.name) for candidate in found)
    opening = next((at for at, each in enumerate(entries[:REACH]) if _OPENING.match(each.text)), None)
    body = next((at for at, each in enumerate(entries[:REACH]) if len(each.text) > PROSE and each.text[-1] in "。；"), REACH)
    for candidate in found:
        key = plain(candidate.name)
        if key in told:
            candidate.signs[told[key].sign] = told[key].weight
        if candidate.start > body and not candidate.signs and not is_notice(candidate.name):
            continue  # a heading of the body
        if times[key] > 1 and len(key) >= 6 and candidate.start < TOP and not p.is_organ(candidate.name):
            candidate.signs["repeated"] = 2
        if ends_as_kind(candidate.name):
            candidate.signs["kind"] = 2
        if is_notice(candidate.name):
            candidate.signs["notice"] = 2
        below = entries[candidate.end].text if candidate.end < len(entries) else ""
        if _PUBLISHED.match(below) and candidate.start < max(TOP, body):
            candidate.signs["above its source"] = 4
        if p.SUBTITLE.match(below) and len(below) <= SUBTITLE and candidate.start < TOP and "，" not in below:
            candidate.signs["above its subtitle"] = 4
        if opening is not None and candidate.start < opening <= candidate.end + 1:
            candidate.signs["above the body"] = 1
    return found


def _windows(entries: Sequence[Paragraph], roles: Sequence[Role], told: Mapping[str, Told]) -> Iterator[Candidate]:
    """From each line that could begin a title as far as that title goes, and whatever spells a name that is told."""
    marked = marked_line(entries[:REACH], roles[:REACH])
    spelled = "\n".join(told)
    ends = [at for at, entry in enumerate(entries[: REACH + WINDOW]) if _may_end(entry.text, spelled)]
    for start in range(min(REACH, len(entries))):
        natural = start
        if begins_title(entries, roles, start) and not is_menu(entries, start):
            natural = reach(entries, roles, start)
        elif bisect_left(ends, start) == bisect_left(ends, start + WINDOW):
            continue
        whole = ""
        for end, entry in enumerate(entries[start : start + WINDOW], start + 1):
            line = entry.text
            if entry.note or roles[end - 1] == "table" or len(line) > (NAME if end == start + 1 else LINE):
                break
            whole += line
            name = cleaned(whole) if end == natural or end - 1 in ends else ""
            if len(name) > NAME:
                break
            if name and (plain(name) in told or (end == natural and _could_be(name, whole))):
                candidate = Candidate(start, end, name)
                if start == marked and end >= natural:
                    candidate.signs["marked"] = 4
                yield candidate
            if end >= natural and (line[-1] in _SPEAKS or p.FIELD.match(line)):
                break


def _may_end(line: str, spelled: str) -> bool:
    """Whether a line may be the last of a name that is told; `spelled` are these, plain, one a line."""
    last = line[-2:]
    return len(line) <= NAME and (last in spelled or not last.isalnum()) and plain(line)[-ENDS:] in spelled


def _could_be(name: str, whole: str) -> bool:
    """Whether lines have the form of a title: no sentence, no field, no mark of a page."""
    if len(name) < 2 or whole[-1:] in _SPEAKS or NO_TITLE.match(whole) or p.FIELD.match(whole) or whole in p.MENU:
        return False
    return name.count("《") == name.count("》") and "。" not in name


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a file: of what transmits, where there is such a thing, and of the work itself; `name` is the work's, also
    where it stands on no line of its own.
    """

    name: str | None = None
    own: Candidate | None = None
    notice: Candidate | None = None
    votes: tuple[Vote, ...] = ()


SHOWN = 5  # names whose votes are kept
WEAK = frozenset(("kind", "repeated", "above the body"))  # signs that a heading has too
LEAST = 2  # votes of a title


def elect(entries: Sequence[Paragraph], roles: Sequence[Role], stem: str) -> Titles:
    """The titles that most signs speak for; `roles` tell what each paragraph is by its form."""
    told = told_names(entries, stem)
    found = candidates(entries, roles, told)
    first = first_line(entries, roles)
    if first is not None:
        _vote_for_first(found, entries, roles, first)
    body = next((each.text for each, role in zip(entries, roles, strict=True) if role == "prose"), "")
    _name_carriers(found, told, body)
    notice = _notice_of(found)
    name = carried(notice.name) if notice else None
    for each in found:
        if name and _core(each.name) == _core(name) and each is not notice:
            each.signs["carried"] = 4
    votes = _ranked(found)
    own = _best(each for each in found if each.votes >= LEAST and "notice" not in each.signs and _follows(each, notice))
    prose = next((at for at, role in enumerate(roles) if role == "prose"), len(roles))
    if own and own.signs.keys() <= WEAK and (own.start > prose or any(each.sign == "transmitted" for each in told.values())):
        own = None
    if notice and (own is None or not own.signs.keys() & {"carried", "transmitted"}):
        return Titles(name or notice.name, None, notice, votes)
    if own and not notice:
        own = _last_place(own, found, entries)
    if own is None and not notice:
        return _run_on(told) or _last_resort(entries, roles)
    return Titles(_as_told(own.name, told) if own else name, own, notice, votes)


def _as_told(name: str, told: Mapping[str, Told]) -> str:
    """A name without the remark behind it, 某办法（新规）, where the document itself gives it without."""
    shorter = plain(_REMARKED.sub("", name))
    return told[shorter].name if shorter in told and told[shorter].sign in ("field", "numbered") else name


def _last_place(own: Candidate, found: Sequence[Candidate], entries: Sequence[Paragraph]) -> Candidate:
    """The same title where it stands again below the decree that passes it, or below a line with the issuer behind it: what
    stands above is no part of the text.
    """
    with_more = own.end == own.start + 1 and len(plain(entries[own.start].text)) > len(plain(own.name))
    for each in found:
        if plain(each.name) != plain(own.name) or not own.end <= each.start <= own.end + DECREE:
            continue
        passed = any(_DECREE.search(line.text) for line in entries[own.end : each.start])
        if passed or (with_more and each.start == own.end):
            return each
    return own


def _name_carriers(found: Sequence[Candidate], told: Mapping[str, Told], body: str) -> None:
    """Headlines that tell of another work are notices where that work stands below, or the body opens with its name:
    印发《…》, 刊发…文章《…》, …在…上的讲话.
    """
    opening = plain(body[:OPENING])
    places = {plain(each.name): each.start for each in found}
    for each in found:
        name = carried(each.name)
        if not name or "notice" in each.signs:
            continue
        full = plain(name) in told and told[plain(name)].sign == "in full"
        if full or places.get(plain(name), 0) > each.start or plain(name) in opening:
            each.signs["notice"] = 2


def _notice_of(found: Sequence[Candidate]) -> Candidate | None:
    """The notice with most votes; none where another title with as many stands above, which makes of it a part of the text."""
    notice = _best(each for each in found if "notice" in each.signs and each.votes >= 2 * LEAST)
    if notice is None:
        return None
    name = _core(carried(notice.name) or notice.name)
    above = (each for each in found if each.start < notice.start and "notice" not in each.signs and _core(each.name) not in name)
    rival = _best(each for each in above if name not in _core(each.name))
    return None if rival and rival.votes >= notice.votes - 1 else notice


def _core(name: str) -> str:
    """A plain name without its 的, which notices leave out and put in."""
    return plain(name).replace("的", "")


def _ranked(found: Iterable[Candidate]) -> tuple[Vote, ...]:
    """The names with most votes, each once."""
    by_name: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: (-each.votes, each.start, each.end)):
        if each.votes:
            by_name.setdefault(plain(each.name), each)
    return tuple(Vote(each.name, each.votes, tuple(each.signs)) for each in list(by_name.values())[:SHOWN])


def _run_on(told: Mapping[str, Told]) -> Titles | None:
    """The titles of a text in which they stand on no line of their own; None where it names none."""
    by_sign = {each.sign: each.name for each in reversed(list(told.values()))}
    opening, field_value = by_sign.get("opening"), by_sign.get("field")
    transmitted = by_sign.get("transmitted") or by_sign.get("in full")
    notice = Candidate(0, 0, opening) if opening and is_notice(opening) else None
    name = transmitted or (carried(opening) if opening else None) or field_value or opening
    return Titles(name, None, notice) if name or notice else None


def _last_resort(entries: Sequence[Paragraph], roles: Sequence[Role]) -> Titles:
    """The first line that names a series, a person or something in another language, where no other line could be a title."""
    for at, (each, role) in enumerate(zip(entries[:TOP], roles, strict=False)):
        if role in ("mast", "foreign", "names") and 4 <= len(each.text) <= LINE and _could_be(each.text, each.text):
            own = Candidate(at, at + 1, cleaned(each.text), {"first line": 3})
            return Titles(own.name, own, None, _ranked([own]))
        if role not in ("field", "edition", "mast", "foreign", "organ"):
            break
    return Titles()


def _vote_for_first(found: list[Candidate], entries: Sequence[Paragraph], roles: Sequence[Role], start: int) -> None:
    """Votes for the title that begins on the first line that could be one, and for the names told that it begins."""
    end = reach(entries, roles, start)
    whole = "".join(each.text for each in entries[start:end])
    name = cleaned(whole)
    if not _could_be(name, whole):
        return
    if not any((each.start, each.end) == (start, end) for each in found):
        found.append(Candidate(start, end, name))
    for each in found:
        if each.start == start and each.end >= end:
            each.signs["first line"] = 3


def _follows(own: Candidate, notice: Candidate | None) -> bool:
    """Whether the work could be what the notice transmits, or there is no notice."""
    return notice is None or (own.start >= notice.end and bool(own.signs.keys() & {"carried", "transmitted"}))


def _best(found: Iterable[Candidate]) -> Candidate | None:
    """The candidate with most votes; the first of equals, and of those that begin in one place the shortest."""
    return max(found, key=lambda each: (each.votes, -each.start, -each.end), default=None)
