"""A model is asked, within limits, whatever its server does; what it answered is kept, and not asked for again."""

from __future__ import annotations

import email.utils
import errno
import gc
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.language_model.answer import CUT, EMPTY, FILTERED, NO_JSON, Answer, Failure
from pipeline.language_model.asking import Estimate, ask_all, estimate
from pipeline.language_model.cache import Cache
from pipeline.language_model.endpoint import KEY, Endpoint
from pipeline.language_model.limits import Limits
from pipeline.language_model.request import FORMS, Form, Request, tokens_of
from tests.language_model_server import (
    LOOPBACK,
    VERSION,
    Body,
    Handler,
    ModelServer,
    Script,
    Way,
    always,
    asked_about,
    completion,
    dropped,
    hung_up,
    in_turn,
    model_server,
    raw,
    saying,
    slow,
    status,
    trickling,
    without_schemas,
)
from tests.samples import ROOT
from tests.serving import comes_about

SCHEMA = {"type": "object", "properties": {"读": {"type": "string"}}, "required": ["读"], "additionalProperties": False}
QUICK = Limits(pause=0.01)
SECRET = "sk-4f1b-secret-9a7c"
MODEL = "careful"
Reply = Answer | Failure


def request(text: str) -> Request:
    return Request(f"文件 § {text}", "Say as JSON what you read.", text, SCHEMA)


def read_back(body: Body) -> str:
    """What a right model says: the text that it was given."""
    return json.dumps({"读": asked_about(body)})


def answer_to(text: str, *, from_cache: bool = False) -> Answer:
    return Answer(json.dumps({"读": text}, ensure_ascii=False), VERSION, "", from_cache)


def ask(server: ModelServer | str, cache: Path, *texts: str, limits: Limits = QUICK, **options: Any) -> list[Reply]:
    url = server if isinstance(server, str) else server.url
    requests = [request(text) for text in texts]
    return [*ask_all(requests, Endpoint(url, MODEL), limits, Cache(cache), lambda *_: None, **options)]


def asked(script: Script, cache: Path, *texts: str, limits: Limits = QUICK) -> tuple[list[Reply], ModelServer]:
    with model_server(read_back, script) as server:
        return ask(server, cache, *texts, limits=limits), server


def form_of(body: Body) -> Form:
    return Form(body["response_format"]["type"] == "json_schema", "seed" in body and "temperature" in body)


def forms(server: ModelServer) -> list[Form]:
    return [form_of(sent.body) for sent in server.sent]


def as_new(replies: list[Reply]) -> list[Reply]:
    """Answers as they were when they came."""
    return [reply._replace(from_cache=False) if isinstance(reply, Answer) else reply for reply in replies]


def texts(number: int) -> list[str]:
    return [f"第{index}节" for index in range(number)]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _no_key_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket is opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "socketpair", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


# What is sent, and what is kept


def test_a_request_says_all_that_the_answer_depends_on(tmp_path: Path) -> None:
    found, server = asked(in_turn(), tmp_path, "海洋")
    assert found == [answer_to("海洋")]
    (sent,) = server.sent
    assert sent.path == "/v1/chat/completions"
    assert sent.body == {
        "model": MODEL,
        "messages": [{"role": "system", "content": "Say as JSON what you read."}, {"role": "user", "content": "海洋"}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA}},
        "temperature": 0,
        "seed": 0,
    }


def test_a_key_follows_from_what_is_sent_and_from_nothing_else() -> None:
    one = request("海洋")
    others = [one._replace(system="x"), one._replace(user="x"), one._replace(schema={"type": "object"})]
    assert len({one.key("a"), one.key("b"), *(other.key("a") for other in others)}) == 5
    assert one._replace(name="x").key("a") == one.key("a")
    assert one._replace(user="x").prompt == one.prompt
    assert len({one.prompt, others[0].prompt, others[2].prompt}) == 3


def test_a_kept_answer_can_be_read_and_says_what_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, SECRET)
    asked(in_turn(), tmp_path, "海洋")
    one = request("海洋")
    key = one.key(MODEL)
    assert files(tmp_path) == {
        f"{key[:2]}/{key}.json": f"""{{
  "answer": {{
    "读": "海洋"
  }},
  "fault": "",
  "model": "careful",
  "name": "文件 § 海洋",
  "prompt": "{one.prompt}",
  "version": "{VERSION}"
}}
""".encode()
    }


