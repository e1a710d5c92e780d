"""What PostgreSQL does to a store: deadlocks, cut connections, lost answers, restarts. Nothing is lost, nothing twice."""

from __future__ import annotations

import itertools
import select
import threading
from contextlib import closing

import psycopg
import pytest

from tests.postgres import _kept_schema, own_postgres, postgres_server, postgres_url
from tests.store.making import LATER, NOW, RUN, SECOND, a_try, claim, created, moved, run_moved, xcom
from tradewind.model.changes import MetricLogged, TryChanged, XComStored
from tradewind.model.ids import RunKey
from tradewind.model.service import Topic
from tradewind.model.states import TaskState, TryState
from tradewind.store import open_store
from tradewind.store.errors import StaleStateError, StoreError
from tradewind.store.postgres import database
from tradewind.store.postgres.connection import PostgresConnection

__all__ = ["_kept_schema", "own_postgres", "postgres_server", "postgres_url"]  # fixtures

BATCH = (
    run_moved("queued", "running"),
    moved("t", TaskState.NONE, TaskState.QUEUED, try_id="try1", try_number=1),
    a_try(),
    TryChanged("try1", TryState.QUEUED, TryState.RUNNING),
    moved("t", TaskState.QUEUED, TaskState.RUNNING, try_id="try1", try_number=1),
    XComStored(RUN, xcom("t", artifact="k")),
    MetricLogged("try1", "loss", 0.5),
)


class Fault:
    """What happens to the n-th statement from now on, on any connection of this process."""

    def __init__(self, monkeypatch):
        self.at = -1
        self.seen = 0
        self.happen = self.deadlock
        fault = self

        class Faulty(PostgresConnection):
            def execute(self, sql, parameters=(), /):
                fault.look(self)
                return super().execute(sql, parameters)

            def executemany(self, sql, parameters, /):
                fault.look(self)
                return super().executemany(sql, parameters)

            def say(self, sql):
                if sql != "ROLLBACK":
                    fault.look(self)
                return super().say(sql)

        monkeypatch.setattr(database, "PostgresConnection", Faulty)

    def arm(self, at):
        self.at, self.seen = at, 0

    def look(self, connection):
        self.seen += 1
        if self.seen == self.at:
            self.happen(connection)

    @staticmethod
    def deadlock(connection):
        raise psycopg.errors.DeadlockDetected("deadlock detected")

    @staticmethod
    def cut(connection):
        """The server ends the session: the statement that comes now fails."""
        with psycopg.connect(connection.raw.info.dsn, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.raw.info.backend_pid,))


@pytest.fixture
def fault(monkeypatch):
    return Fault(monkeypatch)


def operations(store):
    """Each changes something, and can be told to have happened once."""
    yield "commit", lambda: store.commit(BATCH, who="tester", now=LATER), lambda: len(store.history(RUN)) == 6
    yield "claim", lambda: claim(store, "me"), lambda: store.owner_of(RUN).owner_id == "me"
    yield "variable", lambda: store.set_variable("v", "1"), lambda: store.get_variable("v") == "1"
    yield "request", lambda: store.add_request("x", RUN, {}, who="ada", now=NOW), lambda: True
    yield "taken", lambda: len(store.take_requests([RUN])), lambda: True
    yield "read", lambda: store.load_run(RUN), lambda: True
    yield "released", lambda: store.release_run(RUN, owner_id="me"), lambda: store.owner_of(RUN) is None
    yield "deleted", lambda: store.delete_run(RUN), lambda: store.run(RUN) is None


@pytest.mark.parametrize("happening", ["deadlock", "cut"])
def test_at_each_statement_of_each_operation(postgres_url, postgres_server, home, fault, happening):
    """Whatever statement it hits, the operation happens once, and is not seen to have failed."""
    fault.happen = getattr(Fault, happening)
    names = [name for name, *_ in _counted(postgres_url, home, fault)]
    counts = dict(_counted(postgres_url, home, fault))
    assert names == list(counts)
    for target in names:
        for at in range(1, counts[target] + 1):
            with closing(_prepared(postgres_url, home)) as store:
                for name, operate, has_happened in operations(store):
                    fault.arm(at if name == target else -1)
                    result = operate()
                    fault.arm(-1)
                    assert has_happened(), (name, at)
                    assert name != "taken" or result == 1, (name, at)


