"""Which wait the code that runs right now belongs to: asyncio hands it on to every task that a trigger starts."""

from __future__ import annotations

from contextvars import ContextVar

from tradewind.model.triggers import WaitFor

CURRENT: ContextVar[WaitFor | None] = ContextVar("tradewind_current_wait", default=None)


def name_of(wait: WaitFor) -> str:
    """As messages name it: the trigger's class and its task."""
    return f"trigger {wait.trigger} of {wait.label or 'an asset'}"
