"""What is said of what is given, to the byte: each value read, each fault named, in whole sentences.

A line is what was given, " → ", and what came of it: a value, or behind "!" the kind of the error and its message.
`pytest tests/test_golden_said.py --update-golden` writes the files anew.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pipeline.ask import bind, find_question, list_questions, no_answer, no_fact, questions, review, stats, things_called, why
from pipeline.build import build
from pipeline.check import check
from pipeline.errors import ZhimaiError, fault_of_ours, one_line
from pipeline.evaluate import Evaluation, evaluate
from pipeline.export import format_of, write_whole
from pipeline.graph import issued, sentence_around
from pipeline.labels import translated, words
from pipeline.ledger.keys import name_key, slug
from pipeline.ledger.occasions import refined
from pipeline.limited import Limits, _crash, limits_from_settings
from pipeline.merge import _kind_of
from pipeline.model import Claim, Evidence, Name
from pipeline.numerals import integer
from pipeline.ontology import load_ontology
from pipeline.parameters import READERS, read_parameter
from pipeline.periods import date_bounds, plan_periods
from pipeline.renew import some_of
from pipeline.resolve import resolve
from pipeline.rows import Table
from pipeline.schema import schema, shortened
from pipeline.sections import Sections, section_kinds
from pipeline.show import scores as table_of
from pipeline.show import show_fault
from pipeline.shown import as_read, cell_text, csv_cell, harmless, xml_text
from pipeline.sparql import MAX_DEPTH, MAX_LENGTH, check_query, parse_fault
from pipeline.store import in_memory, open_store
from pipeline.terms import FACET, LABEL, literal
from tests.extracting import made
from tests.samples import SOURCE, claim, concept, defines, event, ontology, sample_text
from tests.test_check import REFUSED
from tests.test_contract import EVENT, SCHEMA, SUPPORTS, VESSEL, VOCAB, changed, museum
from tests.test_golden import SAID, agrees
from tests.test_golden_commands import plain
from tests.test_golden_documents import triples

Line = tuple[object, object]
SAYINGS: dict[str, Callable[[Path], Iterable[Line]]] = {}


def saying(function: Callable[[Path], Iterable[Line]]) -> Callable[[Path], Iterable[Line]]:
    SAYINGS[function.__name__.strip("_")] = function
    return function


def came(function: Callable[..., object], *given: Any) -> object:
    """What a function gives, or how it fails."""
    try:
        return function(*given)
    except (ZhimaiError, ValueError, KeyError) as error:
        return f"!{type(error).__name__} {error}"


def lines(function: Callable[..., object], given: Iterable[Any]) -> Iterator[Line]:
    return ((one, came(function, *(one if isinstance(one, tuple) else (one,)))) for one in given)


def each(words: str) -> list[str]:
    return words.split("|")


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_said(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    told = (f"{_plain(given)} → {_plain(said)}".replace(str(tmp_path), "FOLDER") for given, said in SAYINGS[name](tmp_path))
    agrees(f"said/{name}.txt", plain("".join(f"{line}\n" for line in told)), request)


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text.encode("unicode_escape").decode() if not text.isprintable() else text


@saying
def parameters(_: Path) -> Iterator[Line]:
    dates = [
        *each("2024|2024年|2024-1|2024-01|2024/1/5|2024.12.31|2024年1月5日|2024年1月5号|2024年1月份|二〇二四年一月"),
        *each("二○二四年十二月三十一日|二零二四年十月|2024年十一月|2024年二十日|２０２４年|2024年 1月|20241|202401|20240105"),
        *each("2024Q1|2024q4|2024Q5|2024Q0|2024年第三季度|2024年3季|2024年上半年|2024下半年|2024年中半年|2024-13"),
        *each("2024-00|2024-02-30|2024-02-29|2023-02-29|2024-1-0|0000|0001|9999-12-31|abc|24|2024-|2024年年"),
    ]
    numbers = ["0", "1", "1.5", "-1", "１．５", "1,000", "0.99", "1.01", "-0.1", "1.", ".5", "1e3", "", " ", " 0.5 "]
    words = each('day| Month|QUARTER|year|range|week|yes|No|TRUE|false|是|否|对|青禾 "厂"| 青禾\\ ')
    for kind in READERS:
        yield from lines(read_parameter, [("p", kind, value) for value in (*dates, *numbers, *words)])


@saying
def queries(_: Path) -> Iterator[Line]:
    """Lengths and depths just within and just beyond; what would change the graph; calls; escapes."""
    select = "SELECT * { ?s ?p ?o }"
    for name, query in {
        "longest": select + " " * (MAX_LENGTH - len(select)),
        "too long": select + " " * (MAX_LENGTH - len(select) + 1),
        "deepest": "{" * MAX_DEPTH + "}" * MAX_DEPTH,
        "too deep": "(" * (MAX_DEPTH + 1),
        "one after the other": "[] {} () " * MAX_DEPTH,
    }.items():
        yield name, came(check_query, query)
    words = "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH SELECT ASK CONSTRUCT DESCRIBE INSERTS".split()
    heads = ("", "PREFIX a: <http://x.org/> ", "BASE <http://x.org/>\n", "# INSERT\n", "PREFIX a: <x:> PREFIX : <y:> ")
    yield from lines(check_query, [f"{head}{word} {{ ?s ?p ?o }}" for word, head in product(words, heads)])
    yield from lines(check_query, ["", " \n", "# nothing", "insert data {}", "ADD :a TO :b", "SELECT ?insert { ?s ?p 'DELETE' }"])
    service = each("SERVICE|service|trueSERVICE|falseservice|1SERVICE|_SERVICE|:SERVICE|aSERVICE|@SERVICE|-SERVICE")
    yield from lines(check_query, [f"SELECT * {{ ?s ?p ?o {word} <x:y> {{ }} }}" for word in service])
    codes = ["0053", "D7FF", "D800", "DFFF", "E000", "FFFF"], ["00000053", "0010FFFF", "00110000", "0000D800", "0000DFFF"]
    yield from lines(check_query, [f"SELECT * {{ \\u{code}ERVICE <x:y> }}" for code in codes[0]])
    yield from lines(check_query, [f"SELECT * {{ \\U{code}ERVICE <x:y> }}" for code in codes[1]])


@saying
def parsers(_: Path) -> Iterator[Line]:
    query = "SELECT ?a\nWHERE { ?s zm:b ?o .\n  ?s ex.y-1:thing ?o"
    places = ["1:1", "1:8", "2:9", "2:14", "3:6", "3:18", "3:30", "4:1", "9:1"]
    wants = [
        "expected '}'",
        "expected one of a, b, c",
        "expected one of " + ", ".join("abcdefgh"),
        "expected one of " + ", ".join("abcdefghi"),
    ]
    wants += ["expected [a-z]", "Prefix not found", "no reason"]
    yield from lines(parse_fault, [(query, f"error at {place}: {want}") for place, want in product(places, wants)])
    yield from lines(parse_fault, [(query, "something else"), ("", "error at 1:1: expected a")])


@saying
def crashes(_: Path) -> Iterator[Line]:
    said = ["", "no\nreason", "MemoryError: it", "thread has overflowed its stack", "out of Memory\n\n", "last\nline \n"]
    yield from lines(_crash, product((-11, 1, -9), said, (None, Limits(5, 300))))


@saying
def limits(_: Path) -> Iterator[Line]:
    yield "default", Limits()
    with pytest.MonkeyPatch.context() as patch:
        for value in ("", "0", "-1", "0.5", "1", "999999999", "1e9", "1e10", "nan", "inf", "soon", " 7 "):
            patch.setenv("ZHIMAI_QUERY_TIMEOUT", value)
            yield f"seconds {value}", came(limits_from_settings)
            patch.setenv("ZHIMAI_QUERY_TIMEOUT", "3")
            patch.setenv("ZHIMAI_QUERY_MEMORY", value)
            yield f"megabytes {value}", came(limits_from_settings)
            patch.delenv("ZHIMAI_QUERY_MEMORY")
        yield "given", came(limits_from_settings, 0.25)


NAMES = [
    *each(
        "青禾工厂| 青禾 工厂 |“青禾”《工厂》|青禾的工厂|青的工厂|目的地产业|要素的创新性配置|ＡＢＣ工厂|「青」‘禾’〈厂〉|abc DEF"
    ),
    *(
        "甲",
        "",
        " ",
        "-",
        "—甲",
        ".甲",
        "甲.乙（丙）",
        "甲/乙",
        "甲:乙",
        "甲" * 29,
        "甲" * 30,
        "甲" * 31,
        "甲_1",
        "（甲）",
        "甲，乙、丙·丁",
        "甲;乙",
        "·",
    ),
]


@saying
def names(_: Path) -> Iterator[Line]:
    yield from lines(name_key, NAMES)
    yield from lines(slug, NAMES)
    dates = [
        "2024",
        "2024-01",
        "2024-01-31",
        "2024-01/2024-03",
        "2024-01-02/2024-01-05",
        "2023-12/2024-01",
        "2018/2019",
        "2024-01-01/2024-12-31",
    ]
    yield from lines(refined, dates)
    odd = each("0000|0000-01|0001-01-01|2024-13|2024-12|2024-00|2024-02-29|2023-02-29|2024-01-00|2024-01-31|2024-01-32")
    yield from lines(date_bounds, [*dates, *odd, "", "/", "2024/", "/2024", "2024/2023", "2024-1", "今年", "2024-01-01T00:00"])
    yield from lines(issued, [*dates, *odd, "2024-1"])
    yield from lines(literal, [("a",), ('"\\\n\r\t',), ("a", "x:y"), ("a", "", "zh"), ("a", "x:y", "zh")])


@saying
def texts(_: Path) -> Iterator[Line]:
    marked = [
        *each(
            "一行\n二行|one \n two|one,\ntwo|一 \n\n 二|a \r\n b|甲\u2028乙\x85丙\u2029 丁|# 题|#题|  - 条|    - 条|> 引|"
            "####### 七"
        ),
        *each("* 条 *|+ 条|![图](a.png)|[文](b.html)|[文](b c)|注[^1]|注[^ 1]|**粗**|~~删~~|__下__|__ 下__|*斜*|3*4*5|**|* 空*"),
        *(
            "`码`",
            "``码``",
            "`",
            "甲\x1b[31m乙",
            "\x00\x07\x08\t\x0b\x0c\r\x0e\x1f\x7f\x80\x9f",
            "\u202a\u202e\u2066\u2069\u206a",
            "\ufffe\uffff\ufffd\ud800",
        ),
    ]
    cells = [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\ta",
        "＝a",
        "＋1",
        "－1",
        "＠b",
        "+1,000.5",
        "-2.5e+3%",
        "-5‰",
        "-甲",
        "1=2",
        "",
        None,
        True,
        False,
        1,
        -1,
        2.5,
        -0.5,
    ]
    for read in (as_read, harmless, xml_text):
        yield from lines(read, marked)
    for cell in (cell_text, csv_cell):
        yield from lines(cell, [*marked, *cells])
    yield from lines(one_line, [*marked, "a" * 500, "句。" * 300])
    sentences = "甲乙。丙丁！戊己？庚辛；壬癸;子丑!寅卯?辰巳\n午未" + "长" * 130 + "。"
    yield from lines(
        sentence_around,
        [
            (sentences, start, end)
            for start, end in ((0, 1), (0, 3), (3, 5), (4, 7), (9, 10), (30, 31), (87, 88), (88, 90), (150, 160))
        ],
    )
    yield from lines(shortened, [(iri, {"a": "x:a#", "ab": "x:a#b", "c": "x:c/"}) for iri in ("x:a#b1", "x:a#c", "x:c/", "x:d")])
    yield from lines(
        integer,
        each("12|１２|廿三|卅|卅一|二百零五|三千四百五十六|十|十二|一百|二O二四|二○二四|两|元|初五|初|廿|零|甲||1〇2"),
    )


@saying
def headings(_: Path) -> Iterator[Line]:
    """Kind, tense and period of a section by its heading, by its first sentence, and in one around it; for three dates."""
    said = [
        *each(
            "2030年工作回顾|2031年重点任务|工作回顾|重点任务|总体要求|过去五年|过去的五年工作|近3年|这十年|五年来|十五年来|5年来"
        ),
        *each(
            "今后五年|未来3年的打算|“十四五”规划|十五五时期|到2035年的目标|至2032年|2030年第一季度|2029年和2030年|2029—2030年|2030年3月"
        ),
        *each("取得的成效和下一步打算|成效|存在问题|保障措施|渔港|附则|指导思想|2031年|2032年|2030年|（2029年）|“2029年工作"),
    ]
    openings = each(
        "|2030年，渔港建成。|（2029年渔港|今年以来，渔港|到2035年，渔港|过去五年，渔港|“十四五”时期，渔港|渔港在“十四五”时期|重点任务如下。"
    )
    kinds, plans = section_kinds(ontology().terms), plan_periods(ontology().terms)
    for date in ("2031-01-15", "2030", None):
        for heading, opening in [
            *((h, "") for h in said),
            *(("渔港", o) for o in openings),
            *(("工作回顾", o) for o in openings),
        ]:
            document = made(f"#{heading}\n{opening}\n渔港。", date=date)
            yield f"{date} {heading} {opening}", [tuple(section) for section in Sections(document, kinds, plans).all]
    for outer, inner in product(("2030年工作回顾", "2031年重点任务", "渔港"), ("2031年打算", "2029年成效", "渔船", "下一步打算")):
        flat = made(f"#{outer}\n#{inner}\n渔。", date="2031-01-15")
        nested = replace(
            flat, blocks=(flat.blocks[0], flat.blocks[1]._replace(parent=0, level=2), flat.blocks[2]._replace(parent=1))
        )
        yield f"{outer} {inner}", [tuple(section) for section in Sections(nested, kinds, plans).all]


@saying
def questions_asked(folder: Path) -> Iterator[Line]:
    shipped, store = questions(ontology().folder), in_memory(sample_text())
    yield "list", list_questions(shipped).rows
    yield from ((name, came(find_question, name, shipped)) for name in ("element", "supporter", "zzz", "Evidence"))
    for name in each("青禾工厂| 青禾 工厂|青禾|青禾厂|工|zzz|| |http://x.org/a|https://x.org/a b|https://x.org/<a>|苏州"):
        yield name, came(things_called, store, name)
    given: list[dict[str, str]] = [
        {},
        {"concept": "青禾"},
        {"concept": "zzz"},
        {"concept": "青禾工厂", "facet": "goal"},
        {"concept": " 青禾工厂 "},
    ]
    yield from ((values, came(no_answer, store, shipped["elements"], values)) for values in given)
    yield from (
        (relation, came(no_fact, store, relation)) for relation in (None, "defines", "element", "elements", "zzz", "goal")
    )
    wrong: list[dict[str, str]] = [{"size": "1"}, {"least": "2"}, {"least": ""}, {"concept": "甲", "least": "0.5"}]
    yield from ((values, came(bind, shipped["supports"], values)) for values in wrong)
    for text in (
        "# question: 甲\n# param a (name): 乙\n# columns: x, y\nSELECT ?x { ?x ?y $a }",
        "# question: 甲\n# param a: 乙\n# if a\nSELECT * {}\n# end\n# end",
        "# param a (nothing): 乙",
        "# if b\n# end",
        "# param a: 乙\n# if a\n# if a",
        "#question :  甲  \n#  param b(number)  : 数\n#columns:x\n  #  if b \nX\n#end\nY",
    ):
        file = folder / "queries" / "ask.rq"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        yield text, came(questions, folder)
    yield "none", came(questions, folder / "nowhere")


@saying
def facts_told(_: Path) -> Iterator[Line]:
    """What `why`, `review`, `stats` and `schema` give of the graph of a whole document."""
    store = in_memory(triples())
    asked: list[tuple[list[str], str | None, float]] = [
        *(
            (["冷链"], None, 0.0),
            (["冷链", "冷库"], None, 0.0),
            (["冷藏链"], "defines", 0.0),
            (["冷链"], "basis", 0.0),
            (["冷链"], "hasBasis", 0.0),
        ),
        *(
            (["冷链"], "hasGoal", 0.9),
            (["冷链"], None, 0.91),
            (["李望山"], None, 0.0),
            (["苏州市"], None, 0.0),
            (["云渡市商务局"], "event", 0.0),
        ),
    ]
    for names_, relation, least in asked:
        yield (names_, relation, least), [(row["rule"], row["claim"], row["page"]) for row in why(store, names_, relation, least)]
    for number, seed in product((1, 3, 100), (0, 1)):
        yield (number, seed), [row["rule"] for row in review(store, number, seed, least=0.6)]
    yield from (("stats", row) for row in stats(store).rows)
    yield from (("schema", row) for row in schema(store).rows)


@saying
def gate(_: Path) -> Iterator[Line]:
    """Each fact that is refused, with its whole reason, and those just within."""
    held = [claim for claim, _ in REFUSED]
    more = [
        *(
            defines("青禾工厂", "链" * 200),
            defines("青禾工厂", "链", quote="青禾工厂由“链长”和节电机组构成"),
            defines("青禾工厂", "长2"),
        ),
        *(
            event("大会", "2024-05-05/2024-05-04"),
            event("大会", "2024-05/2024-05"),
            event("大会", "2024"),
            event("大会", None, "苏州市"),
        ),
        *(event("大会", "2024", agent=Name("甲乙", kind)) for kind in sorted(ontology().classes)),
        claim("event", event=None, date="2024"),
        claim("event", event=Name("大会", "Event"), date="2024", venue=(Name("链长", "Concept"),)),
        defines("青禾工厂", "链长", attributed_to=Name(" ", "Person")),
        claim("restricts", s=Name("条例", "Policy"), o=Name("水泥", "Industry")),
        claim("includes", s=concept("青禾工厂"), o=Name("研究者", "Person")),
        claim("defines", s=Name("苏州市", "Place"), o=concept("链长")),
        claim(s=None, o=concept("链长")),
        defines("青禾工厂", "链长", quote="青禾", confidence=0.5),
    ]
    quotes = each(
        '省、市、县、乡四级|省市两级|由“链”构成|由「链」构成|由《链》构成|由"链"构成|由‘链’构成|链、市二级|以链和市八级|中链、市三级'
    )
    more += [
        defines("青禾工厂", name)._replace(evidence=Evidence(0, len(quote), quote))
        for quote, name in product(quotes, ("链", "市"))
    ]
    for least in (0.0, 0.5, 0.81):
        for one in (*held, *more):
            accepted, rejected = check(resolve([one]), ontology(), {"b": SOURCE}, least)
            yield _shortly(one), "accepted" if accepted else rejected[0].reason
    moved = defines("青禾工厂", "链长")
    for start, end, quote in ((0, 4, "青禾工厂"), (0, 4, "青禾工长"), (1, 5, "青禾工厂"), (0, 0, ""), (4, 4, "厂"), (5, 4, "厂")):
        said = moved._replace(evidence=Evidence(start, end, quote))
        yield (start, end, quote), [one.reason for one in check(resolve([said]), ontology(), {"a": SOURCE})[1]]


def _shortly(one: Claim) -> str:
    filled = ((slot, getattr(value, "label", value)) for slot, value in one.slots.items())
    return " ".join(f"{slot}={str(value)[:20]}" for slot, value in filled) + f" “{one.evidence.quote}”"


@saying
def folders(folder: Path) -> Iterator[Line]:
    """An ontology folder that holds everything that is of no use, and folders that do not hold together."""
    useless = museum(
        folder / "useless",
        changed('zm:facet "motif"', 'zm:facets "motif"')
        + 'm:Bronze zm:verbCue "出土", "铸造", "锈蚀", "修复" .\n'
        + 'm:bare a owl:ObjectProperty ; rdfs:subPropertyOf zm:defines ; zm:facet "bare" ; rdfs:label "无"@zh, "bare"@en .\n'
        + 'm:Loose a owl:Class ; rdfs:label "散"@zh, "loose"@en .\n',
        vocab=VESSEL
        + ' skos:altLabel "尊器", "器"@zh, "vase"@en ; skos:broader t:器 .\nt:散件 a m:Loose ; skos:prefLabel "散件"@zh .\n',
    )
    for path in each(
        "more.ttl|shapes.ttl.bak|old.OWL|vocab/list.skos|vocab/x.rq|rules/x.rq|deep/er/x.ttl|notes.txt|grammar/links.toml"
    ):
        file = useless / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    (useless / "lexicon").mkdir(exist_ok=True)
    (useless / "lexicon" / "unused.txt").write_text("无用\n", encoding="utf-8")
    known = came(load_ontology, useless)
    yield from ((file, told) for file, told in enumerate(getattr(known, "unused", (known,))))
    faulty = [
        SCHEMA + EVENT,
        SCHEMA + SUPPORTS,
        SCHEMA + EVENT + SUPPORTS,
        SCHEMA.replace("zm:Concept", "m:Idea"),
        SCHEMA.split("zm:defines a", maxsplit=1)[0],
        changed("    rdfs:subPropertyOf zm:defines ;\n", ""),
        changed("rdfs:domain m:Artifact", "rdfs:domain [ owl:onProperty m:x ]"),
        SCHEMA + "zm:defines rdfs:subPropertyOf m:hasMotif .",
        SCHEMA + "m:Artifact rdfs:subClassOf m:Bronze .",
        SCHEMA + '<https://other.example/Bronze> a owl:Class ; rdfs:label "铜"@zh, "copper"@en .',
        SCHEMA + 'm:Vessel a owl:Class ; rdfs:label "青铜器"@zh, "vessel"@en .',
        SCHEMA
        + 'm:shows a owl:ObjectProperty ; rdfs:subPropertyOf zm:defines ; zm:facet "motif" ; rdfs:label "示"@zh, "shows"@en .',
        SCHEMA + 'm:Motif zm:facet "pattern" .',
        SCHEMA + "m:Motif rdfs:subClassOf zm:Gone .",
        SCHEMA + "m:hasMotif rdfs:range zm:Gone .",
        SCHEMA + "m:hasMotif rdfs:subPropertyOf zm:gone .",
        SCHEMA + "zm:A a owl:Class .",
        SCHEMA + 'zm:A a owl:Class ; rdfs:label "甲"@zh .',
        SCHEMA + '<x:a#A> a owl:Class ; rdfs:label "甲"@zh .',
    ]
    for at, text in enumerate(faulty):
        yield text.removeprefix(SCHEMA)[:80].replace("\n", " "), came(_loaded, museum(folder / f"{at}", text))
    for at, text in enumerate(
        (
            VESSEL + "t:乙 a m:Bronze .",
            VESSEL + 't:乙 skos:prefLabel "乙"@zh .',
            VOCAB + 't:丙 a m:Bronze ; skos:prefLabel "雷纹"@zh .',
        )
    ):
        yield text[-40:].replace("\n", " "), came(_loaded, museum(folder / f"vocab{at}", vocab=text))


def _loaded(folder: Path) -> object:
    known = load_ontology(folder)
    return sorted(known.classes), sorted(known.properties), known.families()


@saying
def cells(_: Path) -> Iterator[Line]:
    """What a table has of each sort of term; what a query says that is no table; which words are in Chinese where."""
    store = in_memory(sample_text())
    kinds = (
        "integer int long short byte nonNegativeInteger positiveInteger decimal double float boolean date string gYear".split()
    )
    values = ["1", "-2", "1.50", "1e3", "INF", "NaN", "true", "false", "0", "x", "2024-01-01"]
    for kind, value in product(kinds, values):
        yield f"{value} {kind}", came(store.answer, f'SELECT ("{value}"^^xsd:{kind} AS ?v) {{}}')
    for query in (
        *(
            "SELECT ?a ?b {} ",
            'SELECT ("a"@zh AS ?v) {}',
            "SELECT (BNODE() AS ?v) { FILTER(false) }",
            "ASK { ?s ?p ?o }",
            "ASK { ?s zm:no ?o }",
        ),
        *(
            "CONSTRUCT { ?s zm:x ?o } WHERE { ?s zm:hasElement ?o }",
            "DESCRIBE <x:none>",
            "SELECT (1/0 AS ?v) {}",
            "SELECT * { ?s ?p }",
            "x",
        ),
        *(
            "SELECT (SUM(?o) AS ?v) { ?s zm:confidence ?o }",
            "SELECT * { ?s zm:rule ?o FILTER(REGEX(?o, '[')) }",
            "SELECT ?x { ?s a:b ?x }",
        ),
    ):
        yield query, came(store.answer, query)
    labels = (f'<{term.iri}> <{LABEL}> "{term.label_zh}"@zh .' for term in ontology().classes.values())
    facets = (
        f'<{prop.iri}> <{FACET}> "{facet}" .\n<{prop.iri}> <{LABEL}> "{prop.label_zh}"@zh .'
        for facet, prop in ontology().facets().items()
    )
    known = in_memory("\n".join((*labels, *facets)))
    for language, locales in product(
        (None, "zh", "en"), ({}, {"LANG": "zh_CN"}, {"LC_ALL": "C", "LANG": "zh_CN"}, {"LC_MESSAGES": "zh_TW"})
    ):
        for terminal in (False, True):
            with pytest.MonkeyPatch.context() as patch:
                for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
                    patch.setenv(name, locales.get(name, ""))
                patch.setattr("sys.stdout.isatty", lambda terminal=terminal: terminal)
                yield (language, locales, terminal), sorted(words(known, language).items())
    table = Table(
        ("what", "name", "kind", "count"),
        (("rules", "defines", "goal", 1), ("claims", "goal", None, 2), ("documents", "goal", "goal", 3)),
    )
    yield "translated", translated(table, {"goal": "目标", "defines": "界定", "2": "二"}).rows
    yield "untranslated", translated(table, {}).rows


@saying
def reasons(folder: Path) -> Iterator[Line]:
    """How reasons are counted, what is said of failures, of a fault of ours, and of a folder that cannot take a graph."""
    told = [
        *(
            "o: “12” is no name, only figures or punctuation",
            "s: supports takes Initiator, and “甲” is Place",
            "“甲” hasElement itself",
        ),
        *(
            "neither date nor venue",
            "date: 2024-13 is not in the calendar",
            "confidence below 0.5",
            "o: nothing fills it",
            "o: “链” is a single character",
        ),
    ]
    yield from lines(_kind_of, told)
    for number in range(5):
        yield number, some_of({f"{at}.txt": "is empty" for at in range(number)})
    yield "fault", fault_of_ours(KeyError("甲"))
    (folder / "file").write_text("甲", encoding="utf-8")
    full = folder / "full"
    full.mkdir()
    (full / "graph.ttl").write_text("", encoding="utf-8")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("海洋牧场以种苗为基础。", encoding="utf-8")
    for corpus, out in (
        (docs, folder / "file"),
        (docs, docs),
        (docs, full),
        (folder / "none", folder / "o"),
        (full, folder / "o"),
    ):
        yield (corpus.name, out.name), came(lambda *given: build(*given, ontology=ontology().folder), corpus, out)
    for out in (folder / "none", full, folder / "file"):
        yield out.name, came(open_store, out)
    for name in ("a.csv", "a.TTL", "a.rdf", "a.xml", "a.json", "a.jsonld", "a.graphml", "a", "a.docx", "a.nq"):
        yield name, came(format_of, Path(name))
    yield "none", came(format_of, None)
    yield "written", came(write_whole, folder / "none" / "a.csv", b"")


@saying
def scores(_: Path) -> Iterator[Line]:
    """Rows of every relation drawn at random, some wanted, some found: all figures and faults, with `fair` and without."""
    drawn = random.Random("scores").random

    def one(of: Iterable[Any]) -> Any:
        choices = list(of)
        return choices[int(drawn() * len(choices))]

    def row(rel: str, *, wanted: bool) -> dict[str, Any]:
        def name(*of: str) -> Any:
            label = one(of)
            return (
                [label, label + "群"]
                if wanted
                else {"label": label, "text": one((label, "别的")), "aliases": one(([], ["旧称"], None))}
            )

        things = ("绿色工厂", "节能设备", "节能 设备群", "链长", "《风电》", "大型高效节能设备", "旧称")
        slots: dict[str, Any] = {"doc": one("abc"), "rel": rel}
        if rel == "event":
            dates = ("2024-03-05", "2024-03", "2024", "2023", None)
            slots |= {
                "event": name("工厂推进会", "推进工厂会", "大会"),
                "date": one(dates),
                "venue": one(([], [["苏州市", "苏州"]] if wanted else [{"label": "苏州"}])),
            }
        elif rel == "indicator":
            slots |= {
                "s": name("甲市", "乙市"),
                "indicator": name("用电量", "电量"),
                "value": one(("1,200", "1200.0", "-5")),
                "unit": one(("亿元", "亿元人民币", None)),
            }
        elif rel == "cites":
            slots |= {
                "authors": one((["张三"], ["李四", "张三"], None)),
                "year": one(("2020", 2020, "2021")),
                "title": one((["储能研究"], ["储能研究论"], None)),
            }
        elif rel == "contrast":
            slots |= {
                "dimension": name("动力", "动力源"),
                "value_a": [one(("燃煤", "风电"))],
                "value_b": [one(("风电", "燃煤", "光伏"))],
            }
        else:
            slots |= {"s": name(*things), "o": name(*things)}
        if rel in ("defines", "includes"):
            slots["facet"] = one(("element", "feature", "goal")) if rel == "defines" else None
        if wanted:
            return slots | ({"optional": True} if drawn() < 0.15 else {})
        sure = one((None, 0.95, 0.9, 0.89, 0.8, 0.75, 0.6, 0.5, 0.49, 0.0))
        known = {} if sure is None else {"rule": f"{rel}.{one('xyz')}", "confidence": sure}
        return slots | known | ({"further_rules": ["r"]} if drawn() < 0.1 else {})

    relations = ("defines", "includes", "event", "supports", "indicator", "cites", "contrast", "holds")
    for trial in range(6):
        gold = [row(one(relations), wanted=True) for _ in range(120)]
        found = [row(one(relations), wanted=False) for _ in range(150)]
        if trial % 2:
            gold += [
                {"doc": "a", "rel": "_kinds", "kinds": ["defines", "event"]},
                {"doc": "d", "rel": "_kinds", "kinds": ["supports"]},
            ]
        for fair in (False, True):
            result = evaluate([f for f in found if "confidence" in f or f["rel"] == "cites"], gold, fair=fair)
            yield from ((f"{trial} {fair} {name}", value) for name, value in _figures(result))
            yield from ((f"{trial} {fair}", row) for row in table_of(result).rows)
            shown = io.StringIO()
            with redirect_stdout(shown):
                for fault in result.first_faults(3):
                    show_fault(fault)
            yield from ((f"{trial} {fair}", line) for line in shown.getvalue().split("\n"))


def _figures(result: Evaluation) -> Iterator[Line]:
    for name in ("relations", "facets", "rules", "bands"):
        for key, score in getattr(result, name).items():
            told = (round(figure, 4) for figure in (*score, score.precision, score.recall, score.f1, score.confidence))
            yield f"{name} {key}", list(told)
    yield (
        "shares",
        {relation: {key: round(value, 4) for key, value in shares.items()} for relation, shares in result.shares.items()},
    )
    yield "headline", round(result.headline_f1, 4)
    yield (
        "faults",
        [
            (fault.relation, fault.kind, fault.row["doc"], str(fault.row.get("s") or fault.row.get("event"))[:30])
            for fault in result.first_faults(2)
        ],
    )


def test_every_saying_has_its_file() -> None:
    assert set(SAYINGS) == SAID
