"""Footnotes: links with a short mark, the blocks further down that they point to, and the links back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from pipeline.patterns import lazy
from pipeline.read.html.tree import HEADINGS, Node, squashed

_MARK = lazy(
    r"[\[［【〔(（]?(?:注|note)?(?:\d{1,3}|[a-z]|[*†‡§]{1,3}|[①-⑳⑴-⒇]|[一二三四五六七八九十]{1,3})[\]］】〕)）]?", re.I
)
_BACK = lazy(r"[\s↩↑⤴⏎^\ufe0e\ufe0f]*|返回|跳转至?[:：]?")
_PUNCTUATION = lazy(r"[\s,，、;；\[\]［］【】〔〕()（）–-]+")


@dataclass(slots=True)
class Notes:
    """Marks in the text and the footnotes they point to, by the indices of their nodes."""

    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)  # keys; none for back-links and brackets, which are dropped
    blocks: dict[int, tuple[str, str]] = field(default_factory=dict)  # key and visible mark


def find_notes(nodes: Sequence[Node]) -> Notes:
    """Links with a short mark that point to a block further down the page; links in that block that point back."""
    notes = Notes()
    targets: dict[str, Node] = {}
    for node in nodes:
        key = node.attributes.get("id") or (node.attributes.get("name") if node.tag == "a" else None)
        if key:
            targets.setdefault(key, node)
    links = [node for node in nodes if node.tag == "a" and (node.attributes.get("href") or "").startswith("#")]
    pointed: dict[int, set[str]] = {}
    forward: list[tuple[Node, str, Node]] = []
    for link in links:
        key = unquote((link.attributes["href"] or "")[1:])
        target = targets.get(key)
        if target is None or target.at <= link.at or link.end - link.at > 20 or not _MARK.fullmatch(squashed(nodes, link)):
            continue
        block = target.block()
        if block is not None and block.at > link.at and block.tag not in HEADINGS and block.end - block.at < 500:
            pointed.setdefault(block.at, set()).add(key)
            forward.append((link, key, block))
    for link, key, block in forward:
        if len(pointed[block.at]) == 1:
            label = _hush_brackets(nodes, link, notes)
            notes.marks[link.at] = (key,)
            notes.blocks.setdefault(block.at, (key, label))
    _find_back_links(nodes, notes)
    return notes


def _hush_brackets(nodes: Sequence[Node], link: Node, notes: Notes) -> str:
    """Drops brackets and commas that stand beside the mark in its <sup>; the mark as the reader sees it."""
    sup, label = link.parent, squashed(nodes, link)
    if sup is None or sup.tag != "sup" or sup.end - sup.at > 40:
        return label
    for below in nodes[sup.at : sup.end]:
        if below.text and below.parent is sup and _PUNCTUATION.fullmatch(below.text):
            notes.marks[below.at] = ()
    whole = squashed(nodes, sup)
    return whole if _MARK.fullmatch(whole) else label


def _find_back_links(nodes: Sequence[Node], notes: Notes) -> None:
    """Links inside a footnote that lead back to its mark, and the arrows and brackets beside them, are no text of it."""
    for at in notes.blocks:
        for below in nodes[at : nodes[at].end]:
            if below.tag == "a" and (below.attributes.get("href") or "").startswith("#"):
                label = squashed(nodes, below)
                if _MARK.fullmatch(label) or _BACK.fullmatch(label):
                    notes.marks[below.at] = ()
            elif below.text and below.text.strip() and _BACK.fullmatch(below.text):
                notes.marks[below.at] = ()
