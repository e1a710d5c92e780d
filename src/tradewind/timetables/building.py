"""From a ScheduleSpec to the timetable it describes."""

from __future__ import annotations

from collections.abc import Callable

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.assets import AssetOrTimeSchedule
from tradewind.timetables.base import Timetable
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.events import EventsTimetable
from tradewind.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from tradewind.timetables.simple import AssetTriggeredTimetable, ContinuousTimetable, NullTimetable, OnceTimetable
from tradewind.timetables.trigger import CronTriggerTimetable, DeltaTriggerTimetable, MultipleCronTriggerTimetable

FindClass = Callable[[str], type[Timetable]]


def build(spec: ScheduleSpec, *, find_class: FindClass | None = None) -> Timetable:
    """The timetable of a compiled schedule.

    A custom timetable is the author's code: only a process that has their file loaded can build it, and passes
    `find_class`, which finds the class by its import path. Raises TimetableError without it."""
    match spec.kind:
        case "none":
            return NullTimetable()
        case "once":
            return OnceTimetable()
        case "continuous":
            return ContinuousTimetable()
        case "assets":
            return AssetTriggeredTimetable.from_spec(spec)
        case "events":
            return EventsTimetable.from_spec(spec)
        case "cron":
            return _cron(spec)
        case "delta":
            kind = DeltaTriggerTimetable if spec.interval == "trigger" else DeltaDataIntervalTimetable
            return kind.from_spec(spec)
        case "assets_or_time":
            return AssetOrTimeSchedule.from_spec_with(spec, build)
        case "custom":
            return _custom(spec, find_class)


def _cron(spec: ScheduleSpec) -> Timetable:
    if spec.interval == "data_interval":
        return CronDataIntervalTimetable.from_spec(spec)
    return (CronTriggerTimetable if len(spec.crons) == 1 else MultipleCronTriggerTimetable).from_spec(spec)


def _custom(spec: ScheduleSpec, find_class: FindClass | None) -> Timetable:
    if find_class is None:
        raise TimetableError(
            f"{spec.import_path} is a timetable of the DAG file itself, and its code is not loaded here",
            hint="ask a process that has the DAG file loaded",
        )
    return find_class(spec.import_path).deserialize(spec.data or {})