def test_a_full_cache_opens_no_socket_and_gives_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    ways = saying("no json"), saying("no json"), saying('{"b": 1.50, "a": [{}]}')
    first, server = asked(in_turn(*ways), tmp_path, *texts(4), limits=replace(QUICK, at_once=1))
    request.getfixturevalue("no_sockets")
    for only_cache in (False, True):
        again = ask(server.url, tmp_path, *texts(4), only_cache=only_cache)
        assert as_new(again) == first
        assert all(isinstance(reply, Answer) and reply.from_cache for reply in again)
    assert isinstance(first[1], Answer)
    assert first[1].text == '{"a": [{}], "b": 1.5}'


def test_a_cache_alone_that_lacks_answers_names_them(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    _, server = asked(in_turn(), tmp_path, "甲", "乙")
    request.getfixturevalue("no_sockets")
    with pytest.raises(UsageError, match=r"5 answers are missing \(文件 § 第0节, 文件 § 第1节, 文件 § 第2节 and 2 more\)"):
        ask(server.url, tmp_path, "甲", *texts(5), "乙", only_cache=True)


def test_an_estimate_counts_what_is_not_in_the_cache(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    asked(in_turn(), tmp_path, "甲")
    request.getfixturevalue("no_sockets")
    prompt, schema = "Say as JSON what you read.", json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":"))
    one = Request("", prompt, "乙乙乙", SCHEMA)
    again = [Request("", prompt, "甲", SCHEMA), one, one]
    tokens = tokens_of(prompt) + tokens_of(schema) + 3
    assert estimate(again, MODEL, Cache(tmp_path)) == Estimate(1, len(prompt) + len(schema) + 3, tokens, 1)
    assert estimate(again, "other", Cache(tmp_path)).requests == 2


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("海洋经济", 4), ("ocean", 2), ("海洋 ocean", 4)])
def test_tokens_are_estimated_by_character(text: str, tokens: int) -> None:
    assert tokens_of(text) == tokens


def test_the_same_request_is_sent_once(tmp_path: Path) -> None:
    found, server = asked(in_turn(), tmp_path, "甲", "乙", "甲")
    assert found == [answer_to("甲"), answer_to("乙"), answer_to("甲")]
    assert server.texts() == ["甲", "乙"]


def broken(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def spoil(data: bytes) -> bytes:
        kept = json.loads(data)
        change(kept)
        return json.dumps(kept).encode()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:40],
        lambda data: b"",
        lambda data: b"\xff" + data,
        lambda data: b"[" * 100_000,
        lambda data: b"[]",
        broken(lambda kept: kept.pop("answer")),
        broken(lambda kept: kept.update(model="another")),
        broken(lambda kept: kept.update(prompt="0" * 64)),
        broken(lambda kept: kept.update(answer="a string without a fault")),
        broken(lambda kept: kept.update(fault=None)),
        broken(lambda kept: kept.update(version="\ud800")),
    ],
)
def test_a_broken_file_is_named_and_asked_again(
    tmp_path: Path, spoil: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    asked(in_turn(), tmp_path, "甲", "乙")
    before = files(tmp_path)
    path = Cache(tmp_path).path(request("甲").key(MODEL))
    path.write_bytes(spoil(path.read_bytes()))
    found, server = asked(in_turn(), tmp_path, "甲", "乙")
    told = capsys.readouterr().err
    assert told == f"warning: {path}: not an answer to its request, which counts as not answered\n"
    assert found == [answer_to("甲"), answer_to("乙", from_cache=True)]
    assert server.texts() == ["甲"]
    assert files(tmp_path) == before


def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"file/.*cannot be written \(Not a directory\)"):
        asked(in_turn(), tmp_path / "file", "甲")


@pytest.mark.parametrize("method", ["replace", "write_text"])
def test_an_answer_that_cannot_be_kept_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    def fill(path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"{")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, method, fill)
    with pytest.raises(UsageError, match=r"json: cannot be written \(No space left on device\)"):
        asked(in_turn(), tmp_path, "甲")
    assert not files(tmp_path)


