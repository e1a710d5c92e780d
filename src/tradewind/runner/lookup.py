"""Finds what a try's message names in the loaded DAG file."""

from __future__ import annotations

from functools import lru_cache

from tradewind.authoring.dag import DAG
from tradewind.authoring.task import AbstractTask
from tradewind.dagfiles.load import LoadedFile
from tradewind.model.errors import TradewindError
from tradewind.model.ids import TaskKey
from tradewind.model.messages import RunTry
from tradewind.model.spec import DagSpec


class TryCannotRun(TradewindError):
    """The DAG file, as this process has loaded it, does not have the task; trying again cannot help."""


def task_of(message: RunTry, dag_file: LoadedFile) -> tuple[DAG, AbstractTask]:
    """The DAG and the task. Raises TryCannotRun with what went wrong when the file was imported."""
    key = message.task
    dag = dag_file.dags.get(key.dag_id)
    if dag is None:
        reasons = "; ".join(problem.message for problem in dag_file.problems if problem.dag_id in (None, key.dag_id))
        raise TryCannotRun(
            f"{dag_file.file} gave no DAG {key.dag_id!r} when it was loaded for this try" + (f": {reasons}" if reasons else ""),
            hint="a DAG file has to give the same DAGs each time it is imported, in every process",
        )
    task = dag.task_dict.get(key.task_id)
    if task is None:
        raise TryCannotRun(
            f"{dag_file.file} gave DAG {key.dag_id!r} without task {key.task_id!r} when it was loaded for this try",
            hint="a DAG file has to give the same tasks each time it is imported, in every process",
        )
    return dag, task


def is_mapped_over(dag_file: LoadedFile, key: TaskKey) -> bool:
    """Whether some expansion takes its length from this task's value."""
    spec = next(spec for spec in dag_file.specs if spec.dag_id == key.dag_id)
    return key.task_id in _mapped_over(id(spec), _Kept(spec))


class _Kept:
    """Equal to every other: lets the cache key on the spec's id, since hashing a large spec costs milliseconds."""

    def __init__(self, spec: DagSpec) -> None:
        self.spec = spec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.spec is self.spec

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _mapped_over(_: int, kept: _Kept) -> frozenset[str]:
    return frozenset(task.task_id for task in kept.spec.tasks if task.is_mapped_over)
