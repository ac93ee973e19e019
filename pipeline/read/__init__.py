"""Path → Document: decode, repair, join lines, find the parts. formats.py has the formats; `find` says which files are documents.

What is loaded is what is asked for: to list the documents of a folder no reader is needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.read.formats import READERS, parse, read

__all__ = ["READERS", "parse", "read"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("pipeline.read.formats"), name)
    raise AttributeError(f"module 'pipeline.read' has no attribute {name!r}")
