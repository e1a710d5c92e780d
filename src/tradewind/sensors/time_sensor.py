"""Waits until a time of day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.triggers import DateTimeTrigger


class TimeSensor(DeferrableSensor):
    """Waits until `target_time` of the day on which it is first tried, in the DAG's time zone unless it has its own."""

    def __init__(
        self,
        *,
        target_time: time,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.target_time = target_time
        self.end_from_trigger = end_from_trigger

    def poke(self, context: Any) -> bool:
        target = self.target(context)
        self.log.info("Checking if the time (%s) has come", target.isoformat())
        return datetime.now(UTC) >= target

    def trigger_for(self, context: Any) -> DateTimeTrigger:
        return DateTimeTrigger(self.target(context), end_from_trigger=self.end_from_trigger)

    def target(self, context: Any) -> datetime:
        first = getattr(context["ti"], "first_started_at", None) or datetime.now(UTC)
        zone = self.target_time.tzinfo or getattr(self.dag, "timezone", None) or UTC
        return datetime.combine(first.astimezone(zone).date(), self.target_time, tzinfo=zone)


class TimeSensorAsync(TimeSensor):
    """As TimeSensor, which defers, too."""
