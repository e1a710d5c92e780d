"""Removing runs for good: rows, logs, report, and the artifacts that nobody else uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tradewind.artifacts.store import ArtifactStore
from tradewind.cli.home import Home
from tradewind.cli.report import report_folder
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState

GRACE_WHILE_OTHERS_RUN_SECONDS = 3600.0
"""A try of a run that goes on may have just found the same bytes stored, and not have told the store yet."""


def delete_runs(home: Home, keys: Iterable[RunKey]) -> tuple[int, int]:
    """How many runs and how many artifacts were deleted. Raises TradewindError for a run that a live process drives."""
    wanted = list(keys)
    owners = {key: _owner_that_is_gone(home, key) for key in wanted}
    unused: list[str] = []
    for key in wanted:
        logs = [home.settings.log_folder / one.log_path for one in home.store.tries(key, with_callbacks=True)]
        unused += home.store.delete_run(key, even_if_owned_by=owners[key])
        for log in logs:
            _delete_log(log, home.settings.log_folder)
        shutil.rmtree(report_folder(home.settings.home, key.dag_id, key.run_id), ignore_errors=True)
    return len(wanted), _delete_artifacts(home, unused)


def _owner_that_is_gone(home: Home, key: RunKey) -> str | None:
    """Raises TradewindError where the owner is alive."""
    owner = home.store.owner_of(key)
    if owner is not None and home.store.owner_is_alive(owner.owner_id):
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


def _delete_artifacts(home: Home, keys: Iterable[str]) -> int:
    is_busy = bool(home.store.runs(states=[RunState.QUEUED, RunState.RUNNING], limit=1))
    grace_seconds = GRACE_WHILE_OTHERS_RUN_SECONDS if is_busy else 0.0
    unused = set(keys)
    unused -= home.store.artifact_keys_in_use(unused)
    artifacts = ArtifactStore(home.settings.artifact_url)
    deleted = artifacts.delete(sorted(unused), unused_for_seconds=grace_seconds)
    home.store.forget_artifacts([key for key in unused if not artifacts.exists(key)])
    return deleted
