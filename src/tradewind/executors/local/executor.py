"""The local executor: one selector, one thread. See ../base.py for what it promises.

A try goes: `submit` takes its resources, hands it to a child of its file's warm parent (forked ahead, else asked for),
the child reports over its own socket, and the warm parent tells how the child ended. Spare children are asked for in
`wait`, after everything that could be dispatched has been.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tradewind.executors.base import Answer, CodeRef, ExecutorEvent, TryOrder
from tradewind.executors.local import machine
from tradewind.executors.local.hearing import Hearing
from tradewind.executors.local.household import Household
from tradewind.executors.local.packing import Packing
from tradewind.executors.local.sampling import Sampler
from tradewind.executors.local.timers import Timers
from tradewind.executors.local.tries import Tries
from tradewind.model.spec import Resources
from tradewind.model.warm import FileLoaded, Snapshot

START_NEWS_SECONDS = 0.01


class LocalExecutor:
    """Give what differs from this machine: `cpus`, `memory_bytes` and `gpus` (how many) are detected where None.

    `cwd` is where tasks run (default: here). `environment` is added to ours for all tasks. A warm parent without work
    for `idle_retire_seconds`, or the longest idle of more than `max_warm_parents`, is let go."""

    name = "local"

    def __init__(
        self,
        home: Path,
        *,
        parallelism: int = 0,
        cpus: float | None = None,
        memory_bytes: int | None = None,
        gpus: int | None = None,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        log_level: str = "INFO",
        kill_grace_seconds: float = 5.0,
        import_memory_bytes: int = 0,
        idle_retire_seconds: float = 300.0,
        max_warm_parents: int = 8,
        python: str = sys.executable,
    ) -> None:
        found_cpus = machine.cpu_count()
        self.parallelism = parallelism or found_cpus + 1
        self._packing = Packing(
            self.parallelism,
            found_cpus if cpus is None else cpus,
            machine.memory_bytes() if memory_bytes is None else memory_bytes,
            machine.gpu_ids if gpus is None else lambda: tuple(map(str, range(gpus))),
        )
        self._selector = selectors.DefaultSelector()
        self._timers = Timers()
        self._tries = Tries(self._packing, self._timers, kill_grace_seconds)
        self._hearing = Hearing(self._tries, self._timers, self.poll, self.wake, kill_grace_seconds)
        self._household = self._tries.household = Household(
            self._hearing,
            self._selector,
            self._timers,
            blobs=home / "snapshots" / "blobs",
            cwd=cwd or Path.cwd(),
            environment={"TRADEWIND_LOG_LEVEL": log_level, **(environment or {})},
            python=python,
            max_spares=self.parallelism,
            grace_seconds=kill_grace_seconds,
            import_memory_bytes=import_memory_bytes,
            idle_retire_seconds=idle_retire_seconds,
            max_warm_parents=max_warm_parents,
        )
        self._sampler = Sampler(self._timers, self._tries.live, self._tries.tell, accounts=self._tries.accounts)
        self._wake_read, self._wake_write = os.pipe()
        for descriptor in (self._wake_read, self._wake_write):
            os.set_blocking(descriptor, False)
        self._selector.register(self._wake_read, selectors.EVENT_READ, self._on_wake)
        self._woken = False
        self._watched: tuple[int, ...] = ()
        self._has_stopped = False

    # ---------------------------------------------------------------------------------------------- contract

    def start(self, answer: Answer) -> None:
        """Also starts the first warm parent, so that its interpreter is up when the first file is known."""
        self._hearing.answerer = answer
        self._household.start_ahead()

    def fits(self, resources: Resources) -> str | None:
        return self._packing.fits(resources)

    def expect(self, code: CodeRef) -> None:
        self._household.expect(code)

    def can_take(self, resources: Resources) -> str | None:
        return self._packing.can_take(resources)

    def submit(self, order: TryOrder) -> None:
        """A try whose need cannot be met now waits here; better ask `can_take` first."""
        self._tries.submit(order)
        self._sampler.begin()

    def cancel(self, try_id: str, *, grace_seconds: float) -> None:
        """Unknown and ended tries are ignored: a cancel and an end may cross each other. A second cancel can only
        shorten the grace."""
        self._tries.cancel(try_id, grace_seconds)

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        tries = self._tries
        deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
        while True:
            self._timers.fire_due()
            if not tries.events and not self._woken:
                self._household.refill()
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            patience = left
            if tries.starts:
                patience = START_NEWS_SECONDS if left is None else min(left, START_NEWS_SECONDS)
            before = time.monotonic()
            self.poll(0.0 if tries.events or self._woken or tries.has_freed else patience)
            is_late = tries.starts and time.monotonic() - before >= START_NEWS_SECONDS
            is_over = is_late or (deadline is not None and time.monotonic() >= deadline)
            if tries.events or self._woken or tries.has_freed or is_over:
                self._woken = tries.has_freed = False
                return tries.take_events()

    def watch(self, *descriptors: int) -> None:
        if descriptors == self._watched:
            return
        for descriptor in self._watched:
            with contextlib.suppress(KeyError, ValueError, OSError):  # its owner may have closed it
                self._selector.unregister(descriptor)
        for descriptor in descriptors:
            self._selector.register(descriptor, selectors.EVENT_READ, self._on_watched)
        self._watched = descriptors

    def wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_write, b"\0")

    def stop(self, *, grace_seconds: float) -> None:
        """A second call does nothing."""
        if self._has_stopped:
            return
        self._has_stopped = True
        for try_id in self._tries.ids():
            self.cancel(try_id, grace_seconds=grace_seconds)
        deadline = time.monotonic() + grace_seconds + 2.0
        while self._tries and time.monotonic() < deadline:
            self._timers.fire_due()
            self.poll(max(0.0, deadline - time.monotonic()))
        self._household.stop(2.0)
        self._hearing.expect_no_more()
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    # ---------------------------------------------------------------------------------------------- DAG files

    def load(self, snapshot: Snapshot, file: str, timeout_seconds: float = 60.0) -> FileLoaded:
        """The specs of a DAG file, from the warm parent that will run its tasks: started if there is none. Blocks;
        what comes in meanwhile is kept for `wait`. Never raises for what the file does: that is in `problems`."""
        return self._household.load(snapshot, file, timeout_seconds)

    def expect_many_files(self) -> None:
        """Get ready to run tasks of many DAG files: from now on their processes are forked, not started anew."""
        self._household.start_template()

    def retire(self, code: CodeRef) -> None:
        """Let the warm parent of this code go once its tries have ended."""
        self._household.retire(code)

    # ---------------------------------------------------------------------------------------------- the loop

    def poll(self, timeout_seconds: float | None) -> None:
        """One look at all sockets."""
        to_timer = self._timers.seconds_to_next()
        if to_timer is not None:
            timeout_seconds = to_timer if timeout_seconds is None else min(timeout_seconds, to_timer)
        for key, ready in self._selector.select(timeout_seconds):
            handler: Callable[[int], None] = key.data
            handler(ready)

    def _on_watched(self, _ready: int) -> None:
        self._woken = True

    def _on_wake(self, _ready: int) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wake_read, 512):
                pass
        self._hearing.send_late_replies()
        self._woken = True
