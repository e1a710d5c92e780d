"""The contract of every executor: take orders, run each try in a process of its own, report every end exactly once.

The scheduler's loop is single-threaded and spends its idle time inside `wait`. An executor never decides a state: it
passes on what runners say, answers nothing itself (requests go to the `answer` function it was given), and makes a
`TryLost` for a try that ended without a report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from msgspec import Struct

from tradewind.model.ids import TryId
from tradewind.model.messages import Notice, Reply, Request, RunTry
from tradewind.model.outcomes import CallbacksEnded, TryLost, TryReport
from tradewind.model.spec import Resources, ReuseSpec

ExecutorEvent: TypeAlias = Notice | TryReport | TryLost | CallbacksEnded


class Later(Protocol):
    """A reply that takes a while: whoever asked waits for it, and nobody else does."""

    def when_there(self, call: Callable[[], None]) -> None:
        """Calls once it can be had, from any thread."""
        ...

    def reply(self) -> Reply:
        """In the thread that asked; waits where it cannot be had yet."""
        ...


Answer: TypeAlias = Callable[[Request], Reply | Later]


class CodeRef(Struct, frozen=True):
    """Which code a try runs: a DAG file (relative path) in a snapshot of its DAG folder."""

    snapshot: str
    file: str


class TryOrder(Struct, frozen=True):
    code: CodeRef
    message: RunTry
    resources: Resources = Resources()
    reuse: ReuseSpec | None = None
    queue: str = "default"
    is_last: bool = False
    """No other try of its run is to follow, as far as is known: nothing is got ready for one."""
    time_limit_seconds: float | None = None
    """The task's `execution_timeout`. The runner holds it; the executor ends a process that does not obey."""


class Executor(Protocol):
    name: str

    def start(self, answer: Answer) -> None:
        """Called once before all else. `answer` serves the runners' requests, in the scheduler's thread."""
        ...

    def fits(self, resources: Resources) -> str | None:
        """None where the need can ever be met here, else a sentence saying what this machine has."""
        ...

    def expect(self, code: CodeRef) -> None:
        """A try of this code is near: what takes long about its start may begin now. A hint: it never blocks, never
        raises, is forgotten where there are too many, and an executor may do nothing about it."""
        ...

    def can_take(self, resources: Resources) -> str | None:
        """None where an order with this need would start at once, else the reason it has to wait (shown to users)."""
        ...

    def submit(self, order: TryOrder) -> None:
        """Run this try. Never blocks on the runner; a failure to start ends in a TryLost from `wait`."""
        ...

    def cancel(self, try_id: TryId, *, grace_seconds: float) -> None:
        """SIGTERM to the try's whole process group, SIGKILL after the grace. Its end still comes from `wait`."""
        ...

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        """Everything that has come in; blocks until there is something, `wake` was called, or the timeout is over."""
        ...

    def watch(self, *descriptors: int) -> None:
        """From here on `wait` also returns while one of these is readable, in place of those given before. Cheap where
        they are the same."""
        ...

    def wake(self) -> None:
        """Make a blocked `wait` return; safe in a signal handler and from another thread."""
        ...

    def stop(self, *, grace_seconds: float) -> None:
        """End every process of ours, gently then by force. Nothing is left running."""
        ...
