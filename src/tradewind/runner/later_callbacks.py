"""A try with purpose CALLBACK: calls what no try of a task could call. The DAG's callbacks, once its run has ended; a
task's, where its process was killed or lost."""

from __future__ import annotations

import logging

from tradewind.authoring.context import build_context, running
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.ports import Supervisor
from tradewind.authoring.task import AbstractTask
from tradewind.dagfiles.load import LoadedFile
from tradewind.model.messages import CallbackCall, RunTry
from tradewind.model.outcomes import Failed, Succeeded, TryReport
from tradewind.model.states import TaskState
from tradewind.runner import deadline_callbacks
from tradewind.runner.callbacks import Telling
from tradewind.runner.failure_mail import send_failure_mail, wants_mail
from tradewind.runner.progress import ProgressReporter
from tradewind.runner.task_instance import RuntimeTaskInstance
from tradewind.runner.values import Values

_log = logging.getLogger("tradewind.task")
STATE_AFTER = {
    "on_failure_callback": TaskState.FAILED,
    "on_retry_callback": TaskState.UP_FOR_RETRY,
    "on_success_callback": TaskState.SUCCESS,
    "on_skipped_callback": TaskState.SKIPPED,
}
FAILURES = ("on_failure_callback", "on_retry_callback")


def run_later_callback(
    message: RunTry, call: CallbackCall, task: AbstractTask, dag_file: LoadedFile, supervisor: Supervisor
) -> TryReport:
    """Its context is that of the message's task, with `reason` and, after a failure, `exception`, as in Airflow: of a
    DAG, the reason is Airflow's word, the exception has ours. A callback that fails is logged and changes nothing."""
    ti = RuntimeTaskInstance(message, task, supervisor, Values(message, supervisor))
    context = build_context(message, task, ti, progress=ProgressReporter(message.try_id, supervisor))
    ti.context = context
    context["reason"] = call.word or call.reason
    if call.name in deadline_callbacks.NAMES:
        _log.info("%s of the DAG: %s", call.name, call.reason)
        deadline_callbacks.run_deadline_callback(message, call, dag_file.dags[message.task.dag_id], task, context)
        return TryReport(message.try_id, Succeeded())
    ti.end(STATE_AFTER[call.name])
    if call.name in FAILURES:
        context["exception"] = AirflowException(call.reason)
    owner = dag_file.dags[message.task.dag_id] if call.of_dag else task
    _log.info("%s of %s: %s", call.name, "the DAG" if call.of_dag else task.task_id, call.reason)
    telling = Telling(message, supervisor)
    with running(context):
        telling.call_all(owner, call.name, context, whose="the DAG's " if call.of_dag else "")
        is_retry = call.name == "on_retry_callback"
        if not call.of_dag and call.name in FAILURES and wants_mail(task, is_retry=is_retry):
            failed = Failed("Lost", call.reason)
            telling.call("email", lambda: send_failure_mail(task, ti, failed, is_retry=is_retry))
    return TryReport(message.try_id, Succeeded())
