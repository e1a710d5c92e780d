"""What running tries use of the machine."""

from __future__ import annotations

import inspect
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.executors.base import CodeRef, TryOrder
from tradewind.executors.local.nvml import GpuUse, Nvml, memory_of
from tradewind.executors.local.packing import Grant
from tradewind.executors.local.sampling import FIRST_SECONDS, Sampler, family_cpu_seconds, gpu_use
from tradewind.executors.local.usage import Accounts
from tradewind.model.ids import TaskKey
from tradewind.model.messages import LogMetric, RunFacts, RunTry
from tradewind.model.outcomes import Succeeded, TryReport, Used
from tradewind.model.spec import Resources
from tradewind.model.states import RunState, RunType, TryPurpose

AT = datetime(2026, 1, 1, tzinfo=UTC)


def order(try_id: str, resources: Resources | None = None, map_path: tuple[int, ...] = ()) -> TryOrder:
    run = RunFacts(RunType.MANUAL, RunState.RUNNING, None, None, None, AT, None)
    task = TaskKey("flow", "run", "train", map_path)
    message = RunTry(try_id, task, 1, 1, TryPurpose.EXECUTE, run, "", "", 1000, 1000)
    return TryOrder(CodeRef("snapshot", "flow.py"), message, resources or Resources())


class ByHand:
    """Timers whose time comes when a test says so."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        assert seconds == FIRST_SECONDS
        self.calls.append(call)

    def come(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


class FakeNvml:
    """NVIDIA's library with two devices, of what we call: see `test_the_library_is_called_as_it_is_written`."""

    class NVMLError(Exception):
        pass

    def __init__(self) -> None:
        self.percent = 0
        self.processes: list[Any] = []

    def nvmlInit(self) -> None: ...

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        if index > 1:
            raise self.NVMLError("Invalid Argument")
        return index

    def nvmlDeviceGetHandleByUUID(self, uuid: str) -> int:
        return {"GPU-a": 0, "GPU-b": 1}[uuid]

    def nvmlDeviceGetMemoryInfo(self, handle: int) -> Any:
        return SimpleNamespace(used=5000 + handle)

    def nvmlDeviceGetUtilizationRates(self, handle: int) -> Any:
        return SimpleNamespace(gpu=self.percent, memory=0)

    def nvmlDeviceGetComputeRunningProcesses(self, handle: int) -> list[Any]:
        return self.processes


class House:
    def __init__(self) -> None:
        self.timers = ByHand()
        self.now = 100.0
        self.told: list[LogMetric] = []
        own: Any = SimpleNamespace(
            try_id="a", child=SimpleNamespace(pid=os.getpid(), served=1), grant=None, order=order("a")
        )
        self.live: list[Any] = [own]
        timers: Any = self.timers
        self.accounts = Accounts(lambda: self.now)
        self.nvml = FakeNvml()
        self.sampler = Sampler(
            timers,
            lambda: self.live,
            self.told.append,
            lambda: self.now,
            accounts=self.accounts,
            nvml=Nvml(lambda: self.nvml),
        )

    def look(self, after_seconds: float = 2.0) -> set[str]:
        """Names of what the next look tells."""
        self.told.clear()
        self.now += after_seconds
        self.timers.come()
        return {one.name for one in self.told}


def test_a_try_is_sampled_from_its_second_look_on() -> None:
    house = House()
    house.sampler.begin()
    assert house.look() == set()
    assert house.look() == {"tradewind.cpu_percent", "tradewind.rss_bytes"}
    memory = next(one.value for one in house.told if one.name == "tradewind.rss_bytes")
    assert memory > 1e6


def test_an_old_try_is_sampled_more_seldom() -> None:
    house = House()
    house.sampler.begin()
    house.look()
    assert house.look(after_seconds=3_000.0)
    assert house.look() == set()
    assert house.look(after_seconds=20.0)


def test_nothing_is_looked_at_where_nothing_runs() -> None:
    house = House()
    house.sampler.begin()
    house.live.clear()
    house.look()
    assert house.timers.calls == []


def test_only_one_look_is_waited_for() -> None:
    house = House()
    for _ in range(5):
        house.sampler.begin()
    assert len(house.timers.calls) == 1


def test_cpu_time_grows_with_work() -> None:
    before = family_cpu_seconds(os.getpid())
    end = time.process_time() + 0.1
    while time.process_time() < end:
        sum(range(1000))
    assert family_cpu_seconds(os.getpid()) > before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0, 87, 10\n1, 3, 0\n", {"0": (87.0, 10 * 2**20), "1": (3.0, 0.0)}),
        ("0, [N/A], 10\n", {}),
        ("", {}),
        ("No devices were found\n", {}),
    ],
    ids=["two", "one that cannot tell", "nothing", "words"],
)
def test_what_nvidia_smi_says(text: str, found: dict[str, tuple[float, float]]) -> None:
    assert gpu_use(text) == found


# ------------------------------------------------------------------------------------ GPUs