# What servers do


AGAIN: list[Way] = [
    status(429),
    status(500, "oh"),
    status(503),
    status(408),
    dropped,
    hung_up,
    raw(b"<html>busy</html>", "text/html"),
    raw(b'{"choices": []}'),
    raw(b"[" * 100_000),
    raw(b"\xff\xfe"),
    raw(b'{"choices": [{"message": {"content": 5}}]}'),
    raw(b'{"choices": [{"message": {"content": "{}"}}], "usage": [1]}'),
    saying("no json"),
    saying('{"读": "甲"'),
    saying("[1]"),
    saying('{"a": NaN}'),
    saying('{"a": 1e999}'),
    saying('{"a": "\\ud800"}'),
    saying('{"a": ' + "[" * 60 + "]" * 60 + "}"),
]


@pytest.mark.parametrize("way", AGAIN)
@pytest.mark.parametrize("earlier", [0, 1])
def test_what_may_pass_is_tried_again(tmp_path: Path, way: Way, earlier: int) -> None:
    ways: list[Any] = [None] * earlier
    found, server = asked(in_turn(*ways, way), tmp_path, "甲", "乙")
    assert found == [answer_to("甲"), answer_to("乙")]
    assert len(server.sent) == 3


@pytest.mark.parametrize(
    ("way", "fault", "text", "sent"),
    [
        (saying("I think so."), NO_JSON, "I think so.", 2),
        (saying('{"读": "甲'), NO_JSON, '{"读": "甲', 2),
        (saying('{"读": "甲', "length"), CUT, '{"读": "甲', 1),
        (saying('{"读": "甲"}', "length"), CUT, '{"读": "甲"}', 1),
        (saying(None, "content_filter"), FILTERED, "", 1),
        (saying(None), EMPTY, "", 1),
        (saying(" \n"), EMPTY, " \n", 1),
        (saying("\ud800 x"), NO_JSON, "? x", 2),
    ],
)
def test_an_answer_that_is_of_no_use_is_kept_with_its_fault(tmp_path: Path, way: Way, fault: str, text: str, sent: int) -> None:
    found, server = asked(always(way), tmp_path, "甲")
    assert found == [Answer(text, VERSION, fault, from_cache=False)]
    assert len(server.sent) == sent
    assert ask(server.url, tmp_path, "甲", only_cache=True) == [Answer(text, VERSION, fault, from_cache=True)]


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (status(500, "out of\nmemory"), "the server says 500 out of memory; tried 3 times"),
        (dropped, "the connection failed: .*; tried 3 times"),
        (raw(b"<html>", "text/html"), r"what came is no chat completion \(text/html\); tried 3 times"),
        (raw(b"x" * 2_000), "the answer has more than 1,000 bytes"),
        (status(400, "too long"), "the server refuses the request: 400 too long"),
        (status(413), r"the server refuses the request: 413 \(nothing more\)"),
        (slow(5), "no answer within 0.4 seconds; tried 3 times"),
        (trickling(0.01), "no answer within 0.4 seconds; tried 3 times"),
    ],
)
def test_one_request_without_an_answer_costs_no_other(tmp_path: Path, way: Way, reason: str) -> None:
    limits = replace(QUICK, tries=3, seconds_each=0.4, answer_bytes=1_000)
    found, _ = asked(lambda _, body: way if asked_about(body) == "乙" else None, tmp_path, *"甲乙丙", limits=limits)
    assert [found[0], found[2]] == [answer_to("甲"), answer_to("丙")]
    assert isinstance(found[1], Failure)
    assert_matches(reason, found[1].reason)
    assert len(files(tmp_path)) == 2
    again, server = asked(in_turn(), tmp_path, *"甲乙丙")
    assert again[1] == answer_to("乙")
    assert server.texts() == ["乙"]


