"""Texts and studies that hold views, by the form of their names: 《…》第三条, 张三和李四（2021）, Rossi等[7]."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.reader import Reader
from pipeline.model import Name
from pipeline.parse.speech.persons import Persons
from pipeline.patterns import lazy

_NAMES = r"[\u4e00-\u9fffA-Za-z·.、,，&＆\s’'-]{2,60}?"
_AND_OTHERS = r"\s*(?:等人?|et\s*al\.?)"
_STUDY = lazy(
    rf"(?P<names>{_NAMES}(?:{_AND_OTHERS})?)\s*[（(]\s*(?:[A-Za-z&＆.\s,，]{{2,40}}[,，]\s*)?(?P<year>(?:1[89]|20)\d\d[a-z]?)\s*[）)]"
)
_NUMBERED = lazy(rf"(?P<names>{_NAMES})(?P<others>{_AND_OTHERS})?\s*\[[\d,，、~－–-]{{0,12}}\]?")
_TEAM = lazy(rf"(?P<names>{_NAMES})(?P<others>{_AND_OTHERS})(?:的?研究(?:团队)?)?")
_TITLE = lazy(
    r"《(?P<title>[^《》\n]{2,60}(?:《[^《》\n]{2,40}》[^《》\n]{0,30})?)》(?:[（(][^（）()]{1,30}[）)])?(?P<tail>[^《》]{0,14})"
)
ARTICLE = lazy(r"第[一二三四五六七八九十百零〇\d]+[条章款节](?:第[一二三四五六七八九十\d]+[款项])?")
_GOVERNED = lazy("[在于从对以把被将按据]|通过(?!的)")  # before a title: it is no subject
_OF_TEXTS = ("", "中", "里", "等")


class Titled(NamedTuple):
    """A title that holds a view, and whether it is that of a medium."""

    name: Name
    is_medium: bool


def study_in(phrase: str, persons: Persons) -> Name | None:
    """The study that a phrase names by its authors, with its year or number; a team of authors is one, too."""
    found = _STUDY.fullmatch(phrase)
    if found:
        return study_of(found["names"], found["year"], phrase)
    found = _NUMBERED.fullmatch(phrase) if "[" in phrase else _TEAM.fullmatch(phrase)
    if found and persons.are_names(found["names"]):
        return study_of(found["names"] + ("等" if found["others"] else ""), None, phrase)
    return None


def study_of(names: str, year: str | None, text: str) -> Name:
    """作者（年份）, with the authors alone as an alias."""
    who = re.sub(r"\s+", " ", names).strip(" 、,，").replace(",&", " &")
    who = re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", who)
    return Name(f"{who}（{year}）" if year else who, "Study", text, (who,) if year else ())


def titled_in(phrase: str, reader: Reader) -> Titled | None:
    """The text that a phrase ends in, by its title, as a policy where it is one; None where the phrase only leads up to it."""
    title = max(_TITLE.finditer(phrase), key=lambda found: found.end(), default=None)
    if title is None or title.end() != len(phrase) or _leads_up(phrase[: title.start()], reader):
        return None
    tail = title["tail"].strip()
    if reader.ends_in(title["title"], "media_heads") or title["title"].endswith("报") or reader.is_word(tail, "media_pieces"):
        return Titled(Name(title["title"], "Body", phrase), True)
    if tail not in _OF_TEXTS and not ARTICLE.fullmatch(tail):
        return None
    label = reader.annotated.short_forms.get(title["title"], title["title"]).replace("\n", "")
    aliases = (title["title"],) if title["title"] != label else ()
    bare = re.sub(r"[（(].*", "", label)
    is_policy = reader.ends_in(bare, "text_heads") or bare.endswith("法")
    return Titled(Name(label, "Policy" if is_policy else "Study", phrase, aliases), False)


def _leads_up(before: str, reader: Reader) -> bool:
    return bool(_GOVERNED.search(before)) or reader.holds(before, "title_leads")
