"""What a back end is."""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

from tradewind.model.errors import TradewindError

Kind: TypeAlias = Literal["variables", "connections"]
NOT_HERE = "-"
"""As a prefix: nothing of this kind is looked up in this back end."""


class SecretBackendError(TradewindError):
    """A secrets back end cannot be asked: it is away, or refuses."""


class Backend(Protocol):
    name: str
    """For messages."""

    def get(self, kind: Kind, key: str) -> str | None:
        """The secret's text: of a connection a URI or JSON. None: it is not there.

        Raises SecretBackendError."""
        ...
