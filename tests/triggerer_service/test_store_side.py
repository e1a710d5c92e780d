"""The triggerer's two sides together, on a real store and with real processes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tradewind.dagfiles.load import module_name
from tradewind.dagfiles.snapshot import take_snapshot
from tradewind.model.changes import DeferralForgotten, DeferralMade, RunChanged, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.records import ConnectionRecord
from tradewind.model.service import DeferralOutcome, DeferralRecord, JobKind, Topic
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.model.states import RunState, RunType
from tradewind.model.triggers import RunTriggers
from tradewind.scheduler.answers import Elsewhere
from tradewind.store import open_store
from tradewind.store.base import Store
from tradewind.triggerer_service import store_side
from tradewind.triggerer_service.crew import Crew, blobs_folder, snapshots_of
from tradewind.triggerer_service.place import Place
from tradewind.triggerer_service.sharing import Sharing
from tradewind.triggerer_service.store_side import StoreSide

KEY = RunKey("d", "r")
FILE = "airflow.providers.standard.triggers.file.FileTrigger"
MOST_TURNS = 3000


class Bench:
    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.store: Store = open_store(url or f"sqlite:///{self.home}/tradewind.db", home=self.home)
        now = datetime.now(UTC)
        self.store.commit(
            [
                RunCreated(KEY, "", "", RunType.MANUAL, now, now, now, now),
                RunChanged(KEY, RunState.QUEUED, RunState.RUNNING, ""),
            ],
            who="test",
            now=now,
        )
        self.sides: list[StoreSide] = []

    def triggerer(self, *, capacity: int = 100, elsewhere: Elsewhere | None = None) -> StoreSide:
        template = RunTriggers(None, blobs_folder(self.home), str(self.folder / "artifacts"), 1000)
        place = Place(log_folder=self.folder / "logs", capacity=capacity)
        crew = Crew(template, snapshots_of(self.home))
        side = StoreSide(self.store, crew, place, lambda: datetime.now(UTC), elsewhere=elsewhere)
        self.sides.append(side)
        return side

    def defer(self, task_id: str, trigger: str, *, snapshot: str = "", file: str = "", **kwargs: Any) -> None:
        made = DeferralMade(KEY, task_id, (), f"try of {task_id}", trigger, kwargs, "back", {}, snapshot, file)
        self.store.commit([made], who="test", now=datetime.now(UTC))

    def of(self, task_id: str) -> DeferralRecord:
        return next(one for one in self.store.deferrals(KEY) if one.task_id == task_id)

    def until(self, side: StoreSide, is_so: Callable[[], object]) -> None:
        for _ in range(MOST_TURNS):
            if is_so():
                return
            side.turn()
        raise AssertionError("it did not come to that")

    def is_over(self, task_id: str) -> bool:
        return self.of(task_id).outcome is not None


@pytest.fixture(params=["sqlite", "postgres"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(store_side, "BEAT_SECONDS", 0.05)  # so that a turn never waits long
    made = Bench(tmp_path, request.getfixturevalue("postgres_url") if request.param == "postgres" else None)
    yield made
    for side in made.sides:
        side.stop()
    made.store.close()


def test_an_event_is_written_once(bench: Bench) -> None:
    (bench.folder / "f").touch()
    bench.defer("t", FILE, filepath=str(bench.folder / "f"))
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("t"))
    record = bench.of("t")
    assert (record.outcome, record.event, record.triggerer_id) == (DeferralOutcome.EVENT, True, side.job_id)


def test_what_is_not_wanted_any_more_is_dropped(bench: Bench) -> None:
    bench.defer("t", FILE, filepath="/never")
    side = bench.triggerer()
    bench.until(side, lambda: _running(bench, side) == 1)
    bench.store.commit([DeferralForgotten(KEY, "t", ())], who="test", now=datetime.now(UTC))
    bench.store.ring(Topic.DEFERRALS)
    bench.until(side, lambda: _running(bench, side) == 0)


def test_two_share_the_work_and_each_wait_has_one(bench: Bench) -> None:
    for number in range(6):
        bench.defer(f"t{number}", FILE, filepath="/never")
    one, two = bench.triggerer(capacity=3), bench.triggerer(capacity=5)
    bench.until(one, lambda: _running(bench, one) == 3)
    bench.until(two, lambda: _running(bench, two) == 3)
    holders = [bench.of(f"t{number}").triggerer_id for number in range(6)]
    assert sorted(holders) == sorted([one.job_id] * 3 + [two.job_id] * 3)


def test_one_that_joins_takes_its_share(bench: Bench) -> None:
    for number in range(40):
        bench.defer(f"t{number}", FILE, filepath=str(bench.folder / f"f{number}"))
    first = bench.triggerer()
    bench.until(first, lambda: _running(bench, first) == 40)
    second = bench.triggerer()
    bench.until(first, lambda: _running(bench, first) == 20)
    bench.until(second, lambda: _running(bench, second) == 20)

    for _ in range(5):
        first.turn()
        second.turn()

    assert (_running(bench, first), _running(bench, second)) == (20, 20)
    (bench.folder / "f0").touch()
    (bench.folder / "f39").touch()
    bench.until(first, lambda: bench.is_over("t0"))
    bench.until(second, lambda: bench.is_over("t39"))
    assert [bench.of(task).triggerer_id for task in ("t0", "t39")] == [first.job_id, second.job_id]


@pytest.mark.parametrize(
    ("held", "before", "now", "excess"),
    [
        (100, {}, {}, 0),
        (100, {}, {"a": 0}, 50),
        (100, {"a": 0}, {"a": 0}, 0),
        (100, {"a": 100}, {"a": 100, "b": 0}, 33),
        (100, {"a": 20}, {"b": 0}, 50),
        (30, {"a": 100}, {"a": 100, "b": 0}, 0),
        (12, {}, {"a": 0}, 0),
    ],
    ids=["alone", "one joins", "known", "a third", "another instead", "we hold least", "few"],
)
def test_what_is_handed_over(held: int, before: dict[str, int], now: dict[str, int], excess: int) -> None:
    assert Sharing(before).excess(held, now) == excess


def test_what_one_leaves_another_takes(bench: Bench) -> None:
    bench.defer("t", FILE, filepath=str(bench.folder / "f"))
    first = bench.triggerer()
    bench.until(first, lambda: _running(bench, first) == 1)
    bench.sides.remove(first)
    first.stop()

    second = bench.triggerer()
    bench.until(second, lambda: bench.of("t").triggerer_id == second.job_id)
    (bench.folder / "f").touch()
    bench.until(second, lambda: bench.is_over("t"))


def test_a_triggerer_that_lost_its_lease_begins_anew(bench: Bench) -> None:
    bench.defer("t", FILE, filepath=str(bench.folder / "f"))
    side = bench.triggerer()
    bench.until(side, lambda: _running(bench, side) == 1)
    before = side.job_id
    bench.store.end_job(before, now=datetime.now(UTC))
    bench.until(side, lambda: side.job_id != before and _running(bench, side) == 1)
    (bench.folder / "f").touch()
    bench.until(side, lambda: bench.is_over("t"))
    assert bench.of("t").triggerer_id == side.job_id


def test_a_trigger_that_kills_its_process_is_given_up_and_the_others_go_on(bench: Bench) -> None:
    source = """
