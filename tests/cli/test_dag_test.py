"""dag.test() runs a whole DAG in one process and tells what came of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.authoring.taskflow import task
from tradewind.authoring.variables import Variable
from tradewind.model.states import RunState, TaskState


def test_a_dag_runs_to_its_end_with_its_values() -> None:
    with DAG("small", schedule="@daily", start_date=datetime(2026, 1, 1, tzinfo=UTC)) as dag:

        @task
        def numbers(ds: str = "") -> list[int]:
            return [len(ds), 2]

        @task
        def double(n: int) -> int:
            return 2 * n

        @task
        def total(parts: Any) -> int:
            return sum(parts)

        total(double.expand(n=numbers()))

    run = dag.test(logical_date=datetime(2026, 1, 5, tzinfo=UTC))

    assert run.state is RunState.SUCCESS
    assert run.get_task_instance("total").xcom_pull() == 24
    assert run.get_task_instance("double", map_index=1).xcom_pull() == 4
    assert {one.state for one in run.get_task_instances()} == {TaskState.SUCCESS}


def test_retries_come_at_once_and_failures_do_not_raise() -> None:
    tries: list[int] = []
    with DAG("retried", schedule=None) as dag:

        @task(retries=2, retry_delay=timedelta(hours=1))
        def flaky(ti: Any = None) -> None:
            tries.append(ti.try_number)
            if ti.try_number < 2:
                raise ValueError("not yet")

        @task
        def broken() -> None:
            raise ValueError("never")

        @task
        def skipped() -> None:
            raise AirflowSkipException

        flaky() >> [broken(), skipped()]

    run = dag.test()

    assert tries == [1, 2]
    assert run.state is RunState.FAILED
    assert run.get_task_instance("skipped").state is TaskState.SKIPPED
    assert "never" in run.errors["broken", -1]


def test_variables_from_a_file_conf_and_tasks_marked_as_done(tmp_path: Path) -> None:
    file = tmp_path / "variables.json"
    file.write_text(json.dumps({"city": "Ulm", "sizes": [1, 2]}))
    found: list[Any] = []
    with DAG("configured", schedule=None) as dag:

        @task
        def download() -> None:
            raise AssertionError("marked as done")

        @task
        def look(dag_run: Any = None) -> None:
            found.append((Variable.get("city"), Variable.get("sizes", deserialize_json=True), dag_run.conf))

        download() >> look()

    run = dag.test(run_conf={"a": 1}, variable_file_path=str(file), mark_success_pattern="down.*")

    assert run.state is RunState.SUCCESS
    assert found == [("Ulm", [1, 2], {"a": 1})]
    assert Variable.get("city", default_var=None) is None
