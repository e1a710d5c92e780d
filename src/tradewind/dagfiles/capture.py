"""Catches what a process prints, also from C code and child processes, by swapping file descriptors 1 and 2."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Generator

MAX_OUTPUT_BYTES = 64 * 1024


class Output:
    """The printed text, complete once the `with` block has ended."""

    text: str = ""


@contextlib.contextmanager
def captured_output(descriptor: int | None = None) -> Generator[Output]:
    """Both streams go to one file (no thread is needed to drain it, so the process can still be forked): a temporary
    one, or the open one given."""
    output = Output()
    with contextlib.nullcontext() if descriptor is not None else tempfile.TemporaryFile() as temporary:
        file = descriptor if temporary is None else temporary.fileno()
        assert file is not None, "one of them is there"
        _flush()
        kept = [os.dup(1), os.dup(2)]
        try:
            os.dup2(file, 1)
            os.dup2(file, 2)
            yield output
        finally:
            _flush()
            for saved, descriptor in zip(kept, (1, 2), strict=True):
                os.dup2(saved, descriptor)
                os.close(saved)
            output.text = _read(file)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # a user's own stream object, or a closed one
            stream.flush()


def _read(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    text = os.pread(descriptor, MAX_OUTPUT_BYTES, 0).decode("utf-8", errors="replace")
    return f"{text}\n… {size - MAX_OUTPUT_BYTES:,} more bytes" if size > MAX_OUTPUT_BYTES else text
