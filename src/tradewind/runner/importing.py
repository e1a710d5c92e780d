"""Imports one DAG file into this process, for good: what a warm parent and a fresh interpreter have in common."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tradewind.airflow_compat import hook as airflow_names
from tradewind.dagfiles.load import LoadedFile, load_dag_file
from tradewind.model.warm import LoadFile
from tradewind.runner import capture
from tradewind.runner.seeds import Seeds

LOG_LEVEL_VARIABLE = "TRADEWIND_LOG_LEVEL"


@dataclass(frozen=True)
class Imported:
    file: LoadedFile
    seeds: Seeds


def import_file(load: LoadFile) -> Imported:
    """Never raises for what the file does: that is in `file.problems`."""
    os.environ.update(load.environment)
    os.chdir(load.cwd)
    capture.take_streams()
    airflow_names.install()
    seeds = Seeds()
    file = load_dag_file(load.snapshot, Path(load.blobs), load.file, timeout_seconds=load.timeout_seconds)
    seeds.settle()
    return Imported(file, seeds)


def log_level() -> str:
    """The root logger's level in tasks, from the settings (passed on in the environment)."""
    level = os.environ.get(LOG_LEVEL_VARIABLE, "INFO").upper()
    return level if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL") else "INFO"