def assert_matches(pattern: str, text: str) -> None:
    with pytest.raises(AssertionError, match=f"^{pattern}$"):
        raise AssertionError(text)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (status(401, "wrong key"), f"model careful: the server says 401 wrong key. Set {KEY} to a key that the server knows."),
        (status(403), "the server says 403"),
        (status(404, "no model careful"), "404 no model careful. See that the address ends as"),
    ],
)
@pytest.mark.parametrize("earlier", [0, 2])
def test_what_will_not_pass_ends_the_run_at_once(tmp_path: Path, way: Way, told: str, earlier: int) -> None:
    ways: list[Any] = [None] * earlier
    with model_server(read_back, in_turn(*ways, way)) as server:
        with pytest.raises(UsageError) as error:
            ask(server, tmp_path, *texts(9), limits=replace(QUICK, at_once=1))
        assert told in str(error.value)
        assert str(error.value).startswith(server.url)
        assert len(server.sent) == earlier + 1
        assert len(files(tmp_path)) == earlier


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_server_that_sends_on_to_another_is_not_followed(tmp_path: Path, code: int) -> None:
    with model_server(read_back) as other, pytest.raises(UsageError, match=rf"sends on to {other.url}/\. Name that address"):
        asked(always(status(code, location=f"{other.url}/")), tmp_path, "甲")
    assert not other.connections


@pytest.mark.parametrize(("way", "sent"), [(status(400, "no such field: seed"), 12), (status(500), 6), (dropped, 6)])
def test_a_server_that_answers_nothing_at_all_ends_the_run(tmp_path: Path, way: Way, sent: int) -> None:
    limits = replace(QUICK, tries=2)
    with model_server(read_back, always(way)) as server:
        with pytest.raises(UsageError, match=r"no answer to the first 3 requests .*Set the server right, then build again"):
            ask(server, tmp_path, *texts(50), limits=limits)
        assert len(server.sent) == sent


def test_requests_that_are_refused_each_time_do_not_keep_a_build_from_its_end(tmp_path: Path) -> None:
    asked(in_turn(), tmp_path, "甲")
    found, _ = asked(always(status(400, "too long")), tmp_path, "甲", *texts(5))
    assert [isinstance(reply, Failure) for reply in found] == [False] + [True] * 5


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as probe:
        url = f"http://{LOOPBACK}:{probe.getsockname()[1]}/v1"
    asked(in_turn(), tmp_path, "甲")
    began = time.monotonic()
    with pytest.raises(UsageError, match=r"the connection failed: .*\. See that the server runs"):
        ask(url, tmp_path, "甲", "乙", limits=replace(QUICK, pause=60))
    assert time.monotonic() - began < 20  # at once, and not after a pause


def test_a_server_that_has_gone_is_named_after_some_tries(tmp_path: Path) -> None:
    def go(handler: Handler, body: Body) -> None:
        handler.server.socket.close()
        handler.close_connection = True

    with pytest.raises(UsageError, match=r"the connection failed: .*\. See that the server runs"):
        asked(in_turn(slow(0), slow(0), go), tmp_path, *texts(9), limits=replace(QUICK, at_once=1))
    assert len(files(tmp_path)) == 2


def test_a_server_that_takes_a_connection_and_no_more_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.language_model.exchange._TO_CONNECT", 0.2)
    with socket.create_server((LOOPBACK, 0)) as silent, pytest.raises(UsageError, match="the connection failed: ConnectTimeout"):
        ask(f"https://{LOOPBACK}:{silent.getsockname()[1]}/v1", tmp_path, "甲")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made by openssl")
def test_a_certificate_of_nobody_is_refused(tmp_path: Path) -> None:
    pair = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    order = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", *pair]
    subprocess.run(order, check=True, capture_output=True)
    sealing = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    sealing.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with model_server(read_back) as server:
        server.http.socket = sealing.wrap_socket(server.http.socket, server_side=True)
        with pytest.raises(UsageError, match="its certificate is not valid"):
            ask(server.url.replace("http:", "https:"), tmp_path / "cache", "甲")
        assert not server.sent


def test_a_server_without_schemas_is_told_of_them_in_words(tmp_path: Path) -> None:
    found, server = asked(without_schemas, tmp_path, *texts(6))
    assert found == [answer_to(text) for text in texts(6)]
    assert forms(server) == [(True, True)] + [(False, True)] * 6
    said = server.sent[-1].body["messages"][0]["content"]
    assert said.endswith(json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":")))
    assert ask(server.url, tmp_path, *texts(6), only_cache=True) == [answer_to(text, from_cache=True) for text in texts(6)]


