"""Every production with its examples, and what a form, a slot and the files of the grammar may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.errors import OntologyError
from pipeline.extract import events
from pipeline.extract.reader import Reader
from pipeline.grammar.fill import filled
from pipeline.grammar.form import DATE, Edge, Slot, Word, parse
from pipeline.grammar.rules import ASKED_FOR, HOLDS, HOLDS_A, SIGNALS, Rule, read_rules, words_of
from pipeline.grammar.slots import SLOTS
from pipeline.lexicon import CLASS, read_lexicon
from pipeline.model import Name, Span
from tests.extracting import annotate, claims_of, made
from tests.samples import ROOT, ontology

RULES = ontology().rules


def facts(rule: Rule, text: str) -> set[str]:
    """What one rule reads in a text: "s > o、o", a string each subject, or "o、o" where the rule has none; objects in the order
    of the text.
    """
    if rule.relation == "event":
        return events_of(rule, text)
    if rule.relation == "defines":
        return definitions_of(rule, text)
    found: dict[str, list[str]] = {}
    for reading in filled(Reader(annotate(text), ontology()), rule.relation):
        if reading.rule == rule and "s" not in reading.slots:
            found.setdefault("", []).extend(o.label for o in reading.slots["o"])
        elif reading.rule == rule:
            for s in reading.slots["s"]:
                found.setdefault(s.label, []).extend(o.label for o in reading.slots["o"])
    return {(f"{s} > " if s else "") + "、".join(dict.fromkeys(of)) for s, of in found.items()}


def events_of(rule: Rule, text: str) -> set[str]:
    """What one rule of events reads: "names | date | venue | agent", those that are told at one time and place in one string."""
    found: dict[str, list[str]] = {}
    for claim in events.claims(Reader(annotate(text), ontology())):
        if claim.rule == rule.name:
            date, places, agent = (claim.slots[name] for name in ("date", "venue", "agent"))
            where = "、".join(place.label for place in places if isinstance(place, Name)) if isinstance(places, tuple) else ""
            at = " | ".join(filter(None, (str(date or ""), where, agent.label if isinstance(agent, Name) else "")))
            event = claim.slots["event"]
            found.setdefault(at, []).append(event.label if isinstance(event, Name) else "")
    return {f"{'、'.join(names)} | {at}" for at, names in found.items()}


def definitions_of(rule: Rule, text: str) -> set[str]:
    """What one rule of defines claims: "facet s > o、o"; objects in the order of the text."""
    found: dict[str, list[str]] = {}
    for claim in claims_of(made(text)):
        if claim.rule == rule.name:
            s, o = claim.slots["s"], claim.slots["o"]
            assert isinstance(s, Name)
            assert isinstance(o, Name)
            found.setdefault(f"{claim.facet} {s.label}", []).append(o.label)
    return {f"{s} > {'、'.join(dict.fromkeys(of))}" for s, of in found.items()}


@pytest.mark.parametrize(("rule", "text", "wanted"), [(rule, *example) for rule in RULES for example in rule.yes])
def test_a_rule_reads_its_examples(rule: Rule, text: str, wanted: str) -> None:
    assert facts(rule, text) == set(wanted.split("；"))


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.no])
def test_a_rule_reads_nothing_else(rule: Rule, text: str) -> None:
    assert not facts(rule, text)


def test_every_class_of_words_is_used() -> None:
    asked = {name for rule in RULES for name in rule.classes() if name[0] != "="}
    assert {*ontology().lexicon} == {*ASKED_FOR, *asked, *SIGNALS}


def test_every_type_of_slot_is_used() -> None:
    assert {kind for rule in RULES for form in rule.forms for kind in form.slots.values()} == SLOTS.keys()


@pytest.mark.parametrize("kind", HOLDS)
def test_a_slot_holds_its_marks(kind: str) -> None:
    marks, least = HOLDS[kind]
    fewer, enough = (marks[0].join(["管道通畅", "河水清澈", "岸线整洁", "道路平坦"][:count]) for count in (least, least + 1))
    texts = [f"把库区建成{fewer}的湖区。", f"把库区建成{enough}的湖区。"]
    found = [SLOTS[kind](Reader(annotate(text), ontology()), Span(5, text.index("的"))) for text in texts]
    assert list(map(len, found)) == [0, least + 1]


@pytest.mark.parametrize(("kind", "name"), HOLDS_A.items())
def test_a_slot_holds_a_word(kind: str, name: str) -> None:
    word = max(ontology().lexicon[name], key=len)
    readers = [Reader(annotate(f"全市渔港大桥{end}。"), ontology()) for end in ("", word)]
    assert [bool(SLOTS[kind](reader, Span(2, reader.text.index("。")))) for reader in readers] == [False, True]


def test_a_list_in_brackets_is_none_of_marks() -> None:
    text = "河和湖的岸（水清、岸绿、景美）的湖区。"
    assert SLOTS["marks"](Reader(annotate(text), ontology()), Span(0, text.rindex("的"))) == ()


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("以 {o:list} <b|a>", [(Word(frozenset({"=以"})), Slot("o", "list"), Word(frozenset({"a", "b"})))]),
        (
            "<@date> 的? {o:x}",
            [(Word(frozenset({DATE})), Word(frozenset({"=的"})), Slot("o", "x")), (Word(frozenset({DATE})), Slot("o", "x"))],
        ),
        ("^ 即 {o:x} $", [(Edge(end=False), Word(frozenset({"=即"})), Slot("o", "x"), Edge(end=True))]),
        (
            "{o:x} 等? <a>",
            [(Slot("o", "x"), Word(frozenset({"=等"})), Word(frozenset({"a"}))), (Slot("o", "x"), Word(frozenset({"a"})))],
        ),
    ],
)
def test_form(form: str, parts: list[tuple[object, ...]]) -> None:
    assert list(parse(form)) == parts


@pytest.mark.parametrize("form", ["{o:x}", "{o:x} {s:y} <a>", "<a", "{o} <a>", "{o:x} 等? {s:y}", "<a> ^", "<a> $ <b>", ""])
def test_no_form(form: str) -> None:
    with pytest.raises(ValueError, match=r"no part|no word|nothing parts"):
        parse(form)


RULE = '[[rule]]\nname = "n"\nform = "{s:last} <a> {o:last}"\nyes = [["x", "y"]]\nno = ["z"]\n'


def rules_of(folder: Path, toml: str, words: str = "有\n") -> tuple[Rule, ...]:
    for name, text in (("lexicon/a.txt", words), ("grammar/includes.toml", toml)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_rules(folder, read_lexicon(folder))


def test_a_rule_is_read(tmp_path: Path) -> None:
    (rule,) = rules_of(tmp_path, RULE)
    assert (rule.name, rule.relation, rule.forms[0].key) == ("includes.n", "includes", 1)
    assert words_of((rule,), read_lexicon(tmp_path)) == {"有": ("a",)}


def test_a_date_is_no_word_of_the_lexicon(tmp_path: Path) -> None:
    (rule,) = rules_of(tmp_path, RULE.replace("{s:last} <a>", "<@date> <a>"))
    assert rule.classes() == {"a"}
    assert words_of((rule,), read_lexicon(tmp_path)) == {"有": ("a",)}


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[rule]", "is no TOML"),
        (RULE.replace("<a>", "<b>"), "no lexicon/b.txt"),
        (RULE.replace("<a>", "<a"), "is no part of a form"),
        (RULE + RULE, "has the name of another rule"),
        (RULE.replace('no = ["z"]', ""), "needs name, form, and examples"),
        (RULE.replace("name =", "nome ="), "nome is none of"),
    ],
)
def test_a_rule_that_is_wrong_is_named(tmp_path: Path, toml: str, told: str) -> None:
    with pytest.raises(OntologyError, match=rf"includes\.toml: .*{told}"):
        rules_of(tmp_path, toml)


def test_a_word_stands_once_in_its_class(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"a\.txt:3: 有 stands in line 1 too"):
        rules_of(tmp_path, RULE, "有\n无 # as it is\n有\n")


def test_a_class_holds_words(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"a\.txt: holds no word"):
        rules_of(tmp_path, RULE, "# 有\n")


ASKS = ("is_word", "ends_in", "holds", "has_word", "word_places", "word_at", "word_before", "without")


def asked_for(source: str) -> set[str]:
    """The classes of the lexicon that a module names: where it asks for a word of one, in forms, or what a word signals."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            texts = (each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant))
            names |= {name for text in texts if isinstance(text, str) for name in CLASS.findall(text)}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS:
            names |= {each.value for each in node.args if isinstance(each, ast.Constant)}
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith(".signals"):
            names |= {node.left.value} if isinstance(node.left, ast.Constant) else set()
    return {name for name in names if isinstance(name, str)}


def test_the_lexicon_has_every_class_that_the_code_asks_for() -> None:
    """One that it has not would hold no word, and nothing would say so."""
    asked = {(name, file.name) for file in (ROOT / "pipeline").glob("**/*.py") for name in asked_for(file.read_text("utf-8"))}
    assert len(asked) > 60
    assert {name for name, _ in asked} - ontology().lexicon.keys() == set()
