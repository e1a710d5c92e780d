"""From `schedule=` of a DAG to a ScheduleSpec: assets are made plain here, time is `timetables`' business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from tradewind.authoring import defaults
from tradewind.authoring.assets import AssetAll, AssetCondition
from tradewind.authoring.era import has_datasets
from tradewind.model.errors import DagFileError
from tradewind.model.spec import ScheduleSpec
from tradewind.timetables.base import Timetable
from tradewind.timetables.spec import schedule_spec

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG


def compile_schedule(dag: DAG) -> ScheduleSpec:
    """Raises DagFileError (a TimetableError) with the DAG's line where the schedule cannot be used."""
    schedule = dag.schedule
    assets = _assets_of(schedule)
    try:
        spec = schedule_spec(
            schedule,
            timezone=dag.timezone,
            interval="data_interval" if defaults.current().cron_data_intervals else "trigger",
            assets=assets,
            hash_id=dag.dag_id,
        )
        return replace(spec, assets_give_dates=assets is not None and has_datasets(dag.location.file))
    except DagFileError as error:
        error.location = error.location or dag.location
        error.message = f"DAG {dag.dag_id!r}: {error.message}"
        raise


def _assets_of(schedule: Any) -> Any:
    """The asset condition inside a schedule as plain data; a list of assets waits for all of them. None: no assets."""
    if isinstance(schedule, Timetable):
        schedule = schedule.asset_condition
    if isinstance(schedule, AssetCondition):
        return schedule.as_plain()
    if isinstance(schedule, (list, tuple, set, frozenset)):
        items = list(cast("Iterable[Any]", schedule))
        if items and all(isinstance(item, AssetCondition) for item in items):
            return AssetAll(*items).as_plain()
    return None
