"""Sensors that wait in the triggerer: they look once themselves, and give their process back where it is too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind.authoring.sensor import BaseSensorOperator, PokeReturnValue
from tradewind.authoring.triggers import BaseTrigger


class DeferrableSensor(BaseSensorOperator):
    """Base of the box's sensors that have a trigger: they defer unless `deferrable=False`, or a `mode`, is given."""

    def __init__(self, *, deferrable: bool | None = None, mode: str | None = None, **kwargs: Any) -> None:
        super().__init__(mode=mode, **kwargs)
        self.deferrable = deferrable if deferrable is not None else mode is None

    def trigger_for(self, context: Any) -> BaseTrigger | None:
        """What waits in this task's place; None: no trigger can, so that it pokes by itself."""
        raise NotImplementedError(f"{type(self).__name__} has no trigger_for() method")

    def execute(self, context: Any) -> Any:
        if not self.deferrable:
            return super().execute(context)
        started = self.first_start(context)
        if answer := self.poke_once(context):
            self.log.info("Success criteria met. Exiting.")
            return answer.xcom_value if isinstance(answer, PokeReturnValue) else None
        waited = (datetime.now(UTC) - started).total_seconds()
        if waited >= self.timeout:
            self.time_out(waited)
        trigger = self.trigger_for(context)
        if trigger is None:
            return super().execute(context)
        return self.defer(
            trigger=trigger,
            method_name="execute_complete",
            timeout=timedelta(seconds=self.timeout - waited),
        )

    def execute_complete(self, context: Any, event: Any = None) -> Any:
        """The trigger has fired."""
        self.log.info("Success criteria met. Exiting.")
