"""What the style of a page hides: the rules of its <style> elements and of its elements that a browser would apply.

CSS 2.2 and what is common of later levels. Selectors name elements and those that they stand in; one with a pseudo-class, an
attribute or a sibling is not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.patterns import lazy
from pipeline.read.html.tree import Node

_LIMIT = 500_000  # characters of the sheets of a page
_STEPS = 3_000_000  # from an element to the one around it, about a second; past them no more rules are applied
_RULES = 2_000  # rules that hide or show something
_COMMENT = lazy(r"/\*.*?\*/|<!--|-->", re.S)
_PIECE = lazy(r"([^{}]*)([{}])")
_SCREEN = lazy(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.I)
_DECLARATION = lazy(r"(?<![\w-])([\w-]+)\s*:\s*([^;]+)")
_COMPOUND = lazy(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\u4e00-\u9fff-]+)*)")
_PART = lazy(r"([.#])([\w\u4e00-\u9fff-]+)")
_NAME = lazy(r"[.#][\w\u4e00-\u9fff-]+")
_ZERO = lazy(r"[+-]?0*\.?0+(?:px|pt|em|rem|%|ex|vw)?")
_AWAY = lazy(r"-\d{3,}(?:\.\d+)?(?:px|pt)|-\d{2,}(?:\.\d+)?(?:em|rem)")
_CLIPPED = lazy(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)")
_TELLING = frozenset(  # the properties that tell whether something is hidden
    "display visibility font-size opacity position left top right bottom clip clip-path text-indent overflow"
    " height width max-height max-width color background background-color".split()
)
_POSED = ("absolute", "fixed")
_TAKEN_BACK = {"font-size", "visibility", "text-indent", "color"}

Way = Mapping[str, bool]  # a way of hiding ("display", "font-size" …) → whether it hides, or shows what another rule hides


class Compound(NamedTuple):
    """One element of a selector: div.menu#top."""

    tag: str
    classes: frozenset[str]
    key: str

    def fits(self, node: Node, classes: frozenset[str]) -> bool:
        """Whether a node with these classes is meant."""
        return (
            (not self.tag or self.tag == node.tag)
            and self.classes <= classes
            and (not self.key or self.key == node.attributes.get("id"))
        )


class Rule(NamedTuple):
    """A selector, from the element that is meant outwards; how much it weighs; and how it hides."""

    selector: tuple[Compound, ...]
    weight: tuple[int, int, int]
    way: Way


@lru_cache(maxsize=1024)  # one may stand on every paragraph of a page
def way_of(declarations: str) -> Way:
    """The ways in which declarations hide an element, or show it."""
    if ":" not in declarations:
        return {}
    values: dict[str, str] = dict(_DECLARATION.findall(declarations.lower().replace("!important", "")))
    said = {name: " ".join(values[name].split()) for name in _TELLING & values.keys()}
    way = {}
    if "display" in said:
        way["display"] = said["display"] == "none"
    if "visibility" in said:
        way["visibility"] = said["visibility"] in ("hidden", "collapse")
    if "font-size" in said:
        way["font-size"] = _ZERO.fullmatch(said["font-size"]) is not None
    if "opacity" in said:
        way["opacity"] = _ZERO.fullmatch(said["opacity"]) is not None
    posed = said.get("position") in _POSED
    if posed:
        way["position"] = any(_AWAY.fullmatch(said.get(side, "")) for side in ("left", "top", "right", "bottom"))
        way["clip"] = any(_CLIPPED.fullmatch(said.get(name, "")) for name in ("clip", "clip-path"))
    if "text-indent" in said:
        way["text-indent"] = _AWAY.fullmatch(said["text-indent"]) is not None
    if said.get("overflow") == "hidden":
        way["size"] = any(said.get(name) in ("0", "0px", "1px") for name in ("height", "width", "max-height", "max-width"))
    color = said.get("color", "")
    if color:
        ground = said.get("background-color") or said.get("background", "")
        way["color"] = color in ("transparent", ground)
    return way


def rules_of(sheets: Iterable[str], names: Set[str], hiding: Set[str] = frozenset()) -> list[Rule]:
    """The rules that hide something, or show what others hide; those of conditions other than a screen left out.

    `names` are the classes (.menu) and ids (#top) of the page: most rules of a site are for other pages. `hiding` are the ways in
    which elements hide by declarations of their own: most rules give a color, which hides nothing.
    """
    text = _COMMENT.sub(" ", "\n".join(sheets)[:_LIMIT])
    said = [(selectors, way) for selectors, declarations in _rules(text) if (way := way_of(declarations))]
    hides = hiding | {name for _, way in said for name in ways_hiding(way)}
    found: list[Rule] = []
    for selectors, whole in said:
        way = {name: whole[name] for name in whole if name in hides}
        for selector in selectors.split(",") if way else ():
            rule = _rule(selector.strip(), way) if names >= set(_NAME.findall(selector)) else None
            if rule is not None and len(found) < _RULES:
                found.append(rule)
    return found if any(any(rule.way.values()) for rule in found) else []


