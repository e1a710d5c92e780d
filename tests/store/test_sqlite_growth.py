"""What the service asks again and again costs the same however long the history: counted in steps of SQLite's machine,
which unlike seconds are the same on every computer."""

from __future__ import annotations

import itertools
import shutil
from contextlib import closing
from datetime import timedelta

import pytest

from tests.store.conformance_assets import ORDERS, asset, consumer, save, update
from tests.store.conformance_backfills import deadline
from tests.store.conformance_deferrals import fire, take, waits
from tests.store.conformance_schedules import HOURLY, due, make
from tests.store.making import NOW, RUN, a_try, commit, created, moved, run_moved
from tradewind.model.changes import TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TaskState, TryState
from tradewind.store import open_store
from tradewind.store.sql.coding import to_micros

SHORT, LONG = 100, 3000
TASKS_OF_A_RUN, PAST_ALL = 3, 1000
AFTER_ALL = NOW.replace(year=3000)
QUEUED = RunKey("a_dag", "queued")


def _common(store):
    """A run in mid-flight, one that waits, and a hundred DAGs beside it."""
    save(store, HOURLY, consumer(asset(ORDERS)), *(DagSpec(f"other_{i}") for i in range(100)))
    store.set_next_run("a_dag", HOURLY.hash, due(3))
    commit(store, created(), run_moved("queued", "running"), a_try(), waits("t"))
    commit(store, TryChanged("try1", TryState.QUEUED, TryState.RUNNING))
    commit(store, moved("t", TaskState.NONE, TaskState.DEFERRED))
    commit(store, created(QUEUED, None), created(RunKey("reader", "last"), None))
    store.add_deadlines([deadline(), deadline("second")])
    update(store)


def _add_runs(connection, length):
    columns = """dag_id, run_id, state, run_type, run_after, queued_at, dag_hash, snapshot, conf, params, note,
      triggered_by, started_at, ended_at, logical_date"""
    plain, at = b"\x80", to_micros(NOW - timedelta(days=1000))
    rows = [
        ("a_dag", f"h{i}", ("success", "failed")[i % 2], "scheduled", at + i, at, "h", "s", plain, plain, "", "", at, at + i)
        for i in range(length)
    ]  # fmt: skip
    dates = [None if i % 5 == 0 else at + i for i in range(length)]
    values = ", ".join("?" * 15)
    connection.executemany(
        f"INSERT INTO run ({columns}) VALUES ({values})",
        [(*row, date) for row, date in zip(rows, dates, strict=True)],
    )


def _add_what_hangs_on_them(connection, length):
    runs = [row[0] for row in connection.execute("SELECT id FROM run WHERE run_id LIKE 'h%'")]
    assert len(runs) == length
    tasks = [(run, f"t{i}") for run in runs for i in range(TASKS_OF_A_RUN)]
    connection.executemany(
        """INSERT INTO task_instance (run, task_id, map_path, state, try_number, lost_count, tries_before_clear, why)
        VALUES (?, ?, '', 'success', 1, 0, 0, '')""",
        tasks,
    )
    connection.executemany(
        """INSERT INTO try (run, task_id, try_id, map_path, number, state, purpose, executor, pool, pool_slots, log_path,
          queued_at, started_at, ended_at)
        VALUES (?, ?, ?, '', 1, 'success', 'execute', 'local', 'default_pool', 1, '', 1, 1, 1000001)""",
        [(run, task, f"{run}-{task}") for run, task in tasks],
    )
    connection.executemany(
        "INSERT INTO deadline (run, name, due_at, callback) VALUES (?, 'soon', 1, x'80')", [(run,) for run in runs]
    )
    connection.executemany(
        "INSERT INTO asset_event (id, asset, at, extra, source_map_path, who) VALUES (?, 1, 1, x'80', '', '')",
        [(run + PAST_ALL,) for run in runs],
    )
    connection.executemany(
        "INSERT INTO asset_event_use VALUES ('reader', ?, ?)", [(run + PAST_ALL, run) for run in runs]
    )


def slots_of_others(store):
    with store.picking("me") as found:
        return found


