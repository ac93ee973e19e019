"""Every data type that passes between the stages, all immutable. Imports no module of ours.

    Path →read→ Document →annotate→ AnnotatedDocument →extract→ Claim* →resolve→ Fact*

Positions. A document has two texts: `source`, the decoded file, and `text`, the repaired text that
all stages after `read` work on (blocks joined by one line feed). Every position in these types is a code-point offset
into `text`, except in `Evidence`, whose offsets go back to `source` through the document's offset map.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple

BlockKind = Literal[
    "title",
    "metadata",
    "heading",
    "paragraph",
    "list_item",
    "table_row",
    "caption",
    "formula",
    "footnote",
    "reference",
    "foreign",  # an abstract in another language
]
DocumentKind = Literal["article", "paper", "news", "regulation", "plan", "measures", "report", "other", "unknown"]
# What a work is to the others of its file: it transmits the next, hangs on the one before, or explains it.
Role = Literal["work", "notice", "annex", "interpretation"]
Tense = Literal["past", "future"]  # of a section: what was done, what is to be done
# What kinds leave open: finer names for some documents, each a class of the ontology.
DocumentGenre = Literal[
    "communique", "white paper", "speech", "interpretation", "judgment", "standard", "contract", "textbook", "encyclopedia"
]
Precision = Literal["day", "ten days", "month", "quarter", "half-year", "year", "plan period", "range"]
MODEL_RULE = "model."  # what the rule of a claim begins with that a language model read; the name of the model follows
STRETCHES: tuple[Precision, ...] = ("range", "half-year", "plan period")  # months or years that are no unit of the calendar
# How a text says a thing; only what it states is a fact.
Polarity = Literal["stated", "denied", "forbidden", "withheld", "cancelled", "supposed", "asked", "doubted", "called for"]


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Place(NamedTuple):
    """Where something stands in a file that is no plain text: page (from 1) and box of a pdf, path of a docx or html.

    `box` is left, bottom, right, top in points from the lower left corner of the page; `path` is "paragraph 12, run 3" or
    "/html/body/div[2]/p[3]". `ocr` says that the page is a picture whose text was recognised.
    """

    page: int = 0
    box: tuple[float, float, float, float] | None = None
    path: str = ""
    ocr: bool = False

    def __str__(self) -> str:
        return f"page {self.page}{' (OCR)' if self.ocr else ''}" if self.page else self.path


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From `text` to `source`, as runs in which both advance together.

    `text_starts[i]` and `source_starts[i]` open run i; the last run is open-ended.
    """

    text_starts: tuple[int, ...]
    source_starts: tuple[int, ...]

    def to_source(self, offset: int) -> int:
        """Position in `source` of the character at `offset` of `text`."""
        run = bisect_right(self.text_starts, offset) - 1
        return self.source_starts[run] + offset - self.text_starts[run]

    def span_to_source(self, start: int, end: int) -> Span:
        """Stretch of `source` that text[start:end] was made from; start < end."""
        run = bisect_right(self.text_starts, start) - 1
        first = self.source_starts[run] + start - self.text_starts[run]
        if run + 1 == len(self.text_starts) or end <= self.text_starts[run + 1]:
            return Span(first, first + end - start)  # most spans lie within one run
        return Span(first, self.to_source(end - 1) + 1)


