"""Progress is told at most ten times a second, ends with its newest figure, and is picked up from tqdm bars."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

from tradewind.model.messages import Progress
from tradewind.runner.progress import ProgressReporter, follow_tqdm


class Listener:
    def __init__(self) -> None:
        self.told: list[Any] = []

    def ask(self, request: Any) -> Any:
        raise AssertionError(request)

    def tell(self, notice: Any) -> None:
        self.told.append(notice)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_comes_too_fast_is_held_back_until_it_is_due_or_the_end() -> None:
    listener, clock = Listener(), Clock()
    progress = ProgressReporter("t", listener, clock)

    for done in range(5):
        progress.update(done, 10)
    clock.now = 0.11
    progress.update(5, 10)
    progress.update(6, 10, "nearly")
    progress.flush()
    progress.flush()

    assert listener.told == [Progress("t", 0, 10), Progress("t", 5, 10), Progress("t", 6, 10, "nearly")]


def test_wrapping_an_iterable_knows_its_length() -> None:
    listener = Listener()
    progress = ProgressReporter("t", listener, Clock())

    assert list(progress(["a", "b"], description="rows")) == ["a", "b"]
    progress.flush()

    assert listener.told[0] == Progress("t", 0, 2, "rows")
    assert listener.told[-1] == Progress("t", 2, 2, "rows")


def test_tqdm_bars_are_picked_up_with_their_end() -> None:
    from tqdm import tqdm

    listener = Listener()
    progress = ProgressReporter("t", listener)
    follow_tqdm(progress)
    try:
        for _ in tqdm(range(3), desc="epochs", file=io.StringIO()):
            pass
    finally:
        follow_tqdm(None)
    progress.flush()

    assert listener.told[-1] == Progress("t", 3, 3, "epochs")


def test_a_tqdm_that_is_imported_by_the_task_is_picked_up_too() -> None:
    script = """
import sys
from tradewind.runner.progress import ProgressReporter, follow_tqdm
class Listener:
    def tell(self, notice): print(notice.done, notice.total)
progress = ProgressReporter("t", Listener())
follow_tqdm(progress)
assert "tqdm" not in sys.modules
import io, tqdm
for _ in tqdm.tqdm(range(7), file=io.StringIO()): pass
progress.flush()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "7.0 7.0"
