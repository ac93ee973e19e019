"""One request and what comes back, over HTTP."""

from __future__ import annotations

import asyncio
import json
import math
import time
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import httpx

from pipeline.errors import UsageError
from pipeline.language_model.answer import CUT, EMPTY, FILTERED, NO_JSON, read_object, spelt
from pipeline.language_model.endpoint import KEY, Endpoint
from pipeline.language_model.limits import Limits

_TO_CONNECT = 10.0  # seconds
_PASSING = {408, 425, 429}  # statuses that say: later. So does every one from 500 on.
_WHAT_TO_DO = {
    401: f"Set {KEY} to a key that the server knows",
    402: "See to the account that the key belongs to",
    403: f"Set {KEY} to a key that may use this model",
    404: "See that the address ends as the server's guide says, often in /v1, and that it has this model",
}
_FAULTS = {"length": CUT, "content_filter": FILTERED}  # by what the server says of the end of an answer


class AgainError(Exception):
    """No answer this time. `after` is how many seconds the server asks to wait, None where it does not."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class NobodyError(AgainError):
    """No answer because nobody is there to give it."""


class RefusedError(Exception):
    """No answer to this request, however often it is sent."""


class Said(NamedTuple):
    """What a server answered: text, version and fault as in Answer, and how many tokens were used, None where it does not say."""

    text: str
    version: str
    fault: str
    tokens: int | None


def client(endpoint: Endpoint, limits: Limits) -> httpx.AsyncClient:
    """A client for an endpoint. Certificates are verified and redirects not followed. A proxy of the environment is used for
    https, which it cannot read, and for nothing else. Raises UsageError where address, proxy or certificates are of no use."""
    is_sealed = endpoint.url.startswith("https:")
    timeout = httpx.Timeout(None, connect=_TO_CONNECT)  # the rest `exchange` bounds as a whole
    most = httpx.Limits(max_connections=limits.at_once, max_keepalive_connections=limits.at_once)
    headers = endpoint.headers()
    try:
        httpx.URL(endpoint.address)
        return httpx.AsyncClient(headers=headers, trust_env=is_sealed, timeout=timeout, limits=most)
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        told = f"{endpoint.url}: no connection can be made ({endpoint.shown(str(error))})"
        raise UsageError(f"{told}. See to the address, and to proxy and SSL_CERT_FILE of the environment.") from None


async def exchange(asked: httpx.AsyncClient, endpoint: Endpoint, body: bytes, limits: Limits) -> Said:
    """What the endpoint answers. Raises AgainError or RefusedError where it does not, UsageError where it answers to nothing."""
    try:
        async with asyncio.timeout(limits.seconds_each):
            response, data = await _post(asked, endpoint, body, limits.answer_bytes)
    except TimeoutError:
        raise AgainError(f"no answer within {limits.seconds_each:g} seconds") from None
    except httpx.TransportError as error:
        told = endpoint.shown(str(error)) or type(error).__name__
        if "CERTIFICATE_VERIFY_FAILED" in told:
            raise UsageError(f"{endpoint.url}: its certificate is not valid ({told}). Give the server's right name.") from None
        kind = NobodyError if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)) else AgainError
        raise kind(f"the connection failed: {told}") from None
    if response.status_code == httpx.codes.OK:
        return _said(endpoint, response, data)
    raise _fault(endpoint, response, data)


async def _post(asked: httpx.AsyncClient, endpoint: Endpoint, body: bytes, most: int) -> tuple[httpx.Response, bytes]:
    data = bytearray()
    async with asked.stream("POST", endpoint.address, content=body) as response:
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > most:
                raise RefusedError(f"the answer has more than {most:,} bytes")
    return response, bytes(data)


def _said(endpoint: Endpoint, response: httpx.Response, data: bytes) -> Said:
    try:
        told = json.loads(data)
        choice = told["choices"][0]
        text, fault = _judged(endpoint, choice["message"].get("content") or "", choice.get("finish_reason"))
        tokens = (told.get("usage") or {}).get("total_tokens")
        version = " ".join(filter(None, (endpoint.shown(_text(told.get(name))) for name in ("model", "system_fingerprint"))))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        kind = endpoint.shown(response.headers.get("content-type", "no content type"))
        raise AgainError(f"what came is no chat completion ({kind})") from None
    return Said(text, version, fault, tokens if isinstance(tokens, int) and tokens >= 0 else None)


def _judged(endpoint: Endpoint, text: str, ending: object) -> tuple[str, str]:
    """An answer as it is kept, and its fault."""
    whole = read_object(text)
    fault = _FAULTS.get(_text(ending)) or ("" if whole is not None else NO_JSON if text.strip() else EMPTY)
    if whole is None or fault:
        return endpoint.hidden(text).encode("utf-8", "replace").decode(), fault
    seen = read_object(endpoint.hidden(spelt(whole)))
    return (spelt(seen), "") if seen is not None else ("", NO_JSON)


def _fault(endpoint: Endpoint, response: httpx.Response, data: bytes) -> Exception:
    """What a status other than 200 means."""
    status = response.status_code
    told = f"{status} {endpoint.shown(_message(data)) or '(nothing more)'}"
    if status in _PASSING or status >= 500:
        return AgainError(f"the server says {told}", _seconds(response.headers.get("retry-after", "")))
    if response.is_redirect:
        where = endpoint.shown(response.headers["location"])
        return UsageError(f"{endpoint.url}: sends on to {where}. Name that address if you trust it; nothing was sent there.")
    if status in _WHAT_TO_DO:
        return UsageError(f"{endpoint.url}: model {endpoint.model}: the server says {told}. {_WHAT_TO_DO[status]}.")
    return RefusedError(f"the server refuses the request: {told}")


def _message(data: bytes) -> str:
    """What a server says of an error: in one of the forms that are in use, or as it stands."""
    try:
        told: Any = json.loads(data)
        for name in ("error", "message", "detail"):
            told = told.get(name, told) if isinstance(told, dict) else told
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, str) else data.decode("utf-8", "replace")


def _seconds(told: str) -> float | None:
    """What Retry-After says: seconds, or a date."""
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
