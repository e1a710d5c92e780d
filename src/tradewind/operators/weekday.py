"""Branches by the day of the week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, TypeAlias, cast

from tradewind.operators.branch import BaseBranchOperator


class WeekDay(IntEnum):
    """Days of the week as ISO numbers them."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7

    @classmethod
    def get_weekday_number(cls, week_day_str: str) -> int:
        """Raises AttributeError for a name that is none, as Airflow does."""
        name = week_day_str.upper()
        if name not in cls.__members__:
            raise AttributeError(f"Invalid Week Day passed: {week_day_str!r}")
        return cls[name]

    @classmethod
    def convert(cls, day: str | WeekDay) -> int:
        return day.value if isinstance(day, WeekDay) else cls.get_weekday_number(day)

    @classmethod
    def validate_week_day(cls, week_day: WeekDays) -> set[int]:
        """Numbers of a day or of several, by name or member. Raises TypeError for anything else."""
        if isinstance(week_day, str | WeekDay):
            return {cls.convert(week_day)}
        if not isinstance(cast("object", week_day), Iterable):
            raise TypeError(
                f"Unsupported Type for week_day parameter: {type(week_day)}."
                "Input should be iterable type:str, set, list, dict or Weekday enum type"
            )
        return {cls.convert(day) for day in week_day}


WeekDays: TypeAlias = str | WeekDay | Iterable[str | WeekDay]


class BranchDayOfWeekOperator(BaseBranchOperator):
    """Follows `follow_task_ids_if_true` on the given days of the week (UTC), else the other."""

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Any,
        follow_task_ids_if_false: Any,
        week_day: WeekDays,
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        self._week_day_numbers = WeekDay.validate_week_day(week_day)

    def choose_branch(self, context: Any) -> Any:
        today = today_of(context, self.use_task_logical_date)
        matches = today.isoweekday() in self._week_day_numbers
        return self.follow_task_ids_if_true if matches else self.follow_task_ids_if_false


def today_of(context: Any, use_task_logical_date: bool) -> datetime:
    """The day that counts, in UTC."""
    return now_of(context, use_task_logical_date).astimezone(UTC)


def now_of(context: Any, use_task_logical_date: bool) -> datetime:
    """The present instant; or the run's logical date, and where it has none (assets started it) when it was to run."""
    if not use_task_logical_date:
        return datetime.now(UTC)
    return context.get("logical_date") or context["dag_run"].run_after
