"""Removing runs for good: rows, logs, report, and the artifacts that nobody else uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tradewind.artifacts.shelves import delete_shelves
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.settings import Settings
from tradewind.store.base import Store

GRACE_WHILE_OTHERS_RUN_SECONDS = 3600.0
"""A try of a run that goes on may have just found the same bytes stored, and not have told the store yet."""


def delete_runs(settings: Settings, store: Store, keys: Iterable[RunKey]) -> tuple[int, int]:
    """How many runs and how many artifacts were deleted. Raises TradewindError for a run that a live process drives."""
    wanted = list(keys)
    owners = {key: _owner_that_is_gone(store, key) for key in wanted}
    unused: list[str] = []
    for key in wanted:
        logs = [settings.log_folder / one.log_path for one in store.tries(key, with_callbacks=True)]
        unused += store.delete_run(key, even_if_owned_by=owners[key])
        for log in logs:
            _delete_log(log, settings.log_folder)
        delete_shelves(settings.artifact_url, key.dag_id, key.run_id)
        shutil.rmtree(report_folder(settings.home, key.dag_id, key.run_id), ignore_errors=True)
    if wanted:
        store.ring(Topic.DELETED)
    return len(wanted), _delete_artifacts(settings, store, unused)


def _owner_that_is_gone(store: Store, key: RunKey) -> str | None:
    """Raises TradewindError where the owner is alive."""
    owner = store.owner_of(key)
    if owner is not None and store.owner_is_alive(owner.owner_id):
        raise TradewindError(
            f"run {key.run_id!r} of DAG {key.dag_id!r} is being driven by process {owner.pid} on {owner.host}",
            hint=f"cancel it first: tradewind runs cancel {key.dag_id} '{key.run_id}'",
        )
    return owner.owner_id if owner is not None else None


def _delete_log(log: Path, top: Path) -> None:
    """The file, and the folders that are empty without it: two run ids may share a folder."""
    with suppress(OSError):
        log.unlink()
    with suppress(OSError):  # not empty
        for folder in log.parents:
            if folder == top:
                break
            folder.rmdir()


def _delete_artifacts(settings: Settings, store: Store, keys: Iterable[str]) -> int:
    is_busy = bool(store.runs(states=[RunState.QUEUED, RunState.RUNNING], limit=1))
    grace_seconds = GRACE_WHILE_OTHERS_RUN_SECONDS if is_busy else 0.0
    unused = set(keys)
    unused -= store.artifact_keys_in_use(unused)
    artifacts = ArtifactStore(settings.artifact_url)
    deleted = artifacts.delete(sorted(unused), unused_for_seconds=grace_seconds)
    store.forget_artifacts([key for key in unused if not artifacts.exists(key)])
    return deleted


def report_folder(home: Path, dag_id: str, run_id: str) -> Path:
    """Where pictures of a run that was run by hand are."""
    return home / "reports" / safe_name(dag_id) / safe_name(run_id)


def safe_name(name: str) -> str:
    """For a file or a folder: nothing leads out of where it is, a name of dots alone neither."""
    safe = "".join(character if character.isalnum() or character in "-_.+=" else "_" for character in name)
    return safe if safe.strip(".") else "_" * max(1, len(safe))
