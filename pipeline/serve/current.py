"""The current build of an output folder, served: a child on its store, replaced when a new build is there or when it is stuck.

Who asks takes the child for as long as it asks. A child that was replaced gets no new requests, is ended when the last of its
old ones has been answered, and then its build is let go.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.builds import Held, hold, store_of
from pipeline.errors import UsageError, ZhimaiError, one_line
from pipeline.serve.limits import Limits
from pipeline.serve.oxigraph import Oxigraph, start

_PAUSE = 0.5  # seconds between two looks at the pointer of the folder
_MOST_RETIRING = 2  # children that end, beside the one that is asked, before one that is stuck may be replaced


@dataclass(eq=False, slots=True)
class _Serving:
    """A child, the build that it serves, and how many ask it."""

    child: Oxigraph
    held: Held
    asking: int = 0
    free: asyncio.Event = field(default_factory=asyncio.Event)


class Current:
    """What answers now; made by `serving`."""

    def __init__(self, out: Path, limits: Limits, first: _Serving) -> None:
        self._out, self._limits = out, limits
        self._now = first
        self._refused: Path | None = None  # a build that could not be served
        self._replacing = asyncio.Lock()
        self._retiring: set[asyncio.Task[None]] = set()

    @property
    def folder(self) -> Path:
        """The folder of the build that is served now."""
        return self._now.held.folder

    @property
    def held(self) -> Held:
        """The build that is served now, which stays where it is for as long as this is held."""
        return self._now.held

    @asynccontextmanager
    async def child(self) -> AsyncIterator[Oxigraph]:
        """The child to ask, which is not ended meanwhile."""
        serving = self._now
        serving.asking += 1
        try:
            yield serving.child
        finally:
            serving.asking -= 1
            if not serving.asking:
                serving.free.set()

    async def replace(self, child: Oxigraph) -> None:
        """Serve the same build with another child, unless that was done already: this one has ended or is stuck."""
        async with self._replacing:
            if self._now.child is child:
                await self._move_to(self._now.held)

    async def watch(self) -> None:
        """Serve each new build from when it is there on, and another child where one has died; never returns."""
        while True:
            await asyncio.sleep(_PAUSE)
            try:
                if not self._now.child.alive or (self._now.child.stuck and len(self._retiring) < _MOST_RETIRING):
                    await self.replace(self._now.child)
                held = await asyncio.to_thread(hold, self._out)
                if held.folder not in (self.folder, self._refused):
                    async with self._replacing:
                        self._refused = held.folder
                        await self._move_to(held)
                        self._refused = None
            except (ZhimaiError, OSError) as error:  # the old build is served on
                print(one_line(f"warning: {error}"), file=sys.stderr)

    async def _move_to(self, held: Held) -> None:
        old, self._now = self._now, await _serve(held, self._limits)
        task = asyncio.create_task(_retire(old))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    async def close(self) -> None:
        """End every child at once."""
        for task in list(self._retiring):
            task.cancel()
        await asyncio.gather(self._now.child.end(), *self._retiring, return_exceptions=True)


async def _serve(held: Held, limits: Limits) -> _Serving:
    store = store_of(held.folder)
    if store is None:
        raise UsageError(f"{held.folder}: holds no store. Run `zhimai build` first, or name the folder with --out.")
    return _Serving(await start(store, limits.megabytes), held)


async def _retire(old: _Serving) -> None:
    """End a child when nobody asks it any more, and let its build go."""
    try:
        while old.asking:
            old.free.clear()
            await old.free.wait()
    finally:
        await old.child.end()


@asynccontextmanager
async def serving(out: Path, limits: Limits) -> AsyncIterator[Current]:
    """Serve the current build of an output folder, and those that follow. UsageError where there is none, or a broken one."""
    current = Current(out, limits, await _serve(await asyncio.to_thread(hold, out), limits))
    watching = asyncio.create_task(current.watch())
    try:
        yield current
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await current.close()
