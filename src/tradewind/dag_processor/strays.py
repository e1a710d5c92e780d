"""DAGs of folders and repositories that the settings name no longer: nobody looks after them, so they are retired, like
those of a file that is gone. Otherwise their schedules would go on for ever with the code they had."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from tradewind.dag_processor.bundles import Bundle, prefix_of
from tradewind.dag_processor.git import repository_of
from tradewind.dag_processor.intake import WHO
from tradewind.model.service import AuditRecord, JobKind, Topic
from tradewind.store.base import Store

_log = logging.getLogger(__name__)


def retire_strays(store: Store, bundles: Sequence[Bundle], home: Path, *, job_id: str) -> list[str]:
    """The DAGs that were retired; none where another dag-processor is alive, which may have bundles of its own.

    DAGs of no bundle (those of `tradewind run`) never run by the clock and stay as they are."""
    if any(job.job_id != job_id for job in store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True)):
        return []
    dags = store.dags()
    strays = {dag.root for dag in dags if dag.bundle and not _is_of_any(dag.root, bundles, home)}
    strays |= {error.root for error in store.import_errors() if not _is_of_any(error.root, bundles, home)}
    strays -= {dag.root for dag in dags if not dag.bundle}
    retired: list[str] = []
    for root in sorted(strays):
        for dag_id in store.retire_missing(root, (), now=store.now()):
            _log.info("DAG %s is gone: %s is no folder or bundle of the settings any more; its runs stay", dag_id, root)
            store.write_audit(AuditRecord(store.now(), WHO, "dag_retired", dag_id))
            retired.append(dag_id)
    if strays:
        store.ring(Topic.DAGS)
    return retired


def _is_of_any(root: str, bundles: Sequence[Bundle], home: Path) -> bool:
    return any(_is_of(root, bundle, home) for bundle in bundles)


def _is_of(root: str, bundle: Bundle, home: Path) -> bool:
    if bundle.kind == "local":
        return root == bundle.path
    return root.startswith(prefix_of(home, bundle.name)) or root == str(repository_of(home, bundle.name))
