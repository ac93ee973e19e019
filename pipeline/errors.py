"""What can go wrong, as types.

    ZhimaiError
    ├── DataError        bad data: the command ran, exit code 1
    │   ├── ReadError        a document that cannot be read
    │   ├── OntologyError    an ontology folder that does not parse or hold together
    │   └── QueryError       a query that does not parse or lacks a parameter
    └── UsageError       the command could not run, exit code 2

A message names the thing (file, query, option), the fault, and what to do next. It is printed
as it stands, without a traceback.
"""


from pipeline.patterns import lazy


class ZhimaiError(Exception):
    """Root of every error that a user is shown."""


class DataError(ZhimaiError):
    """The command ran, and what it was given is bad."""


class ReadError(DataError):
    """A document that cannot be read; the build goes on without it."""


class OntologyError(DataError):
    """An ontology folder that does not parse or hold together."""


class QueryError(DataError):
    """A query that does not parse, or lacks a parameter that it needs."""


class UsageError(ZhimaiError):
    """The command could not run: a folder is missing, no store has been built."""


_UNSEEN = lazy("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Text of others, a file's name for one, for a message: what would break the line or steer a terminal is escaped."""
    return _UNSEEN.sub(lambda sign: ascii(sign[0])[1:-1], text)


def fault_of_ours(error: Exception) -> str:
    """What is said where a fault in one document must not cost the user the others."""
    return f"fault in zhimai, please report it: {type(error).__name__}: {error}"
