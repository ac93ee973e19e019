"""The page put together: heading, diagram, terms, vocabularies, rules, and example queries with their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rdflib import DCTERMS, OWL, VANN

from pipeline import terms as t
from pipeline.ask import questions
from pipeline.reference.described import Described, Reference, Words, comments, header, read_reference
from pipeline.reference.diagram import anchor, svg
from pipeline.reference.examples import Example, answered, read_examples
from pipeline.reference.markup import STYLE, both, pair, table, tag, text
from pipeline.reference.shapes import shape_rows
from pipeline.schema import names_of, schema, shortened
from pipeline.shown import cell_text
from pipeline.store import Store

_HEADING = (
    (Words("本体", "ontology"), ""),
    (Words("版本", "version"), str(OWL.versionInfo)),
    (Words("版本 IRI", "version IRI"), str(OWL.versionIRI)),
    (Words("首选前缀", "preferred prefix"), str(VANN.preferredNamespacePrefix)),
    (Words("命名空间", "namespace"), str(VANN.preferredNamespaceUri)),
    (Words("许可", "licence"), str(DCTERMS.license)),
)
_SORTS = {
    "class": Words("类", "Classes"),
    "object property": Words("对象属性", "Object properties"),
    "datatype property": Words("数据属性", "Datatype properties"),
    "annotation property": Words("注释属性", "Annotation properties"),
}
_DOCUMENTS = f"SELECT ?name {{ ?document a <{t.DOCUMENT}> ; <{t.DOCUMENT_NAME}> ?name }} ORDER BY ?name"


class _Use(NamedTuple):
    """How often a graph has a term, and an example: a thing of a class, or a subject and an object."""

    number: str
    example: str


class _Section(NamedTuple):
    name: str
    title: Words
    content: str


def page(store: Store, folder: Path) -> str:
    """The page of the ontology in `folder`, with counts, examples and answers of a graph that was built with it.

    Raises OntologyError where a file of the folder is unsound. The same folder and graph give the same bytes.
    """
    reference = read_reference(folder)
    names = names_of(store)
    listed = {row[1]: _Use(str(row[6]), str(row[7])) for row in schema(store).rows}
    uses = {iri: listed.get(shortened(iri, names), _Use("0", "")) for iri in reference.terms}
    sections = [section for section in _sections(store, folder, reference, uses) if section.content]
    contents = (tag("li", tag("a", both(section.title), href=f"#sec-{section.name}")) for section in sections)
    body = [
        tag("header", tag("h1", both(reference.title)), pair(reference.description), _heading(reference)),
        tag("nav", tag("ul", *contents), aria_label="目录 contents"),
        tag("main", *(_section(section) for section in sections)),
    ]
    title = " ".join(filter(None, reference.title)) or reference.iri
    head = (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        tag("title", text(title)),
        tag("style", STYLE),
    )
    html = tag("html", "\n", tag("head", *head), "\n", tag("body", "\n".join(body)), "\n", lang="zh-Hans")
    return f"<!DOCTYPE html>\n{html}\n"


def _sections(store: Store, folder: Path, reference: Reference, uses: Mapping[str, _Use]) -> Iterator[_Section]:
    picture = svg(reference)
    yield _Section("diagram", Words("总图", "Diagram"), tag("div", picture, class_="wide", tabindex="0") if picture else "")
    yield _Section("examples", Words("查询示例", "Example queries"), _examples(store, read_examples(folder)))
    for sort, title in _SORTS.items():
        terms = reference.of(sort)
        content = _index(reference, terms) + "\n".join(_term(term, reference, uses[term.iri]) for term in terms)
        yield _Section(sort.replace(" ", "-"), title, content if terms else "")
    yield _Section("borrowed", Words("借用的术语", "Borrowed terms"), _borrowed(reference, uses))
    yield _Section("namespaces", Words("命名空间", "Namespaces"), _namespaces(reference))
    yield _Section("vocabularies", Words("词表", "Vocabularies"), _vocabularies(reference))
    yield _Section("questions", Words("现成问题", "Named questions"), _questions(folder))
    yield _Section("shapes", Words("形状约束", "Shapes (SHACL)"), _shapes(folder, reference))
    yield _Section("checks", Words("图检查", "Checks"), _checks(folder))
    yield _Section("rules", Words("推理规则", "Rules"), _rules(folder))


def _section(section: _Section) -> str:
    return tag("section", tag("h2", both(section.title)), section.content, id=f"sec-{section.name}") + "\n"


def _heading(reference: Reference) -> str:
    """Version, prefix, licence and the like, as far as said, and how many terms there are."""
    said = {title: reference.heading.get(prop, ()) if prop else (reference.iri,) for title, prop in _HEADING}
    rows = [(both(title), ", ".join(map(_address, values))) for title, values in said.items() if values]
    counts = [f"{len(reference.of(sort))} {both(_lower(title))}" for sort, title in _SORTS.items() if reference.of(sort)]
    return _list([*rows, (both(Words("术语", "terms")), " · ".join(counts))])


def _lower(words: Words) -> Words:
    return Words(words.zh, words.en.lower())


def _list(rows: Iterable[tuple[str, str]]) -> str:
    return tag("dl", *(tag("dt", name) + tag("dd", value) for name, value in rows))


def _address(value: str) -> str:
    """A text, which leads to what it names where it is an address."""
    return tag("a", text(value), href=value) if value.startswith(("http://", "https://")) else text(value)


def _namespaces(reference: Reference) -> str:
    rows = ((tag("code", f"{text(name)}:"), _address(space)) for name, space in sorted(reference.prefixes.items()))
    return table((both(Words("前缀", "prefix")), both(Words("命名空间", "namespace"))), rows)


def _index(reference: Reference, terms: list[Described]) -> str:
    links = (
        tag("li", tag("a", text(term.local), href=f"#{anchor(reference, term.iri)}"))
        for term in sorted(terms, key=lambda term: (term.local.lower(), term.local))
    )
    return tag("ul", *links, class_="index")


def _term(term: Described, reference: Reference, use: _Use) -> str:
    """A term of the ontology's own: what it is called and means, and all that the schema and the graph tell of it."""
    at = anchor(reference, term.iri)
    heading = tag("h3", tag("a", tag("code", text(reference.short(term.iri))), href=f"#{at}"), " ", both(term.label))
    rows = [(both(name), value) for name, value in _told(term, reference, use) if value]
    return tag("section", heading, pair(term.definition), _list(rows), id=at, class_="term")


