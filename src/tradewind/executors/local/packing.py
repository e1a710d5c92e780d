"""Packs tries onto this machine: slots, CPUs, memory, GPUs. Counted from the grants that are out, never estimated."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass

from tradewind.model.messages import RunTry
from tradewind.model.spec import Resources

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",  # OpenMP: scikit-learn, XGBoost, LightGBM, PyTorch
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS",
    "LOKY_MAX_CPU_COUNT",  # joblib: what n_jobs=-1 means
)
ROUNDING = 1e-9
"""Ten tenths of a GPU are one, whatever floating point says."""


@dataclass(frozen=True, eq=False)
class Grant:
    """What one try holds."""

    cpus: float
    memory_bytes: int
    gpus: tuple[tuple[str, float], ...]
    """(GPU, share of it)."""

    def environment(self) -> dict[str, str]:
        """What the task's libraries have to be told."""
        found: dict[str, str] = {}
        if self.cpus:
            found |= threads(math.floor(self.cpus))
        if self.gpus:
            found["CUDA_VISIBLE_DEVICES"] = ",".join(gpu for gpu, _share in self.gpus)
            if not (os.environ.keys() & {"CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"}):
                found["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"  # else CUDA's number 0 may be NVML's number 1
        return found


def threads(count: int) -> dict[str, str]:
    """What holds the libraries of a try to so many threads."""
    return dict.fromkeys(THREAD_VARIABLES, str(max(1, count)))


NOTHING = Grant(0.0, 0, ())


class Packing:
    """`gpus` is asked once, and only when a task wants one: finding them may take a second."""

    def __init__(self, slots: int, cpus: float, memory_bytes: int, gpus: Callable[[], tuple[str, ...]]) -> None:
        self.slots = slots
        self.cpus = cpus
        self.memory_bytes = memory_bytes
        self._find_gpus = gpus
        self._has_thread_counts = any(name in os.environ for name in THREAD_VARIABLES)
        """Whoever started us has said how many; that holds for all."""
        self._gpu_shares: dict[str, float] | None = None
        self._free_cpus = cpus
        self._free_memory_bytes = memory_bytes
        self.used_slots = 0

    def fits(self, need: Resources) -> str | None:
        """None, or a sentence on why this machine can never meet the need."""
        if need.cpus < 0 or need.memory_bytes < 0 or need.gpus < 0:
            return "resources cannot be negative"
        if need.cpus > self.cpus:
            return f"it asks for {need.cpus:g} CPUs, and this machine has {self.cpus:g}"
        if need.memory_bytes > self.memory_bytes:
            return f"it asks for {_gib(need.memory_bytes)} of memory, and this machine has {_gib(self.memory_bytes)}"
        if need.gpus > 1 and need.gpus != int(need.gpus):
            return f"it asks for {need.gpus:g} GPUs; above one they have to be whole"
        if need.gpus and math.ceil(need.gpus) > len(self._shares()):
            has = len(self._shares()) or f"none{self._why_none()}"
            return f"it asks for {need.gpus:g} GPUs, and this machine has {has}"
        return None

    def can_take(self, need: Resources) -> str | None:
        """None, or what there is too little of right now."""
        if self.used_slots >= self.slots:
            return f"all {self.slots} slots of this machine are in use"
        if need.cpus > self._free_cpus + ROUNDING:
            return f"it needs {need.cpus:g} CPUs, and {max(0.0, self._free_cpus):g} of {self.cpus:g} are free"
        if need.memory_bytes > self._free_memory_bytes:
            return f"it needs {_gib(need.memory_bytes)} of memory, and {_gib(self._free_memory_bytes)} are free"
        if need.gpus and not self._pick_gpus(need.gpus):
            return f"it needs {need.gpus:g} of {len(self._shares())} GPUs, and they are in use"
        return None

    def environment_for(self, message: RunTry) -> dict[str, str]:
        """What a try is told that its own grant does not say otherwise.

        Instances of a mapped task run beside each other: each gets its share of the CPUs as threads, or four of them
        would start four times as many as there are CPUs. While GPUs are handed out, what has asked for none sees only
        those that nobody holds."""
        found: dict[str, str] = {}
        instances = message.expansion_lengths.get(message.task.task_id, 1) if message.task.map_path else 1
        if instances > 1 and not self._has_thread_counts:
            found |= threads(math.floor(self.cpus / min(self.slots, instances)))
        shares = self._gpu_shares
        if shares and any(share < 1 - ROUNDING for share in shares.values()):
            found["CUDA_VISIBLE_DEVICES"] = ",".join(gpu for gpu, share in shares.items() if share > 1 - ROUNDING)
        return found

    def take(self, need: Resources) -> Grant:
        """The caller has seen that `can_take` is None."""
        self.used_slots += 1
        if not (need.cpus or need.memory_bytes or need.gpus):
            return NOTHING
        grant = Grant(need.cpus, need.memory_bytes, self._pick_gpus(need.gpus) if need.gpus else ())
        self._change(grant, -1)
        return grant

    def free_slot(self) -> None:
        """The try has reported: its slot is free."""
        self.used_slots -= 1

    def give_back(self, grant: Grant) -> None:
        """Its process has ended: memory and GPUs are free as well."""
        if grant is not NOTHING:
            self._change(grant, +1)

    def _change(self, grant: Grant, sign: int) -> None:
        self._free_cpus += sign * grant.cpus
        self._free_memory_bytes += sign * grant.memory_bytes
        for gpu, share in grant.gpus:
            self._shares()[gpu] += sign * share

    def _pick_gpus(self, wanted: float) -> tuple[tuple[str, float], ...]:
        """Whole GPUs nobody uses; for a fraction the GPU that is left with the least. Empty where there are none."""
        shares = self._shares()
        if wanted >= 1:
            free = [gpu for gpu, share in shares.items() if share > 1 - ROUNDING][: int(wanted)]
            return tuple((gpu, 1.0) for gpu in free) if len(free) == int(wanted) else ()
        fitting = [(share, gpu) for gpu, share in shares.items() if share + ROUNDING >= wanted]
        return ((min(fitting)[1], wanted),) if fitting else ()

    def _why_none(self) -> str:
        hidden = os.environ.get("CUDA_VISIBLE_DEVICES")
        return "" if self._shares() or hidden is None else f" (CUDA_VISIBLE_DEVICES={hidden!r} hides them)"

    def _shares(self) -> dict[str, float]:
        if self._gpu_shares is None:
            self._gpu_shares = dict.fromkeys(self._find_gpus(), 1.0)
        return self._gpu_shares


def _gib(size_bytes: int) -> str:
    return f"{size_bytes / 2**30:.3g} GiB"
