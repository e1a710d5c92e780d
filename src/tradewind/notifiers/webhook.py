"""WebhookNotifier: a JSON message to any URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import Patience, send_json

DEFAULT_PAYLOAD = {
    "dag_id": "{{ dag.dag_id }}",
    "run_id": "{{ run_id }}",
    "task_id": "{{ ti.task_id }}",
    "state": "{{ ti.state }}",
    "try_number": "{{ ti.try_number }}",
    "logical_date": "{{ logical_date | default('') }}",
    "reason": "{{ (exception | default('')) or (reason | default('')) }}",
}


class WebhookNotifier(BaseNotifier):
    """`url`, or the connection `http_conn_id` (host, login, password; extra: headers) with `endpoint`. Without a
    `payload` the message tells which task of which run came to which state."""

    template_fields = ("url", "endpoint", "payload", "headers")

    def __init__(
        self,
        *,
        url: str | None = None,
        http_conn_id: str | None = None,
        endpoint: str = "",
        payload: Any = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        timeout: float = 10.0,
        tries: int = 3,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if (url is None) == (http_conn_id is None):
            raise AirflowException("WebhookNotifier needs either url= or http_conn_id=")
        self.url = url
        self.http_conn_id = http_conn_id
        self.endpoint = endpoint
        self.payload = DEFAULT_PAYLOAD if payload is None else payload
        self.headers = dict(headers or {})
        self.method = method
        self.patience = Patience(tries=max(tries, 1), timeout_seconds=timeout)

    def notify(self, context: Any) -> None:
        """Send it."""
        url, headers = (self.url, {}) if self.url is not None else self._from_connection()
        send_json(url, self.payload, method=self.method, headers=headers | self.headers, patience=self.patience)

    def _from_connection(self) -> tuple[str, dict[str, str]]:
        connection = Connection.get(self.http_conn_id or "")
        host = connection.host or ""
        if "://" not in host:
            port = f":{connection.port}" if connection.port else ""
            host = f"{connection.schema or connection.conn_type or 'https'}://{host}{port}"
        headers = {name: str(value) for name, value in dict(connection.extra_dejson.get("headers") or {}).items()}
        if connection.login:
            headers["Authorization"] = _basic(connection.login, connection.password or "")
        return f"{host.rstrip('/')}/{self.endpoint.lstrip('/')}" if self.endpoint else host, headers


def _basic(login: str, password: str) -> str:
    from base64 import b64encode  # for the few that log in

    return f"Basic {b64encode(f'{login}:{password}'.encode()).decode()}"
