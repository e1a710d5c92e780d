"""PagerdutyNotifier: an event to PagerDuty (Events API v2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import send_json

API = "https://events.pagerduty.com"


class PagerdutyNotifier(BaseNotifier):
    """The integration key is given here, or it is the password of connection `pagerduty_events_conn_id`."""

    template_fields = (
        "summary", "severity", "source", "action", "dedup_key", "custom_details", "group", "component", "class_type",
        "images", "links", "integration_key",
    )  # fmt: skip

    def __init__(
        self,
        *,
        summary: str,
        severity: Literal["critical", "error", "warning", "info"] | str,
        source: str = "tradewind",
        action: Literal["trigger", "acknowledge", "resolve"] | str = "trigger",
        dedup_key: str | None = None,
        custom_details: Any = None,
        group: str | None = None,
        component: str | None = None,
        class_type: str | None = None,
        images: Sequence[Any] | None = None,
        links: Sequence[Any] | None = None,
        integration_key: str | None = None,
        pagerduty_events_conn_id: str = "pagerduty_events_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.summary = summary
        self.severity = severity
        self.source = source
        self.action = action
        self.dedup_key = dedup_key
        self.custom_details = custom_details
        self.group = group
        self.component = component
        self.class_type = class_type
        self.images = images
        self.links = links
        self.integration_key = integration_key
        self.pagerduty_events_conn_id = pagerduty_events_conn_id

    def notify(self, context: Any) -> None:
        """Send it."""
        key, host = self._key_and_host()
        send_json(f"{host.rstrip('/')}/v2/enqueue", self._event(key))

    def _event(self, key: str) -> dict[str, Any]:
        if self.action != "trigger" and not self.dedup_key:
            raise AirflowException(f"to {self.action} an event needs the dedup_key that it was triggered with")
        event: dict[str, Any] = {"routing_key": key, "event_action": self.action}
        if self.dedup_key:
            event["dedup_key"] = self.dedup_key
        if self.action == "trigger":
            details = {
                "summary": self.summary,
                "severity": self.severity,
                "source": self.source,
                "timestamp": datetime.now(UTC).isoformat(),
                "component": self.component,
                "group": self.group,
                "class": self.class_type,
                "custom_details": self.custom_details,
            }
            event["payload"] = _given(details)
            event |= _given({"images": self.images, "links": self.links})
        return event

    def _key_and_host(self) -> tuple[str, str]:
        if self.integration_key:
            return self.integration_key, API
        connection = Connection.get(self.pagerduty_events_conn_id)
        if not connection.password:
            raise AirflowException(
                f"connection {self.pagerduty_events_conn_id!r} has no integration key", hint="put it in its password"
            )
        return connection.password, connection.host if connection.host and "://" in connection.host else API


send_pagerduty_notification = PagerdutyNotifier


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
