"""What a task sees of itself and of the runs before: `context["ti"]` and `context["dag_run"]`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from tradewind.authoring.dag import DAG
from tradewind.model.messages import GetRun, GetTaskStates
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState, RunType
from tradewind.operators.python import PythonOperator
from tradewind.runner.in_process import MemorySupervisor

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
EARLIER = datetime(2026, 1, 4, 6, tzinfo=UTC)


class WithHistory(MemorySupervisor):
    """One run came before, in which task `t` failed."""

    def ask(self, request: Any) -> Any:
        match request:
            case GetRun(which="previous"):
                return msgspec.to_builtins(earlier_run())
            case GetRun():
                return None
            case GetTaskStates(run_ids=("earlier",)):
                return [{"run_id": "earlier", "task_id": "t", "map_path": [], "state": "failed"}]
            case GetTaskStates():
                return [{"run_id": "now", "task_id": "m", "map_path": [n], "state": "success"} for n in range(3)]
            case _:
                return super().ask(request)


def earlier_run() -> RunRecord:
    return RunRecord(
        "dag", "earlier", RunState.FAILED, RunType.SCHEDULED, EARLIER, EARLIER, NOW, NOW, None, NOW, NOW, "", ""
    )


@pytest.fixture
def seen(workshop: Any) -> Callable[[Callable[[Any], Any]], Any]:
    """What a function of the task instance finds when it is called inside the task."""

    def see(look: Callable[[Any], Any]) -> Any:
        found: list[Any] = []
        with DAG("dag", schedule=None) as dag:
            PythonOperator(task_id="t", python_callable=lambda ti: found.append(look(ti)), retries=2, queue="q")
        workshop.supervisor = WithHistory()
        workshop.run(dag, "t", logical_date=NOW, try_number=2, conf={"a": 1})
        return found[0]

    return see


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (lambda ti: (ti.dag_id, ti.task_id, ti.run_id, ti.map_index), ("dag", "t", "test_run", -1)),
        (lambda ti: (ti.try_number, ti.max_tries, ti.queue, ti.pool), (2, 2, "q", "default_pool")),
        (lambda ti: ti.key, ("dag", "t", "test_run", 2, -1)),
        (lambda ti: (ti.operator, ti.state, ti.duration, ti.end_date), ("PythonOperator", "running", None, None)),
        (lambda ti: ti.logical_date.subtract(days=1).day, 4),
        (lambda ti: ti.execution_date == ti.dag_run.logical_date == NOW, True),
        (lambda ti: ti.dag_run.conf, {"a": 1}),
        (lambda ti: ti.get_dagrun().run_id, "test_run"),
        (lambda ti: ti.get_template_context()["ti"] is ti, True),
        (lambda ti: ti.start_date.timezone_name, "UTC"),
        (lambda ti: ti.get_previous_dagrun().run_id, "earlier"),
        (lambda ti: ti.get_previous_dagrun(state="success"), None),
        (lambda ti: ti.previous_ti.state, "failed"),
        (lambda ti: ti.get_previous_execution_date() == EARLIER, True),
        (lambda ti: ti.previous_ti_success, None),
        (lambda ti: ti.get_ti_count("dag", task_ids=["m"], states=["success"]), 3),
        (lambda ti: ti.get_task_states("dag")["now"]["m_1"], "success"),
        (lambda ti: [one.map_index for one in ti.dag_run.get_task_instances()], [0, 1, 2]),
        (lambda ti: ti.dag_run.get_task_instance("m", map_index=2).state, "success"),
    ],
)
def test_what_a_task_sees(seen: Any, look: Callable[[Any], Any], expected: Any) -> None:
    assert seen(look) == expected
