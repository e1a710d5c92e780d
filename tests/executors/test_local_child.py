"""What the process of a task looks like from inside."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tradewind.executors.base import CodeRef
from tradewind.model.outcomes import TryReport

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_a_task_has_an_empty_input_and_a_group_of_its_own(workplace):
    workplace.file("def look(): return [sys.stdin.read(), os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()]")
    assert json.loads(workplace.value_of("look")) == ["", True, True]


def test_signals_are_as_the_system_sets_them(workplace):
    workplace.file("""
        def look():
            import signal
            return [signal.getsignal(s) == signal.SIG_DFL for s in (signal.SIGINT, signal.SIGCHLD, signal.SIGHUP)]
    """)
    assert json.loads(workplace.value_of("look")) == [True] * 3


@linux
def test_a_task_inherits_no_descriptors_of_ours(workplace):
    workplace.file("def look(): return len(os.listdir('/proc/self/fd'))", parallelism=8)
    counts = [int(workplace.value_of("look")) for _ in range(3)]
    # stdin, stdout, stderr and their two pipes, its socket, its card, its log, the listing; not one more per sibling
    assert counts == counts[:1] * 3
    assert counts[0] <= 11


def test_what_the_file_opened_at_its_top_stays_open(workplace):
    workplace.file("def read(): return FILE.read()", head="import tempfile\nFILE = open(__file__)")
    assert "import tempfile" in workplace.value_of("read")


def test_tasks_run_in_the_given_folder_with_the_given_environment(workplace):
    workplace.file("def look(): return [os.getcwd(), os.environ['GIVEN']]", environment={"GIVEN": "yes"})
    assert json.loads(workplace.value_of("look")) == [os.path.realpath(workplace.folder), "yes"]


def test_a_temporary_folder_made_by_the_import_outlives_its_first_task(workplace):
    workplace.file(
        "def look(): return os.path.isdir(FOLDER.name)", head="import tempfile\nFOLDER = tempfile.TemporaryDirectory()"
    )
    assert [workplace.value_of("look") for _ in range(2)] == ["true", "true"]


def test_hundreds_of_tries_each_end_once_and_leave_nothing(workplace):
    executor = workplace.file("def one(): return os.getpid()", parallelism=4)
    tries = [workplace.submit("one") for _ in range(200)]
    ends = workplace.ends_of(tries)
    assert all(isinstance(end, TryReport) for end in ends.values())
    assert len({end.outcome.result.inline for end in ends.values()}) == 200
    (parent,) = executor._household.all
    while len(parent.children) > len(parent.idle):
        executor.wait(0.01)
    assert executor._packing.used_slots == 0
    assert not executor._tries


def test_a_large_message_reaches_a_child_and_its_large_report_us(workplace):
    workplace.file("""
        def echo():
            from tradewind import get_current_context
            print(len(get_current_context()["params"]["blob"]))
            raise ValueError("x" * 3_000_000)
    """)
    ended = workplace.run("echo", params={"blob": "b" * 5_000_000})
    assert isinstance(ended, TryReport)
    assert "5000000" in workplace.log(ended.try_id)


def test_retiring_what_is_not_there_does_nothing(workplace):
    workplace.executor().retire(CodeRef("none", "none.py"))
