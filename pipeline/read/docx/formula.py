"""Formulas, as text on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element as Node

from pipeline.read.docx.nodes import M, children

# Each kind of formula as its parts, with the sign before each; a part of several characters is put in brackets.
_FORMULAS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "m.f": (("", "m.num"), ("/", "m.den")),
    "m.sSup": (("", "m.e"), ("^", "m.sup")),
    "m.sSub": (("", "m.e"), ("_", "m.sub")),
    "m.sSubSup": (("", "m.e"), ("_", "m.sub"), ("^", "m.sup")),
    "m.sPre": (("_", "m.sub"), ("^", "m.sup"), ("", "m.e")),
    "m.rad": (("", "m.deg"), ("√", "m.e")),
    "m.limLow": (("", "m.e"), ("_", "m.lim")),
    "m.limUpp": (("", "m.e"), ("^", "m.lim")),
    "m.func": ((" ", "m.fName"), (" ", "m.e")),
    "m.nary": (("_", "m.sub"), ("^", "m.sup"), (" ", "m.e")),
}


def linear(node: Node) -> str:
    """A formula on one line: (a+b)/2, x^2, √(n), ∑_(i=1)^n x."""
    if node.tag == "m.t":
        return node.text or ""
    if node.tag == "m.d":
        begin, end = (_math_sign(node, f"m.dPr/m.{name}", sign) for name, sign in (("begChr", "("), ("endChr", ")")))
        return begin + ",".join(map(linear, node.iterfind("m.e"))) + end
    if node.tag not in _FORMULAS:
        return "".join(map(linear, children(node)))
    text = _math_sign(node, "m.naryPr/m.chr", "∫") if node.tag == "m.nary" else ""
    for sign, tag in _FORMULAS[node.tag]:
        child = node.find(tag)
        part = "" if child is None else linear(child)
        text += (sign + (part if sign == " " else _bracketed(part))) if part else ""
    return text.strip()


def _bracketed(part: str) -> str:
    return part if part.isalnum() or len(part) == 1 or re.fullmatch(r"\([^()]*\)", part) else f"({part})"


def _math_sign(node: Node, path: str, default: str) -> str:
    sign = node.find(path)
    if sign is None:
        return default
    return sign.get(M + "val", "")
