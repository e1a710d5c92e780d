"""What is SQLite's own once it is open: locks, damage, full disks, and surviving a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.store.making import NOW, RUN, a_try, commit, created, xcom
from tradewind.model.changes import XComStored
from tradewind.model.errors import HomeError
from tradewind.model.messages import GetXComs
from tradewind.store import open_store
from tradewind.store.sql import values


def reopen(home):
    return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)


def test_two_connections_see_each_other(store, home):
    other = reopen(home)
    store.commit([created()], who="me", now=NOW)
    assert other.run(RUN) is not None


def test_a_damaged_page_is_found_by_check_or_by_opening(store, home):
    store.commit([created()], who="me", now=NOW)
    store.close()
    with sqlite3.connect(home / "tradewind.db") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (home / "tradewind.db").open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(60_000))
    with pytest.raises(HomeError, match="damaged"):
        _look_through(home)


def _look_through(home):
    opened = reopen(home)
    opened.runs()
    if problems := opened.check():
        raise HomeError(f"damaged: {problems}")


def test_a_lock_that_is_held_too_long(store, home):
    holder = sqlite3.connect(home / "tradewind.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    store._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(HomeError, match="locked"):
        store.commit([created()], who="me", now=NOW)
    holder.execute("ROLLBACK")
    store.commit([created()], who="me", now=NOW)


def test_what_changes_nothing_needs_no_lock(store, home):
    holder = sqlite3.connect(home / "tradewind.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    store._connection.execute("PRAGMA busy_timeout = 50")
    store.commit([], who="me", now=NOW)
    assert store.take_requests([RUN, None]) == []
    holder.execute("ROLLBACK")


def test_rows_without_their_run_and_another_revision_are_found(store, home):
    commit(store, created(), a_try(), XComStored(RUN, xcom("t")))
    with closing(sqlite3.connect(home / "tradewind.db")) as raw, raw:
        raw.execute("DELETE FROM run")  # foreign keys are off here
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    revision, *orphans = store.check()
    assert "0000" in revision
    assert orphans == [
        "2 row(s) of history without their run",
        "1 row(s) of try without their run",
        "1 row(s) of xcom without their run",
    ]


def test_row_ids_of_runs_are_never_used_again(store):
    commit(store, created())
    first = store._connection.execute("SELECT id FROM run").fetchone()
    store.delete_run(RUN)
    commit(store, created())
    assert store._connection.execute("SELECT id FROM run").fetchone() > first


def test_reading_in_order_needs_no_sorting(store):
    """Else each page of a task with 10,000 instances would cost as much as all of them."""
    query = values._all_paths(1, "t", GetXComs("try1", ("t",)))
    plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query[0]}", query[1])]
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in plan), plan


def test_a_full_disk_loses_nothing_that_was_committed(store):
    store.commit([created()], who="me", now=NOW)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(HomeError, match="full"):
        _fill(store)
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.run(RUN) is not None
    assert store.check() == []


def _fill(store):
    for i in range(10_000):
        store.set_variable(f"k{i}", "x" * 1000)


def test_a_read_only_file(store, home):
    store.close()
    script = f"""
import os
from pathlib import Path
from tradewind.store import open_store
from tradewind.model.errors import HomeError
open_store("sqlite:///:memory:", home=Path("."))
os.setegid(65534), os.seteuid(65534)
try:
    open_store("sqlite:///{home}/tradewind.db", home=Path("{home}")).set_paused("x", True)
except HomeError as error:
    print("refused:", error)
"""
    for folder in (home, *list(home.parents)[:3]):
        folder.chmod(0o755)
    (home / "tradewind.db").chmod(0o444)
    if os.geteuid() != 0:
        pytest.skip("needs root to become somebody else")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "refused:" in done.stdout


WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from tests.store.making import created
from tradewind.model.ids import RunKey
from tradewind.store import open_store
store = open_store(f"sqlite:///{sys.argv[1]}/tradewind.db", home=Path(sys.argv[1]))
for i in range(1_000_000):
    store.commit([created(RunKey("d", str(i)), None)], who="w", now=datetime.now(UTC))
    print(i, flush=True)
"""


@pytest.mark.parametrize("after", [3, 40])
def test_a_kill_in_the_middle_loses_no_commit_that_was_acknowledged(home, after):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True)
    acknowledged = -1
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged == after:
            writer.send_signal(signal.SIGKILL)
            break
    for line in writer.stdout:
        if line.strip().isdigit() and line.endswith("\n"):
            acknowledged = int(line)
    writer.wait()
    store = reopen(home)
    assert store.run(type(RUN)("d", str(acknowledged))) is not None
    assert store.check() == []
