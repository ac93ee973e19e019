"""Which files below a folder are documents, which are left out and why, and what each document is called."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.patterns import lazy
from pipeline.read.archive import is_archive, members

# What a repository says of itself, by the exact names that are usual; License管理办法.docx is a document
_OF_THE_FOLDER = lazy(r"(?:readme(?:[._-](?:zh|en|cn|zh[_-]cn))?|licen[sc]e)(?:\.(?:md|txt|rst))?", re.IGNORECASE)


HIDDEN = "hidden"
REVIEW, CORRECTIONS = "review.tsv", "corrections"  # what people say of the claims of a corpus, at its top


class Found(NamedTuple):
    """What a folder holds: documents by their path, also what looks like one and cannot be read (`read` says why); and what was
    left out, path below the folder → why."""

    documents: list[Path]
    left_out: dict[str, str]


def find_documents(corpus: Path) -> list[Path]:
    """Every document of a folder and of its archives, sorted by its path. UsageError where there is no such folder."""
    return survey(corpus).documents


def survey(corpus: Path) -> Found:
    """What a folder holds, or a file: the document, or the documents in an archive. UsageError where there is none."""
    try:
        kind = corpus.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{corpus}: cannot be opened ({reason}): give the folder that holds the documents, or a document"
        ) from None
    documents: list[Path] = []
    left_out: dict[str, str] = {}
    root = root_of(corpus)
    for path in _files(corpus) if stat.S_ISDIR(kind) else [corpus]:
        reason = (CORRECTIONS if path == root / REVIEW else why_left_out(path.name)) if path != corpus else ""
        if reason:
            left_out[path_below(path, root)] = reason
            continue
        for document in documents_in(path):
            reason = why_left_out(document.name) if document != path else ""
            if reason:
                left_out[path_below(document, root)] = reason
            else:
                documents.append(document)
    return Found(sorted(documents, key=lambda path: path_below(path, root)), dict(sorted(left_out.items())))


def root_of(corpus: Path) -> Path:
    """What the paths of documents begin at: the folder, or that of a single file."""
    return corpus if corpus.is_dir() else corpus.parent


def path_below(path: Path, root: Path) -> str:
    """The path of a document below `root`, with "/", as text that can be written: bytes that are no UTF-8 are read as GB18030,
    which Chinese systems name files in, or else written \\xff."""
    below = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        below.encode()
    except UnicodeEncodeError:
        data = os.fsencode(below)
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return data.decode("utf-8", "backslashreplace")
    return below


def documents_in(path: Path) -> list[Path]:
    """The files within an archive; of any other file, itself."""
    return members(path) if is_archive(path) else [path]


def why_left_out(name: str) -> str:
    """Why a file of a name is no document; "" for one that may be."""
    if name.startswith("."):
        return HIDDEN
    return "about the folder" if _OF_THE_FOLDER.fullmatch(name) else ""


def _files(top: Path) -> Iterator[Path]:
    """Every file below a folder, links followed, each folder once; a folder that cannot be listed stands for its files."""
    waiting, seen = [top], set()
    while waiting:
        folder = waiting.pop()
        try:
            state = folder.stat()
            if (state.st_dev, state.st_ino) in seen:
                continue
            seen.add((state.st_dev, state.st_ino))
            with os.scandir(folder) as entries:
                names = sorted((entry.name, _is_folder(entry)) for entry in entries)
        except OSError:
            yield folder
            continue
        yield from (folder / name for name, is_folder in names if not is_folder or why_left_out(name) == HIDDEN)
        waiting += [folder / name for name, is_folder in reversed(names) if is_folder and why_left_out(name) != HIDDEN]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False


def document_names(paths: Sequence[Path], root: Path) -> dict[Path, str]:
    """What each document is called: its stem; where that is not clear the path below `root`, then with the suffix, then with a
    digest of the path. Names that differ in case or in composed characters only are not clear."""
    choices = {path: name_choices(path_below(path, root), os.fsencode(path)) for path in paths}
    chosen = dict.fromkeys(paths, 0)
    while True:
        keys = {path: clash_key(choices[path][at]) for path, at in chosen.items()}
        count = Counter(keys.values())
        unclear = [path for path in paths if count[keys[path]] > 1]
        if not unclear:
            return {path: choices[path][at] for path, at in chosen.items()}
        for path in unclear:
            chosen[path] = min(chosen[path] + 1, len(choices[path]) - 1)


def clash_key(name: str) -> str:
    """What two names of documents have in common that are not clear beside each other."""
    return unicodedata.normalize("NFC", name).casefold()


def name_choices(below: str, path: bytes) -> list[str]:
    """What a document may be called, by its path below the corpus and its whole path: the first that no other may be."""
    flat = below.replace("/", "__")
    suffix = Path(below).suffix
    digest = hashlib.sha256(path).hexdigest()[:16]  # of the bytes: two names may read alike
    return [stem_of(below), flat.removesuffix(suffix) or flat, flat, f"{flat}~{digest}"]


def stem_of(below: str) -> str:
    """What a document is called that no other clashes with, by its path below the corpus."""
    name = below.rpartition("/")[2]
    return name.removesuffix(Path(name).suffix) or name
