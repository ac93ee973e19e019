"""The ledger: names that are one thing, names that many things have, and what a user decides."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.errors import OntologyError, UsageError
from pipeline.ledger.decisions import Decisions, decided, read_name_lines
from pipeline.ledger.forms import read_forms
from pipeline.ledger.joins import is_short
from pipeline.ledger.listing import drawn, merges, near_names
from pipeline.ledger.occasions import Occasion, Telling, identified, keys_of
from pipeline.ledger.things import Ledger
from pipeline.model import Claim, Document, Entity, Fact, Name
from pipeline.resolve import issuer_of, resolve
from pipeline.rows import Table
from pipeline.shares import graph_lines
from pipeline.store import in_memory
from pipeline.terms import DEFAULT_BASE
from tests.samples import claim, concept, document, event, ontology

T = TypeVar("T", bound=Hashable)


def resolved(claims: list[Claim], decisions: Decisions | None = None, **scopes: str) -> list[Fact]:
    return resolve(claims, terms=ontology().terms, forms=ontology().forms, decisions=decisions or Decisions(), scopes=scopes)


def things(names: list[tuple[str, Name]], decisions: Decisions | None = None, **scopes: str) -> list[Entity]:
    """The thing that each name of a document is of."""
    claims = [claim(s=name, o=concept(f"物{at}"), doc=doc) for at, (doc, name) in enumerate(names)]
    by_object = {fact.entities["o"][0].label: fact.entities["s"][0] for fact in resolved(claims, decisions, **scopes)}
    return [by_object[f"物{at}"] for at in range(len(names))]


def graph_of(facts: list[Fact], *documents: Document) -> list[str]:
    return graph_lines(facts, {each.name: each for each in documents}, ontology(), DEFAULT_BASE, "0")


def person(name: str) -> Name:
    return Name(name, "Person")


def body(name: str, *aliases: str) -> Name:
    return Name(name, "Body", aliases=aliases)


def policy(name: str) -> Name:
    return Name(name, "Policy")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("林望川"), person("林望川局长")),
        (person("林望川"), person("青禾市水务局局长林望川")),
        (body("教育部"), body("中华人民共和国教育部")),
        (body("青禾市人民政府"), body("青禾市政府")),
        (body("青禾省第九届人民代表大会常务委员会"), body("青禾省第九届人民代表大会常务委员会第二次会议")),
        (policy("青禾市竹产业振兴方案"), policy("青禾市人民政府关于印发《青禾市竹产业振兴方案》的通知")),
        (policy("青禾省河道管理办法"), policy("青禾省河道管理办法（试行）")),
        (policy("关于加快发展竹产业的实施意见"), policy("青禾市人民政府关于加快发展竹产业的实施意见")),
        (Name("竹编", "Industry"), Name("竹编产业", "Industry")),
        (Name("竹编业", "Industry"), Name("我省竹编业", "Industry")),
        (Name("临川湾", "Place"), Name("临川湾", "Place")),
    ],
)
def test_names_that_are_one_thing(one: Name, other: Name) -> None:
    first, second = things([("a", one), ("b", other)])
    assert first == second
    assert {naming.name for naming in first.namings} == {one.label, other.label}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("林望川"), person("林望山")),
        (person("Miller"), person("Miller")),  # of two documents
        (person("林某"), person("林某")),
        (body("公司"), body("公司")),
        (body("省水利厅"), body("省水利厅")),
        (body("青禾市水务局"), body("青禾县水务局")),
        (policy("2031年政府工作报告"), policy("2031年政府工作报告")),
        (policy("青禾市竹产业振兴方案（2021—2023年）"), policy("青禾市竹产业振兴方案（2024—2026年）")),
        (policy("青禾市竹产业振兴方案"), policy("青禾县竹产业振兴方案")),
        (Name("竹编", "Industry"), Name("竹雕产业", "Industry")),
        (Name("竹编技术", "Indicator"), Name("竹编技术", "Concept")),  # how many, and what
    ],
)
def test_names_that_are_two_things(one: Name, other: Name) -> None:
    first, second = things([("a", one), ("b", other)])
    assert first.iri != second.iri


def test_a_title_without_its_issuer_is_nobodys_where_two_have_it() -> None:
    titles = [
        "关于加快发展竹产业的实施意见",
        "青禾市人民政府关于加快发展竹产业的实施意见",
        "临川市人民政府关于加快发展竹产业的实施意见",
    ]
    found = things([(f"d{at}", policy(title)) for at, title in enumerate(titles)])
    assert len({thing.iri for thing in found}) == 3


def test_a_namesake_is_told_apart_by_issuer_and_year() -> None:
    said = [(doc, policy("2031年政府工作报告")) for doc in "abc"]
    first, second, third = things(said, a="青禾市人民政府，2031", b="青禾市人民政府，2031")
    assert first.iri == second.iri != third.iri
    assert (first.label, first.qualifier) == ("2031年政府工作报告", "青禾市人民政府，2031")
    assert third.qualifier == "c"


def test_whose_a_document_is() -> None:
    given = [
        document("a", issuer="青禾市人民政府", date="2031-03-05"),
        document("b", issuer=None),
        document("c", issuer="甲", date=None),
    ]
    assert [issuer_of(each) for each in given] == ["青禾市人民政府，2031", None, None]


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("绿禾", "绿禾农业集团有限公司", True),
        ("绿禾集团", "绿禾农业集团有限公司", True),
        ("集团有限公司", "绿禾农业集团有限公司", False),  # what it is
        ("农业", "绿禾农业集团有限公司", False),
        ("绿", "绿禾农业集团有限公司", False),
        ("绿禾", "绿禾集团、青禾集团", False),  # one of several
        ("绿禾农业集团有限公司", "绿禾", False),
    ],
)
def test_short_names_of_bodies(short: str, full: str, expected: bool) -> None:
    assert is_short(short, full) is expected


def test_a_short_name_that_one_document_gives_holds_in_others() -> None:
    full, short, other = things([("a", body("绿禾农业集团有限公司", "绿禾")), ("b", body("绿禾")), ("c", body("青禾"))])
    assert full == short != other
    assert "绿禾" in (full.label, *full.aliases)


def test_a_short_name_of_two_bodies_is_neithers() -> None:
    given = [("a", body("绿禾农业集团有限公司", "绿禾")), ("b", body("绿禾林业集团有限公司", "绿禾")), ("c", body("绿禾"))]
    assert len({thing.iri for thing in things(given)}) == 3


def test_a_thing_has_one_of_the_classes_that_exclude_each_other() -> None:
    seen = [("a", person("绿禾社")), ("b", body("绿禾社")), ("c", body("绿禾社")), ("d", concept("绿禾社"))]
    assert things(seen)[0].kinds == ("Body", "Concept")


def test_the_head_of_a_phrase_helps_to_find_it_and_is_no_name_of_it() -> None:
    thing = things([("a", concept("青禾市的重要平台", aliases=("重要平台",)))])[0]
    assert (thing.aliases, thing.found_by) == ((), ("重要平台",))


def test_a_place_is_not_called_as_a_document_calls_its_own() -> None:
    thing = things([("a", Name("青禾市", "Place", aliases=("我市", "全市")))])[0]
    assert (thing.aliases, thing.found_by) == ((), ("全市", "我市"))


EVENTS = [
    ("one name and date", ["竹产业大会", "竹产业大会"], ["2031-03-05", "2031-03-05"], 1),
    ("one told with its month only", ["竹产业大会", "竹产业大会"], ["2031-03-05", "2031-03"], 1),
    ("two years", ["竹产业大会", "竹产业大会"], ["2031", "2032"], 2),
    ("a month that two days are in", ["竹产业大会", "竹产业大会", "竹产业大会"], ["2031-03-05", "2031-03-25", "2031-03"], 3),
    ("with and without its place in the name", ["竹产业大会", "青禾市竹产业大会"], ["2031-03-05", "2031-03-05"], 1),
    ("with and without its place, another day", ["竹产业大会", "青禾市竹产业大会"], ["2031-03-05", "2031-03-06"], 2),
    ("held", ["竹产业工作会议", "召开竹产业工作会议"], ["2031-03-05", "2031-03-05"], 1),
    ("issued", ["青禾市竹业条例发布", "颁布青禾市竹业条例"], ["2031-03-05", "2031-03-05"], 1),
    ("issued and passed", ["青禾市竹业条例发布", "通过青禾市竹业条例"], ["2031-03-05", "2031-03-05"], 2),
    ("a plenum by its short name", ["党的三十届三中全会", "中国共产党第三十届中央委员会第三次全体会议"], ["2061-07", "2061"], 1),
    ("a plenum with no date", ["党的三十届三中全会", "三十届三中全会"], ["2061-07", None], 1),
]


@pytest.mark.parametrize(("names", "dates", "number"), [row[1:] for row in EVENTS], ids=[row[0] for row in EVENTS])
def test_events_that_several_documents_tell(names: list[str], dates: list[str | None], number: int) -> None:
    told = [
        event(name, date, *(() if date else ("青禾市",)), doc=f"d{at}")
        for at, (name, date) in enumerate(zip(names, dates, strict=True))
    ]
    assert len({fact.entities["event"][0].iri for fact in resolved(told)}) == number


def test_a_visit_told_with_fewer_places_is_the_same_visit() -> None:
    told = [
        event("甲市、乙市、丙市考察", "2031-07", "甲市", "乙市", "丙市"),
        event("甲市、乙市考察调研", "2031-07", "甲市", "乙市", doc="b"),
    ]
    other = event("丁市考察", "2031-07", "丁市", doc="c")
    facts = resolved([*told, other])
    assert len({fact.entities["event"][0].iri for fact in facts}) == 2


def test_two_who_act_are_two_events() -> None:
    told = [
        event("竹产业大会", "2031-03-05", agent=body("青禾市人民政府")),
        event("县竹产业大会", "2031-03-05", agent=body("临川县人民政府"), doc="b"),
    ]
    assert len({fact.entities["event"][0].iri for fact in resolved(told)}) == 2


def test_an_undated_mention_of_an_event_is_that_of_its_document() -> None:
    said = [claim("supports", s=Name("竹产业大会", "Event"), o=Name("竹编", "Industry"), doc=doc) for doc in "ab"]
    assert len({fact.entities["s"][0].iri for fact in resolved(said)}) == 2


def test_an_event_that_two_documents_date_has_the_finest_date() -> None:
    told = [event("竹产业大会", "2031-03-05"), event("竹产业大会", "2031-03", doc="b")]
    lines = graph_of(resolved(told), document("a"), document("b"))
    dates = [line for line in lines if "schema.org/startDate" in line and "/event/" in line]
    assert ['"2031-03-05"' in date for date in dates] == [True]


def test_decisions(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("# 名称\n绿禾 = 青禾集团\n竹编 ≠ 竹编产业\n林望川 @ a != 林望川\n", encoding="utf-8")
    told = decided(read_name_lines(file))
    green, blue = things([("a", body("绿禾")), ("b", body("青禾集团"))], told)
    assert green == blue
    assert green.label == "青禾集团"
    plain, trade = things([("a", Name("竹编", "Industry")), ("b", Name("竹编产业", "Industry"))], told)
    assert plain.iri != trade.iri
    here, there, elsewhere = things([(doc, person("林望川")) for doc in "abc"], told)
    assert here.iri != there.iri == elsewhere.iri
    assert (here.label, here.qualifier) == ("林望川", "a")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("绿禾\n", "names.txt:1: is no decision"),
        ("# 甲\n绿禾 =\n", "names.txt:2: is no decision"),
        ("绿禾 = 青禾\n绿禾 ≠ 青禾\n", "are decided to be one thing and two"),
    ],
)
def test_faulty_decisions_are_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "names.txt").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        decided(read_name_lines(tmp_path / "names.txt"))
    with pytest.raises(UsageError, match="cannot be read"):
        decided(read_name_lines(tmp_path / "none.txt"))


FORM = """
[[form]]
name = "short"
of = ["Body"]
match = '(?P<rest>.+)局'
gives = "{rest}"
label_zh = "简称"
label_en = "short"
yes = ["水务局 > 水务"]
no = []
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('of = ["Body"]', "", "short has no of"),
        ("{rest}", "{name}", "gives {name}, which is no group"),
        ("(?P<rest>.+)局", "(?P<rest>.+", "is no regular expression"),
        (".+)局", "%nothing%)局", "%nothing%, which is no class of the lexicon"),
        ("> 水务", "> 水", "makes 水务 of 水务局, not 水"),
        ("no = []", 'no = ["税务局"]', "fits 税务局, which it must not"),
        ("[[form]]", "[[form", "is no valid TOML"),
    ],
)
def test_faulty_forms_are_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    (tmp_path / "names.toml").write_text(FORM, encoding="utf-8")
    assert read_forms(tmp_path, {}).plain("Body", "水务局") == ("水务", ("short",))
    (tmp_path / "names.toml").write_text(FORM.replace(old, new), encoding="utf-8")
    with pytest.raises(OntologyError, match=told):
        read_forms(tmp_path, {})


