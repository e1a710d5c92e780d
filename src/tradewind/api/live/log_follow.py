"""Logs that are being written, for all who look on: one watcher a file, and each piece read and encoded once."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec

from tradewind.api.live.events import Batch
from tradewind.api.live.file_watch import FileWatch
from tradewind.api.live.hub import hub_of
from tradewind.api.ours.bodies.runs import LogPage
from tradewind.api.ours.log_file import MOST_WINDOW_BYTES, LogFolder, window
from tradewind.model.states import TryState

if TYPE_CHECKING:
    from tradewind.api.server import Server

PIECES_KEPT = 4
"""Of each file: viewers at its end read the same ones."""
LOOK_SECONDS = 1.0
"""Where the kernel does not tell that a file has grown."""
_LIVE = frozenset(str(state) for state in TryState if state.is_live)


class Followed:
    """One try's log. Belongs to the event loop."""

    def __init__(self, log_path: str, folder: LogFolder) -> None:
        self.log_path = log_path
        self.folder = folder
        self.viewers = 0
        self.is_ended = False
        self.is_told = False
        """The kernel tells of changes."""
        self._changed = asyncio.Event()
        self._pieces: OrderedDict[tuple[int, bool], asyncio.Future[tuple[bytes, int]]] = OrderedDict()

    def touch(self) -> None:
        """It has grown, or ended."""
        self._pieces.clear()
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def end(self) -> None:
        self.is_ended = True
        self.touch()

    @property
    def change(self) -> asyncio.Event:
        """Set when it changes after this was asked for."""
        return self._changed

    async def piece(self, start: int, server: Server) -> tuple[bytes, int]:
        """What stands from there on as an encoded LogPage, and where it ends; b"" where there is nothing yet."""
        key = (start, self.is_ended)
        found = self._pieces.get(key)
        if found is None:
            loop = asyncio.get_running_loop()
            found = asyncio.ensure_future(loop.run_in_executor(server.threads, self._read, start, self.is_ended))
            self._pieces[key] = found
            if len(self._pieces) > PIECES_KEPT:
                self._pieces.popitem(last=False)
        return await asyncio.shield(found)

    def _read(self, start: int, is_ended: bool) -> tuple[bytes, int]:
        file = self.folder.open(self.log_path)
        if file is None:
            return (
                (msgspec.json.encode(LogPage([], start, start, start, is_ended)), start) if is_ended else (b"", start)
            )
        with file:
            lines, begin, end = window(file, start, start + MOST_WINDOW_BYTES, is_ended=is_ended)
            size = max(file.seek(0, 2), end)
        is_all = is_ended and end >= size
        if not lines and not is_all:
            return b"", start
        return msgspec.json.encode(LogPage(lines, begin, end, size, is_all)), end


class LogFollower:
    """Of one server process."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._files: dict[str, Followed] = {}
        """By try id."""
        self._watch = FileWatch(self._loop)
        self._numbers: dict[str, int] = {}
        self.is_ending = False

    async def follow(self, try_id: str, log_path: str) -> Followed:
        found = self._files.get(try_id)
        if found is None:
            found = self._files[try_id] = Followed(log_path, LogFolder(self._server.settings.log_folder))
        found.viewers += 1
        self.look(try_id, found)
        await hub_of(self._server).watch(self._hear)
        return found

    def leave(self, try_id: str, found: Followed) -> None:
        found.viewers -= 1
        if found.viewers <= 0:
            self._files.pop(try_id, None)
            number = self._numbers.pop(try_id, None)
            if number is not None:
                self._watch.remove(number, found.touch)
        if not self._files:
            hub_of(self._server).unwatch(self._hear)

    def look(self, try_id: str, found: Followed) -> None:
        """A log's file is made with its first line: until then there is nothing to watch."""
        if try_id in self._numbers:
            return
        path: Path | None = found.folder.path(found.log_path)
        if path is not None and (number := self._watch.add(path, found.touch)) is not None:
            self._numbers[try_id] = number
            found.is_told = True

    def end(self) -> None:
        """The server takes no more calls."""
        self.is_ending = True
        for found in self._files.values():
            found.touch()

    def close(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._watch.close)

    def _hear(self, batch: Batch) -> None:
        for event in batch.events:
            if event.body.kind == "try" and event.body.state not in _LIVE:
                found = self._files.get(str(event.body.data.get("try_id", "")))
                if found is not None:
                    found.end()


_followers: WeakKeyDictionary[Server, LogFollower] = WeakKeyDictionary()


def follower_of(server: Server) -> LogFollower:
    """Called in the event loop."""
    found = _followers.get(server)
    if found is None:
        found = _followers[server] = LogFollower(server)
        server.ending.append(found.end)
        server.closing.append(found.close)
    return found
