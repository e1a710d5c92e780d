"""An operator that does nothing: a node to join or group others by."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.operator import BaseOperator


class EmptyOperator(BaseOperator):
    """Does nothing. Without callbacks, templates and outlets the engine ends it itself, without a process."""

    ui_color = "#e8f7e4"
    inherits_from_empty_operator = True

    def execute(self, context: Any) -> None:
        """Nothing to do."""


DummyOperator = EmptyOperator
