"""Where a DAG file's imports are looked for: after the installed packages, in the DAG folder, as in Airflow."""

from __future__ import annotations

import os
import sys

PROJECT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Dockerfile", ".git")


def extend_sys_path(root: str) -> None:
    """Append the DAG folder; beside a folder named `dags` also `plugins` and `config`; and the folder above, where it
    is a project (so that `from dags.x import …` and `from include.x import …` work).

    Appended, not put first: a DAG file named `mlflow.py` must not hide the package of that name."""
    parent = os.path.dirname(root)
    wanted = [root]
    if os.path.basename(root) == "dags":
        wanted += [folder for name in ("plugins", "config") if os.path.isdir(folder := os.path.join(parent, name))]
    if is_project(parent) or os.path.basename(root) == "dags":
        wanted.append(parent)
    for folder in wanted:
        if folder not in sys.path:
            sys.path.append(folder)


def is_project(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, marker)) for marker in PROJECT_MARKERS)
