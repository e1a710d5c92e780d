"""DiscordNotifier: a message to a Discord channel's webhook."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import send_json

API = "https://discord.com/api"
LONGEST_TEXT = 2000


class DiscordNotifier(BaseNotifier):
    """The webhook is connection `discord_conn_id`: its host, and in extra `webhook_endpoint`
    (`webhooks/<id>/<token>`)."""

    template_fields = ("discord_conn_id", "text", "username", "avatar_url", "tts")

    def __init__(
        self,
        discord_conn_id: str = "discord_webhook_default",
        text: str = "This is a default message",
        username: str = "Tradewind",
        avatar_url: str = "",
        tts: bool = False,
        embed: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.discord_conn_id = discord_conn_id
        self.text = text
        self.username = username
        self.avatar_url = avatar_url
        self.tts = tts
        self.embed = embed

    def notify(self, context: Any) -> None:
        """Send it. What is longer than Discord takes is cut."""
        payload: dict[str, Any] = {"username": self.username, "content": self.text[:LONGEST_TEXT], "tts": self.tts}
        if self.avatar_url:
            payload["avatar_url"] = self.avatar_url
        if self.embed:
            payload["embeds"] = [self.embed]
        send_json(self._url(), payload)

    def _url(self) -> str:
        connection = Connection.get(self.discord_conn_id)
        endpoint = str(connection.extra_dejson.get("webhook_endpoint") or connection.password or "")
        if "://" in endpoint:
            return endpoint
        if not endpoint:
            raise AirflowException(
                f"connection {self.discord_conn_id!r} has no webhook",
                hint='put {"webhook_endpoint": "webhooks/<id>/<token>"} in its extra',
            )
        host = connection.host or API
        if "://" not in host:
            port = f":{connection.port}" if connection.port else ""
            host = f"{connection.schema or 'https'}://{host}{port}"
        return f"{host.rstrip('/')}/{endpoint.lstrip('/')}"
