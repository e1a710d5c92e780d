"""Cancelling, and that nothing outlives its try, its executor, or the executor's process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import TryLost, TryReport
from tradewind.model.spec import Resources

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and subreapers")

FAMILY = """
    def family():
        # A child, a grandchild in a session of its own, and one whose parent has ended (a daemon).
        note = params()["note"]
        daemon = "import os, time; os.fork() and os._exit(0); os.setsid(); open({0!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(600)"
        children = [
            subprocess.Popen(["sleep", "600"]),
            subprocess.Popen(["sleep", "600"], start_new_session=True),
        ]
        subprocess.run([sys.executable, "-S", "-c", daemon.format(note)])
        while not (os.path.exists(note) and os.path.getsize(note)):
            time.sleep(0.01)
        with open(note, "a") as file:
            file.write(" ".join(str(child.pid) for child in children) + f" {os.getpid()}\\n")
        if params().get("stubborn"):
            import signal
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if params()["then"] == "wait":
            time.sleep(600)
"""
HEAD = """
    def params():
        from tradewind import get_current_context
        return get_current_context()["params"]
"""


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 60
    while left := [pid for pid in pids if is_running(pid)]:
        assert time.monotonic() < deadline, f"still running: {left}"
        time.sleep(0.005)


def family_of(workplace, note: Path) -> list[int]:
    return [int(pid) for pid in workplace.wait_for_file(note).split()]


@linux
@pytest.mark.parametrize("stubborn", [False, True])
def test_a_cancelled_try_takes_all_its_processes_along(workplace, stubborn):
    workplace.file(FAMILY, head=HEAD)
    note = workplace.folder / "pids"
    try_id = workplace.submit("family", params={"note": str(note), "then": "wait", "stubborn": stubborn})
    pids = family_of(workplace, note)
    workplace.executors[-1].cancel(try_id, grace_seconds=0.2)
    ended = workplace.end_of(try_id)
    assert isinstance(ended, TryLost if stubborn else TryReport)
    wait_until_gone(pids)


@linux
def test_a_try_that_ends_well_leaves_no_process(workplace):
    workplace.file(FAMILY, head=HEAD)
    note = workplace.folder / "pids"
    assert isinstance(workplace.run("family", params={"note": str(note), "then": "end"}), TryReport)
    wait_until_gone(family_of(workplace, note))


@linux
def test_stopping_the_executor_ends_everything(workplace):
    executor = workplace.file(FAMILY, head=HEAD)
    note = workplace.folder / "pids"
    try_id = workplace.submit("family", params={"note": str(note), "then": "wait", "stubborn": True})
    pids = [*family_of(workplace, note), *(parent.process.pid for parent in executor._household.all)]
    executor.stop(grace_seconds=0.1)
    workplace.executors.remove(executor)
    wait_until_gone(pids)
    assert [event.try_id for event in executor._tries.events if isinstance(event, TryLost)] == [try_id]


@linux
def test_a_killed_warm_parent_leaves_no_process(workplace):
    executor = workplace.file(FAMILY, head=HEAD)
    note = workplace.folder / "pids"
    try_id = workplace.submit("family", params={"note": str(note), "then": "wait", "stubborn": True})
    pids = family_of(workplace, note)
    os.kill(next(iter(executor._household.all)).process.pid, signal.SIGKILL)
    assert isinstance(workplace.end_of(try_id), TryLost)
    wait_until_gone(pids)


SUPERVISOR = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from conftest import Workplace
    workplace = Workplace.__new__(Workplace)
    workplace.__init__(Path({folder!r}))
    workplace.write({body!r}, head={head!r}) if {body!r} else workplace.write_raw({raw!r})
    workplace.snapshot_now()
    executor = workplace.executor()
    if {raw!r}:
        executor.load(workplace.snapshot, "f.py", 600)
    workplace.submit("family", params={{"note": {note!r}, "then": "wait", "stubborn": True}})
    while True:
        executor.wait(None)
"""


