"""Timetables without a rhythm: never, once, always, and whenever assets say so."""

from __future__ import annotations

from typing import Any, Self

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction
from tradewind.timetables.clock import current_instant


class NullTimetable(SpecTimetable):
    """`schedule=None`: runs are only ever triggered."""

    description = "Never, external triggers only"
    periodic = False
    can_be_scheduled = False

    @property
    def summary(self) -> str:
        return "None"

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(kind="none", summary=self.summary)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls()

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        return None


class OnceTimetable(SpecTimetable):
    """`schedule="@once"`: one run at the start date, or at once where there is none."""

    description = "Once, as soon as possible"
    periodic = False

    @property
    def summary(self) -> str:
        return "@once"

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(kind="once", summary=self.summary)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls()

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        if last is not None:
            return None
        at = restriction.earliest or current_instant()
        if restriction.latest is not None and at > restriction.latest:
            return None
        return DagRunInfo.exact(at)


class ContinuousTimetable(SpecTimetable):
    """`schedule="@continuous"`: the next run starts when the one before it has ended."""

    description = "As frequently as possible, but only one run at a time."
    active_runs_limit = 1

    @property
    def summary(self) -> str:
        return "@continuous"

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(kind="continuous", summary=self.summary)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls()

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        if restriction.earliest is None:
            return None
        start = restriction.earliest if last is None else last.end
        end = max(start, current_instant())
        if restriction.latest is not None and end > restriction.latest:
            return None
        return DagRunInfo.interval(start, end)


class AssetTriggeredTimetable(SpecTimetable):
    """A list of assets, or a condition over them: a run starts when they have been updated. The condition is plain data
    (see ScheduleSpec.assets); who watches the assets is the scheduler."""

    description = "Triggered by assets"
    periodic = False

    def __init__(self, assets: Any = None) -> None:
        self.asset_condition = assets

    @property
    def summary(self) -> str:
        return "Asset"

    def to_spec(self) -> ScheduleSpec:
        return ScheduleSpec(kind="assets", assets=self.asset_condition, summary=self.summary)

    @classmethod
    def from_spec(cls, spec: ScheduleSpec) -> Self:
        return cls(spec.assets)

    def _next_run(self, last: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        return None
