"""The builds of an output folder: where each lies, which one is the current, and who may read or remove it.

    OUT/builds/7/           one build, whole and never changed: the store, claims.jsonl, rejected.jsonl, graph.ttl, report.json
    OUT/builds/7.lock       locked, shared, by everyone who reads build 7
    OUT/builds/lock         locked by the one who builds, whose process it names
    OUT/current             a link to builds/7: the one thing that moves
    OUT/claims.jsonl …      links to current/claims.jsonl …, made once

A build is made aside and becomes the current one when it is safe on the disk, so that whatever happens there is the old one or
the new one. Old builds are removed when nobody reads them, and what killed builds left when the next one begins.

Where the system has no symbolic links, `current` is a text that names the folder, and the files are copies, made after it moved;
`builds/copied` says of which build, and whoever comes next puts right what a kill has left.
"""

from __future__ import annotations

import os
import shutil
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.locks import take_lock
from pipeline.patterns import lazy

STORE = "store"
CLAIMS_FILE, REJECTED, GRAPH, REPORT = "claims.jsonl", "rejected.jsonl", "graph.ttl", "report.json"
FILES = (CLAIMS_FILE, REJECTED, GRAPH, REPORT)
BUILDS, CURRENT, CACHE = "builds", "current", "cache"
_LOCK, _COPIED, _NEXT, _ASIDE = "lock", "copied", "next", "aside"  # in BUILDS; the last two take a place by rename
_RETIRED = ".store-old"  # in the older layout: where the old store waited while the new one moved in
_POINTER = lazy(rf"{BUILDS}[/\\]([0-9]+)")
_TABLE, _OPEN = ".sst", ("LOCK", "LOG")  # files of a store: of the data, and of whoever has it open
_TRIES = 200  # to take hold of a build before the next one replaces it
_PAUSE = 0.1  # seconds between two looks at a lock


class _Lock:
    """A lock on a file, held until it is closed or forgotten."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.close = weakref.finalize(self, os.close, descriptor)

    def is_at(self, path: Path) -> bool:
        """Whether the file is still the one at a path, which another may have removed meanwhile."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), path.stat())
        except OSError:
            return False


def _lock(path: Path, *, shared: bool = False) -> _Lock | None:
    """A lock on a file; None where another holds one that excludes it. Raises OSError where there is no file or no lock."""
    descriptor = os.open(path, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o666)
    lock = _Lock(descriptor)
    try:
        taken = take_lock(descriptor, shared=shared)
    except OSError:
        lock.close()
        raise
    if not taken:
        lock.close()
    return lock if taken else None


@dataclass(frozen=True, slots=True)
class Held:
    """A build that stays where it is for as long as this is held."""

    folder: Path
    _lock: _Lock | None = field(default=None, repr=False)


def hold(out: Path) -> Held:
    """The current build of an output folder. One of the older layout is its folder itself, and so is a build's own folder.

    Raises UsageError where builds follow each other too fast to take hold of one.
    """
    for _ in range(_TRIES):
        name = pointer(out)
        if name is None:
            return hold(out.parent) if out.name == CURRENT and pointer(out.parent) else Held(out)
        folder = out / BUILDS / name
        try:
            lock = _lock(_lock_of(folder), shared=True)
            free = lock is not None
        except OSError:  # it has gone with its build, was left out of a copy, or nobody can lock there, and so nobody remove
            lock, free = None, True
        if free and pointer(out) == name:  # who removes a build has moved the pointer before
            _mend(out, name)
            return Held(folder, lock)
        time.sleep(_PAUSE / 10)
    raise UsageError(f"{out}: is built anew again and again. Try again when no build is running.")


