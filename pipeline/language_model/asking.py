"""The answers to many requests, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.language_model.answer import Answer, Failure
from pipeline.language_model.cache import Cache
from pipeline.language_model.endpoint import Endpoint
from pipeline.language_model.limits import Limits
from pipeline.language_model.request import Request
from pipeline.progress import Progress

_NAMED = 3  # requests without an answer that are named


class Estimate(NamedTuple):
    """What would be sent: requests, their characters, and about how many tokens these are, answers not counted. A request that is
    tried again is sent again. `cached` are the requests that need not be sent."""

    requests: int
    characters: int
    tokens: int
    cached: int


def estimate(requests: Iterable[Request], model: str, cache: Cache) -> Estimate:
    """What asking a model would send; nothing is sent."""
    known = _known(requests, model, cache)
    missing = [request for request, answer in known.values() if answer is None]
    characters, tokens = sum(request.characters for request in missing), sum(request.tokens for request in missing)
    return Estimate(len(missing), characters, tokens, len(known) - len(missing))


def ask_all(
    requests: Sequence[Request], endpoint: Endpoint, limits: Limits, cache: Cache, progress: Progress, *, only_cache: bool = False
) -> Iterator[Answer | Failure]:
    """What the endpoint answers to each request, in their order; a Failure where it does not.

    What the cache holds is not asked for, and what is answered is in the cache at once: a run that is stopped goes on from there.
    Requests that are the same are sent once. Where nothing is to be asked, no socket is opened.

    Raises UsageError before anything is sent where `only_cache` is given and an answer is missing; and on the way where it is
    of no use to go on: the key or the address is refused, the server is not there or has gone, or never has an answer.
    """
    known = _known(requests, endpoint.model, cache)
    missing = {key: request for key, (request, answer) in known.items() if answer is None}
    if missing and only_cache:
        raise _missing(missing, cache)
    keys = [request.key(endpoint.model) for request in requests]
    found: dict[str, Answer | Failure] = {key: answer for key, (_, answer) in known.items() if answer is not None}
    coming = _replies(missing, endpoint, limits, cache, progress, is_first=not found) if missing else iter(())
    return _in_order(keys, found, coming)


def _known(requests: Iterable[Request], model: str, cache: Cache) -> dict[str, tuple[Request, Answer | None]]:
    """Each request once, by its key, with what the cache holds of it."""
    each: dict[str, Request] = {}
    for request in requests:
        each.setdefault(request.key(model), request)
    return {key: (request, cache.get(request, model)) for key, request in each.items()}


def _missing(missing: Mapping[str, Request], cache: Cache) -> UsageError:
    named = ", ".join(request.name for request in [*missing.values()][:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    told = f"{cache.folder}: {len(missing)} answers are missing ({named}{more}), and nothing is to be asked"
    return UsageError(f"{told}. Build once without --model-cache-only.")


def _replies(
    missing: Mapping[str, Request], endpoint: Endpoint, limits: Limits, cache: Cache, progress: Progress, *, is_first: bool
) -> Iterator[tuple[str, Answer | Failure]]:
    """Each answer with the key of its request, as they come."""
    try:
        from pipeline.language_model.running import replies
    except ModuleNotFoundError as error:
        raise UsageError(f"A model cannot be asked: {error.name} is not installed. Run pip install 'zhimai[llm]'.") from error
    for done, (key, reply) in enumerate(replies(missing, endpoint, limits, cache, is_first=is_first), 1):
        progress(done, len(missing), missing[key].name)
        yield key, reply


def _in_order(
    keys: Iterable[str], found: dict[str, Answer | Failure], coming: Iterator[tuple[str, Answer | Failure]]
) -> Iterator[Answer | Failure]:
    for key in keys:
        while key not in found:
            other, reply = next(coming)
            found[other] = reply
        yield found[key]
