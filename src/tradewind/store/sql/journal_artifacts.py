"""Artifacts that the journal alone names: figures, tables and files that tasks logged, reports of drift, what was not
committed. They go with the entries that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tradewind.store.sql.port import Connection

_KEY = re.compile(rb"[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]+")
NAMING = ("DriftReport", "Environment", "GateDecision", "LoggedArtifact", "NotebookRun", "ReferenceSet")
"""Kinds of entries that name artifacts."""
_AGEING = ("DriftReport", "ReferenceSet")
"""Of the lasting ones, those of which only the newest of each name is worth more than a run."""
_IS_REPLACED = "EXISTS (SELECT 1 FROM journal n WHERE n.kind = j.kind AND n.name = j.name AND n.id > j.id)"


def of_runs(connection: Connection, which: str, values: tuple[Any, ...]) -> set[str]:
    """Keys that entries of these runs name. `which`: a condition on rows of `run`."""
    query = f"""SELECT j.body FROM journal j WHERE j.kind IN ({_marks(NAMING)})
        AND j.run IN (SELECT id FROM run WHERE {which})"""
    return _keys(body for (body,) in connection.execute(query, (*NAMING, *values)))


def named(connection: Connection) -> set[str]:
    """Keys that any entry names; of references that were set anew, only the newest counts."""
    query = f"SELECT j.body FROM journal j WHERE j.kind IN ({_marks(NAMING)}) AND (j.kind <> ? OR NOT {_IS_REPLACED})"
    return _keys(body for (body,) in connection.execute(query, (*NAMING, "ReferenceSet")))


def forget_replaced(connection: Connection, before_micros: int, most: int) -> tuple[int, set[str]]:
    """Reports of drift and references from before, where there are newer ones: how many went, and what they named."""
    query = f"""SELECT j.id, j.body FROM journal j
        WHERE j.kind IN ({_marks(_AGEING)}) AND j.at < ? AND {_IS_REPLACED} LIMIT ?"""
    found = list(connection.execute(query, (*_AGEING, before_micros, most)))
    connection.executemany("DELETE FROM journal WHERE id = ?", [(id,) for id, _ in found])
    return len(found), _keys(body for _, body in found)


def _keys(bodies: Iterable[Any]) -> set[str]:
    return {key.decode() for body in bodies for key in _KEY.findall(bytes(body))}


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
