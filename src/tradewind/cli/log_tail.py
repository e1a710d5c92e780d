"""The end of a log file, without reading all of it."""

from __future__ import annotations

import os
from pathlib import Path

BYTES_PER_LINE = 400


def last_lines(path: Path, count: int) -> list[str]:
    """The last `count` lines, time stamps and levels left out; [] where there is no such file."""
    if count == 0:
        return []
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - count * BYTES_PER_LINE))
            return texts_of(stream.read(), count)
    except OSError:
        return []


def texts_of(end: bytes, count: int) -> list[str]:
    """The last lines in the end of a log."""
    lines = end.decode(errors="replace").splitlines()
    return [_text(line) for line in lines[-count:]] if count else []


def _text(line: str) -> str:
    before, mark, text = line.partition(" | ")
    if not mark or len(before) > 100:
        before, mark, text = line.partition(" + ")
    return text if mark else line