def test_one_refused_request_does_not_take_the_schema_from_the_others(tmp_path: Path) -> None:
    _, server = asked(lambda _, body: status(400) if asked_about(body) == "长" else None, tmp_path, "长", "甲", "乙")
    assert forms(server) == [*FORMS, FORMS[0], FORMS[0]]


@pytest.mark.parametrize("form", FORMS)
def test_a_server_is_asked_in_the_form_that_it_takes(tmp_path: Path, form: Form) -> None:
    found, server = asked(lambda _, body: None if form_of(body) == form else status(422), tmp_path, *texts(3))
    assert found == [answer_to(text) for text in texts(3)]
    assert forms(server) == [*FORMS[: FORMS.index(form) + 1], form, form]


# Limits


def test_no_more_are_sent_at_once_than_the_limit_and_one_that_is_slow_holds_up_no_other(tmp_path: Path) -> None:
    def script(_: int, body: Body) -> Way:
        return until_all_came if asked_about(body) == "第1节" else slow(0.02)

    def until_all_came(handler: Handler, body: Body) -> None:
        assert comes_about(lambda: len(handler.server.told.sent) == 40)
        slow(0.2)(handler, body)

    seen: list[tuple[int, int, str]] = []
    with model_server(read_back, script) as server:
        requests = [request(text) for text in texts(40)]
        limits = replace(QUICK, at_once=4)
        found = [*ask_all(requests, Endpoint(server.url, MODEL), limits, Cache(tmp_path), lambda *said: seen.append(said))]
    assert found == [answer_to(text) for text in texts(40)]
    assert server.most_at_once == server.connections == 4
    assert [done for done, _, _ in seen] == [*range(1, 41)]
    assert seen[-1] == (40, 40, "文件 § 第1节")


@pytest.mark.parametrize(
    ("limits", "reason", "answered"),
    [
        (replace(QUICK, requests=5), "the limit of 5 requests is reached", 5),
        (replace(QUICK, tokens=200), "the limit of 200 tokens is reached", 3),
        (replace(QUICK, seconds=1.5), "the limit of 1.5 seconds is reached", 3),
    ],
)
def test_a_limit_ends_the_run_and_the_next_goes_on(tmp_path: Path, limits: Limits, reason: str, answered: int) -> None:
    is_timed = limits.seconds < 2
    script: Script = (lambda number, _: slow(9) if number >= 3 else None) if is_timed else in_turn()
    found, server = asked(script, tmp_path, *texts(9), limits=replace(limits, at_once=1))
    assert found == [answer_to(text) for text in texts(answered)] + [Failure(reason)] * (9 - answered)
    assert len(server.sent) == answered + is_timed
    again, server = asked(in_turn(), tmp_path, *texts(9))
    assert [isinstance(reply, Answer) and reply.from_cache for reply in again] == [True] * answered + [False] * (9 - answered)
    assert sorted(server.texts()) == texts(9)[answered:]


def test_tries_count_as_requests(tmp_path: Path) -> None:
    found, server = asked(in_turn(status(500), status(500)), tmp_path, *texts(9), limits=replace(QUICK, requests=5))
    assert [isinstance(reply, Answer) for reply in found] == [True] * 3 + [False] * 6
    assert len(server.sent) == 5


def test_a_server_that_counts_no_tokens_is_counted_for(tmp_path: Path) -> None:
    def uncounted(handler: Any, body: Body) -> None:
        told = json.loads(completion(body, read_back(body)))
        del told["usage"]
        handler.reply(200, json.dumps(told).encode())

    one = request("第0节")
    limits = replace(QUICK, tokens=3 * (one.tokens + tokens_of(answer_to("第0节").text)))
    found, _ = asked(always(uncounted), tmp_path, *texts(5), limits=limits)
    assert [isinstance(reply, Answer) for reply in found] == [True] * 3 + [False] * 2


def in_date(seconds: float) -> str:
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


