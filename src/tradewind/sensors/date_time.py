"""Waits until an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind.authoring.instants import as_instant
from tradewind.authoring.triggers import StartTriggerArgs
from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.triggers import DateTimeTrigger


class DateTimeSensor(DeferrableSensor):
    """Waits until `target_time`: a datetime, or a text (mostly a template) that says one in ISO 8601."""

    template_fields = ("target_time",)
    end_from_trigger = False
    """The trigger ends the task, without another process of it."""

    def __init__(self, *, target_time: str | datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(target_time, str | datetime):  # pyright: ignore[reportUnnecessaryIsInstance]  # a user's value
            raise TypeError(f"Expected str or datetime.datetime type for target_time. Got {type(target_time)}")
        self.target_time = target_time if isinstance(target_time, str) else target_time.isoformat()

    def poke(self, context: Any) -> bool:
        self.log.info("Checking if the time (%s) has come", self.target_time)
        return datetime.now(UTC) >= as_instant(self.target_time)

    def trigger_for(self, context: Any) -> DateTimeTrigger:
        return DateTimeTrigger(as_instant(self.target_time), end_from_trigger=self.end_from_trigger)


class DateTimeSensorAsync(DateTimeSensor):
    """As DateTimeSensor, which defers, too."""

    def __init__(
        self,
        *,
        target_time: str | datetime,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(target_time=target_time, **kwargs)
        self.end_from_trigger = end_from_trigger
        if start_from_trigger and self.deferrable:
            self.start_from_trigger = True
            self.start_trigger_args = StartTriggerArgs(
                trigger_cls="airflow.providers.standard.triggers.temporal.DateTimeTrigger",
                next_method="execute_complete",
                trigger_kwargs=trigger_kwargs or {"moment": self.target_time, "end_from_trigger": end_from_trigger},
                timeout=timedelta(seconds=self.timeout),
            )
