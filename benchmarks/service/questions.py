"""Fixed questions about the service, each answered by a service of its own."""

from __future__ import annotations

import os
import signal
import time

from measuring import report
from measuring.figures import Figure
from up import Up, cpu_seconds_of, seconds_of, service

HEAD = "from datetime import datetime, timedelta\nfrom airflow.sdk import DAG, task\n"
ENDED_TRIES = "SELECT COUNT(*) FROM try WHERE ended_at IS NOT NULL"
LIVE = "start_date=datetime(2025, 1, 1), catchup=False, is_paused_upon_creation=False"
IDLE_SECONDS = 20.0
SAMPLED_TASKS = 4_000


def cold_start(repeat: int, database: str) -> list[Figure]:
    """From `tradewind standalone` on an empty home to the end of the first scheduled task."""
    values: list[float] = []
    for _ in range(repeat):
        with service(database) as up:
            write(up, "first", f'with DAG("first", schedule="@once", {LIVE}):\n    @task\n    def a(): ...\n    a()\n')
            begun = up.start()
            up.wait_for(lambda up=up: up.count(ENDED_TRIES) > 0)
            values.append(seconds_of(up.rows("SELECT MIN(ended_at) FROM try")[0][0]) - begun)
    return [Figure("cold start: empty home to first scheduled task ended", "s", values, aim=1.5)]


def idle(repeat: int, database: str, dags: int = 1_000) -> list[Figure]:
    """A thousand DAGs, none of them due."""
    cpu: list[float] = []
    memory: list[float] = []
    for _ in range(repeat):
        with service(database) as up:
            _many(up, dags, 'schedule="0 0 1 1 *"', tasks=3, begin="2099, 1, 1")
            up.start()
            up.wait_for(lambda up=up: up.count("SELECT COUNT(*) FROM dag") >= dags, 0.5)
            time.sleep(10)  # what the parse has begun ends
            before = up.cpu_seconds()
            time.sleep(IDLE_SECONDS)
            cpu.append((up.cpu_seconds() - before) / IDLE_SECONDS * 100)
            memory.append(up.pss_bytes() / 2**20)
    name = f"idle with {dags:,} DAGs"
    return [
        Figure(f"{name}: CPU, all processes", "% of a core", cpu, aim=1.0),
        Figure(f"{name}: memory (PSS), all processes", "MB", memory, aim=150),
    ]


def parse(repeat: int, database: str, files: int = 1_000) -> list[Figure]:
    """A thousand files of ten tasks from a cold start, and one that changes."""
    cold: list[float] = []
    change: list[float] = []
    for _ in range(repeat):
        with service(database) as up:
            _many(up, files, "schedule=None", tasks=10)
            begun = up.start()
            up.wait_for(lambda up=up: up.count("SELECT COUNT(*) FROM dag") >= files, 0.05)
            cold.append(time.time() - begun)
            time.sleep(3)
            versions = up.count("SELECT COUNT(*) FROM dag_version")
            begun = time.time()
            _one(up, 0, "schedule=None", tasks=11)
            up.wait_for(lambda up=up, versions=versions: up.count("SELECT COUNT(*) FROM dag_version") > versions, 0.005)
            change.append((time.time() - begun) * 1000)
    return [
        Figure(f"{files:,} files of 10 tasks: cold start until all are in the store", "s", cold, aim=10),
        Figure(f"a change of one of {files:,} files until it is in the store", "ms", change, aim=300),
    ]


def at_once(repeat: int, database: str, runs: int = 200, width: int = 50) -> list[Figure]:
    """200 runs of 50 tasks that are queued together."""
    rates: list[float] = []
    for _ in range(repeat):
        with service(database) as up:
            body = f"    @task\n    def leaf(n): ...\n    leaf.expand(n=list(range({width})))\n"
            arguments = f"schedule=None, {LIVE}, max_active_runs={runs}, max_active_tasks={width}"
            write(up, "many", f'with DAG("many", {arguments}, worker_reuse=True):\n{body}')
            _ready(up, "many")
            _trigger(up, "many", runs)
            up.wait_for(lambda up=up: _ended_runs(up, "many") >= runs, 0.1)
            first, last = up.rows("SELECT MIN(queued_at), MAX(ended_at) FROM run")[0]
            rates.append(runs * width / (seconds_of(last) - seconds_of(first)))
    return [Figure(f"{runs} runs of {width} tasks at once, reused processes", "tasks/s", rates, more_is_better=True)]


def chain(repeat: int, database: str, length: int = 100) -> list[Figure]:
    links = f"    before = None\n    for n in range({length}):\n        now = noop.override(task_id=f't{{n:03}}')()\n"
    body = f"    @task\n    def noop(): ...\n{links}        before and before >> now\n        before = now\n"
    seconds = _whole_runs(repeat, database, body)
    milliseconds = [each / length * 1000 for each in seconds]
    return [Figure(f"chain of {length} under the service ({database}): per task", "ms", milliseconds, aim=10)]


def fan(repeat: int, database: str, width: int = 1_000) -> list[Figure]:
    tasks = "    @task\n    def leaf(n): ...\n    @task\n    def join(): ...\n"
    body = f"{tasks}    leaf.expand(n=list(range({width}))) >> join()\n"
    found = [
        Figure(
            f"{width:,} mapped and a join under the service ({database}), fresh processes",
            "tasks/s",
            [width / each for each in _whole_runs(repeat, database, body)],
            aim=300,
            more_is_better=True,
        )
    ]
    reused = [width / each for each in _whole_runs(repeat, database, body, "worker_reuse=True")]
    name = f"{width:,} mapped and a join under the service ({database}), reused processes"
    return [*found, Figure(name, "tasks/s", reused, more_is_better=True)]


