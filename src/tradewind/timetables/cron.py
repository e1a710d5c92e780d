"""A cron expression as a calendar of wall-clock times, without time zones: what is the next match after, or the last
one before, a given time. Meaning as in croniter 7, which Airflow uses; docs/decisions tells why the search is ours."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from tradewind.timetables.cron_fields import DAY, FIELDS, HOUR, MINUTE, MONTH, SECOND, WEEKDAY, YEAR, Field, FieldReader
from tradewind.timetables.cron_hashes import resolve_hashes
from tradewind.timetables.errors import TimetableError

MAX_YEARS_BETWEEN_MATCHES = 50
LAST = -1
PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


@dataclass(frozen=True)
class Days:
    """Which days of a month match. Where both the day of month and the day of week are restricted, either is enough."""

    numbers: frozenset[int] | None
    """Days of the month, LAST among them; None: any."""
    nearest_weekdays: frozenset[int]
    """From `15W`: the working day nearest to that day, within the month; LAST from `LW`."""
    weekdays: frozenset[int] | None
    """0 is Sunday; None: any."""
    nth_weekdays: frozenset[tuple[int, int]]
    """(weekday, n-th or LAST)."""

    def of_month(self, year: int, month: int) -> list[int]:
        by_number = self._by_number(year, month)
        by_weekday = self._by_weekday(year, month)
        if by_number is not None and by_weekday is not None:
            return sorted(by_number | by_weekday)
        chosen = by_number if by_number is not None else by_weekday
        return sorted(chosen) if chosen is not None else list(range(1, _month_length(year, month) + 1))

    def _by_number(self, year: int, month: int) -> set[int] | None:
        if self.numbers is None and not self.nearest_weekdays:
            return None
        length = _month_length(year, month)
        days = {length if day == LAST else day for day in self.numbers or ()}
        days |= {_nearest_weekday(year, month, length if day == LAST else day) for day in self.nearest_weekdays}
        return {day for day in days if 0 < day <= length}

    def _by_weekday(self, year: int, month: int) -> set[int] | None:
        if self.weekdays is None and not self.nth_weekdays:
            return None
        first_weekday = calendar.weekday(year, month, 1)
        days: set[int] = set()
        length = _month_length(year, month)
        for weekday in range(7):
            in_month = list(range(1 + (weekday - 1 - first_weekday) % 7, length + 1, 7))
            if weekday in (self.weekdays or ()):
                days.update(in_month)
            for _, nth in (pair for pair in self.nth_weekdays if pair[0] == weekday):
                days.update(in_month[-1:] if nth == LAST else in_month[nth - 1 : nth])
        return days


@dataclass(frozen=True)
class Cron:
    """A parsed expression. `expression` is the author's text, with a preset or an `H` resolved."""

    expression: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: Days
    months: frozenset[int]
    seconds: tuple[int, ...] = (0,)
    years: frozenset[int] | None = None

    @property
    def covers_every_hour(self) -> bool:
        return len(self.hours) == 24

    def next_after(self, wall: datetime) -> datetime | None:
        """The first match later than `wall` (naive); None where there is none within 50 years."""
        start = wall.replace(microsecond=0) + timedelta(seconds=1)
        floor = (start.hour, start.minute, start.second)
        for year, month in self._months(start.year, start.month, 1):
            for day in self.days.of_month(year, month):
                found = None
                if (year, month, day) > (start.year, start.month, start.day):
                    found = (self.hours[0], self.minutes[0], self.seconds[0])
                elif (year, month, day) == (start.year, start.month, start.day):
                    found = self._first_time(floor)
                if found:
                    return datetime(year, month, day, *found)  # noqa: DTZ001 (wall clock by design)
        return None

    def last_before(self, wall: datetime) -> datetime | None:
        """The last match earlier than `wall` (naive); None where there is none within 50 years."""
        start = wall - timedelta(microseconds=1)
        ceiling = (start.hour, start.minute, start.second)
        for year, month in self._months(start.year, start.month, -1):
            for day in reversed(self.days.of_month(year, month)):
                found = None
                if (year, month, day) < (start.year, start.month, start.day):
                    found = (self.hours[-1], self.minutes[-1], self.seconds[-1])
                elif (year, month, day) == (start.year, start.month, start.day):
                    found = self._last_time(ceiling)
                if found:
                    return datetime(year, month, day, *found)  # noqa: DTZ001 (wall clock by design)
        return None

    def _months(self, year: int, month: int, step: int) -> Iterator[tuple[int, int]]:
        index = year * 12 + month - 1
        for count in range(MAX_YEARS_BETWEEN_MATCHES * 12 + 12):
            at_year, at_month = divmod(index + step * count, 12)
            if not 1 <= at_year <= 9999:
                return
            if at_month + 1 in self.months and (self.years is None or at_year in self.years):
                yield at_year, at_month + 1

    def _first_time(self, floor: tuple[int, int, int]) -> tuple[int, int, int] | None:
        hour, minute, second = floor
        for at_hour in self.hours[bisect_left(self.hours, hour) :]:
            if at_hour > hour:
                return at_hour, self.minutes[0], self.seconds[0]
            for at_minute in self.minutes[bisect_left(self.minutes, minute) :]:
                if at_minute > minute:
                    return at_hour, at_minute, self.seconds[0]
                if later := self.seconds[bisect_left(self.seconds, second) :]:
                    return at_hour, at_minute, later[0]
        return None

    def _last_time(self, ceiling: tuple[int, int, int]) -> tuple[int, int, int] | None:
        hour, minute, second = ceiling
        for at_hour in reversed(self.hours[: bisect_right(self.hours, hour)]):
            if at_hour < hour:
                return at_hour, self.minutes[-1], self.seconds[-1]
            for at_minute in reversed(self.minutes[: bisect_right(self.minutes, minute)]):
                if at_minute < minute:
                    return at_hour, at_minute, self.seconds[-1]
                if earlier := self.seconds[: bisect_right(self.seconds, second)]:
                    return at_hour, at_minute, earlier[-1]
        return None


