"""AppriseNotifier: a message through Apprise, to any of the hundred-odd services that it knows
(https://github.com/caronc/apprise/wiki). Needs the extra `notify`."""

from __future__ import annotations

import json
from typing import Any, cast

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier


class AppriseNotifier(BaseNotifier):
    """The services' URLs are in the connection `apprise_conn_id`: its password, or in extra
    `{"config": [{"path": URL, "tag": …}, …]}`. `tag` says which of them get the message."""

    template_fields = ("body", "title", "tag", "attach")

    def __init__(
        self,
        *,
        body: str,
        title: str | None = None,
        notify_type: Any = "info",
        body_format: Any = "text",
        tag: Any = "all",
        attach: Any = None,
        interpret_escapes: bool | None = None,
        config: Any = None,
        apprise_conn_id: str = "apprise_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.body = body
        self.title = title
        self.notify_type = notify_type
        self.body_format = body_format
        self.tag = tag
        self.attach = attach
        self.interpret_escapes = interpret_escapes
        self.config = config
        self.apprise_conn_id = apprise_conn_id

    def notify(self, context: Any) -> None:
        """Send it. Raises where one of the services did not take it."""
        try:
            import apprise  # an extra, and half a second of imports
        except ImportError as error:
            raise AirflowException(
                "AppriseNotifier needs the package apprise", hint="pip install 'tradewind[notify]'"
            ) from error
        services: Any = apprise.Apprise()
        if self.config is not None:
            services.add(self.config)
        else:
            for url, tag in _services_of(Connection.get(self.apprise_conn_id)):
                services.add(url, tag=tag)
        if not len(services):
            raise AirflowException("there is nobody to tell: Apprise knows none of the connection's URLs")
        if not services.notify(
            body=self.body,
            title=self.title,
            notify_type=self.notify_type,
            body_format=self.body_format,
            tag=self.tag,
            attach=self.attach,
            interpret_escapes=self.interpret_escapes,
        ):
            raise AirflowException("not every service took the message; Apprise's warnings are in the task's log")


send_apprise_notification = AppriseNotifier


def _services_of(connection: Connection) -> list[tuple[str, Any]]:
    """(URL, tag) of each."""
    if connection.password:
        return [(connection.password, None)]
    found: Any = connection.extra_dejson.get("config")
    if isinstance(found, str):
        found = json.loads(found) if found.lstrip().startswith(("{", "[")) else [{"path": found}]
    listed = cast("list[dict[str, Any]]", found if isinstance(found, list) else [found] if found else [])
    if not listed:
        raise AirflowException(
            f"connection {connection.conn_id!r} names no service",
            hint='put {"config": [{"path": "slack://…", "tag": "alerts"}]} in its extra',
        )
    return [(str(one.get("path")), one.get("tag")) for one in listed]
