"""The checks of a DAG's arguments, and the choice among the three names that a schedule may be given under."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tradewind.authoring.arguments import callbacks, duration, worker_reuse
from tradewind.authoring.reading import MISSING
from tradewind.authoring.task import nearest
from tradewind.model.errors import DagFileError, SourceLocation

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG

LEGACY_IGNORED = frozenset({"dag_concurrency", "is_subdag", "provide_context", "owner", "has_on_failure_callback"})
"""Accepted without effect: Airflow 1.10 files pass them."""


def refuse_unknown(dag_id: Any, unknown: Mapping[str, Any], cls: type, location: SourceLocation) -> None:
    names = [name for name in unknown if name not in LEGACY_IGNORED]
    if names:
        known = [name for name in inspect.signature(cls).parameters if name != "unknown"]
        raise DagFileError(
            f"DAG {dag_id!r}: unexpected argument {', '.join(map(repr, names))}",
            location=location,
            hint=nearest(names[0], known).replace("operator", "DAG"),
        )


def choose_schedule(
    dag_id: str, schedule: Any, schedule_interval: Any, timetable: Any, location: SourceLocation
) -> tuple[Any, Any, bool]:
    """(schedule, the same for the attribute of older versions, whether the older name was used).

    Raises DagFileError where two of the names are given."""
    given = {
        name: value
        for name, value in (("schedule", schedule), ("schedule_interval", schedule_interval), ("timetable", timetable))
        if value is not MISSING and not (name == "timetable" and value is None)
    }
    if len(given) > 1:
        raise DagFileError(
            f"DAG {dag_id!r}: only one of {' and '.join(given)} can be given",
            location=location,
            hint="keep schedule= and remove the other",
        )
    chosen = next(iter(given.values()), None)
    return chosen, chosen, "schedule_interval" in given


def check_arguments(dag: DAG) -> None:
    """Raise DagFileError for an argument of the wrong type."""
    _require(dag, "default_args", dag.default_args, lambda value: isinstance(value, Mapping), "a dict")
    for name in ("max_active_tasks", "max_active_runs", "max_consecutive_failed_dag_runs"):
        _require(dag, name, getattr(dag, name), _is_count, "a whole number, 0 or more")
    for name in ("catchup", "render_template_as_native_obj", "fail_fast"):
        _require(dag, name, getattr(dag, name), lambda value: isinstance(value, (bool, int)), "True or False")
    for name in ("description", "doc_md"):
        _require(dag, name, getattr(dag, name), lambda value: value is None or isinstance(value, str), "a text")
    _require(dag, "tags", dag.tags, lambda tags: all(isinstance(tag, str) for tag in tags), "a list of texts")
    _require(dag, "dagrun_timeout", dag.dagrun_timeout, _accepts(duration), "a timedelta, e.g. timedelta(hours=2)")
    _require(dag, "worker_reuse", dag.worker_reuse, _accepts(worker_reuse), "True, False or a number of tries")
    for name in ("on_success_callback", "on_failure_callback"):
        _require(dag, name, getattr(dag, name), _accepts(callbacks), "a function or a list of functions")
    if isinstance(dag.dagrun_timeout, (int, float)):
        dag.dagrun_timeout = timedelta(seconds=dag.dagrun_timeout)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _accepts(check: Callable[[Any], Any]) -> Callable[[Any], bool]:
    def is_accepted(value: Any) -> bool:
        try:
            check(value)
        except ValueError:
            return False
        return True

    return is_accepted


def _require(dag: DAG, name: str, value: Any, is_right: Callable[[Any], bool], expected: str) -> None:
    if not is_right(value):
        raise DagFileError(
            f"DAG {dag.dag_id!r}: {name}={value!r:.80} cannot be used: expected {expected}",
            location=dag.location,
            hint=f"correct {name}=",
        )
