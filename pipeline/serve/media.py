"""Media types, and which of them a request wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus

from pipeline.serve.asking import RefusedError

ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
FORMS = {  # of graphs, by their names in pipeline.store.FORMATS
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
GRAPHS = tuple(FORMS)
OF_QUERIES = (*ROWS, *GRAPHS, "application/json", "application/xml", "text/xml")  # the last are other names of these
HTML = "text/html"


def ranked(accept: str | None, offered: Sequence[str]) -> list[str]:
    """What an Accept header takes of media types, the most wanted first, of equals as they are offered. RefusedError for none."""
    wanted = dict(_ranges(accept or "*/*"))
    quality = {kind: _quality(kind, wanted) for kind in offered}
    taken = sorted((kind for kind in offered if quality[kind] > 0), key=lambda kind: -quality[kind])
    if not taken:
        raise RefusedError(
            HTTPStatus.NOT_ACCEPTABLE, f"None of the wanted media types can be given. There are {', '.join(offered)}."
        )
    return taken


def accepted(accept: str | None, offered: Sequence[str]) -> str:
    """The same as an Accept header for the child, with no two of one quality."""
    return ", ".join(f"{kind};q={1 - place / 100:.2f}" for place, kind in enumerate(ranked(accept, offered)))


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        yield kind, next((_number(given[2:]) for given in parameters if given.startswith("q=")), 1.0)


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(kind: str, wanted: Mapping[str, float]) -> float:
    """That of the most exact range that a media type falls in."""
    return next((wanted[name] for name in (kind, f"{kind.partition('/')[0]}/*", "*/*") if name in wanted), 0.0)
