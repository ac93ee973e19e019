"""What a model is asked: a prompt, a text, and the form of the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

_IN_WORDS = "\n\nAnswer with one JSON object, and nothing else, that is valid under this JSON schema:\n"


class Form(NamedTuple):
    """How an answer is asked for: under the schema itself, or with the schema told in words; and with what makes it come out the
    same again, as far as a server can."""

    by_schema: bool = True
    is_fixed: bool = True


FORMS = (Form(), Form(by_schema=False), Form(is_fixed=False), Form(by_schema=False, is_fixed=False))  # the best first


class Request(NamedTuple):
    """One question. `name` is for people, e.g. the document and its section, and is not sent; `system` is the prompt, `user` the
    text that is asked about, `schema` the JSON schema of the answer."""

    name: str
    system: str
    user: str
    schema: Mapping[str, object]

    @property
    def prompt(self) -> str:
        """The sha256 (hex) of all that is asked alike of every text: the prompt and the schema."""
        return hashlib.sha256(_encoded([self.system, self.schema])).hexdigest()

    def key(self, model: str) -> str:
        """The sha256 (hex) of what is sent to a model: its name, the prompt, the schema, the text, and how it is to answer."""
        return hashlib.sha256(self.body(model)).hexdigest()

    def body(self, model: str, form: Form = FORMS[0]) -> bytes:
        """What is sent, as JSON."""
        wanted: dict[str, object] = {"type": "json_object"}
        system = self.system
        if form.by_schema:
            wanted = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": self.schema}}
        else:
            system += _IN_WORDS + _encoded(self.schema).decode()
        messages = [{"role": "system", "content": system}, {"role": "user", "content": self.user}]
        fixed = {"temperature": 0, "seed": 0} if form.is_fixed else {}
        return _encoded({"model": model, "messages": messages, "response_format": wanted, **fixed})

    @property
    def characters(self) -> int:
        """How many characters are sent: of the prompt, the text and the schema."""
        return len(self.system) + len(self.user) + len(_encoded(self.schema).decode())

    @property
    def tokens(self) -> int:
        """About how many tokens these are; see `tokens_of`."""
        return tokens_of(self.system) + tokens_of(self.user) + tokens_of(_encoded(self.schema).decode())


def tokens_of(text: str) -> int:
    """About how many tokens a text is: one a character of Chinese, one for three of ASCII.

    Every model counts its own way, most fewer: DeepSeek gives 0.6 and 0.3 (https://api-docs.deepseek.com/quick_start/token_usage).
    """
    ascii_ = sum(map(str.isascii, text))
    return len(text) - ascii_ + -(-ascii_ // 3)


def _encoded(value: object) -> bytes:
    # in the order given: a model writes the parts of an answer in the order of the schema
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
