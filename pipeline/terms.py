"""IRIs and namespaces, once, and how a triple is written."""

from __future__ import annotations

from pipeline.patterns import lazy

ZM = "https://w3id.org/zhimai#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
DOCO = "http://purl.org/spar/doco/"
CITO = "http://purl.org/spar/cito/"
ORG = "http://www.w3.org/ns/org#"
QUDT = "http://qudt.org/schema/qudt/"
NAMESPACES = {
    "zm": ZM, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "skosxl": SKOSXL, "prov": PROV, "oa": OA, "xsd": XSD,
    "schema": SCHEMA, "dc": DC, "dcterms": DCTERMS, "doco": DOCO, "cito": CITO, "org": ORG, "qudt": QUDT, "vocab": "https://w3id.org/zhimai/vocab/",
}  # fmt: skip

DEFAULT_BASE = "https://w3id.org/zhimai/id/"  # of the data

_FOLDERS = (
    *("entity", "indicator", "event", "observation", "contrast", "work", "name"),
    *("claim", "document", "evidence", "selector", "words", "extraction", "software"),
)


def data_namespaces(base: str) -> dict[str, str]:
    """Prefixes for what lies below a base IRI."""
    return {kind: f"{base}{kind}/" for kind in _FOLDERS}


TYPE, REIFIES = RDF + "type", RDF + "reifies"
LABEL, PREF_LABEL, ALT_LABEL, HIDDEN_LABEL = RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"
NAME, NAMED, NAME_FORM, NAME_REASON = SKOSXL + "Label", SKOSXL + "altLabel", SKOSXL + "literalForm", ZM + "nameReason"
QUALIFIER = ZM + "qualifier"
HAS_MEMBER, SUB_ORGANIZATION_OF = ORG + "hasMember", ORG + "subOrganizationOf"
CONTAINED_IN, AREA_SERVED = SCHEMA + "containedInPlace", SCHEMA + "areaServed"
BROADER, NOTATION, EXACT_MATCH = SKOS + "broader", SKOS + "notation", SKOS + "exactMatch"

EVENT, START_DATE, END_DATE = ZM + "Event", SCHEMA + "startDate", SCHEMA + "endDate"
DATE_TEXT, DATE_PRECISION, LOCATION, AGENT = ZM + "dateText", ZM + "datePrecision", SCHEMA + "location", ZM + "agent"

OBSERVATION, OBSERVATION_OF, INDICATOR = ZM + "Observation", ZM + "observationOf", ZM + "indicator"
VALUE_TEXT, UNIT_TEXT, BOUND, CHANGE = ZM + "valueText", ZM + "unitText", ZM + "bound", ZM + "change"
VALUE, MIN_VALUE, MAX_VALUE, UNIT = SCHEMA + "value", SCHEMA + "minValue", SCHEMA + "maxValue", QUDT + "unit"
CONTRAST, CONTRAST_FIRST, CONTRAST_SECOND = ZM + "Contrast", ZM + "contrastFirst", ZM + "contrastSecond"
CONTRAST_DIMENSION, FIRST_VALUE, SECOND_VALUE = ZM + "contrastDimension", ZM + "firstValue", ZM + "secondValue"
CITED_WORK, CITES, AUTHOR = ZM + "CitedWork", CITO + "cites", SCHEMA + "author"

CLAIM, RELATION, FACET, PREDICATE = ZM + "Claim", ZM + "relation", ZM + "facet", ZM + "claimPredicate"
SUBJECT, SUBJECT_TEXT = ZM + "claimSubject", ZM + "subjectText"
OBJECT, OBJECT_TEXT = ZM + "claimObject", ZM + "objectText"
VENUE, VENUE_TEXT = ZM + "claimVenue", ZM + "venueText"
CLAIM_AGENT, AGENT_TEXT = ZM + "claimAgent", ZM + "agentText"
DATE_VALUE = ZM + "dateValue"
CLAIM_ABOUT, ABOUT_TEXT = ZM + "claimAbout", ZM + "aboutText"
CLAIM_INDICATOR, INDICATOR_TEXT = ZM + "claimIndicator", ZM + "indicatorText"
CLAIM_FIRST, FIRST_TEXT = ZM + "claimFirst", ZM + "firstText"
CLAIM_SECOND, SECOND_TEXT = ZM + "claimSecond", ZM + "secondText"
CLAIM_DIMENSION, DIMENSION_TEXT = ZM + "claimDimension", ZM + "dimensionText"
CLAIM_AUTHOR, AUTHOR_TEXT = ZM + "claimAuthor", ZM + "authorText"
CITED_TITLE, CITED_YEAR, CITED_CONTAINER = ZM + "citedTitle", ZM + "citedYear", ZM + "citedContainer"
RULE, CONFIDENCE, PLANNED, BEST_EVIDENCE = ZM + "rule", ZM + "confidence", ZM + "planned", ZM + "bestEvidence"
REVIEWED_BY = ZM + "reviewedBy"
FURTHER_RULE, DEFINITION, BEST_DEFINITION = ZM + "furtherRule", SKOS + "definition", ZM + "bestDefinition"
QUOTED_FROM, ATTRIBUTED_TO, GENERATED_BY = PROV + "wasQuotedFrom", PROV + "wasAttributedTo", PROV + "wasGeneratedBy"