import asyncio, os
from tradewind.authoring.triggers import BaseTrigger, TriggerEvent
class Base(BaseTrigger):
    def __init__(self, file): self.file = file
class Kills(Base):
    async def run(self):
        os._exit(9)
        yield
class Waits(Base):
    async def run(self):
        while not os.path.exists(self.file): await asyncio.sleep(0.01)
        yield TriggerEvent("there")
"""
    snapshot = _snapshot(bench, source)
    for task_id, name in (("waits", "mine.Waits"), ("kills", "mine.Kills")):
        made = DeferralMade(
            KEY,
            task_id,
            (),
            f"try of {task_id}",
            name,
            {"file": str(bench.folder / "f")},
            "back",
            {},
            snapshot,
            "mine.py",
        )
        bench.store.commit([made], who="test", now=datetime.now(UTC))
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("kills"))
    assert "died, several times" in bench.of("kills").error
    (bench.folder / "f").touch()
    bench.until(side, lambda: bench.is_over("waits"))


def test_two_versions_of_a_trigger_never_meet(bench: Bench) -> None:
    for number in (1, 2):
        source = f"""
from tradewind.authoring.triggers import BaseTrigger, TriggerEvent
class Version(BaseTrigger):
    async def run(self): yield TriggerEvent({number})
"""
        snapshot = _snapshot(bench, source)
        bench.defer(f"t{number}", "mine.Version", snapshot=snapshot, file="mine.py")
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("t1") and bench.is_over("t2"))
    assert [bench.of("t1").event, bench.of("t2").event] == [1, 2]


def test_a_snapshot_that_is_gone_fails_the_wait(bench: Bench) -> None:
    bench.defer("t", "mine.Trigger", snapshot="no-such", file="mine.py")
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("t"))
    assert "no-such" in bench.of("t").error


def test_triggers_ask_for_variables_and_connections(bench: Bench) -> None:
    source = """
from airflow.models import Variable
from airflow.hooks.base import BaseHook
from airflow.triggers.base import BaseTrigger, TriggerEvent
import asyncio
class Asks(BaseTrigger):
    async def run(self):
        host = await asyncio.to_thread(BaseHook.get_connection, "c")
        yield TriggerEvent([Variable.get("v"), host.host])
