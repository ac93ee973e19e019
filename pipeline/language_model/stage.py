"""Documents that were read by the rules → the same with what a language model read of them.

Workers say what is to be asked and judge the answers; the asking is done here. Questions and what the answers came to are kept on
the shelf, under what they follow from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from pipeline.kept import Outcome, Shelf
from pipeline.language_model.answer import Answer, Failure
from pipeline.language_model.asking import Estimate, ask_all, estimate
from pipeline.language_model.cache import Cache
from pipeline.language_model.endpoint import Endpoint
from pipeline.language_model.order import ModelOrder
from pipeline.language_model.prompts import Prompt, prompt_of
from pipeline.language_model.reading import Given, Question, Reply, Task
from pipeline.language_model.request import Request
from pipeline.memory import digest_of
from pipeline.model import Document, Maker
from pipeline.ontology import Ontology
from pipeline.progress import Progress
from pipeline.workers import Limits, Lost, run

READER = "pipeline.language_model.reading:reader_of"  # which only workers load
_NOBODY = "http://127.0.0.1"  # where nothing is asked: the address of an endpoint that only gives the model's name


class Kept(NamedTuple):
    """The questions to a document, as they stand on the shelf."""

    questions: tuple[Question, ...]


class Plan(NamedTuple):
    """What asking would send, and one of the requests."""

    estimate: Estimate
    example: Request | None

    def __str__(self) -> str:
        """For people: the figures, and the request as it would be sent."""
        told = self.estimate
        lines = [
            f"requests: {told.requests} to send, {told.cached} answered in the cache",
            f"characters: {told.characters}",
            f"tokens: about {told.tokens}, answers not counted",
        ]
        return "\n".join([*lines, *((self.example.system, self.example.user) if self.example else ())])


@dataclass
class Stage:
    """One model for the documents of one build. `keys` are those of what it has on the shelf; `unanswered` are documents, by
    path, of which not all was answered, or was to be asked, and why."""

    order: ModelOrder
    ontology: Ontology
    shelf: Shelf
    jobs: int
    limits: Limits
    progress: Progress
    keys: set[str] = field(default_factory=set)
    unanswered: dict[str, str] = field(default_factory=dict)
    _replies: dict[str, tuple[Reply, ...]] = field(default_factory=dict)
    _key: dict[str, str] = field(default_factory=dict)

    @cached_property
    def prompt(self) -> Prompt:
        """What is asked of every section."""
        return prompt_of(self.ontology)

    def plan(self, outcomes: Mapping[str, Outcome]) -> Plan:
        """What asking of documents would send."""
        requests = [request for each in self._questions(outcomes).values() for request in self._requests(each)]
        return Plan(estimate(requests, self.order.model, Cache(self.order.cache)), next(iter(requests), None))

    def ask(self, outcomes: Mapping[str, Outcome]) -> Mapping[str, str]:
        """Have the questions to documents answered; by the key of each, where on the shelf what comes of it is to stand. Raises
        UsageError as `ask_all` does."""
        questions = self._questions(outcomes)
        requests = [request for each in questions.values() for request in self._requests(each)]
        order = self.order
        endpoint = Endpoint(order.url or _NOBODY, order.model)
        only_cache = order.only_cache or not order.url
        replies = ask_all(requests, endpoint, order.limits, Cache(order.cache), self.progress, only_cache=only_cache)
        for key, asked in questions.items():
            self._replies[key] = tuple(islice(replies, len(asked)))
            self._key[key] = self._where(key, self._replies[key])
            reasons = [reply.reason for reply in self._replies[key] if isinstance(reply, Failure)]
            if reasons:
                told = f"{len(reasons)} of {len(asked)} requests were not answered ({reasons[0]})"
                self.unanswered[outcomes[key].path] = told
        self.keys.update(outcomes, self._key.values())
        return self._key

    def judge(self, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
        """Documents, by their keys, with what the answers come to; they are put on the shelf."""
        made = {}
        tasks = [Task(_document(outcome), self._replies[key]) for key, outcome in outcomes.items()]
        for (key, outcome), judged in zip(outcomes.items(), self._work(tasks), strict=True):
            if isinstance(judged, Lost):
                self.unanswered[outcome.path] = judged.reason
                continue
            versions = dict.fromkeys(reply.version for reply in self._replies[key] if isinstance(reply, Answer))
            makers = tuple(Maker(self.order.model, version, self.prompt.sha256) for version in versions)
            claims = (*outcome.claims, *judged.claims)
            made[key] = replace(outcome, claims=claims, makers=makers, refused=judged.refused)
            self.shelf.put_value(self._key[key], made[key])
        return made

    def _questions(self, outcomes: Mapping[str, Outcome]) -> dict[str, tuple[Question, ...]]:
        """What is to be asked of each document, by its key."""
        where = {key: self.shelf.key(key, "questions") for key in outcomes}
        self.keys.update(where.values())
        kept = {key: self.shelf.value(at, Kept) for key, at in where.items()}
        missing = [key for key, found in kept.items() if found is None]
        for key, said in zip(missing, self._work([Task(_document(outcomes[key])) for key in missing]), strict=True):
            if isinstance(said, Lost):
                self.unanswered[outcomes[key].path] = said.reason
            else:
                kept[key] = Kept(said)
                self.shelf.put_value(where[key], kept[key])
        return {key: found.questions for key, found in kept.items() if found}

    def _work(self, tasks: Sequence[Task]) -> Iterator[Any]:
        given = Given(self.ontology, self.prompt, self.order.model) if tasks else None
        return run(READER, given, tasks, jobs=self.jobs, limits=self.limits) if tasks else iter(())

    def _requests(self, questions: Iterable[Question]) -> Iterator[Request]:
        return (self.prompt.request(*question) for question in questions)

    def _where(self, key: str, replies: Sequence[Reply]) -> str:
        """Under what stands what the replies to the questions of a document come to."""
        told = [[*reply[:3]] if isinstance(reply, Answer) else [] for reply in replies]
        return self.shelf.key(key, self.order.model, self.prompt.sha256, digest_of(told))


def _document(outcome: Outcome) -> Document:
    assert outcome.document is not None
    return outcome.document
