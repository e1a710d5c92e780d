"""Finds what a try's message names in the loaded DAG file."""

from __future__ import annotations

from tradewind.authoring.task import AbstractTask
from tradewind.dagfiles.load import LoadedFile
from tradewind.model.errors import TradewindError
from tradewind.model.messages import RunTry


class TryCannotRun(TradewindError):
    """The DAG file, as this process has loaded it, does not have the task; trying again cannot help."""


def task_of(message: RunTry, dag_file: LoadedFile) -> AbstractTask:
    """The task, as its DAG has it. Raises TryCannotRun with what went wrong when the file was imported."""
    key = message.task
    dag = dag_file.dags.get(key.dag_id)
    if dag is None:
        reasons = "; ".join(problem.message for problem in dag_file.problems if problem.dag_id in (None, key.dag_id))
        raise TryCannotRun(
            f"{dag_file.file} gave no DAG {key.dag_id!r} when it was loaded for this try"
            + (f": {reasons}" if reasons else ""),
            hint="a DAG file has to give the same DAGs each time it is imported, in every process",
        )
    task = dag.task_dict.get(key.task_id)
    if task is None:
        raise TryCannotRun(
            f"{dag_file.file} gave DAG {key.dag_id!r} without task {key.task_id!r} when it was loaded for this try",
            hint="a DAG file has to give the same tasks each time it is imported, in every process",
        )
    return task


def has_cache(task: AbstractTask) -> bool:
    """Whether an earlier success may stand in for it (`cache=`)."""
    return task.argument("cache") is not None


def may_be_skipped(message: RunTry, dag_file: LoadedFile) -> bool:
    try:
        return has_cache(task_of(message, dag_file))
    except TryCannotRun:
        return False