def _counted(url, home, fault):
    """(operation, statements it takes)."""
    with closing(_prepared(url, home)) as store:
        for name, operate, has_happened in operations(store):
            fault.arm(-1)
            operate()
            yield name, fault.seen
            assert has_happened()


def _prepared(url, home):
    store = open_store(url, home=home)
    store.reset(even_if_owned_by=["me"])
    store.commit([created()], who="tester", now=NOW)
    return store


def lose_the_answer(connection):
    """The commit arrives, its answer does not."""
    PostgresConnection.say(connection, "COMMIT")
    connection.raw.close()


def lose_the_question(connection):
    connection.raw.close()


@pytest.mark.parametrize("loss", [lose_the_answer, lose_the_question])
def test_a_commit_whose_answer_is_lost_happens_once(postgres_url, home, monkeypatch, loss):
    with closing(_prepared(postgres_url, home)) as store:
        _once(monkeypatch, loss)
        store.commit(BATCH, who="tester", now=LATER)
        assert len(store.history(RUN)) == 6
        assert len(store.metrics(RUN)) == 1


@pytest.mark.parametrize("loss", [lose_the_answer, lose_the_question])
def test_it_is_asked_for_when_the_same_comes_again(postgres_url, home, monkeypatch, loss):
    """Scenario: the database stays away for longer than the store waits; the scheduler comes again with its batch."""
    with closing(_prepared(postgres_url, home)) as store:
        monkeypatch.setattr(database, "SETTLE_SECONDS", 0.0)
        connect = store._connect
        _once(monkeypatch, loss)
        monkeypatch.setattr(store, "_connect", _unreachable)
        with pytest.raises(StoreError, match="middle of a commit") as caught:
            store.commit(BATCH, who="tester", now=LATER)
        assert caught.value.may_pass
        monkeypatch.setattr(store, "_connect", connect)
        store.commit(BATCH, who="tester", now=LATER)
        assert len(store.history(RUN)) == 6
        with pytest.raises(StaleStateError):
            store.commit(BATCH, who="tester", now=LATER)


def _once(monkeypatch, loss):
    lost = []

    def say(connection, sql):
        if sql == "COMMIT" and not lost:
            lost.append(1)
            loss(connection)
            raise psycopg.OperationalError("the connection is closed")
        return original(connection, sql)

    original = PostgresConnection.say
    monkeypatch.setattr(PostgresConnection, "say", lambda connection, sql: say(connection, sql))
    monkeypatch.setitem(globals(), "PostgresConnection", type("Plain", (), {"say": staticmethod(original)}))


def _unreachable():
    raise StoreError("the database cannot be reached", may_pass=True)


