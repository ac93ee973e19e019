"""What a visitor says of a claim or of a name, into the review file that the next build reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request

from pipeline.errors import UsageError
from pipeline.review.lines import OF_NAMES, RIGHT, WRONG, Decision, read_lines
from pipeline.review.marking import decision_on
from pipeline.review.record import record
from pipeline.rows import Row
from pipeline.serve.asking import RefusedError
from pipeline.serve.explorer.graph import Graph
from pipeline.serve.resources import is_iri

_OTHER = ("subject", "object", "date", "facet", "venue", "agent", "value", "unit")  # of a claim, what may be corrected
_MOST_BYTES = 100_000  # of a form
_FIELDS = ("claim", "name", "verdict", "instead", "by", "reason")


@dataclass(frozen=True, slots=True)
class About:
    """What is decided on, a claim or a name; `decisions` are what the review file says of it already."""

    row: Row | None
    name: str
    verdicts: tuple[str, ...]
    decisions: tuple[Decision, ...]

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters that the page of this has."""
        return {"claim": str(self.row["claim"])} if self.row else {"name": self.name}

    def decision(self, form: Mapping[str, str]) -> Decision:
        """What a form says of it."""
        verdict, instead = form["verdict"], form["instead"].strip()
        if self.row is None:
            return Decision(verdict, (self.name, instead), form["by"], form["reason"]).normal()
        return decision_on(self.row, verdict, form["by"], form["reason"], instead if verdict in _OTHER else "")


def about(graph: Graph, review: Path, asked: Mapping[str, str]) -> About:
    """What a page of `claim`, the IRI of one, or of `name` is about. Raises RefusedError where that is nothing."""
    said = read_lines(review) if review.exists() else []
    decisions = [decision for _, decision in said]
    if name := asked.get("name", "").strip():
        own = tuple(each for each in decisions if each.verdict in OF_NAMES and name in each.names)
        return About(None, name, tuple(OF_NAMES), own)
    claim = asked.get("claim", "")
    rows = graph.rows([claim]) if is_iri(claim) else []
    if not rows:
        raise RefusedError(HTTPStatus.NOT_FOUND, "The graph has no such fact. Follow a link beside one.")
    row = rows[0]
    plain = decision_on(row, RIGHT, "somebody")
    verdicts = (RIGHT, WRONG, *(each for each in _OTHER if plain._replace(verdict=each).slot))
    return About(row, "", verdicts, tuple(each for each in decisions if each.about == plain.about))


async def form_of(request: Request) -> Mapping[str, str]:
    """What a form of one of our pages says. Raises RefusedError for that of a page of others, and for none."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if request.headers.get("origin") != own:
        raise RefusedError(HTTPStatus.FORBIDDEN, "What a page elsewhere says is not written down. Use the form of this page.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise RefusedError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than a line of a review. Say it in fewer words."
            )
    try:
        said = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "That is no form of this page.") from error
    return {field: said.get(field, [""])[0] for field in _FIELDS}


def keep(graph: Graph, review: Path, form: Mapping[str, str]) -> str:
    """Write down what a form says; where the page is that tells so. Raises RefusedError for what cannot be written."""
    thing = about(graph, review, form)
    if form["verdict"] not in thing.verdicts:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "That cannot be said of it. Choose what the page offers.")
    try:
        record(review, thing.decision(form))
    except UsageError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from error
    return f"/correct?{urlencode({**thing.query, 'kept': '1'})}"
