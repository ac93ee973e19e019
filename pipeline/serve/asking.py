"""One query to the store, within the limits: what the pages of the application ask with.

A query that is not over in time gets its error, and the child, which works on, is replaced by another. Oxigraph's own --timeout-s
does not help: it is looked at between some steps only (a count of a product of three copies of the graph never gets there), and
leaves a sleeping thread behind for every query until its time is over. A result is kept back until it is whole: what is sent
is never cut.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from pipeline.patterns import lazy
from pipeline.serve.current import Current
from pipeline.serve.limits import Limits
from pipeline.serve.oxigraph import Oxigraph

_TRIES = 3  # a child may die of another's query
# Oxigraph ends a result that it cannot go on with by what went wrong, and with status 200.
WHOLE = lazy(rb"(?:[}\]>\n]|true|false)\Z|\A\Z")


class RefusedError(Exception):
    """A request that is not answered: an HTTP status, a plain message, more headers."""

    def __init__(self, status: HTTPStatus, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Oxigraph says: its HTTP status, the media type and the body."""

    status: int
    media_type: str
    body: bytes


class Asking:
    """Asks whatever child is the current one."""

    def __init__(self, current: Current, limits: Limits) -> None:
        self.current, self.limits = current, limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._waiting = 0
        self._tasks: set[asyncio.Task[object]] = set()
        self._stopped = False

    def stop(self) -> None:
        """Refuse what is asked now and what has not been answered."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()

    async def ask(self, query: str, accept: str, dataset: Sequence[tuple[str, str]] = ()) -> Answer:
        """The answer to a query in the first media type of `accept` that fits; `dataset` are parameters of the protocol.

        Raises RefusedError where a limit is met.
        """
        async with self._counted(), self._place():
            for _ in range(_TRIES):
                async with self.current.child() as child:
                    try:
                        return await self._ask(child, query, accept, dataset)
                    except httpx.TransportError:
                        if not await _ended(child):
                            continue
                await self.current.replace(child)
        told = f"The query, or one beside it, needs more than the {self.limits.megabytes} MB of memory that there are. Narrow it."
        raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, told)

    @asynccontextmanager
    async def _counted(self) -> AsyncIterator[None]:
        """Among those that `stop` refuses."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        except asyncio.CancelledError:
            if not self._stopped:
                raise
            task.uncancel()
            told = "The server ends. Ask again when it runs."
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, told, Retry_After="5") from None
        finally:
            self._tasks.discard(task)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """One of the places of those that ask at once; who comes waits as long as a query may take."""
        busy = RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "Too many queries at once. Ask again in a moment.", Retry_After="5")
        if self._waiting >= self.limits.waiting:
            raise busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._places.acquire()
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()

    async def _ask(self, child: Oxigraph, query: str, accept: str, dataset: Sequence[tuple[str, str]]) -> Answer:
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await self._read(child, query, accept, dataset)
        except TimeoutError:
            child.stuck = True
            raise self._too_slow() from None
        if answer.status == HTTPStatus.OK and not WHOLE.search(answer.body):
            raise RefusedError(
                HTTPStatus.INTERNAL_SERVER_ERROR, "The result broke off. Ask again; if that helps not, build again."
            )
        return answer

    async def _read(self, child: Oxigraph, query: str, accept: str, dataset: Sequence[tuple[str, str]]) -> Answer:
        form: dict[str, str | list[str]] = {"query": query}
        for name, value in dataset:
            form[name] = [*form.get(name, []), value]
        body = bytearray()
        async with child.client.stream("POST", "/query", data=form, headers={"accept": accept}) as response:
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > self.limits.result_bytes:
                    raise self._too_large()
        return Answer(response.status_code, response.headers.get("content-type", ""), bytes(body))

    def _too_slow(self) -> RefusedError:
        told = f"The query took longer than {self.limits.seconds:g} s and was stopped. Narrow it, or ask for less with LIMIT."
        return RefusedError(HTTPStatus.GATEWAY_TIMEOUT, told)

    def _too_large(self) -> RefusedError:
        told = f"The result has more than {self.limits.result_bytes:,} bytes. Narrow the query, or ask for less with LIMIT."
        return RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, told)


async def _ended(child: Oxigraph) -> bool:
    """Whether the child has ended; the system may say so a moment after its connections are gone."""
    for _ in range(20):
        if not child.alive:
            return True
        await asyncio.sleep(0.01)
    return False
