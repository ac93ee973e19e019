"""Many clients at once, and what the server's memory does: python -m tests.serve_load OUT [--clients 200] [--seconds 60]."""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.serving import Served, served

_PAUSE = 5.0  # seconds between two looks at memory
QUERIES = (
    "SELECT ?s ?o { ?s zm:supports ?o } LIMIT 20",
    "SELECT ?c ?q { ?c a zm:Claim ; zm:confidence ?q } ORDER BY DESC(?q) LIMIT 10",
    "SELECT (COUNT(*) AS ?n) { ?c a zm:Claim }",
    "CONSTRUCT { ?s zm:hasElement ?o } WHERE { ?s zm:hasElement ?o } LIMIT 20",
)
PAGE = "/resource?iri=https://w3id.org/zhimai%23Claim"


def main() -> None:
    """Ask for as long as is told, then print how many answers of which kind there were, how long they took, and memory."""
    cli = argparse.ArgumentParser(prog="python -m tests.serve_load")
    cli.add_argument("out", type=Path)
    cli.add_argument("--clients", type=int, default=200)
    cli.add_argument("--seconds", type=float, default=60)
    given = cli.parse_args()
    with served(given.out, "--timeout", "30") as server:
        asyncio.run(_load(server, given.clients, given.seconds))


async def _load(server: Served, clients: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    answers: Counter[str] = Counter()
    times: list[float] = []
    watching = asyncio.create_task(_watch(server))
    await asyncio.gather(*(_client(server, number, until, answers, times) for number in range(clients)))
    watching.cancel()
    times.sort()
    print(f"{len(times)} requests, {len(times) / seconds:.0f}/s: {dict(answers)}")
    print("seconds:", ", ".join(f"{share:.0%} {times[int(share * (len(times) - 1))]:.2f}" for share in (0.5, 0.95, 0.99, 1.0)))
    print(_memory(server))


async def _client(server: Served, number: int, until: float, answers: Counter[str], times: list[float]) -> None:
    """Ask one thing after the other on one connection; httpx would take more of the processor than the server."""
    url = httpx.URL(server.url)
    reading, writing = await asyncio.open_connection(url.host, url.port)
    while time.monotonic() < until:
        number += 1
        began = time.monotonic()
        try:
            writing.write(_request(number, url.netloc.decode()))
            answers[await _status(reading)] += 1
        except (OSError, EOFError) as error:
            answers[type(error).__name__] += 1
            reading, writing = await asyncio.open_connection(url.host, url.port)
        times.append(time.monotonic() - began)
    writing.close()


def _request(number: int, host: str) -> bytes:
    query = httpx.QueryParams({"query": QUERIES[number % len(QUERIES)]})
    path, accept = (PAGE, "text/html") if number % 5 == 0 else (f"/sparql?{query}", "*/*")
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()


async def _status(reading: asyncio.StreamReader) -> str:
    """The status of an answer that is there whole, with what is said where it is not 200."""
    head = (await reading.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"content-length: (\d+)", head)
    assert length
    body = await reading.readexactly(int(length[1]))
    status = head.split()[1]
    return status if status == "200" else f"{status} {body.decode()}"


async def _watch(server: Served) -> None:
    while True:
        print(_memory(server), flush=True)
        await asyncio.sleep(_PAUSE)


def _memory(server: Served) -> str:
    """Of the application and of Oxigraph, in MB (Linux)."""
    return " ".join(
        f"{name} {_resident(pid)} MB" for name, pid in (("app", server.process.pid), ("oxigraph", server.children()[0]))
    )


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) >> 10


if __name__ == "__main__":
    main()
