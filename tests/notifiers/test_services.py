"""What each notifier sends, to a real web service."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tradewind.airflow_compat import hook
from tradewind.authoring.exceptions import AirflowException
from tradewind.notifiers.apprise import AppriseNotifier
from tradewind.notifiers.discord import DiscordNotifier
from tradewind.notifiers.opsgenie import OpsgenieNotifier
from tradewind.notifiers.pagerduty import PagerdutyNotifier
from tradewind.notifiers.slack import SlackNotifier, SlackWebhookNotifier
from tradewind.notifiers.teams import MSTeamsNotifier
from tradewind.notifiers.webhook import WebhookNotifier

CONTEXT = {"what": "training", "run_id": "r1"}


def test_slack(service: Any, connect: Any) -> None:
    connect("slack_api_default", conn_type="slack", password="xoxb-1", extra={"base_url": f"{service.url}/api"})

    SlackNotifier(text="{{ what }} failed", channel="#ml", blocks=[{"type": "divider", "id": "{{ run_id }}"}]).send(
        CONTEXT
    )

    [got] = service.got
    assert (got.path, got.headers["Authorization"]) == ("/api/chat.postMessage", "Bearer xoxb-1")
    assert (got.body["text"], got.body["channel"]) == ("training failed", "#ml")
    assert got.body["blocks"] == [{"type": "divider", "id": "r1"}]


def test_slack_says_no_with_200(service: Any, connect: Any) -> None:
    connect("slack_api_default", conn_type="slack", password="xoxb-1", extra={"base_url": service.url})
    service.text = '{"ok": false, "error": "channel_not_found"}'

    with pytest.raises(AirflowException, match="channel_not_found"):
        SlackNotifier(text="x").send({})


def test_slack_webhook(service: Any, connect: Any) -> None:
    connect("slackwebhook_default", conn_type="slackwebhook", host=f"{service.url}/services", password="T0/B0/secret")

    SlackWebhookNotifier(text="{{ what }}").send(CONTEXT)

    assert [(got.path, got.body) for got in service.got] == [("/services/T0/B0/secret", {"text": "training"})]


def test_discord(service: Any, connect: Any) -> None:
    connect(
        "discord_webhook_default",
        conn_type="discord",
        host=service.url,
        extra={"webhook_endpoint": "webhooks/1/secret"},
    )

    DiscordNotifier(text="{{ what }}" + "!" * 3000).send(CONTEXT)

    [got] = service.got
    assert got.path == "/webhooks/1/secret"
    assert got.body["content"].startswith("training!")
    assert len(got.body["content"]) == 2000


def test_pagerduty(service: Any, connect: Any) -> None:
    connect("pagerduty_events_default", conn_type="pagerduty_events", host=service.url, password="key")

    PagerdutyNotifier(summary="{{ what }}", severity="critical", dedup_key="{{ run_id }}").send(CONTEXT)

    [got] = service.got
    assert got.path == "/v2/enqueue"
    assert (got.body["routing_key"], got.body["event_action"], got.body["dedup_key"]) == ("key", "trigger", "r1")
    assert (got.body["payload"]["summary"], got.body["payload"]["severity"]) == ("training", "critical")
    with pytest.raises(AirflowException, match="dedup_key"):
        PagerdutyNotifier(summary="x", severity="info", action="resolve").send(CONTEXT)


def test_opsgenie(service: Any, connect: Any) -> None:
    connect("opsgenie_default", conn_type="opsgenie", host=service.url, password="key")

    OpsgenieNotifier(payload={"message": "{{ what }}", "priority": "P1"}).send(CONTEXT)

    [got] = service.got
    assert (got.path, got.headers["Authorization"]) == ("/v2/alerts", "GenieKey key")
    assert got.body == {"message": "training", "priority": "P1"}


def test_teams(service: Any) -> None:
    notifier = MSTeamsNotifier(
        url=f"{service.url}/flow",
        title="{{ what }}",
        text="it failed",
        facts={"run": "{{ run_id }}"},
        link="https://x.org",
    )

    notifier.send(CONTEXT)

    card = service.got[0].body["attachments"][0]["content"]
    assert [block.get("text") for block in card["body"]] == ["training", "it failed", None]
    assert card["body"][2]["facts"] == [{"title": "run", "value": "r1"}]
    assert card["actions"][0]["url"] == "https://x.org"


def test_apprise(service: Any, connect: Any) -> None:
    url = service.url.replace("http://", "json://")
    connect(
        "apprise_default",
        conn_type="apprise",
        extra={"config": [{"path": f"{url}/ops", "tag": "ops"}, {"path": f"{url}/ml", "tag": "ml"}]},
    )

    AppriseNotifier(body="{{ what }}", title="hello", tag="ml").send(CONTEXT)

    [got] = service.got
    assert (got.path, got.body["message"], got.body["title"]) == ("/ml", "training", "hello")


def test_apprise_says_what_went_wrong(service: Any, connect: Any) -> None:
    connect("apprise_default", conn_type="apprise", extra={"config": {"path": service.url.replace("http", "json", 1)}})
    service.answers = [(500, {}, "")]

    with pytest.raises(AirflowException, match="not every service"):
        AppriseNotifier(body="x").send({})


# ------------------------------------------------------------------------------------ any webhook


def test_a_webhook_tells_of_the_task(service: Any) -> None:
    class Instance:
        task_id, state, try_number = "train", "failed", 2

    class Flow:
        dag_id, folder = "flow", "."

    WebhookNotifier(url=service.url).send({"ti": Instance(), "dag": Flow(), "run_id": "r", "exception": KeyError("k")})

    body = service.got[0].body
    assert (body["dag_id"], body["task_id"], body["state"], body["try_number"]) == ("flow", "train", "failed", "2")
    assert body["reason"] == "'k'"

    WebhookNotifier(url=service.url).send({"ti": Instance(), "dag": Flow(), "run_id": "r"})
    assert (service.got[1].body["reason"], service.got[1].body["logical_date"]) == ("", "")


def test_a_webhook_of_a_connection(service: Any, connect: Any) -> None:
    connect("hook", conn_type="http", host=service.url, login="me", password="pw", extra={"headers": {"X-Team": "ml"}})

    WebhookNotifier(http_conn_id="hook", endpoint="/alerts/{{ run_id }}", payload={"a": [1, "{{ what }}"]}).send(
        CONTEXT
    )

    [got] = service.got
    assert (got.path, got.body) == ("/alerts/r1", {"a": [1, "training"]})
    assert (got.headers["Authorization"], got.headers["X-Team"]) == ("Basic bWU6cHc=", "ml")


def test_it_is_tried_again_and_then_given_up(service: Any, pauses: list[float]) -> None:
    service.answers = [(500, {}, "broken")] * 9

    with pytest.raises(AirflowException, match=r"answered 500 .*broken \(after 3 tries\)") as failure:
        WebhookNotifier(url=f"{service.url}/token-that-is-secret", payload={}).send({})

    assert len(service.got) == 3
    assert pauses == [1.0, 2.0]
    assert "token-that-is-secret" not in str(failure.value)


def test_a_service_may_say_when_to_come_back(service: Any, pauses: list[float]) -> None:
    service.answers = [(429, {"Retry-After": "7"}, ""), (429, {"Retry-After": "9999"}, "")]

    WebhookNotifier(url=service.url, payload={}).send({})

    assert pauses == [7.0, 20.0]


def test_what_is_wrong_is_not_tried_again(service: Any, pauses: list[float]) -> None:
    service.answers = [(404, {}, "no such hook")]

    with pytest.raises(AirflowException, match=r"404 .*no such hook"):
        WebhookNotifier(url=service.url, payload={}).send({})
    assert pauses == []


def test_nobody_is_there(service: Any, pauses: list[float]) -> None:
    service.close()

    with pytest.raises(AirflowException, match="could not be reached"):
        WebhookNotifier(url=service.url, payload={}).send({})
    assert len(pauses) == 2


@pytest.mark.parametrize("arguments", [{}, {"url": "https://x.org", "http_conn_id": "y"}])
def test_where_to_has_to_be_clear(arguments: dict[str, Any]) -> None:
    with pytest.raises(AirflowException, match="either url= or http_conn_id="):
        WebhookNotifier(**arguments)


def test_files_are_no_web_service() -> None:
    with pytest.raises(AirflowException, match="is not an address of a web service"):
        WebhookNotifier(url="file:///etc/passwd", payload={}).send({})


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("smtp.notifications.smtp", "SmtpNotifier"),
        ("slack.notifications.slack", "SlackNotifier"),
        ("slack.notifications.slack", "send_slack_notification"),
        ("slack.notifications.slack_webhook", "SlackWebhookNotifier"),
        ("discord.notifications.discord", "DiscordNotifier"),
        ("pagerduty.notifications.pagerduty", "PagerdutyNotifier"),
        ("opsgenie.notifications.opsgenie", "OpsgenieNotifier"),
        ("apprise.notifications.apprise", "AppriseNotifier"),
    ],
)
def test_airflows_paths_lead_here(path: str, name: str) -> None:
    was_there = hook.is_installed()
    hook.install()
    try:
        found = getattr(import_module(f"airflow.providers.{path}"), name)
    finally:
        hook.uninstall()
        if was_there:
            hook.install()
    assert found.__module__.startswith("tradewind.notifiers.")
