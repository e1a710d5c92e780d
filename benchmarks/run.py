"""Tradewind's own benchmarks: prints medians and writes JSON.

    python benchmarks/run.py                      all of them (about ten minutes on two idle cores)
    python benchmarks/run.py chain fan            some
    python benchmarks/run.py --list               their names
    python benchmarks/run.py --repeat 7 --json FILE
    python benchmarks/run.py --write-docs         also renews the table in docs/benchmarks.md

Run it on an idle machine. What it prints of the machine before and after shows whether it was.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from measuring import machine, report
from measuring.figures import Figure
from workloads import compiling, handover, pipeline, rooms, small_tasks, starting
from workloads.plan import TINY, Plan

WORKLOADS: dict[str, Callable[[Plan], list[Figure]]] = {
    "import": starting.imports,
    "help": starting.help_page,
    "first-run": starting.first_run,
    "chain": small_tasks.chain,
    "fan": small_tasks.fan,
    "fib": small_tasks.fib,
    "pipeline": pipeline.pipeline,
    "handover": handover.handover,
    "compile": compiling.compiling,
    "engine": rooms.engine,
    "executor": rooms.executor,
    "values": rooms.values,
}
ROOMS = ("engine", "executor", "values")


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    if options.list:
        print(*WORKLOADS, sep="\n")
        return
    plan = replace(TINY if options.tiny else Plan(), **({"repeat": options.repeat} if options.repeat else {}))
    machine.prepare()
    before = machine.calibrate()
    print(f"before: {machine.said(before)}")
    figures = []
    for name in options.names or _all(plan):
        for figure in WORKLOADS[name](plan):
            figures.append(figure)
            print(report.line(figure), flush=True)
    after = machine.calibrate()
    print(f"after:  {machine.said(after)}")
    described = machine.description()
    data = {"machine": described, "before": before, "after": after, "figures": [one.as_data() for one in figures]}
    report.write_json(options.json, data)
    if options.write_docs:
        heading = (
            f"{described['date']}; {described['cores']} cores, {described['processor']}; Python {described['python']}"
        )
        notes = f"{heading}. Before: {machine.said(before)}. After: {machine.said(after)}."
        report.write_docs("benchmarks", f"{notes}\n\n{report.markdown(figures)}")


def _all(plan: Plan) -> list[str]:
    return [name for name in WORKLOADS if plan.has_rooms or name not in ROOMS]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help="which ones (default: all)")
    parser.add_argument("--list", action="store_true", help="print their names")
    parser.add_argument("--repeat", type=int, help="how often each is measured (default: 5; less where one takes long)")
    parser.add_argument("--json", type=Path, default=report.RESULTS / "latest.json", help="default: %(default)s")
    parser.add_argument("--write-docs", action="store_true", help="renew the table in docs/benchmarks.md")
    parser.add_argument("--tiny", action="store_true", help="sizes that only show that it works")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in WORKLOADS]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    return options


if __name__ == "__main__":
    main(sys.argv[1:])
