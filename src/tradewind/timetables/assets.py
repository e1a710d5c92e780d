"""Runs on a time schedule and, besides, whenever assets are updated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction, Timetable
from tradewind.timetables.errors import TimetableError

TIME_KINDS = ("cron", "delta")


class AssetOrTimeSchedule(SpecTimetable):
    """`timetable` says when runs come by time, `assets` (a list or a condition, as in `schedule=`) which assets start
    further ones."""

    def __init__(self, *, timetable: Timetable, assets: Any = None, datasets: Any = None) -> None:
        self.timetable = timetable
        self.asset_condition = datasets if assets is None else assets
        self.description = f"Triggered by assets or {timetable.description}"
        self.periodic = timetable.periodic
        self.can_be_scheduled = timetable.can_be_scheduled
        self.active_runs_limit = timetable.active_runs_limit

    @property
    def summary(self) -> str:
        return f"Asset or {self.timetable.summary}"

    def to_spec(self) -> ScheduleSpec:
        """The time part's spec, with the assets beside it. The author's asset objects are plain data only after
        `schedule_spec(…, assets=…)`, so they stay out here."""
        inner = self.timetable.to_spec() if isinstance(self.timetable, SpecTimetable) else None
        if inner is None or inner.kind not in TIME_KINDS:
            raise TimetableError(
                f"the time part of an AssetOrTimeSchedule cannot be {self.timetable.summary}",
                hint="use a cron or delta timetable",
            )
        return msgspec.structs.replace(inner, kind="assets_or_time", summary=self.summary)

    @classmethod
    def from_spec_with(cls, spec: ScheduleSpec, build: Callable[[ScheduleSpec], Timetable]) -> AssetOrTimeSchedule:
        """`build` makes the time part."""
        inner = msgspec.structs.replace(
            spec, kind="cron" if spec.crons else "delta", summary=spec.summary.removeprefix("Asset or "), assets=None
        )
        return cls(timetable=build(inner), assets=spec.assets)

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        return self.timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)

    def _manual_interval(self, run_after: datetime) -> DataInterval:
        return self.timetable.infer_manual_data_interval(run_after=run_after)
