"""What a checkpoint of a gigabyte costs: saved and loaded by ml.checkpoint, beside writing the same bytes plainly.

    python benchmarks/ml/checkpoint.py [megabytes]

CPU seconds (user and system) beside wall time: on a busy machine only those can be compared.
"""

from __future__ import annotations

import pickle
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy

from tradewind.artifacts.shelves import LocalShelf
from tradewind.ml.checkpointing.checkpoint import Checkpoint, checkpoint

ROUNDS = 3
MIB = 1 << 20


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    print(f"{megabytes:,} MiB, {ROUNDS} rounds, the best of them\n\n| | wall s | CPU s | MiB/s |\n|---|---|---|---|")
    for what, wall, cpu in measured(megabytes):
        print(f"| {what} | {wall:.2f} | {cpu:.2f} | {megabytes / wall:,.0f} |", flush=True)


def measured(megabytes: int) -> Iterator[tuple[str, float, float]]:
    """What was done, wall and CPU seconds of the best round."""
    folder = Path(tempfile.mkdtemp(prefix="tradewind-benchmark-", dir=Path.home()))
    state = {"weights": numpy.random.default_rng(0).random(megabytes * MIB // 8), "epoch": 1}
    try:
        yield "plain: pickle to a file", *_best(lambda: _plain(folder, state))
        with checkpoint() as cp:
            on_disk(cp, folder)
            yield "ml.checkpoint: save", *_best(lambda: cp.save(state, step=1))
            yield "ml.checkpoint: load", *_best(lambda: cp.load())
            yield "ml.checkpoint: saving(), files", *_best(lambda: _files(cp, state))
            if (torch := _torch()) is not None:
                tensors = {"weights": torch.from_numpy(state["weights"])}
                yield "plain: torch.save", *_best(lambda: _plain_tensors(folder, tensors))
                yield "ml.checkpoint: save, tensors", *_best(lambda: cp.save(tensors, step=2))
                yield "ml.checkpoint: load, tensors", *_best(lambda: cp.load())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_disk(cp: Checkpoint, folder: Path) -> None:
    """Outside of a try it would be in the temporary folder, which may be memory."""
    cp._shelf = LocalShelf(folder / "shelf")


def _plain(folder: Path, state: Any) -> None:
    (folder / "plain.pkl").unlink(missing_ok=True)  # a checkpoint is a new file, too; an old one's pages are cheaper
    with open(folder / "plain.pkl", "wb") as file:
        pickle.dump(state, file, protocol=5)


def _plain_tensors(folder: Path, tensors: Any) -> None:
    import torch

    (folder / "plain.pt").unlink(missing_ok=True)
    torch.save(tensors, folder / "plain.pt")


def _files(cp: Checkpoint, state: Any) -> None:
    with cp.saving(1) as folder:
        numpy.save(folder / "weights.npy", state["weights"])


def _torch() -> Any:
    try:
        import torch
    except ImportError:
        return None
    return torch


def _best(act: Callable[[], object]) -> tuple[float, float]:
    best_wall = best_cpu = float("inf")
    for _ in range(ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        act()
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best_wall, best_cpu = min(best_wall, wall), min(best_cpu, cpu)
    return best_wall, best_cpu


if __name__ == "__main__":
    main()