class Block(NamedTuple):
    """A heading, paragraph, list item, table row …: text[start:end] of the document.

    `level` is the depth of a heading from 1, 0 for anything else. `parent` is the index of the heading
    block that it stands under, or of the title of its article where several stand in one file, -1 at the top. `marker` is the
    numbering as it stood (一、 （二） 第三条 ①), "" where none; it is part of the text. `cells` are the spans of a table row's
    cells, one for each column; `table` numbers the tables from 1, and `header` tells the row that names the columns.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    parent: int = -1
    marker: str = ""
    cells: tuple[Span, ...] = ()
    table: int = 0
    header: bool = False


class Tie(NamedTuple):
    """A part of the text that belongs to a block: where a mark hung and its footnote, a caption and the first row of its table,
    the paragraph that explains the symbols of a formula."""

    kind: Literal["note", "caption", "explanation"]
    start: int
    end: int  # equal to start for a mark, which is no part of the text
    block: int


class LeftOut(NamedTuple):
    """A stretch of the source that is no part of the document, and why: "page number", "running head", "menu" …"""

    start: int
    end: int
    reason: str


class Vote(NamedTuple):
    """How many votes a name had for being the title, or a kind for being the document's, and the signs that spoke for it."""

    name: str
    votes: int
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One work of a document: a notice, the plan that it transmits, an annex, one of several articles in a file.

    blocks[first:last] of the document are its own. `belongs_to` is the place among the works of the notice that transmits it,
    or of the work that it is an annex to or interprets. The dates are those that a Document has.
    """

    role: Role
    title: str | None
    kind: DocumentKind
    first: int
    last: int
    subtitle: str | None = None
    number: str | None = None
    issuer: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    belongs_to: int | None = None
    genre: DocumentGenre | None = None
    written: str | None = None
    passed: str | None = None
    revised: str | None = None
    published: str | None = None
    effective: str | None = None


class Section(NamedTuple):
    """What stands under a heading, and of what it speaks; what its own words leave open is that of the section around it.

    blocks[first:last] are its own and those of the sections in it, the heading first. `kind` is the IRI of a kind of section,
    None for one of its own topic; `tense` whether it tells what was done or what is to be done; `period` is ISO 8601: a year,
    a quarter or “2021/2025”.
    """

    first: int
    last: int
    kind: str | None = None
    tense: Tense | None = None
    period: str | None = None
    around: int | None = None  # place among the sections of the one that it is part of


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read: its texts, its parts, and what it says of itself."""

    name: str  # file stem; the path below the corpus with "/" as "__" where stems clash
    path: str  # below the corpus folder, with "/"
    media_type: str
    sha256: str  # of the file's bytes
    source: str = field(repr=False)
    text: str = field(repr=False)
    offsets: OffsetMap = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    kind: DocumentKind = "unknown"
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()  # as they stand
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    issuer: str | None = None
    published_in: str | None = None  # the source that a page names: a newspaper, a site
    number: str | None = None  # 文号
    date: str | None = None  # ISO, of issue or publication; None where the document does not say
    written: str | None = None  # 成文日期, ISO
    passed: str | None = None  # 通过日期, ISO: when it was first passed
    revised: str | None = None  # 修订 or 修正, ISO: the latest
    published: str | None = None  # 发布日期 of the page or the gazette, ISO; often later than the rest
    effective: str | None = None  # 施行日期, ISO
    genre: DocumentGenre | None = None  # a finer name than the kind
    works: tuple[Work, ...] = ()  # in order; what stands above refers to the main one
    votes: tuple[Vote, ...] = field(default=(), repr=False)  # on the title, most first
    kind_votes: tuple[Vote, ...] = field(default=(), repr=False)  # on the kind, most first
    encoding: str = "utf-8"
    repairs: Mapping[str, int] = field(default_factory=dict)  # name of a repair → how often
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    ties: tuple[Tie, ...] = field(default=(), repr=False)
    places: tuple[tuple[int, Place], ...] = field(default=(), repr=False)  # from an offset into `source` on; () for text

    def place(self, offset: int) -> Place | None:
        """Where source[offset] stands in the file; None for a file of plain text."""
        at = bisect_right(self.places, offset, key=itemgetter(0)) - 1
        return self.places[at][1] if at >= 0 else None


class Mention(NamedTuple):
    """A name found in the text: of a vocabulary (`term` is its IRI), or by its form."""

    start: int
    end: int
    kind: str  # a vocabulary's kind ("industry", "place", …), "title" for 《…》, "quoted" for “…”, "keyword"
    label: str  # canonical name
    term: str | None = None


class DateMention(NamedTuple):
    """A date as it stands, and its value where it can be known.

    `value` is ISO 8601 to the precision of the text, "2024-01" or "2018/2019" for a range; None where the text
    does not allow it to be resolved.
    """

    start: int
    end: int
    value: str | None
    precision: Precision


class Quantity(NamedTuple):
    """A number with its unit, as it stands: “2.5亿人” has value "2.5" and unit "亿人".

    `bound` is ">" for 2.5亿余人, "~" for 十来人 and 数百人, else "="; `spelled` tells a number in Chinese numerals, `bare` one
    without a unit that is no part of anything.
    """

    start: int
    end: int
    value: str
    unit: str
    bound: str = "="
    spelled: bool = False
    bare: bool = False


