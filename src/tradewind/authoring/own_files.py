"""Which files are the author's own: neither installed, nor Python's, nor ours."""

from __future__ import annotations

import os
import sysconfig
from functools import cache

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


@cache
def is_own_file(file: str) -> bool:
    """`file` is a path, or what code says of where it is from (`<frozen importlib>`)."""
    if file in ("built-in", "frozen") or file.startswith("<frozen"):
        return False
    path = os.path.abspath(file)
    if f"{os.sep}site-packages{os.sep}" in path or f"{os.sep}dist-packages{os.sep}" in path:
        return False
    return not path.startswith((*python_folders(), _OURS))


@cache
def python_folders() -> tuple[str, ...]:
    """Where the standard library is."""
    paths = sysconfig.get_paths()
    return tuple({paths[name].rstrip(os.sep) + os.sep for name in ("stdlib", "platstdlib")})