def test_no_forms_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_forms(tmp_path, {}).plain("Body", "水务局") == ("水务局", ())


def test_the_order_of_claims_changes_nothing() -> None:
    names = [person("林望川"), person("林望川局长"), body("绿禾农业集团有限公司", "绿禾"), body("绿禾"), policy("实施方案")]
    claims = [claim(s=name, o=concept(f"物{at}"), doc=doc) for at, name in enumerate(names) for doc in "abc"]
    claims += [
        event(name, date, doc=doc) for name in ("竹业大会", "县竹业大会") for date in ("2031-03", "2031-03-05") for doc in "ab"
    ]
    expected = resolved(claims)
    for seed in range(5):
        assert resolved(random.Random(seed).sample(claims, len(claims))) == expected


def test_what_the_ledger_lists() -> None:
    said = [
        ("a", person("林望川")),
        ("b", person("林望川局长")),
        ("b", body("青禾市人民政府")),
        ("a", body("青禾市人民政府办公室")),
    ]
    claims = [claim(s=name, o=concept(f"物件{at}"), doc=doc) for at, (doc, name) in enumerate(said)]
    store = in_memory("\n".join(graph_of(resolved(claims), document("a"), document("b"))))
    row = ("林望川", "Person", "林望川局长", "a person with an office behind the name", "b", "节电机组构成")
    assert merges(store).rows == (row,)
    assert merges(store, "林望川局长", "zh").rows == ((*row[:3], "人名后带职务", *row[4:]),)
    assert merges(store, "林望山").rows == ()
    assert ("Body", "青禾市人民政府", "青禾市人民政府办公室") in near_names(store).rows


