"""Every way a task can end, and what the report says of it."""

from __future__ import annotations

import email
import json
import os
import signal
import socket
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tradewind.authoring.context import get_current_context
from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import (
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    DownstreamTasksSkipped,
    TaskDeferred,
)
from tradewind.authoring.metrics import log_metric
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.secrets import mask_secret, masker
from tradewind.model.messages import LogMetric, LogMetrics, Progress, Resume
from tradewind.model.outcomes import Deferred, Failed, Rescheduled, Skipped, Succeeded
from tradewind.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from tradewind.runner.in_process import loaded_from
from tradewind.runner.lookup import TryCannotRun
from tradewind.runner.try_runner import run_try

FOREVER = threading.Event()


def task_dag(function: Any, **arguments: Any) -> DAG:
    with DAG("ends", schedule=None) as dag:
        PythonOperator(task_id="t", python_callable=function, **arguments)
    return dag


def raising(error: BaseException) -> Any:
    def fail() -> None:
        raise error

    return fail


def test_a_return_value_is_handed_on_and_none_is_not(workshop: Any) -> None:
    dag = task_dag(lambda: {"a": [1, 2.5, None]})
    outcome = workshop.run(dag, "t")
    assert isinstance(outcome, Succeeded)
    assert workshop.value(dag, "t") == {"a": [1, 2.5, None]}

    assert workshop.run(task_dag(lambda: None), "t") == Succeeded()


def test_do_xcom_push_false_hands_nothing_on(workshop: Any) -> None:
    assert workshop.run(task_dag(lambda: 7, do_xcom_push=False), "t") == Succeeded()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AirflowSkipException("not today"), Skipped("not today")),
        (
            AirflowRescheduleException(datetime(2026, 1, 1, tzinfo=UTC)),
            Rescheduled(datetime(2026, 1, 1, tzinfo=UTC)),
        ),
    ],
)
def test_ends_that_are_no_failure(workshop: Any, error: BaseException, expected: Any) -> None:
    assert workshop.run(task_dag(raising(error)), "t") == expected


@pytest.mark.parametrize(
    ("error", "kind", "may_retry", "text"),
    [
        (ValueError("too small"), "ValueError", True, "too small"),
        (AirflowFailException("no use"), "AirflowFailException", False, "no use"),
        (AirflowSensorTimeout("waited"), "AirflowSensorTimeout", False, "waited"),
        (SystemExit(3), "SystemExit", True, "sys.exit(3)"),
        (KeyboardInterrupt(), "KeyboardInterrupt", True, "cancelled"),
        (MemoryError(), "MemoryError", True, "ran out of memory"),
    ],
)
def test_failures(workshop: Any, error: BaseException, kind: str, may_retry: bool, text: str) -> None:
    outcome = workshop.run(task_dag(raising(error)), "t")
    assert isinstance(outcome, Failed)
    assert (outcome.error_type, outcome.may_retry) == (kind, may_retry)
    assert text in outcome.message
    assert "test_try_runner.py" in outcome.traceback
    assert "runner/try_runner.py" not in outcome.traceback


def test_sys_exit_zero_is_a_success_without_a_value(workshop: Any) -> None:
    assert workshop.run(task_dag(lambda: sys.exit(0)), "t") == Succeeded()


def test_an_endless_recursion_fails_with_a_short_traceback(workshop: Any) -> None:
    def deep() -> None:
        deep()

    outcome = workshop.run(task_dag(deep), "t")
    assert outcome.error_type == "RecursionError"
    assert len(outcome.traceback) < 2_000


def test_an_error_whose_text_fails_is_still_reported(workshop: Any) -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise ZeroDivisionError

    outcome = workshop.run(task_dag(raising(Broken())), "t")
    assert "whose text cannot be made" in outcome.message


