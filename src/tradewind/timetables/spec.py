"""From what an author wrote as `schedule=` to a ScheduleSpec."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from typing import Any, Literal

import msgspec

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import SpecTimetable, Timetable
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from tradewind.timetables.period import is_relativedelta
from tradewind.timetables.simple import AssetTriggeredTimetable, ContinuousTimetable, NullTimetable, OnceTimetable
from tradewind.timetables.trigger import CronTriggerTimetable, DeltaTriggerTimetable
from tradewind.timetables.zoned_cron import ZonedCron

OWN_MODULES = "tradewind.timetables."


def schedule_spec(
    schedule: Any,
    *,
    timezone: str | tzinfo = "UTC",
    interval: Literal["data_interval", "trigger"] = "data_interval",
    assets: Any = None,
    hash_id: str = "",
) -> ScheduleSpec:
    """Compile None, a preset, a cron string, a timedelta or relativedelta, or a Timetable.

    `interval` says which meaning a bare cron or delta has. `assets` is the asset condition as plain data, for a
    schedule of assets (whatever object that is) or an AssetOrTimeSchedule. `hash_id` (the DAG's id) decides what an
    `H` in a cron stands for. Raises TimetableError naming what is wrong and what to write."""
    if isinstance(schedule, Timetable):
        spec = _from_timetable(schedule)
        return spec if assets is None else msgspec.structs.replace(spec, assets=assets)
    if assets is not None:
        return AssetTriggeredTimetable(assets).to_spec()
    if schedule is None:
        return NullTimetable().to_spec()
    if isinstance(schedule, str):
        return _from_text(schedule.strip(), timezone, interval, hash_id)
    if isinstance(schedule, timedelta) or is_relativedelta(schedule):
        return (DeltaTriggerTimetable if interval == "trigger" else DeltaDataIntervalTimetable)(schedule).to_spec()
    raise TimetableError(
        f"schedule={schedule!r} ({type(schedule).__name__}) is no schedule",
        hint="use None, a cron such as '0 2 * * *', a preset such as '@daily', a timedelta, a Timetable or assets",
    )


def _from_text(text: str, timezone: str | tzinfo, interval: str, hash_id: str) -> ScheduleSpec:
    match text.lower():
        case "@once":
            return OnceTimetable().to_spec()
        case "@continuous":
            return ContinuousTimetable().to_spec()
        case "none" | "@none":
            return NullTimetable().to_spec()
        case _:
            pass
    expression = ZonedCron(text, timezone, hash_id=hash_id).expression
    kind = CronTriggerTimetable if interval == "trigger" else CronDataIntervalTimetable
    return kind(expression, timezone=timezone).to_spec()


def _from_timetable(timetable: Timetable) -> ScheduleSpec:
    timetable.validate()
    kind = type(timetable)
    if isinstance(timetable, SpecTimetable) and kind.__module__.startswith(OWN_MODULES):
        return timetable.to_spec()
    return ScheduleSpec(
        kind="custom",
        import_path=f"{kind.__module__}.{kind.__qualname__}",
        data=_plain_data(timetable),
        summary=str(timetable.summary),
    )


def _plain_data(timetable: Timetable) -> Any:
    name = type(timetable).__name__
    data = timetable.serialize()
    try:
        return msgspec.json.decode(msgspec.json.encode(data))
    except TypeError as error:
        raise TimetableError(
            f"{name}.serialize() returned something that is not plain data: {error}",
            hint="return a dict of numbers, texts, lists and dicts, and read it back in deserialize()",
        ) from error
