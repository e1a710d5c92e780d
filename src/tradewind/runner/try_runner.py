"""One try from its message to its report: a straight line of named steps over one record, the `Attempt`."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import UTC, datetime
from functools import partial
from types import CoroutineType
from typing import Any, cast

from msgspec import structs

from tradewind.authoring import branching, metrics, ports, templates
from tradewind.authoring.aid import Aid, after_success, aids_of
from tradewind.authoring.context import build_context, running
from tradewind.authoring.exceptions import AirflowTaskTerminated, AirflowTaskTimeout, DownstreamTasksSkipped
from tradewind.authoring.ports import Supervisor
from tradewind.authoring.retry_policy import RetryAction, decide, retry_policy_of
from tradewind.authoring.start_triggers import deferred_from_the_start
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.authoring.trigger_arguments import read_arguments
from tradewind.dagfiles.load import LoadedFile
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Expanded, Failed, Outcome, Skipped, Succeeded, TryReport
from tradewind.model.states import TaskState, TryPurpose
from tradewind.model.values import RETURN_KEY, Value
from tradewind.runner.callbacks import Telling, callbacks_of
from tradewind.runner.failure_mail import send_failure_mail, wants_mail
from tradewind.runner.later_callbacks import run_later_callback
from tradewind.runner.lookup import TryCannotRun, has_cache, task_of
from tradewind.runner.mapped_keys import mapped_keys
from tradewind.runner.outcome import outcome_of
from tradewind.runner.progress import ProgressReporter, follow_tqdm
from tradewind.runner.rendered import label_of, rendered_fields
from tradewind.runner.task_instance import RuntimeTaskInstance
from tradewind.runner.timeouts import cancellable, time_limit
from tradewind.runner.tracking import end_tracking, follow_mlflow
from tradewind.runner.values import Values, check_mappable
from tradewind.runner.witness import Witness

_log = logging.getLogger("tradewind.task")


def run_try(
    message: RunTry,
    dag_file: LoadedFile,
    connection: Supervisor,
    report_first: Callable[[TryReport], None] | None = None,
) -> TryReport:
    """Run one task instance once. Never raises for what user code does: that is the report's outcome. `connection` has
    `.ask(request) -> result` and `.tell(notice)` (see `supervisor.SocketSupervisor`); the caller sends the report.

    With `report_first` a report of a try that has callbacks (or a mail) goes out before they are called, so that
    nothing waits for them; its `callbacks` is not 0 then, and it is not to be sent again."""
    ports.install(connection)
    templates.use_files(None if dag_file.module is None else partial(_loader, dag_file.files))
    try:
        task = task_of(message, dag_file)
    except TryCannotRun as error:
        return TryReport(message.try_id, Failed("TryCannotRun", str(error), may_retry=False))
    if message.callback is not None:
        return run_later_callback(message, message.callback, task, dag_file, connection)
    attempt = Attempt(message, dag_file, task, connection)
    metrics.begin(message.try_id)
    report: TryReport | None = None
    with cancellable(attempt.kill_what_it_started):
        outcome = _outcome(attempt)
        end_tracking(outcome)
        if report_first is not None and (count := _count_callbacks(attempt, outcome)):
            report = _report_of(attempt, outcome, count)
            report_first(report)
        _tell_the_author(attempt, outcome)
    if report is None:
        report = _report_of(attempt, outcome, 0)
    metrics.begin(None)
    return report


def _report_of(attempt: Attempt, outcome: Outcome, callbacks: int) -> TryReport:
    _hand_in_what_was_held_back(attempt)
    return TryReport(
        attempt.message.try_id,
        outcome,
        label=attempt.ti.rendered_map_index,
        rendered=attempt.rendered,
        callbacks=callbacks,
        executed_at=attempt.executed_at,
        ran_nothing=attempt.ran_nothing and not callbacks,
    )


def render_try(message: RunTry, dag_file: LoadedFile, connection: Supervisor) -> dict[str, Any]:
    """The template fields of a try, rendered as `run_try` would, without running it: field → plain value, secrets
    masked. Raises TryCannotRun, TemplateError."""
    ports.install(connection)
    templates.use_files(None if dag_file.module is None else partial(_loader, dag_file.files))
    attempt = Attempt(message, dag_file, task_of(message, dag_file), connection)
    with running(attempt.context):
        _prepare(attempt)
        _render(attempt)
    return attempt.rendered or {}


def _loader(files: PinnedFiles, folders: Sequence[str]) -> Any:
    from tradewind.dagfiles.templates import SnapshotLoader  # imports jinja2, which many tasks never need

    return SnapshotLoader(files, folders)


class Attempt:
    """What is known of a try while it runs. `operator` is the task's own copy for this try, once it is made."""

    def __init__(self, message: RunTry, dag_file: LoadedFile, task: Any, supervisor: Supervisor) -> None:
        self.message = message
        self.spec = next(spec for spec in dag_file.specs if spec.dag_id == message.task.dag_id)
        self.task = task
        self.operator: Any = None
        self.supervisor = supervisor
        self.values = Values(message, supervisor)
        self.progress = ProgressReporter(message.try_id, supervisor)
        self.ti = RuntimeTaskInstance(message, task, supervisor, self.values)
        self.context = build_context(message, task, self.ti, progress=self.progress)
        self.ti.context = self.context
        self.telling = Telling(message, supervisor)
        self.result: Any = None
        self.started = time.monotonic()
        self.rendered: dict[str, Any] | None = None
        self.executed_at: datetime | None = None
        """When the task's own code had ended."""
        self.witness = Witness() if has_cache(task) else None
        self.ran_nothing = False

    def kill_what_it_started(self) -> None:
        """The operator's `on_kill`: it stops what the task runs elsewhere. Its own failure is logged only."""
        if self.operator is None:
            return
        try:
            self.operator.on_kill()
        except Exception as error:
            _log.error("on_kill failed:\n%s", cut_traceback(error))

    def describing(self) -> AbstractContextManager[None]:
        return self.values.inputs.describing()

    def pushed(self) -> Mapping[str, Value]:
        return self.values.inputs.all_pushed()

    @property
    def will_be_tried_again(self) -> bool:
        return self.message.try_number < self.message.max_tries


