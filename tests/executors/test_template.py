"""Warm parents that are forked from the template: the same in all that counts as those started anew."""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

import pytest
from tests.executors.conftest import PATIENCE_SECONDS
from tests.executors.test_local_cancel import FAMILY, HEAD, family_of, wait_until_gone

from tradewind.executors.local.template import AdoptedProcess
from tradewind.model.outcomes import TryLost

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs subreapers and pidfds")


def with_template(workplace, body: str, head: str = ""):
    """An executor whose template is up before it sees its first file."""
    workplace.write(body, head=head)
    executor = workplace.executor()
    executor._household._started_ahead = None  # it was started anew
    executor.expect_many_files()
    select.select([executor._household._template._socket], [], [], PATIENCE_SECONDS)
    assert executor._household._template.can_fork
    return executor


def load(workplace) -> None:
    loaded = workplace.executors[-1].load(workplace.snapshot_now(), "f.py", 60.0)
    assert not loaded.problems, loaded.problems


def forked(executor) -> AdoptedProcess:
    (parent,) = (one for one in executor._household.all if one.code is not None)
    assert isinstance(parent.process, AdoptedProcess)
    return parent.process


def test_tasks_run_in_children_of_a_forked_warm_parent(workplace):
    executor = with_template(workplace, "def one(): return os.getppid()")
    load(workplace)
    assert workplace.value_of("one") == str(forked(executor).pid)


def test_its_mark_is_its_own(workplace):
    executor = with_template(workplace, "def one(): return os.environ['TRADEWIND_WARM_PARENT']")
    load(workplace)
    (parent,) = (one for one in executor._household.all if one.code is not None)
    assert workplace.value_of("one") == f'"{parent.mark}"'
    environment = Path(f"/proc/{parent.process.pid}/environ").read_bytes().split(b"\0")
    assert f"TRADEWIND_WARM_PARENT={parent.mark}".encode() in environment


def test_an_import_that_ends_the_process_is_told_with_its_exit_code(workplace):
    with_template(workplace, "def one(): return 1", head="import os\nos._exit(7)")
    loaded = workplace.executors[-1].load(workplace.snapshot_now(), "f.py", 60.0)
    (problem,) = loaded.problems
    assert "exit code 7" in problem.message


def test_nothing_stays_of_one_that_is_killed(workplace, tmp_path):
    executor = with_template(workplace, FAMILY, HEAD)
    load(workplace)
    note = tmp_path / "pids"
    try_id = workplace.submit("family", params={"note": str(note), "then": "wait"})
    pids = family_of(workplace, note)
    os.kill(forked(executor).pid, signal.SIGKILL)
    ended = workplace.end_of(try_id)
    assert isinstance(ended, TryLost)
    assert "SIGKILL" in ended.why
    wait_until_gone(pids)


def test_nothing_stays_when_the_executor_stops(workplace, tmp_path):
    executor = with_template(workplace, FAMILY, HEAD)
    load(workplace)
    note = tmp_path / "pids"
    workplace.submit("family", params={"note": str(note), "then": "wait"})
    pids = [*family_of(workplace, note), forked(executor).pid, executor._household._template._process.pid]
    executor.stop(grace_seconds=0.2)
    wait_until_gone(pids)


def test_without_its_template_the_executor_goes_on(workplace):
    executor = with_template(workplace, "def one(): return 1")
    executor._household._template._process.kill()
    executor._household._template._process.wait()
    load(workplace)
    assert workplace.value_of("one") == "1"
