"""How long one large value takes from one task to the next, beside the same bytes written and mapped by their library.

    python benchmarks/values.py --gigabytes 1 --rounds 3

Each round encodes and decodes in turn with the bare library, in one process, into fresh files on the same disk.
`encode` includes hashing. Prints medians and the ratio, and writes JSON with --json FILE.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from tradewind.artifacts import ArtifactStore, decode, encode

Hand = Callable[[Path, Any], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default=None, help="where the files go (default: the temporary folder)")
    parser.add_argument("--json", default=None)
    given = parser.parse_args()
    found = {
        name: compare(make, bare, int(given.gigabytes * 1e9), given.rounds, given.folder)
        for name, (make, bare) in WORKLOADS.items()
    }
    print(f"{given.gigabytes:g} GB, median of {given.rounds}")
    for name, row in found.items():
        print(
            f"{name:18} encode {row['encode_seconds']:.3f} s, decode {row['decode_seconds']:.4f} s; "
            f"bare {row['bare_seconds']:.3f} s; ratio {row['ratio']:.2f}"
        )
    if given.json:
        Path(given.json).write_text(json.dumps(found, indent=2))


def compare(
    make: Callable[[int], Any], bare: Hand, size_bytes: int, rounds: int, folder: str | None
) -> dict[str, float]:
    value = make(size_bytes)
    times: dict[str, list[float]] = {"encode": [], "decode": [], "bare": []}
    for _ in range(rounds):
        place = Path(tempfile.mkdtemp(dir=folder))
        try:
            times["bare"].append(timed(lambda place=place: bare(place, value))[0])
        finally:
            shutil.rmtree(place)
        place = Path(tempfile.mkdtemp(dir=folder))
        try:
            store = ArtifactStore(place)
            seconds, encoded = timed(lambda store=store: encode(value, store, inline_limit_bytes=65536))
            times["encode"].append(seconds)
            times["decode"].append(timed(lambda store=store, encoded=encoded: decode(encoded, store))[0])
        finally:
            shutil.rmtree(place)
    medians = {name: statistics.median(all_times) for name, all_times in times.items()}
    return {
        **{f"{name}_seconds": seconds for name, seconds in medians.items()},
        "ratio": (medians["encode"] + medians["decode"]) / medians["bare"],
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def numbers_frame(size_bytes: int) -> pd.DataFrame:
    return pd.DataFrame({f"c{n}": column for n, column in enumerate(numbers_array(size_bytes).T)}, copy=False)


def mixed_frame(size_bytes: int) -> pd.DataFrame:
    rows = size_bytes // 48
    frame = pd.DataFrame({f"n{n}": np.random.default_rng(n).random(rows) for n in range(4)})
    frame["text"] = pd.array(pa.array([f"customer {n % 1000}" for n in range(rows)], pa.large_string()), dtype="str")
    return frame


def numbers_array(size_bytes: int) -> np.ndarray:
    return np.asfortranarray(np.random.default_rng(0).random((size_bytes // 160, 20)))


def bare_arrow(place: Path, frame: pd.DataFrame) -> Any:
    table = pa.Table.from_pandas(frame)
    with pa.OSFile(str(place / "x.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return pa.ipc.open_file(pa.memory_map(str(place / "x.arrow"))).read_all()


def bare_numpy(place: Path, array: np.ndarray) -> Any:
    np.save(place / "x.npy", array)
    return np.load(place / "x.npy", mmap_mode="r")


def bare_polars(place: Path, frame: pl.DataFrame) -> Any:
    frame.write_ipc(str(place / "x.arrow"), compression="uncompressed")
    return pl.read_ipc(str(place / "x.arrow"))


WORKLOADS: dict[str, tuple[Callable[[int], Any], Hand]] = {
    "pandas, numbers": (numbers_frame, bare_arrow),
    "pandas, with text": (mixed_frame, bare_arrow),
    "polars, numbers": (lambda size: pl.from_pandas(numbers_frame(size)), bare_polars),
    "NumPy array": (numbers_array, bare_numpy),
}

if __name__ == "__main__":
    main()
