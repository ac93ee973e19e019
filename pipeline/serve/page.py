"""Plain pages: what the graph says of a thing, and what went wrong. They need no script and no style of their own."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from pipeline.reference.markup import table, tag
from pipeline.store import Value, read_triples
from pipeline.terms import LABEL, NAMESPACES, PREF_LABEL

_LONGEST = 2_000  # characters shown of a literal
_COLUMNS = ("关系 <span lang=en>Property</span>", "值 <span lang=en>Value</span>")


def thing_page(iri: str, triples: str, path_of: Callable[[str], str]) -> str:
    """What N-Triples say of an IRI: its own triples with the labels of what they lead to, or else those that name it."""
    said = list(read_triples(triples))
    names = {subject: _cut(value.text) for subject, predicate, value in said if predicate in (LABEL, PREF_LABEL)}

    def link(target: str) -> str:
        return tag("a", tag("bdi", escape(names.get(target) or short(target))), href=path_of(target))

    def shown(value: Value) -> str:
        return tag("bdi", escape(_cut(value.text)), **_language(value)) if value.datatype else link(value.text)

    own = [(link(predicate), shown(value)) for subject, predicate, value in said if subject == iri]
    other = [(link(subject), link(predicate), shown(value)) for subject, predicate, value in said if subject != iri]
    body = table(_COLUMNS, own) if own else table(("主体 <span lang=en>Subject</span>", *_COLUMNS), other)
    title = names.get(iri) or short(iri)
    return page(title, tag("p", tag("code", tag("bdi", escape(iri)))) + body)


def fault_page(title: str, message: str) -> str:
    """What went wrong, in words."""
    return page(title, tag("p", escape(message), lang="en"))


def page(title: str, body: str) -> str:
    """A whole page; the title is text, the body HTML."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} · zhimai</title><link rel="stylesheet" href="/static/plain.css">'
    )
    main = tag("main", tag("h1", tag("bdi", escape(title))), body)
    return f'<!DOCTYPE html>\n<html lang="zh-Hans"><head>{head}</head><body>{main}</body></html>\n'


def short(iri: str) -> str:
    """An IRI with a prefix where there is one."""
    found = [(namespace, prefix) for prefix, namespace in NAMESPACES.items() if iri.startswith(namespace)]
    if not found:
        return iri
    namespace, prefix = max(found)
    return f"{prefix}:{iri.removeprefix(namespace)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _language(value: Value) -> dict[str, str]:
    return {"lang": value.language} if value.language else {}
