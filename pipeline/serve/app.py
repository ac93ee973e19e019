"""The application: routes on one port, and what every answer carries; `serve` runs it until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import UsageError, ZhimaiError, one_line
from pipeline.review.lines import read_lines
from pipeline.serve import neighbourhood, protocol, queries, resources
from pipeline.serve.asking import Asking, RefusedError
from pipeline.serve.current import serving
from pipeline.serve.explorer.graph import Builds
from pipeline.serve.explorer.pages import Pages, fault
from pipeline.serve.headers import HEADERS
from pipeline.serve.limits import Limits
from pipeline.serve.media import HTML, ranked

STATIC = Path(__file__).parent / "static"
_LOCAL = r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?"
_KEPT_OPEN = 60  # seconds that a connection may lie idle
_GRACE = 3  # seconds that running requests have to end in
_Answer = Callable[[Request, Asking, resources.Show], Awaitable[Response]]
_Handler = Callable[[Request, Asking], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen, and the origins of pages of others that may ask (* is all); pages of this machine always may."""

    host: str = "127.0.0.1"
    port: int = 8000
    origins: Sequence[str] = field(default=())

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in ("127.0.0.1", "localhost", "::1")


def make_app(asking: Asking, where: Where, builds: Builds, review: Path | None = None) -> ASGIApp:
    """The routes. What is asked of the endpoint goes to `asking`, pages for people show `builds`, and what they correct goes into
    `review`; nobody may where that is None."""

    def route(path: str, handler: _Handler, *methods: str) -> Route:
        async def handle(request: Request) -> Response:
            return await handler(request, asking)

        return Route(path, handle, methods=list(methods or ("GET",)))

    every = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # the protocol says which it does not allow
    pages = Pages(builds, resources.path_of, review)

    def of_iri(answer: _Answer) -> _Handler:
        return lambda request, asking: answer(request, asking, pages.thing)

    routes = [
        *pages.routes(),
        route("/sparql", protocol.answer, *every),
        route("/id/{name:path}", of_iri(resources.at_path)),
        route("/vocab", of_iri(resources.at_path)),
        route("/vocab/{name:path}", of_iri(resources.at_path)),
        route("/ontology", of_iri(resources.of_ontology)),
        route("/resource", of_iri(resources.of_parameter)),
        route("/query", queries.query_page),
        route("/query/prefixes", queries.prefixes),
        route("/graph", neighbourhood.graph_page),
        route("/neighbourhood", neighbourhood.answer),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(where.origins),
        allow_origin_regex=rf"https?://{_LOCAL}",
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=["Retry-After"],
    )
    middleware = [*([Middleware(_OfThisMachine)] if where.is_loopback else []), cors]
    handlers = {RefusedError: _refused, HTTPException: _not_there, ZhimaiError: _unready}
    return _Headers(Starlette(routes=routes, middleware=middleware, exception_handlers=handlers))  # type: ignore[arg-type]


def _refused(request: Request, error: RefusedError) -> Response:
    return _fault(request, error.status, error.message, error.headers)


def _not_there(request: Request, error: HTTPException) -> Response:
    return _fault(request, HTTPStatus(error.status_code), f"{error.detail}.", dict(error.headers or {}))


def _unready(request: Request, error: ZhimaiError) -> Response:
    return _fault(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error), {"retry-after": "5"})


def _fault(request: Request, status: HTTPStatus, message: str, headers: dict[str, str]) -> Response:
    """What went wrong, as plain text for programs and as a page for people."""
    with contextlib.suppress(RefusedError):
        if ranked(request.headers.get("accept"), ("text/plain", HTML))[0] == HTML:
            return fault(request, status, message, headers)
    return PlainTextResponse(one_line(message) + "\n", status, headers)


class _Headers:
    """Puts HEADERS on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


class _OfThisMachine:
    """Lets through only who asks this machine by a name of its own: a page elsewhere may have had its name lead here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = dict(scope.get("headers", ())).get(b"host", b"localhost").decode("latin-1")
        if scope["type"] == "http" and not re.fullmatch(_LOCAL, host):
            told = "This address is answered under the name localhost only. To serve others, give --host.\n"
            await PlainTextResponse(told, HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class _Server(uvicorn.Server):
    """A server whose signals are ours, and which ends in time whatever is asked."""

    def __init__(self, config: uvicorn.Config, asking: Asking) -> None:
        super().__init__(config)
        self._asking = asking

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running requests end, and refuse those that take longer."""
        asyncio.get_running_loop().call_later(_GRACE, self._asking.stop)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        def end(number: int, frame: object) -> None:
            self.force_exit, self.should_exit = self.should_exit, True

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(out: Path, where: Where, limits: Limits, review: Path | None = None) -> None:
    """Serve an output folder until SIGINT or SIGTERM; corrections go into `review`. Raises UsageError where it cannot begin."""
    if review is not None and review.exists():
        read_lines(review)
    with closing(_listening(where)) as listening:
        asyncio.run(_serve(out, where, limits, listening, review))


async def _serve(out: Path, where: Where, limits: Limits, listening: socket.socket, review: Path | None) -> None:
    async with serving(out, limits) as current:
        asking, builds = Asking(current, limits), Builds(lambda: current.held)
        config = uvicorn.Config(
            make_app(asking, where, builds, review),
            http="h11",
            loop="asyncio",
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=_KEPT_OPEN,
            timeout_graceful_shutdown=2 * _GRACE,
            h11_max_incomplete_event_size=protocol.MOST_BYTES,
        )
        port = listening.getsockname()[1]
        host = f"[{where.host}]" if ":" in where.host else where.host
        print(f"serving {out} at http://{host}:{port}; Ctrl-C ends it", file=sys.stderr, flush=True)
        following = asyncio.create_task(builds.follow())
        await _Server(config, asking).serve(sockets=[listening])
        following.cancel()
    print("ended", file=sys.stderr)


def _listening(where: Where) -> socket.socket:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        return socket.create_server((where.host, where.port), family=family)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        told = "is in use" if in_use else f"cannot be listened at ({os.strerror(error.errno) if error.errno else error})"
        raise UsageError(f"{where.host}:{where.port}: {told}. Give another --port or --host.") from error
