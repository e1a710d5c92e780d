"""A DAG folder and a home to try things on, and imports undone after each test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Write = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "pipelines"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def write(root: Path) -> Write:
    """write("a/b.py", "text") makes a file below the root."""

    def write_file(relative: str, text: str | bytes = "") -> Path:
        file = root / relative
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    return write_file


@pytest.fixture(autouse=True)
def imports_undone() -> Iterator[None]:
    modules, path, hooks = dict(sys.modules), list(sys.path), list(sys.path_hooks)
    yield
    for name in set(sys.modules) - set(modules):
        origin = getattr(sys.modules[name], "__file__", None) or ""
        if (
            name not in modules
            and "site-packages" not in origin
            and "lib/python" not in origin
            and "tradewind." not in name
        ):
            del sys.modules[name]
    sys.path[:], sys.path_hooks[:] = path, hooks
    sys.path_importer_cache.clear()
