"""On one machine: one scheduler a home, locks that a killed process frees at once, and sockets that wake."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from tests.store.conformance_services import a_job, rings
from tests.store.making import RUN, claim, commit, created
from tradewind.model.service import JobKind, Topic
from tradewind.store import open_store
from tradewind.store.errors import SchedulerRunningError
from tradewind.store.sqlite.bells import Bells, folder_for

SCHEDULER = """
import os, sys, time
from datetime import timedelta
from pathlib import Path
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.store import open_store
home = Path(sys.argv[1])
store = open_store(f"sqlite:///{home}/tradewind.db", home=home)
now = store.now()
store.register_job(JobRecord("theirs", JobKind.SCHEDULER, os.getpid(), "box", now, now, now + timedelta(hours=1)))
listener = store.listen([Topic.RUNS])
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def scheduler(home, store):
    process = subprocess.Popen([sys.executable, "-c", SCHEDULER, str(home)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_scheduler_is_refused_and_the_first_named(store, scheduler):
    with pytest.raises(SchedulerRunningError, match=f"process {scheduler.pid} on box"):
        store.register_job(a_job(store, "ours", JobKind.SCHEDULER))
    assert [job.job_id for job in store.jobs()] == ["theirs"]
    store.register_job(a_job(store, "ours", JobKind.TRIGGERER))


def test_a_killed_scheduler_is_gone_at_once(store, scheduler):
    """Its lease would hold for another hour."""
    commit(store, created())
    claim(store, "theirs")
    assert store.abandoned_runs() == []
    scheduler.send_signal(signal.SIGKILL)
    scheduler.wait()
    assert [key for key, _ in store.abandoned_runs()] == [RUN]
    assert store.jobs(only_alive=True) == []
    store.register_job(a_job(store, "ours", JobKind.SCHEDULER))


def test_a_killed_listeners_socket_is_cleared_away(store, home, scheduler):
    assert len(list((folder_for(home) / "runs").iterdir())) == 1
    scheduler.kill()
    scheduler.wait()
    store.ring(Topic.RUNS)
    assert list((folder_for(home) / "runs").iterdir()) == []


def test_a_listener_that_sleeps_blocks_nobody(store):
    listener = store.listen([Topic.RUNS])
    for _ in range(2_000):
        store.ring(Topic.RUNS)
    assert listener.heard() == {Topic.RUNS}
    listener.close()


def test_a_home_too_deep_for_a_sockets_path(tmp_path):
    bells = Bells(tmp_path / ("deep" * 40))
    listener = bells.listen([Topic.RUNS, Topic.EVENTS])
    bells.ring(Topic.EVENTS)
    assert rings(listener)
    assert listener.heard() == {Topic.EVENTS}
    listener.close()


def test_threads_ring(store):
    listener = store.listen([Topic.RUNS])
    threads = [threading.Thread(target=store.ring, args=(Topic.RUNS,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rings(listener)
    assert listener.heard() == {Topic.RUNS}
    listener.close()


def test_who_closes_is_gone(store, home):
    with_job = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    with_job.register_job(a_job(store, "ours", JobKind.SCHEDULER))
    with_job.close()
    assert store.jobs(only_alive=True) == []
    store.register_job(a_job(store, "next", JobKind.SCHEDULER))
