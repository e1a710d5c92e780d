"""MLflow's database, made whole before anybody sees it.

MLflow makes its tables when it first opens a file, step by step and without a lock: of two tries that do it at the same
time, or one that is killed meanwhile, a database stays that no MLflow opens any more.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tradewind.ml.tracking.place import Place, mlflow_module

_PREFIX = "sqlite:///"


def make_database(place: Place, uri: str, artifact_uri: str | None = None) -> None:
    """Where there is no file yet at this SQLite URI. Others of this home wait for it."""
    file = _file_of(uri)
    if file is None or _is_there(file):
        return
    with place.locked(f"mlflow-database-{file}"):
        if not _is_there(file):
            if file.parent == place.home:
                _remove_leftovers(file)
            _make(file, lambda making: _open_store(f"{_PREFIX}{making}", artifact_uri))


def _file_of(uri: str) -> Path | None:
    path = uri.removeprefix(_PREFIX).split("?")[0]
    return Path(path) if uri.startswith(_PREFIX) and path and path != ":memory:" else None


def _is_there(file: Path) -> bool:
    """An empty file is what SQLite leaves where nothing was written."""
    return file.exists() and file.stat().st_size > 0


def _make(file: Path, fill: Callable[[Path], None]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    making, whole = (file.with_name(f"{file.name}.{uuid.uuid4().hex}.{what}") for what in ("making", "whole"))
    try:
        fill(making)
        with closing(sqlite3.connect(making)) as connection:
            connection.execute("VACUUM INTO ?", (str(whole),))  # with what is in the journal beside it
        os.replace(whole, file)
    finally:
        for left in file.parent.glob(f"{making.name}*"):
            left.unlink()
        whole.unlink(missing_ok=True)


def _remove_leftovers(file: Path) -> None:
    """Of processes that were killed: we hold the lock, so nobody is at it."""
    for left in file.parent.glob(f"{file.name}.*.making*"):
        left.unlink(missing_ok=True)


def _open_store(uri: str, artifact_uri: str | None) -> None:
    stores: Any = mlflow_module("mlflow.store.tracking.sqlalchemy_store")
    default: str = mlflow_module("mlflow.store.tracking").DEFAULT_LOCAL_FILE_AND_ARTIFACT_PATH  # as MLflow itself
    store: Any = stores.SqlAlchemyStore(uri, artifact_uri or default)
    store.engine.dispose()
