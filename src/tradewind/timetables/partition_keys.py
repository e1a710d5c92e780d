"""Partition keys: of runs by the clock, and from the key of an updated asset to those of the runs it counts for.
Mappers come as plain data (`authoring.partitions`): {"kind": class name, …its arguments}. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias, cast

from tradewind.model.errors import TradewindError
from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.zoned_cron import ZonedCron
from tradewind.timetables.zones import find_zone

Mapper = Mapping[str, Any]
IDENTITY: Mapper = {"kind": "IdentityMapper"}
DEFAULT_FORMAT = "%Y-%m-%dT%H:%M:%S"


class PartitionError(TradewindError):
    """A key that a mapper refuses."""


class OnlyAuthorKnowsError(PartitionError):
    """What a mapper of the author's own makes of this key has to be asked where their code is."""

    def __init__(self, mapper: Mapper, key: str) -> None:
        super().__init__(f"partitions cannot be mapped by {mapper.get('name', mapper['kind'])} here")
        self.mapper, self.key = mapper, key


Own: TypeAlias = Callable[[Mapper, str], Sequence[str]]


def _ask_author(mapper: Mapper, key: str) -> Sequence[str]:
    raise OnlyAuthorKnowsError(mapper, key)


def date_of(key: str | None) -> datetime | None:
    """The instant that a partition key names, where it names one (UTC where it says no zone)."""
    try:
        found = datetime.fromisoformat(key or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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


def own_mappers(mappers: Mapping[str, Any]) -> list[Mapper]:
    """Those of the author's own among the mappers of a schedule: their place in this list is how they are asked for."""
    return [own for one in (mappers["default"], *_by_asset(mappers)) for own in _own_in(one)]


def _by_asset(mappers: Mapping[str, Any]) -> list[Mapper]:
    return [one["mapper"] for one in mappers["by_asset"]]


def _own_in(mapper: Mapper) -> Iterator[Mapper]:
    if mapper["kind"] == "custom":
        yield mapper
    for inner in (*mapper.get("mappers", ()), mapper.get("upstream_mapper"), mapper.get("downstream_mapper")):
        if inner is not None:
            yield from _own_in(inner)


def downstream_keys(mapper: Mapper, key: str, own: Own = _ask_author) -> list[str]:
    """The keys of the runs that an update of this partition counts for. `own` says what mappers of the author's own
    make of a key. Raises PartitionError."""
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
                keys = [found for one in keys for found in downstream_keys(inner, one, own)]
            return keys
        case "ProductMapper":
            return [_product(mapper, key, own)]
        case "RollupMapper":
            return downstream_keys(mapper["upstream_mapper"], key, own)
        case "FanOutMapper":
            return _fan_out(mapper, key, own)
        case _:
            return list(own(mapper, key))


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


def _product(mapper: Mapper, key: str, own: Own) -> str:
    parts, inner = key.split(mapper["delimiter"]), mapper["mappers"]
    if len(parts) != len(inner):
        raise PartitionError(f"the partition key {key!r} has {len(parts)} parts, its mapper {len(inner)}")
    mapped = [downstream_keys(one, part, own) for one, part in zip(inner, parts, strict=True)]
    return mapper["delimiter"].join(found[0] for found in mapped)


# ------------------------------------------------------------------------------------ fanning out

FAN_OUT_AT_MOST = 1_000


def _fan_out(mapper: Mapper, key: str, own: Own) -> list[str]:
    """The members of the window that the upstream key stands for, each as the downstream mapper writes it."""
    window, inner, found = mapper["window"], mapper["downstream_mapper"], list[str]()
    if window["kind"] == "SegmentWindow":
        downstream_keys(mapper["upstream_mapper"], key, own)  # it may refuse the key
        found = [one for segment in window["segments"] for one in downstream_keys(inner, segment, own)]
    else:
        for at in _members(window["kind"], mapper["direction"], _period_start(mapper["upstream_mapper"], key, own)):
            if inner["kind"] in PERIODS:
                found.append(_written(inner["kind"], inner, at))
            else:
                found += downstream_keys(inner, at.strftime(DEFAULT_FORMAT), own)
    found = list(dict.fromkeys(found))
    most = mapper.get("maximum") or FAN_OUT_AT_MOST
    if len(found) > most:
        raise PartitionError(
            f"the partition key {key!r} stands for {len(found)} others, and no more than {most} may be",
            hint="set max_downstream_keys of the FanOutMapper",
        )
    return found


def _period_start(upstream: Mapper, key: str, own: Own) -> datetime:
    if upstream["kind"] in PERIODS:
        return PERIODS[upstream["kind"]][1](_instant(upstream, key))
    (mapped,) = downstream_keys(upstream, key, own)[:1] or [key]
    return _instant(IDENTITY, mapped)


def _members(window: str, direction: str, start: datetime) -> list[datetime]:
    """Those of the period that begins there; backward: as many that end with its first."""
    if window in ("QuarterWindow", "YearWindow"):
        numbers = range(WINDOWS[window])
        months = [start.month - 1 + (number if direction == "forward" else -number) for number in numbers]
        found = [start.replace(year=start.year + month // 12, month=month % 12 + 1, day=1) for month in months]
    elif window == "MonthWindow" or window in WINDOWS:
        days = calendar.monthrange(start.year, start.month)[1]
        step = {"HourWindow": timedelta(minutes=1), "DayWindow": timedelta(hours=1)}.get(window, timedelta(days=1))
        numbers = range(WINDOWS.get(window, days))
        found = [start + number * (step if direction == "forward" else -step) for number in numbers]
    else:
        raise PartitionError(f"partitions cannot be fanned out by {window} here")
    return sorted(found)


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
    return _written(kind, mapper, _instant(mapper, key))


def _written(kind: str, mapper: Mapper, at: datetime) -> str:
    written, start = PERIODS[kind]
    begin = start(at)
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
