"""Finds the files of a folder that may hold DAGs, without executing any of them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from tradewind.dagfiles.folder import relative_to, walk
from tradewind.dagfiles.ignore import FILE_NAME, IgnoreRule, IgnoreSyntax, is_ignored, parse

MAKERS = (b"airflow", b"tradewind")


def discover_dag_files(
    root: Path, *, skip: Path | None = None, safe_mode: bool = True, ignore_syntax: IgnoreSyntax = "auto"
) -> list[str]:
    """Relative paths (sorted, forward slashes) of the Python files and zip archives that may hold DAGs.

    `safe_mode` (Airflow's `dag_discovery_safe_mode`) wants a file to mention `dag` and `airflow` or `tradewind`.
    `skip` is a folder never entered. Raises NotADirectoryError."""
    root = Path(os.path.abspath(root))
    candidates = candidate_files(root, skip=skip, ignore_syntax=ignore_syntax)
    return [path for path in candidates if not safe_mode or mentions_a_dag(root / path)]


def candidate_files(
    root: Path,
    *,
    skip: Path | None = None,
    ignore_syntax: IgnoreSyntax = "auto",
    on_error: Callable[[OSError], None] = lambda error: None,
) -> list[str]:
    """The Python files and archives that are not ignored, nor hidden (editors' locks), whatever is in them: none is
    opened. `root` is absolute; `on_error` hears of folders that cannot be looked into. Raises NotADirectoryError."""
    files = list(walk(root, skip=skip, on_error=on_error))
    rules = _rules([Path(file.path) for file in files if file.name == FILE_NAME], root, ignore_syntax)
    found = [file for file in files if file.name.endswith((".py", ".zip")) and not file.name.startswith(".")]
    paths = (relative_to(file.path, root) for file in found)
    return sorted(path for path in paths if not (rules and _is_out(path, rules)))


def mentions_a_dag(file: Path) -> bool:
    """Airflow's heuristic: the text has `dag` and `airflow` (or `tradewind`) in it, in any case."""
    try:
        if file.suffix == ".zip":
            return _archive_mentions_a_dag(file)
        return _text_mentions_a_dag(file.read_bytes())
    except (OSError, zipfile.BadZipFile, RuntimeError):
        return False


def _text_mentions_a_dag(data: bytes) -> bool:
    text = data.lower()
    return b"dag" in text and any(maker in text for maker in MAKERS)


def _archive_mentions_a_dag(file: Path) -> bool:
    with zipfile.ZipFile(file) as archive:
        top = [name for name in archive.namelist() if name.endswith(".py") and "/" not in name]
        return any(_text_mentions_a_dag(archive.read(name)) for name in top)


def _rules(ignore_files: list[Path], root: Path, syntax: IgnoreSyntax) -> list[IgnoreRule]:
    """Outer files first: an inner one has the last word on its own folder."""
    rules: list[IgnoreRule] = []
    for file in sorted(ignore_files, key=lambda file: len(file.parts)):
        base = relative_to(str(file.parent), root)
        try:
            rules += parse(file.read_text("utf-8", errors="replace"), "" if base == "." else f"{base}/", syntax)
        except OSError:
            continue
    return rules


def _is_out(path: str, rules: list[IgnoreRule]) -> bool:
    """A file is out with any of its folders: what is below an ignored folder cannot be brought back."""
    parts = path.split("/")
    folders = ("/".join(parts[:count]) for count in range(1, len(parts)))
    return any(is_ignored(folder, rules, is_folder=True) for folder in folders) or is_ignored(path, rules)
