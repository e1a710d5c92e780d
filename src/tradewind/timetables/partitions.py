"""Airflow 3.3's timetables of partitioned assets: runs for a partition each, by the clock or by assets."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.partition_keys import IDENTITY
from tradewind.timetables.simple import AssetTriggeredTimetable, NullTimetable
from tradewind.timetables.trigger import CronTriggerTimetable


class CronPartitionTimetable(CronTriggerTimetable):
    """Runs at the ticks of a cron, each for one partition."""

    def __init__(
        self,
        cron: str,
        *,
        timezone: Any = "UTC",
        run_offset: int | None = None,
        run_immediately: Any = False,
        key_format: str = "%Y-%m-%dT%H:%M:%S",
    ) -> None:
        super().__init__(cron, timezone=timezone, run_immediately=run_immediately)
        self.run_offset = run_offset
        self.key_format = key_format

    def to_spec(self) -> ScheduleSpec:
        spec = super().to_spec()
        partition = {"key_format": self.key_format, "run_offset": self.run_offset}
        return replace(spec, data={**(spec.data or {}), "partition": partition})


class PartitionedAssetTimetable(AssetTriggeredTimetable):
    """A run for each partition for which all assets have been updated."""

    def __init__(
        self,
        assets: Any = None,
        *,
        partition_mapper_config: Any = None,
        default_partition_mapper: Any = None,
        partition_mapper: Any = None,
    ) -> None:
        super().__init__(assets)
        self.partition_mapper_config = dict(partition_mapper_config or {})
        self.default_partition_mapper = default_partition_mapper or partition_mapper

    @property
    def mappers(self) -> list[Any]:
        """In the order in which the scheduler numbers those of the author's own."""
        default = [] if self.default_partition_mapper is None else [self.default_partition_mapper]
        return [*default, *self.partition_mapper_config.values()]

    def to_spec(self) -> ScheduleSpec:
        """Mappers and assets say by `as_plain()` what they are."""
        default = self.default_partition_mapper
        mappers = {
            "default": IDENTITY if default is None else default.as_plain(),
            "by_asset": [
                {"asset": asset.as_plain(), "mapper": mapper.as_plain()}
                for asset, mapper in self.partition_mapper_config.items()
            ],
        }
        return replace(super().to_spec(), data={"partitions": mappers}, summary="Partitioned Asset")


class PartitionedAtRuntime(NullTimetable):
    """No schedule: runs are started from outside, and tasks say which partitions they made."""

    partitioned_at_runtime = True
