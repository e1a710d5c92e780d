"""What happened: changes of states (history), and what people did (audit)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.store.browse.listing import Joined, Listing, fields_of
from tradewind.store.schema.core import history, run
from tradewind.store.schema.service import audit


class HistoryRow(Struct, frozen=True):
    number: int
    at: datetime
    dag_id: str
    run_id: str
    run_number: int
    who: str
    entity: str
    """`run`, `task`, `try` or `note`."""
    task_id: str | None
    map_path: str | None
    try_id: str | None
    old: str | None
    new: str | None
    why: str


HISTORY = Listing(
    name="history",
    row=HistoryRow,
    base=history,
    joins=(Joined(run, run.c.id == history.c.run),),
    fields=fields_of(
        history.c.at,
        history.c.who,
        history.c.entity,
        history.c.task_id,
        history.c.map_path,
        history.c.try_id,
        history.c.old,
        history.c.new,
        history.c.why,
        run.c.dag_id,
        run.c.run_id,
        number=history.c.id,
        run_number=history.c.run,
    ),
    key=("number",),
    order=("number",),
    dag_id=run.c.dag_id,
    run=history.c.run,
)


class AuditRow(Struct, frozen=True):
    number: int
    at: datetime
    who: str
    action: str
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    detail: dict[str, Any]


AUDIT = Listing(
    name="audit",
    row=AuditRow,
    base=audit,
    fields=fields_of(
        audit.c.at,
        audit.c.who,
        audit.c.action,
        audit.c.dag_id,
        audit.c.run_id,
        audit.c.task_id,
        audit.c.detail,
        number=audit.c.id,
    ),
    key=("number",),
    order=("-number",),
    dag_id=audit.c.dag_id,
)