def kill_supervisor(workplace, note: Path, *, body: str = "", raw: str = "") -> list[int]:
    """Run an executor in a process of its own, and kill that with SIGKILL once the file `note` names processes."""
    code = SUPERVISOR.format(
        tests=str(Path(__file__).parent),
        folder=str(workplace.folder / "other"),
        body=body,
        head=HEAD,
        raw=raw,
        note=str(note),
    )
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)])
    workplace.executor()
    pids = family_of(workplace, note)
    process.kill()
    process.wait()
    return pids


@linux
def test_kill_minus_nine_of_the_supervisor_leaves_no_process(workplace):
    note = workplace.folder / "pids"
    wait_until_gone(kill_supervisor(workplace, note, body=FAMILY))


@linux
@pytest.mark.parametrize(
    "hang", ["time.sleep(600)", "signal.pthread_sigmask(signal.SIG_BLOCK, [14, 15]); time.sleep(600)"]
)
def test_kill_minus_nine_of_the_supervisor_ends_an_import(workplace, hang):
    note = workplace.folder / "pids"
    raw = f"import os, signal, time\nopen({str(note)!r}, 'w').write(f'{{os.getpid()}}\\n')\n{hang}\n"
    wait_until_gone(kill_supervisor(workplace, note, raw=raw))


def test_a_second_cancel_shortens_the_grace(workplace):
    workplace.file("""
        def deaf():
            import signal
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            print("started", flush=True)
            time.sleep(600)
    """)
    try_id = workplace.submit("deaf")
    while "started" not in (workplace.log(try_id) if workplace.log_path(try_id).exists() else ""):
        workplace.executors[-1].wait(0.01)
    workplace.executors[-1].cancel(try_id, grace_seconds=600)
    workplace.executors[-1].cancel(try_id, grace_seconds=0)
    assert isinstance(workplace.end_of(try_id), TryLost)


def test_a_report_that_crosses_its_cancel_still_comes_once(workplace):
    workplace.file("""
        def slow_end():
            import signal
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            print("started", flush=True)
            time.sleep(0.3)
            return 1
    """)
    try_id = workplace.submit("slow_end")
    while "started" not in (workplace.log(try_id) if workplace.log_path(try_id).exists() else ""):
        workplace.executors[-1].wait(0.005)  # before it takes no notice, the signal would end it
    workplace.executors[-1].cancel(try_id, grace_seconds=60)
    assert isinstance(workplace.end_of(try_id), TryReport)
    workplace.executors[-1].cancel(try_id, grace_seconds=1)  # too late: ignored
    assert workplace.executors[-1].wait(0.05) == []


def test_a_try_that_waits_for_resources_can_be_cancelled(workplace):
    executor = workplace.file("def sleeps(): time.sleep(600)", parallelism=1)
    running, waiting = workplace.submit("sleeps"), workplace.submit("sleeps")
    executor.cancel(waiting, grace_seconds=1)
    ended = workplace.end_of(waiting)
    assert isinstance(ended, TryLost)
    assert "before it started" in ended.why
    executor.cancel(running, grace_seconds=5)
    workplace.end_of(running)


def test_two_executors_do_not_disturb_each_other(workplace):
    first = workplace.file("""
        def sleeps(): time.sleep(600)
        def one(): return 1
    """)
    sleeping = workplace.submit("sleeps")
    second = workplace.executor()
    second.load(workplace.snapshot, "f.py", 60)
    assert workplace.value_of("one") == "1"
    second.stop(grace_seconds=0.1)
    workplace.executors.remove(second)
    assert [type(event) for event in first.wait(0.05) if not isinstance(event, TryStarted)] == []
    first.cancel(sleeping, grace_seconds=5)
    workplace.end_of(sleeping)


def test_wake_ends_a_wait(workplace):
    executor = workplace.executor()
    executor.wake()
    assert executor.wait(30) == []


def test_resources_of_a_lost_try_are_free_again(workplace):
    executor = workplace.file("def dies(): os._exit(1)", cpus=1)
    for _ in range(3):
        workplace.run("dies", resources=Resources(cpus=1, memory_bytes=1 << 30))
    assert executor.can_take(Resources(cpus=1)) is None
    assert executor._packing.used_slots == 0