def pointer(out: Path) -> str | None:
    """The name of the current build; None where there is none."""
    try:
        told = os.readlink(out / CURRENT)
    except OSError:
        try:
            told = (out / CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
    found = _POINTER.fullmatch(told)
    return found[1] if found else None


def foreign(out: Path) -> str | None:
    """The name of something in an output folder that a build would replace and that none has made; None where all is well."""
    builds = out / BUILDS
    if os.path.lexists(out / CURRENT) and pointer(out) is None:
        return CURRENT
    if os.path.lexists(builds) and (not builds.is_dir() or (any(builds.iterdir()) and not (builds / _LOCK).is_file())):
        return BUILDS
    return None


class Builder:
    """The right to build into a folder, which one has at a time; a context manager.

    Raises UsageError where another has it, unless `wait`. What killed builds have left is removed when it is entered; a folder
    that nothing came of is as it was when it is left.
    """

    def __init__(self, out: Path, *, wait: bool = False) -> None:
        self._out, self._wait = out, wait
        self._builds = out / BUILDS
        self._mine: _Lock | None = None

    def __enter__(self) -> Builder:
        self._mine = self._take()
        try:
            _take_over(self._out)
            self._tidy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self._mine is not None
        with suppress(OSError):
            self._tidy()
        if pointer(self._out) is None:
            self._leave_nothing()
        self._mine.close()

    def _take(self) -> _Lock:
        path = self._builds / _LOCK
        while True:
            self._builds.mkdir(parents=True, exist_ok=True)
            lock = _lock(path)
            if lock and lock.is_at(path):
                os.ftruncate(lock.descriptor, 0)
                os.write(lock.descriptor, f"{os.getpid()}\n".encode())
                return lock
            if not lock and not self._wait:
                told = f"another build is running there{_process(path)}"
                raise UsageError(f"{self._out}: {told}. Let it end, wait for it with --wait, or name another folder with --out.")
            time.sleep(_PAUSE)

    def new(self) -> Path:
        """An empty folder to make a build in."""
        folder = self._builds / str(1 + max(map(int, _names(self._builds)), default=0))
        folder.mkdir()
        return folder

    def publish(self, folder: Path) -> None:
        """Make the build in `folder` the current one, once all of it is on the disk."""
        for path in sorted(folder.rglob("*")):
            _sync(path)
        _sync(folder)
        _lock_of(folder).touch()
        _sync(self._builds)
        _show(self._out, folder.name)
        self._tidy()

    def _tidy(self) -> None:
        """Remove every build that is not the current one and that nobody reads, and what was left aside."""
        current = pointer(self._out)
        for name in _names(self._builds) - {current}:
            _remove(self._builds / name)
        for aside in (_NEXT, _ASIDE):
            (self._builds / aside).unlink(missing_ok=True)
        for left in self._out.glob(".new-*"):  # of builds of the older layout
            shutil.rmtree(left, ignore_errors=True)

    def _leave_nothing(self) -> None:
        for name in FILES:
            if (self._out / name).is_symlink():
                (self._out / name).unlink()
        with suppress(OSError):
            if os.listdir(self._builds) == [_LOCK]:
                (self._builds / _LOCK).unlink()  # who waits for it finds that it has gone
                self._builds.rmdir()
            self._out.rmdir()


def _process(path: Path) -> str:
    try:
        return f" (process {int(path.read_text(encoding='ascii'))})"
    except (OSError, ValueError):  # not yet written, or kept by the lock on Windows
        return ""


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _names(builds: Path) -> set[str]:
    """The names of all builds, and of those that only a lock is left of."""
    stems = (path.name.removesuffix(".lock") for path in builds.iterdir())
    return {stem for stem in stems if stem.isdecimal()}


def _remove(folder: Path) -> None:
    """Remove a build, unless it is read."""
    with suppress(OSError):
        lock = _lock(_lock_of(folder))
        if lock:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()  # Windows removes no open file
            if not folder.exists():
                _lock_of(folder).unlink()


def _sync(path: Path) -> None:
    """See that a file, or what a folder lists, is on the disk."""
    if path.is_dir() and os.name == "nt":  # which has no such thing
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _show(out: Path, name: str) -> None:
    """Let the pointer, and the files that stand beside it, be those of a build."""
    following = out / BUILDS / _NEXT
    linked = _link(following, f"{BUILDS}/{name}", is_folder=True)
    if linked:  # links that lead nowhere yet: with the pointer all is there at once
        _link_files(out, [file for file in FILES if not os.path.lexists(out / file)])
    else:
        _write(following, f"{BUILDS}/{name}\n")
    _replace(following, out / CURRENT)
    _sync(out)
    if linked:
        _link_files(out, FILES)
    else:
        _copy_files(out, name)


def _replace(aside: Path, path: Path) -> None:
    """Move a file to where another is, at once; Windows refuses while anyone reads that one."""
    for left in reversed(range(_TRIES)):
        try:
            aside.replace(path)
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_PAUSE / 10)
        else:
            return


