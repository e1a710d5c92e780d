"""Waits until an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.authoring.instants import as_instant
from tradewind.authoring.sensor import BaseSensorOperator


class DateTimeSensor(BaseSensorOperator):
    """Waits until `target_time`: a datetime, or a text (mostly a template) that says one in ISO 8601."""

    template_fields = ("target_time",)

    def __init__(self, *, target_time: str | datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(target_time, str | datetime):  # pyright: ignore[reportUnnecessaryIsInstance]  # a user's value
            raise TypeError(f"Expected str or datetime.datetime type for target_time. Got {type(target_time)}")
        self.target_time = target_time if isinstance(target_time, str) else target_time.isoformat()

    def poke(self, context: Any) -> bool:
        self.log.info("Checking if the time (%s) has come", self.target_time)
        return datetime.now(UTC) > as_instant(self.target_time)


class DateTimeSensorAsync(DateTimeSensor):
    """As DateTimeSensor; it waits in its own process until there is a triggerer."""

    def __init__(
        self,
        *,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.end_from_trigger = end_from_trigger
