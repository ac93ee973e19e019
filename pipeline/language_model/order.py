"""Whether a language model is asked, and which."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.digest import folder_sha256
from pipeline.errors import UsageError
from pipeline.language_model.limits import Limits

CACHE = Path("model-cache")  # where answers are kept, unless another folder is named


@dataclass(frozen=True, slots=True)
class ModelOrder:
    """A language model as one more reader: its name, the address of its server, and the folder of answers.

    Nothing is sent where there is no `url`, or `only_cache` is given: all answers must then be in the folder. Raises UsageError
    where nobody says what is wanted.
    """

    model: str
    url: str | None = None
    cache: Path = CACHE
    only_cache: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """See that it can be followed."""
        if not self.model.strip() or not self.model.isprintable() or any(sign in self.model for sign in '"\\'):
            raise UsageError(f"--model {self.model!r}: is no name. Give the one by which the server knows the model.")

    @property
    def sha256(self) -> str:
        """A digest (hex) of what a build takes from it: the model and all answers that are kept."""
        return hashlib.sha256(f"{self.model}\x1f{folder_sha256(self.cache, {'.json'})}".encode()).hexdigest()


def model_order(
    model: str | None, url: str | None, cache: Path, limits: Limits, only_cache: bool, dry_run: bool
) -> ModelOrder | None:
    """What the options of a build say; None where no model is to read. Raises UsageError for options that say only half."""
    if model is None:
        if url or only_cache or dry_run:
            given = "--endpoint" if url else "--dry-run" if dry_run else "--model-cache-only"
            raise UsageError(f"{given}: goes with --model. Name the model too, or leave this out.")
        return None
    if not (url or only_cache or dry_run):
        raise UsageError(f"--model {model}: nobody is named to ask. Give its server with --endpoint, or --model-cache-only.")
    return ModelOrder(model, url, cache, only_cache, limits)
