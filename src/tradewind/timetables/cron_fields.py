"""One field of a cron expression: from text to numbers. The grammar is croniter's, which Airflow uses: lists, ranges
(also wrapped ones, `fri-mon`), steps, names, `?`. What only day fields know (`L`, `15W`, `mon#1`) is in cron.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from tradewind.timetables.errors import TimetableError

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, eq=False)
class Field:
    """What one column may hold. `position` decides which bits of the hash an `H` takes."""

    name: str
    low: int
    high: int
    position: int
    names: dict[str, int]


MINUTE = Field("minute", 0, 59, 0, {})
HOUR = Field("hour", 0, 23, 1, {})
DAY = Field("day of month", 1, 31, 2, {})
MONTH = Field("month", 1, 12, 3, {name: number for number, name in enumerate(MONTH_NAMES, start=1)})
WEEKDAY = Field("day of week", 0, 7, 4, {name: number for number, name in enumerate(DAY_NAMES)})
SECOND = Field("second", 0, 59, 5, {})
YEAR = Field("year", 1970, 2099, 6, {})
FIELDS = (MINUTE, HOUR, DAY, MONTH, WEEKDAY, SECOND, YEAR)


@dataclass
class FieldReader:
    """Reads one field of one expression; knows both so that errors can name them."""

    field: Field
    expression: str

    def split(self, text: str) -> list[str]:
        """The comma-separated parts, with `?` as `*`."""
        return ["*"] if text == "?" and self.field in (DAY, WEEKDAY) else text.split(",")

    def numbers(self, part: str) -> set[int]:
        """The values of one part such as `*/5`, `10-20/2`, `mon-fri`, `7`."""
        span, slash, step_text = part.partition("/")
        step = self._step(step_text, part) if slash else 1
        if span == "*":
            return set(range(self.field.low, self._top + 1, step))
        low_text, dash, high_text = span.partition("-")
        if not low_text:
            self.refuse(part, "a negative number")
        low = self.number(low_text, part)
        if dash:
            return self._range(low, self.number(high_text, part), step)
        return set(range(low, self._top + 1, step)) if slash else {low}

    def number(self, text: str, part: str) -> int:
        """One value; Sunday, where it is written 7, is 0."""
        if text == "l" and self.field is DAY:
            return self.field.high
        if text in self.field.names:
            return self.field.names[text]
        if not text.isascii() or not text.isdigit():
            self.refuse(part, "neither a number nor a name" if self.field.names else "not a number")
        value = int(text)
        if not self.field.low <= value <= self.field.high:
            self.refuse(part, f"out of range {self.field.low}-{self.field.high}")
        return 0 if self.field is WEEKDAY and value == 7 else value

    def refuse(self, part: str, why: str, hint: str = "") -> NoReturn:
        raise TimetableError(
            f"cron {self.expression!r}: {self.field.name} {part!r} is {why}", hint=hint or self._default_hint()
        )

    @property
    def _top(self) -> int:
        return 6 if self.field is WEEKDAY else self.field.high

    def _range(self, low: int, high: int, step: int) -> set[int]:
        if low == high:  # croniter reads `mon-mon` as the whole cycle
            return set(range(self.field.low, self._top + 1, step))
        if low < high:
            return set(range(low, high + 1, step))
        cycle = [*range(low, self._top + 1), *range(self.field.low, high + 1)]
        return set(cycle[::step])

    def _step(self, text: str, part: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) == 0:
            self.refuse(part, "given a step that is not a positive number")
        return int(text)

    def _default_hint(self) -> str:
        return (
            "a cron has 5 fields: minute hour day-of-month month day-of-week"
            " (a 6th is seconds, a 7th years); https://crontab.guru explains one"
        )
