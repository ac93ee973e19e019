"""What a page calls its document, and the elements that show it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.patterns import lazy
from pipeline.read import patterns as p
from pipeline.read.html.tree import Found, Node, squash
from pipeline.read.layout import Element

_SITE = lazy(r"(?:网|网站|网站群|门户|首页|平台|频道|栏目|新闻|报|人民政府|公报|百科)$|^(?:无标题|untitled|document)", re.I)
_LONGEST = 400  # characters; what is longer is no name of a page
_SUFFIX = lazy(r"\s*[_|｜].*|\s+[-–—]+\s+.*|\s*[-–—]+\s*[^-–—]{2,30}$", re.S)


def page_names(title: str, metas: Mapping[str, str]) -> list[str]:
    """What the page may call its document, the surest first, without the name of the site."""
    title = title if len(title) <= _LONGEST else ""
    names = [metas.get("articletitle", ""), metas.get("og:title", ""), _without_site(title), title]
    site = squash(metas.get("sitename", "") or metas.get("og:site_name", ""))
    stripped = [" ".join(name.split()).rstrip("….") for name in names]
    given = [name for name in dict.fromkeys(stripped) if 1 < len(name) <= _LONGEST]
    return [name for name in given if squash(name) != site and not _SITE.search(name)]


def _without_site(title: str) -> str:
    """The title up to what names the site: "…_某某网", "… - 某某网"."""
    for match in _SUFFIX.finditer(title):
        cut = match[0].strip(" \t\n-–—_|｜")
        if match.start() and (match[0].lstrip()[0] in "_|｜" or match[0][0].isspace() or _SITE.search(cut)):
            return title[: match.start()]
    return title


def find_title(found: list[Found], names: Sequence[str], nodes: Sequence[Node], body: Node) -> tuple[list[Found], int | None]:
    """The elements with the title of the page as one element, and the index of its node; None where it shows nowhere."""
    best: tuple[int, int, int, int] | None = None  # rank, distance from the body, first, last
    wanted = [squash(name) for name in names]
    longest = 2 * max(map(len, wanted), default=0) + 10
    for first, (at, element) in enumerate(found):
        if at >= body.end:
            break
        if element.left_out or element.cells or element.kind == "footnote" or (len(element.text) > longest and not element.level):
            continue
        for last in range(first + 1, min(first + 4, len(found) + 1)):
            parts = found[first:last]
            if last > first + 1 and (parts[-1][1].left_out or nodes[parts[-1][0]].parent is not nodes[at].parent):
                break
            rank = _likeness(squash("".join(part.text for _, part in parts)), wanted, whole=last > first + 1)
            if last == first + 2 and parts[1][0] == at and p.is_organ(element.text) and squash(parts[1][1].text) in wanted:
                rank = 1  # who issues it stands above its name in the same block
            rank -= 1 if rank < 9 and element.kind == "heading" else 0
            if rank == 9 and element.level == 1 and last == first + 1 and nodes[at].linked < nodes[at].size:
                rank = 6
            if rank < 9 and (best is None or (rank, abs(at - body.at)) < best[:2]):
                best = rank, abs(at - body.at), first, last
    if best is None:
        return found, None
    first, last = best[2:]
    at = found[first][0]
    return [*found[:first], (at, _merged([element for _, element in found[first:last]])), *found[last:]], at


def _likeness(text: str, names: Sequence[str], *, whole: bool) -> int:
    """1 where the text is a name of the page, 3 where it is part of one, 5 where one is part of it, else 9."""
    if text in names:
        return 1
    if whole or _SITE.search(text):
        return 9
    if any(text in name and len(text) >= max(5, 0.5 * len(name)) for name in names):
        return 3
    return 5 if any(len(name) >= 5 and name in text and len(text) <= 1.6 * len(name) + 4 for name in names) else 9


def _merged(elements: Sequence[Element]) -> Element:
    """The lines of a title as one element."""
    ends = [0]
    for element in elements:
        ends.append(ends[-1] + len(element.text))
    parts = list(zip(ends, elements, strict=False))
    return replace(
        elements[0],
        text="".join(element.text for element in elements),
        kind="title",
        level=0,
        notes=tuple((start + offset, key) for start, element in parts for offset, key in element.notes),
        places=tuple((start + offset, place) for start, element in parts for offset, place in element.places),
    )