def _told(term: Described, reference: Reference, use: _Use) -> Iterator[tuple[Words, str]]:
    def linked(iris: Iterable[str]) -> str:
        return "、".join(_link(iri, reference) for iri in iris)

    terms = reference.terms
    ours, others = (tuple(up for up in term.above if (up in terms and terms[up].own) is own) for own in (True, False))
    of_class = term.sort == "class"
    yield Words("IRI", ""), tag("code", text(term.iri))
    yield (Words("上位类", "sub-class of") if of_class else Words("上位属性", "sub-property of")), linked(ours)
    aligned = [linked(others), *(f"{tag('code', text(reference.short(by)))} {linked((to,))}" for by, to in term.aligned)]
    yield Words("对齐", "aligned with"), "、".join(filter(None, aligned))
    yield Words("下位", "has below it"), linked(below.iri for below in reference.below(term.iri))
    yield Words("定义域", "domain"), _demanded(term, reference, lambda term: term.domain)
    yield Words("值域", "range"), _demanded(term, reference, lambda term: term.range)
    yield Words("不相交", "disjoint with"), linked(term.disjoint)
    if of_class:
        leading = [prop.iri for prop in terms.values() if any(term.iri in group for group in prop.domain)]
        yield Words("由它出发", "properties from it"), linked(leading)
        coming = [prop.iri for prop in terms.values() if any(term.iri in group for group in prop.range)]
        yield Words("指向它", "properties to it"), linked(coming)
    for prop, values in term.values.items():
        yield terms[prop].label, _many(values)
    if use.number != "0":
        yield Words("例", "example"), _example(term, reference, use)
        yield Words("图谱中", "in the graph"), f"{int(use.number):,} ×"


_Groups = Callable[[Described], tuple[tuple[str, ...], ...]]


def _demanded(term: Described, reference: Reference, groups_of: _Groups) -> str:
    """What a property demands of its subject or its object; where it says nothing itself, what the nearest above it demands."""
    kin = [term] if term.sort == "class" else [term, *reference.above(term.iri)]
    source = next((one for one in kin if groups_of(one)), term)
    said = "；".join(" ∪ ".join(_link(iri, reference) for iri in group) for group in groups_of(source))
    if source is term:
        return said
    heir = f"（承自 inherited from {tag('code', text(reference.short(source.iri)))}）"
    return f"{said} {tag('span', heir, class_='dim')}"


def _link(iri: str, reference: Reference) -> str:
    """A term by its prefixed name and label, which leads to where the page describes it, or to where it is from."""
    name = tag("code", text(reference.short(iri)))
    if iri not in reference.terms:
        return name
    label = reference.terms[iri].called.zh
    shown = f"{name} {tag('span', text(label), lang='zh-Hans', class_='dim')}" if label else name
    return tag("a", shown, href=f"#{anchor(reference, iri)}")


_FEW = 12  # values that are shown without asking


def _many(values: tuple[str, ...]) -> str:
    """Values in a row, folded up where there are many."""
    shown = text("、".join(values))
    return shown if len(values) <= _FEW else tag("details", tag("summary", f"{len(values)}"), shown)


def _example(term: Described, reference: Reference, use: _Use) -> str:
    name = reference.short(term.iri)
    subject, _, value = use.example.partition(" → ")
    return f"{text(subject)} {tag('code', text(f'a {name}' if term.sort == 'class' else name))} {text(value)}"


