"""What the command line changes is in the audit, as what the API changes: who, from the operating system."""

from __future__ import annotations

import getpass
from typing import Any

from tradewind.authoring.secrets import redact
from tradewind.cli.home import Home
from tradewind.model.service import AuditRecord
from tradewind.scheduler.clock import utc_now


def audited(home: Home, action: str, *, dag_id: str | None = None, run_id: str | None = None, **detail: Any) -> None:
    """Write it down. A server writes its own."""
    if home.remote is None:
        record = AuditRecord(utc_now(), f"cli:{user_here()}", action, dag_id, run_id, detail=redact(detail))
        home.store.write_audit(record)


def user_here() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "unknown"
