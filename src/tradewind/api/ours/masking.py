"""What looks like a secret by its name is not shown, in values as in conf and params."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.secrets import redact


def masked(value: Any) -> Any:
    """Values below keys such as `password` or `token` become `***`, as in logs."""
    return redact(value)
