"""How things are named: runs, task instances, tries.

A task instance is named by its task and its *map path*: `()` for a task that is not mapped, `(3,)` for the fourth
instance of a mapped task, `(3, 0)` for the first instance, mapped again, inside the fourth instance of a mapped group.
Airflow's `map_index` is the path's last number, or -1.
"""

import re
from typing import TypeAlias

from msgspec import Struct

DagId: TypeAlias = str
TaskId: TypeAlias = str
RunId: TypeAlias = str
TryId: TypeAlias = str
MapPath: TypeAlias = tuple[int, ...]

UNMAPPED: MapPath = ()


class RunKey(Struct, frozen=True, order=True):
    """One run of one DAG. `run_id` is unique within its DAG only, as in Airflow."""

    dag_id: DagId
    run_id: RunId


class TaskKey(Struct, frozen=True, order=True):
    """One task instance of one run."""

    dag_id: DagId
    run_id: RunId
    task_id: TaskId
    map_path: MapPath = UNMAPPED

    @property
    def run(self) -> RunKey:
        return RunKey(self.dag_id, self.run_id)


def map_index(path: MapPath) -> int:
    """Airflow's integer for a map path: -1 where the task is not mapped."""
    return path[-1] if path else -1


def path_to_text(path: MapPath) -> str:
    """`(3, 0)` → `"3.0"`, `()` → `""`: the form in the store, in file names and on the command line."""
    return ".".join(map(str, path))


def path_from_text(text: str) -> MapPath:
    return tuple(int(part) for part in text.split(".")) if text else UNMAPPED


_REPRODUCTION = re.compile(r"reproduce__\d+__(?P<run>.+)", re.DOTALL)


def reproduced_run(run_id: RunId) -> RunId | None:
    """Of a run that repeats another (`tradewind runs reproduce`), the id of that one: `reproduce__2__manual__…`."""
    found = _REPRODUCTION.fullmatch(run_id)
    return found["run"] if found else None
