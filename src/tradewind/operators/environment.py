"""What a command that a task starts may know about its run: AIRFLOW_CTX_… variables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

PREFIX = "AIRFLOW_CTX_"


def context_to_airflow_vars(context: Mapping[str, Any], in_env_var_format: bool = False) -> dict[str, str]:
    """Ids, dates, try number and owner of the running task, as `airflow.ctx.dag_id` … or as AIRFLOW_CTX_DAG_ID …"""
    facts = {name: _text(value) for name, value in _facts(context).items() if value not in (None, "", [])}
    if in_env_var_format:
        return {PREFIX + name.upper(): value for name, value in facts.items()}
    return {f"airflow.ctx.{name}": value for name, value in facts.items()}


def _facts(context: Mapping[str, Any]) -> dict[str, Any]:
    task, ti, run = context.get("task"), context.get("ti"), context.get("dag_run")
    logical_date = getattr(run, "logical_date", None)
    return {
        "dag_email": getattr(task, "email", None),
        "dag_owner": getattr(task, "owner", None),
        "dag_id": getattr(ti, "dag_id", None),
        "task_id": getattr(ti, "task_id", None),
        "execution_date": logical_date,
        "logical_date": logical_date,
        "try_number": getattr(ti, "try_number", None),
        "dag_run_id": getattr(run, "run_id", None),
    }


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return ",".join(map(str, cast("list[Any]", value)))
    return str(value)