def _borrowed(reference: Reference, uses: Mapping[str, _Use]) -> str:
    columns = (Words("术语", "term"), Words("用途", "used for"), Words("其下", "below it"), Words("图谱中", "in the graph"))
    groups: dict[str, list[Described]] = {}
    for sort in _SORTS:
        for term in reference.of(sort, own=False):
            groups.setdefault(sort, []).append(term)
    parts = []
    for sort, terms in groups.items():
        rows = (
            (
                tag("span", tag("code", text(reference.short(term.iri))), id=anchor(reference, term.iri)),
                both(term.note, "p"),
                "、".join(_link(below.iri, reference) for below in reference.below(term.iri)),
                f"{int(uses[term.iri].number):,}" if uses[term.iri].number != "0" else "",
            )
            for term in sorted(terms, key=lambda term: reference.short(term.iri))
        )
        parts.append(tag("h3", both(_SORTS[sort])) + table(map(both, columns), rows))
    return "".join(parts)


def _examples(store: Store, examples: Iterable[Example]) -> str:
    documents = [str(name) for (name,) in store.select(_DOCUMENTS)]
    asked = [_asked(number, example, store) for number, example in enumerate(examples, 1)]
    told = Words(
        f"答案取自下列 {len(documents)} 篇文献的图谱。每个查询可照样运行：zhimai query 文件。",
        f"The answers are those of the graph of these {len(documents)} documents. Each query runs as it is: zhimai query FILE.",
    )
    read = tag("details", tag("summary", f"{len(documents)} {both(Words('篇文献', 'documents'))}"), text("、".join(documents)))
    return pair(told) + read + "\n".join(asked) if asked else ""


def _asked(number: int, example: Example, store: Store) -> str:
    answer = answered(store, example)
    rows = ([text(cell_text(cell)) for cell in row] for row in answer.rows)
    shown = table((tag("code", f"?{text(column)}") for column in answer.columns), rows)
    file = tag("p", tag("code", text(f"ontology/examples/{example.file.name}")), class_="dim")
    query = tag("pre", tag("code", text(example.query)))
    heading = tag("h3", f"{number}. ", both(example.question))
    return tag("section", heading, file, query, shown, id=f"query-{number}", class_="term")


def _questions(folder: Path) -> str:
    if not (folder / "queries").is_dir():
        return ""
    columns = (Words("名称", "name"), Words("问题", "question"), Words("参数", "parameters"), Words("列", "columns"))
    rows = (
        (
            tag("code", text(f"zhimai ask {name}")),
            text(question.text),
            "<br>".join(f"{tag('code', text(key))}: {text(said)}" for key, said in question.parameters.items()),
            text(question.columns),
        )
        for name, question in questions(folder).items()
    )
    return table(map(both, columns), rows)


def _vocabularies(reference: Reference) -> str:
    columns = (Words("词表", "vocabulary"), Words("类与条数", "class, terms"), Words("如", "such as"), Words("来源", "made from"))
    rows = (
        (
            f"{both(one.label)}<br>{tag('code', text(f'vocab/{one.file}'))}<br>{tag('code', text(one.iri), class_='dim')}",
            "<br>".join(f"{_link(kind, reference)} {count:,}" for kind, count in sorted(one.kinds.items())),
            text("、".join(one.names)),
            text("; ".join(one.sources)),
        )
        for one in reference.vocabularies
    )
    return table(map(both, columns), rows) if reference.vocabularies else ""


def _shapes(folder: Path, reference: Reference) -> str:
    if not (folder / "shapes.ttl").is_file():
        return ""
    columns = (
        Words("形状", "shape"),
        Words("对象", "of"),
        Words("路径", "path"),
        Words("约束", "demand"),
        Words("说明", "meaning"),
    )
    rows = []
    before = ""
    for row in shape_rows(folder / "shapes.ttl", reference):
        of = (tag("code", text(row.shape)), tag("code", text(row.target))) if row.shape != before else ("", "")
        rows.append((*of, tag("code", text(row.path)), text(row.demands), both(row.message, "p")))
        before = row.shape
    return table(map(both, columns), rows)


def _checks(folder: Path) -> str:
    columns = (Words("检查", "check"), Words("问题", "problem"), Words("改法", "fix"))
    files = sorted((folder / "checks").glob("*.rq"))
    said = [(file.stem, header(file)) for file in files]
    rows = (
        (tag("code", text(name)), both(Words(told.get("问题", ""), told.get("Problem", "")), "p"), text(told.get("Fix", "")))
        for name, told in said
    )
    return table(map(both, columns), rows) if files else ""


def _rules(folder: Path) -> str:
    files = sorted((folder / "rules").glob("*.rq"))
    rows = ((tag("code", text(file.stem)), "".join(tag("p", text(line)) for line in comments(file))) for file in files)
    return table((both(Words("规则", "rule")), both(Words("推出", "what follows"))), rows) if files else ""
