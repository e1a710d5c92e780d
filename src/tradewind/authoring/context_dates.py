"""The dates in a context: of the run itself, of its neighbours on the schedule, and of the runs before it.

Texts (`ds`, `ts`…) are made from plain datetimes; objects are pendulum's and are made when asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.dates import as_pendulum
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRun, RunFacts
from tradewind.model.records import RunRecord
from tradewind.model.states import RunType
from tradewind.timetables import DataInterval, TimeRestriction, manual_interval, next_run
from tradewind.timetables.base import Timetable
from tradewind.timetables.partition_keys import date_of

Variables = dict[str, Callable[[], Any]]
ONE_DAY = timedelta(days=1)
ANY_TIME = TimeRestriction(earliest=None, latest=None, catchup=True)


class RunDates:
    """Names → functions that make the value, for one run of one DAG."""

    def __init__(self, key: RunKey, run: RunFacts, dag: Any) -> None:
        self._key = key
        self._run = run
        self._dag = dag

    def variables(self) -> Variables:
        """A run without a logical date (started by assets) has no variables that follow from it, as in Airflow 3."""
        run = self._run
        found: Variables = {
            "data_interval_start": lambda: as_pendulum(self._interval[0]),
            "data_interval_end": lambda: as_pendulum(self._interval[1]),
            "run_after": lambda: as_pendulum(run.run_after),
            **self._of_earlier_runs(),
        }
        if run.logical_date is not None:
            found |= _of_instant(run.logical_date) | self._of_neighbours()
        return found

    def _of_neighbours(self) -> Variables:
        return {
            "next_execution_date": lambda: as_pendulum(self._next),
            "next_ds": lambda: _day(self._next),
            "next_ds_nodash": lambda: _day_nodash(self._next),
            "prev_execution_date": lambda: as_pendulum(self._previous),
            "prev_ds": lambda: _day(self._previous),
            "prev_ds_nodash": lambda: _day_nodash(self._previous),
        }

    def _of_earlier_runs(self) -> Variables:
        def of_success(field: str) -> Callable[[], Any]:
            return lambda: self._previous_success and as_pendulum(getattr(self._previous_success, field))

        return {
            "prev_data_interval_start_success": of_success("data_interval_start"),
            "prev_data_interval_end_success": of_success("data_interval_end"),
            "prev_start_date_success": of_success("started_at"),
            "prev_end_date_success": of_success("ended_at"),
            "prev_execution_date_success": of_success("logical_date"),
        }

    @cached_property
    def _interval(self) -> tuple[datetime | None, datetime | None]:
        """As the run has it. That of a run started by hand is for the timetable to say; where that is the author's own,
        only this process has its code."""
        run = self._run
        at = run.logical_date
        if run.run_type is not RunType.MANUAL or at is None or not is_custom(getattr(self._dag, "schedule", None)):
            return run.data_interval_start, run.data_interval_end
        return manual_interval(self._timetable, at, run.run_after)

    @cached_property
    def _timetable(self) -> Any:
        return self._dag.timetable

    @cached_property
    def _next(self) -> datetime | None:
        """Logical date of the run after this one, by the schedule alone: start and end of the DAG do not count."""
        run = self._run
        start, end = self._interval
        if start is None or end is None:
            return None
        last = DataInterval(start, end)
        following = next_run(self._timetable, last, ANY_TIME, run.run_after)
        return following and following.logical_date

    @cached_property
    def _previous(self) -> datetime | None:
        """The tick of the schedule before the logical date; None where the schedule has no ticks."""
        step_back = getattr(self._timetable, "_get_prev", None)
        return step_back(self._run.logical_date) if step_back else None

    @cached_property
    def _previous_success(self) -> RunRecord | None:
        found = ports.supervisor().ask(GetRun(self._key, "previous_success"))
        return None if found is None else msgspec.convert(found, RunRecord)


def partition_date(key: str | None) -> Any:
    """The instant that a partition key names, where it does."""
    found = date_of(key)
    return found and as_pendulum(found)


def is_custom(schedule: Any) -> bool:
    """Whether the schedule is a timetable of the author's own."""
    return isinstance(schedule, Timetable) and not type(schedule).__module__.startswith("tradewind.timetables.")


def _of_instant(at: datetime) -> Variables:
    yesterday, tomorrow = at - ONE_DAY, at + ONE_DAY
    texts = {
        "ds": _day(at),
        "ds_nodash": _day_nodash(at),
        "ts": at.isoformat(),
        "ts_nodash": at.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": at.isoformat().replace("-", "").replace(":", ""),
        "yesterday_ds": _day(yesterday),
        "yesterday_ds_nodash": _day_nodash(yesterday),
        "tomorrow_ds": _day(tomorrow),
        "tomorrow_ds_nodash": _day_nodash(tomorrow),
        # Airflow 1.10's names for ds
        "latest_date": _day(at),
        "end_date": _day(at),
        "END_DATE": _day(at),
    }
    made: Variables = {name: lambda text=text: text for name, text in texts.items()}
    return made | {"logical_date": lambda: as_pendulum(at), "execution_date": lambda: as_pendulum(at)}


def _day(at: datetime | None) -> str | None:
    return None if at is None else at.date().isoformat()  # strftime takes ten times as long, in every try


def _day_nodash(at: datetime | None) -> str | None:
    return None if at is None else at.date().isoformat().replace("-", "")
