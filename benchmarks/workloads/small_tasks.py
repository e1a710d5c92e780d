"""Many small tasks: what one costs in a chain, in a wide fan, and whether that cost grows with their number."""

from __future__ import annotations

from measuring.figures import Figure
from measuring.tradewind_run import DAGS, Ran, new_home, run_dag

from workloads.plan import Plan

HEAVY_REPEAT_LIMIT = 3
"""Repetitions of what takes a minute."""


def chain(plan: Plan) -> list[Figure]:
    length = plan.chain_length
    kinds = (
        ("a fresh process per try", "chain.py", f"chain{length}", 5),
        ("the same, pandas and scikit-learn imported at the top", "chain_heavy.py", f"chain{length}_heavy", 15),
        ("reused processes", "chain.py", f"chain{length}_reused", 1),
    )
    return [
        Figure(
            f"chain of {length}, {kind}: per task",
            "ms",
            [ran.chained_seconds * 1000 for ran in _runs(plan.repeat, file, dag_id, CHAIN_LENGTH=length)],
            aim=aim,
        )
        for kind, file, dag_id, aim in kinds
    ]


def fan(plan: Plan) -> list[Figure]:
    figures = []
    for width in plan.fan_widths:
        repeat = plan.repeat if width <= 1_000 else min(plan.repeat, HEAVY_REPEAT_LIMIT)
        for kind, suffix, aim in (("fresh processes", "", 300), ("reused processes", "_reused", 3_000)):
            ran = _runs(repeat, "fan.py", f"fan{width}{suffix}", FAN_WIDTH=width)
            name = f"{width:,} mapped and a join, {kind}"
            speeds = [(width + 1) / one.task_seconds for one in ran]
            is_aimed = width == 1_000
            figures.append(Figure(name, "tasks/s", speeds, aim if is_aimed else None, more_is_better=True))
            figures.append(Figure(f"{name}: cost per task", "ms", [1000 / speed for speed in speeds]))
            if width > 1_000:
                figures.append(Figure(f"{name}: whole process", "s", [one.process_seconds for one in ran]))
                peaks = [one.peak_bytes / 1e6 for one in ran]
                figures.append(Figure(f"{name}: the scheduler's peak memory", "MB", peaks))
    return figures


def fib(plan: Plan) -> list[Figure]:
    figures = []
    for kind, (count, n) in (("fib_short", plan.fib_short), ("fib_long", plan.fib_long)):
        settings = {f"{kind.upper()}_COUNT": count, f"{kind.upper()}_N": n}
        seconds = [ran.task_seconds for ran in _runs(plan.repeat, "fib.py", kind, **settings)]
        figures.append(Figure(f"{count} x fib({n}) in sequence", "s", seconds))
    return figures


def _runs(repeat: int, file: str, dag_id: str, **settings: int) -> list[Ran]:
    """Each in a new home, as a user's first run of the day finds it."""
    ran = []
    for _ in range(repeat):
        with new_home() as home:
            ran.append(run_dag(DAGS / file, dag_id, home, {name: str(value) for name, value in settings.items()}))
    return ran
