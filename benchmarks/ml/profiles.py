"""What a profile costs: a frame of many rows, sampled and whole, by kind of column.

    python benchmarks/ml/profiles.py [rows]

CPU seconds: on a busy machine only those can be compared.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy
import pandas

from tradewind.ml.profiling.profile import SAMPLE_ROWS, describe

COLUMNS: dict[str, Callable[[Any, int], Any]] = {
    "numbers": lambda rng, rows: rng.normal(size=rows),
    "whole numbers": lambda rng, rows: rng.integers(0, 1000, rows),
    "half missing": lambda rng, rows: numpy.where(rng.random(rows) < 0.5, numpy.nan, 1.0),
    "instants": lambda rng, rows: (
        numpy.datetime64("2026-01-01") + rng.integers(0, 10**6, rows).astype("timedelta64[s]")
    ),
    "truths": lambda rng, rows: rng.random(rows) < 0.3,
    "categories": lambda rng, rows: pandas.Categorical.from_codes(rng.integers(0, 5, rows), list("abcde")),
    "texts": lambda rng, rows: numpy.array(["alpha", "beta", "gamma"], object)[rng.integers(0, 3, rows)],
    "ids": lambda rng, rows: numpy.char.mod("%d", rng.integers(0, 10**9, rows)).astype(object),
}
SAMPLES = (1_000, 10_000, SAMPLE_ROWS, None)


def cpu_seconds(frame: Any, sample_rows: int | None) -> float:
    before = time.process_time()
    describe(frame, sample_rows)
    return time.process_time() - before


def made(rows: int) -> Any:
    """The frame; what a first profile imports is imported."""
    rng = numpy.random.default_rng(0)
    frame = pandas.DataFrame({name: make(rng, rows) for name, make in COLUMNS.items()})
    describe(frame, 10)
    return frame


def main(rows: int) -> None:
    frame = made(rows)
    print(f"{rows:,} rows; CPU seconds with a sample of")
    print(" " * 16 + "".join(f"{'all' if sample is None else format(sample, ','):>10}" for sample in SAMPLES))
    for name in (*COLUMNS, "all columns"):
        part = frame if name == "all columns" else frame[[name]]
        print(f"{name:<16}" + "".join(f"{cpu_seconds(part, sample):>10.3f}" for sample in SAMPLES))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
