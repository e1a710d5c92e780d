"""Callbacks of deadlines, in a process of their own: of a DeadlineAlert that was missed or is at risk, of a task's SLA,
and references of the author's own, which say when a deadline is."""

from __future__ import annotations

import importlib
import inspect
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from tradewind.authoring import ports
from tradewind.authoring.context import running
from tradewind.authoring.dates import as_pendulum
from tradewind.authoring.deadlines import (
    Callback,
    DeadlineAlert,
    VariableInterval,
    alerts_of,
    deadline_specs,
    sla_miss_callbacks,
)
from tradewind.authoring.instants import as_instant, in_utc
from tradewind.authoring.notifier import BaseNotifier
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.authoring.variables import Variable
from tradewind.model.messages import CallbackCall, RunTry, SetDeadline
from tradewind.runner.failure_mail import send_mail_about

_log = logging.getLogger("tradewind.task")
NAMES = frozenset({"on_deadline_missed", "on_deadline_risk", "deadline_reference"})


def run_deadline_callback(message: RunTry, call: CallbackCall, dag: Any, task: Any, context: Any) -> None:
    """What fails is logged and changes nothing."""
    with running(context):
        try:
            if call.name == "deadline_reference":
                _ask_references(message, call, dag, context)
            elif call.detail.get("task_id"):
                _tell_of_sla(call, dag, task, context)
            else:
                _tell_of_alert(call, dag, context)
        except Exception as error:
            _log.error("%s of the DAG failed:\n%s", call.name, cut_traceback(error))


# ------------------------------------------------------------------------------------ deadline=


def _tell_of_alert(call: CallbackCall, dag: Any, context: Any) -> None:
    alert = alerts_of(dag)[int(call.detail["place"])]
    callback = alert.callback if call.name == "on_deadline_missed" else alert.on_deadline_risk
    if callback is None:
        return
    due_at = as_pendulum(datetime.fromisoformat(call.detail["due_at"]))
    context["deadline"] = {
        "id": call.detail["deadline_id"],
        "name": call.detail["name"],
        "deadline_time": due_at,
        "alert_name": alert.name,
    }
    call_back(callback, context)


def call_back(callback: Callback, context: Any) -> None:
    """Call the function with its own arguments, and `context` where it takes one. A class is made first, and called
    with the context: a notifier. A coroutine is run to its end."""
    function = callback.callback_callable
    if isinstance(function, str):
        function = _imported(function)
    if isinstance(function, BaseNotifier):
        function(context)
        return
    if isinstance(cast("object", function), type):
        _call_made(function(**callback.kwargs), context)
        return
    with_context = {"context": context} if _takes_context(function) else {}
    _settle(function(**callback.kwargs, **with_context))


def _call_made(made: Any, context: Any) -> None:
    if hasattr(made, "notify") and callable(made):
        made(context)
    elif inspect.isawaitable(made):
        _settle(made)


def _settle(value: Any) -> None:
    if inspect.isawaitable(value):
        import asyncio  # 30 ms, for `async def` callbacks only

        asyncio.run(_await(value))


async def _await(value: Any) -> Any:
    return await value


def _takes_context(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters
    return "context" in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def _imported(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


# ------------------------------------------------------------------------------------ sla=


class SlaMiss:
    """What Airflow 2's `sla_miss_callback` gets of each miss."""

    def __init__(self, dag_id: str, task_id: str, execution_date: Any, timestamp: Any) -> None:
        self.dag_id = dag_id
        self.task_id = task_id
        self.execution_date = execution_date
        self.timestamp = timestamp
        self.email_sent = self.notification_sent = False
        self.description = ""

    def __repr__(self) -> str:
        return f"<SlaMiss {self.dag_id}.{self.task_id} {self.execution_date}>"


def _tell_of_sla(call: CallbackCall, dag: Any, task: Any, context: Any) -> None:
    """`sla_miss_callback(dag, task_list, blocking_task_list, slas, blocking_tis)`, and a mail to the task's people."""
    if call.name != "on_deadline_missed":
        return
    late = [view for view in context["dag_run"].get_task_instances() if not view.state.is_finished]
    date = context.get("logical_date")
    miss = SlaMiss(dag.dag_id, task.task_id, date, as_pendulum(datetime.fromisoformat(call.detail["due_at"])))
    task_list = f"{task.task_id} on {date}"
    blocking = "\n".join(f"{view.task_id} on {date}" for view in late)
    for callback in sla_miss_callbacks(dag):
        try:
            callback(dag, task_list, blocking, [miss], late)
        except Exception as error:
            _log.error("sla_miss_callback failed:\n%s", cut_traceback(error))
    if task.email:
        subject = f"[tradewind] SLA miss on DAG {dag.dag_id}"
        send_mail_about(task, subject, f"{call.reason}\n\nTasks that are late:\n{blocking or task_list}")


# ------------------------------------------------------------------------------------ references of one's own


def _ask_references(message: RunTry, call: CallbackCall, dag: Any, context: Any) -> None:
    alerts, specs = alerts_of(dag), deadline_specs(dag)
    for place in map(int, call.detail["places"]):
        since = _evaluated(alerts[place].reference, context["dag_run"])
        if since is not None:
            due_at = in_utc(as_instant(since) + _interval_of(alerts[place]))
            assert due_at is not None
            ports.supervisor().ask(SetDeadline(message.try_id, place, specs[place].name, due_at))


def _evaluated(reference: Any, run: Any) -> datetime | None:
    """What `_evaluate_with` says, called with those of its arguments that we know."""
    offered = {
        "dag_id": run.dag_id,
        "run_id": run.run_id,
        "dag_run": run,
        "logical_date": run.logical_date,
        "session": None,
    }
    names = set(inspect.signature(reference._evaluate_with).parameters) | set(reference.required_kwargs)
    return reference._evaluate_with(**{name: value for name, value in offered.items() if name in names})


def _interval_of(alert: DeadlineAlert) -> timedelta:
    if isinstance(alert.interval, VariableInterval):
        return timedelta(seconds=float(Variable.get(alert.interval.key)))
    return alert.interval if isinstance(alert.interval, timedelta) else timedelta(seconds=float(alert.interval))
