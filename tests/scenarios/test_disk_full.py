"""Scenario: "disk full": the service's patience is endless, and the disk has room again after a while."""

from __future__ import annotations

import pytest
from tests.scheduler.conftest import House, dag, result, task

from tradewind.scheduler.patience import Endless


def test_the_service_goes_on_once_there_is_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real database that cannot grow; what a task handed on meanwhile is kept, and what follows from it happens."""
    key = house.launch(dag(task("a"), task("b", "a")))
    connection = house.store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    patience, waits = house.scheduler._patiently, []
    monkeypatch.setattr(patience, "_waits_seconds", Endless())

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 20:  # somebody has deleted something
            connection.execute(f"PRAGMA max_page_count = {pages + 1_000}")

    monkeypatch.setattr(patience, "_pause", pause)

    house.end("a", result("x" * 1_000_000))

    assert len(waits) == 20
    assert house.states(key) == {"a": "success", "b": "queued"}
    (kept,) = house.other.all_xcoms(key)
    assert kept.value.inline == b"x" * 1_000_000
    house.end("b")
    assert house.run_state(key) == "success"
    assert house.other.check() == []
