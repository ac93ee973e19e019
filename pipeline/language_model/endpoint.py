"""Whom to ask."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.errors import UsageError, one_line

KEY = "ZHIMAI_MODEL_KEY"  # the variable of the environment that holds the key, and the only place where it is looked for
_PATH = "/chat/completions"
_SECRET = 8  # characters: what is shorter is no secret but what a local server wants to be given, and may be part of any word
_LONGEST = 200  # characters of what a server says that are shown


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model on a server that answers as OpenAI's chat completions do. `url` is the address up to /chat/completions, e.g.
    http://127.0.0.1:11434/v1. Raises UsageError where it is none that can be asked."""

    url: str
    model: str

    def __post_init__(self) -> None:
        """Look at the address before anything is sent there."""
        try:
            parts = urlsplit(self.url)
            is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_whole = False
        if not is_whole or not self.url.isprintable() or " " in self.url:
            raise UsageError(f"{self.url}: no address of a server. Give one like http://127.0.0.1:11434/v1.")
        if "@" in parts.netloc or "?" in self.url or "#" in self.url:
            where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
            raise UsageError(f"{where}: an address without a name, a password, ? or # is wanted. Put the key into {KEY}.")
        if not self.model:
            raise UsageError(f"{self.url}: no model is named. Give the name by which the server knows it.")

    @property
    def address(self) -> str:
        """Where requests are sent."""
        return self.url.rstrip("/").removesuffix(_PATH) + _PATH

    def headers(self) -> dict[str, str]:
        """What is sent with each request. Raises UsageError for a key that no header can hold."""
        key = _key()
        if not (key.isascii() and key.isprintable()) or any(sign in key for sign in " \"\\"):
            raise UsageError(f"{KEY}: holds signs that no key has. Set it to the key alone.")
        plain = {"accept": "application/json", "accept-encoding": "identity", "content-type": "application/json"}
        return {**plain, "authorization": f"Bearer {key}"} if key else plain

    def hidden(self, text: str) -> str:
        """A text of the server's without the key, which it may repeat."""
        key = _key()
        return text.replace(key, "***") if len(key) >= _SECRET else text

    def shown(self, text: str) -> str:
        """A text of the server's for a message: on one line, not too long, without the key."""
        return one_line(" ".join(self.hidden(text).split()))[:_LONGEST]


def _key() -> str:
    return os.environ.get(KEY, "").strip()
