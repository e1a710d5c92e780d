"""Airflow 3.3's timetables of partitioned assets. Their time part holds; partition keys are kept and not acted on."""

from __future__ import annotations

from typing import Any

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


class PartitionedAssetTimetable(AssetTriggeredTimetable):
    """A run for each partition for which all assets have been updated."""

    def __init__(
        self, assets: Any = None, *, partition_mapper_config: Any = None, default_partition_mapper: Any = None
    ) -> None:
        super().__init__(assets)
        self.partition_mapper_config = dict(partition_mapper_config or {})
        self.default_partition_mapper = default_partition_mapper


class PartitionedAtRuntime(NullTimetable):
    """No schedule: runs are started from outside, and tasks say which partitions they made."""

    partitioned_at_runtime = True
