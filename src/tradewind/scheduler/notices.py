"""What a runner says while its task runs, as changes for the store."""

from __future__ import annotations

from datetime import datetime

from tradewind.model.cached import CachedSuccess
from tradewind.model.changes import (
    CachedKept,
    Change,
    EntryWritten,
    MetricLogged,
    MetricsLogged,
    Noted,
    ProgressReported,
    ValueRead,
    XComsCleared,
    XComStored,
)
from tradewind.model.messages import (
    CallbackFailed,
    ClearXComs,
    KeepCached,
    LogMetric,
    LogMetrics,
    Notice,
    Progress,
    PushXCom,
    ReadValues,
    WriteEntry,
)
from tradewind.model.values import XCom
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.translate import LiveTry

CALLBACK_TROUBLE = "callback trouble: "
"""How a history row about it begins."""


def noted(failed: CallbackFailed, live: LiveTry) -> Noted:
    """For `runs show`: it is the only trace besides the log."""
    why = f"{CALLBACK_TROUBLE}{failed.name}: {failed.error}"
    return Noted(live.task.run, why, live.task.task_id, live.task.map_path, live.try_id)


def carry_notice(notice: Notice, live: LiveTry, active: ActiveRun | None) -> list[Change]:
    """The changes a notice amounts to; values are remembered on the way. `active` is None where the try is no longer
    its instance's current one: then it touches no values, which are those of another try by now."""
    match notice:
        case PushXCom() | ClearXComs() | KeepCached() if active is None:
            return []
        case PushXCom():
            live.pushed = {**(live.pushed or {}), notice.key: notice.value.length}
            xcom = XCom(live.task.task_id, live.task.map_path, notice.key, notice.value, live.try_id)
            assert active is not None
            active.values.add(xcom)
            return [XComStored(live.task.run, xcom)]
        case LogMetric():
            return [MetricLogged(notice.try_id, notice.name, notice.value, notice.step)]
        case LogMetrics():
            return [MetricsLogged(notice.try_id, notice.points)]
        case Progress():
            return [ProgressReported(notice.try_id, notice.done, notice.total, notice.message)]
        case CallbackFailed():
            return [noted(notice, live)]
        case ReadValues():
            return [ValueRead(notice.try_id, notice.hashes)]
        case WriteEntry():
            task = live.task
            return [
                EntryWritten(task.run, task.task_id, task.map_path, live.try_id, notice.kind, notice.name, notice.body)
            ]
        case KeepCached():
            return [CachedKept(_success(notice, live, utc_now()))]
        case ClearXComs():
            assert active is not None
            live.pushed = None
            active.values.forget(live.task.task_id, live.task.map_path)
            return [XComsCleared(live.task.run, live.task.task_id, live.task.map_path)]
        case _:
            return []


def _success(notice: KeepCached, live: LiveTry, now: datetime) -> CachedSuccess:
    run, task_id, path = live.task.run, live.task.task_id, live.task.map_path
    made = (notice.seconds, notice.parts, notice.made)
    return CachedSuccess(notice.key, run.dag_id, task_id, path, run.run_id, live.try_id, now, *made)