def test_a_draw_is_the_same_for_the_same_seed() -> None:
    table = Table(("at",), tuple((at,) for at in range(50)))
    assert drawn(table, 5, 1) == drawn(table, 5, 1) != drawn(table, 5, 2)
    assert len(drawn(table, 5, 1).rows) == 5


# ---- names and occasions that share no key may be resolved apart, as a table of them is


def groups(keys: Mapping[T, Iterable[str]]) -> list[list[T]]:
    """The parts of things that share keys, directly or through others."""
    parts: list[tuple[list[T], set[str]]] = []
    for thing, own in keys.items():
        met = [part for part in parts if part[1] & {*own}]
        parts = [part for part in parts if part not in met]
        parts.append(([thing, *chain(*(things for things, _ in met))], {*own}.union(*(keys for _, keys in met))))
    return [things for things, _ in parts]


WORDS = (
    *("绿禾", "青禾市", "云渡市", "水务局", "财政局", "集团", "有限公司", "林望川", "局长", "农业", "中华人民共和国"),
    *("教育部", "林", "女士", "教授", "港口", "大会", "第三次", "全体会议", "人民政府", "省"),
)
NAMED = (
    *(body("绿禾农业集团有限公司", "绿禾集团"), body("绿禾集团"), body("国家发改委"), body("国家发展和改革委员会")),
    *(person("林女士"), policy("实施方案")),
)


