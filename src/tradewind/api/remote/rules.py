"""Which of the store's methods may be called from far away, and with which right. What is not in this table is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Resource
from tradewind.model.service import Topic


class Rule(Struct, frozen=True):
    resource: Resource
    action: Action = Action.READ
    dag_of: Callable[[Any], str | None] | None = None
    """The DAG that the arguments name; None among its answers: it is about all DAGs, and the answer is a list of which
    the caller gets what it may see."""
    dag_of_row: Callable[[Any], str | None] | None = None
    """The DAG of one row of the answer, for lists over all DAGs."""
    rings: tuple[Topic, ...] = ()
    """Who is to hear of it."""


def _key(arguments: Any) -> str | None:
    return arguments.key.dag_id


def _dag_id(arguments: Any) -> str | None:
    return arguments.dag_id


def _request(arguments: Any) -> str | None:
    return arguments.request.dag_id


def _run_or_key(arguments: Any) -> str | None:
    found = getattr(arguments, "key", None) or getattr(arguments, "run", None)
    return found.dag_id if found is not None else None


def _query(arguments: Any) -> str | None:
    return arguments.query.dag_id


def _row_dag(row: Any) -> str | None:
    return row.dag_id


def _row_run(row: Any) -> str | None:
    return row.run.dag_id


_R = Resource
RULES: dict[str, Rule] = {
    "run": Rule(_R.RUN, dag_of=_key),
    "runs": Rule(_R.RUN, dag_of=_dag_id, dag_of_row=_row_dag),
    "runs_asked_for": Rule(_R.RUN, dag_of=_request),
    "previous_run": Rule(_R.RUN, dag_of=_key),
    "owner_of": Rule(_R.RUN, dag_of=_key),
    "owner_is_alive": Rule(_R.RUN),
    "load_run": Rule(_R.TASK, dag_of=_key),
    "tasks": Rule(_R.TASK, dag_of=_key),
    "tries": Rule(_R.TASK, dag_of=_key),
    "history": Rule(_R.TASK, dag_of=_key),
    "progress": Rule(_R.TASK, dag_of=_key),
    "task_states": Rule(_R.TASK, dag_of=_request),
    "live_tries": Rule(_R.TASK, dag_of_row=_row_run),
    "metrics": Rule(_R.XCOM, dag_of=_key),
    "all_xcoms": Rule(_R.XCOM, dag_of=_key),
    "entries": Rule(_R.XCOM, dag_of=_query, dag_of_row=_row_dag),
    "dag": Rule(_R.DAG, dag_of=_dag_id),
    "dags": Rule(_R.DAG, dag_of_row=_row_dag),
    "spec": Rule(_R.DAG, dag_of=_dag_id),
    "schedules": Rule(_R.DAG, dag_of=_dag_id, dag_of_row=_row_dag),
    "dag_versions": Rule(_R.DAG, dag_of=_dag_id),
    "task_durations": Rule(_R.TASK, dag_of=_dag_id),
    "run_durations": Rule(_R.RUN, dag_of=_dag_id),
    "import_errors": Rule(_R.IMPORT_ERROR, dag_of_row=_row_dag),
    "approvals": Rule(_R.HUMAN, dag_of=_run_or_key, dag_of_row=_row_run),
    "deadlines": Rule(_R.RUN, dag_of=_run_or_key, dag_of_row=_row_run),
    "open_deadlines": Rule(_R.RUN, dag_of_row=_row_run),
    "backfills": Rule(_R.BACKFILL, dag_of=_dag_id, dag_of_row=_row_dag),
    "jobs": Rule(_R.JOB),
    "pools": Rule(_R.POOL),
    "live_slots_elsewhere": Rule(_R.POOL),
    "variables": Rule(_R.VARIABLE),
    "get_variable": Rule(_R.VARIABLE),
    "connections": Rule(_R.CONNECTION),
    "get_connection": Rule(_R.CONNECTION),
    "assets": Rule(_R.ASSET),
    "asset_links": Rule(_R.ASSET, dag_of_row=_row_dag),
    "alias_assets": Rule(_R.ASSET),
    "asset_events": Rule(_R.ASSET, dag_of=_run_or_key),
    "waiting_events": Rule(_R.ASSET, dag_of=_dag_id),
    "audit": Rule(_R.AUDIT),
    "verify_audit": Rule(_R.AUDIT),
    "has_audit_hash": Rule(_R.AUDIT),
    "users": Rule(_R.USER),
    "user_named": Rule(_R.USER),
    "roles": Rule(_R.ROLE),
    "tokens": Rule(_R.TOKEN),
    "now": Rule(_R.SELF),
    "revision": Rule(_R.SELF),
    "set_paused": Rule(_R.DAG, Action.EDIT, _dag_id, rings=(Topic.DAGS,)),
    "accept_schedule": Rule(_R.DAG, Action.EDIT, _dag_id, rings=(Topic.DAGS,)),
    "forget_cached": Rule(_R.RUN, Action.EDIT, _dag_id),
    "set_run_note": Rule(_R.RUN, Action.EDIT, _key),
    "answer_approval": Rule(_R.HUMAN, Action.EDIT, _key, rings=(Topic.EVENTS,)),
    "create_backfill": Rule(
        _R.BACKFILL, Action.CREATE, lambda arguments: arguments.backfill.dag_id, rings=(Topic.RUNS,)
    ),
    "add_asset_event": Rule(_R.ASSET, Action.CREATE, rings=(Topic.ASSETS,)),
    "set_variable": Rule(_R.VARIABLE, Action.EDIT),
    "import_variables": Rule(_R.VARIABLE, Action.EDIT),
    "delete_variable": Rule(_R.VARIABLE, Action.DELETE),
    "set_connection": Rule(_R.CONNECTION, Action.EDIT),
    "import_connections": Rule(_R.CONNECTION, Action.EDIT),
    "delete_connection": Rule(_R.CONNECTION, Action.DELETE),
    "set_pool": Rule(_R.POOL, Action.EDIT, rings=(Topic.POOLS,)),
    "import_pools": Rule(_R.POOL, Action.EDIT, rings=(Topic.POOLS,)),
    "delete_pool": Rule(_R.POOL, Action.DELETE, rings=(Topic.POOLS,)),
}