def test_the_library_is_called_as_it_is_written() -> None:
    """The fake has no function that the real one has not, with the same number of arguments, and the same fields."""
    pynvml = pytest.importorskip("pynvml")
    for name, function in vars(FakeNvml).items():
        if name.startswith("nvml"):
            real = inspect.signature(getattr(pynvml, name)).parameters.values()
            needed = [one for one in real if one.default is one.empty]
            assert len(needed) <= len(inspect.signature(function).parameters) - 1 <= max(len(real), len(needed)), name
    assert issubclass(pynvml.NVMLError, Exception)
    assert {"gpu", "memory"} <= {name for name, _ in pynvml.c_nvmlUtilization_t._fields_}
    assert "used" in {name for name, _ in pynvml.c_nvmlMemory_t._fields_}
    assert {"pid", "usedGpuMemory"} <= {name for name, _ in pynvml.c_nvmlProcessInfo_t._fields_}


def test_the_real_library_without_a_driver_finds_nothing() -> None:
    nvml = Nvml()
    if nvml.is_there():
        pytest.skip("this machine has a GPU")
    assert nvml.found(["0"]) == {}


def test_what_the_library_tells_of_devices_by_number_and_by_name() -> None:
    fake = FakeNvml()
    fake.percent = 70
    fake.processes = [SimpleNamespace(pid=1, usedGpuMemory=None), SimpleNamespace(pid=2, usedGpuMemory=30)]
    found = Nvml(lambda: fake).found(["0", "GPU-b", "7"])
    assert found == {"0": GpuUse(70.0, 5000, {1: 0, 2: 30}), "GPU-b": GpuUse(70.0, 5001, {1: 0, 2: 30})}


@pytest.mark.parametrize(
    ("family", "share", "size"),
    [({2}, 0.5, 30), ({9}, 1.0, 100), ({9}, 0.5, 0), ({1, 2}, 1.0, 50)],
    ids=["own processes", "whole device", "part of one", "several processes"],
)
def test_memory_of_a_try(family: set[int], share: float, size: int) -> None:
    assert memory_of(GpuUse(1.0, 100, {1: 20, 2: 30, 3: 50}), family, share) == size


@pytest.mark.parametrize(("percent", "is_idle"), [(0, True), (4, True), (80, False)])
def test_a_try_that_holds_a_device_and_does_not_use_it_is_told(percent: int, is_idle: bool) -> None:
    house = House()
    held = house.live[0] = SimpleNamespace(
        try_id="a",
        child=SimpleNamespace(pid=os.getpid(), served=1),
        grant=Grant(0.0, 0, (("1", 1.0),)),
        order=order("a", Resources(gpus=1)),
    )
    house.nvml.percent = percent
    house.accounts.begin("a")
    house.sampler.begin()
    house.look()
    assert "tradewind.gpu_percent" in house.look(after_seconds=40.0)
    entry = house.accounts.end(held.order, held.grant, report(cpu_seconds=3.0))
    assert entry is not None
    usage = entry.body
    assert (usage["seconds"], usage["gpus"], usage["gpu_share"]) == (42.0, ("1",), 1.0)
    assert (usage["gpu_percent_mean"], usage["gpu_memory_bytes_max"]) == (percent, 5001)
    assert usage["idle_gpu"] is is_idle


# ------------------------------------------------------------------------------------ what a try took


def report(cpu_seconds: float = 1.5, rss_bytes: int = 700) -> TryReport:
    return TryReport("a", Succeeded(), max_rss_bytes=rss_bytes, used=Used(cpu_seconds, 10, 20))


@pytest.mark.parametrize(
    ("seconds", "resources", "has_entry"),
    [(0.2, Resources(), False), (5.0, Resources(), True), (0.2, Resources(cpus=1), True)],
    ids=["short", "long", "short, but it held something"],
)
def test_only_what_is_worth_an_entry_gets_one(seconds: float, resources: Resources, has_entry: bool) -> None:
    now = [0.0]
    accounts = Accounts(lambda: now[0])
    accounts.begin("a")
    now[0] = seconds
    assert (accounts.end(order("a", resources), None, report()) is not None) is has_entry
    assert accounts.end(order("a", resources), None, report()) is None


def test_an_entry_says_what_was_counted_and_what_was_seen() -> None:
    now = [0.0]
    accounts = Accounts(lambda: now[0])
    accounts.begin("a")
    accounts.look(order("a"), cpu_seconds=1.0, rss_bytes=900)
    now[0] = 8.0
    body = accounts.end(order("a"), None, report()).body
    assert (body["seconds"], body["cpu_seconds"], body["rss_bytes_max"]) == (8.0, 1.5, 900)
    assert (body["read_bytes"], body["written_bytes"], body["gpus"]) == (10, 20, ())


def test_of_a_lost_try_what_was_seen_last_counts() -> None:
    now = [0.0]
    accounts = Accounts(lambda: now[0])
    accounts.begin("a")
    accounts.look(order("a"), cpu_seconds=2.0, rss_bytes=100)
    now[0] = 3.0
    body = accounts.end(order("a"), None, None, rss_bytes=4000).body
    assert (body["cpu_seconds"], body["rss_bytes_max"]) == (2.0, 4000)