def random_name(chance: random.Random) -> Name:
    label = "".join(chance.sample(WORDS, chance.randint(1, 4)))
    kind = chance.choice(["Body", "Body", "Body", "Person", "Place", "Policy", "Concept"])
    shorter = label[0] + "".join(sign for sign in label[1:] if chance.random() < 0.5)
    return Name(label, kind, aliases=(shorter,) if chance.random() < 0.5 else ())


def test_names_that_share_no_key_are_resolved_apart(tmp_path: Path) -> None:
    text = "林女士 @ 甲 ≠ 林女士\n水务局 = 青禾市水务局\n绿禾集团 ≠ 绿禾农业集团\n"
    (tmp_path / "names.txt").write_text(text, encoding="utf-8")
    given = ontology().terms, ontology().forms, decided(read_name_lines(tmp_path / "names.txt"))
    scopes, short, apart = {"甲": "青禾市，2031"}, 0, 0

    def ledger(names: Iterable[Name]) -> Ledger:
        return Ledger(DEFAULT_BASE, given[0], names, given[1], given[2], scopes)

    known = ledger(())
    for seed in range(12):
        chance = random.Random(seed)
        names = [*(random_name(chance) for _ in range(120)), *NAMED]
        whole, parts = ledger(names), groups({name: known.keys(name) for name in names})
        chance.shuffle(parts)
        for some in (list(chain(*parts[at::4])) for at in range(4)):
            own = ledger(some)
            for name in some:
                assert [own.find(name, each) for each in "甲乙"] == [whole.find(name, each) for each in "甲乙"], name
                short += "short name" in whole.find(name, "乙").by
        apart += len(parts)
    assert short > 12
    assert apart > 12 * 20


