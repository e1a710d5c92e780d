"""The process that warm parents are forked from: it has imported what every DAG file needs, and no DAG file.

A new interpreter takes a hundred milliseconds of CPU to get as far, a fork two; and what is forked shares its memory.
Started by the local executor with the same two descriptors as a warm parent; Linux only.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from tradewind.model import frames
from tradewind.model.warm import (
    MARK_VARIABLE,
    ForkFailed,
    ForkWarmParent,
    PinSnapshot,
    TemplateReady,
    ToTemplate,
    WarmParentForked,
)
from tradewind.runner import capture, importing, rehearsal, warm_parent

READ_BYTES = 1 << 18
MOST_DESCRIPTORS = 16
DESCRIPTORS_OF_ONE = 3
IMPORTED_BY_MOST = (
    "pendulum",
    "tradewind.operators.bash",
    "tradewind.operators.empty",
    "tradewind.operators.python",
    "tradewind.runner.nursery",
)
AIRFLOW_BY_MOST = (
    "airflow.decorators",
    "airflow.models.dag",
    "airflow.operators.bash",
    "airflow.operators.empty",
    "airflow.operators.python",
    "airflow.sdk",
    "airflow.utils.dates",
)


def main() -> NoReturn:
    control, life = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    control.set_inheritable(False)
    os.set_inheritable(life, False)
    warm_parent.end_when_executor_ends(life)
    _import_what_most_need()
    capture.take_streams()
    rehearsal.rehearse()
    gc.collect()
    gc.freeze()
    control.sendall(frames.encode(TemplateReady()))
    _Server(control, life).serve()


def _import_what_most_need() -> None:
    for name in IMPORTED_BY_MOST:
        importlib.import_module(name)
    importing.airflow_names.install()
    for name in AIRFLOW_BY_MOST:
        importlib.import_module(name)


class _Server:
    """Obeys one message after the other. Each order to fork has its descriptors with it."""

    def __init__(self, control: socket.socket, life: int) -> None:
        self._control = control
        self._life = life
        self._reader: frames.FrameReader[ToTemplate] = frames.FrameReader(ToTemplate)
        self._descriptors: list[int] = []

    def serve(self) -> NoReturn:
        while True:
            data, descriptors, _flags, _address = socket.recv_fds(self._control, READ_BYTES, MOST_DESCRIPTORS)
            if not data:
                os._exit(0)
            self._descriptors += descriptors
            for message in self._reader.feed(data):
                match message:
                    case PinSnapshot(snapshot=snapshot, blobs=blobs):
                        importing.pin(snapshot, Path(blobs))
                        gc.freeze()
                    case ForkWarmParent(mark=mark):
                        mine = self._descriptors[:DESCRIPTORS_OF_ONE]
                        del self._descriptors[:DESCRIPTORS_OF_ONE]
                        self._fork(mark, mine)

    def _fork(self, mark: str, descriptors: list[int]) -> None:
        try:
            pid = _fork_twice()
        except OSError as error:
            self._control.sendall(frames.encode(ForkFailed(f"no process could be made: {error}")))
        else:
            if pid == 0:
                self._control.close()
                for descriptor in (self._life, *self._descriptors):
                    os.close(descriptor)
                control, life, output = descriptors
                _become_warm_parent(mark, control, life, output)
            self._control.sendall(frames.encode(WarmParentForked(pid)))
        for descriptor in descriptors:
            os.close(descriptor)


def _fork_twice() -> int:
    """0 in the new process, else its id. It is nobody's child for a moment and then the executor's, which adopts
    orphans: so the executor can wait for it as for one that it has started itself. Raises OSError."""
    read, write = os.pipe()
    try:
        between = os.fork()
        if between == 0:
            _fork_and_leave(read, write)
            return 0
        os.close(write)
        write = -1
        os.waitpid(between, 0)
        told = os.read(read, 32)
    finally:
        for descriptor in (read, write):
            if descriptor >= 0:
                os.close(descriptor)
    if not told:
        raise BlockingIOError("the system has no room for another process")
    return int(told)


def _fork_and_leave(read: int, write: int) -> None:
    """Returns in the new process only."""
    try:
        pid = os.fork()
    except OSError:
        os._exit(1)
    if pid:
        os.write(write, str(pid).encode())
        os._exit(0)


def _become_warm_parent(mark: str, control: int, life: int, output: int) -> NoReturn:
    os.setsid()
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    _wear_mark(mark)
    warm_parent.serve(socket.socket(fileno=control), life)


def _wear_mark(mark: str) -> None:
    """Other processes see the environment a process was started with, in its own memory: the mark is written there, in
    place of one that is as long."""
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_void_p
    place, standing = getenv(MARK_VARIABLE.encode()), os.environ[MARK_VARIABLE]
    assert len(standing) == len(mark), "marks are all of one length"
    ctypes.memmove(place, mark.encode(), len(mark))
    os.environ[MARK_VARIABLE] = mark
