"""Branches by the time of day or the date."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from tradewind.authoring.exceptions import AirflowException
from tradewind.operators.branch import BaseBranchOperator
from tradewind.operators.weekday import now_of


class BranchDateTimeOperator(BaseBranchOperator):
    """Follows `follow_task_ids_if_true` while now lies between `target_lower` and `target_upper`, else the other.

    The limits are datetimes, or times of the present day, in the DAG's time zone where they name none; either may be
    None. `use_task_logical_date` compares the
    run's logical date instead of the clock."""

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Any,
        follow_task_ids_if_false: Any,
        target_lower: datetime | time | None,
        target_upper: datetime | time | None,
        use_task_logical_date: bool = False,
        use_task_execution_date: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if target_lower is None and target_upper is None:
            raise AirflowException(
                "Both target_upper and target_lower are None. At least one must be defined to be compared to the "
                "current datetime"
            )
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.target_lower = target_lower
        self.target_upper = target_upper
        self.use_task_logical_date = use_task_logical_date or use_task_execution_date

    def choose_branch(self, context: Any) -> Any:
        now = now_of(context, self.use_task_logical_date).astimezone(context["dag"].timezone)
        lower, upper = target_times_as_dates(now, self.target_lower, self.target_upper)
        inside = (upper is None or now <= upper) and (lower is None or now >= lower)
        return self.follow_task_ids_if_true if inside else self.follow_task_ids_if_false


def target_times_as_dates(
    base_date: datetime, lower: datetime | time | None, upper: datetime | time | None
) -> tuple[datetime | None, datetime | None]:
    """Times of day put on the day of `base_date`; an upper limit before the lower one means the next day."""
    from_date, to_date = _on_day(base_date, lower), _on_day(base_date, upper)
    if from_date is not None and to_date is not None and to_date < from_date:
        to_date += timedelta(days=1)
    return from_date, to_date


def _on_day(day: datetime, limit: datetime | time | None) -> datetime | None:
    if isinstance(limit, time):
        zone = limit.tzinfo or day.tzinfo or UTC
        return datetime.combine(day.astimezone(zone).date(), limit.replace(tzinfo=zone))
    if limit is not None and limit.tzinfo is None:
        return limit.replace(tzinfo=day.tzinfo or UTC)
    return limit
