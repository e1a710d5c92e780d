"""What a caller of the store may want to tell apart. Everything about the file itself is a model.errors.HomeError."""

from __future__ import annotations

from tradewind.model.errors import TradewindError
from tradewind.model.records import OwnerRecord


class StaleStateError(TradewindError):
    """A change expected a state that is no longer there: somebody else was first. Nothing of the batch was applied."""


class DuplicateRunError(TradewindError):
    """The DAG already has a run with this run id or this logical date."""


class RunOwnedError(TradewindError):
    """Another process drives this run."""

    def __init__(self, message: str, *, owner: OwnerRecord, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.owner = owner


class SecretKeyError(TradewindError):
    """The key that variables and connections are encrypted with is missing, unreadable or another one."""
