"""What GPUs are doing, told by NVIDIA's management library: `nvidia-ml-py`, the extra `gpu`.

NVML numbers devices by their place on the bus; CUDA does the same where CUDA_DEVICE_ORDER is PCI_BUS_ID, which
`packing.Grant` sets with the devices that it hands out.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct


class GpuUse(Struct, frozen=True):
    percent: float | None
    """Of the last moment in which a kernel ran; None where the device cannot tell, as slices of one cannot."""
    memory_bytes: int
    """In use, whoever has it."""
    by_process: dict[int, int] = {}
    """Process → bytes, of those that the system lets us see."""


class Nvml:
    """Opened when first asked, once; without library or driver nothing is found."""

    def __init__(self, load: Callable[[], Any] = lambda: importlib.import_module("pynvml")) -> None:
        self._load = load
        self._library: Any = None
        self._is_tried = False

    def is_there(self) -> bool:
        """Whether the library and a driver answer."""
        if not self._is_tried:
            self._is_tried = True
            with contextlib.suppress(Exception):  # not installed, no driver, a driver of another version
                library = self._load()
                library.nvmlInit()
                self._library = library
        return self._library is not None

    def found(self, devices: Iterable[str]) -> Mapping[str, GpuUse]:
        """Those that answer, of devices named as in CUDA_VISIBLE_DEVICES: numbers, or GPU-… and MIG-…."""
        if not self.is_there():
            return {}
        found: dict[str, GpuUse] = {}
        for device in devices:
            with contextlib.suppress(self._library.NVMLError, ValueError):
                found[device] = self._look(device)
        return found

    def _look(self, device: str) -> GpuUse:
        library = self._library
        by_number = device.isdigit()
        handle = library.nvmlDeviceGetHandleByIndex(int(device)) if by_number else self._by_uuid(device)
        memory = int(library.nvmlDeviceGetMemoryInfo(handle).used)
        percent: float | None = None
        with contextlib.suppress(library.NVMLError):
            percent = float(library.nvmlDeviceGetUtilizationRates(handle).gpu)
        by_process: dict[int, int] = {}
        with contextlib.suppress(library.NVMLError):
            for process in library.nvmlDeviceGetComputeRunningProcesses(handle):
                by_process[int(process.pid)] = int(process.usedGpuMemory or 0)
        return GpuUse(percent, memory, by_process)

    def _by_uuid(self, device: str) -> Any:
        return self._library.nvmlDeviceGetHandleByUUID(device)


def memory_of(use: GpuUse, family: Collection[int], share: float) -> int:
    """What a try has of a device: that of its own processes where they can be seen (in a container they often cannot
    be), else all of it where it holds the whole device, else nothing that could be told."""
    own = [size for pid, size in use.by_process.items() if pid in family]
    if own:
        return sum(own)
    return use.memory_bytes if share >= 1 else 0
