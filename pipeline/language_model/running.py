"""Many requests at once, within limits, tried again where that may help.

The loop that sends runs in a thread of its own: nothing waits for what the caller does meanwhile, and a signal that the caller
gets ends it at once.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue

import httpx

from pipeline.errors import UsageError
from pipeline.language_model.answer import NO_JSON, Answer, Failure
from pipeline.language_model.cache import Cache
from pipeline.language_model.endpoint import Endpoint
from pipeline.language_model.exchange import AgainError, NobodyError, RefusedError, Said, client, exchange
from pipeline.language_model.limits import Limits
from pipeline.language_model.request import FORMS, Form, Request, tokens_of

Reply = Answer | Failure
_ENOUGH = 3  # requests without an answer that show, where none ever had one, that none will
_LONGEST_PAUSE = 60.0  # seconds, where the server does not ask for more
_LOOK = 0.5  # seconds after which a waiting thread sees a signal on Windows


def replies(
    missing: Mapping[str, Request], endpoint: Endpoint, limits: Limits, cache: Cache, *, is_first: bool
) -> Iterator[tuple[str, Reply]]:
    """The answer to each request with its key, as they come; each is in the cache before. `is_first` says that the model has
    never answered yet. Raises UsageError as `ask_all` does."""
    run = _Run(missing, endpoint, limits, cache, is_first=is_first)
    run.start()
    try:
        while (said := run.next()) is not None:
            yield said
    finally:
        run.stop()


class _Run:
    """All requests of one call, the state that they share, and the thread that sends them."""

    def __init__(
        self, missing: Mapping[str, Request], endpoint: Endpoint, limits: Limits, cache: Cache, *, is_first: bool
    ) -> None:
        self._missing, self._endpoint, self._limits, self._cache = missing, endpoint, limits, cache
        self._has_answered = not is_first  # in this run or before
        self._waiting = iter(missing.items())
        self._done: set[str] = set()
        self._sent = self._tokens = self._lost = 0
        self._forms: tuple[Form, ...] = FORMS  # that the server may take
        self._not_before = 0.0  # by the clock of the loop
        self._over = ""  # why nothing more is sent
        self._said: SimpleQueue[tuple[str, Reply] | BaseException | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="ask a model", daemon=True)
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def _is_settled(self) -> bool:
        return len(self._forms) == 1

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()
        self._begun.wait()

    def next(self) -> tuple[str, Reply] | None:
        """The next reply when it is there; None after the last. Raises what has ended the run."""
        while True:
            with suppress(Empty):
                said = self._said.get(timeout=_LOOK)
                if isinstance(said, BaseException):
                    raise said
                return said

    def stop(self) -> None:
        """End what is still under way. Where all is said, the connections are being closed, and that is let be."""
        if self._loop is not None and self._task is not None and len(self._done) < len(self._missing):
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()

    def _work(self) -> None:
        try:
            asyncio.run(self._all())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # for the thread that waits
            self._said.put(error)
        finally:
            self._begun.set()
            self._said.put(None)

    async def _all(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._begun.set()
        self._until = _now() + self._limits.seconds
        async with client(self._endpoint, self._limits) as asked:
            try:
                async with asyncio.timeout_at(self._until):
                    await self._send_on(asked, until_settled=True)  # one by one: what is wrong with all shows at the first
                    async with asyncio.TaskGroup() as group:
                        for _ in range(self._limits.at_once):
                            group.create_task(self._send_on(asked))
            except TimeoutError:
                self._over = f"the limit of {self._limits.seconds:g} seconds is reached"
            except ExceptionGroup as errors:
                raise errors.exceptions[0] from None
        for key in self._missing:
            if key not in self._done:
                self._give(key, Failure(self._over))

    async def _send_on(self, asked: httpx.AsyncClient, *, until_settled: bool = False) -> None:
        """Send one request after the other, as long as there are any."""
        while not (until_settled and self._is_settled) and (waiting := next(self._waiting, None)):
            key, request = waiting
            reply = await self._ask(asked, key, request)
            if isinstance(reply, Answer):
                self._cache.put(request, self._endpoint.model, reply)
            self._give(key, reply)

    def _give(self, key: str, reply: Reply) -> None:
        self._done.add(key)
        self._said.put((key, reply))

    async def _ask(self, asked: httpx.AsyncClient, key: str, request: Request) -> Reply:
        """The answer to one request, tried as often as may help. An answer that is no JSON is asked for once more: what a server
        says is not always the same. One that is cut off would be cut off again."""
        reason, is_spoilt, last = "", False, self._limits.tries - 1
        for number in range(self._limits.tries):
            try:
                said = await self._try(asked, request)
            except RefusedError as refused:
                return self._without(str(refused))
            except AgainError as again:
                reason = str(again)
                if isinstance(again, NobodyError) and (number == last or not self._is_settled):
                    raise UsageError(f"{self._endpoint.url}: {reason}. See that the server runs, then build again.") from None
                if number < last:
                    await self._pause(key, number, again.after)
                continue
            if said is None:
                return Failure(self._over)
            if is_spoilt or said.fault != NO_JSON or number == last:
                return Answer(said.text, said.version, said.fault, from_cache=False)
            is_spoilt = True
        return self._without(f"{reason}; tried {self._limits.tries} times")

    def _without(self, reason: str) -> Failure:
        """A request is left without an answer. Raises UsageError where none has ever had one, and enough were tried."""
        self._lost += 1
        if self._lost >= _ENOUGH and not self._has_answered:
            told = f"model {self._endpoint.model}: no answer to the first {self._lost} requests ({reason})"
            raise UsageError(f"{self._endpoint.url}: {told}. Set the server right, then build again.")
        return Failure(reason)

    async def _try(self, asked: httpx.AsyncClient, request: Request) -> Said | None:
        """What is answered; None where nothing more may be sent. Until a first answer is there, what a server refuses is
        asked for in the other forms; the one that it takes is kept to."""
        refused = RefusedError()
        for form in self._forms:
            try:
                said = await self._exchange(asked, request, form)
            except RefusedError as error:
                refused = error
            else:
                return said
        raise refused

    async def _exchange(self, asked: httpx.AsyncClient, request: Request, form: Form) -> Said | None:
        if not await self._may_send(request):
            return None
        self._sent += 1
        self._tokens += request.tokens
        said = await exchange(asked, self._endpoint, request.body(self._endpoint.model, form), self._limits)
        self._tokens += tokens_of(said.text) if said.tokens is None else said.tokens - request.tokens
        self._forms, self._has_answered = (form,), True
        return said

    async def _may_send(self, request: Request) -> bool:
        """Wait as long as the server has asked to; whether the limits then let a request be sent."""
        while (rest := self._not_before - _now()) > 0:
            await asyncio.sleep(rest)
        if self._sent >= self._limits.requests:
            self._over = self._over or f"the limit of {self._limits.requests:,} requests is reached"
        elif self._tokens + request.tokens > self._limits.tokens:
            self._over = self._over or f"the limit of {self._limits.tokens:,} tokens is reached"
        return not self._over

    async def _pause(self, key: str, number: int, after: float | None) -> None:
        """Wait before the next try: as long as the server asks, and then all wait; or longer each time, each request its own."""
        shift = random.Random(f"{key} {number}").random()
        if after is None:
            await asyncio.sleep(min(_LONGEST_PAUSE, self._limits.pause * 2**number) * (0.5 + shift))
        elif _now() + after >= self._until:
            self._over = f"the server asks to wait for {after:.0f} seconds, and the limit of {self._limits.seconds:g} comes first"
        else:
            self._not_before = max(self._not_before, _now() + after)
            await asyncio.sleep(after + self._limits.pause * shift)


def _now() -> float:
    return asyncio.get_running_loop().time()
