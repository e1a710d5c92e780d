"""Recorded outcomes of Airflow 2.11 (DagRun.update_state) on random DAGs, replayed through the engine in waves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tradewind.engine.commands import StartTry
from tradewind.engine.events import RunStarted, TaskQueued, TryFailed, TrySkipped, TrySucceeded
from tradewind.engine.run import Run
from tradewind.engine.step import step_all
from tradewind.model.changes import TaskChanged
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import TriggerRule

CASES = json.loads((Path(__file__).parents[1] / "data/oracle/trigger_rules.json").read_text())["cases"]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def spec_of(case: dict[str, Any]) -> DagSpec:
    def task(t: dict[str, Any]) -> TaskSpec:
        return TaskSpec(
            t["id"],
            operator=t["kind"],
            upstream=tuple(t["upstream"]),
            trigger_rule=TriggerRule(t["trigger_rule"]),
            is_setup=t["kind"] == "setup",
            is_teardown=t["kind"] == "teardown",
            setups=tuple(t.get("setups", ())),
            on_failure_fail_run=t.get("on_failure_fail_dagrun", False),
        )

    return DagSpec("oracle", tasks=tuple(task(t) for t in case["tasks"]))


def report(task: dict[str, Any], try_id: str) -> TrySucceeded | TryFailed | TrySkipped:
    if task["outcome"] == "failed":
        return TryFailed(try_id, "forced")
    if task["outcome"] == "skipped":
        return TrySkipped(try_id)
    if task["kind"] == "branch":
        return TrySucceeded(try_id, followed=tuple(task["follow"]))
    if task["kind"] == "short_circuit" and not task["condition"]:
        return TrySucceeded(try_id, short_circuit="all" if task["ignore_downstream_trigger_rules"] else "direct")
    return TrySucceeded(try_id)


def play(case: dict[str, Any]) -> tuple[Run, list[str]]:
    """As the outcomes were recorded: the tasks that are ready together run one after the other, then one level of
    decisions follows. One that a branch or short circuit skips before its turn does not run."""
    by_id = {t["id"]: t for t in case["tasks"]}
    run, ran = Run.new(RunKey("oracle", "r"), spec_of(case)), []
    made = step_all(run, [RunStarted()], NOW, levels=1)
    while not run.state.is_finished:
        wave = sorted(c.task_id for c in made.commands if isinstance(c, StartTry))
        events = [(TaskQueued(t, (), f"try-{t}"), report(by_id[t], f"try-{t}")) for t in wave]
        made = step_all(run, [event for pair in events for event in pair], NOW, levels=1)
        ran += [c.task_id for c in made.changes if isinstance(c, TaskChanged) and c.new == "queued"]
    return run, ran


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['family']}-{c['id']}")
def test_same_end_as_airflow(case: dict[str, Any]) -> None:
    run, ran = play(case)

    states = {i.plan.task_id: i.state.value for i in run.all_instances()}
    assert states == case["expected"]["task_states"]
    assert run.state == case["expected"]["run_state"]
    assert sorted(ran) in (sorted(case["expected"]["ran"]), sorted(case.get("also_ran", case["expected"]["ran"])))
