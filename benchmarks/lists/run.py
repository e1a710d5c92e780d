"""How long lists take with a million task instances: `python -m benchmarks.lists.run`, from the root of the repository.

Each question is asked `--repeat` times of a database with a made-up history, totals included; the aim is that 95 of 100
answers come within 100 ms. Filling takes less than a minute a database.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from benchmarks.lists.filling import filled  # noqa: E402
from benchmarks.lists.history import Size  # noqa: E402
from benchmarks.lists.questions import Question, questions  # noqa: E402
from measuring import machine, report  # noqa: E402

from tradewind.store.browse import Browser, Query  # noqa: E402

AIM_MS = 100.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--dags", type=int, default=500)
    parser.add_argument("--runs", type=int, default=100, help="of each DAG")
    parser.add_argument("--tasks", type=int, default=20, help="of each run")
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--only", default="", help="questions whose name has this in it")
    parser.add_argument("--url", help="of a database that is filled already")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    machine.prepare()
    print(f"before: {machine.said(machine.calibrate())}")
    size = Size(chosen.dags, chosen.runs, chosen.tasks)
    asked = [one for one in questions(size) if chosen.only in one.name]
    found: dict[str, list[tuple[str, float, float]]] = {}
    if chosen.url:
        found["given"] = measured(chosen.url, asked, chosen.repeat)
    else:
        for kind in ["sqlite", "postgres"] if chosen.database == "both" else [chosen.database]:
            print(f"{kind}: {size.instances:,} task instances")
            with filled(kind, size) as url:
                found[kind] = measured(url, asked, chosen.repeat)
    print(f"after:  {machine.said(machine.calibrate())}")
    if chosen.json:
        report.write_json(chosen.json, {"machine": machine.description(), "size": size.instances, "lists": found})
    slow = [name for rows in found.values() for name, _, p95 in rows if p95 > AIM_MS]
    print(f"{len(slow)} of {sum(map(len, found.values()))} questions over {AIM_MS:.0f} ms")


def measured(url: str, asked: list[Question], repeat: int) -> list[tuple[str, float, float]]:
    """Name, median and 95th percentile in milliseconds."""
    browser = Browser.open(url)
    try:
        return [_one(browser, question, repeat) for question in asked]
    finally:
        browser.close()


def _one(browser: Browser, question: Question, repeat: int) -> tuple[str, float, float]:
    took: list[float] = []
    first = 0.0
    for turn in range(repeat + 1):
        started = time.perf_counter()
        page = browser.page(question.listing, question.query, question.visible)
        took.append((time.perf_counter() - started) * 1000)
        if turn == 0:
            first, took = took[0], []
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    total = f"{page.total:,}{'' if page.is_total_exact else '+'}"
    times = f"p50 {median:7.1f}  p95 {p95:7.1f}  first {first:7.1f} ms"
    print(f"{question.name:<52} {times}  {len(page.rows):4} of {total}", flush=True)
    if page.next is not None:
        _follow(browser, question, page.next)
    return question.name, median, p95


def _follow(browser: Browser, question: Question, cursor: str) -> None:
    """A cursor leads on: the page after it begins where this one ends."""
    query = Query(question.query.filters, question.query.order_by, question.query.limit, cursor=cursor)
    assert browser.page(question.listing, query, question.visible).rows, question.name


if __name__ == "__main__":
    main()
