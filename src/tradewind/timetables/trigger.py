"""Timetables whose runs name a point in time (Airflow 3's meaning of a schedule): a run starts at its logical date.
An `interval=` gives it a data interval that ends there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Self

import msgspec

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction
from tradewind.timetables.clock import current_instant
from tradewind.timetables.cron_description import describe_cron
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.period import Period, as_period, spec_data
from tradewind.timetables.zoned_cron import NoMatch, ZonedCron

NO_INTERVAL = timedelta(0)
LEAST_GRACE = timedelta(minutes=5)
"""How late a first run may be at least when `run_immediately=None`."""


class TriggerTimetable(SpecTimetable):
    """The shared rule. Subclasses say where the points in time are."""

    _interval: Period

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        try:
            at = self._next_point(last, restriction)
        except NoMatch:
            return None
        if restriction.latest is not None and at > restriction.latest:
            return None
        return DagRunInfo.interval(start=self._interval.before(at), end=at)

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        return DataInterval(start=self._interval.before(run_after), end=run_after)

    def _next_point(self, last: DataInterval | None, restriction: TimeRestriction) -> datetime:
        if last is not None:
            following = self._get_next(last.end)
        elif restriction.earliest is not None:
            following = self._align_to_next(restriction.earliest)
        else:
            following = self._first_point()
        if restriction.catchup:
            return following
        candidates = [following, self._align_to_prev(current_instant())]
        if restriction.earliest is not None:
            candidates.append(self._align_to_next(restriction.earliest))
        return max(candidates)

    def _first_point(self) -> datetime:
        """The first run of a DAG without a start date."""
        return self._align_to_next(current_instant())

    def _align_to_next(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _align_to_prev(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _get_next(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _get_prev(self, current: datetime) -> datetime:
        raise NotImplementedError


class CronTriggerTimetable(TriggerTimetable):
    """Runs at the ticks of a cron expression in a time zone. `run_immediately` (for a DAG without a start date): True
    runs the last tick that passed, False waits for the next, a timedelta runs the last one if it is that recent, None
    decides so by a tenth of the distance between ticks."""

    def __init__(
        self,
        cron: str,
        *,
        timezone: str | tzinfo = "UTC",
        interval: Any = NO_INTERVAL,
        run_immediately: bool | timedelta | None = False,
    ) -> None:
        self._cron = ZonedCron(cron, timezone)
        self._expression = self._cron.expression
        self._interval = as_period(interval)
        self._run_immediately = run_immediately
        self.description = describe_cron(self._cron.cron)

    @property
    def summary(self) -> str:
        return self._expression

    def to_spec(self) -> ScheduleSpec:
        spec = ScheduleSpec(
            kind="cron",
            crons=(self._expression,),
            timezone=self._cron.zone_name,
            interval="trigger",
            summary=self.summary,
        )
        return _with_options(spec, self._interval, self._run_immediately)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(spec.crons[0], **_cron_options(spec))

    def _first_point(self) -> datetime:
        now = current_instant()
        last, following = self._align_to_prev(now), self._align_to_next(now)
        if isinstance(self._run_immediately, bool):
            return last if self._run_immediately else following
        grace = self._run_immediately or max((following - last) / 10, LEAST_GRACE)
        return last if now - last <= grace else following

    def _align_to_next(self, current: datetime) -> datetime:
        return self._cron.at_or_after(current)

    def _align_to_prev(self, current: datetime) -> datetime:
        return self._cron.at_or_before(current)

    def _get_next(self, current: datetime) -> datetime:
        return self._cron.next_after(current)

    def _get_prev(self, current: datetime) -> datetime:
        return self._cron.last_before(current)


class MultipleCronTriggerTimetable(SpecTimetable):
    """Runs at the ticks of any of several cron expressions; ticks that coincide make one run."""

    def __init__(
        self,
        *crons: str,
        timezone: str | tzinfo = "UTC",
        interval: Any = NO_INTERVAL,
        run_immediately: bool | timedelta | None = False,
    ) -> None:
        if not crons:
            raise TimetableError("a MultipleCronTriggerTimetable needs at least one cron", hint="e.g. '0 2 * * *'")
        self._timetables = [
            CronTriggerTimetable(cron, timezone=timezone, interval=interval, run_immediately=run_immediately)
            for cron in crons
        ]
        self.description = ", ".join(one.description for one in self._timetables)

    @property
    def summary(self) -> str:
        return ", ".join(one.summary for one in self._timetables)

    def to_spec(self) -> ScheduleSpec:
        first = self._timetables[0].to_spec()
        crons = tuple(one.summary for one in self._timetables)
        return msgspec.structs.replace(first, crons=crons, summary=self.summary)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(*spec.crons, **_cron_options(spec))

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        each = [one._next_run(last, restriction) for one in self._timetables]  # pyright: ignore[reportPrivateUsage]
        found = [info for info in each if info is not None]
        if not found:
            return None
        now = current_instant()
        passed = [info for info in found if info.run_after <= now]
        if passed and not restriction.catchup:
            return max(passed, key=lambda info: info.run_after)
        return min(found, key=lambda info: info.run_after)

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        return self._timetables[0].infer_manual_data_interval(run_after=run_after)


class DeltaTriggerTimetable(TriggerTimetable):
    """Runs at a distance (timedelta or relativedelta) from each other, the first at the start date."""

    def __init__(self, delta: Any, *, interval: Any = NO_INTERVAL) -> None:
        self._period = as_period(delta)
        self._period.validate()
        self._interval = as_period(interval)

    @property
    def summary(self) -> str:
        return self._period.text

    def to_spec(self) -> ScheduleSpec:
        return _with_options(self._period.to_spec("trigger"), self._interval)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(Period.from_spec(spec), interval=_interval_of(spec))

    def _align_to_next(self, current: datetime) -> datetime:
        return current.astimezone(UTC)

    def _align_to_prev(self, current: datetime) -> datetime:
        return current.astimezone(UTC)

    def _get_next(self, current: datetime) -> datetime:
        return self._period.after(current.astimezone(UTC))

    def _get_prev(self, current: datetime) -> datetime:
        return self._period.before(current.astimezone(UTC))


def _with_options(
    spec: ScheduleSpec, interval: Period, run_immediately: bool | timedelta | None = False
) -> ScheduleSpec:
    """The spec with what differs from the defaults, so that plain schedules stay plain data."""
    data: dict[str, Any] = dict(spec_data(spec))
    if interval.months or interval.absolute:
        data["interval"] = msgspec.to_builtins(interval.to_spec("trigger"))
    if isinstance(run_immediately, timedelta):
        data["run_immediately_seconds"] = run_immediately.total_seconds()
    elif run_immediately is not False:
        data["run_immediately"] = run_immediately
    seconds = 0.0 if "interval" in data else interval.seconds
    return msgspec.structs.replace(spec, trigger_interval_seconds=seconds, data=data or None)


def _cron_options(spec: ScheduleSpec) -> dict[str, Any]:
    data = spec_data(spec)
    run_immediately: bool | timedelta | None = data.get("run_immediately", False)
    if "run_immediately_seconds" in data:
        run_immediately = timedelta(seconds=data["run_immediately_seconds"])
    return {"timezone": spec.timezone, "interval": _interval_of(spec), "run_immediately": run_immediately}


def _interval_of(spec: ScheduleSpec) -> Period:
    if calendar_based := spec_data(spec).get("interval"):
        return Period.from_spec(msgspec.convert(calendar_based, ScheduleSpec))
    return Period.of(timedelta(seconds=spec.trigger_interval_seconds))
