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
            lines = stream.read().decode(errors="replace").splitlines()
    except OSError:
        return []
    return [_text(line) for line in lines[-count:]]


def _text(line: str) -> str:
    before, mark, text = line.partition(" | ")
    if not mark or len(before) > 100:
        before, mark, text = line.partition(" + ")
    return text if mark else line
