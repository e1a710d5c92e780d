"""How tries end: reports, and every way to die without one."""

from __future__ import annotations

import signal
import sys

import pytest

from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import Failed, Succeeded, TryLost, TryReport
from tradewind.model.spec import Resources


def test_a_task_reports(workplace):
    workplace.file("def one(): return 1")
    ended = workplace.run("one")
    assert isinstance(ended, TryReport)
    assert isinstance(ended.outcome, Succeeded)
    assert ended.max_rss_bytes > 1_000_000


def test_a_try_tells_when_its_file_was_loaded_where_it_had_to_be_and_when_its_code_had_ended(workplace):
    workplace.file("def one(): return 1", load=False)
    workplace.snapshot_now()
    starts, ends = zip(*(_start_and_end(workplace, workplace.submit("one")) for _ in range(2)), strict=True)
    assert starts[0].imported_at <= starts[0].at <= ends[0].executed_at
    assert starts[1].imported_at is None


def _start_and_end(workplace, try_id):
    said = []
    while not any(isinstance(event, TryReport) for event in said):
        said += [event for event in workplace.next_events() if event.try_id == try_id]
    return next(event for event in said if isinstance(event, TryStarted)), said[-1]


def test_a_task_that_raises_reports_its_failure(workplace):
    workplace.file("def bad(): raise ValueError('no')")
    ended = workplace.run("bad")
    assert isinstance(ended.outcome, Failed)
    assert ended.outcome.error_type.endswith("ValueError")


@pytest.mark.parametrize(
    ("body", "exit_code", "number", "says"),
    [
        ("os._exit(3)", 3, None, "exit code 3"),
        ("os.kill(os.getpid(), 9)", None, signal.SIGKILL, "SIGKILL (9)"),
        ("os.kill(os.getpid(), 11)", None, signal.SIGSEGV, "native code"),
        ("os.kill(os.getppid(), 9); time.sleep(60)", None, None, "had imported its DAG file"),
    ],
)
def test_a_process_that_ends_without_a_report_is_lost(workplace, body, exit_code, number, says):
    workplace.file(f"""
        def dies():
            print("last words", flush=True)
            {body}
        def lives(): return 1
    """)
    ended = workplace.run("dies")
    assert isinstance(ended, TryLost)
    assert (ended.exit_code, ended.signal) == (exit_code, number)
    assert says in ended.why
    assert any("last words" in line for line in ended.last_log_lines)
    assert workplace.value_of("lives") == "1"  # a new child, or a new warm parent


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched through /proc")
def test_a_try_over_its_declared_memory_is_ended(workplace):
    workplace.file("""
        def grows():
            held = [bytearray(b"x") * (200 << 20)]
            time.sleep(60)
    """)
    ended = workplace.run("grows", resources=Resources(memory_bytes=50 << 20))
    assert isinstance(ended, TryLost)
    assert "had declared 50 MiB" in ended.why
    assert "resources=dict(memory=" in ended.why


def test_a_hard_memory_limit_is_the_tasks_own_failure(workplace):
    workplace.file("""
        def limited():
            import resource
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            bytearray(8 << 30)
    """)
    ended = workplace.run("limited")
    assert isinstance(ended, TryReport)
    assert ended.outcome.error_type.endswith("MemoryError")


def test_a_task_that_ignores_its_time_limit_is_ended(workplace):
    workplace.file("""
        def stubborn():
            import signal
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM, signal.SIGTERM])
            time.sleep(60)
    """)
    workplace.executors[-1]._grace_seconds = 0.1
    ended = workplace.run("stubborn", time_limit_seconds=0.1)
    assert isinstance(ended, TryLost)
    assert "execution_timeout of 0.1 s" in ended.why


def test_bytes_that_are_no_message_end_the_try(workplace):
    workplace.file("""
        def garbles():
            for number in range(3, 60):
                try:
                    socket = __import__("socket").socket(fileno=os.dup(number))
                    socket.sendall(b"\\0\\0\\0\\4oops")
                except OSError:
                    pass
            time.sleep(60)
    """)
    ended = workplace.run("garbles")
    assert isinstance(ended, TryLost)
    assert "no message" in ended.why


def test_an_unknown_snapshot_loses_the_try_and_says_so(workplace):
    workplace.write("def one(): return 1")
    workplace.snapshot_now()
    for manifest in (workplace.home / "snapshots").glob("*.json"):
        manifest.unlink()
    workplace.executor()
    ended = workplace.run("one")
    assert isinstance(ended, TryLost)
    assert "snapshot" in ended.why


def test_a_snapshot_of_an_earlier_process_is_found_in_the_home(workplace):
    workplace.write("def one(): return 1")
    workplace.snapshot_now()
    workplace.executor()
    assert workplace.value_of("one") == "1"
