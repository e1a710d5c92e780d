"""What `tradewind run X` means by X: a DAG file, or the id of a DAG in the DAG folder."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from tradewind.model.errors import NotFoundError
from tradewind.settings import Settings
from tradewind.store.base import Store

_NAMED = (r"dag_id\s*=\s*['\"]{0}['\"]|DAG\(\s*['\"]{0}['\"]|def {0}\(", r"['\"]{0}['\"]", r"\b{0}\b", "{0}")
"""How a file names a DAG, the surest first."""


class Target(Struct, frozen=True):
    root: Path
    """The DAG folder: the one of the settings where the file lies in it, else the file's own folder."""
    file: str
    """Relative to `root`."""
    dag_id: str | None
    """None: whatever single DAG the file has."""


def resolve(text: str, dag_id: str | None, settings: Settings, store: Store) -> Target:
    """Raises NotFoundError with the nearest known names."""
    path = Path(text).expanduser()
    if path.suffix in (".py", ".zip") or path.exists():
        return _of_file(path, dag_id, settings)
    known = store.dag(text)
    if known is not None:
        root = Path(known.root)
        if (root / known.file).exists():
            return Target(root, known.file, text)
    return _searched(text, settings, store)


def _of_file(path: Path, dag_id: str | None, settings: Settings) -> Target:
    path = path.absolute()
    if not path.is_file():
        raise NotFoundError(
            f"there is no DAG file {path}" if not path.is_dir() else f"{path} is a folder, not a DAG file",
            hint="give a .py file, or the id of a DAG in the DAG folder",
        )
    folder = settings.dags_folder
    root = folder if path.is_relative_to(folder) else path.parent
    return Target(root, str(path.relative_to(root)), dag_id)


def _searched(dag_id: str, settings: Settings, store: Store) -> Target:
    """A DAG id that the store does not know yet: a file of the DAG folder that names it."""
    from tradewind.dagfiles.discover import discover_dag_files  # only where a DAG is looked for by name

    folder = settings.dags_folder
    if not folder.is_dir():
        raise NotFoundError(f"there is no DAG {dag_id!r}, and no DAG folder {folder}", hint="make it, or name a file")
    texts = {file: (folder / file).read_text(errors="replace") for file in discover_dag_files(folder)}
    for pattern in _NAMED:
        seen = re.compile(pattern.format(re.escape(dag_id)))
        found = next((file for file, text in texts.items() if seen.search(text)), None)
        if found is not None:
            return Target(folder, str(found), dag_id)
    raise NotFoundError(f"there is no DAG {dag_id!r}, and no file of that name", hint=_near(dag_id, settings, store))


def _near(dag_id: str, settings: Settings, store: Store) -> str:
    import difflib  # only on this error

    names = [dag.dag_id for dag in store.dags()]
    near = difflib.get_close_matches(dag_id, names, n=3)
    if near:
        return f"did you mean {', '.join(near)}?"
    return f"the DAG folder is {settings.dags_folder}; `tradewind dags list` shows what it has"
