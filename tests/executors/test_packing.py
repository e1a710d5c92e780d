"""Packing tries onto a machine: who fits, who has to wait, who gets which GPU."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.executors.local.machine import gpu_ids, memory_bytes
from tradewind.executors.local.packing import THREAD_VARIABLES, Packing
from tradewind.model.ids import TaskKey
from tradewind.model.messages import RunFacts, RunTry
from tradewind.model.outcomes import TryReport
from tradewind.model.spec import Resources
from tradewind.model.states import RunState, RunType, TryPurpose

GIB = 1 << 30


def packing(slots=8, cpus=4.0, memory=8 * GIB, gpus=2):
    return Packing(slots, cpus, memory, lambda: tuple(map(str, range(gpus))))


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Resources(), None),
        (Resources(cpus=4, memory_bytes=8 * GIB, gpus=2), None),
        (Resources(cpus=5), "it asks for 5 CPUs, and this machine has 4"),
        (Resources(memory_bytes=9 * GIB), "it asks for 9 GiB of memory, and this machine has 8 GiB"),
        (Resources(gpus=3), "it asks for 3 GPUs, and this machine has 2"),
        (Resources(gpus=1.5), "above one they have to be whole"),
        (Resources(cpus=-1), "negative"),
    ],
)
def test_what_fits_at_all(need, says):
    why = packing().fits(need)
    assert why is None if says is None else says in why


@pytest.mark.parametrize(
    ("taken", "need", "says"),
    [
        ([Resources()] * 8, Resources(), "all 8 slots"),
        ([Resources(cpus=3)], Resources(cpus=2), "1 of 4 are free"),
        ([Resources(memory_bytes=7 * GIB)], Resources(memory_bytes=2 * GIB), "1 GiB are free"),
        ([Resources(gpus=1), Resources(gpus=0.5)], Resources(gpus=1), "in use"),
        ([Resources(gpus=1), Resources(gpus=0.5)], Resources(gpus=0.6), "in use"),
        ([Resources(gpus=1), Resources(gpus=0.5)], Resources(gpus=0.5), None),
        ([Resources(gpus=0.1)] * 7, Resources(gpus=1), None),
        ([Resources(cpus=4)], Resources(), None),
    ],
)
def test_what_has_to_wait(taken, need, says):
    packed = packing()
    for other in taken:
        packed.take(other)
    why = packed.can_take(need)
    assert why is None if says is None else says in why


@pytest.fixture(autouse=True)
def _nobody_has_said_how_many(monkeypatch):
    for name in (*THREAD_VARIABLES, "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"):
        monkeypatch.delenv(name, raising=False)


def message(map_path=(), instances=1):
    run = RunFacts(RunType.MANUAL, RunState.RUNNING, None, None, None, datetime(2026, 1, 1, tzinfo=UTC), None)
    task = TaskKey("flow", "run", "train", map_path)
    lengths = {"train": instances} if map_path else {}
    return RunTry("t", task, 1, 1, TryPurpose.EXECUTE, run, "", "", 1, 1, expansion_lengths=lengths)


@pytest.mark.parametrize(
    ("map_path", "instances", "threads"),
    [((), 1, None), ((0,), 1, None), ((0,), 2, "4"), ((0,), 3, "2"), ((5,), 1000, "1")],
    ids=["a task alone", "one instance", "two", "three", "more than slots"],
)
def test_instances_that_run_beside_each_other_share_the_cpus(map_path, instances, threads):
    packed = packing(slots=8, cpus=8)
    found = packed.environment_for(message(map_path, instances))
    assert found == ({} if threads is None else dict.fromkeys(THREAD_VARIABLES, threads))


def test_thread_counts_from_outside_hold(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert packing().environment_for(message((0,), 9)) == {}


def test_what_asked_for_no_gpu_does_not_see_those_that_others_hold():
    packed = packing(gpus=3)
    assert packed.environment_for(message()) == {}
    grants = [packed.take(Resources(gpus=1)), packed.take(Resources(gpus=0.5))]
    assert packed.environment_for(message()) == {"CUDA_VISIBLE_DEVICES": "2"}
    grants.append(packed.take(Resources(gpus=1)))
    assert packed.environment_for(message()) == {"CUDA_VISIBLE_DEVICES": ""}
    for grant in grants:
        packed.give_back(grant)
    assert packed.environment_for(message()) == {}


def test_more_gpus_than_there_are_says_what_hides_them(monkeypatch):
    assert packing(gpus=0).fits(Resources(gpus=1)) == "it asks for 1 GPUs, and this machine has none"
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert "CUDA_VISIBLE_DEVICES='' hides them" in str(packing(gpus=0).fits(Resources(gpus=1)))


def test_a_grant_sets_thread_counts_and_gpus():
    environment = packing().take(Resources(cpus=2.5, gpus=2)).environment()
    assert environment == {
        **dict.fromkeys(THREAD_VARIABLES, "2"),
        "CUDA_VISIBLE_DEVICES": "0,1",
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
    }
    assert {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT"} <= set(environment)
    assert packing().take(Resources(cpus=0.5)).environment()["OMP_NUM_THREADS"] == "1"
    assert packing().take(Resources()).environment() == {}


needs = st.builds(
    Resources,
    cpus=st.sampled_from([0.0, 0.1, 1.0, 2.0]),
    memory_bytes=st.sampled_from([0, GIB, 3 * GIB]),
    gpus=st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0, 2.0]),
)


@given(st.lists(st.tuples(needs, st.booleans())))
def test_no_gpu_is_shared_unless_asked_and_everything_comes_back(steps):
    packed, out = packing(), []
    for need, gives_back in steps:
        if gives_back and out:
            packed.give_back(out.pop(0))
            packed.free_slot()
        elif packed.can_take(need) is None:
            out.append(packed.take(need))
        shares: dict[str, list[float]] = {}
        for grant in out:
            for gpu, share in grant.gpus:
                shares.setdefault(gpu, []).append(share)
        assert all(sum(held) <= 1.000001 and (1.0 not in held or len(held) == 1) for held in shares.values())
        assert sum(grant.cpus for grant in out) <= 4.000001
        assert sum(grant.memory_bytes for grant in out) <= 8 * GIB
    for grant in out:
        packed.give_back(grant)
        packed.free_slot()
    assert packed.can_take(Resources(cpus=3.999, memory_bytes=8 * GIB, gpus=2)) is None


@pytest.mark.parametrize(
    ("visible", "ids"), [("0,2", ("0", "2")), ("", ()), ("GPU-ab, GPU-cd", ("GPU-ab", "GPU-cd")), ("1,-1,0", ("1",))]
)
def test_listed_gpus_are_believed(visible, ids):
    assert gpu_ids({"CUDA_VISIBLE_DEVICES": visible}) == ids


@pytest.mark.parametrize(("text", "limit"), [("1073741824\n", GIB), ("max\n", None)])
def test_a_container_limits_memory(tmp_path, text, limit):
    (tmp_path / "memory.max").write_text(text)
    assert memory_bytes(tmp_path) == (limit or memory_bytes(tmp_path / "no such folder"))


def test_tasks_get_their_gpu_and_the_next_waits_for_it(workplace):
    executor = workplace.file("def gpu(): return os.environ['CUDA_VISIBLE_DEVICES']", gpus=1, parallelism=4)
    tries = [workplace.submit("gpu", resources=Resources(gpus=1)) for _ in range(3)]
    assert "in use" in executor.can_take(Resources(gpus=1))
    assert all(isinstance(end, TryReport) for end in workplace.ends_of(tries).values())


def test_over_asking_loses_the_try_with_the_reason(workplace):
    workplace.file("def one(): return 1", cpus=2)
    assert "this machine has 2" in workplace.run("one", resources=Resources(cpus=3)).why


@pytest.mark.skipif(sys.platform == "darwin", reason="OpenBLAS is not what numpy uses there")
def test_loaded_libraries_keep_to_the_declared_cpus(workplace):
    workplace.file(
        "def threads(): return [pool['num_threads'] for pool in threadpoolctl.threadpool_info()]",
        head="import numpy, threadpoolctl",
    )
    assert workplace.value_of("threads", resources=Resources(cpus=1)) == "[1]"
