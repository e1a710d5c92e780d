"""Timetables whose runs each cover the interval before them (Airflow 2's meaning of a schedule): a run for Monday's
data starts when Monday is over. The rule is one for cron and delta; how they find the ends of an interval differs."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any, Self

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction
from tradewind.timetables.clock import current_instant
from tradewind.timetables.cron_description import describe_cron
from tradewind.timetables.period import Period, as_period
from tradewind.timetables.zoned_cron import NoMatch, ZonedCron


class DataIntervalTimetable(SpecTimetable):
    """The shared rule. Subclasses say where intervals begin and end."""

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        try:
            start = self._next_start(last, restriction)
            if start is None or (restriction.latest is not None and start > restriction.latest):
                return None
            return DagRunInfo.interval(start=start, end=self._get_next(start))
        except NoMatch:
            return None

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        end = self._align_to_prev(run_after)
        return DataInterval(start=self._get_prev(end), end=end)

    def _next_start(self, last: DataInterval | None, restriction: TimeRestriction) -> datetime | None:
        earliest = restriction.earliest
        if not restriction.catchup:
            earliest = self._skip_to_latest(earliest)
        elif earliest is not None:
            earliest = self._align_to_next(earliest)
        if last is None:
            return earliest
        # Aligned: the schedule may have changed since the last run.
        following = self._align_to_prev(last.end)
        return following if earliest is None else max(following, earliest)

    def _skip_to_latest(self, earliest: datetime | None) -> datetime:
        """Start of the newest interval that is over, or of the first one after `earliest`."""
        raise NotImplementedError

    def _align_to_next(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _align_to_prev(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _get_next(self, current: datetime) -> datetime:
        raise NotImplementedError

    def _get_prev(self, current: datetime) -> datetime:
        raise NotImplementedError


class CronDataIntervalTimetable(DataIntervalTimetable):
    """Intervals between the ticks of a cron expression (or preset) in a time zone (name or tzinfo)."""

    def __init__(self, cron: str, timezone: str | tzinfo = "UTC") -> None:
        self._cron = ZonedCron(cron, timezone)
        self._expression = self._cron.expression
        self.description = describe_cron(self._cron.cron)

    @property
    def summary(self) -> str:
        return self._expression

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(
            kind="cron",
            crons=(self._expression,),
            timezone=self._cron.zone_name,
            interval="data_interval",
            summary=self.summary,
        )

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(spec.crons[0], spec.timezone)

    def _skip_to_latest(self, earliest: datetime | None) -> datetime:
        now = current_instant()
        last_start = self._get_prev(now)
        # Exactly on a tick the interval that ends now is the newest one; else the one before the running one.
        newest = last_start if self._get_next(last_start) == now else self._get_prev(last_start)
        return newest if earliest is None else max(newest, self._align_to_next(earliest))

    def _align_to_next(self, current: datetime) -> datetime:
        return self._cron.at_or_after(current)

    def _align_to_prev(self, current: datetime) -> datetime:
        return self._cron.at_or_before(current)

    def _get_next(self, current: datetime) -> datetime:
        return self._cron.next_after(current)

    def _get_prev(self, current: datetime) -> datetime:
        return self._cron.last_before(current)


class DeltaDataIntervalTimetable(DataIntervalTimetable):
    """Intervals of one length (timedelta or dateutil's relativedelta), one after another from the start date on."""

    def __init__(self, delta: Any) -> None:
        self._period = as_period(delta)
        self._period.validate()

    @property
    def summary(self) -> str:
        return self._period.text

    def to_spec(self) -> ScheduleSpec:
        return self._period.to_spec("data_interval")

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(Period.from_spec(spec))

    def _skip_to_latest(self, earliest: datetime | None) -> datetime:
        newest = self._get_prev(self._round(current_instant()))
        return newest if earliest is None else max(newest, earliest)

    def _round(self, instant: datetime) -> datetime:
        """Down to a multiple of the delta since 1970, so that runs without catchup fall on round times."""
        seconds = instant.timestamp()
        return datetime.fromtimestamp(seconds - seconds % self._period.rounded_seconds, tz=UTC)

    def _align_to_next(self, current: datetime) -> datetime:
        return current.astimezone(UTC)

    def _align_to_prev(self, current: datetime) -> datetime:
        return current.astimezone(UTC)

    def _get_next(self, current: datetime) -> datetime:
        return self._period.after(current.astimezone(UTC))

    def _get_prev(self, current: datetime) -> datetime:
        return self._period.before(current.astimezone(UTC))
