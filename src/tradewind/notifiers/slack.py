"""SlackNotifier (a bot that may write to any channel) and SlackWebhookNotifier (an incoming webhook)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.notifier import BaseNotifier
from tradewind.notifiers.http import send_json, timeout_of

API = "https://slack.com/api"
WEBHOOKS = "https://hooks.slack.com/services"


class SlackNotifier(BaseNotifier):
    """Posts a message with the token that is the password of connection `slack_conn_id`."""

    template_fields = ("text", "channel", "username", "attachments", "blocks", "icon_url", "icon_emoji", "thread_ts")

    def __init__(
        self,
        *,
        slack_conn_id: str = "slack_api_default",
        text: str = "This is a default message",
        channel: str = "general",
        username: str = "Tradewind",
        icon_url: str = "",
        icon_emoji: str = "",
        attachments: Sequence[Any] = (),
        blocks: Sequence[Any] = (),
        thread_ts: str = "",
        base_url: str | None = None,
        timeout: float | None = None,
        unfurl_links: bool = True,
        unfurl_media: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.slack_conn_id = slack_conn_id
        self.text = text
        self.channel = channel
        self.username = username
        self.icon_url = icon_url
        self.icon_emoji = icon_emoji
        self.attachments = attachments
        self.blocks = blocks
        self.thread_ts = thread_ts
        self.base_url = base_url
        self.timeout = timeout
        self.unfurl_links = unfurl_links
        self.unfurl_media = unfurl_media

    def notify(self, context: Any) -> None:
        """Send it. Slack answers 200 to what it refuses, and says so in the answer."""
        connection = Connection.get(self.slack_conn_id)
        if not connection.password:
            raise AirflowException(f"connection {self.slack_conn_id!r} has no token", hint="put it in its password")
        extra = connection.extra_dejson
        base = self.base_url or str(extra.get("base_url") or API)
        text = send_json(
            f"{base.rstrip('/')}/chat.postMessage",
            _without_empty(
                {
                    "channel": self.channel,
                    "text": self.text,
                    "username": self.username,
                    "icon_url": self.icon_url,
                    "icon_emoji": self.icon_emoji,
                    "attachments": _plain(self.attachments),
                    "blocks": _plain(self.blocks),
                    "thread_ts": self.thread_ts,
                    "unfurl_links": self.unfurl_links,
                    "unfurl_media": self.unfurl_media,
                }
            ),
            headers={"Authorization": f"Bearer {connection.password}"},
            patience=timeout_of(self.timeout if self.timeout is not None else extra.get("timeout")),
        )
        answer = _decoded(text)
        if not answer.get("ok"):
            raise AirflowException(f"Slack did not take the message: {answer.get('error') or text[:200]}")


class SlackWebhookNotifier(BaseNotifier):
    """Posts to the webhook whose URL (or its secret end) is the password of connection `slack_webhook_conn_id`."""

    template_fields = ("slack_webhook_conn_id", "text", "attachments", "blocks")

    def __init__(
        self,
        *,
        slack_webhook_conn_id: str = "slackwebhook_default",
        text: str,
        blocks: Sequence[Any] | None = None,
        unfurl_links: bool | None = None,
        unfurl_media: bool | None = None,
        timeout: float | None = None,
        attachments: Sequence[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.slack_webhook_conn_id = slack_webhook_conn_id
        self.text = text
        self.blocks = blocks
        self.unfurl_links = unfurl_links
        self.unfurl_media = unfurl_media
        self.timeout = timeout
        self.attachments = attachments

    def notify(self, context: Any) -> None:
        """Send it."""
        payload = {
            "text": self.text,
            "blocks": _plain(self.blocks),
            "attachments": _plain(self.attachments),
            "unfurl_links": self.unfurl_links,
            "unfurl_media": self.unfurl_media,
        }
        connection = Connection.get(self.slack_webhook_conn_id)
        timeout = self.timeout if self.timeout is not None else connection.extra_dejson.get("timeout")
        send_json(_webhook_of(connection), _without_empty(payload), patience=timeout_of(timeout))


send_slack_notification = SlackNotifier
send_slack_webhook_notification = SlackWebhookNotifier


def _webhook_of(connection: Connection) -> str:
    token = connection.password or str(connection.extra_dejson.get("webhook_token") or "")
    if "://" in token:
        return token
    if not token:
        raise AirflowException(f"connection {connection.conn_id!r} has no webhook", hint="put its URL in the password")
    host = connection.host or WEBHOOKS
    if "://" not in host:
        port = f":{connection.port}" if connection.port else ""
        host = f"{connection.schema or 'https'}://{host}{port}"
    return f"{host.rstrip('/')}/{token.lstrip('/')}"


def _without_empty(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if value not in (None, "", ())}


def _plain(blocks: Any) -> Any:
    """Templates may give blocks as a JSON text."""
    return json.loads(blocks) if isinstance(blocks, str) and blocks else blocks


def _decoded(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}
