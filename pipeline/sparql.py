"""What can be told of a SPARQL query before it is parsed: its tokens, and whether it may be asked at all."""

from __future__ import annotations

import re

from pipeline.errors import QueryError
from pipeline.patterns import lazy

MAX_LENGTH = 100_000  # characters
MAX_DEPTH = 100  # brackets of any kind within each other; the parser ends the whole process at some 1,000 of them

# What is no variable, bracket or keyword although it may look like one: strings, IRIs, comments, escapes. Then these.
TOKEN = lazy(
    r"""(?P<other>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n\r]*|\\.)
    |[?$](?P<name>\w+)
    |(?P<opening>[({\[])|(?P<closing>[)}\]])""",
    re.DOTALL | re.VERBOSE,
)
# The parser wants no space around a keyword (trueSERVICE:x is a call), so that a prefix of that name is refused with it.
_SERVICE = lazy(r"(?:(?<![A-Za-z_:@-])|(?<=true)|(?<=false))SERVICE", re.IGNORECASE)
_PROLOGUE = r"(?:\s|\bPREFIX\b[^:]*:|\bBASE\b)*"  # as it is left when IRIs and comments are gone
_UPDATE = lazy(_PROLOGUE + r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_PLACE = lazy(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_MOST_EXPECTED = 8
_CODE_POINT = lazy(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_query(query: str) -> None:
    """Raise QueryError, before anything is parsed, for what is no query, asks another endpoint or would end the process."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"The query has {len(query):,} characters, more than {MAX_LENGTH:,}. Ask for less at a time.")
    bare = TOKEN.sub(" ", query)
    if not bare.strip():
        raise QueryError("The query is empty. Write one, such as SELECT ?s ?o WHERE { ?s zm:supports ?o }.")
    update = _UPDATE.match(bare)
    if update:
        raise QueryError(f"The query would change the graph ({update[1].upper()}), which is only read. Write a SELECT or an ASK.")
    unescaped = _CODE_POINT.sub(_character, query)
    for text in (query, unescaped):
        _check_tokens(text)


def _check_tokens(query: str) -> None:
    depth = 0
    for match in TOKEN.finditer(query):
        depth += (match["opening"] is not None) - (match["closing"] is not None)
        if depth > MAX_DEPTH:
            raise QueryError(f"The query is nested more than {MAX_DEPTH} deep. Write it with fewer groups within each other.")
    if _SERVICE.search(TOKEN.sub(" ", query)):
        raise QueryError("The query asks another endpoint (SERVICE): no federated queries: offline. Leave that part out.")


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def parse_fault(query: str, said: str) -> str:
    """What a parser says of a query, as “error at LINE:COLUMN: expected one of …”, in words that help."""
    match = _PLACE.search(said)
    if not match:
        return f"The query does not parse: {said}. Correct it and ask again."
    line, column = int(match[1]), int(match[2])
    before = query.split("\n")[line - 1][: column - 1] if line <= query.count("\n") + 1 else ""
    prefix = re.search(r"([\w.-]*):[^\s:]*$", before)
    if "Prefix not found" in match[3] and prefix:
        return f"The prefix {prefix[1]}: is not declared. Write PREFIX {prefix[1]}: <…> before the query."
    expected = match[3]  # the parser names every class of characters that could follow, which helps nobody
    wanted = f"; expected {expected}" if "[" not in expected and expected.count(",") < _MOST_EXPECTED else ""
    behind = f", behind “{before[-20:].strip()}”" if before.strip() else ""
    return f"The query does not parse at line {line}, character {column}{behind}{wanted}. Correct it and ask again."
