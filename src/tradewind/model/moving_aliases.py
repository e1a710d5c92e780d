"""What a process that has MLflow is asked about a model's alias, and what it answers: JSON on its standard streams."""

from __future__ import annotations

from msgspec import Struct

from tradewind.model.entries import AliasMoved
from tradewind.model.journal import JournalEntry


class MoveWish(Struct, frozen=True):
    model: str
    alias: str = "champion"
    version: str = ""
    """"": back to the one before."""
    expected: str | None = None
    """What the alias is believed to mean now; None: whatever it means."""
    reason: str = ""
    history: tuple[JournalEntry, ...] = ()
    """Moves of the model, newest first: for going back."""


class MoveDone(Struct, frozen=True):
    moved: AliasMoved | None = None
    error: str = ""
    hint: str = ""
    is_conflict: bool = False
