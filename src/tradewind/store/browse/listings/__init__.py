"""What can be listed, one file per room of the database. Names of fields are those of the rows and, where there are
more than are shown, those named in `fields`."""

from tradewind.store.browse.listings.assets import ASSET_EVENTS, ASSETS, AssetEventRow, AssetRow
from tradewind.store.browse.listings.dags import (
    DAG_VERSIONS,
    DAGS,
    IMPORT_ERRORS,
    DagRow,
    DagVersionRow,
    ImportErrorRow,
)
from tradewind.store.browse.listings.log import AUDIT, HISTORY, AuditRow, HistoryRow
from tradewind.store.browse.listings.runs import RUNS, RunRow
from tradewind.store.browse.listings.service import (
    APPROVALS,
    BACKFILLS,
    DEADLINES,
    DEFERRALS,
    JOBS,
    ApprovalRow,
    BackfillRow,
    DeadlineRow,
    DeferralRow,
    JobRow,
)
from tradewind.store.browse.listings.settings import (
    CONNECTIONS,
    POOLS,
    VARIABLES,
    ConnectionRow,
    PoolRow,
    VariableRow,
)
from tradewind.store.browse.listings.tasks import TASK_AFTER_DAG, TASK_INSTANCES, TRIES, TaskInstanceRow, TryRow
from tradewind.store.browse.listings.values import METRICS, XCOMS, MetricRow, XComRow

__all__ = [
    "APPROVALS",
    "ASSETS",
    "ASSET_EVENTS",
    "AUDIT",
    "BACKFILLS",
    "CONNECTIONS",
    "DAGS",
    "DAG_VERSIONS",
    "DEADLINES",
    "DEFERRALS",
    "HISTORY",
    "IMPORT_ERRORS",
    "JOBS",
    "METRICS",
    "POOLS",
    "RUNS",
    "TASK_AFTER_DAG",
    "TASK_INSTANCES",
    "TRIES",
    "VARIABLES",
    "XCOMS",
    "ApprovalRow",
    "AssetEventRow",
    "AssetRow",
    "AuditRow",
    "BackfillRow",
    "ConnectionRow",
    "DagRow",
    "DagVersionRow",
    "DeadlineRow",
    "DeferralRow",
    "HistoryRow",
    "ImportErrorRow",
    "JobRow",
    "MetricRow",
    "PoolRow",
    "RunRow",
    "TaskInstanceRow",
    "TryRow",
    "VariableRow",
    "XComRow",
]
