"""The first page: what runs, what failed, what is late, what waits for people, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.home import AskLine, Home, LateLine, NextLine, RunLine
from tradewind.api.ours.expected import expected_instances
from tradewind.api.ours.health import health
from tradewind.api.ours.paths import ROOT
from tradewind.api.ours.run_page import first_failure
from tradewind.api.ours.task_rows import last_line
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState

MOST_RUNNING = 50
MOST_FAILED = 30
MOST_SUCCEEDED = 5
MOST_LINES = 50
LOOKED_AT = 300
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NAMES_SHOWN = 3
Sees = Callable[[str], bool]
Counts = Mapping[RunKey, Mapping[str, int]]


def home(call: Call[Any, None]) -> Home:
    """What runs now, what failed, what is late, what waits for people, what comes next"""
    runs = _sees(call, Resource.RUN)
    return Home(
        running=_running(call, runs),
        failed=_failed(call, runs),
        succeeded=_succeeded(call, runs),
        late=_late(call, runs),
        waiting=_waiting(call),
        next_hour=_next_hour(call),
        health=health(call.store.jobs(), call.store.now()),
        counts=_counts(call, runs),
    )


def _sees(call: Call[Any, Any], resource: Resource) -> Sees:
    visible = call.visible(resource)
    return lambda dag_id: visible is None or dag_id in visible


def _running(call: Call[Any, Any], sees: Sees) -> list[RunLine]:
    found = [one for one in call.store.runs(states=[RunState.RUNNING], limit=LOOKED_AT) if sees(one.dag_id)]
    found = found[:MOST_RUNNING]
    keys = [_key(one) for one in found]
    tasks, counts = call.store.running_tasks(keys), call.store.instance_counts(keys)
    waits = _waiting_for(call, counts)
    lines = _lines(found, counts, lambda one: (_names(tasks.get(_key(one), [])) or waits.get(_key(one), ""), None))
    return _with_what_is_to_come(call, found, lines)


def _with_what_is_to_come(call: Call[Any, Any], runs: list[RunRecord], lines: list[RunLine]) -> list[RunLine]:
    """Totals with the task instances that are not due yet, and so have no row."""
    lengths = call.store.expansion_lengths([_key(one) for one in runs])
    specs: dict[tuple[str, str], DagSpec | None] = {}
    made: list[RunLine] = []
    for one, line in zip(runs, lines, strict=True):
        version = (one.dag_id, one.dag_hash)
        if version not in specs:
            specs[version] = call.store.spec(*version)
        spec = specs[version]
        expected = sum(expected_instances(spec, lengths.get(_key(one), {})).values()) if spec is not None else 0
        made.append(replace(line, total=max(line.total, expected)))
    return made


def _waiting_for(call: Call[Any, Any], counts: Counts) -> dict[RunKey, str]:
    """What a run waits for where nothing of it runs: a person, or what a trigger looks out for."""
    asked = {one.run for one in call.store.approvals(is_open=True)}
    words = (("deferred", "deferred"), ("up_for_retry", "waits to be tried again"), ("queued", "queued"))
    found: dict[RunKey, str] = {}
    for key, own in counts.items():
        if key in asked:
            found[key] = "waits for a person"
        elif said := next((text for state, text in words if own.get(state)), ""):
            found[key] = said
    return found


def _failed(call: Call[Any, Any], sees: Sees) -> list[RunLine]:
    found = _ended_lately(call, sees, RunState.FAILED, LOOKED_AT)
    may_see_tasks = _sees(call, Resource.TASK)

    def what(one: RunRecord) -> tuple[str, str | None]:
        failure = first_failure(call, _key(one)) if may_see_tasks(one.dag_id) else None
        if failure is None:
            return call.store.last_run_why(_key(one)), None
        error = last_line(failure.error)
        return f"{failure.task_id}: {failure.error_type + ': ' if failure.error_type else ''}{error}", failure.task_id

    found = found[:MOST_FAILED]
    return _lines(found, call.store.instance_counts([_key(one) for one in found]), what)


def _succeeded(call: Call[Any, Any], sees: Sees) -> list[RunLine]:
    found = _ended_lately(call, sees, RunState.SUCCESS, MOST_RUNNING)[:MOST_SUCCEEDED]
    return _lines(found, call.store.instance_counts([_key(one) for one in found]), lambda _: ("", None))


def _ended_lately(call: Call[Any, Any], sees: Sees, state: RunState, looked_at: int) -> list[RunRecord]:
    """Within a day, the last one first."""
    since = call.now - DAY
    found = [
        one
        for one in call.store.runs(states=[state], limit=looked_at)
        if sees(one.dag_id) and one.ended_at is not None and one.ended_at >= since
    ]
    return sorted(found, key=lambda one: one.ended_at or since, reverse=True)


def _lines(
    found: list[RunRecord], counts: Counts, what: Callable[[RunRecord], tuple[str, str | None]]
) -> list[RunLine]:
    lines: list[RunLine] = []
    for one in found:
        own = counts.get(_key(one), {})
        text, task_id = what(one)
        lines.append(
            RunLine(
                dag_id=one.dag_id,
                run_id=one.run_id,
                state=str(one.state),
                run_type=str(one.run_type),
                run_after=one.run_after,
                started_at=one.started_at,
                ended_at=one.ended_at,
                done=sum(number for state, number in own.items() if state in _DONE),
                total=sum(own.values()),
                what=text,
                task_id=task_id,
            )
        )
    return lines


_DONE = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})


def _late(call: Call[Any, Any], sees: Sees) -> list[LateLine]:
    missed = [
        one
        for one in call.store.deadlines(only_missed=True, limit=MOST_LINES)
        if one.missed_at is not None and one.missed_at >= call.now - DAY
    ]
    warned = [one for one in call.store.open_deadlines() if one.warned_at is not None or one.due_at < call.now]
    return [
        LateLine(one.run.dag_id, one.run.run_id, one.name, one.due_at, one.missed_at is not None)
        for one in [*missed, *warned]
        if sees(one.run.dag_id)
    ][:MOST_LINES]


def _waiting(call: Call[Any, Any]) -> list[AskLine]:
    sees = _sees(call, Resource.HUMAN)
    return [
        AskLine(one.run.dag_id, one.run.run_id, one.task_id, one.map_path, one.subject, one.asked_at, one.respond_by)
        for one in call.store.approvals(is_open=True)
        if sees(one.run.dag_id)
    ][:MOST_LINES]


def _next_hour(call: Call[Any, Any]) -> list[NextLine]:
    sees = _sees(call, Resource.DAG)
    found = [
        NextLine(one.dag_id, one.next_run_after)
        for one in call.store.schedules()
        if one.next_run_after is not None
        and one.next_run_after <= call.now + HOUR
        and not (one.is_paused or one.is_retired or one.held_why)
        and sees(one.dag_id)
    ]
    return sorted(found, key=lambda one: (one.at, one.dag_id))[:MOST_LINES]


def _counts(call: Call[Any, Any], sees: Sees) -> dict[str, int]:
    sees_dag = _sees(call, Resource.DAG)
    dags = [dag for dag in call.store.dags() if sees_dag(dag.dag_id)]
    active = [states for dag_id, states in call.store.active_counts().items() if sees(dag_id)]
    ended = call.store.ended_counts(call.now - DAY)
    may_see_errors = _sees(call, Resource.IMPORT_ERROR)
    errors = [one for one in call.store.import_errors() if may_see_errors(one.dag_id or "*")]
    return {
        "dags": len(dags),
        "paused": sum(dag.is_paused for dag in dags),
        "running": sum(states.get("running", 0) for states in active),
        "queued": sum(states.get("queued", 0) for states in active),
        "failed_24h": sum(number for (dag, state), number in ended.items() if state == "failed" and sees(dag)),
        "succeeded_24h": sum(number for (dag, state), number in ended.items() if state == "success" and sees(dag)),
        "import_errors": len(errors),
    }


def _names(tasks: list[str]) -> str:
    more = f" and {len(tasks) - NAMES_SHOWN} more" if len(tasks) > NAMES_SHOWN else ""
    return ", ".join(tasks[:NAMES_SHOWN]) + more


def _key(one: RunRecord) -> RunKey:
    return RunKey(one.dag_id, one.run_id)


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/home",
        name="tradewind_home",
        tag="Home",
        needs=Need(Resource.DAG),
        do=home,
        answer=Home,
    ),
)
