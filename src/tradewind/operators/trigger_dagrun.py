"""Starts a run of another DAG, and waits for its end where it is asked to."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from tradewind.authoring import ports
from tradewind.authoring.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
    DagNotFound,
    DagRunAlreadyExists,
)
from tradewind.authoring.instants import as_instant, in_utc
from tradewind.authoring.operator import BaseOperator
from tradewind.model.messages import GetRuns, TriggerRun
from tradewind.sensors.external_triggers import DagStateTrigger

XCOM_RUN_ID = "trigger_run_id"
XCOM_LOGICAL_DATE = "trigger_logical_date_iso"
MOST_LOOKS_AT_RESET = 1000
SHORTEST_POKE_SECONDS = 0.1
"""A run that is soon over is not waited for a whole `poke_interval`: the pokes become rarer."""


class TriggerDagRunOperator(BaseOperator):
    """Starts a run of `trigger_dag_id` with `conf`, and waits for its end with `wait_for_completion`: in the triggerer,
    unless `deferrable=False`."""

    template_fields = ("trigger_dag_id", "trigger_run_id", "logical_date", "conf", "wait_for_completion", "run_after")
    template_fields_renderers = {"conf": "py"}
    ui_color = "#ffefeb"

    def __init__(
        self,
        *,
        trigger_dag_id: str,
        trigger_run_id: str | None = None,
        conf: Any = None,
        logical_date: str | datetime | None = None,
        execution_date: str | datetime | None = None,
        run_after: str | datetime | None = None,
        reset_dag_run: bool = False,
        wait_for_completion: bool = False,
        poke_interval: timedelta | float = 60,
        allowed_states: Sequence[str] | None = None,
        failed_states: Sequence[str] | None = None,
        skip_when_already_exists: bool = False,
        fail_when_dag_is_paused: bool = False,
        deferrable: bool | None = None,
        note: str | None = None,
        python_callable: Any = None,
        openlineage_inject_parent_info: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.trigger_dag_id = trigger_dag_id
        self.trigger_run_id = trigger_run_id
        self.conf = conf
        self.logical_date = logical_date if logical_date is not None else execution_date
        self.run_after = run_after
        self.reset_dag_run = reset_dag_run
        self.wait_for_completion = wait_for_completion
        self.poke_interval = poke_interval.total_seconds() if isinstance(poke_interval, timedelta) else poke_interval
        self.allowed_states = [_plain(state) for state in allowed_states or ("success",)]
        self.failed_states = [_plain(state) for state in (("failed",) if failed_states is None else failed_states)]
        self.skip_when_already_exists = skip_when_already_exists
        self.fail_when_dag_is_paused = fail_when_dag_is_paused
        self.deferrable = True if deferrable is None else deferrable
        self.note = note
        self.python_callable = python_callable

    def execute(self, context: Any) -> None:
        order = self._order(context)
        if order is None:
            self.log.info("Criteria not met, moving on")
            return
        run_id = self._started(order)
        ti = context["ti"]
        ti.xcom_push(key=XCOM_RUN_ID, value=run_id)
        if order.logical_date is not None:
            ti.xcom_push(key=XCOM_LOGICAL_DATE, value=order.logical_date.isoformat())
        if _is_true(self.wait_for_completion):
            self._wait(run_id)

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """The run that was waited for is in one of the states that end the waiting."""
        _, found = cast("tuple[str, dict[str, Any]]", event)
        for run_id in found["run_ids"]:
            self._conclude(run_id, found[run_id])

    # ------------------------------------------------------------------ what to start

    def _order(self, context: Any) -> TriggerRun | None:
        """None where Airflow 1.10's `python_callable` decides against it."""
        run_id, conf = self.trigger_run_id, _conf(self.conf)
        if self.python_callable is not None:
            chosen = self.python_callable(context, SimpleNamespace(run_id=run_id, payload=None))
            if not chosen:
                return None
            run_id, conf = chosen.run_id, _conf(chosen.payload)
        return TriggerRun(
            try_id=context["ti"].id,
            dag_id=self.trigger_dag_id,
            run_id=run_id or None,
            logical_date=_instant(self.logical_date, "logical_date"),
            run_after=_instant(self.run_after, "run_after"),
            conf=conf,
            note=self.note or "",
            reset=self.reset_dag_run,
            fail_when_paused=self.fail_when_dag_is_paused,
        )

    def _started(self, order: TriggerRun) -> str:
        """The run's id. Raises where there is none."""
        answer: dict[str, Any] | None = ports.supervisor().ask(order)
        if answer is None:
            raise AirflowFailException(
                f"nobody is here to start a run of {order.dag_id!r}: this task runs outside of Tradewind",
                hint="`tradewind run` or the scheduler service starts it",
            )
        run_id = answer["run_id"]
        match answer["outcome"]:
            case "created" | "reset":
                self.log.info("run %s of DAG %s is %s", run_id, order.dag_id, answer["outcome"])
                if answer["outcome"] == "reset":
                    self._see_it_begin_again(run_id, answer["ended_at"])
                return run_id
            case "exists" if self.skip_when_already_exists:
                raise AirflowSkipException(f"DAG {order.dag_id} has the run {run_id} already")
            case "exists":
                raise DagRunAlreadyExists(
                    f"DAG {order.dag_id} has the run {run_id} already, which is {answer['state']}",
                    hint="reset_dag_run=True runs it again; skip_when_already_exists=True skips this task",
                )
            case "paused":
                raise AirflowException(f"Dag {order.dag_id} is paused", hint=f"tradewind dags unpause {order.dag_id}")
            case _:
                raise DagNotFound(f"Dag id {order.dag_id} not found", hint="see `tradewind dags list`")

    def _see_it_begin_again(self, run_id: str, ended_at: Any) -> None:
        """Else the run's old end would be taken for its new one."""
        for _ in range(MOST_LOOKS_AT_RESET):
            found = ports.supervisor().ask(GetRuns(self.trigger_dag_id, run_ids=(run_id,)))
            if not found or found[0]["ended_at"] != ended_at:
                return
            time.sleep(SHORTEST_POKE_SECONDS / 4)
        self.log.warning("run %s has not begun again yet", run_id)

    # ------------------------------------------------------------------ waiting for it

    def _wait(self, run_id: str) -> None:
        if self.deferrable:
            self.defer(
                trigger=DagStateTrigger(
                    self.trigger_dag_id,
                    states=[*self.allowed_states, *self.failed_states],
                    run_ids=[run_id],
                    poll_interval=self.poke_interval,
                ),
                method_name="execute_complete",
            )
        seconds = min(SHORTEST_POKE_SECONDS, self.poke_interval)
        while True:
            time.sleep(seconds)
            found = ports.supervisor().ask(GetRuns(self.trigger_dag_id, run_ids=(run_id,)))
            if not found:
                raise AirflowException(f"the run {run_id} of DAG {self.trigger_dag_id} is not there any more")
            state = found[0]["state"]
            self.log.info("Waiting for %s on %s: it is %s", self.trigger_dag_id, run_id, state)
            if self._conclude(run_id, state):
                return
            seconds = min(seconds * 2, self.poke_interval)

    def _conclude(self, run_id: str, state: str) -> bool:
        """True where the waiting is over. Raises AirflowException for one of `failed_states`."""
        if state in self.failed_states:
            raise AirflowException(
                f"{self.trigger_dag_id} failed with failed state {state}",
                hint=f"tradewind runs show {self.trigger_dag_id} '{run_id}'",
            )
        return state in self.allowed_states


def _conf(given: Any) -> dict[str, Any]:
    """Raises AirflowException where it is no JSON object."""
    if given is None or given == "":
        return {}
    try:
        found: Any = json.loads(given) if isinstance(given, str) else json.loads(json.dumps(given))
    except (TypeError, ValueError) as error:
        raise AirflowException(f"conf parameter should be JSON Serializable: {error}") from error
    if not isinstance(found, Mapping):
        raise AirflowException(f"conf has to be a dict, not {type(given).__name__}")
    return dict(cast("Mapping[str, Any]", found))


def _instant(given: Any, name: str) -> datetime | None:
    if given is None or given == "":
        return None
    try:
        return in_utc(as_instant(given))
    except ValueError as error:
        raise AirflowException(f"{name}={given!r}: {error}") from error


def _is_true(value: Any) -> bool:
    return value.strip().lower() in ("true", "1", "yes") if isinstance(value, str) else bool(value)


def _plain(state: Any) -> str:
    return str(getattr(state, "value", state))
