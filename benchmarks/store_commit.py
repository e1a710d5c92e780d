"""What the store costs: one commit of 1, 10 and 100 changes of task instances, and reading a run of 10,000 back.

python benchmarks/store_commit.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tradewind.model.changes import Change, RunCreated, TaskChanged, XComStored
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetXComs
from tradewind.model.states import RunType, TaskState
from tradewind.model.values import Value, XCom
from tradewind.store import open_store
from tradewind.store.base import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COMMITS = 300
INSTANCES = 10_000
READS = 7
PAGE = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db", home=Path(folder))
        try:
            found = {f"commit of {size} task changes": commits(store, size) for size in (1, 10, 100)}
            found |= large_run(store)
        finally:
            store.close()
    for name, median_ms in found.items():
        print(f"{name:<45} {median_ms:10.3f} ms")
    if chosen.json:
        chosen.json.write_text(json.dumps(found))


def commits(store: Store, size: int) -> float:
    """Changes of rows that exist: a task instance moves on, and its history gets a row."""
    key = RunKey("bench", f"commits of {size}")
    rows = [(f"t{size}", (i,)) for i in range(size)]
    store.commit([created(key), *(changed(key, row, TaskState.NONE, TaskState.QUEUED) for row in rows)], **BY)
    moves = [TaskState.QUEUED, TaskState.UP_FOR_RETRY]

    def once(turn: int) -> None:
        old, new = moves[turn % 2], moves[(turn + 1) % 2]
        store.commit([changed(key, row, old, new) for row in rows], **BY)

    return median_ms(once, COMMITS)


def large_run(store: Store) -> dict[str, float]:
    """10,000 mapped instances with a value each, read whole, page by page, and one by one."""
    key = RunKey("bench", "large")
    changes: list[Change] = [created(key)]
    for i in range(INSTANCES):
        changes += [changed(key, ("m", (i,)), TaskState.NONE, TaskState.SUCCESS), XComStored(key, xcom(i))]
    store.commit(changes, **BY)
    every = GetXComs("try", ("m",))

    def each_page_once(_: int) -> None:
        for offset in range(0, INSTANCES, PAGE):
            store.xcoms(GetXComs("try", ("m",), offset=offset, limit=PAGE), key)

    def each_once(_: int) -> None:
        for i in range(INSTANCES):
            store.xcoms(GetXComs("try", ("m",), map_paths=((i,),)), key)

    def each_once_by_offset(_: int) -> None:
        for i in range(0, INSTANCES, PAGE):
            store.xcoms(GetXComs("try", ("m",), offset=i, limit=1), key)

    count = f"{INSTANCES:,}"
    return {
        f"load_run of {count}": median_ms(lambda _: store.load_run(key), READS),
        f"values of {count}, at once": median_ms(lambda _: store.xcoms(every, key), READS),
        f"values of {count}, in pages of {PAGE}": median_ms(each_page_once, 3),
        f"values of {count}, each by its map path": median_ms(each_once, 3),
        f"every {PAGE}th value of {count} by its offset": median_ms(each_once_by_offset, 3),
        f"delete_run of {count}": median_ms(lambda _: store.delete_run(key), 1),
    }


BY = {"who": "bench", "now": NOW}


def created(key: RunKey) -> RunCreated:
    return RunCreated(
        run=key,
        dag_hash="hash",
        snapshot="snapshot",
        run_type=RunType.MANUAL,
        logical_date=None,
        data_interval_start=None,
        data_interval_end=None,
        run_after=NOW,
    )


def changed(key: RunKey, row: tuple[str, tuple[int, ...]], old: TaskState, new: TaskState) -> TaskChanged:
    return TaskChanged(key, row[0], row[1], old, new, "")


def xcom(index: int) -> XCom:
    return XCom("m", (index,), "return_value", Value("json", "int", 1, f"hash{index}", inline=b"1"), "try")


def median_ms(once: Callable[[int], object], times: int) -> float:
    taken: list[float] = []
    for turn in range(times):
        begun = time.perf_counter()
        once(turn)
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 4)


if __name__ == "__main__":
    main()
