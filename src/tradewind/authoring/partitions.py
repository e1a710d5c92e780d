"""Partitions of assets, as files for Airflow 3.3 write them: mappers, windows, wait policies. They say by `as_plain`
what they are; the scheduler maps keys by that (`timetables.partition_keys`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from tradewind.timetables.zones import zone_name


class _Kept:
    """Knows the arguments it was made with."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        made = super().__new__(cls)
        made.__dict__["_made_with"] = (args, kwargs)
        return made

    def as_plain(self) -> dict[str, Any]:
        """{"kind": class, …}; one of the author's own is named, and only their code could tell what it does."""
        kind = type(self)
        if self.is_own:
            return {"kind": "custom", "name": kind.__name__}
        return {"kind": kind.__name__, **self._options()}

    @property
    def is_own(self) -> bool:
        """Of the author's own: only their code can tell what it does."""
        return type(self).__module__ != __name__

    def _options(self) -> dict[str, Any]:
        return {}

    def __repr__(self) -> str:
        args, kwargs = self.__dict__["_made_with"]
        shown = [*map(repr, args), *(f"{name}={value!r}" for name, value in sorted(kwargs.items()))]
        return f"{type(self).__name__}({', '.join(shown)})"


class PartitionMapper(_Kept):
    """From the partition key of an upstream asset to that of a run; subclass it for one of your own."""

    is_rollup: ClassVar[bool] = False
    expected_decoded_type: ClassVar[type] = str

    def __init__(self, *, max_downstream_keys: int | None = None) -> None:
        self.max_downstream_keys = max_downstream_keys

    def to_downstream(self, key: str) -> str | Iterable[str]:
        raise NotImplementedError(f"{type(self).__name__} has no to_downstream() method")

    def serialize(self) -> dict[str, Any]:
        return {}


class IdentityMapper(PartitionMapper):
    """The same key."""

    def to_downstream(self, key: str) -> str:
        return key