def recovery(repeat: int, database: str) -> list[Figure]:
    """kill -9 of the scheduler in the middle of a task, until the task runs again."""
    values: list[float] = []
    for _ in range(repeat):
        with service(database) as up:
            body = "    @task\n    def slow():\n        import time\n        time.sleep(3)\n    slow()\n"
            write(up, "slow", f'with DAG("slow", schedule="@once", {LIVE}):\n{body}')
            up.start()
            up.wait_for(lambda up=up: up.count("SELECT COUNT(*) FROM try WHERE state = 'running'") > 0)
            killed_at = time.time()
            os.kill(up.pid_of("SchedulerJob"), signal.SIGKILL)
            up.wait_for(lambda up=up: up.count("SELECT COUNT(*) FROM try WHERE started_at IS NOT NULL") > 1)
            values.append(seconds_of(up.rows("SELECT MAX(started_at) FROM try")[0][0]) - killed_at)
    return [Figure(f"kill -9 of the scheduler to its task running again ({database})", "s", values, aim=5)]


def cpu_per_task(repeat: int, database: str) -> list[Figure]:
    """The scheduler's CPU for each task that ends, by how many are in flight (ready or running) meanwhile: from the end
    of the first on, so that making the run and its mapped instances is not in it. Ten are so few that it is in it."""
    figures: list[Figure] = []
    for width in (10, 1_000, 10_000, 100_000):
        values = [_cpu_per_task(width, database) for _ in range(repeat if width < 100_000 else 1)]
        figures.append(Figure(f"scheduler's CPU per task, {width:,} in flight", "µs", values))
        print(report.line(figures[-1]), flush=True)
    return figures


def _cpu_per_task(width: int, database: str) -> float:
    with service(database) as up:
        body = f"    @task\n    def leaf(n): ...\n    leaf.expand(n=list(range({width})))\n"
        arguments = f"schedule=None, {LIVE}, max_active_tasks={width}, worker_reuse=True"
        write(up, "wide", f'with DAG("wide", {arguments}):\n{body}')
        _ready(up, "wide")
        pid = up.pid_of("SchedulerJob")
        few = width < 100
        if not few:
            _trigger(up, "wide", 1)
            up.wait_for(lambda: up.count(ENDED_TRIES) > 0, 0.005)
        begun, ended = cpu_seconds_of(pid), up.count(ENDED_TRIES)
        if few:
            for run in range(SAMPLED_TASKS // 4 // width):
                _trigger(up, "wide", 1)
                up.wait_for(lambda run=run: _ended_runs(up, "wide") > run, 0.02)
        else:
            sampled = min(width * 9 // 10, SAMPLED_TASKS)
            up.wait_for(lambda: up.count(ENDED_TRIES) >= sampled, 0.05)
        used = cpu_seconds_of(pid) - begun
        return used / (up.count(ENDED_TRIES) - ended) * 1_000_000


# ------------------------------------------------------------------------------------ helpers


def _whole_runs(repeat: int, database: str, body: str, more: str = "") -> list[float]:
    """Seconds from a run's start to its end, after a first one that warms up."""
    with service(database) as up:
        write(up, "bench", f'with DAG("bench", schedule=None, {LIVE}, max_active_tasks=100000, {more}):\n{body}')
        _ready(up, "bench")
        for run in range(repeat + 1):
            _trigger(up, "bench", 1)
            up.wait_for(lambda up=up, run=run: _ended_runs(up, "bench") > run)
        rows = up.rows("SELECT started_at, ended_at FROM run ORDER BY id")[1:]
        return [seconds_of(ended) - seconds_of(started) for started, ended in rows]


def _ready(up: Up, dag_id: str) -> None:
    up.start()
    up.wait_for(lambda: up.count(f"SELECT COUNT(*) FROM dag WHERE dag_id = '{dag_id}'") > 0)
    up.wait_for(lambda: up.pid_of("SchedulerJob") > 0)


def _trigger(up: Up, dag_id: str, runs: int) -> None:
    """All of them in one process, so that they are queued together."""
    import sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path

    from tradewind.model.service import Topic
    from tradewind.scheduler.launch import manual_run
    from tradewind.store import open_store

    assert Path(sys.executable).exists()
    store = open_store(up.database_url, home=up.home)
    try:
        now = datetime.now(UTC)
        dag, spec = store.dag(dag_id), store.spec(dag_id)
        assert dag is not None
        assert spec is not None
        dates = [now + timedelta(microseconds=number) for number in range(runs)]
        created = [manual_run(spec, snapshot=dag.snapshot, now=now, logical_date=date) for date in dates]
        store.commit(created, who="benchmark", now=now)
        store.ring(Topic.RUNS)
    finally:
        store.close()


def _ended_runs(up: Up, dag_id: str) -> int:
    return up.count(f"SELECT COUNT(*) FROM run WHERE dag_id = '{dag_id}' AND ended_at IS NOT NULL")


def write(up: Up, name: str, text: str) -> None:
    """Whole, or not at all."""
    made = up.folder / "new.py"
    made.write_text(HEAD + text)
    made.replace(up.dags / f"{name}.py")


def _one(up: Up, number: int, arguments: str, tasks: int, begin: str = "2025, 1, 1") -> None:
    links = "".join(f"    t{n} = work.override(task_id='t{n}')()\n" for n in range(tasks))
    order = "    " + " >> ".join(f"t{n}" for n in range(tasks)) + "\n"
    body = f"    @task\n    def work(): ...\n{links}{order}"
    write(up, f"f{number:04}", f'with DAG("f{number:04}", {arguments}, start_date=datetime({begin})):\n{body}')


def _many(up: Up, count: int, arguments: str, tasks: int, begin: str = "2025, 1, 1") -> None:
    for number in range(count):
        _one(up, number, arguments, tasks, begin)
