"""Triggers that wait for other DAGs, and when they fire."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tradewind.authoring import ports
from tradewind.model.messages import GetDag, GetRuns, GetTaskStates
from tradewind.sensors.external_triggers import DagStateTrigger, ExternalTaskTrigger, WorkflowTrigger
from tradewind.sensors.store_signal import something_changed

LONG_SECONDS = 60.0
NEVER_SECONDS = 3600.0


class World(ports.EnvironmentSupervisor):
    """Other DAGs as the store would tell of them: run id → (its state, task → state)."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: dict[str, tuple[str, dict[str, str]]] = {}

    def ask(self, request: Any) -> Any:
        match request:
            case GetRuns(run_ids=run_ids):
                return [
                    {"run_id": one, "state": s}
                    for one, (s, _) in self.runs.items()
                    if run_ids is None or one in run_ids
                ]
            case GetTaskStates(task_ids=task_ids):
                return [
                    {"run_id": one, "task_id": task, "state": state}
                    for one, (_, tasks) in self.runs.items()
                    for task, state in tasks.items()
                    if task in task_ids
                ]
            case GetDag():
                return {"tasks": ["group.a", "group.b", "other"], "groups": ["group"], "is_retired": False}
            case _:
                return super().ask(request)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    ports.install(made)
    yield made
    ports.install(None)


async def _first(trigger: Any) -> Any:
    async for event in trigger.run():
        return event.payload
    return None


def fires(trigger: Any) -> Any:
    return asyncio.run(asyncio.wait_for(_first(trigger), LONG_SECONDS))


@pytest.mark.parametrize(
    ("options", "state", "tasks", "expected"),
    [
        ({"run_ids": ["r"]}, "success", {}, "success"),
        ({"run_ids": ["r"], "failed_states": ["failed"]}, "failed", {}, "failed"),
        ({"run_ids": ["r"], "skipped_states": ["failed"]}, "failed", {}, "skipped"),
        ({"run_ids": ["r"], "external_task_ids": ["a", "b"]}, "running", {"a": "success", "b": "success"}, "success"),
        (
            {"run_ids": ["r"], "external_task_group_id": "group"},
            "running",
            {"group.a": "success", "group.b": "success"},
            "success",
        ),
    ],
)
def test_it_fires(world: World, options: dict[str, Any], state: str, tasks: dict[str, str], expected: str) -> None:
    world.runs["r"] = (state, tasks)
    assert fires(WorkflowTrigger("other", **options)) == {"status": expected}


@pytest.mark.parametrize(
    ("state", "tasks"),
    [
        ("running", {"a": "success"}),
        ("running", {"a": "success", "b": "running"}),
        ("success", {"a": "success", "b": "failed"}),
    ],
)
def test_it_waits_until_all_tasks_are_there_and_the_store_says_that_something_changed(
    world: World, state: str, tasks: dict[str, str]
) -> None:
    world.runs["r"] = (state, tasks)
    trigger = WorkflowTrigger("other", run_ids=["r"], external_task_ids=["a", "b"], poke_interval=NEVER_SECONDS)

    async def go() -> Any:
        waiting = asyncio.create_task(_first(trigger))
        await asyncio.sleep(0)
        assert not waiting.done()
        world.runs["r"] = ("success", {"a": "success", "b": "success"})
        something_changed()
        return await asyncio.wait_for(waiting, LONG_SECONDS)

    assert asyncio.run(go()) == {"status": "success"}


def test_one_task_of_one_run(world: World) -> None:
    world.runs["r"] = ("running", {"a": "success"})
    assert fires(ExternalTaskTrigger("other", "a", run_ids=["r"])) == {"status": "success"}


def test_a_run_in_a_state(world: World) -> None:
    world.runs["r"] = ("failed", {})
    path, data = fires(DagStateTrigger("other", ["success", "failed"], run_ids=["r"]))
    assert path.endswith(".DagStateTrigger")
    assert data["r"] == "failed"


def test_it_is_made_again_from_what_it_says_of_itself() -> None:
    trigger = WorkflowTrigger("other", logical_dates=[datetime(2025, 1, 1, tzinfo=UTC)], external_task_ids=["a"])
    path, arguments = trigger.serialize()
    assert WorkflowTrigger(**arguments).serialize() == (path, arguments)
