"""What the graph says of a thing, by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline import terms as t
from pipeline.relations import SHAPES, shape_of
from pipeline.serve.explorer.charts import Chart, charts
from pipeline.serve.explorer.graph import Graph
from pipeline.serve.explorer.lines import Line, Ref, line_of

SHOWN = 50  # lines of a section
_HOLDER = "holder"  # the role of the one who is said to hold what a claim says, whatever its relation
_TOLD = f"""SELECT DISTINCT ?claim ?slot ?relation ?facet ?sure ?when {{ {{ SELECT ?claim ?slot {{ ?claim ?slot <{{iri}}> }} }}
  ?claim <{t.RELATION}> ?relation ; <{t.CONFIDENCE}> ?sure .
  OPTIONAL {{ ?claim <{t.FACET}> ?facet }} OPTIONAL {{ ?claim <{t.DATE_VALUE}>|<{t.PERIOD}> ?when }} }}"""
_OWN = """SELECT ?p ?o (LANG(?o) AS ?language) ?label { <{iri}> ?p ?o
  OPTIONAL { ?o skos:prefLabel ?label FILTER(LANG(?label) != "en") } }"""
_BELOW = f"""SELECT ?p ?x ?label {{ {{ SELECT ?p ?x {{ VALUES ?p {{ <{t.BROADER}> <{t.CONTAINED_IN}> <{t.SUB_ORGANIZATION_OF}>
    <{t.ZM}issuedBy> <{t.ZM}issuedIn> <{t.PUBLISHER}> }} ?x ?p <{{iri}}> FILTER NOT EXISTS {{ ?x a <{t.ZM}Work> }} }} LIMIT 200 }}
  ?x <{t.PREF_LABEL}>|<{t.TITLE}> ?label FILTER(LANG(?label) != "en") }} ORDER BY ?label"""
_REASONS = f"""SELECT ?name ?reason (LANG(?reason) AS ?language) {{ <{{iri}}> <{t.NAMED}> ?n . ?n <{t.NAME_FORM}> ?name ;
  <{t.NAME_REASON}> ?reason }}"""
_LIES = (  # property, key of its heading
    (t.ZM + "issuedBy", "issued_by"),
    (t.ZM + "issuedIn", "issued_in"),
    (t.BROADER, "broader"),
    (t.CONTAINED_IN, "lies_in"),
    (t.SUB_ORGANIZATION_OF, "part_of"),
    (t.AREA_SERVED, "of_place"),
    (t.HAS_MEMBER, "members_of_body"),
)
_HOLDS = {
    t.BROADER: "narrower",
    t.CONTAINED_IN: "holds_places",
    t.SUB_ORGANIZATION_OF: "parts",
    t.ZM + "issuedBy": "issued_policies",
    t.ZM + "issuedIn": "policies_of_place",
    t.PUBLISHER: "issued_documents",
}
# Sections in the order of the page: relation, and the slots that the thing may fill; those of other relations stand behind them.
ORDER: Sequence[tuple[str, tuple[str, ...]]] = (
    ("defines", ("s",)),
    ("includes", ("s",)),
    ("contrast", ()),
    ("event", ()),
    ("indicator", ()),
    ("supports", ("s",)),
    ("supports", ("o",)),
    ("restricts", ("s",)),
    ("restricts", ("o",)),
    ("holds", ()),
    ("uses", ("s",)),
    ("uses", ("o",)),
    ("cites", ()),
    ("defines", ("o",)),
    ("includes", ("o",)),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim that the thing fills a slot of, as far as is needed to choose those that are shown."""

    claim: str
    relation: str
    role: str  # s or o of a pair; "" of what is told around a third thing; _HOLDER of what it is said to hold
    facet: str
    sure: float
    when: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a section that say one thing; or one thing each, in the same words. `others` are what they lead to.

    `lines` are those that are shown with their sentence, `count` is how many there are.
    """

    others: Sequence[Ref]
    lines: Sequence[Line]
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one kind: its key (relation and role), how many facts there are, where all of them are, those shown, by
    facet ("" where there is none) and what they lead to."""

    key: str
    relation: str
    role: str
    total: int
    all_href: str
    facets: Mapping[str, Sequence[Group]]
    charts: Sequence[Chart] = ()

    @property
    def shown(self) -> int:
        """How many facts are shown."""
        return sum(group.count for groups in self.facets.values() for group in groups)

    @property
    def lines(self) -> list[Line]:
        """Those that are shown, one after the other."""
        return [line for groups in self.facets.values() for group in groups for line in group.lines]


