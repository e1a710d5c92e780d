"""What is counted of runs that a real scheduler drives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from msgspec.structs import replace
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.scheduler.conftest import House, dag, task

from tradewind.metrics.emitter import Emitter
from tradewind.metrics.gauges import Gauges, Reading, pool_gauges, scheduled_gauges, waiting_by_pool
from tradewind.metrics.names import Metric
from tradewind.metrics.observer import Observer
from tradewind.metrics.prometheus import PrometheusSink
from tradewind.metrics.traces import TraceObserver
from tradewind.model.changes import RunChanged, TaskChanged
from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import Failed, TryLost
from tradewind.model.records import PoolRecord
from tradewind.model.service import JobKind, JobRecord
from tradewind.model.spec import RetrySpec
from tradewind.model.states import RunState, RunType, TaskState, TryState
from tradewind.scheduler.trace_ids import run_span_id, trace_id, traceparent, try_span_id
from tradewind.store.facets.counts import SlotCount


class Memory:
    def __init__(self) -> None:
        self.seen: list[tuple[str, float, dict[str, str]]] = []

    def write(self, metric: Metric, value: float, tags: Mapping[str, str]) -> None:
        assert set(tags) == set(metric.tags)
        self.seen.append((metric.name, value, dict(tags)))

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def named(self, name: str) -> list[tuple[float, dict[str, str]]]:
        return [(value, tags) for seen, value, tags in self.seen if seen == name]


@pytest.fixture
def house(tmp_path: Path):
    made = House(tmp_path)
    yield made
    made.store.close()
    made.other.close()


@pytest.fixture
def memory(house: House) -> Memory:
    sink = Memory()
    house.scheduler.observe(Observer(Emitter([sink]), spec_of=house.scheduler.spec_of, run_of=house.other.run))
    return sink


def started(house: House, task_id: str) -> str:
    try_id = house.desk.try_of(task_id)
    house.desk.say(TryStarted(try_id, 1, "host"))
    house.scheduler.turn(0)
    return try_id


def test_a_run_is_counted_and_timed(house: House, memory: Memory) -> None:
    house.launch(dag(task("a")))
    house.later(seconds=1)
    started(house, "a")
    house.later(seconds=2)
    house.end("a")

    assert memory.named("task.queued_duration") == [(1.0, {"dag_id": "dag", "task_id": "a"})]
    assert memory.named("task.duration") == [(2.0, {"dag_id": "dag", "task_id": "a"})]
    assert memory.named("dagrun.duration.success") == [(3.0, {"dag_id": "dag"})]
    assert memory.named("dagrun.first_task_scheduling_delay") == [(1.0, {"dag_id": "dag"})]
    assert memory.named("ti.finish") == [(1, {"dag_id": "dag", "task_id": "a", "state": "success"})]
    assert memory.named("operator_successes") == [(1, {"operator": "Op"})]


def test_a_run_that_was_cleared_and_begins_again_is_not_late(house: House, memory: Memory) -> None:
    spec = dag(task("a"))
    key = house.launch(spec)
    started(house, "a")
    house.end("a", Failed("Bad", "luck"))
    house.later(hours=5)
    house.store.commit([RunChanged(key, RunState.FAILED, RunState.QUEUED, "cleared")], who="ann", now=house.now)
    before = list(memory.seen)
    observer = Observer(Emitter([memory]), spec_of=house.scheduler.spec_of, run_of=house.other.run)
    observer([RunChanged(key, RunState.QUEUED, RunState.RUNNING, "started")], house.now)

    assert len(memory.named("dagrun.schedule_delay")) == 1
    assert memory.seen == before


def test_runs_that_assets_start_are_counted(house: House, memory: Memory) -> None:
    key = house.launch(dag(task("a")))
    by_assets = replace(house.other.run(key), run_type=RunType.ASSET_TRIGGERED)
    observer = Observer(Emitter([memory]), spec_of=house.scheduler.spec_of, run_of=lambda key: by_assets)
    observer([RunChanged(key, RunState.QUEUED, RunState.RUNNING, "started")], house.now)

    assert memory.named("asset.triggered_dagruns") == [(1, {})]


@pytest.mark.parametrize(
    ("new", "counted"),
    [
        (TaskState.QUEUED, "triggers.succeeded"),
        (TaskState.SUCCESS, "triggers.succeeded"),
        (TaskState.FAILED, "triggers.failed"),
        (TaskState.NONE, ""),
    ],
)
def test_triggers_are_counted_by_what_came_of_them(house: House, memory: Memory, new: TaskState, counted: str) -> None:
    key = house.launch(dag(task("a")))
    observer = Observer(Emitter([memory]), spec_of=house.scheduler.spec_of, run_of=house.other.run)
    observer([TaskChanged(key, "a", (), TaskState.DEFERRED, new, "")], house.now)

    assert [name for name, _, _ in memory.seen if name.startswith("triggers.")] == ([counted] if counted else [])


def test_a_failure_that_is_retried_is_no_failed_task_instance_yet(house: House, memory: Memory) -> None:
    house.launch(dag(task("a", retry=RetrySpec(retries=1, delay_seconds=10))))
    house.end("a", Failed("ValueError", "boom"))
    failures_before = memory.named("ti_failures")
    house.later(seconds=11)
    house.end("a", Failed("ValueError", "boom"))

    assert failures_before == []
    assert len(memory.named("ti_failures")) == len(memory.named("dagrun.duration.failed")) == 1


def test_a_lost_try_is_told_with_its_signal(house: House, memory: Memory) -> None:
    house.launch(dag(task("a")))
    try_id = started(house, "a")
    house.desk.say(TryLost(try_id, "killed", signal=9))
    house.scheduler.turn(0)

    assert memory.named("local_task_job.task_exit") == [(1, {"dag_id": "dag", "task_id": "a", "return_code": "-9"})]
    assert len(memory.named("scheduler.tasks.killed_externally")) == 1


def test_gauges_are_counted_from_the_store(house: House) -> None:
    spec = dag(task("a", pool="gpu"), task("b", pool="gpu"))
    house.store.save_dag_version(spec, "snapshot", "/dags", "dag.py", now=house.now)
    house.launch(spec)
    started(house, "a")

    found = {(one.name, one.tags.get("pool")): one.value for one in Gauges(house.other, parallelism=8).read()}

    assert found["executor.running_tasks", None] == 1
    assert found["executor.open_slots", None] == 7
    assert found["scheduler.dagruns.running", None] == 1
    assert found["dagbag_size", None] == 1


def test_what_is_ready_is_what_the_schedulers_say(house: House) -> None:
    job = JobRecord("job", JobKind.SCHEDULER, 1, "host", house.now, house.now, house.now)
    jobs = [
        replace(job, detail={"waiting_by_pool": {"gpu": (2, 4)}, "waiting_by_task": [("default", "d", "fit", 2)]}),
        replace(job, detail={"waiting_by_pool": {"gpu": (1, 1)}, "waiting_by_task": [("default", "d", "fit", 1)]}),
    ]
    pools = [PoolRecord("gpu", 1), PoolRecord("default_pool", 8)]
    slots = [SlotCount("gpu", TryState.RUNNING, 1, 1)]

    found = {
        (one.name, one.tags.get("pool")): one.value for one in pool_gauges(pools, slots, [], {}, waiting_by_pool(jobs))
    }

    assert found["scheduler.tasks.executable", None] == found["pool.starving_tasks", "gpu"] == 3
    assert found["pool.scheduled_slots", "gpu"] == 5
    assert found["pool.open_slots", "gpu"] == 0
    assert found["pool.open_slots", "default_pool"] == 8
    tags = {"queue": "default", "dag_id": "d", "task_id": "fit"}
    assert scheduled_gauges(jobs) == [Reading("ti.scheduled", 3, tags)]


def test_prometheus_gets_counters_histograms_and_gauges(house: House) -> None:
    gauges = Gauges(house.other, parallelism=8)
    sink = PrometheusSink("127.0.0.1", 0, prefix="airflow", read_gauges=gauges.read)
    gauges._store = house.other
    house.scheduler.observe(Observer(Emitter([sink]), spec_of=house.scheduler.spec_of, run_of=house.store.run))
    house.launch(dag(task("a")))
    started(house, "a")
    house.end("a")

    text = sink_text(sink)
    sink.close()

    assert 'airflow_ti_finish_total{dag_id="dag",state="success",task_id="a"} 1.0' in text
    assert 'airflow_dagrun_duration_success_seconds_count{dag_id="dag"} 1.0' in text
    assert "_created" not in text.replace("airflow_task_instance_created", "")


def sink_text(sink: PrometheusSink) -> str:
    with urlopen(f"http://127.0.0.1:{sink.port}/metrics", timeout=60) as answer:
        return answer.read().decode()


def test_a_run_is_a_trace_and_a_try_a_span(house: House) -> None:
    exporter = InMemorySpanExporter()
    traces = TraceObserver(exporter, run_of=house.other.run)
    house.scheduler.observe(traces)
    key = house.launch(dag(task("a")))
    try_id = started(house, "a")
    house.later(seconds=2)
    house.end("a", Failed("ValueError", "boom"))
    traces.close()

    spans = {span.name: span for span in exporter.get_finished_spans()}

    assert {span.context.trace_id for span in spans.values()} == {trace_id(key)}
    assert spans["a"].parent.span_id == spans["dag"].context.span_id == run_span_id(key)
    assert spans["a"].context.span_id == try_span_id(try_id)
    assert spans["a"].end_time - spans["a"].start_time == 2_000_000_000
    assert not spans["a"].status.is_ok
    assert traceparent(key, try_id) == f"00-{trace_id(key):032x}-{try_span_id(try_id):016x}-01"
