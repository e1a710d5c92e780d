"""What running tries use of the machine, looked at from outside: CPU, memory, GPUs, told like metrics of theirs.

Short tries cost nothing: nobody looks before `FIRST_SECONDS`. Of long ones it is looked at ever more seldom, so that a
try of a day leaves some thousand points."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct

from tradewind.executors.local import evidence
from tradewind.executors.local.family import LiveTry
from tradewind.executors.local.nvml import GpuUse, Nvml, memory_of
from tradewind.executors.local.timers import Timers
from tradewind.executors.local.usage import Accounts
from tradewind.model.messages import LogMetric

FIRST_SECONDS = 2.0
AGE_SHARE = 300
"""Of a try's age is the time between two looks a share of so much."""
PREFIX = "tradewind."
GPU_QUERY = ("--query-gpu=index,utilization.gpu,memory.used", "--format=csv,noheader,nounits")
MEBIBYTE = 1024 * 1024


class _Seen(Struct):
    begun_at: float
    looked_at: float
    cpu_seconds: float
    cpu_before: float
    """What tries before it have taken, where their process serves several."""


class Sampler:
    """`tries`: those that are live; `tell`: hands a notice on. In the executor's thread."""

    def __init__(
        self,
        timers: Timers,
        tries: Callable[[], Iterable[LiveTry]],
        tell: Callable[[LogMetric], None],
        clock: Callable[[], float] = time.monotonic,
        accounts: Accounts | None = None,
        nvml: Nvml | None = None,
    ) -> None:
        self._timers = timers
        self._tries = tries
        self._tell = tell
        self._clock = clock
        self._seen: dict[str, _Seen] = {}
        self._is_armed = False
        self._gpus = GpuLook()
        self._nvml = nvml or Nvml()
        self._accounts = accounts or Accounts()

    def begin(self) -> None:
        """A try was submitted."""
        if not self._is_armed:
            self._is_armed = True
            self._timers.after(FIRST_SECONDS, self._look)

    def _look(self) -> None:
        now = self._clock()
        running = {live.try_id: live for live in self._tries() if live.child is not None}
        self._seen = {try_id: seen for try_id, seen in self._seen.items() if try_id in running}
        held = {gpu for live in running.values() if live.grant for gpu, _ in live.grant.gpus}
        gpus: Mapping[str, GpuUse] = self._look_at_gpus(held) if held else {}
        for try_id, live in running.items():
            assert live.child is not None, "only such were chosen"
            seen = self._seen.get(try_id)
            if seen is None:
                cpu_seconds = family_cpu_seconds(live.child.pid)
                before = cpu_seconds if live.child.served > 1 else 0.0
                self._seen[try_id] = _Seen(now, now, cpu_seconds, before)
            elif now - seen.looked_at >= (now - seen.begun_at) / AGE_SHARE:
                self._sample(live, live.child.pid, seen, now, gpus)
        self._is_armed = bool(running)
        if self._is_armed:
            self._timers.after(FIRST_SECONDS, self._look)

    def _sample(self, live: LiveTry, pid: int, seen: _Seen, now: float, gpus: Mapping[str, GpuUse]) -> None:
        cpu_seconds, rss_bytes = family_cpu_seconds(pid), evidence.family_rss_bytes(pid)
        self._accounts.look(live.order, cpu_seconds - seen.cpu_before, rss_bytes)
        spent, passed = max(0.0, cpu_seconds - seen.cpu_seconds), max(1e-3, now - seen.looked_at)
        seen.cpu_seconds, seen.looked_at = cpu_seconds, now
        self._tell(LogMetric(live.try_id, f"{PREFIX}cpu_percent", round(100 * spent / passed, 1)))
        self._tell(LogMetric(live.try_id, f"{PREFIX}rss_bytes", float(rss_bytes)))
        own = [(gpus[name], share) for name, share in (live.grant.gpus if live.grant else ()) if name in gpus]
        if own:
            self._tell_of_gpus(live, pid, own)

    def _tell_of_gpus(self, live: LiveTry, pid: int, own: list[tuple[GpuUse, float]]) -> None:
        family = frozenset(evidence.family(pid))
        memory_bytes = sum(memory_of(use, family, share) for use, share in own)
        percents = [use.percent for use, _ in own if use.percent is not None]
        percent = sum(percents) / len(percents) if percents else None
        self._accounts.look_at_gpus(live.order, percent, memory_bytes)
        if percent is not None:
            self._tell(LogMetric(live.try_id, f"{PREFIX}gpu_percent", percent))
        self._tell(LogMetric(live.try_id, f"{PREFIX}gpu_memory_bytes", float(memory_bytes)))

    def _look_at_gpus(self, held: Collection[str]) -> Mapping[str, GpuUse]:
        """By NVIDIA's library, else by its program."""
        if self._nvml.is_there():
            return self._nvml.found(held)
        return {gpu: GpuUse(percent, int(memory)) for gpu, (percent, memory) in self._gpus.found().items()}


def family_cpu_seconds(pid: int) -> float:
    """CPU time of a process and its descendants, those that have ended included. 0 on macOS."""
    ticks = 0
    for member in evidence.family(pid):
        with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{member}/stat", "rb") as file:
            ticks += sum(map(int, file.read().rpartition(b")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


class GpuLook:
    """Asks nvidia-smi, never waiting for it: what one look started, the next one reads."""

    def __init__(self, program: str | None = None) -> None:
        self._program = program
        self._is_looked_for = program is not None
        self._asked: subprocess.Popen[str] | None = None
        self._last: dict[str, tuple[float, float]] = {}

    def found(self) -> Mapping[str, tuple[float, float]]:
        """GPU → (percent in use, bytes in use), as of the look before. Empty without NVIDIA's program."""
        if not self._is_looked_for:
            self._is_looked_for, self._program = True, shutil.which("nvidia-smi")
        if self._program is None:
            return {}
        if self._asked is not None and self._asked.poll() is not None:
            text, _ = self._asked.communicate()
            self._last, self._asked = gpu_use(text), None
        if self._asked is None:
            with contextlib.suppress(OSError):
                self._asked = subprocess.Popen(
                    [self._program, *GPU_QUERY], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
                )
        return self._last


def gpu_use(text: str) -> dict[str, tuple[float, float]]:
    """Of nvidia-smi's lines: `0, 87, 10240`. One it cannot tell of (`[N/A]`) is left out."""
    found: dict[str, tuple[float, float]] = {}
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",")]
        with contextlib.suppress(ValueError):
            if len(parts) == 3:
                found[parts[0]] = (float(parts[1]), float(parts[2]) * MEBIBYTE)
    return found