def _link(path: Path, target: str, *, is_folder: bool = False) -> bool:
    """Make a link; False where the system has none or grants the right to none."""
    path.unlink(missing_ok=True)
    try:
        os.symlink(target, path, target_is_directory=is_folder)
    except (NotImplementedError, OSError):
        return False
    return True


def _link_files(out: Path, files: Sequence[str]) -> None:
    aside = out / BUILDS / _ASIDE
    for file in files:
        target = f"{CURRENT}/{file}"
        if not (os.path.islink(out / file) and os.readlink(out / file) == target) and _link(aside, target):
            _replace(aside, out / file)


def _mend(out: Path, name: str) -> None:
    """Put right the copies that a kill has left, where there are no links and nobody builds."""
    copied = out / BUILDS / _COPIED
    with suppress(OSError, ValueError):
        if os.path.islink(out / CURRENT) or (copied.is_file() and copied.read_text(encoding="ascii").strip() == name):
            return
        lock = _lock(out / BUILDS / _LOCK)
        if lock and pointer(out) == name:
            _copy_files(out, name)


def _copy_files(out: Path, name: str) -> None:
    aside = out / BUILDS / _ASIDE
    for file in FILES:
        shutil.copyfile(out / BUILDS / name / file, aside)
        _sync(aside)
        _replace(aside, out / file)
    _write(out / BUILDS / _COPIED, f"{name}\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="ascii")
    _sync(path)


def _take_over(out: Path) -> None:
    """Make a build of what the older layout kept in the folder itself; at each moment it is there in one form or both."""
    store = store_of(out)
    files = [out / name for name in FILES if (out / name).is_file()]
    if pointer(out) is None and (store or files):
        folder = out / BUILDS / "0"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if store:
            shutil.copytree(store, folder / STORE, copy_function=_same_file)
        for file in files:
            _same_file(file, folder / file.name)
        _lock_of(folder).touch()
        _show(out, folder.name)
    if pointer(out) is not None:
        shutil.rmtree(out / _RETIRED, ignore_errors=True)
        if is_store(out / STORE):
            (out / STORE).rename(out / _RETIRED)  # half of it would be none of ours any more
            shutil.rmtree(out / _RETIRED, ignore_errors=True)


def is_store(folder: Path) -> bool:
    """Whether `folder` looks like that of a store."""
    return (folder / "CURRENT").is_file()


def store_of(folder: Path) -> Path | None:
    """The store of a build; in the older layout a killed build may have left it where it waited."""
    return next((folder / name for name in (STORE, _RETIRED) if is_store(folder / name)), None)


def copy_store(store: Path, folder: Path) -> None:
    """Make a copy of a store, which must be closed. Its tables, which are never changed, are not copied where a file can have two
    names."""
    folder.mkdir()
    for file in store.iterdir():
        if file.suffix == _TABLE:
            _same_file(file, folder / file.name)
        elif file.name not in _OPEN:
            shutil.copyfile(file, folder / file.name)


def _same_file(one: str | Path, other: str | Path) -> None:
    """Let a file have a second name, or a copy where it can have none."""
    try:
        os.link(one, other)
    except (NotImplementedError, OSError):
        shutil.copyfile(one, other)
