"""OpsgenieNotifier: an alert in Opsgenie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import send_json

API = "https://api.opsgenie.com"


class OpsgenieNotifier(BaseNotifier):
    """`payload` is Opsgenie's own (message, alias, description, priority, …); the API key is the password of connection
    `opsgenie_conn_id`."""

    template_fields = ("payload",)

    def __init__(
        self, *, payload: Mapping[str, Any], opsgenie_conn_id: str = "opsgenie_default", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.payload = dict(payload)
        self.opsgenie_conn_id = opsgenie_conn_id

    def notify(self, context: Any) -> None:
        """Send it."""
        connection = Connection.get(self.opsgenie_conn_id)
        if not connection.password:
            raise AirflowException(
                f"connection {self.opsgenie_conn_id!r} has no API key", hint="put it in its password"
            )
        host = connection.host or API
        host = host if "://" in host else f"https://{host}"
        headers = {"Authorization": f"GenieKey {connection.password}"}
        send_json(f"{host.rstrip('/')}/v2/alerts", self.payload, headers=headers)


send_opsgenie_notification = OpsgenieNotifier
