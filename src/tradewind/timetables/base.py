"""Airflow's timetable contract: the base class users subclass, and the values it speaks in.
https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Self

import msgspec

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.pendulums import is_pendulum, to_pendulum, to_plain


class DataInterval(NamedTuple):
    """The span of time whose data a run works on. Both ends are aware."""

    start: datetime
    end: datetime

    @classmethod
    def exact(cls, at: datetime) -> DataInterval:
        """An interval of no length."""
        return cls(start=at, end=at)


class TimeRestriction(NamedTuple):
    """Bounds on runs: the DAG's start and end dates, and whether missed runs are made up for."""

    earliest: datetime | None
    latest: datetime | None
    catchup: bool


class DagRunInfo(NamedTuple):
    """One run to be: when it may start, and its data interval."""

    run_after: datetime
    data_interval: DataInterval
    partition_date: datetime | None = None
    """Airflow 3.3's; partitions of a timetable of the author's own are not kept."""
    partition_key: str | None = None

    @classmethod
    def exact(cls, at: datetime) -> DagRunInfo:
        return cls(run_after=at, data_interval=DataInterval.exact(at))

    @classmethod
    def interval(cls, start: datetime, end: datetime) -> DagRunInfo:
        return cls(run_after=end, data_interval=DataInterval(start, end))

    @property
    def logical_date(self) -> datetime:
        return self.data_interval.start


class Timetable:
    """Says when a DAG's next run is due. Subclasses implement `infer_manual_data_interval` and `next_dagrun_info`."""

    description: str = ""
    """Human text shown beside the schedule, e.g. "At 02:30, only on Monday"."""
    periodic: bool = True
    """Runs come again and again; False for "never", "once" and the like."""
    can_be_scheduled: bool = True
    run_ordering: Sequence[str] = ("data_interval_end", "logical_date")
    active_runs_limit: int | None = None
    asset_condition: Any = None
    partitioned: ClassVar[bool] = False

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Timetable:
        """The inverse of `serialize`; the default calls the class without arguments."""
        return cls()

    def serialize(self) -> dict[str, Any]:
        """Plain data from which `deserialize` makes an equal timetable."""
        return {}

    def validate(self) -> None:
        """Raise TimetableError where the timetable cannot be followed."""

    @property
    def summary(self) -> str:
        """Short text for lists."""
        return type(self).__name__

    @property
    def type_name(self) -> str:
        return type(self).__name__

    def infer_manual_data_interval(self, *, run_after: datetime) -> DataInterval:
        """The data interval of a run someone triggers at `run_after`."""
        raise NotImplementedError(f"{type(self).__name__} does not implement infer_manual_data_interval")

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The run after the one with `last_automated_data_interval` (None: there was none), or None for no more."""
        raise NotImplementedError(f"{type(self).__name__} does not implement next_dagrun_info")

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """Airflow 3.3's way to ask: implement this one or `next_dagrun_info`."""
        last = last_dagrun_info.data_interval if last_dagrun_info is not None else None
        return self.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)

    def generate_run_id(
        self, *, run_type: Any, logical_date: datetime | None = None, run_after: datetime | None = None, **extra: Any
    ) -> str:
        """Airflow's run id: `<type>__<instant>`."""
        at = logical_date or run_after
        return f"{getattr(run_type, 'value', run_type)}__{at.isoformat() if at else ''}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.summary}>"


class SpecTimetable(Timetable):
    """A timetable of ours: it can be written down as a ScheduleSpec and built again from it.

    Inside, instants are plain datetimes in UTC; a caller who hands in pendulum objects (a user's subclass calling
    `super()`) gets pendulum objects back, as from Airflow."""

    def to_spec(self) -> ScheduleSpec:
        raise NotImplementedError

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        raise NotImplementedError

    def serialize(self) -> dict[str, Any]:
        return msgspec.to_builtins(self.to_spec())

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Self:
        return cls.from_spec(msgspec.convert(data, ScheduleSpec))

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        last = last_automated_data_interval
        found = self._next_run(
            last and DataInterval(to_plain(last.start), to_plain(last.end)),
            TimeRestriction(_plain(restriction.earliest), _plain(restriction.latest), restriction.catchup),
        )
        asked_with = restriction.earliest or (last and last.end)
        if found is None or not is_pendulum(asked_with):
            return found
        return DagRunInfo(to_pendulum(found.run_after), DataInterval(*map(to_pendulum, found.data_interval)))

    def infer_manual_data_interval(self, *, run_after: datetime) -> DataInterval:
        found = self._manual_interval(to_plain(run_after))
        return DataInterval(*map(to_pendulum, found)) if is_pendulum(run_after) else found

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        raise NotImplementedError

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        return DataInterval.exact(run_after)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SpecTimetable) and type(other) is type(self):
            return self.to_spec() == other.to_spec()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.summary))


def _plain(instant: datetime | None) -> datetime | None:
    return instant and to_plain(instant)