def test_a_real_deadlock_is_solved(postgres_url, home):
    """Two processes write two runs, each in the other's order."""
    keys = [RUN, SECOND]
    with closing(_prepared(postgres_url, home)) as store:
        store.commit([created(SECOND, None)], who="tester", now=NOW)
    barrier, problems = threading.Barrier(2, timeout=60), []

    def write(order):
        try:
            with closing(open_store(postgres_url, home=home)) as mine:
                for number in range(25):
                    barrier.wait()
                    changes = [
                        moved(f"{order}{number}", TaskState.NONE, TaskState.QUEUED, run=key) for key in keys[::order]
                    ]
                    mine.commit(changes, who="tester", now=NOW)
        except BaseException as error:
            problems.append(error)
            barrier.abort()

    threads = [threading.Thread(target=write, args=(order,)) for order in (1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with closing(open_store(postgres_url, home=home)) as store:
        assert [len(store.tasks(key)) for key in keys] == [50, 50]


def test_restarts_and_crashes_in_the_middle_of_commits(own_postgres, home):
    """A writer with patience writes all it has to, each once, while the server is stopped and killed under it."""
    key, has_ended, done, problems = RunKey("a_dag", "busy"), threading.Event(), itertools.count(), []
    written = 0

    def patiently(call):
        while True:
            try:
                return call()
            except StoreError as error:
                if not error.may_pass:
                    raise
                has_ended.wait(0.02)

    def write():
        nonlocal written
        try:
            with closing(open_store(own_postgres.url, home=home)) as store:
                patiently(lambda: store.commit([created(key)], who="tester", now=NOW))
                while not has_ended.is_set():
                    change = [moved(f"t{next(done)}", TaskState.NONE, TaskState.QUEUED, run=key)]
                    patiently(lambda change=change: store.commit(change, who="tester", now=NOW))
                    written += 1
        except BaseException as error:
            problems.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    for end in (own_postgres.stop, own_postgres.kill, own_postgres.stop, own_postgres.kill):
        before = written
        while written < before + 20 and not problems:
            has_ended.wait(0.01)
        end()
        own_postgres.start()
    before = written
    while written < before + 5 and not problems:
        has_ended.wait(0.01)
    has_ended.set()
    writer.join()
    assert problems == []
    with closing(open_store(own_postgres.url, home=home)) as store:
        assert len(store.tasks(key)) == written
        assert len(store.history(key)) == written + 1
        assert store.check() == []


def test_too_many_connections_may_pass(own_postgres, home):
    own_postgres.settings["max_connections"] = "6"
    own_postgres.restart()
    store = open_store(own_postgres.url, home=home)
    guests = [psycopg.connect(own_postgres.url) for _ in range(5)]
    store.close()
    guests.append(psycopg.connect(own_postgres.url))
    with pytest.raises(StoreError, match="no connection left") as caught:
        open_store(own_postgres.url, home=home)
    assert caught.value.may_pass
    assert "max_connections" in str(caught.value)
    for guest in guests:
        guest.close()
    open_store(own_postgres.url, home=home).close()


def test_a_listener_hears_everything_after_a_restart(own_postgres, home):
    with closing(open_store(own_postgres.url, home=home)) as store:
        listener = store.listen([Topic.RUNS, Topic.POOLS])
        own_postgres.restart()
        heard = set()
        while heard != {Topic.RUNS, Topic.POOLS}:
            assert select.select([listener.fileno()], [], [], 60)[0]
            heard |= listener.heard()
        heard = set()
        while Topic.RUNS not in heard:
            store.ring(Topic.RUNS)
            if select.select([listener.fileno()], [], [], 1)[0]:
                heard |= listener.heard()
        listener.close()


@pytest.mark.parametrize(
    ("url", "says", "may_pass"),
    [
        ("postgresql://ada:hunter22@127.0.0.1:1/x", "cannot be reached", True),
        ("postgresql://ada:hunter22@/x?host=/nowhere", "cannot be reached", True),
    ],
)
def test_a_database_that_is_not_there(home, url, says, may_pass):
    with pytest.raises(StoreError, match=says) as caught:
        open_store(url, home=home)
    assert caught.value.may_pass is may_pass
    assert "hunter22" not in str(caught.value)


def test_a_database_that_does_not_exist_says_what_to_do(postgres_server, home):
    with pytest.raises(StoreError, match="no such database") as caught:
        open_store(postgres_server.url.replace("/postgres", "/nope"), home=home)
    assert "createdb" in str(caught.value)
    assert not caught.value.may_pass


def test_null_characters_are_kept_as_text(postgres_url, home):
    with closing(_prepared(postgres_url, home)) as store:
        store.commit([run_moved("queued", "running")], who="a\0b", now=NOW)
        assert store.history(RUN)[-1].who == "a\\0b"
        several = [moved(task, TaskState.NONE, TaskState.SKIPPED, why="\\u0000 and \0") for task in "tu"]
        store.commit(several, who="a", now=NOW)
        assert [row.why for row in store.history(RUN)[-2:]] == ["\\u0000 and \\0"] * 2