@pytest.mark.parametrize(("after", "least"), [("0.5", 0.5), ("soon", 0), ("nan", 0), ("inf", 0), ("-5", 0), ("", 0)])
def test_a_server_that_asks_to_wait_is_given_the_time_by_all(tmp_path: Path, after: str, least: float) -> None:
    came: list[float] = []

    def script(number: int, _: Body) -> Way | None:
        came.append(time.monotonic())
        return status(429, retry_after=after) if number == 1 else slow(0.05)

    found, _ = asked(script, tmp_path, *texts(6), limits=replace(QUICK, at_once=2))
    assert found == [answer_to(text) for text in texts(6)]
    assert came[3] - came[1] >= least  # the third was under way
    assert came[-1] - came[0] < least + 5


def test_a_server_may_ask_to_wait_until_a_date(tmp_path: Path) -> None:
    began = time.monotonic()
    found, _ = asked(in_turn(status(503, retry_after=in_date(2))), tmp_path, "甲")
    assert found == [answer_to("甲")]
    assert 0.9 < time.monotonic() - began < 3


def test_a_wait_beyond_the_limit_of_time_ends_the_run_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    found, server = asked(in_turn(status(429, retry_after="86400")), tmp_path, "甲", "乙", limits=replace(QUICK, seconds=600))
    assert found == [Failure("the server asks to wait for 86400 seconds, and the limit of 600 comes first")] * 2
    assert len(server.sent) == 1
    assert time.monotonic() - began < 60


def test_each_try_waits_longer(tmp_path: Path) -> None:
    came: list[float] = []

    def script(number: int, _: Body) -> Way | None:
        came.append(time.monotonic())
        return status(500) if number < 4 else None

    asked(script, tmp_path, "甲", limits=replace(QUICK, pause=0.04))
    waits = [later - earlier for earlier, later in pairwise(came)]
    assert all(0.02 * 2**number <= wait for number, wait in enumerate(waits))
    assert len(waits) == 4


# The order, and the bytes


def test_neither_answers_nor_files_depend_on_what_comes_when(tmp_path: Path) -> None:
    def script(seed: int) -> Script:
        return lambda number, _: [status(500), dropped, slow(0.01), None, slow(0.03)][(number * 7 + seed) % 5]

    runs = [asked(script(seed), tmp_path / str(seed), *texts(30), limits=replace(QUICK, at_once=8))[0] for seed in range(3)]
    assert runs[0] == runs[1] == runs[2] == [answer_to(text) for text in texts(30)]
    kept = [files(tmp_path / str(seed)) for seed in range(3)]
    assert len(kept[0]) == 30
    assert kept[0] == kept[1] == kept[2]


