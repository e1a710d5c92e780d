"""Partition keys: of runs by the clock, and from the key of an updated asset to those of the runs it counts for.
Mappers come as plain data (`authoring.partitions`): {"kind": class name, …its arguments}. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from tradewind.model.errors import TradewindError
from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.zoned_cron import ZonedCron
from tradewind.timetables.zones import find_zone

Mapper = Mapping[str, Any]
IDENTITY: Mapper = {"kind": "IdentityMapper"}
DEFAULT_FORMAT = "%Y-%m-%dT%H:%M:%S"


class PartitionError(TradewindError):
    """A key that a mapper refuses, or a mapper that only the author's code can tell."""


# ------------------------------------------------------------------------------------ runs by the clock


def key_of_run(schedule: ScheduleSpec, logical_date: datetime) -> str | None:
    """Of a CronPartitionTimetable: the logical date, `run_offset` ticks away, as its key format writes it."""
    partition = _part(schedule, "partition")
    if partition is None:
        return None
    cron, at = ZonedCron(schedule.crons[0], schedule.timezone), logical_date
    offset = int(partition.get("run_offset") or 0)
    for _ in range(abs(offset)):
        at = cron.next_after(at) if offset > 0 else cron.last_before(at)
    return at.astimezone(find_zone(schedule.timezone)).strftime(partition.get("key_format") or DEFAULT_FORMAT)


def mappers_of(schedule: ScheduleSpec) -> Mapping[str, Any] | None:
    """Of a PartitionedAssetTimetable: {"default": mapper, "by_asset": [{"asset", "mapper"}, …]}."""
    return _part(schedule, "partitions")


def _part(schedule: ScheduleSpec, name: str) -> Mapping[str, Any] | None:
    data: Any = schedule.data
    return cast("dict[str, Any]", data).get(name) if isinstance(data, dict) else None


# ------------------------------------------------------------------------------------ mappers


def downstream_keys(mapper: Mapper, key: str) -> list[str]:
    """The keys of the runs that an update of this partition counts for. Raises PartitionError."""
    kind = mapper["kind"]
    if kind in PERIODS:
        return [_start_of(kind, mapper, key)]
    match kind:
        case "IdentityMapper":
            return [key]
        case "AllowedKeyMapper":
            if key not in mapper["allowed_keys"]:
                raise PartitionError(f"the partition key {key!r} is none of {', '.join(mapper['allowed_keys'])}")
            return [key]
        case "FixedKeyMapper":
            return [mapper["downstream_key"]]
        case "ChainMapper":
            keys = [key]
            for inner in mapper["mappers"]:
                keys = [found for one in keys for found in downstream_keys(inner, one)]
            return keys
        case "ProductMapper":
            return [_product(mapper, key)]
        case "RollupMapper":
            return downstream_keys(mapper["upstream_mapper"], key)
        case _:
            raise PartitionError(f"partitions cannot be mapped by {mapper.get('name', kind)} here")


def needed_keys(mapper: Mapper, downstream_key: str) -> int:
    """How many upstream partitions a run waits for: 1, or those of the window of a RollupMapper."""
    if mapper["kind"] != "RollupMapper":
        return 1
    if (least := mapper.get("minimum")) is not None:
        return int(least)
    window = mapper["window"]
    if window["kind"] == "SegmentWindow":
        return len(window["segments"])
    if window["kind"] == "MonthWindow":
        at = _instant(mapper["upstream_mapper"], downstream_key, of_output=True)
        return calendar.monthrange(at.year, at.month)[1]
    if window["kind"] not in WINDOWS:
        raise PartitionError(f"partitions cannot be gathered by {window['kind']} here")
    return WINDOWS[window["kind"]]


WINDOWS = {"HourWindow": 60, "DayWindow": 24, "WeekWindow": 7, "QuarterWindow": 3, "YearWindow": 12}
"""Minutes of an hour, hours of a day, days of a week, months of a quarter and of a year."""


def _product(mapper: Mapper, key: str) -> str:
    parts, inner = key.split(mapper["delimiter"]), mapper["mappers"]
    if len(parts) != len(inner):
        raise PartitionError(f"the partition key {key!r} has {len(parts)} parts, its mapper {len(inner)}")
    mapped = [downstream_keys(one, part) for one, part in zip(inner, parts, strict=True)]
    return mapper["delimiter"].join(found[0] for found in mapped)


# ------------------------------------------------------------------------------------ periods


def _quarter(at: datetime) -> int:
    return (at.month + 2) // 3


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


PERIODS: dict[str, tuple[str, Callable[[datetime], datetime]]] = {
    "StartOfHourMapper": ("%Y-%m-%dT%H", lambda at: at.replace(minute=0, second=0, microsecond=0)),
    "StartOfDayMapper": ("%Y-%m-%d", _midnight),
    "StartOfWeekMapper": ("%Y-%m-%d (W%V)", lambda at: _midnight(at) - timedelta(days=at.weekday())),
    "StartOfMonthMapper": ("%Y-%m", lambda at: _midnight(at).replace(day=1)),
    "StartOfQuarterMapper": (
        "%Y-Q{quarter}",
        lambda at: _midnight(at).replace(month=(at.month - 1) // 3 * 3 + 1, day=1),
    ),
    "StartOfYearMapper": ("%Y", lambda at: _midnight(at).replace(month=1, day=1)),
}
"""Class → how a key of its period is written unless said otherwise, and where the period of an instant begins."""


def _start_of(kind: str, mapper: Mapper, key: str) -> str:
    written, start = PERIODS[kind]
    begin = start(_instant(mapper, key))
    text = begin.strftime(mapper.get("output_format") or written)
    return text.replace("{quarter}", str(_quarter(begin)))


def _instant(mapper: Mapper, key: str, *, of_output: bool = False) -> datetime:
    given, zone = mapper.get("input_format") or DEFAULT_FORMAT, find_zone(mapper.get("timezone") or "UTC")
    if of_output:
        given = mapper.get("output_format") or PERIODS[mapper["kind"]][0]
    try:
        return datetime.strptime(key, given).replace(tzinfo=zone)
    except ValueError as error:
        raise PartitionError(f"the partition key {key!r} does not look like {given!r}") from error