# ------------------------------------------------------------------------------------ the steps


def _outcome(attempt: Attempt) -> Outcome:
    try:
        with running(attempt.context):
            if attempt.message.purpose is TryPurpose.EXPAND:
                return Expanded(_measure(attempt))
            with attempt.witness or nullcontext():
                _prepare(attempt)
                aids = aids_of(attempt.operator)
                reused = _reused(attempt, aids)
            if reused is not None:
                attempt.ran_nothing = attempt.witness is not None and not attempt.witness.saw_own_code
                return reused
            for aid in aids:
                aid.before_rendering(attempt)
            _render(attempt)
            with ExitStack() as around:
                for aid in aids:
                    around.enter_context(aid.around(attempt))
                try:
                    _execute(attempt)
                except DownstreamTasksSkipped as error:
                    branching.skip_tasks(attempt.context, error.tasks)
            outcome = _hand_on(attempt)
            after_success(attempt, aids, attempt.result, outcome, time.monotonic() - attempt.started)
            for done in attempt.ti.when_succeeded:
                done()
            return outcome
    except SystemExit as error:
        # Airflow's rule: sys.exit() and sys.exit(0) are a success without a value, anything else a failure.
        if error.code in (None, 0):
            return Succeeded()
        return _failed(attempt, error)
    except BaseException as error:
        return _failed(attempt, error)


def _reused(attempt: Attempt, aids: Sequence[Aid]) -> Succeeded | None:
    """A resumed try has begun already: what it has done is its own."""
    if attempt.message.resume is not None:
        return None
    for aid in aids:
        if (found := aid.reuse(attempt)) is not None:
            _log.info("not run: %s", found.why)
            attempt.rendered, attempt.ti.rendered_map_index = found.rendered, found.label
            return found.outcome
    return None


def _failed(attempt: Attempt, error: BaseException) -> Outcome:
    if isinstance(error, (AirflowTaskTimeout, KeyboardInterrupt)):
        attempt.kill_what_it_started()
    attempt.context["exception"] = error
    outcome = outcome_of(error)
    policy = retry_policy_of(attempt.operator or attempt.task)
    if policy is None or not isinstance(outcome, Failed) or not outcome.may_retry:
        return outcome
    return _as_the_policy_wants(attempt, outcome, error, policy)


def _as_the_policy_wants(attempt: Attempt, failed: Failed, error: BaseException, policy: Any) -> Failed:
    decision = decide(policy, error, attempt.message.try_number, attempt.message.max_tries, attempt.context)
    if decision.reason:
        _log.info("retry policy: %s (%s)", decision.action.value, decision.reason)
    wait = decision.retry_delay
    return structs.replace(
        failed,
        may_retry=decision.action is not RetryAction.FAIL,
        retry_after_seconds=None if wait is None else wait.total_seconds(),
    )


def _measure(attempt: Attempt) -> int:
    """How many instances the task, or the mapped group around it, becomes: whichever comes next below the map path."""
    scopes, depth = attempt.task.map_scopes(), len(attempt.message.task.map_path)
    if scopes[depth] == attempt.task.task_id:
        return attempt.task.expand_input.length(attempt.context)
    groups = {f"{group.group_id}.": group for group in attempt.task.map_groups()}
    return groups[scopes[depth]].mapped_over.length(attempt.context)


def _prepare(attempt: Attempt) -> None:
    """The operator of this try: a copy, so that rendering leaves the DAG's own as it was written."""
    operator = attempt.task.instance_for(attempt.context)
    attempt.operator = attempt.ti.task = attempt.context["task"] = operator


def _render(attempt: Attempt) -> None:
    operator, context = attempt.operator, attempt.context
    if operator.template_fields:
        operator.render_template_fields(context)
        attempt.rendered = rendered_fields(operator)
    attempt.ti.rendered_map_index = label_of(operator, context)


