"""The answers of models, kept as plain files that can be read, reviewed and committed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError, one_line
from pipeline.language_model.answer import DEEPEST, Answer, read_object, spelt
from pipeline.language_model.request import Request

_WANTED: dict[str, type | tuple[type, ...]] = {
    "answer": (str, dict), "fault": str, "model": str, "name": str, "prompt": str, "version": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers: that to a request stands in `<key[:2]>/<key>.json`.

    A file holds what was answered (a JSON object as such, anything else as a string), its fault or "", the name of the request,
    the model, its version and the hash of the prompt: neither a key nor a time. It is written whole or not at all. To have a
    request asked again, remove its file.
    """

    folder: Path

    def path(self, key: str) -> Path:
        """Where the answer to the request of a key stands."""
        return self.folder / key[:2] / f"{key}.json"

    def get(self, request: Request, model: str) -> Answer | None:
        """The answer to a request; None where there is none. A file that is broken, or of another request, is named on stderr."""
        path = self.path(request.key(model))
        try:
            kept = read_object(path.read_text(encoding="utf-8"), DEEPEST + 1)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            kept = None
        if kept is None or not _is_of(kept, request, model):
            print(one_line(f"warning: {path}: not an answer to its request, which counts as not answered"), file=sys.stderr)
            return None
        said = kept["answer"]
        return Answer(spelt(said) if isinstance(said, dict) else said, kept["version"], kept["fault"], from_cache=True)

    def put(self, request: Request, model: str, answer: Answer) -> None:
        """Keep an answer. Raises UsageError where it cannot be written."""
        said = answer.text if answer.fault else read_object(answer.text)
        kept = {"answer": said, "fault": answer.fault, "version": answer.version}
        kept |= {"model": model, "name": request.name, "prompt": request.prompt}
        text = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        path = self.path(request.key(model))
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                aside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror}). Free some space, or name another folder.") from error


def _is_of(kept: dict[str, object], request: Request, model: str) -> bool:
    """Whether what a file holds is whole, and an answer to that request."""
    if any(not isinstance(kept.get(name), kind) for name, kind in _WANTED.items()):
        return False
    return (kept["model"], kept["prompt"]) == (model, request.prompt) and isinstance(kept["answer"], dict) != bool(kept["fault"])
