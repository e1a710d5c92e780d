"""One triggerer with ten thousand waiting tasks: how much memory, and how long from an event to its row in the store.

    python benchmarks/ten_thousand_waiting.py [HOW_MANY]

Half of them wait for files (inotify), half for an instant. Then single files appear, one after the other.
"""

from __future__ import annotations

import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tradewind.model.changes import Change, DeferralMade, RunChanged, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import JobKind, Topic
from tradewind.model.states import RunState, RunType
from tradewind.store import open_store
from tradewind.store.base import Store

SAMPLES = 200
RUN = RunKey("many", "one")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        store = open_store(f"sqlite:///{home}/tradewind.db", home=home)
        _defer(store, count, inbox)
        environment = {**os.environ, "TRADEWIND_HOME": str(home), "TRADEWIND_TRIGGERER_CAPACITY": str(count)}
        started = time.perf_counter()
        process = subprocess.Popen([Path(sys.executable).parent / "tradewind", "triggerer"], env=environment)
        try:
            _wait_until_held(store, count)
            print(f"{count} waits held after {time.perf_counter() - started:.1f} s")
            time.sleep(3)
            before = _cpu_seconds(process.pid)
            for pid in _family(process.pid):
                print(f"  process {pid}: {_pss_mib(pid):.0f} MiB (PSS)")
            print(f"together {sum(map(_pss_mib, _family(process.pid))):.0f} MiB (PSS)")
            time.sleep(10)
            print(f"idle: {(_cpu_seconds(process.pid) - before) * 10:.1f} % of a core")
            waits = sorted(_latencies(store, inbox))
            print(
                f"event to store: median {statistics.median(waits):.1f} ms, "
                f"p99 {waits[int(len(waits) * 0.99)]:.1f} ms, most {waits[-1]:.1f} ms ({len(waits)} events)"
            )
        finally:
            process.terminate()
            process.wait()
            store.close()


def _defer(store: Store, count: int, inbox: Path) -> None:
    now = datetime.now(UTC)
    created = RunCreated(RUN, "", "", RunType.MANUAL, now, now, now, now)
    changes: list[Change] = [created, RunChanged(RUN, RunState.QUEUED, RunState.RUNNING, "")]
    for number in range(count):
        if number % 2:
            trigger = "airflow.providers.standard.triggers.temporal.DateTimeTrigger"
            kwargs = {"moment": (now + timedelta(days=1)).isoformat()}
        else:
            trigger = "airflow.providers.standard.triggers.file.FileTrigger"
            kwargs = {"filepath": str(inbox / str(number)), "poke_interval": 30.0}
        changes.append(DeferralMade(RUN, "t", (number,), f"try-{number}", trigger, kwargs, "back", {}, "", ""))
    store.commit(changes, who="benchmark", now=now)


def _wait_until_held(store: Store, count: int) -> None:
    while True:
        held = sum(job.detail.get("running", 0) for job in store.jobs(kind=JobKind.TRIGGERER))
        if held >= count:
            return
        time.sleep(0.2)


def _latencies(store: Store, inbox: Path) -> list[float]:
    found: list[float] = []
    listener = store.listen({Topic.EVENTS})
    for number in range(0, SAMPLES * 2, 2):
        started = time.perf_counter()
        (inbox / str(number)).touch()
        select.select([listener.fileno()], [], [], 10)
        found.append((time.perf_counter() - started) * 1000)
        listener.heard()
        time.sleep(0.02)
    ended = [one for one in store.deferrals(RUN) if one.outcome is not None]
    assert len(ended) == SAMPLES, f"{len(ended)} of {SAMPLES} ended"
    listener.close()
    return found


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _pss_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _cpu_seconds(pid: int) -> float:
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