def ways_hiding(way: Way) -> Iterator[str]:
    """The names of the ways in which something is hidden, not shown."""
    return (name for name, hides in way.items() if hides)


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that applies on any screen."""
    open_: list[str] = []
    for before, brace in _PIECE.findall(text):
        if brace == "{":
            open_.append(before.rpartition(";")[2].strip())
        elif open_:
            selectors = open_.pop()
            if not selectors.startswith("@") and all(_SCREEN.fullmatch(each + " ") for each in open_):
                yield selectors, before


def _rule(selector: str, way: Way) -> Rule | None:
    """The rule of one selector; None where it has parts that are not read (:hover, [type], +)."""
    parts = selector.replace(">", " ").split()
    compounds = [_COMPOUND.fullmatch(part) for part in parts]
    if not parts or len(parts) > 6 or any(match is None for match in compounds):
        return None
    chain = [_compound(match) for match in reversed(compounds) if match is not None]
    weight = (sum(bool(c.key) for c in chain), sum(len(c.classes) for c in chain), sum(bool(c.tag) for c in chain))
    return Rule(tuple(chain), weight, way) if any(weight) else None


def _compound(match: re.Match[str]) -> Compound:
    named = _PART.findall(match[2])
    tag = (match[1] or "").lower().strip("*")
    key = next((name for sign, name in named if sign == "#"), "")
    return Compound(tag, frozenset(name for sign, name in named if sign == "."), key)


class _Matcher:
    """Which rules mean an element, by what its tag, classes and id are; steps are counted, as hostile sheets need many."""

    def __init__(self, rules: Sequence[Rule], nodes: Sequence[Node]) -> None:
        self._classes = {node.at: frozenset(classes_of(node)) for node in nodes if node.tag}
        self._by_name: dict[str, list[tuple[tuple[int, int, int], int, Rule]]] = {}
        for at, rule in enumerate(rules):
            last = rule.selector[0]
            name = f"#{last.key}" if last.key else f".{min(last.classes)}" if last.classes else last.tag
            self._by_name.setdefault(name, []).append((rule.weight, at, rule))
        self._steps = 0

    def way(self, node: Node) -> dict[str, bool]:
        """What the rules make of an element, the heaviest and last deciding."""
        names = [node.tag]
        if node.attributes:
            names += [*(f".{name}" for name in self._classes[node.at]), f"#{node.attributes.get('id') or ''}"]
        way: dict[str, bool] = {}
        for _, _, rule in sorted([each for name in names for each in self._by_name.get(name, ()) if self._fits(each[2], node)]):
            way |= rule.way
        return way

    def _fits(self, rule: Rule, node: Node) -> bool:
        """Whether the selector means the node: its last part the node, the others elements around it, in order."""
        if self._steps > _STEPS or not rule.selector[0].fits(node, self._classes[node.at]):
            return False
        above = node.parent
        for compound in rule.selector[1:]:
            while above is not None and not compound.fits(above, self._classes[above.at]):
                above, self._steps = above.parent, self._steps + 1
            if above is None:
                return False
            above = above.parent
        return True


def classes_of(node: Node) -> list[str]:
    """The classes of an element."""
    return (node.attributes.get("class") or "").split() if node.attributes else []


def names_in(nodes: Iterable[Node]) -> set[str]:
    """The classes (.menu) and ids (#top) of a page."""
    names = {f".{name}" for node in nodes for name in classes_of(node)}
    return names | {f"#{node.attributes.get('id')}" for node in nodes if node.attributes}


def own_ways(nodes: Sequence[Node]) -> dict[int, Way]:
    """The ways in which elements hide or show by declarations of their own, by their indices."""
    styled = (node for node in nodes if node.tag and node.attributes)
    return {node.at: way for node in styled if (way := way_of(node.attributes.get("style") or ""))}


def hidden_by(rules: Sequence[Rule], nodes: Sequence[Node], own: Mapping[int, Way]) -> set[int]:
    """Indices of the elements that the rules, or declarations of their own, hide."""
    if not rules:
        return set(_hiding(nodes, own))
    matcher = _Matcher(rules, nodes)
    ways: dict[int, Way] = {}
    for node in nodes:
        if node.tag:
            way = matcher.way(node)
            way |= own.get(node.at, {})
            if way:
                ways[node.at] = way
    return set(_hiding(nodes, ways))


def _hiding(nodes: Sequence[Node], ways: Mapping[int, Way]) -> Iterator[int]:
    """The elements that hide all that is in them; a size of type and the like may be taken back by elements within."""
    back: dict[str, list[int]] = {name: [] for name in _TAKEN_BACK}
    for at, way in ways.items():
        for name in _TAKEN_BACK & way.keys():
            if not way[name]:
                back[name].append(at)
    for at, way in ways.items():
        for name, hides in way.items():
            if not hides:
                continue
            following = bisect_right(back.get(name, []), at)
            if name not in back or following == len(back[name]) or back[name][following] >= nodes[at].end:
                yield at
                break
