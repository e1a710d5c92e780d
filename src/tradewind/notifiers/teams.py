"""MSTeamsNotifier: a card in a Microsoft Teams channel, through the webhook of a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import send_json


class MSTeamsNotifier(BaseNotifier):
    """`url` is the webhook's, or the password of connection `teams_conn_id`. `facts` are shown as a small table."""

    template_fields = ("title", "text", "facts", "link")

    def __init__(
        self,
        *,
        text: str,
        title: str = "{{ dag.dag_id }}: {{ ti.task_id }} is {{ ti.state }}",
        facts: Mapping[str, str] | None = None,
        link: str = "",
        url: str | None = None,
        teams_conn_id: str = "msteams_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.text = text
        self.title = title
        self.facts = dict(facts or {})
        self.link = link
        self.url = url
        self.teams_conn_id = teams_conn_id

    def notify(self, context: Any) -> None:
        """Send it."""
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": self._card()}
        send_json(self.url or self._from_connection(), {"type": "message", "attachments": [attachment]})

    def _card(self) -> dict[str, Any]:
        body: list[dict[str, Any]] = [
            {"type": "TextBlock", "text": self.title, "weight": "Bolder", "size": "Medium", "wrap": True},
            {"type": "TextBlock", "text": self.text, "wrap": True},
        ]
        if self.facts:
            facts = [{"title": name, "value": str(value)} for name, value in self.facts.items()]
            body.append({"type": "FactSet", "facts": facts})
        card: dict[str, Any] = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": body,
        }
        if self.link:
            card["actions"] = [{"type": "Action.OpenUrl", "title": "Open", "url": self.link}]
        return card

    def _from_connection(self) -> str:
        connection = Connection.get(self.teams_conn_id)
        url = connection.password or connection.host or ""
        if "://" not in url:
            raise AirflowException(
                f"connection {self.teams_conn_id!r} has no webhook", hint="put its URL in the password"
            )
        return url