HOT = {
    "slots of others": slots_of_others,
    "nothing has changed": lambda store: store.schedules(changed_since=AFTER_ALL),
    "one DAG's clock": lambda store: store.schedules(dag_id="a_dag"),
    "what comes next": lambda store: store.set_next_run("a_dag", HOURLY.hash, due(3), held_why="x"),
    "a run by the clock": make,
    "waiting runs": lambda store: store.waiting_runs(),
    "running counts": lambda store: store.running_counts(),
    "a claim": lambda store: store.claim_waiting_runs([(QUEUED, 16)], owner_id="me", pid=1, host="h", now=NOW),
    "failures in a row": lambda store: store.failed_in_a_row("a_dag", at_most=3),
    "active runs": lambda store: store.runs(states=[RunState.QUEUED, RunState.RUNNING]),
    "active runs of a DAG": lambda store: store.runs(dag_id="a_dag", states=[RunState.RUNNING], limit=1),
    "newest runs": lambda store: store.runs(limit=20),
    "newest successes": lambda store: store.runs(states=[RunState.SUCCESS], limit=20),
    "newest failures of a DAG": lambda store: store.runs(dag_id="a_dag", states=[RunState.FAILED], limit=20),
    "the run before": lambda store: store.previous_run(RUN),
    "the success before": lambda store: store.previous_run(RUN, success_only=True),
    "all DAGs": lambda store: store.dags(),
    "claiming what waits": take,
    "what is still deferred": lambda store: store.still_deferred("one"),
    "an event": lambda store: fire(store, 1, who=None),
    "ended deferrals": lambda store: store.ended_deferrals([RUN]),
    "open questions": lambda store: store.approvals(is_open=True),
    "DAGs with waiting events": lambda store: store.dags_with_waiting_events(),
    "waiting events": lambda store: store.waiting_events("reader"),
    "an asset's event": update,
    "newest events": lambda store: store.asset_events(name="orders", limit=10),
    "open deadlines": lambda store: store.open_deadlines(),
    "durations of runs": lambda store: store.run_durations("a_dag"),
    "durations of tasks": lambda store: store.task_durations("a_dag"),
    "a task moves": lambda store: commit(store, moved("t", TaskState.DEFERRED, TaskState.QUEUED)),
    "a run ends": lambda store: commit(store, run_moved("running", "success")),
    "abandoned runs": lambda store: store.abandoned_runs(),
    "active backfills": lambda store: store.backfills(only_active=True),
}


CROWDED = {
    "nothing has changed": HOT["nothing has changed"],
    "a run by the clock": make,
    "a claim": HOT["a claim"],
    "running counts": HOT["running counts"],
    "a few of those nobody holds": lambda store: take(store, "two", limit=5, alive=["one"]),
    "nothing left to take": lambda store: take(store, "two", limit=5, queues=["none"], alive=["one"]),
    "an event": HOT["an event"],
    "ended deferrals": HOT["ended deferrals"],
    "a run's deferrals": lambda store: store.deferrals(QUEUED),
    "a task moves": HOT["a task moves"],
    "a run ends": HOT["a run ends"],
}


def with_history(store, length):
    """A DAG that has run so many times, each time with three tasks, an event and a deadline."""
    _common(store)
    with store._writing() as connection:
        _add_runs(connection, length)
        _add_what_hangs_on_them(connection, length)


def with_a_crowd(store, length):
    """So many DAGs, queued runs, tasks that wait for triggers, nearly all of them held by a triggerer, and tasks whose
    trigger has fired and that want a slot now."""
    _common(store)
    for number in range(length):
        key = RunKey(f"crowd_{number % 50}", f"run {number}")
        commit(store, created(key, None), waits(f"t{number}", run=RUN))
    save(store, *(DagSpec(f"crowd_{number}") for number in range(length)))
    for number in range(length):
        task = f"fired {number}"
        commit(store, waits(task, run=RUN), moved(task, TaskState.NONE, TaskState.DEFERRED))
        commit(store, moved(task, TaskState.DEFERRED, TaskState.SCHEDULED))
    take(store, "one", limit=2 * length - 10)
    with store._writing() as connection:
        connection.execute("UPDATE deferral SET outcome = 'event', ended_at = 1 WHERE task_id LIKE 'fired %'")


@pytest.fixture(scope="module", params=[with_history, with_a_crowd], ids=["history", "crowd"])
def steps(request, tmp_path_factory):
    """What is asked → its steps with little and with much in the store."""
    fill = request.param
    asked = HOT if fill is with_history else CROWDED
    counts: dict[str, list[int]] = {name: [] for name in asked}
    for length in (SHORT, LONG):
        folder = tmp_path_factory.mktemp("home")
        with closing(open_store(f"sqlite:///{folder / 'filled.db'}", home=folder)) as store:
            fill(store, length)
        for name, ask in asked.items():
            counts[name].append(_steps(folder, ask))
    return counts


def _steps(folder, ask):
    """On a copy, so that what one asks changes nothing for the next."""
    shutil.copy(folder / "filled.db", folder / "copy.db")
    with closing(open_store(f"sqlite:///{folder / 'copy.db'}", home=folder)) as store:
        counter = itertools.count()
        store._connection.set_progress_handler(lambda: next(counter) and None, 1)
        ask(store)
        store._connection.set_progress_handler(None, 0)
    return next(counter)


def test_much_in_the_store_costs_what_little_costs(steps):
    grown = {name: (few, many) for name, (few, many) in steps.items() if many > 1.5 * few + 100}
    assert not grown, grown
