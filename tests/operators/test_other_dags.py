"""TriggerDagRunOperator against a supervisor that answers as the test says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tradewind.authoring import ports
from tradewind.authoring.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
    DagNotFound,
    DagRunAlreadyExists,
    TaskDeferred,
)
from tradewind.authoring.ports import EnvironmentSupervisor
from tradewind.model.messages import GetRuns, TriggerRun
from tradewind.operators.trigger_dagrun import TriggerDagRunOperator


class Starter(EnvironmentSupervisor):
    """Starts runs; `states` are what the run is found in, one after the other."""

    def __init__(self, outcome: str = "created", states: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.outcome, self.states = outcome, list(states)
        self.orders: list[TriggerRun] = []

    def ask(self, request: Any) -> Any:
        if isinstance(request, TriggerRun):
            self.orders.append(request)
            return {"outcome": self.outcome, "run_id": request.run_id or "made", "state": "success", "ended_at": "old"}
        if isinstance(request, GetRuns):
            state = self.states.pop(0)
            return [{"run_id": "made", "state": state, "ended_at": "old" if state == "success before" else None}]
        return super().ask(request)


@pytest.fixture
def starter():
    def install(*args: Any, **more: Any) -> Starter:
        found = Starter(*args, **more)
        ports.install(found)
        return found

    yield install
    ports.install(None)


@pytest.fixture
def run(context_of):
    """Execute the operator; returns what it pushed."""

    def execute(**arguments: Any) -> dict[str, Any]:
        task = TriggerDagRunOperator(task_id=f"t{id(arguments)}", trigger_dag_id="other", **arguments)
        context, pushed = context_of(task), {}
        context["ti"].id = "try1"
        context["ti"].xcom_push = lambda key, value: pushed.__setitem__(key, value)
        task.execute(context)
        return pushed

    return execute


def test_the_order_it_gives(dag, starter, run):
    given = starter()

    pushed = run(
        trigger_run_id="mine",
        logical_date="2026-01-02T03:04:05+00:00",
        conf={"n": 1},
        reset_dag_run=True,
        fail_when_dag_is_paused=True,
        note="why",
    )

    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    order = TriggerRun("try1", "other", "mine", at, None, {"n": 1}, "why", reset=True, fail_when_paused=True)
    assert given.orders == [order]
    assert pushed == {"trigger_run_id": "mine", "trigger_logical_date_iso": at.isoformat()}


@pytest.mark.parametrize(
    ("outcome", "arguments", "error"),
    [
        ("no_dag", {}, DagNotFound),
        ("paused", {"fail_when_dag_is_paused": True}, AirflowException),
        ("exists", {}, DagRunAlreadyExists),
        ("exists", {"skip_when_already_exists": True}, AirflowSkipException),
    ],
)
def test_where_no_run_is_started(dag, starter, run, outcome, arguments, error):
    starter(outcome)

    with pytest.raises(error):
        run(**arguments)


def test_waiting_here(dag, starter, run):
    given = starter(states=("queued", "running", "success"))

    run(wait_for_completion=True, deferrable=False, poke_interval=0.001)

    assert not given.states


def test_the_old_end_of_a_run_that_is_reset_is_not_taken_for_its_new_one(dag, starter, run):
    given = starter("reset", states=("success before", "success before", "running", "success"))

    run(reset_dag_run=True, wait_for_completion=True, deferrable=False, poke_interval=0.001)

    assert not given.states


def test_a_run_that_fails_fails_the_task_that_waits_for_it(dag, starter, run):
    starter(states=("failed",))

    with pytest.raises(AirflowException, match="failed state failed"):
        run(wait_for_completion="True", deferrable=False, poke_interval=0.001)


def test_what_ends_the_waiting_is_the_authors_choice(dag, starter, run):
    starter(states=("failed",))

    run(wait_for_completion=True, deferrable=False, poke_interval=0.001, allowed_states=["failed"], failed_states=[])


def test_waiting_in_the_triggerer(dag, starter, context_of, run):
    starter()
    with pytest.raises(TaskDeferred) as deferred:
        run(wait_for_completion=True)

    path, arguments = deferred.value.trigger.serialize()
    assert path.endswith("DagStateTrigger")
    assert (arguments["run_ids"], arguments["states"]) == (["made"], ["success", "failed"])
    task = TriggerDagRunOperator(task_id="again", trigger_dag_id="other", wait_for_completion=True)
    task.execute_complete(context_of(task), (path, {**arguments, "made": "success"}))
    with pytest.raises(AirflowException, match="failed state"):
        task.execute_complete(context_of(task), (path, {**arguments, "made": "failed"}))


@pytest.mark.parametrize("conf", [{"when": datetime(2026, 1, 1)}, [1, 2], "no json"], ids=["object", "list", "text"])
def test_a_conf_that_is_no_json_object(dag, starter, run, conf):
    starter()

    with pytest.raises(AirflowException, match="conf"):
        run(conf=conf)


def test_airflow_1s_function_that_decides(dag, starter, run):
    given = starter()

    def decide(context: Any, order: Any) -> Any:
        order.payload = {"from": context["ds"]}
        order.run_id = "chosen"
        return order

    run(python_callable=decide)
    run(python_callable=lambda context, order: None)

    assert [(order.run_id, order.conf) for order in given.orders] == [("chosen", {"from": "2025-01-02"})]


def test_outside_of_tradewind_it_says_so(dag, run):
    with pytest.raises(AirflowFailException, match="nobody is here"):
        run()
