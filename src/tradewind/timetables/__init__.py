"""When runs are due: pure functions from (schedule, last run, now) to the next run. No clock, no I/O.

`schedule_spec` compiles what an author wrote, `build` makes the timetable of a compiled schedule, `next_run` and
`manual_interval` ask it."""

from tradewind.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from tradewind.timetables.building import build
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.spec import schedule_spec
from tradewind.timetables.upcoming import manual_interval, next_run

__all__ = [
    "DagRunInfo",
    "DataInterval",
    "TimeRestriction",
    "Timetable",
    "TimetableError",
    "build",
    "manual_interval",
    "next_run",
    "schedule_spec",
]
