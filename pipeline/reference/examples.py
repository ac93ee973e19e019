"""The example queries of an ontology folder, each with the question that it answers in Chinese and English, and its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OntologyError, QueryError
from pipeline.reference.described import Words, header
from pipeline.rows import Table
from pipeline.store import Store


@dataclass(frozen=True, slots=True)
class Example:
    """A query of ontology/examples: its file, what it asks, and the query without its head."""

    file: Path
    question: Words
    query: str


def read_examples(folder: Path) -> list[Example]:
    """The examples of an ontology folder, by file. Raises OntologyError for one that does not say what it asks."""
    return list(_examples(folder))


def _examples(folder: Path) -> Iterator[Example]:
    for file in sorted((folder / "examples").glob("*.rq")):
        said = header(file)
        if not said.keys() >= {"zh", "en"}:
            raise OntologyError(f"{file}: does not say what it asks. Begin it with `# zh: …` and `# en: …`.")
        query = file.read_text(encoding="utf-8").partition("\n\n")[2].strip()
        yield Example(file, Words(said["zh"], said["en"]), query)


def answered(store: Store, example: Example) -> Table:
    """The answer of a graph to an example. Raises OntologyError where it is no sound SELECT."""
    try:
        answer = store.answer_here(example.query)
    except QueryError as error:
        raise OntologyError(f"{example.file}: {error}") from error
    if not isinstance(answer, Table):
        raise OntologyError(f"{example.file}: the example is no SELECT. Write it as one.")
    return answer
