"""What a DAG file was made of when it was parsed, and whether it still is: then a restart need not parse it again.

Known are its own bytes, those of what it imported or read in its folder, the variables of the environment that it
read, and its surroundings: Tradewind, Python, what is installed, the settings. A file that asks for anything else, one
that is broken and one with a timetable of its own are parsed at each start; every file is, once a day has passed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct

import tradewind
from tradewind.dag_processor.circles import asset_use
from tradewind.model.parsing import FileParsed
from tradewind.model.warm import Snapshot
from tradewind.settings import Settings, as_plain
from tradewind.store.facets.parsing import KeptFile

KEPT_FOR = timedelta(days=1)
"""A file may look at the clock, or at what is installed in a way that nobody hears of."""
SETTLED_SECONDS = 2.0
"""What is not code is known by its time and size: one that is younger may change again without another time."""
ROOMS = ("airflow_compat", "authoring", "dagfiles", "model", "operators", "parser", "sensors", "timetables")
"""Of Tradewind: what a file yields follows from these."""
VARIABLES_AT_MOST = 1_000


class MadeOf(Struct, frozen=True, array_like=True):
    surroundings: str
    parts: dict[str, str]
    """The file itself, what it imported or read below its root and folders that it listed → what each was."""
    environment: dict[str, str]
    has_assets: bool = False
    """Whether DAGs of it may start each other by assets."""


class Still(Struct, frozen=True):
    """A file that is as it was."""

    file: str
    uses: frozenset[str]
    dag_ids: tuple[str, ...]
    has_assets: bool


def made_of(file: str, parsed: FileParsed, snapshot: Snapshot, surroundings: str) -> bytes | None:
    """None: it has to be parsed at the next start."""
    specs = parsed.loaded.specs
    if parsed.why_not_kept or parsed.loaded.problems or any(spec.schedule.kind == "custom" for spec in specs):
        return None
    parts = {name: _state_of(snapshot, name) for name in (file, *parsed.uses)}
    if "" in parts.values() or len(parsed.environment) > VARIABLES_AT_MOST:
        return None
    has_assets = any(asset_use(spec) is not None for spec in specs)
    return msgspec.msgpack.encode(MadeOf(surroundings, parts, parsed.environment, has_assets))


def unchanged(
    kept: Sequence[KeptFile], snapshot: Snapshot, surroundings: str, now: datetime, digest: Callable[[str], str]
) -> dict[str, Still]:
    """Of these files those that are as they were. `digest(name)`: of a variable of the environment, now."""
    state_of = cache(partial(_state_of, snapshot))
    found: dict[str, Still] = {}
    for one in kept:
        try:
            before = msgspec.msgpack.decode(one.made_of, type=MadeOf)
        except msgspec.MsgspecError:  # of another version
            continue
        if before.surroundings != surroundings or not timedelta(0) <= now - one.parsed_at < KEPT_FOR:
            continue
        if any(state_of(name) != state for name, state in before.parts.items()):
            continue
        if all(digest(name) == value for name, value in before.environment.items()):
            uses = frozenset(before.parts) - {one.file}
            found[one.file] = Still(one.file, uses, one.dag_ids, before.has_assets)
    return found


def surroundings_of(settings: Settings) -> str:
    """Of what all files are parsed with."""
    own = Path(tradewind.__file__).parent
    code = (path for room in ROOMS for path in (own / room).rglob("*.py"))
    newest = max(path.stat().st_mtime_ns for path in code)  # while it is developed it has one version
    installed = [(path, os.stat(path).st_mtime_ns) for path in sys.path if os.path.exists(path)]
    plain = sorted(as_plain(settings).items())
    text = repr((tradewind.__version__, newest, sys.version, sys.prefix, installed, plain, os.getcwd()))
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _state_of(snapshot: Snapshot, name: str) -> str:
    """ "" where it cannot be said."""
    if (content := snapshot.files.get(name)) is not None:
        return content
    path = os.path.normpath(f"{snapshot.root}/{name}")
    try:
        if name.endswith("/"):
            return hashlib.blake2b(repr(sorted(os.listdir(path))).encode(), digest_size=16).hexdigest()
        found = os.stat(path)
    except OSError:
        return "gone"
    is_settled = time.time() - found.st_mtime > SETTLED_SECONDS
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}" if is_settled else ""
