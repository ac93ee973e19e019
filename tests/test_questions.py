"""Every shipped question, with every parameter, on a graph of 100,000 triples: it ends, soon, and with rows."""

from __future__ import annotations

import time
from functools import cache

import pytest

from pipeline.ask import answer, bind, questions
from pipeline.model import Claim, Evidence, Name, Slot, Work
from pipeline.resolve import resolve
from pipeline.shares import graph_lines
from pipeline.store import Store, in_memory
from pipeline.terms import DEFAULT_BASE
from tests.samples import ROOT, document, ontology

SHIPPED = questions(ROOT / "ontology")
DOCUMENTS, SENTENCES = 64, 60
GIVEN = {
    "tense": "将做之事",
    "concept": "青禾构想3", "facet": "element", "name": "储能产业7", "class": "青禾构想3", "policy": "青禾行动方案3",
    "industry": "储能产业7", "place": "苏州市", "document": "a7", "section": "总体要求", "issuer": "青禾", "year": "2024年",
    "indicator": "产值", "holder": "甲乙某2", "about": "青禾构想", "method": "倍差研究法", "author": "甲乙某2", "title": "回用",
    "other": "储能产业7", "from": "2020年1月", "to": "2029Q4", "least": "0.5", "precision": "day", "planned": "no",
}  # fmt: skip
SECONDS = 5.0


@cache
def store() -> Store:
    said: list[Claim] = []
    documents = {}
    for number in range(DOCUMENTS):
        name, source, claims = f"a{number}", "总体要求\n", []
        for at in range(SENTENCES):
            quote = f"第{at}句说青禾构想{at % 9}与储能产业{at % 13 + number}。"
            evidence = Evidence(len(source), len(source) + len(quote), quote)
            source += quote
            claims += list(_claims(name, number, at, evidence))
        work = Work("work", f"青禾行动方案{number % 5}", "plan", 0, 1, issuer="苏州市人民政府", date="2024-03-05")
        documents[name] = document(name, source, issuer="青禾市政府", works=(work,))
        said += claims
    facts = resolve(said, DEFAULT_BASE, ontology().terms)
    lines = {*graph_lines(facts, documents, ontology(), DEFAULT_BASE, "0")}
    assert len(lines) > 100_000
    return in_memory("".join(line + "\n" for line in sorted(lines)))


def _claims(doc: str, number: int, at: int, evidence: Evidence) -> list[Claim]:
    concept, industry = Name(f"青禾构想{at % 9}", "Concept"), Name(f"储能产业{at % 13 + number}", "Industry")
    policy, part = Name(f"青禾行动方案{at % 5}", "Policy"), Name(f"部分{at}之{number % 7}", "Concept")
    happening: dict[str, Slot] = {
        "event": Name(f"第{number}届青禾{at}号会议", "Event"), "date": f"2024-{at % 12 + 1:02}-05", "precision": "day",
        "venue": (Name("苏州市", "Place"),), "agent": None, "dateText": None,
    }  # fmt: skip
    return [
        Claim(doc, "defines", {"s": concept, "o": part}, evidence, "defines.test", 0.8, "element", definition="回用余料的构想"),
        Claim(doc, "includes", {"s": concept, "o": part}, evidence, "includes.test", 0.8, None),
        Claim(doc, "supports", {"s": policy, "o": industry}, evidence, "supports.test", 0.8, None),
        Claim(doc, "restricts", {"s": policy, "o": industry}, evidence, "restricts.test", 0.8, None),
        *(_further_claims(doc, number, at, evidence) if at % 20 == 0 else ()),
        Claim(doc, "event", happening, evidence, "event.test", 0.8, None),
    ]


def _further_claims(doc: str, number: int, at: int, evidence: Evidence) -> list[Claim]:
    concept, industry = Name("青禾构想3", "Concept"), Name(f"储能产业{7 - at // 20}", "Industry")
    person, amount = Name(f"甲乙某{number % 5}", "Person"), f"{number % 4}"
    work = Name(f"青禾回用{number % 7}", "CitedWork")
    figure: dict[str, Slot] = {"s": industry, "indicator": Name("产值", "Indicator"), "value": amount, "unit": "亿元"}
    sides: dict[str, Slot] = {"a": concept, "b": industry, "dimension": Name("能耗", "Concept"), "value_a": "高", "value_b": "低"}
    yearly: dict[str, Slot] = {"event": Name(f"青禾年会{at}", "Event"), "date": f"2024-{number % 9 + 1:02}"}
    cited: dict[str, Slot] = {"work": work, "authors": (person,), "title": work.label, "year": "2021", "container": "工厂学刊"}
    return [
        Claim(doc, "indicator", figure | {"bound": "=", "period": "2023"}, evidence, "indicator.test", 0.8, None),
        Claim(doc, "event", yearly, evidence, "event.test", 0.8, None),
        Claim(doc, "contrast", sides, evidence, "contrast.test", 0.8, None),
        Claim(doc, "cites", cited, evidence, "cites.test", 0.8, None),
        Claim(
            doc, "uses", {"s": Name(f"研究{number % 5}", "Study"), "o": Name("倍差研究法", "Method")}, evidence, "uses.test", 0.8
        ),
        Claim(doc, "holds", {"s": person, "o": Name(f"青禾构想{at % 9}可行", "View")}, evidence, "holds.test", 0.8, None),
    ]


def combinations() -> list[tuple[str, tuple[str, ...]]]:
    """Every question with no parameters but those that it needs, with each beside them, and with all."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, question in SHIPPED.items():
        needed = tuple(parameter for parameter, meaning in question.parameters.items() if "(default" not in meaning)
        further = [parameter for parameter in question.parameters if parameter not in needed]
        chosen = [needed, *((*needed, parameter) for parameter in further), (*needed, *further)]
        found += [(name, parameters) for parameters in dict.fromkeys(chosen)]
    return found


def given(question: str, parameter: str) -> str:
    own = {
        ("sections", "kind"): "总体要求",
        ("timeline", "kind"): "会议",
        ("meetings", "kind"): "会议",
        ("comparison", "other"): "a8",
    }
    return own.get((question, parameter)) or GIVEN[parameter]


@pytest.mark.parametrize(("name", "chosen"), combinations())
def test_a_question_is_answered_soon(name: str, chosen: tuple[str, ...]) -> None:
    question, graph = SHIPPED[name], store()
    query = bind(question, {parameter: given(name, parameter) for parameter in chosen})
    began = time.process_time()
    rows = answer(graph, question, query).rows
    assert time.process_time() - began < SECONDS
    assert rows
