"""Pools, caps, resources and worker reuse: what runs beside what, and where."""

from __future__ import annotations

import os

import pytest
from tests.end_to_end.conftest import Place

SPAN = """
def span(name, seconds=0.1, together=1):
    begun = time.monotonic()
    note(f"in {name}")
    while open(os.environ["TRACE"]).read().splitlines().count(f"in {name}") < together:
        time.sleep(0.01)
    time.sleep(seconds)
    note(f"span {name} {begun} {time.monotonic()} {os.getpid()} {os.environ.get('CUDA_VISIBLE_DEVICES')}")
"""


def most_at_once(place: Place, name: str) -> int:
    """How many of the spans of this name overlapped at any moment."""
    found = [line.split() for line in place.trace if line.startswith("span")]
    edges = [(float(line[2]), 1) for line in found if line[1] == name]
    edges += [(float(line[3]), -1) for line in found if line[1] == name]
    most = now = 0
    for _, change in sorted(edges):
        now += change
        most = max(most, now)
    return most


def test_pools_and_caps_limit_what_runs_at_once(place: Place) -> None:
    assert place.tradewind("pools", "set", "one_slot", "1", "for the test").code == 0
    file = place.dag(
        """
@task(pool="one_slot")
def in_pool(x):
    span("in_pool")

@task(max_active_tis_per_dagrun=2)
def capped(x):
    span("capped", together=2)

@task(resources=dict(gpus=1))
def on_gpu(x):
    span("on_gpu", together=2)

@task
def free(x):
    span("free", together=2)

in_pool.expand(x=[1, 2, 3])
capped.expand(x=[1, 2, 3, 4])
on_gpu.expand(x=[1, 2, 3])
free.expand(x=[1, 2, 3, 4])
""",
        head=SPAN,
    )

    ended = place.run(file, "--parallelism", "8", CUDA_VISIBLE_DEVICES="4,7")

    assert ended.code == 0, ended.output
    assert most_at_once(place, "in_pool") == 1
    assert most_at_once(place, "capped") == 2
    assert most_at_once(place, "on_gpu") == 2
    assert most_at_once(place, "free") > 1
    spans = [line.split() for line in place.trace if line.startswith("span on_gpu ")]
    assert {line[5] for line in spans} == {"4", "7"}
    for first in spans:
        for second in spans:
            if first is not second and float(first[2]) < float(second[3]) and float(second[2]) < float(first[3]):
                assert first[5] != second[5], "two tries at once never have the same GPU"


def test_parallelism_limits_everything(place: Place) -> None:
    file = place.dag("@task\ndef free(x):\n    span('free', 0.05)\nfree.expand(x=list(range(5)))", head=SPAN)

    assert place.run(file, "--parallelism", "1").code == 0
    assert most_at_once(place, "free") == 1


def test_a_task_that_asks_for_no_gpu_keeps_what_the_machine_shows(place: Place) -> None:
    file = place.dag("@task\ndef a():\n    note(os.environ.get('CUDA_VISIBLE_DEVICES'))\na()")

    assert place.run(file, CUDA_VISIBLE_DEVICES="0,1").code == 0
    assert place.trace == ["0,1"]


REUSED = """
@task(worker_reuse=True)
def small(number):
    import builtins
    seen = getattr(builtins, "seen", 0)
    builtins.seen = seen + 1
    os.environ["LEFT_BEHIND"] = "yes" if number == 0 else os.environ.get("LEFT_BEHIND", "no")
    note(f"small {os.getpid()} {os.environ['LEFT_BEHIND']}")

@task(worker_reuse=True, retries=1, retry_delay=timedelta(0))
def fails_once(ti=None):
    note(f"fails_once {os.getpid()}")
    if ti.try_number == 1:
        raise ValueError

@task
def own():
    note(f"own {os.getpid()}")

small.expand(number=list(range(20))) >> own() >> fails_once()
"""


def test_worker_reuse_shares_processes_by_its_rules(place: Place) -> None:
    ended = place.run(place.dag(REUSED), "--parallelism", "1")

    assert ended.code == 0, ended.output
    found = [line.split() for line in place.trace]
    small = [line for line in found if line[0] == "small"]
    assert len({line[1] for line in small}) < len(small), "one process serves several tries"
    assert [line[2] for line in small].count("yes") == 1, "the environment is put back between tries"
    own = next(line[1] for line in found if line[0] == "own")
    assert own not in {line[1] for line in small}, "a task that did not ask for it has a process of its own"
    tries = [line[1] for line in found if line[0] == "fails_once"]
    assert tries[0] != tries[1], "a process in which a try failed is not used again"


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="needs Linux")
def test_tasks_that_declare_their_cpus_get_as_many_threads(place: Place) -> None:
    file = place.dag("@task(resources=dict(cpus=1))\ndef a():\n    note(os.environ.get('OMP_NUM_THREADS'))\na()")

    assert place.run(file).code == 0
    assert place.trace == ["1"]