"""
    bench.store.set_variable("v", "seven", None)
    bench.store.set_connection(ConnectionRecord("c", host="there"))
    bench.defer("t", "mine.Asks", snapshot=_snapshot(bench, source), file="mine.py")
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("t"))
    assert bench.of("t").event == ["seven", "there"]


class SlowVault:
    """Answers once it is let."""

    def __init__(self) -> None:
        self.was_asked, self.may_answer = threading.Event(), threading.Event()

    def variable(self, key: str) -> str | None:
        self.was_asked.set()
        assert self.may_answer.wait(600)
        return f"the vault's {key}"

    def connection(self, conn_id: str) -> str | None:
        return None

    def is_at_hand(self, kind: str, key: str) -> bool:
        return False


def test_a_trigger_that_asks_a_slow_vault_keeps_no_other_waiting(bench: Bench) -> None:
    source = """
from airflow.models import Variable
from airflow.triggers.base import BaseTrigger, TriggerEvent
class Asks(BaseTrigger):
    async def run(self):
        yield TriggerEvent(Variable.get("v"))
"""
    vault = SlowVault()
    bench.defer("asks", "mine.Asks", snapshot=_snapshot(bench, source), file="mine.py")
    bench.defer("other", FILE, filepath=str(bench.folder / "f"))
    side = bench.triggerer(elsewhere=vault)
    bench.until(side, vault.was_asked.is_set)
    (bench.folder / "f").touch()
    bench.until(side, lambda: bench.is_over("other"))
    assert not bench.is_over("asks")
    vault.may_answer.set()
    bench.until(side, lambda: bench.is_over("asks"))
    assert bench.of("asks").event == "the vault's v"


def test_two_classes_of_a_dag_file_that_takes_its_time_are_both_found(bench: Bench) -> None:
    """They are asked for together: the second must not be looked for in a module that is half imported."""
    source = """
import time
from airflow.triggers.base import BaseTrigger, TriggerEvent
class First(BaseTrigger):
    async def run(self):
        yield TriggerEvent(1)
time.sleep(0.3)
class Second(BaseTrigger):
    async def run(self):
        yield TriggerEvent(2)
"""
    snapshot = _snapshot(bench, source)
    for name in ("First", "Second"):
        bench.defer(name, f"{module_name('mine.py')}.{name}", snapshot=snapshot, file="mine.py")
    side = bench.triggerer()
    bench.until(side, lambda: bench.is_over("First") and bench.is_over("Second"))
    assert [(bench.of(name).event, bench.of(name).error) for name in ("First", "Second")] == [(1, ""), (2, "")]


def test_a_watcher_updates_its_asset_with_each_event(bench: Bench) -> None:
    path = "airflow.providers.standard.triggers.file.FileDeleteTrigger"
    watcher = {
        "name": "drop",
        "trigger": path,
        "kwargs": {"filepath": str(bench.folder / "drop"), "poke_interval": 0.1},
    }
    asset = {"asset": {"name": "inbox", "uri": "inbox", "group": "asset", "watchers": [watcher]}}
    for dag_id in ("one", "two"):
        spec = DagSpec(dag_id, file="f.py", schedule=ScheduleSpec("assets", assets=asset))
        bench.store.save_dag_version(spec, "", str(bench.folder), "f.py", now=datetime.now(UTC))
        bench.store.set_paused(dag_id, False)
    side = bench.triggerer()
    for count in (1, 2):
        (bench.folder / "drop").touch()
        bench.until(side, lambda count=count: len(bench.store.asset_events(name="inbox")) == count)
    assert bench.store.asset_events(name="inbox")[0].extra == {"from_trigger": True, "payload": True}


def test_a_dead_process_of_triggers_is_replaced(bench: Bench) -> None:
    bench.defer("t", FILE, filepath=str(bench.folder / "f"))
    side = bench.triggerer()
    bench.until(side, lambda: _running(bench, side) == 1)
    child = next(iter(side._crew))
    os.kill(child.process.pid, signal.SIGKILL)
    bench.until(side, lambda: next(iter(side._crew)) is not child)
    (bench.folder / "f").touch()
    bench.until(side, lambda: bench.is_over("t"))


def _running(bench: Bench, side: StoreSide) -> int:
    jobs = {job.job_id: job for job in bench.store.jobs(kind=JobKind.TRIGGERER)}
    return jobs[side.job_id].detail.get("running", 0)


def _snapshot(bench: Bench, source: str) -> str:
    folder = bench.folder / "dags"
    folder.mkdir(exist_ok=True)
    (folder / "mine.py").write_text(source)
    return take_snapshot(folder, bench.home, max_files=100, max_bytes=1 << 20).id
