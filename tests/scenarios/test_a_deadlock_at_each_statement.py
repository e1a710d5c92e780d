"""Scenario: "a database deadlock at each statement", of a run from its creation to its end."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.postgres import _kept_schema, postgres_server, postgres_url
from tests.scheduler.conftest import NOW, House, dag, result, task
from tests.store.test_postgres_trouble import Fault

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]  # fixtures
FLOW = dag(task("a"), task("b", "a"))
MANY = 1_000


def play(house: House, fault: Fault, number: int, at: int) -> int:
    """A run whose `at`-th statement from now on meets a deadlock; returns how many statements it took."""
    fault.arm(at)
    key = house.launch(FLOW, f"run{number}", at=NOW + timedelta(minutes=number))
    house.end("a", result("kept"), run_id=key.run_id)
    house.end("b", run_id=key.run_id)
    seen = fault.seen
    fault.arm(-1)
    assert house.run_state(key) == "success", f"a deadlock at statement {at}"
    assert [one.state.value for one in house.other.tries(key)] == ["success", "success"]
    assert [one.task_id for one in house.other.all_xcoms(key)] == ["a"]
    assert house.other.owner_of(key) is None
    return seen


def test_the_run_is_not_disturbed(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Fault(monkeypatch)
    house = House(tmp_path, postgres_url)
    with closing(house.store), closing(house.other):
        play(house, fault, 0, MANY)
        statements = play(house, fault, 1, MANY)
        assert statements > 5

        for at in range(1, statements + 1):
            play(house, fault, at + 1, at)

        assert house.other.check() == []
