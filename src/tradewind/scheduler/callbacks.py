"""Which callbacks are called by a process of their own, and the order for it: a DAG's, when its run has ended; a
task's, where the process that should have called it is gone."""

from __future__ import annotations

from msgspec.structs import replace

from tradewind.engine.commands import RunFinished, StartTry
from tradewind.engine.stopping import OUT_OF_TIME
from tradewind.executors.base import TryOrder
from tradewind.model.changes import TryCreated
from tradewind.model.ids import MapPath, TaskId, TaskKey, TryId
from tradewind.model.messages import CallbackCall
from tradewind.model.spec import Resources
from tradewind.model.states import RunState, TaskState, TryPurpose
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.names import log_path
from tradewind.scheduler.orders import Picked, RunnerLimits, order_for
from tradewind.scheduler.translate import LiveTry

CALLBACKS_AT_MOST = 8
"""Each may take `callback_timeout_seconds`; one that cannot be interrupted must not keep its run from being let go."""
OF_RUN_STATE = {RunState.SUCCESS: "on_success_callback", RunState.FAILED: "on_failure_callback"}
ENDED_WITHOUT_PROCESS = {
    TaskState.SUCCESS: "on_success_callback",
    TaskState.FAILED: "on_failure_callback",
    TaskState.SKIPPED: "on_skipped_callback",
}
OF_TASK_STATE = {TaskState.FAILED: "on_failure_callback", TaskState.UP_FOR_RETRY: "on_retry_callback"}


def call_of_run(active: ActiveRun, finished: RunFinished) -> tuple[TaskKey, CallbackCall] | None:
    """The DAG's callback for how its run ended. Its context is that of the first task that failed, else of the DAG's
    last one, as in Airflow."""
    name = OF_RUN_STATE[finished.state]
    if name not in active.spec.callbacks or not active.spec.tasks:
        return None
    failed = next((one for one in active.run.all_instances() if one.state is TaskState.FAILED), None)
    task_id, path = (failed.plan.task_id, failed.path) if failed is not None else (active.spec.tasks[-1].task_id, ())
    key = TaskKey(active.key.dag_id, active.key.run_id, task_id, path)
    return key, CallbackCall(name, of_dag=True, reason=finished.why, word=_word(finished))


def _word(finished: RunFinished) -> str:
    if finished.state is RunState.SUCCESS:
        return "success"
    return "timed_out" if finished.why == OUT_OF_TIME else "task_failure"


def call_of_gone_process(active: ActiveRun, live: LiveTry, why: str) -> tuple[TaskKey, CallbackCall] | None:
    """The callback that the process of this try should have called, had it lived."""
    instance = active.run.instance(live.task.task_id, live.task.map_path)
    name = OF_TASK_STATE.get(instance.state) if instance is not None else None
    task = active.tasks[live.task.task_id]
    if name is None or live.purpose is not TryPurpose.EXECUTE or not _wants_to_know(task.callbacks, name):
        return None
    return live.task, CallbackCall(name, of_dag=False, reason=why)


def call_of_task(active: ActiveRun, task_id: TaskId, path: MapPath, why: str) -> tuple[TaskKey, CallbackCall] | None:
    """The callback for an end that no process of the task has seen."""
    instance = active.run.instance(task_id, path)
    name = ENDED_WITHOUT_PROCESS.get(instance.state) if instance is not None else None
    if name is None or not _wants_to_know(active.tasks[task_id].callbacks, name):
        return None
    return TaskKey(active.key.dag_id, active.key.run_id, task_id, path), CallbackCall(name, of_dag=False, reason=why)


def order_of_call(
    active: ActiveRun, key: TaskKey, call: CallbackCall, try_id: TryId, executor: str, limits: RunnerLimits
) -> Picked:
    """It takes no slot of a pool; it has a log of its own beside those of the run's tasks."""
    owner = "the DAG" if call.of_dag else key.task_id
    path = log_path(active.key, f"{call.name} of {owner}", key.map_path, 1, 0)
    start = StartTry(key.task_id, key.map_path, TryPurpose.CALLBACK, number=1)
    live = LiveTry(try_id, key, 1, TryPurpose.CALLBACK, "default_pool", 0)
    created = TryCreated(
        try_id=try_id,
        run=active.key,
        task_id=key.task_id,
        map_path=key.map_path,
        number=1,
        purpose=TryPurpose.CALLBACK,
        executor=executor,
        pool="default_pool",
        pool_slots=0,
        log_path=path,
    )
    return Picked(live, created, _order(active, start, try_id, path, limits, call))


def _order(
    active: ActiveRun, start: StartTry, try_id: TryId, path: str, limits: RunnerLimits, call: CallbackCall
) -> TryOrder:
    order = order_for(active, start, try_id, path, limits)
    instance = active.run.instance(start.task_id, start.map_path)
    number = max(1, instance.try_number) if instance is not None else 1
    message = replace(order.message, callback=call, try_number=number)
    if call.word:  # the run has ended, and its facts are those of its start
        message = replace(message, run=replace(message.run, state=active.run.state))
    return replace(
        order,
        message=message,
        resources=Resources(),
        reuse=None,
        time_limit_seconds=CALLBACKS_AT_MOST * limits.callback_timeout_seconds,
    )


def _wants_to_know(callbacks: tuple[str, ...], name: str) -> bool:
    return name in callbacks or "email" in callbacks
