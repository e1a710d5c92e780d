"""Scenario: "two schedulers of different versions"."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing

from tests.end_to_end.conftest import Place
from tests.end_to_end.service import SLOW, Up, let_go

from tradewind.model.service import JobKind


def test_an_older_scheduler_leaves_a_newer_database_as_it_is_and_the_right_one_goes_on(place: Place) -> None:
    """A newer version has migrated the database while a run is on its way; its older sibling starts again."""
    up = Up(place)
    up.start("standalone")
    up.wait_until_up()
    up.drop("flow", SLOW)
    place.wait_for_note("begun")
    place.end_everything()
    place.is_quiet()
    known = _revision(place, "from the future")
    before = _rows(place)

    older = place.tradewind("scheduler")

    assert older.code == 1
    older.has("newer version", "upgrade")
    assert "Traceback" not in older.output
    assert _rows(place) == before
    _revision(place, known)
    let_go(place)
    newer = up.start("standalone")
    up.wait_for_end("flow")
    assert place.trace == ["begun", "begun", "done", "after"]
    assert up.pid_of(JobKind.SCHEDULER) not in (0, os.getpid())
    assert up.end(newer, signal.SIGTERM) == 0


def _revision(place: Place, new: str) -> str:
    """What it was."""
    with closing(sqlite3.connect(place.home / "tradewind.db")) as raw, raw:
        (old,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        raw.execute("UPDATE alembic_version SET version_num = ?", (new,))
    return old


def _rows(place: Place) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(place.home / "tradewind.db")) as raw:
        query = "SELECT run_id, state, owner_id FROM run UNION ALL SELECT try_id, state, host FROM try"
        return raw.execute(query).fetchall()
