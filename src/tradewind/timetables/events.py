"""Runs at a given list of instants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Self

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction
from tradewind.timetables.clock import current_instant
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.pendulums import to_plain
from tradewind.timetables.period import spec_data


class EventsTimetable(SpecTimetable):
    """One run at each of `event_dates` (aware; a naive one is taken as UTC). With `restrict_to_events` a manual run
    takes the date of the newest event before it (or of the first one) instead of its own."""

    def __init__(
        self,
        event_dates: Iterable[datetime],
        restrict_to_events: bool = False,
        presorted: bool = False,
        description: str | None = None,
    ) -> None:
        dates = [_aware(one) for one in event_dates]
        self.event_dates = dates if presorted else sorted(dates)
        if not self.event_dates:
            raise TimetableError("an EventsTimetable needs at least one date", hint="or use schedule=None")
        self.restrict_to_events = restrict_to_events
        first, last = self.event_dates[0], self.event_dates[-1]
        self.description = description or f"{len(self.event_dates)} events between {first} and {last}"

    @property
    def summary(self) -> str:
        return f"{len(self.event_dates)} events"

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(
            kind="events",
            event_dates=tuple(self.event_dates),
            restrict_to_events=self.restrict_to_events,
            data={"description": self.description},
            summary=self.summary,
        )

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(spec.event_dates, spec.restrict_to_events, True, spec_data(spec).get("description"))

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        earliest = restriction.earliest
        if not restriction.catchup:
            now = current_instant()
            earliest = now if earliest is None else max(earliest, now)
        for event in self.event_dates:
            is_new = last is None or event > last.end
            if is_new and (earliest is None or event >= earliest):
                is_over = restriction.latest is not None and event > restriction.latest
                return None if is_over else DagRunInfo.exact(event)
        return None

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        if not self.restrict_to_events:
            return DataInterval.exact(run_after)
        passed = [event for event in self.event_dates if event <= run_after]
        return DataInterval.exact(passed[-1] if passed else self.event_dates[0])


def _aware(date: datetime) -> datetime:
    return to_plain(date.replace(tzinfo=UTC) if date.tzinfo is None else date).astimezone(UTC)
