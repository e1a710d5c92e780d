"""Triggers that wait for runs, or tasks, of other DAGs. That a run starts or ends is told to the triggerer, so that
they look at once; tasks in the middle of a run are looked at every so often."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Any

from tradewind.authoring.instants import as_instant
from tradewind.authoring.ports import supervisor
from tradewind.authoring.triggers import BaseTrigger, TriggerEvent
from tradewind.model.messages import GetRuns
from tradewind.sensors.other_dags import Wanted, look

_MODULE = "airflow.providers.standard.triggers.external_task"


class WorkflowTrigger(BaseTrigger):
    """Fires when the tasks (the task group, the run) of the other DAG have come to an allowed, a failed or a skipped
    state, for every one of the runs named: {"status": "success" | "failed" | "skipped"}."""

    def __init__(
        self,
        external_dag_id: str,
        run_ids: Sequence[str] | None = None,
        execution_dates: Sequence[datetime] | None = None,
        logical_dates: Sequence[datetime] | None = None,
        external_task_group_id: str | None = None,
        failed_states: Collection[str] | None = None,
        skipped_states: Collection[str] | None = None,
        allowed_states: Collection[str] | None = None,
        external_task_ids: Collection[str] | None = None,
        poke_interval: float = 2.0,
        soft_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.external_dag_id = external_dag_id
        self.run_ids = _texts(run_ids)
        self.logical_dates = _instants(logical_dates or execution_dates)
        self.external_task_group_id = external_task_group_id
        self.failed_states = _texts(failed_states)
        self.skipped_states = _texts(skipped_states)
        self.allowed_states = _texts(allowed_states) or ["success"]
        self.external_task_ids = _texts(external_task_ids)
        self.poke_interval = poke_interval
        self.soft_fail = soft_fail

    def serialize(self) -> tuple[str, dict[str, Any]]:
        names = [
            "external_dag_id",
            "run_ids",
            "logical_dates",
            "external_task_group_id",
            "failed_states",
            "skipped_states",
            "allowed_states",
            "external_task_ids",
            "poke_interval",
            "soft_fail",
        ]
        return f"{_MODULE}.{type(self).__name__}", {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        from tradewind.sensors.store_signal import wait_for_change  # imports asyncio

        while (status := self._status()) is None:
            await wait_for_change(self.poke_interval)
        yield TriggerEvent({"status": status})

    def _status(self) -> str | None:
        wanted = Wanted(
            self.external_dag_id,
            dates=tuple(self.logical_dates),
            run_ids=tuple(self.run_ids),
            task_ids=tuple(self.external_task_ids),
            group_id=self.external_task_group_id or "",
            allowed=tuple(self.allowed_states),
            failed=tuple(self.failed_states),
            skipped=tuple(self.skipped_states),
        )
        found = look(wanted)
        return None if found == "waiting" else found


class ExternalTaskTrigger(WorkflowTrigger):
    """One task, or several, of one run."""

    def __init__(self, external_dag_id: str, external_task_id: str | None = None, **options: Any) -> None:
        if external_task_id is not None:
            options.setdefault("external_task_ids", [external_task_id])
        super().__init__(external_dag_id, **options)


class DagStateTrigger(BaseTrigger):
    """Fires when all these runs are in one of `states`; the payload is (class path, arguments and states)."""

    def __init__(
        self,
        dag_id: str,
        states: Collection[str],
        execution_dates: Sequence[datetime] | None = None,
        run_ids: Sequence[str] | None = None,
        poll_interval: float = 5.0,
        *,
        logical_dates: Sequence[datetime] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.dag_id = dag_id
        self.states = _texts(states)
        self.logical_dates = _instants(logical_dates or execution_dates)
        self.run_ids = _texts(run_ids)
        self.poll_interval = poll_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        names = ("dag_id", "states", "logical_dates", "run_ids", "poll_interval")
        return f"{_MODULE}.DagStateTrigger", {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        from tradewind.sensors.store_signal import wait_for_change  # imports asyncio

        wanted = len(self.run_ids or self.logical_dates) or 1
        while len(found := self._states()) < wanted or any(state not in self.states for state in found.values()):
            await wait_for_change(self.poll_interval)
        path, arguments = self.serialize()
        yield TriggerEvent((path, {**arguments, **found}))

    def _states(self) -> dict[str, str]:
        request = GetRuns(self.dag_id, tuple(self.run_ids) or None, tuple(self.logical_dates) or None)
        return {run["run_id"]: run["state"] for run in supervisor().ask(request) or ()}


def _texts(values: Collection[Any] | None) -> list[str]:
    return [str(getattr(value, "value", value)) for value in values or ()]


def _instants(values: Sequence[Any] | None) -> list[datetime]:
    return [as_instant(value) for value in values or ()]
