"""A cron expression in English, worded as Airflow shows it. 6 and 7 fields have no description, as there."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass

from tradewind.timetables.cron import Cron
from tradewind.timetables.cron_fields import DAY_NAMES, MONTH_NAMES

ORDINALS = ("", "first", "second", "third", "fourth", "fifth")
DAYS = ("Sunday", *calendar.day_name[:6])


def describe_cron(cron: Cron) -> str:
    """E.g. "At 02:30, only on Monday". Where day of month and day of week are both given, one sentence for each."""
    columns = cron.expression.lower().split()
    if len(columns) != 5:
        return ""
    minute, hour, day, month, weekday = columns
    time, in_months = _time(minute, hour), _month(month)
    if day not in "*?" and weekday not in "*?":
        return f"{_sentence(time, _day(day), in_months)} (or) {_sentence(time, _weekday(weekday), in_months)}"
    return _sentence(time, _day(day), _weekday(weekday), in_months)


@dataclass(frozen=True)
class Wording:
    """How one field speaks of one value, several, a range, and a step."""

    single: str
    several: str
    through: str
    step: str
    name: Callable[[str], str] = str
    end: Callable[[str], str] | None = None
    """Names the upper end of a range, where that differs."""

    def say(self, text: str) -> str:
        if text in "*?":
            return ""
        if "," in text:
            return self.several.format(_join([self._item(part) for part in text.split(",")]))
        if "/" in text:
            return self._stepped(*text.split("/", 1))
        if "-" in text:
            return self._range(text)
        return self.single.format(self.name(text))

    def _stepped(self, span: str, step: str) -> str:
        every = self.step.format(step)
        if span == "*":
            return every
        return f"{every}, {self._range(span) if '-' in span else 'starting ' + self.single.format(self.name(span))}"

    def _range(self, text: str) -> str:
        low, high = text.split("-", 1)
        return self.through.format(self.name(low), (self.end or self.name)(high))

    def _item(self, part: str) -> str:
        low, dash, high = part.partition("-")
        return f"{self.name(low)} through {self.name(high)}" if dash else self.name(part)


def _hour_text(hour: str) -> str:
    return f"{int(hour):02d}:00"


def _hour_end(hour: str) -> str:
    return f"{int(hour):02d}:59"


def _month_name(month: str) -> str:
    return calendar.month_name[MONTH_NAMES.index(month) + 1 if month in MONTH_NAMES else int(month)]


def _day_name(day: str) -> str:
    return DAYS[DAY_NAMES.index(day) if day in DAY_NAMES else int(day) % 7]


PAST = "minutes past the hour"
MINUTES = Wording(f"at {{}} {PAST}", f"at {{}} {PAST}", f"minutes {{}} through {{}} {PAST}", "every {} minutes")
HOURS = Wording("at {}", "at {}", "between {} and {}", "every {} hours", _hour_text, _hour_end)
MONTH_DAYS = Wording(
    "on day {} of the month", "on day {} of the month", "between day {} and {} of the month", "every {} days"
)
MONTHS = Wording("only in {}", "only in {}", "{} through {}", "every {} months", _month_name)
WEEKDAYS = Wording("only on {}", "only on {}", "{} through {}", "every {} days of the week", _day_name)


def _time(minute: str, hour: str) -> str:
    if minute.isdigit() and hour.replace(",", "").isdigit():
        return "at " + _join_times([f"{int(one):02d}:{int(minute):02d}" for one in hour.split(",")])
    if hour.isdigit() and not minute.isdigit() and "," not in minute:
        hours = f"between {_hour_text(hour)} and {_hour_end(hour)}"
    else:
        hours = HOURS.say(hour)
    if minute == "0" and (hour == "*" or "/" in hour):
        return hours or "every hour"
    minutes = "every minute" if minute == "*" else MINUTES.say(minute)
    return ", ".join(part for part in (minutes, hours) if part)


def _day(text: str) -> str:
    match text:
        case "l":
            return "on the last day of the month"
        case "lw":
            return "on the last weekday of the month"
        case _ if text.endswith("w"):
            return f"on the weekday nearest day {text[:-1]} of the month"
        case _:
            return MONTH_DAYS.say(text)


def _weekday(text: str) -> str:
    if "," not in text and "#" in text:
        day, _, count = text.partition("#")
        return f"on the {ORDINALS[int(count)]} {_day_name(day)} of the month"
    if text.startswith("l") and "," not in text:
        return f"on the last {_day_name(text[1:])} of the month"
    return WEEKDAYS.say(text.replace("#", " of week "))


def _month(text: str) -> str:
    return MONTHS.say(text)


def _sentence(*parts: str) -> str:
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _join(items: list[str]) -> str:
    if len(items) <= 2:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def _join_times(times: list[str]) -> str:
    return " and ".join([", ".join(times[:-1]), times[-1]] if len(times) > 1 else times)
