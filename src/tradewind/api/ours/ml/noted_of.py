"""What was noted down of one try, and of one run: all kinds at once, for their pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import Noted, RunJournal, TryJournal
from tradewind.api.ours.masking import masked
from tradewind.api.ours.ml.journal import noted
from tradewind.api.ours.paths import RUN, TASK, TryQuery, key_of, run_of, try_of
from tradewind.model.entries import (
    CacheOutcome,
    CheckpointSaved,
    DataChecked,
    DriftReport,
    Environment,
    Forked,
    GateDecision,
    LoggedArtifact,
    LoggedParams,
    ModelVersion,
    NotebookRun,
    Reproduced,
    RetryChanged,
    TrackedRun,
    TryUsage,
    ValueProfile,
)
from tradewind.model.journal import EntryQuery, JournalEntry

MOST_ENTRIES = 500
T = TypeVar("T")
_OF_TRIES = (
    LoggedArtifact, LoggedParams, NotebookRun, CheckpointSaved, RetryChanged, DataChecked, ValueProfile, DriftReport,
    GateDecision, ModelVersion, CacheOutcome, TrackedRun, TryUsage,
)  # fmt: skip
_OF_RUNS = (Environment, Forked, Reproduced)


def try_journal(call: Call[TryQuery, None]) -> TryJournal:
    """What a try logged, checked, saved and took"""
    key, try_id = key_of(call), try_of(call).try_id
    first, *others = (kind.__name__ for kind in _OF_TRIES)
    query = EntryQuery(
        first,
        dag_id=key.dag_id,
        run_id=key.run_id,
        task_id=call.path["task_id"],
        try_id=try_id,
        further_kinds=tuple(others),
        limit=MOST_ENTRIES,
    )
    found = call.store.entries(query)
    return TryJournal(
        artifacts=_all(found, LoggedArtifact),
        params=[_masked(one) for one in _all(found, LoggedParams)],
        notebooks=_all(found, NotebookRun),
        checkpoints=_all(found, CheckpointSaved),
        retries=_all(found, RetryChanged),
        checks=_all(found, DataChecked),
        profiles=_all(found, ValueProfile),
        drifts=_all(found, DriftReport),
        gates=_all(found, GateDecision),
        models=_all(found, ModelVersion),
        cache=_newest(found, CacheOutcome),
        tracked=_newest(found, TrackedRun),
        usage=_newest(found, TryUsage),
    )


def run_journal(call: Call[Any, None]) -> RunJournal:
    """The environment of a run, where it was forked from, which run it repeats"""
    run_of(call)
    key = key_of(call)
    first, *others = (kind.__name__ for kind in _OF_RUNS)
    of_run = EntryQuery(first, dag_id=key.dag_id, run_id=key.run_id, further_kinds=tuple(others), limit=MOST_ENTRIES)
    found = call.store.entries(of_run)
    tracked = call.store.entries(
        EntryQuery(TrackedRun.__name__, dag_id=key.dag_id, run_id=key.run_id, limit=MOST_ENTRIES)
    )
    return RunJournal(
        environment=_newest(found, Environment),
        tracked=next((one for one in _all(tracked, TrackedRun) if one.said.is_parent), None),
        forked=_newest(found, Forked),
        reproduced=_newest(found, Reproduced),
    )


def _all(entries: Iterable[JournalEntry], of: type[T]) -> list[Noted[T]]:
    return noted((one for one in entries if one.kind == of.__name__), of)


def _newest(entries: Iterable[JournalEntry], of: type[T]) -> Noted[T] | None:
    return next(iter(_all(entries, of)), None)


def _masked(one: Noted[LoggedParams]) -> Noted[LoggedParams]:
    return replace(one, said=LoggedParams(masked(one.said.params)))


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{TASK}/journal",
        name="tradewind_try_journal",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=try_journal,
        query=TryQuery,
        answer=TryJournal,
        errors=(404,),
    ),
    Operation(
        method="GET",
        path=f"{RUN}/journal",
        name="tradewind_run_journal",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=run_journal,
        answer=RunJournal,
        errors=(404,),
    ),
)
