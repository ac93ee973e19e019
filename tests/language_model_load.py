"""Many sections read by a model that is slow and fails now and then: python -m tests.language_model_load [--sections 1000]."""

from __future__ import annotations

import argparse
import hashlib
import json
import socket
import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest import mock

from pipeline.language_model.answer import Answer, Failure
from pipeline.language_model.asking import ask_all
from pipeline.language_model.cache import Cache
from pipeline.language_model.endpoint import Endpoint
from pipeline.language_model.limits import Limits
from pipeline.language_model.request import Request
from pipeline.progress import progress
from tests.language_model_server import (
    Body,
    Handler,
    ModelServer,
    Way,
    asked_about,
    dropped,
    hung_up,
    model_server,
    raw,
    saying,
    slow,
    status,
)

FAULTS: dict[str, Way] = {
    "429": status(429, retry_after="1"),
    "500": status(500, "out of memory"),
    "dropped in the middle": dropped,
    "hung up": hung_up,
    "no JSON": saying('{"claims": ['),
    "a page": raw(b"<html>busy</html>", "text/html"),
}


class Faults:
    """What goes wrong: a share of the requests meets a fault at the first try, each kind as often; all take their time."""

    def __init__(self, share: float, latency: float) -> None:
        self.share, self.latency = share, latency
        self.met: Counter[str] = Counter()
        self._tried: set[str] = set()

    def script(self, number: int, body: Body) -> Way:
        """As a server takes it."""
        text = asked_about(body)
        draw = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64
        if draw >= self.share or text in self._tried:
            return slow(self.latency)
        self._tried.add(text)
        name = [*FAULTS][int(draw / self.share * len(FAULTS))]
        self.met[name] += 1
        return self._late(FAULTS[name])

    def _late(self, way: Way) -> Way:
        def answer(handler: Handler, body: Body) -> None:
            handler.server.told.closing.wait(self.latency)
            way(handler, body)

        return answer


def main() -> None:
    """Ask twice, the second time of the cache, and print what came of it. Fails where an answer is lost or a limit broken."""
    cli = argparse.ArgumentParser(prog="python -m tests.language_model_load")
    cli.add_argument("--sections", type=int, default=1_000)
    cli.add_argument("--at-once", type=int, default=32)
    cli.add_argument("--latency", type=float, default=2.0)
    cli.add_argument("--faults", type=float, default=0.05)
    given = cli.parse_args()
    texts = [f"第{number}节" for number in range(given.sections)]
    requests = [Request(text, "Say what you read.", text, {"type": "object"}) for text in texts]
    limits = Limits(requests=2 * given.sections, at_once=given.at_once)
    faults = Faults(given.faults, given.latency)
    with tempfile.TemporaryDirectory() as folder, model_server(_read_back, faults.script) as server:
        first = _run("first", requests, server, limits, Path(folder))
        print(f"sent {len(server.sent)}, at most {server.most_at_once} at once, on {server.connections} connections")
        print(f"faults met {faults.met.total()}: {dict(faults.met)}")
        with mock.patch.object(socket, "socket", side_effect=AssertionError("a socket is opened")):
            second = _run("second", requests, server, limits, Path(folder))
    lost = [reply for reply in first if isinstance(reply, Failure) or reply.fault]
    same = [reply._replace(from_cache=True) for reply in first if isinstance(reply, Answer)] == second
    print(f"answers lost {len(lost)}; the second run opens no socket and gives {'the same' if same else 'OTHER ANSWERS'}")
    right = [json.loads(reply.text)["读"] for reply in second if isinstance(reply, Answer)] == texts
    assert not lost
    assert same
    assert right
    assert server.most_at_once <= given.at_once


def _read_back(body: Body) -> str:
    return json.dumps({"读": asked_about(body)})


def _run(name: str, requests: list[Request], server: ModelServer, limits: Limits, folder: Path) -> list[Answer | Failure]:
    began, used = time.monotonic(), time.process_time()
    with progress() as shown:
        replies = [*ask_all(requests, Endpoint(server.url, "careful"), limits, Cache(folder), shown)]
    print(f"{name} run: {time.monotonic() - began:.1f} s, {time.process_time() - used:.1f} s of the processor with the server's")
    return replies


if __name__ == "__main__":
    main()
