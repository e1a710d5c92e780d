"""A database as the first version left it, with a run in mid-flight: it is upgraded and goes on, and can be taken back."""

from __future__ import annotations

import importlib
import sqlite3
from contextlib import closing

import msgspec
import pytest
from alembic import command

from tests.store.making import LATER, NOW, RUN, claim, commit, moved, run_moved
from tradewind.model.changes import TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetXComs
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunState, TaskState, TryState
from tradewind.model.values import Value
from tradewind.store import open_store
from tradewind.store.migrate import config_for
from tradewind.store.sql.coding import encode_json, encode_plain, to_micros
from tradewind.store.sqlite.connection import HEAD

OURS = 0x7477
OLD, NEW = DagSpec("a_dag"), DagSpec("a_dag", tasks=(TaskSpec("t", "@task"),))
AT = to_micros(NOW)


def first_revision():
    return importlib.import_module("tradewind.store.migrations.versions.0001_first")


@pytest.fixture
def file(home):
    """A run of two tasks: one has ended, the other's try is running and its process is alive."""
    file = home / "tradewind.db"
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.executescript(first_revision().SCRIPT)
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        raw.execute("INSERT INTO alembic_version VALUES ('0001')")
        raw.execute(f"PRAGMA application_id = {OURS}")
        _fill(raw)
    return file


def _fill(raw):
    def insert(table, *rows):
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    summary = encode_json({"tags": [], "owners": ["me"], "description": "", "schedule": "None"})
    versions = [("a_dag", one.hash, msgspec.msgpack.encode(one), AT + place) for place, one in enumerate((OLD, NEW))]
    plain = encode_plain({})
    started, not_started = (None, None, None, AT, AT, AT, AT, None), (None, None, None, AT, AT, None, None, None)
    owner, nobody = ("me", 42, "h", 3, AT), (None, None, None, 0, None)
    value = msgspec.msgpack.encode(Value("json", "int", 1, "h", inline=b"1", length=None))
    insert("dag", ("a_dag", "/root", "f.py", NEW.hash, "s2", 0, AT, None, summary))
    insert("dag_version", *versions)
    insert(
        "run",
        (5, "a_dag", "run 1", "running", "manual", *started, OLD.hash, "s1", plain, plain, "", "ada", *owner),
        (7, "a_dag", "run 2", "queued", "manual", *not_started, NEW.hash, "s2", plain, plain, "", "", *nobody),
    )
    tries = [(name, 5, name, "", 1, state, "execute", "local", "default_pool", 1, "l", AT, AT) for name, state in TASKS]
    insert("try", *((*one, None, 9, "h", None, None, None, "", None, None, None) for one in tries))
    insert(
        "task_instance", *((5, name, "", state, name, 1, 0, 0, None, AT, None, None, "why") for name, state in TASKS)
    )
    insert("xcom", (1, 5, "a", "", "", "return_value", "a", None, value))
    insert("history", (1, 5, AT, "me", "run", None, None, None, None, "queued", "created"))
    insert("pool", ("default_pool", 128, "", 0))
    insert("request", (1, "cancel", "a_dag", "run 1", plain, "ada", AT))


TASKS = (("a", "success"), ("b", "running"))


def _rows(file, columns=None):
    """Table → its rows, of the columns it had in the first version."""
    with closing(sqlite3.connect(file)) as raw:
        columns = columns or _columns(raw)
        return columns, {
            table: sorted(raw.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
            for table, names in columns.items()
        }


def _columns(raw):
    tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    names = [name for (name,) in tables if name != "alembic_version"]
    return {name: [f'"{row[1]}"' for row in raw.execute(f"PRAGMA table_info({name})")] for name in names}


def _open(file):
    return open_store(f"sqlite:///{file}", home=file.parent)


def test_every_row_is_kept(file):
    columns, before = _rows(file)
    with closing(_open(file)) as store:
        assert (store.revision(), store.check()) == (HEAD, [])
    assert _rows(file, columns)[1] == before


def test_the_run_goes_on(file):
    with closing(_open(file)) as store:
        assert store.owner_of(RUN).epoch == 3
        assert [one.try_id for one in store.load_run(RUN).live_tries] == ["b"]
        ended = TryChanged("b", TryState.RUNNING, TryState.SUCCESS, rendered={"x": "1"})
        moves = (ended, moved("b", TaskState.RUNNING, TaskState.SUCCESS), run_moved("running", "success"))
        store.commit(moves, who="me", now=LATER, epochs={RUN: 3})
        assert store.run(RUN).state is RunState.SUCCESS
        assert store.tries(RUN, "b")[0].rendered == {"x": "1"}
        assert len(store.xcoms(GetXComs("b", ("a",)), RUN)) == 1
        assert [one.kind for one in store.take_requests([RUN])] == ["cancel"]


def test_what_waits_may_begin(file):
    second = RunKey("a_dag", "run 2")
    with closing(_open(file)) as store:
        assert [one.run_id for one in store.waiting_runs()] == ["run 2"]
        assert dict(store.running_counts()) == {"a_dag": 1}
        assert store.claim_waiting_runs([(second, 2)], owner_id="you", pid=1, host="h", now=LATER) == [1]
        assert claim(store, "you", run=second) == 2


def test_versions_get_numbers_and_snapshots(file):
    with closing(_open(file)) as store:
        (clock,) = store.schedules()
        assert (clock.dag_hash, clock.snapshot, clock.changed_at, clock.next_run_after) == (NEW.hash, "s2", NOW, None)
        assert store.save_dag_version(DagSpec("a_dag", description="3"), "s3", "/root", "f.py", now=NOW)
        assert store.schedules()[0].changed_at > NOW
        versions = [(one.number, one.hash, one.snapshot) for one in store.dag_versions("a_dag")]
        assert versions[1:] == [(2, NEW.hash, "s2"), (1, OLD.hash, "s1")]
        assert versions[0][0] == 3


def test_it_can_be_taken_back(file):
    columns, before = _rows(file)
    shape = _shape(file)
    with closing(_open(file)) as store:
        commit(store, run_moved("queued", "running", RunKey("a_dag", "run 2")))
    command.downgrade(config_for(f"sqlite:///{file}"), "0001")
    now_columns, after = _rows(file)
    assert now_columns == columns
    assert {name: rows for name, rows in after.items() if name not in ("run", "history")} == {
        name: rows for name, rows in before.items() if name not in ("run", "history")
    }
    assert [row[3] for row in after["run"]] == ["running", "running"]
    assert _shape(file) == shape
    with closing(_open(file)) as store:
        assert store.revision() == HEAD


def _shape(file):
    with closing(sqlite3.connect(file)) as raw:
        return sorted(row[0] for row in raw.execute("SELECT type || ' ' || name FROM sqlite_master"))


def test_a_new_database_has_nothing_of_the_service_at_the_first_revision(tmp_path):
    command.upgrade(config_for(f"sqlite:///{tmp_path / 'x.db'}"), "head")
    command.downgrade(config_for(f"sqlite:///{tmp_path / 'x.db'}"), "0001")
    with closing(sqlite3.connect(tmp_path / "first.db")) as raw:
        raw.executescript(first_revision().SCRIPT)
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    ours, first = _shape(tmp_path / "x.db"), _shape(tmp_path / "first.db")
    assert [one for one in ours if "sqlite_autoindex" not in one] == [
        one for one in first if "sqlite_autoindex" not in one
    ]
