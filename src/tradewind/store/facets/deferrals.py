"""Tasks that wait for triggers, and questions to people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.service import ApprovalRecord, DeferralOutcome, DeferralRecord


class EndedDeferral(Struct, frozen=True):
    deferral_id: int
    outcome: DeferralOutcome
    event: Any = None
    error: str = ""


class Deferrals(Protocol):
    """Rows are made and removed by `commit`: `DeferralMade`, `DeferralForgotten`, `ApprovalAsked`."""

    def claim_deferrals(
        self, triggerer_id: str, *, limit: int, queues: Collection[str] | None, alive: Iterable[str]
    ) -> list[DeferralRecord]:
        """Take waiting deferrals that no triggerer in `alive` holds: each goes to one triggerer only. `queues=None`:
        any; else those of these queues and of none. Those without a trigger (questions to people) go to nobody."""
        ...

    def give_back_deferrals(self, triggerer_id: str, ids: Collection[int]) -> set[int]:
        """Of these waits, those that this triggerer holds are held by nobody any more. Returns their ids."""
        ...

    def still_deferred(self, triggerer_id: str) -> set[int]:
        """Ids of what this triggerer holds and is still wanted: the others are to be dropped."""
        ...

    def end_deferrals(self, ended: Sequence[EndedDeferral], *, triggerer_id: str | None, now: datetime) -> list[bool]:
        """Write what came of them, each once, in one transaction: False for one that is gone, has ended already or
        belongs to another triggerer (`None`: whoever holds it; for timeouts, which the scheduler sees to)."""
        ...

    def ended_deferrals(self, keys: Iterable[RunKey]) -> list[DeferralRecord]:
        """Those of these runs that have an outcome and whose task instance is still DEFERRED, oldest first."""
        ...

    def deferrals(self, key: RunKey | None = None) -> list[DeferralRecord]:
        """All rows, or those of a run (also those whose resumption is under way)."""
        ...

    # ------------------------------------------------------------------------------------ questions to people

    def approvals(self, *, is_open: bool | None = None, key: RunKey | None = None) -> list[ApprovalRecord]:
        """Oldest first."""
        ...

    def answer_approval(
        self,
        key: RunKey,
        task_id: TaskId,
        path: MapPath,
        *,
        chosen: tuple[str, ...],
        params_input: dict[str, Any],
        who: str,
        now: datetime,
    ) -> bool:
        """Once: False where it was answered already, or its task no longer waits. Ends the deferral that waits for it,
        with what Airflow's operators are resumed with as its event. Raises NotFoundError."""
        ...
