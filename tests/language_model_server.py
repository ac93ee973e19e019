"""A server of our own that a model is asked at: it answers as OpenAI's chat completions do, or as a script wants it to.

    with model_server(lambda body: '{"claims": []}', in_turn(status(500), dropped)) as server:
        …ask server.url…
        assert len(server.sent) == 3
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

LOOPBACK = "127.0.0.1"
VERSION = "careful-reader-1 fp_7"  # what the server calls its model
PATH = "/v1/chat/completions"

Body = dict[str, Any]  # of a request, as it was sent
Way = Callable[["Handler", Body], None]  # how one request is answered
Script = Callable[[int, Body], Way | None]  # by its number from 0 and its body; None: rightly


class Sent(NamedTuple):
    """A request as it came: its path, its headers by their names in small letters, its body."""

    path: str
    headers: Mapping[str, str]
    body: Body


class ModelServer:
    """A running server, and what it was sent."""

    def __init__(self, answer: Callable[[Body], str], script: Script) -> None:
        self.answer, self.script = answer, script
        self.sent: list[Sent] = []
        self.connections = self.at_once = self.most_at_once = 0
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.http = _Http((LOOPBACK, 0), Handler)
        self.http.told = self
        self.url = f"http://{LOOPBACK}:{self.http.server_port}/v1"

    def texts(self) -> list[str]:
        """What was asked about, in the order in which it came."""
        return [asked_about(sent.body) for sent in self.sent]


class _Http(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 128
    told: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no fault."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    server: _Http

    def setup(self) -> None:
        super().setup()
        with self.server.told.lock:
            self.server.told.connections += 1

    def do_POST(self) -> None:
        told = self.server.told
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with told.lock:
            number = len(told.sent)
            told.sent.append(Sent(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            told.at_once += 1
            told.most_at_once = max(told.most_at_once, told.at_once)
            way = told.script(number, body) or (right if self.path == PATH else status(404, "no such path"))
        try:
            way(self, body)
        finally:
            with told.lock:
                told.at_once -= 1

    def reply(
        self, code: int, data: bytes, kind: str = "application/json", headers: Mapping[str, str] = {}, length: int | None = None
    ) -> None:
        """Send an answer, which the header says to have `length` bytes."""
        self.send_response(code)
        size = len(data) if length is None else length
        for name, value in {"content-type": kind, "content-length": str(size), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def model_server(answer: Callable[[Body], str], script: Script = lambda number, body: None) -> Iterator[ModelServer]:
    """A server on a free port; `answer` gives the content of the message to a body."""
    server = ModelServer(answer, script)
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.http.shutdown()
        thread.join()
        server.http.server_close()


def asked_about(body: Body) -> str:
    """The text of the user's part of a request."""
    text: str = body["messages"][-1]["content"]
    return text


def in_turn(*ways: Way) -> Script:
    """The first requests in these ways, each later one rightly."""
    return lambda number, body: ways[number] if number < len(ways) else None


def always(way: Way) -> Script:
    """Every request in this way."""
    return lambda number, body: way


def completion(body: Body, content: str | None, ending: str = "stop") -> bytes:
    """An answer of the protocol around the content of a message."""
    model, _, fingerprint = VERSION.partition(" ")
    read, written = sum(len(message["content"]) for message in body["messages"]), len(content or "")
    told = {
        "id": "1",
        "object": "chat.completion",
        "model": model,
        "system_fingerprint": fingerprint,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": ending}],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    }
    return json.dumps(told).encode()


def right(handler: Handler, body: Body) -> None:
    """As the test has it."""
    handler.reply(200, completion(body, handler.server.told.answer(body)))


def saying(content: str | None, ending: str = "stop") -> Way:
    """A completion with that content, which ends for that reason: `length`, `content_filter`."""
    return lambda handler, body: handler.reply(200, completion(body, content, ending))


def status(code: int, message: str = "", **headers: str) -> Way:
    """That status, with an error as the protocol has it: `status(429, retry_after="1")`."""
    data = json.dumps({"error": {"message": message}}).encode()
    named = {name.replace("_", "-"): headers[name] for name in headers}
    return lambda handler, body: handler.reply(code, data, headers=named)


def raw(data: bytes, kind: str = "application/json") -> Way:
    """Status 200 with these bytes."""
    return lambda handler, body: handler.reply(200, data, kind)


def slow(seconds: float) -> Way:
    """Rightly, after a while."""

    def answer(handler: Handler, body: Body) -> None:
        handler.server.told.closing.wait(seconds)
        right(handler, body)

    return answer


def trickling(seconds: float) -> Way:
    """Rightly, but with a wait before each byte."""

    def answer(handler: Handler, body: Body) -> None:
        data = completion(body, handler.server.told.answer(body))
        handler.reply(200, b"", length=len(data))
        for byte in data:
            if handler.server.told.closing.wait(seconds):
                break
            handler.wfile.write(bytes([byte]))

    return answer


def dropped(handler: Handler, body: Body) -> None:
    """The connection ends in the middle of a right answer."""
    data = completion(body, handler.server.told.answer(body))
    handler.reply(200, data[: len(data) // 2], length=len(data))
    handler.close_connection = True


def hung_up(handler: Handler, body: Body) -> None:
    """The connection ends without a word."""
    handler.close_connection = True


def without_schemas(number: int, body: Body) -> Way | None:
    """A server that knows no schemas of answers."""
    is_known = body["response_format"]["type"] == "json_object"
    return None if is_known else status(400, "response_format json_schema is not supported")