@dataclass(frozen=True, slots=True)
class Card:
    """A thing itself: names with why each is one, classes, definition with the line that it is taken from, where it lies."""

    iri: str
    label: str
    kinds: Sequence[str]
    names: Sequence[tuple[str, str]]
    definition: str
    defined: Line | None
    lies: Sequence[tuple[str, Sequence[Ref]]]
    code: str
    policy: Mapping[str, str]


def sections(graph: Graph, iri: str) -> list[Section]:
    """What is said of a thing, at most SHOWN lines of each kind."""
    told: dict[tuple[str, str], dict[str, _Told]] = defaultdict(dict)
    for each in _told(graph, iri):
        told["" if each.role == _HOLDER else each.relation, each.role].setdefault(each.claim, each)
    chosen = {key: _chosen(key[0], list(claims.values())) for key, claims in told.items()}
    rows = graph.rows(list(dict.fromkeys(each.claim for claims in chosen.values() for each in claims)))
    lines = {row["claim"]: line_of(row) for row in rows}
    return [
        _section(key, len(told[key]), [lines[each.claim] for each in chosen[key] if each.claim in lines], iri)
        for key in sorted(told, key=_place)
    ]


def _told(graph: Graph, iri: str) -> Iterator[_Told]:
    for claim, slot, relation, facet, sure, when in graph.select(_TOLD.replace("{iri}", iri)):
        role = _role(str(relation), str(slot))
        if role is not None:
            yield _Told(str(claim), str(relation), role, facet or "", float(sure or 0), when or "")


def _role(relation: str, slot: str) -> str | None:
    """What a property of a claim makes of its object; None for one that fills no slot."""
    if slot == t.ATTRIBUTED_TO:
        return _HOLDER
    if slot == t.SUBJECT and relation in SHAPES:  # what stands for a fact itself
        return ""
    found = next((name for name, filler in shape_of(relation).slots.items() if filler.claim == slot), None)
    return found if found is None or (relation not in SHAPES and relation != "holds") else ""


def _chosen(relation: str, claims: list[_Told]) -> list[_Told]:
    """The claims of a section that are shown: the latest of what has a date, else the surest."""
    if relation in ("event", "indicator"):
        claims.sort(key=lambda each: (bool(each.when), each.when, each.sure, each.claim), reverse=True)
    else:
        claims.sort(key=lambda each: (-each.sure, each.claim))
    return claims[:SHOWN]


def _place(key: tuple[str, str]) -> tuple[int, str, str]:
    relation, role = key
    places = (at for at, (name, roles) in enumerate(ORDER) if name == relation and (not roles or role in roles))
    return (next(places, len(ORDER)) if role != _HOLDER else len(ORDER) + 1), relation, role


def _section(key: tuple[str, str], total: int, lines: list[Line], iri: str) -> Section:
    relation, role = key
    query = {"thing": iri, "role": role, "relation": relation}
    href = "/facts?" + urlencode({name: value for name, value in query.items() if value})
    if relation == "event":
        facets: Mapping[str, Sequence[Group]] = {"": [_group([line], role) for line in lines]}
    else:
        facets = _by_facet(lines, role)
    drawn = charts(lines) if relation == "indicator" else ()
    if relation == "indicator":
        facets = {"": [_group([line], role) for line in sorted(lines, key=lambda line: _figure_order(line, iri))]}
    return Section("_".join(filter(None, key)), relation, role, total, href, facets, drawn)


def _figure_order(line: Line, iri: str) -> tuple[bool, str, str, str]:
    """Figures of the thing itself, then of others; those of one quantity after one another, in order of time."""
    of = line.subject
    return of is None or of.iri != iri, of.label if of else "", str(line.row["indicator"]["label"]), str(line.row["period"] or "")


