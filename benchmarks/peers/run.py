"""The same workloads on other tools and on Tradewind, side by side in one run: seconds, and ratios to ours.

    python benchmarks/peers/run.py                                    all peers, all workloads (an hour)
    python benchmarks/peers/run.py prefect dagster --workloads chain ml
    python benchmarks/peers/run.py --small                            chain of 20, fan of 100, 10 MB: minutes
    python benchmarks/peers/run.py --write-docs                       also renews the table in docs/benchmarks.md

Each peer gets an environment of its own below benchmarks/.envs, made on first use (some minutes and 0.3 to 1 GB each).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # for `measuring`, which the other benchmarks share

from environments import Environment
from measuring import machine, report
from measuring.figures import number
from sides.airflow import Airflow
from sides.base import WORKLOADS, Measured, NotRun, Side, Sizes
from sides.dagster import Dagster
from sides.metaflow import Metaflow
from sides.ours import Tradewind
from sides.prefect import Prefect
from sides.served import Served

PEERS: dict[str, tuple[Callable[[], Side], ...]] = {
    "prefect": (Prefect,),
    "dagster": (lambda: Dagster("in_process"), lambda: Dagster("multiprocess")),
    "metaflow": (Metaflow,),
    "airflow": (Served, Airflow),
}
OURS: tuple[Callable[[], Side], ...] = (lambda: Tradewind(imports_early=True), lambda: Tradewind(imports_early=False))
DISTRIBUTIONS = {"prefect": "prefect", "dagster": "dagster", "metaflow": "metaflow", "airflow": "apache-airflow"}
SMALL = Sizes(chain=20, fan=100, fib_short=5, fib_long=2, frame_bytes=10_000_000)

Row = dict[str, list[Measured] | str]
"""What one side gave, by workload: measurements, or why there are none."""


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    sizes = SMALL if options.small else Sizes()
    machine.prepare()
    before = machine.calibrate()
    print(f"before: {machine.said(before)}")
    rows: dict[str, Row] = {}
    for make in [*OURS, *(make for peer in options.peers for make in PEERS[peer])]:
        side = make()
        rows[side.label] = _measure(side, sizes, options.workloads, options.repeat)
    after = machine.calibrate()
    print(f"after:  {machine.said(after)}")
    versions = {peer: Environment(peer).versions()[DISTRIBUTIONS[peer]] for peer in options.peers}
    table = _table(rows, sizes, options.workloads)
    print(table)
    report.write_json(options.json, _data(rows, before, after, versions, options))
    if options.write_docs:
        said = ", ".join(f"{DISTRIBUTIONS[peer]} {version}" for peer, version in versions.items())
        notes = f"{machine.description()['date']}, n={options.repeat}; {said}. Before: {machine.said(before)}. "
        report.write_docs("peers", f"{notes}After: {machine.said(after)}.\n\n{table}")


def _measure(side: Side, sizes: Sizes, workloads: Sequence[str], repeat: int) -> Row:
    row: Row = {}
    with tempfile.TemporaryDirectory(prefix=f"tradewind-benchmark-{side.name}-", ignore_cleanup_errors=True) as folder:
        try:
            side.start(Path(folder), sizes)
            for workload in workloads:
                row[workload] = _repeated(side, workload, repeat)
                print(f"{side.label:<46} {workload:<10} {_cell(row[workload])}", flush=True)
        except RuntimeError as error:
            print(f"{side.label}: {error}", file=sys.stderr)
        finally:
            side.stop()
    return row


def _repeated(side: Side, workload: str, repeat: int) -> list[Measured] | str:
    try:
        return [side.measure(workload) for _ in range(repeat)]
    except NotRun as why:
        return str(why)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return "failed"


def _table(rows: dict[str, Row], sizes: Sizes, workloads: Sequence[str]) -> str:
    """Markdown: a row per side, a column per workload, each cell with its ratio to ours (the first row)."""
    ours = next(iter(rows.values()))
    head = "| | " + " | ".join(f"{sizes.said(workload)}{_per(workload)}" for workload in workloads) + " |"
    lines = [head, "|---|" + "---:|" * len(workloads)]
    for label, row in rows.items():
        cells = [
            _cell(row.get(workload, "not run"), None if row is ours else ours.get(workload)) for workload in workloads
        ]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _per(workload: str) -> str:
    return {"chain": ", s a task", "fan": ", s a task", "frame": ", s to hand over"}.get(workload, ", s")


def _cell(found: list[Measured] | str, ours: list[Measured] | str | None = None) -> str:
    if isinstance(found, str):
        return found
    seconds = _median(found)
    ratio = f" ({number(seconds / _median(ours))} x)" if ours and not isinstance(ours, str) else ""
    return f"{number(seconds)}{ratio}"


def _median(found: list[Measured]) -> float:
    return statistics.median(one.seconds for one in found)


def _data(
    rows: dict[str, Row], before: Any, after: Any, versions: dict[str, str], options: argparse.Namespace
) -> dict[str, Any]:
    sides = {
        label: {
            workload: found
            if isinstance(found, str)
            else [{"seconds": one.seconds, "whole_seconds": one.whole_seconds} for one in found]
            for workload, found in row.items()
        }
        for label, row in rows.items()
    }
    described = machine.description()
    return {
        "machine": described,
        "before": before,
        "after": after,
        "versions": versions,
        "small": options.small,
        "sides": sides,
    }


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", nargs="*", metavar="peer", help=f"of {', '.join(PEERS)} (default: all)")
    parser.add_argument("--workloads", nargs="+", choices=WORKLOADS, default=WORKLOADS)
    parser.add_argument("--repeat", type=int, default=1, help="how often each is measured (default: 1)")
    parser.add_argument("--small", action="store_true", help="sizes for a look, in minutes")
    parser.add_argument("--json", type=Path, default=report.RESULTS / "peers.json", help="default: %(default)s")
    parser.add_argument("--write-docs", action="store_true", help="renew the table in docs/benchmarks.md")
    options = parser.parse_args(arguments)
    if unknown := [peer for peer in options.peers if peer not in PEERS]:
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    options.peers = options.peers or list(PEERS)
    return options


if __name__ == "__main__":
    main(sys.argv[1:])
