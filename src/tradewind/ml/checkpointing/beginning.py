"""Which checkpoint a try begins with: the last of its own task instance, or of the run that its run was forked from."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tradewind.artifacts.shelves import Kept, Shelf, shelf
from tradewind.ml import journal
from tradewind.model.entries import Forked, read_entry
from tradewind.model.ids import path_to_text
from tradewind.model.journal import EntryQuery

_log = logging.getLogger("tradewind.task")
MOST_FORKS = 32
"""A fork of a fork of a fork …"""
MOST_INPUTS = 200


class Start(Struct, frozen=True):
    kept: Kept
    shelf: Any
    origin: str
    """In words, for the log."""


def own_shelf(ti: Any, name: str, run_id: str | None = None) -> Shelf:
    return shelf(ti.artifact_url, ti.dag_id, run_id or ti.run_id, ti.task_id, ti.map_path, name)


def inputs_of(ti: Any) -> dict[str, str]:
    """What the try was given to read: "task/key/path" → hash."""
    found: dict[str, str] = {}
    for one in ti.inputs:
        for xcom in one.xcoms[:MOST_INPUTS]:
            found[f"{xcom.task_id}/{xcom.key}/{path_to_text(xcom.map_path)}"] = xcom.value.hash
    return found


def found_start(ti: Any, name: str, inputs: Mapping[str, str] | None) -> Start | None:
    """`inputs`: those that a checkpoint must have been made from; None: any will do."""
    own = own_shelf(ti, name)
    if (kept := own.newest()) is not None:
        finished = own.finished()
        if finished is not None and kept.manifest.serial <= finished.serial and finished.try_id != ti.id:
            _log.info("checkpoint %r is of a try that has succeeded: this one begins anew", name)
            return None
        return Start(kept, own, "") if _fits(kept, name, inputs) else None
    return _of_source(ti, name, inputs)


def _of_source(ti: Any, name: str, inputs: Mapping[str, str] | None) -> Start | None:
    run_id = ti.run_id
    for _ in range(MOST_FORKS):
        forked = journal.read(EntryQuery("Forked", dag_id=ti.dag_id, run_id=run_id, limit=1))
        entry = read_entry(forked[0].body, Forked) if forked else None
        if entry is None or not entry.with_checkpoints:
            return None
        run_id = entry.from_run_id
        there = own_shelf(ti, name, run_id)
        if (kept := there.newest()) is not None:
            return Start(kept, there, f" of run {run_id}") if _fits(kept, name, inputs) else None
    return None


def _fits(kept: Kept, name: str, inputs: Mapping[str, str] | None) -> bool:
    """Values that only one of the two has read say nothing: how many come along with a try depends on their size."""
    made_from = kept.manifest.inputs
    if inputs is None:
        return True
    other = next((one for one, known in made_from.items() if inputs.get(one, known) != known), None)
    if other is not None:
        _log.warning(
            "checkpoint %r at step %s was made from another value of %s: this try begins anew (same_inputs=False would "
            "go on)", name, kept.manifest.step, other.partition("/")[0],
        )  # fmt: skip
    return other is None