def _by_facet(lines: Iterable[Line], role: str) -> dict[str, Sequence[Group]]:
    """Lines by facet, those with most first, and in each by what they lead to."""
    found: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        other = _other(line, role)
        found[line.facet][(other.iri or other.label) if other else line.claim].append(line)
    in_order = sorted(found.items(), key=lambda each: (-sum(map(len, each[1].values())), each[0]))
    return {facet: _in_same_words([_group(group, role) for group in groups.values()]) for facet, groups in in_order}


def _group(lines: Sequence[Line], role: str) -> Group:
    other = _other(lines[0], role)
    return Group([other] if other else [], lines, len(lines))


def _in_same_words(groups: Iterable[Group]) -> list[Group]:
    """Groups of one line each that stand in the same words, as one: 由甲、乙、丙构成."""
    found: dict[object, Group] = {}
    for at, group in enumerate(groups):
        line = group.lines[0]
        words = (line.document, line.start, line.end, line.planned, line.details, line.holders)
        key = words if len(group.lines) == 1 else at
        known = found.get(key)
        found[key] = Group([*known.others, *group.others], known.lines, known.count + 1) if known else group
    return list(found.values())


def _other(line: Line, role: str) -> Ref | None:
    return line.subject if role == "o" else line.object


def card(graph: Graph, iri: str, language: str) -> Card:
    """A thing itself."""
    own: dict[str, list[Ref]] = defaultdict(list)
    labels: dict[str, str] = {}
    for predicate, value, spoken, label in graph.select(_OWN.replace("{iri}", iri)):
        if predicate in (t.PREF_LABEL, t.LABEL):
            labels[f"{predicate} {spoken}"] = str(value)
        own[str(predicate)].append(Ref(str(value), label or str(value)))
    definition = own.get(t.DEFINITION, [])
    defined = graph.rows([ref.iri for ref in own.get(t.BEST_DEFINITION, [])][:1])
    return Card(
        iri=iri,
        label=_label(labels, language) or iri,
        kinds=sorted({ref.iri for ref in own.get(t.TYPE, [])}),
        names=_names(graph, iri, own, language),
        definition=definition[0].iri if definition and defined else "",
        defined=line_of(defined[0]) if defined else None,
        lies=[*_lies(own), *_below(graph, iri)],
        code=next((ref.iri for ref in own.get(t.NOTATION, [])), ""),
        policy={"issued": next((ref.iri for ref in own.get(t.ISSUED, [])), "")},
    )


def _label(labels: Mapping[str, str], language: str) -> str:
    order = [f"{term} {tag}" for term in (t.PREF_LABEL, t.LABEL) for tag in (language, "zh", "", "en")]
    order.insert(0, f"{t.LABEL} zh")  # with what tells it from its namesakes
    return next((labels[key] for key in order if key in labels), next(iter(labels.values()), ""))


def _names(graph: Graph, iri: str, own: Mapping[str, Sequence[Ref]], language: str) -> list[tuple[str, str]]:
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason, spoken in graph.select(_REASONS.replace("{iri}", iri)):
        if spoken == language:
            reasons[str(name)].append(str(reason))
    names = dict.fromkeys([*(ref.iri for ref in own.get(t.ALT_LABEL, ())), *reasons])
    return [(name, "；".join(sorted(reasons.get(name, ())))) for name in sorted(names)]


def _lies(own: Mapping[str, Sequence[Ref]]) -> Iterator[tuple[str, Sequence[Ref]]]:
    for predicate, key in _LIES:
        refs = sorted({ref.iri: ref for ref in own.get(predicate, ())}.values(), key=lambda ref: ref.label)
        if refs:
            yield key, refs


def _below(graph: Graph, iri: str) -> Iterator[tuple[str, Sequence[Ref]]]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for predicate, thing, label in graph.select(_BELOW.replace("{iri}", iri)):
        found[str(predicate)].append(Ref(str(thing), str(label)))
    for predicate, key in _HOLDS.items():
        if found.get(predicate):
            yield key, found[predicate]
