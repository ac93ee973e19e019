"""What can be told of a SPARQL query before it is parsed: its tokens, and whether it may be asked at all."""

from __future__ import annotations

import re

from pipeline.errors import QueryError

MAX_LENGTH = 100_000  # characters
MAX_DEPTH = 100  # brackets of any kind within each other; the parser ends the whole process at some 1,000 of them

# What is no variable, bracket or keyword although it may look like one: strings, IRIs, comments, escapes. Then these.
TOKEN = re.compile(
    r"""(?P<other>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n\r]*|\\.)
    |[?$](?P<name>\w+)
    |(?P<opening>[({\[])|(?P<closing>[)}\]])""",
    re.DOTALL | re.VERBOSE,
)
# The parser wants no space around a keyword (trueSERVICE:x is a call), so that a prefix of that name is refused with it.
_SERVICE = re.compile(r"(?:(?<![A-Za-z_:@-])|(?<=true)|(?<=false))SERVICE", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_query(query: str) -> None:
    """Raise QueryError, before anything is parsed, for a query that asks another endpoint or would end the process."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"The query has {len(query):,} characters, more than {MAX_LENGTH:,}. Ask for less at a time.")
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
