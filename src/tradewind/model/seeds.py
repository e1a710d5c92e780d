"""Seeds of runs and tries: they follow from names, so that a run that repeats another draws the same numbers."""

from __future__ import annotations

import hashlib

from tradewind.model.ids import RunId, TaskKey, reproduced_run


def run_seed(dag_id: str, run_id: RunId) -> int:
    """32 bits. A run that repeats another has the seed of that one."""
    return _number(f"{dag_id}\0{_original(run_id)}")


def try_seed(task: TaskKey, try_number: int) -> int:
    """32 bits; another for each task instance, and for each of its tries."""
    path = ".".join(map(str, task.map_path))
    return _number(f"{run_seed(task.dag_id, task.run_id)}\0{task.task_id}\0{path}\0{try_number}")


def _original(run_id: RunId) -> RunId:
    while (repeated := reproduced_run(run_id)) is not None:
        run_id = repeated
    return run_id


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
