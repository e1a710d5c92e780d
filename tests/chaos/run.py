"""`python -m tests.chaos.run --minutes N --seed S [--database postgres]`: a storm, and what is left of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.audit import Tables, check
from tests.chaos.house import POOLS, House
from tests.chaos.monkey import Monkey
from tests.postgres import PostgresServer, embedded

CALM_SECONDS = 180


def storm(folder: Path, *, seconds: float, seed: int, server: PostgresServer | None) -> dict[str, int]:
    """Raises AssertionError where something does not hold. Returns counts of what there was, and of who was killed."""
    house = House(folder, server.url if server is not None else None)
    house.prepare()
    house.start()
    house.wait_for(lambda: _ended_runs(house) > 0, 120, "nothing runs")
    monkey = Monkey(house, seed, server)
    try:
        monkey.play(seconds)
        house.keep_alive()
        house.command("dags", "pause", "chain", "mapped", "waiting", "steady")
        _calm_down(house)
    finally:
        house.keep_alive()
        house.stop()
    house.wait_for(lambda: not house.all_pids(), 60, "processes are left running")
    found = check(house.database_url, POOLS)
    return {**found, **{f"killed {name}": number for name, number in monkey.killed.items()}}


def _calm_down(house: House) -> None:
    """What had begun ends. Runs that are queued stay so, since their DAGs are paused."""

    def is_calm() -> bool:
        house.keep_alive()
        return not _unfinished(house)

    house.wait_for(is_calm, CALM_SECONDS, "runs do not end")


def _unfinished(house: House) -> list[tuple[object, ...]]:
    return _rows(house, "SELECT run_id FROM run WHERE state = 'running' OR owner_id IS NOT NULL")


def _ended_runs(house: House) -> int:
    rows = _rows(house, "SELECT COUNT(*) FROM run WHERE ended_at IS NOT NULL")
    return int(str(rows[0][0])) if rows else 0


def _rows(house: House, query: str) -> list[tuple[object, ...]]:
    try:
        tables = Tables(house.database_url)
    except Exception:
        return []
    try:
        return tables.rows(query)
    except Exception:  # not made yet, or away
        return []
    finally:
        tables.close()


@contextmanager
def server_for(database: str) -> Iterator[PostgresServer | None]:
    if database == "sqlite":
        yield None
        return
    server = PostgresServer(embedded())
    server.start()
    try:
        yield server
    finally:
        server.remove()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.run", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tradewind-chaos-"))
    print(f"in {folder}")
    with server_for(chosen.database) as server:
        found = storm(folder, seconds=chosen.minutes * 60, seed=chosen.seed, server=server)
    print("all held; " + ", ".join(f"{name}: {number}" for name, number in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