def test_occasions_that_share_no_key_are_identified_apart() -> None:
    finder, joined, apart = Ledger(DEFAULT_BASE, ontology().terms, (), ontology().forms), 0, 0
    for seed in range(40):
        chance = random.Random(seed)
        occasions = [random_occasion(chance, at) for at in range(60)]
        whole = {id(occasion): (iri, occasion.by) for occasion, iri in identified(occasions, finder)}
        for occasion in occasions:
            occasion.by = ""
        keys = {at: keys_of(occasion, finder) for at, occasion in enumerate(occasions)}
        stand = {key.exact for key in keys.values()}
        parts = groups({at: {key.exact, *key.shared, *(stand & {*key.ends})} for at, key in keys.items()})
        own = {
            id(occasion): (iri, occasion.by)
            for part in parts
            for occasion, iri in identified([occasions[at] for at in part], finder)
        }
        assert own == whole
        joined += sum(bool(by) for _, by in whole.values())
        apart += len(parts)
    assert joined > 40
    assert apart > 40 * 5


def random_occasion(chance: random.Random, at: int) -> Occasion:
    names = ("港口大会", "全国港口大会", "青禾市港口大会", "第三次港口大会", "座谈会", "农业座谈会", "林望川考察", "临澜市考察")
    called = chance.choice(names)
    date = chance.choice([None, "2031", "2031-06", "2031-06-02", "2031-06-03", "2031-06-02/2031-06-04"])
    venues = {f"p{chance.randrange(4)}" for _ in range(chance.randrange(3))}
    agent = chance.choice(["", "", "a", "b"])
    document = f"d{at % 25}"
    return Occasion(document, called, date, venues, [Telling((document, called, date, frozenset(venues)), (), agent, at)])