RUN = """
import sys
from pathlib import Path
from tests.test_language_model_asking import ask, texts
ask(sys.argv[1], Path(sys.argv[2]), *texts(20))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    with model_server(read_back, lambda number, _: slow(30 if number >= 8 else 0)) as server:
        run = subprocess.Popen([sys.executable, "-c", RUN, server.url, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL)
        assert comes_about(lambda: len(server.sent) == 12 and len(files(tmp_path)) == 8)
        run.send_signal(how)
        assert run.wait(20) != 0
    assert len(files(tmp_path)) == 8
    found, server = asked(in_turn(), tmp_path, *texts(20))
    assert as_new(found) == [answer_to(text) for text in texts(20)]
    assert len(server.sent) == 12


def test_who_wants_no_more_answers_stops_the_run(tmp_path: Path) -> None:
    with model_server(read_back, lambda number, _: slow(30 if number >= 3 else 0)) as server:
        requests = [request(text) for text in texts(20)]
        answers = ask_all(requests, Endpoint(server.url, MODEL), QUICK, Cache(tmp_path), lambda *_: None)
        assert next(answers) == answer_to("第0节")
        assert "ask a model" in [thread.name for thread in threading.enumerate()]
        began = time.monotonic()
        del answers
        gc.collect()
        assert time.monotonic() - began < 20
        assert "ask a model" not in [thread.name for thread in threading.enumerate()]


# The key


@pytest.mark.parametrize("key", [SECRET, f" {SECRET}\n"])
def test_the_key_is_in_the_header_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, key: str
) -> None:
    monkeypatch.setenv(KEY, key)
    caplog.set_level(0)
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in SECRET)
    said = [json.dumps({"读": SECRET, f"{SECRET}": 1}), f'{{"读": "{escaped}"}}', f"{SECRET}?", f"{SECRET}?"]
    ways = [*map(saying, said), status(418, f"no {SECRET}")]
    found, server = asked(in_turn(*ways), tmp_path, *texts(6), limits=replace(QUICK, at_once=1))
    for sent in server.sent:
        assert sent.headers["authorization"] == f"Bearer {SECRET}"
        assert SECRET not in json.dumps([{**sent.headers, "authorization": ""}, sent.body, sent.path])
    assert found[3] == Failure("the server refuses the request: 418 no ***")
    assert SECRET not in repr(found)
    kept = files(tmp_path)
    assert len(kept) == 5
    assert not any(SECRET.encode() in data for data in kept.values())
    again = ask(server.url, tmp_path, *texts(3))
    assert as_new(again) == found[:3]
    with model_server(read_back, always(status(401, f"{SECRET} is wrong"))) as server, pytest.raises(UsageError) as error:
        ask(server, tmp_path, "甲")
    told = capfd.readouterr()
    assert SECRET not in f"{error.value} {told.out} {told.err} {caplog.text}"
    assert SECRET not in repr(Endpoint(server.url, MODEL))


def test_without_a_key_none_is_sent(tmp_path: Path) -> None:
    _, server = asked(in_turn(), tmp_path, "甲")
    assert "authorization" not in server.sent[0].headers


@pytest.mark.parametrize("key", ["two words of it", "sk-密钥", "sk-\x00-and-more", 'sk-"quoted"'])
def test_a_key_that_no_header_can_hold_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    if "\x00" in key:
        monkeypatch.setattr(os, "environ", {KEY: key})
    else:
        monkeypatch.setenv(KEY, key)
    with model_server(read_back) as server, pytest.raises(UsageError, match=f"{KEY}: holds signs that no key has") as error:
        ask(server, tmp_path, "甲")
    assert key not in str(error.value)
    assert not server.sent


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:80", "ftp://x/v1", "http://", "http://x:99999/v1", "http://[x/v1", "http://x/a b", "http://x/\n", "x"]
)
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(UsageError, match="no address of a server"):
        Endpoint(url, MODEL)


@pytest.mark.parametrize("url", [f"http://me:{SECRET}@x.org/v1", f"https://x.org/v1?key={SECRET}", f"https://x.org/v1#{SECRET}"])
def test_a_key_in_an_address_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(UsageError, match=rf"https?://x.org/v1: .*Put the key into {KEY}") as error:
        Endpoint(url, MODEL)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize("url", ["http://x.org/v1", "http://x.org/v1/", "http://x.org/v1/chat/completions"])
def test_an_address_may_be_written_in_its_ways(url: str) -> None:
    assert Endpoint(url, MODEL).address == "http://x.org/v1/chat/completions"


def test_no_proxy_of_the_environment_reads_what_is_sent_in_the_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(read_back) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        found, _ = asked(in_turn(), tmp_path, "甲")
    assert found == [answer_to("甲")]
    assert not proxy.connections


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("https_proxy", "ftp://127.0.0.1:1", "Unknown scheme for proxy URL"),
        ("SSL_CERT_FILE", "none.pem", "No such file"),
    ],
)
def test_an_environment_that_is_of_no_use_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=rf"https://model.example/v1: no connection can be made \(.*{told}"):
        ask("https://model.example/v1", tmp_path, "甲")


def test_a_host_that_cannot_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no connection can be made"):
        ask("http://模型。..例/v1", tmp_path, "甲")


def test_a_proxy_of_the_environment_is_asked_to_pass_on_what_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(read_back) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "")
        (found,) = ask("https://model.example/v1", tmp_path, "甲", limits=replace(QUICK, tries=1))
    assert isinstance(found, Failure)
    assert "501 Unsupported method ('CONNECT')" in found.reason
    assert proxy.connections == 1
