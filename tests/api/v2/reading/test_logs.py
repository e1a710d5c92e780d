"""Logs in all their forms."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
import urllib3
from airflow_client.client.api.task_instance_api import TaskInstanceApi

from tests.api.v2.reading.conftest import DAG, FIRST, WAITING
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource


def messages(answer):
    return [one.event for one in answer.content.actual_instance]


def get(api, task_id, query="", **headers):
    path = f"/api/v2/dags/{DAG}/dagRuns/{quote(FIRST, safe='')}/taskInstances/{task_id}/logs/1{query}"
    return urllib3.request("GET", api.url + path, headers={**api.headers, **headers})


def test_a_log_is_a_list_of_messages(client):
    found = TaskInstanceApi(client).get_log(DAG, FIRST, "numbers", 1, accept="application/json")
    assert "a line of output and more and more and more and more and more" in messages(found)
    assert found.continuation_token is None


def test_each_try_has_its_log(client):
    first, second = (TaskInstanceApi(client).get_log(DAG, FIRST, "flaky", number) for number in (1, 2))
    assert any("not yet" in one for one in messages(first))
    assert not any("not yet" in one for one in messages(second))
    assert status_of(TaskInstanceApi(client).get_log, DAG, FIRST, "flaky", 3)[0] == 404
    assert messages(TaskInstanceApi(client).get_log(DAG, FIRST, "double", 1, map_index=2)) != []


def test_a_long_log_comes_page_by_page(client):
    found, token = [], None
    while True:
        page = TaskInstanceApi(client).get_log(DAG, FIRST, "talkative", 1, token=token)
        found += messages(page)
        token = page.continuation_token
        if token is None:
            break
    lines = [one for one in found if one.startswith("line ")]
    assert lines == [f"line {number} of a long log" for number in range(20_000)]


def test_a_long_log_comes_whole_as_json_as_lines_and_as_text(api):
    expected = [f"line {number} of a long log" for number in range(20_000)]
    whole = get(api, "talkative", "?full_content=true", accept="application/json").json()
    lines = get(api, "talkative", accept="application/x-ndjson")
    text = get(api, "talkative", accept="text/plain")
    events = [json.loads(line)["event"] for line in lines.data.splitlines()]
    assert [one["event"] for one in whole["content"] if one["event"].startswith("line ")] == expected
    assert [one for one in events if one.startswith("line ")] == expected
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.data.count(b"of a long log") == 20_000


def test_a_try_that_has_not_begun_has_an_empty_log_that_goes_on(client):
    found = TaskInstanceApi(client).get_log(DAG, WAITING, "numbers", 1)
    assert messages(found) == []
    assert found.continuation_token


@pytest.mark.parametrize("token", ["x", "ü", "bG9nOi0x", "bG9nOjk5OTk5OTk5OTk5OQ"])
def test_a_made_up_token_is_refused(client, token):
    assert status_of(TaskInstanceApi(client).get_log, DAG, FIRST, "numbers", 1, token=token)[0] == 400


def test_logs_need_their_own_right(api, client):
    with api.limited_to(Grant(Resource.TASK, Action.READ)):
        assert status_of(TaskInstanceApi(client).get_log, DAG, FIRST, "numbers", 1)[0] == 403
