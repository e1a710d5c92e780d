"""Waits for tasks, a task group or a run of another DAG; and the marker that lets a clear go on there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from tradewind.authoring.call import determine_kwargs
from tradewind.authoring.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from tradewind.authoring.instants import as_instant, in_utc
from tradewind.operators.empty import EmptyOperator
from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.external_triggers import WorkflowTrigger
from tradewind.sensors.other_dags import Wanted, check_existence, look


class ExternalTaskSensor(DeferrableSensor):
    """Waits until tasks, a task group or a whole run of `external_dag_id` are in one of `allowed_states`: in the run of
    the same logical date, or of that moved by `execution_delta` or chosen by `execution_date_fn`."""

    template_fields = ("external_dag_id", "external_task_id", "external_task_ids", "external_task_group_id")
    ui_color = "#4db7db"

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str | None = None,
        external_task_ids: Collection[str] | None = None,
        external_task_group_id: str | None = None,
        allowed_states: Collection[str] | None = None,
        skipped_states: Collection[str] | None = None,
        failed_states: Collection[str] | None = None,
        execution_delta: timedelta | None = None,
        execution_date_fn: Callable[..., Any] | None = None,
        check_existence: bool = False,
        poll_interval: float = 2.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if external_task_id is not None and external_task_ids is not None:
            raise ValueError("Only one of `external_task_id` or `external_task_ids` may be provided")
        if external_task_group_id is not None and (external_task_id or external_task_ids):
            raise ValueError("Only one of `external_task_group_id` and `external_task_id(s)` may be provided")
        if execution_delta is not None and execution_date_fn is not None:
            raise ValueError("Only one of `execution_delta` or `execution_date_fn` may be provided")
        if overlap := _overlap(allowed_states or ("success",), skipped_states or (), failed_states or ()):
            raise AirflowException(f"a state may be in one of allowed, skipped and failed states only: {overlap}")
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        self.external_task_ids = external_task_ids
        self.external_task_group_id = external_task_group_id
        self.allowed_states = list(allowed_states or ("success",))
        self.skipped_states = list(skipped_states or ())
        self.failed_states = list(failed_states or ())
        self.execution_delta = execution_delta
        self.execution_date_fn = execution_date_fn
        self.check_existence = check_existence
        self.poll_interval = poll_interval
        self._has_checked = False

    def trigger_for(self, context: Any) -> WorkflowTrigger:
        wanted = self.wanted(context)
        return WorkflowTrigger(
            external_dag_id=wanted.dag_id,
            logical_dates=wanted.dates,
            external_task_ids=wanted.task_ids,
            external_task_group_id=wanted.group_id or None,
            failed_states=wanted.failed,
            skipped_states=wanted.skipped,
            allowed_states=wanted.allowed,
            poke_interval=self.poll_interval,
            soft_fail=self.soft_fail,
        )

    def poke(self, context: Any) -> bool:
        wanted = self.wanted(context)
        if self.check_existence and not self._has_checked:
            check_existence(wanted)
            self._has_checked = True
        self.log.info("Poking for %s", self._described(wanted))
        return self._concluded(look(wanted), wanted)

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """What the trigger found."""
        status = cast("dict[str, Any]", event or {}).get("status", "failed")
        self._concluded("failed" if status == "error" else str(status), self.wanted(context))

    def wanted(self, context: Any) -> Wanted:
        """Which runs and tasks are waited for. Raises AirflowFailException where no date can be told."""
        return Wanted(
            self.external_dag_id,
            dates=tuple(self._dates(context)),
            task_ids=tuple(self.external_task_ids or ([self.external_task_id] if self.external_task_id else ())),
            group_id=self.external_task_group_id or "",
            allowed=tuple(map(_plain, self.allowed_states)),
            failed=tuple(map(_plain, self.failed_states)),
            skipped=tuple(map(_plain, self.skipped_states)),
        )

    def _dates(self, context: Any) -> Iterable[datetime]:
        own = context.get("logical_date") or context["dag_run"].run_after
        if self.execution_delta is not None:
            chosen: Any = own - self.execution_delta
        elif self.execution_date_fn is not None:
            chosen = self.execution_date_fn(own, **determine_kwargs(self.execution_date_fn, (own,), context))
        else:
            chosen = own
        several = list(cast("Iterable[Any]", chosen)) if isinstance(chosen, (list, tuple, set)) else [chosen]
        for date in several:
            try:
                instant = in_utc(as_instant(date))
            except ValueError as error:
                raise AirflowFailException(f"execution_date_fn returned {date!r}: {error}") from error
            assert instant is not None
            yield instant

    def _concluded(self, verdict: str, wanted: Wanted) -> bool:
        what = self._described(wanted)
        if verdict == "failed":
            if self.soft_fail:
                raise AirflowSkipException(f"{what}: failed, and soft_fail is set")
            raise AirflowException(f"{what}: failed", hint=f"see `tradewind runs list {wanted.dag_id}`")
        if verdict == "skipped":
            raise AirflowSkipException(f"{what}: one of skipped_states")
        return verdict == "success"

    def _described(self, wanted: Wanted) -> str:
        tasks = f" tasks {', '.join(wanted.task_ids)}" if wanted.task_ids else ""
        group = f" group {wanted.group_id}" if wanted.group_id else ""
        return f"DAG {wanted.dag_id}{tasks}{group} on {', '.join(date.isoformat() for date in wanted.dates)}"


class ExternalTaskMarker(EmptyOperator):
    """Says that a task of another DAG depends on this one: clearing this one clears that one, too, and what follows
    from there, through at most `recursion_depth` markers."""

    template_fields = ("external_dag_id", "external_task_id", "logical_date")
    ui_color = "#4db7db"

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str,
        logical_date: Any = "{{ logical_date.isoformat() }}",
        execution_date: Any = None,
        recursion_depth: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(cast("object", recursion_depth), int) or recursion_depth <= 0:
            raise ValueError(f"recursion_depth should be a positive integer, not {recursion_depth!r}")
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        date = logical_date if execution_date is None else execution_date
        if not isinstance(date, (str, datetime)):
            raise TypeError(f"Expected str or datetime.datetime type for logical_date. Got {type(date)}")
        self.logical_date = date.isoformat() if isinstance(date, datetime) else date
        self.recursion_depth = recursion_depth


class ExternalTaskSensorLink:
    """Airflow's link from the sensor to what it waits for."""

    name = "External DAG"


def _plain(state: Any) -> str:
    return str(getattr(state, "value", state))


def _overlap(*groups: Collection[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({state for group in groups for state in group if state in seen or seen.add(state)})
