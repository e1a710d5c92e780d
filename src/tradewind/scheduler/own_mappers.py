"""What partition mappers of authors' own say: asked of the dag-processor, which loads their file in a process of its
own. Answers are kept in memory, by version of the DAG; after a restart they are asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from tradewind.model.parsing import (
    PARTITIONS_REQUEST,
    TO_ASSET_RUNS,
    TO_DAG_PROCESSOR,
    MappedKey,
    PartitionsMapped,
)
from tradewind.model.service import Topic
from tradewind.scheduler.asset_runs import Answers, Question
from tradewind.store.base import Store

ASK_AGAIN_AFTER = timedelta(seconds=60)
"""The dag-processor may have died over the question."""
ANSWERS_AT_MOST = 10_000
"""Of a DAG; then all are forgotten, and what is still needed is asked for again."""


class OwnMappers:
    def __init__(self, store: Store, who: str) -> None:
        self._store = store
        self._who = who
        self._answers: dict[str, tuple[str, dict[Question, MappedKey]]] = {}
        """DAG → (hash of its version, what its mappers said)."""
        self._asked: dict[tuple[str, Question], datetime] = {}

    def answers(self, dag_id: str, dag_hash: str) -> Answers:
        known = self._answers.get(dag_id)
        return known[1] if known is not None and known[0] == dag_hash else {}

    def ask(self, dag_id: str, questions: Sequence[Question], now: datetime) -> None:
        """Those that nobody was asked just now."""
        new = [
            one for one in questions if now - self._asked.get((dag_id, one), now - ASK_AGAIN_AFTER) >= ASK_AGAIN_AFTER
        ]
        if not new:
            return
        self._asked |= {(dag_id, one): now for one in new}
        payload: dict[str, object] = {"dag_id": dag_id, "questions": [list(one) for one in new]}
        self._store.add_request(PARTITIONS_REQUEST, TO_DAG_PROCESSOR, payload, who=self._who, now=now)
        self._store.ring(Topic.PARSE)

    def hear(self) -> None:
        """Take what was answered meanwhile."""
        for request in self._store.take_requests([TO_ASSET_RUNS]):
            told = msgspec.convert(request.payload, PartitionsMapped)
            known = self._answers.get(told.dag_id)
            is_same = known is not None and known[0] == told.dag_hash and len(known[1]) < ANSWERS_AT_MOST
            answers = known[1] if known is not None and is_same else {}
            answers |= {(one.number, one.key): one for one in told.answers}
            self._answers[told.dag_id] = (told.dag_hash, answers)
            for one in told.answers:
                self._asked.pop((told.dag_id, (one.number, one.key)), None)
