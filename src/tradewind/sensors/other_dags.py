"""What has become of runs and tasks of another DAG: asked of the supervisor, decided by a pure function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tradewind.authoring import ports
from tradewind.authoring.exceptions import AirflowException
from tradewind.model.messages import GetDag, GetRuns, GetTaskStates

Verdict: TypeAlias = Literal["waiting", "success", "failed", "skipped"]


class Wanted(Struct, frozen=True):
    """Runs of one DAG, by logical date or by id, or tasks of them, and what their states mean."""

    dag_id: str
    dates: tuple[datetime, ...] = ()
    run_ids: tuple[str, ...] = ()
    task_ids: tuple[str, ...] = ()
    """() with no group: the runs themselves."""
    group_id: str = ""
    allowed: tuple[str, ...] = ("success",)
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def look(wanted: Wanted) -> Verdict:
    """How it stands now."""
    runs = _runs(wanted)
    if not wanted.task_ids and not wanted.group_id:
        return verdict(wanted, {run["run_id"]: [run["state"]] for run in runs})
    tasks = wanted.task_ids or _tasks_of_group(wanted)
    states: dict[str, list[str]] = {run["run_id"]: [] for run in runs}
    seen: dict[str, set[str]] = {run["run_id"]: set() for run in runs}
    rows: list[dict[str, Any]] = _ask(GetTaskStates(wanted.dag_id, tuple(states), tuple(tasks))) if states else []
    for row in rows:
        states[row["run_id"]].append(row["state"])
        seen[row["run_id"]].add(row["task_id"])
    for run_id, found in states.items():
        if not seen[run_id] >= set(tasks):
            found.append("none")  # some have not begun
    return verdict(wanted, states)


def verdict(wanted: Wanted, states: Mapping[str, Sequence[str]]) -> Verdict:
    """`states`: of each run that there is, the states of all that is waited for. One that failed is enough; for success
    all instances of all tasks of all runs are needed."""
    seen = {state for found in states.values() for state in found}
    if seen & set(wanted.failed):
        return "failed"
    if seen & set(wanted.skipped):
        return "skipped"
    expected = len(wanted.run_ids) or len(wanted.dates)
    done = [found for found in states.values() if found and set(found) <= set(wanted.allowed)]
    return "success" if expected and len(done) >= expected else "waiting"


def check_existence(wanted: Wanted) -> None:
    """Raises AirflowException naming what is not there."""
    facts = _ask(GetDag(wanted.dag_id))
    if not facts or facts["is_retired"]:
        raise AirflowException(f"The external DAG {wanted.dag_id} does not exist.", hint="see `tradewind dags list`")
    for task_id in wanted.task_ids:
        if task_id not in facts["tasks"]:
            names = ", ".join(facts["tasks"])
            raise AirflowException(
                f"The external task {task_id} in DAG {wanted.dag_id} does not exist.", hint=f"it has {names}"
            )
    if wanted.group_id and wanted.group_id not in facts["groups"]:
        names = ", ".join(facts["groups"]) or "no groups"
        raise AirflowException(
            f"The external task group {wanted.group_id} in DAG {wanted.dag_id} does not exist.", hint=f"it has {names}"
        )


def _runs(wanted: Wanted) -> list[dict[str, Any]]:
    return _ask(GetRuns(wanted.dag_id, wanted.run_ids or None, wanted.dates or None)) or []


def _tasks_of_group(wanted: Wanted) -> tuple[str, ...]:
    """Those of the group, and of the groups inside it."""
    facts = _ask(GetDag(wanted.dag_id))
    tasks: list[str] = facts["tasks"] if facts else []
    return tuple(task_id for task_id in tasks if task_id.startswith(f"{wanted.group_id}."))


def _ask(request: Any) -> Any:
    return ports.supervisor().ask(request)
