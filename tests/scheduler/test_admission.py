"""Which queued runs begin, and when; what others and crashes leave; what people ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.scheduler.conftest import NOW, House, created_run, dag, result, task
from tradewind.engine.run import Bounds
from tradewind.model.changes import RunChanged, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.outcomes import Failed, Succeeded
from tradewind.model.requests import Cancel, Clear, Fork, Mark, MarkRun, Trigger, Wish, kind_and_payload
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.model.spec import DagSpec, ParamSpec
from tradewind.model.states import RunState, RunType, TryState
from tradewind.scheduler.admission import Admission
from tradewind.scheduler.due import DueRuns
from tradewind.scheduler.failing import PauseFailing
from tradewind.scheduler.forking import make_forks
from tradewind.scheduler.heartbeat import LEASE, Heartbeat
from tradewind.scheduler.news import News
from tradewind.scheduler.outside import PastOfOthers
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.requests import Requests
from tradewind.scheduler.rescue import Rescue
from tradewind.scheduler.service import LeaseLostError
from tradewind.scheduler.specs import Specs
from tradewind.store.errors import StoreError

ALL = frozenset(Topic)


class Gate:
    """A scheduler with the duties that bring runs to it."""

    def __init__(self, house: House) -> None:
        self.house, self.store = house, house.store
        self.store.now = lambda: house.now  # pyright: ignore[reportAttributeAccessIssue]
        self.start()

    def start(self) -> None:
        """A new process; the one before is gone where it was ended."""
        house = self.house
        house.restart()
        self.owner: Owner = house.scheduler._roster._owner
        specs = Specs(self.store)
        mine = (self.store, house.scheduler, specs, self.owner, Bounds)
        self.heartbeat = Heartbeat(self.store, _job(self.owner, house.now), dict[str, Any])
        self.due = DueRuns(self.store, specs)
        self.admission = Admission(*mine, self.due.newest_of)
        self.rescue = Rescue(*mine, look_every=timedelta(seconds=1))
        self.requests = Requests(*mine)
        self.failing = PauseFailing(self.store, specs)
        self.past = PastOfOthers(house.scheduler)
        house.scheduler.observe(self.failing.note)
        house.scheduler.observe(News(self.store.ring))

    def die(self) -> None:
        self.heartbeat.end(self.house.now)

    def add(self, spec: DagSpec) -> DagSpec:
        self.store.save_dag_version(spec, "snapshot", "/dags", f"{spec.dag_id}.py", now=self.house.now)
        return spec

    def queue(self, spec: DagSpec, *run_ids: str, **more: Any) -> list[RunKey]:
        made: list[RunCreated] = []
        for number, run_id in enumerate(run_ids):
            at = NOW - timedelta(days=30 - number)
            made.append(replace(created_run(spec, run_id, at=at), **more))
        self.store.commit(made, who="test", now=self.house.now)
        return [one.run for one in made]

    def admit(self, **later: float) -> None:
        self.house.now += timedelta(**later)
        self.due.attend(self.house.now, ALL)
        self.admission.attend(self.house.now, ALL)

    def ask(self, wish: Wish, key: RunKey | None = None, who: str = "ann") -> None:
        kind, payload = kind_and_payload(wish)
        self.house.other.add_request(kind, key, payload, who=who, now=self.house.now)
        self.requests.attend(self.house.now, ALL)

    def run_states(self, *keys: RunKey) -> str:
        return " ".join(self.house.run_state(key) for key in keys)


def _job(owner: Owner, now: Any) -> JobRecord:
    return JobRecord(owner.id, JobKind.SCHEDULER, owner.pid, owner.host, now, now, now + LEASE)


@pytest.fixture
def gate(house: House) -> Gate:
    return Gate(house)


# ---------------------------------------------------------------------------------------------- admission


def test_no_more_runs_go_than_the_dag_allows_the_oldest_first(gate: Gate) -> None:
    spec = gate.add(dag(task("a"), max_active_runs=2))
    keys = gate.queue(spec, "r1", "r2", "r3", "r4")
    gate.admit()
    assert gate.run_states(*keys) == "running running queued queued"
    gate.house.end("a", run_id="r2")
    gate.admit()
    assert gate.run_states(*keys) == "running success running queued"


def test_a_full_dag_holds_up_no_other(gate: Gate) -> None:
    full = gate.add(dag(task("a"), dag_id="full", max_active_runs=1))
    free = gate.add(dag(task("a"), dag_id="free"))
    keys = [*gate.queue(full, "f1", "f2"), *gate.queue(free, "g1")]
    gate.admit()
    assert gate.run_states(*keys) == "running queued running"


def test_the_newest_version_says_how_many_may_go(gate: Gate) -> None:
    spec = gate.add(dag(task("a"), max_active_runs=1))
    keys = gate.queue(spec, "r1", "r2", "r3")
    gate.admit()
    gate.add(dag(task("a"), max_active_runs=3))
    gate.admit()
    assert gate.run_states(*keys) == "running running running"


def test_a_run_for_later_waits_for_its_time(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1", run_after=NOW + timedelta(minutes=10))
    gate.admit()
    assert gate.run_states(key) == "queued"
    assert gate.admission.next_due() == NOW + timedelta(minutes=10)
    gate.admit(minutes=10)
    assert gate.run_states(key) == "running"


def test_runs_of_a_paused_dag_wait_until_it_is_let_go(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.store.set_paused("dag", True)
    gate.admit()
    assert gate.run_states(key) == "queued"
    gate.store.set_paused("dag", False)
    gate.admit()
    assert gate.run_states(key) == "running"


def test_a_queued_run_keeps_its_version_when_its_file_is_edited(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("old"))), "r1")
    gate.add(dag(task("new")))
    gate.admit()
    gate.house.end("old", run_id="r1")
    assert gate.house.states(key) == {"old": "success"}


def test_a_queued_run_goes_on_after_its_dag_is_deleted(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    gate.admit()
    gate.store.retire_dags("/dags", "dag.py", keep=[], now=gate.house.now)
    gate.house.end("a", run_id="r1")
    gate.house.end("b", run_id="r1")
    assert gate.run_states(key) == "success"


def test_a_run_that_cannot_begin_ends_with_its_story_and_the_others_begin(gate: Gate) -> None:
    spec = gate.add(dag(task("a")))
    poisoned, good = gate.queue(spec, "r1", "r2")
    gate.store._connection.execute("UPDATE run SET dag_hash = 'gone' WHERE run_id = 'r1'")
    gate.admit()
    assert gate.run_states(poisoned, good) == "failed running"
    assert gate.house.why(poisoned).startswith("set aside: version gone of DAG 'dag'")
    assert gate.store.owner_of(poisoned) is None


def test_hundreds_begin_in_portions(gate: Gate) -> None:
    for number in range(120):
        gate.queue(gate.add(dag(dag_id=f"dag{number}")), "r")
    gate.admit()
    assert gate.admission.next_due() == gate.house.now
    gate.admit()
    gate.admit()
    assert len(gate.store.runs(states=[RunState.SUCCESS], limit=500)) == 120
    assert gate.admission.next_due() is None


def test_a_run_that_depends_on_the_one_before_waits_in_the_service_and_goes_on_once_that_is_mended(gate: Gate) -> None:
    spec = gate.add(dag(task("a", depends_on_past=True), max_active_runs=1))
    first, second = gate.queue(spec, "r1", "r2")
    gate.admit()
    gate.house.end("a", Failed("Bad", "luck"), run_id="r1")
    gate.admit(days=1)
    assert gate.run_states(first, second) == "failed running"
    gate.ask(Clear(), first)  # it waits for no place of its DAG: the second one waits for it
    assert gate.run_states(first) == "running"
    gate.house.end("a", run_id="r1")
    gate.house.end("a", run_id="r2")
    assert gate.run_states(first, second) == "success success"


def test_a_task_that_depends_on_the_past_goes_on_as_soon_as_that_task_has_ended(gate: Gate) -> None:
    spec = gate.add(dag(task("a", depends_on_past=True), task("long")))
    gate.queue(spec, "r1", "r2")
    gate.admit()
    gate.house.end("a", run_id="r1")
    gate.house.desk.try_of("a", "r2")
    assert gate.house.scheduler.seconds_until_due() is None, "nobody polls"


# ---------------------------------------------------------------------------------------------- rescue


def test_runs_of_a_scheduler_that_died_go_on_where_they_were(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    gate.admit()
    gate.house.end("a", result(), run_id="r1")
    gate.house.desk.try_of("b", "r1")
    gate.die()
    gate.start()
    gate.rescue.attend(gate.house.now, ALL)
    gate.house.desk.try_of("b", "r1")
    gate.house.end("b", run_id="r1")
    assert gate.house.states(key) == {"a": "success", "b": "success"}
    assert [one.state for one in gate.store.tries(key, "b")] == [TryState.LOST, TryState.SUCCESS]


def test_a_run_whose_scheduler_died_before_its_tasks_were_made_begins(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    me = gate.owner
    gate.store.claim_waiting_runs([(key, 1)], owner_id=me.id, pid=me.pid, host=me.host, now=gate.house.now)
    gate.die()
    gate.start()
    gate.rescue.attend(gate.house.now, ALL)
    gate.admit()
    gate.house.end("a", run_id="r1")
    assert gate.run_states(key) == "success"


def test_a_run_that_had_ended_when_its_scheduler_died_is_let_go_and_stays_as_it_is(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.admit()
    gate.store.commit([RunChanged(key, RunState.RUNNING, RunState.FAILED, "cut")], who="test", now=gate.house.now)
    gate.die()
    gate.start()
    gate.rescue.attend(gate.house.now, ALL)
    assert gate.run_states(key) == "failed"
    assert gate.store.owner_of(key) is None
    assert gate.store.load_run(key).live_tries == []


def test_a_run_that_nobody_can_drive_any_more_is_set_aside_and_the_others_are_rescued(gate: Gate) -> None:
    poisoned, good = gate.queue(gate.add(dag(task("a"))), "r1", "r2")
    gate.admit()
    gate.die()
    gate.store._connection.execute("UPDATE run SET dag_hash = 'gone' WHERE run_id = 'r1'")
    gate.start()
    gate.rescue.attend(gate.house.now, ALL)
    assert gate.run_states(poisoned, good) == "failed running"


def test_what_the_database_went_away_in_the_middle_of_is_taken_over_the_next_time(gate: Gate, monkeypatch: Any) -> None:
    """Scenario: the run is claimed, and then nothing can be written. It is ours now, so nobody finds it abandoned; its
    tries are live by their rows, and no slot may be given away that they still have."""
    ended, other = gate.queue(gate.add(dag(task("a"), task("b"))), "r1", "r2")
    gate.admit()
    gate.store.commit([RunChanged(ended, RunState.RUNNING, RunState.FAILED, "cut")], who="test", now=gate.house.now)
    gate.die()
    gate.start()
    with monkeypatch.context() as away:
        away.setattr(gate.store, "commit", _away)
        with pytest.raises(StoreError):
            gate.rescue.attend(gate.house.now, ALL)
    (new,) = gate.queue(gate.add(dag(task("c"), dag_id="new")), "r1")
    gate.admit()
    assert gate.house.states(new) == {}, "it waits until the slots are known"

    gate.rescue.attend(gate.house.now, ALL)

    assert gate.store.owner_of(ended) is None
    assert gate.store.load_run(ended).live_tries == []
    assert gate.run_states(ended, other, new) == "failed running running"
    assert gate.house.states(new) == {"c": "queued"}


def _away(*arguments: Any, **more: Any) -> None:
    raise StoreError("the disk is full", may_pass=True)


def test_rescue_leaves_its_own_runs_alone(gate: Gate) -> None:
    gate.queue(gate.add(dag(task("a"))), "r1")
    gate.admit()
    before = gate.house.desk.try_of("a", "r1")
    gate.rescue.attend(gate.house.now, ALL)
    assert gate.house.desk.try_of("a", "r1") == before
    assert gate.rescue.next_due() == gate.house.now + timedelta(seconds=1)


# ---------------------------------------------------------------------------------------------- heartbeat


def test_the_heartbeat_says_how_late_the_loop_is(gate: Gate) -> None:
    gate.heartbeat.attend(gate.house.now, ALL)
    gate.heartbeat.attend(gate.house.now + timedelta(seconds=3.5), ALL)
    (job,) = gate.store.jobs(kind=JobKind.SCHEDULER)
    assert job.detail["lag_seconds"] == 2.5


def test_a_heartbeat_that_others_no_longer_believe_in_ends_the_service(gate: Gate) -> None:
    gate.die()
    with pytest.raises(LeaseLostError):
        gate.heartbeat.attend(gate.house.now, ALL)


# ---------------------------------------------------------------------------------------------- what keeps failing


def fail(gate: Gate, spec: DagSpec, run_id: str, outcome: Any) -> None:
    gate.queue(spec, run_id, logical_date=None)
    gate.admit(minutes=1)
    gate.house.end("a", outcome, run_id=run_id)
    gate.failing.attend(gate.house.now, ALL)


def test_a_dag_whose_runs_fail_too_often_in_a_row_is_paused_and_the_reason_kept(gate: Gate) -> None:
    spec = gate.add(dag(task("a"), max_consecutive_failed_runs=2))
    bad = Failed("Bad", "luck")
    for run_id, outcome in (("r1", bad), ("r2", Succeeded()), ("r3", bad)):
        fail(gate, spec, run_id, outcome)
    assert not gate.store.schedules(dag_id="dag")[0].is_paused
    fail(gate, spec, "r4", bad)
    assert gate.store.schedules(dag_id="dag")[0].is_paused
    (audit,) = gate.store.audit(dag_id="dag")
    assert (audit.action, audit.detail["why"]) == ("pause", "its last 2 runs failed (max_consecutive_failed_dag_runs)")


# ---------------------------------------------------------------------------------------------- requests


def test_a_run_that_is_triggered_has_its_conf_params_and_who(gate: Gate) -> None:
    gate.add(dag(task("a"), params=(ParamSpec("size", has_default=True, default=1),)))
    gate.ask(Trigger("dag", conf={"size": 3, "x": [1]}, run_id="mine", logical_date=NOW, note="why not"))
    gate.admit()
    run = gate.store.run(RunKey("dag", "mine"))
    assert run is not None
    assert (run.conf, run.params, run.note, run.triggered_by) == ({"size": 3, "x": [1]}, {"size": 3}, "why not", "ann")
    assert (run.run_type, run.logical_date, run.state) == (RunType.MANUAL, NOW, RunState.RUNNING)


@pytest.mark.parametrize("phase", ["queued", "running"])
def test_a_run_is_cancelled_in_each_phase(gate: Gate, phase: str) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    if phase == "running":
        gate.admit()
    gate.ask(Cancel("enough"), key)
    assert gate.run_states(key) == "failed"
    assert gate.house.why(key) == "cancelled by ann: enough"
    assert len(gate.house.desk.cancelled) == (phase == "running")


def test_a_run_that_has_ended_is_cleared_and_runs_again(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    gate.admit()
    gate.house.end("a", run_id="r1")
    gate.house.end("b", Failed("Bad", "luck"), run_id="r1")
    gate.ask(Clear(only_failed=True, why="the disk was full"), key)
    assert gate.run_states(key) == "queued"
    assert gate.store.owner_of(key) is None
    gate.admit()
    assert gate.house.states(key) == {"a": "success", "b": "queued"}
    gate.house.end("b", run_id="r1")
    assert gate.run_states(key) == "success"
    assert gate.store.owner_of(key) is None
    (entry,) = [row for row in gate.store.history(key, "b") if row.why.startswith("cleared by")]
    assert entry.why == "cleared by ann: the disk was full"


def test_cleared_runs_wait_their_turn_under_the_limit_of_their_dag(gate: Gate) -> None:
    spec = gate.add(dag(task("a"), max_active_runs=1))
    first, second, third = gate.queue(spec, "r1", "r2", "r3")
    for run_id in ("r1", "r2"):
        gate.admit()
        gate.house.end("a", Failed("Bad", "luck"), run_id=run_id)
    gate.admit()
    gate.ask(Clear(), first)
    gate.ask(Mark((("a", ()),), "skipped"), second)  # nothing of it is to run: it goes on no more
    gate.admit()
    assert gate.run_states(first, second, third) == "queued success running"
    gate.house.end("a", run_id="r3")
    gate.admit()
    assert gate.run_states(first, second, third) == "running success success"


def test_a_cleared_run_has_its_whole_time_again(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), run_timeout_seconds=60.0)), "r1")
    gate.admit()
    gate.house.end("a", Failed("Bad", "luck"), run_id="r1")
    gate.house.now += timedelta(hours=1)
    gate.ask(Clear(), key)
    gate.admit()
    gate.house.later(seconds=59)
    assert gate.run_states(key) == "running"
    gate.house.later(seconds=2)
    assert gate.run_states(key) == "failed"


def test_a_run_that_has_not_begun_and_is_cleared_is_left_where_it_was(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.ask(Clear(), key)
    assert gate.run_states(key) == "queued"
    gate.admit()
    assert gate.run_states(key) == "running"


def test_a_cleared_run_may_go_on_with_newer_code(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.admit()
    gate.house.end("a", Failed("Bad", "luck"), run_id="r1")
    newer = gate.add(dag(task("a"), description="mended"))
    gate.ask(Clear(with_newest_code=True), key)
    run = gate.store.run(key)
    assert run is not None
    assert run.dag_hash == newer.hash


def test_only_what_a_newer_version_has_added_is_run_for_a_run_that_has_ended(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.admit()
    gate.house.end("a", run_id="r1")
    gate.add(dag(task("a"), task("b", "a")))
    gate.ask(Clear((("b", ()),), with_newest_code=True), key)
    assert gate.run_states(key) == "queued"
    gate.admit()
    gate.house.end("b", run_id="r1")
    assert gate.run_states(key) == "success"
    assert {one.task_id: one.try_number for one in gate.store.tasks(key)} == {"a": 1, "b": 1}


def test_a_failed_task_that_is_marked_success_lets_the_rest_run(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    gate.admit()
    gate.house.end("a", Failed("Bad", "luck"), run_id="r1")
    assert gate.run_states(key) == "failed"
    gate.ask(Mark((("a", ()),), "success"), key)
    assert gate.run_states(key) == "queued"
    gate.admit()
    gate.house.end("b", run_id="r1")
    assert gate.run_states(key) == "success"


@pytest.mark.parametrize(
    ("state", "tasks"),
    [("success", {"a": "success", "b": "success"}), ("failed", {"a": "failed", "b": "skipped"})],
)
def test_a_run_is_marked_as_a_whole(gate: Gate, state: Any, tasks: dict[str, str]) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    gate.admit()
    gate.ask(MarkRun(state), key)
    assert gate.run_states(key) == state
    assert gate.house.states(key) == tasks


def test_what_cannot_be_done_is_noted_and_holds_up_nothing(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.admit()
    gate.house.end("a", run_id="r1")
    gate.ask(Trigger("unknown"))
    gate.ask(Cancel(), RunKey("dag", "unknown"))
    gate.ask(Cancel(), key)
    assert "ann asked to cancel: run 'r1' has ended already" in gate.store.history(key)[-1].why


def test_requests_for_runs_of_other_processes_are_left_to_them(gate: Gate) -> None:
    (key,) = gate.queue(gate.add(dag(task("a"))), "r1")
    gate.store.claim_run(key, owner_id="other", pid=1, host="host", now=gate.house.now)
    gate.ask(Cancel(), key)
    assert gate.run_states(key) == "queued"
    assert [one.kind for one in gate.store.take_requests([key])] == ["cancel"]


def test_the_code_of_runs_that_begin_is_expected(gate: Gate) -> None:
    told: list[str] = []
    gate.admission._expect = lambda code: told.append(code.file)
    gate.queue(gate.add(dag(task("a"), dag_id="x", max_active_runs=1)), "r1", "r2")
    gate.queue(gate.add(dag(task("a"), dag_id="y")), "r1")
    gate.admit()
    assert len(told) == 2


def test_a_fork_begins_with_what_its_run_had(gate: Gate) -> None:
    spec = gate.add(dag(task("a"), task("b", "a"), task("c", "b")))
    [key] = gate.queue(spec, "r1")
    gate.admit()
    gate.house.end("a", result("41"), run_id="r1")
    gate.house.end("b", run_id="r1")
    wish = Fork("dag", "r1", (("b", ()),), params=({},), new_run_id="forked")

    [made] = make_forks(gate.store, wish, who="ann", now=gate.house.now, bounds=Bounds())
    gate.admit()

    assert gate.house.states(made.run) == {"a": "success", "b": "queued"}
    [value] = gate.store.all_xcoms(made.run)
    assert (value.task_id, value.value.inline) == ("a", b"41")
    for name in "bc":
        gate.house.end(name, run_id="forked")
    assert gate.run_states(key, made.run) == "running success"
    assert "forked by ann from run r1, from b on" in [one.why for one in gate.store.history(made.run)]


def test_a_run_whose_spec_cannot_be_read_ends_with_its_story_and_blocks_no_other(house: House) -> None:
    gate = Gate(house)
    bad, good = gate.add(dag(task("a"), dag_id="bad")), gate.add(dag(task("a"), dag_id="good"))
    (broken,), (sound,) = gate.queue(bad, "run"), gate.queue(good, "other")
    with gate.store._writing() as connection:  # pyright: ignore[reportAttributeAccessIssue]
        connection.execute("UPDATE dag_version SET spec = ? WHERE dag_id = 'bad'", (b"\x00\xff",))
    gate.die()
    gate.start()

    gate.admit(seconds=1)
    gate.admit(seconds=1)
    gate.failing.note([RunChanged(broken, RunState.RUNNING, RunState.FAILED, "")], house.now)
    gate.failing.attend(house.now, ALL)

    assert house.run_state(broken) == "failed"
    assert "cannot be read" in house.why(broken)
    assert house.run_state(sound) == "running"
