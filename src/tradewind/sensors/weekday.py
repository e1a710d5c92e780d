"""Waits for a day of the week."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from tradewind.operators.weekday import WeekDay, WeekDays, today_of
from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.triggers import DateTimeTrigger


class DayOfWeekSensor(DeferrableSensor):
    """Waits until one of the given days (UTC); with `use_task_logical_date` the run's logical date is looked at."""

    def __init__(
        self,
        *,
        week_day: WeekDays,
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        self._week_day_num = WeekDay.validate_week_day(week_day)

    def poke(self, context: Any) -> bool:
        today = today_of(context, self.use_task_logical_date)
        self.log.info("Poking until weekday is in %s, today is %s", self.week_day, WeekDay(today.isoweekday()).name)
        return today.isoweekday() in self._week_day_num

    def trigger_for(self, context: Any) -> DateTimeTrigger | None:
        """The next of the days begins at midnight (UTC). A logical date stays what it is."""
        if self.use_task_logical_date:
            return None
        today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
        days = (today + timedelta(days=number) for number in range(1, 8))
        return DateTimeTrigger(next(day for day in days if day.isoweekday() in self._week_day_num))