class Returning(BaseOperator):
    def __init__(self, make: Any, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.make = make

    def execute(self, context: Any) -> Any:
        return self.make()


@pytest.mark.parametrize(
    ("make", "text"),
    [(lambda: (n for n in range(3)), "list("), (threading.Lock, "lock"), (lambda: {"k": threading.Lock()}, "lock")],
)
def test_a_value_that_cannot_be_handed_on_says_so(workshop: Any, make: Any, text: str) -> None:
    with DAG("ends", schedule=None) as dag:
        Returning(task_id="t", make=make)
    outcome = workshop.run(dag, "t")
    assert isinstance(outcome, Failed)
    assert outcome.error_type == "SerializationError"
    assert text in outcome.message


def test_an_async_function_is_run_to_its_end(workshop: Any) -> None:
    async def later() -> int:
        return 5

    dag = task_dag(later)
    workshop.run(dag, "t")
    assert workshop.value(dag, "t") == 5


class Killable(BaseOperator):
    killed: list[str] = []

    def execute(self, context: Any) -> None:
        self.work()
        FOREVER.wait(20)

    def work(self) -> None: ...

    def on_kill(self) -> None:
        self.killed.append(self.task_id)


class Terminated(Killable):
    def work(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_task_over_its_time_limit_is_killed_and_may_be_tried_again(workshop: Any) -> None:
    with DAG("ends", schedule=None) as dag:
        Killable(task_id="slow", execution_timeout=timedelta(seconds=0.02))
    outcome = workshop.run(dag, "slow")
    assert (outcome.error_type, outcome.timed_out, outcome.may_retry) == ("AirflowTaskTimeout", True, True)
    assert Killable.killed.pop() == "slow"


def test_a_cancelled_task_kills_what_it_started(workshop: Any) -> None:
    with DAG("ends", schedule=None) as dag:
        Terminated(task_id="cancelled")
    outcome = workshop.run(dag, "cancelled")
    assert "cancelled" in outcome.message
    assert Killable.killed.pop() == "cancelled"


class SmallTrigger:
    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "somewhere.SmallTrigger", {"seconds": 3}


def test_a_deferral_carries_the_trigger_and_where_to_go_on(workshop: Any) -> None:
    error = TaskDeferred(trigger=SmallTrigger(), method_name="back", kwargs={"a": 1}, timeout=timedelta(minutes=1))
    assert workshop.run(task_dag(raising(error)), "t") == Deferred(
        "somewhere.SmallTrigger", {"seconds": 3}, "back", {"a": 1}, 60.0
    )


class Resumed(BaseOperator):
    def execute(self, context: Any) -> None:
        raise AssertionError("a resumed task does not begin again")

    def back(self, context: Any, event: Any = None, a: int = 0) -> Any:
        return [event, a]


def test_a_deferred_task_goes_on_in_its_method_with_the_event(workshop: Any) -> None:
    with DAG("ends", schedule=None) as dag:
        Resumed(task_id="t")
    workshop.run(dag, "t", resume=Resume("back", {"a": 1, "event": "done"}))
    assert workshop.value(dag, "t") == ["done", 1]


def test_multiple_outputs_are_values_of_their_own(workshop: Any) -> None:
    dag = task_dag(lambda: {"a": 1, "b": [2]}, multiple_outputs=True)
    workshop.run(dag, "t")
    assert (workshop.value(dag, "t", key="a"), workshop.value(dag, "t", key="b")) == (1, [2])
    assert workshop.value(dag, "t") == {"a": 1, "b": [2]}


@pytest.mark.parametrize(("value", "text"), [([1], "expected dictionary"), ({1: 2}, "keys must be strings")])
def test_multiple_outputs_of_anything_else_are_an_error(workshop: Any, value: Any, text: str) -> None:
    outcome = workshop.run(task_dag(lambda: value, multiple_outputs=True), "t")
    assert isinstance(outcome, Failed)
    assert text in outcome.message


def test_secrets_are_masked_in_errors_and_rendered_fields(workshop: Any) -> None:
    def fail(word: str) -> None:
        raise ValueError(f"could not log in with {word}")

    mask_secret("correct-horse")
    try:
        outcome = workshop.run(task_dag(fail, op_args=["correct-horse"]), "t")
    finally:
        masker().reset()
    assert "correct-horse" not in outcome.message + outcome.traceback
    assert workshop.report.rendered["op_args"] == ["***"]


def test_a_file_that_does_not_give_the_task_again_says_so(workshop: Any) -> None:
    dag = task_dag(lambda: 1)
    workshop.run(dag, "t")
    other = DAG("other", schedule=None)
    message = workshop.supervisor.last_message

    outcome = run_try(message, loaded_from(other), workshop.supervisor).outcome
    assert isinstance(outcome, Failed)
    assert (outcome.error_type, outcome.may_retry) == (TryCannotRun.__name__, False)
    assert "no DAG 'ends'" in outcome.message


# ------------------------------------------------------------------------------------ what the author is told


def test_callbacks_see_the_end_and_one_that_fails_changes_nothing(workshop: Any) -> None:
    seen: list[Any] = []

    def broken(context: Any) -> None:
        raise ZeroDivisionError

    def note(name: str) -> Any:
        return lambda context: seen.append((name, context["ti"].state, str(context.get("exception") or "")))

    every = {
        f"on_{name}_callback": [broken, note(name)] for name in ("execute", "success", "failure", "retry", "skipped")
    }
    ends: list[Any] = [lambda: 1, raising(ValueError("x")), raising(AirflowSkipException("y"))]
    for end in ends:
        workshop.run(task_dag(end, retries=0, **every), "t")
    workshop.run(task_dag(raising(ValueError("z")), retries=1, **every), "t")

    assert [entry for entry in seen if entry[0] != "execute"] == [
        ("success", "success", ""),
        ("failure", "failed", "x"),
        ("skipped", "skipped", "y"),
        ("retry", "up_for_retry", "z"),
    ]
    assert [entry[0] for entry in seen].count("execute") == 4


def test_a_failure_mail_goes_to_the_tasks_addresses(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            received.append(envelope)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(smtp_connection("127.0.0.1", port)))
        arguments = {"email": ["a@example.com", "b@example.com"], "retries": 1, "email_on_retry": False}
        workshop.run(task_dag(raising(ValueError("<oops>")), **arguments), "t", try_number=1)
        workshop.run(task_dag(raising(ValueError("<oops>")), **arguments), "t", try_number=2)
    finally:
        server.stop()
    (mail,) = received
    assert mail.rcpt_tos == ["a@example.com", "b@example.com"]
    text = email.message_from_bytes(mail.content).as_string()
    assert "Tradewind alert: ends.t test_run [failed]" in text


def smtp_connection(host: str, port: int) -> dict[str, Any]:
    extra = {"disable_ssl": True, "disable_tls": True, "from_email": "tradewind@example.com"}
    return {"conn_type": "smtp", "host": host, "port": port, "extra": extra}


# ------------------------------------------------------------------------------------ what the engine is told


def test_a_branch_says_whom_to_follow_and_a_short_circuit_how_far_it_skips(workshop: Any) -> None:
    with DAG("ends", schedule=None) as dag:
        after = [PythonOperator(task_id=name, python_callable=lambda: None) for name in ("a", "b")]
        BranchPythonOperator(task_id="branch", python_callable=lambda: "b") >> after
        ShortCircuitOperator(task_id="stop", python_callable=lambda: False) >> after
    assert workshop.run(dag, "branch").followed == ("b",)
    assert workshop.run(dag, "stop").short_circuit == "all"


def test_tasks_may_name_the_downstream_that_is_to_be_skipped(workshop: Any) -> None:
    with DAG("ends", schedule=None) as dag:
        after = [PythonOperator(task_id=name, python_callable=lambda: None) for name in ("a", "b")]
        first = PythonOperator(task_id="t", python_callable=raising(DownstreamTasksSkipped(tasks=["a"])))
        first >> after
    assert workshop.run(dag, "t") == Succeeded(followed=("b",))


def test_an_on_kill_that_fails_leaves_the_callbacks_their_turn(workshop: Any) -> None:
    class Unkillable(Killable):
        def on_kill(self) -> None:
            raise ZeroDivisionError

    told: list[str] = []
    with DAG("ends", schedule=None) as dag:
        Unkillable(
            task_id="t",
            execution_timeout=timedelta(seconds=0.02),
            on_failure_callback=lambda context: told.append(type(context["exception"]).__name__),
        )
    workshop.run(dag, "t")
    assert told == ["AirflowTaskTimeout"]


def test_progress_and_metrics_are_told_while_the_task_runs(workshop: Any) -> None:
    def train(progress: Any) -> None:
        for epoch in progress([1, 2], description="epochs"):
            log_metric("loss", 1 / epoch, step=epoch)

    workshop.run(task_dag(train), "t")
    try_id = workshop.report.try_id
    told = [(one.try_id, (one.name, one.value, one.step)) for one in workshop.told(LogMetric)]
    told += [(one.try_id, point) for one in workshop.told(LogMetrics) for point in one.points]
    assert told == [(try_id, ("loss", 1.0, 1)), (try_id, ("loss", 0.5, 2))]
    assert workshop.told(Progress)[-1] == Progress(try_id, 2, 2, "epochs")


def test_context_is_at_hand_in_the_function_and_its_threads(workshop: Any) -> None:
    found: list[Any] = []

    def work() -> None:
        thread = threading.Thread(target=lambda: found.append(get_current_context()["ti"].task_id))
        thread.start()
        thread.join()
        found.append(get_current_context()["ti"].task_id)

    workshop.run(task_dag(work), "t")
    assert found == ["t", "t"]


def test_rendering_leaves_the_dags_own_operator_as_it_was_written(workshop: Any) -> None:
    dag = task_dag(lambda day: day, op_args=["{{ ds }}"])
    workshop.run(dag, "t", logical_date=datetime(2026, 1, 2, tzinfo=UTC))
    assert workshop.value(dag, "t") == "2026-01-02"
    assert workshop.report.rendered["op_args"] == ["2026-01-02"]
    assert dag.get_task("t").op_args == ["{{ ds }}"]


def test_a_template_that_fails_names_the_field(workshop: Any) -> None:
    outcome = workshop.run(task_dag(lambda day: day, op_args=["{{ nothing.at.all }}"]), "t")
    assert isinstance(outcome, Failed)
    assert "op_args" in outcome.message
