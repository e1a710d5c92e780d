"""Which process runs a trigger: one that all installed packages share, or one for the snapshot its class lies in."""

from __future__ import annotations

from tradewind.model.warm import DAG_MODULE_PREFIX, Snapshot


def is_authors_own(class_path: str, snapshot: Snapshot) -> bool:
    """Whether the class lies in this snapshot: then it is to be run by a process of the snapshot's own, so that two
    versions of it never meet. Told from the names of files alone; nothing is imported."""
    module = class_path.rpartition(".")[0]
    if module.startswith(DAG_MODULE_PREFIX):
        return True
    top = module.partition(".")[0]
    if top in ("airflow", "tradewind"):
        return False
    return any(_is_module(file, top) for file in snapshot.files)


def _is_module(file: str, name: str) -> bool:
    """Also in a folder that is on the path beside the DAG folder (`../plugins/name.py`), or in an archive."""
    return name in file.removesuffix(".py").split("/")