class Cue(NamedTuple):
    """A word that signals a property or class of the ontology; `signals` are their local names."""

    start: int
    end: int
    text: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document and what was found in its text; every tuple is in order of position."""

    document: Document
    sentences: tuple[Span, ...] = field(repr=False)
    mentions: tuple[Mention, ...] = field(repr=False)
    dates: tuple[DateMention, ...] = field(repr=False)
    quantities: tuple[Quantity, ...] = field(repr=False)
    cues: tuple[Cue, ...] = field(repr=False)
    words: tuple[Cue, ...] = field(default=(), repr=False)  # of the lexicon; their signals are classes
    short_forms: Mapping[str, str] = field(default_factory=dict)  # 《决定》 → full title, as the document gives it


@dataclass(slots=True, unsafe_hash=True)  # made by the thousand: frozen, each would take four times as long
class Name:
    """What fills a slot of a claim: the name of a thing.

    `text` is the phrase as it stood, `label` the name that a reader would give the thing, `aliases` other
    forms that the document allows, `term` the IRI of the vocabulary entry where there is one, `kind` the local name of the class
    in the ontology (Concept, Industry, Technology, Policy, Event, Place, Body, Person).
    """

    label: str
    kind: str
    text: str = ""
    aliases: tuple[str, ...] = ()
    term: str | None = None


class Attribution(NamedTuple):
    """text[start:end] is what the document says that `holder` said or holds; `how` names the construction that tells so."""

    start: int
    end: int
    holder: Name
    how: str


class Evidence(NamedTuple):
    """Where a claim was read: source[start:end] == quote, always."""

    start: int
    end: int
    quote: str


Slot = Name | tuple[Name, ...] | str | None


class Claim(NamedTuple):
    """One reading of one fact in one place.

    `slots` are named as in claims.jsonl: s and o for a relation of two things; event, date, dateText, precision, venue, agent
    for an event; the rest stands in relations.py. `confidence` is between 0 and 1. `attributed_to` is the one who holds it,
    where that is not the document's author.
    """

    document: str
    relation: str
    slots: Mapping[str, Slot]
    evidence: Evidence
    rule: str
    confidence: float
    facet: str | None = None
    attributed_to: Name | None = None
    planned: bool = False
    definition: str | None = None  # of what `s` names, in the words of the document, where they define it
    polarity: Polarity = "stated"
    reviewed_by: tuple[str, ...] = ()  # who says that it is right, as it stands or as corrected
    made_by: str = ""  # the language model that read it, by the key of its Maker; "" for the rules


class Maker(NamedTuple):
    """A language model that read a document: its name, what its endpoint calls the version, the sha256 of what it was asked."""

    name: str
    version: str
    prompt: str

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits that stand for it."""
        return hashlib.sha256("\x1f".join(self).encode()).hexdigest()[:16]


class Refusal(NamedTuple):
    """What a language model said that is no claim, as JSON, and why."""

    said: str
    reason: str


class Naming(NamedTuple):
    """A name of a thing, why it is one where it is not simply how the thing is spelt, and where it first stands."""

    name: str
    by: tuple[str, ...]
    document: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the graph: its IRI, the classes that it was seen as, its names, and what else helps to find it.

    `found_by` are forms that a document allows in place of its name there: the head of a phrase, a clause about it. `namings`
    are the names that documents give it. `qualifier` tells a thing from its namesakes: an issuer and a year, or a document.
    """

    iri: str
    label: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    term: str | None = None
    found_by: tuple[str, ...] = ()
    namings: tuple[Naming, ...] = ()
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one document, with every claim of it: what claims.jsonl has a row for.

    `entities` names the entity that fills each slot that names a thing (a tuple for venue, which takes several). Facts of
    several documents that say the same have the same direct triples in the graph.
    """

    iri: str
    document: str
    relation: str
    facet: str | None
    entities: Mapping[str, tuple[Entity, ...]]
    values: Mapping[str, str | None]  # date, dateText, precision, and later value, unit …
    claims: tuple[Claim, ...]  # at least one, best first
    key: str = ""  # a digest of what it says, the same in every document

    @property
    def definition(self) -> str | None:
        """What defines its subject, in the words of the surest claim that does."""
        return next((claim.definition for claim in self.claims if claim.definition), None)

    @property
    def found_by(self) -> str:
        """Who read it: "rules", "model" or "both"."""
        by_model = {bool(claim.made_by) for claim in self.claims}
        return "both" if len(by_model) == 2 else "model" if True in by_model else "rules"

    @property
    def reviewed_by(self) -> tuple[str, ...]:
        """Who says of a claim of it that it is right."""
        return tuple(sorted({by for claim in self.claims for by in claim.reviewed_by}))
