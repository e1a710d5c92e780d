"""What the service costs: `python benchmarks/service/run.py [NAME]... [--database sqlite|postgres]`.

Each name starts a service of its own. Run it on a quiet machine; `--write-docs` renews the table in docs/benchmarks.md.
`deferred` is `benchmarks/ten_thousand_waiting.py`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

import delays  # noqa: E402
import questions  # noqa: E402
from measuring import machine, report  # noqa: E402
from measuring.figures import Figure  # noqa: E402

NAMES: dict[str, Callable[[int, str], list[Figure]]] = {
    "cold-start": questions.cold_start,
    "idle": questions.idle,
    "parse": questions.parse,
    "delay": delays.spread,
    "delay-together": delays.together,
    "at-once": questions.at_once,
    "chain": questions.chain,
    "fan": questions.fan,
    "recovery": questions.recovery,
    "cpu-per-task": questions.cpu_per_task,
}
ON_BOTH = ("chain", "fan", "recovery")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*NAMES, "deferred", []], help="which ones (default: all)")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="sqlite")
    parser.add_argument("--json", type=Path, default=report.RESULTS / "service.json")
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    machine.prepare()
    before = machine.calibrate()
    print(f"before: {machine.said(before)}")
    figures: list[Figure] = []
    for name in options.names or NAMES:
        if name == "deferred":
            subprocess.run([sys.executable, report.ROOT / "benchmarks" / "ten_thousand_waiting.py"], check=True)
            continue
        databases = ["sqlite", "postgres"] if options.database == "both" and name in ON_BOTH else [options.database]
        for database in databases:
            for figure in NAMES[name](options.repeat, database.replace("both", "sqlite")):
                figures.append(figure)
                print(report.line(figure), flush=True)
    after = machine.calibrate()
    print(f"after:  {machine.said(after)}")
    described = machine.description()
    data = {"machine": described, "before": before, "after": after, "figures": [one.as_data() for one in figures]}
    report.write_json(options.json, data)
    if options.write_docs:
        heading = f"{described['date']}; {described['cores']} cores, {described['processor']}"
        notes = f"{heading}. Before: {machine.said(before)}. After: {machine.said(after)}."
        report.write_docs("service", f"{notes}\n\n{report.markdown(figures)}")


if __name__ == "__main__":
    main()