SPECIFIC_RESOURCE, HAS_SOURCE, HAS_SELECTOR = OA + "SpecificResource", OA + "hasSource", OA + "hasSelector"
POSITION_SELECTOR, QUOTE_SELECTOR = OA + "TextPositionSelector", OA + "TextQuoteSelector"
START, END, EXACT, PREFIX, SUFFIX = OA + "start", OA + "end", OA + "exact", OA + "prefix", OA + "suffix"

DOCUMENT, DOCUMENT_NAME, SOURCE_PATH, SOURCE_SHA = ZM + "Document", ZM + "documentName", ZM + "sourcePath", ZM + "sha256"
MEDIA_TYPE, MEDIA_TYPES = DCTERMS + "format", "https://www.iana.org/assignments/media-types/"
TITLE, ISSUED, IDENTIFIER = DCTERMS + "title", DCTERMS + "issued", DCTERMS + "identifier"
DESCRIPTION, CONFORMS_TO = DCTERMS + "description", DCTERMS + "conformsTo"
PUBLISHER, ISSUER_TEXT, CREATOR, IS_PART_OF = DCTERMS + "publisher", ZM + "issuerText", DC + "creator", DCTERMS + "isPartOf"
SUBTITLE, ABSTRACT, WRITTEN, EFFECTIVE = DCTERMS + "alternative", DCTERMS + "abstract", DCTERMS + "created", DCTERMS + "valid"
PASSED, REVISED, PUBLISHED = DCTERMS + "dateAccepted", DCTERMS + "modified", DCTERMS + "available"
AFFILIATION, KEYWORD, PUBLISHED_IN = ZM + "affiliation", SCHEMA + "keywords", ZM + "publishedIn"
TENSE, PERIOD = ZM + "tense", ZM + "period"
SECTION, ORDER, DEPTH, SECTION_KIND = DOCO + "Section", ZM + "order", ZM + "depth", ZM + "sectionKind"
PLACE, PAGE, BOX, OCR = ZM + "place", ZM + "page", ZM + "box", ZM + "ocr"
DOCUMENT_CLASSES = {
    "article": SCHEMA + "Article",
    "paper": SCHEMA + "ScholarlyArticle",
    "news": SCHEMA + "NewsArticle",
    "regulation": SCHEMA + "Legislation",
    "measures": SCHEMA + "Legislation",
    "plan": ZM + "PlanText",
    "report": SCHEMA + "Report",
}
GENRE_CLASSES = {
    "communique": ZM + "Communique",
    "white paper": ZM + "WhitePaper",
    "speech": ZM + "Speech",
    "interpretation": ZM + "Interpretation",
    "judgment": ZM + "Judgment",
    "standard": ZM + "Standard",
    "contract": ZM + "Contract",
    "textbook": ZM + "Textbook",
    "encyclopedia": ZM + "EncyclopediaEntry",
}

FOUND_BY, MODEL_NAME, MODEL_VERSION, PROMPT_SHA = ZM + "foundBy", ZM + "modelName", ZM + "modelVersion", ZM + "promptSha256"
EXTRACTION, VERSION, ONTOLOGY_SHA = PROV + "Activity", ZM + "version", ZM + "ontologySha256"
USED, SOFTWARE, ASSOCIATED_WITH = PROV + "used", PROV + "SoftwareAgent", PROV + "wasAssociatedWith"


def iri(value: str) -> str:
    """An IRI as N-Triples has it."""
    return f"<{value}>"


_SPECIAL = lazy('[\\\\"\x00-\x1f\x7f\ufffe\uffff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPES = str.maketrans({chr(sign): f"\\u{sign:04X}" for sign in (*range(32), 0x7F, 0xFFFE, 0xFFFF)} | _SHORT)


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """A literal as N-Triples has it and pyoxigraph writes it, of xsd:string where neither datatype nor language is given."""
    tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    escaped = value.translate(_ESCAPES) if _SPECIAL.search(value) else value  # few have any, and the search is quicker
    return f'"{escaped}"{tail}'


def integer(value: int) -> str:
    """An xsd:integer; the narrower types (oa: has nonNegativeInteger) do not survive in the store."""
    return literal(str(value), XSD + "integer")


def triple(subject: str, predicate: str, obj: str) -> str:
    """A line of N-Triples; `subject` and `predicate` are bare IRIs, `obj` is written out."""
    return f"<{subject}> <{predicate}> {obj} ."
