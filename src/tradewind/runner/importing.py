"""Imports one DAG file into this process, for good: what a warm parent and a fresh interpreter have in common."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tradewind.airflow_compat import hook as airflow_names
from tradewind.dagfiles.load import LoadedFile, load_pinned
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.warm import PINNED_AT_MOST, LoadFile, Snapshot
from tradewind.runner import capture, tracking
from tradewind.runner.seeds import Seeds

LOG_LEVEL_VARIABLE = "TRADEWIND_LOG_LEVEL"


_pinned: dict[str, tuple[Snapshot, PinnedFiles]] = {}
"""In a template, and what is forked from it: snapshots that were looked through already, newest last."""


@dataclass(frozen=True)
class Imported:
    file: LoadedFile
    seeds: Seeds


def import_file(load: LoadFile) -> Imported:
    """Never raises for what the file does: that is in `file.problems`."""
    os.environ.update(load.environment)
    os.chdir(load.cwd)
    capture.take_streams()
    airflow_names.install()
    tracking.watch_mlflow()
    seeds = Seeds()
    files = _pinned[load.snapshot.id][1] if load.is_pinned else PinnedFiles(load.snapshot, Path(load.blobs))
    file = load_pinned(files, load.file, timeout_seconds=load.timeout_seconds)
    seeds.settle()
    return Imported(file, seeds)


def pin(snapshot: Snapshot, blobs: Path) -> None:
    """Processes that are forked from this one from now on find the snapshot looked through."""
    while len(_pinned) >= PINNED_AT_MOST:
        del _pinned[next(iter(_pinned))]
    _pinned[snapshot.id] = (snapshot, PinnedFiles(snapshot, blobs))


def whole(load: LoadFile) -> LoadFile:
    """For a process that is not forked from this one."""
    if not load.is_pinned:
        return load
    return msgspec.structs.replace(load, snapshot=_pinned[load.snapshot.id][0], is_pinned=False)


def log_level() -> str:
    """The root logger's level in tasks, from the settings (passed on in the environment)."""
    level = os.environ.get(LOG_LEVEL_VARIABLE, "INFO").upper()
    return level if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL") else "INFO"
