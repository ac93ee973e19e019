"""Documents read in a process of their own, which their time and memory have bounds in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import ReadError, fault_of_ours
from pipeline.model import Document
from pipeline.read import read
from pipeline.workers import Limits, Lost, run


def read_apart(paths: Sequence[Path], root: Path, limits: Limits) -> Iterator[Document]:
    """The documents at `paths`, in their order. ReadError for the first that cannot be read within the limits."""
    for path, found in zip(paths, run(f"{__name__}:reader", root, paths, limits=limits), strict=True):
        if isinstance(found, Lost):
            raise ReadError(f"{path}: {found.reason}")
        if isinstance(found, ReadError):
            raise found
        yield found


def reader(root: Path) -> Callable[[Path], Document | ReadError]:
    def document_at(path: Path) -> Document | ReadError:
        try:
            return read(path, root)
        except ReadError as error:
            return error
        except MemoryError:
            raise  # the worker says what the limit is
        except Exception as error:
            return ReadError(f"{path}: {fault_of_ours(error)}")

    return document_at
