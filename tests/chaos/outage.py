"""`python -m tests.chaos.outage --minutes 10 [--fail-over] [--schedulers 2]`: PostgreSQL is away for that long under a busy service, or its
machine is lost and a streaming standby takes over; nothing may be lost, nothing done twice."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.audit import Tables, check
from tests.chaos.house import House
from tests.postgres import PostgresServer, embedded

DAGS = Path(__file__).parent / "outage_dags"
DAG_IDS = ("often", "long", "waiting", "retrying")
AFTERWARDS_SECONDS = 240
DUE = 30
"""So many runs of `often` are due within the time."""


class Watched:
    """A service on `url` whose tasks are witnesses. The outage is to lie within its first `seconds`."""

    def __init__(self, folder: Path, url: str, seconds: float, schedulers: int = 1) -> None:
        self._schedulers = schedulers
        self._drivers: set[object] = set()
        self.house = House(folder, url)
        self._file = folder / "witnesses"
        self._seconds = seconds
        self._opened = datetime.now(UTC)
        self.house.environment |= {
            "TRADEWIND_DAGS_FOLDER": str(DAGS),
            "WITNESS_OPENED_AT": self._opened.isoformat(),
            "WITNESS_SECONDS": str(seconds),
            "WITNESS_FILE": str(self._file),
            "TRADEWIND_PARALLELISM": "8",
        }

    def begin(self) -> None:
        self.house.start()
        for _ in range(self._schedulers - 1):
            self.house.start_another("scheduler")
        try:
            self.house.wait_for(self._is_busy, 120, "its tasks do not begin")
            self.house.wait_for(self._each_has_had_runs, 120, "a scheduler gets no runs")
        except AssertionError:
            self.house.stop()
            raise

    def _is_busy(self) -> bool:
        said = self.witnessed()
        return said["long 1.2 begins"] == 1 and any(text.startswith("often second") for text in said)

    def _each_has_had_runs(self) -> bool:
        tables = Tables(self.house.database_url)
        try:
            self._drivers.update(tables.rows("SELECT DISTINCT owner_id FROM run WHERE owner_id IS NOT NULL"))
        finally:
            tables.close()
        return len(self._drivers) == self._schedulers

    def witnessed(self) -> Counter[str]:
        return Counter(self._file.read_text().splitlines()) if self._file.exists() else Counter()

    def is_past(self, share: float) -> bool:
        return (datetime.now(UTC) - self._opened).total_seconds() > self._seconds * share

    def end(self) -> dict[str, int]:
        """Once all that was due has run. Raises AssertionError for what was lost, or done twice."""
        house = self.house
        try:
            house.wait_for(self._has_caught_up, self._seconds + AFTERWARDS_SECONDS, "it does not catch up")
            house.command("dags", "pause", "often")
            house.wait_for(lambda: not self._unfinished(), AFTERWARDS_SECONDS, "runs do not end")
        finally:
            house.stop()
        house.wait_for(lambda: not house.all_pids(), 60, "processes are left running")
        found = check(house.database_url, {})
        self._nothing_twice_and_nothing_lost()
        return {**found, "witnesses": self.witnessed().total()}

    def _has_caught_up(self) -> bool:
        said = self.witnessed()
        seconds = sum(text.startswith("often second") for text in said)
        return seconds >= DUE and said["long 1.2 ends"] == 1 and said["waiting 1.1"] == 1

    def _unfinished(self) -> bool:
        tables = Tables(self.house.database_url)
        try:
            return bool(tables.rows("SELECT 1 FROM run WHERE state = 'running' OR owner_id IS NOT NULL"))
        finally:
            tables.close()

    def _nothing_twice_and_nothing_lost(self) -> None:
        said = self.witnessed()
        assert (twice := [text for text, number in said.items() if number > 1]) == [], f"done twice: {twice}"
        tables = Tables(self.house.database_url)
        try:
            rows = tables.rows(
                "SELECT run.dag_id, run.run_id, task_id FROM task_instance JOIN run ON run.id = task_instance.run"
                " WHERE task_instance.state = 'success'"
            )
            lost = tables.rows("SELECT task_id, state, error FROM try WHERE state NOT IN ('success', 'deferred')")
        finally:
            tables.close()
        assert [(task, state) for task, state, _ in lost] == [("again", "failed")], lost
        for dag_id, run_id, task_id in rows:
            if dag_id == "often":
                assert said[f"often {task_id} {run_id}"] == 1, f"{dag_id} {run_id} {task_id} succeeded and never ran"
        for text in ("long 0.4 ends", "long 1.2 ends", "waiting 0.5", "waiting 1.1", "retrying try 2"):
            assert said[text] == 1, f"lost: {text}"


def outage(folder: Path, server: PostgresServer, *, seconds: float, schedulers: int = 1) -> dict[str, int]:
    """The database is down from 30 % to 90 % of 1.6 times that."""
    watched = Watched(folder, server.url, seconds * 1.6, schedulers)
    watched.begin()
    watched.house.wait_for(lambda: watched.is_past(0.3), seconds, "time stands still")
    server.kill()
    down = time.monotonic()
    watched.house.wait_for(lambda: time.monotonic() > down + seconds, seconds + 60, "time stands still")
    server.start()
    return watched.end()


def fail_over(folder: Path, primary: PostgresServer, *, seconds: float, schedulers: int = 1) -> dict[str, int]:
    """The primary's machine is lost; its standby, which has all that was committed, is promoted. The service knows both
    by its URL."""
    standby = primary.standby()
    try:
        standby.start()
        primary.wait_for_standby()
        url = f"{primary.url},{standby.url.partition('?host=')[2]}&target_session_attrs=read-write"
        watched = Watched(folder, url, seconds, schedulers)
        watched.begin()
        watched.house.wait_for(lambda: watched.is_past(0.45), seconds, "time stands still")
        primary.kill()
        standby.promote()
        return watched.end()
    finally:
        standby.remove()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.outage", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--fail-over", action="store_true")
    parser.add_argument("--schedulers", type=int, default=1)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tradewind-outage-"))
    print(f"in {folder}", flush=True)
    server = PostgresServer(embedded())
    try:
        server.start()
        play = fail_over if chosen.fail_over else outage
        found = play(folder, server, seconds=chosen.minutes * 60, schedulers=chosen.schedulers)
    finally:
        server.remove()
    print("all held; " + ", ".join(f"{name}: {number}" for name, number in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
