"""A span between runs: a timedelta, or dateutil's relativedelta (calendar months, and fields it sets outright)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.errors import TimetableError

ABSOLUTE_FIELDS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
DAYS_OF_ROUNDED_MONTH = 30
DAYS_OF_ROUNDED_YEAR = 365


@dataclass(frozen=True)
class Period:
    """`months` is the calendar part, `seconds` the rest; `absolute` holds fields a relativedelta replaces."""

    months: int = 0
    seconds: float = 0.0
    absolute: tuple[tuple[str, Any], ...] = ()
    text: str = field(default="", compare=False)

    @classmethod
    def of(cls, delta: Any) -> Period:
        """From a timedelta or relativedelta. Raises TimetableError for anything else."""
        if isinstance(delta, timedelta):
            return cls(seconds=delta.total_seconds(), text=str(delta))
        if is_relativedelta(delta):
            rest = timedelta(
                days=delta.days,
                hours=delta.hours,
                minutes=delta.minutes,
                seconds=delta.seconds,
                microseconds=delta.microseconds,
            )
            return cls(
                months=int(delta.years * 12 + delta.months),
                seconds=rest.total_seconds(),
                absolute=_absolute_fields(delta),
                text=repr(delta),
            )
        raise TimetableError(f"{delta!r} is no timedelta and no relativedelta", hint="e.g. timedelta(hours=6)")

    def after(self, instant: datetime) -> datetime:
        return self._move(instant, 1)

    def before(self, instant: datetime) -> datetime:
        return self._move(instant, -1)

    @property
    def rounded_seconds(self) -> float:
        """Length with every month taken as 30 days and every year as 365, as Airflow rounds."""
        years, months = divmod(abs(self.months), 12)
        days = years * DAYS_OF_ROUNDED_YEAR + months * DAYS_OF_ROUNDED_MONTH
        return (days if self.months >= 0 else -days) * 86_400 + self.seconds

    def validate(self) -> None:
        """Raise TimetableError for a period between runs that does not lead forward."""
        if not self.absolute and self.rounded_seconds <= 0:
            raise TimetableError(f"a schedule of {self.text} does not lead forward", hint="give a positive delta")

    def to_spec(self, interval: Literal["data_interval", "trigger"]) -> ScheduleSpec:
        return ScheduleSpec(
            kind="delta",
            delta_seconds=self.seconds,
            delta_months=self.months,
            data={"relativedelta": dict(self.absolute)} if self.absolute else None,
            interval=interval,
            summary=self.text,
        )

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Period:
        absolute: dict[str, Any] = spec_data(spec).get("relativedelta", {})
        return cls(spec.delta_months, spec.delta_seconds, tuple(absolute.items()), spec.summary)

    def _move(self, instant: datetime, sign: int) -> datetime:
        if self.absolute:
            return self._move_by_dateutil(instant, sign)
        moved = _add_months(instant, sign * self.months) if self.months else instant
        return moved + sign * timedelta(seconds=self.seconds)

    def _move_by_dateutil(self, instant: datetime, sign: int) -> datetime:
        from dateutil.relativedelta import relativedelta  # heavy, and hardly any schedule sets fields outright

        fields = dict(self.absolute)
        weekday = fields.pop("weekday", None)
        delta = relativedelta(months=self.months, seconds=self.seconds, **fields, weekday=_weekday(weekday))  # pyright: ignore
        return instant + delta if sign > 0 else instant - delta


def spec_data(spec: ScheduleSpec) -> dict[str, Any]:
    """What a spec of ours keeps besides its fields."""
    return spec.data or {}


def as_period(delta: Any) -> Period:
    return delta if isinstance(delta, Period) else Period.of(delta)


def is_relativedelta(value: Any) -> bool:
    """Without importing dateutil: a value can only be one where the author has imported it."""
    return type(value).__name__ == "relativedelta" and hasattr(value, "leapdays")


def _add_months(instant: datetime, months: int) -> datetime:
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def _absolute_fields(delta: Any) -> tuple[tuple[str, Any], ...]:
    fields: list[tuple[str, Any]] = [
        (name, getattr(delta, name)) for name in ABSOLUTE_FIELDS if getattr(delta, name) is not None
    ]
    if delta.leapdays:
        fields.append(("leapdays", delta.leapdays))
    if delta.weekday is not None:
        fields.append(("weekday", (delta.weekday.weekday, delta.weekday.n)))
    return tuple(fields)


def _weekday(plain: Any) -> Any:
    if plain is None:
        return None
    from dateutil.relativedelta import weekday  # see _move_by_dateutil

    return weekday(plain[0], plain[1])
