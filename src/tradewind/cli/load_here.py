"""A DAG file loaded into this very process: for `tasks test` and `render`, and for timetables of the author's own.
This executes the author's code; everything else loads DAG files in a process of their own."""

from __future__ import annotations

import importlib
from functools import reduce
from typing import Any

from msgspec import Struct

from tradewind.airflow_compat import hook as airflow_names
from tradewind.authoring import defaults
from tradewind.authoring.dag import DAG
from tradewind.cli.home import Home, open_home
from tradewind.cli.target import resolve
from tradewind.dagfiles.load import LoadedFile, load_dag_file
from tradewind.dagfiles.snapshot import blobs_folder, load_snapshot, take_snapshot
from tradewind.model.errors import DagFileError, NotFoundError, SourceLocation
from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.warm import Snapshot


class LoadedHere(Struct, frozen=True):
    dag: DAG
    spec: DagSpec
    file: LoadedFile


def load_here(text: str, dag_id: str | None = None, *, run: RunRecord | None = None) -> LoadedHere:
    """The DAG `text` (an id, or a file) as its file is now; with `run`, as it was when that run began.

    Raises NotFoundError, and DagFileError where the file cannot be loaded."""
    with open_home() as home:
        if run is not None:
            return _of_run(home, run)
        settings = home.settings
        target = resolve(text, dag_id, settings, home.store)
    snapshot = take_snapshot(
        target.root,
        settings.home,
        only=target.root / target.file,
        max_files=settings.snapshot_max_files,
        max_bytes=settings.snapshot_max_bytes,
    )
    return _load(home, snapshot, target.file, target.dag_id)


def find_class(import_path: str) -> type[Any]:
    """A class by `module.Name` (or `module.Outer.Inner`), once the file that has it was loaded."""
    parts = import_path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[length:], module)  # pyright: ignore[reportReturnType]
    raise NotFoundError(f"the class {import_path} is not there any more")


def _of_run(home: Home, run: RunRecord) -> LoadedHere:
    spec = home.store.spec(run.dag_id, run.dag_hash)
    if spec is None:
        raise NotFoundError(f"version {run.dag_hash} of DAG {run.dag_id!r} is not in the store any more")
    return _load(home, load_snapshot(home.settings.home, run.snapshot), spec.file, run.dag_id)


def _load(home: Home, snapshot: Snapshot, file: str, dag_id: str | None) -> LoadedHere:
    airflow_names.install()
    defaults.install(home.settings)
    loaded = load_dag_file(
        snapshot, blobs_folder(home.settings.home), file, timeout_seconds=home.settings.dag_import_timeout_seconds
    )
    if dag_id is None and len(loaded.specs) == 1:
        dag_id = loaded.specs[0].dag_id
    for spec in loaded.specs:
        if spec.dag_id == dag_id:
            return LoadedHere(loaded.dags[spec.dag_id], spec, loaded)
    raise _refused(loaded, snapshot.root, dag_id)


def _refused(loaded: LoadedFile, root: str, dag_id: str | None) -> DagFileError:
    where = SourceLocation(f"{root}/{loaded.file}")
    for problem in loaded.problems:
        if problem.dag_id in (None, dag_id):
            text = f"{problem.message}\n{problem.traceback}".rstrip()
            return DagFileError(text, location=SourceLocation(where.file, problem.line), hint=problem.hint)
    names = ", ".join(sorted(loaded.dags))
    if dag_id is None:
        return DagFileError(
            f"the file has {len(loaded.dags)} DAGs: {names}", location=where, hint="say which: --dag-id"
        )
    return DagFileError(f"the file has no DAG {dag_id!r}", location=where, hint=f"it has {names}" if names else "")