@lru_cache(maxsize=1024)
def parse_cron(text: str, hash_id: str = "") -> Cron:
    """A cron of 5 fields, 6 (seconds last) or 7 (years after them), or a preset. `hash_id` (the DAG's id) decides what
    an `H` stands for. Raises TimetableError naming the field and the value."""
    expression = PRESETS.get(text.strip().lower(), text.strip())
    columns = expression.lower().split()
    if expression.startswith("@"):
        raise TimetableError(f"{text!r} is no preset", hint=f"presets are {', '.join(PRESETS)}, @once and @continuous")
    if not 5 <= len(columns) <= 7:
        raise TimetableError(
            f"cron {text!r} has {len(columns)} fields, not 5 to 7",
            hint="write minute hour day-of-month month day-of-week, e.g. '0 2 * * *', or a preset such as '@daily'",
        )
    readers = {one: FieldReader(one, expression) for one in FIELDS}
    by_field = {one: resolve_hashes(text, readers[one], hash_id) for one, text in zip(FIELDS, columns, strict=False)}
    if list(by_field.values()) != columns:
        expression = " ".join(by_field.values())
    minutes, hours, seconds = (_plain(readers[one], by_field.get(one, "0")) for one in (MINUTE, HOUR, SECOND))
    cron = Cron(
        expression=expression,
        minutes=minutes,
        hours=hours,
        seconds=seconds,
        days=_read_days(readers, by_field[DAY], by_field[WEEKDAY]),
        months=frozenset(_plain(readers[MONTH], by_field[MONTH])),
        years=frozenset(_plain(readers[YEAR], by_field[YEAR])) if YEAR in by_field else None,
    )
    _refuse_impossible_date(cron)
    return cron


def _refuse_impossible_date(cron: Cron) -> None:
    start = datetime(min(cron.years) - 1 if cron.years else 2000, 12, 31, 23, 59, 59)  # noqa: DTZ001 (any date will do)
    if cron.next_after(start) is None:
        raise TimetableError(
            f"cron {cron.expression!r} never comes: no month it names has such a day", hint="e.g. 'L' is the last day"
        )


def _plain(reader: FieldReader, text: str) -> tuple[int, ...]:
    return tuple(sorted({number for part in reader.split(text) for number in reader.numbers(part)}))


def _read_days(readers: dict[Field, FieldReader], day_text: str, weekday_text: str) -> Days:
    numbers, nearest = _read_month_days(readers[DAY], day_text)
    weekdays, nth = _read_weekdays(readers[WEEKDAY], weekday_text)
    # A list of all days is a wildcard, unless the other field restricts days: then it is one half of the "or".
    if len(numbers) == 31 and ("*" in weekday_text or "?" in weekday_text):
        numbers = set[int]()
    if len(weekdays) == 7 and ("*" in day_text or "?" in day_text):
        weekdays = set[int]()
    return Days(
        numbers=frozenset(numbers) if numbers else None,
        nearest_weekdays=frozenset(nearest),
        weekdays=frozenset(weekdays) if weekdays else None,
        nth_weekdays=frozenset(nth),
    )


def _read_month_days(reader: FieldReader, text: str) -> tuple[set[int], set[int]]:
    numbers: set[int] = set()
    nearest: set[int] = set()
    parts = reader.split(text)
    for part in parts:
        if part == "*":
            return set(), set()
        if part == "l":
            numbers.add(LAST)
        elif part.endswith("w"):
            nearest.add(LAST if part == "lw" else reader.number(part[:-1], part))
        else:
            numbers |= reader.numbers(part)
    return numbers, nearest


def _read_weekdays(reader: FieldReader, text: str) -> tuple[set[int], set[tuple[int, int]]]:
    plain: set[int] = set()
    nth: set[tuple[int, int]] = set()
    parts = reader.split(text)
    for part in parts:
        if part == "*":
            return set(), set()
        if "#" in part:
            days, _, count = part.partition("#")
            if count not in ("1", "2", "3", "4", "5"):
                reader.refuse(part, "not one of the five weeks a month can have", "mon#1 is the first Monday")
            nth |= {(day, int(count)) for day in reader.numbers(days)}
        elif len(part) > 1 and part.startswith("l"):
            nth.add((reader.number(part[1:], part), LAST))
        elif len(part) > 1 and part.endswith("l"):
            reader.refuse(part, "not understood", f"write l{part[:-1]} for the last such day of the month")
        else:
            plain |= reader.numbers(part)
    if plain and nth:
        reader.refuse(text, "a mix of plain and n-th days of the week", "use one kind, or two schedules")
    return plain, nth


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _nearest_weekday(year: int, month: int, day: int) -> int:
    length = _month_length(year, month)
    if day > length:
        return 0
    weekday = calendar.weekday(year, month, day)
    if weekday == calendar.SATURDAY:
        return day - 1 if day > 1 else day + 2
    if weekday == calendar.SUNDAY:
        return day + 1 if day < length else day - 2
    return day
