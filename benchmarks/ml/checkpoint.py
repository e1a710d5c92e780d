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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy

from tradewind.artifacts.shelves import LocalShelf
from tradewind.ml.checkpointing.checkpoint import Checkpoint, checkpoint

ROUNDS = 3
MIB = 1 << 20


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    folder = Path(tempfile.mkdtemp(prefix="tradewind-benchmark-", dir=Path.home()))
    state = {"weights": numpy.random.default_rng(0).random(megabytes * MIB // 8), "epoch": 1}
    try:
        print(
            f"{megabytes:,} MiB, {ROUNDS} rounds, the best of them\n\n| | wall s | CPU s | MiB/s |\n|---|---|---|---|"
        )
        _tell("plain: pickle to a file", megabytes, lambda: _plain(folder, state))
        with checkpoint() as cp:
            on_disk(cp, folder)
            _tell("ml.checkpoint: save", megabytes, lambda: cp.save(state, step=1))
            _tell("ml.checkpoint: load", megabytes, lambda: cp.load())
            _tell("ml.checkpoint: saving(), files", megabytes, lambda: _files(cp, state))
            if (torch := _torch()) is not None:
                tensors = {"weights": torch.from_numpy(state["weights"])}
                _tell("plain: torch.save", megabytes, lambda: _plain_tensors(folder, tensors))
                _tell("ml.checkpoint: save, tensors", megabytes, lambda: cp.save(tensors, step=2))
                _tell("ml.checkpoint: load, tensors", megabytes, lambda: cp.load())
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


def _tell(what: str, megabytes: int, act: Callable[[], object]) -> None:
    best_wall = best_cpu = float("inf")
    for _ in range(ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        act()
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best_wall, best_cpu = min(best_wall, wall), min(best_cpu, cpu)
    print(f"| {what} | {best_wall:.2f} | {best_cpu:.2f} | {megabytes / best_wall:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
