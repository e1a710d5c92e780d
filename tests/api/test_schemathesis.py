"""Calls made up from the OpenAPI document, sensible and senseless, against an admin's server: none is answered with a
5xx. Destructive ones, too: the home is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup

from tests.api.dags import NOW, queue, save
from tests.api.server import ApiServer, Caller, running
from tradewind import DAG, Asset, Param
from tradewind.api.app import operations
from tradewind.api.operation import Operation
from tradewind.operators.bash import BashOperator

EXAMPLES = 8
"""For each of the operations."""
HERE = {
    "dag_id": "etl",
    "dag_run_id": "r1",
    "run_id": "r1",
    "task_id": "first",
    "map_index": "-1",
    "try_number": "1",
    "version_number": "1",
    "asset_id": "1",
    "pool_name": "default_pool",
    "group_id": "group",
    "backfill_id": "1",
}
"""Names of what there is, so that calls get past the first look."""
SLOW = frozenset({"enqueue_connection_test", "test_connection"})
"""They start processes, and have tests of their own."""
STREAMS = frozenset({"tradewind_live", "tradewind_live_log", "wait_dag_run_until_finished"})


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    home: Path = tmp_path_factory.mktemp("schemathesis") / "home"
    with running(home) as found:
        with DAG("etl", schedule="@daily", start_date=NOW - timedelta(days=9), params={"n": Param(1)}) as etl:
            BashOperator(task_id="first", bash_command="true", outlets=[Asset("raw", uri="s3://raw")])
        save(found.store, etl)
        queue(found.store, "etl")
        yield found


@pytest.fixture(scope="module")
def schema(api: ApiServer) -> Any:
    return schemathesis.openapi.from_url(f"{api.url}/api/openapi.json")


ROWS = [row for row in operations() if row.name not in SLOW | STREAMS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_no_call_breaks_the_server(api: ApiServer, schema: Any, row: Operation) -> None:
    admin = {"authorization": f"Bearer {api.new_token()}"}  # the one before may have been revoked by a call
    assert Caller(api.url, admin).get("/api/tradewind/v1/me").status == 200
    operation = schema[row.path][row.method]
    given = {name: HERE[name] for name in HERE if f"{{{name}}}" in row.path}

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @hypothesis.given(case=operation.as_strategy(), is_here=strategies.booleans())
    def call(case: Any, is_here: bool) -> None:
        if is_here:
            case.path_parameters = {**case.path_parameters, **given}
        answer = case.call(headers=admin, timeout=60, allow_redirects=False)
        try:
            case.validate_response(answer, checks=[not_a_server_error])
        except FailureGroup:
            if answer.status_code not in row.errors:  # 501: has no meaning here; 503: nobody is there to do it
                raise

    call()
