"""Having wishes carried out for a call: by the scheduler where one is alive; each written down in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind.api.call import Call
from tradewind.api.problems import Conflict, NotFound
from tradewind.engine.run import Bounds
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.records import RunRecord
from tradewind.model.requests import SetXCom, Wish, kind_and_payload
from tradewind.scheduler.asking import have_done


def carry_out(call: Call[Any, Any], action: str, wishes: Sequence[tuple[RunRecord, Wish]]) -> None:
    """Waits until all is done, or a little while. Rights to each run's DAG were asked for before.

    Raises Conflict or NotFound for the first that is refused; what was done stays."""
    refusals = [one for one in carried_out(call, action, wishes) if one is not None]
    if refusals:
        refused = refusals[0]
        kind = NotFound if isinstance(refused, NotFoundError) else Conflict
        raise kind(refused.message, hint=refused.hint)


def carried_out(
    call: Call[Any, Any], action: str, wishes: Sequence[tuple[RunRecord, Wish]]
) -> list[TradewindError | None]:
    """For each, why it was refused."""
    if not wishes:
        return []
    settings = call.server.settings
    bounds = Bounds(settings.max_lost_tries, settings.max_map_length)
    outcomes = have_done(call.store, wishes, who=call.who.name, clock=call.server.clock, bounds=bounds)
    for (record, wish), outcome in zip(wishes, outcomes, strict=True):
        if outcome.refusal is None:
            call.audit(action, dag_id=record.dag_id, run_id=record.run_id, **_told(wish))
    return [outcome.refusal for outcome in outcomes]


def _told(wish: Wish) -> dict[str, Any]:
    """Of a value only what it is: it may be a secret, and nobody masks bytes."""
    if isinstance(wish, SetXCom):
        one = wish.xcom
        about = {"type": one.value.type, "size_bytes": one.value.size_bytes}
        return {"task_id": one.task_id, "map_path": list(one.map_path), "key": one.key, **about}
    return kind_and_payload(wish)[1]
