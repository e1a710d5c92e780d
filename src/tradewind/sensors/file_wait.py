"""Waiting for a file by a path or pattern: told by the kernel where it can be, else by looking every so often."""

from __future__ import annotations

import asyncio
import contextlib
import glob
import os

from tradewind.sensors.folder_watch import Place, watching

LOOK_ANYWAY_SECONDS = 60.0
"""Also where the kernel tells: in case it did not."""


async def wait_for_file(pattern: str, *, recursive: bool, poke_interval: float) -> str:
    """The first path that the pattern names: a file, or a folder with files in it."""
    while True:
        with watching(places_to_watch(pattern)) as changed:
            # Looked at after the watch was set: what came before is seen, what comes later is heard.
            if (found := find(pattern, recursive=recursive)) is not None:
                return found
            pause = LOOK_ANYWAY_SECONDS if changed is not None and not _is_deep(pattern) else poke_interval
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(pause, 0.01)):
                    await (changed or asyncio.Event()).wait()


def find(pattern: str, *, recursive: bool) -> str | None:
    return next((path for path in glob.iglob(pattern, recursive=recursive) if has_files(path)), None)


def has_files(path: str) -> bool:
    return os.path.isfile(path) or any(files for _, _, files in os.walk(path))


def places_to_watch(pattern: str) -> list[Place]:
    """Where the next part of the path would appear; and the path itself, where it is a folder (without files yet)."""
    path = os.path.abspath(pattern)
    inside = [(path, "*")] if os.path.isdir(path) else []
    folder, name = os.path.split(path)
    while name and (glob.has_magic(folder) or not os.path.isdir(folder)):
        folder, name = os.path.split(folder)
    return [*inside, (folder, name or "*")]


def _is_deep(pattern: str) -> bool:
    """Files may appear in folders that are not watched: below a pattern, or inside a folder that was named."""
    return glob.has_magic(os.path.dirname(pattern)) or os.path.isdir(pattern)
