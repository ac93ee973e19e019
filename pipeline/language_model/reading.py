"""What a worker does for a language model: what is to be asked of a document, and what its answers come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.annotate.annotator import Annotator
from pipeline.errors import fault_of_ours
from pipeline.extract.reader import Reader
from pipeline.language_model.answer import Answer, Failure
from pipeline.language_model.gate import Gate, Judged, written
from pipeline.language_model.prompts import Asked, Prompt, asked_of
from pipeline.model import Document, Maker, Refusal
from pipeline.ontology import Ontology
from pipeline.workers import Lost

Question = tuple[str, str]  # what a section is called, and what is asked of it: the rest of a request is the same for all
Reply = Answer | Failure


class Given(NamedTuple):
    """What a worker is made with: the ontology, what is asked of every text, and the name of the model."""

    ontology: Ontology
    prompt: Prompt
    model: str


class Task(NamedTuple):
    """A document, and the answers to its questions in order; None where it is to be said what these are."""

    document: Document
    replies: tuple[Reply, ...] | None = None


def reader_of(given: Given) -> Callable[[Task], tuple[Question, ...] | Judged | Lost]:
    """Says what is to be asked of a document, or judges the answers; Lost, with the reason, where it fails at that."""
    annotator = Annotator(given.ontology)

    def read(task: Task) -> tuple[Question, ...] | Judged | Lost:
        try:
            reader = Reader(annotator.annotate(task.document), given.ontology)
            asked = asked_of(reader, given.prompt)
            if task.replies is None:
                return tuple((each.request.name, each.request.user) for each in asked)
            return _judged(Gate(reader, given.model), asked, task.replies, given)
        except MemoryError:
            raise  # the worker says what the limit is
        except Exception as error:
            return Lost(fault_of_ours(error))

    return read


def _judged(gate: Gate, asked: Sequence[Asked], replies: Sequence[Reply], given: Given) -> Judged:
    """What came of all sections, in their order."""
    each = [one for section, reply in zip(asked, replies, strict=True) for one in _of_section(gate, section, reply, given)]
    return Judged(tuple(claim for one in each for claim in one.claims), tuple(refused for one in each for refused in one.refused))


def _of_section(gate: Gate, asked: Asked, reply: Reply, given: Given) -> Iterator[Judged]:
    if isinstance(reply, Failure):
        return
    if reply.fault:
        yield Judged(refused=(Refusal(written(reply.text), reply.fault),))
        return
    maker = Maker(given.model, reply.version, given.prompt.sha256)
    judged = gate.judge(reply.text, asked.blocks)
    yield judged._replace(claims=tuple(claim._replace(made_by=maker.key) for claim in judged.claims))
