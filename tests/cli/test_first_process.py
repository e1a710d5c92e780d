"""A service as the first process of a container: a process namespace stands for that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = """
import os, signal, sys, time
from tradewind.cli.first_process import stand_aside

stand_aside()
read, write = os.pipe()
if os.fork() == 0:
    if os.fork() == 0:
        os.write(write, b"%d\\n" % os.getpid())  # nobody waits for this one but the first process
    os._exit(0)
os.wait()
orphan = int(os.read(read, 100))
deadline = time.monotonic() + 60
while os.path.exists(f"/proc/{orphan}") and time.monotonic() < deadline:
    os.sched_yield()
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(7))
print("left:", os.path.exists(f"/proc/{orphan}"), "parent:", os.getppid(), flush=True)
while True:
    signal.pause()
"""


def namespace() -> list[str]:
    command = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], capture_output=True).returncode:
        pytest.skip("there are no process namespaces here")
    return command


def test_what_others_leave_is_taken_in_and_signals_are_handed_on() -> None:
    process = subprocess.Popen([*namespace(), sys.executable, "-c", SERVICE], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "left: False parent: 1\n"
    first = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())
    os.kill(first, signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 7


def test_elsewhere_nothing_is_done() -> None:
    code = "import os; from tradewind.cli.first_process import stand_aside; before = os.getpid(); stand_aside()"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(before == os.getpid())"], capture_output=True, text=True
    )
    assert done.stdout == "True\n"
