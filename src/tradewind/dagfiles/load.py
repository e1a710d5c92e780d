"""Executes one DAG file of a snapshot and compiles its DAGs, as Airflow's parser does. Runs users' code: only ever
called in a warm parent or a process that may die."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, ModuleType

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.registry import collecting
from tradewind.dagfiles.capture import captured_output
from tradewind.dagfiles.finder import install, pinned_spec
from tradewind.dagfiles.folder import MAX_FILE_BYTES
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.dagfiles.problems import ImportTimeoutError, problem_from
from tradewind.dagfiles.search_path import extend_sys_path
from tradewind.model.spec import DagSpec
from tradewind.model.warm import DAG_MODULE_PREFIX, ImportProblem, Snapshot

MODULE_PREFIX = DAG_MODULE_PREFIX


@dataclass(frozen=True)
class LoadedFile:
    """What one DAG file gave. `dags` holds the DAGs that compiled, by id; `specs` their specs in the same order."""

    file: str
    module: ModuleType | None
    """None where the import failed; for an archive, its last module."""
    dags: dict[str, DAG]
    specs: tuple[DagSpec, ...]
    problems: tuple[ImportProblem, ...]
    output: str
    """What the file printed, cut."""
    seconds: float
    files: PinnedFiles
    """The snapshot's files, for templates."""


def load_dag_file(snapshot: Snapshot, blobs: Path, file: str, *, timeout_seconds: float | None = None) -> LoadedFile:
    """Import `file` (relative to the snapshot's root) and compile every DAG found in it.

    Never raises for what the file does: that is in `problems`. Imports below the root stay pinned to the snapshot for
    the rest of the process, since tasks import too."""
    return load_pinned(PinnedFiles(snapshot, blobs), file, timeout_seconds=timeout_seconds)


def load_pinned(
    files: PinnedFiles, file: str, *, timeout_seconds: float | None = None, output_descriptor: int | None = None
) -> LoadedFile:
    """As `load_dag_file`, for a snapshot that has been looked through already. What the file prints goes to
    `output_descriptor`, an empty file, where somebody else wants to read it should this process die."""
    started = time.perf_counter()
    install(files)
    extend_sys_path(files.root)
    problems: list[ImportProblem] = []
    modules: list[ModuleType] = []
    dags: list[DAG] = []
    with captured_output(output_descriptor) as output:
        for name, path in _modules_of(files, file, problems):
            with collecting() as collected:
                module = _import(name, path, files, file, timeout_seconds, problems)
            if module is not None:
                modules.append(module)
                dags += collected.dags(vars(module))
        loaded, specs = _compile_all(dags, files, file, problems)
    return LoadedFile(
        file=file,
        module=modules[-1] if modules else None,
        dags=loaded,
        specs=tuple(specs),
        problems=tuple(problems),
        output=output.text,
        seconds=time.perf_counter() - started,
        files=files,
    )


def module_name(file: str) -> str:
    """A DAG file's name in sys.modules: the same in every process, so that its classes unpickle in another."""
    stem = re.sub(r"\W", "_", os.path.splitext(os.path.basename(file))[0])
    return f"{MODULE_PREFIX}{hashlib.blake2b(file.encode(), digest_size=5).hexdigest()}_{stem}"


def _modules_of(files: PinnedFiles, file: str, problems: list[ImportProblem]) -> list[tuple[str, str]]:
    """(module name, absolute path) to import: the file itself, or the modules at an archive's top level."""
    path = files.absolute(file)
    if not file.lower().endswith(".zip"):
        return [(module_name(file), path)]
    members = [name for name in files.names() if name.startswith(f"{file}/") and name.count("/") == file.count("/") + 1]
    modules = [name for name in members if name.endswith(".py") and not name.endswith("/__init__.py")]
    if not modules:
        problems.append(
            ImportProblem(file=file, message="the archive has no Python module at its top level, or cannot be read")
        )
    if path not in sys.path:  # modules of an archive import each other by their plain names
        sys.path.insert(0, path)
    return [(os.path.basename(name).removesuffix(".py"), files.absolute(name)) for name in sorted(modules)]


def _import(
    name: str, path: str, files: PinnedFiles, file: str, timeout_seconds: float | None, problems: list[ImportProblem]
) -> ModuleType | None:
    if files.content(path) is None:
        problems.append(_not_pinned(path, file))
        return None
    spec = pinned_spec(name, path, files)
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None, "pinned_spec gives a loader"
    sys.modules[name] = module
    try:
        with _time_limit(timeout_seconds):
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        sys.modules.pop(name, None)
        problems.append(problem_from(error, files, file))
        return None
    return module


def _not_pinned(path: str, file: str) -> ImportProblem:
    message, hint = "the file is not in the snapshot of its DAG folder", "it came or went just now: try again"
    with contextlib.suppress(OSError):
        size_bytes = os.path.getsize(path)
        if size_bytes > MAX_FILE_BYTES:
            message = (
                f"the file has {size_bytes:,} bytes: over {MAX_FILE_BYTES:,} it counts as data, and is not imported"
            )
            hint = "keep what is large in a file beside it, and read it in a task"
    return ImportProblem(file=file, message=message, hint=hint)


@contextlib.contextmanager
def _time_limit(seconds: float | None) -> Generator[None]:
    """Interrupt the import after this time. Only where signals reach us: in the main thread."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise ImportTimeoutError(f"the import took longer than {seconds:g} seconds and was stopped")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _compile_all(
    dags: list[DAG], files: PinnedFiles, file: str, problems: list[ImportProblem]
) -> tuple[dict[str, DAG], list[DagSpec]]:
    loaded: dict[str, DAG] = {}
    specs: list[DagSpec] = []
    for dag in {id(dag): dag for dag in dags}.values():
        if dag.dag_id in loaded:
            problems.append(
                ImportProblem(
                    file=file,
                    message=f"two DAGs of this file have the id {dag.dag_id!r}; the first one counts",
                    hint="give each DAG an id of its own",
                    dag_id=dag.dag_id,
                )
            )
            continue
        try:
            specs.append(compile_dag(dag, file=file))
            loaded[dag.dag_id] = dag
        except Exception as error:  # a wrong DAG must not hide the others of its file
            problems.append(problem_from(error, files, file, dag_id=dag.dag_id))
    return loaded, specs
