"""What people did, and whether the record of it is as it was written."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import AuditLine, AuditPage
from tradewind.api.problems import Invalid
from tradewind.store.browse import Filter, Op, Query
from tradewind.store.browse.listings.log import AUDIT

CHECKED_ROWS = 10_000
"""Of the chain, for each page; `tradewind audit verify` goes through all of it."""
MOST_LINES = 500


class AuditQuery(Struct, frozen=True):
    who: str = ""
    action: str = ""
    dag_id: str = ""
    run_id: str = ""
    after: str | None = None
    limit: int = 50


def get_audit(call: Call[AuditQuery, Any]) -> AuditPage:
    """What people did, newest first."""
    query = call.query
    if not 1 <= query.limit <= MOST_LINES:
        raise Invalid(f"`limit` is 1 to {MOST_LINES}")
    words = {"who": query.who, "action": query.action, "dag_id": query.dag_id, "run_id": query.run_id}
    filters = tuple(Filter(name, Op.EQ, value) for name, value in words.items() if value)
    found = call.browser.page(AUDIT, Query(filters, limit=query.limit, cursor=query.after), None)
    chain = call.store.verify_audit(newest=CHECKED_ROWS)
    return AuditPage(
        lines=[
            AuditLine(
                number=row.number,
                at=row.at,
                who=row.who,
                action=row.action,
                dag_id=row.dag_id,
                run_id=row.run_id,
                task_id=row.task_id,
                detail=row.detail,
            )
            for row in found.rows
        ],
        total=found.total or 0,
        next_cursor=found.next,
        chain_is_whole=chain.is_whole,
        chain_why=chain.why,
    )


OPERATIONS = (
    Operation(
        method="GET",
        path="/api/tradewind/v1/audit",
        name="get_audit",
        tag="Audit",
        needs=Need(Resource.AUDIT),
        do=get_audit,
        query=AuditQuery,
        answer=AuditPage,
    ),
)
