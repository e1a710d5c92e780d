"""Names of Airflow's human-in-the-loop trigger. Here the store itself waits for the answer: no trigger runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from tradewind.authoring.triggers import BaseTrigger, TriggerEvent


class HITLTriggerEventSuccessPayload(TypedDict, total=False):
    """What an answered task hands on."""

    chosen_options: list[str]
    params_input: dict[str, Any]
    responded_at: datetime
    responded_by_user: dict[str, str] | None
    timedout: bool


class HITLTriggerEventFailurePayload(TypedDict, total=False):
    """Why there is no answer."""

    error: str
    error_type: str


class HITLTrigger(BaseTrigger):
    """For operators of one's own that name it; HITLOperator does not need it."""

    def __init__(
        self,
        *,
        ti_id: Any = None,
        options: Sequence[str] = (),
        params: Mapping[str, Any] | None = None,
        defaults: Sequence[str] | None = None,
        multiple: bool = False,
        timeout_datetime: datetime | None = None,
        poke_interval: float = 5.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.ti_id = ti_id
        self.options = list(options)
        self.params = dict(params or {})
        self.defaults = list(defaults) if defaults is not None else None
        self.multiple = multiple
        self.timeout_datetime = timeout_datetime
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        names = ("ti_id", "options", "params", "defaults", "multiple", "timeout_datetime", "poke_interval")
        path = "airflow.providers.standard.triggers.hitl.HITLTrigger"
        return path, {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        failure = HITLTriggerEventFailurePayload(
            error="HITLTrigger asks nobody here: use HITLOperator, or one of its kin", error_type="unknown"
        )
        yield TriggerEvent(failure)
