"""Making a new run: its id, dates, data interval and params, as one RunCreated change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tradewind.model.changes import RunCreated
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.scheduler.names import run_id as name_of_run
from tradewind.scheduler.params import ParamError, resolve_params
from tradewind.timetables import DataInterval, build
from tradewind.timetables.partition_keys import key_of_run


class RunIdError(TradewindError):
    """A run cannot be called so."""


class RunTypeError(ParamError):
    """The DAG allows no runs of this type (`allowed_run_types`). No run was made."""


def check_run_type(spec: DagSpec, run_type: str) -> None:
    """`run_type` by Airflow's name, which has more of them: `operator_triggered` is what a task of another DAG starts.
    Raises RunTypeError."""
    allowed: list[str] | None = spec.extra.get("allowed_run_types")
    if allowed is not None and run_type not in allowed:
        raise RunTypeError(
            f"DAG {spec.dag_id!r} allows no {run_type} runs (allowed_run_types: {', '.join(allowed) or 'none'})",
            hint=f"add '{run_type}' to its allowed_run_types",
        )


def manual_run(
    spec: DagSpec,
    *,
    snapshot: str,
    now: datetime,
    logical_date: datetime | None = None,
    run_id: str | None = None,
    conf: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    triggered_by: str = "",
    note: str = "",
    run_after: datetime | None = None,
    partition_key: str | None = None,
    interval: DataInterval | None = None,
) -> RunCreated:
    """A run somebody asked for, at once or `run_after`. Its logical date is now unless given; its data interval, unless
    given, is what the DAG's timetable infers for that instant. `conf` may override params by name, as in Airflow
    (`dag_run_conf_overrides_params`).

    Raises ParamError where a param does not fit, RunIdError for an id that no URL can name."""
    if run_id in (".", ".."):
        raise RunIdError(f"a run cannot be called {run_id!r}", hint="no URL could name it: choose another id")
    logical_date = logical_date or now
    names = {param.name for param in spec.params}
    overriding = {name: value for name, value in (conf or {}).items() if name in names}
    interval = interval or _interval(spec, logical_date)
    return RunCreated(
        run=RunKey(spec.dag_id, run_id or name_of_run(RunType.MANUAL, logical_date)),
        dag_hash=spec.hash,
        snapshot=snapshot,
        run_type=RunType.MANUAL,
        logical_date=logical_date,
        data_interval_start=interval.start if interval else None,
        data_interval_end=interval.end if interval else None,
        run_after=run_after or now,
        conf=dict(conf or {}),
        params=resolve_params(spec, {**overriding, **(params or {})}),
        note=note,
        triggered_by=triggered_by,
        partition_key=partition_key,
    )


def scheduled_run(spec: DagSpec, due: DueRun, *, dag_hash: str, snapshot: str) -> RunCreated:
    """The run that the DAG's clock asks for.

    Raises ParamError where a param has no default: nobody is there to give a value."""
    return RunCreated(
        run=RunKey(spec.dag_id, name_of_run(RunType.SCHEDULED, due.logical_date)),
        dag_hash=dag_hash,
        snapshot=snapshot,
        run_type=RunType.SCHEDULED,
        logical_date=due.logical_date,
        data_interval_start=due.interval_start,
        data_interval_end=due.interval_end,
        run_after=due.run_after,
        params=resolve_params(spec, {}),
        triggered_by="timetable",
        partition_key=key_of_run(spec.schedule, due.logical_date),
    )


def _interval(spec: DagSpec, logical_date: datetime) -> DataInterval | None:
    """A timetable of the author's own is code, which is not loaded here: see `manual_intervals`."""
    if spec.schedule.kind == "custom":
        return DataInterval.exact(logical_date)
    return build(spec.schedule).infer_manual_data_interval(run_after=logical_date)
