"""Waits some time after the end of the run's data interval, or just some time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.triggers import DateTimeTrigger


class TimeDeltaSensor(DeferrableSensor):
    """Waits until `delta` after the run's data interval ended (after `run_after`, where it has none)."""

    end_from_trigger = False
    """The trigger ends the task, without another process of it."""

    def __init__(self, *, delta: timedelta, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.delta = delta

    def poke(self, context: Any) -> bool:
        target = self.target(context)
        self.log.info("Checking if the delta has elapsed: %s", target.isoformat())
        return datetime.now(UTC) >= target

    def trigger_for(self, context: Any) -> DateTimeTrigger:
        return DateTimeTrigger(self.target(context), end_from_trigger=self.end_from_trigger)

    def target(self, context: Any) -> datetime:
        return (context.get("data_interval_end") or context["dag_run"].run_after) + self.delta


class TimeDeltaSensorAsync(TimeDeltaSensor):
    """As TimeDeltaSensor, which defers, too."""

    def __init__(self, *, delta: timedelta, end_from_trigger: bool = False, **kwargs: Any) -> None:
        super().__init__(delta=delta, **kwargs)
        self.end_from_trigger = end_from_trigger


class WaitSensor(DeferrableSensor):
    """Waits as long as `time_to_wait` (a timedelta, or minutes) from the task's first try on."""

    def __init__(self, *, time_to_wait: timedelta | int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.time_to_wait = timedelta(minutes=time_to_wait) if isinstance(time_to_wait, int) else time_to_wait
        self._since: datetime | None = None

    def poke(self, context: Any) -> bool:
        since = getattr(context["ti"], "first_started_at", None) or self._since or datetime.now(UTC)
        self._since = since
        return datetime.now(UTC) >= since + self.time_to_wait

    def trigger_for(self, context: Any) -> DateTimeTrigger:
        since = self._since or self.first_start(context)
        return DateTimeTrigger(since + self.time_to_wait)