class AllowedKeyMapper(PartitionMapper):
    """The same key, of a fixed set."""

    def __init__(self, allowed_keys: Sequence[str], *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.allowed_keys = list(allowed_keys)

    def _options(self) -> dict[str, Any]:
        return {"allowed_keys": self.allowed_keys}

    def to_downstream(self, key: str) -> str:
        if key not in self.allowed_keys:
            raise ValueError(f"the partition key {key!r} is none of {', '.join(self.allowed_keys)}")
        return key


class FixedKeyMapper(PartitionMapper):
    """One key whatever comes."""

    def __init__(self, downstream_key: str, *, max_downstream_keys: int | None = None) -> None:
        if not isinstance(downstream_key, str) or not downstream_key:  # pyright: ignore  # users' values
            raise ValueError(f"FixedKeyMapper needs a text that is not empty, not {downstream_key!r}")
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.downstream_key = downstream_key

    def _options(self) -> dict[str, Any]:
        return {"downstream_key": self.downstream_key}

    def to_downstream(self, key: str) -> str:
        return self.downstream_key


class _Several(PartitionMapper):
    def __init__(self, *mappers: PartitionMapper, max_downstream_keys: int | None = None, **options: Any) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.mappers = list(mappers)
        self.delimiter = str(options.get("delimiter", "|"))

    def _options(self) -> dict[str, Any]:
        return {"mappers": [mapper.as_plain() for mapper in self.mappers], "delimiter": self.delimiter}


class ChainMapper(_Several):
    """One mapper after the other."""


class ProductMapper(_Several):
    """A mapper for each part of a composite key."""


class StartOfPeriodMapper(PartitionMapper):
    """A timestamp to the start of its period."""

    def __init__(
        self,
        timezone: Any = "UTC",
        *,
        input_format: str = "%Y-%m-%dT%H:%M:%S",
        output_format: str | None = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.timezone = timezone
        self.input_format = input_format
        self.output_format = output_format

    def _options(self) -> dict[str, Any]:
        return {
            "timezone": zone_name(self.timezone),
            "input_format": self.input_format,
            "output_format": self.output_format,
        }


class StartOfHourMapper(StartOfPeriodMapper): ...


class StartOfDayMapper(StartOfPeriodMapper): ...


class StartOfWeekMapper(StartOfPeriodMapper): ...


class StartOfMonthMapper(StartOfPeriodMapper): ...


class StartOfQuarterMapper(StartOfPeriodMapper): ...


class StartOfYearMapper(StartOfPeriodMapper): ...


class Window(_Kept):
    """The upstream partitions that one downstream period needs; subclass it for one of your own."""

    class Direction(StrEnum):
        FORWARD = "forward"
        BACKWARD = "backward"

    expected_decoded_type: ClassVar[type] = str

    def __init__(self, *, direction: Window.Direction = Direction.FORWARD) -> None:
        self.direction = direction


class HourWindow(Window): ...


class DayWindow(Window): ...


class WeekWindow(Window): ...


class MonthWindow(Window): ...


class QuarterWindow(Window): ...


class YearWindow(Window): ...


class SegmentWindow(Window):
    """A fixed set of keys."""

    def __init__(self, segments: Iterable[str], **options: Any) -> None:
        super().__init__(**options)
        self.segments = sorted(set(segments))

    def _options(self) -> dict[str, Any]:
        return {"segments": self.segments}


class WaitForAll(_Kept):
    """A rollup waits for all partitions of its window."""


class MinimumCount(_Kept):
    """A rollup waits for `n` partitions of its window."""

    def __init__(self, n: int) -> None:
        self.n = n


class RollupMapper(PartitionMapper):
    """Many upstream partitions to one."""

    is_rollup = True

    def __init__(
        self,
        *,
        upstream_mapper: PartitionMapper,
        window: Window,
        wait_policy: Any = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper = upstream_mapper
        self.window = window
        self.wait_policy = wait_policy or WaitForAll()

    def _options(self) -> dict[str, Any]:
        minimum = self.wait_policy.n if isinstance(self.wait_policy, MinimumCount) else None
        return {
            "upstream_mapper": self.upstream_mapper.as_plain(),
            "window": self.window.as_plain(),
            "minimum": minimum,
        }


class FanOutMapper(PartitionMapper):
    """One upstream partition to many."""

    def __init__(
        self,
        *,
        upstream_mapper: PartitionMapper,
        window: Window,
        downstream_mapper: PartitionMapper | None = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper = upstream_mapper
        self.window = window
        self.downstream_mapper = downstream_mapper or _member_mapper(window)

    def _options(self) -> dict[str, Any]:
        return {
            "upstream_mapper": self.upstream_mapper.as_plain(),
            "window": self.window.as_plain(),
            "direction": str(self.window.direction),
            "downstream_mapper": self.downstream_mapper.as_plain(),
            "maximum": self.max_downstream_keys,
        }


def _member_mapper(window: Window) -> PartitionMapper:
    """What writes the members of a window down, where the author says nothing."""
    made = MEMBERS.get(type(window))
    if made is None:
        raise ValueError(f"FanOutMapper with {type(window).__name__} needs a downstream_mapper")
    return made()


MEMBERS: dict[type[Window], type[PartitionMapper]] = {
    DayWindow: StartOfHourMapper,
    WeekWindow: StartOfDayMapper,
    MonthWindow: StartOfDayMapper,
    QuarterWindow: StartOfMonthMapper,
    YearWindow: StartOfMonthMapper,
    SegmentWindow: IdentityMapper,
}


def own_mappers(mapper: PartitionMapper) -> Iterator[PartitionMapper]:
    """Those of the author's own in it, in the order in which the scheduler numbers them (`partition_keys`)."""
    if mapper.is_own:
        yield mapper
        return
    inner: list[PartitionMapper | None] = list(getattr(mapper, "mappers", ()))
    inner += [getattr(mapper, "upstream_mapper", None), getattr(mapper, "downstream_mapper", None)]
    for one in inner:
        if one is not None:
            yield from own_mappers(one)
