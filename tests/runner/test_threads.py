"""Which threads make a fork unsafe: those of Polars' import do not, those of its computing do."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("polars")

IMPORTED = """
import os, polars
from tradewind.runner.threads import why_fork_is_unsafe
assert not why_fork_is_unsafe(), why_fork_is_unsafe()
pid = os.fork()
if pid == 0:
    frame = polars.DataFrame({"a": range(1000), "b": [1, 2] * 500})
    rows = frame.lazy().group_by("b").agg(polars.col("a").sum()).collect(engine="streaming")
    os._exit(0 if rows.height == 2 else 1)
print(os.waitpid(pid, 0)[1])
"""
COMPUTED = """
import polars
from tradewind.runner.threads import why_fork_is_unsafe
frame = polars.DataFrame({"a": range(100_000), "b": [1, 2] * 50_000})
frame.lazy().group_by("b").agg(polars.col("a").sum()).collect(engine="streaming")
print("polars" in why_fork_is_unsafe())
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("code", "printed"), [(IMPORTED, "0"), (COMPUTED, "True")], ids=["imported", "has computed something"]
)
def test_a_process_with_polars(code: str, printed: str) -> None:
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=False)
    assert ended.stdout.strip() == printed, ended.stderr