def _execute(attempt: Attempt) -> None:
    operator, context = attempt.operator, attempt.context
    limit = operator.execution_timeout
    attempt.telling.call_all(operator, "on_execute_callback", context)
    follow_tqdm(attempt.progress)
    follow_mlflow(attempt.message)
    try:
        with time_limit(None if limit is None else limit.total_seconds()):
            operator.pre_execute(context)
            attempt.result = _awaited(_call(attempt))
            operator.post_execute(context, attempt.result)
    finally:
        follow_tqdm(None)
        attempt.executed_at = datetime.now(UTC)
    # A label may name what the task put into its context.
    attempt.ti.rendered_map_index = label_of(operator, context) or attempt.ti.rendered_map_index


def _call(attempt: Attempt) -> Any:
    resume = attempt.message.resume
    if resume is None:
        if (deferred := deferred_from_the_start(attempt.operator, attempt.context)) is not None:
            raise deferred
        return attempt.operator.execute(attempt.context)
    return attempt.operator.resume_execution(resume.method, read_arguments(resume.kwargs), attempt.context)


def _awaited(result: Any) -> Any:
    """What an `async def execute` gives is run to its end here."""
    if type(result) is not CoroutineType:
        return result
    import asyncio  # 30 ms, for the few tasks that need it

    return asyncio.run(cast("CoroutineType[Any, Any, Any]", result))


def _hand_on(attempt: Attempt) -> Succeeded:
    """Encode the result and say what the engine has to know of a success."""
    operator, result, ti = attempt.operator, attempt.result, attempt.ti
    value: Value | None = None
    more: tuple[tuple[str, Value], ...] = ()
    _check_what_others_map_over(attempt)
    if operator.do_xcom_push and result is not None:
        if operator.multiple_outputs:
            more = attempt.values.encode_entries(result)
        value = attempt.values.encode(result, "the task's return value")
    return Succeeded(
        value, more, ti.branch_followed, ti.short_circuited, _outlet_events(attempt) if operator.outlets else None
    )


def _outlet_events(attempt: Attempt) -> Any:
    return attempt.context["outlet_events"].as_plain() or None


def _check_what_others_map_over(attempt: Attempt) -> None:
    message, result = attempt.message, cast("object", attempt.result)
    for key in mapped_keys(attempt.spec, message.task.task_id):
        if key == RETURN_KEY:
            check_mappable(result, message.max_map_length)
        elif isinstance(result, Mapping) and key in result:
            check_mappable(cast("Mapping[Any, Any]", result)[key], message.max_map_length)


# ------------------------------------------------------------------------------------ after the task


def _tell_the_author(attempt: Attempt, outcome: Outcome) -> None:
    """Their callbacks and their mail. Nothing that happens here changes the outcome."""
    try:
        _notify(attempt, outcome)
    except (Exception, SystemExit, AirflowTaskTerminated) as error:
        _log.error("the end of this try could not be told: %s", error)


def _notify(attempt: Attempt, outcome: Outcome) -> None:
    task, ti, context = attempt.operator or attempt.task, attempt.ti, attempt.context
    match outcome:
        case Succeeded():
            ti.end(TaskState.SUCCESS)
            _log.info("succeeded after %.3f s", ti.duration)
            attempt.telling.call_all(task, "on_success_callback", context)
        case Skipped(message=text):
            ti.end(TaskState.SKIPPED)
            _log.info("skipped: %s", text)
            attempt.telling.call_all(task, "on_skipped_callback", context)
        case Failed():
            _notify_failure(attempt, outcome)
        case _:
            pass


def _notify_failure(attempt: Attempt, failed: Failed) -> None:
    task, ti = attempt.operator or attempt.task, attempt.ti
    _log.error("%s", failed.traceback or f"{failed.error_type}: {failed.message}")
    is_retry = _will_retry(attempt, failed)
    ti.end(TaskState.UP_FOR_RETRY if is_retry else TaskState.FAILED)
    _log.error("try %d of %d failed after %.3f s", ti.try_number, attempt.message.max_tries, ti.duration)
    attempt.telling.call_all(task, "on_retry_callback" if is_retry else "on_failure_callback", attempt.context)
    if wants_mail(task, is_retry=is_retry):
        attempt.telling.call("email", lambda: send_failure_mail(task, ti, failed, is_retry=is_retry))


def _will_retry(attempt: Attempt, failed: Failed) -> bool:
    return failed.may_retry and attempt.will_be_tried_again


def _count_callbacks(attempt: Attempt, outcome: Outcome) -> int:
    """How many will be called for this end of the try, a mail included."""
    task = attempt.operator or attempt.task
    match outcome:
        case Succeeded():
            return len(callbacks_of(task, "on_success_callback"))
        case Skipped():
            return len(callbacks_of(task, "on_skipped_callback"))
        case Failed():
            is_retry = _will_retry(attempt, outcome)
            name = "on_retry_callback" if is_retry else "on_failure_callback"
            return len(callbacks_of(task, name)) + wants_mail(task, is_retry=is_retry)
        case _:
            return 0


def _hand_in_what_was_held_back(attempt: Attempt) -> None:
    attempt.progress.flush()
    metrics.flush()
    attempt.values.inputs.tell_reads()
